//! Screens in a few words, as stories name them.

use lichtbild::surface::{CameraStage, Permission, Purpose, Screen, SendState};
use lichtbild_protocol::flow::{Side, Topic};

/// A screen in a few words.
pub fn name(screen: &Screen) -> String {
    let purpose = |purpose: Purpose| match purpose {
        Purpose::DocumentVideo { .. } | Purpose::DocumentPhoto { side: Side::Front } => "front",
        Purpose::DocumentPhoto { side: Side::Back } => "back",
        Purpose::SelfieVideo => "selfie",
    };
    let permission = |permission: &Permission| match permission {
        Permission::Open => "open".to_owned(),
        Permission::Asking => "asking".to_owned(),
        Permission::Granted => "granted".to_owned(),
        Permission::Failed { code, .. } => code.to_string(),
        Permission::NotNeeded => "not needed".into(),
    };
    match screen {
        Screen::Loading => "loading".into(),
        Screen::Home => "home".into(),
        Screen::HandoffClaim { .. } => "claim".into(),
        Screen::Requirements { .. } => "requirements".into(),
        Screen::Register { .. } => "register".into(),
        Screen::Explainer { topic, .. } => match topic {
            Topic::Whole => "explain whole".into(),
            Topic::Front => "explain front".into(),
            Topic::Back => "explain back".into(),
            Topic::Selfie => "explain selfie".into(),
        },
        Screen::Consents { .. } => "consents".into(),
        Screen::ConsentRefused => "consent refused".into(),
        Screen::Permissions { camera, microphone } => {
            format!("permissions {} {}", permission(camera), permission(microphone))
        }
        Screen::DocumentChoice { refused: Some(code), .. } => format!("choose {code}"),
        Screen::DocumentChoice { .. } => "choose".into(),
        Screen::CategoryChoice { .. } => "choose category".into(),
        Screen::Camera(camera) => {
            let stage = match &camera.stage {
                CameraStage::Closed => "closed".to_owned(),
                CameraStage::Opening => "opening".to_owned(),
                CameraStage::Live => "live".to_owned(),
                CameraStage::Recording { word: Some(word), .. } => format!("recording {}", word.text),
                CameraStage::Recording { .. } => "recording".to_owned(),
                CameraStage::Recovering { code } => format!("recovering {code}"),
                CameraStage::Saving => "saving".to_owned(),
            };
            format!("camera {} {stage}", purpose(camera.purpose))
        }
        Screen::Review { purpose: what, .. } => format!("review {}", purpose(*what)),
        Screen::DataConfirmation { reading, .. } => format!("confirm {reading:?}").to_lowercase(),
        Screen::Attestation { .. } => "attest".into(),
        Screen::Evaluation { progress: None } => "evaluation".into(),
        Screen::Evaluation { progress: Some(_) } => "evaluation running".into(),
        Screen::Repeat { steps, .. } => {
            format!("repeat {}", steps.iter().map(|it| it.step.as_str()).collect::<Vec<_>>().join(" "))
        }
        Screen::Done { outcome } => format!("done {outcome:?}"),
        Screen::Handoff { qr, .. } => if qr.is_some() { "handoff code" } else { "handoff" }.into(),
        Screen::Observing { .. } => "observing".into(),
        Screen::Help { state: SendState::Sent, .. } => "help sent".into(),
        Screen::Help { .. } => "help".into(),
        Screen::Failed { code, .. } => format!("failed {code}"),
    }
}
