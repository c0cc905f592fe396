//! Invented states, people and texts. Nothing here names a real state or is meant for a real person.

use super::{chance::Chance, mrz, says::Says};
use crate::Rng;

const STATES: &[(&str, &str)] = &[
    ("Utopia", "UTO"),
    ("Freiland", "FRN"),
    ("Norland", "NRL"),
    ("Arvenia", "ARV"),
    ("Kestland", "KST"),
    ("Mirovia", "MIV"),
    ("Tessalland", "TSL"),
    ("Sudria", "SDR"),
    ("Valtora", "VTA"),
    ("Lumeria", "LUM"),
    ("Caldora", "CDO"),
    ("Ilmarien", "ILM"),
    ("Soltania", "SOT"),
    ("Vestrien", "VSN"),
    ("Eldmark", "EDM"),
    ("Andovia", "ADV"),
    ("Pelagien", "PLG"),
    ("Tramontana", "TMT"),
    ("Ørmeland", "ORM"),
    ("Côte-Brune", "CBR"),
    ("Hügelland", "HGL"),
    ("Santa Verena", "SVR"),
    ("Zelenia", "ZLN"),
    ("Łąkowia", "LKW"),
    ("Três Ilhas", "TIL"),
    ("Светлогорье", "SVG"),
    ("Зелена", "ZEL"),
    ("Νέα Θάλασσα", "NTH"),
];
const FORMS: &[&str] = &[
    "Republic of",
    "Republik",
    "République de",
    "Repubblica di",
    "República de",
    "Kingdom of",
    "Königreich",
    "Federation of",
    "Grand Duchy of",
    "Principality of",
    "United Provinces of",
    "Rzeczpospolita",
    "Konungariket",
    "Република",
    "Федерация",
    "Δημοκρατία",
];
/// Codes as they stand in zones of all the world.
#[rustfmt::skip]
const CODES: &[&str] = &[
    "D", "AUT", "CHE", "FRA", "ITA", "ESP", "PRT", "NLD", "BEL", "LUX", "DNK", "SWE", "NOR", "FIN", "ISL", "IRL",
    "GBR", "POL", "CZE", "SVK", "HUN", "ROU", "BGR", "HRV", "SVN", "SRB", "GRC", "TUR", "UKR", "USA", "CAN", "MEX",
    "BRA", "ARG", "CHL", "PER", "COL", "JPN", "KOR", "CHN", "IND", "PAK", "VNM", "THA", "AUS", "NZL", "ZAF", "EGY",
    "MAR", "NGA", "KEN", "QAT", "ARE", "ISR", "XXA", "XXB", "XXC", "EUE", "UNO",
];
#[rustfmt::skip]
const SURNAMES: &[&str] = &[
    "Muster", "Beispiel", "Lindqvist", "Öztürk", "Grünwald", "Fährmann", "Köhler", "Weiß", "Jørgensen", "Ångström",
    "Novák", "Dvořáková", "Kowalczyk", "Wiśniewski", "Horváth", "Szabó", "Ionescu", "Popović", "Marković", "Ivanova",
    "Rossi", "Esposito", "D'Amico", "García", "Fernández", "Muñoz", "Gonçalves", "Araújo", "Dubois", "Lefèvre",
    "Châtelain", "O'Brien", "MacTavish", "Smith-Jones", "van der Velde", "de Groot", "Papadakis", "Yılmaz", "Şahin",
    "Nguyen", "Tran", "Singh", "Rahman", "Haddad", "Benali", "Okafor", "Mbeki", "Tanaka", "Kimura", "Park", "Li",
    "Zhang", "Eriksson", "Specimen", "Traveller", "Example", "Probst", "Zimmermann", "Schönfeld", "Brücke", "Ek", "Ó",
    "von Hohenstein-Waldburg", "Vasconcelos e Albuquerque",
];
#[rustfmt::skip]
const WOMEN: &[&str] = &[
    "Anna", "Maria", "Zoë", "Léa", "Chloé", "Jördis", "Käthe", "Ingrid", "Åsa", "Sørine", "Agnieszka", "Zuzana",
    "Eszter", "Ioana", "Milica", "Olga", "Giulia", "Lucía", "Begoña", "Conceição", "Amélie", "Siobhán", "Fiona",
    "Saskia", "Eleni", "Ayşe", "Linh", "Priya", "Fatima", "Amina", "Ngozi", "Yuki", "Min-ji", "Mei", "Charlotte",
    "Erika", "Marianne",
];
#[rustfmt::skip]
const MEN: &[&str] = &[
    "Max", "Jürgen", "Björn", "Søren", "Lars", "Łukasz", "Jiří", "László", "Ștefan", "Nikola", "Ivan", "Luca", "José",
    "Íñigo", "João", "François", "Benoît", "Seán", "Hamish", "Willem", "Nikos", "Mehmet", "Minh", "Arjun", "Omar",
    "Karim", "Chidi", "Thabo", "Haruto", "Jae-won", "Wei", "Karl-Heinz", "Anton", "Peter", "Günther", "Alexander",
    "Jean-Pierre",
];
#[rustfmt::skip]
const PLACES: &[&str] = &[
    "Musterstadt", "Grünau", "Neuhaven", "Altenbrück", "Port Selwyn", "Sankt Ägid", "Ostrava Nova", "Città Alta",
    "Vila Branca", "Østerby", "Málaxa", "Kőhegy", "Łąka", "Krásná Lhota", "Ville-sur-Lys", "San Telmo", "Ravnica",
    "Nordhafen", "Brunnthal", "Weston Ferry", "Lindö", "Tarnowiec", "Calverton", "Zell am Moor",
];
const STREETS: &[&str] = &[
    "Lindenallee",
    "Hafenstraße",
    "Rue des Tilleuls",
    "Via Garofano",
    "Calle Mayor",
    "Birch Lane",
    "Mill Road",
    "Kirkegata",
    "Ulica Polna",
    "Heidestraße",
    "Marktplatz",
    "Station Road",
    "Rua Nova",
    "Kanalgasse",
];
#[rustfmt::skip]
const SYLLABLES: &[&str] = &[
    "ba", "ber", "bo", "cho", "da", "del", "do", "dra", "el", "en", "fa", "fer", "gar", "go", "gri", "ha", "hel", "i",
    "ja", "jo", "ka", "kel", "ko", "la", "len", "li", "lo", "ma", "men", "mi", "mo", "na", "ne", "nor", "o", "pa",
    "per", "pi", "qua", "ra", "ren", "ri", "ro", "sa", "schi", "sen", "si", "sto", "ta", "ten", "ti", "tor", "u",
    "va", "ve", "vi", "wa", "wer", "xi", "ya", "yo", "za", "ze", "zi", "ä", "ö", "ü", "ñe", "ça", "ří", "łu",
];
#[rustfmt::skip]
const WORDS: &[&str] = &[
    "der", "die", "und", "in", "den", "von", "zu", "mit", "sich", "des", "auf", "für", "ist", "im", "dem", "nicht",
    "ein", "Antrag", "Bescheid", "Rechnung", "Vertrag", "gemäß", "Betrag", "Kunde", "bitte", "the", "of", "and", "to",
    "a", "for", "with", "that", "as", "by", "we", "your", "account", "payment", "within", "notice", "service",
    "please", "regarding", "le", "la", "les", "de", "et", "pour", "une", "dans", "selon", "il", "per", "che", "con",
    "el", "los", "una", "por", "Verfahren", "information", "important", "concerning", "following", "Unterlagen",
    "Frist", "number", "office", "hiermit",
];

/// A word as a sentence begins with it.
pub fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// A state that does not exist.
#[derive(Clone, Debug)]
pub struct State {
    /// Its name with its form of government.
    pub full: String,
    /// Its three letters.
    pub code: &'static str,
}

impl State {
    /// Draws one.
    pub fn draw(rng: &mut Rng) -> Self {
        let (name, code) = rng.one_of(STATES);
        Self { full: format!("{} {name}", rng.one_of(FORMS)), code }
    }
}

/// A day.
#[derive(Clone, Copy, Debug)]
pub struct Date {
    year: u32,
    month: u32,
    day: u32,
}

impl Date {
    /// A day in a span of years, both included.
    pub fn draw(rng: &mut Rng, first: u32, last: u32) -> Self {
        Self { year: rng.whole(first, last), month: rng.whole(1, 12), day: rng.whole(1, 28) }
    }

    /// The same day some years later.
    pub fn later(self, years: u32) -> Self {
        Self { year: self.year + years, ..self }
    }

    /// The same day of another year.
    pub fn in_year(self, year: u32) -> Self {
        Self { year, ..self }
    }

    /// As in machine-readable zones: `YYMMDD`.
    pub fn machine(self) -> String {
        format!("{:02}{:02}{:02}", self.year % 100, self.month, self.day)
    }

    /// As people write it; there are six ways.
    pub fn written(self, way: u32) -> String {
        const MONTHS: [&str; 12] =
            ["JAN", "FEB", "MAR/MÄR", "APR", "MAI/MAY", "JUN", "JUL", "AUG", "SEP", "OKT/OCT", "NOV", "DEZ/DEC"];
        let Self { year, month, day } = self;
        match way % 6 {
            0 => format!("{day:02}.{month:02}.{year}"),
            1 => format!("{day:02} {month:02} {year}"),
            2 => format!("{day:02}-{month:02}-{year}"),
            3 => format!("{year}-{month:02}-{day:02}"),
            4 => format!("{day:02}/{month:02}/{:02}", year % 100),
            _ => format!("{day:02} {} {:02}", MONTHS[(month as usize).clamp(1, 12) - 1], year % 100),
        }
    }
}

/// A person who does not exist, and a document's data about them.
#[derive(Clone, Debug)]
pub struct Person {
    /// Family name.
    pub surname: String,
    /// Given names.
    pub given: String,
    /// Whether a woman; the portrait follows.
    pub woman: bool,
    /// Date of birth.
    pub birth: Date,
    /// Place of birth or residence.
    pub place: &'static str,
    /// Street and number.
    pub street: String,
    /// Number of the document.
    pub number: String,
    /// Personal number.
    pub personal: String,
    /// When the document was issued.
    pub issued: Date,
    /// Until when it holds.
    pub expires: Date,
    /// Height in centimetres.
    pub height: u32,
    /// How dates are written.
    pub way: u32,
    /// What the zone says where that is not left to chance.
    pub says: Says,
}

impl Person {
    /// Draws one.
    pub fn draw(rng: &mut Rng) -> Self {
        let woman = rng.likely(0.5);
        let issued = Date::draw(rng, 2014, 2025);
        let count = rng.weighted(&[(6, 1), (4, 2), (1, 3)]);
        let given: Vec<String> = (0..count).map(|_| given(rng, woman)).collect();
        Self {
            surname: surname(rng),
            given: given.join(" "),
            woman,
            birth: Date::draw(rng, 1938, 2009),
            place: rng.one_of(PLACES),
            street: format!("{} {}", rng.one_of(STREETS), rng.whole(1, 140)),
            number: number(rng),
            personal: if rng.likely(0.5) { rng.digits(10) } else { serial(rng, 9) },
            issued,
            expires: issued.later(rng.one_of(&[5, 10])),
            height: rng.whole(150, 198),
            way: rng.whole(0, 5),
            says: Says::default(),
        }
    }

    /// `F` or `M`.
    pub fn sex(&self) -> char {
        if self.woman { 'F' } else { 'M' }
    }

    /// Both names in one line.
    pub fn name(&self) -> String {
        format!("{} {}", self.given, self.surname)
    }

    /// Writes the lines of a zone about this person.
    pub fn zone(
        &self,
        rng: &mut Rng,
        kinds: &[&str],
        state: &State,
        layout: fn(&mrz::Entry) -> Vec<String>,
    ) -> Vec<String> {
        // All letters should be seen, not those of one state alone.
        let letters: String = (0..3).map(|_| rng.whole(u32::from(b'A'), u32::from(b'Z')) as u8 as char).collect();
        let real = rng.one_of(CODES);
        let issuer = rng.weighted(&[(3, state.code), (5, real), (2, &letters)]);
        let nationality = if rng.likely(0.8) { issuer } else { rng.one_of(CODES) };
        let sex = if rng.likely(0.04) { '<' } else { self.sex() };
        let (birth, expiry) = (self.birth.machine(), self.expires.machine());
        let more = if rng.likely(0.25) { serial(rng, 8) } else { String::new() };
        let kind = rng.one_of(kinds);
        let said = self.says.issuer.as_deref();
        let (issuer, nationality) = (said.unwrap_or(issuer), said.unwrap_or(nationality));
        layout(&mrz::Entry {
            kind: self.says.code.as_deref().unwrap_or(kind),
            issuer,
            surname: &self.surname,
            given: &self.given,
            number: &self.number,
            nationality,
            birth: &birth,
            sex,
            expiry: &expiry,
            optional: if rng.likely(0.5) { &self.personal } else { "" },
            more: &more,
        })
    }
}

/// Letters and digits in no order.
pub fn serial(rng: &mut Rng, length: usize) -> String {
    const SIGNS: &[u8] = b"ABCDEFGHJKLMNPQRSTUVWXYZ0123456789012345678901234567890123456789";
    (0..length).map(|_| rng.one_of(SIGNS) as char).collect()
}

/// Some words of a text without meaning.
pub fn words(rng: &mut Rng, count: u32) -> String {
    let mut text = String::new();
    let mut starts = true;
    for _ in 0..count {
        let word = if rng.likely(0.75) { rng.one_of(WORDS).to_owned() } else { syllables(rng, 2, 4) };
        text.push_str(&if starts { capitalised(&word) } else { word });
        starts = rng.likely(0.09);
        text.push_str(if starts {
            ". "
        } else if rng.likely(0.07) {
            ", "
        } else {
            " "
        });
    }
    text.trim_end().to_owned()
}

/// An invented brand, society or firm.
pub fn brand(rng: &mut Rng) -> String {
    let name = capitalised(&syllables(rng, 2, 3));
    match rng.whole(0, 9) {
        0 => format!("{name} Bank"),
        1 => format!("{name} & Co."),
        2 => format!("Club {name}"),
        3 => format!("{name} GmbH"),
        4 => format!("{name}card"),
        5 => name.to_uppercase(),
        6 => format!("{} {}", name, capitalised(&syllables(rng, 1, 2))),
        _ => name,
    }
}

/// An amount of money.
pub fn amount(rng: &mut Rng) -> String {
    let whole = rng.weighted(&[(6, 40), (3, 400), (1, 9000)]);
    format!("{},{:02}", rng.whole(0, whole), rng.whole(0, 99))
}

fn syllables(rng: &mut Rng, least: u32, most: u32) -> String {
    (0..rng.whole(least, most)).map(|_| rng.one_of(SYLLABLES)).collect()
}

fn surname(rng: &mut Rng) -> String {
    if rng.likely(0.5) { rng.one_of(SURNAMES).to_owned() } else { capitalised(&syllables(rng, 2, 4)) }
}

fn given(rng: &mut Rng, woman: bool) -> String {
    if rng.likely(0.3) {
        return capitalised(&syllables(rng, 2, 3));
    }
    rng.one_of(if woman { WOMEN } else { MEN }).to_owned()
}

fn number(rng: &mut Rng) -> String {
    match rng.whole(0, 7) {
        0 => rng.digits(9),
        1 => rng.digits(8),
        2 => format!("{}{}", serial(rng, 2), rng.digits(7)),
        3 => format!("C{}", rng.digits(8)),
        4 => serial(rng, 12),
        5 => format!("{}{}", serial(rng, 3), rng.digits(5)),
        _ => serial(rng, 9),
    }
}
