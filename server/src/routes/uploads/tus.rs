//! The headers of tus 1.0.0 (protocol text of 2016-03-25), read and checked.

use axum::http::{HeaderMap, header};
use base64::{Engine as _, prelude::BASE64_STANDARD};
use lichtbild_protocol::{ErrorCode, case::ArtifactKind};

use crate::error::{ApiError, ApiResult};

/// The version we speak.
pub const VERSION: &str = "1.0.0";

/// What we can do.
pub const EXTENSIONS: &str = "creation,creation-with-upload,creation-defer-length,checksum,expiration,termination";

/// What a creation asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Creation {
    pub artifact: String,
    pub step: String,
    pub kind: ArtifactKind,
    pub media_type: String,
    pub length: Option<u64>,
}

/// A promised digest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Checksum {
    Sha1([u8; 20]),
    Sha256([u8; 32]),
}

/// Refuses other versions.
pub fn version(headers: &HeaderMap) -> ApiResult<()> {
    if headers.get("tus-resumable").is_some_and(|version| version == VERSION) {
        return Ok(());
    }
    Err(ApiError::from(ErrorCode::UploadVersionUnsupported).header("tus-version", VERSION))
}

/// Whether the body is a piece; another type is refused, none means there is no piece.
pub fn piece(headers: &HeaderMap) -> ApiResult<Option<()>> {
    match headers.get(header::CONTENT_TYPE) {
        None => Ok(None),
        Some(kind) if kind == "application/offset+octet-stream" => Ok(Some(())),
        Some(_) => Err(ErrorCode::UploadContentType.into()),
    }
}

/// `Upload-Length`.
pub fn length(headers: &HeaderMap) -> ApiResult<Option<u64>> {
    let Some(length) = headers.get("upload-length") else { return Ok(None) };
    let length = length.to_str().ok().and_then(|text| text.parse().ok());
    length.map(Some).ok_or_else(|| ErrorCode::UploadLengthInvalid.into())
}

/// `Upload-Checksum`.
pub fn checksum(headers: &HeaderMap) -> ApiResult<Option<Checksum>> {
    let Some(value) = headers.get("upload-checksum") else { return Ok(None) };
    let invalid = || ApiError::with(ErrorCode::RequestInvalid, "Upload-Checksum: algorithm and base64 digest");
    let (algorithm, digest) = value.to_str().ok().and_then(|value| value.split_once(' ')).ok_or_else(invalid)?;
    let digest = BASE64_STANDARD.decode(digest.trim()).map_err(|_| invalid())?;
    match algorithm {
        "sha1" => digest.try_into().map(Checksum::Sha1).map(Some).map_err(|_| invalid()),
        "sha256" => digest.try_into().map(Checksum::Sha256).map(Some).map_err(|_| invalid()),
        _ => Err(ErrorCode::UploadChecksumUnsupported.into()),
    }
}

/// Length and metadata of a creation.
pub fn creation(headers: &HeaderMap) -> ApiResult<Creation> {
    let length = length(headers)?;
    let deferred = match headers.get("upload-defer-length") {
        None => false,
        Some(value) if value == "1" => true,
        Some(_) => return Err(ApiError::with(ErrorCode::RequestInvalid, "Upload-Defer-Length: 1")),
    };
    if deferred == length.is_some() {
        return Err(ApiError::with(ErrorCode::UploadLengthInvalid, "either Upload-Length or Upload-Defer-Length"));
    }
    let metadata = headers.get("upload-metadata").and_then(|value| value.to_str().ok()).unwrap_or_default();
    let field = |name: &str| {
        let missing = || ApiError::with(ErrorCode::RequestInvalid, format!("Upload-Metadata: {name}"));
        let mut pairs = metadata.split(',').map(|pair| pair.trim().split_once(' ').unwrap_or((pair.trim(), "")));
        let (_, value) = pairs.find(|(key, _)| *key == name).ok_or_else(missing)?;
        let bytes = BASE64_STANDARD.decode(value.trim()).map_err(|_| missing())?;
        String::from_utf8(bytes).ok().filter(|text| !text.is_empty() && text.len() <= 200).ok_or_else(missing)
    };
    let artifact = field("artifact")?;
    if uuid::Uuid::try_parse(&artifact).is_ok_and(|id| id.hyphenated().to_string() == artifact) {
        let kind = match field("kind")?.as_str() {
            "video" => ArtifactKind::Video,
            "still" => ArtifactKind::Still,
            _ => return Err(ApiError::with(ErrorCode::RequestInvalid, "Upload-Metadata: kind")),
        };
        return Ok(Creation { artifact, step: field("step")?, kind, media_type: field("filetype")?, length });
    }
    Err(ApiError::with(ErrorCode::RequestInvalid, "Upload-Metadata: artifact, a lower-case UUID"))
}
