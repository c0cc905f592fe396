//! What a panic leaves behind. The program that panics is this one, started once more: what counts is all that it writes.

use std::{env, io, panic, process::Command};

use lichtbild_server::panics;

const PERSON: &str = "Jürgen Müller, geboren in Köln";
const PANICKING: &str = "LICHTBILD_TEST_PANICS";

#[test]
fn a_panic_is_logged_by_its_place_and_its_text_is_told_to_nobody() {
    if env::var_os(PANICKING).is_some() {
        return panicking();
    }
    let name = "a_panic_is_logged_by_its_place_and_its_text_is_told_to_nobody";
    let this = env::current_exe().expect("this program");
    let done = Command::new(this).args([name, "--exact", "--nocapture"]).env(PANICKING, "1").output().expect("it runs");
    let written = String::from_utf8_lossy(&[done.stdout, done.stderr].concat()).into_owned();
    assert!(done.status.success(), "{written}");
    let places = written.matches("server/tests/panics.rs:").count();
    assert_eq!((places, written.matches("panicked").count()), (3, 3), "{written}");
    for secret in ["Jürgen", "Müller", "Köln", "boundary"] {
        assert!(!written.contains(secret), "{secret} stands in what was written: {written}");
    }
}

/// A text cut in the middle of a letter, a message of our own, and a thread of its own.
fn panicking() {
    tracing_subscriber::fmt().with_writer(io::stderr).with_ansi(false).init();
    panics::log_places_only();
    let middle = PERSON.find('ü').expect("a letter of two bytes") + 1;
    panic::catch_unwind(|| PERSON[..middle].len()).expect_err("it is no border of letters");
    panic::catch_unwind(|| panic!("{PERSON} is not known")).expect_err("it panics");
    std::thread::spawn(|| panic!("{PERSON} is not known")).join().expect_err("it panics");
}
