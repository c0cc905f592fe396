//! A zone that was read: its lines, what they say, and which of its check digits and fields cannot be right.
//! In: lines. Out: fields. Does not know: who the lines come from.

use std::fmt;

use crate::{
    date::ZoneDate,
    layout::{Check, Field, Fit, Format, State, cells},
    sign::Sign,
};

/// Why lines are no zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Unreadable {
    /// No format has so many lines of such a length.
    #[error("no format has lines of this number and length")]
    Size,
    /// Something else than a letter of the alphabet, a digit or a filler.
    #[error("a zone has capitals, digits and fillers only")]
    Sign,
}

/// Sex, as a zone has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Sex {
    /// `F`.
    Female,
    /// `M`.
    Male,
    /// A filler or `X`.
    Unspecified,
}

/// A zone. Its `Debug` output tells nothing of the person.
#[derive(Clone, PartialEq, Eq)]
pub struct Zone {
    format: Format,
    lines: Vec<String>,
    /// Signs of a long document number in the optional data.
    rest: Option<usize>,
    checks: Vec<(Check, bool)>,
    faults: Vec<Field>,
}

impl Zone {
    pub(crate) fn parse(lines: &[&str]) -> Result<Self, Unreadable> {
        let signs: Vec<Vec<Sign>> = lines
            .iter()
            .map(|line| line.bytes().map(|byte| Sign::of(byte).ok_or(Unreadable::Sign)).collect())
            .collect::<Result<_, _>>()?;
        let format = format_of(lines).ok_or(Unreadable::Size)?;
        let rest = rest_of_number(format, &signs);
        let (mut checks, mut faults) = (Vec::new(), Vec::new());
        let mut state = State::default();
        for cell in cells(format, rest) {
            let (next, fit) = cell.step(state, signs[cell.line][cell.column]);
            state = next;
            if let Some(check) = cell.check() {
                checks.push((check, fit == Fit::Fits));
            } else if let Some(field) = cell.field
                && fit != Fit::Fits
                && !faults.contains(&field)
            {
                faults.push(field);
            }
        }
        let mut zone =
            Self { format, lines: lines.iter().map(|&line| line.to_owned()).collect(), rest, checks, faults };
        for (field, date) in [(Field::BirthDate, zone.birth_date()), (Field::ExpiryDate, zone.expiry_date())] {
            if date.is_none() && zone.has(field) && !zone.faults.contains(&field) {
                zone.faults.push(field);
            }
        }
        Ok(zone)
    }

    /// Every check digit fits and every field is as its format wants it: letters where letters stand, digits where digits stand, dates
    /// that exist, fillers between words and at ends. Whether the issuing state exists is not asked ([`crate::State`]): new codes appear.
    pub fn valid(&self) -> bool {
        self.faults.is_empty() && self.checks.iter().all(|(_, fits)| *fits)
    }

    /// Its format.
    pub const fn format(&self) -> Format {
        self.format
    }

    /// The lines, top first.
    pub fn lines(&self) -> &[String] {
        &self.lines
    }

    /// Each check digit of the format, and whether it fits.
    pub fn checks(&self) -> &[(Check, bool)] {
        &self.checks
    }

    /// Fields that hold what their format does not allow.
    pub fn faults(&self) -> &[Field] {
        &self.faults
    }

    /// `P`, `ID`, `AR` …, without fillers.
    pub fn document_code(&self) -> &str {
        filled(self.field(Field::DocumentCode))
    }

    /// Code of the issuing state or organisation, without fillers: `D`, `UTO`.
    pub fn issuing_state(&self) -> &str {
        filled(self.field(Field::IssuingState))
    }

    /// Code of the holder's nationality, without fillers; empty in French cards.
    pub fn nationality(&self) -> &str {
        filled(self.field(Field::Nationality))
    }

    /// The primary identifier in the zone's letters, its words apart by spaces.
    pub fn surname(&self) -> String {
        words(self.names().0)
    }

    /// The secondary identifier in the zone's letters, its words apart by spaces.
    pub fn given_names(&self) -> String {
        words(self.names().1)
    }

    /// Whether surname and given names may have been cut (Doc 9303-3, 4.6): the field is full to its last sign.
    pub fn names_truncated(&self) -> (bool, bool) {
        let full = |field: &str| !field.is_empty() && !field.ends_with('<');
        let (surname, given) = self.names();
        match self.format {
            Format::FrenchIdentityCard => (full(surname), full(given)),
            // A surname is cut to leave room for the first given name.
            _ => (full(self.field(Field::Names)), full(self.field(Field::Names))),
        }
    }

    /// Number of the document, without fillers; all of it where it goes on in the optional data.
    pub fn document_number(&self) -> String {
        let mut number = self.field(Field::DocumentNumber).replace('<', "");
        if let Some(rest) = self.rest {
            number.push_str(&self.raw_optional()[..rest]);
        }
        number
    }

    /// Date of birth; `None` if it is none.
    pub fn birth_date(&self) -> Option<ZoneDate> {
        ZoneDate::read(self.field(Field::BirthDate))
    }

    /// Date of expiry; `None` if it is none, as in French cards.
    pub fn expiry_date(&self) -> Option<ZoneDate> {
        ZoneDate::read(self.field(Field::ExpiryDate))
    }

    /// Sex.
    pub fn sex(&self) -> Sex {
        match self.field(Field::Sex) {
            "F" => Sex::Female,
            "M" => Sex::Male,
            _ => Sex::Unspecified,
        }
    }

    /// Optional data without the fillers around it: a passport's personal number, a French card's department and office. What belongs to
    /// a long document number is not part of it.
    pub fn optional(&self) -> &str {
        self.raw_optional()[self.rest.map_or(0, |rest| rest + 1)..].trim_matches('<')
    }

    /// Optional data of TD1's second line, without the fillers around it.
    pub fn optional_more(&self) -> &str {
        self.field(Field::OptionalMore).trim_matches('<')
    }

    fn raw_optional(&self) -> &str {
        self.field(Field::Optional)
    }

    fn names(&self) -> (&str, &str) {
        let names = self.field(Field::Names);
        if self.format == Format::FrenchIdentityCard {
            return (names, self.field(Field::GivenNames));
        }
        names.split_once("<<").unwrap_or((names, ""))
    }

    fn has(&self, field: Field) -> bool {
        !self.field(field).is_empty()
    }

    fn field(&self, field: Field) -> &str {
        let (line, from, to) = span(self.format, field);
        &self.lines[line][from..to]
    }
}

impl fmt::Debug for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { format, checks, faults, .. } = self;
        f.debug_struct("Zone")
            .field("format", format)
            .field("checks", checks)
            .field("faults", faults)
            .finish_non_exhaustive()
    }
}

fn format_of(lines: &[&str]) -> Option<Format> {
    let first = lines.first()?;
    if lines.iter().any(|line| line.len() != first.len()) {
        return None;
    }
    let visa = first.starts_with('V');
    Some(match (lines.len(), first.len()) {
        (3, 30) => Format::Td1,
        (2, 36) if first.starts_with("IDFRA") => Format::FrenchIdentityCard,
        (2, 36) if visa => Format::MrvB,
        (2, 36) => Format::Td2,
        (2, 44) if visa => Format::MrvA,
        (2, 44) => Format::Td3,
        _ => return None,
    })
}

/// How many signs of the number stand in the optional data: all before the first filler but the last one, the check digit.
fn rest_of_number(format: Format, signs: &[Vec<Sign>]) -> Option<usize> {
    let (line, check, optional) = match format {
        Format::Td1 => (0, 14, &signs[0][15..]),
        Format::Td2 => (1, 9, &signs[1][28..35]),
        _ => return None,
    };
    let taken = optional.iter().position(|sign| sign.is_filler()).unwrap_or(optional.len());
    (signs[line][check].is_filler() && taken >= 2).then(|| taken - 1)
}

/// Line, first column and the column behind the last one; empty for what a format does not have.
const fn span(format: Format, field: Field) -> (usize, usize, usize) {
    use Format::{FrenchIdentityCard as French, MrvA, MrvB, Td1, Td2, Td3};
    match (format, field) {
        (_, Field::DocumentCode) => (0, 0, 2),
        (_, Field::IssuingState) => (0, 2, 5),
        (Td1, Field::Names) => (2, 0, 30),
        (French, Field::Names) => (0, 5, 30),
        (_, Field::Names) => (0, 5, format.size().1),
        (Td1, Field::DocumentNumber) => (0, 5, 14),
        (French, Field::DocumentNumber) => (1, 0, 12),
        (_, Field::DocumentNumber) => (1, 0, 9),
        (Td1, Field::Nationality) => (1, 15, 18),
        (Td2 | Td3 | MrvA | MrvB, Field::Nationality) => (1, 10, 13),
        (Td1, Field::BirthDate) => (1, 0, 6),
        (French, Field::BirthDate) => (1, 27, 33),
        (_, Field::BirthDate) => (1, 13, 19),
        (Td1, Field::Sex) => (1, 7, 8),
        (French, Field::Sex) => (1, 34, 35),
        (_, Field::Sex) => (1, 20, 21),
        (Td1, Field::ExpiryDate) => (1, 8, 14),
        (Td2 | Td3 | MrvA | MrvB, Field::ExpiryDate) => (1, 21, 27),
        (Td1, Field::Optional) => (0, 15, 30),
        (French, Field::Optional) => (0, 30, 36),
        (Td2, Field::Optional) => (1, 28, 35),
        (Td3, Field::Optional) => (1, 28, 42),
        (MrvA | MrvB, Field::Optional) => (1, 28, format.size().1),
        (Td1, Field::OptionalMore) => (1, 18, 29),
        (French, Field::GivenNames) => (1, 13, 27),
        (_, Field::OptionalMore | Field::GivenNames) | (French, Field::Nationality | Field::ExpiryDate) => (0, 0, 0),
    }
}

fn filled(field: &str) -> &str {
    field.trim_end_matches('<')
}

fn words(field: &str) -> String {
    field.split('<').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}
