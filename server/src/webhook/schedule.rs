//! When a delivery is tried again: the schedule of the Standard Webhooks specification, up to a tenth later by chance, so that a
//! receiver that comes back is not met by everything at once.

use std::time::Duration;

const MINUTE: u64 = 60;
const HOUR: u64 = 60 * MINUTE;

/// Seconds to wait after the first attempt, the second, and so on.
const WAITS: [u64; 9] = [5, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, 10 * HOUR, 14 * HOUR, 20 * HOUR, 24 * HOUR];

/// How long to wait after so many failed attempts; `None`: it is given up.
pub fn wait(attempts: u16, random: u64) -> Option<Duration> {
    let millis = WAITS.get(usize::from(attempts.checked_sub(1)?))? * 1000;
    Some(Duration::from_millis(millis + random % (millis / 10)))
}

#[cfg(test)]
mod tests {
    use super::*;

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
