//! What is true about a photograph, as JSON for who does not read Rust.

use lichtbild_vision::document::DocumentClass;
use lichtbild_vision::geometry::Quad;
use serde::Serialize;

use super::sheet::Sheet;
use super::truth::Truth;

/// What is true about a photograph of a size; named as in `labels.json` of folders of photographs. Corners are in pixels and in document
/// order: top left, top right, bottom right, bottom left of what is printed. Other fields are those of `Truth`.
#[derive(Clone, Debug, Serialize)]
#[expect(missing_docs, reason = "they are those of `Truth`")]
pub struct Report {
    pub width: usize,
    pub height: usize,
    /// `idcard`, `mrz-td1`, `mrz-td2`, `mrz-td3`, `card`, `page` or `none`.
    pub kind: &'static str,
    /// Name in `DocumentClass`.
    pub class: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quad: Option<[[f32; 2]; 4]>,
    pub quad_order: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub mrz: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mrz_quad: Option<[[f32; 2]; 4]>,
    pub corners_visible: [bool; 4],
    pub focus_blur: f32,
    pub motion_blur: f32,
    pub glare: f32,
    pub glare_on_print: f32,
    pub brightness: f32,
    pub tilt_degrees: f32,
    pub dpi: f32,
    pub inside: f32,
    pub covered: f32,
    pub visible: f32,
    pub mrz_visible: f32,
    pub shadow: f32,
    pub noise: f32,
    pub foil: f32,
}

impl Report {
    /// Of what was photographed into `size` pixels.
    pub fn new(truth: &Truth, sheet: Option<&Sheet>, size: [usize; 2]) -> Self {
        let seen = truth.class != DocumentClass::None;
        let mrz = sheet.filter(|_| seen).map_or_else(Vec::new, |sheet| sheet.mrz.0.clone());
        let pixels = |quad: &Quad| quad.scaled(size[0] as f32, size[1] as f32).0.map(|corner| [corner.x, corner.y]);
        Self {
            width: size[0],
            height: size[1],
            kind: kind(truth.class, mrz.len()),
            class: format!("{:?}", truth.class),
            quad: seen.then(|| pixels(&truth.quad)),
            quad_order: "document",
            mrz,
            mrz_quad: truth.mrz.as_ref().map(pixels),
            corners_visible: truth.corners,
            focus_blur: truth.focus_blur,
            motion_blur: truth.motion_blur,
            glare: truth.glare,
            glare_on_print: truth.glare_on_print,
            brightness: truth.brightness,
            tilt_degrees: truth.tilt_degrees,
            dpi: truth.dpi,
            inside: truth.inside,
            covered: truth.covered,
            visible: truth.visible,
            mrz_visible: truth.mrz_visible,
            shadow: truth.shadow,
            noise: truth.noise,
            foil: truth.foil,
        }
    }
}

fn kind(class: DocumentClass, mrz_lines: usize) -> &'static str {
    match (class, mrz_lines) {
        (DocumentClass::None, _) => "none",
        (DocumentClass::PassportPage, _) => "mrz-td3",
        (DocumentClass::IdFront | DocumentClass::IdBack, 3) => "mrz-td1",
        (DocumentClass::IdFront | DocumentClass::IdBack, 2) => "mrz-td2",
        (DocumentClass::IdFront | DocumentClass::IdBack, _) => "idcard",
        (DocumentClass::OtherCard, _) => "card",
        (DocumentClass::Paper, _) => "page",
    }
}
