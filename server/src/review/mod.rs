//! The rules of a case, pure: its states, which step may follow, what an evaluation makes of it. Told the time and given
//! its random numbers; knows neither HTTP nor storage.

pub mod case;
pub mod flow;
pub mod steps;
pub mod verdict;
pub mod words;

#[cfg(test)]
mod tests;

pub use case::{Case, Effects};
