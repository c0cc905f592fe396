//! H.264 as containers carry it, brought into the form the decoder takes, and no picture larger than we allow.
//! In: packets with length-prefixed units (MP4) or start codes (Chromium's Matroska). Out: luma.

use rusty_h264_common::nal::{emulation_unprevent, split_annex_b};
use rusty_h264_decoder::{DecodeError, Decoder, Sps};

use super::{
    guard::Fault,
    limits::MOST_PIXELS_FRAME,
    picture::{Decoded, Frame},
};

const START: [u8; 4] = [0, 0, 0, 1];
const SLICES: std::ops::RangeInclusive<u8> = 1..=5;
const SPS: u8 = 7;

/// Slices a picture may have at the price of one; encoders cut one per thread.
const SLICES_FREE: u64 = 4;
/// Slices of one picture at most; each may cost as much as a whole picture.
const MOST_SLICES: u64 = 64;

/// Decodes one track.
pub struct H264 {
    decoder: Decoder,
    /// Bytes of a unit's length; `None`: start codes.
    prefix: Option<usize>,
}

impl H264 {
    /// `setup` is the `avcC` record, where the container has one (ISO/IEC 14496-15 §5.3.3.1).
    pub fn new(setup: Option<&[u8]>) -> Result<Self, Fault> {
        let mut h264 = Self { decoder: Decoder::new(), prefix: None };
        if let Some(setup) = setup {
            let &[1, _, _, _, sizes, ref sets @ ..] = setup else { return Err(Fault::Damaged) };
            h264.prefix = Some(usize::from(sizes & 3) + 1);
            let stream = parameter_sets(sets).ok_or(Fault::Damaged)?;
            h264.decode_stream(&stream)?;
        }
        Ok(h264)
    }

    /// Decodes one packet.
    pub fn decode(&mut self, packet: &[u8]) -> Result<Decoded, Fault> {
        match self.prefix {
            None => self.decode_stream(packet),
            Some(width) => {
                let stream = with_start_codes(packet, width).ok_or(Fault::Damaged)?;
                self.decode_stream(&stream)
            }
        }
    }

    fn decode_stream(&mut self, stream: &[u8]) -> Result<Decoded, Fault> {
        let (mut slices, mut pictures) = (0, 0);
        for unit in split_annex_b(stream) {
            let Some((head, body)) = unit.split_first() else { continue };
            if head & 31 == SPS {
                check_size(&Sps::parse(&emulation_unprevent(body)).map_err(|error| fault(&error))?)?;
            } else if SLICES.contains(&(head & 31)) {
                slices += 1;
                // A slice's first number is the macroblock it starts at; zero is a single set bit.
                pictures += u64::from(body.first().is_some_and(|first| first & 0x80 != 0));
            }
        }
        if pictures > 1 || slices > MOST_SLICES {
            return Err(Fault::Damaged);
        }
        let frame = self.decoder.decode(stream).map_err(|error| fault(&error))?;
        let shown = frame.map(|frame| Frame { width: frame.width, height: frame.height, luma: frame.y });
        // Slices without a picture to show for them cost what the largest picture would.
        let each = shown.as_ref().map_or(MOST_PIXELS_FRAME, Frame::pixels);
        Ok(Decoded { shown, pixels: each * u64::div_ceil(slices, SLICES_FREE) })
    }
}

fn fault(error: &DecodeError) -> Fault {
    match error {
        DecodeError::Unsupported(_) => Fault::NoDecoder,
        _ => Fault::Damaged,
    }
}

fn check_size(sps: &Sps) -> Result<(), Fault> {
    let pixels = (sps.coded_width() as u64).saturating_mul(sps.coded_height() as u64);
    if pixels > MOST_PIXELS_FRAME { Err(Fault::Damaged) } else { Ok(()) }
}

/// The parameter sets of an `avcC` record from its first count on, with start codes.
fn parameter_sets(mut sets: &[u8]) -> Option<Vec<u8>> {
    let mut stream = Vec::new();
    for mask in [0x1f, 0xff] {
        let (count, mut rest) = sets.split_first()?;
        for _ in 0..count & mask {
            let (length, after) = rest.split_first_chunk()?;
            let (unit, after) = after.split_at_checked(u16::from_be_bytes(*length).into())?;
            stream.extend_from_slice(&START);
            stream.extend_from_slice(unit);
            rest = after;
        }
        sets = rest;
    }
    Some(stream)
}

fn with_start_codes(mut packet: &[u8], width: usize) -> Option<Vec<u8>> {
    let mut stream = Vec::with_capacity(packet.len() + START.len());
    while !packet.is_empty() {
        let (length, rest) = packet.split_at_checked(width)?;
        let length = length.iter().fold(0, |length, byte| length << 8 | usize::from(*byte));
        let (unit, rest) = rest.split_at_checked(length)?;
        stream.extend_from_slice(&START);
        stream.extend_from_slice(unit);
        packet = rest;
    }
    Some(stream)
}
