//! `inspect [--together] [--print] FILE…`: what the engine sees in photographs, one JSON object a line and file. With `--print` it tells
//! what is printed on documents too. With `--together` a last line tells what the zones say when they are read as pictures of one
//! document, and whether what is printed goes with it: in pictures without a zone, if there are any. Nothing else goes to standard
//! output; files that cannot be read are named on standard error, and the exit status is 1.
#![allow(clippy::disallowed_methods, reason = "a program may read the clock")]

use std::{
    env, fs,
    io::{Write, stdout},
    path::{Path, PathBuf},
    process::ExitCode,
    slice,
    time::{Instant, SystemTime, UNIX_EPOCH},
};

use image::ImageReader;
use lichtbild_mrz::{
    Date, Zone,
    print::{Printed, printed},
    vote::{Limits, Verdict, vote},
};
use lichtbild_vision::{
    document::{Detector, DocumentClass, READABLE_WIDTH, pose, readable, rectified},
    geometry::Quad,
    luma::Luma,
    model::ModelError,
    mrz::{MrzReader, Sighting},
    print::{Phrase, PrintReader},
    quality,
};
use serde_json::{Value, json};

/// What looks at a picture.
struct Engine {
    detector: Detector,
    reader: MrzReader,
    print: Option<PrintReader>,
}

/// What was seen of one picture.
struct Seen {
    told: Value,
    zone: Option<Sighting>,
    /// Beside the zone.
    print: Vec<Phrase>,
}

fn main() -> ExitCode {
    let (options, files): (Vec<String>, Vec<String>) = env::args().skip(1).partition(|word| word.starts_with("--"));
    let has = |option: &str| options.iter().any(|word| word == option);
    if let Some(unknown) = options.iter().find(|word| !["--together", "--print"].contains(&word.as_str())) {
        eprintln!("inspect: {unknown} is not known");
        return ExitCode::FAILURE;
    }
    let mut engine = match Engine::load(has("--print")) {
        Ok(engine) => engine,
        Err(error) => {
            eprintln!("inspect: {error}");
            return ExitCode::FAILURE;
        }
    };
    let mut status = ExitCode::SUCCESS;
    let (mut zones, mut beside, mut elsewhere) = (Vec::new(), Vec::new(), None);
    for file in files {
        match engine.inspect(&file) {
            Ok(seen) => {
                if seen.zone.is_some() { &mut beside } else { elsewhere.get_or_insert_default() }.extend(seen.print);
                zones.extend(seen.zone.map(|zone| zone.reading));
                if writeln!(stdout(), "{}", seen.told).is_err() {
                    return ExitCode::FAILURE;
                }
            }
            Err(error) => {
                eprintln!("inspect: {file}: {error}");
                status = ExitCode::FAILURE;
            }
        }
    }
    if has("--together") {
        let verdict = vote(&zones, &Limits::default());
        let mut line = json!({ "together": zones.len(), "mrz": verdict.as_ref().map(voted) });
        if has("--print") {
            // What stands beside a zone goes with it, whatever is in the other pictures.
            let print = elsewhere.unwrap_or(beside);
            line["printed"] = verdict.map(|verdict| goes_with(&print, &verdict.zone)).into();
        }
        if writeln!(stdout(), "{line}").is_err() {
            return ExitCode::FAILURE;
        }
    }
    status
}

impl Engine {
    /// The project's networks. `LICHTBILD_DOCUMENT_MODEL` (a file) and `LICHTBILD_MRZ_MODELS` (a folder) name others, which may have no
    /// card: those are in training.
    fn load(with_print: bool) -> Result<Self, String> {
        let models = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../models");
        let read = |file: PathBuf| fs::read(&file).map_err(|error| format!("{}: {error}", file.display()));
        let detector = match env::var_os("LICHTBILD_DOCUMENT_MODEL") {
            Some(other) => Detector::load_unchecked(&read(other.into())?),
            None => Detector::load(&read(models.join("document/model.onnx"))?),
        };
        let both =
            |folder: PathBuf| Ok::<_, String>((read(folder.join("finder.onnx"))?, read(folder.join("reader.onnx"))?));
        let reader = match env::var_os("LICHTBILD_MRZ_MODELS") {
            Some(other) => both(other.into()).map(|(finder, reader)| MrzReader::load_unchecked(&finder, &reader)),
            None => both(models.join("mrz")).map(|(finder, reader)| MrzReader::load(&finder, &reader)),
        }?;
        let print = || match env::var_os("LICHTBILD_MRZ_MODELS") {
            Some(other) => read(PathBuf::from(other).join("print.onnx")).map(|file| PrintReader::load_unchecked(&file)),
            None => read(models.join("mrz/print.onnx")).map(|file| PrintReader::load(&file)),
        };
        let told = |error: ModelError| error.to_string();
        let print = if with_print { Some(print()?.map_err(told)?) } else { None };
        Ok(Self { detector: detector.map_err(told)?, reader: reader.map_err(told)?, print })
    }

    fn inspect(&mut self, file: &str) -> Result<Seen, String> {
        // A file's name may lie about its format.
        let reader =
            ImageReader::open(file).and_then(ImageReader::with_guessed_format).map_err(|error| error.to_string())?;
        let picture = reader.decode().map_err(|error| error.to_string())?;
        let (width, height) = (picture.width() as usize, picture.height() as usize);
        let luma = Luma::from_rgba(width, height, 4 * width, picture.to_rgba8().as_raw()).ok_or("an empty picture")?;
        let started = Instant::now();
        let found = self.detector.search(&luma).map_err(|error| error.to_string())?;
        let found = found.claimed().filter(|found| found.evidence >= Detector::LEAST_EVIDENCE);
        let detected = Instant::now();
        let flat = found.as_ref().and_then(|found| rectified(&luma, found.class, &found.quad, READABLE_WIDTH));
        let document = found.as_ref().map(|found| {
            let pose = pose(found.class, &found.quad, width, height);
            json!({
                "score": found.score,
                "evidence": found.evidence,
                "class": name(found.class),
                "quad": corners(&found.quad),
                "corners": found.corners,
                "cut": found.cut,
                "covered": found.covered,
                "tilt": pose.tilt,
                "turn": pose.turn,
                "dpi": pose.dpi,
            })
        });
        let quality = if let (Some(found), Some(flat)) = (&found, &flat) {
            let readable = readable(flat, found.class);
            json!({
                "sharpness": readable.sharpness,
                "glare": readable.glare,
                "brightness": readable.brightness,
                "contrast": readable.contrast,
                "hidden": readable.hidden,
                "shadow": readable.shadow,
            })
        } else {
            let quality = quality::measure(&luma);
            json!({
                "sharpness": quality.sharpness,
                "glare": quality.glare,
                "brightness": quality.brightness,
                "contrast": quality.contrast,
            })
        };
        let judged = Instant::now();
        let corners_of = found.as_ref().map(|found| (found.class, &found.quad));
        let zone = self.reader.read(&luma, corners_of).map_err(|error| error.to_string())?;
        let read = Instant::now();
        let beside = |phrase: &Phrase| {
            let middle = phrase.quad.centre();
            !zone.as_ref().is_some_and(|zone| zone.rows.iter().any(|row| row.contains(middle)))
        };
        let print = match (&mut self.print, corners_of) {
            (Some(print), Some((class, quad))) => print.read(&luma, class, quad).map_err(|error| error.to_string())?,
            _ => Vec::new(),
        };
        let print: Vec<Phrase> = print.into_iter().filter(beside).collect();
        let millis = |from: Instant, to: Instant| (to - from).as_secs_f64() * 1000.0;
        let mut told = json!({
            "file": file,
            "width": width,
            "height": height,
            "document": document,
            "quality": quality,
            "mrz": zone.as_ref().map(described),
            "millis": {
                "detect": millis(started, detected),
                "quality": millis(detected, judged),
                "mrz": millis(judged, read),
            },
        });
        if self.print.is_some() {
            let phrase = |it: &Phrase| json!({ "text": it.text, "sure": it.sure, "quad": corners(&it.quad) });
            told["print"] = print.iter().map(phrase).collect();
            told["millis"]["print"] = millis(read, Instant::now()).into();
        }
        Ok(Seen { told, zone, print })
    }
}

/// What a zone says. Lines that are no whole zone are told each for itself.
fn described(zone: &Sighting) -> Value {
    let lines = || json!({ "format": null, "lines": zone.lines(), "valid": false });
    let verdict = vote(slice::from_ref(&zone.reading), &Limits::default());
    let mut told = verdict.as_ref().map_or_else(lines, voted);
    told["sure"] = zone.sure.into();
    told["rows"] = json!(zone.rows.iter().map(corners).collect::<Vec<_>>());
    told
}

/// What readings of one zone say together.
fn voted(verdict: &Verdict) -> Value {
    let read = &verdict.zone;
    json!({
        "format": read.format().name(),
        "lines": read.lines(),
        "valid": verdict.valid(),
        "fields": {
            "documentCode": read.document_code(),
            "issuingState": read.issuing_state(),
            "surname": read.surname(),
            "givenNames": read.given_names(),
            "documentNumber": read.document_number(),
            "nationality": read.nationality(),
        },
    })
}

/// Whether print and a zone are of one document.
fn goes_with(print: &[Phrase], zone: &Zone) -> &'static str {
    let phrases: Vec<&str> = print.iter().map(|phrase| phrase.text.as_str()).collect();
    match printed(&phrases, zone, today()) {
        Printed::Same => "same",
        Printed::Other => "other",
        Printed::Unclear => "unclear",
    }
}

/// The last day of this year: dates of birth lie before it.
fn today() -> Date {
    const YEAR: u64 = 31_556_952;
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    Date::new(u16::try_from(1970 + seconds / YEAR).unwrap_or(u16::MAX), 12, 31)
}

const fn name(class: DocumentClass) -> &'static str {
    match class {
        DocumentClass::None => "none",
        DocumentClass::IdFront => "id-front",
        DocumentClass::IdBack => "id-back",
        DocumentClass::PassportPage => "passport-page",
        DocumentClass::OtherCard => "other-card",
        DocumentClass::Paper => "paper",
    }
}

/// Pixels of the picture, clockwise from the document's own top left.
fn corners(quad: &Quad) -> [[f32; 2]; 4] {
    quad.0.map(|corner| [corner.x, corner.y])
}
