//! The one place of the server that asks what time it is. Times are Unix milliseconds; on the wire they are RFC 3339.

use lichtbild_protocol::Rfc3339;
use time::{OffsetDateTime, format_description::well_known};

/// Unix time in milliseconds.
pub type Millis = i64;

/// Now.
#[allow(clippy::disallowed_methods, reason = "the server's one clock")]
pub fn now() -> Millis {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}

/// A duration as the clock counts.
pub fn millis(duration: std::time::Duration) -> Millis {
    Millis::try_from(duration.as_millis()).unwrap_or(Millis::MAX)
}

/// The date now, in UTC.
pub fn today() -> lichtbild_mrz::Date {
    day(now())
}

/// The date at a time, in UTC.
pub fn day(at: Millis) -> lichtbild_mrz::Date {
    let day = OffsetDateTime::from_unix_timestamp(at.div_euclid(1000)).unwrap_or(OffsetDateTime::UNIX_EPOCH).date();
    lichtbild_mrz::Date::new(u16::try_from(day.year()).unwrap_or(u16::MAX), day.month().into(), day.day())
}

/// As RFC 3339 text in UTC with milliseconds.
pub fn rfc3339(at: Millis) -> Rfc3339 {
    OffsetDateTime::from_unix_timestamp_nanos(i128::from(at) * 1_000_000)
        .ok()
        .and_then(|time| time.format(&well_known::Rfc3339).ok())
        .unwrap_or_else(|| "1970-01-01T00:00:00Z".into())
}

/// As an HTTP date, for `Upload-Expires`.
pub fn http_date(at: Millis) -> String {
    httpdate::fmt_http_date(std::time::UNIX_EPOCH + std::time::Duration::from_millis(at.max(0).unsigned_abs()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_utc() {
        assert_eq!(rfc3339(1_764_000_000_500), "2025-11-24T16:00:00.5Z");
        assert_eq!(http_date(1_764_000_000_500), "Mon, 24 Nov 2025 16:00:00 GMT");
    }
}
