#![no_main]

#[allow(dead_code, reason = "each target uses one of them")]
#[path = "../invariants.rs"]
mod invariants;

libfuzzer_sys::fuzz_target!(|data: &[u8]| invariants::parses(data));
