//! The open camera's picture: what is seen in it, whether it is alive, and bringing it back.
//! In: frames, observations, what the system does to the tracks, time. Out: looks for the engine, notices, the camera opened anew.

use lichtbild_protocol::ErrorCode;

use super::{Output, Session, recording::Work, trouble::Resume};
use crate::{
    capture::{Glance, PictureFault, PictureWatch, magnified},
    flow::ShutterInput,
    observation::{Corners, Observation},
    surface::{CaptureEvent, Hint},
    time::{Millis, Timestamp},
};

/// A covered lens is waited for; then the camera is opened anew.
const UNCOVER_WITHIN: Millis = Millis(8_000);
/// The system may take a camera away for a call; it gets so long to give it back.
const UNMUTE_WITHIN: Millis = Millis(6_000);
/// Without an engine the picture is looked at this often, so that a dull one is noticed within two seconds.
const GLANCE_EVERY: Millis = Millis(400);
/// A picture that stays well for so long has forgotten its troubles.
const HEALTHY_AFTER: Millis = Millis(10_000);
/// Openings tried by itself before the person is told.
const TRIES: u8 = 3;

/// How the picture of an open camera has been.
#[derive(Debug)]
pub(super) struct Picture {
    watch: PictureWatch,
    /// When to look without an engine.
    glance_at: Timestamp,
    /// What is wrong with it, and since when.
    fault: Option<(PictureFault, Timestamp)>,
    /// What was made is being put away; whether the picture moves meanwhile means nothing.
    resting: bool,
    healthy_since: Timestamp,
    /// An outline is drawn.
    outlined: bool,
}

impl Picture {
    pub const fn opened(now: Timestamp, visible: bool) -> Self {
        Self {
            watch: PictureWatch::opened(now, visible),
            glance_at: now,
            fault: None,
            resting: false,
            healthy_since: now,
            outlined: false,
        }
    }

    pub fn is_muted(&self, now: Timestamp) -> bool {
        self.watch.fault(now) == Some(PictureFault::Muted)
    }

    pub fn deadline(&self) -> Option<Timestamp> {
        let fault = self.fault.map(|(fault, since)| since + patience(fault));
        self.watch.deadline().into_iter().chain(fault).min()
    }

    pub fn visible(&mut self, visible: bool, now: Timestamp) {
        self.watch.visible(visible, now);
        // What the system took from a hidden page it gets the usual time to give back.
        self.fault = self.fault.map(|(fault, _)| (fault, now));
    }
}

const fn patience(fault: PictureFault) -> Millis {
    match fault {
        PictureFault::Frozen => Millis(0),
        PictureFault::Muted => UNMUTE_WITHIN,
        PictureFault::Black | PictureFault::Covered => UNCOVER_WITHIN,
    }
}

impl Session {
    pub(super) fn frame(&mut self, frame: u32) {
        let (now, ready, zone) = (self.now, self.engine_is_ready(), self.zone_wish());
        if let Some(open) = self.desk.open_mut() {
            open.picture.watch.frame(now);
            if ready && open.pacing.look(now) {
                self.out.push(Output::LookAt { frame, zone });
            } else if !ready && open.picture.glance_at <= now {
                open.picture.glance_at = now + GLANCE_EVERY;
                self.out.push(Output::Glance);
            }
        }
    }

    pub(super) fn observed(&mut self, seen: &Observation) {
        let (now, documents, wanted) = (self.now, self.sees_documents(), self.wanted());
        let Some(open) = self.desk.open_mut() else { return };
        // Another document than the one that was read, or the same one again.
        if seen.document.is_some_and(|document| document.motion.is_none()) {
            open.zone = None;
        }
        if let Some((zone, wanted)) = seen.zone_read().zip(wanted)
            && wanted.objection_to_zone(zone.format).is_none()
        {
            open.zone = Some(zone.clone());
        }
        open.pacing.answered(seen.millis);
        open.picture.watch.observed(seen.into(), now);
        open.guidance.expect_documents(documents);
        open.guidance.torch(open.torch);
        open.guidance.observed(now, seen);
        if wanted.is_some() && open.zoom.is_none() && open.guidance.hint() == Some(Hint::OutOfFocus) {
            open.zoom = open.facts.device.capabilities.as_ref().and_then(magnified);
            if open.zoom.is_some() {
                self.out.push(Output::Tune { torch: open.torch, zoom: open.zoom });
            }
        }
        if documents && wanted.is_some() {
            self.outlined(seen.document.map(|document| document.quad));
        }
        self.shutter(ShutterInput::Seen(seen));
    }

    /// Where the document is, for whoever draws it; nothing is said twice of nothing.
    fn outlined(&mut self, quad: Option<Corners>) {
        let Some(open) = self.desk.open_mut() else { return };
        let drawn = std::mem::replace(&mut open.picture.outlined, quad.is_some());
        if drawn || quad.is_some() {
            self.out.push(Output::Emit(CaptureEvent::DocumentSeen { quad }));
        }
    }

    pub(super) fn glanced(&mut self, seen: Glance) {
        let now = self.now;
        if let Some(open) = self.desk.open_mut() {
            open.picture.watch.observed(seen, now);
        }
    }

    pub(super) fn track_muted(&mut self, audio: bool, muted: bool) {
        let now = self.now;
        let Some(open) = self.desk.open_mut() else { return };
        if !audio {
            open.picture.watch.muted(muted, now);
        } else if muted {
            self.note(ErrorCode::MicrophoneSilent);
        } else {
            self.notices.unstick(ErrorCode::MicrophoneSilent);
        }
    }

    pub(super) fn track_ended(&mut self, audio: bool) {
        let counts = !self.desk.is_putting_away() && !matches!(self.desk.work, Work::Review(_));
        if counts && self.desk.open().is_some() {
            self.recover(if audio { ErrorCode::MicrophoneEnded } else { ErrorCode::CameraEnded });
        }
    }

    pub(super) fn picture_due(&mut self) {
        let (now, visible, resting) = (self.now, self.page.visible, self.desk.is_putting_away());
        let Some(open) = self.desk.open_mut() else { return };
        let picture = &mut open.picture;
        if std::mem::replace(&mut picture.resting, resting) && !resting {
            picture.watch.resumed(now);
        }
        if resting || !visible {
            return;
        }
        let Some(fault) = picture.watch.fault(now) else {
            if let Some((fault, _)) = picture.fault.take() {
                picture.healthy_since = now;
                self.notices.unstick(fault.code());
            } else if now.since(picture.healthy_since) >= HEALTHY_AFTER {
                self.desk.tries = 0;
            }
            return;
        };
        let since = match picture.fault {
            Some((before, since)) if before == fault => since,
            _ => now,
        };
        picture.fault = Some((fault, since));
        if since == now && fault != PictureFault::Frozen {
            self.note(fault.code());
        }
        if now.since(since) >= patience(fault) {
            self.recover(fault.code());
        }
    }

    /// Brings the picture back: the same camera, then another, then the person is asked.
    pub(super) fn recover(&mut self, code: ErrorCode) {
        let Some(purpose) = self.purpose() else { return self.stop_camera() };
        self.abort_recording();
        if !self.page.visible {
            self.desk.lost_unseen = Some(code);
            return;
        }
        self.desk.tries += 1;
        if self.desk.tries >= TRIES {
            return self.fail(code, None, Resume::Camera);
        }
        self.note(code);
        if self.desk.tries > 1 && self.can_switch() {
            self.pick_next_camera();
        }
        self.open_stream_because(self.media_for(purpose), Some(code));
    }
}
