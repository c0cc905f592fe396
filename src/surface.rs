//! Everything that crosses between Rust and JavaScript on the page: configuration in, snapshots and events out, actions in.
//!
//! Plain data. A user interface needs nothing but the `Snapshot` to draw and `Action` to go on.

use lichtbild_protocol::{
    ErrorCode, Rfc3339, Sensitive, WayOn,
    capture::{DeviceFacts, EvaluationProgress, QrMatrix},
    case::{CaseId, Mode, PersonOutcome},
    document::ReadField,
    flow::{
        Consent, DocumentKind, DocumentOption, PermitCategory, ReadingState, Side, Statement, StepId, StepState, Topic,
    },
};
use serde::{Deserialize, Serialize};

mod action;
mod event;
mod hint;

pub use self::{action::Action, event::CaptureEvent, hint::Hint};
use crate::observation::Corners;

/// What there is to draw. Plain, complete, and safe to keep: a later change makes a new one.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Snapshot {
    /// What the person sees now.
    pub screen: Screen,
    /// The case, once the server has told about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub case: Option<CaseFacts>,
    /// The steps, for a progress bar; empty before the case is known.
    pub steps: Vec<StepFacts>,
    /// One instruction at a time, steady for its minimum time.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub hint: Option<Hint>,
    /// How the uploads are doing.
    pub upload: UploadFacts,
    /// Something the person should know, beside the screen: capture goes on.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub notice: Option<ErrorCode>,
    /// How much of the engine is there, in percent, while it loads: live hints come afterwards.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub engine_loading: Option<u8>,
    /// Whether the person can open help from here.
    pub can_help: bool,
    /// Whether there is a screen to go back to (`Action::Back`).
    pub can_go_back: bool,
    /// Whether going on with a phone is offered from here.
    pub can_hand_off: bool,
    /// This device's cases, newest first.
    pub history: Vec<HistoryEntry>,
}

/// The case, as far as the person may know it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct CaseFacts {
    /// UUID.
    pub id: CaseId,
    /// First seven characters of it.
    pub kennung: String,
    /// Partner's name.
    pub partner: String,
    /// Live or sandbox; a sandbox case is marked as such.
    pub mode: Mode,
    /// Language of words.
    pub lang: String,
    /// Where the button at the end leads.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub return_url: Option<String>,
    /// Current attempt, from 1.
    pub attempt: u8,
    /// How many there are.
    pub attempts_allowed: u8,
    /// When the case ends by itself.
    pub expires_at: Rfc3339,
    /// The chosen document.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub document: Option<DocumentKind>,
}

/// A step in the progress bar.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct StepFacts {
    /// Its name; its words are under `step.<id>` in the message files.
    pub id: StepId,
    /// How far it has come.
    pub state: StepState,
    /// Whether the person is at it.
    pub current: bool,
}

/// What the person sees.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum Screen {
    /// Nothing yet: asking the server.
    Loading,
    /// No session: the device's history and what to do.
    Home,
    /// A scanned hand-off link: who asks, and whether the person started this.
    HandoffClaim {
        /// Partner's name.
        partner: String,
        /// The Kennung, also on the desktop.
        kennung: String,
        /// The number that was typed is not the one on the desktop (`Action::AcceptHandoff` again).
        wrong: bool,
        /// The answer is on its way.
        busy: bool,
    },
    /// Something this browser lacks, before anything heavy is loaded.
    Requirements {
        /// What is missing, as codes.
        missing: Vec<ErrorCode>,
    },
    /// Register this browser by one button (`Action::Continue`); here, or on the phone.
    Register {
        /// The request is on its way.
        busy: bool,
    },
    /// An animated picture; `Action::Continue` goes on.
    Explainer {
        /// What it explains.
        topic: Topic,
        /// The chosen document decides which picture is shown.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "ts", ts(optional))]
        document: Option<DocumentKind>,
        /// The step's failure reasons, when it has to be repeated.
        reasons: Vec<ErrorCode>,
        /// The request is on its way.
        busy: bool,
    },
    /// Things to agree to; `Action::Continue` when all are ticked, `Action::Refuse` otherwise.
    Consents {
        /// What there is to agree to.
        items: Vec<ConsentFacts>,
        /// The request is on its way.
        busy: bool,
    },
    /// The person did not agree: what that means, `Action::Back` or `Action::Cancel`.
    ConsentRefused,
    /// Camera, then microphone, each by its button.
    Permissions {
        /// The camera.
        camera: Permission,
        /// The microphone.
        microphone: Permission,
    },
    /// Choose the kind of document.
    DocumentChoice {
        /// The lines of the chooser.
        options: Vec<DocumentOption>,
        /// Which was chosen though it may not be, and why.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "ts", ts(optional))]
        refused: Option<ErrorCode>,
        /// The request is on its way.
        busy: bool,
    },
    /// Which category the permit is of (`Action::ChooseCategory`, `Action::Back`).
    CategoryChoice {
        /// The categories there are.
        categories: Vec<PermitCategory>,
        /// The request is on its way.
        busy: bool,
    },
    /// The camera.
    Camera(CameraScreen),
    /// Look at what was recorded; `Action::Confirm` or `Action::Retake`.
    Review {
        /// For which step.
        purpose: Purpose,
        /// `blob:` URL of a still, for an `img` element; absent where none could be taken.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "ts", ts(optional))]
        picture: Option<String>,
        /// Where the document is in it, as shares of its sides: it can be shown straight on.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "ts", ts(optional))]
        outline: Option<Corners>,
        /// Length of the video in milliseconds; 0 for a photograph.
        millis: u64,
        /// Something about it that the person should know before confirming.
        warnings: Vec<ErrorCode>,
        /// The request is on its way.
        busy: bool,
    },
    /// What was read on the document. `Action::Doubt` for a field that is not right, `Action::Continue` when the rest is;
    /// `Action::Retake` photographs the document again. Where nothing could be read a clerk looks: `Action::Continue` goes on all the same.
    DataConfirmation {
        /// How far the reading is; only `ready` has fields, and `reading` waits.
        reading: ReadingState,
        /// What was read, in the order it is shown.
        fields: Vec<FieldFacts>,
        /// The document's pictures to compare with, front first; none on another device than took them.
        pictures: Vec<DocumentPicture>,
        /// It takes long: the picture may be taken again.
        slow: bool,
        /// The request is on its way.
        busy: bool,
    },
    /// The clerk in the shop says who they are and attests each statement (`Action::Tick`, `Action::Attest`).
    Attestation {
        /// What there is to attest; words under `attest.<id>` in the message files.
        items: Vec<StatementFacts>,
        /// The request is on its way.
        busy: bool,
    },
    /// Waiting: first for the rest of the upload, then for the evaluation.
    Evaluation {
        /// The evaluation, once it runs.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "ts", ts(optional))]
        progress: Option<EvaluationProgress>,
    },
    /// Some steps are needed again; `Action::Continue` leads to the first of them.
    Repeat {
        /// Which, and why.
        steps: Vec<RepeatFacts>,
        /// Attempts that are left, the coming one included.
        attempts_left: u8,
    },
    /// The end.
    Done {
        /// What the person is told.
        outcome: PersonOutcome,
    },
    /// The QR code for the phone.
    Handoff {
        /// The code, once there is one.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "ts", ts(optional))]
        qr: Option<QrMatrix>,
        /// The same link, to copy.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "ts", ts(optional, type = "string"))]
        link: Option<Sensitive<String>>,
        /// Two digits that the phone asks for.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "ts", ts(optional))]
        number: Option<String>,
        /// Milliseconds until it is replaced by itself.
        millis_left: u32,
    },
    /// The phone has the case; this screen follows.
    Observing {
        /// What the phone says about itself.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "ts", ts(optional))]
        phone: Option<DeviceFacts>,
    },
    /// Help: everything is filled in but the description (`Action::SendHelp`, `Action::Back`).
    Help {
        /// What is sent along.
        form: HelpForm,
        /// The request is on its way, or was answered.
        state: SendState,
    },
    /// Something failed; at least one way on. `Action::Take(way)`.
    Failed {
        /// What.
        code: ErrorCode,
        /// What the person can do, most useful first.
        ways_on: Vec<WayOn>,
        /// What exactly, for developers; never personal data.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "ts", ts(optional))]
        detail: Option<String>,
    },
}

/// One consent with its tick.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct ConsentFacts {
    /// What.
    #[serde(flatten)]
    pub consent: Consent,
    /// Whether it is ticked.
    pub ticked: bool,
}

/// A field that was read, and what the person says to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct FieldFacts {
    /// What was read.
    #[serde(flatten)]
    pub field: ReadField,
    /// The person says that it is not right.
    pub wrong: bool,
}

/// The document as it was photographed.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct DocumentPicture {
    /// Which side.
    pub side: Side,
    /// `blob:` URL for an `img` element.
    pub picture: String,
    /// Where the document is in it, as shares of its sides.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub outline: Option<Corners>,
}

/// One statement with its tick.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct StatementFacts {
    /// What.
    #[serde(flatten)]
    pub statement: Statement,
    /// Whether it is ticked.
    pub ticked: bool,
}

/// How far a permission is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "state", rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum Permission {
    /// To be asked by its button.
    Open,
    /// The browser asks the person now.
    Asking,
    /// Given.
    Granted,
    /// Not given, or no device; the code says which.
    Failed {
        /// Why.
        code: ErrorCode,
        /// What the person can do.
        #[serde(rename = "waysOn")]
        ways_on: Vec<WayOn>,
    },
    /// Nothing at this case needs it.
    NotNeeded,
}

/// What the camera is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "type", rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum Purpose {
    /// A video of a side of the document.
    DocumentVideo {
        /// Which side.
        side: Side,
    },
    /// A photograph of a side of the document.
    DocumentPhoto {
        /// Which side.
        side: Side,
    },
    /// A video of the person.
    SelfieVideo,
}

/// The camera screen.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct CameraScreen {
    /// What for.
    pub purpose: Purpose,
    /// How far it is.
    pub stage: CameraStage,
    /// Show the preview mirrored: a front camera.
    pub mirrored: bool,
    /// More than one camera can be chosen (`Action::SwitchCamera`).
    pub can_switch: bool,
    /// The person starts it by `Action::Record` or `Action::TakePhoto`; else the photograph is taken by itself at the best moment, and
    /// this is offered when that takes long.
    pub by_hand: bool,
    /// The torch, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub torch: Option<bool>,
    /// Picture width over height, once known.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub aspect: Option<f64>,
    /// Sound level from 0 to 1 (0 dBFS); 0 without a microphone.
    pub level: f32,
    /// Reasons, when this step is taken again.
    pub reasons: Vec<ErrorCode>,
    /// Live hints are off because the engine cannot run.
    pub without_hints: bool,
    /// The machine-readable zone on the side in view has been read.
    pub zone_read: bool,
}

/// How far the camera is.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum CameraStage {
    /// Closed: `Action::OpenCamera` by a button.
    Closed,
    /// The browser is asked.
    Opening,
    /// Live: `Action::Record` or `Action::TakePhoto`.
    Live,
    /// Recording.
    Recording {
        /// Time since the first byte, milliseconds.
        millis: u64,
        /// When it ends by itself, milliseconds.
        limit_millis: u64,
        /// Whether `Action::StopRecording` is useful already.
        can_stop: bool,
        /// The word to be spoken now.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "ts", ts(optional))]
        word: Option<WordFacts>,
    },
    /// The picture stopped; it is being brought back.
    Recovering {
        /// What happened.
        code: ErrorCode,
    },
    /// Finishing: the last bytes are put away.
    Saving,
}

/// The word to be spoken now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct WordFacts {
    /// The word.
    pub text: String,
    /// Which one, from 1.
    pub number: u8,
    /// Of how many.
    pub of: u8,
}

/// A step to be repeated.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct RepeatFacts {
    /// Which.
    pub step: StepId,
    /// Why.
    pub reasons: Vec<ErrorCode>,
}

/// What the help form sends along.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct HelpForm {
    /// UUID of the case, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub case: Option<CaseId>,
    /// Last error.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub code: Option<ErrorCode>,
    /// Step at hand.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub step: Option<StepId>,
    /// Device and browser.
    pub facts: DeviceFacts,
    /// When it was opened.
    pub at: Rfc3339,
}

/// How far a message to the server is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum SendState {
    /// Being written.
    Open,
    /// On its way.
    Busy,
    /// Arrived.
    Sent,
}

/// How the uploads are doing, over all recordings of this case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct UploadFacts {
    /// Bytes the server has confirmed.
    pub confirmed: u64,
    /// Bytes recorded so far.
    pub recorded: u64,
    /// What is going on.
    pub state: UploadState,
}

/// What the uploads are doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum UploadState {
    /// Nothing to send.
    Idle,
    /// Bytes are moving.
    Sending,
    /// Waiting to try again after a failure.
    Waiting,
    /// The device is offline; it goes on by itself.
    Offline,
}

/// A case of this device.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct HistoryEntry {
    /// UUID.
    pub case: CaseId,
    /// First seven characters of it.
    pub kennung: String,
    /// Partner's name.
    pub partner: String,
    /// When this device joined it.
    pub at: Rfc3339,
    /// How it ended; absent while it is open.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "ts", ts(optional))]
    pub outcome: Option<PersonOutcome>,
}

/// What `start()` resolves to: everything is confirmed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Receipt {
    /// UUID of the case.
    pub case: CaseId,
    /// First seven characters of it.
    pub kennung: String,
    /// What the person was told; the partner's server knows the verdict.
    pub outcome: PersonOutcome,
}
