//! The recorder: what the browser gives arrives in the store in order, whole, with the digest it is sealed with.

use lichtbild::{
    artifact::Sealed,
    capture::{RecorderKind, kinds},
    session::Input,
    web::{
        crypto::{hex, sha256},
        recorder::Recorder,
    },
};
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::MediaRecorder;

use crate::support::{Ear, artifact, fresh_store, open_camera, pause, stream};

fn first_that_works() -> &'static RecorderKind {
    kinds()
        .iter()
        .find(|kind| kind.media_type.is_none_or(MediaRecorder::is_type_supported))
        .expect("every browser records something")
}

fn sealed(input: &Input) -> Option<Sealed> {
    match input {
        Input::RecorderSealed { sealed, .. } => Some(sealed.clone()),
        _ => None,
    }
}

#[wasm_bindgen_test]
async fn a_recording_is_in_the_store_piece_by_piece_and_sealed_with_its_digest() {
    let ear = Ear::default();
    let (slot, _) = open_camera(&ear, true).await;
    let store = fresh_store(&ear);
    let wanted = artifact("recording");
    let stream = stream(&slot);
    let recorder =
        Recorder::start(&stream, wanted.clone(), first_that_works(), &JsValue::UNDEFINED, store.clone(), &ear.feed());
    let recorder = recorder.expect("a recorder");
    let opened = ear
        .hear("the first bytes", |input| match input {
            Input::RecorderOpened(artifact) => Some(artifact.clone()),
            _ => None,
        })
        .await;
    assert!(opened.media_type.starts_with("video/"), "{opened:?}");
    let mut end = 0;
    for _ in 0..3 {
        let (offset, len) = ear
            .hear("a piece", |input| match input {
                Input::RecorderSpooled { offset, len, .. } => Some((*offset, *len)),
                _ => None,
            })
            .await;
        assert_eq!(offset, end);
        end += len;
    }
    recorder.stop();
    let sealed = ear.hear("the end", sealed).await;
    assert!(sealed.length >= end);
    let bytes = store.read(&wanted.id, 0..sealed.length).await.expect("every byte");
    assert_eq!(hex(&sha256(&bytes)), sealed.sha256);
    store.remove(&wanted.id).await;
}

#[wasm_bindgen_test]
async fn a_recording_that_is_thrown_away_reports_nothing_more_and_leaves_nothing() {
    let ear = Ear::default();
    let (slot, _) = open_camera(&ear, true).await;
    let store = fresh_store(&ear);
    let wanted = artifact("thrown-away");
    let stream = stream(&slot);
    let recorder =
        Recorder::start(&stream, wanted.clone(), first_that_works(), &JsValue::UNDEFINED, store.clone(), &ear.feed());
    let recorder = recorder.expect("a recorder");
    ear.hear("the first bytes", |input| matches!(input, Input::RecorderOpened(_)).then_some(())).await;
    drop(recorder);
    store.remove(&wanted.id).await;
    let told =
        |ear: &Ear| ear.count(|input| matches!(input, Input::RecorderSpooled { .. } | Input::RecorderSealed { .. }));
    let before = told(&ear);
    pause(1_500).await;
    assert_eq!(told(&ear), before);
    assert!(store.read(&wanted.id, 0..1).await.is_none(), "what was on its way did not come back");
}

#[wasm_bindgen_test]
async fn a_kind_the_browser_does_not_know_is_refused_at_once() {
    let ear = Ear::default();
    let (slot, _) = open_camera(&ear, true).await;
    let kind = RecorderKind { media_type: Some("video/x-nothing"), ..kinds()[0].clone() };
    let stream = stream(&slot);
    assert!(
        Recorder::start(&stream, artifact("refused"), &kind, &JsValue::UNDEFINED, fresh_store(&ear), &ear.feed())
            .is_err()
    );
}

#[wasm_bindgen_test]
async fn the_camera_stopping_ends_the_recording_with_what_there_is() {
    let ear = Ear::default();
    let (slot, _) = open_camera(&ear, true).await;
    let store = fresh_store(&ear);
    let wanted = artifact("cut-off");
    let stream = stream(&slot);
    let recorder =
        Recorder::start(&stream, wanted.clone(), first_that_works(), &JsValue::UNDEFINED, store.clone(), &ear.feed());
    let _recorder = recorder.expect("a recorder");
    ear.hear("a piece", |input| matches!(input, Input::RecorderSpooled { .. }).then_some(())).await;
    slot.close();
    let sealed = ear.hear("the end", sealed).await;
    assert!(sealed.length > 0);
    store.remove(&wanted.id).await;
}
