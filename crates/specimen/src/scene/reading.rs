//! What is needed to learn to read machine-readable zones: where lines stand in a picture, and what stands on a line.
//! In: seeds. Out: records.

use lichtbild_mrz::SIGNS;
use lichtbild_vision::{document::DocumentClass, geometry::Point, mrz::strip};
use rand::Rng as _;

use super::{
    chance::{any_angle, between, chance, mostly, normal, weighted},
    conditions::{Conditions, Pose},
    frames::Shot,
    photograph::{Ink, Photograph, photograph},
    reproduction::Reproduction,
    sheet::Sheet,
    supply::Supply,
    view::View,
};
use crate::Rng;

/// Neighbouring seeds that share a printed strip.
const SHARED: u64 = 4;
/// Pixels along a side of a picture in which lines are to be found, and along a side of a cell of its mask.
const SIDE: usize = 256;
const CELL: usize = 4;
/// Height of the capitals of OCR-B in size 1.
const CAPITAL_MM: f32 = 2.5;
const PITCH_MM: f32 = 2.54;
/// Most characters of a line.
const LONGEST: usize = 44;
/// Share of the pictures in which lines are to be found that show a flattened document.
const FLATTENED: f64 = 0.4;
/// Lines of a record, taken from one photograph.
const LINES: usize = 2;

/// A photograph in which lines are to be found: 256 × 256 bytes of luma, and 64 × 64 of the share of each cell that is a visible line.
pub fn zone_record(seed: u64, supply: &Supply) -> Vec<u8> {
    let taken = zone(seed, supply);
    let mask = taken.line_mask(CELL);
    [taken.pixels, mask].concat()
}

/// Two lines cut out of a photograph, each: the strip's pixels (`lichtbild_vision::mrz::strip`), 44 numbers as f32, little endian: where the middle
/// of each character lies across the strip, in pixels; and 44 bytes: which sign it is, by its place in `A–Z 0–9 <`, 255 beyond the line's
/// end.
pub fn line_record(seed: u64, supply: &Supply) -> Vec<u8> {
    let mut rng = crate::rng(seed ^ 0x11E5);
    let sheet = supply.sheet(seed / SHARED, DocumentClass::IdBack);
    // Few pixels are as likely as many.
    let pitch = 5.5 * 4.2_f32.powf(rng.random());
    let taken = Reproduction::of(&sheet, seed / SHARED, pitch / PITCH_MM, pitch, supply, &mut rng);
    let mut rows: Vec<usize> = (0..sheet.rows.len()).collect();
    while rows.len() > LINES {
        rows.remove(rng.random_range(0..rows.len()));
    }
    let mut record = Vec::new();
    for row in rows {
        line(&mut record, &taken, &sheet, row, &mut rng);
    }
    record
}

/// Appends a line to a record.
fn line(record: &mut Vec<u8>, taken: &Reproduction, sheet: &Sheet, row: usize, rng: &mut Rng) {
    let place = |x, y| taken.place(x, y);
    let text = sheet.mrz.0[row].as_bytes();
    let [left, top, width, height] = sheet.rows[row];
    let x = |share: f32| (left + width * share - 0.5) * sheet.size_mm[0];
    let y = |share: f32| (top + height * share - 0.5) * sheet.size_mm[1];
    let cell = 1.0 / text.len() as f32;
    let [from, to] = [0.0, 1.0].map(|end| end + normal(rng) * 0.4 * cell);
    // Found a little too high or low, and too large or small; differently at both ends.
    let (shift, swell) = (normal(rng) * 0.08, normal(rng) * 0.07);
    let mut end = |at: f32| {
        let shift = shift + normal(rng) * 0.04;
        [place(x(at), y(shift - swell)), place(x(at), y(1.0 + shift + swell))]
    };
    let Some((cut, strip_from_frame)) = taken.strip(end(from), end(to), text.len()) else {
        // A row seen from its edge: nothing stands there.
        record.resize(record.len() + strip::STRIP[0] * strip::STRIP[1] + LONGEST * 4, 0);
        record.resize(record.len() + LONGEST, u8::MAX);
        return;
    };
    record.extend(cut.rows().flatten());
    for at in 0..LONGEST {
        let middle = strip_from_frame.apply(place(x((at as f32 + 0.5) * cell), y(0.5))).x;
        record.extend(middle.to_le_bytes());
    }
    let class = |sign: u8| SIGNS.iter().position(|&other| other == sign).map_or(u8::MAX, |class| class as u8);
    record.extend((0..LONGEST).map(|at| text.get(at).map_or(u8::MAX, |&sign| class(sign))));
}

fn zone(seed: u64, supply: &Supply) -> Photograph {
    let mut rng = crate::rng(seed ^ 0x20E5);
    let class = match weighted(&mut rng, &[0.3, 0.15, 0.3, 0.08, 0.1, 0.07]) {
        0 => DocumentClass::IdBack,
        1 => DocumentClass::IdFront,
        2 => DocumentClass::PassportPage,
        3 => DocumentClass::OtherCard,
        4 => DocumentClass::Paper,
        _ => DocumentClass::None,
    };
    let Shot { sheet, mut conditions } = Shot::new(seed, Some(1.0), supply, Some(class));
    conditions.camera.focus_blur = conditions.camera.focus_blur.min(8.0);
    conditions.camera.motion_blur = conditions.camera.motion_blur.min(8.0);
    if let Some(sheet) = &sheet {
        if chance(&mut rng, FLATTENED) {
            flatten(&mut rng, &mut conditions, sheet);
        } else {
            look_closer(&mut rng, &mut conditions, sheet);
        }
    }
    photograph(sheet.as_deref(), &conditions, [SIDE; 2], Ink::Luma)
}

/// Shows the document as it is seen when its corners are known, if not to the pixel: upright, and as large as the picture.
fn flatten(rng: &mut Rng, conditions: &mut Conditions, sheet: &Sheet) {
    let [width, height] = sheet.size_mm;
    let down = 0.5 * height / width.max(height);
    conditions.pose = Pose {
        size: 1.0 + normal(rng) * 0.03,
        centre: Point::new(0.5 + normal(rng) * 0.015, if chance(rng, 0.7) { down } else { 0.5 } + normal(rng) * 0.015),
        roll_degrees: normal(rng) * 1.2,
        tilt_degrees: mostly(rng, 0.0, 12.0, 2),
        tilt_towards_degrees: any_angle(rng),
    };
    conditions.camera.focus_blur = conditions.camera.focus_blur.min(4.0);
    conditions.camera.motion_blur = conditions.camera.motion_blur.min(3.0);
}

/// Moves the camera so that a line's capitals have 2 to 14 pixels, and some place of a line, if there is one, is in the picture.
fn look_closer(rng: &mut Rng, conditions: &mut Conditions, sheet: &Sheet) {
    let capital = 2.0 * 7.0_f32.powf(rng.random());
    let size = capital / CAPITAL_MM * sheet.size_mm[0].max(sheet.size_mm[1]) / SIDE as f32;
    let pose = &mut conditions.pose;
    pose.size = size.clamp(0.3, 4.0);
    if chance(rng, 0.3) {
        pose.roll_degrees = any_angle(rng);
    }
    if size > 0.9 {
        conditions.hands.clear();
    }
    pose.centre = Point::new(0.5, 0.5);
    let view = View::new(conditions.aspect, conditions.lens, *pose, sheet.size_mm, conditions.bend);
    let [x, y] = sheet.mrz.1.filter(|_| size > 0.6).map_or([0.0; 2], |[left, top, width, height]| {
        let along = between(rng, 0.2, 0.8);
        [(left + width * along - 0.5) * sheet.size_mm[0], (top + height * 0.5 - 0.5) * sheet.size_mm[1]]
    });
    let seen = view.project(x, y);
    let wanted = [between(rng, 0.35, 0.65), between(rng, 0.3, 0.7)];
    pose.centre = Point::new(0.5 + wanted[0] - seen.x, 0.5 + wanted[1] - seen.y);
}
