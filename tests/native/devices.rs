//! Which camera is taken and in what order the button goes on, over the inventories in `tests/fixtures/devices`, written as
//! `enumerateDevices()` and `getCapabilities()` give them. Each names where its labels were published by those who had the device.

use std::fs;

use lichtbild::capture::{Capabilities, Device, Facing, better_than, choose, facing_of, next_camera};
use serde::Deserialize;

#[test]
fn a_combined_camera_of_a_phone_is_taken_before_its_single_lenses() {
    rear("iphone-triple-en", "triple", "triple dual-wide back ultra tele front desk");
    rear("iphone-triple-de", "triple", "triple dual-wide back ultra tele front desk");
    rear("iphone-dual-wide-de", "dual-wide", "dual-wide back ultra front");
    rear("iphone-15", "dual-wide", "dual-wide back ultra front");
    rear("iphone-french", "dual-wide", "dual-wide back front");
}

#[test]
fn a_camera_that_looks_down_at_a_desk_comes_last_and_a_lens_for_what_is_far_or_wide_late() {
    rear("iphone-ios16-en", "back", "back tele ultra front desk");
    rear("iphone-x", "back", "back tele front");
    rear("iphone-single-en", "back", "back front");
    rear("ipad-en", "back", "back front front-ultra");
}

#[test]
fn a_phone_looks_at_its_person_with_the_front_camera() {
    front("iphone-triple-en", "front", "front back tele dual-wide triple ultra desk");
    front("iphone-triple-de", "front", "front back tele dual-wide triple ultra desk");
    front("iphone-ios16-en", "front", "front back tele ultra desk");
    front("iphone-15", "front", "front dual-wide back ultra");
    front("ipad-en", "front", "front front-ultra back");
    front("iphone-russian", "front", "front back");
    front("android-newer-chromium", "front-1", "front-1 back-0");
    front("android-firefox", "front-1", "front-1 back-0");
}

#[test]
fn the_main_lens_of_android_has_the_lowest_number() {
    rear("samsung-s21-fe", "back-0", "back-0 back-2 front-1 front-3");
    front("samsung-s21-fe", "front-1", "front-1 front-3 back-0 back-2");
    rear("android-fixed-focus", "back-0", "back-0 back-2 back-3 back-4 front-1");
    rear("android-newer-chromium", "back-0", "back-0 front-1");
    rear("android-firefox", "back-0", "back-0 front-1");
}

#[test]
fn where_no_label_is_understood_the_browser_chooses() {
    for facing in [Facing::Rear, Facing::Front] {
        assert_eq!(choose(&inventory("iphone-hungarian"), facing), None);
    }
}

#[test]
fn where_labels_say_nothing_autofocus_comes_before_torch_and_size_and_a_magnifying_lens_last() {
    rear("android-capabilities", "main", "main tele wide front");
    front("android-capabilities", "front", "front tele wide main");
}

#[test]
fn labels_are_understood_in_capitals_of_every_script() {
    rear("iphone-russian", "back", "back front");
    for (label, facing) in [
        ("Задняя камера", Facing::Rear),
        ("Ön Kamera", Facing::Front),
        ("ARKA KAMERA", Facing::Rear),
        ("RÜCKKAMERA", Facing::Rear),
        ("Caméra arrière", Facing::Rear),
        ("背面カメラ", Facing::Rear),
        ("FaceTime HD-Kamera", Facing::Front),
    ] {
        let device = Device { label: label.into(), ..Device::default() };
        assert_eq!(facing_of(&device, None), Some(facing), "{label}");
    }
    assert_eq!(facing_of(&Device { label: "Integrated Camera".into(), ..Device::default() }, None), None);
}

#[test]
fn infrared_cameras_are_never_offered_beside_others_and_programs_come_last() {
    rear("windows-hello", "rear", "rear front obs");
    front("windows-hello", "front", "front rear obs");
    rear("windows-laptop", "own", "own");
    front("windows-laptop", "own", "own");
    front("desktop-webcam", "webcam", "webcam snap");
    front("mac-programs", "own", "own snap ndi");
    rear("only-virtual", "obs", "obs");
    front("only-infrared", "ir", "ir");
}

#[test]
fn a_phone_beside_a_mac_is_not_opened_unasked() {
    rear("mac-continuity", "own", "own phone desk");
    front("mac-continuity", "own", "own phone desk");
}

#[test]
fn without_labels_the_browser_chooses() {
    for name in ["before-permission", "no-labels", "none"] {
        for facing in [Facing::Rear, Facing::Front] {
            assert_eq!(choose(&inventory(name), facing), None, "{name}");
        }
    }
    assert_eq!(next_camera(&inventory("before-permission"), None, Facing::Rear), None);
    assert_eq!(next_camera(&inventory("none"), None, Facing::Rear), None);
}

#[test]
fn a_better_camera_than_the_open_one_is_known_and_a_good_one_is_kept() {
    let better = |name, open, facing| better_than(&inventory(name), open, facing);
    assert_eq!(better("samsung-s21-fe", "back-2", Facing::Rear).as_deref(), Some("back-0"));
    assert_eq!(better("iphone-triple-en", "back", Facing::Rear).as_deref(), Some("triple"));
    assert_eq!(better("windows-hello", "obs", Facing::Front).as_deref(), Some("front"));
    assert_eq!(better("samsung-s21-fe", "back-0", Facing::Rear), None);
    assert_eq!(better("mac-continuity", "own", Facing::Rear), None);
    assert_eq!(better("samsung-s21-fe", "gone", Facing::Rear), None, "nothing is known of the open one");
    assert_eq!(better("no-labels", "two", Facing::Rear), None);
}

#[test]
fn every_label_was_read_off_a_device_by_somebody_or_is_said_to_be_made_up() {
    let folder = format!("{}/tests/fixtures/devices", env!("CARGO_MANIFEST_DIR"));
    for entry in fs::read_dir(folder).expect("the inventories") {
        let path = entry.expect("a file").path();
        let listed: Inventory = serde_json::from_str(&fs::read_to_string(&path).expect("text")).expect("an inventory");
        let told = listed.devices.iter().any(|device| !device.label.is_empty());
        let known = listed.sources.iter().any(|source| source.starts_with("https://"));
        assert_eq!(known, told && !listed.about.starts_with("Made up."), "{}", path.display());
    }
}

fn rear(name: &str, chosen: &str, order: &str) {
    check(name, Facing::Rear, chosen, order);
}

fn front(name: &str, chosen: &str, order: &str) {
    check(name, Facing::Front, chosen, order);
}

/// `order`: ids in which the button goes through the cameras, beginning with the chosen one and back to it.
fn check(name: &str, wanted: Facing, chosen: &str, order: &str) {
    let devices = inventory(name);
    assert_eq!(choose(&devices, wanted).as_deref(), Some(chosen), "{name}, {wanted:?}");
    let mut seen = vec![chosen.to_owned()];
    while let Some(next) = next_camera(&devices, seen.last().map(String::as_str), wanted) {
        if next == chosen || seen.len() > devices.len() {
            break;
        }
        seen.push(next);
    }
    assert_eq!(seen.join(" "), order, "{name}, {wanted:?}");
}

fn inventory(name: &str) -> Vec<Device> {
    let path = format!("{}/tests/fixtures/devices/{name}.json", env!("CARGO_MANIFEST_DIR"));
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    let listed: Inventory = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{path}: {error}"));
    listed.devices.into_iter().filter(|listed| listed.kind == "videoinput").map(Device::from).collect()
}

#[derive(Deserialize)]
struct Inventory {
    about: String,
    /// Where somebody published what their device listed.
    #[serde(default)]
    sources: Vec<String>,
    devices: Vec<Listed>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Listed {
    kind: String,
    device_id: String,
    label: String,
    capabilities: Option<Told>,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Told {
    facing_mode: Vec<String>,
    focus_mode: Vec<String>,
    width: Span,
    height: Span,
    zoom: Span,
    torch: Torch,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Span {
    min: Option<f32>,
    max: Option<f32>,
}

/// A boolean in the specification's text, a list of booleans in its current draft.
#[derive(Deserialize)]
#[serde(untagged)]
enum Torch {
    Plain(bool),
    Listed(Vec<bool>),
}

impl Default for Torch {
    fn default() -> Self {
        Self::Plain(false)
    }
}

impl From<Listed> for Device {
    fn from(listed: Listed) -> Self {
        Self { id: listed.device_id, label: listed.label, capabilities: listed.capabilities.map(Capabilities::from) }
    }
}

impl From<Told> for Capabilities {
    fn from(told: Told) -> Self {
        Self {
            facing_mode: told.facing_mode,
            width_max: told.width.max.map(|most| most as u32),
            height_max: told.height.max.map(|most| most as u32),
            focus_mode: told.focus_mode,
            torch: match told.torch {
                Torch::Plain(torch) => torch,
                Torch::Listed(torch) => torch.contains(&true),
            },
            zoom_min: told.zoom.min,
            zoom_max: told.zoom.max,
        }
    }
}
