//! WebM and Matroska, as Chromium, Firefox and newer Safaris record them: lengths left open, no index, no duration.

use std::io::{Cursor, ErrorKind};

use symphonia::{
    core::{
        codecs::{
            CodecParameters,
            audio::well_known::{CODEC_ID_AAC, CODEC_ID_OPUS},
            video::well_known::{CODEC_ID_H264, CODEC_ID_VP8},
        },
        errors::Error,
        formats::{FormatOptions, FormatReader},
        io::{MediaSourceStream, MediaSourceStreamOptions},
    },
    default::formats::MkvReader,
};

use super::{
    container::{Film, Packet, Picture, PictureCodec, Sound},
    guard::Fault,
};

/// Takes a file apart whose layout is known to be whole.
pub fn read(bytes: &[u8]) -> Result<Film, Fault> {
    let stream = MediaSourceStream::new(Box::new(Cursor::new(bytes)), MediaSourceStreamOptions::default());
    let mut reader = MkvReader::try_new(stream, FormatOptions::default()).map_err(|_| Fault::Damaged)?;
    let mut film = Film::default();
    let mut clocks = Vec::new();
    for track in reader.tracks() {
        clocks.push((track.id, track.time_base.ok_or(Fault::Damaged)?));
        match &track.codec_params {
            Some(CodecParameters::Video(video)) => {
                let setup = || video.extra_data.first().map(|setup| setup.data.clone());
                let codec = match video.codec {
                    CODEC_ID_VP8 => PictureCodec::Vp8,
                    CODEC_ID_H264 => PictureCodec::H264(setup()),
                    _ => PictureCodec::Other,
                };
                let size = (video.width.unwrap_or(0).into(), video.height.unwrap_or(0).into());
                film.add_picture(track.id, Picture { codec, size })?;
            }
            Some(CodecParameters::Audio(audio)) => {
                let channels = audio.channels.as_ref().map_or(1, symphonia::core::audio::Channels::count);
                film.add_sound(
                    track.id,
                    match (audio.codec, &audio.extra_data) {
                        (CODEC_ID_OPUS, _) => Sound::Opus(channels),
                        (CODEC_ID_AAC, Some(config)) => Sound::Aac(config.clone()),
                        _ => Sound::Other,
                    },
                )?;
            }
            _ => return Err(Fault::Damaged),
        }
    }
    while let Some(packet) = next(&mut reader)? {
        let clock = clocks.iter().find(|(id, _)| *id == packet.track_id).ok_or(Fault::Damaged)?.1;
        let at = clock.calc_time(packet.pts).ok_or(Fault::Damaged)?.as_secs_f64() * 1_000.0;
        film.add_packet(packet.track_id, Packet { at, data: packet.data })?;
    }
    Ok(film)
}

/// A live recording, whose lengths are open, ends where the file does.
fn next(reader: &mut MkvReader) -> Result<Option<symphonia::core::packet::Packet>, Fault> {
    match reader.next_packet() {
        Err(Error::IoError(error)) if error.kind() == ErrorKind::UnexpectedEof => Ok(None),
        other => other.map_err(|_| Fault::Damaged),
    }
}
