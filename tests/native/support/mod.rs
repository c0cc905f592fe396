//! Stories: a whole session in virtual time, with a device, a line and a server that keep their rules.

pub mod device;
pub mod registration;
pub mod server;
pub mod story;
pub mod words;
