//! What the person is told while the camera looks. Does not know: when it is told (`flow`), its words (`pkg/src/messages`).

use serde::{Deserialize, Serialize};

/// One instruction, one action. Its words are under `hint.<name>`; the spoken form under `hint.<name>.spoken`. Directions are those
/// of the picture as the person sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub enum Hint {
    /// The lens is covered.
    Uncover,
    /// More light.
    TooDark,
    /// More light: there is a torch.
    TorchOn,
    /// Less light.
    TooBright,
    /// A reflection hides something: tilt the document a little.
    Glare,
    /// A shadow falls on the document: move it out of it.
    Shadow,
    /// Hold still.
    HoldStill,
    /// The document moves too fast.
    MoveSlower,
    /// Out of focus: a little more distance.
    OutOfFocus,
    /// Out of focus, though held still at a good distance: wait for the focus.
    WaitForFocus,
    /// The picture is dull: clean the lens.
    LowContrast,
    /// The document does not stand out: another background.
    OtherBackground,
    /// No document in view.
    ShowDocument,
    /// The document is too small in the picture.
    MoveCloser,
    /// The document is too large for the picture.
    MoveBack,
    /// The document runs over the right edge.
    MoveLeft,
    /// The document runs over the left edge.
    MoveRight,
    /// The document runs over the lower edge.
    MoveUp,
    /// The document runs over the upper edge.
    MoveDown,
    /// The document runs over several edges.
    WholeDocument,
    /// The document is upside down.
    TurnUpright,
    /// The document lies a quarter turn to the left.
    TurnClockwise,
    /// The document lies a quarter turn to the right.
    TurnCounterclockwise,
    /// The back is in view, the front is wanted.
    TurnToFront,
    /// The front is in view, the back is wanted.
    TurnToBack,
    /// A passport is wanted: its page with the portrait.
    ShowDataPage,
    /// Another kind of document is wanted.
    OtherDocument,
    /// The document is tilted, nobody knows which way.
    HoldFlat,
    /// The document is tilted: its upper edge is to come closer to the camera.
    TopCloser,
    /// The document is tilted: its lower edge is to come closer to the camera.
    BottomCloser,
    /// The document is tilted: its left edge is to come closer to the camera.
    LeftCloser,
    /// The document is tilted: its right edge is to come closer to the camera.
    RightCloser,
    /// Fingers cover the document.
    FingersOff,
    /// The machine-readable zone of a document that is seen well is not to be found on it.
    ShowZone,
    /// A part of the machine-readable zone is covered, or not in the picture.
    ZoneCovered,
    /// The microphone hears nothing: speak louder.
    SpeakUp,
    /// The document is seen well: keep it so, the picture is being taken.
    KeepStill,
    /// All is well.
    Good,
}

impl Hint {
    /// It asks for no change.
    pub const fn is_good(self) -> bool {
        matches!(self, Self::KeepStill | Self::Good)
    }
}
