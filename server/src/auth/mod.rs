//! Who asks: API keys of partners, tokens of browsers with proofs of their keys, and how often anybody may ask.

pub mod dpop;
pub mod limit;
pub mod secret;
