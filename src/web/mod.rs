//! The only shell: one performing function beside each output of the machines, every use of web-sys.
//! In: what a machine wants done. Out: inputs, through `Feed`. Files here decide nothing.

pub mod backend;
pub mod calls;
pub mod camera;
pub mod codecs;
pub mod crypto;
pub mod db;
pub mod devices;
pub(crate) mod dom;
pub mod events;
pub mod facts;
pub mod frames;
pub mod http;
pub mod js;
pub mod level;
pub mod lock;
pub mod page_events;
pub mod panic;
pub mod plain;
pub mod recorder;
pub mod still;
pub mod store;
pub mod timer;
pub mod tus;
pub mod wakelock;
pub mod worker;

use std::rc::Rc;

use crate::session::Input;

/// Where a shell part reports what came of its work. Cheap to clone; harmless after the page is disposed of.
#[derive(Clone)]
pub struct Feed(Rc<dyn Fn(Input)>);

impl std::fmt::Debug for Feed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Feed")
    }
}

impl Feed {
    /// Around the one function that takes inputs.
    pub fn new(take: impl Fn(Input) + 'static) -> Self {
        Self(Rc::new(take))
    }

    /// Reports.
    pub fn give(&self, input: Input) {
        if panic::has_panicked() {
            return;
        }
        (self.0)(input);
    }
}
