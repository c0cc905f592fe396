//! A document made ready to be photographed from near and far.

use std::sync::Arc;

use image::RgbImage;
use lichtbild_vision::document::DocumentClass;

use super::texture::{Texture, linear};
use crate::document::{Document, Written};

/// Cells along each side in which is noted whether anything is printed.
const CELLS: usize = 32;

/// A document made ready to be photographed.
#[derive(Clone, Debug)]
pub struct Sheet {
    /// What it is.
    pub class: DocumentClass,
    /// Its sides.
    pub size_mm: [f32; 2],
    /// Radius of its corners.
    pub corner_mm: f32,
    /// How glossy it is, 0 to 1.
    pub gloss: f32,
    /// Where foil lies: left, top, width, height as shares.
    pub foil: Vec<[f32; 4]>,
    /// The lines of its machine-readable zone, and where that stands (left, top, width, height as shares).
    pub mrz: (Vec<String>, Option<[f32; 4]>),
    /// Where each of those lines stands.
    pub rows: Vec<[f32; 4]>,
    /// Its level lines of text.
    pub written: Vec<Written>,
    /// What is printed.
    pub texture: Arc<Texture>,
    /// The page beyond the fold at its upper edge, and how high that is in millimetres.
    pub spread: Option<(Texture, f32)>,
    /// Mean luminance along its border, linear.
    pub border: f32,
    printed: Vec<bool>,
}

impl Sheet {
    /// Of a flat document.
    pub fn new(document: &Document) -> Self {
        Self {
            class: document.class,
            size_mm: document.size_mm,
            corner_mm: document.corner_mm,
            gloss: document.gloss,
            foil: document.foil.clone(),
            mrz: (document.mrz.clone(), document.mrz_zone),
            rows: document.mrz_rows.clone(),
            written: document.written.clone(),
            texture: Arc::new(Texture::opaque(&document.print)),
            spread: document.spread.as_ref().map(|page| {
                let height_mm = document.size_mm[0] * page.height() as f32 / page.width() as f32;
                (Texture::opaque(page), height_mm)
            }),
            border: border(&document.print),
            printed: printed(document),
        }
    }

    /// How far the page beyond the fold reaches above the document.
    pub fn above_mm(&self) -> f32 {
        self.spread.as_ref().map_or(0.0, |(_, height_mm)| *height_mm)
    }

    /// How far a place (millimetres from the middle) lies outside the document and the page beyond its fold, and the direction in
    /// which that grows.
    #[inline]
    pub fn outside(&self, x: f32, y: f32) -> (f32, [f32; 2]) {
        let (radius, above) = (self.corner_mm, self.above_mm());
        let y = y + above / 2.0;
        let dx = x.abs() - self.size_mm[0] / 2.0 + radius;
        let dy = y.abs() - f32::midpoint(self.size_mm[1], above) + radius;
        let (right, down) = (x.signum(), y.signum());
        if dx > 0.0 && dy > 0.0 {
            let distance = (dx * dx + dy * dy).sqrt();
            (distance - radius, [dx / distance * right, dy / distance * down])
        } else if dx > dy {
            (dx - radius, [right, 0.0])
        } else {
            (dy - radius, [0.0, down])
        }
    }

    /// Whether a line of the machine-readable zone stands at a place (millimetres from the middle).
    #[inline]
    pub fn is_line(&self, x: f32, y: f32) -> bool {
        let (x, y) = (x / self.size_mm[0] + 0.5, y / self.size_mm[1] + 0.5);
        self.rows.iter().any(|row| holds(row, x, y))
    }

    /// Whether the machine-readable zone, the portrait or other print stands at a place (shares of the sides).
    pub fn is_printed(&self, x: f32, y: f32) -> bool {
        let cell = |share: f32| ((share * CELLS as f32) as usize).min(CELLS - 1);
        self.printed[cell(y) * CELLS + cell(x)]
    }
}

fn border(print: &RgbImage) -> f32 {
    let (width, height) = print.dimensions();
    let (margin_x, margin_y) = (width / 25 + 1, height / 25 + 1);
    let (mut sum, mut count) = (0.0, 0.0);
    for y in 0..height {
        let inner = y >= margin_y && y + margin_y < height;
        let right = if inner { width.saturating_sub(margin_x).max(margin_x) } else { margin_x };
        for x in (0..margin_x.min(width)).chain(right..width) {
            sum += luminance(print.get_pixel(x, y).0);
            count += 1.0;
        }
    }
    sum / f32::max(count, 1.0)
}

fn printed(document: &Document) -> Vec<bool> {
    let (width, height) = document.print.dimensions();
    let zones = [document.mrz_zone, document.portrait];
    (0..CELLS * CELLS)
        .map(|cell| {
            let (column, row) = ((cell % CELLS) as u32, (cell / CELLS) as u32);
            let (x, y) = ((column as f32 + 0.5) / CELLS as f32, (row as f32 + 0.5) / CELLS as f32);
            let named = zones.iter().flatten().any(|zone| holds(zone, x, y));
            named || {
                let side = CELLS as u32;
                let (mut sum, mut squares, mut count) = (0.0, 0.0, 0.0);
                for y in (row * height / side..(row + 1) * height / side).step_by(2) {
                    for x in (column * width / side..(column + 1) * width / side).step_by(2) {
                        let value = luminance(document.print.get_pixel(x, y).0).sqrt();
                        (sum, squares, count) = (sum + value, squares + value * value, count + 1.0);
                    }
                }
                count > 0.0 && squares / count - (sum / count).powi(2) > 0.1 * 0.1
            }
        })
        .collect()
}

/// Whether a box (left, top, width, height) holds a place.
pub fn holds([left, top, width, height]: &[f32; 4], x: f32, y: f32) -> bool {
    (*left..left + width).contains(&x) && (*top..top + height).contains(&y)
}

fn luminance([r, g, b]: [u8; 3]) -> f32 {
    0.299 * linear(r) + 0.587 * linear(g) + 0.114 * linear(b)
}
