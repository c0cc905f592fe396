//! What scenes are made of: documents, surfaces, rooms, things. Drawn or read once, used for many frames, by several threads.
//! What a key stands for never depends on what was asked for before.

use std::collections::{BTreeMap, VecDeque};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use image::{DynamicImage, RgbImage, imageops};
use lichtbild_vision::document::DocumentClass;

use super::chance::weighted;
use super::pattern;
use super::props::{Prop, prop};
use super::sheet::Sheet;
use super::texture::Texture;
use crate::Rng;
use crate::document::{Document, draw_sight};

/// Draws a document of a class at so many pixels a millimetre.
pub type Draw = fn(DocumentClass, &mut Rng, f32) -> Document;

/// Pixels at a photograph's edges that are left out.
const RIM: u32 = 5;
/// Pixels along a sight's sides for each that a card has a millimetre.
const SIGHT: f32 = 60.0;
/// How many of a kind are kept.
const KEPT: usize = 96;

/// What scenes are made of.
pub struct Supply {
    draw: Draw,
    /// Pixels a millimetre on cards; sheets of paper have less.
    scale: f32,
    textures: Vec<Photo>,
    rooms: Vec<Photo>,
    sheets: Pool<Sheet>,
    surfaces: Pool<Texture>,
    views: Pool<Texture>,
    sights: Pool<Texture>,
    cloths: Pool<Texture>,
    props: Pool<Prop>,
}

/// The chance by which the document with a key is drawn.
pub(super) fn chance_of(key: u64) -> Rng {
    crate::rng(key ^ 0xD0C5)
}

struct Photo {
    path: PathBuf,
    texture: OnceLock<Arc<Texture>>,
}

struct Pool<T> {
    kept: Mutex<Kept<T>>,
}

struct Kept<T> {
    places: BTreeMap<u64, Arc<OnceLock<Arc<T>>>>,
    /// Keys of the places, the oldest first.
    order: VecDeque<u64>,
}

impl Supply {
    /// `backgrounds` is a folder with `textures` and `rooms`; without it surfaces are drawn. `scale` is pixels a millimetre on cards.
    pub fn new(backgrounds: Option<&Path>, draw: Draw, scale: f32) -> std::io::Result<Self> {
        let photos = |name: &str| backgrounds.map_or_else(|| Ok(Vec::new()), |folder| photos(&folder.join(name)));
        Ok(Self {
            draw,
            scale,
            textures: photos("textures")?,
            rooms: photos("rooms")?,
            sheets: Pool::default(),
            surfaces: Pool::default(),
            views: Pool::default(),
            sights: Pool::default(),
            cloths: Pool::default(),
            props: Pool::default(),
        })
    }

    /// Pixels a millimetre on cards.
    pub(super) const fn scale(&self) -> f32 {
        self.scale
    }

    /// The document with a key.
    pub fn sheet(&self, key: u64, class: DocumentClass) -> Arc<Sheet> {
        let place = DocumentClass::ALL.iter().position(|&other| other == class).unwrap_or(0) as u64;
        self.sheets.get(key * 8 + place, || {
            let scale = if class == DocumentClass::Paper { self.scale * 0.6 } else { self.scale };
            Sheet::new(&(self.draw)(class, &mut chance_of(key), scale))
        })
    }

    /// The surface with a key, and whether it is a photograph.
    pub fn surface(&self, key: u64) -> (Arc<Texture>, bool) {
        let mut rng = crate::rng(key ^ 0x50F4);
        match pick(&mut rng, &self.textures, 0.75) {
            Some(photo) => (photo, true),
            None => (self.surfaces.get(key, || Texture::opaque(&pattern::surface(&mut rng))), false),
        }
    }

    /// The room with a key.
    pub fn room(&self, key: u64) -> Arc<Texture> {
        let mut rng = crate::rng(key ^ 0x4003);
        pick(&mut rng, &self.rooms, 0.85)
            .unwrap_or_else(|| self.views.get(key, || Texture::opaque(&pattern::rectangles(&mut rng))))
    }

    /// What a camera sees with a key where nobody shows a document: a room, or a drawn sight.
    pub fn sight(&self, key: u64) -> Arc<Texture> {
        let mut rng = crate::rng(key ^ 0x5160);
        pick(&mut rng, &self.rooms, 0.3).unwrap_or_else(|| {
            let side = (self.scale * SIGHT).clamp(64.0, 1024.0) as u32;
            self.sights.get(key, || Texture::opaque(&draw_sight(&mut rng, side)))
        })
    }

    /// The cloth in folds with a key.
    pub fn cloth(&self, key: u64) -> Arc<Texture> {
        let mut rng = crate::rng(key ^ 0xC107);
        self.cloths.get(key, || Texture::opaque(&pattern::cloth(&mut rng)))
    }

    /// The thing with a key.
    pub fn prop(&self, key: u64) -> Arc<Prop> {
        self.props.get(key, || prop(&mut crate::rng(key ^ 0x9409)))
    }
}

/// One of the photographs, with a probability.
fn pick(rng: &mut Rng, photos: &[Photo], probability: f32) -> Option<Arc<Texture>> {
    if photos.is_empty() || weighted(rng, &[probability, 1.0 - probability]) == 1 {
        return None;
    }
    let photo = &photos[(super::chance::between(rng, 0.0, photos.len() as f32) as usize).min(photos.len() - 1)];
    let texture = photo.texture.get_or_init(|| {
        // A file that is no picture is black. Some have a rim of a few pixels that is not theirs.
        let picture = image::open(&photo.path).map_or_else(|_| RgbImage::new(1, 1), DynamicImage::into_rgb8);
        let (width, height) = picture.dimensions();
        let rim = if width.min(height) > 100 { RIM } else { 0 };
        let picture = imageops::crop_imm(&picture, rim, rim, width - 2 * rim, height - 2 * rim).to_image();
        Arc::new(Texture::opaque(&picture))
    });
    Some(Arc::clone(texture))
}

fn photos(folder: &Path) -> std::io::Result<Vec<Photo>> {
    let mut paths = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|kind| kind == "jpg" || kind == "png") {
            paths.push(path);
        }
    }
    paths.sort();
    Ok(paths.into_iter().map(|path| Photo { path, texture: OnceLock::new() }).collect())
}

impl<T> Default for Pool<T> {
    fn default() -> Self {
        Self { kept: Mutex::new(Kept { places: BTreeMap::new(), order: VecDeque::new() }) }
    }
}

impl<T> Pool<T> {
    fn get(&self, key: u64, make: impl FnOnce() -> T) -> Arc<T> {
        let place = {
            let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
            let Kept { places, order } = &mut *kept;
            if !places.contains_key(&key) {
                order.push_back(key);
                // Frames go on, so what was drawn first is not asked for any more.
                if order.len() > KEPT
                    && let Some(oldest) = order.pop_front()
                {
                    places.remove(&oldest);
                }
            }
            Arc::clone(places.entry(key).or_default())
        };
        Arc::clone(place.get_or_init(|| Arc::new(make())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_a_low_key_is_kept_as_long_as_what_has_a_high_one() {
        let pool = Pool::default();
        for key in 0..KEPT as u64 * 2 {
            pool.get(1_000_000 + key, || key);
        }
        let drawn = std::cell::Cell::new(0);
        for _ in 0..10 {
            for key in 0..16 {
                pool.get(key, || {
                    drawn.set(drawn.get() + 1);
                    key
                });
            }
        }
        assert_eq!(drawn.get(), 16, "each is drawn once");
    }
}
