//! A recording as a whole: its pieces walked in order, for reading, for ranges and for its digest.

use std::ops::Range;

use bytes::Bytes;
use futures_util::{Stream, StreamExt as _, stream};
use lichtbild_protocol::capture::ArtifactReceipt;
use sha2::{Digest as _, Sha256};

use crate::{
    blobs::BlobError,
    error::ApiResult,
    review::case::StepRecord,
    state::App,
    store::{Chunk, Upload},
};

/// Whether an upload is what a step's receipt promises: sent for this very step in this very attempt, as what it was handed in,
/// and all there.
pub fn keeps(upload: &Upload, step: &StepRecord, receipt: &ArtifactReceipt) -> bool {
    upload.artifact == receipt.artifact
        && upload.step == step.id
        && upload.attempt == step.attempt
        && upload.kind == receipt.kind
        && upload.complete()
        && !upload.gone
}

/// Key of the object for a piece at the upload's offset. The epoch keeps two requests from ever sharing one.
pub fn object(upload: &Upload, sha256: &str) -> String {
    let Upload { case, artifact, offset, epoch, .. } = upload;
    format!("cases/{case}/{artifact}/{offset:012}-{epoch}-{sha256}")
}

/// The bytes of a range, piece by piece.
pub fn stream(app: App, chunks: Vec<Chunk>, range: Range<u64>) -> impl Stream<Item = Result<Bytes, BlobError>> {
    let wanted = chunks.into_iter().filter_map(move |chunk| {
        let from = range.start.max(chunk.offset);
        let to = range.end.min(chunk.offset + chunk.length);
        (from < to).then(|| (chunk.object, from - chunk.offset..to - chunk.offset))
    });
    stream::iter(wanted).then(move |(object, part)| {
        let app = app.clone();
        async move { app.blobs.range(&object, part).await }
    })
}

/// The whole of a recording.
pub async fn read(app: &App, upload: &Upload) -> ApiResult<Vec<u8>> {
    let chunks = app.store.chunks(&upload.artifact).await?;
    let mut bytes = Vec::with_capacity(usize::try_from(upload.offset).unwrap_or_default());
    for chunk in chunks {
        bytes.extend_from_slice(&app.blobs.get(&chunk.object).await?);
    }
    Ok(bytes)
}

/// Digest of a complete recording, lower-case hex; counted once and kept.
pub async fn digest(app: &App, upload: &Upload) -> ApiResult<String> {
    if let Some(sha256) = &upload.sha256 {
        return Ok(sha256.clone());
    }
    let mut running = Sha256::new();
    for chunk in app.store.chunks(&upload.artifact).await? {
        running.update(&app.blobs.get(&chunk.object).await?);
    }
    let sha256 = hex::encode(running.finalize());
    app.store.set_digest(&upload.artifact, &sha256).await?;
    Ok(sha256)
}

/// Counts the digest in the background, so that it is there when somebody asks.
pub fn count_later(app: &App, upload: &Upload) {
    let (app, upload) = (app.clone(), upload.clone());
    let tasks = app.tasks.clone();
    tasks.spawn(async move {
        if let Err(error) = digest(&app, &upload).await {
            tracing::warn!(code = %error.code, "the digest of a recording is counted when somebody asks for it");
        }
    });
}
