//! Writes zones as Doc 9303 lays them out. In: what a document says. Out: its lines. Does not know: how they are printed.

use crate::{check_digit, name::transliterate};

/// What a zone says; dates are `YYMMDD`, sex is `M`, `F` or `<`.
#[derive(Clone, Debug)]
pub struct Entry<'a> {
    /// One or two letters: `P`, `I`, `ID`, `AR`, `V`.
    pub kind: &'a str,
    /// Up to three letters.
    pub issuer: &'a str,
    /// Family name, as written for people.
    pub surname: &'a str,
    /// Given names, as written for people.
    pub given: &'a str,
    /// Number of the document.
    pub number: &'a str,
    /// Up to three letters.
    pub nationality: &'a str,
    /// Date of birth.
    pub birth: &'a str,
    /// Sex.
    pub sex: char,
    /// Date of expiry.
    pub expiry: &'a str,
    /// Optional data; the first line's in TD1.
    pub optional: &'a str,
    /// Optional data of TD1's second line.
    pub more: &'a str,
}

/// The three lines of 30 of a card of format TD1 (part 5).
pub fn td1(entry: &Entry) -> Vec<String> {
    let (number, optional) = number_and_optional(entry, 15);
    let first = format!("{}{}{number}{optional}", fill(entry.kind, 2), fill(entry.issuer, 3));
    let dates = dates(entry);
    let more = fill(entry.more, 11);
    let checked = format!("{}{dates}{more}", &first[5..]);
    let second = format!(
        "{}{}{}{more}{}",
        &dates[..7],
        entry.sex,
        &format!("{}{}", &dates[7..], fill(entry.nationality, 3)),
        check_digit(&checked)
    );
    vec![first, second, names(entry, 30)]
}

/// The two lines of 36 of a card of format TD2 (part 6).
pub fn td2(entry: &Entry) -> Vec<String> {
    let (number, optional) = number_and_optional(entry, 7);
    let dates = dates(entry);
    let all = check_digit(&format!("{number}{dates}{optional}"));
    vec![head(entry, 36), format!("{}{optional}{all}", middle(entry, &number, &dates))]
}

/// The two lines of 44 of a passport's data page (part 4).
pub fn td3(entry: &Entry) -> Vec<String> {
    let number = checked(entry.number, 9);
    let dates = dates(entry);
    let personal = fill(entry.optional, 14);
    // An empty field's check digit may be left out (part 4, 4.2.2.2).
    let digit = if entry.optional.is_empty() { '<' } else { check_digit(&personal) };
    let all = check_digit(&format!("{number}{dates}{personal}{digit}"));
    vec![head(entry, 44), format!("{}{personal}{digit}{all}", middle(entry, &number, &dates))]
}

/// The two lines of 44 of a visa of format A (part 7).
pub fn mrv_a(entry: &Entry) -> Vec<String> {
    visa(entry, 44)
}

/// The two lines of 36 of a visa of format B (part 7).
pub fn mrv_b(entry: &Entry) -> Vec<String> {
    visa(entry, 36)
}

fn visa(entry: &Entry, width: usize) -> Vec<String> {
    let start = middle(entry, &checked(entry.number, 9), &dates(entry));
    vec![head(entry, width), format!("{start}{}", fill(entry.optional, width - start.len()))]
}

fn head(entry: &Entry, width: usize) -> String {
    format!("{}{}{}", fill(entry.kind, 2), fill(entry.issuer, 3), names(entry, width - 5))
}

fn middle(entry: &Entry, number: &str, dates: &str) -> String {
    format!("{number}{}{}{}{}", fill(entry.nationality, 3), &dates[..7], entry.sex, &dates[7..])
}

/// Both dates with their check digits.
fn dates(entry: &Entry) -> String {
    checked(entry.birth, 6) + &checked(entry.expiry, 6)
}

fn checked(field: &str, width: usize) -> String {
    let field = fill(field, width);
    let digit = check_digit(&field);
    format!("{field}{digit}")
}

/// The number's field and its check digit, and the optional data after it. A number of more than nine characters goes on in
/// the optional data, with a filler where its check digit would be (part 5, 4.2.2; part 6, 4.2.2).
fn number_and_optional(entry: &Entry, width: usize) -> (String, String) {
    let number = transliterate(entry.number);
    if number.len() <= 9 {
        return (checked(&number, 9), fill(entry.optional, width));
    }
    let (start, rest) = number.split_at(9);
    let rest: String = rest.chars().take(width - 2).collect();
    let digit = check_digit(&format!("{start}{rest}"));
    (format!("{start}<"), fill(&format!("{rest}{digit}<{}", transliterate(entry.optional)), width))
}

/// Family name, two fillers, given names. Where they do not fit, the end is cut, but a given name keeps its first letter
/// (part 3, 4.2.3).
fn names(entry: &Entry, width: usize) -> String {
    let (surname, given) = (transliterate(entry.surname), transliterate(entry.given));
    if given.is_empty() {
        return fill(&surname, width);
    }
    let kept: String = surname.chars().take(width - 3).collect();
    fill(&format!("{kept}<<{given}"), width)
}

/// Cut or filled to a width.
fn fill(field: &str, width: usize) -> String {
    let field = transliterate(field);
    format!("{:<<width$}", field.chars().take(width).collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The specimen of Doc 9303.
    const ERIKSSON: Entry = Entry {
        kind: "P",
        issuer: "UTO",
        surname: "Eriksson",
        given: "Anna Maria",
        number: "L898902C3",
        nationality: "UTO",
        birth: "740812",
        sex: 'F',
        expiry: "120415",
        optional: "ZE184226B",
        more: "",
    };

    #[test]
    fn a_passport_reads_as_the_specimen() {
        assert_eq!(
            td3(&ERIKSSON),
            ["P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10"]
        );
    }

    #[test]
    fn cards_read_as_the_specimens() {
        let card = Entry { kind: "I", number: "D23145890", optional: "", ..ERIKSSON };
        assert_eq!(
            td1(&card),
            ["I<UTOD231458907<<<<<<<<<<<<<<<", "7408122F1204159UTO<<<<<<<<<<<6", "ERIKSSON<<ANNA<MARIA<<<<<<<<<<"]
        );
        assert_eq!(td2(&card), ["I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<", "D231458907UTO7408122F1204159<<<<<<<6"]);
    }

    #[test]
    fn a_long_number_goes_on_in_the_optional_data() {
        let card = Entry {
            kind: "I",
            number: "D23145890734",
            surname: "Stevenson",
            given: "Peter John",
            birth: "340712",
            sex: 'M',
            expiry: "950712",
            optional: "",
            ..ERIKSSON
        };
        assert_eq!(
            td1(&card),
            ["I<UTOD23145890<7349<<<<<<<<<<<", "3407127M9507122UTO<<<<<<<<<<<2", "STEVENSON<<PETER<JOHN<<<<<<<<<"]
        );
    }

    #[test]
    fn visas_read_as_the_specimens_of_a_citizen_of_utopia() {
        let visa = Entry {
            kind: "V",
            number: "L8988901C",
            nationality: "UTO",
            birth: "400907",
            sex: 'F',
            expiry: "961210",
            optional: "6ZE184226B",
            ..ERIKSSON
        };
        assert_eq!(
            mrv_a(&visa),
            ["V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L8988901C4UTO4009078F96121096ZE184226B<<<<<<"]
        );
        let short = Entry { optional: "", ..visa };
        assert_eq!(mrv_b(&short), ["V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<", "L8988901C4UTO4009078F9612109<<<<<<<<"]);
    }

    #[test]
    fn names_are_cut() {
        let long = Entry { surname: "Bennelongwooloomooloowarrandyte", given: "Anna Maria", ..ERIKSSON };
        assert_eq!(td1(&long)[2], "BENNELONGWOOLOOMOOLOOWARRAN<<A");
        let alone = Entry { given: "", ..ERIKSSON };
        assert_eq!(td1(&alone)[2], "ERIKSSON<<<<<<<<<<<<<<<<<<<<<<");
    }
}
