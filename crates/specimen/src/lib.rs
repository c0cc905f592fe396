//! Fictitious documents, and photographs of them with everything that is true about them: for training, tests and fake cameras.
//! Everything is a function of a seed. Nothing here resembles a real state's document or a real person.

pub mod document;
pub mod scene;

/// Where all chance comes from.
pub type Rng = rand_pcg::Pcg64Mcg;

/// The chance of one seed.
pub fn rng(seed: u64) -> Rng {
    // Neighbouring seeds are far apart in what follows (SplitMix64's step).
    rand::SeedableRng::seed_from_u64(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15))
}
