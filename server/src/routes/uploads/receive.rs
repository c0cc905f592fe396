//! The write path: body into a bounded buffer while it is counted and digested, buffer into an immutable object, object into the
//! upload by one fenced transaction.

use axum::{body::Body, http::HeaderMap};
use bytes::{Bytes, BytesMut};
use futures_util::StreamExt as _;
use lichtbild_protocol::ErrorCode;
use sha1::Sha1;
use sha2::{Digest as _, Sha256};
use tokio_util::sync::CancellationToken;

use super::{CASE_MAX, largest, mismatch, number, too_large, tus::Checksum};
use crate::{
    error::{ApiError, ApiResult},
    reading, recordings,
    review::flow,
    state::App,
    store::{Chunk, Upload},
};

/// What a request says about its body.
pub struct Piece<'a> {
    pub checksum: Option<Checksum>,
    pub length: Option<u64>,
    pub headers: &'a HeaderMap,
    /// Bytes its case may still take.
    pub room: u64,
}

/// Takes the body of a request into an upload that it has taken over. A checked piece counts whole or not at all; an unchecked
/// body may be longer than the buffer and is committed part by part, also when it breaks off.
pub async fn receive(app: &App, upload: Upload, piece: Piece<'_>, body: Body) -> ApiResult<Upload> {
    let at_work = app.writers.enter(&upload.artifact, upload.epoch);
    let done = take(app, upload, piece, body, &at_work.stopped).await;
    if done.as_ref().is_err_and(|error| error.code == ErrorCode::UploadSuperseded) {
        app.metrics.superseded.inc();
    }
    done
}

async fn take(
    app: &App,
    mut upload: Upload,
    piece: Piece<'_>,
    body: Body,
    stopped: &CancellationToken,
) -> ApiResult<Upload> {
    let end = piece.length.or(upload.length);
    let limit = largest(app, upload.kind);
    let left = end.unwrap_or(limit).saturating_sub(upload.offset);
    let room = left.min(piece.room);
    let over = || match end {
        _ if room < left => ApiError::with(ErrorCode::UploadTooLarge, format!("limit: {CASE_MAX} bytes per case")),
        Some(_) => ErrorCode::UploadLengthInvalid.into(),
        None => too_large(limit),
    };
    let whole = u64::from(app.config.max_piece);
    let announced = number(piece.headers, "content-length").unwrap_or_default();
    if announced > room {
        return Err(over());
    }
    if piece.checksum.is_some() && announced > whole {
        return Err(ApiError::with(ErrorCode::UploadTooLarge, format!("limit: {whole} bytes in a checked piece")));
    }

    let started = upload.offset;
    let mut stream = body.into_data_stream();
    let mut buffer = BytesMut::new();
    let mut digest = piece.checksum.as_ref().map(Running::of);
    loop {
        let next = tokio::select! {
            () = stopped.cancelled() => return Err(ErrorCode::UploadSuperseded.into()),
            next = tokio::time::timeout(app.config.body_idle(), stream.next()) => next,
        };
        match next {
            Ok(Some(Ok(bytes))) => {
                if upload.offset - started + (buffer.len() + bytes.len()) as u64 > room {
                    return Err(over());
                }
                if let Some(digest) = &mut digest {
                    digest.update(&bytes);
                }
                buffer.extend_from_slice(&bytes);
                if buffer.len() as u64 > whole && digest.is_some() {
                    return Err(ApiError::with(
                        ErrorCode::UploadTooLarge,
                        format!("limit: {whole} bytes in a checked piece"),
                    ));
                }
                while buffer.len() as u64 >= whole && digest.is_none() {
                    let part = buffer.split_to(whole as usize).freeze();
                    upload = commit(app, upload, part, None).await?;
                }
            }
            Ok(None) => break,
            Ok(Some(Err(_))) | Err(_) => {
                if digest.is_none() {
                    commit(app, upload, buffer.freeze(), None).await?;
                }
                return Err(ApiError::with(ErrorCode::RequestInvalid, "body: ended early"));
            }
        }
    }
    if let (Some(promised), Some(digest)) = (&piece.checksum, digest)
        && !digest.is(promised)
    {
        return Err(ErrorCode::UploadChecksumMismatch.into());
    }
    commit(app, upload, buffer.freeze(), piece.length).await
}

async fn commit(app: &App, upload: Upload, bytes: Bytes, length: Option<u64>) -> ApiResult<Upload> {
    let grown = bytes.len() as u64;
    let chunk = (grown > 0).then(|| Chunk {
        offset: upload.offset,
        length: grown,
        object: recordings::object(&upload, &hex::encode(Sha256::digest(&bytes))),
    });
    if let Some(chunk) = &chunk {
        app.blobs.put(&chunk.object, bytes).await?;
    }
    let appended = app.store.append(&upload, chunk.as_ref(), length).await?;
    let Some(appended) = appended else {
        if let Some(chunk) = &chunk {
            app.blobs.delete(&chunk.object).await?;
        }
        return Err(lost(app, &upload).await?);
    };
    app.metrics.confirmed_bytes.inc_by(grown);
    if appended.complete() && appended.sha256.is_none() {
        recordings::count_later(app, &appended);
    }
    if appended.complete() && flow::is_of_document(&appended.step) {
        reading::later(app, &app.case(&appended.case, ErrorCode::SessionUnknown).await?);
    }
    Ok(appended)
}

/// Why a piece could not be committed.
async fn lost(app: &App, upload: &Upload) -> ApiResult<ApiError> {
    Ok(match app.store.upload(&upload.artifact).await? {
        Some(now) if now.gone => ErrorCode::UploadGone.into(),
        Some(now) if now.epoch != upload.epoch => {
            ApiError::from(ErrorCode::UploadSuperseded).header("upload-offset", now.offset)
        }
        Some(now) => mismatch(&now),
        None => ErrorCode::UploadGone.into(),
    })
}

enum Running {
    Sha1(Sha1),
    Sha256(Sha256),
}

impl Running {
    fn of(promised: &Checksum) -> Self {
        match promised {
            Checksum::Sha1(_) => Self::Sha1(Sha1::new()),
            Checksum::Sha256(_) => Self::Sha256(Sha256::new()),
        }
    }

    fn update(&mut self, bytes: &[u8]) {
        match self {
            Self::Sha1(running) => running.update(bytes),
            Self::Sha256(running) => running.update(bytes),
        }
    }

    fn is(self, promised: &Checksum) -> bool {
        match (self, promised) {
            (Self::Sha1(running), Checksum::Sha1(promised)) => running.finalize()[..] == promised[..],
            (Self::Sha256(running), Checksum::Sha256(promised)) => running.finalize()[..] == promised[..],
            _ => false,
        }
    }
}
