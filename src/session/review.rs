//! The look at what was made: everything is put away, the camera goes off, the person sees it with what may be wrong about it, and hands
//! it in or takes it again. In: a finished recording or photograph. Out: the review, the finished step.

use lichtbild_protocol::{
    ErrorCode,
    capture::{ArtifactReceipt, FinishStep, ReportReading},
    case::{ArtifactId, ArtifactKind},
};

use super::{
    Output, Request, Session,
    recording::{Look, Recording, Still, Work},
};
use crate::{
    artifact::Sealed,
    capture::RecorderWay,
    flow::Wanted,
    observation::{Corners, ZoneRead},
    surface::Hint,
    upload,
};

#[derive(Debug)]
pub(super) struct Review {
    receipts: Vec<ArtifactReceipt>,
    pub picture: Option<String>,
    /// Where the document is in it.
    pub outline: Option<Corners>,
    pub millis: u64,
    pub warnings: Vec<ErrorCode>,
    /// What was read: on which of the stills, or before them.
    zone: Option<(Box<ZoneRead>, Option<ArtifactId>)>,
    /// The server was told.
    pub sent: bool,
}

impl Review {
    pub fn holds(&self, artifact: &str) -> bool {
        self.receipts.iter().any(|receipt| receipt.artifact == artifact)
    }
}

impl Session {
    /// Everything is put away: the camera goes off and the person looks at it.
    pub(super) fn saved(&mut self) {
        let ready = match &self.desk.work {
            Work::Saving { recording, .. } => {
                recording.sealed.is_some() && !recording.stills.iter().any(Still::is_pending)
            }
            Work::Photo { still, .. } => still.taken.is_some() && !still.is_pending(),
            _ => false,
        };
        if !ready {
            return;
        }
        let review = match std::mem::replace(&mut self.desk.work, Work::Idle) {
            Work::Saving { recording, .. } => self.review_of_video(*recording),
            Work::Photo { still, .. } => self.review_of_stills(Vec::new(), vec![still], 0, Vec::new()),
            _ => return,
        };
        self.desk.work = Work::Review(Box::new(review));
        self.stop_camera();
    }

    fn review_of_video(&mut self, recording: Recording) -> Review {
        let Recording { artifact, sealed, stills, stopped_after, plan, way, .. } = recording;
        let mut warnings = Vec::new();
        warnings.extend((way == RecorderWay::SoundAndStills).then_some(ErrorCode::MediaStillsOnly));
        if let Some(open) = self.desk.open()
            && open.facts.has_audio
        {
            if !open.sound.was_alive() {
                warnings.push(ErrorCode::MicrophoneSilent);
            } else if plan.has_words() && !open.sound.was_heard() {
                warnings.push(ErrorCode::MediaSilent);
            }
        }
        let sealed = sealed.unwrap_or(Sealed { length: 0, sha256: String::new() });
        let receipt = ArtifactReceipt {
            artifact: artifact.id,
            kind: ArtifactKind::Video,
            media_type: artifact.media_type,
            length: sealed.length,
            sha256: sealed.sha256,
            capture_origin: None,
        };
        self.review_of_stills(vec![receipt], stills, stopped_after.0, warnings)
    }

    fn review_of_stills(
        &mut self,
        mut receipts: Vec<ArtifactReceipt>,
        stills: Vec<Still>,
        millis: u64,
        mut warnings: Vec<ErrorCode>,
    ) -> Review {
        let (mut picture, mut outline) = (None, None);
        let good =
            stills.iter().any(|still| still.taken.is_some() && (still.good || still.hint.is_none_or(Hint::is_good)));
        // The person looks at the best one.
        let (best, rest): (Vec<_>, Vec<_>) = stills.into_iter().partition(|still| still.good);
        let mut zone = None;
        for still in best.into_iter().chain(rest) {
            let doubt = still.hint.and_then(doubt).filter(|_| !good);
            match still.taken {
                Some(taken) => {
                    zone = zone.or(still.zone.zip(Some(Some(still.artifact))));
                    receipts.push(taken.receipt);
                    warnings.extend(doubt.filter(|doubt| !warnings.contains(doubt)));
                    if picture.is_none() {
                        picture = Some(taken.picture);
                        outline = match still.look {
                            Look::Done { quad } => quad,
                            _ => None,
                        };
                    } else {
                        self.out.push(Output::ReleasePicture { picture: taken.picture });
                    }
                }
                None => self.uploads(upload::Input::Dropped { artifact: still.artifact }),
            }
        }
        if picture.is_none() {
            warnings.push(ErrorCode::StillFailed);
        }
        let zone = zone.or_else(|| Some((Box::new(self.desk.open()?.zone.clone()?), None)));
        Review { receipts, picture, outline, millis, warnings, zone, sent: false }
    }

    pub(super) fn confirm(&mut self) {
        let Some(step) = self.step_id() else { return };
        let side = self.wanted().map(Wanted::side);
        if let Work::Review(review) = &mut self.desk.work {
            review.sent = true;
            let body = FinishStep { artifacts: review.receipts.clone() };
            if let (Some(side), Some((zone, artifact))) = (side, review.zone.take()) {
                self.ask(Request::Reading(Box::new(ReportReading {
                    step: step.clone(),
                    side,
                    artifact,
                    lines: zone.lines,
                    confidence: zone.confidence.clamp(0.0, 1.0).into(),
                })));
            }
            self.ask(Request::Finish { step, body });
        }
    }

    /// Throws away what was made and opens the camera again.
    pub(super) fn retake(&mut self) {
        self.desk_reset();
        self.open_camera();
    }

    /// Leaves what was made: the server has it, or it is thrown away.
    pub(super) fn desk_reset(&mut self) {
        self.abort_recording();
        let Work::Review(review) = std::mem::replace(&mut self.desk.work, Work::Idle) else { return };
        let taken = review.sent && self.server_took(&review.receipts);
        if let Some(picture) = review.picture {
            self.keep_shot(picture, review.outline, taken);
        }
        if taken {
            return;
        }
        for receipt in review.receipts {
            self.uploads(upload::Input::Dropped { artifact: receipt.artifact });
        }
    }

    /// Whether the step these belong to is behind the person, as the server says.
    fn server_took(&self, receipts: &[ArtifactReceipt]) -> bool {
        use lichtbild_protocol::flow::StepState;
        let (Some(case), Some(step), false) = (&self.case, self.step_id(), receipts.is_empty()) else { return false };
        crate::flow::step(case, &step).is_some_and(|step| step.state == StepState::Done)
    }
}

/// What a still that was taken under this hint may suffer from.
const fn doubt(hint: Hint) -> Option<ErrorCode> {
    Some(match hint {
        Hint::Uncover => ErrorCode::MediaBlack,
        Hint::TooDark | Hint::TorchOn => ErrorCode::MediaTooDark,
        Hint::TooBright => ErrorCode::MediaTooBright,
        Hint::Glare => ErrorCode::MediaGlare,
        Hint::HoldStill | Hint::MoveSlower | Hint::OutOfFocus | Hint::WaitForFocus | Hint::LowContrast => {
            ErrorCode::MediaBlurred
        }
        _ => return None,
    })
}
