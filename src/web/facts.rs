//! What this browser lacks, and what it can tell about itself. The second is for support and the help form, never for decisions.

use js_sys::{Array, Promise};
use lichtbild_protocol::{ErrorCode, capture::DeviceFacts};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::MediaDeviceKind;

use super::{
    devices::{self, media_devices, policy_allows},
    dom::{call, get, text, window},
    timer::within,
};

const HINTS_MILLIS: u32 = 1_000;

/// Requirements that are not met, the devices included: browsers list one of each kind before any leave is given.
pub async fn missing() -> Vec<ErrorCode> {
    let mut missing = lacking();
    let lists = !missing.contains(&ErrorCode::UnsupportedGetUserMedia);
    if lists
        && missing.first() != Some(&ErrorCode::UnsupportedInsecure)
        && let Some(kinds) = devices::kinds().await
    {
        // What a policy forbids is not listed; asking for it says so.
        let absent = |kind, feature| !kinds.contains(&kind) && policy_allows(feature);
        missing.extend(absent(MediaDeviceKind::Videoinput, "camera").then_some(ErrorCode::CameraMissing));
        missing.extend(absent(MediaDeviceKind::Audioinput, "microphone").then_some(ErrorCode::MicrophoneMissing));
    }
    missing
}

/// Interfaces that are missing. WebAssembly itself is there: this code runs.
fn lacking() -> Vec<ErrorCode> {
    let window = window();
    let absent = |key: &str| get(&window, key).is_undefined();
    if !get(&window, "isSecureContext").is_truthy() {
        return vec![ErrorCode::UnsupportedInsecure];
    }
    let tests = [
        (media_devices().is_none(), ErrorCode::UnsupportedGetUserMedia),
        (absent("MediaRecorder"), ErrorCode::UnsupportedMediaRecorder),
        (get(&get(&window, "crypto"), "subtle").is_undefined(), ErrorCode::UnsupportedCrypto),
    ];
    tests.into_iter().filter_map(|(lacks, code)| lacks.then_some(code)).collect()
}

/// Device and browser: by client hints where there are any, else from the user agent's text.
pub async fn device(missing: &[ErrorCode]) -> DeviceFacts {
    let window = window();
    let navigator = window.navigator();
    let agent = navigator.user_agent().unwrap_or_default();
    let hints = hints(&get(&navigator, "userAgentData")).await;
    let (os, browser) = (os_of(&agent), browser_of(&agent));
    let size = |key: &str| get(&window, key).as_f64().unwrap_or(0.0) as u32;
    DeviceFacts {
        model: text(&hints, "model"),
        os: match text(&hints, "platform") {
            platform if platform.is_empty() => os,
            platform => format!("{platform} {}", text(&hints, "platformVersion")).trim().to_owned(),
        },
        browser,
        language: navigator.language().unwrap_or_default(),
        viewport: format!("{}x{}", size("innerWidth"), size("innerHeight")),
        missing: missing.to_vec(),
    }
}

async fn hints(data: &JsValue) -> JsValue {
    let wanted = Array::of2(&"model".into(), &"platformVersion".into());
    match call(data, "getHighEntropyValues", &Array::of1(&wanted)) {
        // Some browsers never answer, and nothing waits for what is only told to support.
        Some(promise) => match within(HINTS_MILLIS, JsFuture::from(Promise::resolve(&promise))).await {
            Some(Ok(hints)) => hints,
            _ => JsValue::UNDEFINED,
        },
        None => JsValue::UNDEFINED,
    }
}

fn os_of(agent: &str) -> String {
    let inside = agent.split_once('(').and_then(|(_, rest)| rest.split_once(')')).map_or("", |(inside, _)| inside);
    inside.chars().take(80).collect()
}

fn browser_of(agent: &str) -> String {
    // The most telling product first: every browser also claims to be others.
    ["Edg/", "OPR/", "SamsungBrowser/", "Firefox/", "FxiOS/", "CriOS/", "Chrome/", "Version/"]
        .iter()
        .find_map(|product| agent.split(' ').find(|word| word.starts_with(product)))
        .map(|word| word.replace("Version/", "Safari/").replace('/', " "))
        .unwrap_or_default()
}
