//! Whether what is printed on a document and a zone are of one document. In: phrases as a reader of print tells them, a zone, today.
//! Out: yes, no, or that too little can be read. Does not know: pictures, which side is which.

use std::ops::RangeInclusive;

use crate::{Date, Zone};

/// Months as documents of ICAO write them (Doc 9303-3, 3).
const MONTHS: [&str; 12] = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];

/// How print and a zone go together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Printed {
    /// The document's number is printed, or the date of birth with that of expiry or with all names.
    Same,
    /// Two dates are printed, and neither number, date of birth nor a name of the zone, nor anything near to one of them.
    Other,
    /// Neither can be told.
    Unclear,
}

/// What a letter costs that is read as another one, is missing or too many …
const WRONG: f32 = 1.0;
/// … that looks like the other …
const ALIKE: f32 = 0.4;
/// … or that stands beside its like: two of them are easily read as one, and one as two.
const DOUBLE: f32 = 0.25;
/// Letters that are alike in some type.
const LIKE: [&str; 9] = ["0ODQ", "1IL7T", "2Z7", "5S", "6GC", "8B", "UV", "MN", "4A"];
/// Cost a letter, up to which a text is found; and beyond which a number or date of birth, or a name, is surely another one: three signs of nine, two
/// letters of a name of seven. Of 24 drawn fronts none was taken for another's so (`crates/specimen/tests/print.rs`).
const FOUND: f32 = 0.14;
const ELSE: f32 = 0.3;
const ELSE_OF_NAME: f32 = 0.26;
/// Letters of a text that tells anything.
const TELLING: usize = 4;
/// Ways to write a date with four digits of its year.
const WHOLE: usize = 4;
/// Years of dates that documents have.
const YEARS: RangeInclusive<u16> = 1900..=2099;

/// Compares what is printed in pictures of one side of a document with what a zone says. It goes with the zone if what one of them shows does, or all
/// of them together and none shows another's; it is another's if one of them shows that and all together do.
pub fn printed_on_all<P: AsRef<str>>(pictures: &[impl AsRef<[P]>], zone: &Zone, today: Date) -> Printed {
    let alone: Vec<Printed> = pictures.iter().map(|phrases| printed(phrases.as_ref(), zone, today)).collect();
    let together: Vec<&P> = pictures.iter().flat_map(AsRef::as_ref).collect();
    let shows = |told| alone.contains(&told);
    match printed(&together, zone, today) {
        _ if shows(Printed::Same) => Printed::Same,
        Printed::Same if !shows(Printed::Other) => Printed::Same,
        Printed::Other if shows(Printed::Other) => Printed::Other,
        _ => Printed::Unclear,
    }
}

/// Compares what is printed in one picture with what a zone says. Signs are those of zones; what is between words is not compared.
pub fn printed(phrases: &[impl AsRef<str>], zone: &Zone, today: Date) -> Printed {
    let read: Vec<String> = phrases.iter().map(|phrase| letters(phrase.as_ref())).collect();
    // What is too short to tell anything, or not known, is neither found nor another.
    let best = |text: &str| {
        let text = letters(text);
        let each = read.iter().map(|phrase| cost(&text, phrase));
        (text.len() >= TELLING).then(|| each.fold(f32::INFINITY, f32::min))
    };
    let date = |ways: &[String]| ways.iter().filter_map(|way| best(way)).reduce(f32::min);
    let number = best(&zone.document_number());
    let born = zone.birth_date().and_then(|date| date.birth(today)).map_or_else(Vec::new, ways);
    let birth = date(&born);
    let expiry = date(&zone.expiry_date().and_then(|date| date.expiry(today)).map_or_else(Vec::new, ways));
    let names = [best(&zone.surname()), best(&zone.given_names())];
    let found = |cost: Option<f32>| cost.is_some_and(|cost| cost <= FOUND);
    if found(number) || found(birth) && (found(expiry) || names.into_iter().all(found)) {
        return Printed::Same;
    }
    let beyond = |cost: Option<f32>, limit: f32| cost.is_some_and(|cost| cost > limit);
    let another = beyond(number, ELSE) && beyond(date(&born[..born.len().min(WHOLE)]), ELSE) && !found(expiry);
    let nobody = names.iter().flatten().count() > 0 && names.into_iter().flatten().all(|cost| cost > ELSE_OF_NAME);
    if another && nobody && has_two_dates(phrases) { Printed::Other } else { Printed::Unclear }
}

/// Whether two phrases tell dates that no slip of a reader makes of each other.
fn has_two_dates(phrases: &[impl AsRef<str>]) -> bool {
    let dates: Vec<(usize, String)> = phrases
        .iter()
        .enumerate()
        .flat_map(|(at, phrase)| dates(phrase.as_ref()).into_iter().map(move |date| (at, date)))
        .collect();
    let apart = |(at, one): &(usize, String), (other_at, other): &(usize, String)| {
        at != other_at && cost(one, other) > ELSE && cost(other, one) > ELSE
    };
    dates.iter().any(|one| dates.iter().any(|other| apart(one, other)))
}

/// Without what is between words.
fn letters(text: &str) -> String {
    text.chars().filter(char::is_ascii_alphanumeric).collect()
}

/// How documents write a date: by digits in any order, and by the English month as Doc 9303-3, 3 has it; the first [`WHOLE`] with the
/// whole year. None if not all of it is known.
fn ways(date: Date) -> Vec<String> {
    let (Date { year, month: Some(month), day: Some(day) }, Some(name)) =
        (date, date.month.and_then(|month| MONTHS.get(usize::from(month) - 1)))
    else {
        return Vec::new();
    };
    let short = year % 100;
    vec![
        format!("{day:02}{month:02}{year}"),
        format!("{year}{month:02}{day:02}"),
        format!("{month:02}{day:02}{year}"),
        format!("{day:02}{name}{year}"),
        format!("{day:02}{month:02}{short:02}"),
        format!("{day:02}{name}{short:02}"),
    ]
}

/// The dates of a phrase, as documents write them: `12<08<1964`, also with the year first; `12AUG1964`, with the month in another language too;
/// `12081964`, where spaces part them.
fn dates(phrase: &str) -> Vec<String> {
    let parts: Vec<&str> = phrase.split('<').filter(|part| !part.is_empty()).collect();
    let parted = |part: &[&str]| {
        let (first, middle, last) = (ending(part[0]), part[1], beginning(part[2]));
        let in_order = is_day(first) && is_year(last) || is_year(first) && first.len() == 4 && is_day(last);
        (in_order && is_month(middle)).then(|| format!("{first}{middle}{last}"))
    };
    let named = |(at, name): (usize, &str)| {
        let (day, year) =
            (ending(&phrase[..at]), beginning(phrase[at..].trim_start_matches(|sign: char| !sign.is_ascii_digit())));
        (is_day(day) && is_year(year)).then(|| format!("{day}{name}{year}"))
    };
    let in_one = |run: &&str| {
        let fits = |day: &str, month: &str, year: &str| is_day(day) && is_month(month) && is_year(year);
        run.len() == 8 && (fits(&run[..2], &run[2..4], &run[4..]) || fits(&run[6..], &run[4..6], &run[..4]))
    };
    let runs = phrase.split(|sign: char| !sign.is_ascii_digit()).filter(in_one).map(str::to_owned);
    let by_name = MONTHS.iter().flat_map(|month| phrase.match_indices(month)).filter_map(named);
    parts.windows(3).filter_map(parted).chain(by_name).chain(runs).collect()
}

fn ending(text: &str) -> &str {
    &text[text.trim_end_matches(|sign: char| sign.is_ascii_digit()).len()..]
}

fn beginning(text: &str) -> &str {
    &text[..text.len() - text.trim_start_matches(|sign: char| sign.is_ascii_digit()).len()]
}

fn is_day(digits: &str) -> bool {
    digits.len() <= 2 && digits.parse().is_ok_and(|day: u8| (1..=31).contains(&day))
}

fn is_month(digits: &str) -> bool {
    digits.len() <= 2 && digits.parse().is_ok_and(|month: u8| (1..=12).contains(&month))
}

fn is_year(digits: &str) -> bool {
    digits.len() == 2 || digits.len() == 4 && digits.parse().is_ok_and(|year| YEARS.contains(&year))
}

/// The least that it costs, a letter, to read a text as some part of a phrase (Sellers 1980). An `E` after `A`, `O` or `U` may be a mark.
fn cost(text: &str, phrase: &str) -> f32 {
    let (text, phrase) = (text.as_bytes(), phrase.as_bytes());
    let mut last = vec![0.0; phrase.len() + 1];
    for (at, &letter) in text.iter().enumerate() {
        let before = at.checked_sub(1).map(|before| text[before]);
        let missing = match before {
            Some(before) if before == letter => DOUBLE,
            Some(b'A' | b'O' | b'U') if letter == b'E' => 0.0,
            _ => WRONG,
        };
        let mut next = vec![last[0] + missing];
        for (place, &read) in phrase.iter().enumerate() {
            let more = if place > 0 && phrase[place - 1] == read { DOUBLE } else { WRONG };
            let read_as = last[place] + unlike(letter, read);
            next.push(read_as.min(last[place + 1] + missing).min(next[place] + more));
        }
        last = next;
    }
    last.into_iter().fold(f32::INFINITY, f32::min) / text.len() as f32
}

fn unlike(a: u8, b: u8) -> f32 {
    let alike = || LIKE.iter().any(|like| [a, b].iter().all(|letter| like.as_bytes().contains(letter)));
    if a == b {
        0.0
    } else if alike() {
        ALIKE
    } else {
        WRONG
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        parse,
        write::{Entry, td1},
    };

    const TODAY: Date = Date::new(2026, 11, 30);

    fn zone() -> Zone {
        let lines = td1(&Entry {
            kind: "ID",
            issuer: "D",
            surname: "Müller",
            given: "Erika Anna",
            number: "L22N0T478",
            nationality: "D",
            birth: "640812",
            sex: 'F',
            expiry: "291031",
            optional: "",
            more: "",
        });
        parse(&lines.iter().map(String::as_str).collect::<Vec<_>>()).expect("a zone")
    }

    const FRONT: [&str; 8] = [
        "BUNDESREPUBLIKDEUTSCHLAND",
        "L22N0T478",
        "MULLER",
        "ERIKA<ANNA",
        "12<08<1964DEUTSCH",
        "BERLIN",
        "31<10<2029123456",
        "UNTERSCHRIFT",
    ];

    #[test]
    fn a_front_goes_with_its_back() {
        assert_eq!(printed(&FRONT, &zone(), TODAY), Printed::Same);
        // Each of these is enough.
        assert_eq!(printed(&["L22N0T478"], &zone(), TODAY), Printed::Same);
        assert_eq!(printed(&["12<08<1964", "31<10<2029"], &zone(), TODAY), Printed::Same);
        assert_eq!(printed(&["MULER", "ERIKAANNA", "GEB12AUG1964"], &zone(), TODAY), Printed::Same);
    }

    #[test]
    fn signs_that_look_like_others_and_a_lost_double_do_not_matter() {
        assert_eq!(printed(&["L2ZNOT47B"], &zone(), TODAY), Printed::Same);
        assert_eq!(printed(&["L2N0T478"], &zone(), TODAY), Printed::Same);
        assert_eq!(printed(&["L22N0T999"], &zone(), TODAY), Printed::Unclear);
    }

    #[test]
    fn another_persons_front_is_told() {
        let other = ["PERSONALAUSWEIS", "LZ6311T47", "SCHMIDT", "HANS", "03<02<1988", "HAMBURG", "14<07<2031"];
        assert_eq!(printed(&other, &zone(), TODAY), Printed::Other);
    }

    #[test]
    fn the_same_name_or_one_date_makes_no_one_the_same() {
        let sister = ["LZ6311T47", "MULLER", "ANNA", "03<02<1988", "14<07<2031"];
        assert_eq!(printed(&sister, &zone(), TODAY), Printed::Unclear);
        let twin = ["LZ6311T47", "MULLER", "ANNA", "12<08<1964", "14<07<2031"];
        assert_eq!(printed(&twin, &zone(), TODAY), Printed::Unclear);
        let as_old = ["LZ6311T47", "SCHMIDT", "HANS", "12<08<1964", "14<07<2031"];
        assert_eq!(printed(&as_old, &zone(), TODAY), Printed::Unclear);
    }

    #[test]
    fn what_cannot_be_compared_is_no_difference() {
        let other = ["LZ6311T47", "SCHMIDT", "HANS", "03<02<1988", "14<07<2031"];
        let lines = |surname, given, birth| {
            let lines = td1(&Entry {
                kind: "ID",
                issuer: "D",
                surname,
                given,
                number: "L22N0T478",
                nationality: "D",
                birth,
                sex: 'F',
                expiry: "291031",
                optional: "",
                more: "",
            });
            parse(&lines.iter().map(String::as_str).collect::<Vec<_>>()).expect("a zone")
        };
        assert_eq!(printed(&other, &lines("Wang", "Xiaoming", "640812"), TODAY), Printed::Other);
        assert_eq!(printed(&other, &lines("Li", "Wei", "640812"), TODAY), Printed::Unclear, "names of three letters");
        assert_eq!(printed(&other, &lines("Wang", "Xiaoming", "64<<<<"), TODAY), Printed::Unclear, "no date of birth");
    }

    #[test]
    fn print_that_can_hardly_be_read_says_nothing() {
        for phrases in [
            &[] as &[&str],
            &["PERSONALAUSWEIS", "SCHMIDT"],
            &["PERSONALAUSWEIS", "03<02<1988"],
            &["03<02<1988", "03<02<198B", "3<02<1988"],
            &["L22NT8", "MIILER", "1Z<0B<19G4", "03<02<1988", "14<07<2031"],
            &["12<08<19<64", "SCHMIDT"],
        ] {
            assert_eq!(printed(phrases, &zone(), TODAY), Printed::Unclear, "{phrases:?}");
        }
    }

    #[test]
    fn dates_are_what_people_write_as_dates() {
        assert_eq!(dates("GEB12<08<1964DEUTSCH"), ["12081964"]);
        assert_eq!(dates("<1<5<64<"), ["1564"]);
        assert_eq!(dates("1964<08<12"), ["19640812"]);
        assert_eq!(dates("12AUG1964"), ["12AUG1964"]);
        assert_eq!(dates("12<AUG<AOUT<64X"), [""; 0], "the day is parted");
        assert_eq!(dates("12AUG<AOUT64"), ["12AUG64"]);
        assert_eq!(dates("12081964"), ["12081964"]);
        for none in [
            "99081964",
            "120819641",
            "123<08<1964",
            "12<888<1964",
            "12<08<19641",
            "12<AUG<1964",
            "12<08",
            "99<99<9999",
            "12<08<196",
        ] {
            assert_eq!(dates(none), [""; 0], "{none}");
        }
    }

    #[test]
    fn fronts_as_they_are_read_in_pictures() {
        let lines =
            ["IDD<<65484144001130415150<<<<<", "7709036F3505023D<<<<<<<<<<<<<3", "GRUENWALD<<TANE<ELENI<<<<<<<<<"];
        let zone = parse(&lines).expect("a zone");
        let own = [
            "GHRANDPDUICEIHTYO1FZAELENIA",
            "GARETAKOD9EOCIDYANDYAO",
            "SOFUOB<DAACHO<UIDILACTCD<OS<LANS<COTUO",
            "1GRITNWAID",
            "IBK<UBENMALACEZ<IAIELIETNILUANMAGO<UELAACO<40SLASACDAD",
            "197<09<03",
            "UASILA",
            "ZILN",
            "SANITEANMNO",
            "NGIFE8<COA",
            "2035<05<02",
            "2025<05<02",
            "8CO<VUOMTLAECO<OSTASCO<USLUHECNO",
            "65484140",
            "A1D2<560IN1ELNIUO<GALA<N<CDO<QSLAACO<USRILAS4CGE",
            "1<15956CM",
            "GOSILA<TEODOODSICA<ACO<USILACOD<D",
        ];
        assert_eq!(printed(&own, &zone, TODAY), Printed::Same);
        let strangers = [
            "CGRANDDUICRIYO1FZIELENIA",
            "CGARTAKOD9EOC<IDANDANO",
            "AECO<ODBID<LICTA<LUISLACIODO<OSLA",
            "EOCNUESILDHNCICH<DSLAKETCOUDSAEATACOATOGEN",
            "NOTHONEMN",
            "IAKDUENUAZAZO0E<ACO<USKLALCO<DUETLASACO<40ISRLA4COADUE",
            "04<06<1939",
            "AAF",
            "USICA",
            "ZLIN",
            "LNSCO<DOSTAKO<KQOSLAAECE<",
            "PORTSELWYN",
            "ACDO<OURALA",
            "ALAKLCO",
            "23<08<2035",
            "23<08<2025",
            "8ECMOUINHLAECO<0OSTASCOFLUBSLHNICO",
            "84080834",
            "10D<PORTOEIWYVDTAVANCO<USLAACO<DUELUA4CG",
            "1<179CM",
        ];
        assert_eq!(printed(&strangers, &zone, TODAY), Printed::Other);
    }
}
