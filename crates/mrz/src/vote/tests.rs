//! Readings as a network might give them: right, unsure between signs that look alike, wrong, cut off.

use super::*;
use crate::{
    check_digit,
    write::{Entry, mrv_a, mrv_b, td1, td2, td3},
};

/// A small generator of chance, the same on every machine (xorshift64*).
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    fn below(&mut self, limit: usize) -> usize {
        ((self.next() >> 33) as usize) % limit
    }

    /// From 0 to 1.
    fn share(&mut self) -> f32 {
        (self.next() >> 40) as f32 / (1 << 24) as f32
    }

    fn one_of<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())]
    }

    fn text(&mut self, signs: &[u8], length: usize) -> String {
        (0..length).map(|_| char::from(self.one_of(signs))).collect()
    }
}

/// Signs that are taken for one another in OCR-B.
const ALIKE: [&str; 18] =
    ["0O", "0D", "0Q", "OQ", "1I", "1L", "IL", "2Z", "5S", "8B", "8S", "6G", "CG", "7T", "VY", "UV", "<K", "4A"];

fn lookalike(sign: u8, chance: &mut Chance) -> u8 {
    let others: Vec<u8> = ALIKE
        .iter()
        .filter(|pair| pair.as_bytes().contains(&sign))
        .map(|pair| pair.bytes().find(|&other| other != sign).expect("pairs are of two signs"))
        .collect();
    if others.is_empty() || chance.share() < 0.1 { SIGNS[chance.below(37)] } else { chance.one_of(&others) }
}

fn place(sign: u8) -> usize {
    SIGNS.iter().position(|one| *one == sign).expect("a sign")
}

/// Certain of one sign.
fn certain(sign: u8) -> Chances {
    unsure(sign, sign, 1.0)
}

/// Between two signs; `first` has this share.
fn unsure(first: u8, second: u8, share: f32) -> Chances {
    let mut chances = [1e-7; 37];
    chances[place(second)] = 1.0 - share;
    chances[place(first)] = share;
    chances
}

fn reading(lines: &[String]) -> Reading {
    Reading { lines: lines.iter().map(|line| line.bytes().map(certain).collect()).collect() }
}

fn decided(readings: &[Reading]) -> Verdict {
    vote(readings, &Limits::default()).expect("a format's size")
}

/// Some document of some format.
fn document(chance: &mut Chance) -> Vec<String> {
    const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    const BOTH: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    let mut word = |most: usize| {
        let length = 2 + chance.below(most);
        chance.text(LETTERS, length)
    };
    let (surname, given) = (format!("{} {}", word(9), word(7)), format!("{} {}", word(8), word(8)));
    let date =
        |chance: &mut Chance| format!("{:02}{:02}{:02}", chance.below(100), 1 + chance.below(12), 1 + chance.below(28));
    let (birth, expiry) = (date(chance), date(chance));
    let layout = chance.below(5);
    let long = matches!(layout, 0 | 2) && chance.share() < 0.2;
    let length = if long { 10 + chance.below(4) } else { 9 };
    let number = chance.text(BOTH, length);
    let state = chance.one_of(&["UTO", "D", "CHE", "FRA", "ITA", "GBR", "USA"]);
    let optional = if long || chance.share() < 0.5 { String::new() } else { chance.text(b"0123456789", 7) };
    let entry = Entry {
        kind: ["ID", "P", "I", "V", "V"][layout],
        issuer: state,
        surname: &surname,
        given: &given,
        number: &number,
        nationality: state,
        birth: &birth,
        sex: chance.one_of(&['M', 'F', '<']),
        expiry: &expiry,
        optional: &optional,
        more: "",
    };
    [td1, td3, td2, mrv_a, mrv_b][layout](&entry)
}

const LINES: [&str; 2] =
    ["P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10"];

fn passport() -> Vec<String> {
    LINES.map(str::to_owned).to_vec()
}

/// The passport with some places between two signs, `first` at this share.
fn with(places: &[(usize, usize, char, f32)]) -> Reading {
    let mut reading = reading(&passport());
    for &(line, column, other, share) in places {
        let truth = passport()[line].as_bytes()[column];
        reading.lines[line][column] = unsure(other as u8, truth, share);
    }
    reading
}

#[test]
fn what_is_certain_is_read_as_it_is() {
    let mut chance = Chance(1);
    for _ in 0..500 {
        let lines = document(&mut chance);
        let verdict = decided(&[reading(&lines)]);
        assert_eq!(verdict.zone.lines(), lines);
        assert!(verdict.valid() && verdict.changed == 0, "{lines:?}");
    }
}

#[test]
fn grammar_tells_letters_from_digits() {
    let verdict = decided(&[with(&[(1, 16, 'B', 0.9), (0, 10, '5', 0.9), (0, 30, 'K', 0.6)])]);
    assert_eq!(verdict.zone.lines(), passport());
    assert!(verdict.sure && verdict.valid() && verdict.changed == 3, "{verdict:?}");
}

#[test]
fn check_digits_decide_between_signs_that_look_nearly_alike() {
    // A date is watched by two digits, a number by one: what that one chose, it cannot vouch for.
    let date = decided(&[with(&[(1, 16, '6', 0.6)])]);
    assert_eq!(date.zone.lines(), passport());
    assert!(date.valid() && date.changed == 1, "{date:?}");
    let number = decided(&[with(&[(1, 2, 'B', 0.6)])]);
    assert_eq!(number.zone.lines(), passport());
    assert!(!number.valid() && number.zone.valid());
}

#[test]
fn check_digits_do_not_decide_against_looks() {
    let verdict = decided(&[with(&[(1, 16, '6', 0.97)])]);
    assert_eq!(&verdict.zone.lines()[1][13..19], "740612");
    assert!(!verdict.valid() && !verdict.zone.valid());
}

#[test]
fn check_digits_do_not_decide_often() {
    for places in
        [&[(1, 13, '1', 0.6), (1, 22, '7', 0.6)][..], &[(1, 13, '1', 0.6), (1, 16, '6', 0.6), (1, 22, '7', 0.6)]]
    {
        assert!(!decided(&[with(places)]).valid());
    }
}

#[test]
fn signs_that_no_check_digit_tells_apart_must_be_sure() {
    // Both count the same modulo ten.
    let mut card = reading(&passport());
    card.lines[1][1] = unsure(b'8', b'S', 0.9);
    let verdict = decided(&[card]);
    assert!(verdict.zone.valid() && !verdict.valid());
    for (line, column, other) in [(0, 6, 'P'), (0, 3, 'I'), (1, 20, 'M'), (1, 11, 'I')] {
        assert!(!decided(&[with(&[(line, column, other, 0.05)])]).valid());
    }
}

#[test]
fn a_wrong_check_digit_stays_wrong() {
    let mut lines = passport();
    lines[1].replace_range(9..10, "7");
    let verdict = decided(&[reading(&lines)]);
    assert_eq!(verdict.zone.lines(), lines);
    assert!(!verdict.valid());
    lines[1].replace_range(13..15, "13");
    lines[0].replace_range(6..7, "3");
    assert_eq!(decided(&[reading(&lines)]).zone.lines(), lines);
}

/// A passport whose state and number these are, and its reading.
fn dutch(number: &str) -> (Vec<String>, Reading) {
    let entry = Entry {
        kind: "P",
        issuer: "NLD",
        surname: "Meulendijk",
        given: "Loes",
        number,
        nationality: "NLD",
        birth: "711019",
        sex: 'F',
        expiry: "060412",
        optional: "",
        more: "",
    };
    let lines = td3(&entry);
    let reading = reading(&lines);
    (lines, reading)
}

#[test]
fn a_state_that_exists_is_likelier_than_one_that_does_not() {
    let (lines, mut reading) = dutch("XA0000014");
    reading.lines[1][10] = unsure(b'H', b'N', 0.8);
    let verdict = decided(&[reading.clone()]);
    assert_eq!(verdict.zone.lines(), lines);
    assert!(!verdict.valid());
    // Ten to one by its looks is not sure, though nobody has the other code.
    let mut by_looks = reading.clone();
    by_looks.lines[1][10] = unsure(b'H', b'N', 0.08);
    assert!(!decided(&[by_looks.clone()]).valid());
    by_looks.lines[1][10] = unsure(b'H', b'N', 0.0005);
    assert!(decided(&[by_looks]).valid());
    reading.lines[1][10] = unsure(b'H', b'N', 0.999);
    assert_eq!(decided(&[reading]).zone.nationality(), "HLD");
}

#[test]
fn what_looks_like_the_letter_in_a_number_is_a_zero_unless_its_check_digit_says_otherwise() {
    for (number, share) in [("M00000426", 0.9), ("M00O00426", 0.6), ("M00O00426", 0.9)] {
        let (lines, mut reading) = dutch(number);
        for column in 1..6 {
            reading.lines[1][column] = unsure(b'O', b'0', share);
        }
        let verdict = decided(&[reading]);
        assert_eq!(verdict.zone.lines(), lines, "{number}");
        assert!(!verdict.valid());
    }
}

#[test]
fn one_line_alone_is_read_by_its_own_grammar() {
    let read = |signs: &[Chances]| line(signs, &Limits::default());
    let mut chance = Chance(41);
    for _ in 0..300 {
        let lines = document(&mut chance);
        for (signs, text) in reading(&lines).lines.iter().zip(&lines) {
            assert_eq!(read(signs), *text);
        }
    }
    // A letter in a date; a number by its own digit, a passport's optional data by the composite one; a name.
    for (at, column, other, share) in
        [(1, 16, 'B', 0.9), (1, 2, 'B', 0.6), (1, 30, 'I', 0.6), (0, 10, '5', 0.9), (0, 8, '1', 0.9)]
    {
        let signs = &with(&[(at, column, other, share)]).lines[at];
        assert_eq!(read(signs), passport()[at], "{other}");
    }
    // What no format has is what it looks like.
    assert_eq!(read(&reading(&["8A<".to_owned()]).lines[0]), "8A<");
    let prose = "THE<QUICK<8ROWN<FOX<1UMPS<OVER";
    assert_eq!(read(&reading(&[prose.to_owned()]).lines[0]), prose);
    assert_eq!(read(&[]), "");
}

#[test]
fn several_readings_are_surer_than_one() {
    let unsure = with(&[(0, 6, 'P', 0.05)]);
    assert!(!decided(std::slice::from_ref(&unsure)).valid());
    let all = [unsure.clone(), reading(&passport()), unsure, reading(&passport())];
    let verdict = decided(&all);
    assert!(verdict.valid());
    assert_eq!(verdict.zone.lines(), passport());
}

#[test]
fn one_bad_reading_does_not_outvote_good_ones() {
    let bad = with(&[(0, 6, 'P', 0.999_999)]);
    let verdict = decided(&[reading(&passport()), bad, reading(&passport()), reading(&passport())]);
    assert_eq!(verdict.zone.lines(), passport());
}

#[test]
fn lines_of_another_length_do_not_count() {
    let mut cut = reading(&passport());
    cut.lines[0].truncate(40);
    cut.lines[1] = with(&[(1, 2, 'B', 0.6)]).lines[1].clone();
    let verdict = decided(&[reading(&passport()), reading(&passport()), cut.clone()]);
    assert_eq!(verdict.zone.lines(), passport());
    assert_eq!(vote(&[cut], &Limits::default()), None);
    assert_eq!(vote(&[], &Limits::default()), None);
    assert_eq!(vote(&[Reading::default()], &Limits::default()), None);
}

#[test]
fn chances_that_are_none_are_no_trouble() {
    for odd in [0.0, f32::NAN, f32::INFINITY, -1.0, 1.0] {
        let reading = Reading { lines: vec![vec![[odd; 37]; 30]; 3] };
        assert!(!decided(&[reading]).valid());
    }
}

/// How sure a reading is where it is not certain: odds of the first sign, evenly spread over their logarithm up to this. Chances are
/// true: at odds of 9 the first sign is right nine times of ten.
const ODDS: f32 = 200.0;

fn noisy(lines: &[String], share_unsure: f32, chance: &mut Chance) -> Reading {
    let mut reading = reading(lines);
    for (line, text) in reading.lines.iter_mut().zip(lines) {
        for (cell, truth) in line.iter_mut().zip(text.bytes()) {
            if chance.share() < share_unsure {
                let odds = ODDS.powf(chance.share());
                let other = lookalike(truth, chance);
                let right = chance.share() < odds / (1.0 + odds);
                let (first, second) = if right { (truth, other) } else { (other, truth) };
                *cell = unsure(first, second, odds / (1.0 + odds));
            }
        }
    }
    reading
}

/// Reads many noisy documents; gives how many were valid, valid and wrong, and right as text.
fn trials(seed: u64, count: usize, frames: usize, share_unsure: f32) -> (usize, usize, usize) {
    let mut chance = Chance(seed);
    let (mut valid, mut wrong, mut right) = (0, 0, 0);
    for _ in 0..count {
        let lines = document(&mut chance);
        let readings: Vec<Reading> = (0..frames).map(|_| noisy(&lines, share_unsure, &mut chance)).collect();
        let verdict = decided(&readings);
        let same = verdict.zone.lines() == lines;
        right += usize::from(same);
        valid += usize::from(verdict.valid());
        wrong += usize::from(verdict.valid() && !same);
    }
    eprintln!(
        "{count} zones, {frames} frames, {:.1} % of signs unsure: {:.1} % right, {:.1} % valid, {wrong} valid and wrong",
        share_unsure * 100.0,
        right as f32 * 100.0 / count as f32,
        valid as f32 * 100.0 / count as f32,
    );
    (valid, wrong, right)
}

#[test]
fn nothing_wrong_is_called_valid() {
    for (seed, count, frames, share) in
        [(11, 40_000, 1, 0.01), (12, 40_000, 1, 0.05), (13, 10_000, 3, 0.05), (14, 10_000, 1, 0.2), (15, 2_000, 5, 0.1)]
    {
        let (valid, wrong, _) = trials(seed, count, frames, share);
        assert_eq!(wrong, 0);
        assert!(valid > 0 || share > 0.1);
    }
}

/// Readings of which one sign of the number is certain and wrong. Left out are signs that count the same modulo ten: no check digit tells
/// them apart. Another sign that is clear and wrong may make up for the first; at odds of a hundred and more that is rare.
#[test]
fn what_is_not_searched_makes_no_difference() {
    let (mut chance, limits) = (Chance(11), Limits::default());
    let mut valid = 0;
    for round in 0..60 {
        let lines = document(&mut chance);
        let readings: Vec<Reading> =
            (0..=round % 3).map(|_| noisy(&lines, [0.02, 0.1, 0.3][round / 3 % 3], &mut chance)).collect();
        let verdict = vote(&readings, &limits);
        valid += usize::from(verdict.as_ref().is_some_and(Verdict::valid));
        assert_eq!(verdict, vote_within(f32::INFINITY, &readings, &limits), "{lines:?}");
    }
    assert!((10..50).contains(&valid), "{valid} of 60 are valid");
}

#[test]
fn certain_errors_where_a_check_digit_watches_are_not_called_valid() {
    let mut chance = Chance(21);
    let (mut valid, mut trials) = (0, 0);
    for _ in 0..20_000 {
        let lines = document(&mut chance);
        let card = lines.len() == 3;
        let mut reading = noisy(&lines, 0.02, &mut chance);
        let (line, column) = if card { (0, 5 + chance.below(9)) } else { (1, chance.below(9)) };
        let truth = lines[line].as_bytes()[column];
        let other = lookalike(truth, &mut chance);
        if check_digit(&char::from(truth).to_string()) == check_digit(&char::from(other).to_string()) {
            continue;
        }
        reading.lines[line][column] = certain(other);
        trials += 1;
        valid += usize::from(decided(&[reading]).valid());
    }
    eprintln!("{trials} zones with a certain error and 2 % unsure signs: {valid} called valid");
    assert!(valid * 5_000 <= trials);
}

#[test]
fn noise_is_no_zone() {
    let mut chance = Chance(31);
    for _ in 0..5_000 {
        let (lines, width) = Format::ALL[chance.below(6)].size();
        let cell = |chance: &mut Chance| {
            let (first, second) = (SIGNS[chance.below(37)], SIGNS[chance.below(37)]);
            unsure(first, second, 0.5 + chance.share() / 2.0)
        };
        let lines = (0..lines).map(|_| (0..width).map(|_| cell(&mut chance)).collect()).collect();
        assert!(!decided(&[Reading { lines }]).valid());
    }
}
