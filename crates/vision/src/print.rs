//! Reads the print of a document, wherever on it: band after band, each as high as print may be. In: luminance, a document's class and
//! corners. Out: phrases in the signs of machine-readable zones, with their places. Does not know: what they mean.

use std::fmt;

use lichtbild_mrz::SIGNS;

use crate::{
    document::DocumentClass,
    geometry::{Homography, Point, Quad},
    luma::Luma,
    model::{Model, ModelError, named},
    mrz::strip::{self, CAPITALS, CELL, MARGIN, STRIP},
};

/// Says which file is meant.
const CARD: &str = include_str!("../../../models/mrz/card.toml");
/// Pixels across a strip for one down: print is narrower than the signs of a zone, and no letter may be lost between two columns.
pub const STRETCH: f32 = 1.45;
/// Heights of capitals that are looked for, in millimetres, each as near to the next as the network forgives; and how far a band lies below
/// the last one, in such heights.
const HIGH_MM: [f32; 4] = [1.6, 2.0, 2.5, 3.1];
const STEP: f32 = 0.3;
/// Pixels to either side of a column that are even with it, as in models/train/mrz/net.py.
const AROUND: usize = 96;
/// Cells between the margins of a strip, and by how many the next strip of a band overlaps the last.
const CELLS: usize = 44;
const SHARED: usize = 12;
/// Pixels of a column of the network's answer.
const COLUMN: usize = 8;
/// The network's answer where no letter stands.
const NONE: usize = SIGNS.len();
/// Columns without a letter that end a phrase: more than a space has.
const HOLE: usize = 6;
/// Letters of a phrase, and their mean chance, at least.
const LETTERS: usize = 3;
const LEAST_SURE: f32 = 0.6;
/// A letter of one column, between two others that touch it, is one from this chance on.
const BETWEEN: f32 = 0.8;
/// Of two phrases nearer to each other than this many of their heights, that share so much of the shorter one's width, the surer counts.
const NEAR: f32 = 0.7;
const OVER: f32 = 0.25;

/// A trained network that reads print.
#[derive(Clone, Debug)]
pub struct PrintReader {
    model: Model,
}

/// Some letters in a row. `Debug` does not tell them: they are about a person.
#[derive(Clone, PartialEq)]
pub struct Phrase {
    /// In `A–Z 0–9 <`: small letters as capitals, without marks; other signs as `<`. Spaces are not told.
    pub text: String,
    /// Mean chance of its letters, 0 to 1.
    pub sure: f32,
    /// Around its capitals, clockwise from the reader's top left, pixels of the frame.
    pub quad: Quad,
}

impl fmt::Debug for Phrase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Phrase").field("sure", &self.sure).field("quad", &self.quad).finish_non_exhaustive()
    }
}

/// A phrase on the flat document, in millimetres.
struct Found {
    text: String,
    sure: f32,
    across: [f32; 2],
    middle: f32,
    high: f32,
}

impl PrintReader {
    /// From `models/mrz/print.onnx`, as its card names it.
    ///
    /// # Errors
    /// `Digest` for another file; `Malformed`, `Operator` or `Shape` if it cannot be run.
    pub fn load(onnx: &[u8]) -> Result<Self, ModelError> {
        named(CARD, onnx)?;
        Self::load_unchecked(onnx)
    }

    /// From a file without a card: a network in training.
    ///
    /// # Errors
    /// As `Model::load`.
    pub fn load_unchecked(onnx: &[u8]) -> Result<Self, ModelError> {
        Ok(Self { model: Model::load(onnx)? })
    }

    /// What is printed on the document of a frame, from top to bottom; nothing for classes without a format.
    ///
    /// # Errors
    /// `Shape`, if the network does not answer as agreed.
    pub fn read(&mut self, frame: &Luma, class: DocumentClass, quad: &Quad) -> Result<Vec<Phrase>, ModelError> {
        let Some([width, height]) = class.size_mm() else { return Ok(Vec::new()) };
        let Some(frame_from_flat) = Homography::between(&Quad::of_size(width, height), quad) else {
            return Ok(Vec::new());
        };
        let mut found = Vec::new();
        for high in HIGH_MM {
            let bands = ((height - high) / (STEP * high)) as usize;
            for band in 0..=bands {
                let middle = high / 2.0 + band as f32 * STEP * high;
                self.band(frame, &frame_from_flat, [width, middle, high], &mut found)?;
            }
        }
        let mut kept = surest(found);
        kept.sort_by(|a, b| a.middle.total_cmp(&b.middle));
        Ok(kept.into_iter().map(|found| found.phrase(&frame_from_flat)).collect())
    }

    /// Reads a band across a document: its length, the place of its middle and its height, in millimetres.
    fn band(
        &mut self,
        frame: &Luma,
        frame_from_flat: &Homography,
        [width, middle, high]: [f32; 3],
        found: &mut Vec<Found>,
    ) -> Result<(), ModelError> {
        let cell = high / (CAPITALS.len() as f32 * STRETCH) * CELL as f32;
        let (long, next) = (CELLS as f32 * cell, (CELLS - SHARED) as f32 * cell);
        for at in 0.. {
            let left = at as f32 * next;
            let row = Quad::of_size(long, high)
                .map(|corner| frame_from_flat.apply(Point::new(corner.x + left, corner.y + middle - high / 2.0)));
            let Some(cut) = strip::strip(frame, &row, CELLS) else { break };
            let outputs = self.model.run(&evened(&cut))?;
            let chances = columns(outputs.first().ok_or(ModelError::Shape)?).ok_or(ModelError::Shape)?;
            let place = |column: f32| left + (column * COLUMN as f32 / CELL as f32 - MARGIN as f32) * cell;
            let phrase = |Run { text, sure, columns: [from, to] }: Run| Found {
                text,
                sure,
                across: [place(from as f32), place(to as f32 + 1.0)],
                middle,
                high,
            };
            found.extend(runs(&chances).into_iter().map(phrase));
            if left + long >= width {
                break;
            }
        }
        Ok(())
    }
}

impl Found {
    fn weight(&self) -> f32 {
        (self.sure - 0.5) * self.text.len() as f32
    }

    fn is_where(&self, other: &Self) -> bool {
        let shared = self.across[1].min(other.across[1]) - self.across[0].max(other.across[0]);
        let shorter = (self.across[1] - self.across[0]).min(other.across[1] - other.across[0]);
        (self.middle - other.middle).abs() < NEAR * self.high.max(other.high) && shared > OVER * shorter
    }

    fn phrase(self, frame_from_flat: &Homography) -> Phrase {
        let [left, right] = self.across;
        let top = self.middle - self.high / 2.0;
        let place = |corner: Point| frame_from_flat.apply(Point::new(corner.x + left, corner.y + top));
        Phrase { text: self.text, sure: self.sure, quad: Quad::of_size(right - left, self.high).map(place) }
    }
}

/// Without those that lie where a surer one does.
fn surest(mut found: Vec<Found>) -> Vec<Found> {
    found.sort_by(|a, b| b.weight().total_cmp(&a.weight()));
    let mut kept: Vec<Found> = Vec::new();
    for one in found {
        if !kept.iter().any(|surer| one.is_where(surer)) {
            kept.push(one);
        }
    }
    kept
}

/// A strip as the network takes it: less the mean around each column, by twice the deviation there.
fn evened(strip: &Luma) -> Vec<f32> {
    let width = strip.width();
    // Sums over the columns to the left.
    let mut sums = vec![[0.0_f64; 2]; width + 1];
    for x in 0..width {
        let ink = CAPITALS.map(|y| f64::from(strip.row(y)[x]));
        let [sum, squares] = ink.fold([0.0; 2], |[sum, squares], value| [sum + value, squares + value * value]);
        sums[x + 1] = [sums[x][0] + sum, sums[x][1] + squares];
    }
    let scales: Vec<[f32; 2]> = (0..width)
        .map(|x| {
            let (from, to) = (x.saturating_sub(AROUND), (x + AROUND + 1).min(width));
            let count = (CAPITALS.len() * (to - from)) as f64;
            let [mean, squares] = [0, 1].map(|of| (sums[to][of] - sums[from][of]) / count);
            let deviation = (squares - mean * mean).max(0.0).sqrt();
            [mean as f32, (1.0 / (2.0 * deviation + 4.0)) as f32]
        })
        .collect();
    let evened = |(&pixel, [mean, scale]): (&u8, &[f32; 2])| ((f32::from(pixel) - mean) * scale).clamp(-3.0, 3.0);
    strip.rows().flat_map(|row| row.iter().zip(&scales).map(evened)).collect()
}

/// For each column its likeliest outcome and the chance of it; `None` if the answer has another size.
fn columns(logits: &[f32]) -> Option<Vec<(usize, f32)>> {
    let count = STRIP[0] / COLUMN;
    let plane = logits.len() / (NONE + 1);
    let rows = plane / count;
    if rows == 0 || logits.len() != (NONE + 1) * rows * count {
        return None;
    }
    let column = |at: usize| {
        let mean: [f32; NONE + 1] = std::array::from_fn(|sign| {
            (0..rows).map(|row| logits[sign * plane + row * count + at]).sum::<f32>() / rows as f32
        });
        let best = (0..=NONE).max_by(|&a, &b| mean[a].total_cmp(&mean[b])).unwrap_or(NONE);
        let sum: f32 = mean.iter().map(|logit| (logit - mean[best]).exp()).sum();
        (best, 1.0 / sum)
    };
    Some((0..count).map(column).collect())
}

/// A phrase on a strip, and its first and last column.
#[derive(Debug, PartialEq)]
struct Run {
    text: String,
    sure: f32,
    columns: [usize; 2],
}

/// Columns one after another that show the same sign are one letter of it, as in connectionist temporal classification (Graves et al. 2006).
fn runs(columns: &[(usize, f32)]) -> Vec<Run> {
    let mut runs = Vec::new();
    let mut letters: Vec<(usize, f32, [usize; 2])> = Vec::new();
    let mut end = |letters: &mut Vec<(usize, f32, [usize; 2])>| {
        let sure = letters.iter().map(|(_, chance, _)| chance).sum::<f32>() / letters.len().max(1) as f32;
        if let ([first, .., last], true) = (letters.as_slice(), letters.len() >= LETTERS && sure >= LEAST_SURE) {
            let text = letters.iter().map(|&(sign, ..)| char::from(SIGNS[sign])).collect();
            runs.push(Run { text, sure, columns: [first.2[0], last.2[1]] });
        }
        letters.clear();
    };
    let outcome = |at: usize| columns.get(at).map_or(NONE, |(sign, _)| *sign);
    for (at, &(sign, chance)) in columns.iter().enumerate().filter(|(_, (sign, _))| *sign != NONE) {
        // Between two letters that touch there may seem to be a third.
        let around = [at.checked_sub(1).map_or(NONE, outcome), outcome(at + 1)];
        if chance < BETWEEN && around.iter().all(|&beside| beside != NONE && beside != sign) {
            continue;
        }
        if letters.last().is_some_and(|(_, _, [_, last])| at - last > HOLE) {
            end(&mut letters);
        }
        match letters.last_mut() {
            Some((same, best, [_, last])) if *same == sign && *last + 1 == at => {
                (*best, *last) = (best.max(chance), at);
            }
            _ => letters.push((sign, chance, [at, at])),
        }
    }
    end(&mut letters);
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Columns that show a text: a letter for two columns, `.` for one without any.
    fn shown(text: &str) -> Vec<(usize, f32)> {
        let outcome = |letter: char| SIGNS.iter().position(|&sign| char::from(sign) == letter).unwrap_or(NONE);
        let columns = |letter: char| std::iter::repeat_n((outcome(letter), 0.9), if letter == '.' { 1 } else { 2 });
        text.chars().flat_map(columns).collect()
    }

    fn texts(columns: &str) -> Vec<String> {
        runs(&shown(columns)).into_iter().map(|run| run.text).collect()
    }

    #[test]
    fn letters_next_to_each_other_are_one_phrase_and_the_same_one_twice_needs_a_gap() {
        assert_eq!(texts("..MUS.TER.MAN.N.."), ["MUSTERMANN"]);
        assert_eq!(texts("MAN..N"), ["MANN"]);
    }

    #[test]
    fn wide_gaps_part_phrases_and_few_letters_are_none() {
        assert_eq!(texts("ERIKA........12<08<1964.......AB"), ["ERIKA", "12<08<1964"]);
    }

    #[test]
    fn between_two_letters_that_touch_there_is_no_faint_third() {
        let mut columns = shown("KING.");
        columns.insert(4, (3, 0.5));
        assert_eq!(runs(&columns)[0].text, "KING");
        columns[4].1 = 0.9;
        assert_eq!(runs(&columns)[0].text, "KIDNG");
    }

    #[test]
    fn what_is_printed_is_in_no_log() {
        let quad = Quad::of_size(10.0, 2.0);
        let told = format!("{:?}", Phrase { text: "MUSTERMANN".into(), sure: 0.9, quad });
        assert!(!told.contains("MUSTERMANN") && told.contains("0.9"), "{told}");
    }

    #[test]
    fn what_is_doubtful_is_not_told() {
        let doubtful: Vec<_> = shown("ERIKA").into_iter().map(|(sign, _)| (sign, 0.4)).collect();
        assert_eq!(runs(&doubtful), []);
    }

    #[test]
    fn of_two_phrases_in_one_place_the_surer_counts() {
        let at = |middle, sure, text: &str| Found { text: text.into(), sure, across: [10.0, 30.0], middle, high: 2.0 };
        let kept = surest(vec![at(10.4, 0.7, "ERLKA"), at(10.0, 0.9, "ERIKA"), at(14.0, 0.7, "KOELN")]);
        assert_eq!(kept.into_iter().map(|one| one.text).collect::<Vec<_>>(), ["ERIKA", "KOELN"]);
    }

    #[test]
    fn a_shadow_across_a_strip_changes_nothing() {
        let width = STRIP[0];
        let print = |x: usize, y: usize| if CAPITALS.contains(&y) && x % 24 < 8 { 60_usize } else { 160 };
        let lit = |light: fn(usize) -> usize| {
            let pixels =
                (0..width * STRIP[1]).map(|at| (print(at % width, at / width) * light(at % width) / 100) as u8);
            evened(&Luma::new(width, STRIP[1], pixels.collect::<Vec<_>>()).expect("whole"))
        };
        let (even, shaded) = (lit(|_| 100), lit(|x| 100 - x / 20));
        let most = even.iter().zip(&shaded).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max);
        assert!(most < 0.25, "{most}");
    }
}
