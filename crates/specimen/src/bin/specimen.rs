//! Draws and photographs specimens: `specimen COMMAND`. Records go to stdout, pictures to files, what happened to stderr.
#![allow(clippy::disallowed_methods, reason = "a program may read the clock")]

use std::collections::VecDeque;
use std::fs::{self, File};
use std::io::{BufWriter, Error, Result, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::str::FromStr;
use std::sync::Arc;
use std::time::Instant;

use image::codecs::jpeg::JpegEncoder;
use image::{GenericImage, Rgb, RgbImage};
use lichtbild_specimen::document::{self, Document};
use lichtbild_specimen::scene::{
    Clip, Ink, Photograph, Report, Script, Sheet, Shot, Supply, frame_record, in_order, line_record, photograph,
    print_record, write_records, zone_record,
};
use lichtbild_vision::document::DocumentClass;
use serde_json::{Map, Value};

const USAGE: &str = "specimen COMMAND

  frames --seed S --count N [--size 256] [--class C]
                    training frames to stdout: labels, luma, mask
  lines --seed S --count N
                    lines of machine-readable zones to stdout: two strips, where their characters stand, and which they are
  prints --seed S --count N
                    print on documents to stdout: four strips, where their letters stand, and which they are
  zones --seed S --count N
                    photographs with such lines to stdout: luma, mask
  sheet OUT.jpg --seed S --count N [--size 256] [--class C]
                    the same frames, in colours, on one picture
  scenes --seed S --count N --out DIR [--size WxH] [--class C] [--views V]
                    photographs, V in a row of the same document, with labels.json
  paste FLAT.jpg… --seed S --count N --out DIR [--size WxH] [--class C]
                    photographs of given flat documents, with labels.json
  clip SCRIPT.toml OUT.mjpeg [--truth TRUTH.jsonl] [--sound SILENCE.wav]
                    a film, what is true about each frame, and as much silence

all: [--backgrounds DIR] with textures and rooms, [--threads 2]";

fn main() -> ExitCode {
    let mut words: VecDeque<String> = std::env::args().skip(1).collect();
    let command = words.pop_front().unwrap_or_default();
    let result = Arguments::read(words).and_then(|arguments| match command.as_str() {
        "frames" => frames(&arguments),
        "lines" => lines(&arguments),
        "prints" => prints(&arguments),
        "zones" => zones(&arguments),
        "sheet" => contact_sheet(&arguments),
        "scenes" => scenes(&arguments),
        "paste" => paste(&arguments),
        "clip" => clip(&arguments),
        _ => Err(Error::other(USAGE)),
    });
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("specimen: {error}");
            ExitCode::FAILURE
        }
    }
}

/// What stands after the command.
struct Arguments {
    plain: Vec<String>,
    seed: u64,
    count: u64,
    /// Width and height in pixels.
    size: Option<[usize; 2]>,
    threads: usize,
    backgrounds: Option<PathBuf>,
    class: Option<DocumentClass>,
    /// Photographs of each document.
    views: u64,
    out: Option<PathBuf>,
    truth: Option<PathBuf>,
    sound: Option<PathBuf>,
}

impl Arguments {
    fn read(mut words: VecDeque<String>) -> Result<Self> {
        let mut arguments = Self {
            plain: Vec::new(),
            seed: 0,
            count: 1,
            size: None,
            threads: 2,
            backgrounds: None,
            class: None,
            views: 1,
            out: None,
            truth: None,
            sound: None,
        };
        while let Some(word) = words.pop_front() {
            let mut value = || words.pop_front().ok_or_else(|| Error::other(format!("{word} needs a value")));
            match word.as_str() {
                "--seed" => arguments.seed = number(&value()?)?,
                "--count" => arguments.count = number(&value()?)?,
                "--size" => arguments.size = Some(size(&value()?)?),
                "--threads" => arguments.threads = number::<usize>(&value()?)?.max(1),
                "--backgrounds" => arguments.backgrounds = Some(value()?.into()),
                "--views" => arguments.views = number::<u64>(&value()?)?.max(1),
                "--class" => arguments.class = Some(class(&value()?)?),
                "--out" => arguments.out = Some(value()?.into()),
                "--truth" => arguments.truth = Some(value()?.into()),
                "--sound" => arguments.sound = Some(value()?.into()),
                option if option.starts_with("--") => return Err(Error::other(format!("{option} is not known"))),
                _ => arguments.plain.push(word),
            }
        }
        Ok(arguments)
    }

    /// `scale` is pixels a millimetre on cards.
    fn supply(&self, scale: f32) -> Result<Supply> {
        Supply::new(self.backgrounds.as_deref(), document::draw, scale)
    }

    fn out(&self) -> Result<&Path> {
        let out = self.out.as_deref().ok_or_else(|| Error::other("--out is missing"))?;
        fs::create_dir_all(out)?;
        Ok(out)
    }
}

fn number<T: FromStr>(word: &str) -> Result<T> {
    word.parse().map_err(|_| Error::other(format!("{word} is not a number that fits")))
}

/// `256` or `1280x720`.
fn size(word: &str) -> Result<[usize; 2]> {
    let (width, height) = word.split_once('x').unwrap_or((word, word));
    let size = [number(width)?, number(height)?];
    if size.iter().all(|side| (16..=8192).contains(side)) { Ok(size) } else { Err(Error::other("no size to draw")) }
}

/// By name, as in `IdFront`.
fn class(name: &str) -> Result<DocumentClass> {
    let named = |class: &DocumentClass| format!("{class:?}").eq_ignore_ascii_case(name);
    DocumentClass::ALL.into_iter().find(named).ok_or_else(|| Error::other(format!("{name} is no class")))
}

/// Pixels a millimetre that a card may have in a picture with so many along a side, and some more.
fn scale(side: usize) -> f32 {
    side as f32 / 51.0
}

fn frames(arguments: &Arguments) -> Result<()> {
    let [size, _] = arguments.size.unwrap_or([256; 2]);
    let supply = arguments.supply(scale(size))?;
    let began = Instant::now();
    records(arguments, |seed| frame_record(seed, size / 4 * 4, arguments.class, &supply))?;
    let seconds = began.elapsed().as_secs_f64();
    eprintln!("{} frames in {seconds:.1} s: {:.0} a second", arguments.count, arguments.count as f64 / seconds);
    Ok(())
}

fn lines(arguments: &Arguments) -> Result<()> {
    let print = |_: DocumentClass, rng: &mut lichtbild_specimen::Rng, scale: f32| document::draw_zone(rng, scale);
    let supply = Supply::new(arguments.backgrounds.as_deref(), print, 11.0)?;
    records(arguments, |seed| line_record(seed, &supply))
}

fn prints(arguments: &Arguments) -> Result<()> {
    let supply = arguments.supply(12.0)?;
    records(arguments, |seed| print_record(seed, &supply))
}

fn zones(arguments: &Arguments) -> Result<()> {
    let supply = arguments.supply(7.0)?;
    records(arguments, |seed| zone_record(seed, &supply))
}

fn records(arguments: &Arguments, record: impl Fn(u64) -> Vec<u8> + Sync) -> Result<()> {
    let mut out = BufWriter::new(std::io::stdout().lock());
    write_records(arguments.threads, arguments.seed, arguments.count, record, &mut out)
}

fn contact_sheet(arguments: &Arguments) -> Result<()> {
    let [out] = arguments.plain.as_slice() else { return Err(Error::other("sheet needs one file to write")) };
    let [side, _] = arguments.size.unwrap_or([256; 2]);
    let supply = arguments.supply(scale(side))?;
    let columns = (arguments.count as f64).sqrt().ceil() as u64;
    let rows = arguments.count.div_ceil(columns);
    let cell = side as u32;
    let mut all = RgbImage::new(columns as u32 * cell, rows as u32 * cell);
    for at in 0..arguments.count {
        let shot = Shot::new(arguments.seed + at, None, &supply, arguments.class);
        let taken = photograph(shot.sheet.as_deref(), &shot.conditions, [side; 2], Ink::Colours);
        let (left, top) = ((at % columns) as u32 * cell, (at / columns) as u32 * cell);
        image::imageops::replace(&mut all, &colours(&taken)?, i64::from(left), i64::from(top));
        let mut part = all.sub_image(left, top, cell, cell);
        for (corner, visible) in taken.truth.quad.0.iter().zip(taken.truth.corners) {
            mark(&mut *part, [corner.x * cell as f32, corner.y * cell as f32], visible);
        }
    }
    all.save(out).map_err(Error::other)
}

fn colours(photograph: &Photograph) -> Result<RgbImage> {
    photograph.to_rgb().ok_or_else(|| Error::other("the picture has no colours"))
}

/// A cross, green or red, where it lies inside.
fn mark(cell: &mut impl GenericImage<Pixel = Rgb<u8>>, [x, y]: [f32; 2], good: bool) {
    let ink = Rgb(if good { [0, 255, 0] } else { [255, 0, 0] });
    for step in [-3.0, -2.0, -1.0, 0.0, 1.0, 2.0, 3.0] {
        for (x, y) in [(x + step, y), (x, y + step)] {
            if x >= 0.0 && y >= 0.0 && cell.in_bounds(x as u32, y as u32) {
                cell.put_pixel(x as u32, y as u32, ink);
            }
        }
    }
}

fn scenes(arguments: &Arguments) -> Result<()> {
    let size = arguments.size.unwrap_or([1280, 720]);
    let supply = arguments.supply(scale(size[0].max(size[1])))?;
    let aspect = size[0] as f32 / size[1] as f32;
    album(arguments, size, |at| {
        let first = Shot::new(arguments.seed + at - at % arguments.views, Some(aspect), &supply, arguments.class);
        if at % arguments.views == 0 { first } else { Shot::of(first.sheet, arguments.seed + at, aspect, &supply) }
    })
}

fn paste(arguments: &Arguments) -> Result<()> {
    let size = arguments.size.unwrap_or([1280, 720]);
    let supply = arguments.supply(scale(size[0].max(size[1])))?;
    let aspect = size[0] as f32 / size[1] as f32;
    let flat = |path: &String| flat(path, arguments.class).map(Arc::new);
    let sheets = arguments.plain.iter().map(flat).collect::<Result<Vec<_>>>()?;
    if sheets.is_empty() {
        return Err(Error::other("paste needs pictures"));
    }
    album(arguments, size, |at| {
        let sheet = &sheets[(at % sheets.len() as u64) as usize];
        Shot::of(Some(Arc::clone(sheet)), arguments.seed + at, aspect, &supply)
    })
}

/// A flat document of a class, or of the one that its sides suit best.
fn flat(path: &str, class: Option<DocumentClass>) -> Result<Sheet> {
    let print = image::open(path).map_err(|error| Error::other(format!("{path}: {error}")))?.into_rgb8();
    let ratio = print.width() as f32 / print.height() as f32;
    let class = class.unwrap_or(match ratio {
        1.34..1.5 => DocumentClass::PassportPage,
        1.5..1.7 => DocumentClass::IdFront,
        _ => DocumentClass::Paper,
    });
    let width = match class {
        DocumentClass::PassportPage => 125.0,
        DocumentClass::Paper => 210.0_f32.min(297.0 * ratio),
        _ => 85.6,
    };
    Ok(Sheet::new(&Document {
        class,
        size_mm: [width, width / ratio],
        corner_mm: 0.0,
        print,
        mrz_zone: None,
        written: Vec::new(),
        mrz: Vec::new(),
        mrz_rows: Vec::new(),
        portrait: None,
        foil: Vec::new(),
        gloss: if class == DocumentClass::Paper { 0.1 } else { 0.5 },
        spread: None,
    }))
}

/// Writes photographs and `labels.json` into the folder.
fn album(arguments: &Arguments, size: [usize; 2], shot: impl Fn(u64) -> Shot + Sync) -> Result<()> {
    let out = arguments.out()?;
    let take = |at: u64| -> Result<Value> {
        let shot = shot(at);
        let taken = photograph(shot.sheet.as_deref(), &shot.conditions, size, Ink::Colours);
        let name = format!("{:06}.jpg", arguments.seed + at);
        fs::write(out.join(&name), jpeg(&taken, 92)?)?;
        report(&taken, shot.sheet.as_deref(), [("path", name.into())])
    };
    let mut labels = Vec::new();
    in_order(arguments.threads, arguments.count, take, |label| label.map(|label| labels.push(label)))?;
    fs::write(out.join("labels.json"), serde_json::to_string_pretty(&labels)?)
}

fn jpeg(photograph: &Photograph, quality: u8) -> Result<Vec<u8>> {
    let mut file = Vec::new();
    let encoder = JpegEncoder::new_with_quality(&mut file, quality);
    colours(photograph)?.write_with_encoder(encoder).map_err(Error::other)?;
    Ok(file)
}

/// What is true about a photograph, after what else is known.
fn report<const N: usize>(photograph: &Photograph, sheet: Option<&Sheet>, known: [(&str, Value); N]) -> Result<Value> {
    let mut all: Map<String, Value> = known.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    let report = serde_json::to_value(Report::new(&photograph.truth, sheet, photograph.size))?;
    if let Value::Object(report) = report {
        all.extend(report);
    }
    Ok(Value::Object(all))
}

fn clip(arguments: &Arguments) -> Result<()> {
    let [script, out] = arguments.plain.as_slice() else { return Err(Error::other("clip needs a script and a file")) };
    let script: Script = toml::from_str(&fs::read_to_string(script)?).map_err(Error::other)?;
    let supply = arguments.supply(scale(script.size[0].max(script.size[1])))?;
    let class = class(&script.document.class)?;
    let sheet = match &script.document.picture {
        Some(path) => Arc::new(flat(path, Some(class))?),
        None => script.document.sheet(&supply).ok_or_else(|| Error::other("no such class"))?,
    };
    let (size, quality, rate) = (script.size, script.jpeg, script.rate);
    let clip = Clip::new(script, sheet, &supply);
    let mut film = BufWriter::new(File::create(out)?);
    let mut truth = arguments.truth.as_ref().map(File::create).transpose()?.map(BufWriter::new);
    let take = |at: u64| -> Result<(Vec<u8>, Value)> {
        let taken = photograph(Some(clip.sheet()), &clip.conditions(at), size, Ink::Colours);
        let known = [("frame", at.into()), ("seconds", clip.seconds(at).into()), ("name", clip.name(at).into())];
        Ok((jpeg(&taken, quality)?, report(&taken, Some(clip.sheet()), known)?))
    };
    in_order(arguments.threads, clip.frames(), take, |frame| -> Result<()> {
        let (jpeg, line) = frame?;
        film.write_all(&jpeg)?;
        truth.as_mut().map_or(Ok(()), |truth| writeln!(truth, "{line}"))
    })?;
    film.flush()?;
    truth.map_or(Ok(()), |mut truth| truth.flush())?;
    arguments.sound.as_ref().map_or(Ok(()), |path| fs::write(path, silence(clip.frames() as f32 / rate)))
}

/// A WAV (16 bits, one channel, 48 kHz) without a sound.
fn silence(seconds: f32) -> Vec<u8> {
    const RATE: u32 = 48_000;
    let bytes = (seconds * RATE as f32) as u32 * 2;
    let mut wav = b"RIFF".to_vec();
    wav.extend((36 + bytes).to_le_bytes());
    wav.extend(b"WAVEfmt ");
    for value in [16, 0x0001_0001, RATE, RATE * 2, 0x0010_0002] {
        wav.extend(u32::to_le_bytes(value));
    }
    wav.extend(b"data");
    wav.extend(bytes.to_le_bytes());
    wav.resize(44 + bytes as usize, 0);
    wav
}
