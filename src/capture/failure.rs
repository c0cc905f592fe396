//! What a refused `getUserMedia` means: exception name × permission state × policy → one code.
//! Names old browsers use are known too. An unknown name is `….failed`, with the name as detail elsewhere.

use lichtbild_protocol::ErrorCode;

use super::{MediaRefusal, PermissionState};

/// What was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// The camera alone.
    Camera,
    /// The microphone alone.
    Microphone,
    /// Both at once.
    Both,
}

/// The code for a refusal.
pub fn cause(refusal: &MediaRefusal, asked: Asked) -> ErrorCode {
    use ErrorCode as E;
    let sound = about_sound(refusal, asked);
    let either = |camera, microphone| if sound { microphone } else { camera };
    match refusal.name.as_str() {
        "NotAllowedError" | "PermissionDeniedError" | "PermissionDismissedError" | "SecurityError" => {
            let state = if sound { refusal.microphone } else { refusal.camera };
            match state {
                _ if !refusal.policy_allows => either(E::CameraPolicy, E::MicrophonePolicy),
                // Refused although the site has leave: the system forbids it to the browser.
                PermissionState::Denied | PermissionState::Granted => either(E::CameraBlocked, E::MicrophoneBlocked),
                PermissionState::Prompt | PermissionState::Unknown => either(E::CameraRefused, E::MicrophoneRefused),
            }
        }
        "NotFoundError" | "DevicesNotFoundError" => either(E::CameraMissing, E::MicrophoneMissing),
        "NotReadableError" | "TrackStartError" | "AbortError" => either(E::CameraInUse, E::MicrophoneInUse),
        "OverconstrainedError" | "ConstraintNotSatisfiedError" => either(E::CameraNoMatch, E::MicrophoneFailed),
        "TypeError" | "NotSupportedError" => E::UnsupportedGetUserMedia,
        "Timeout" => either(E::CameraTimeout, E::MicrophoneTimeout),
        _ => either(E::CameraFailed, E::MicrophoneFailed),
    }
}

/// Asked for both, a refusal does not say which one it is about; the permission states do, if they differ.
fn about_sound(refusal: &MediaRefusal, asked: Asked) -> bool {
    match asked {
        Asked::Camera => false,
        Asked::Microphone => true,
        Asked::Both => {
            refusal.camera == PermissionState::Granted
                && matches!(refusal.microphone, PermissionState::Denied | PermissionState::Prompt)
        }
    }
}

#[cfg(test)]
mod tests {
    use ErrorCode as E;
    use PermissionState::{Denied, Granted, Prompt, Unknown};

    use super::*;

    #[test]
    fn every_cause_has_its_own_code() {
        let table = [
            // name, camera, microphone, policy allows, asked, code
            ("NotAllowedError", Prompt, Prompt, true, Asked::Camera, E::CameraRefused),
            ("NotAllowedError", Unknown, Unknown, true, Asked::Camera, E::CameraRefused),
            ("NotAllowedError", Denied, Prompt, true, Asked::Camera, E::CameraBlocked),
            ("NotAllowedError", Granted, Prompt, true, Asked::Camera, E::CameraBlocked),
            ("NotAllowedError", Denied, Denied, false, Asked::Camera, E::CameraPolicy),
            ("NotAllowedError", Prompt, Prompt, true, Asked::Microphone, E::MicrophoneRefused),
            ("NotAllowedError", Prompt, Denied, true, Asked::Microphone, E::MicrophoneBlocked),
            ("NotAllowedError", Granted, Granted, false, Asked::Microphone, E::MicrophonePolicy),
            ("NotAllowedError", Granted, Denied, true, Asked::Both, E::MicrophoneBlocked),
            ("NotAllowedError", Granted, Prompt, true, Asked::Both, E::MicrophoneRefused),
            ("NotAllowedError", Denied, Denied, true, Asked::Both, E::CameraBlocked),
            ("SecurityError", Unknown, Unknown, true, Asked::Camera, E::CameraRefused),
            ("NotFoundError", Prompt, Prompt, true, Asked::Camera, E::CameraMissing),
            ("NotFoundError", Granted, Prompt, true, Asked::Microphone, E::MicrophoneMissing),
            ("NotFoundError", Granted, Prompt, true, Asked::Both, E::MicrophoneMissing),
            ("NotFoundError", Unknown, Unknown, true, Asked::Both, E::CameraMissing),
            ("NotReadableError", Granted, Granted, true, Asked::Both, E::CameraInUse),
            ("NotReadableError", Granted, Granted, true, Asked::Microphone, E::MicrophoneInUse),
            ("AbortError", Granted, Granted, true, Asked::Camera, E::CameraInUse),
            ("OverconstrainedError", Granted, Granted, true, Asked::Both, E::CameraNoMatch),
            ("TypeError", Unknown, Unknown, true, Asked::Both, E::UnsupportedGetUserMedia),
            ("NotSupportedError", Unknown, Unknown, true, Asked::Both, E::UnsupportedGetUserMedia),
            ("InvalidStateError", Granted, Granted, true, Asked::Camera, E::CameraFailed),
            ("Timeout", Prompt, Prompt, true, Asked::Camera, E::CameraTimeout),
            ("Timeout", Prompt, Prompt, true, Asked::Microphone, E::MicrophoneTimeout),
            ("SomethingNew", Granted, Granted, true, Asked::Microphone, E::MicrophoneFailed),
        ];
        for (name, camera, microphone, policy_allows, asked, expected) in table {
            let refusal = MediaRefusal { name: name.to_owned(), camera, microphone, policy_allows };
            assert_eq!(cause(&refusal, asked), expected, "{name} {camera:?} {microphone:?} {policy_allows} {asked:?}");
        }
    }
}
