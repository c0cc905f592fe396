//! What is needed to learn to read print: strips of documents, with the letters on them. In: seeds. Out: records.

use lichtbild_mrz::SIGNS;
use lichtbild_vision::{
    document::DocumentClass,
    geometry::Point,
    mrz::strip::{CAPITALS, CELL, STRIP},
    print::STRETCH,
};
use rand::Rng as _;
use unicode_normalization::UnicodeNormalization as _;

use super::{
    chance::{between, chance, normal, weighted},
    reproduction::Reproduction,
    sheet::Sheet,
    supply::Supply,
};
use crate::{Rng, document::Written};

/// Neighbouring seeds that share a document.
const SHARED: u64 = 4;
/// Strips of a record, taken from one photograph.
const STRIPS: usize = 4;
/// Letters of a strip that are told.
const LETTERS: usize = 128;
/// Least height of capitals that are looked at, and how often a strip shows any place instead.
const LEAST_MM: f32 = 1.3;
const ANYWHERE: f64 = 0.15;
/// Most cells of a strip between its margins.
const CELLS: f32 = 44.0;
/// Most pixels of a strip that capitals stand too low or high, and how high they are, to be read; beyond the second bounds nobody should
/// read them.
const OFF: [f32; 2] = [3.0, 7.0];
const HIGH: [[f32; 2]; 2] = [[11.5, 22.0], [8.5, 29.0]];
/// Place of a letter that may be read as anything, and none.
const ANY: u8 = 254;
const NONE: u8 = 255;

/// Four strips cut out of a photograph of a document, each: the strip's pixels (`lichtbild_vision::mrz::strip`), 128 numbers as f32, little endian:
/// where the middle of each letter lies across the strip, in pixels; and 128 bytes: which sign it is, by its place in `A–Z 0–9 <`: marks off,
/// small letters as capitals, other signs as `<`; 254 for letters that may be read as anything, 255 beyond the last one.
pub fn print_record(seed: u64, supply: &Supply) -> Vec<u8> {
    let mut rng = crate::rng(seed ^ 0x9417);
    let key = seed / SHARED;
    let class = match weighted(&mut crate::rng(key ^ 0x94C1), &[0.65, 0.1, 0.25]) {
        0 => DocumentClass::IdFront,
        1 => DocumentClass::IdBack,
        _ => DocumentClass::PassportPage,
    };
    let sheet = supply.sheet(key, class);
    // A capital of two millimetres; few pixels are as likely as many.
    let capital = 6.5 * 3.8_f32.powf(rng.random());
    let taken = Reproduction::of(&sheet, key, capital / 2.0, capital, supply, &mut rng);
    let mut record = Vec::new();
    for _ in 0..STRIPS {
        strip_of(&mut record, &taken, &sheet, &mut rng);
    }
    record
}

/// Appends a strip along a line of text, or along any place.
fn strip_of(record: &mut Vec<u8>, taken: &Reproduction, sheet: &Sheet, rng: &mut Rng) {
    let [width, height] = sheet.size_mm;
    let high = |text: &Written| text.rows_mm[1] - text.rows_mm[0];
    let texts: Vec<&Written> =
        sheet.written.iter().filter(|text| high(text) >= LEAST_MM && text.letters.len() > 2).collect();
    let (middle, capital) = if texts.is_empty() || chance(rng, ANYWHERE) {
        (between(rng, 0.0, height), between(rng, LEAST_MM, 3.5))
    } else {
        let text = texts[rng.random_range(0..texts.len())];
        let capital = high(text) * (normal(rng) * 0.1).exp();
        (text.rows_mm[0] + high(text) / 2.0 + normal(rng) * 0.1 * capital, capital)
    };
    let across = CAPITALS.len() as f32 * STRETCH * (normal(rng) * 0.13).exp() / capital;
    let cells = (width * across / CELL as f32).min(CELLS).round().max(1.0);
    let long = cells * CELL as f32 / across;
    let left = between(rng, 0.0, (width - long).max(0.0)) + normal(rng) * 0.5;
    let place = |x: f32, y: f32| taken.place(x - width / 2.0, y - height / 2.0);
    let mut end = |x: f32| {
        let middle = middle + normal(rng) * 0.05 * capital;
        [place(x, middle - capital / 2.0), place(x, middle + capital / 2.0)]
    };
    let mut letters: Vec<(f32, u8)> = Vec::new();
    if let Some((cut, strip_from_frame)) = taken.strip(end(left), end(left + long), cells as usize) {
        record.extend(cut.rows().flatten());
        let on_strip = |x: f32, y: f32| strip_from_frame.apply(place(x, y));
        letters = sheet.written.iter().flat_map(|text| seen(text, &on_strip)).collect();
        letters.truncate(LETTERS);
    } else {
        // Seen from its edge: nothing stands there.
        record.resize(record.len() + STRIP[0] * STRIP[1], 0);
    }
    letters.resize(LETTERS, (0.0, NONE));
    record.extend(letters.iter().flat_map(|(x, _)| x.to_le_bytes()));
    record.extend(letters.iter().map(|(_, sign)| sign));
}

/// The letters of a text that a strip shows, each with the middle of it across the strip and its sign.
fn seen(text: &Written, on_strip: &impl Fn(f32, f32) -> Point) -> Vec<(f32, u8)> {
    let letter = |&(letter, x): &(char, f32)| {
        let [top, foot] = text.rows_mm.map(|y| on_strip(x, y));
        let off = (f32::midpoint(top.y, foot.y) - f32::midpoint(CAPITALS.start as f32, CAPITALS.end as f32)).abs();
        let fits = |at: usize| off < OFF[at] && (HIGH[at][0]..HIGH[at][1]).contains(&(foot.y - top.y));
        let middle = f32::midpoint(top.x, foot.x);
        let sign = if fits(0) { sign(letter) } else { ANY };
        (fits(1) && (0.0..STRIP[0] as f32).contains(&middle)).then_some((middle, sign))
    };
    text.letters.iter().filter_map(letter).collect()
}

/// Of a letter as the reader tells it; letters of other scripts, and ligatures, may be read as anything.
fn sign(letter: char) -> u8 {
    let bare = letter.nfd().next().unwrap_or(letter).to_ascii_uppercase();
    match SIGNS.iter().position(|&sign| char::from(sign) == bare) {
        Some(at) => at as u8,
        None if letter.is_alphanumeric() => ANY,
        None => SIGNS.len() as u8 - 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document;

    #[test]
    fn marks_come_off_and_other_scripts_are_anything() {
        let told = |letter| SIGNS.get(usize::from(sign(letter))).map(|&sign| char::from(sign));
        assert_eq!("aÖž7./".chars().map(told).collect::<Option<String>>().as_deref(), Some("AOZ7<<"));
        assert_eq!("ЖßΩ".chars().map(told).collect::<Vec<_>>(), [None; 3]);
    }

    #[test]
    fn records_tell_letters_where_they_stand_on_the_strip() {
        let supply = Supply::new(None, document::draw, 9.0).expect("nothing is read");
        let one = STRIP[0] * STRIP[1] + LETTERS * 5;
        let (mut letters, mut apart) = (0, 0);
        for seed in 0..6 {
            let record = print_record(seed, &supply);
            assert_eq!(record.len(), one * STRIPS);
            for strip in record.chunks(one) {
                let (places, signs) = strip[STRIP[0] * STRIP[1]..].split_at(LETTERS * 4);
                let places = places.chunks(4).map(|bytes| f32::from_le_bytes(bytes.try_into().expect("four")));
                let row = |y: usize| &strip[y * STRIP[0]..][..STRIP[0]];
                for (x, _) in places.zip(signs).filter(|(_, sign)| **sign < ANY) {
                    letters += 1;
                    let around = (x as usize).saturating_sub(12)..(x as usize + 12).min(STRIP[0]);
                    let ink = CAPITALS.flat_map(|y| row(y)[around.clone()].to_vec());
                    let (least, most) = ink.fold((255, 0), |(least, most), pixel| (pixel.min(least), pixel.max(most)));
                    apart += usize::from(most - least > 25);
                }
            }
        }
        assert!(letters > 200 && apart * 10 > letters * 8, "{apart} of {letters} stand out");
    }
}
