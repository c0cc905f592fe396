//! What the browser tells about cameras, permissions and policies.

use js_sys::Array;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{MediaDeviceInfo, MediaDeviceKind, MediaDevices, MediaStreamTrack};

use super::{
    dom::{call, get, number, object, text, texts, window},
    timer::within,
};
use crate::capture::{Capabilities, Device, Facing, PermissionState};

/// Some webviews never answer.
const ASKED_MILLIS: u32 = 1_500;

/// `navigator.mediaDevices`, absent on insecure pages and in some in-app browsers.
pub fn media_devices() -> Option<MediaDevices> {
    get(&window().navigator(), "mediaDevices").dyn_into().ok()
}

/// Every device, `None` where the browser does not tell.
async fn listed() -> Option<Vec<MediaDeviceInfo>> {
    let promise = media_devices()?.enumerate_devices().ok()?;
    let list = within(ASKED_MILLIS, JsFuture::from(promise)).await?.ok()?;
    Some(Array::from(&list).iter().filter_map(|item| item.dyn_into().ok()).collect())
}

/// Which kinds of device there are, `None` where the browser does not tell.
pub async fn kinds() -> Option<Vec<MediaDeviceKind>> {
    Some(listed().await?.iter().map(MediaDeviceInfo::kind).collect())
}

/// Every camera, with capabilities where the browser tells them before opening.
pub async fn cameras() -> Vec<Device> {
    let devices = listed().await.unwrap_or_default();
    devices
        .iter()
        .filter(|device| device.kind() == MediaDeviceKind::Videoinput)
        .map(|device| Device {
            id: device.device_id(),
            label: device.label(),
            capabilities: call(device, "getCapabilities", &Array::new()).as_ref().and_then(capabilities),
        })
        .collect()
}

/// The open camera, as its track describes it.
pub fn of_track(track: &MediaStreamTrack) -> (Device, Option<Facing>, u32, u32) {
    let settings = call(track, "getSettings", &Array::new()).unwrap_or_default();
    let told = call(track, "getCapabilities", &Array::new()).as_ref().and_then(capabilities);
    let facing = match text(&settings, "facingMode").as_str() {
        "environment" => Some(Facing::Rear),
        "user" => Some(Facing::Front),
        _ => None,
    };
    let device = Device { id: text(&settings, "deviceId"), label: track.label(), capabilities: told };
    (device, facing, number(&settings, "width").unwrap_or(0), number(&settings, "height").unwrap_or(0))
}

fn capabilities(told: &JsValue) -> Option<Capabilities> {
    if !told.is_object() || js_sys::Object::keys(told.unchecked_ref::<js_sys::Object>()).length() == 0 {
        return None;
    }
    let torch = get(told, "torch");
    let zoom = |end| get(&get(told, "zoom"), end).as_f64().map(|end| end as f32);
    Some(Capabilities {
        facing_mode: texts(told, "facingMode"),
        width_max: number(&get(told, "width"), "max"),
        height_max: number(&get(told, "height"), "max"),
        focus_mode: texts(told, "focusMode"),
        // A boolean in the specification's text, a list of booleans in its current draft.
        torch: torch.is_truthy() && (!Array::is_array(&torch) || Array::from(&torch).includes(&JsValue::TRUE, 0)),
        zoom_min: zoom("min"),
        zoom_max: zoom("max"),
    })
}

/// What the Permissions API says of `camera` or `microphone`; many webviews say nothing.
pub async fn permission(name: &str) -> PermissionState {
    let query = object(&[("name", name.into())]);
    let Ok(promise) = window().navigator().permissions().and_then(|permissions| permissions.query(&query)) else {
        return PermissionState::Unknown;
    };
    let told = within(ASKED_MILLIS, JsFuture::from(promise)).await.unwrap_or(Err(JsValue::UNDEFINED));
    match told.map(|status| text(&status, "state")).as_deref() {
        Ok("granted") => PermissionState::Granted,
        Ok("denied") => PermissionState::Denied,
        Ok("prompt") => PermissionState::Prompt,
        _ => PermissionState::Unknown,
    }
}

/// Whether the document's permissions policy allows a feature; true where the browser does not tell.
pub fn policy_allows(feature: &str) -> bool {
    let Some(document) = window().document() else { return true };
    let policy = ["permissionsPolicy", "featurePolicy"].map(|name| get(&document, name));
    let Some(policy) = policy.iter().find(|policy| policy.is_object()) else { return true };
    call(policy, "allowsFeature", &Array::of1(&feature.into())).is_none_or(|allowed| allowed.is_truthy())
}
