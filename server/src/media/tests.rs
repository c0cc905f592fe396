//! What the checks make of real recordings (`tests/fixtures/media`), of damaged ones, and of bytes that are none.

use std::io::Cursor;

use image::{GrayImage, ImageFormat, Luma};
use lichtbild_protocol::{
    ErrorCode,
    case::{CheckKind, CheckResult},
    flow::{DocumentKind, Side, StepKind, StepState},
};
use lichtbild_vision::document::{DocumentClass, Readable};
use proptest::{prelude::*, test_runner::RngSeed};
use sha2::{Digest as _, Sha256};

use super::*;

const CHROMIUM: &str = "chromium-vp8-opus.webm";
const CARD: Option<DocumentKind> = Some(DocumentKind::GermanIdCard);

/// A good back of a card.
const BACK: Sighting = Sighting {
    present: 0.99,
    class: DocumentClass::IdBack,
    sure: 0.98,
    covered: 0.02,
    cut: 0.0,
    corners_hidden: 0,
    dpi: Some(250.0),
    readable: Some(Readable { sharpness: 0.4, brightness: 0.6, contrast: 0.5, glare: 0.1, hidden: 0.0, shadow: 0.1 }),
};

fn fixture(name: &str) -> Vec<u8> {
    let path = format!("{}/../tests/fixtures/media/{name}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn step(id: &str, kind: StepKind) -> Step {
    Step { id: id.into(), kind, state: StepState::Done, reasons: Vec::new() }
}

/// Two words in two seconds.
fn selfie() -> Step {
    step("selfie-video", StepKind::SelfieVideo { words: vec!["Kran".into(), "Wolke".into()], word_millis: 900 })
}

fn front(min_millis: u32) -> Step {
    step("front-video", StepKind::DocumentVideo { side: Side::Front, min_millis, max_millis: 20_000 })
}

fn back() -> Step {
    step("back-photo", StepKind::DocumentPhoto { side: Side::Back })
}

fn recording(kind: ArtifactKind, bytes: Vec<u8>) -> Recording {
    let artifact = "11111111-1111-4111-8111-111111111111".to_owned();
    let media_type = "video/webm".to_owned();
    let promised = ArtifactReceipt {
        artifact: artifact.clone(),
        kind,
        media_type: media_type.clone(),
        length: bytes.len() as u64,
        sha256: hex::encode(Sha256::digest(&bytes)),
        capture_origin: None,
    };
    Recording { artifact, kind, media_type, promised, bytes }
}

fn video(bytes: Vec<u8>) -> Recording {
    recording(ArtifactKind::Video, bytes)
}

fn still(bytes: Vec<u8>) -> Recording {
    recording(ArtifactKind::Still, bytes)
}

/// Everything but `ok`, where nobody looks for documents.
fn remarks(step: &Step, recordings: &[Recording]) -> String {
    let all = remarks_seen_by(&Documents::unusable(), step, recordings);
    let unlooked = |remark: &&str| !remark.ends_with(":model.unusable") && !remark.ends_with(":media.missing");
    all.split(' ').filter(|remark| remark.starts_with('!') || unlooked(remark)).collect::<Vec<_>>().join(" ")
}

/// Everything but `ok`, as `kind:code`, `!` before what failed. Also holds the report to its own promises.
fn remarks_seen_by(documents: &Documents, step: &Step, recordings: &[Recording]) -> String {
    let mut seen = Vec::new();
    let made = examine(step, CARD, documents, recordings, &mut |check| seen.push(check.clone()));
    assert_eq!(made, seen);
    assert_eq!(made.len(), usize::from(planned_checks(step, recordings)));
    for check in &made {
        assert_eq!(check.code.is_none(), check.result == CheckResult::Ok, "{check:?}");
        assert!(check.measured.is_none_or(f64::is_finite), "{check:?}");
    }
    let remark = |check: &Check| {
        let mark = if check.result == CheckResult::Failed { "!" } else { "" };
        check.code.map(|code| format!("{mark}{:?}:{code}", check.kind))
    };
    made.iter().filter_map(remark).collect::<Vec<_>>().join(" ")
}

fn measured(step: &Step, recording: Recording, kind: CheckKind) -> f64 {
    let made = examine(step, CARD, &Documents::unusable(), &[recording], &mut |_| {});
    made.iter().find(|check| check.kind == kind).and_then(|check| check.measured).expect("it was measured")
}

#[test]
fn what_browsers_record_passes() {
    for name in
        [CHROMIUM, "firefox-vp8-opus.webm", "chromium-h264-opus.mkv", "chromium-avc1-opus.mp4", "ffmpeg-avc1-aac.mp4"]
    {
        assert_eq!(remarks(&selfie(), &[video(fixture(name))]), "", "{name}");
        assert_eq!(remarks(&front(2_000), &[video(fixture(name))]), "", "{name}");
    }
}

#[test]
fn measures_agree_with_ffmpeg() {
    // ffprobe: 50 frames, the last at 2.449 s; astats over 4 800 samples: −13.29 dB.
    let recorded = || video(fixture(CHROMIUM));
    assert!((measured(&selfie(), recorded(), CheckKind::Duration) - 2_499.0).abs() < 5.0);
    assert!((measured(&selfie(), recorded(), CheckKind::SoundAudible) + 13.3).abs() < 0.2);
    assert!((measured(&selfie(), recorded(), CheckKind::PictureSize) - 480.0).abs() < f64::EPSILON);
}

#[test]
fn a_recording_that_nobody_can_look_at_fails() {
    let expected = "!PictureNotBlack:media.undecodable PictureNotFrozen:media.undecodable";
    assert_eq!(remarks(&selfie(), &[video(fixture("chromium-vp9-opus.webm"))]), expected);
}

#[test]
fn a_sound_that_nobody_can_hear_fails_where_words_were_asked_for() {
    let mut bytes = fixture(CHROMIUM);
    let at = bytes.windows(8).position(|window| window == b"OpusHead").expect("the sound's setup");
    // Channels: more than the two that one Opus stream carries.
    bytes[at + 9] = 6;
    let at = bytes.windows(2).position(|window| window == [0x9f, 0x81]).expect("the track's channels");
    bytes[at + 2] = 6;
    assert_eq!(remarks(&selfie(), &[video(bytes.clone())]), "!SoundAudible:media.undecodable");
    assert_eq!(remarks(&front(2_000), &[video(bytes)]), "");
}

#[test]
fn a_release_build_of_the_server_survives_a_panic() {
    let manifest = include_str!("../../../Cargo.toml");
    let profile = |name: &str| {
        let (_, rest) = manifest.split_once(&format!("[profile.{name}]\n")).expect("the profile");
        rest.split("\n[").next().unwrap_or_default().contains("panic = \"abort\"")
    };
    assert_eq!(["release", "wasm", "wasm-dev"].map(profile), [false, true, true]);
}

#[test]
fn faults_of_the_recording_are_found() {
    let table = [
        ("black.webm", "!PictureNotBlack:media.black PictureNotFrozen:media.black"),
        ("frozen.webm", "!PictureNotFrozen:media.frozen"),
        ("silent.webm", "!SoundAudible:media.silent"),
        ("no-sound.webm", "!SoundPresent:media.no_sound SoundAudible:media.no_sound"),
        ("small.webm", "!PictureSize:media.picture_small"),
    ];
    for (name, expected) in table {
        assert_eq!(remarks(&selfie(), &[video(fixture(name))]), expected, "{name}");
    }
}

#[test]
fn who_films_a_document_need_not_speak() {
    assert_eq!(remarks(&front(1_800), &[video(fixture("silent.webm"))]), "");
}

#[test]
fn a_video_may_be_too_short() {
    assert_eq!(remarks(&front(4_000), &[video(fixture(CHROMIUM))]), "!Duration:media.too_short");
}

#[test]
fn nothing_handed_in_is_missing() {
    assert_eq!(remarks(&front(2_000), &[]), "!Complete:media.missing");
    assert_eq!(remarks(&back(), &[]), "!Complete:media.missing");
    assert!(remarks(&front(2_000), &[still(photograph(ImageFormat::Jpeg))]).starts_with("!Complete:media.missing"));
}

#[test]
fn other_bytes_than_promised_are_not_looked_at() {
    let mut changed = video(fixture(CHROMIUM));
    changed.bytes[40_000] ^= 1;
    let mut cut = video(fixture(CHROMIUM));
    cut.bytes.truncate(40_000);
    for recording in [changed, cut] {
        let rest = ["Container", "Duration", "SoundPresent", "PictureSize", "PictureNotBlack", "PictureNotFrozen"];
        let rest = rest.map(|kind| format!("{kind}:media.incomplete")).join(" ");
        assert_eq!(remarks(&front(2_000), &[recording]), format!("!Complete:media.incomplete {rest}"));
    }
}

#[test]
fn a_file_cut_within_an_element_is_damaged() {
    for name in [CHROMIUM, "firefox-vp8-opus.webm", "chromium-avc1-opus.mp4", "chromium-h264-opus.mkv"] {
        let whole = fixture(name);
        for missing in [1, 7, 100, whole.len() / 2 + 3] {
            let cut = whole[..whole.len() - missing].to_vec();
            assert!(
                remarks(&front(0), &[video(cut)]).starts_with("!Container:media.container"),
                "{name} without {missing}"
            );
        }
    }
}

#[test]
fn what_is_no_video_is_no_video() {
    let text = b"<!doctype html><title>not a video</title>".to_vec();
    for bytes in [Vec::new(), text, photograph(ImageFormat::Png), fixture(CHROMIUM)[..4].to_vec()] {
        assert!(remarks(&front(0), &[video(bytes)]).starts_with("!Container:media.container"));
    }
}

#[test]
fn a_sound_recording_has_no_picture() {
    let expected = "Duration:media.no_picture !PictureSize:media.no_picture PictureNotBlack:media.no_picture \
                    PictureNotFrozen:media.no_picture";
    assert_eq!(remarks(&front(0), &[video(fixture("sound-only.webm"))]), expected);
}

#[test]
fn tracks_that_no_recorder_writes_are_damage() {
    assert!(remarks(&front(0), &[video(fixture("two-pictures.webm"))]).starts_with("!Container:media.container"));
    let mut unknown = fixture(CHROMIUM);
    let at = unknown.windows(5).position(|window| window == b"V_VP8").expect("its coding");
    unknown[at] = b'X';
    assert!(remarks(&front(0), &[video(unknown)]).starts_with("!Container:media.container"));
}

#[test]
fn frames_that_do_not_decode_are_damage() {
    let mut bytes = fixture(CHROMIUM);
    // Start codes of VP8 key frames (RFC 6386 §9.1).
    let keys: Vec<_> =
        bytes.windows(3).enumerate().filter(|(_, window)| *window == [0x9d, 0x01, 0x2a]).map(|(at, _)| at).collect();
    assert!(keys.len() >= 2);
    for at in keys {
        bytes[at] = 0;
    }
    let expected = "!PictureNotBlack:media.container PictureNotFrozen:media.container";
    assert_eq!(remarks(&selfie(), &[video(bytes)]), expected);
}

/// Print-like stripes: sharp, evenly lit, without glare.
fn photograph(format: ImageFormat) -> Vec<u8> {
    encoded(&GrayImage::from_fn(1_280, 800, |x, y| Luma([if (x / 3 + y / 5) % 2 == 0 { 60 } else { 190 }])), format)
}

fn encoded(image: &GrayImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    let rgb = image::DynamicImage::ImageLuma8(image.clone()).into_rgb8();
    rgb.write_to(&mut bytes, format).expect("it encodes");
    bytes.into_inner()
}

#[test]
fn good_photographs_pass_in_every_format() {
    for format in [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP] {
        assert_eq!(remarks(&back(), &[still(photograph(format))]), "", "{format:?}");
    }
}

#[test]
fn faults_of_photographs_are_found() {
    let even = |level| encoded(&GrayImage::from_pixel(1_280, 800, Luma([level])), ImageFormat::Png);
    let table = [
        (even(8), "!Sharpness:media.blurred !Brightness:media.too_dark"),
        (even(128), "!Sharpness:media.blurred"),
        (even(255), "!Sharpness:media.blurred !Brightness:media.too_bright !Glare:media.glare"),
    ];
    for (bytes, expected) in table {
        assert_eq!(remarks(&back(), &[still(bytes)]), expected);
    }
    let small = GrayImage::from_fn(400, 300, |x, y| Luma([if (x / 3 + y / 5) % 2 == 0 { 60 } else { 190 }]));
    assert!(
        remarks(&back(), &[still(encoded(&small, ImageFormat::Jpeg))]).starts_with("!PictureSize:media.picture_small")
    );
}

#[test]
fn one_good_photograph_is_enough() {
    let bad = || still(encoded(&GrayImage::from_pixel(1_280, 800, Luma([128])), ImageFormat::Png));
    assert_eq!(remarks(&back(), &[bad(), still(photograph(ImageFormat::Jpeg)), bad()]), "");
}

/// Sees something else depending on the mean luminance of the picture.
fn seeing(see: impl Fn(u8) -> Sighting + Send + Sync + 'static) -> Documents {
    Documents::seen_by(move |picture| {
        let sum: usize = picture.rows().flatten().map(|&pixel| usize::from(pixel)).sum();
        Ok(see((sum / (picture.width() * picture.height())) as u8))
    })
}

fn even(level: u8) -> Recording {
    still(encoded(&GrayImage::from_pixel(1_280, 800, Luma([level])), ImageFormat::Png))
}

#[test]
fn no_document_fails_only_if_the_network_sees_none_on_any_still() {
    let none = seeing(|_| Sighting { present: 0.001, class: DocumentClass::None, readable: None, ..BACK });
    let rest = ["DocumentSide", "DocumentWhole", "DocumentCorners", "DocumentResolution"];
    let rest = rest.map(|kind| format!("{kind}:media.no_document")).join(" ");
    let good = || still(photograph(ImageFormat::Jpeg));
    let expected = format!("!DocumentPresent:media.no_document {rest}");
    assert_eq!(remarks_seen_by(&none, &back(), &[good(), good()]), expected);
    let one = seeing(|grey| if grey < 100 { BACK } else { Sighting { present: 0.001, ..BACK } });
    assert_eq!(remarks_seen_by(&one, &back(), &[good(), even(60), good()]), "");
    let unsure = seeing(|_| Sighting { present: 0.4, ..BACK });
    let unclear = remarks_seen_by(&unsure, &back(), &[good()]);
    assert!(unclear.starts_with("DocumentPresent:media.document_unclear") && !unclear.contains('!'), "{unclear}");
}

#[test]
fn a_document_is_judged_in_its_own_plane() {
    // The picture around it is even and blown out.
    assert_eq!(remarks_seen_by(&seeing(|_| BACK), &back(), &[even(255)]), "");
    let readable = BACK.readable.expect("it can be read");
    let hidden = Sighting { readable: Some(Readable { hidden: 0.1, sharpness: 0.1, ..readable }), ..BACK };
    let expected = "!Sharpness:media.blurred !Glare:media.glare";
    assert_eq!(remarks_seen_by(&seeing(move |_| hidden), &back(), &[still(photograph(ImageFormat::Jpeg))]), expected);
    let nobody = Documents::seen_by(|_| panic!("a face is no document"));
    assert_eq!(remarks_seen_by(&nobody, &selfie(), &[even(128)]), "!Complete:media.missing !Sharpness:media.blurred");
}

#[test]
fn the_still_that_shows_most_of_the_document_stands_for_all() {
    let look = seeing(|grey| match grey {
        0..100 => Sighting { cut: 0.5, ..BACK },
        100..200 => BACK,
        _ => Sighting { class: DocumentClass::IdFront, ..BACK },
    });
    assert_eq!(remarks_seen_by(&look, &back(), &[even(60), even(150), even(250)]), "");
    assert_eq!(remarks_seen_by(&look, &back(), &[even(60)]), "!DocumentWhole:media.cut_off");
}

#[test]
fn a_document_nobody_looked_for_is_never_passed_in_silence() {
    let kinds = ["Present", "Side", "Whole", "Corners", "Resolution"];
    let with = |code: &str| kinds.map(|kind| format!("Document{kind}:{code}")).join(" ");
    let good = still(photograph(ImageFormat::Jpeg));
    assert_eq!(remarks_seen_by(&Documents::unusable(), &back(), &[good]), with("model.unusable"));
    let without = remarks_seen_by(&seeing(|_| BACK), &front(2_000), &[video(fixture(CHROMIUM))]);
    assert!(without.ends_with(&with("media.missing")), "{without}");
}

#[test]
fn the_network_answers_on_a_photograph_of_any_size() {
    let documents = Documents::load().expect("the network of this program");
    for (width, height) in [(1_280, 800), (4_000, 3_000), (480, 640)] {
        let picture = GrayImage::from_fn(width, height, |x, y| Luma([if (x / 3 + y / 5) % 2 == 0 { 60 } else { 190 }]));
        let made = examine(&back(), CARD, &documents, &[still(encoded(&picture, ImageFormat::Jpeg))], &mut |_| {});
        let present = made.iter().find(|check| check.kind == CheckKind::DocumentPresent).expect("it was asked");
        assert!(present.measured.is_some_and(|chance| (0.0..=1.0).contains(&chance)), "{present:?}");
    }
}

#[test]
fn a_photograph_cut_or_forged_is_damaged() {
    let rest = "PictureSize:media.container Sharpness:media.container Brightness:media.container Glare:media.container \
                DocumentPresent:media.container DocumentSide:media.container DocumentWhole:media.container \
                DocumentCorners:media.container DocumentResolution:media.container";
    let whole = photograph(ImageFormat::Png);
    let mut huge = whole.clone();
    huge[16..24].copy_from_slice(&[0, 0, 0xff, 0xff, 0, 0, 0xff, 0xff]);
    for bytes in [whole[..whole.len() / 2].to_vec(), huge, b"GIF89a".to_vec(), fixture(CHROMIUM)] {
        assert_eq!(remarks(&back(), &[still(bytes)]), format!("!Container:media.container {rest}"));
    }
}

#[test]
fn a_decoder_that_panics_damages_only_the_recording() {
    let caught = guard::guarded(|| -> Result<(), guard::Fault> { panic!("as a decoder might") });
    assert_eq!(caught, Err(guard::Fault::Damaged));
    assert_eq!(guard::Fault::Damaged.code(), ErrorCode::MediaContainer);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, rng_seed: RngSeed::Fixed(9303), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_bytes_end_in_a_report(bytes in proptest::collection::vec(any::<u8>(), 0..4_096), magic in 0..4_usize) {
        let magic: &[u8] = [&b""[..], b"\x1a\x45\xdf\xa3", b"\0\0\0\x08ftyp", b"\x89PNG\r\n\x1a\n"][magic];
        let bytes = [magic, &bytes].concat();
        remarks(&selfie(), &[video(bytes.clone()), still(bytes)]);
    }

    #[test]
    fn flipped_bits_end_in_a_report(
        name in proptest::sample::select(vec![CHROMIUM, "small.webm", "chromium-avc1-opus.mp4", "chromium-h264-opus.mkv", "ffmpeg-avc1-aac.mp4"]),
        flips in proptest::collection::vec((any::<proptest::sample::Index>(), 0..8_u8, any::<bool>()), 1..40),
    ) {
        let mut bytes = fixture(name);
        for (at, bit, early) in flips {
            // The headers are small; half of the flips go there.
            let within = if early { bytes.len().min(2_000) } else { bytes.len() };
            bytes[at.index(within)] ^= 1 << bit;
        }
        remarks(&selfie(), &[video(bytes)]);
    }

    #[test]
    fn flipped_bits_in_a_photograph_end_in_a_report(flips in proptest::collection::vec((any::<proptest::sample::Index>(), 0..8_u8), 1..20)) {
        for format in [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP] {
            let mut bytes = photograph(format);
            for (at, bit) in &flips {
                let at = at.index(bytes.len());
                bytes[at] ^= 1 << bit;
            }
            remarks(&back(), &[still(bytes)]);
        }
    }
}
