//! Films: a script of key frames becomes conditions for every frame. In: a script (TOML). Out: conditions.
//! Does not know: files, JPEG.

use std::sync::Arc;

use lichtbild_vision::{document::DocumentClass, geometry::Point};
use serde::Deserialize;

use super::chance::between;
use super::conditions::{Backdrop, Bend, Camera, Conditions, Glare, Ground, Lens, Light, Pose, Shadow};
use super::light::smooth;
use super::random;
use super::sheet::Sheet;
use super::supply::{self, Supply};
use super::texture::Edge;
use super::view::View;
use crate::document::{self, Says};

/// What is filmed, and how.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Script {
    /// Width and height in pixels.
    #[serde(default = "size")]
    pub size: [usize; 2],
    /// Frames a second.
    #[serde(default = "rate")]
    pub rate: f32,
    /// Chance of shake, noise and of what is not said.
    #[serde(default)]
    pub seed: u64,
    /// Seconds that light falls on the sensor for a frame: what moves is blurred by it.
    #[serde(default = "exposure")]
    pub exposure: f32,
    /// Quality of each JPEG.
    #[serde(default = "jpeg")]
    pub jpeg: u8,
    /// What is shown.
    pub document: DocumentChoice,
    /// Where.
    #[serde(default)]
    pub place: Place,
    /// Key frames, by time.
    pub key: Vec<Key>,
}

/// A drawn document, or a picture of a flat one.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DocumentChoice {
    /// Name in `DocumentClass`.
    pub class: String,
    /// Which of its kind.
    #[serde(default)]
    pub seed: u64,
    /// A file with the flat document instead of a drawn one.
    pub picture: Option<String>,
    /// What it says, if it is an identity document.
    #[serde(default)]
    pub says: Says,
}

impl DocumentChoice {
    /// The document, from a supply unless it says something; `None` if no class has that name.
    pub fn sheet(&self, supply: &Supply) -> Option<Arc<Sheet>> {
        let named = |class: &DocumentClass| format!("{class:?}").eq_ignore_ascii_case(&self.class);
        let class = DocumentClass::ALL.into_iter().find(named)?;
        if self.says == Says::default() {
            return Some(supply.sheet(self.seed, class));
        }
        let drawn = document::draw_saying(class, &self.says, &mut supply::chance_of(self.seed), supply.scale());
        Some(Arc::new(Sheet::new(&drawn)))
    }
}

/// Where it is shown.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Place {
    /// Which surface it lies on; of all that there are.
    pub surface: u64,
    /// Whether a hand holds it before a room.
    pub held: bool,
    /// Which room, for what is held.
    pub room: u64,
}

/// What holds at a time. What a key does not say stays as it was; between keys all goes over smoothly.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Key {
    /// Seconds from the beginning.
    pub at: f32,
    /// What begins here, in words.
    pub name: Option<String>,
    /// As in `Pose`.
    pub size: Option<f32>,
    /// As in `Pose`.
    pub centre: Option<[f32; 2]>,
    /// As in `Pose`.
    pub roll_degrees: Option<f32>,
    /// As in `Pose`.
    pub tilt_degrees: Option<f32>,
    /// As in `Pose`.
    pub tilt_towards_degrees: Option<f32>,
    /// As `level` in `Light`.
    pub light: Option<f32>,
    /// Share of light that a shadow takes from the right half of the frame.
    pub shadow: Option<f32>,
    /// Strength of a reflection, as in `Glare`.
    pub glare: Option<f32>,
    /// Where it is, as shares of the frame.
    pub glare_at: Option<[f32; 2]>,
    /// As in `Camera`.
    pub focus_blur: Option<f32>,
    /// As in `Camera`.
    pub noise: Option<f32>,
    /// How far a hand shakes, in thousandths of the frame's longer side (standard deviation).
    pub shake: Option<f32>,
}

/// What changes from frame to frame, in the order of `Key::after`.
#[derive(Clone, Copy, Debug)]
struct State([f32; 14]);

/// What holds before the first key.
const FIRST: State = State([0.7, 0.5, 0.5, 0.0, 0.0, 0.0, 0.9, 0.0, 0.0, 0.5, 0.5, 0.0, 0.006, 0.0]);

/// A script with all that it needs.
pub struct Clip {
    script: Script,
    states: Vec<State>,
    sheet: Arc<Sheet>,
    ground: Option<Ground>,
    backdrop: Backdrop,
    /// Swings of the shaking hand: for each direction turns a second and where they begin.
    swings: [[(f32, f32); 4]; 3],
}

fn size() -> [usize; 2] {
    [1280, 720]
}

fn rate() -> f32 {
    30.0
}

fn exposure() -> f32 {
    0.012
}

fn jpeg() -> u8 {
    85
}

impl Key {
    /// The state at this key, after another.
    fn after(&self, before: State) -> State {
        let [x, y] = self.centre.map_or([None; 2], |centre| centre.map(Some));
        let [glare_x, glare_y] = self.glare_at.map_or([None; 2], |at| at.map(Some));
        let said = [
            self.size,
            x,
            y,
            self.roll_degrees,
            self.tilt_degrees,
            self.tilt_towards_degrees,
            self.light,
            self.shadow,
            self.glare,
            glare_x,
            glare_y,
            self.focus_blur,
            self.noise,
            self.shake,
        ];
        let mut state = before;
        for (value, said) in state.0.iter_mut().zip(said) {
            *value = said.unwrap_or(*value);
        }
        state
    }
}

impl Clip {
    /// Of a script and the document that it names; what surrounds it is taken from a supply. A script without keys has no frames.
    pub fn new(script: Script, sheet: Arc<Sheet>, supply: &Supply) -> Self {
        let mut state = FIRST;
        let states = script
            .key
            .iter()
            .map(|key| {
                state = key.after(state);
                state
            })
            .collect();
        let place = &script.place;
        let (texture, photo) = supply.surface(place.surface);
        let ground = (!place.held).then_some(Ground {
            texture,
            edge: if photo { Edge::Mirror } else { Edge::Repeat },
            tile_mm: 260.0,
            turn_degrees: 4.0,
            offset_mm: [0.0; 2],
            gain: [1.0; 3],
            contrast: 1.0,
            gloss: 0.1,
            depth_mm: 0.8,
            end: None,
        });
        let backdrop = Backdrop {
            texture: Some(supply.room(place.room)),
            gain: [0.9; 3],
            share: 0.8,
            offset: [0.5; 2],
            blur: 0.01,
            turn_degrees: 0.0,
            ..Backdrop::default()
        };
        let mut rng = crate::rng(script.seed);
        let swings = [(); 3].map(|()| {
            [1.1, 2.3, 4.7, 8.1].map(|turns| (turns * between(&mut rng, 0.85, 1.15), between(&mut rng, 0.0, 6.3)))
        });
        Self { script, states, sheet, ground, backdrop, swings }
    }

    /// The document.
    pub fn sheet(&self) -> &Sheet {
        &self.sheet
    }

    /// How many frames there are: up to the last key.
    pub fn frames(&self) -> u64 {
        self.script.key.last().map_or(0, |last| (last.at * self.script.rate) as u64)
    }

    /// What the last key before a frame is called.
    pub fn name(&self, frame: u64) -> Option<&str> {
        let seconds = self.seconds(frame);
        self.script.key.iter().rev().filter(|key| key.at <= seconds).find_map(|key| key.name.as_deref())
    }

    /// When a frame is taken.
    pub fn seconds(&self, frame: u64) -> f32 {
        frame as f32 / self.script.rate
    }

    /// Conditions of a frame.
    pub fn conditions(&self, frame: u64) -> Conditions {
        let seconds = self.seconds(frame);
        let [size, x, y, roll, tilt, towards, level, shade, glare, glare_x, glare_y, focus_blur, noise, _] =
            self.state(seconds).0;
        let [width, height] = self.script.size.map(|side| side as f32);
        let aspect = width / height;
        let extent = [width / width.max(height), height / width.max(height)];
        let [dx, dy, turn] = self.shake(seconds);
        let centre = Point::new(x + dx / extent[0], y + dy / extent[1]);
        let pose =
            Pose { size, centre, roll_degrees: roll + turn * 57.0, tilt_degrees: tilt, tilt_towards_degrees: towards };
        let lens = Lens { focal: 0.85, bulge: 0.01 };
        let (sideways, down) = self.speed(seconds, extent);
        let mut light = Light { level, ..Light::default() };
        if shade > 0.0 {
            light.shadows.push(Shadow { sides: vec![([-1.0, 0.2], 0.0)], depth: shade, softness: 0.02 });
        }
        if glare > 0.0 {
            let at = [(glare_x - 0.5) * extent[0], (glare_y - 0.5) * extent[1]];
            light.glares.push(Glare {
                at,
                radii: [0.1, 0.06],
                turn_degrees: 20.0,
                strength: glare,
                softness: 0.5,
                window: false,
            });
        }
        let mut conditions = Conditions {
            aspect,
            lens,
            pose,
            ground: self.ground.clone(),
            backdrop: self.backdrop.clone(),
            light,
            camera: Camera {
                focus_blur,
                motion_blur: sideways.hypot(down) * self.script.exposure * 1000.0,
                motion_degrees: down.atan2(sideways).to_degrees(),
                noise,
                sharpening: 0.3,
                ..Camera::default()
            },
            seed: self.script.seed ^ (frame << 20),
            ..Conditions::default()
        };
        if self.script.place.held {
            let view = View::new(aspect, lens, pose, self.sheet.size_mm, Bend::Flat);
            // The same chance each time: the same hand.
            random::hold(&mut crate::rng(self.script.seed), &mut conditions, &self.sheet, &view);
        }
        conditions
    }

    fn state(&self, seconds: f32) -> State {
        let keys = &self.script.key;
        let Some(last) = keys.len().checked_sub(1) else { return FIRST };
        let next = keys.iter().position(|key| key.at > seconds).unwrap_or(keys.len());
        let (before, next) = (next.saturating_sub(1), next.min(last));
        let span = keys[next].at - keys[before].at;
        let share = if span > 0.0 { smooth((seconds - keys[before].at) / span) } else { 0.0 };
        let (from, to) = (self.states[before].0, self.states[next].0);
        State(std::array::from_fn(|at| from[at] + (to[at] - from[at]) * share))
    }

    /// How far the hand is off, in longer sides of the frame and in radians.
    fn shake(&self, seconds: f32) -> [f32; 3] {
        let [.., shake] = self.state(seconds).0;
        let strength = shake / 1000.0;
        self.swings.map(|swings| {
            let sum: f32 = swings
                .iter()
                .zip([0.9, 0.7, 0.6, 0.4])
                .map(|((turns, begin), share)| share * (turns * seconds * std::f32::consts::TAU + begin).sin())
                .sum();
            // Four such swings have a standard deviation of 0.95.
            sum * strength / 0.95
        })
    }

    /// How fast the document moves, in longer sides of the frame a second.
    fn speed(&self, seconds: f32, extent: [f32; 2]) -> (f32, f32) {
        let step = self.script.exposure.max(1e-3);
        let at = |seconds: f32| {
            let [_, x, y, ..] = self.state(seconds).0;
            let [dx, dy, _] = self.shake(seconds);
            [x * extent[0] + dx, y * extent[1] + dy]
        };
        let (before, after) = (at(seconds - step / 2.0), at(seconds + step / 2.0));
        ((after[0] - before[0]) / step, (after[1] - before[1]) / step)
    }
}

#[cfg(test)]
mod tests {
    use super::super::photograph::{Ink, photograph};
    use super::super::tests::plain;
    use super::super::truth::Truth;
    use super::*;

    fn clip(script: &str) -> Clip {
        let supply = Supply::new(None, plain, 1.0).expect("no folder is read");
        let sheet = supply.sheet(1, DocumentClass::IdFront);
        Clip::new(toml::from_str(script).expect("the script is right"), sheet, &supply)
    }

    fn truth(clip: &Clip, seconds: f32) -> Truth {
        let conditions = clip.conditions((seconds * clip.script.rate) as u64);
        photograph(Some(clip.sheet()), &conditions, [64, 36], Ink::Luma).truth
    }

    #[test]
    fn the_sample_shows_what_its_keys_say() {
        let clip = clip(include_str!("../../clips/card.toml"));
        assert_eq!(clip.frames(), 390);
        let (empty, far, shaky) = (truth(&clip, 0.5), truth(&clip, 3.0), truth(&clip, 5.7));
        let (steady, tilted, away) = (truth(&clip, 8.0), truth(&clip, 10.5), truth(&clip, 12.5));
        assert_eq!(
            (empty.class, steady.class, away.class),
            (DocumentClass::None, DocumentClass::IdFront, DocumentClass::None)
        );
        assert!(far.dpi < steady.dpi / 2.0, "{} {}", far.dpi, steady.dpi);
        assert!(shaky.motion_blur > 4.0 * steady.motion_blur, "{} {}", shaky.motion_blur, steady.motion_blur);
        assert!(tilted.tilt_degrees > 35.0);
        assert_eq!((clip.name(15), clip.name(240)), (Some("empty table"), Some("steady")));
    }

    #[test]
    fn what_a_key_does_not_say_stays() {
        let clip = clip(
            "key = [{ at = 0.0, size = 0.4 }, { at = 1.0 }, { at = 2.0, size = 0.8 }]\ndocument = { class = 'IdFront' }",
        );
        let size = |seconds: f32| clip.conditions((seconds * 30.0) as u64).pose.size;
        assert_eq!([0.0, 0.5, 1.0, 1.5].map(|at| (size(at) * 100.0).round() as i32), [40, 40, 40, 60]);
    }

    #[test]
    fn the_same_hand_holds_it_all_along() {
        let clip = clip(
            "key = [{ at = 0.0, centre = [0.4, 0.5] }, { at = 1.0, centre = [0.6, 0.5] }]\n\
             document = { class = 'IdFront' }\nplace = { held = true }",
        );
        let hands = [0, 29].map(|frame| clip.conditions(frame).hands);
        let widths = hands.each_ref().map(|hands| hands[0].limbs[0].radii[0]);
        assert!((widths[0] - widths[1]).abs() < 1e-3 && hands[0].len() == hands[1].len());
        assert!(hands[1][0].limbs[1].to[0] > hands[0][0].limbs[1].to[0] + 0.1, "it moves with what it holds");
    }

    #[test]
    fn a_script_with_an_unknown_word_is_refused() {
        assert!(toml::from_str::<Script>("key = []\nspeed = 3\ndocument = { class = 'IdFront' }").is_err());
    }
}
