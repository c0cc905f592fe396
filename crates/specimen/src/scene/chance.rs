//! Shapes of chance that the scenes are drawn from.

use rand::Rng as _;

use crate::Rng;

/// Evenly from one to the other.
pub fn between(rng: &mut Rng, least: f32, most: f32) -> f32 {
    least + (most - least) * rng.random::<f32>()
}

/// From one to the other, nearer to the first the greater `power` is: 1 is even, 3 rarely comes near the second.
pub fn mostly(rng: &mut Rng, usual: f32, extreme: f32, power: i32) -> f32 {
    usual + (extreme - usual) * rng.random::<f32>().powi(power)
}

/// True with this probability.
pub fn chance(rng: &mut Rng, probability: f64) -> bool {
    rng.random_bool(probability)
}

/// The place of one of the weights.
pub fn weighted(rng: &mut Rng, weights: &[f32]) -> usize {
    let mut left = rng.random::<f32>() * weights.iter().sum::<f32>();
    for (at, weight) in weights.iter().enumerate() {
        if left < *weight {
            return at;
        }
        left -= weight;
    }
    weights.len().saturating_sub(1)
}

/// One of several.
pub fn one_of<T: Copy>(rng: &mut Rng, all: &[T]) -> T {
    all[rng.random_range(0..all.len())]
}

/// About normal with standard deviation 1, never beyond 3.5 (sum of four).
pub fn normal(rng: &mut Rng) -> f32 {
    (0..4).map(|_| rng.random::<f32>() - 0.5).sum::<f32>() * 3.0_f32.sqrt()
}

/// An angle in degrees from -180 to 180.
pub fn any_angle(rng: &mut Rng) -> f32 {
    between(rng, -180.0, 180.0)
}
