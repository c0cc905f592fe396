//! What is true about a photograph, as far as a program could be asked to find out.

use lichtbild_vision::document::DocumentClass;
use lichtbild_vision::geometry::{Point, Quad};

/// How many numbers describe a frame in a record of training frames.
pub const LABELS: usize = 32;

/// What is true about a photograph. Shares of the document are of its area in millimetres, not in pixels.
#[derive(Clone, Debug, PartialEq)]
pub struct Truth {
    /// What is seen.
    pub class: DocumentClass,
    /// Corners of what is printed, in document order, as shares of the frame's sides; beyond 0 to 1 where they are cut off.
    pub quad: Quad,
    /// Corners of its machine-readable zone, as `quad`.
    pub mrz: Option<Quad>,
    /// Whether each corner is in the frame, not covered and not folded over.
    pub corners: [bool; 4],
    /// Standard deviation of all blur but motion's, in thousandths of the frame's longer side. A coarse sensor counts too, as half
    /// of its pixel.
    pub focus_blur: f32,
    /// Length of the motion blur, in thousandths of the frame's longer side.
    pub motion_blur: f32,
    /// Share of the document that reflections drive to white; of what is visible.
    pub glare: f32,
    /// Share of that which lies on the machine-readable zone, the portrait or print.
    pub glare_on_print: f32,
    /// Mean stored value that a white surface would have where the document is visible, before the tone curve: light and shadow,
    /// without reflections. From 0; more than 1 where white is lost.
    pub brightness: f32,
    /// Angle between the document's normal and the optical axis, degrees.
    pub tilt_degrees: f32,
    /// Dots per inch on the document if the frame's longer side had 1280 pixels; mean over the document.
    pub dpi: f32,
    /// Share of the document inside the frame.
    pub inside: f32,
    /// Share of the document inside the frame that hands cover.
    pub covered: f32,
    /// Share of light that shadows take where they take most, less where they take least (5th and 95th percentile), of what is visible.
    pub shadow: f32,
    /// Standard deviation of the noise at middle grey, 1 is white.
    pub noise: f32,
    /// Width ÷ height of the frame.
    pub aspect: f32,
    /// Share of the document that is inside the frame and not covered.
    pub visible: f32,
    /// Share of its machine-readable zone that is inside the frame, not covered and not white with reflections; 0 without a zone.
    pub mrz_visible: f32,
    /// Share of the visible document where foil adds more than a tenth of white.
    pub foil: f32,
}

impl Truth {
    /// Of a picture without a document.
    pub fn of_nothing(aspect: f32) -> Self {
        Self {
            class: DocumentClass::None,
            quad: Quad([Point::default(); 4]),
            mrz: None,
            corners: [false; 4],
            focus_blur: 0.0,
            motion_blur: 0.0,
            glare: 0.0,
            glare_on_print: 0.0,
            brightness: 0.0,
            tilt_degrees: 0.0,
            dpi: 0.0,
            inside: 0.0,
            covered: 0.0,
            shadow: 0.0,
            noise: 0.0,
            aspect,
            visible: 0.0,
            mrz_visible: 0.0,
            foil: 0.0,
        }
    }

    /// The numbers of a record: 0 class (place in `DocumentClass::ALL`); 1–8 corners x, y; 9–12 corners visible; 13 focus blur;
    /// 14 motion blur; 15 glare; 16 glare on print; 17 brightness; 18 tilt; 19 dpi; 20 inside; 21 covered; 22 shadow; 23 noise;
    /// 24 aspect; 25 visible; 26 foil; the rest 0. Units as in the fields.
    pub fn labels(&self) -> [f32; LABELS] {
        let mut labels = [0.0; LABELS];
        labels[0] = DocumentClass::ALL.iter().position(|&class| class == self.class).unwrap_or(0) as f32;
        for (at, (corner, visible)) in self.quad.0.iter().zip(self.corners).enumerate() {
            labels[1 + at * 2] = corner.x;
            labels[2 + at * 2] = corner.y;
            labels[9 + at] = f32::from(u8::from(visible));
        }
        labels[13..27].copy_from_slice(&[
            self.focus_blur,
            self.motion_blur,
            self.glare,
            self.glare_on_print,
            self.brightness,
            self.tilt_degrees,
            self.dpi,
            self.inside,
            self.covered,
            self.shadow,
            self.noise,
            self.aspect,
            self.visible,
            self.foil,
        ]);
        labels
    }
}
