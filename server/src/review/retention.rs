//! How long a case is kept: as its flow or its partner says, fixed when the case is made, since that is what the person was told.
//! In: the rule, when the case ended and how, when the contract ends. Out: when the case is to be erased, if that is known.

use std::str::FromStr;

use lichtbild_protocol::{case::CaseState, flow::FlowId};
use serde::{Deserialize, Serialize};
use time::{Date, Duration, Month, OffsetDateTime, PrimitiveDateTime, Time, macros::format_description};

use super::Case;
use crate::clock::Millis;

/// How long a case is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Retention {
    /// Until the partner erases it.
    UntilErased,
    /// So many months from the contract's end, whatever became of the case. A case that ended without a contract: from its own end.
    AfterContract {
        /// Calendar months.
        months: u16,
    },
    /// So many days from the case's end.
    AfterEnd {
        /// Days of 24 hours.
        days: u16,
    },
}

impl Retention {
    /// What holds for a flow unless a partner has another rule.
    pub const fn of(flow: FlowId) -> Self {
        match flow {
            FlowId::RoboIdent => Self::UntilErased,
            FlowId::SimRegistration => Self::AfterContract { months: 6 },
        }
    }
}

impl FromStr for Retention {
    type Err = &'static str;

    /// `until-erased`, `contract+6m` or `end+30d`.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let number = |text: Option<&str>| text.and_then(|digits| digits.parse().ok());
        let read = match text.split_once('+') {
            None => (text == "until-erased").then_some(Self::UntilErased),
            Some(("contract", rest)) => number(rest.strip_suffix('m')).map(|months| Self::AfterContract { months }),
            Some(("end", rest)) => number(rest.strip_suffix('d')).map(|days| Self::AfterEnd { days }),
            Some(_) => None,
        };
        read.ok_or("until-erased, contract+6m (months) or end+30d (days)")
    }
}

impl Case {
    /// When the case is to be erased; `None`: nobody knows yet, or only on request.
    pub fn erase_at(&self) -> Option<Millis> {
        match (self.retention, &self.contract_end) {
            (Retention::UntilErased, _) => None,
            (Retention::AfterEnd { days }, _) => Some(self.ended_at? + i64::from(days) * 86_400_000),
            (Retention::AfterContract { months }, Some(end)) => after(date(end)?, months),
            (Retention::AfterContract { .. }, None) if self.state == CaseState::Verified => None,
            (Retention::AfterContract { months }, None) => after(day_of(self.ended_at?)?, months),
        }
    }
}

/// A calendar date, `YYYY-MM-DD`.
pub fn date(text: &str) -> Option<Date> {
    Date::parse(text, format_description!("[year]-[month]-[day]")).ok()
}

fn day_of(at: Millis) -> Option<Date> {
    OffsetDateTime::from_unix_timestamp(at.div_euclid(1000)).ok().map(OffsetDateTime::date)
}

/// The end of the day so many months later (UTC); of the last day of a shorter month.
fn after(day: Date, months: u16) -> Option<Millis> {
    let index = day.year() * 12 + i32::from(u8::from(day.month())) - 1 + i32::from(months);
    let month = Month::try_from(u8::try_from(index.rem_euclid(12) + 1).ok()?).ok()?;
    let year = index.div_euclid(12);
    let last = Date::from_calendar_date(year, month, day.day().min(month.length(year))).ok()?;
    let end = PrimitiveDateTime::new(last.checked_add(Duration::days(1))?, Time::MIDNIGHT);
    Some(end.assume_utc().unix_timestamp() * 1000)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::rfc3339;

    #[test]
    fn months_are_calendar_months_and_end_with_their_last_day() {
        let table = [
            ("2026-01-15", 6, "2026-07-16T00:00:00Z"),
            ("2026-08-31", 6, "2027-03-01T00:00:00Z"),
            ("2027-08-31", 6, "2028-03-01T00:00:00Z"),
            ("2026-12-31", 6, "2027-07-01T00:00:00Z"),
            ("2026-12-01", 0, "2026-12-02T00:00:00Z"),
        ];
        for (end, months, expected) in table {
            let at = date(end).and_then(|end| after(end, months)).expect("a time");
            assert_eq!(rfc3339(at), expected, "{end} and {months} months");
        }
        assert!(["2026-02-30", "26-01-01", "2026-1-1", ""].iter().all(|text| date(text).is_none()));
    }

    #[test]
    fn a_rule_is_written_as_people_say_it() {
        assert_eq!("contract+6m".parse(), Ok(Retention::AfterContract { months: 6 }));
        assert_eq!("end+30d".parse(), Ok(Retention::AfterEnd { days: 30 }));
        assert_eq!("until-erased".parse(), Ok(Retention::UntilErased));
        for text in ["", "contract", "contract+6", "end+d", "end+-1d", "until-erased+1d"] {
            assert!(text.parse::<Retention>().is_err(), "{text}");
        }
    }
}
