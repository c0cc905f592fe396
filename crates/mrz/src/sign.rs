//! The 37 signs of a zone, their values, and check digits (Doc 9303-3, 4.9).

/// Every sign; the place of each is its number: letters, digits, the filler.
pub const SIGNS: &[u8; 37] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789<";

/// A sign by its place in [`SIGNS`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Sign(pub u8);

impl Sign {
    pub const FILLER: Self = Self(36);

    pub fn of(byte: u8) -> Option<Self> {
        let at = SIGNS.iter().position(|sign| *sign == byte)?;
        Some(Self(at as u8))
    }

    pub const fn is_letter(self) -> bool {
        self.0 < 26
    }

    pub const fn is_filler(self) -> bool {
        self.0 == 36
    }

    pub const fn digit(self) -> Option<u8> {
        if self.0 >= 26 && self.0 < 36 { Some(self.0 - 26) } else { None }
    }

    /// What it counts in a check digit.
    pub const fn value(self) -> u8 {
        match self.0 {
            letter @ ..26 => letter + 10,
            36 => 0,
            digit => digit - 26,
        }
    }
}

/// Weights of a check digit, over and over.
pub(crate) const WEIGHTS: [u8; 3] = [7, 3, 1];

/// The check digit of a field: its signs' values weighted 7, 3, 1, modulo 10. What is no sign counts nothing.
pub fn check_digit(field: &str) -> char {
    let values = field.bytes().map(|byte| Sign::of(byte).map_or(0, Sign::value));
    let sum: u32 =
        values.zip(WEIGHTS.into_iter().cycle()).map(|(value, weight)| u32::from(value) * u32::from(weight)).sum();
    char::from(b'0' + (sum % 10) as u8)
}
