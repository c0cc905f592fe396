//! A video file taken apart: its one picture track and its one sound track, each as coded packets with their times.
//! Does not know: what the packets show or sound like.

use super::{
    guard::{Fault, guarded},
    layout::{self, Layout},
    limits::MOST_PACKETS,
    mp4, webm,
};

/// A video file, taken apart.
#[derive(Default)]
pub struct Film {
    /// What there is to see; `None` also for a track without a packet.
    pub picture: Option<Track<Picture>>,
    /// What there is to hear; likewise.
    pub sound: Option<Track<Sound>>,
    packets: usize,
}

/// One track.
pub struct Track<Coding> {
    /// Its number in the file.
    pub id: u32,
    /// How its packets are coded.
    pub coding: Coding,
    /// In the order of the file.
    pub packets: Vec<Packet>,
}

/// How pictures are coded.
pub struct Picture {
    /// Which way, with what the decoder has to know.
    pub codec: PictureCodec,
    /// Width and height as the container has them, in pixels.
    pub size: (u32, u32),
}

/// The ways of coding pictures.
pub enum PictureCodec {
    /// VP8.
    Vp8,
    /// H.264, with its `avcC` record where the container has one.
    H264(Option<Box<[u8]>>),
    /// VP9, AV1, HEVC and whatever else.
    Other,
}

/// How sound is coded.
pub enum Sound {
    /// Opus, with its number of channels.
    Opus(usize),
    /// AAC, with its `AudioSpecificConfig`.
    Aac(Box<[u8]>),
    /// Whatever else.
    Other,
}

/// One coded frame or stretch of sound.
pub struct Packet {
    /// When it is shown or heard, in milliseconds of the track's own clock.
    pub at: f64,
    /// As coded.
    pub data: Box<[u8]>,
}

impl<Coding> Track<Coding> {
    /// Without packets yet.
    pub const fn new(id: u32, coding: Coding) -> Self {
        Self { id, coding, packets: Vec::new() }
    }

    /// From the first packet to the end of the last, in milliseconds. The last packet's own length is in no WebM: it counts
    /// as long as the others are on average.
    pub fn duration(&self) -> f64 {
        let range = |(first, last): (f64, f64), packet: &Packet| (first.min(packet.at), last.max(packet.at));
        let (first, last) = self.packets.iter().fold((f64::INFINITY, f64::NEG_INFINITY), range);
        let gaps = self.packets.len().saturating_sub(1);
        if gaps == 0 { 0.0 } else { (last - first) * (1.0 + 1.0 / gaps as f64) }
    }
}

impl Film {
    /// Takes the picture track. `MediaRecorder` writes at most one; of two, whoever plays the file may see another than we judge.
    pub fn add_picture(&mut self, id: u32, coding: Picture) -> Result<(), Fault> {
        once(&mut self.picture, Track::new(id, coding))
    }

    /// Takes the sound track; likewise one.
    pub fn add_sound(&mut self, id: u32, coding: Sound) -> Result<(), Fault> {
        once(&mut self.sound, Track::new(id, coding))
    }

    /// Takes a packet of one of the tracks.
    pub fn add_packet(&mut self, id: u32, packet: Packet) -> Result<(), Fault> {
        self.packets += 1;
        if self.packets > MOST_PACKETS {
            return Err(Fault::Damaged);
        }
        match self {
            Self { picture: Some(track), .. } if track.id == id => track.packets.push(packet),
            Self { sound: Some(track), .. } if track.id == id => track.packets.push(packet),
            _ => return Err(Fault::Damaged),
        }
        Ok(())
    }
}

fn once<T>(place: &mut Option<T>, track: T) -> Result<(), Fault> {
    place.replace(track).map_or(Ok(()), |_| Err(Fault::Damaged))
}

/// Reads a file to its end.
pub fn open(bytes: &[u8]) -> Result<Film, Fault> {
    let mut film = match layout::of(bytes)? {
        Layout::WebM => guarded(|| webm::read(bytes)),
        Layout::Mp4(boxes) => guarded(|| mp4::read(bytes, &boxes)),
    }?;
    film.picture.take_if(|track| track.packets.is_empty());
    film.sound.take_if(|track| track.packets.is_empty());
    Ok(film)
}
