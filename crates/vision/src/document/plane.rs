//! The document as if it lay flat before the camera, and how it lies instead. In: luminance, its quad, its class.
//! Out: the rectified picture; tilt, turn, resolution, distance. Does not know: quality.

use super::DocumentClass;
use crate::{
    geometry::{Homography, Point, Quad},
    luma::Luma,
};

/// Focal length of a phone's or notebook's main camera in video mode, as a share of the frame's longer side: 60 to 65 degrees across.
const FOCAL: f32 = 0.85;
/// Deviations of a quad from a flat document's picture that are common: cosine of the angle between its sides in space, and logarithm of how far
/// its proportions are from the class's. Other lenses than the assumed one, and corners that are a little off, make them.
const SQUARE: f64 = 0.12;
const IN_PROPORTION: f64 = 0.12;
/// Beyond so many deviations proportions are another format's, which costs no more: other cards are read upright too.
const OTHER_FORMAT: f64 = 2.0;
const MILLIMETRES_PER_INCH: f32 = 25.4;

/// How a document lies before the camera.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pose {
    /// Angle between its normal and the optical axis, degrees, 0 to 90. From the homography and an assumed focal length of 0.85 of
    /// the longer side (Zhang 2000, "A flexible new technique for camera calibration", §3.1): about a fifth wrong for other lenses.
    pub tilt: f32,
    /// How far it is turned clockwise in the picture, degrees, −180 to 180; 0 is upright.
    pub turn: f32,
    /// Dots per inch: √(area in pixels ÷ area in mm²) × 25.4; `None` for classes without a format.
    pub dpi: Option<f32>,
    /// The larger of its extent across ÷ the frame's width and its extent down ÷ the frame's height.
    pub fill: f32,
}

/// How the document with this quad lies in a frame of `width` × `height` pixels.
pub fn pose(class: DocumentClass, quad: &Quad, width: usize, height: usize) -> Pose {
    let [a, b, c, d] = quad.0;
    let [left, right] = [a.towards(d, 0.5), b.towards(c, 0.5)];
    let extent = |of: fn(&Point) -> f32| {
        let (least, most) =
            quad.0.iter().map(of).fold((f32::MAX, f32::MIN), |(least, most), at| (least.min(at), most.max(at)));
        most - least
    };
    Pose {
        tilt: tilt(quad, proportions(class, quad), width, height),
        turn: (right.y - left.y).atan2(right.x - left.x).to_degrees(),
        dpi: class.size_mm().map(|[across, down]| (quad.area() / (across * down)).sqrt() * MILLIMETRES_PER_INCH),
        fill: (extent(|corner| corner.x) / width as f32).max(extent(|corner| corner.y) / height as f32),
    }
}

/// The document alone, upright and straight on, `width` pixels across and as high as its proportions say. `None` for a quad that is not
/// convex.
pub fn rectified(frame: &Luma, class: DocumentClass, quad: &Quad, width: usize) -> Option<Luma<'static>> {
    if !quad.is_convex() {
        return None;
    }
    let height = (width as f32 / proportions(class, quad)).round().clamp(1.0, 8.0 * width as f32) as usize;
    // Two pixels become one at most; beyond that the frame is shrunk first, or fine print would turn into patterns.
    let crowded = (quad.area() / (width * height) as f32).sqrt();
    if crowded > 2.0 {
        let longest = (frame.width().max(frame.height()) as f32 / (crowded / 1.4)) as usize;
        let small = frame.shrunk(longest.max(1));
        let scale = |small: usize, large: usize| small as f32 / large as f32;
        let quad = quad.scaled(scale(small.width(), frame.width()), scale(small.height(), frame.height()));
        return warped(&small, &quad, width, height);
    }
    warped(frame, quad, width, height)
}

fn warped(frame: &Luma, quad: &Quad, width: usize, height: usize) -> Option<Luma<'static>> {
    let frame_from_plane = Homography::between(&Quad::of_size(width as f32, height as f32), quad)?;
    Some(frame.sampled_through(&frame_from_plane, [width, height], [1, 1]))
}

/// Width ÷ height of the flat document: of its format, else guessed from its sides.
fn proportions(class: DocumentClass, quad: &Quad) -> f32 {
    let [a, b, c, d] = quad.0;
    class.size_mm().map_or_else(
        || ((a.distance(b) + d.distance(c)) / (a.distance(d) + b.distance(c)).max(1.0)).clamp(0.1, 10.0),
        |[across, down]| across / down,
    )
}

/// How far a quad is from what a flat document of a class looks like through a camera's assumed lens: 0 for one, else the sum of squares of how
/// far its sides are from square in space, and its proportions from those of the class, in deviations that are common. Infinite for no quad.
pub fn shape_error(class: DocumentClass, quad: &Quad, width: usize, height: usize) -> f32 {
    let Some([across, down]) = directions(quad, 1.0, width, height) else { return f32::INFINITY };
    let product = |a: [f64; 3], b: [f64; 3]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
    let (long, high) = (product(across, across).sqrt(), product(down, down).sqrt());
    let square = product(across, down) / (long * high) / SQUARE;
    let proportions = long / high;
    // TD2 and TD3 are less long than ID-1, and one class may be taken for another.
    let off = |least, most| (proportions / proportions.clamp(least, most)).ln() / IN_PROPORTION;
    let off = match class {
        DocumentClass::IdFront | DocumentClass::IdBack | DocumentClass::PassportPage => off(1.40, 1.60),
        DocumentClass::OtherCard => off(1.50, 1.80).clamp(-OTHER_FORMAT, OTHER_FORMAT),
        DocumentClass::None | DocumentClass::Paper => 0.0,
    };
    (square * square + off * off) as f32
}

/// Where the sides of a plane of these proportions (width ÷ height) point in space, as long as they are there.
fn directions(quad: &Quad, proportions: f32, width: usize, height: usize) -> Option<[[f64; 3]; 2]> {
    let focal = FOCAL * width.max(height) as f32;
    let centred = quad
        .map(|corner| Point::new((corner.x - width as f32 / 2.0) / focal, (corner.y - height as f32 / 2.0) / focal));
    Some(Homography::between(&Quad::of_size(proportions, 1.0), &centred)?.directions())
}

fn tilt(quad: &Quad, proportions: f32, width: usize, height: usize) -> f32 {
    let Some([across, down]) = directions(quad, proportions, width, height) else { return 90.0 };
    let normal = [
        across[1] * down[2] - across[2] * down[1],
        across[2] * down[0] - across[0] * down[2],
        across[0] * down[1] - across[1] * down[0],
    ];
    let length = normal.iter().map(|part| part * part).sum::<f64>().sqrt();
    if length > 0.0 { (normal[2].abs() / length).clamp(0.0, 1.0).acos().to_degrees() as f32 } else { 90.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A card of ID-1 before a camera with the assumed lens, tilted about its vertical middle line.
    fn card(tilt: f32, turn: f32, distance: f32) -> Quad {
        let (sin, cos) = tilt.to_radians().sin_cos();
        let (turn_sin, turn_cos) = turn.to_radians().sin_cos();
        Quad::of_size(85.6, 53.98).map(|corner| {
            let (x, y) = (corner.x - 42.8, corner.y - 26.99);
            let (x, y, z) = (x * cos, y, distance + x * sin);
            let (x, y) = (x * turn_cos - y * turn_sin, x * turn_sin + y * turn_cos);
            Point::new(640.0 + x / z * FOCAL * 1280.0, 360.0 + y / z * FOCAL * 1280.0)
        })
    }

    #[test]
    fn tilt_turn_and_resolution_are_measured() {
        for (tilt, turn) in [(0.0, 0.0), (15.0, 30.0), (30.0, -90.0), (45.0, 170.0)] {
            let pose = pose(DocumentClass::IdFront, &card(tilt, turn, 150.0), 1280, 720);
            assert!((pose.tilt - tilt).abs() < 0.5, "{tilt} {pose:?}");
            assert!((pose.turn - turn).abs() < 3.0, "{turn} {pose:?}");
        }
        let straight = pose(DocumentClass::IdFront, &card(0.0, 0.0, 150.0), 1280, 720);
        // 1088 pixels of focal length ÷ 150 mm are 7.25 pixels a millimetre.
        assert!((straight.dpi.expect("a card has a format") - 184.2).abs() < 0.5);
        assert!((straight.fill - 391.5 / 720.0).abs() < 0.01);
        assert_eq!(pose(DocumentClass::Paper, &card(0.0, 0.0, 150.0), 1280, 720).dpi, None);
    }

    #[test]
    fn what_a_flat_document_cannot_look_like_is_told_by_its_shape() {
        let unlike = |class, quad: &Quad| shape_error(class, quad, 1280, 720);
        for (tilt, turn) in [(0.0, 0.0), (20.0, 30.0), (45.0, 170.0)] {
            let card = card(tilt, turn, 200.0);
            assert!(unlike(DocumentClass::IdFront, &card) < 0.01, "{tilt} {turn}");
            let Quad([a, b, c, d]) = card;
            assert!(unlike(DocumentClass::IdFront, &Quad([a, b, c.towards(b, 0.3), d])) > 2.0, "{tilt} {turn}");
            assert!(unlike(DocumentClass::Paper, &Quad([a, b, b.towards(c, 0.5), a.towards(d, 0.5)])) < 1.0);
            assert!(unlike(DocumentClass::IdFront, &Quad([a, b, b.towards(c, 0.5), a.towards(d, 0.5)])) > 9.0);
        }
        let Quad([a, b, c, d]) = card(0.0, 0.0, 200.0);
        assert!(unlike(DocumentClass::OtherCard, &Quad([b, c, d, a])) <= 4.01, "a card that is read upright");
        assert!(unlike(DocumentClass::Paper, &Quad([a, b, b, d])).is_infinite());
    }

    #[test]
    fn what_is_rectified_stands_upright() {
        let pixels: Vec<u8> = (0..640 * 480).map(|at| if at % 640 < 320 { 40 } else { 200 }).collect();
        let frame = Luma::new(640, 480, pixels).expect("whole");
        // Turned by a quarter: its upper side lies to the right.
        let quad =
            Quad([Point::new(600.0, 40.0), Point::new(600.0, 440.0), Point::new(40.0, 440.0), Point::new(40.0, 40.0)]);
        let flat = rectified(&frame, DocumentClass::IdFront, &quad, 160).expect("convex");
        assert_eq!((flat.width(), flat.height()), (160, 101));
        assert!(flat.row(5).iter().all(|&pixel| pixel == 200) && flat.row(95).iter().all(|&pixel| pixel == 40));
        let small = rectified(&frame, DocumentClass::IdFront, &quad, 32).expect("convex");
        assert!(small.row(2).iter().all(|&pixel| pixel == 200));
    }
}
