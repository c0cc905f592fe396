//! What capture produces, without its bytes: those rest in the browser's store.

use lichtbild_protocol::{
    case::{ArtifactId, ArtifactKind, CaseId},
    flow::StepId,
};
use serde::{Deserialize, Serialize};

/// One recording, as the store and the upload machine know it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Artifact {
    /// UUID made by the shell.
    pub id: ArtifactId,
    /// Case it belongs to.
    pub case: CaseId,
    /// Step it belongs to.
    pub step: StepId,
    /// What it is.
    pub kind: ArtifactKind,
    /// Media type as the recorder names it after its first data.
    pub media_type: String,
}

/// What is final about a recording that has ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Sealed {
    /// Bytes.
    pub length: u64,
    /// SHA-256 of all bytes, lower-case hex.
    pub sha256: String,
}
