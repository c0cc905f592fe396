//! How loud the open stream is, ten times a second, where the browser lets sound be measured.

use gloo_timers::callback::Interval;
use wasm_bindgen::JsValue;
use web_sys::{AudioContext, AudioContextState, MediaStream};

use super::Feed;
use crate::session::Input;

const INTERVAL_MILLIS: u32 = 100;
const WINDOW: u32 = 2048;

/// Listens while it lives.
#[must_use = "the meter stops when this is dropped"]
pub struct LevelMeter {
    context: AudioContext,
    _interval: Interval,
}

impl LevelMeter {
    /// Feeds `Input::Level` with the root mean square of the last 2,048 samples, 0 to 1 (0 dBFS).
    pub fn start(stream: &MediaStream, feed: Feed) -> Result<Self, JsValue> {
        let context = AudioContext::new()?;
        let analyser = context.create_analyser()?;
        analyser.set_fft_size(WINDOW);
        context.create_media_stream_source(stream)?.connect_with_audio_node(&analyser)?;
        // Created after a tap, but some browsers start it suspended all the same.
        let _ = context.resume()?;
        let mut samples = vec![0.0_f32; WINDOW as usize];
        let running = Clone::clone(&context);
        let interval = Interval::new(INTERVAL_MILLIS, move || {
            // Without a loudspeaker some browsers never start it: what it measures then is no silence.
            if running.state() != AudioContextState::Running {
                return;
            }
            analyser.get_float_time_domain_data(&mut samples);
            let power = samples.iter().map(|sample| sample * sample).sum::<f32>() / WINDOW as f32;
            feed.give(Input::Level(power.sqrt().min(1.0)));
        });
        Ok(Self { context, _interval: interval })
    }
}

impl Drop for LevelMeter {
    fn drop(&mut self) {
        // Closing twice is the only way it fails.
        let _ = self.context.close();
    }
}
