//! Issuing states and nationalities: ISO 3166-1 with `D` for Germany, and the codes that Doc 9303-3, 5 adds. In: codes. Out: names.
//! Does not know: who accepts whose passports.

use crate::sign::Sign;

const TABLE: &str = include_str!("../data/states.tsv");
/// Signs of codes: letters, and the filler behind short ones.
const LETTERS: usize = 27;
/// By first and second sign, a bit for each third sign with which they are a code: without the names.
static CODES: [[u32; LETTERS]; LETTERS] = codes(TABLE.as_bytes());

/// Whether a state or organisation has a code that begins so.
pub(crate) fn begins(first: Sign, second: Sign) -> bool {
    CODES[letter(first)][letter(second)] != 0
}

/// Whether a state or organisation has this code.
pub(crate) fn is_known([first, second, third]: [Sign; 3]) -> bool {
    CODES[letter(first)][letter(second)] >> letter(third) & 1 == 1
}

fn letter(sign: Sign) -> usize {
    usize::from(sign.0).min(LETTERS - 1)
}

const fn codes(table: &[u8]) -> [[u32; LETTERS]; LETTERS] {
    let mut codes = [[0; LETTERS]; LETTERS];
    let mut at = 0;
    // The first line is the table's head.
    while at < table.len() {
        if at > 0 && table[at - 1] == b'\n' {
            let mut signs = [LETTERS - 1; 3];
            let mut place = 0;
            while place < 3 && table[at + place] != b'\t' {
                signs[place] = (table[at + place] - b'A') as usize;
                place += 1;
            }
            codes[signs[0]][signs[1]] |= 1 << signs[2];
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
            let [first, second, third] = signs(state.code);
            assert!(begins(first, second) && is_known([first, second, third]), "{}", state.code);
        }
        assert_eq!(seen.len(), 249 + 26);
        for (code, german) in [
            ("D", "Deutschland"),
            ("CHE", "Schweiz"),
            ("RKS", "Kosovo"),
            ("XXA", "Staatenlos"),
            ("DOM", "Dominikanische Republik"),
        ] {
            assert_eq!(State::of(code).map(|state| state.german), Some(german));
        }
        let known = CODES.iter().flatten().map(|third| third.count_ones()).sum::<u32>();
        assert_eq!(known as usize, seen.len());
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
