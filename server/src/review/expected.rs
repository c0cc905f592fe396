//! The partner's master data: what may stand in it, and what of it is held against what was read.

use lichtbild_mrz::State;
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

/// The data as documents write it, if it can be what it claims to be; the refusal names the field, never the value.
pub fn checked(mut data: MasterData) -> Result<MasterData, (ErrorCode, &'static str)> {
    // ISO 3166-1 has another code for Germany than Doc 9303-3, 5.
    for code in [&mut data.nationality, &mut data.issuer] {
        if code.as_ref().is_some_and(|code| code.expose() == "DEU") {
            *code = Some(Sensitive::new("D".into()));
        }
    }
    let plain = |text: &str| {
        !text.trim().is_empty()
            && text.chars().count() <= TEXT_MAX
            && !text.chars().any(|c| c.is_control() && c != '\n')
    };
    let state = |text: &str| State::of(text).is_some();
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
    Ok(data)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn states_are_those_that_documents_name() {
        let asked = |code: &str| {
            let code = Some(Sensitive::new(code.to_owned()));
            let data = MasterData { nationality: code.clone(), issuer: code, ..MasterData::default() };
            let data = checked(data).ok()?;
            Some([data.nationality, data.issuer].map(|code| code.expect("it stays").expose().clone()))
        };
        for (code, kept) in [("D", "D"), ("CHE", "CHE"), ("XXA", "XXA"), ("DEU", "D")] {
            assert_eq!(asked(code), Some([kept; 2].map(str::to_owned)));
        }
        assert!(["UTO", "ZZZ", "de", "Schweiz", ""].iter().all(|code| asked(code).is_none()));
    }
}
