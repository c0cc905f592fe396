//! Recordings, for the partner: whole or by range, never anything a browser would run.

use std::ops::Range;

use axum::{
    body::Body,
    extract::{Path, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse as _, Response},
};
use lichtbild_protocol::{
    ErrorCode,
    case::{ArtifactKind, kennung},
    problem::Problem,
};

use super::{extract::Partner, partner::own};
use crate::{error::ApiResult, recordings, state::App, store::Upload};

/// The bytes of a recording; `ETag` is their SHA-256 once all are there.
#[utoipa::path(get, path = "/v1/cases/{case}/media/{artifact}", tag = "partner", security(("key" = [])),
    params(("case" = String, Path, description = "UUID"), ("artifact" = String, Path, description = "UUID"),
        ("Range" = Option<String>, Header, description = "One range of bytes"),
        ("If-Range" = Option<String>, Header, description = "Range only of the recording with this ETag, else the whole"),
        ("If-None-Match" = Option<String>, Header, description = "304 for a recording with one of these ETags")),
    responses((status = 200, content_type = "application/octet-stream", body = Vec<u8>), (status = 206), (status = 304),
        (status = 404, body = Problem), (status = 416)))]
pub async fn read(
    State(app): State<App>,
    Partner(maker): Partner,
    Path((case, artifact)): Path<(String, String)>,
    headers: HeaderMap,
) -> ApiResult<Response> {
    own(&app, &case, &maker).await?;
    let upload = app.store.upload(&artifact).await?.filter(|upload| upload.case == case && !upload.gone);
    let upload = upload.ok_or(ErrorCode::MediaNotFound)?;
    let mut answer = Body::empty().into_response();
    let fields = answer.headers_mut();
    fields.insert(header::CONTENT_TYPE, media_type(&upload));
    fields.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("sandbox; default-src 'none'"));
    fields.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    fields.insert(header::ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    fields.insert("cross-origin-resource-policy", HeaderValue::from_static("same-origin"));
    insert(fields, header::CONTENT_DISPOSITION, &format!("inline; filename=\"{}-{}\"", kennung(&case), upload.step));
    let tag = if upload.complete() { Some(format!("\"{}\"", recordings::digest(&app, &upload).await?)) } else { None };
    if let Some(tag) = &tag {
        insert(fields, header::ETAG, tag);
        if headers.get(header::IF_NONE_MATCH).is_some_and(|known| names(known, tag)) {
            *answer.status_mut() = StatusCode::NOT_MODIFIED;
            return Ok(answer);
        }
    }
    // RFC 9110 §13.1.5: a range of something else is answered with the whole.
    let same = |of: &HeaderValue| tag.as_ref().is_some_and(|tag| of.as_bytes() == tag.as_bytes());
    let range = headers.get(header::RANGE).filter(|_| headers.get(header::IF_RANGE).is_none_or(same));
    let range = match wanted(range, upload.offset) {
        Wanted::All => 0..upload.offset,
        Wanted::Part(range) => {
            let last = range.end - 1;
            insert(fields, header::CONTENT_RANGE, &format!("bytes {}-{last}/{}", range.start, upload.offset));
            *answer.status_mut() = StatusCode::PARTIAL_CONTENT;
            range
        }
        Wanted::Nothing => {
            insert(fields, header::CONTENT_RANGE, &format!("bytes */{}", upload.offset));
            *answer.status_mut() = StatusCode::RANGE_NOT_SATISFIABLE;
            return Ok(answer);
        }
    };
    answer.headers_mut().insert(header::CONTENT_LENGTH, HeaderValue::from(range.end - range.start));
    let chunks = app.store.chunks(&artifact).await?;
    *answer.body_mut() = Body::from_stream(recordings::stream(app, chunks, range));
    Ok(answer)
}

fn insert(headers: &mut HeaderMap, name: header::HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        headers.insert(name, value);
    }
}

/// Whether a list of tags names this one, or all; by RFC 9110 §13.1.2 weak ones count as well.
fn names(list: &HeaderValue, tag: &str) -> bool {
    let listed = |list: &str| list.split(',').map(str::trim).any(|it| it == "*" || it.trim_start_matches("W/") == tag);
    list.to_str().is_ok_and(listed)
}

/// What the browser said it is, if that is a kind of recording at all. Without a recorder for video it records sound beside stills.
fn media_type(upload: &Upload) -> HeaderValue {
    let families: &[&str] = match upload.kind {
        ArtifactKind::Video => &["video/", "audio/"],
        ArtifactKind::Still => &["image/"],
    };
    let plain = upload.media_type.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"/;=,.+-_\" ".contains(&byte));
    let known = families.iter().any(|family| upload.media_type.starts_with(family));
    let safe = plain && known && !upload.media_type.starts_with("image/svg");
    let value = if safe { HeaderValue::from_str(&upload.media_type).ok() } else { None };
    value.unwrap_or_else(|| HeaderValue::from_static("application/octet-stream"))
}

#[derive(Debug, PartialEq, Eq)]
enum Wanted {
    All,
    Part(Range<u64>),
    Nothing,
}

/// One range of RFC 9110 §14.1.2; several at once, or another unit, give the whole.
fn wanted(header: Option<&HeaderValue>, length: u64) -> Wanted {
    let Some((first, last)) = header
        .and_then(|header| header.to_str().ok()?.strip_prefix("bytes=")?.split_once('-'))
        .map(|(first, last)| (first.trim(), last.trim()))
    else {
        return Wanted::All;
    };
    let range = match (first.parse::<u64>(), last.parse::<u64>()) {
        (Ok(first), Ok(last)) if first <= last => first..length.min(last.saturating_add(1)),
        (Ok(first), Err(_)) if last.is_empty() => first..length,
        (Err(_), Ok(suffix)) if first.is_empty() => length.saturating_sub(suffix)..length,
        _ => return Wanted::All,
    };
    if range.is_empty() { Wanted::Nothing } else { Wanted::Part(range) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_read_as_rfc_9110_says() {
        let table = [
            ("bytes=0-3", Wanted::Part(0..4)),
            ("bytes=4-", Wanted::Part(4..10)),
            ("bytes=-3", Wanted::Part(7..10)),
            ("bytes=-30", Wanted::Part(0..10)),
            ("bytes=8-99", Wanted::Part(8..10)),
            ("bytes=10-", Wanted::Nothing),
            ("bytes=-0", Wanted::Nothing),
            ("bytes=5-2", Wanted::All),
            ("bytes=0-1,4-5", Wanted::All),
            ("lines=0-1", Wanted::All),
        ];
        for (header, expected) in table {
            assert_eq!(wanted(Some(&HeaderValue::from_static(header)), 10), expected, "{header}");
        }
        assert_eq!(wanted(None, 10), Wanted::All);
    }
}
