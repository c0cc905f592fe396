//! Stories of one upload, told in words: pieces of 4 bytes, at most 8, flushed after one second.

use lichtbild_protocol::{ErrorCode, case::ArtifactKind};

use super::*;
use crate::ids::Ids;

mod model;

pub(super) fn artifact(id: &str) -> Artifact {
    Artifact {
        id: id.to_owned(),
        case: "case".to_owned(),
        step: "front-video".to_owned(),
        kind: ArtifactKind::Video,
        media_type: "video/webm".to_owned(),
    }
}

fn bytes(text: &str) -> u64 {
    text.parse().expect("a number of bytes")
}

fn piece(text: &str) -> (u64, u64) {
    let (offset, len) = text.split_once('+').expect("offset+len");
    (bytes(offset), bytes(len))
}

/// Plays `story` and compares everything that was asked for, `Remember` and `WakeAt` left out.
#[track_caller]
fn upload(story: &str, expected: &str) {
    let mut upload = Upload::with_pieces(Ids::new(1), 4, 8);
    let mut now = Timestamp(1_000_000);
    let mut said: Vec<String> = Vec::new();
    let id = "a".to_owned();
    upload.handle(now, Input::Opened(artifact(&id)));
    for line in story.split(", ") {
        let (verb, rest) = line.split_once(' ').unwrap_or((line, ""));
        let answered = |answer| Input::Answered { artifact: id.clone(), answer };
        let unreachable = |after| answered(Answer::Unreachable { code: ErrorCode::NetworkUnreachable, after });
        let input = match verb {
            "spool" => {
                let (offset, len) = piece(rest);
                Input::Spooled { artifact: id.clone(), offset, len }
            }
            "seal" => Input::Sealed { artifact: id.clone(), sealed: sealed(bytes(rest)) },
            "created" => answered(Answer::Created { location: "/u/a".to_owned(), offset: bytes(rest) }),
            "offset" => answered(Answer::Offset { offset: bytes(rest), complete: false }),
            "complete" => answered(Answer::Offset { offset: bytes(rest), complete: true }),
            "conflict" => answered(Answer::Conflict),
            "gone" => answered(Answer::Gone),
            "toolarge" => answered(Answer::TooLarge),
            "checksum" => answered(Answer::ChecksumMismatch),
            "unauthorised" => answered(Answer::Unauthorised),
            "refused" => answered(Answer::Refused(ErrorCode::UploadLengthInvalid)),
            "unreadable" => answered(Answer::Refused(ErrorCode::StoreUnavailable)),
            "lost" if rest.is_empty() => unreachable(None),
            "lost" => unreachable(Some(seconds(rest))),
            "authorised" => Input::Authorised,
            "offline" => Input::Online(false),
            "online" => Input::Online(true),
            "held" => Input::Held(true),
            "free" => Input::Held(false),
            "drop" => Input::Dropped { artifact: id.clone() },
            "abandon" => Input::Abandon,
            "resume" => {
                upload = Upload::with_pieces(Ids::new(1), 4, 8);
                let (kept, length) = rest.split_once(" of ").map_or((rest, None), |(kept, all)| (kept, Some(all)));
                let (kept_from, spooled) = kept.split_once("..").expect("from..to");
                let sealed = length.map(|length| sealed(bytes(length)));
                let location = Some("/u/a".to_owned());
                let (kept_from, spooled) = (bytes(kept_from), bytes(spooled));
                Input::Resumed(Box::new(Entry { artifact: artifact(&id), location, kept_from, spooled, sealed }))
            }
            "wait" => {
                now = now + seconds(rest);
                Input::Tick
            }
            other => panic!("unknown word {other:?}"),
        };
        said.extend(upload.handle(now, input).iter().filter_map(word));
    }
    assert_eq!(said.join(", "), expected, "after: {story}");
}

fn seconds(text: &str) -> Millis {
    Millis(bytes(text.strip_suffix('s').expect("seconds")) * 1_000)
}

pub(super) fn sealed(length: u64) -> Sealed {
    Sealed { length, sha256: "0".repeat(64) }
}

fn word(output: &Output) -> Option<String> {
    let last = |length: &Option<u64>| if length.is_some() { " last" } else { "" };
    Some(match output {
        Output::Create { len, length, .. } => format!("create {len}{}", last(length)),
        Output::Send { offset, len, length, .. } => format!("send {offset}+{len}{}", last(length)),
        Output::AskOffset { .. } => "ask".to_owned(),
        Output::Forget { up_to, .. } => format!("forget {up_to}"),
        Output::Done { .. } => "done".to_owned(),
        Output::Lost { code, .. } => format!("lost {code}"),
        Output::Terminate { .. } => "terminate".to_owned(),
        Output::Discard { .. } => "discard".to_owned(),
        Output::Remember { .. } | Output::WakeAt(_) => return None,
    })
}

#[test]
fn a_full_piece_creates_the_upload_with_it() {
    upload("spool 0+2, spool 2+2", "create 4");
}
#[test]
fn an_old_piece_is_sent_though_it_is_small() {
    upload("spool 0+1, wait 1s", "create 1");
}
#[test]
fn the_second_piece_waits_for_the_first() {
    upload("spool 0+4, spool 4+4", "create 4");
}
#[test]
fn a_stored_piece_is_forgotten_and_the_next_one_sent() {
    upload("spool 0+4, spool 4+4, created 4", "create 4, forget 4, send 4+4");
}
#[test]
fn what_gathered_meanwhile_goes_in_pieces_no_larger_than_the_server_takes() {
    upload("spool 0+4, spool 4+20, created 4, offset 12", "create 4, forget 4, send 4+8, forget 12, send 12+8");
}
#[test]
fn the_last_piece_brings_the_length() {
    upload("spool 0+4, created 4, spool 4+3, seal 7, offset 7", "create 4, forget 4, send 4+3 last, forget 7, done");
}
#[test]
fn an_end_on_the_border_of_a_piece_brings_the_length_alone() {
    upload(
        "spool 0+4, created 4, spool 4+4, offset 8, seal 8, complete 8",
        "create 4, forget 4, send 4+4, forget 8, send 8+0 last, done",
    );
}
#[test]
fn a_short_recording_goes_with_its_creation() {
    upload("spool 0+3, seal 3, created 3", "create 3 last, forget 3, done");
}
#[test]
fn a_lost_answer_asks_for_the_offset() {
    upload("spool 0+4, created 4, spool 4+4, lost, wait 2s", "create 4, forget 4, send 4+4, ask");
}
#[test]
fn a_lost_creation_is_made_again_without_bytes_and_asked() {
    upload("spool 0+4, lost, wait 2s, created 0, offset 4", "create 4, create 0, ask, forget 4");
}
#[test]
fn server_ahead_of_us_skips_forward() {
    upload(
        "spool 0+4, created 4, spool 4+8, lost, wait 2s, offset 8",
        "create 4, forget 4, send 4+8, ask, forget 8, send 8+4",
    );
}
#[test]
fn a_conflict_asks_for_the_offset() {
    upload("spool 0+4, created 4, spool 4+4, conflict, wait 2s", "create 4, forget 4, send 4+4, ask");
}
#[test]
fn a_damaged_piece_is_sent_again() {
    upload("spool 0+4, created 4, spool 4+4, checksum, wait 2s", "create 4, forget 4, send 4+4, send 4+4");
}
#[test]
fn a_piece_that_is_too_large_is_halved() {
    upload("spool 0+8, toolarge, created 4", "create 8, create 4, forget 4, send 4+4");
}
#[test]
fn one_byte_that_is_too_large_is_an_upload_that_is() {
    upload("spool 0+4, toolarge, toolarge, toolarge", "create 4, create 2, create 1, lost upload.too_large, discard");
}
#[test]
fn an_upload_that_is_gone_starts_anew_while_every_byte_is_kept() {
    upload("spool 0+4, created 0, gone, wait 2s", "create 4, send 0+4, create 4");
}
#[test]
fn an_upload_that_is_gone_is_lost_once_bytes_were_forgotten() {
    upload("spool 0+4, created 4, spool 4+4, gone", "create 4, forget 4, send 4+4, lost upload.gone, discard");
}
#[test]
fn a_server_behind_its_promise_is_believed_the_third_time() {
    upload(
        "spool 0+4, created 4, spool 4+4, lost, wait 2s, offset 0, wait 3s, offset 0, wait 5s, offset 0",
        "create 4, forget 4, send 4+4, ask, ask, ask, lost upload.gone, discard",
    );
}
#[test]
fn a_stale_answer_does_not_undo_a_promise() {
    upload("spool 0+4, created 4, spool 4+4, offset 2, offset 8", "create 4, forget 4, send 4+4, forget 8");
}
#[test]
fn offline_waits_and_online_goes_on_at_once() {
    upload("offline, spool 0+4, wait 5s, online", "create 4");
}
#[test]
fn a_browser_that_never_comes_online_is_not_believed_for_ever() {
    upload("offline, spool 0+4, wait 30s", "create 4");
}
#[test]
fn the_servers_wish_to_wait_is_kept() {
    upload("spool 0+4, created 4, spool 4+4, lost 45s, wait 44s, wait 1s", "create 4, forget 4, send 4+4, ask");
}
#[test]
fn an_ended_token_waits_for_the_session() {
    upload("spool 0+4, created 4, spool 4+4, unauthorised, wait 60s, authorised", "create 4, forget 4, send 4+4, ask");
}
#[test]
fn an_answer_that_never_comes_is_asked_for() {
    upload("spool 0+4, created 4, spool 4+4, wait 180s, wait 2s", "create 4, forget 4, send 4+4, ask");
}
#[test]
fn a_later_page_asks_and_goes_on() {
    upload(
        "resume 4..12, offset 8, seal 12, offset 12, complete 12",
        "ask, forget 8, send 8+4, forget 12, send 12+0 last, done",
    );
}
#[test]
fn a_recording_cut_off_after_its_last_confirmed_byte_ends_there() {
    upload("resume 0..0, offset 8, seal 0, complete 8", "ask, forget 8, send 8+0 last, done");
    upload("resume 0..0, seal 0, offset 8, complete 8", "ask, forget 8, send 8+0 last, done");
}
#[test]
fn what_has_a_gap_in_the_store_is_not_asked_about_for_ever() {
    upload("resume 4..8 of 12, offset 8", "ask, lost media.incomplete, discard");
    upload("resume 4..8 of 12, complete 12", "ask, forget 12, done");
}
#[test]
fn bytes_that_cannot_be_read_are_lost_the_fifth_time() {
    upload(
        "resume 0..4 of 4, offset 0, unreadable, wait 2s, offset 0, unreadable, wait 2s, offset 0, unreadable, wait 2s, \
         offset 0, unreadable, wait 2s, offset 0, unreadable",
        "ask, send 0+4 last, ask, send 0+4 last, ask, send 0+4 last, ask, send 0+4 last, ask, send 0+4 last, \
         lost media.incomplete, discard",
    );
}
#[test]
fn a_server_that_refuses_to_hear_the_length_twice_is_not_told_again() {
    upload(
        "spool 0+4, created 4, spool 4+3, seal 7, refused, wait 2s, offset 6, complete 7",
        "create 4, forget 4, send 4+3 last, ask, forget 6, send 6+1, forget 7, done",
    );
}
#[test]
fn a_refusal_for_good_is_named() {
    upload("spool 0+4, refused", "create 4, lost upload.length_invalid, discard");
}
#[test]
fn another_tab_at_work_holds_this_one() {
    upload("held, spool 0+4, wait 5s, free", "create 4");
}
#[test]
fn giving_up_removes_every_byte() {
    upload("spool 0+4, abandon, created 4", "create 4, discard");
}
#[test]
fn a_dropped_recording_is_removed() {
    upload("spool 0+4, drop, created 4", "create 4, discard, terminate");
    upload("spool 0+4, created 4, drop", "create 4, forget 4, terminate, discard");
}

#[test]
fn three_recordings_move_at_the_same_time_the_oldest_first() {
    let mut upload = Upload::with_pieces(Ids::new(1), 4, 8);
    let now = Timestamp(0);
    let mut created = Vec::new();
    for id in ["a", "b", "c", "d"] {
        upload.handle(now, Input::Opened(artifact(id)));
        let out = upload.handle(now, Input::Spooled { artifact: id.to_owned(), offset: 0, len: 4 });
        created.extend(out.into_iter().filter(|output| matches!(output, Output::Create { .. })));
    }
    assert_eq!(created.len(), 3);
    let answer = Answer::Created { location: "/u/a".to_owned(), offset: 4 };
    let out = upload.handle(now, Input::Answered { artifact: "a".to_owned(), answer });
    assert!(out.iter().any(|output| matches!(output, Output::Create { artifact, .. } if artifact.id == "d")));
}

#[test]
fn progress_counts_confirmed_and_recorded_bytes() {
    let mut upload = Upload::with_pieces(Ids::new(1), 4, 8);
    let id = "a".to_owned();
    upload.handle(Timestamp(0), Input::Opened(artifact(&id)));
    upload.handle(Timestamp(0), Input::Spooled { artifact: id.clone(), offset: 0, len: 6 });
    assert_eq!(upload.facts().recorded, 6);
    upload.handle(
        Timestamp(0),
        Input::Answered { artifact: id, answer: Answer::Created { location: "/u".to_owned(), offset: 4 } },
    );
    let facts = upload.facts();
    assert_eq!((facts.confirmed, facts.recorded), (4, 6));
}
