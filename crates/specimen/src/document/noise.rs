//! Noise without a seed: the same place always has the same value.

/// Smooth noise from 0 to 1 with one bump per unit.
pub fn noise(x: f32, y: f32) -> f32 {
    // Rounds down as `floor` does, without a call.
    let down = |value: f32| value as i32 - i32::from(value < 0.0);
    let (left, top) = (down(x), down(y));
    let (fx, fy) = (x - left as f32, y - top as f32);
    let at = |dx: i32, dy: i32| {
        let hash = ((left + dx) as u32).wrapping_mul(0x85EB_CA6B) ^ ((top + dy) as u32).wrapping_mul(0xC2B2_AE35);
        let hash = (hash ^ (hash >> 15)).wrapping_mul(0x2C1B_3C6D);
        ((hash >> 8) & 0xFFFF) as f32 / 65_535.0
    };
    let (sx, sy) = (fx * fx * (3.0 - 2.0 * fx), fy * fy * (3.0 - 2.0 * fy));
    let (above, below) = (at(0, 0) + (at(1, 0) - at(0, 0)) * sx, at(0, 1) + (at(1, 1) - at(0, 1)) * sx);
    above + (below - above) * sy
}
