//! From desktop to phone: the code on the desktop, renewed before it dies.
//! In: offers of the server, time. Out: what to show, when to ask for the next. Does not know: the network.

use lichtbild_protocol::{
    Sensitive,
    capture::{HandoffOffer, QrMatrix},
};

use crate::time::{Millis, Timestamp};

/// A code lives so long (`docs/protocol.md`: the answer's `expiresAt` is this far away; clocks of devices are not compared).
pub const OFFER_LIVES: Millis = Millis(35_000);
/// The next one is asked for so long before that: each is shown for 20 s (RFC 10027), and who has just scanned it can still open it.
pub const RENEW_BEFORE: Millis = Millis(15_000);

/// The desktop's side.
#[derive(Clone, Debug, Default)]
pub struct Offering {
    shown: Option<Shown>,
}

#[derive(Clone, Debug)]
struct Shown {
    offer: HandoffOffer,
    dies_at: Timestamp,
}

impl Offering {
    /// A fresh offer arrived.
    pub fn offered(&mut self, offer: HandoffOffer, now: Timestamp) {
        self.shown = Some(Shown { offer, dies_at: now + OFFER_LIVES });
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
        self.live(now).map(|shown| shown.offer.qr.expose().clone())
    }

    /// The link, while it lives.
    pub fn link(&self, now: Timestamp) -> Option<Sensitive<String>> {
        self.live(now).map(|shown| shown.offer.url.clone())
    }

    /// The number that the phone asks for, while the code lives.
    pub fn number(&self, now: Timestamp) -> Option<String> {
        self.live(now).map(|shown| shown.offer.number.clone())
    }

    /// Time until it is replaced.
    pub fn left(&self, now: Timestamp) -> Millis {
        self.renew_at().map_or(Millis(0), |at| at.since(now))
    }

    fn live(&self, now: Timestamp) -> Option<&Shown> {
        self.shown.as_ref().filter(|shown| now < shown.dies_at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_offer_is_renewed_before_it_dies() {
        let mut offering = Offering::default();
        assert!(offering.is_stale(Timestamp(0)));
        let offer = HandoffOffer {
            url: Sensitive::new("https://ident.example/jump/#h=abc".to_owned()),
            qr: Sensitive::new(QrMatrix { size: 1, rows: vec!["1".to_owned()] }),
            number: "47".to_owned(),
            expires_at: String::new(),
        };
        offering.offered(offer, Timestamp(0));
        assert!(!offering.is_stale(Timestamp(19_999)));
        assert!(offering.is_stale(Timestamp(20_000)));
        assert!(offering.link(Timestamp(34_999)).is_some());
        assert_eq!(offering.number(Timestamp(34_999)).as_deref(), Some("47"));
        assert!(offering.link(Timestamp(35_000)).is_none() && offering.qr(Timestamp(35_000)).is_none());
    }
}
