//! `inspect FILE…`: what the engine sees in photographs, one JSON object a line and file. Nothing else goes to standard output; files
//! that cannot be read are named on standard error, and the exit status is 1.
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
use lichtbild_mrz::vote::{Limits, vote};
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
    let mut status = ExitCode::SUCCESS;
    for file in env::args().skip(1) {
        match engine.inspect(&file) {
            Ok(line) => {
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

    fn inspect(&mut self, file: &str) -> Result<Value, String> {
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
                "cut": found.surface.cut(),
                "covered": found.surface.covered(&found.quad.scaled(1.0 / width as f32, 1.0 / height as f32)),
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
        let mrz = zone.as_ref().map(described);
        let millis = |from: Instant, to: Instant| (to - from).as_secs_f64() * 1000.0;
        Ok(json!({
            "file": file,
            "width": width,
            "height": height,
            "document": document,
            "quality": quality,
            "mrz": mrz,
            "millis": {
                "detect": millis(started, detected),
                "quality": millis(detected, judged),
                "mrz": millis(judged, Instant::now()),
            },
        }))
    }
}

/// What a zone says. Lines that are no whole zone are told as they look.
fn described(zone: &Sighting) -> Value {
    let rows: Vec<_> = zone.rows.iter().map(corners).collect();
    let Some(verdict) = vote(slice::from_ref(&zone.reading), &Limits::default()) else {
        return json!({ "format": null, "lines": zone.looks(), "valid": false, "sure": zone.sure, "rows": rows });
    };
    let read = &verdict.zone;
    json!({
        "format": read.format().name(),
        "lines": read.lines(),
        "valid": verdict.valid(),
        "sure": zone.sure,
        "rows": rows,
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
