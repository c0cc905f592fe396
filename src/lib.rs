//! Lichtbild: the component. Files here are vocabulary, folders are subsystems, `web` is the only shell, `api` the only export.

pub mod artifact;
pub mod config;
pub mod ids;
pub mod observation;
pub mod surface;
pub mod time;

pub mod audio;
pub mod capture;
pub mod flow;
pub mod handoff;
pub mod upload;

pub mod session;

#[cfg(feature = "engine")]
pub mod engine;
#[cfg(feature = "page")]
pub mod web;

#[cfg(any(feature = "page", feature = "engine"))]
pub mod api;

#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();
