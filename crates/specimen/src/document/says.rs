//! What an identity document says where that is not left to chance: whose it is, who issued it, until when it holds. In: as much as is
//! wanted. Out: a person for the page, with what the zone says of the document. Does not know: how a page looks.

use serde::Deserialize;

use super::fiction::Person;
use crate::Rng;

/// What is not said is drawn.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Says {
    /// Whether it has a zone, where its class may have one or not: the back of a card, or its front, which then is of format TD2.
    pub zone: Option<bool>,
    /// Which person, on whatever document.
    pub person: Option<u64>,
    /// Code of the issuing state, which is the nationality too: `D`.
    pub issuer: Option<String>,
    /// Code of the document: `ID`, `P`.
    pub code: Option<String>,
    /// Year in which it expires.
    pub expires: Option<u32>,
}

impl Says {
    /// Draws the document's person. The same chance is taken whatever is said, so that the rest of the page is the same.
    pub(super) fn person(&self, rng: &mut Rng) -> Person {
        let drawn = Person::draw(rng);
        let mut person = self.person.map_or(drawn, |key| Person::draw(&mut crate::rng(key ^ 0x9E50)));
        if let Some(year) = self.expires {
            person.expires = person.expires.in_year(year);
            person.issued = person.expires.in_year(year - 10);
        }
        person.says = self.clone();
        person
    }
}
