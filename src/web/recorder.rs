//! Records the open stream into the store, piece by piece as the browser gives them, with a running SHA-256.

use std::{cell::RefCell, collections::VecDeque, rc::Rc};

use gloo_events::EventListener;
use lichtbild_protocol::case::ArtifactId;
use sha2::{Digest as _, Sha256};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Blob, BlobEvent, MediaRecorder, MediaRecorderOptions, MediaStream, RecordingState};

use super::{
    Feed,
    codecs::{Codecs, Heard},
    crypto::hex,
    dom::bytes_of,
    store::Store,
};
use crate::{
    artifact::{Artifact, Sealed},
    capture::{RecorderKind, RecorderWay},
    session::Input,
};

/// With sound, stills and requests it stays below 2 Mbit/s, so that a slow line keeps up; details are for the stills.
const VIDEO_BITS_PER_SECOND: u32 = 1_200_000;
const AUDIO_BITS_PER_SECOND: u32 = 64_000;

/// A running recorder. It stops when this is dropped, and what it still gives is thrown away.
#[must_use = "the recording stops when this is dropped"]
pub struct Recorder {
    machine: Machine,
    tape: Rc<Tape>,
}

enum Machine {
    Media { media: MediaRecorder, _listeners: [EventListener; 3] },
    Codecs(Codecs),
}

/// What the recorder has given and the store has not yet taken.
struct Tape {
    artifact: Artifact,
    store: Rc<Store>,
    feed: Feed,
    state: RefCell<TapeState>,
    running: RefCell<Running>,
}

#[derive(Default)]
struct Running {
    length: u64,
    digest: Sha256,
}

#[derive(Default)]
struct TapeState {
    waiting: VecDeque<Piece>,
    draining: bool,
    thrown_away: bool,
}

enum Piece {
    Blob { blob: Blob, media_type: String },
    Bytes { bytes: Vec<u8>, media_type: String },
    End,
}

impl Recorder {
    /// Starts; a kind that the browser refuses is an error. `record`: see `Codecs::start`.
    pub fn start(
        stream: &MediaStream,
        artifact: Artifact,
        kind: &RecorderKind,
        record: &JsValue,
        store: Rc<Store>,
        feed: &Feed,
    ) -> Result<Self, JsValue> {
        let tape = Rc::new(Tape {
            artifact,
            store,
            feed: feed.clone(),
            state: RefCell::default(),
            running: RefCell::default(),
        });
        let machine = match kind.way {
            RecorderWay::WebM | RecorderWay::Mp4 => media(stream, kind, &tape)?,
            RecorderWay::SoundAndStills => {
                let sound = stream.get_audio_tracks();
                if sound.length() == 0 {
                    return Err(JsValue::from_str("NotSupportedError"));
                }
                media(&MediaStream::new_with_tracks(&sound)?, kind, &tape)?
            }
            RecorderWay::Codecs => {
                let hears = tape.clone();
                Machine::Codecs(Codecs::start(record, stream, move |heard| match heard {
                    Heard::Bytes(bytes, media_type) => hears.give(Piece::Bytes { bytes, media_type }),
                    Heard::End => hears.give(Piece::End),
                    Heard::Failed => hears.fail(),
                })?)
            }
        };
        Ok(Self { machine, tape })
    }

    /// Which recording it makes.
    pub fn artifact(&self) -> &ArtifactId {
        &self.tape.artifact.id
    }

    /// Asks for what it has so far.
    pub fn nudge(&self) {
        if let Machine::Media { media, .. } = &self.machine {
            // An inactive recorder has nothing more to give.
            let _ = media.request_data();
        }
    }

    /// Stops; the rest and the end follow.
    pub fn stop(&self) {
        match &self.machine {
            // One whose stream ended before has given the end already.
            Machine::Media { media, .. } if media.state() == RecordingState::Inactive => {}
            Machine::Media { media, .. } => drop(media.stop()),
            Machine::Codecs(codecs) => codecs.stop(),
        }
    }
}

impl Drop for Recorder {
    fn drop(&mut self) {
        self.tape.state.borrow_mut().thrown_away = true;
        if matches!(self.machine, Machine::Media { .. }) {
            self.stop();
        }
    }
}

fn media(stream: &MediaStream, kind: &RecorderKind, tape: &Rc<Tape>) -> Result<Machine, JsValue> {
    let options = MediaRecorderOptions::new();
    if let Some(media_type) = kind.media_type {
        if !MediaRecorder::is_type_supported(media_type) {
            return Err(JsValue::from_str("NotSupportedError"));
        }
        options.set_mime_type(media_type);
    }
    options.set_video_bits_per_second(VIDEO_BITS_PER_SECOND);
    options.set_audio_bits_per_second(AUDIO_BITS_PER_SECOND);
    options.set_video_key_frame_interval_duration(f64::from(kind.key_frame_millis));
    let media = MediaRecorder::new_with_media_stream_and_media_recorder_options(stream, &options)?;

    let data = {
        let (tape, media) = (tape.clone(), media.clone());
        EventListener::new(&media.clone(), "dataavailable", move |event| {
            let Some(blob) = event.dyn_ref::<BlobEvent>().and_then(BlobEvent::data) else { return };
            // Some browsers give empty pieces; they mean nothing.
            if blob.size() > 0.0 {
                tape.give(Piece::Blob { blob, media_type: media.mime_type() });
            }
        })
    };
    let stop = {
        let tape = tape.clone();
        EventListener::new(&media, "stop", move |_| tape.give(Piece::End))
    };
    let error = {
        let tape = tape.clone();
        EventListener::new(&media, "error", move |_| tape.fail())
    };
    media.start_with_time_slice(kind.timeslice_millis.cast_signed())?;
    Ok(Machine::Media { media, _listeners: [data, stop, error] })
}

impl Tape {
    fn fail(&self) {
        if !self.state.borrow().thrown_away {
            self.feed.give(Input::RecorderFailed { artifact: self.artifact.id.clone() });
        }
    }

    fn give(self: &Rc<Self>, piece: Piece) {
        let mut state = self.state.borrow_mut();
        if state.thrown_away {
            return;
        }
        state.waiting.push_back(piece);
        if !std::mem::replace(&mut state.draining, true) {
            spawn_local(self.clone().drain());
        }
    }

    fn next(&self) -> Option<Piece> {
        let mut state = self.state.borrow_mut();
        let next = state.waiting.pop_front().filter(|_| !state.thrown_away);
        state.draining = next.is_some();
        next
    }

    /// One piece after the other, so that their order stays; runs once per burst.
    async fn drain(self: Rc<Self>) {
        while let Some(piece) = self.next() {
            match piece {
                Piece::Blob { blob, media_type } => match bytes_of(&blob).await {
                    Ok(bytes) => self.put(&bytes, media_type).await,
                    Err(_) => self.fail(),
                },
                Piece::Bytes { bytes, media_type } => self.put(&bytes, media_type).await,
                Piece::End => self.seal().await,
            }
        }
    }

    async fn put(&self, bytes: &[u8], media_type: String) {
        if self.state.borrow().thrown_away {
            return;
        }
        let id = &self.artifact.id;
        let offset = {
            let mut running = self.running.borrow_mut();
            running.digest.update(bytes);
            let offset = running.length;
            running.length += bytes.len() as u64;
            offset
        };
        if offset == 0 {
            let artifact = Artifact { media_type, ..self.artifact.clone() };
            self.store.open(artifact.clone()).await;
            self.store.put(id, 0, bytes).await;
            if self.state.borrow().thrown_away {
                // It may have been removed before it was there.
                return self.store.remove(id).await;
            }
            self.feed.give(Input::RecorderOpened(artifact));
        } else {
            self.store.put(id, offset, bytes).await;
        }
        if !self.state.borrow().thrown_away {
            self.feed.give(Input::RecorderSpooled { artifact: id.clone(), offset, len: bytes.len() as u64 });
        }
    }

    async fn seal(&self) {
        let sealed = {
            let running = self.running.borrow();
            Sealed { length: running.length, sha256: hex(&running.digest.clone().finalize()) }
        };
        let artifact = self.artifact.id.clone();
        self.store.seal(&artifact, sealed.clone()).await;
        self.feed.give(Input::RecorderSealed { artifact, sealed });
    }
}
