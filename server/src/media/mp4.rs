//! Fragmented MP4 (ISO/IEC 14496-12 §8.8), as Safari and Chromium record it. A plain MP4 comes from no recorder in a browser,
//! which cannot know its length before the end; it yields no packets here.

use std::ops::Range;

use mp4_atom::{Codec, Decode, Encode as _, FourCC, Moof, Moov, Traf, Trak, Trex};

use super::{
    container::{Film, Packet, Picture, PictureCodec, Sound},
    guard::Fault,
};

/// A top-level box: its name and where it lies.
pub type Outer = ([u8; 4], Range<usize>);

/// Where a track stands between fragments.
struct Clock {
    id: u32,
    timescale: f64,
    defaults: Trex,
    /// Decode time of the next sample, in the track's own units.
    next: u64,
}

/// Takes a file apart whose layout is known to be whole.
pub fn read(bytes: &[u8], boxes: &[Outer]) -> Result<Film, Fault> {
    let mut film = Film::default();
    let mut clocks = Vec::new();
    for (name, range) in boxes {
        match name {
            b"moov" => {
                let moov: Moov = decode(&bytes[range.clone()])?;
                let defaults = moov.mvex.map(|mvex| mvex.trex).unwrap_or_default();
                for trak in moov.trak {
                    clocks.push(Clock::new(&trak, &defaults)?);
                    add_track(&mut film, trak)?;
                }
            }
            b"moof" => {
                let moof: Moof = decode(&bytes[range.clone()])?;
                for traf in &moof.traf {
                    let clock = clocks.iter_mut().find(|clock| clock.id == traf.tfhd.track_id).ok_or(Fault::Damaged)?;
                    clock.fragment(bytes, range.start, traf, &mut film)?;
                }
            }
            _ => {}
        }
    }
    Ok(film)
}

fn decode<T: Decode>(mut bytes: &[u8]) -> Result<T, Fault> {
    T::decode(&mut bytes).map_err(|_| Fault::Damaged)
}

fn add_track(film: &mut Film, trak: Trak) -> Result<(), Fault> {
    let id = trak.tkhd.track_id;
    let claimed = (u32::from(trak.tkhd.width.integer()), u32::from(trak.tkhd.height.integer()));
    let mut codecs = trak.mdia.minf.stbl.stsd.codecs.into_iter();
    let (Some(codec), None) = (codecs.next(), codecs.next()) else { return Err(Fault::Damaged) };
    let picture = |codec, size| Picture { codec, size };
    match (codec, &trak.mdia.hdlr.handler) {
        (Codec::Avc1(avc), _) => {
            let mut setup = Vec::new();
            avc.avcc.encode(&mut setup).map_err(|_| Fault::Damaged)?;
            // Without the box's own length and name.
            let setup = setup.get(8..).ok_or(Fault::Damaged)?.into();
            let size = (avc.visual.width.into(), avc.visual.height.into());
            film.add_picture(id, picture(PictureCodec::H264(Some(setup)), size))
        }
        (Codec::Opus(opus), _) => film.add_sound(id, Sound::Opus(opus.dops.output_channel_count.into())),
        (Codec::Mp4a(aac), _) => {
            let config = aac.esds.es_desc.dec_config.dec_specific;
            film.add_sound(id, config.map_or(Sound::Other, |config| Sound::Aac(config.raw.into())))
        }
        (_, handler) if *handler == FourCC::new(b"vide") => film.add_picture(id, picture(PictureCodec::Other, claimed)),
        (_, handler) if *handler == FourCC::new(b"soun") => film.add_sound(id, Sound::Other),
        _ => Err(Fault::Damaged),
    }
}

impl Clock {
    fn new(trak: &Trak, defaults: &[Trex]) -> Result<Self, Fault> {
        let id = trak.tkhd.track_id;
        let timescale = trak.mdia.mdhd.timescale;
        if timescale == 0 {
            return Err(Fault::Damaged);
        }
        let defaults = defaults.iter().find(|defaults| defaults.track_id == id).cloned().unwrap_or_default();
        Ok(Self { id, timescale: timescale.into(), defaults, next: 0 })
    }

    /// Cuts the samples of a fragment out of the file; `start` is where its `moof` lies.
    fn fragment(&mut self, bytes: &[u8], start: usize, traf: &Traf, film: &mut Film) -> Result<(), Fault> {
        let base = traf.tfhd.base_data_offset.unwrap_or(start as u64);
        let length_by_default = traf.tfhd.default_sample_duration.unwrap_or(self.defaults.default_sample_duration);
        let size_by_default = traf.tfhd.default_sample_size.unwrap_or(self.defaults.default_sample_size);
        if let Some(tfdt) = &traf.tfdt {
            self.next = tfdt.base_media_decode_time;
        }
        let mut position = base;
        for run in &traf.trun {
            if let Some(offset) = run.data_offset {
                position = base.checked_add_signed(offset.into()).ok_or(Fault::Damaged)?;
            }
            for sample in &run.samples {
                let end = position.saturating_add(sample.size.unwrap_or(size_by_default).into());
                let range = usize::try_from(position).ok().zip(usize::try_from(end).ok());
                let data = range.and_then(|(from, to)| bytes.get(from..to)).ok_or(Fault::Damaged)?;
                let shown = self.next as f64 + sample.cts.unwrap_or(0) as f64;
                film.add_packet(self.id, Packet { at: shown * 1_000.0 / self.timescale, data: data.into() })?;
                self.next = self.next.saturating_add(sample.duration.unwrap_or(length_by_default).into());
                position = end;
            }
        }
        Ok(())
    }
}
