//! What was seen of a zone, and which of two sightings counts. In: lines with the chances of their signs. Out: what stands there.
//! Does not know: pictures, networks.

use lichtbild_mrz::{
    Format,
    vote::{self, Chances, Limits, Reading},
};

use super::align::Line;
use crate::geometry::Quad;

/// From this mean chance of its signs on nothing else need be tried.
const SURE: f32 = 0.97;
/// Below this a whole zone does not go before a part of one that is surer. Assumed.
const LEAST_SURE_OF_WHOLE: f32 = 0.75;

/// A zone in a picture.
#[derive(Clone, Debug, PartialEq)]
pub struct Sighting {
    /// What stands there, as far as can be seen.
    pub reading: Reading,
    /// Corners of each line, clockwise from its reader's top left, pixels of the frame.
    pub rows: Vec<Quad>,
    /// Mean chance of the likeliest signs, 0 to 1.
    pub sure: f32,
}

impl Sighting {
    /// Of lines and where they stand.
    pub(super) fn of(lines: Vec<Line>, rows: Vec<Quad>) -> Self {
        let sure = lines.iter().map(|line| line.sure).sum::<f32>() / lines.len().max(1) as f32;
        Self { reading: Reading { lines: lines.into_iter().map(|line| line.signs).collect() }, rows, sure }
    }

    /// The lines, each for itself: of what is no whole zone.
    pub fn lines(&self) -> Vec<String> {
        self.reading.lines.iter().map(|chances| vote::line(chances, &Limits::default())).collect()
    }

    /// Whether it need not be turned: hardly a sign is in doubt.
    pub(super) fn is_clear(&self) -> bool {
        self.sure >= SURE
    }

    /// Whether nothing else need be tried: a whole zone that is clear.
    pub(super) fn is_sure(&self) -> bool {
        self.is_clear() && self.is_whole()
    }

    /// Whether some format has so many lines of so many characters.
    pub(super) fn is_whole(&self) -> bool {
        let size = (self.rows.len(), self.reading.lines.first().map_or(0, Vec::len));
        Format::ALL.iter().any(|format| format.size() == size)
    }

    /// Mean chance of the likeliest signs of one line.
    pub(super) fn sure_of(&self, line: usize) -> f32 {
        let signs = &self.reading.lines[line];
        let likeliest = |chances: &Chances| chances.iter().copied().fold(0.0, f32::max);
        signs.iter().map(likeliest).sum::<f32>() / signs.len().max(1) as f32
    }

    /// What goes before what: a whole zone before parts of one, if it can be read.
    fn rank(&self) -> (bool, f32) {
        (self.is_whole() && self.sure >= LEAST_SURE_OF_WHOLE, self.sure)
    }
}

/// The one whose signs are surer; a whole zone before a part.
pub(super) fn surer(a: Option<Sighting>, b: Option<Sighting>) -> Option<Sighting> {
    [a, b].into_iter().flatten().max_by(|a, b| {
        let ((whole, sure), (other, less)) = (a.rank(), b.rank());
        whole.cmp(&other).then(sure.total_cmp(&less))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(lines: usize, cells: usize, sure: f32) -> Sighting {
        let line = vec![[sure; 37]; cells];
        let rows = vec![Quad::of_size(300.0, 10.0); lines];
        Sighting { reading: Reading { lines: vec![line; lines] }, rows, sure }
    }

    #[test]
    fn a_whole_zone_goes_before_a_surer_part() {
        let (whole, part, noise) = (seen(3, 30, 0.88), seen(2, 30, 0.98), seen(3, 30, 0.6));
        let first = |a: &Sighting, b: &Sighting| surer(Some(a.clone()), Some(b.clone()));
        assert_eq!(first(&part, &whole), Some(whole));
        assert_eq!(first(&noise, &part), Some(part.clone()));
        assert!(!part.is_sure() && seen(2, 44, 0.98).is_sure());
    }
}
