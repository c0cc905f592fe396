//! Lichtbild: the component. Files here are vocabulary, folders are subsystems, `web` is the only shell, `api` the only export.

pub mod artifact;
pub mod config;
pub mod observation;
pub mod surface;
pub mod time;

pub mod capture;
pub mod upload;

pub mod session;
