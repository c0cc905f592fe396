//! Drawn stand-ins for photographs: documents on a table by `crates/specimen`, and a face in flat colours with texture, so that sharpness,
//! contrast and brightness are those of a real picture.

use std::thread;

use anyhow::{Context, Result};
use image::{Rgb, RgbImage, codecs::jpeg::JpegEncoder};
use lichtbild_specimen::{
    document,
    scene::{Clip, Conditions, DocumentChoice, Edge, Ground, Ink, Light, Pose, Script, Supply, photograph},
};

/// 300 dpi.
const PIXELS_PER_MM: f32 = 12.0;
/// Which table.
const SURFACE: u64 = 5;

const WIDTH: u32 = 1400;
const HEIGHT: u32 = 800;

/// A document lying on a table: a frame and room for the shake.
pub fn document(choice: &DocumentChoice) -> Result<RgbImage> {
    let supply = Supply::new(None, document::draw, PIXELS_PER_MM)?;
    let sheet = choice.sheet(&supply).context("a class of documents")?;
    let (texture, _) = supply.surface(SURFACE);
    let ground = Ground {
        texture,
        edge: Edge::Repeat,
        tile_mm: 260.0,
        turn_degrees: 4.0,
        offset_mm: [0.0; 2],
        gain: [1.0; 3],
        contrast: 1.0,
        gloss: 0.1,
        depth_mm: 0.8,
        end: None,
    };
    let (width, height) = (super::WIDTH + 2 * super::SHAKE, super::HEIGHT + 2 * super::SHAKE);
    let conditions = Conditions {
        aspect: width as f32 / height as f32,
        pose: Pose { size: 0.74, roll_degrees: 1.5, tilt_degrees: 4.0, tilt_towards_degrees: 90.0, ..Pose::default() },
        ground: Some(ground),
        light: Light { level: 0.85, ..Light::default() },
        ..Conditions::default()
    };
    let shot = photograph(Some(&sheet), &conditions, [width as usize, height as usize], Ink::Colours);
    RgbImage::from_raw(width, height, shot.pixels).context("a picture of another size")
}

/// Lines of the document's machine-readable zone; none if it has none.
pub fn lines(choice: &DocumentChoice) -> Result<Vec<String>> {
    let supply = Supply::new(None, document::draw, PIXELS_PER_MM)?;
    Ok(choice.sheet(&supply).context("a class of documents")?.mrz.0.clone())
}

/// The film of a script, frame by frame, and where the document lies in the last one: corners as shares of the frame.
pub fn scripted(script: &str) -> Result<(Vec<u8>, [[f32; 2]; 4])> {
    let script: Script = toml::from_str(script)?;
    let supply = Supply::new(None, document::draw, PIXELS_PER_MM)?;
    let sheet = script.document.sheet(&supply).context("a class of documents")?;
    let (size, quality) = (script.size, script.jpeg);
    let clip = Clip::new(script, sheet, &supply);
    let numbers: Vec<u64> = (0..clip.frames()).collect();
    let last = photograph(Some(clip.sheet()), &clip.conditions(clip.frames() - 1), [64, 36], Ink::Luma);
    let workers = thread::available_parallelism().map_or(1, usize::from);
    let film = |numbers: &[u64]| -> Result<Vec<u8>> {
        let mut film = Vec::new();
        for &number in numbers {
            let shot = photograph(Some(clip.sheet()), &clip.conditions(number), size, Ink::Colours);
            let (width, height) = (size[0] as u32, size[1] as u32);
            JpegEncoder::new_with_quality(&mut film, quality).encode(
                &shot.pixels,
                width,
                height,
                image::ExtendedColorType::Rgb8,
            )?;
        }
        Ok(film)
    };
    thread::scope(|scope| {
        let parts = numbers.chunks(numbers.len().div_ceil(workers).max(1));
        let running: Vec<_> = parts.map(|part| scope.spawn(|| film(part))).collect();
        let films = running.into_iter().map(|film| film.join().expect("filming does not panic"));
        Ok((films.collect::<Result<Vec<_>>>()?.concat(), last.truth.quad.0.map(|corner| [corner.x, corner.y])))
    })
}

/// A face before a wall.
pub fn face() -> RgbImage {
    let mut picture = RgbImage::new(WIDTH, HEIGHT);
    fill(&mut picture, [0, 0, WIDTH, HEIGHT], |x, y| {
        grey(150.0 + 20.0 * (x as f32 / 90.0).sin() + grain(x, y), [0.95, 1.0, 1.05])
    });
    fill(&mut picture, [450, 60, 500, 720], |x, y| portrait(x as f32 / 500.0, y as f32 / 720.0));
    picture
}

/// Head, hair, eyes, mouth and shoulders; `x` and `y` from 0 to 1.
fn portrait(x: f32, y: f32) -> [u8; 3] {
    let inside = |centre: [f32; 2], radius: [f32; 2]| {
        ((x - centre[0]) / radius[0]).powi(2) + ((y - centre[1]) / radius[1]).powi(2) < 1.0
    };
    if inside([0.38, 0.4], [0.05, 0.025]) || inside([0.62, 0.4], [0.05, 0.025]) {
        [32, 30, 38]
    } else if inside([0.5, 0.6], [0.11, 0.025]) {
        [150, 66, 66]
    } else if inside([0.5, 0.45], [0.25, 0.29]) {
        grey(196.0 - 60.0 * (x - 0.4).abs(), [1.08, 0.88, 0.76])
    } else if inside([0.5, 0.38], [0.32, 0.33]) {
        grey(64.0 + 12.0 * (x * 90.0).sin(), [1.1, 0.85, 0.66])
    } else if inside([0.5, 1.05], [0.48, 0.3]) {
        [44, 62, 92]
    } else {
        [168, 176, 182]
    }
}

fn fill(picture: &mut RgbImage, [left, top, width, height]: [u32; 4], colour: impl Fn(u32, u32) -> [u8; 3]) {
    for y in 0..height {
        for x in 0..width {
            picture.put_pixel(left + x, top + y, Rgb(colour(x, y)));
        }
    }
}

fn grey(level: f32, tint: [f32; 3]) -> [u8; 3] {
    tint.map(|share| (level * share).clamp(0.0, 255.0) as u8)
}

fn grain(x: u32, y: u32) -> f32 {
    let mixed = x.wrapping_mul(374_761_393).wrapping_add(y.wrapping_mul(668_265_263));
    ((mixed ^ (mixed >> 13)).wrapping_mul(1_274_126_177) >> 24) as f32 / 16.0 - 8.0
}
