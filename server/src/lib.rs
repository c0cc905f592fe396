//! The reference verification backend: hands out cases and their steps, stores recordings as they arrive, evaluates them, and
//! tells the partner. `app::router` is what the program and its tests both run.

pub mod app;
pub mod auth;
pub mod blobs;
pub mod clock;
pub mod config;
pub mod error;
pub mod evaluation;
pub mod events;
pub mod health;
pub mod listen;
pub mod media;
pub mod metrics;
pub mod pages;
pub mod panics;
mod qr;
pub mod reading;
pub mod recordings;
pub mod review;
pub mod routes;
pub mod state;
pub mod store;
pub mod sweeper;
pub mod webhook;
