//! Whole sessions in virtual time: no browser, no network, no sleeping.

mod camera;
mod good_run;
mod handoff;
mod network;
mod person;
mod properties;
mod recorder;
mod reload;
mod repeat;
mod support;
mod wire;
