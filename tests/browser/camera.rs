//! Camera, frames, level and still photographs, from the fake devices.

use std::rc::Rc;

use lichtbild::{
    artifact::Artifact,
    capture::{Facing, PermissionState},
    session::Input,
    web::{
        camera::{CameraStream, Slot},
        devices,
        frames::{Frames, close},
        level::LevelMeter,
        still,
    },
};
use lichtbild_protocol::case::ArtifactKind;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{AudioContextState, MediaStreamTrack, MediaStreamTrackState};

use crate::support::{Ear, artifact, fresh_store, open_camera, pause, stream, until, video, wish};

fn track(slot: &Slot) -> MediaStreamTrack {
    slot.open.borrow().as_ref().and_then(CameraStream::video_track).expect("a picture")
}

#[wasm_bindgen_test]
async fn the_camera_opens_and_tells_its_size_and_its_sound() {
    let ear = Ear::default();
    let (slot, facts) = open_camera(&ear, true).await;
    assert!(facts.width >= 320 && facts.height >= 240, "{facts:?}");
    assert!(facts.has_audio && !facts.device.id.is_empty());
    assert_eq!(track(&slot).ready_state(), MediaStreamTrackState::Live);
    let listed = devices::cameras().await;
    assert!(listed.iter().any(|device| device.id == facts.device.id), "{listed:?}");
    assert_ne!(devices::permission("camera").await, PermissionState::Denied);
    assert!(devices::policy_allows("camera"));
}

#[wasm_bindgen_test]
async fn the_camera_is_off_when_the_slot_is_closed_or_dropped() {
    let ear = Ear::default();
    let (slot, _) = open_camera(&ear, true).await;
    let first = track(&slot);
    slot.close();
    assert_eq!(first.ready_state(), MediaStreamTrackState::Ended);
    let (slot, _) = open_camera(&ear, true).await;
    let second = track(&slot);
    drop(slot);
    assert_eq!(second.ready_state(), MediaStreamTrackState::Ended);
}

#[wasm_bindgen_test]
async fn the_camera_is_off_also_when_its_picture_was_shown() {
    let ear = Ear::default();
    let (slot, _) = open_camera(&ear, true).await;
    let (frames, element) = (Frames::default(), video());
    frames.play(&stream(&slot), &ear.feed());
    frames.show_in(Clone::clone(&element), &ear.feed());
    let shown = element.src_object().expect("a stream");
    slot.close();
    for track in shown.get_tracks().iter().map(JsCast::unchecked_into::<MediaStreamTrack>) {
        assert_eq!(track.ready_state(), MediaStreamTrackState::Ended);
    }
    frames.stop();
    assert!(element.src_object().is_none());
}

#[wasm_bindgen_test]
async fn a_stream_that_comes_too_late_is_never_shown() {
    let ear = Ear::default();
    let slot = Rc::new(Slot::default());
    slot.open(1, &wish(false), ear.feed());
    slot.open(2, &wish(false), ear.feed());
    ear.hear("the newer stream", |input| matches!(input, Input::StreamOpened { sequence: 2, .. }).then_some(())).await;
    slot.open(3, &wish(false), ear.feed());
    slot.close();
    pause(1_500).await;
    assert_eq!(ear.count(|input| matches!(input, Input::StreamOpened { .. })), 0, "the others are stopped in silence");
    assert!(slot.open.borrow().is_none());
}

#[wasm_bindgen_test]
async fn a_camera_that_is_not_there_is_refused_by_name() {
    let ear = Ear::default();
    let slot = Rc::new(Slot::default());
    let mut wanted = wish(false);
    if let Some(video) = &mut wanted.video {
        video.device = Some("no such camera".into());
        video.facing = Facing::Front;
    }
    slot.open(7, &wanted, ear.feed());
    let refusal = ear
        .hear("a refusal", |input| match input {
            Input::StreamRefused { sequence: 7, refusal } => Some(refusal.clone()),
            _ => None,
        })
        .await;
    assert!(["OverconstrainedError", "NotFoundError"].contains(&refusal.name.as_str()), "{refusal:?}");
    assert!(refusal.policy_allows);
}

#[wasm_bindgen_test]
async fn frames_are_announced_and_handed_out_also_without_an_element_of_the_page() {
    let ear = Ear::default();
    let (slot, _) = open_camera(&ear, false).await;
    let frames = Frames::default();
    let stream = stream(&slot);
    for shown in [false, true] {
        if shown {
            frames.show_in(video(), &ear.feed());
        } else {
            frames.play(&stream, &ear.feed());
        }
        let frame = |input: &Input| match input {
            Input::FrameAvailable { frame } => Some(*frame),
            _ => None,
        };
        let (first, second) = (ear.hear("a frame", frame).await, ear.hear("the next frame", frame).await);
        assert_eq!(second, first + 1);
        let picture = frames.current().await.expect("the current frame");
        assert!(picture.is_object());
        close(&picture);
    }
    frames.stop();
    assert!(frames.video().is_none() && frames.current().await.is_none());
}

/// Where the browser has no loudspeaker it measures no sound: then the meter reports nothing, instead of a silence that is not there.
#[wasm_bindgen_test]
async fn the_level_meter_hears_the_fake_microphone_or_says_nothing() {
    let ear = Ear::default();
    let (slot, _) = open_camera(&ear, true).await;
    let _meter = LevelMeter::start(&stream(&slot), ear.feed()).expect("a meter");
    let measured = web_sys::AudioContext::new().expect("a context");
    drop(measured.resume().expect("a promise"));
    pause(2_500).await;
    let levels =
        |least: f32| ear.count(|input| matches!(input, Input::Level(level) if *level >= least && *level <= 1.0));
    if measured.state() == AudioContextState::Running {
        assert!(levels(0.001) > 0, "{} levels, none of them a sound", levels(0.0));
    } else {
        assert_eq!(levels(0.0), 0);
    }
}

#[wasm_bindgen_test]
async fn a_still_is_a_jpeg_of_the_picture_and_lies_in_the_store() {
    let ear = Ear::default();
    let (slot, facts) = open_camera(&ear, false).await;
    let frames = Frames::default();
    frames.play(&stream(&slot), &ear.feed());
    ear.hear("a frame", |input| matches!(input, Input::FrameAvailable { .. }).then_some(())).await;
    let store = fresh_store(&ear);
    let wanted = Artifact { kind: ArtifactKind::Still, media_type: String::new(), ..artifact("still") };
    let source = still::Source::Frame(frames.video().expect("it plays"));
    let stills = Rc::new(still::Stills::default());
    still::take(source, wanted.clone(), store.clone(), stills.clone(), ear.feed()).await;
    let (artifact, sealed, size, picture) = ear
        .hear("a still", |input| match input {
            Input::StillTaken { artifact, sealed, width, height, picture } => {
                Some((artifact.clone(), sealed.clone(), (*width, *height), picture.clone()))
            }
            _ => None,
        })
        .await;
    assert_eq!((artifact.media_type.as_str(), size), ("image/jpeg", (facts.width, facts.height)));
    let bytes = store.read(&wanted.id, 0..sealed.length).await.expect("its bytes");
    assert_eq!(bytes[..3], [0xff, 0xd8, 0xff]);
    assert_eq!(lichtbild::web::crypto::hex(&lichtbild::web::crypto::sha256(&bytes)), sealed.sha256);
    assert!(picture.starts_with("blob:"));
    assert!(stills.of("another").is_none());
    assert!(stills.of(&wanted.id).is_some(), "its pixels, for the engine");
    assert!(stills.of(&wanted.id).is_none(), "once");
    assert!(fetched(&picture).await.is_ok());
    stills.release_all();
    assert!(fetched(&picture).await.is_err(), "nobody can look at it any more");
    store.remove(&wanted.id).await;
}

async fn fetched(address: &str) -> Result<JsValue, JsValue> {
    JsFuture::from(web_sys::window().expect("a page").fetch_with_str(address)).await
}

#[wasm_bindgen_test]
async fn a_photograph_is_taken_or_refused_but_never_hangs() {
    let ear = Ear::default();
    let (slot, _) = open_camera(&ear, false).await;
    let store = fresh_store(&ear);
    let wanted = Artifact { kind: ArtifactKind::Still, ..artifact("photograph") };
    let source = still::Source::Photograph(track(&slot));
    still::take(source, wanted.clone(), store.clone(), Rc::default(), ear.feed()).await;
    let taken = ear
        .hear("a photograph or its refusal", |input| match input {
            Input::StillTaken { sealed, .. } => Some(Some(sealed.length)),
            Input::StillFailed { .. } => Some(None),
            _ => None,
        })
        .await;
    assert!(taken.is_none_or(|length| length > 1_000));
    store.remove(&wanted.id).await;
}

#[wasm_bindgen_test]
async fn a_torch_the_camera_does_not_have_is_no_trouble() {
    let ear = Ear::default();
    let (slot, facts) = open_camera(&ear, false).await;
    assert!(!facts.torch);
    slot.tune(Some(true), Some(2.0), ear.feed());
    until("the picture goes on", || track(&slot).ready_state() == MediaStreamTrackState::Live).await;
}
