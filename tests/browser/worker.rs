//! The engine's worker as the page speaks to it: messages and faults, with small scripts in the worker's place. The real worker and
//! engine run in the end-to-end and packaging tests.

use js_sys::Array;
use lichtbild::{
    observation::{ZoneFormat, ZoneWish},
    session::Input,
    time::Timestamp,
    web::{
        frames::Frames,
        worker::{Engine, EngineAssets},
    },
};
use lichtbild_protocol::ErrorCode;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Blob, Url};

use crate::support::{Ear, open_camera, stream};

const READY: &str = "if (data.kind === 'load') postMessage({ kind: 'ready', version: data.version });";

fn engine(ear: &Ear, script: &str) -> Engine {
    let whole = format!("addEventListener('message', ({{ data }}) => {{ {script} }});");
    let blob = Blob::new_with_str_sequence(&Array::of1(&whole.into())).expect("a blob");
    let worker_url = Url::create_object_url_with_blob(&blob).expect("an address");
    let assets = EngineAssets {
        worker_url,
        engine_wasm_url: "engine_bg.wasm".into(),
        document_model_url: "document.onnx".into(),
        finder_model_url: "finder.onnx".into(),
        reader_model_url: "reader.onnx".into(),
        version: "1.2.3".into(),
    };
    Engine::load(&assets, &ear.feed()).expect("a worker")
}

#[wasm_bindgen_test]
async fn how_far_it_is_while_it_loads_is_told() {
    let ear = Ear::default();
    let _engine = engine(&ear, &format!("postMessage({{ kind: 'progress', percent: 35 }}); {READY}"));
    let percent = ear.hear("progress", |input| match input {
        Input::EngineProgress(percent) => Some(*percent),
        _ => None,
    });
    assert_eq!(percent.await, 35);
    ear.hear("the engine", |input| matches!(input, Input::EngineReady { .. }).then_some(())).await;
}

fn lost(input: &Input) -> Option<ErrorCode> {
    match input {
        Input::EngineLost(code) => Some(*code),
        _ => None,
    }
}

#[wasm_bindgen_test]
async fn a_frame_goes_over_by_transfer_and_its_observation_comes_back() {
    let ear = Ear::default();
    let script = format!(
        "{READY} if (data.kind === 'frame') {{ const {{ frame, at, zone: wish }} = data; data.source.close(); const zone = {{ state: 'read', \
         format: 'td1', lines: [wish], confidence: 0.9, millis: 40 }}; postMessage({{ kind: 'observation', observation: {{ frame, at, zone, \
         sharpness: 0.5, brightness: 0.4, contrast: 0.3, glare: 0.1, identical: false, millis: 2.5 }} }}); }}"
    );
    let engine = engine(&ear, &script);
    ear.hear("the engine", |input| matches!(input, Input::EngineReady { .. }).then_some(())).await;
    let (slot, _) = open_camera(&ear, false).await;
    let frames = Frames::default();
    frames.play(&stream(&slot), &ear.feed());
    ear.hear("a frame", |input| matches!(input, Input::FrameAvailable { .. }).then_some(())).await;
    let source = frames.current().await.expect("a frame");
    engine.look(7, Timestamp(1_700_000_000_123), ZoneWish::Wanted, &source).expect("handed over");
    let seen = ear
        .hear("an observation", |input| match input {
            Input::Observed(seen) => Some(seen.clone()),
            _ => None,
        })
        .await;
    assert_eq!((seen.frame, seen.at, seen.motion), (7, Timestamp(1_700_000_000_123), None));
    let zone = seen.zone_read().expect("a zone");
    assert_eq!((zone.format, zone.lines.expose().as_slice()), (ZoneFormat::Td1, &["wanted".to_owned()][..]));
    assert!((seen.sharpness - 0.5).abs() < 1e-6 && (seen.millis - 2.5).abs() < 1e-6);
    assert!(
        engine.look(8, Timestamp(0), ZoneWish::None, &source).is_err(),
        "a frame that was given away cannot be given again"
    );
}

#[wasm_bindgen_test]
async fn a_worker_of_another_version_is_refused() {
    let ear = Ear::default();
    let _engine = engine(&ear, "postMessage({ kind: 'ready', version: '0.9.0' });");
    assert_eq!(ear.hear("the refusal", lost).await, ErrorCode::EngineVersionMismatch);
}

#[wasm_bindgen_test]
async fn an_engine_that_throws_is_told_once_and_by_when_it_threw() {
    for (script, code) in [
        ("throw new Error('before it was ready');".to_owned(), ErrorCode::EngineUnavailable),
        (format!("{READY} setTimeout(() => {{ throw new Error('later'); }}, 100);"), ErrorCode::EngineCrashed),
        (
            format!("{READY} postMessage({{ kind: 'error', code: 'engine.crashed' }}); throw new Error('and again');"),
            ErrorCode::EngineCrashed,
        ),
    ] {
        let ear = Ear::default();
        let _engine = engine(&ear, &script);
        assert_eq!(ear.hear("the fault", lost).await, code, "{script}");
        crate::support::pause(300).await;
        assert_eq!(ear.count(|input| lost(input).is_some()), 0);
    }
}

#[wasm_bindgen_test]
async fn a_script_that_is_not_there_is_no_engine() {
    let ear = Ear::default();
    let assets = EngineAssets {
        worker_url: "/no-such-worker.js".into(),
        engine_wasm_url: "engine_bg.wasm".into(),
        document_model_url: "document.onnx".into(),
        finder_model_url: "finder.onnx".into(),
        reader_model_url: "reader.onnx".into(),
        version: "1.2.3".into(),
    };
    let _engine = Engine::load(&assets, &ear.feed()).expect("the browser begins to load it");
    assert_eq!(ear.hear("the fault", lost).await, ErrorCode::EngineUnavailable);
}
