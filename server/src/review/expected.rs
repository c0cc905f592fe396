//! The partner's master data: what may stand in it, and what of it is held against what was read.

use lichtbild_protocol::{
    ErrorCode, Sensitive,
    document::{FieldName, MasterData},
};

use super::{confirm::name_of, retention::date};

/// Fields in the order they are shown.
pub const FIELDS: [FieldName; 13] = [
    FieldName::Surname,
    FieldName::GivenNames,
    FieldName::BirthDate,
    FieldName::Sex,
    FieldName::Nationality,
    FieldName::DocumentKind,
    FieldName::PermitCategory,
    FieldName::DocumentNumber,
    FieldName::Issuer,
    FieldName::ExpiryDate,
    FieldName::OptionalData,
    FieldName::Address,
    FieldName::Occupation,
];

const TEXT_MAX: usize = 200;

/// Whether the data can be what it claims to be; the refusal names the field, never the value.
pub fn check(data: &MasterData) -> Result<(), (ErrorCode, &'static str)> {
    let plain = |text: &str| {
        !text.trim().is_empty()
            && text.chars().count() <= TEXT_MAX
            && !text.chars().any(|c| c.is_control() && c != '\n')
    };
    let state = |text: &str| (1..=3).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_uppercase());
    let texts = [
        (&data.surname, "expected.surname: 1 to 200 characters", &plain as &dyn Fn(&str) -> bool),
        (&data.given_names, "expected.givenNames: 1 to 200 characters", &plain),
        (&data.birth_date, "expected.birthDate: YYYY-MM-DD", &|text| date(text).is_some()),
        (&data.nationality, "expected.nationality: an ICAO code, such as CHE or D", &state),
        (&data.document_number, "expected.documentNumber: 1 to 200 characters", &plain),
        (&data.issuer, "expected.issuer: an ICAO code, such as CHE or D", &state),
        (&data.address, "expected.address: 1 to 200 characters", &plain),
        (&data.occupation, "expected.occupation: 1 to 200 characters", &plain),
    ];
    for (text, refusal, fits) in texts {
        if text.as_ref().is_some_and(|text| !fits(text.expose())) {
            return Err((ErrorCode::RequestInvalid, refusal));
        }
    }
    let permit = data.document_kind.is_none_or(lichtbild_protocol::flow::DocumentKind::has_category);
    if data.permit_category.is_some() && !permit {
        return Err((ErrorCode::RequestInvalid, "expected.permitCategory: the document kind has none"));
    }
    Ok(())
}

/// A wire name as a field's value.
pub fn name<T: serde::Serialize>(value: Option<&T>) -> Option<Sensitive<String>> {
    value.map(name_of).map(Sensitive::new)
}

/// A field of the master data, as text.
pub fn value(data: &MasterData, field: FieldName) -> Option<Sensitive<String>> {
    match field {
        FieldName::Surname => data.surname.clone(),
        FieldName::GivenNames => data.given_names.clone(),
        FieldName::BirthDate => data.birth_date.clone(),
        FieldName::Nationality => data.nationality.clone(),
        FieldName::DocumentKind => name(data.document_kind.as_ref()),
        FieldName::DocumentNumber => data.document_number.clone(),
        FieldName::Issuer => data.issuer.clone(),
        FieldName::PermitCategory => name(data.permit_category.as_ref()),
        FieldName::Address => data.address.clone(),
        FieldName::Occupation => data.occupation.clone(),
        FieldName::Sex | FieldName::ExpiryDate | FieldName::OptionalData => None,
    }
}
