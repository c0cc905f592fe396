//! Whether a file is whole: its outer elements (WebM) or boxes (MP4) follow each other without a gap and end where the file ends.
//! Demuxers read over a cut end; this does not. It also bounds what the demuxers will have to work through.

use super::{
    guard::Fault,
    limits::{MOST_ELEMENTS, MOST_INDEX},
    mp4::Outer,
};

/// What kind of file it is.
pub enum Layout {
    /// WebM and Matroska.
    WebM,
    /// MP4, with its top-level boxes.
    Mp4(Vec<Outer>),
}

const EBML: u64 = 0x1A45_DFA3;
const SEGMENT: u64 = 0x1853_8067;
const CLUSTER: u64 = 0x1F43_B675;

/// Walks the whole file.
pub fn of(bytes: &[u8]) -> Result<Layout, Fault> {
    if bytes.starts_with(&[0x1A, 0x45, 0xDF, 0xA3]) {
        webm(bytes).map(|()| Layout::WebM)
    } else if bytes.get(4..8) == Some(b"ftyp") {
        mp4(bytes).map(Layout::Mp4)
    } else {
        Err(Fault::Damaged)
    }
}

/// Segment and clusters are entered, everything else is stepped over. A live recording leaves their lengths open.
fn webm(bytes: &[u8]) -> Result<(), Fault> {
    let mut rest = bytes;
    let mut clusters = 0;
    for count in 0..MOST_ELEMENTS {
        if rest.is_empty() {
            return if clusters > 0 { Ok(()) } else { Err(Fault::Damaged) };
        }
        let (id, after) = vint(rest, false).ok_or(Fault::Damaged)?;
        let (length, after) = vint(after, true).ok_or(Fault::Damaged)?;
        if (count == 0) != (id == EBML) {
            return Err(Fault::Damaged);
        }
        let open = length == UNKNOWN;
        rest = match id {
            SEGMENT | CLUSTER if open || length <= after.len() as u64 => after,
            _ => usize::try_from(length).ok().and_then(|length| after.get(length..)).ok_or(Fault::Damaged)?,
        };
        clusters += usize::from(id == CLUSTER);
    }
    Err(Fault::Damaged)
}

const UNKNOWN: u64 = u64::MAX;

/// An EBML number and what follows it (RFC 8794 §4). Ids keep their marker, lengths lose it; all ones mean an open length.
fn vint(bytes: &[u8], length: bool) -> Option<(u64, &[u8])> {
    let width = bytes.first()?.leading_zeros() as usize + 1;
    let (own, rest) = bytes.split_at_checked(width).filter(|_| width <= 8)?;
    let number = own.iter().fold(0, |number, byte| number << 8 | u64::from(*byte));
    if !length {
        return Some((number, rest));
    }
    let mask = (1 << (7 * width)) - 1;
    Some((if number & mask == mask { UNKNOWN } else { number & mask }, rest))
}

fn mp4(bytes: &[u8]) -> Result<Vec<Outer>, Fault> {
    let mut boxes = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let (name, length) = mp4_box(&bytes[at..]).ok_or(Fault::Damaged)?;
        let end =
            usize::try_from(length).ok().and_then(|length| at.checked_add(length)).filter(|end| *end <= bytes.len());
        let end = end.ok_or(Fault::Damaged)?;
        let too_much = boxes.len() == MOST_ELEMENTS || (length > MOST_INDEX && name != b"mdat");
        if too_much {
            return Err(Fault::Damaged);
        }
        boxes.push((*name, at..end));
        at = end;
    }
    let indexes = boxes.iter().filter(|(name, _)| name == b"moov").count();
    if indexes == 1 { Ok(boxes) } else { Err(Fault::Damaged) }
}

/// Name and whole length of the first box (ISO/IEC 14496-12 §4.2); length 0 means up to the end, 1 that 64 bits follow.
fn mp4_box(bytes: &[u8]) -> Option<(&[u8; 4], u64)> {
    let (length, rest) = bytes.split_first_chunk::<4>()?;
    let (name, rest) = rest.split_first_chunk::<4>()?;
    let length = match u32::from_be_bytes(*length) {
        0 => bytes.len() as u64,
        1 => u64::from_be_bytes(*rest.first_chunk()?),
        short => u64::from(short),
    };
    (length >= 8).then_some((name, length))
}
