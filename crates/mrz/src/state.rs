//! Issuing states and nationalities: ISO 3166-1 with `D` for Germany, and the codes that Doc 9303-3, 5 adds. In: codes. Out: names.
//! Does not know: who accepts whose passports.

use crate::{SIGNS, sign::Sign};

const TABLE: &str = include_str!("../data/states.tsv");
/// How many there are.
const COUNT: usize = 249 + 26;
/// Their codes, by their signs, without their names.
const CODES: [[u8; 3]; COUNT] = codes(TABLE.as_bytes());

/// Whether a state or organisation has this code.
pub(crate) fn is_known(code: [Sign; 3]) -> bool {
    CODES.contains(&code.map(|sign| SIGNS[usize::from(sign.0)]))
}

const fn codes(table: &[u8]) -> [[u8; 3]; COUNT] {
    let mut codes = [[b'<'; 3]; COUNT];
    // The first line is the table's head.
    let (mut at, mut line, mut column) = (0, 0, 0);
    while at < table.len() {
        match table[at] {
            b'\n' => (line, column) = (line + 1, 0),
            b'\t' => column = codes[0].len(),
            letter if line > 0 && column < codes[0].len() => {
                codes[line - 1][column] = letter;
                column += 1;
            }
            _ => {}
        }
        at += 1;
    }
    codes
}

/// One of them. Names are in `data/states.tsv`; whoever asks for none does not carry them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct State {
    /// Code without fillers: `D`, `CHE`, `XXA`.
    pub code: &'static str,
    /// Code of two letters, where ISO 3166-1 has one.
    pub alpha2: Option<&'static str>,
    /// English name.
    pub english: &'static str,
    /// German name.
    pub german: &'static str,
}

impl State {
    /// By its code in a zone, without fillers. `None` for codes that nobody has, as those of specimens.
    pub fn of(code: &str) -> Option<Self> {
        Self::all().find(|state| state.code == code)
    }

    /// All of them, by code; those that Doc 9303 adds come last.
    pub fn all() -> impl Iterator<Item = Self> {
        TABLE.lines().skip(1).filter_map(|line| {
            let mut parts = line.split('\t');
            let (code, alpha2) = (parts.next()?, parts.next()?);
            let alpha2 = Some(alpha2).filter(|alpha2| !alpha2.is_empty());
            Some(Self { code, alpha2, english: parts.next()?, german: parts.next()? })
        })
    }

    /// Whether its passports are taken unless a partner says otherwise: every state and territory of ISO 3166-1.
    pub const fn passports_by_default(self) -> bool {
        self.alpha2.is_some()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_state_of_iso_3166_is_there_once() {
        let ours: Vec<(&str, &str)> = State::all()
            .filter_map(|state| Some((state.alpha2?, if state.code == "D" { "DEU" } else { state.code })))
            .collect();
        let theirs: HashSet<(&str, &str)> =
            rust_iso3166::ALL.iter().map(|state| (state.alpha2, state.alpha3)).collect();
        assert_eq!(ours.len(), 249);
        assert_eq!(ours.into_iter().collect::<HashSet<_>>(), theirs);
    }

    fn signs(code: &str) -> [Sign; 3] {
        let padded = [code.as_bytes(), b"<<"].concat();
        [padded[0], padded[1], padded[2]].map(|byte| Sign::of(byte).expect("a sign"))
    }

    #[test]
    fn codes_are_there_once_and_have_names() {
        let mut seen = HashSet::new();
        for state in State::all() {
            assert!(seen.insert(state.code), "{}", state.code);
            assert!(state.code == "D" || state.code.len() == 3);
            assert!(!state.english.is_empty() && !state.german.is_empty());
            assert_eq!(State::of(state.code), Some(state));
            assert!(is_known(signs(state.code)), "{}", state.code);
        }
        assert_eq!(seen.len(), COUNT);
        for (code, german) in [
            ("D", "Deutschland"),
            ("CHE", "Schweiz"),
            ("RKS", "Kosovo"),
            ("XXA", "Staatenlos"),
            ("DOM", "Dominikanische Republik"),
        ] {
            assert_eq!(State::of(code).map(|state| state.german), Some(german));
        }
        assert!(!["UTO", "DEU", "HLD", "<<<"].into_iter().any(|code| is_known(signs(code))));
        assert_eq!(State::of("UTO").or(State::of("DEU")).or(State::of("")), None);
    }

    #[test]
    fn both_koreas_and_the_holy_see_issue_passports_once() {
        for (code, english) in [("PRK", "North Korea"), ("KOR", "South Korea"), ("VAT", "Holy See")] {
            let named: Vec<State> = State::all().filter(|state| state.english.contains(english)).collect();
            assert_eq!(named.iter().map(|state| state.code).collect::<Vec<_>>(), [code]);
            assert!(named[0].passports_by_default());
        }
        assert!(State::of("UNO").is_some_and(|state| !state.passports_by_default()));
    }
}
