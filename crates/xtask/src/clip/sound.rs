//! What the fake microphone hears: words spoken by espeak-ng where it is installed, else bursts of tones in the rhythm of speech.

use std::{fs, path::Path, process::Command};

use anyhow::Result;

use crate::sh;

const RATE: u32 = 48_000;
const SECONDS: u32 = 4;

/// Writes a WAV file; says what is in it.
pub fn write(file: &Path) -> Result<&'static str> {
    let words = "Apfel. Brücke. Sonne. Garten.";
    let mut espeak = Command::new("espeak-ng");
    if sh::ask(espeak.args(["-v", "de", "-s", "130", "-a", "180", "-w"]).arg(file).arg(words)).is_some()
        && file.is_file()
    {
        return Ok("words spoken by espeak-ng");
    }
    let samples = RATE * SECONDS;
    let mut wav = header(samples);
    wav.extend((0..samples).flat_map(|number| sample(number as f32 / RATE as f32).to_le_bytes()));
    fs::write(file, wav)?;
    Ok("generated tone bursts (espeak-ng is not installed)")
}

/// A vowel-like tone with formants, three syllables a second with a pause after every second word.
fn sample(seconds: f32) -> i16 {
    let syllable = (seconds * 3.0).fract();
    let loud = if seconds.rem_euclid(2.0) < 1.4 { (syllable * std::f32::consts::PI).sin().powi(2) } else { 0.0 };
    let pitch = 130.0 + 12.0 * (seconds * 2.3).sin();
    let voice: f32 = [(1.0, 0.5), (5.0, 0.3), (9.0, 0.15), (18.0, 0.05)]
        .iter()
        .map(|(harmonic, share)| share * (seconds * pitch * harmonic * std::f32::consts::TAU).sin())
        .sum();
    (voice * loud * 20_000.0) as i16
}

fn header(samples: u32) -> Vec<u8> {
    let bytes = samples * 2;
    let mut head = Vec::from(*b"RIFF");
    head.extend((36 + bytes).to_le_bytes());
    head.extend(b"WAVEfmt ");
    head.extend(16_u32.to_le_bytes());
    for value in [1_u16, 1] {
        head.extend(value.to_le_bytes());
    }
    head.extend(RATE.to_le_bytes());
    head.extend((RATE * 2).to_le_bytes());
    for value in [2_u16, 16] {
        head.extend(value.to_le_bytes());
    }
    head.extend(b"data");
    head.extend(bytes.to_le_bytes());
    head
}
