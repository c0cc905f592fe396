//! What goes into the session and what comes out of it.

use lichtbild_protocol::{
    ErrorCode, Sensitive,
    capture::{
        Attest, ChooseDocument, ConfirmData, DeviceFacts, FinishStep, GiveConsents, HandoffOffer, HandoffPreview,
        ReportReading, SessionSnapshot, TokenIssued,
    },
    case::{ArtifactId, CaseId},
    flow::StepId,
};

use crate::{
    artifact::{Artifact, Sealed},
    capture::{Device, Glance, MediaRefusal, MediaRequest, Missing, PermissionState, RecorderKind, StreamFacts},
    observation::{Observation, ZoneWish},
    surface::{Action, CaptureEvent, HistoryEntry},
    time::Timestamp,
    upload,
};

/// What happened.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs, reason = "each variant's sentence names its fields")]
pub enum Input {
    /// The page is up: what the browser lacks, what it can tell about itself, this device's history.
    Opened { missing: Missing, facts: DeviceFacts, history: Vec<HistoryEntry>, online: bool },
    /// The person did something.
    Acted(Action),
    /// The time asked for by `Output::WakeAt` has come, or may have.
    Tick,
    /// The server answered a request.
    Answered { request: u32, reply: Reply },
    /// The server refused it, or could not be reached (`network.*`); `detail` for developers.
    Failed { request: u32, code: ErrorCode, detail: Option<String> },
    /// An event of the server.
    Pushed(Box<SessionSnapshot>),
    /// The event stream broke.
    EventsLost,
    /// The browser went online or offline.
    Online(bool),
    /// The page became visible or hidden.
    Visible(bool),

    /// Answer of `QueryPermissions`.
    Permissions { camera: PermissionState, microphone: PermissionState },
    /// Answer of `ListCameras`, and after every `devicechange`.
    Cameras(Vec<Device>),
    /// The camera is open. `sequence` is that of `OpenStream`; a late one is closed again.
    StreamOpened { sequence: u32, facts: StreamFacts },
    /// It could not be opened.
    StreamRefused { sequence: u32, refusal: MediaRefusal },
    /// The video or sound track ended.
    TrackEnded { audio: bool },
    /// The open stream is described anew: some cameras tell late what they can, a torch may not have obeyed.
    StreamChanged { sequence: u32, facts: StreamFacts },
    /// What this browser lacks now; after every `ListCameras` and `devicechange`.
    Missing(Missing),
    /// The track was muted or unmuted by the system.
    TrackMuted { audio: bool, muted: bool },

    /// So much of the engine is there, in percent.
    EngineProgress(u8),
    /// The engine is loaded; once more when its reader is there, which nobody waits for.
    EngineReady {
        /// It finds documents; else it judges the picture only.
        documents: bool,
        /// It reads machine-readable zones.
        reads: bool,
    },
    /// The engine could not be loaded, or does not answer any more.
    EngineLost(ErrorCode),
    /// The engine looked at a still, or could not.
    StillSeen { artifact: ArtifactId, seen: Option<Observation> },
    /// A frame can be looked at; `frame` numbers it.
    FrameAvailable { frame: u32 },
    /// The engine looked at one.
    Observed(Observation),
    /// Answer of `Glance`.
    Glanced(Glance),
    /// Sound level, 0 to 1, about ten times a second.
    Level(f32),

    /// The first bytes are in the store, with the media type the recorder really uses.
    RecorderOpened(Artifact),
    /// More bytes are in the store.
    RecorderSpooled { artifact: ArtifactId, offset: u64, len: u64 },
    /// The recorder has stopped and everything is in the store.
    RecorderSealed { artifact: ArtifactId, sealed: Sealed },
    /// The recorder failed, or refuses this kind.
    RecorderFailed { artifact: ArtifactId },
    /// A still is in the store; `picture` is an object URL to show it.
    StillTaken { artifact: Artifact, sealed: Sealed, width: u32, height: u32, picture: String },
    /// No still could be taken.
    StillFailed { artifact: ArtifactId },

    /// What earlier pages left in the store for this case, answer of `ListSpool`.
    SpoolListed(Vec<upload::Entry>),
    /// A still that an earlier page left in the store; `picture` is an object URL to show it.
    StillKept { artifact: ArtifactId, picture: String },
    /// The digest of a recording that an earlier page left unfinished.
    SpoolSealed { artifact: ArtifactId, sealed: Sealed },
    /// The store failed; recordings wait in memory.
    StoreFailed(ErrorCode),
    /// Another tab of this browser has this case open, or has let go of it.
    Elsewhere(bool),
    /// The server answered an upload request.
    Uploaded { artifact: ArtifactId, answer: upload::Answer },
}

/// What to ask the server. Paths are in `docs/protocol.md`.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs, reason = "each variant's sentence names its fields")]
pub enum Request {
    /// The session's snapshot.
    Session,
    /// A fresh token.
    Token,
    /// Register this browser's key.
    Device(DeviceFacts),
    /// The consents.
    Consents(GiveConsents),
    /// The kind of document, and its category.
    Document(ChooseDocument),
    /// What the person says to what was read.
    Confirm(ConfirmData),
    /// What the clerk in the shop attests.
    Attest(Attest),
    /// A step is finished.
    Finish { step: StepId, body: FinishStep },
    /// Start the evaluation.
    Evaluate,
    /// End the case.
    Cancel,
    /// What the engine read at a step. Nothing depends on it.
    Reading(Box<ReportReading>),
    /// A line for support.
    Report { code: ErrorCode, step: Option<StepId> },
    /// The help form.
    Help { description: Sensitive<String>, code: Option<ErrorCode>, step: Option<StepId>, facts: DeviceFacts },
    /// A code for the phone.
    OfferHandoff,
    /// Take the case back before a phone claims it.
    WithdrawHandoff,
    /// Who asks behind a scanned code.
    PreviewHandoff(Sensitive<String>),
    /// Take the case over from the desktop, with the number that is shown there.
    ClaimHandoff { secret: Sensitive<String>, number: String, facts: DeviceFacts },
}

/// What the server answered.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs, reason = "each variant is one answer type")]
pub enum Reply {
    Session(Box<SessionSnapshot>),
    Token(TokenIssued),
    Offer(HandoffOffer),
    Preview(HandoffPreview),
    /// 204.
    Nothing,
}

/// What the shell has to do.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs, reason = "each variant's sentence names its fields")]
pub enum Output {
    /// The snapshot or something else changed: tell the listeners.
    Emit(CaptureEvent),
    /// Wake me then; replaces the earlier wish.
    WakeAt(Timestamp),
    /// Ask the server; answer with the same number. Deadline: 15 s.
    Call { request: u32, what: Request },
    /// Use this token from now on, also for uploads, and keep it for a reload.
    UseToken(Sensitive<String>),
    /// Send all requests about this case from now on; loads or makes the device key; takes the case's tab lock.
    Bind(CaseId),
    /// Open the event stream, again after `EventsLost`.
    Listen,
    /// Close it.
    StopListening,
    /// Keep or update this device's history.
    Record(HistoryEntry),
    /// The case has ended: its token and its key in this browser are not needed any more.
    CloseCase(CaseId),
    /// List what the store has of this case, then show its stills.
    ListSpool,
    /// Where to create uploads.
    UploadTo { url: String },
    /// Something for the uploads.
    Upload(upload::Output),

    /// Ask the Permissions API.
    QueryPermissions,
    /// Enumerate cameras, and what the browser lacks.
    ListCameras,
    /// Open camera and microphone; an open one is closed first. Deadline: 60 s, then `StreamRefused` named `Timeout`.
    OpenStream { sequence: u32, media: MediaRequest },
    /// Stop every track, also of a stream that is still being opened.
    CloseStream,
    /// Torch and magnification of the open camera, where it has them. Always both: what a wish leaves out, browsers put back.
    Tune { torch: Option<bool>, zoom: Option<f32> },
    /// Keep the screen awake, or not any more.
    KeepAwake(bool),
    /// Load the engine in its worker.
    LoadEngine,
    /// Throw the engine away.
    DropEngine,
    /// Hand the current frame to the engine.
    LookAt { frame: u32, zone: ZoneWish },
    /// Show the engine this still.
    LookAtStill { artifact: ArtifactId, zone: ZoneWish },
    /// Look at a tiny drawing of the current frame: there is no engine.
    Glance,
    /// Record the open stream; bytes go to the store under this id.
    StartRecording { artifact: Artifact, kind: RecorderKind },
    /// `requestData()`.
    NudgeRecorder,
    /// Stop recording; `RecorderSealed` follows.
    StopRecording,
    /// Throw the running recording away, and its bytes.
    AbortRecording,
    /// Take a still at the best resolution the device gives. `full`: a photograph by the device; else the current frame.
    TakeStill { artifact: Artifact, full: bool },
    /// The picture is not shown any more.
    ReleasePicture { picture: String },
    /// Haptic tick, where there is one.
    Tick,
}
