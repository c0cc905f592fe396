//! Training frames. In: seeds. Out: labels, luma, mask.

use std::sync::Arc;

use lichtbild_vision::document::DocumentClass;
use rand::Rng as _;

use super::chance::{chance, weighted};
use super::conditions::Conditions;
use super::photograph::{Ink, photograph};
use super::random;
use super::sheet::Sheet;
use super::supply::Supply;

/// Neighbouring seeds that share documents and surfaces, so that these need not be drawn for each frame.
const GROUP: u64 = 256;
/// Documents of a group.
const DOCUMENTS: u64 = 16;
/// Share of frames without a document.
const NEGATIVE: f64 = 0.32;
/// Share of those in which something else that is flat takes its place.
const CLUTTER: f64 = 0.25;
/// Pixels along a side of a cell of the mask.
const CELL: usize = 4;

/// A training frame of `size` × `size` pixels, a multiple of 4, of any class or of one: 32 labels as f32, little endian (`Truth::labels`), the luma,
/// and a mask of size/4 × size/4 bytes (`Photograph::mask`).
pub fn frame_record(seed: u64, size: usize, class: Option<DocumentClass>, supply: &Supply) -> Vec<u8> {
    let shot = Shot::new(seed, None, supply, class);
    let photograph = photograph(shot.sheet.as_deref(), &shot.conditions, [size; 2], Ink::Luma);
    let mut record: Vec<u8> = photograph.truth.labels().iter().flat_map(|label| label.to_le_bytes()).collect();
    record.extend_from_slice(&photograph.pixels);
    record.extend(photograph.mask(CELL));
    record
}

/// What is photographed for a seed, and how.
pub struct Shot {
    /// The document, if there is one.
    pub sheet: Option<Arc<Sheet>>,
    /// The conditions.
    pub conditions: Conditions,
}

impl Shot {
    /// Of any class, or of one; in a frame of an aspect (width ÷ height), or of any camera's.
    pub fn new(seed: u64, aspect: Option<f32>, supply: &Supply, class: Option<DocumentClass>) -> Self {
        let mut rng = crate::rng(seed);
        let group = seed / GROUP;
        let negative = class.map_or_else(|| chance(&mut rng, NEGATIVE), |class| class == DocumentClass::None);
        let key = group * DOCUMENTS + rng.random_range(0..DOCUMENTS);
        let class = match class {
            Some(class) => class,
            None if negative => DocumentClass::None,
            None => any_class(key),
        };
        let sheet = (!negative || chance(&mut rng, CLUTTER)).then(|| supply.sheet(key, class));
        let aspect = aspect.unwrap_or_else(|| random::aspect(&mut rng));
        let mut conditions = Conditions::random(&mut rng, sheet.as_deref(), supply, group, aspect);
        if sheet.is_none() && conditions.ground.is_some() && chance(&mut rng, 0.15) {
            let paper = supply.sheet(key, DocumentClass::Paper);
            conditions.things.push(random::corner_only(&mut rng, &paper, &conditions));
        }
        Self { sheet, conditions }
    }

    /// Of a document, or of none, in a frame of an aspect.
    pub fn of(sheet: Option<Arc<Sheet>>, seed: u64, aspect: f32, supply: &Supply) -> Self {
        let conditions = Conditions::random(&mut crate::rng(seed), sheet.as_deref(), supply, seed, aspect);
        Self { sheet, conditions }
    }
}

/// The class of a document with a key, as often as people show it.
fn any_class(key: u64) -> DocumentClass {
    let classes = [
        DocumentClass::IdFront,
        DocumentClass::IdBack,
        DocumentClass::PassportPage,
        DocumentClass::OtherCard,
        DocumentClass::Paper,
    ];
    classes[weighted(&mut crate::rng(key ^ 0xC1A5), &[24.0, 15.0, 17.0, 13.0, 21.0])]
}
