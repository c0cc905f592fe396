//! `cargo xtask inspect`, run as a person runs it: from another folder, with its output read by a program.

use std::{
    path::Path,
    process::{Command, Output},
};

fn inspect(file: &str) -> Output {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let picture = image::RgbImage::from_fn(64, 40, |x, y| image::Rgb([(4 * x) as u8, (6 * y) as u8, 90]));
    picture.save(folder.join("picture.png")).expect("a folder for this test's files");
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    command.args(["inspect", file]).current_dir(folder).output().expect("it was built with this test")
}

#[test]
fn prints_json_lines_alone_and_names_files_as_they_were_given() {
    let output = inspect("picture.png");
    assert!(output.status.success(), "{output:?}");
    let text = String::from_utf8(output.stdout).expect("JSON is UTF-8");
    let line: serde_json::Value = serde_json::from_str(&text).expect("a line of JSON and nothing else");
    assert_eq!((&line["file"], &line["width"], &line["height"]), (&"picture.png".into(), &64.into(), &40.into()));
}

#[test]
fn its_exit_status_is_the_programs() {
    let output = inspect("nowhere.png");
    assert_eq!((output.status.code(), output.stdout.len()), (Some(1), 0), "{output:?}");
}
