//! Which kind of recording, and whether the recorder really yields bytes.
//!
//! First what the server can look at, by name (VP8 and H.264, Opus and AAC: `server/src/media`); then what the browser itself
//! prefers. WebM delivers at the timeslice everywhere it exists; MP4 delivers a fragment per key frame, so it gets one each
//! second. A kind that yields nothing is nudged, then given up for the next way of recording: the browser's encoders with a muxer of
//! our own, at last the sound alone with a burst of stills.
//! In: time, bytes. Out: nudge or give up. Does not know: `MediaRecorder`.

use super::{RecorderKind, RecorderWay};
use crate::time::{Millis, Timestamp};

const NUDGE_AFTER: Millis = Millis(3_000);
const GIVE_UP_AFTER: Millis = Millis(2_000);

const WEBM_TIMESLICE: u32 = 250;
const MP4_TIMESLICE: u32 = 1_000;

/// The way that has to be fetched first gets so much longer.
const FETCHED_WITHIN: Millis = Millis(15_000);

const KINDS: [RecorderKind; 11] = [
    webm("video/webm;codecs=vp8,opus"),
    webm("video/webm;codecs=h264,opus"),
    mp4(Some("video/mp4;codecs=avc1.42E01E,mp4a.40.2")),
    mp4(Some("video/mp4;codecs=avc1.42E01E,opus")),
    webm("video/webm"),
    mp4(Some("video/mp4")),
    mp4(None),
    RecorderKind { way: RecorderWay::Codecs, media_type: None, key_frame_millis: 1_000, timeslice_millis: 1_000 },
    sound(Some("audio/webm;codecs=opus")),
    sound(Some("audio/mp4")),
    sound(None),
];

/// The kinds to try, in this order.
pub const fn kinds() -> &'static [RecorderKind] {
    &KINDS
}

const fn webm(media_type: &'static str) -> RecorderKind {
    let (way, media_type) = (RecorderWay::WebM, Some(media_type));
    RecorderKind { way, media_type, key_frame_millis: 1_000, timeslice_millis: WEBM_TIMESLICE }
}

const fn mp4(media_type: Option<&'static str>) -> RecorderKind {
    RecorderKind { way: RecorderWay::Mp4, media_type, key_frame_millis: 1_000, timeslice_millis: MP4_TIMESLICE }
}

const fn sound(media_type: Option<&'static str>) -> RecorderKind {
    RecorderKind {
        way: RecorderWay::SoundAndStills,
        media_type,
        key_frame_millis: 1_000,
        timeslice_millis: MP4_TIMESLICE,
    }
}

/// The kind to try after the one at `at`; none of a way that has yielded nothing.
pub fn next_kind(at: usize, silent: &[RecorderWay]) -> Option<usize> {
    (at + 1..KINDS.len()).find(|&next| !silent.contains(&KINDS[next].way))
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

    /// A recorder of this way was started now.
    pub fn of(way: RecorderWay, now: Timestamp) -> Self {
        Self::started(if way == RecorderWay::Codecs { now + FETCHED_WITHIN } else { now })
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
    fn a_way_that_yields_nothing_is_passed_over_and_a_kind_that_is_refused_is_not_its_way() {
        use RecorderWay as W;
        let named = |at: Option<usize>| at.map(|at| (kinds()[at].way, kinds()[at].media_type.unwrap_or("")));
        assert_eq!(named(next_kind(0, &[])), Some((W::WebM, "video/webm;codecs=h264,opus")));
        assert_eq!(named(next_kind(0, &[W::WebM])), Some((W::Mp4, "video/mp4;codecs=avc1.42E01E,mp4a.40.2")));
        assert_eq!(named(next_kind(2, &[W::WebM, W::Mp4])), Some((W::Codecs, "")));
        assert_eq!(
            named(next_kind(7, &[W::WebM, W::Mp4, W::Codecs])),
            Some((W::SoundAndStills, "audio/webm;codecs=opus"))
        );
        assert_eq!(next_kind(8, &[W::WebM, W::Mp4, W::Codecs, W::SoundAndStills]), None);
    }

    #[test]
    fn what_has_to_be_fetched_first_is_waited_for_longer() {
        let mut dog = Watchdog::of(RecorderWay::Codecs, Timestamp(0));
        assert_eq!(dog.check(Timestamp(17_000)), WatchdogVerdict::Fine);
        dog.bytes(1, Timestamp(17_000));
        assert_eq!(dog.check(Timestamp(20_000)), WatchdogVerdict::Nudge);
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
        assert_eq!(names[exact..exact + 3], [Some("video/webm"), Some("video/mp4"), None]);
        let mut ways: Vec<_> = kinds()[exact..].iter().map(|kind| kind.way).collect();
        ways.dedup();
        let all = [RecorderWay::WebM, RecorderWay::Mp4, RecorderWay::Codecs, RecorderWay::SoundAndStills];
        assert_eq!(ways, all);
        assert!(kinds().iter().all(|kind| kind.key_frame_millis == 1_000));
    }
}
