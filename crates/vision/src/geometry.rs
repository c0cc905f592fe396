//! Points, quads and the maps between planes. Coordinates are pixels (or any other unit), x to the right, y down; a pixel's centre
//! is at .5. Does not know: what is pictured.

/// A place in a plane.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Point {
    /// To the right.
    pub x: f32,
    /// Down.
    pub y: f32,
}

/// Four corners, clockwise as seen; for a document in its own order: top left, top right, bottom right, bottom left of what is
/// printed, however it lies in the picture.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Quad(pub [Point; 4]);

/// A map from one plane to another that keeps straight lines straight: rows of a 3×3 matrix.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Homography([f64; 9]);

impl Point {
    /// At `x`, `y`.
    pub const fn new(x: f32, y: f32) -> Self {
        Self { x, y }
    }

    /// How far apart.
    pub fn distance(self, other: Self) -> f32 {
        (self.x - other.x).hypot(self.y - other.y)
    }

    /// At `share` of the way to `other`: 0 here, 1 there.
    #[must_use]
    pub fn towards(self, other: Self, share: f32) -> Self {
        Self::new(self.x + (other.x - self.x) * share, self.y + (other.y - self.y) * share)
    }
}

impl Quad {
    /// The rectangle from the origin to `width`, `height`.
    pub const fn of_size(width: f32, height: f32) -> Self {
        Self([Point::new(0.0, 0.0), Point::new(width, 0.0), Point::new(width, height), Point::new(0.0, height)])
    }

    /// Each corner moved by `map`.
    #[must_use]
    pub fn map(self, map: impl FnMut(Point) -> Point) -> Self {
        Self(self.0.map(map))
    }

    /// Stretched about the origin.
    #[must_use]
    pub fn scaled(self, x: f32, y: f32) -> Self {
        self.map(|corner| Point::new(corner.x * x, corner.y * y))
    }

    /// Area, positive if the corners go clockwise as seen.
    pub fn area(&self) -> f32 {
        signed_area(&self.0)
    }

    /// Mean of the corners.
    pub fn centre(&self) -> Point {
        let sum = self.0.iter().fold(Point::default(), |sum, corner| Point::new(sum.x + corner.x, sum.y + corner.y));
        Point::new(sum.x / 4.0, sum.y / 4.0)
    }

    /// Whether the corners go clockwise and none is bent inwards: what a flat document looks like from its front.
    pub fn is_convex(&self) -> bool {
        (0..4).all(|at| {
            let [a, b, c] = [self.0[at], self.0[(at + 1) % 4], self.0[(at + 2) % 4]];
            cross(a, b, c) > 0.0
        })
    }

    /// Whether a point lies inside; the quad is convex.
    pub fn contains(&self, point: Point) -> bool {
        (0..4).all(|at| cross(self.0[at], self.0[(at + 1) % 4], point) >= 0.0)
    }

    /// Area of what both cover ÷ area of what either covers (Jaccard index); 0 if one of them is not convex.
    pub fn overlap(&self, other: &Self) -> f32 {
        if !self.is_convex() || !other.is_convex() {
            return 0.0;
        }
        let common = signed_area(&clipped(&self.0, &other.0)).max(0.0);
        common / (self.area() + other.area() - common)
    }
}

impl Homography {
    /// The map that takes each corner of `from` to the same corner of `to`; `None` if three corners of one of them lie on a line.
    pub fn between(from: &Quad, to: &Quad) -> Option<Self> {
        let (from, to) = (of_unit_square(from)?, of_unit_square(to)?);
        let map = Self(product(&to, &inverse(&from)?));
        map.inverse().map(|_| map)
    }

    /// The way back.
    #[must_use]
    pub fn inverse(&self) -> Option<Self> {
        inverse(&self.0).map(Self)
    }

    /// Where the directions of x and y point in the space whose projection the plane is: the first two columns.
    pub fn directions(&self) -> [[f64; 3]; 2] {
        let m = &self.0;
        [[m[0], m[3], m[6]], [m[1], m[4], m[7]]]
    }

    /// Where the points of a row come to lie, by their x: right to a hundredth of a pixel in pictures of any camera.
    pub fn along(&self, y: f32) -> impl Fn(f32) -> Point {
        let m = &self.0;
        let begin: [f64; 3] = std::array::from_fn(|axis| m[3 * axis + 1] * f64::from(y) + m[3 * axis + 2]);
        let [from, step] = [begin, [m[0], m[3], m[6]]].map(|part| part.map(|value| (value / begin[2]) as f32));
        move |x| {
            let scale = 1.0 / (1.0 + step[2] * x);
            Point::new((from[0] + step[0] * x) * scale, (from[1] + step[1] * x) * scale)
        }
    }

    /// Where a point comes to lie.
    pub fn apply(&self, point: Point) -> Point {
        let m = &self.0;
        let (x, y) = (f64::from(point.x), f64::from(point.y));
        let w = m[6] * x + m[7] * y + m[8];
        Point::new(((m[0] * x + m[1] * y + m[2]) / w) as f32, ((m[3] * x + m[4] * y + m[5]) / w) as f32)
    }
}

/// Twice the area of the triangle, positive if it goes clockwise as seen.
fn cross(a: Point, b: Point, c: Point) -> f32 {
    (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x)
}

fn signed_area(corners: &[Point]) -> f32 {
    let Some(&first) = corners.first() else { return 0.0 };
    corners.windows(2).map(|pair| cross(first, pair[0], pair[1])).sum::<f32>() / 2.0
}

/// What lies inside all sides of `window` (Sutherland and Hodgman 1974).
fn clipped(corners: &[Point], window: &[Point; 4]) -> Vec<Point> {
    let mut kept = corners.to_vec();
    for side in 0..4 {
        let (from, to) = (window[side], window[(side + 1) % 4]);
        let all = std::mem::take(&mut kept);
        for (at, &here) in all.iter().enumerate() {
            let before = all[(at + all.len() - 1) % all.len()];
            let (inside, was_inside) = (cross(from, to, here), cross(from, to, before));
            if (inside >= 0.0) != (was_inside >= 0.0) {
                kept.push(before.towards(here, was_inside / (was_inside - inside)));
            }
            if inside >= 0.0 {
                kept.push(here);
            }
        }
    }
    kept
}

/// From the unit square to a quad (Heckbert 1989, "Fundamentals of texture mapping and image warping", §2.2.3).
fn of_unit_square(quad: &Quad) -> Option<[f64; 9]> {
    let [a, b, c, d] = quad.0.map(|corner| (f64::from(corner.x), f64::from(corner.y)));
    let (dx1, dy1) = (b.0 - c.0, b.1 - c.1);
    let (dx2, dy2) = (d.0 - c.0, d.1 - c.1);
    let (sx, sy) = (a.0 - b.0 + c.0 - d.0, a.1 - b.1 + c.1 - d.1);
    let scale = dx1 * dy2 - dx2 * dy1;
    if scale.abs() < 1e-9 {
        return None;
    }
    let (bend_x, bend_y) = ((sx * dy2 - dx2 * sy) / scale, (dx1 * sy - sx * dy1) / scale);
    let row = |a: f64, b: f64, d: f64| [b - a + bend_x * b, d - a + bend_y * d, a];
    let [[m0, m1, m2], [m3, m4, m5]] = [row(a.0, b.0, d.0), row(a.1, b.1, d.1)];
    Some([m0, m1, m2, m3, m4, m5, bend_x, bend_y, 1.0])
}

fn product(a: &[f64; 9], b: &[f64; 9]) -> [f64; 9] {
    std::array::from_fn(|at| (0..3).map(|k| a[at / 3 * 3 + k] * b[k * 3 + at % 3]).sum())
}

fn inverse(m: &[f64; 9]) -> Option<[f64; 9]> {
    let minor = |a: usize, b: usize, c: usize, d: usize| m[a] * m[d] - m[b] * m[c];
    let adjugate = [
        minor(4, 5, 7, 8),
        -minor(1, 2, 7, 8),
        minor(1, 2, 4, 5),
        -minor(3, 5, 6, 8),
        minor(0, 2, 6, 8),
        -minor(0, 2, 3, 5),
        minor(3, 4, 6, 7),
        -minor(0, 1, 6, 7),
        minor(0, 1, 3, 4),
    ];
    let determinant = m[0] * adjugate[0] + m[1] * adjugate[3] + m[2] * adjugate[6];
    (determinant.abs() > 1e-12).then(|| adjugate.map(|value| value / determinant))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quad(corners: [(f32, f32); 4]) -> Quad {
        Quad(corners.map(|(x, y)| Point::new(x, y)))
    }

    #[test]
    fn overlap_is_shared_area_over_joint_area() {
        let square = Quad::of_size(2.0, 2.0);
        let shifted = square.map(|corner| Point::new(corner.x + 1.0, corner.y));
        let away = square.map(|corner| Point::new(corner.x + 5.0, corner.y));
        let bow = quad([(0.0, 0.0), (2.0, 2.0), (2.0, 0.0), (0.0, 2.0)]);
        for (other, share) in [(square, 1.0), (shifted, 1.0 / 3.0), (away, 0.0), (bow, 0.0)] {
            assert!((square.overlap(&other) - share).abs() < 1e-6, "{other:?}");
        }
    }

    #[test]
    fn a_map_takes_corners_to_corners_and_back() {
        let from = Quad::of_size(856.0, 540.0);
        let to = quad([(100.0, 80.0), (520.0, 60.0), (560.0, 400.0), (70.0, 370.0)]);
        let map = Homography::between(&from, &to).expect("no three on a line");
        let back = map.inverse().expect("it has a way back");
        for (a, b) in from.0.into_iter().zip(to.0) {
            assert!(map.apply(a).distance(b) < 1e-3);
            assert!(back.apply(b).distance(a) < 1e-2);
        }
        assert!(Homography::between(&from, &quad([(0.0, 0.0), (1.0, 1.0), (2.0, 2.0), (0.0, 1.0)])).is_none());
    }

    #[test]
    fn a_row_goes_where_its_points_go() {
        let steep = quad([(120.0, 900.0), (7900.0, 60.0), (7300.0, 5900.0), (1900.0, 3100.0)]);
        let map = Homography::between(&Quad::of_size(640.0, 404.0), &steep).expect("no three on a line");
        for (x, y) in (0..640).step_by(13).flat_map(|x| (0..404).step_by(31).map(move |y| (x as f32, y as f32))) {
            let off = map.along(y)(x).distance(map.apply(Point::new(x, y)));
            assert!(off < 0.01, "{off} at {x}, {y}");
        }
    }

    #[test]
    fn what_lies_inside() {
        let tilted = quad([(5.0, 0.0), (10.0, 5.0), (5.0, 10.0), (0.0, 5.0)]);
        assert!(tilted.is_convex() && tilted.contains(tilted.centre()));
        assert!(!tilted.contains(Point::new(1.0, 1.0)));
        assert!((tilted.area() - 50.0).abs() < 1e-4);
    }
}
