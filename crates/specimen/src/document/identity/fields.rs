//! Labels and values on identity documents.

use super::Page;
use crate::{
    Rng,
    document::{
        canvas::Area,
        chance::Chance,
        fiction::{self, Person, State},
        ornament,
        text::{Face, Type},
    },
};

/// What a label says, in several languages.
type Label = &'static [&'static str];

const SURNAME: Label = &[
    "Surname",
    "Name",
    "Nom",
    "Cognome",
    "Apellidos",
    "Nazwisko",
    "Příjmení",
    "Efternamn",
    "Фамилия",
    "Επώνυμο",
    "Achternaam",
];
const GIVEN: Label = &[
    "Given names",
    "Vornamen",
    "Prénoms",
    "Nome",
    "Nombre",
    "Imiona",
    "Jméno",
    "Förnamn",
    "Имя",
    "Όνομα",
    "Voornamen",
];
const BIRTH: Label = &[
    "Date of birth",
    "Geburtsdatum",
    "Date de naissance",
    "Data di nascita",
    "Fecha de nacimiento",
    "Datum narození",
    "Дата рождения",
];
const PLACE: Label = &[
    "Place of birth",
    "Geburtsort",
    "Lieu de naissance",
    "Luogo di nascita",
    "Lugar de nacimiento",
    "Fødested",
    "Место рождения",
];
const NATIONALITY: Label =
    &["Nationality", "Staatsangehörigkeit", "Nationalité", "Cittadinanza", "Nacionalidad", "Občanství", "Гражданство"];
const SEX: Label = &["Sex", "Geschlecht", "Sexe", "Sesso", "Sexo", "Kön", "Płeć", "Пол", "Φύλο"];
const EXPIRY: Label = &[
    "Date of expiry",
    "Gültig bis",
    "Date d'expiration",
    "Scadenza",
    "Válido hasta",
    "Platí do",
    "Действителен до",
    "Geldig tot",
];
const ISSUE: Label =
    &["Date of issue", "Ausgestellt am", "Date de délivrance", "Rilasciata il", "Emisión", "Utfärdat", "Дата выдачи"];
const NUMBER: Label = &["Document No.", "Nr.", "N° du document", "Numero", "Número", "Číslo", "Personal No."];
const AUTHORITY: Label = &["Authority", "Behörde", "Autorité", "Autorità", "Autoridad", "Vydal", "Кем выдан"];
const ADDRESS: Label = &["Address", "Anschrift", "Adresse", "Indirizzo", "Domicilio", "Bydliště"];
const HEIGHT: Label = &["Height", "Größe", "Taille", "Statura", "Estatura", "Výška"];
const EYES: Label = &["Colour of eyes", "Augenfarbe", "Yeux", "Occhi", "Barva očí"];
const REMARKS: Label = &["Remarks", "Anmerkungen", "Remarques", "Type of permit", "Art des Titels", "Observaciones"];

/// One field: its label, its value, and whether it is short enough to share a line.
pub struct Field {
    label: Label,
    value: String,
    short: bool,
}

/// What a front or a data page says.
pub fn of_front(person: &Person, state: &State, rng: &mut Rng) -> Vec<Field> {
    let field = |label: Label, value: &str, short: bool| Field { label, value: value.to_owned(), short };
    let date = |date: fiction::Date| date.written(person.way);
    let mut fields = vec![field(SURNAME, &person.surname, false), field(GIVEN, &person.given, false)];
    let mut more = vec![
        field(BIRTH, &date(person.birth), true),
        field(SEX, &person.sex().to_string(), true),
        field(NATIONALITY, state.code, true),
        field(PLACE, person.place, rng.likely(0.5)),
        field(EXPIRY, &date(person.expires), true),
        field(ISSUE, &date(person.issued), true),
        field(NUMBER, &person.number, true),
        field(AUTHORITY, person.place, false),
        field(HEIGHT, &format!("{} cm", person.height), true),
        field(REMARKS, &fiction::words(rng, 3), false),
    ];
    if rng.likely(0.3) {
        let at = rng.whole(0, 5) as usize;
        more.swap(at, at + 2);
    }
    more.truncate(rng.whole(5, 10) as usize);
    fields.extend(more);
    if rng.likely(0.65) {
        for field in &mut fields {
            field.value = field.value.to_uppercase();
        }
    }
    fields
}

/// What a back says.
pub fn of_back(person: &Person, rng: &mut Rng) -> Vec<Field> {
    let field = |label: Label, value: String, short: bool| Field { label, value, short };
    let mut fields = vec![
        field(ADDRESS, format!("{}, {} {}", person.street, rng.digits(5), person.place), false),
        field(EYES, rng.one_of(&["braun", "BLUE", "GREEN", "grigio", "hnědá"]).to_owned(), true),
        field(HEIGHT, format!("{} cm", person.height), true),
        field(ISSUE, person.issued.written(person.way), true),
        field(AUTHORITY, person.place.to_owned(), true),
        field(PLACE, person.place.to_owned(), true),
        field(REMARKS, fiction::words(rng, 5), false),
        field(NUMBER, person.personal.clone(), true),
    ];
    let first = rng.whole(0, 2) as usize;
    fields.rotate_left(first);
    fields.truncate(rng.whole(3, 8) as usize);
    fields
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Labels {
    Above,
    Before,
    Numbers,
    None,
}

/// How fields are set.
#[derive(Clone, Copy)]
pub struct Setting {
    label: Type,
    value: Type,
    labels: Labels,
    languages: usize,
    capitals: bool,
    columns: bool,
    /// Signs of another script stand before labels.
    foreign: bool,
}

impl Setting {
    pub fn draw(page: &Page, rng: &mut Rng) -> Self {
        let label_face = rng.one_of(&[Face::Grotesk, Face::Grotesk, Face::Sans, Face::GroteskBold, Face::Roman]);
        let value_face = rng.one_of(&[
            Face::Grotesk,
            Face::GroteskBold,
            Face::GroteskBold,
            Face::Sans,
            Face::SansBold,
            Face::Mono,
            Face::OcrB,
            Face::Serif,
            Face::Roman,
        ]);
        let narrow = rng.between(0.72, 1.0);
        Self {
            label: Type::new(label_face, rng.between(1.3, 1.9), page.palette.soft_ink).stretched(narrow),
            value: Type::new(value_face, rng.between(2.3, 3.6), page.palette.ink).stretched(narrow),
            labels: rng.weighted(&[(14, Labels::Above), (3, Labels::Before), (3, Labels::Numbers), (1, Labels::None)]),
            languages: rng.weighted(&[(3, 1), (4, 2), (3, 3)]),
            capitals: rng.likely(0.2),
            columns: rng.likely(0.75),
            foreign: rng.likely(0.1),
        }
    }

    /// The same with larger print.
    pub fn enlarged(&self, by: f32) -> Self {
        let larger = |set: Type| set.sized(set.size * by);
        Self { label: larger(self.label), value: larger(self.value), ..*self }
    }
}

impl Page {
    /// Writes fields below one another, short ones side by side, as many as fit; gives where they end.
    pub(super) fn write_fields(&mut self, fields: &[Field], area: Area, setting: &Setting, rng: &mut Rng) -> f32 {
        let above = if setting.labels == Labels::Above { setting.label.size * 0.95 } else { 0.0 };
        let least = above + setting.value.size * 0.95;
        let rows = fields.iter().filter(|field| !field.short).count()
            + fields.iter().filter(|field| field.short).count().div_ceil(2);
        let step = (area.h / rows.max(1) as f32).clamp(least, least * rng.between(1.1, 2.0));
        // Where there is room to spare the print is larger.
        let roomy = (step / least / 1.25).clamp(1.0, rng.between(1.0, 1.35));
        let setting = &setting.enlarged(roomy);
        let least = least * roomy;
        let mut y = area.y;
        let mut column = 0;
        let half = area.w * rng.between(0.42, 0.6);
        for (number, field) in (1..).zip(fields) {
            let paired = setting.columns && field.short;
            if !paired && column == 1 {
                (column, y) = (0, y + step);
            }
            if y + least > area.bottom() + 0.2 {
                break;
            }
            let (x, width) = if column == 1 {
                (area.x + half, area.w - half)
            } else if paired {
                (area.x, half)
            } else {
                (area.x, area.w)
            };
            self.write_field(field, number, [x, y], width - 1.0, setting, rng);
            if paired && column == 0 {
                column = 1;
            } else {
                (column, y) = (0, y + step);
            }
        }
        y
    }

    fn write_field(
        &mut self,
        field: &Field,
        number: usize,
        [x, y]: [f32; 2],
        width: f32,
        setting: &Setting,
        rng: &mut Rng,
    ) {
        let Setting { label, value, .. } = *setting;
        let mut name =
            field.label.iter().cycle().skip(number % 3).take(setting.languages).copied().collect::<Vec<_>>().join("/");
        if setting.capitals {
            name = name.to_uppercase();
        }
        let above = if setting.labels == Labels::Above { label.size * 0.95 } else { 0.0 };
        let baseline = y + above + value.size * 0.75;
        let mut start = x;
        match setting.labels {
            Labels::Above => {
                let mut from = x;
                if setting.foreign {
                    from += ornament::script(
                        &mut self.canvas,
                        [x, y + label.size * 0.75],
                        label.size,
                        4,
                        label.colour,
                        rng,
                    );
                }
                let room = (width - (from - x)).max(3.0);
                self.canvas.write(from, y + label.size * 0.75, &name, &label.fitted(&name, room));
            }
            Labels::Before => {
                let first = field.label[0];
                start += self.canvas.write(x, baseline, first, &label.fitted(first, width * 0.45)) + 1.0;
            }
            Labels::Numbers => {
                start += self.canvas.write(x, baseline, &format!("{number}."), &label) + 0.8;
            }
            Labels::None => {}
        }
        let left = (width - (start - x)).max(3.0);
        self.canvas.write(start, baseline, &field.value, &value.fitted(&field.value, left));
    }
}
