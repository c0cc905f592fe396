//! What a document looks like to who reads it. In: a document. Out: its photograph, strips of it. Does not know: what stands on it.

use lichtbild_vision::{
    geometry::{Homography, Point, Quad},
    luma::Luma,
    mrz::strip,
};

use super::{
    chance::{any_angle, chance, mostly, normal},
    conditions::{Bend, Conditions, Pose},
    photograph::{Ink, photograph},
    sheet::Sheet,
    supply::Supply,
    view::View,
};
use crate::Rng;

/// A photograph of a document that lies nearly straight before the camera and fills the picture.
pub struct Reproduction {
    frame: Luma<'static>,
    view: View,
}

impl Reproduction {
    /// `scale` is pixels a millimetre, `stroke` the pixels that blur is measured by: of a letter.
    pub fn of(sheet: &Sheet, key: u64, scale: f32, stroke: f32, supply: &Supply, rng: &mut Rng) -> Self {
        let wide = sheet.size_mm[0] * scale / 0.9;
        let size = [wide as usize, (wide * sheet.size_mm[1] / sheet.size_mm[0] * 1.2) as usize];
        let aspect = size[0] as f32 / size[1] as f32;
        let mut conditions = Conditions::random(rng, Some(sheet), supply, key, aspect);
        conditions.pose = Pose {
            size: 0.9,
            centre: Point::new(0.5 + normal(rng) * 0.01, 0.5),
            roll_degrees: normal(rng) * if chance(rng, 0.2) { 4.0 } else { 1.2 },
            tilt_degrees: mostly(rng, 0.0, 42.0, 2),
            tilt_towards_degrees: any_angle(rng),
        };
        conditions.bend = if chance(rng, 0.75) {
            Bend::Flat
        } else {
            Bend::Arch { along_degrees: 0.0, height_mm: normal(rng) * 1.5 }
        };
        conditions.hands.clear();
        conditions.dog_ear = None;
        if chance(rng, 0.7) {
            conditions.light.glares.retain(|glare| glare.strength < 0.8);
        }
        let thousandths = stroke * 1000.0 / wide;
        let camera = &mut conditions.camera;
        camera.focus_blur = thousandths * mostly(rng, 0.02, 0.16, 2);
        camera.motion_blur = if chance(rng, 0.25) { thousandths * mostly(rng, 0.1, 0.6, 2) } else { 0.0 };
        let taken = photograph(Some(sheet), &conditions, size, Ink::Luma);
        let view = View::new(conditions.aspect, conditions.lens, conditions.pose, sheet.size_mm, conditions.bend);
        Self { frame: Luma::new(size[0], size[1], taken.pixels).expect("a photograph is whole"), view }
    }

    /// A strip of so many cells between two ends, each a top and a foot, with the way to it from the picture; `None` if it is seen from its edge.
    pub fn strip(&self, first: [Point; 2], last: [Point; 2], cells: usize) -> Option<(Luma<'static>, Homography)> {
        let row = Quad([first[0], last[0], last[1], first[1]]);
        let strip_from_frame = strip::from_strip(&row, cells)?.inverse()?;
        Some((strip::strip(&self.frame, &row, cells)?, strip_from_frame))
    }

    /// Where a place of the document, in millimetres from its middle, lies in the picture.
    pub fn place(&self, x: f32, y: f32) -> Point {
        let share = self.view.project(x, y);
        Point::new(share.x * self.frame.width() as f32, share.y * self.frame.height() as f32)
    }
}
