//! What a person's document says: fields by stable names, readings with their errors, what the person and the clerk in the shop
//! said to them, and what the partner expects. Values of fields are personal data: they travel to the person who confirms them and
//! to the partner's review, nowhere else.

use serde::{Deserialize, Serialize};

use crate::{
    ErrorCode, Rfc3339, Sensitive,
    capture::ConsentGiven,
    case::ArtifactId,
    flow::{DocumentKind, PermitCategory, Side, StepId},
    kind::DocumentClass,
};

/// A field of a document or of the partner's master data, by its stable name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum FieldName {
    /// Family name, as shown to people.
    Surname,
    /// Given names, as shown to people, separated by spaces.
    GivenNames,
    /// `YYYY-MM-DD`; as much of it as the document knows: `1980-02`, `1980`.
    BirthDate,
    /// `F`, `M` or `X`.
    Sex,
    /// ICAO 9303 code, such as `CHE`, `D` or `XXA`.
    Nationality,
    /// Kind of document, by its name in `DocumentKind`.
    DocumentKind,
    /// Number of the document, without filler.
    DocumentNumber,
    /// Issuing state or organisation, ICAO 9303 code.
    Issuer,
    /// Last day it is valid, `YYYY-MM-DD`.
    ExpiryDate,
    /// Optional data of the machine-readable zone, without filler.
    OptionalData,
    /// Category of a foreigner's permit, by its name in `PermitCategory`.
    PermitCategory,
    /// Street, number, postcode, town: from the partner only.
    Address,
    /// Occupation: from the partner only.
    Occupation,
}

/// A field that was read from the document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReadField {
    /// Which.
    pub name: FieldName,
    /// What it says, in the form its name documents.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    #[cfg_attr(feature = "ts", ts(type = "string"))]
    pub value: Sensitive<String>,
    /// What a code stands for, in the session's language, where it is shown to the person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional, type = "string"))]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub plain: Option<Sensitive<String>>,
    /// A check digit of the document covers it, and fits.
    pub checked: bool,
}

/// What the partner knows of the customer; every field may be absent. Texts have 1 to 200 characters.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MasterData {
    /// Family name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional, type = "string"))]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub surname: Option<Sensitive<String>>,
    /// Given names, separated by spaces.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional, type = "string"))]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub given_names: Option<Sensitive<String>>,
    /// `YYYY-MM-DD`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional, type = "string"))]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub birth_date: Option<Sensitive<String>>,
    /// ICAO 9303 code, such as `CHE` or `D`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional, type = "string"))]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub nationality: Option<Sensitive<String>>,
    /// Kind of document.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub document_kind: Option<DocumentKind>,
    /// Number of the document.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional, type = "string"))]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub document_number: Option<Sensitive<String>>,
    /// Issuing state, ICAO 9303 code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional, type = "string"))]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub issuer: Option<Sensitive<String>>,
    /// Category of a foreigner's permit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub permit_category: Option<PermitCategory>,
    /// Street, number, postcode, town.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional, type = "string"))]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub address: Option<Sensitive<String>>,
    /// Occupation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional, type = "string"))]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub occupation: Option<Sensitive<String>>,
}

/// Who read a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum ReadingOrigin {
    /// The person's browser: evidence, never a verdict.
    Browser,
    /// The server, from the stills it holds.
    Server,
}

/// What is wrong with what a document was read as. The names are those that telecom back offices know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum OutputError {
    /// No machine-readable zone was found.
    #[serde(rename = "EError_IdMrzNotFound")]
    IdMrzNotFound,
    /// The zone was found, and some of its fields cannot be what the format allows.
    #[serde(rename = "EError_IdBadMrzFields")]
    IdBadMrzFields,
    /// The zone reads as it should, and so would one with another character that looks nearly alike.
    #[serde(rename = "EError_IdMrzUnsure")]
    IdMrzUnsure,
    /// A check digit does not fit.
    #[serde(rename = "EError_IdBadCheckDigits")]
    IdBadCheckDigits,
    /// The document was no longer valid.
    #[serde(rename = "EError_IdExpired")]
    IdExpired,
    /// The zone is that of another kind of document than the chosen one.
    #[serde(rename = "EError_IdBadDocumentKind")]
    IdBadDocumentKind,
    /// The zone is that of a document that the system does not support.
    #[serde(rename = "EError_IdNotSupported")]
    IdNotSupported,
    /// The partner does not take documents of this kind, or passports of this state, in this case.
    #[serde(rename = "EError_IdNotAccepted")]
    IdNotAccepted,
    /// Front and back are of different documents.
    #[serde(rename = "EError_IdSidesDiffer")]
    IdSidesDiffer,
    /// The browser said it read something else than the server read on the same picture.
    #[serde(rename = "EError_IdReadingsDiffer")]
    IdReadingsDiffer,
}

impl OutputError {
    /// What the person is told where no better picture mends it, but another document; `None`: a better picture may.
    pub const fn another_document(self) -> Option<ErrorCode> {
        match self {
            Self::IdExpired => Some(ErrorCode::DocumentExpired),
            Self::IdBadDocumentKind => Some(ErrorCode::DocumentOtherKind),
            Self::IdNotSupported => Some(ErrorCode::DocumentNotSupported),
            Self::IdNotAccepted => Some(ErrorCode::DocumentNotAccepted),
            Self::IdMrzNotFound
            | Self::IdBadMrzFields
            | Self::IdMrzUnsure
            | Self::IdBadCheckDigits
            | Self::IdSidesDiffer
            | Self::IdReadingsDiffer => None,
        }
    }
}

/// A document as it was read, once.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Reading {
    /// Opaque.
    pub id: String,
    /// Who read it.
    pub origin: ReadingOrigin,
    /// In which attempt, from 1.
    pub attempt: u8,
    /// At which step.
    pub step: StepId,
    /// Which side.
    pub side: Side,
    /// On which still, where it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub artifact: Option<ArtifactId>,
    /// The stills that voted for it together, character by character; empty: it is of one picture.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub stills: Vec<ArtifactId>,
    /// Where the document lies in the still, as the server sees it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub document: Option<DocumentInStill>,
    /// When.
    pub at: Rfc3339,
    /// Lines of the machine-readable zone; none: there was none to be found.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<String>))]
    #[cfg_attr(feature = "ts", ts(type = "Array<string>"))]
    pub lines: Sensitive<Vec<String>>,
    /// What is printed, phrase by phrase in the signs of zones, as far as it can be read: of a side that has no zone.
    #[serde(default, skip_serializing_if = "is_nothing_printed")]
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<String>))]
    #[cfg_attr(feature = "ts", ts(type = "Array<string>", optional))]
    pub print: Sensitive<Vec<String>>,
    /// Every check digit fits.
    pub valid: bool,
    /// What it says.
    pub fields: Vec<ReadField>,
    /// What is wrong with it.
    pub errors: Vec<OutputError>,
    /// How sure the reader was: the mean of what its characters are worth, 0 to 1, where it tells.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub confidence: Option<f64>,
}

fn is_nothing_printed(print: &Sensitive<Vec<String>>) -> bool {
    print.expose().is_empty()
}

/// Where a document lies in a still.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DocumentInStill {
    /// What it looks like.
    pub class: DocumentClass,
    /// Width of the still in pixels, as it is coded: a turn that only its Exif data asks for is not made.
    pub width: u32,
    /// Height of the still in pixels, likewise.
    pub height: u32,
    /// Corners `[x, y]` in pixels of the still, from its top left, in the document's own order: top left, top right, bottom right and
    /// bottom left of what is printed, however it lies. They may lie outside of the still.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<Vec<f64>>))]
    pub quad: [[f64; 2]; 4],
}

/// What the person said to one field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FieldAnswer {
    /// Which.
    pub name: FieldName,
    /// It is right as it was shown.
    pub right: bool,
    /// What is not right about it, for the clerk: at most 500 characters. Never taken over into the field.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional, type = "string"))]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub note: Option<Sensitive<String>>,
}

/// What the person confirmed, and when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Confirmation {
    /// When.
    pub at: Rfc3339,
    /// Which reading was shown; none: nothing could be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub reading: Option<String>,
    /// One answer to each field that was shown.
    pub answers: Vec<FieldAnswer>,
}

/// What a clerk in the shop attested instead of a face video.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Attestation {
    /// When.
    pub at: Rfc3339,
    /// The clerk, as the shop knows them.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    #[cfg_attr(feature = "ts", ts(type = "string"))]
    pub clerk: Sensitive<String>,
    /// What was attested, with the version of its words.
    pub statements: Vec<ConsentGiven>,
}
