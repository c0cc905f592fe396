//! The page's one machine: takes what happened, returns what to do. Routes between flow, capture, upload and hand-off.
//! In: actions, server answers, device facts, observations, time. Out: calls, device commands, a snapshot to draw.
//! Does not know: the browser, HTTP, bytes.

pub mod io;

pub use io::{Input, Output, Reply, Request};
