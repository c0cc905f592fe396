//! `inspect [--together] FILE…`: what the engine sees in photographs, one JSON object a line and file; with `--together` a last line
//! tells what the zones say when they are read as pictures of one document. Nothing else goes to standard output; files that cannot
//! be read are named on standard error, and the exit status is 1.
#![allow(clippy::disallowed_methods, reason = "a program may read the clock")]

use std::{
    env, fs,
    io::{Write, stdout},
    path::{Path, PathBuf},
    process::ExitCode,
    slice,
    time::Instant,
};

use image::ImageReader;
use lichtbild_mrz::vote::{Limits, Reading, vote};
use lichtbild_vision::{
    document::{Detector, DocumentClass, READABLE_WIDTH, pose, readable, rectified},
    geometry::Quad,
    luma::Luma,
    model::ModelError,
    mrz::{MrzReader, Sighting},
    quality,
};
use serde_json::{Value, json};

/// What looks at a picture.
struct Engine {
    detector: Detector,
    reader: MrzReader,
}

fn main() -> ExitCode {
    let mut engine = match Engine::load() {
        Ok(engine) => engine,
        Err(error) => {
            eprintln!("inspect: {error}");
            return ExitCode::FAILURE;
        }
    };
    let mut files: Vec<String> = env::args().skip(1).collect();
    let together = files.first().is_some_and(|word| word == "--together");
    if together {
        files.remove(0);
    }
    let mut status = ExitCode::SUCCESS;
    let mut zones = Vec::new();
    for file in files {
        match engine.inspect(&file) {
            Ok((line, zone)) => {
                zones.extend(zone);
                if writeln!(stdout(), "{line}").is_err() {
                    return ExitCode::FAILURE;
                }
            }
            Err(error) => {
                eprintln!("inspect: {file}: {error}");
                status = ExitCode::FAILURE;
            }
        }
    }
    if together {
        let readings: Vec<_> = zones.iter().map(|zone| zone.reading.clone()).collect();
        let line = json!({ "together": zones.len(), "mrz": voted(&readings) });
        if writeln!(stdout(), "{line}").is_err() {
            return ExitCode::FAILURE;
        }
    }
    status
}

impl Engine {
    /// The project's networks. `LICHTBILD_DOCUMENT_MODEL` (a file) and `LICHTBILD_MRZ_MODELS` (a folder) name others, which may have no
    /// card: those are in training.
    fn load() -> Result<Self, String> {
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
        let told = |error: ModelError| error.to_string();
        Ok(Self { detector: detector.map_err(told)?, reader: reader.map_err(told)? })
    }

    fn inspect(&mut self, file: &str) -> Result<(Value, Option<Sighting>), String> {
        // A file's name may lie about its format.
        let reader =
            ImageReader::open(file).and_then(ImageReader::with_guessed_format).map_err(|error| error.to_string())?;
        let picture = reader.decode().map_err(|error| error.to_string())?;
        let (width, height) = (picture.width() as usize, picture.height() as usize);
        let luma = Luma::from_rgba(width, height, 4 * width, picture.to_rgba8().as_raw()).ok_or("an empty picture")?;
        let started = Instant::now();
        let found = self.detector.detect(&luma).map_err(|error| error.to_string())?;
        let found = found.filter(|found| found.agreement >= Detector::LEAST_AGREEMENT);
        let detected = Instant::now();
        let flat = found.as_ref().and_then(|found| rectified(&luma, found.class, &found.quad, READABLE_WIDTH));
        let document = found.as_ref().map(|found| {
            let pose = pose(found.class, &found.quad, width, height);
            json!({
                "score": found.score,
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
        let millis = |from: Instant, to: Instant| (to - from).as_secs_f64() * 1000.0;
        let line = json!({
            "file": file,
            "width": width,
            "height": height,
            "document": document,
            "quality": quality,
            "mrz": zone.as_ref().map(described),
            "millis": {
                "detect": millis(started, detected),
                "quality": millis(detected, judged),
                "mrz": millis(judged, Instant::now()),
            },
        });
        Ok((line, zone))
    }
}

/// What a zone says. Lines that are no whole zone are told as they look.
fn described(zone: &Sighting) -> Value {
    let looks = || json!({ "format": null, "lines": zone.looks(), "valid": false });
    let mut told = voted(slice::from_ref(&zone.reading)).unwrap_or_else(looks);
    told["sure"] = zone.sure.into();
    told["rows"] = json!(zone.rows.iter().map(corners).collect::<Vec<_>>());
    told
}

/// What readings of one zone say together; `None` if none is a whole one.
fn voted(readings: &[Reading]) -> Option<Value> {
    let verdict = vote(readings, &Limits::default())?;
    let read = &verdict.zone;
    Some(json!({
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
    }))
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
