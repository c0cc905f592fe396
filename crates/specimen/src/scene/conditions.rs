//! Everything that makes one photograph of a document differ from another: plain values, written by hand or drawn at random.
//! Lengths in a picture are counted in the picture's longer side, lengths on a document in millimetres, angles in degrees, clockwise as seen.

use std::sync::Arc;

use lichtbild_vision::geometry::Point;

use super::hand::Hand;
use super::texture::{Edge, Texture};

/// Conditions of one photograph. `default` is a document that fills half of a wide frame, on a grey table, in even light, sharp.
#[derive(Clone, Debug)]
pub struct Conditions {
    /// Width ÷ height of the camera's frame.
    pub aspect: f32,
    /// The camera's lens.
    pub lens: Lens,
    /// How the document lies.
    pub pose: Pose,
    /// How it is bent.
    pub bend: Bend,
    /// A corner that is folded over.
    pub dog_ear: Option<DogEar>,
    /// What it lies on.
    pub ground: Option<Ground>,
    /// What is seen where there is no ground.
    pub backdrop: Backdrop,
    /// What else lies on the ground; the later covers the earlier, and the document all.
    pub things: Vec<Thing>,
    /// Hands before and behind it.
    pub hands: Vec<Hand>,
    /// The light.
    pub light: Light,
    /// What the camera does to the picture.
    pub camera: Camera,
    /// Chance of what is left: the sensor's noise.
    pub seed: u64,
}

/// A camera's lens.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Lens {
    /// Focal length in longer sides of the picture.
    pub focal: f32,
    /// Places move inwards by this share at one longer side from the middle (barrel), outwards if negative.
    pub bulge: f32,
}

/// How a document lies before the camera.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pose {
    /// Share of the frame's width or height, whichever is more, that the document would take up lying across the optical axis.
    pub size: f32,
    /// Where its middle is seen, as shares of the frame's sides.
    pub centre: Point,
    /// How far it is turned about its middle; 0 is upright, 90 is its top to the right.
    pub roll_degrees: f32,
    /// Angle between its normal and the optical axis.
    pub tilt_degrees: f32,
    /// The side that leans away from the camera: 0 is the right, 90 the bottom.
    pub tilt_towards_degrees: f32,
}

/// How a sheet deviates from a plane.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Bend {
    /// Not at all.
    Flat,
    /// Its middle rises (or sinks) along a line.
    Arch {
        /// Direction across the line.
        along_degrees: f32,
        /// How far.
        height_mm: f32,
    },
    /// Waves.
    Wave {
        /// Direction in which the waves follow each other.
        along_degrees: f32,
        /// Amplitude.
        height_mm: f32,
        /// From crest to crest.
        length_mm: f32,
        /// Where the first begins, in radians.
        phase: f32,
    },
    /// A page of a book, rising to the fold at its top.
    Spine {
        /// How far.
        height_mm: f32,
    },
}

/// A corner folded over.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DogEar {
    /// Which: 0 top left, clockwise.
    pub corner: usize,
    /// How much of the shorter side is folded.
    pub share: f32,
}

/// A surface that goes on and on.
#[derive(Clone, Debug)]
pub struct Ground {
    /// What it looks like.
    pub texture: Arc<Texture>,
    /// How it is continued.
    pub edge: Edge,
    /// Width of one picture of it.
    pub tile_mm: f32,
    /// How it is turned against the document.
    pub turn_degrees: f32,
    /// Where it begins.
    pub offset_mm: [f32; 2],
    /// Factor of its colours.
    pub gain: [f32; 3],
    /// How much of its pattern is left: 0 is its mean colour, 1 all.
    pub contrast: f32,
    /// How it shines, as a document's gloss.
    pub gloss: f32,
    /// How far it lies behind the document.
    pub depth_mm: f32,
    /// Where the table ends: the direction of that edge and how far it is from the document's middle.
    pub end: Option<(f32, f32)>,
}

/// What is seen behind everything.
#[derive(Clone, Debug, Default)]
pub struct Backdrop {
    /// A view; without one it is an even colour.
    pub texture: Option<Arc<Texture>>,
    /// Factor of the view's colours, or the colour.
    pub gain: [f32; 3],
    /// Share of the view's width that the frame's longer side shows.
    pub share: f32,
    /// Which place of the view is in the frame's middle, as shares.
    pub offset: [f32; 2],
    /// How blurred it is, in longer sides of the picture.
    pub blur: f32,
    /// How it is turned.
    pub turn_degrees: f32,
    /// Whether it is seen as in a mirror.
    pub mirrored: bool,
    /// How much farther away it is one longer side to the right and down, as shares.
    pub lean: [f32; 2],
}

/// Something flat that lies on the ground.
#[derive(Clone, Debug)]
pub struct Thing {
    /// What it looks like, with holes where it is not.
    pub texture: Arc<Texture>,
    /// Its sides.
    pub size_mm: [f32; 2],
    /// Where its middle lies, from the document's middle.
    pub centre_mm: [f32; 2],
    /// How it is turned against the document.
    pub turn_degrees: f32,
    /// Factor of its colours.
    pub gain: f32,
}

/// The light on a scene.
#[derive(Clone, Debug)]
pub struct Light {
    /// 1 lets a white surface just saturate.
    pub level: f32,
    /// Factor of each colour after the camera's white balance.
    pub tint: [f32; 3],
    /// How much brighter it gets per longer side to the right and down, as shares.
    pub slope: [f32; 2],
    /// How much darker it is one longer side from the middle.
    pub vignette: f32,
    /// Light that lies over everything, as of a dirty lens.
    pub haze: f32,
    /// Shadows of what is not seen.
    pub shadows: Vec<Shadow>,
    /// Where the document's shadow falls on what it lies on, in lengths of its distance from it to the right and down.
    pub cast: [f32; 2],
    /// Share of the light that this shadow takes where it is darkest.
    pub cast_depth: f32,
    /// Reflections of lamps and windows.
    pub glares: Vec<Glare>,
    /// How bright foil shines, 0 to 1, and where its colours begin.
    pub foil: Option<Foil>,
}

/// A shadow with straight edges.
#[derive(Clone, Debug)]
pub struct Shadow {
    /// For each side the direction it faces, and how far it is from the frame's middle.
    pub sides: Vec<([f32; 2], f32)>,
    /// Share of the light that it takes.
    pub depth: f32,
    /// Width of its edge.
    pub softness: f32,
}

/// A reflection.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Glare {
    /// Its middle, from the frame's.
    pub at: [f32; 2],
    /// Half its width and height.
    pub radii: [f32; 2],
    /// How it is turned.
    pub turn_degrees: f32,
    /// Light that it adds to a glossy surface; 1 is as a white surface in light of level 1.
    pub strength: f32,
    /// Width of its edge as a share of its radius.
    pub softness: f32,
    /// Whether it is a window with a cross.
    pub window: bool,
}

/// How foil shines.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Foil {
    /// Light that it adds at most.
    pub strength: f32,
    /// Which colour begins, in radians.
    pub phase: f32,
    /// Stripes across its height.
    pub stripes: f32,
}

/// What the camera does. Blur is in thousandths of the picture's longer side: 1 is a quarter of a pixel at 256.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Camera {
    /// Standard deviation of the focus blur.
    pub focus_blur: f32,
    /// Length of the motion blur.
    pub motion_blur: f32,
    /// Its direction.
    pub motion_degrees: f32,
    /// Pixels of the picture for each of the sensor's, along one side; 1 or more.
    pub coarseness: f32,
    /// Standard deviation of the noise at middle grey, 1 is white.
    pub noise: f32,
    /// How strongly edges are drawn over.
    pub sharpening: f32,
    /// Contrast added (or taken) about middle grey.
    pub contrast: f32,
    /// What black becomes, 0 to 1.
    pub black: f32,
    /// Quality of the JPEG that the picture has been, if it has.
    pub jpeg: Option<u8>,
}

impl Default for Conditions {
    fn default() -> Self {
        Self {
            aspect: 16.0 / 9.0,
            lens: Lens { focal: 0.9, bulge: 0.0 },
            pose: Pose::default(),
            bend: Bend::Flat,
            dog_ear: None,
            ground: None,
            backdrop: Backdrop { gain: [0.2; 3], share: 1.0, ..Backdrop::default() },
            things: Vec::new(),
            hands: Vec::new(),
            light: Light::default(),
            camera: Camera::default(),
            seed: 0,
        }
    }
}

impl Default for Pose {
    fn default() -> Self {
        Self {
            size: 0.7,
            centre: Point::new(0.5, 0.5),
            roll_degrees: 0.0,
            tilt_degrees: 0.0,
            tilt_towards_degrees: 0.0,
        }
    }
}

impl Default for Light {
    fn default() -> Self {
        Self {
            level: 0.8,
            tint: [1.0; 3],
            slope: [0.0; 2],
            vignette: 0.0,
            haze: 0.0,
            shadows: Vec::new(),
            cast: [0.5, 0.7],
            cast_depth: 0.6,
            glares: Vec::new(),
            foil: None,
        }
    }
}

impl Default for Camera {
    fn default() -> Self {
        Self {
            focus_blur: 0.0,
            motion_blur: 0.0,
            motion_degrees: 0.0,
            coarseness: 1.0,
            noise: 0.0,
            sharpening: 0.0,
            contrast: 0.0,
            black: 0.0,
            jpeg: None,
        }
    }
}
