//! Where everything stands in each format, and which sign may follow which: the one grammar that reading, checking and correcting share.
//! In: a format, sign after sign. Out: what does not fit. Does not know: where the signs come from.

use std::ops::Range;

pub use lichtbild_protocol::kind::ZoneFormat as Format;

use crate::{
    sign::{Sign, WEIGHTS},
    state,
};

/// How much seldomer than a zero a letter `O` stands where a number may have letters: states avoid it, since it looks like the zero. Assumed;
/// chosen on photographs of specimens.
const LETTER_O: f32 = 30.0;
/// How much seldomer than a state's a code is that nobody has but specimens. As `LETTER_O`.
const NOBODYS_CODE: f32 = 100.0;

/// What a zone tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Field {
    /// One or two letters: `P`, `ID`, `AR`, `V`.
    DocumentCode,
    /// Who issued the document.
    IssuingState,
    /// All names: surname, two fillers, given names; in French cards the surname alone.
    Names,
    /// Given names, where they stand apart (French cards).
    GivenNames,
    /// The document's number.
    DocumentNumber,
    /// Whose citizen the holder is.
    Nationality,
    /// When the holder was born.
    BirthDate,
    /// Sex.
    Sex,
    /// Last day of validity.
    ExpiryDate,
    /// What the issuer likes to say; a passport's personal number, a French card's office.
    Optional,
    /// The same, on the second line of TD1.
    OptionalMore,
}

/// A check digit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Check {
    /// Of the document's number.
    DocumentNumber,
    /// Of the date of birth.
    BirthDate,
    /// Of the date of expiry.
    ExpiryDate,
    /// Of a passport's personal number.
    Optional,
    /// Of several fields together, with their check digits.
    Composite,
}

/// Which signs may stand in a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Rule {
    Exactly(Sign),
    /// First letter of a document code.
    OneOf(&'static [u8]),
    LetterOrFiller,
    /// One to three letters, then fillers.
    State,
    /// Words; single fillers between them, two between surname and given names, fillers after the last.
    Names,
    /// Words; single fillers between them, fillers after the last.
    Surname,
    /// Words; one or two fillers between them, fillers after the last.
    GivenNames,
    /// No filler.
    Full,
    Any,
    Digit,
    Date,
    Sex,
    Check(Check),
    /// Nothing may be said, and then the check digit may be left out.
    CheckOrFiller(Check),
}

/// One place of a zone.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cell {
    pub line: usize,
    pub column: usize,
    pub field: Option<Field>,
    rule: Rule,
    /// Place within what the rule is about.
    place: usize,
    own_weight: u8,
    composite_weight: u8,
}

/// What has been seen so far.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct State {
    /// Place in the automaton of the field, below 8.
    at: u8,
    /// Sum of the field for its check digit, modulo 10.
    own: u8,
    /// Sum for the composite check digit, modulo 10.
    composite: u8,
    /// First two signs of the code of a state that is being read; `NO_STATE` where no code begins so.
    code: [u8; 2],
}

const NO_STATE: [u8; 2] = [u8::MAX; 2];

impl State {
    /// The same for a search that lets check digits be.
    pub const fn without_sums(self) -> Self {
        Self { own: 0, composite: 0, ..self }
    }
}

/// What a sign is, where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fit {
    Fits,
    /// A check digit that is another one than it should be.
    WrongDigit,
    /// Such a sign cannot stand there.
    Never,
}

impl Cell {
    /// Which check digit stands here.
    pub fn check(&self) -> Option<Check> {
        match self.rule {
            Rule::Check(check) | Rule::CheckOrFiller(check) => Some(check),
            _ => None,
        }
    }

    /// Whether the sign may stand here after some others; of check digits each one.
    pub fn may_hold(&self, sign: Sign) -> bool {
        let after = |at: u8| self.step(State { at, ..State::default() }, sign).1;
        (0..8).any(|at| after(at) != Fit::Never)
    }

    /// Whether a check digit notices when another sign stands here.
    pub fn is_watched(&self) -> bool {
        self.composite_weight > 0
            || self.check().is_some()
            || matches!(self.field, Some(Field::DocumentNumber | Field::BirthDate | Field::ExpiryDate))
    }

    /// Whether two check digits notice, each with other weights.
    pub fn is_watched_twice(&self) -> bool {
        self.composite_weight > 0
            && (matches!(self.field, Some(Field::BirthDate | Field::ExpiryDate))
                || matches!(self.check(), Some(Check::BirthDate | Check::ExpiryDate)))
    }

    /// Reads the sign that stands here.
    pub fn step(&self, state: State, sign: Sign) -> (State, Fit) {
        let state = if self.place == 0 { State { at: 0, own: 0, ..state } } else { state };
        let (next, fit) = self.automaton(state, sign);
        let summed = |sum: u8, weight: u8| (sum + sign.value() % 10 * weight) % 10;
        let own = if self.check().is_some() { 0 } else { summed(state.own, self.own_weight) };
        let composite = summed(state.composite, self.composite_weight);
        let code = match (self.rule, self.place) {
            (Rule::State, 0) => [sign.0, 0],
            (Rule::State, 1) if state::begins(Sign(state.code[0]), sign) => [state.code[0], sign.0],
            (Rule::State, 1) => NO_STATE,
            _ => [0; 2],
        };
        (State { at: next, own, composite, code }, fit)
    }

    /// How much seldomer than others documents have a sign there.
    pub fn rarity(&self, state: State, sign: Sign) -> f32 {
        let [first, second] = state.code;
        match self.rule {
            Rule::State if self.place == 2 => {
                let known = state.code != NO_STATE && state::is_known([Sign(first), Sign(second), sign]);
                if known { 1.0 } else { NOBODYS_CODE }
            }
            Rule::Any | Rule::Full if sign == Sign(b'O' - b'A') => LETTER_O,
            _ => 1.0,
        }
    }

    /// Whether some signs are seldomer there than others, which are as likely by their looks.
    pub const fn has_rarity(&self) -> bool {
        matches!(self.rule, Rule::State | Rule::Any | Rule::Full)
    }

    fn automaton(&self, state: State, sign: Sign) -> (u8, Fit) {
        let at = state.at;
        let is = |fits: bool| if fits { (at, Fit::Fits) } else { (at, Fit::Never) };
        let moved = |to: Option<u8>| to.map_or((at, Fit::Never), |to| (to, Fit::Fits));
        match self.rule {
            Rule::Exactly(only) => is(sign == only),
            Rule::OneOf(letters) => is(Sign::is_letter(sign) && letters.contains(&(b'A' + sign.0))),
            Rule::LetterOrFiller => is(sign.is_letter() || sign.is_filler()),
            Rule::State => moved(code_of_state(at, sign, self.place)),
            Rule::Names | Rule::Surname | Rule::GivenNames => moved(words(self.rule, at, sign)),
            Rule::Full => is(!sign.is_filler()),
            // Remembers whether anything but fillers was seen.
            Rule::Any => (at.max(u8::from(!sign.is_filler())), Fit::Fits),
            Rule::Digit => is(sign.digit().is_some()),
            Rule::Date => moved(date(self.place, at, sign)),
            Rule::Sex => is(sign.is_filler() || matches!(b'A' + sign.0, b'M' | b'F' | b'X')),
            Rule::Check(Check::Composite) => (at, digit(state.composite, sign)),
            Rule::CheckOrFiller(_) if sign.is_filler() => is(at == 0),
            Rule::Check(_) | Rule::CheckOrFiller(_) => (at, digit(state.own, sign)),
        }
    }
}

fn digit(expected: u8, sign: Sign) -> Fit {
    match sign.digit() {
        Some(digit) if digit == expected => Fit::Fits,
        Some(_) => Fit::WrongDigit,
        None => Fit::Never,
    }
}

fn code_of_state(at: u8, sign: Sign, place: usize) -> Option<u8> {
    match at {
        0 if sign.is_letter() => Some(0),
        0 | 1 if sign.is_filler() && place > 0 => Some(1),
        _ => None,
    }
}

/// 0: nothing yet; 1: in a word; 2: after one filler; 3: after two, given names may follow; 4, 5: as 1, 2 in the given names; 6: the rest.
fn words(rule: Rule, at: u8, sign: Sign) -> Option<u8> {
    let letter = sign.is_letter();
    if !letter && !sign.is_filler() {
        return None;
    }
    let after_two = match rule {
        Rule::Surname => 6,
        _ => 3,
    };
    Some(match (at, letter) {
        (0..=2, true) => 1,
        (1, false) => 2,
        (2, false) => after_two,
        (3, true) if rule == Rule::GivenNames => 1,
        (3..=5, true) => 4,
        (4, false) => 5,
        (3 | 5 | 6, false) => 6,
        _ => return None,
    })
}

/// Two signs each for year, month and day; what is not known is two fillers (Doc 9303-3, 4.8). 0: nothing to remember, or a month of
/// 31 days; 1: the second filler must follow; 2: a zero; 3: a one, or any tens; 4: a month of 30 days; 5: February; 6, 7: the thirtieth.
#[expect(clippy::match_same_arms, reason = "in the order in which a date is read")]
fn date(place: usize, at: u8, sign: Sign) -> Option<u8> {
    let digit = sign.digit();
    if sign.is_filler() {
        let first = place.is_multiple_of(2);
        return (first || at == 1).then_some(u8::from(first));
    }
    match (place, at, digit?) {
        (0, _, _) | (1, 0, _) => Some(0),
        (2, _, tens @ 0..=1) => Some(2 + tens),
        (3, 2, 2) => Some(5),
        (3, 2, 4 | 6 | 9) | (3, 3, 1) => Some(4),
        (3, 2, 1..=8) | (3, 3, 0 | 2) => Some(0),
        (4, _, 0) => Some(2),
        (4, _, 1..=2) => Some(3),
        (4, 0, 3) => Some(6),
        (4, 4, 3) => Some(7),
        (5, 2, 1..=9) | (5, 3, _) | (5, 6, 0..=1) | (5, 7, 0) => Some(0),
        _ => None,
    }
}

/// The cells of a format: each field's in a row, its check digit behind them, the composite check digit behind all that it counts.
/// `rest` is how many signs of a long document number stand in the optional data (Doc 9303-5, 4.2.2 and 9303-6, 4.2.2): in TD1 and TD2
/// only.
pub(crate) fn cells(format: Format, rest: Option<usize>) -> Vec<Cell> {
    let mut cells = Builder { format, cells: Vec::new() };
    match format {
        Format::Td1 => {
            cells.head(b"ACI");
            cells.number(0, 5, 15, rest);
            cells.dates(0, 8);
            cells.run(Field::Nationality, Rule::State, 1, 15..18, 0);
            cells.run(Field::OptionalMore, Rule::Any, 1, 18..29, 0);
            cells.check(Check::Composite, 1, 29);
            cells.run(Field::Names, Rule::Names, 2, 0..30, 0);
        }
        Format::Td2 => {
            cells.below(b"ACI", 7, rest);
            cells.check(Check::Composite, 1, 35);
        }
        Format::Td3 => {
            cells.below(b"P", 14, None);
            cells.one(None, Rule::CheckOrFiller(Check::Optional), 1, 42, 1);
            cells.check(Check::Composite, 1, 43);
        }
        Format::MrvA => cells.below(b"V", 16, None),
        Format::MrvB => cells.below(b"V", 8, None),
        Format::FrenchIdentityCard => cells.french(),
    }
    cells.cells
}

/// The cells of one line alone, as if it were the first; a check digit that counts other lines too may be any.
pub(crate) fn cells_of_line(format: Format, line: usize, rest: Option<usize>) -> Vec<Cell> {
    let all = cells(format, rest);
    let further = all.iter().any(|cell| cell.line != line && cell.composite_weight > 0);
    let of_line = all.into_iter().filter(|cell| cell.line == line).map(|cell| Cell { line: 0, ..cell });
    let any_digit = |cell: Cell| Cell {
        rule: if cell.rule == Rule::Check(Check::Composite) { Rule::Digit } else { cell.rule },
        composite_weight: 0,
        ..cell
    };
    of_line.map(|cell| if further { any_digit(cell) } else { cell }).collect()
}

/// Where a filler stands for the check digit of a long document number, its line and column, and how many signs more there may be (Doc 9303-5,
/// 4.2.2 and 9303-6, 4.2.2).
pub(crate) const fn long_number(format: Format) -> Option<([usize; 2], usize)> {
    match format {
        Format::Td1 => Some(([0, 14], 14)),
        Format::Td2 => Some(([1, 9], 6)),
        _ => None,
    }
}

/// Which sign of those that the composite check digit counts stands there.
fn composite_place(format: Format, line: usize, column: usize) -> Option<usize> {
    let end = format.size().1 - 1;
    match (format, line, column) {
        (Format::Td1, 0, 5..) => Some(column - 5),
        (Format::Td1, 1, ..=6) => Some(25 + column),
        (Format::Td1, 1, 8..=14) => Some(24 + column),
        (Format::Td1, 1, 18..=28) => Some(21 + column),
        (Format::Td2 | Format::Td3, 1, ..=9) | (Format::FrenchIdentityCard, 0, _) => Some(column),
        (Format::Td2 | Format::Td3, 1, 13..=19) => Some(column - 3),
        (Format::Td2 | Format::Td3, 1, 21..) if column < end => Some(column - 4),
        (Format::FrenchIdentityCard, 1, _) if column < end => Some(36 + column),
        _ => None,
    }
}

struct Builder {
    format: Format,
    cells: Vec<Cell>,
}

impl Builder {
    fn head(&mut self, codes: &'static [u8]) {
        self.run(Field::DocumentCode, Rule::OneOf(codes), 0, 0..1, 0);
        self.run(Field::DocumentCode, Rule::LetterOrFiller, 0, 1..2, 0);
        self.run(Field::IssuingState, Rule::State, 0, 2..5, 0);
    }

    /// Everything of a format of two lines before its last check digits; `width` is that of the optional data.
    fn below(&mut self, codes: &'static [u8], width: usize, rest: Option<usize>) {
        self.head(codes);
        self.run(Field::Names, Rule::Names, 0, 5..self.format.size().1, 0);
        self.number_field(1, 0, rest, 28);
        self.run(Field::Nationality, Rule::State, 1, 10..13, 0);
        self.dates(13, 21);
        self.optional(1, 28, width, rest);
    }

    fn number(&mut self, line: usize, column: usize, width: usize, rest: Option<usize>) {
        self.number_field(line, column, rest, column + 10);
        self.optional(line, column + 10, width, rest);
    }

    fn number_field(&mut self, line: usize, column: usize, rest: Option<usize>, rest_column: usize) {
        let Some(rest) = rest else {
            self.run(Field::DocumentNumber, Rule::Full, line, column..column + 1, 0);
            self.run(Field::DocumentNumber, Rule::Any, line, column + 1..column + 9, 1);
            self.check(Check::DocumentNumber, line, column + 9);
            return;
        };
        self.run(Field::DocumentNumber, Rule::Full, line, column..column + 9, 0);
        self.one(None, Rule::Exactly(Sign::FILLER), line, column + 9, 9);
        self.run(Field::DocumentNumber, Rule::Full, line, rest_column..rest_column + rest, 9);
        self.check(Check::DocumentNumber, line, rest_column + rest);
    }

    fn optional(&mut self, line: usize, column: usize, width: usize, rest: Option<usize>) {
        let taken = rest.map_or(0, |rest| rest + 1);
        if taken > 0 && taken < width {
            self.run(Field::Optional, Rule::Exactly(Sign::FILLER), line, column + taken..column + taken + 1, 0);
        }
        let free = (taken + usize::from(taken > 0)).min(width);
        self.run(Field::Optional, Rule::Any, line, column + free..column + width, 0);
    }

    fn dates(&mut self, birth: usize, expiry: usize) {
        self.run(Field::BirthDate, Rule::Date, 1, birth..birth + 6, 0);
        self.check(Check::BirthDate, 1, birth + 6);
        self.run(Field::Sex, Rule::Sex, 1, expiry - 1..expiry, 0);
        self.run(Field::ExpiryDate, Rule::Date, 1, expiry..expiry + 6, 0);
        self.check(Check::ExpiryDate, 1, expiry + 6);
    }

    fn french(&mut self) {
        for (column, &letter) in b"IDFRA".iter().enumerate() {
            let field = if column < 2 { Field::DocumentCode } else { Field::IssuingState };
            self.one(Some(field), Rule::Exactly(Sign(letter - b'A')), 0, column, column);
        }
        self.run(Field::Names, Rule::Surname, 0, 5..30, 0);
        self.run(Field::Optional, Rule::Any, 0, 30..36, 0);
        // Year and month of issue, department, count.
        self.run(Field::DocumentNumber, Rule::Digit, 1, 0..4, 0);
        self.run(Field::DocumentNumber, Rule::Full, 1, 4..7, 4);
        self.run(Field::DocumentNumber, Rule::Digit, 1, 7..12, 7);
        self.check(Check::DocumentNumber, 1, 12);
        self.run(Field::GivenNames, Rule::GivenNames, 1, 13..27, 0);
        self.run(Field::BirthDate, Rule::Date, 1, 27..33, 0);
        self.check(Check::BirthDate, 1, 33);
        self.run(Field::Sex, Rule::Sex, 1, 34..35, 0);
        self.check(Check::Composite, 1, 35);
    }

    fn check(&mut self, check: Check, line: usize, column: usize) {
        self.one(None, Rule::Check(check), line, column, 1);
    }

    /// Cells of one field; `place` is that of the first one within the field.
    fn run(&mut self, field: Field, rule: Rule, line: usize, columns: Range<usize>, place: usize) {
        for (nth, column) in columns.enumerate() {
            self.one(Some(field), rule, line, column, place + nth);
        }
    }

    fn one(&mut self, field: Option<Field>, rule: Rule, line: usize, column: usize, place: usize) {
        let composite = composite_place(self.format, line, column);
        let has_digit =
            matches!(field, Some(Field::DocumentNumber | Field::BirthDate | Field::ExpiryDate | Field::Optional));
        self.cells.push(Cell {
            line,
            column,
            field,
            rule,
            place,
            own_weight: if has_digit { WEIGHTS[place % 3] } else { 0 },
            composite_weight: composite.map_or(0, |place| WEIGHTS[place % 3]),
        });
    }
}
