//! `cargo xtask clip FOLDER`: what Chromium's fake camera and microphone play. Videos are plain JPEG frames one after the
//! other (MJPEG); the sound is a WAV. From photographs where a folder of them is at hand, else from drawn pictures.

mod scene;
mod sound;

use std::{
    collections::BTreeMap,
    env, fs,
    path::{Path, PathBuf},
    thread,
};

use anyhow::{Context, Result};
use image::{RgbImage, codecs::jpeg::JpegEncoder, imageops};
use lichtbild_specimen::{document::Says, scene::DocumentChoice};
use serde::Deserialize;

const WIDTH: u32 = 1280;
const HEIGHT: u32 = 720;
/// At 30 frames a second.
const FRAMES: u32 = 120;
/// How far a hand moves the camera, in pixels to each side.
const SHAKE: u32 = 6;

/// How a person brings the back of a card before the camera.
const APPROACH: &str = include_str!("../../../specimen/clips/back.toml");

/// Which look of each document: one that the engine takes for what it is; and of fronts with a zone.
const LOOK: u64 = 3;
const LOOK_WITH_ZONE: u64 = 19;
/// Whose documents are filmed.
const PERSON: u64 = 1;
const SOMEBODY_ELSE: u64 = 2;
/// Years in which they expire.
const VALID: u32 = 2035;
const EXPIRED: u32 = 2019;

/// Version of what is made; a change makes the clips anew.
const RECIPE: &str = "15";

pub fn write(folder: &Path) -> Result<()> {
    let (origin, pictures) = pictures()?;
    println!("fake camera: {origin}");
    let stamp = folder.join("made-from");
    let made_from = format!("{RECIPE} {origin}");
    if fs::read_to_string(&stamp).is_ok_and(|there| there == made_from) {
        return Ok(());
    }
    fs::create_dir_all(folder)?;
    thread::scope(|scope| {
        let film = |(name, picture): &(&str, RgbImage)| -> Result<()> {
            Ok(fs::write(folder.join(format!("{name}.mjpeg")), film(picture)?)?)
        };
        let running: Vec<_> = pictures.iter().map(|picture| scope.spawn(move || film(picture))).collect();
        running.into_iter().try_for_each(|film| film.join().expect("filming does not panic"))
    })?;
    let (approach, quad) = scene::scripted(APPROACH)?;
    fs::write(folder.join("approach.mjpeg"), approach)?;
    fs::write(folder.join("approach.json"), serde_json::to_vec(&quad)?)?;
    let zones: Vec<_> = documents().iter().map(|(name, it)| Ok((*name, scene::lines(it)?))).collect::<Result<_>>()?;
    fs::write(folder.join("zones.json"), serde_json::to_vec(&BTreeMap::from_iter(zones))?)?;
    println!("fake microphone: {}", sound::write(&folder.join("speech.wav"))?);
    Ok(fs::write(stamp, made_from)?)
}

/// Where photographs are, if there are any: a folder with a `labels.json`.
pub fn photographs() -> PathBuf {
    env::var_os("LICHTBILD_REAL").map_or_else(|| PathBuf::from("../shared/real"), PathBuf::from)
}

/// The pictures by name, each a little larger than a frame, and where they come from. Documents are drawn, each side as the flow asks for
/// it; faces are photographs where there are some.
fn pictures() -> Result<(String, Vec<(&'static str, RgbImage)>)> {
    let folder = photographs();
    let (origin, face) = if folder.join("labels.json").is_file() {
        let (face, name) = Photographs::list(&folder)?.first(&["face"])?;
        (format!("drawn documents, photograph {name}"), face)
    } else {
        let without = "no folder of photographs at LICHTBILD_REAL or beside the project";
        (format!("drawn documents and face ({without})"), scene::face())
    };
    let mut pictures = vec![("face", fit(&face))];
    for (name, document) in documents() {
        pictures.push((name, scene::document(&document)?));
    }
    let front = pictures.iter().find(|(name, _)| *name == "front").context("there is a front")?;
    let blurred = imageops::blur(&front.1, 9.0);
    pictures.push(("blurred", blurred));
    Ok((origin, pictures))
}

/// The documents that are filmed: those of one person, valid for years; an expired one; another person's front; fronts of the old format
/// that has a zone there, which a back is held against: of the same person, and of another one; and the back of another state's card.
fn documents() -> [(&'static str, DocumentChoice); 8] {
    let document = |class: &str, zone, person, code: &str, expires| DocumentChoice {
        class: class.into(),
        seed: if zone && class == "IdFront" { LOOK_WITH_ZONE } else { LOOK },
        picture: None,
        says: Says {
            zone: Some(zone),
            person: Some(person),
            issuer: Some("D".into()),
            code: Some(code.into()),
            expires: Some(expires),
        },
    };
    let back = document("IdBack", true, PERSON, "ID", VALID);
    [
        ("front", document("IdFront", false, PERSON, "ID", VALID)),
        ("back", back.clone()),
        ("passport", document("PassportPage", true, PERSON, "P", VALID)),
        ("expired", document("PassportPage", true, PERSON, "P", EXPIRED)),
        ("stranger", document("IdFront", false, SOMEBODY_ELSE, "ID", VALID)),
        ("matching", document("IdFront", true, PERSON, "ID", VALID)),
        ("foreign", document("IdFront", true, SOMEBODY_ELSE, "ID", VALID)),
        ("austrian", DocumentChoice { says: Says { issuer: Some("AUT".into()), ..back.says.clone() }, ..back }),
    ]
}

/// Cuts and scales a picture to a frame with room for the shake.
fn fit(picture: &RgbImage) -> RgbImage {
    let (width, height) = (WIDTH + 2 * SHAKE, HEIGHT + 2 * SHAKE);
    let scale = (width as f32 / picture.width() as f32).max(height as f32 / picture.height() as f32);
    let scaled = |length: u32, least: u32| ((length as f32 * scale).round() as u32).max(least);
    let large = imageops::resize(
        picture,
        scaled(picture.width(), width),
        scaled(picture.height(), height),
        imageops::FilterType::Triangle,
    );
    let (left, top) = ((large.width() - width) / 2, (large.height() - height) / 2);
    imageops::crop_imm(&large, left, top, width, height).to_image()
}

/// Frames of a picture as a shaky hand and a noisy sensor see it; the last is followed smoothly by the first.
fn film(picture: &RgbImage) -> Result<Vec<u8>> {
    let noise = noise();
    let mut film = Vec::new();
    for number in 0..FRAMES {
        let turn = |times: f32| (number as f32 / FRAMES as f32 * times * std::f32::consts::TAU).sin();
        let shift = |offset: f32| (SHAKE as f32 * (1.0 + offset)).round() as u32;
        let (left, top) = (shift(0.7 * turn(2.0) + 0.3 * turn(5.0)), shift(0.6 * turn(3.0) + 0.3 * turn(7.0)));
        let mut frame = imageops::crop_imm(picture, left, top, WIDTH, HEIGHT).to_image();
        let from = (number as usize * 7919) % (noise.len() / 2);
        for (sample, grain) in frame.iter_mut().zip(noise[from..].iter().cycle()) {
            *sample = sample.saturating_add_signed(*grain);
        }
        JpegEncoder::new_with_quality(&mut film, 82).encode_image(&frame)?;
    }
    Ok(film)
}

/// A long strip of sensor noise from a fixed seed, so that the same pictures make the same film.
fn noise() -> Vec<i8> {
    let mut state = 0x2545_F491_u32;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        (state % 5) as i8 - 2
    };
    (0..1 << 20).map(|_| next() + next()).collect()
}

/// The folder of labelled photographs.
struct Photographs<'a> {
    folder: &'a Path,
    labels: Vec<Label>,
}

#[derive(Deserialize)]
struct Label {
    path: String,
    width: u32,
    height: u32,
    kind: String,
    face_count: Option<u32>,
}

impl<'a> Photographs<'a> {
    fn list(folder: &'a Path) -> Result<Self> {
        let mut labels: Vec<Label> = serde_json::from_str(&fs::read_to_string(folder.join("labels.json"))?)?;
        labels.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(Self { folder, labels })
    }

    /// First large landscape photograph of the kinds, with at most one face; also its name.
    fn first(&self, kinds: &[&str]) -> Result<(RgbImage, String)> {
        let fits =
            |label: &&Label| label.width >= 1000 && label.width > label.height && label.face_count.unwrap_or(1) == 1;
        let label = kinds
            .iter()
            .find_map(|kind| self.labels.iter().filter(|label| label.kind == *kind).find(fits))
            .with_context(|| format!("no photograph of {kinds:?} is large enough"))?;
        let picture = image::open(self.folder.join(&label.path)).with_context(|| label.path.clone())?;
        Ok((picture.to_rgb8(), label.path.clone()))
    }
}
