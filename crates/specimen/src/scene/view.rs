//! Where a camera sees which place of a document. A place in the picture is counted in the picture's longer side from its middle, x to
//! the right and y down; a place on the document in millimetres from its middle, x along its lines, y down its page, z away from who reads.
//! Does not know: colours, light.

use lichtbild_vision::geometry::Point;

use super::conditions::{Bend, Lens, Pose};

type Vector = [f32; 3];

/// A pinhole camera with a slightly bent picture before a document.
#[derive(Clone, Debug)]
pub struct View {
    lens: Lens,
    /// Width and height of the frame; the longer one is 1.
    pub extent: [f32; 2],
    half: [f32; 2],
    bend: Bend,
    /// The document's x, y and z in the camera's space.
    axes: [Vector; 3],
    /// Its middle in the camera's space, millimetres.
    middle: Vector,
    /// The camera in the document's space, millimetres.
    eye: Vector,
    /// How a ray changes if the picture's x goes by 1, and if its y does.
    across: Vector,
    down: Vector,
}

/// A direction from the camera, in the document's space.
#[derive(Clone, Copy, Debug)]
pub struct Ray(Vector);

/// What a place of the picture shows of a plane.
#[derive(Clone, Copy, Debug)]
pub struct Hit {
    /// Place in millimetres.
    pub x: f32,
    /// Place in millimetres.
    pub y: f32,
    /// How far x and y go if the picture's x goes by 1, and if the picture's y does.
    pub steps: [[f32; 2]; 2],
    /// How much more the surface faces the light that comes from the upper left, about -0.5 to 0.5.
    pub relief: f32,
}

/// A rotation; turns what is seen from outside to what is turned by an angle.
#[derive(Clone, Copy, Debug)]
pub struct Turn {
    sin: f32,
    cos: f32,
}

impl Turn {
    /// By degrees, clockwise as seen.
    pub fn by(degrees: f32) -> Self {
        let (sin, cos) = degrees.to_radians().sin_cos();
        Self { sin, cos }
    }

    /// Where a direction (or place) points to for who is turned.
    #[inline]
    pub fn see(self, [x, y]: [f32; 2]) -> [f32; 2] {
        [x * self.cos + y * self.sin, y * self.cos - x * self.sin]
    }
}

impl View {
    /// `aspect` is width ÷ height of the frame, `size_mm` the document's.
    pub fn new(aspect: f32, lens: Lens, pose: Pose, size_mm: [f32; 2], bend: Bend) -> Self {
        let extent = if aspect >= 1.0 { [1.0, 1.0 / aspect] } else { [aspect, 1.0] };
        let (roll_sin, roll_cos) = pose.roll_degrees.to_radians().sin_cos();
        let (tilt_sin, tilt_cos) = pose.tilt_degrees.to_radians().sin_cos();
        let (way_sin, way_cos) = pose.tilt_towards_degrees.to_radians().sin_cos();
        let tilted = |[x, y]: [f32; 2]| -> Vector {
            // Along the way the plane leans back; across it nothing changes.
            let (along, across) = (x * way_cos + y * way_sin, -x * way_sin + y * way_cos);
            [
                along * tilt_cos * way_cos - across * way_sin,
                along * tilt_cos * way_sin + across * way_cos,
                along * tilt_sin,
            ]
        };
        let right = tilted([roll_cos, roll_sin]);
        let down = tilted([-roll_sin, roll_cos]);
        let away = cross(right, down);
        let [width, height] = size_mm;
        let box_width = width * roll_cos.abs() + height * roll_sin.abs();
        let box_height = width * roll_sin.abs() + height * roll_cos.abs();
        let distance = lens.focal * (box_width / extent[0]).max(box_height / extent[1]) / pose.size;
        let at = [(pose.centre.x - 0.5) * extent[0], (pose.centre.y - 0.5) * extent[1]];
        let at = straightened(at, lens.bulge);
        let middle = [at[0] / lens.focal * distance, at[1] / lens.focal * distance, distance];
        let axes = [right, down, away];
        let eye = axes.map(|axis| -dot(axis, middle));
        let across = axes.map(|axis| axis[0] / lens.focal);
        let down = axes.map(|axis| axis[1] / lens.focal);
        Self { lens, extent, half: [width / 2.0, height / 2.0], bend, axes, middle, eye, across, down }
    }

    /// A place of the frame, as shares of its sides, in the picture's own measure.
    pub fn of_share(&self, share: Point) -> [f32; 2] {
        [(share.x - 0.5) * self.extent[0], (share.y - 0.5) * self.extent[1]]
    }

    /// What is seen along a ray of the plane `depth` millimetres behind the document; `None` beyond the horizon.
    #[inline]
    pub fn plane(&self, ray: &Ray, depth: f32) -> Option<Hit> {
        self.meet(ray, depth)
    }

    /// What is seen along a ray of the document's surface, or of what would be its surface if it went on.
    pub fn surface(&self, ray: &Ray) -> Option<Hit> {
        let mut hit = self.meet(ray, 0.0)?;
        if self.bend == Bend::Flat {
            return Some(hit);
        }
        for _ in 0..3 {
            let rise = self.bend.rise(self.half, hit.x, hit.y).0;
            hit = self.meet(ray, -rise)?;
        }
        let (_, slope) = self.bend.rise(self.half, hit.x, hit.y);
        // The relief is lit from the picture's upper left.
        let lean = [
            self.axes[0][0] * slope[0] + self.axes[1][0] * slope[1],
            self.axes[0][1] * slope[0] + self.axes[1][1] * slope[1],
        ];
        hit.relief = (lean[0] + lean[1]) * 0.7;
        Some(hit)
    }

    /// Where a place of the document lies in the frame, as shares of the frame's sides.
    pub fn project(&self, x: f32, y: f32) -> Point {
        let rise = self.bend.rise(self.half, x, y).0;
        let space: Vector = std::array::from_fn(|axis| {
            self.middle[axis] + x * self.axes[0][axis] + y * self.axes[1][axis] - rise * self.axes[2][axis]
        });
        let depth = space[2].max(1e-3);
        let at = [space[0] / depth * self.lens.focal, space[1] / depth * self.lens.focal];
        let at = bulged(at, self.lens.bulge);
        Point::new(at[0] / self.extent[0] + 0.5, at[1] / self.extent[1] + 0.5)
    }

    /// Picture's longer sides a millimetre at the document's middle.
    pub fn scale(&self) -> f32 {
        self.lens.focal / self.middle[2]
    }

    /// The ray that a place of the picture sees along.
    #[inline]
    pub fn ray(&self, at: [f32; 2]) -> Ray {
        let at = straightened(at, self.lens.bulge);
        let (x, y) = (at[0] / self.lens.focal, at[1] / self.lens.focal);
        let ray = self.axes.map(|axis| axis[0] * x + axis[1] * y + axis[2]);
        Ray(ray)
    }

    #[inline]
    fn meet(&self, Ray(ray): &Ray, depth: f32) -> Option<Hit> {
        if ray[2] < 0.02 {
            return None;
        }
        let far = (depth - self.eye[2]) / ray[2];
        let step = |by: &Vector| {
            let nearer = by[2] / ray[2];
            [far * (by[0] - ray[0] * nearer), far * (by[1] - ray[1] * nearer)]
        };
        let (x, y) = (self.eye[0] + far * ray[0], self.eye[1] + far * ray[1]);
        Some(Hit { x, y, steps: [step(&self.across), step(&self.down)], relief: 0.0 })
    }
}

impl Bend {
    /// How far the surface rises towards who reads, in millimetres, and how fast to the right and down.
    fn rise(&self, half: [f32; 2], x: f32, y: f32) -> (f32, [f32; 2]) {
        match *self {
            Self::Flat => (0.0, [0.0, 0.0]),
            Self::Arch { along_degrees, height_mm } => {
                let (sin, cos) = along_degrees.to_radians().sin_cos();
                let reach = half[0] * cos.abs() + half[1] * sin.abs();
                // Beyond the document it goes on straight.
                let share = (x * cos + y * sin) / reach;
                let (rise, slope) = if share.abs() < 1.2 {
                    (height_mm * (1.0 - share * share), -2.0 * height_mm * share / reach)
                } else {
                    (-height_mm * 0.44, 0.0)
                };
                (rise, [slope * cos, slope * sin])
            }
            Self::Wave { along_degrees, height_mm, length_mm, phase } => {
                let (sin, cos) = along_degrees.to_radians().sin_cos();
                let turn = std::f32::consts::TAU / length_mm;
                let (wave, swing) = ((x * cos + y * sin) * turn + phase).sin_cos();
                (height_mm * wave, [height_mm * swing * turn * cos, height_mm * swing * turn * sin])
            }
            Self::Spine { height_mm } => {
                // Beyond the fold the other page sinks again.
                let share = (half[1] - y) / (2.0 * half[1]);
                let (share, way) = if share > 1.0 { (2.0 - share, -1.0) } else { (share, 1.0) };
                let share = share.max(0.0);
                (height_mm * share.powi(3), [0.0, -3.0 * way * height_mm * share * share / (2.0 * half[1])])
            }
        }
    }
}

/// Where the light of a place in the picture would have met a picture without the lens's bulge.
fn straightened([x, y]: [f32; 2], bulge: f32) -> [f32; 2] {
    let stretch = 1.0 + bulge * (x * x + y * y).min(1.5);
    [x * stretch, y * stretch]
}

/// The way back.
fn bulged([x, y]: [f32; 2], bulge: f32) -> [f32; 2] {
    let mut at = [x, y];
    for _ in 0..12 {
        // Far outside, the bulge is that of the frame's surroundings: no place has no image.
        let stretch = 1.0 + bulge * (at[0] * at[0] + at[1] * at[1]).min(1.5);
        at = [x / stretch, y / stretch];
    }
    at
}

fn dot(a: Vector, b: Vector) -> f32 {
    a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
}

fn cross(a: Vector, b: Vector) -> Vector {
    [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]]
}
