//! Every export to JavaScript. `page` wires the session to the browser, `engine` the engine to its worker.

#[cfg(feature = "page")]
mod convert;
#[cfg(feature = "engine")]
pub mod engine;
#[cfg(feature = "page")]
pub mod page;
