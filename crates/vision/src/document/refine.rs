//! Corners to a fraction of a pixel: the network's sides are moved onto the edge in the full picture that lies nearest.
//! In: luminance and a quad right to about two of the network's pixels. Out: the quad. Does not know: how the quad was found.

use crate::{
    geometry::{Point, Quad},
    luma::Luma,
};

/// A side's ends are moved by up to so many steps to either way.
const STEPS: i32 = 10;
const OFFSETS: usize = 2 * STEPS as usize + 1;
/// Steps of the two passes, in the network's pixels: together they reach two and a half of them.
const PASSES: [f32; 2] = [0.22, 0.03];
/// Places along a side at which its edge is looked for; the ends are left out, where corners are round and fingers lie.
const PLACES: usize = 40;
const ENDS: f32 = 0.08;
/// Where beside the line luminance is taken, to both sides: the response is a triangle whose tip lies on the edge.
const BESIDE: [f32; 8] = [-1.75, -1.25, -0.75, -0.25, 0.25, 0.75, 1.25, 1.75];
/// Mean step of grey across an edge that is believed.
const LEAST_EDGE: f32 = 2.5;
/// Mean step of grey that says nothing, whichever way.
const LEAST_STEP: f32 = 0.5;
/// How much an edge at the end of the reach counts against one where the network says.
const FAR: f32 = 0.6;

/// The quad with its sides on the document's edges. A side without a clear edge near it, or with both ends out of sight, stays; so does a
/// corner that would leave the reach. `pixel`: side of one of the network's in the frame; its errors are counted in them.
pub fn refined(frame: &Luma, rough: &Quad, corners: [bool; 4], pixel: f32) -> Quad {
    let sides: [(Point, Point); 4] = std::array::from_fn(|side| {
        let next = (side + 1) % 4;
        let (mut from, mut to) = (rough.0[side], rough.0[next]);
        if corners[side] || corners[next] {
            for step in PASSES {
                (from, to) = moved(frame, from, to, step * pixel);
            }
        }
        (from, to)
    });
    let reach = 4.0 * pixel;
    let corner = |at: usize| {
        let (before, after) = (sides[(at + 3) % 4], sides[at]);
        crossing(before, after).filter(|place| place.distance(rough.0[at]) < reach).unwrap_or(rough.0[at])
    };
    let quad = Quad(std::array::from_fn(corner));
    if quad.is_convex() { quad } else { *rough }
}

/// How clearly a quad's sides are edges, 0 to 1: of what differs across a side, the share that differs the same way all along it; the mean of
/// the four. An outline of something that has none crosses light and dark as they come. `pixel` as in [`refined`].
pub fn edged(frame: &Luma, quad: &Quad, pixel: f32) -> f32 {
    let width = (PASSES[0] * pixel).max(1.0);
    let clear = |side: usize| {
        let Some(side) = Side::new(quad.0[side], quad.0[(side + 1) % 4]) else { return 0.0 };
        let steps = (0..PLACES).map(|place| step_at(frame, &side, place, 0.0, width));
        let (sum, all) = steps.fold((0.0, 0.0), |(sum, all), step| (sum + step, all + step.abs()));
        sum.abs() / all.max(LEAST_STEP * PLACES as f32)
    };
    (0..4).map(clear).sum::<f32>() / 4.0
}

/// How much brighter it is on one side of a side than on the other, at one of `PLACES` along it, if it is moved `by` pixels.
fn step_at(frame: &Luma, side: &Side, place: usize, by: f32, width: f32) -> f32 {
    let middle = side.from.towards(side.to, ENDS + (1.0 - 2.0 * ENDS) * (place as f32 + 0.5) / PLACES as f32);
    let seen = frame.samples(BESIDE.map(|away| side.shift(middle, by + away * width)));
    let (before, after) = seen.split_at(BESIDE.len() / 2);
    (after.iter().sum::<f32>() - before.iter().sum::<f32>()) / after.len() as f32
}

/// A side of a quad.
struct Side {
    from: Point,
    to: Point,
    /// Across it, one pixel long.
    across: Point,
}

impl Side {
    /// `None` for one that is hardly any.
    fn new(from: Point, to: Point) -> Option<Self> {
        let length = from.distance(to);
        let across = Point::new((from.y - to.y) / length, (to.x - from.x) / length);
        (length >= 8.0).then_some(Self { from, to, across })
    }

    fn shift(&self, point: Point, by: f32) -> Point {
        Point::new(point.x + self.across.x * by, point.y + self.across.y * by)
    }
}

/// The line through the strongest edge near a side; both ends move across it by up to `STEPS` steps of `step` pixels.
fn moved(frame: &Luma, from: Point, to: Point, step: f32) -> (Point, Point) {
    let Some(side) = Side::new(from, to) else { return (from, to) };
    // What is brighter on one side of the line than on the other, place by place and offset by offset.
    let width = step.max(1.0);
    let mut contrast = vec![[0.0_f32; OFFSETS]; PLACES];
    for (place, row) in contrast.iter_mut().enumerate() {
        for (offset, value) in (-STEPS..=STEPS).zip(row.iter_mut()) {
            *value = step_at(frame, &side, place, offset as f32 * step, width);
        }
    }
    let score = |start: i32, end: i32| {
        let sum: f32 = contrast
            .iter()
            .enumerate()
            .map(|(place, row)| {
                let share = ENDS + (1.0 - 2.0 * ENDS) * (place as f32 + 0.5) / PLACES as f32;
                let at = start as f32 + (end - start) as f32 * share + STEPS as f32;
                let low = (at as usize).min(row.len() - 2);
                row[low] + (row[low + 1] - row[low]) * (at - low as f32)
            })
            .sum();
        let away = (start * start + end * end) as f32 / (2 * STEPS * STEPS) as f32;
        (sum.abs() / PLACES as f32) * (1.0 - (1.0 - FAR) * away)
    };
    let mut best = (0, 0, 0.0);
    for start in -STEPS..=STEPS {
        for end in -STEPS..=STEPS {
            let score = score(start, end);
            if score > best.2 {
                best = (start, end, score);
            }
        }
    }
    let (start, end, strength) = best;
    if strength < LEAST_EDGE {
        return (from, to);
    }
    let peak = |before: f32, after: f32| {
        let bend = before - 2.0 * strength + after;
        if bend < 0.0 { (0.5 * (before - after) / bend).clamp(-0.5, 0.5) } else { 0.0 }
    };
    let inner = |at: i32| at > -STEPS && at < STEPS;
    let start_by = if inner(start) { peak(score(start - 1, end), score(start + 1, end)) } else { 0.0 };
    let end_by = if inner(end) { peak(score(start, end - 1), score(start, end + 1)) } else { 0.0 };
    (side.shift(from, (start as f32 + start_by) * step), side.shift(to, (end as f32 + end_by) * step))
}

/// Where two lines cross; `None` if they are parallel.
fn crossing(a: (Point, Point), b: (Point, Point)) -> Option<Point> {
    let (ax, ay) = (a.1.x - a.0.x, a.1.y - a.0.y);
    let (bx, by) = (b.1.x - b.0.x, b.1.y - b.0.y);
    let scale = ax * by - ay * bx;
    if scale.abs() < 1e-3 {
        return None;
    }
    let share = ((b.0.x - a.0.x) * by - (b.0.y - a.0.y) * bx) / scale;
    Some(a.0.towards(a.1, share))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A light card on a darker table, its edges as soft as a camera's, with noise.
    fn photograph(card: &Quad, table: f32, light: f32) -> Luma<'static> {
        let (width, height) = (640, 480);
        let mut state = 7_u32;
        let pixels = (0..width * height).map(|at| {
            let hits = (0..16).filter(|sub| {
                let place = Point::new(
                    (at % width) as f32 + (sub % 4) as f32 / 4.0 + 0.125,
                    (at / width) as f32 + (sub / 4) as f32 / 4.0 + 0.125,
                );
                card.contains(place)
            });
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let noise = (state >> 29) as f32 - 3.5;
            (table + (light - table) * hits.count() as f32 / 16.0 + noise).clamp(0.0, 255.0) as u8
        });
        Luma::new(width, height, pixels.collect::<Vec<_>>()).expect("whole")
    }

    const CARD: Quad =
        Quad([Point::new(142.3, 121.6), Point::new(498.1, 104.2), Point::new(520.7, 352.9), Point::new(118.4, 338.5)]);

    fn rough(by: f32) -> Quad {
        let mut sign = -1.0;
        CARD.map(|corner| {
            sign = -sign;
            Point::new(corner.x + sign * by, corner.y - sign * by * 0.7)
        })
    }

    #[test]
    fn corners_come_to_lie_within_half_a_pixel() {
        for (table, light) in [(90.0, 200.0), (200.0, 90.0), (180.0, 192.0)] {
            let frame = photograph(&CARD, table, light);
            let quad = refined(&frame, &rough(2.5), [true; 4], 2.5);
            for (found, corner) in quad.0.iter().zip(CARD.0) {
                assert!(found.distance(corner) < 0.5, "{table} {light}: {found:?} for {corner:?}");
            }
        }
    }

    #[test]
    fn the_outline_of_a_card_is_an_edge_and_a_line_across_a_pattern_is_none() {
        let frame = photograph(&CARD, 90.0, 200.0);
        assert!(edged(&frame, &CARD, 5.0) > 0.95, "{}", edged(&frame, &CARD, 5.0));
        let pixels: Vec<u8> =
            (0..640 * 480).map(|at| if (at % 640 / 23 + at / 640 / 17) % 2 == 0 { 60 } else { 190 }).collect();
        let chequered = Luma::new(640, 480, pixels).expect("whole");
        assert!(edged(&chequered, &CARD, 5.0) < 0.4, "{}", edged(&chequered, &CARD, 5.0));
        assert!(edged(&photograph(&CARD, 128.0, 128.0), &CARD, 5.0) < 0.6);
    }

    #[test]
    fn without_an_edge_the_network_is_believed() {
        let frame = photograph(&CARD, 128.0, 128.0);
        let quad = refined(&frame, &rough(2.0), [true; 4], 2.5);
        assert!(quad.0.iter().zip(rough(2.0).0).all(|(found, corner)| found.distance(corner) < 1e-2), "{quad:?}");
    }

    #[test]
    fn sides_whose_ends_are_out_of_sight_stay() {
        let frame = photograph(&CARD, 90.0, 200.0);
        let quad = refined(&frame, &rough(2.0), [false; 4], 2.5);
        for (found, corner) in quad.0.iter().zip(rough(2.0).0) {
            assert!(found.distance(corner) < 1e-2);
        }
    }
}
