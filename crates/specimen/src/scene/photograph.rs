//! Takes the picture: what every picture element sees, and what is true about it.

use image::RgbImage;
use lichtbild_vision::document::DocumentClass;
use lichtbild_vision::geometry::{Point, Quad};

use super::conditions::{Backdrop, Conditions, DogEar, Ground, Thing};
use super::film::{Plane, develop, luma_light, stored_value};
use super::light::{Lighting, smooth};
use super::sheet::{Sheet, holds};
use super::texture::{Colour, Edge, Texture};
use super::truth::Truth;
use super::view::{Hit, Ray, Turn, View};

/// Sides of what lies in the middle of a picture without a document, so that its pose means something: a card.
const CARD_MM: [f32; 2] = [85.6, 54.0];
/// Places along each side of the document at which is asked what is true.
const PLACES: usize = 32;

/// In what a picture is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ink {
    /// Luma (ITU-R BT.601) only.
    Luma,
    /// Red, green and blue.
    Colours,
}

/// A photograph and what is true about it.
#[derive(Clone, Debug)]
pub struct Photograph {
    /// Width and height in pixels; the frame is stretched to it.
    pub size: [usize; 2],
    /// Row by row; one or three bytes a pixel.
    pub pixels: Vec<u8>,
    /// Share of each pixel that is visible document, row by row.
    pub seen: Vec<f32>,
    /// Share of each pixel that is a visible line of the machine-readable zone, row by row.
    pub lines: Vec<f32>,
    /// What is true.
    pub truth: Truth,
}

/// What a picture element sees.
struct Look {
    light: [f32; 3],
    seen: f32,
    line: f32,
}

/// A place of a document as a picture element sees it.
struct Surface {
    colour: [f32; 3],
    /// Share of the picture element that document, or page beyond its fold, covers.
    cover: f32,
    /// Share of that which is the document.
    page: f32,
}

struct Scene<'a> {
    sheet: Option<&'a Sheet>,
    conditions: &'a Conditions,
    view: View,
    lighting: Lighting<'a>,
    turns: Turns,
    /// Width and height of a picture element in longer sides of the picture.
    pixel: [f32; 2],
    reaches: Vec<[f32; 4]>,
    /// Least and greatest place in the picture at which the document may be seen.
    bounds: [f32; 4],
}

/// How things are turned against the document, or the picture.
struct Turns {
    ground: Turn,
    end: Turn,
    backdrop: Turn,
    things: Vec<Turn>,
}

/// Photographs a document, or a place without one, into a picture of `size` pixels.
pub fn photograph(sheet: Option<&Sheet>, conditions: &Conditions, size: [usize; 2], ink: Ink) -> Photograph {
    let size_mm = sheet.map_or(CARD_MM, |sheet| sheet.size_mm);
    let view = View::new(conditions.aspect, conditions.lens, conditions.pose, size_mm, conditions.bend);
    let pixel = [view.extent[0] / size[0] as f32, view.extent[1] / size[1] as f32];
    let reaches = conditions.hands.iter().map(super::Hand::reach).collect();
    let bounds = bounds(&view, size_mm, sheet.map_or(0.0, Sheet::above_mm), pixel);
    let lighting = Lighting::new(&conditions.light);
    let ground = conditions.ground.as_ref();
    let turns = Turns {
        ground: Turn::by(ground.map_or(0.0, |ground| ground.turn_degrees)),
        end: Turn::by(ground.and_then(|ground| ground.end).map_or(0.0, |(degrees, _)| degrees)),
        backdrop: Turn::by(conditions.backdrop.turn_degrees),
        things: conditions.things.iter().map(|thing| Turn::by(thing.turn_degrees)).collect(),
    };
    let scene = Scene { sheet, conditions, view, lighting, turns, pixel, reaches, bounds };

    let channels = if ink == Ink::Luma { 1 } else { 3 };
    let mut planes = vec![Plane::new(size[0], size[1]); channels];
    let (mut seen, mut lines) = (vec![0.0; size[0] * size[1]], vec![0.0; size[0] * size[1]]);
    for y in 0..size[1] {
        let down = (y as f32 + 0.5) * pixel[1] - scene.view.extent[1] / 2.0;
        for x in 0..size[0] {
            let across = (x as f32 + 0.5) * pixel[0] - scene.view.extent[0] / 2.0;
            let look = scene.look([across, down]);
            let at = y * size[0] + x;
            (seen[at], lines[at]) = (look.seen, look.line);
            match ink {
                Ink::Luma => planes[0].values[at] = luma_light(look.light),
                Ink::Colours => {
                    for (plane, value) in planes.iter_mut().zip(look.light) {
                        plane.values[at] = value;
                    }
                }
            }
        }
    }
    let mut rng = crate::rng(conditions.seed);
    let pixels = develop(planes, scene.view.extent, &conditions.camera, &mut rng);
    Photograph { size, pixels, seen, lines, truth: scene.truth() }
}

impl Photograph {
    /// The picture in colours; `None` if it is luma only.
    pub fn to_rgb(&self) -> Option<RgbImage> {
        RgbImage::from_raw(self.size[0] as u32, self.size[1] as u32, self.pixels.clone())
    }

    /// Share of each cell of `cell` by `cell` pixels that is visible document, from 0 to 255, row by row.
    pub fn mask(&self, cell: usize) -> Vec<u8> {
        self.cells(&self.seen, cell)
    }

    /// Share of each cell that is a visible line of the machine-readable zone, as `mask`.
    pub fn line_mask(&self, cell: usize) -> Vec<u8> {
        self.cells(&self.lines, cell)
    }

    fn cells(&self, shares: &[f32], cell: usize) -> Vec<u8> {
        let columns = self.size[0] / cell;
        let mut sums = vec![0.0; columns * (self.size[1] / cell)];
        for (y, row) in shares.chunks_exact(self.size[0]).enumerate() {
            for (x, share) in row.iter().enumerate() {
                if let Some(sum) = sums.get_mut(y / cell * columns + x / cell) {
                    *sum += share;
                }
            }
        }
        let full = (cell * cell) as f32;
        sums.iter().map(|sum| (sum / full * 255.0 + 0.5) as u8).collect()
    }
}

impl Scene<'_> {
    fn look(&self, at: [f32; 2]) -> Look {
        let conditions = self.conditions;
        let ray = self.view.ray(at);
        let document = self.sheet.filter(|_| within(&self.bounds, at)).and_then(|sheet| {
            let hit = self.view.surface(&ray)?;
            let surface = self.document(sheet, &hit)?;
            let line = f32::from(u8::from(sheet.is_line(hit.x, hit.y)));
            Some((sheet, surface, self.foil(sheet, &hit, at), line))
        });
        let cover = document.as_ref().map_or(0.0, |(_, surface, ..)| surface.cover);
        let (mut colour, mut gloss) = if cover < 1.0 { self.surroundings(&ray, at) } else { ([0.0; 3], 0.0) };
        let (mut foil, mut seen, mut line) = ([0.0; 3], 0.0, 0.0);
        if let Some((sheet, surface, shining, on_line)) = document {
            blend(&mut colour, surface.colour, cover);
            gloss += (sheet.gloss - gloss) * cover;
            foil = shining.map(|value| value * cover);
            if sheet.class != DocumentClass::None {
                seen = cover * surface.page;
                line = seen * on_line;
            }
        }
        let covered = self.hands(true, at, &mut colour, &mut gloss);
        let [seen, line] = [seen, line].map(|share| share * (1.0 - covered));

        let light = &conditions.light;
        let falling = self.lighting.falling(at) * self.lighting.open(at);
        let shine = self.lighting.glare(at) * gloss;
        let light = std::array::from_fn(|channel| {
            let foil = foil[channel] * (1.0 - covered);
            (colour[channel] * falling + shine + foil) * light.tint[channel] * (1.0 - light.haze)
                + light.haze * light.level * 0.6
        });
        Look { light, seen, line }
    }

    /// Colour and gloss of all that is behind the document.
    fn surroundings(&self, ray: &Ray, at: [f32; 2]) -> ([f32; 3], f32) {
        let ground = self.conditions.ground.as_ref().and_then(|ground| self.ground(ground, ray));
        let (mut colour, mut gloss) = ground.unwrap_or_else(|| (self.backdrop(&self.conditions.backdrop, at), 0.0));
        self.hands(false, at, &mut colour, &mut gloss);
        (colour, gloss)
    }

    fn backdrop(&self, backdrop: &Backdrop, at: [f32; 2]) -> [f32; 3] {
        let Some(texture) = &backdrop.texture else { return backdrop.gain };
        let [width, height] = texture.size();
        let turn = self.turns.backdrop;
        let scale = width * backdrop.share;
        let nearer = 1.0 / (1.0 - backdrop.lean[0] * at[0] - backdrop.lean[1] * at[1]).max(0.25);
        let [x, y] = turn.see(at).map(|along| along * nearer * scale);
        let x = if backdrop.mirrored { -x } else { x };
        let texel = [backdrop.offset[0] * width + x, backdrop.offset[1] * height + y];
        let scale = scale * nearer;
        let wide = [(self.pixel[0] + backdrop.blur) * scale, (self.pixel[1] + backdrop.blur) * scale];
        let steps = [turn.see([wide[0], 0.0]), turn.see([0.0, wide[1]])];
        let seen = texture.sample(texel, steps, Edge::Mirror);
        std::array::from_fn(|channel| seen[channel] * backdrop.gain[channel])
    }

    /// Colour and gloss of what lies behind the document; `None` where there is no ground.
    fn ground(&self, ground: &Ground, ray: &Ray) -> Option<([f32; 3], f32)> {
        let hit = self.view.plane(ray, ground.depth_mm)?;
        let steps = self.steps(&hit);
        if let Some((_, from_mm)) = ground.end
            && self.turns.end.see([hit.x, hit.y])[0] > from_mm
        {
            return None;
        }
        let texels = ground.texture.size()[0] / ground.tile_mm;
        let turned = |place: [f32; 2]| self.turns.ground.see(place).map(|along| along * texels);
        let texel = turned([hit.x + ground.offset_mm[0], hit.y + ground.offset_mm[1]]);
        let seen = ground.texture.sample(texel, [turned(steps[0]), turned(steps[1])], ground.edge);
        let mean = ground.texture.mean();
        let mut colour = std::array::from_fn(|channel| {
            ((mean[channel] + (seen[channel] - mean[channel]) * ground.contrast) * ground.gain[channel])
                .clamp(0.004, 0.95)
        });
        for (thing, turn) in self.conditions.things.iter().zip(&self.turns.things) {
            thing.lie_on(&mut colour, &hit, steps, *turn);
        }
        if let Some(sheet) = self.sheet {
            let depth = ground.depth_mm.max(0.4);
            let light = &self.conditions.light;
            let (outside, _) = sheet.outside(hit.x - depth * light.cast[0], hit.y - depth * light.cast[1]);
            let shade = light.cast_depth * (1.0 - smooth(outside / (1.0 + depth * 1.6) + 0.35)) / (1.0 + depth * 0.03);
            colour = colour.map(|value| value * (1.0 - shade));
        }
        Some((colour, ground.gloss))
    }

    /// Lays hands over a colour; how much they cover.
    fn hands(&self, before: bool, at: [f32; 2], colour: &mut [f32; 3], gloss: &mut f32) -> f32 {
        let mut covered = 0.0_f32;
        let hands = self.conditions.hands.iter().zip(&self.reaches).filter(|(hand, _)| hand.before == before);
        for (hand, reach) in hands {
            if !within(reach, at) {
                continue;
            }
            let touch = hand.touch(at, f32::midpoint(self.pixel[0], self.pixel[1]));
            *colour = colour.map(|value| value * (1.0 - touch.shade));
            blend(colour, touch.colour, touch.cover);
            *gloss *= 1.0 - touch.cover * 0.95;
            covered = covered.max(touch.cover);
        }
        covered
    }

    /// What the document is at a place of its surface.
    fn document(&self, sheet: &Sheet, hit: &Hit) -> Option<Surface> {
        let steps = self.steps(hit);
        let (outside, normal) = sheet.outside(hit.x, hit.y);
        let mut cover = coverage(outside, normal, steps);
        if cover <= 0.0 {
            return None;
        }
        let [width, height] = sheet.size_mm;
        let look = |texture: &Texture, height: f32, y: f32| {
            let [texels_x, texels_y] = texture.size();
            let texels = [texels_x / width, texels_y / height];
            let texel = [(hit.x + width / 2.0) * texels[0], y * texels[1]];
            opaque(texture.sample(texel, steps.map(|[x, y]| [x * texels[0], y * texels[1]]), Edge::Clamp))
        };
        let below_fold = hit.y + height / 2.0;
        let mut colour = look(&sheet.texture, height, below_fold.max(0.0));
        let mut page = 1.0;
        if let Some((texture, above)) = &sheet.spread {
            page = coverage(-below_fold, [0.0, 1.0], steps);
            if page < 1.0 {
                let beyond = look(texture, *above, (below_fold + above).min(*above));
                blend(&mut colour, beyond, 1.0 - page);
            }
            let crease = 1.0 - 0.4 / (1.0 + (below_fold / 0.8).powi(2));
            colour = colour.map(|value| value * crease);
        }
        if let Some(ear) = &self.conditions.dog_ear {
            let (folded, flap) = ear.at(sheet.size_mm, hit.x, hit.y);
            cover *= coverage(folded, [0.7, 0.7], steps);
            blend(&mut colour, [0.62; 3], coverage(flap, [0.7, 0.7], steps));
        }
        // A sheet's folds are seen by how they face the light.
        let relief = (1.0 + hit.relief).clamp(0.4, 1.5);
        Some(Surface { colour: colour.map(|value| value * relief), cover, page })
    }

    fn foil(&self, sheet: &Sheet, hit: &Hit, at: [f32; 2]) -> [f32; 3] {
        let Some(foil) = &self.conditions.light.foil else { return [0.0; 3] };
        let (x, y) = (hit.x / sheet.size_mm[0] + 0.5, hit.y / sheet.size_mm[1] + 0.5);
        match sheet.foil.iter().find(|zone| holds(zone, x, y)) {
            Some([left, top, width, height]) => {
                foil.at((x - left) / width, (y - top) / height, self.lighting.glare(at))
            }
            None => [0.0; 3],
        }
    }

    /// How far a picture element reaches on a surface, in millimetres.
    fn steps(&self, hit: &Hit) -> [[f32; 2]; 2] {
        [hit.steps[0].map(|step| step * self.pixel[0]), hit.steps[1].map(|step| step * self.pixel[1])]
    }

    fn truth(&self) -> Truth {
        let conditions = self.conditions;
        let camera = &conditions.camera;
        let mut truth = Truth::of_nothing(conditions.aspect);
        truth.motion_blur = camera.motion_blur;
        truth.noise = camera.noise;
        // A sensor's pixel, stretched, blurs as box and triangle do: variance 1/12 and 1/6 of its width squared.
        let pixel = f32::midpoint(self.pixel[0], self.pixel[1]) * 1000.0;
        let coarse = if camera.coarseness > 1.01 { camera.coarseness * pixel / 2.0 } else { 0.0 };
        truth.focus_blur = camera.focus_blur.hypot(coarse);
        let Some(sheet) = self.sheet.filter(|sheet| sheet.class != DocumentClass::None) else { return truth };
        self.ask(sheet, &mut truth);
        if truth.inside == 0.0 {
            return truth;
        }
        truth.class = sheet.class;
        truth.tilt_degrees = conditions.pose.tilt_degrees;
        let [right, bottom] = sheet.size_mm.map(|side| side / 2.0);
        let corners = [(-right, -bottom), (right, -bottom), (right, bottom), (-right, bottom)];
        truth.quad = Quad(corners.map(|(x, y)| self.view.project(x, y)));
        truth.mrz = sheet.mrz.1.map(|[left, top, width, height]| {
            let zone =
                Quad::of_size(width, height).map(|corner| Point::new(corner.x + left - 0.5, corner.y + top - 0.5));
            zone.scaled(sheet.size_mm[0], sheet.size_mm[1]).map(|corner| self.view.project(corner.x, corner.y))
        });
        truth.corners = std::array::from_fn(|at| {
            let (x, y) = corners[at];
            let inset = 1.0 - (sheet.corner_mm * 0.3 + 0.5) / right.min(bottom);
            let folded = conditions.dog_ear.is_some_and(|ear| ear.corner == at);
            in_frame(truth.quad.0[at]) && !folded && self.covered(self.view.project(x * inset, y * inset)) < 0.5
        });
        let [across, down] = self.view.extent;
        let area = truth.quad.scaled(across, down).area().abs();
        truth.dpi = (area / (sheet.size_mm[0] * sheet.size_mm[1])).sqrt() * 1280.0 * 25.4;
        truth
    }

    /// What is true at places all over the document.
    fn ask(&self, sheet: &Sheet, truth: &mut Truth) {
        let [width, height] = sheet.size_mm;
        let [mut inside, mut covered, mut visible, mut glaring, mut on_print, mut foiled, mut bright] = [0.0_f32; 7];
        let [mut zone, mut zone_shown] = [0.0_f32; 2];
        let mut shadows = Vec::with_capacity(PLACES * PLACES);
        for place in 0..PLACES * PLACES {
            let share = |at: usize| (at as f32 + 0.5) / PLACES as f32;
            let (x, y) = (share(place % PLACES), share(place / PLACES));
            let (x_mm, y_mm) = ((x - 0.5) * width, (y - 0.5) * height);
            let seen_at = self.view.project(x_mm, y_mm);
            let in_zone = f32::from(u8::from(sheet.mrz.1.is_some_and(|[left, top, wide, high]| {
                (left..left + wide).contains(&x) && (top..top + high).contains(&y)
            })));
            zone += in_zone;
            if !in_frame(seen_at) {
                continue;
            }
            inside += 1.0;
            let folded = self.conditions.dog_ear.is_some_and(|ear| ear.at(sheet.size_mm, x_mm, y_mm).0 > 0.0);
            let hidden = self.covered(seen_at).max(f32::from(u8::from(folded)));
            covered += hidden;
            visible += 1.0 - hidden;
            if hidden > 0.5 {
                continue;
            }
            let at = self.view.of_share(seen_at);
            let (open, falling) = (self.lighting.open(at), self.lighting.falling(at));
            shadows.push(open);
            bright += stored_value(falling * open);
            let texel = [x * sheet.texture.size()[0], y * sheet.texture.size()[1]];
            let print = opaque(sheet.texture.sample(texel, [[3.0, 0.0], [0.0, 3.0]], Edge::Clamp));
            let shine = self.lighting.glare(at) * sheet.gloss;
            if shine > 0.15 && luma_light(print) * falling * open + shine > 0.98 {
                glaring += 1.0;
                on_print += f32::from(u8::from(sheet.is_printed(x, y)));
            } else {
                zone_shown += in_zone;
            }
            let hit = Hit { x: x_mm, y: y_mm, steps: [[0.0; 2]; 2], relief: 0.0 };
            foiled += f32::from(u8::from(luma_light(self.foil(sheet, &hit, at)) > 0.1));
        }
        let all = (PLACES * PLACES) as f32;
        let shown = shadows.len().max(1) as f32;
        truth.inside = inside / all;
        truth.covered = covered / inside.max(1.0);
        truth.visible = visible / all;
        truth.mrz_visible = zone_shown / zone.max(1.0);
        truth.glare = glaring / shown;
        truth.glare_on_print = on_print / glaring.max(1.0);
        truth.foil = foiled / shown;
        truth.brightness = bright / shown;
        shadows.sort_by(f32::total_cmp);
        let percentile = |share: f32| shadows.get((share * (shadows.len() as f32 - 1.0)).max(0.0) as usize).copied();
        truth.shadow = percentile(0.95).unwrap_or(0.0) - percentile(0.05).unwrap_or(0.0);
    }

    /// Share of a place of the frame that hands before the document cover.
    fn covered(&self, share: Point) -> f32 {
        let (mut colour, mut gloss) = ([0.0; 3], 0.0);
        self.hands(true, self.view.of_share(share), &mut colour, &mut gloss)
    }
}

impl Thing {
    fn lie_on(&self, colour: &mut [f32; 3], hit: &Hit, steps: [[f32; 2]; 2], turn: Turn) {
        let (dx, dy) = (hit.x - self.centre_mm[0], hit.y - self.centre_mm[1]);
        let [width, height] = self.size_mm;
        let reach = (width + height) * 0.6;
        if dx.abs() > reach || dy.abs() > reach {
            return;
        }
        let [x, y] = turn.see([dx, dy]);
        let (x, y) = (x / width + 0.5, y / height + 0.5);
        if !(0.0..1.0).contains(&x) || !(0.0..1.0).contains(&y) {
            return;
        }
        let [texels_x, texels_y] = self.texture.size();
        let steps = steps.map(|step| {
            let [x, y] = turn.see(step);
            [x / width * texels_x, y / height * texels_y]
        });
        let seen = self.texture.sample([x * texels_x, y * texels_y], steps, Edge::Clamp);
        blend(colour, opaque(seen).map(|value| value * self.gain), seen[3]);
    }
}

impl DogEar {
    /// How far outside the sheet that is left, and how far outside the flap that lies on it, a place is, in millimetres.
    fn at(self, size_mm: [f32; 2], x: f32, y: f32) -> (f32, f32) {
        let [half_width, half_height] = size_mm.map(|side| side / 2.0);
        let across = if self.corner == 0 || self.corner == 3 { x + half_width } else { half_width - x };
        let down = if self.corner < 2 { y + half_height } else { half_height - y };
        let fold = self.share * size_mm[0].min(size_mm[1]);
        let beyond = (fold - across - down) * std::f32::consts::FRAC_1_SQRT_2;
        (beyond, beyond.max(across - fold).max(down - fold))
    }
}

/// Where the document may be seen, with room for its bend.
fn bounds(view: &View, size_mm: [f32; 2], above_mm: f32, pixel: [f32; 2]) -> [f32; 4] {
    let steps = (0..=8).map(|step| step as f32 / 8.0 - 0.5);
    let mut bounds = [f32::MAX, f32::MAX, f32::MIN, f32::MIN];
    for x in steps.clone() {
        for y in steps.clone() {
            let [across, down] =
                view.of_share(view.project(x * size_mm[0], y * (size_mm[1] + above_mm) - above_mm / 2.0));
            bounds = [bounds[0].min(across), bounds[1].min(down), bounds[2].max(across), bounds[3].max(down)];
        }
    }
    let room = 0.02 * (bounds[2] - bounds[0]).max(bounds[3] - bounds[1]) + pixel[0] + pixel[1];
    [bounds[0] - room, bounds[1] - room, bounds[2] + room, bounds[3] + room]
}

/// A colour without its opacity.
#[inline]
fn opaque([r, g, b, _]: Colour) -> [f32; 3] {
    [r, g, b]
}

#[inline]
fn within([left, top, right, bottom]: &[f32; 4], [x, y]: [f32; 2]) -> bool {
    (*left..=*right).contains(&x) && (*top..=*bottom).contains(&y)
}

fn in_frame(share: Point) -> bool {
    (0.0..=1.0).contains(&share.x) && (0.0..=1.0).contains(&share.y)
}

/// Share of a picture element that lies inside an edge `outside` millimetres away.
#[inline]
fn coverage(outside: f32, normal: [f32; 2], steps: [[f32; 2]; 2]) -> f32 {
    let wide: f32 = steps.iter().map(|step| (step[0] * normal[0] + step[1] * normal[1]).abs()).sum();
    (0.5 - outside / wide.max(1e-6)).clamp(0.0, 1.0)
}

#[inline]
fn blend(colour: &mut [f32; 3], with: [f32; 3], share: f32) {
    for (value, with) in colour.iter_mut().zip(with) {
        *value += (with - *value) * share;
    }
}
