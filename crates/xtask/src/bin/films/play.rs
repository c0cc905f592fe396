//! Films played to the engine, the guidance and the shutter as the page runs them, without a browser: in the film's own time.
//! In: frames with their times. Out: what was on screen, and when a picture was taken.

use anyhow::Result;
use lichtbild::{
    engine::{Engine, Layout, Picture},
    flow::{Duty, Guidance, Shutter, ShutterInput, ShutterOutput, Subject, Wanted},
    observation::Observation,
    time::Timestamp,
};

use crate::score::Shown;

/// The network that is shipped.
const NETWORK: &[u8] = include_bytes!("../../../../../models/document/model.onnx");

pub struct Player {
    engine: Engine,
    guidance: Guidance,
    shutter: Shutter,
    wanted: Wanted,
    looks: u32,
}

impl Player {
    pub fn new(wanted: Wanted) -> Result<Self> {
        let mut engine = Engine::default();
        engine.load_documents(NETWORK)?;
        let mut guidance = Guidance::new(Subject::Document(wanted), false);
        guidance.expect_documents(true);
        Ok(Self { engine, guidance, shutter: shutter(wanted, 0), wanted, looks: 0 })
    }

    /// A camera that has just been opened takes a picture anew; what is on screen goes on.
    pub fn rearm(&mut self, at: u64) {
        self.shutter = shutter(self.wanted, at);
    }

    /// The engine looks at a frame. Also says whether a picture was taken and is good.
    pub fn look(&mut self, size: [usize; 2], luma: &[u8], at: u64) -> Result<(Shown, bool)> {
        let [width, height] = size;
        let picture = Picture { pixels: luma, layout: Layout::Luma, width, height, stride: width };
        self.looks += 1;
        let now = Timestamp(at);
        let seen = self.engine.frame(&picture, self.looks, now)?;
        self.guidance.observed(now, &seen);
        let taken = self.takes(&seen, now) && {
            let still = self.engine.still(&picture, self.looks, now)?;
            let out = self.shutter.handle(now, ShutterInput::Taken(Some(&still)));
            out.iter().any(|output| matches!(output, ShutterOutput::Accepted { .. }))
        };
        Ok((Shown { at, hint: self.guidance.hint() }, taken))
    }

    fn takes(&mut self, seen: &Observation, now: Timestamp) -> bool {
        let out = self.shutter.handle(now, ShutterInput::Seen(seen));
        out.iter().any(|output| matches!(output, ShutterOutput::TakeStill { .. }))
    }
}

fn shutter(wanted: Wanted, at: u64) -> Shutter {
    Shutter::new(Timestamp(at), wanted, false, Duty::Photo)
}
