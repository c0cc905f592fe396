//! Draws from chance in words: how likely, between what, one of which.

use rand::Rng as _;

use crate::Rng;

/// What documents ask of chance.
pub trait Chance {
    /// From 0 to 1.
    fn share(&mut self) -> f32;
    /// From the first to the second.
    fn between(&mut self, least: f32, most: f32) -> f32;
    /// A whole number, both ends included.
    fn whole(&mut self, least: u32, most: u32) -> u32;
    /// Whether something happens that does so in this share of cases.
    fn likely(&mut self, share: f32) -> bool;
    /// One of several.
    fn one_of<T: Copy>(&mut self, several: &[T]) -> T;
    /// One of several, each as often as its weight says.
    fn weighted<T: Copy>(&mut self, several: &[(u32, T)]) -> T;
    /// So many decimal digits.
    fn digits(&mut self, count: usize) -> String;
}

impl Chance for Rng {
    fn share(&mut self) -> f32 {
        self.random()
    }

    fn between(&mut self, least: f32, most: f32) -> f32 {
        least + (most - least) * self.share()
    }

    fn whole(&mut self, least: u32, most: u32) -> u32 {
        self.random_range(least..=most)
    }

    fn likely(&mut self, share: f32) -> bool {
        self.share() < share
    }

    fn one_of<T: Copy>(&mut self, several: &[T]) -> T {
        several[self.random_range(0..several.len())]
    }

    fn weighted<T: Copy>(&mut self, several: &[(u32, T)]) -> T {
        let all = several.iter().map(|(weight, _)| weight).sum();
        let mut left = self.random_range(0..all);
        for &(weight, one) in several {
            if left < weight {
                return one;
            }
            left -= weight;
        }
        several[0].1
    }

    fn digits(&mut self, count: usize) -> String {
        (0..count).filter_map(|_| char::from_digit(self.whole(0, 9), 10)).collect()
    }
}
