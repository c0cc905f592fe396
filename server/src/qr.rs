//! QR codes as modules. In: a text. Out: the smallest code of middle error correction. Does not know: what the text is for.

use lichtbild_protocol::capture::QrMatrix;
use qrcodegen::{QrCode, QrCodeEcc};

/// The QR code of a text, `None` if it is too long for one.
pub fn matrix(text: &str) -> Option<QrMatrix> {
    let code = QrCode::encode_text(text, QrCodeEcc::Medium).ok()?;
    let side = code.size();
    let row = |y| (0..side).map(|x| if code.get_module(x, y) { '1' } else { '0' }).collect();
    Some(QrMatrix { size: u8::try_from(side).ok()?, rows: (0..side).map(row).collect() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_matrix_is_square_and_has_its_three_finder_patterns() {
        let matrix = matrix("https://ident.example/jump/#h=0123456789abcdef0123456789abcdef").expect("it fits");
        let side = usize::from(matrix.size);
        assert_eq!(matrix.rows.len(), side);
        assert!(matrix.rows.iter().all(|row| row.len() == side));
        assert!(matrix.rows[0].starts_with("1111111") && matrix.rows[0].ends_with("1111111"));
        assert!(matrix.rows[side - 1].starts_with("1111111") && !matrix.rows[side - 1].ends_with("1111111"));
    }

    #[test]
    fn a_text_too_long_for_a_code_has_none() {
        assert!(matrix(&"x".repeat(4_000)).is_none());
    }
}
