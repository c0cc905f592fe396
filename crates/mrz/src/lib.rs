//! The machine-readable zone of travel documents, as text (ICAO Doc 9303, 8th edition, parts 3 to 7), with the identity card that France
//! issued from 1988 to 2021. In: lines. Out: what they say, and whether that can be so.
//! Does not know: pictures, networks, the clock, what a case makes of it.

mod date;
pub mod decide;
mod layout;
pub mod name;
pub mod print;
mod sign;
mod state;
#[cfg(test)]
mod tests;
pub mod vote;
pub mod write;
mod zone;

pub use date::{Date, ZoneDate};
pub use layout::{Check, Field, Format};
pub use sign::{SIGNS, check_digit};
pub use state::State;
pub use zone::{Sex, Unreadable, Zone};

/// Reads lines. The format follows from their number, their length and the document code.
///
/// # Errors
/// `Unreadable` for lines that no format has, or with a sign that no zone has. Lines whose check digits or grammar are wrong are read,
/// and are not [`Zone::valid`].
pub fn parse(lines: &[&str]) -> Result<Zone, Unreadable> {
    Zone::parse(lines)
}
