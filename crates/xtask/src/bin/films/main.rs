//! `films SHARE [FOLDER]`: drawn films with known states, played to the engine, the guidance and the shutter; and films of what is no document,
//! drawn and from a folder of photographs with a `labels.json`. Prints what was counted as one line of JSON. Started by
//! `cargo xtask bench engine`; SHARE (0 to 1) takes only a part.
#![allow(clippy::disallowed_methods, reason = "a program may read the clock")]

mod play;
mod score;
mod script;

use std::{
    env, fs,
    path::Path,
    process::ExitCode,
    sync::{
        Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
};

use anyhow::{Context, Result, anyhow};
use image::{GrayImage, imageops};
use lichtbild_specimen::{
    document,
    scene::{Clip, Ink, Script, Shot, Supply, photograph},
};
use lichtbild_vision::document::DocumentClass;
use serde::{Deserialize, Serialize};

use self::{
    play::Player,
    score::Score,
    script::{BAD, GOOD, RIGHT, Segment, State, Subject, WRONG},
};

/// Pixels a millimetre of the drawn documents: enough for the nearest.
const SCALE: f32 = 20.0;
/// Training and tests of single pictures have other seeds.
const FIRST_SEED: u64 = 9_700_000_000;
/// How many documents are filmed in all states, how many wrong things, how many scenes, and each photograph how many times.
const OF_RIGHT: usize = 6;
const OF_WRONG: usize = 12;
const OF_NOTHING: usize = 300;
const OF_PHOTOGRAPH: usize = 4;

const STATES_A_FILM: usize = 7;

const SIZE: [usize; 2] = [1280, 720];
/// How far a hand moves the camera in films of single pictures, in pixels to each side.
const SHAKE: u32 = 6;
const PICTURE_LOOKS: u64 = 30;

#[derive(Default, Serialize)]
#[serde(rename_all = "camelCase")]
struct Report {
    hints: Score,
    captures: Captures,
    drawn: Negatives,
    photographs: Negatives,
}

/// Pictures that were taken by themselves.
#[derive(Default, Serialize)]
#[serde(rename_all = "camelCase")]
struct Captures {
    /// Milliseconds from the moment in which all was well.
    millis: Vec<u64>,
    /// Times in which all was well and nothing was taken.
    missed: usize,
    /// States in which one was taken.
    wrongly: Vec<&'static str>,
}

/// Films in which nothing is to be taken.
#[derive(Default, Serialize)]
struct Negatives {
    clips: usize,
    taken: usize,
}

/// A film to be played.
enum Job {
    Right(Subject, &'static [State], u64),
    Wrong(Subject, State, u64),
    Drawn(DocumentClass, u64),
    Photograph(GrayImage, u64),
}

fn main() -> ExitCode {
    match run() {
        Ok(report) => {
            println!("{report}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("films: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<String> {
    let mut arguments = env::args().skip(1);
    let share: f32 = arguments.next().map_or(Ok(1.0), |share| share.parse())?;
    let some = |all: usize| (all as f32 * share).ceil() as usize;
    let seeds = |all: usize| (0..some(all)).map(|at| FIRST_SEED + at as u64 * 7919);
    let mut jobs = Vec::new();
    for (subject, seed) in RIGHT.into_iter().cycle().zip(seeds(OF_RIGHT)) {
        jobs.extend(BAD.chunks(STATES_A_FILM).map(|states| Job::Right(subject, states, seed)));
    }
    jobs.extend(
        WRONG.into_iter().cycle().zip(seeds(OF_WRONG)).map(|((subject, state), seed)| Job::Wrong(subject, state, seed)),
    );
    if let Some(folder) = arguments.next() {
        for picture in photographs(Path::new(&folder))? {
            jobs.extend(seeds(OF_PHOTOGRAPH).map(|seed| Job::Photograph(picture.clone(), seed)));
        }
    }
    let classes = [DocumentClass::None, DocumentClass::None, DocumentClass::OtherCard, DocumentClass::Paper];
    jobs.extend(seeds(OF_NOTHING).zip(classes.into_iter().cycle()).map(|(seed, class)| Job::Drawn(class, seed)));
    let supply = Supply::new(None, document::draw, SCALE)?;
    let report = played(&jobs, &supply)?;
    Ok(serde_json::to_string(&report)?)
}

/// All films, by as many threads as there are processors.
fn played(jobs: &[Job], supply: &Supply) -> Result<Report> {
    let (next, report) = (AtomicUsize::new(0), Mutex::new(Report::default()));
    let work = || -> Result<()> {
        while let Some(job) = jobs.get(next.fetch_add(1, Ordering::Relaxed)) {
            play(job, supply, &report)?;
        }
        Ok(())
    };
    thread::scope(|scope| {
        let workers = (0..thread::available_parallelism().map_or(1, usize::from)).map(|_| scope.spawn(work));
        let workers: Vec<_> = workers.collect();
        workers.into_iter().try_for_each(|worker| worker.join().map_err(|_| anyhow!("a film could not be played"))?)
    })?;
    report.into_inner().map_err(|_| anyhow!("a film could not be played"))
}

fn play(job: &Job, supply: &Supply, report: &Mutex<Report>) -> Result<()> {
    let (mut score, mut captures) = (Score::default(), Captures::default());
    let mut taken = None;
    match *job {
        Job::Right(subject, states, seed) => {
            let (script, segments) = script::of_states(subject, states, seed);
            film(subject, &script, &segments, supply, &mut score, &mut captures)?;
        }
        Job::Wrong(subject, state, seed) => {
            let (script, segments) = script::of_wrong(subject, state, seed);
            film(subject, &script, &segments, supply, &mut score, &mut captures)?;
        }
        Job::Drawn(class, seed) => taken = Some(shaken(&drawn(class, seed, supply)?, seed)?),
        Job::Photograph(ref picture, seed) => taken = Some(shaken(picture, seed)?),
    }
    let mut report = report.lock().map_err(|_| anyhow!("a film could not be played"))?;
    if let Some(taken) = taken {
        let clips = if matches!(job, Job::Drawn(..)) { &mut report.drawn } else { &mut report.photographs };
        clips.clips += 1;
        clips.taken += usize::from(taken);
    }
    report.hints.merge(score);
    report.captures.millis.extend(captures.millis);
    report.captures.missed += captures.missed;
    report.captures.wrongly.extend(captures.wrongly);
    Ok(())
}

fn film(
    subject: Subject,
    script: &str,
    segments: &[Segment],
    supply: &Supply,
    score: &mut Score,
    captures: &mut Captures,
) -> Result<()> {
    let script: Script = toml::from_str(script)?;
    let (rate, sheet) = (script.rate, supply.sheet(script.document.seed, subject.shown));
    let clip = Clip::new(script, sheet, supply);
    let mut player = Player::new(subject.wanted())?;
    let (mut shown, mut taken) = (Vec::new(), Vec::new());
    let mut begun = segments.iter().peekable();
    for at in script::looks(segments) {
        if let Some(segment) = begun.next_if(|segment| segment.from < at) {
            player.rearm(segment.from);
        }
        let frame = (at as f32 * rate / 1000.0).round() as u64;
        let shot = photograph(Some(clip.sheet()), &clip.conditions(frame), SIZE, Ink::Luma);
        let (look, is_taken) = player.look(SIZE, &shot.pixels, at)?;
        shown.push(look);
        taken.extend(is_taken.then_some(at));
    }
    score.add(segments, &shown);
    for segment in segments {
        let first = taken.iter().find(|&&at| segment.from < at && at <= segment.to);
        match (first, segment.state.name == GOOD.name) {
            (Some(at), true) => captures.millis.push(at - segment.from),
            (None, true) => captures.missed += 1,
            (Some(_), false) => captures.wrongly.push(segment.state.name),
            (None, false) => {}
        }
    }
    Ok(())
}

/// A scene without an identity document, with room for the shake.
fn drawn(class: DocumentClass, seed: u64, supply: &Supply) -> Result<GrayImage> {
    let [width, height] = SIZE.map(|side| side as u32 + 2 * SHAKE);
    let shot = Shot::new(seed, Some(width as f32 / height as f32), supply, Some(class));
    let picture = photograph(shot.sheet.as_deref(), &shot.conditions, [width as usize, height as usize], Ink::Luma);
    GrayImage::from_raw(width, height, picture.pixels).context("a picture of another size")
}

/// Whether a picture is taken of what a shaky hand and a noisy sensor see of this one, though the front of a card is wanted.
fn shaken(picture: &GrayImage, seed: u64) -> Result<bool> {
    let mut player = Player::new(RIGHT[0].wanted())?;
    let [width, height] = SIZE.map(|side| side as u32);
    let mut grain = seed as u32 | 1;
    for look in 1..=PICTURE_LOOKS {
        let swing = |turns: f32, begin: u64| (look as f32 * turns / 10.0 + (seed >> begin) as f32 * 0.01).sin();
        let shift = |offset: f32| (SHAKE as f32 * (1.0 + offset)).round() as u32;
        let (left, top) =
            (shift(0.7 * swing(1.3, 0) + 0.3 * swing(5.1, 3)), shift(0.6 * swing(1.7, 5) + 0.4 * swing(6.3, 7)));
        let mut frame = imageops::crop_imm(picture, left, top, width, height).to_image();
        for pixel in frame.iter_mut() {
            grain ^= grain << 13;
            grain ^= grain >> 17;
            grain ^= grain << 5;
            *pixel = pixel.saturating_add_signed((grain % 5) as i8 - 2);
        }
        if player.look(SIZE, frame.as_raw(), look * 100)?.1 {
            return Ok(true);
        }
    }
    Ok(false)
}

#[derive(Deserialize)]
struct Label {
    path: String,
    kind: String,
}

/// Photographs of no document, each filling a frame with room for the shake.
fn photographs(folder: &Path) -> Result<Vec<GrayImage>> {
    let Ok(listed) = fs::read_to_string(folder.join("labels.json")) else { return Ok(Vec::new()) };
    let labels: Vec<Label> = serde_json::from_str(&listed)?;
    let [width, height] = SIZE.map(|side| side as u32 + 2 * SHAKE);
    let fitted = |label: &Label| -> Result<GrayImage> {
        let picture = image::open(folder.join(&label.path)).with_context(|| label.path.clone())?.into_luma8();
        let scale = (width as f32 / picture.width() as f32).max(height as f32 / picture.height() as f32);
        let scaled = |side: u32, least: u32| ((side as f32 * scale).round() as u32).max(least);
        let (across, down) = (scaled(picture.width(), width), scaled(picture.height(), height));
        let large = imageops::resize(&picture, across, down, imageops::FilterType::Triangle);
        Ok(imageops::crop_imm(&large, (across - width) / 2, (down - height) / 2, width, height).to_image())
    };
    labels.iter().filter(|label| label.kind == "none").map(fitted).collect()
}
