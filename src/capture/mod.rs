//! Which camera, which constraints, which kind of recording, which frames to look at, and what a failure means.
//! Facts about devices come in as data; decisions go out as data.

mod choice;
mod failure;
mod pacing;
mod picture;
mod recorder;

use lichtbild_protocol::ErrorCode;
use serde::{Deserialize, Serialize};

pub use self::{
    choice::{better_than, cameras_facing, choose, facing_of, magnified, media_request, next_camera},
    failure::{Asked, cause},
    pacing::Pacing,
    picture::{Glance, PictureFault, PictureWatch},
    recorder::{Watchdog, WatchdogVerdict, kinds, next_kind},
};

/// A video input as the browser lists and describes it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Device {
    /// `deviceId`.
    pub id: String,
    /// Label; empty before permission.
    pub label: String,
    /// `getCapabilities()`, where the browser has it.
    pub capabilities: Option<Capabilities>,
}

/// The capabilities and settings that matter for choosing, from `getCapabilities()` or `getSettings()`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Capabilities {
    /// Values of `facingMode`.
    pub facing_mode: Vec<String>,
    /// Largest width.
    pub width_max: Option<u32>,
    /// Largest height.
    pub height_max: Option<u32>,
    /// Values of `focusMode`.
    pub focus_mode: Vec<String>,
    /// Has a torch.
    pub torch: bool,
    /// Smallest magnification; above 1 it is a lens for what is far.
    pub zoom_min: Option<f32>,
    /// Largest magnification.
    pub zoom_max: Option<f32>,
}

/// Which way a camera looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Facing {
    /// Away from the person.
    Rear,
    /// At the person.
    Front,
}

/// What `getUserMedia` is asked for. Only `ideal` values, except a device id that was just seen.
#[derive(Clone, Debug, PartialEq)]
pub struct MediaRequest {
    /// Video constraints; `None`: no video.
    pub video: Option<VideoRequest>,
    /// Whether sound is wanted too.
    pub audio: bool,
}

/// Video constraints.
#[derive(Clone, Debug, PartialEq)]
pub struct VideoRequest {
    /// `deviceId: {exact}`.
    pub device: Option<String>,
    /// `facingMode: {ideal}`.
    pub facing: Facing,
    /// `width: {ideal}`.
    pub width: u32,
    /// `height: {ideal}`.
    pub height: u32,
    /// `frameRate: {ideal}`.
    pub frame_rate: u32,
}

/// What came of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StreamFacts {
    /// Device that was opened, with label and capabilities.
    pub device: Device,
    /// `facingMode` of the settings, where the browser tells.
    pub facing: Option<Facing>,
    /// Picture width in pixels.
    pub width: u32,
    /// Picture height in pixels.
    pub height: u32,
    /// Whether there is a sound track.
    pub has_audio: bool,
    /// Whether the torch can be switched.
    pub torch: bool,
    /// Whether it is on, as the settings say.
    pub lit: bool,
}

/// A refused `getUserMedia`, as the browser says it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MediaRefusal {
    /// `DOMException.name`, or `Timeout` of our own.
    pub name: String,
    /// `permissions.query` afterwards: camera and microphone.
    pub camera: PermissionState,
    /// Microphone.
    pub microphone: PermissionState,
    /// Whether the document's permissions policy allows the camera and the microphone.
    pub policy_allows: bool,
}

/// What the Permissions API says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum PermissionState {
    /// Allowed.
    Granted,
    /// Refused and remembered.
    Denied,
    /// Would ask.
    Prompt,
    /// The browser does not tell.
    #[default]
    Unknown,
}

/// What makes a recording. A way that yields nothing is not tried again in another kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RecorderWay {
    /// `MediaRecorder`, as WebM.
    WebM,
    /// `MediaRecorder`, as MP4 or whatever the browser chooses.
    Mp4,
    /// The browser's encoders and a muxer of our own.
    Codecs,
    /// `MediaRecorder` for the sound alone; stills have to stand for the video.
    SoundAndStills,
}

/// A kind of recording to try: first element of the list that works.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecorderKind {
    /// By what.
    pub way: RecorderWay,
    /// Asked of `MediaRecorder`; `None`: the browser's own choice.
    pub media_type: Option<&'static str>,
    /// `videoKeyFrameIntervalDuration`, milliseconds.
    pub key_frame_millis: u32,
    /// `start(timeslice)`, milliseconds.
    pub timeslice_millis: u32,
}

/// A requirement that is not met, as its code.
pub type Missing = Vec<ErrorCode>;
