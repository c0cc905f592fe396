//! The rules of a case, pure: its states, which step may follow, what an evaluation makes of it. Told the time and given
//! its random numbers; knows neither HTTP nor storage.

mod acceptance;
pub mod case;
pub mod clerk;
mod compare;
mod confirm;
pub mod expected;
pub mod flow;
pub mod reading;
pub mod retention;
pub mod rules;
pub mod steps;
pub mod verdict;
pub mod words;
pub mod zone;

#[cfg(test)]
mod tests;

pub use case::{Case, Effects};
pub use compare::{compared, compared_with};
pub use confirm::{is_clerk, name_of};
