//! What a picture track shows: how large it is, how much of it is black, and how long it stands still.
//! Every frame is decoded, because only key frames stand alone and they come too seldom to see a movement; the times are the
//! frames' own. VP8 and H.264 are decoded; VP9 and AV1 have no decoder we trust with a stranger's bytes, so browsers are asked for others
//! (`src/capture/recorder.rs`).

use oxideav_vp8::Vp8DecoderState;

use super::{
    container::{Picture, PictureCodec, Track},
    guard::{Fault, guarded},
    h264::H264,
    limits::{BLACK, DECODED_SHARE, LOOK_EVERY, MOST_PIXELS_FRAME, MOST_PIXELS_VIDEO, MOVED},
};

const COLUMNS: usize = 32;
const ROWS: usize = 18;

/// A decoded frame.
pub struct Frame {
    /// Pixels.
    pub width: usize,
    /// Pixels.
    pub height: usize,
    /// Row by row, without gaps.
    pub luma: Vec<u8>,
}

/// What came of a packet.
pub struct Decoded {
    /// The frame it shows, if it shows one.
    pub shown: Option<Frame>,
    /// The work it was, counted in pixels.
    pub pixels: u64,
}

impl Frame {
    /// Its area.
    pub const fn pixels(&self) -> u64 {
        (self.width * self.height) as u64
    }
}

/// What was seen.
pub struct Sight {
    /// Smallest decoded frame's sides, in pixels.
    pub size: (u32, u32),
    /// Share of the looks at which the picture was black.
    pub black: f64,
    /// Longest stretch without movement, as a share of the time seen.
    pub still: f64,
}

enum Decoder {
    Vp8(Box<Vp8DecoderState>),
    H264(Box<H264>),
}

/// Decodes a track and looks at it.
pub fn look(track: &Track<Picture>) -> Result<Sight, Fault> {
    guarded(|| {
        let mut decoder = Decoder::new(&track.coding.codec)?;
        let mut watch = Watch::default();
        let (mut whole, mut taken, mut spent) = (0_usize, 0_usize, 0_u64);
        for packet in &track.packets {
            taken += 1;
            match decoder.decode(&packet.data) {
                Ok(Decoded { shown, pixels }) => {
                    whole += 1;
                    spent += pixels;
                    if let Some(frame) = shown {
                        watch.frame(packet.at, &frame);
                    }
                }
                Err(Fault::NoDecoder) => return Err(Fault::NoDecoder),
                // What failed may have cost as much as the largest frame.
                Err(Fault::Damaged) => spent += MOST_PIXELS_FRAME,
            }
            if spent > MOST_PIXELS_VIDEO {
                break;
            }
        }
        if (whole as f64) < DECODED_SHARE * taken as f64 {
            return Err(Fault::Damaged);
        }
        watch.sight().ok_or(Fault::Damaged)
    })
}

impl Decoder {
    fn new(codec: &PictureCodec) -> Result<Self, Fault> {
        match codec {
            PictureCodec::Vp8 => {
                Ok(Self::Vp8(Box::new(Vp8DecoderState::new().with_max_pixels_per_frame(MOST_PIXELS_FRAME))))
            }
            PictureCodec::H264(setup) => Ok(Self::H264(Box::new(H264::new(setup.as_deref())?))),
            PictureCodec::Other => Err(Fault::NoDecoder),
        }
    }

    fn decode(&mut self, packet: &[u8]) -> Result<Decoded, Fault> {
        match self {
            Self::H264(decoder) => decoder.decode(packet),
            Self::Vp8(decoder) => {
                let frame = decoder.decode_frame(packet).map_err(|_| Fault::Damaged)?;
                let frame = Frame { width: frame.width as usize, height: frame.height as usize, luma: frame.y };
                let pixels = frame.pixels();
                Ok(Decoded { shown: (decoder.last_frame_shown() == Some(true)).then_some(frame), pixels })
            }
        }
    }
}

/// Keeps what the looks so far amount to.
#[derive(Default)]
struct Watch {
    size: Option<(u32, u32)>,
    first: f64,
    last: f64,
    looks: usize,
    black: usize,
    moved: Option<(f64, [u8; COLUMNS * ROWS])>,
    longest: f64,
}

impl Watch {
    fn frame(&mut self, at: f64, frame: &Frame) {
        let size = (frame.width as u32, frame.height as u32);
        self.size =
            Some(self.size.map_or(size, |least| if size.0.min(size.1) < least.0.min(least.1) { size } else { least }));
        if self.looks > 0 && at < self.last + LOOK_EVERY {
            return;
        }
        let cells = cells(frame);
        self.looks += 1;
        self.last = at;
        self.black += usize::from(cells.iter().all(|&cell| cell < BLACK));
        match &self.moved {
            None => {
                self.first = at;
                self.moved = Some((at, cells));
            }
            Some((since, seen)) => {
                self.longest = self.longest.max(at - since);
                if cells.iter().zip(seen).any(|(now, then)| now.abs_diff(*then) >= MOVED) {
                    self.moved = Some((at, cells));
                }
            }
        }
    }

    fn sight(&self) -> Option<Sight> {
        let seen = self.last - self.first;
        Some(Sight {
            size: self.size?,
            black: self.black as f64 / self.looks as f64,
            // A single frame is as still as can be.
            still: if seen > 0.0 { self.longest / seen } else { 1.0 },
        })
    }
}

/// Mean luma of each cell of a grid laid over the frame.
fn cells(frame: &Frame) -> [u8; COLUMNS * ROWS] {
    let mut cells = [0; COLUMNS * ROWS];
    let span = |index: usize, of: usize, length: usize| {
        index * length / of..((index + 1) * length / of).max(index * length / of + 1)
    };
    for (index, cell) in cells.iter_mut().enumerate() {
        let (rows, columns) = (span(index / COLUMNS, ROWS, frame.height), span(index % COLUMNS, COLUMNS, frame.width));
        let pixels = (rows.len() * columns.len()) as u64;
        let sum: u64 =
            rows.flat_map(|row| &frame.luma[row * frame.width..][columns.clone()]).map(|&pixel| u64::from(pixel)).sum();
        *cell = (sum / pixels) as u8;
    }
    cells
}
