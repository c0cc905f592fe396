//! Which camera: the rear one for documents, the front one for faces, and among several the one that focuses near.
//!
//! In: the devices as the browser lists them, labels and capabilities where it tells. Out: a device id, or nothing when the
//! browser's own choice (`facingMode`, ideal) is the best there is. Settings are believed first, then capabilities, then
//! labels; a label is only a hint, in whichever language the system speaks.
//! Does not know: the browser's name.

use super::{Capabilities, Device, Facing, MediaRequest, VideoRequest};

/// Asked of the browser for documents and faces alike; `ideal`, so a smaller camera gives what it has.
const WIDTH: u32 = 1920;
const HEIGHT: u32 = 1080;
const FRAME_RATE: u32 = 30;

/// Words for "back" and "front" in camera labels, in languages that are seen most; in any other the browser chooses.
const REAR_WORDS: &[&str] = &[
    "back",
    "rear",
    "rück",
    "arrière",
    "trasera",
    "posteriore",
    "traseira",
    "achter",
    "tylny",
    "baksida",
    "задн",
    "背面",
    "后置",
    "後置",
    "후면",
    "arka",
];
const FRONT_WORDS: &[&str] = &[
    "front",
    "facetime",
    "avant",
    "anteriore",
    "voor",
    "przedni",
    "framsida",
    "передн",
    "前面",
    "前置",
    "전면",
    "ön kamera",
];
/// Cameras that give no picture of use: infrared for face unlock, depth, and programs that pose as a camera.
const USELESS_WORDS: &[&str] =
    &["infrared", "infrarot", " ir ", "(ir)", "ir-kamera", "ircamera", "depth", "windows hello"];
const VIRTUAL_WORDS: &[&str] = &["virtual", "obs", "manycam", "snap camera", "droidcam", "ndi ", "mmhmm", "camtwist"];
/// Another device's camera that shows up in the list, such as a phone lying beside a Mac.
const BORROWED_WORDS: &[&str] = &["desk view", "schreibtischansicht", "iphone", "ipad"];

/// Which way a camera looks, if anything tells.
pub fn facing_of(device: &Device, in_settings: Option<Facing>) -> Option<Facing> {
    in_settings.or_else(|| facing_in_capabilities(device)).or_else(|| facing_in_label(&device.label))
}

/// The best camera for `wanted`; `None`: let the browser choose by `facingMode`.
pub fn choose(devices: &[Device], wanted: Facing) -> Option<String> {
    if devices.iter().all(|device| device.label.is_empty() && device.capabilities.is_none()) {
        return None;
    }
    let cameras = cameras_facing(devices, wanted);
    let best = cameras.first()?;
    // Labels in a language that is not known here: nothing tells them apart, and the first may look the other way.
    let alike = cameras.get(1).is_some_and(|next| rank(next, wanted) == rank(best, wanted));
    (!alike || facing_of(best, None).is_some()).then(|| best.id.clone())
}

/// A camera that is clearly better for `wanted` than the open one.
pub fn better_than(devices: &[Device], open: &str, wanted: Facing) -> Option<String> {
    let current = devices.iter().find(|device| device.id == open)?;
    let best = cameras_facing(devices, wanted).into_iter().next()?;
    (rank(best, wanted) < rank(current, wanted)).then(|| best.id.clone())
}

/// Every camera of use for `wanted`, best first.
pub fn cameras_facing(devices: &[Device], wanted: Facing) -> Vec<&Device> {
    let mut ranked: Vec<(Rank, &Device)> = Vec::new();
    for device in devices.iter().filter(|device| !device.id.is_empty()) {
        let rank = rank(device, wanted);
        ranked.insert(ranked.partition_point(|(before, _)| *before <= rank), (rank, device));
    }
    let useful = ranked.iter().filter(|(rank, _)| !rank.useless).count();
    ranked.into_iter().filter(|(rank, _)| useful == 0 || !rank.useless).map(|(_, device)| device).collect()
}

/// The camera after `current`, for the switch button; every useful one comes in turn. `None`: there is no other.
pub fn next_camera(devices: &[Device], current: Option<&str>, wanted: Facing) -> Option<String> {
    let cameras = cameras_facing(devices, wanted);
    let at = cameras.iter().position(|device| Some(device.id.as_str()) == current);
    let next = match at {
        Some(at) => (at + 1) % cameras.len(),
        None => 0,
    };
    cameras.get(next).filter(|device| Some(device.id.as_str()) != current).map(|device| device.id.clone())
}

/// The magnification, 1.5 to 2, at which a document fills the picture from where a lens can focus that cannot focus near.
pub fn magnified(camera: &Capabilities) -> Option<f32> {
    camera.zoom_max.map(|most| most.min(2.0)).filter(|most| *most >= 1.5)
}

/// What to ask `getUserMedia` for: only ideals, and a device id only if it was just seen.
pub fn media_request(facing: Facing, device: Option<String>, audio: bool) -> MediaRequest {
    let video = VideoRequest { device, facing, width: WIDTH, height: HEIGHT, frame_rate: FRAME_RATE };
    MediaRequest { video: Some(video), audio }
}

/// Smaller is better; compared field by field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Rank {
    useless: bool,
    is_virtual: bool,
    borrowed: bool,
    wrong_way: u8,
    lens: u8,
    no_autofocus: bool,
    no_torch: bool,
    magnified: bool,
    /// Pixels, negated.
    picture: i64,
}

fn rank(device: &Device, wanted: Facing) -> Rank {
    let label = padded(&device.label);
    let has = |words: &[&str]| words.iter().any(|word| label.contains(word));
    let facing = facing_of(device, None);
    let capabilities = device.capabilities.clone().unwrap_or_default();
    let rear = wanted == Facing::Rear;
    Rank {
        useless: has(USELESS_WORDS),
        is_virtual: has(VIRTUAL_WORDS),
        borrowed: facing.is_none() && has(BORROWED_WORDS),
        wrong_way: match facing {
            Some(facing) if facing == wanted => 0,
            None => 1,
            Some(_) => 2,
        },
        lens: if rear { rear_lens(&label, capabilities.zoom_min) } else { front_lens(&label) },
        no_autofocus: rear && !capabilities.focus_mode.iter().any(|mode| mode == "continuous"),
        no_torch: rear && !capabilities.torch,
        magnified: rear && capabilities.zoom_min.is_some_and(|least| least > 1.0),
        picture: -(i64::from(capabilities.width_max.unwrap_or(0)) * i64::from(capabilities.height_max.unwrap_or(0))),
    }
}

/// Apple's combined cameras change to the near lens by themselves; a single lens of a Pro phone cannot focus at card distance.
/// In a language that is not known here a combined camera is the one that zooms below 1. Android's main lens has the lowest number
/// (`camera2 0, facing back`).
fn rear_lens(label: &str, zoom_min: Option<f32>) -> u8 {
    let has = |words: &[&str]| words.iter().any(|word| label.contains(word));
    if has(&["triple"]) {
        return 0;
    }
    if has(&["dual wide", "dual-weitwinkel"]) || zoom_min.is_some_and(|least| least < 1.0) {
        return 1;
    }
    if has(&["dual"]) {
        return 2;
    }
    if has(&["ultra", "tele", "macro", "zoom"]) {
        return 9;
    }
    camera2_number(label).map_or(3, |number| 3 + number.min(5))
}

fn front_lens(label: &str) -> u8 {
    if label.contains("ultra") {
        return 9;
    }
    camera2_number(label).map_or(0, |number| number.min(8))
}

fn camera2_number(label: &str) -> Option<u8> {
    let (_, rest) = label.split_once("camera2 ").or_else(|| label.split_once("camera "))?;
    let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
    digits.parse().ok()
}

fn facing_in_capabilities(device: &Device) -> Option<Facing> {
    match device.capabilities.as_ref()?.facing_mode.first()?.as_str() {
        "environment" => Some(Facing::Rear),
        "user" => Some(Facing::Front),
        _ => None,
    }
}

fn facing_in_label(label: &str) -> Option<Facing> {
    let label = padded(label);
    let has = |words: &[&str]| words.iter().any(|word| label.contains(word));
    // "FaceTime" and "Frontkamera" hold no word for back; a label with both is no help.
    match (has(REAR_WORDS), has(FRONT_WORDS)) {
        (true, false) => Some(Facing::Rear),
        (false, true) => Some(Facing::Front),
        _ => None,
    }
}

/// In small letters, with room around. Only the scripts that the words above are in: the tables of all of Unicode are larger than
/// everything else here.
fn padded(label: &str) -> String {
    let small = |letter: char| match letter {
        'A'..='Z' | 'À'..='Þ' | 'А'..='Я' => char::from_u32(u32::from(letter) + 0x20).unwrap_or(letter),
        _ => letter,
    };
    format!(" {} ", label.chars().map(small).collect::<String>())
}
