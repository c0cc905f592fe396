//! Reads a zone: finds its lines in a picture, cuts each out, and tells their characters apart.

use super::{
    align::{COLUMN, Columns, Line},
    band,
    find::{self, CELL, DOCUMENT_SIDE, PHOTOGRAPH_SIDE, ZONE, of_a_zone, print_of, upright, whole, zones},
    rows::{Map, Row, level_rows, rows},
    sighting::{Sighting, surer},
    strip::{CAPITALS, CELL as SIGN, MARGIN, STRIP, from_strip, lean, normalised, short_strip, strip},
};
use crate::{
    document::DocumentClass,
    geometry::{Homography, Point, Quad},
    luma::Luma,
    model::{Model, ModelError, named},
};

/// Says which files are meant.
const CARD: &str = include_str!("../../../../models/mrz/card.toml");
/// Pixels a millimetre of a flattened document on which the rhythm of print is looked for.
const FLAT_PER_MM: f32 = 8.0;
/// Longest side of the frame in which a document's lines are looked for.
const FOLLOWED_SIDE: usize = 640;
/// A picture so many times as wide as high shows one line and nothing else.
const LONG_PICTURE: usize = 8;
/// Zones of a picture that are tried.
const TRIES: usize = 3;
/// Below this a zone was not read.
const LEAST_SURE: f32 = 0.55;
/// The same where no network has said that lines are there: other print has a rhythm too, but no signs of a zone.
const LEAST_SURE_BY_RHYTHM: f32 = 0.9;
/// How often a line's ends are looked for.
const FITTINGS: usize = 6;
/// Cells that a line's ends may be off …
const FAR: f32 = 0.5;
/// … and where it is read at once: characters are still told apart, whatever is between them.
const FAR_AT_ONCE: f32 = 1.25;
/// Pixels of a strip that its print may stand too low or high.
const FAR_BELOW: f32 = 1.5;
/// Cells further that a line is looked for which goes on beyond its strip.
const BEYOND: f32 = 4.0;
/// Cells of something that may be a line.
const LEAST_CELLS: f32 = 8.0;
/// Share of the longest line that the others of its zone have.
const ALIGNED: f32 = 0.96;
/// Share of a document's width that the lines of its zone span at least: characters of 2.54 mm (ICAO Doc 9303-3) span 0.87 to 0.9 of it.
const LEAST_SPAN: f32 = 0.72;
/// Lines that fit so well have no other length.
const FITS: f32 = -0.2;
/// Characters of lines.
const LENGTHS: [usize; 3] = [30, 36, 44];

/// Two trained networks that read zones.
#[derive(Clone, Debug)]
pub struct MrzReader {
    document: Model,
    photograph: Model,
    zone: Model,
    signs: Model,
    /// The same for lines of each length alone.
    short: [Model; LENGTHS.len()],
}

/// What a look at one document found.
#[derive(Clone, Debug, PartialEq)]
pub enum Found {
    /// No lines of a zone.
    Nothing,
    /// Parts of lines, shorter than a zone's: something covers the rest.
    Part,
    /// Lines that nothing can be made of.
    Blurred,
    /// Lines.
    Zone(Sighting),
}

impl MrzReader {
    /// From `models/mrz/finder.onnx` and `models/mrz/reader.onnx`, as their card names them.
    ///
    /// # Errors
    /// `Digest` for other files; `Malformed`, `Operator` or `Shape` if they cannot be run.
    pub fn load(finder: &[u8], reader: &[u8]) -> Result<Self, ModelError> {
        named(CARD, finder)?;
        named(CARD, reader)?;
        Self::load_unchecked(finder, reader)
    }

    /// From files without a card: networks in training.
    ///
    /// # Errors
    /// As `Model::load`.
    pub fn load_unchecked(finder: &[u8], reader: &[u8]) -> Result<Self, ModelError> {
        let [width, height] = ZONE;
        let short = |cells: usize| Model::load_sized(reader, [STRIP[1], (cells + 2 * MARGIN) * SIGN]);
        let [td1, td2, td3] = LENGTHS;
        Ok(Self {
            short: [short(td1)?, short(td2)?, short(td3)?],
            document: Model::load_sized(finder, [DOCUMENT_SIDE; 2])?,
            photograph: Model::load_sized(finder, [PHOTOGRAPH_SIDE; 2])?,
            zone: Model::load_sized(finder, [height, width])?,
            signs: Model::load(reader)?,
        })
    }

    /// The zone of a frame: of the document whose class and corners (document order, pixels) are known; where that is not sure, as corners
    /// may be wrong, or no document is known, of whatever is there, at any turn. `None` if there is none that can be read.
    ///
    /// # Errors
    /// `Shape`, if a network does not answer as agreed.
    pub fn read(
        &mut self,
        frame: &Luma,
        document: Option<(DocumentClass, &Quad)>,
    ) -> Result<Option<Sighting>, ModelError> {
        let Some((class, quad, there)) = document.and_then(|(class, quad)| Some((class, quad, upright(class, quad)?)))
        else {
            return self.anywhere(frame);
        };
        let found = self.look(frame, &there, DOCUMENT_SIDE)?;
        if found.as_ref().is_some_and(Sighting::is_sure) {
            return Ok(found);
        }
        let found = surer(found, self.by_rhythm(frame, class, quad)?);
        if found.as_ref().is_some_and(Sighting::is_sure) {
            return Ok(found);
        }
        // The zone of another document in the picture does not count.
        let of_this = |seen: &Sighting| seen.rows.iter().any(|row| quad.contains(row.centre()));
        let anywhere = self.anywhere(frame)?.filter(|seen| found.is_none() || of_this(seen));
        Ok(surer(found, anywhere))
    }

    /// The zone of a document that is followed from frame to frame: looked for in its own plane only, and the right way up.
    ///
    /// # Errors
    /// As `read`.
    pub fn follow(&mut self, frame: &Luma, class: DocumentClass, quad: &Quad) -> Result<Found, ModelError> {
        let Some(there) = upright(class, quad) else { return Ok(Found::Nothing) };
        // Lines are found in few pixels, each the mean of many.
        let small = frame.shrunk(FOLLOWED_SIDE);
        let scale = small.width() as f32 / frame.width() as f32;
        let Some(on_small) = upright(class, &quad.scaled(scale, scale)) else { return Ok(Found::Nothing) };
        let chances = find::lines(&mut self.document, &small.seen_through(&on_small, [DOCUMENT_SIDE; 2]))?;
        let around = zones(&rows(Map { width: DOCUMENT_SIDE / CELL, chances: &chances }));
        let to_frame = |at: Point| there.apply(Point::new(at.x * CELL as f32, at.y * CELL as f32));
        let Some(around) = around.first().map(|zone| zone.map(to_frame)) else { return Ok(Found::Nothing) };
        let rows = self.rows(frame, &around)?;
        if rows.is_empty() {
            return Ok(Found::Nothing);
        }
        let Quad([a, b, c, d]) = quad;
        let width = f32::midpoint(a.distance(*b), d.distance(*c));
        let longest = rows.iter().map(|Quad([a, b, ..])| a.distance(*b)).fold(0.0, f32::max);
        Ok(match self.lines_at_once(frame, rows)?.filter(|seen| seen.sure >= LEAST_SURE) {
            Some(seen) => Found::Zone(seen),
            None if longest < LEAST_SPAN * width => Found::Part,
            None => Found::Blurred,
        })
    }

    /// The zone of a picture of anything.
    fn anywhere(&mut self, frame: &Luma) -> Result<Option<Sighting>, ModelError> {
        if frame.width() > LONG_PICTURE * frame.height() {
            return Ok(print_of(frame).map(|row| self.lines(frame, vec![row])).transpose()?.flatten());
        }
        self.look(frame, &whole(frame), PHOTOGRAPH_SIDE)
    }

    /// Looks for zones in a picture of `side` pixels along each side, seen through a map to the frame.
    fn look(
        &mut self,
        frame: &Luma,
        frame_from_view: &Homography,
        side: usize,
    ) -> Result<Option<Sighting>, ModelError> {
        let view = frame.seen_through(frame_from_view, [side; 2]);
        let finder = if side == DOCUMENT_SIDE { &mut self.document } else { &mut self.photograph };
        let chances = find::lines(finder, &view)?;
        let map = Map { width: side / CELL, chances: &chances };
        let mut best: Option<Sighting> = None;
        for zone in zones(&rows(map)).into_iter().take(TRIES) {
            let to_frame = |at: Point| frame_from_view.apply(Point::new(at.x * CELL as f32, at.y * CELL as f32));
            best = surer(best, self.zone(frame, &zone.map(to_frame))?);
        }
        Ok(best.filter(|best| best.sure >= LEAST_SURE))
    }

    /// Reads a document whose lines the finder overlooks, or sees in part, where their print says that they are; also upside down.
    fn by_rhythm(&mut self, frame: &Luma, class: DocumentClass, quad: &Quad) -> Result<Option<Sighting>, ModelError> {
        let Some([across, down]) = class.size_mm() else { return Ok(None) };
        let (width, height) = (FLAT_PER_MM * across, FLAT_PER_MM * down);
        let Quad([a, b, c, d]) = *quad;
        let mut best: Option<Sighting> = None;
        for turned in [*quad, Quad([c, d, a, b])] {
            let Some(there) = Homography::between(&Quad::of_size(width, height), &turned) else { return Ok(None) };
            let flat = frame.seen_through(&there, [width as usize, height as usize]);
            // Two lines of three have the same rhythm.
            for count in [3, 2] {
                let Some((middles, high)) = band::lines(&flat, FLAT_PER_MM, count) else { continue };
                let row = |middle: f32| {
                    let ends = [band::MARGIN, 1.0 - band::MARGIN].map(|share| Point::new(share * width, middle));
                    let row = Row { from: ends[0], to: ends[1], height: high, weight: 1.0 };
                    row.quad().map(|corner| there.apply(corner))
                };
                let found = self.lines(frame, middles.into_iter().map(row).collect())?;
                let found = found.filter(|found| found.sure >= LEAST_SURE_BY_RHYTHM);
                best = surer(best, found);
                if best.as_ref().is_some_and(Sighting::is_clear) {
                    return Ok(best);
                }
            }
        }
        Ok(best)
    }

    /// The lines of the zone within these corners of the frame, which lie around it: corners of each, pixels of the frame.
    fn rows(&mut self, frame: &Luma, around: &Quad) -> Result<Vec<Quad>, ModelError> {
        let [width, height] = ZONE;
        let Some(frame_from_zone) = Homography::between(&Quad::of_size(width as f32, height as f32), around) else {
            return Ok(Vec::new());
        };
        let view = frame.seen_through(&frame_from_zone, ZONE);
        let chances = find::lines(&mut self.zone, &view)?;
        let found = level_rows(Map { width: width / CELL, chances: &chances });
        let to_frame =
            |row: &Row| row.quad().scaled(CELL as f32, CELL as f32).map(|corner| frame_from_zone.apply(corner));
        Ok(of_a_zone(&found).iter().map(to_frame).collect())
    }

    /// Reads the zone within these corners of the frame, which lie around it.
    fn zone(&mut self, frame: &Luma, around: &Quad) -> Result<Option<Sighting>, ModelError> {
        let rows = self.rows(frame, around)?;
        if rows.is_empty() {
            return Ok(None);
        }
        let upright = self.lines(frame, rows.clone())?;
        if upright.as_ref().is_some_and(Sighting::is_clear) {
            return Ok(upright);
        }
        let turned = rows.iter().rev().map(|Quad([a, b, c, d])| Quad([*c, *d, *a, *b])).collect();
        let turned = self.lines(frame, turned)?;
        Ok(surer(upright, turned))
    }

    /// Reads lines, top first, with as many characters as fit them best.
    fn lines(&mut self, frame: &Luma, mut rows: Vec<Quad>) -> Result<Option<Sighting>, ModelError> {
        for fitting in 0..FITTINGS {
            let mut moved = false;
            let cells = possible(&rows)[0];
            for row in &mut rows {
                moved |= self.fit(frame, row, cells, fitting + 2 < FITTINGS)?;
            }
            if !moved {
                break;
            }
        }
        align(&mut rows);
        let mut best: Option<Vec<Line>> = None;
        // Two lines may be of three, of which one was overlooked.
        let is_part = rows.len() == 2;
        for cells in possible(&rows).into_iter().chain(is_part.then_some(LENGTHS[0])) {
            let mut lines = Vec::with_capacity(rows.len());
            for row in &rows {
                let Some(strip) = strip(frame, row, cells) else { return Ok(None) };
                lines.extend(self.columns(&strip, cells)?.line(cells));
            }
            if lines.len() == rows.len() && best.as_ref().is_none_or(|best| fit(&lines) > fit(best)) {
                best = Some(lines);
            }
            if best.as_ref().is_some_and(|best| fit(best) > FITS) {
                break;
            }
        }
        let Some(lines) = best else { return Ok(None) };
        let found = Sighting::of(lines, rows);
        if is_part && !found.is_whole() && found.sure >= LEAST_SURE_BY_RHYTHM {
            return Ok(Some(self.with_third(frame, &found.rows)?.unwrap_or(found)));
        }
        Ok(Some(found))
    }

    /// Two lines of a zone of three, with the one above or below them that was overlooked, if it can be read.
    fn with_third(&mut self, frame: &Luma, rows: &[Quad]) -> Result<Option<Sighting>, ModelError> {
        let mut best = None;
        for at in [0, 2] {
            let mut all = rows.to_vec();
            all.insert(at, beside(rows, at));
            let found = self.lines(frame, all)?;
            best = surer(best, found.filter(|found| found.sure_of(at) >= LEAST_SURE_BY_RHYTHM));
        }
        Ok(best)
    }

    /// As `lines`, of rows that lie nearly right, for frames of a film: what was seen of a row that needs no move, or has been moved once,
    /// counts at once.
    fn lines_at_once(&mut self, frame: &Luma, mut rows: Vec<Quad>) -> Result<Option<Sighting>, ModelError> {
        let cells = possible(&rows)[0];
        let mut known: Vec<Option<Columns>> = vec![None; rows.len()];
        for last in [false, true] {
            for (row, known) in rows.iter_mut().zip(&mut known).filter(|(_, known)| known.is_none()) {
                let Some(strip) = short_strip(frame, row, cells) else { return Ok(None) };
                let columns = self.short_columns(&strip, cells)?;
                match fitted(row, &strip, &columns, cells, false) {
                    Some(Fitted { place, off, fall }) if !last && (off > FAR_AT_ONCE || fall > FAR_BELOW) => {
                        *row = place;
                    }
                    _ => *known = Some(columns),
                }
            }
        }
        let before = rows.clone();
        align(&mut rows);
        let mut best: Option<Sighting> = None;
        for length in possible(&rows) {
            let mut lines = Vec::with_capacity(rows.len());
            for (at, row) in rows.iter().enumerate() {
                let known = known[at].as_ref().filter(|_| length == cells && before[at] == *row);
                lines.extend(if let Some(columns) = known {
                    columns.line(length)
                } else {
                    let Some(strip) = short_strip(frame, row, length) else { return Ok(None) };
                    self.short_columns(&strip, length)?.line(length)
                });
            }
            if lines.len() == rows.len() {
                let found = Sighting::of(lines, rows.clone());
                let sure = found.is_clear();
                if best.as_ref().is_none_or(|best| found.sure > best.sure) {
                    best = Some(found);
                }
                if sure {
                    break;
                }
            }
        }
        Ok(best)
    }

    /// Moves a row to where its characters begin, end and stand; whether that was far. `further`: what goes on beyond the strip is looked
    /// for there.
    fn fit(&mut self, frame: &Luma, row: &mut Quad, cells: usize, further: bool) -> Result<bool, ModelError> {
        let Some(strip) = strip(frame, row, cells) else { return Ok(false) };
        let columns = self.columns(&strip, cells)?;
        let Some(Fitted { place, off, fall }) = fitted(row, &strip, &columns, cells, further) else { return Ok(false) };
        *row = place;
        Ok(off > FAR || fall > FAR_BELOW)
    }

    /// What the network says of a strip with so many characters.
    fn columns(&mut self, strip: &Luma, cells: usize) -> Result<Columns, ModelError> {
        let outputs = self.signs.run(&normalised(strip, cells))?;
        Ok(Columns::of(outputs.first().ok_or(ModelError::Shape)?, STRIP[0] / COLUMN))
    }

    /// The same of a short strip.
    fn short_columns(&mut self, strip: &Luma, cells: usize) -> Result<Columns, ModelError> {
        let model = LENGTHS.iter().position(|&length| length == cells).map(|at| &mut self.short[at]);
        let outputs = model.ok_or(ModelError::Shape)?.run(&normalised(strip, cells))?;
        Ok(Columns::of(outputs.first().ok_or(ModelError::Shape)?, strip.width() / COLUMN))
    }
}

/// Where the characters of a row really begin, end and stand.
struct Fitted {
    place: Quad,
    /// How far its ends are from where they were taken to be, in cells.
    off: f32,
    /// How far below or above its place print stands, in pixels of the strip.
    fall: f32,
}

/// Looks where the characters of a row that is seen in a strip are.
fn fitted(row: &Quad, strip: &Luma, columns: &Columns, cells: usize, further: bool) -> Option<Fitted> {
    let (frame_from_strip, [left, right]) = (from_strip(row, cells)?, columns.extent()?);
    let (cell, width) = (SIGN as f32, STRIP[0] as f32);
    let left = if further && left < cell { left - BEYOND * cell } else { left };
    let right = if further && right > width - cell { right + BEYOND * cell } else { right };
    if right - left < LEAST_CELLS * cell {
        return None;
    }
    let begin = (MARGIN * SIGN) as f32;
    let off = (left - begin).abs().max((right - begin - (cells * SIGN) as f32).abs());
    let [fall_left, fall_right] = lean(strip, cells);
    let corner = |x: f32, y: usize| {
        let fall = fall_left + (fall_right - fall_left) * (x - begin) / (cells * SIGN) as f32;
        frame_from_strip.apply(Point::new(x, y as f32 + fall))
    };
    let (top, bottom) = (CAPITALS.start, CAPITALS.end);
    let place = Quad([corner(left, top), corner(right, top), corner(right, bottom), corner(left, bottom)]);
    Some(Fitted { place, off: off / cell, fall: fall_left.abs().max(fall_right.abs()) })
}

/// Where a line stands above (`at` 0) or below two that are as far from each other.
fn beside(rows: &[Quad], at: usize) -> Quad {
    let (Quad(near), Quad(far)) = if at == 0 { (rows[0], rows[1]) } else { (rows[1], rows[0]) };
    Quad(std::array::from_fn(|corner| far[corner].towards(near[corner], 2.0)))
}

/// Lines of a zone begin and end below each other: those that are much shorter than the longest are drawn out to its ends.
fn align(rows: &mut [Quad]) {
    let as_row = |Quad([a, b, c, d]): &Quad| Row {
        from: a.towards(*d, 0.5),
        to: b.towards(*c, 0.5),
        height: f32::midpoint(a.distance(*d), b.distance(*c)),
        weight: 0.0,
    };
    let all: Vec<Row> = rows.iter().map(as_row).collect();
    let Some(longest) = all.iter().max_by(|a, b| a.length().total_cmp(&b.length())) else { return };
    for (row, own) in rows.iter_mut().zip(&all) {
        if own.length() < ALIGNED * longest.length() {
            let ([x, y], middle) = (own.way(), own.middle());
            let on_it = |at: Point| {
                let [along, _] = own.locate(at);
                Point::new(middle.x + along * x, middle.y + along * y)
            };
            *row = Row { from: on_it(longest.from), to: on_it(longest.to), ..*own }.quad();
        }
    }
}

/// How many characters lines may have, by their number and shape, the likeliest first: a cell is as wide as a capital is high.
fn possible(rows: &[Quad]) -> Vec<usize> {
    let shape = |Quad([a, b, c, d]): &Quad| (a.distance(*b) + d.distance(*c)) / (a.distance(*d) + b.distance(*c));
    let mean = rows.iter().map(shape).sum::<f32>() / rows.len() as f32;
    let mut lengths = match rows.len() {
        3 => LENGTHS[..1].to_vec(),
        2 => LENGTHS[1..].to_vec(),
        _ => LENGTHS.to_vec(),
    };
    let off = |length: usize| (mean / length as f32).ln().abs();
    lengths.sort_by(|&a, &b| off(a).total_cmp(&off(b)));
    lengths
}

/// How well lines fit.
fn fit(lines: &[Line]) -> f32 {
    lines.iter().map(|line| line.fit).sum::<f32>() / lines.len().max(1) as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_third_line_stands_as_far_beside_two_as_they_do_from_each_other() {
        let row = |y: f32| Quad::of_size(300.0, 10.0).map(|corner| Point::new(corner.x, corner.y + y));
        assert_eq!([0, 2].map(|at| beside(&[row(20.0), row(40.0)], at)), [row(0.0), row(60.0)]);
    }
}
