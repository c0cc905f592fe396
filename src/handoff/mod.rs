//! From desktop to phone: the code on the desktop, renewed before it dies, and its picture as modules.
//! In: offers of the server, time. Out: what to show, when to ask for the next. Does not know: the network.

use lichtbild_protocol::Sensitive;
use qrcodegen::{QrCode, QrCodeEcc};

use crate::{
    surface::QrMatrix,
    time::{Millis, Timestamp},
};

/// A code lives so long (`docs/protocol.md`: the answer's `expiresAt` is this far away; clocks of devices are not compared).
pub const OFFER_LIVES: Millis = Millis(60_000);
/// The next one is asked for so long before that.
pub const RENEW_BEFORE: Millis = Millis(20_000);

/// The desktop's side.
#[derive(Clone, Debug, Default)]
pub struct Offering {
    shown: Option<Shown>,
}

#[derive(Clone, Debug)]
struct Shown {
    link: Sensitive<String>,
    qr: Sensitive<Option<QrMatrix>>,
    dies_at: Timestamp,
}

impl Offering {
    /// A fresh offer arrived.
    pub fn offered(&mut self, link: Sensitive<String>, now: Timestamp) {
        let qr = Sensitive::new(matrix(link.expose()));
        self.shown = Some(Shown { link, qr, dies_at: now + OFFER_LIVES });
    }

    /// Whether a new offer is due.
    pub fn is_stale(&self, now: Timestamp) -> bool {
        self.shown.as_ref().is_none_or(|shown| now + RENEW_BEFORE >= shown.dies_at)
    }

    /// When it will be.
    pub fn renew_at(&self) -> Option<Timestamp> {
        self.shown.as_ref().map(|shown| shown.dies_at - RENEW_BEFORE)
    }

    /// The code, while it lives.
    pub fn qr(&self, now: Timestamp) -> Option<QrMatrix> {
        self.live(now).and_then(|shown| shown.qr.expose().clone())
    }

    /// The link, while it lives.
    pub fn link(&self, now: Timestamp) -> Option<Sensitive<String>> {
        self.live(now).map(|shown| shown.link.clone())
    }

    /// Time until it is replaced.
    pub fn left(&self, now: Timestamp) -> Millis {
        self.renew_at().map_or(Millis(0), |at| at.since(now))
    }

    fn live(&self, now: Timestamp) -> Option<&Shown> {
        self.shown.as_ref().filter(|shown| now < shown.dies_at)
    }
}

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
    fn an_offer_is_renewed_before_it_dies() {
        let mut offering = Offering::default();
        assert!(offering.is_stale(Timestamp(0)));
        offering.offered(Sensitive::new("https://ident.example/jump/#h=abc".to_owned()), Timestamp(0));
        assert!(!offering.is_stale(Timestamp(39_999)));
        assert!(offering.is_stale(offering.renew_at().expect("it is shown")));
        assert!(offering.link(Timestamp(59_999)).is_some());
        assert!(offering.link(Timestamp(60_000)).is_none() && offering.qr(Timestamp(60_000)).is_none());
    }

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
