//! What `inspect` prints: JSON lines of the agreed form and nothing else.
#![cfg(feature = "inspect")]

use std::{
    path::{Path, PathBuf},
    process::{Command, Output},
};

use image::{Rgb, RgbImage};
use serde_json::Value;

fn inspect(files: &[&Path]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_inspect")).args(files).output().expect("it was built with this test")
}

/// A picture of a light card on a dark table.
fn picture(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let card = RgbImage::from_fn(320, 200, |x, y| {
        let inside = (70..250).contains(&x) && (45..160).contains(&y);
        let print = (x / 9 + y / 7) % 3 == 0;
        Rgb([if inside && !print { 220 } else { 50 }; 3])
    });
    card.save(&path).expect("a folder for this test's files");
    path
}

#[test]
fn prints_one_object_a_line_and_file_in_their_order() {
    let files = [picture("first.png"), picture("second.jpg")];
    let output = inspect(&[&files[0], &files[1]]);
    assert!(output.status.success(), "{output:?}");
    let text = String::from_utf8(output.stdout).expect("JSON is UTF-8");
    assert!(text.ends_with('\n'));
    let lines: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).expect("a line is JSON")).collect();
    let named: Vec<_> = lines.iter().map(|line| line["file"].as_str().expect("a name")).collect();
    assert_eq!(named, files.each_ref().map(|file| file.to_str().expect("an ordinary name")));
    lines.iter().for_each(has_the_agreed_form);
}

#[test]
fn pictures_of_one_document_are_also_told_together() {
    let files = [picture("one.png"), picture("other.png")];
    let output = inspect(&[Path::new("--together"), &files[0], &files[1]]);
    assert!(output.status.success(), "{output:?}");
    let text = String::from_utf8(output.stdout).expect("JSON is UTF-8");
    let lines: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).expect("a line is JSON")).collect();
    assert_eq!(lines.len(), 3);
    // These cards have no zone.
    assert_eq!(lines[2], serde_json::json!({ "together": 0, "mrz": null }));
}

#[test]
fn a_file_that_cannot_be_read_is_named_and_the_others_are_inspected() {
    let good = picture("good.png");
    let output = inspect(&[Path::new("nowhere.jpg"), &good]);
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("nowhere.jpg"));
    let text = String::from_utf8(output.stdout).expect("JSON is UTF-8");
    assert_eq!(text.lines().count(), 1, "{text}");
    has_the_agreed_form(&serde_json::from_str(&text).expect("JSON"));
}

fn has_the_agreed_form(line: &Value) {
    assert_eq!((line["width"].as_u64(), line["height"].as_u64()), (Some(320), Some(200)));
    let share = |value: &Value| assert!(value.as_f64().is_some_and(|value| (0.0..=1.0).contains(&value)), "{line}");
    for name in ["sharpness", "glare", "brightness", "contrast"] {
        share(&line["quality"][name]);
    }
    assert!(line["millis"].as_object().is_some_and(|stages| stages.values().all(Value::is_number)), "{line}");
    let document = line.get("document").expect("the key is there without a document too");
    if document.is_null() {
        return;
    }
    share(&document["score"]);
    assert!(document["class"].is_string(), "{line}");
    let quad = document["quad"].as_array().expect("corners");
    assert_eq!(quad.len(), 4);
    for corner in quad {
        let corner = corner.as_array().expect("x and y");
        assert!(corner.len() == 2 && corner.iter().all(Value::is_number), "{line}");
    }
}
