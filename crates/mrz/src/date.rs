//! Dates of a zone: two signs each for year, month and day, each of which may be unknown (Doc 9303-3, 4.8), and the century that they
//! leave open. In: signs, today. Out: dates. Does not know: the clock.

use std::fmt;

/// A date as a zone has it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct ZoneDate {
    /// Last two digits of the year.
    pub year: Option<u8>,
    /// 1 to 12.
    pub month: Option<u8>,
    /// 1 to 31.
    pub day: Option<u8>,
}

/// A date with its century; month and day may be unknown. Written as ISO 8601 with reduced precision: `1974-08-12`, `1974-08`, `1974`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Date {
    /// Year.
    pub year: u16,
    /// 1 to 12.
    pub month: Option<u8>,
    /// 1 to 31; without a month it says nothing more than a document did.
    pub day: Option<u8>,
}

/// Years that a document may have been expired for; later ones are of this century or the next (see [`ZoneDate::expiry`]).
const EXPIRED_YEARS: u16 = 50;

impl ZoneDate {
    /// From six signs. `None` unless each pair is digits or two fillers, and the date is one of some year's.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let pair = |at: usize| match text.get(at..at + 2)? {
            "<<" => Some(None),
            digits => digits.parse::<u8>().ok().filter(|_| digits.bytes().all(|b| b.is_ascii_digit())).map(Some),
        };
        let date = Self { year: pair(0)?, month: pair(2)?, day: pair(4)? };
        let days = match date.month {
            None | Some(1 | 3 | 5 | 7 | 8 | 10 | 12) => 31,
            Some(4 | 6 | 9 | 11) => 30,
            // 1900 had no such day, and nobody who was alive then has a document.
            Some(2) => 28 + u8::from(date.year.is_none_or(|year| year % 4 == 0)),
            Some(_) => return None,
        };
        date.day.is_none_or(|day| (1..=days).contains(&day)).then_some(date)
    }

    /// As a date of birth: the latest that is not after today. `None` if the year is unknown.
    pub fn birth(self, today: Date) -> Option<Date> {
        let last = self.in_century(today.year / 100)?;
        if last.first_day() <= today.first_day() { Some(last) } else { self.in_century(today.year / 100 - 1) }
    }

    /// As a date of expiry: from fifty years ago up to less than fifty years ahead. `None` if the year is unknown: some documents do not
    /// expire.
    pub fn expiry(self, today: Date) -> Option<Date> {
        let earliest = today.year - EXPIRED_YEARS;
        let date = self.in_century(earliest / 100)?;
        if date.year >= earliest { Some(date) } else { self.in_century(earliest / 100 + 1) }
    }

    fn in_century(self, century: u16) -> Option<Date> {
        Some(Date { year: century * 100 + u16::from(self.year?), month: self.month, day: self.day })
    }
}

impl Date {
    /// A whole date.
    pub const fn new(year: u16, month: u8, day: u8) -> Self {
        Self { year, month: Some(month), day: Some(day) }
    }

    /// Whether all of it is before a day; what is unknown counts as late as it can be.
    pub fn is_before(self, day: Self) -> bool {
        (self.year, self.month.unwrap_or(12), self.day.unwrap_or(31)) < day.first_day()
    }

    /// Whether nothing that both know contradicts: dates of birth as partners and documents have them.
    pub fn agrees(self, other: Self) -> bool {
        fn part(a: Option<u8>, b: Option<u8>) -> bool {
            a.zip(b).is_none_or(|(a, b)| a == b)
        }
        self.year == other.year && part(self.month, other.month) && part(self.day, other.day)
    }

    fn first_day(self) -> (u16, u8, u8) {
        (self.year, self.month.unwrap_or(1), self.day.unwrap_or(1))
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.month, self.day) {
            (Some(month), Some(day)) => write!(f, "{:04}-{month:02}-{day:02}", self.year),
            (Some(month), None) => write!(f, "{:04}-{month:02}", self.year),
            (None, _) => write!(f, "{:04}", self.year),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TODAY: Date = Date::new(2026, 11, 25);

    fn born(text: &str) -> Option<String> {
        ZoneDate::read(text)?.birth(TODAY).map(|date| date.to_string())
    }

    fn expires(text: &str) -> Option<String> {
        ZoneDate::read(text)?.expiry(TODAY).map(|date| date.to_string())
    }

    #[test]
    fn nobody_is_born_tomorrow() {
        for (text, date) in [
            ("740812", "1974-08-12"),
            ("261125", "2026-11-25"),
            ("261126", "1926-11-26"),
            ("000229", "2000-02-29"),
            ("82<<<<", "1982"),
            ("8207<<", "1982-07"),
            ("26<<<<", "2026"),
            ("2612<<", "1926-12"),
        ] {
            assert_eq!(born(text).as_deref(), Some(date), "{text}");
        }
    }

    #[test]
    fn a_document_expires_within_fifty_years() {
        for (text, date) in
            [("991231", "1999-12-31"), ("750101", "2075-01-01"), ("760101", "1976-01-01"), ("361125", "2036-11-25")]
        {
            assert_eq!(expires(text).as_deref(), Some(date), "{text}");
        }
        assert_eq!(expires("<<<<<<"), None);
    }

    #[test]
    fn a_day_that_no_year_has_is_no_date() {
        for text in ["740230", "730229", "741301", "740001", "740100", "7408", "7408<1", "74081A", "+4+8+1", "740431"] {
            assert_eq!(ZoneDate::read(text), None, "{text}");
        }
    }

    #[test]
    fn a_date_of_which_the_day_is_unknown_lasts_as_long_as_it_can() {
        let date = |text: &str| ZoneDate::read(text).and_then(|date| date.expiry(TODAY)).expect("a date");
        assert!(date("261124").is_before(TODAY) && !date("261125").is_before(TODAY));
        assert!(
            date("2610<<").is_before(TODAY) && !date("2611<<").is_before(TODAY) && !date("26<<<<").is_before(TODAY)
        );
        assert!(date("26<<<<").agrees(TODAY) && !date("2610<<").agrees(TODAY));
    }
}
