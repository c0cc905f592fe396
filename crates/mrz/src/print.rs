//! Whether what is printed on a document and a zone are of one document. In: phrases as a reader of print tells them, a zone, today.
//! Out: yes, no, or that too little can be read. Does not know: pictures, which side is which.

use crate::{Date, Zone};

/// How print and a zone go together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Printed {
    /// The document's number is printed, or the date of birth with that of expiry or a name.
    Same,
    /// Two dates are printed, and nothing that comes near anything the zone says.
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
/// Cost a letter, up to which a text is found; and beyond which a number or date, or a name, is surely another one. Names are shorter.
const FOUND: f32 = 0.14;
const ELSE: f32 = 0.25;
const ELSE_OF_NAME: f32 = 0.2;
/// Letters of a text that tells anything, and of one that is as telling as a number.
const TELLING: usize = 4;

/// Compares what is printed with what a zone says. Signs are those of zones; what is between words is not compared.
pub fn printed(phrases: &[impl AsRef<str>], zone: &Zone, today: Date) -> Printed {
    let read: Vec<String> = phrases.iter().map(|phrase| letters(phrase.as_ref())).collect();
    let best = |text: &str| {
        let text = letters(text);
        let each = read.iter().map(|phrase| cost(&text, phrase));
        if text.len() < TELLING { f32::INFINITY } else { each.fold(f32::INFINITY, f32::min) }
    };
    let date = |date: Option<Date>| {
        let ways = date.map_or_else(Vec::new, ways);
        ways.iter().map(|way| best(way)).fold(f32::INFINITY, f32::min)
    };
    let number = best(&zone.document_number());
    let birth = date(zone.birth_date().and_then(|date| date.birth(today)));
    let expiry = date(zone.expiry_date().and_then(|date| date.expiry(today)));
    let name = best(&zone.surname()).min(best(&zone.given_names()));
    if number <= FOUND || birth <= FOUND && expiry.min(name) <= FOUND {
        return Printed::Same;
    }
    let nothing = number.min(birth).min(expiry) > ELSE && name > ELSE_OF_NAME;
    if nothing && tells(phrases) { Printed::Other } else { Printed::Unclear }
}

/// Whether so much is printed that it must be of one document with a zone or of another: two dates, as of birth and of expiry.
pub fn tells(phrases: &[impl AsRef<str>]) -> bool {
    let dates: Vec<String> = phrases.iter().flat_map(|phrase| dates(phrase.as_ref())).collect();
    dates.iter().any(|one| dates.iter().any(|other| cost(one, other) > ELSE && cost(other, one) > ELSE))
}

/// Without what is between words.
fn letters(text: &str) -> String {
    text.chars().filter(char::is_ascii_alphanumeric).collect()
}

/// How documents write a date: by digits in any order, and by the English month as Doc 9303-3, 3 has it. None if not all of it is known.
fn ways(date: Date) -> Vec<String> {
    const MONTHS: [&str; 12] = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
    let (Date { year, month: Some(month), day: Some(day) }, Some(name)) =
        (date, date.month.and_then(|month| MONTHS.get(usize::from(month) - 1)))
    else {
        return Vec::new();
    };
    let short = year % 100;
    vec![
        format!("{day:02}{month:02}{year}"),
        format!("{day:02}{month:02}{short:02}"),
        format!("{year}{month:02}{day:02}"),
        format!("{month:02}{day:02}{year}"),
        format!("{day:02}{name}{year}"),
        format!("{day:02}{name}{short:02}"),
    ]
}

/// The dates of a phrase, as people write them who part day, month and year, in this order or the other: `12<08<1964`. Digits of the year may be lost
/// where it comes last.
fn dates(phrase: &str) -> Vec<String> {
    let parts: Vec<&str> = phrase.split('<').filter(|part| !part.is_empty()).collect();
    let digit = |sign: char| sign.is_ascii_digit();
    let date = |part: &[&str]| {
        let (before, middle, after) = (part[0], part[1], part[2]);
        let first = &before[before.trim_end_matches(digit).len()..];
        let last = &after[..after.len() - after.trim_start_matches(digit).len()];
        let day = |part: &str| (1..=2).contains(&part.len());
        let in_order = day(first) && (2..=4).contains(&last.len()) || first.len() == 4 && day(last);
        (in_order && day(middle) && middle.chars().all(digit)).then(|| format!("{first}{middle}{last}"))
    };
    parts.windows(3).filter_map(date).collect()
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
        assert_eq!(printed(&["MULER", "12<08<1964"], &zone(), TODAY), Printed::Same);
        assert_eq!(printed(&["ERIKAANNA", "GEB12AUG1964"], &zone(), TODAY), Printed::Same);
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
        let as_old = ["LZ6311T47", "SCHMIDT", "HANS", "12<08<1964", "14<07<2031"];
        assert_eq!(printed(&as_old, &zone(), TODAY), Printed::Unclear);
    }

    #[test]
    fn print_that_can_hardly_be_read_says_nothing() {
        for phrases in [
            &[] as &[&str],
            &["PERSONALAUSWEIS", "SCHMIDT"],
            &["PERSONALAUSWEIS", "03<02<1988"],
            &["03<02<1988", "03<02<198B", "3<02<1988"],
            &["L2NT8", "MIILR", "1Z<0B<19G4", "03<02<1988", "14<07<2031"],
        ] {
            assert_eq!(printed(phrases, &zone(), TODAY), Printed::Unclear, "{phrases:?}");
        }
    }

    #[test]
    fn dates_are_what_people_write_as_dates() {
        assert_eq!(dates("GEB12<08<1964DEUTSCH"), ["12081964"]);
        assert_eq!(dates("<1<5<64<"), ["1564"]);
        for none in ["12081964", "123<08<1964", "12<888<1964", "12<08<19641", "12<AUG<1964", "12<08"] {
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
