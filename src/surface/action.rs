//! Everything a person can do. Plain data.

use lichtbild_protocol::{
    Sensitive, WayOn,
    document::FieldName,
    flow::{DocumentKind, PermitCategory},
};
use serde::Deserialize;

/// What the person, or the page for them, does.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase", deny_unknown_fields)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum Action {
    /// The screen's main button.
    Continue,
    /// One screen back, where there is one.
    Back,
    /// Tick or untick a consent.
    Tick {
        /// Its id.
        id: String,
        /// Ticked or not.
        on: bool,
    },
    /// Does not agree.
    Refuse,
    /// Ask for the camera.
    AskCamera,
    /// Ask for the microphone.
    AskMicrophone,
    /// Take this kind of document.
    ChooseDocument {
        /// Which.
        kind: DocumentKind,
    },
    /// The permit is of this category.
    ChooseCategory {
        /// Which.
        category: PermitCategory,
    },
    /// A field is not right, or right after all.
    Doubt {
        /// Which.
        field: FieldName,
        /// It is not right.
        wrong: bool,
    },
    /// What is not right about a field, for the clerk who looks at it.
    Note {
        /// Which.
        field: FieldName,
        /// At most 500 characters.
        #[cfg_attr(feature = "ts", ts(type = "string"))]
        note: Sensitive<String>,
    },
    /// The clerk in the shop attests what is ticked.
    Attest {
        /// Name or staff number: 1 to 64 characters.
        #[cfg_attr(feature = "ts", ts(type = "string"))]
        clerk: Sensitive<String>,
    },
    /// Open the camera for this step.
    OpenCamera,
    /// Start recording.
    Record,
    /// Stop recording.
    StopRecording,
    /// Take the photograph.
    TakePhoto,
    /// Use what was recorded.
    Confirm,
    /// Record again, or photograph the document again when it could not be read right.
    Retake,
    /// Next camera.
    SwitchCamera,
    /// Torch on or off.
    Torch {
        /// On or off.
        on: bool,
    },
    /// A way on from a failure.
    Take {
        /// Which.
        way: WayOn,
    },
    /// Show the QR code.
    HandOff,
    /// Yes, I started this on my computer: claim the scanned hand-off.
    AcceptHandoff {
        /// The two digits on the computer.
        number: String,
    },
    /// Open the help form.
    Help,
    /// Send the help form.
    SendHelp {
        /// What the person wrote.
        #[cfg_attr(feature = "ts", ts(type = "string"))]
        description: Sensitive<String>,
    },
    /// End the case; also clears this device's store of it.
    Cancel,
}
