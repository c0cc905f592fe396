//! Whole sessions in virtual time: no browser, no network, no sleeping.

mod camera;
mod devices;
mod good_run;
mod handoff;
mod network;
mod person;
mod properties;
mod reading;
mod recorder;
mod registration;
mod reload;
mod repeat;
mod shutter;
mod support;
mod wire;
