//! What holds whatever the bytes are; for a fuzzer, and for the tests that try its kind of bytes without one.

use lichtbild_mrz::{
    Date, Format, SIGNS, decide, name, parse,
    vote::{Chances, Limits, Reading, vote},
};
use lichtbild_protocol::flow::DocumentKind;

const TODAY: Date = Date::new(2026, 11, 25);

/// Any bytes as lines: each byte a sign, of a format that the first byte chooses; and as text that nobody has looked at.
pub fn parses(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    look(&text.lines().collect::<Vec<_>>());
    let Some((&first, rest)) = data.split_first() else { return };
    let lines = laid(first, rest, |byte| char::from(SIGNS[usize::from(byte) % SIGNS.len()]));
    let lines: Vec<String> = lines.iter().map(|line| line.iter().collect()).collect();
    look(&lines.iter().map(String::as_str).collect::<Vec<_>>());
}

/// Asks everything that can be asked of a zone.
fn look(lines: &[&str]) {
    let Ok(zone) = parse(lines) else { return };
    assert_eq!(zone.lines(), lines, "a zone is what was read");
    assert!(!format!("{zone:?}").contains(lines[1]), "what a zone says is in no log");
    let (surname, given) = (zone.surname(), zone.given_names());
    assert!(!name::shown(&surname).contains('<') && !name::shown(&given).contains('<'));
    assert!(zone.issuing_state().len() <= 3 && zone.nationality().len() <= 3);
    for date in [zone.birth_date(), zone.expiry_date()].into_iter().flatten() {
        let (birth, expiry) = (date.birth(TODAY), date.expiry(TODAY));
        assert!(birth.is_none_or(|day| !TODAY.is_before(day)), "nobody is born tomorrow");
        assert!(expiry.is_none_or(|day| (1976..2076).contains(&day.year)), "documents are of our time");
    }
    drop((zone.document_number(), zone.optional(), zone.optional_more(), zone.names_truncated(), zone.sex()));
    let _ = decide::kind(&zone, None, &DocumentKind::ALL);
    assert!(decide::same_zone(&zone, &zone) && decide::of_one_document(&zone, &zone, TODAY).is_ok());
}

/// Any bytes as a reading of one frame: each says which sign is likeliest and how sure that is.
pub fn votes(data: &[u8]) {
    let Some((&first, rest)) = data.split_first() else { return };
    let reading = |rest: &[u8]| Reading { lines: laid(first, rest, chances) };
    let several = [reading(rest), reading(&rest[..rest.len() / 2]), reading(rest)];
    for readings in [&several[..1], &several[..]] {
        let Some(verdict) = vote(readings, &Limits::default()) else { continue };
        let lines: Vec<&str> = verdict.zone.lines().iter().map(String::as_str).collect();
        assert_eq!(parse(&lines).as_ref(), Ok(&verdict.zone));
    }
}

fn chances(byte: u8) -> Chances {
    let mut chances = [1e-5; SIGNS.len()];
    // Seven steps of sureness for each sign, from a guess to nearly one.
    let (sign, sure) = (usize::from(byte) % SIGNS.len(), usize::from(byte) / SIGNS.len());
    chances[sign] = [0.3, 0.5, 0.7, 0.9, 0.97, 0.99, f32::NAN][sure];
    chances
}

/// Lines of a format, each place from the next byte; fillers once there are no more.
fn laid<T>(first: u8, rest: &[u8], sign: impl Fn(u8) -> T) -> Vec<Vec<T>> {
    let (count, length) = Format::ALL[usize::from(first) % Format::ALL.len()].size();
    let byte = |at: usize| rest.get(at).copied().unwrap_or(SIGNS.len() as u8 - 1);
    (0..count).map(|line| (0..length).map(|column| sign(byte(line * length + column))).collect()).collect()
}
