//! Which kind of recording, and whether the recorder really yields bytes.
//!
//! First what the server can look at, by name (VP8 and H.264, Opus and AAC: `server/src/media`); then what the browser itself
//! prefers. WebM delivers at the timeslice everywhere it exists; MP4 delivers a fragment per key frame, so it gets one each
//! second. A kind that yields nothing is nudged, then given up for the next one.
//! In: time, bytes. Out: nudge or give up. Does not know: `MediaRecorder`.

use super::RecorderKind;
use crate::time::{Millis, Timestamp};

const NUDGE_AFTER: Millis = Millis(3_000);
const GIVE_UP_AFTER: Millis = Millis(2_000);

const WEBM_TIMESLICE: u32 = 250;
const MP4_TIMESLICE: u32 = 1_000;

const KINDS: [RecorderKind; 7] = [
    webm("video/webm;codecs=vp8,opus"),
    webm("video/webm;codecs=h264,opus"),
    mp4(Some("video/mp4;codecs=avc1.42E01E,mp4a.40.2")),
    mp4(Some("video/mp4;codecs=avc1.42E01E,opus")),
    webm("video/webm"),
    mp4(Some("video/mp4")),
    mp4(None),
];

/// The kinds to try, in this order.
pub const fn kinds() -> &'static [RecorderKind] {
    &KINDS
}

const fn webm(media_type: &'static str) -> RecorderKind {
    RecorderKind { media_type: Some(media_type), key_frame_millis: 1_000, timeslice_millis: WEBM_TIMESLICE }
}

const fn mp4(media_type: Option<&'static str>) -> RecorderKind {
    RecorderKind { media_type, key_frame_millis: 1_000, timeslice_millis: MP4_TIMESLICE }
}

/// Watches a recorder's output.
#[derive(Clone, Copy, Debug)]
pub struct Watchdog {
    last_bytes: Timestamp,
    nudged_at: Option<Timestamp>,
}

/// What to do about a silent recorder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WatchdogVerdict {
    /// Nothing.
    Fine,
    /// `requestData()`.
    Nudge,
    /// It yields nothing: the next kind.
    GiveUp,
}

impl Watchdog {
    /// The recorder was started now.
    pub const fn started(now: Timestamp) -> Self {
        Self { last_bytes: now, nudged_at: None }
    }

    /// So many bytes came; none do not count.
    pub const fn bytes(&mut self, len: u64, now: Timestamp) {
        if len > 0 {
            *self = Self::started(now);
        }
    }

    /// Looks at the clock.
    pub fn check(&mut self, now: Timestamp) -> WatchdogVerdict {
        match self.nudged_at {
            None if now.since(self.last_bytes) >= NUDGE_AFTER => {
                self.nudged_at = Some(now);
                WatchdogVerdict::Nudge
            }
            Some(at) if now.since(at) >= GIVE_UP_AFTER => WatchdogVerdict::GiveUp,
            _ => WatchdogVerdict::Fine,
        }
    }

    /// When to look again.
    pub fn deadline(&self) -> Timestamp {
        self.nudged_at.map_or(self.last_bytes + NUDGE_AFTER, |at| at + GIVE_UP_AFTER)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_silent_recorder_is_nudged_after_three_seconds_and_given_up_after_two_more() {
        let mut dog = Watchdog::started(Timestamp(0));
        assert_eq!(dog.check(Timestamp(2_999)), WatchdogVerdict::Fine);
        assert_eq!(dog.check(dog.deadline()), WatchdogVerdict::Nudge);
        dog.bytes(0, Timestamp(4_000));
        assert_eq!(dog.check(Timestamp(4_999)), WatchdogVerdict::Fine);
        assert_eq!(dog.check(dog.deadline()), WatchdogVerdict::GiveUp);
    }

    #[test]
    fn bytes_calm_it() {
        let mut dog = Watchdog::started(Timestamp(0));
        dog.check(Timestamp(3_000));
        dog.bytes(1, Timestamp(3_100));
        assert_eq!(dog.check(Timestamp(6_000)), WatchdogVerdict::Fine);
        assert_eq!(dog.check(Timestamp(6_100)), WatchdogVerdict::Nudge);
    }

    #[test]
    fn what_the_server_can_look_at_comes_first_and_the_browsers_own_choice_last() {
        let names: Vec<_> = kinds().iter().map(|kind| kind.media_type).collect();
        let exact = names.iter().take_while(|name| name.is_some_and(|name| name.contains("codecs="))).count();
        let decoded = |name: &str| ["vp8", "h264", "avc1"].iter().any(|codec| name.contains(codec));
        assert_eq!(names[0], Some("video/webm;codecs=vp8,opus"));
        assert!(exact > 0 && names[..exact].iter().flatten().copied().all(decoded));
        assert_eq!(names[exact..], [Some("video/webm"), Some("video/mp4"), None]);
        assert!(kinds().iter().all(|kind| kind.key_frame_millis == 1_000));
    }
}
