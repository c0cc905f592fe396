//! How loud a sound track gets. Opus and AAC-LC are decoded; there is no other sound in what browsers record.

use symphonia::{
    core::{
        codecs::audio::{AudioCodecParameters, AudioDecoder as _, AudioDecoderOptions, well_known::CODEC_ID_AAC},
        errors::Error,
        packet::PacketRef,
        units::{Duration, Timestamp},
    },
    default::codecs::AacDecoder,
};

use super::{
    container::{Packet, Sound, Track},
    guard::{Fault, guarded},
    limits::{DECODED_SHARE, SILENCE},
};

/// Opus always decodes to this many samples a second (RFC 6716 §2).
const OPUS_RATE: u32 = 48_000;
/// 120 ms, the longest Opus packet.
const OPUS_LONGEST: usize = 5_760;

/// RMS of the loudest 100 ms, in dBFS; `SILENCE` at least.
pub fn loudest(track: &Track<Sound>) -> Result<f64, Fault> {
    guarded(|| match &track.coding {
        Sound::Opus(channels) => opus(*channels, &track.packets),
        Sound::Aac(config) => aac(config, &track.packets),
        Sound::Other => Err(Fault::NoDecoder),
    })
}

fn opus(channels: usize, packets: &[Packet]) -> Result<f64, Fault> {
    let kind = match channels {
        1 => ropus::Channels::Mono,
        2 => ropus::Channels::Stereo,
        // More come as several streams in one packet, which no browser records from a microphone.
        _ => return Err(Fault::NoDecoder),
    };
    let mut decoder = ropus::Decoder::new(OPUS_RATE, kind).map_err(|_| Fault::NoDecoder)?;
    let mut samples = vec![0.0; OPUS_LONGEST * channels];
    let mut loudness = Loudness::new(OPUS_RATE, channels);
    for packet in packets {
        let heard = decoder.decode_float(&packet.data, &mut samples, ropus::DecodeMode::Normal);
        loudness.packet(heard.ok().and_then(|length| samples.get(..length * channels)));
    }
    loudness.loudest()
}

fn aac(config: &[u8], packets: &[Packet]) -> Result<f64, Fault> {
    let mut parameters = AudioCodecParameters::new();
    parameters.for_codec(CODEC_ID_AAC).with_extra_data(config.into());
    let mut decoder =
        AacDecoder::try_new(&parameters, &AudioDecoderOptions::default()).map_err(|error| match error {
            Error::Unsupported(_) => Fault::NoDecoder,
            _ => Fault::Damaged,
        })?;
    let parameters = decoder.codec_params();
    let channels = parameters.channels.as_ref().map_or(1, symphonia::core::audio::Channels::count);
    let mut loudness = Loudness::new(parameters.sample_rate.ok_or(Fault::Damaged)?, channels);
    let mut samples = Vec::new();
    for packet in packets {
        let packet = PacketRef::new(0, Timestamp::ZERO, Duration::ZERO, &packet.data);
        let heard = decoder.decode_ref(&packet).map(|heard| heard.copy_to_vec_interleaved::<f32>(&mut samples));
        loudness.packet(heard.is_ok().then_some(&samples));
    }
    loudness.loudest()
}

/// Measures window by window; keeps the loudest.
struct Loudness {
    window: usize,
    squares: f64,
    filled: usize,
    peak: f64,
    packets: usize,
    decoded: usize,
}

impl Loudness {
    fn new(rate: u32, channels: usize) -> Self {
        Self {
            window: (rate as usize / 10 * channels).max(1),
            squares: 0.0,
            filled: 0,
            peak: 0.0,
            packets: 0,
            decoded: 0,
        }
    }

    fn packet(&mut self, samples: Option<&[f32]>) {
        self.packets += 1;
        let Some(samples) = samples else { return };
        self.decoded += 1;
        for sample in samples {
            self.squares += f64::from(sample * sample);
            self.filled += 1;
            if self.filled == self.window {
                self.peak = self.peak.max(self.squares / self.window as f64);
                (self.squares, self.filled) = (0.0, 0);
            }
        }
    }

    fn loudest(&self) -> Result<f64, Fault> {
        if self.packets == 0 {
            return Ok(SILENCE);
        }
        if (self.decoded as f64) < DECODED_SHARE * self.packets as f64 || !self.peak.is_finite() {
            return Err(Fault::Damaged);
        }
        Ok((10.0 * self.peak.log10()).max(SILENCE))
    }
}
