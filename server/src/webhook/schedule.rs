//! When a delivery is tried again: the schedule of the Standard Webhooks specification, up to a tenth later by chance, so that a
//! receiver that comes back is not met by everything at once.

use std::time::{Duration, UNIX_EPOCH};

use crate::clock::Millis;

const MINUTE: u64 = 60;
const HOUR: u64 = 60 * MINUTE;

/// Seconds to wait after the first attempt, the second, and so on.
const WAITS: [u64; 9] = [5, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, 10 * HOUR, 14 * HOUR, 20 * HOUR, 24 * HOUR];

/// How long to wait after so many failed attempts; `None`: it is given up.
pub fn wait(attempts: u16, random: u64) -> Option<Duration> {
    let millis = WAITS.get(usize::from(attempts.checked_sub(1)?))? * 1000;
    Some(Duration::from_millis(millis + random % (millis / 10)))
}

/// How long a receiver asks to be left alone (RFC 9110 §10.2.3: seconds, or a date); an hour at most.
pub fn retry_after(text: &str, now: Millis) -> Option<Duration> {
    let text = text.trim();
    let asked = text.parse().ok().map(Duration::from_secs).or_else(|| {
        let date = httpdate::parse_http_date(text).ok()?;
        let now = UNIX_EPOCH + Duration::from_millis(now.max(0).unsigned_abs());
        Some(date.duration_since(now).unwrap_or_default())
    });
    asked.map(|asked| asked.min(Duration::from_secs(HOUR)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_receiver_may_ask_for_time_but_not_for_ever() {
        let now = 1_764_000_000_000;
        let table = [
            ("120", Some(120)),
            ("999999", Some(HOUR)),
            ("Mon, 24 Nov 2025 16:10:00 GMT", Some(600)),
            ("Mon, 24 Nov 2025 15:00:00 GMT", Some(0)),
            ("soon", None),
            ("-5", None),
        ];
        for (text, seconds) in table {
            assert_eq!(retry_after(text, now), seconds.map(Duration::from_secs), "{text}");
        }
    }

    #[test]
    fn it_is_tried_for_a_little_more_than_three_days() {
        assert_eq!(WAITS.iter().sum::<u64>(), 75 * HOUR + 35 * MINUTE + 5);
    }

    #[test]
    fn ten_attempts_each_at_most_a_tenth_late() {
        assert_eq!(wait(1, 0), Some(Duration::from_secs(5)));
        assert_eq!(wait(9, 0), Some(Duration::from_secs(24 * HOUR)));
        assert_eq!((wait(0, 0), wait(10, 0)), (None, None));
        for attempts in 1..=9 {
            let (least, most) =
                (wait(attempts, 0).expect("in the table"), wait(attempts, u64::MAX).expect("in the table"));
            assert!(least <= most && most.as_millis() * 10 < least.as_millis() * 11, "{attempts}");
        }
    }
}
