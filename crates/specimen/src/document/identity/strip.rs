//! The strip on which a machine-readable zone stands, without the rest of its page: for learning to read.

use lichtbild_mrz::SIGNS;
use lichtbild_vision::document::DocumentClass;

use super::{ID1, Page, TD2, TD3, tone};
use crate::{
    Rng,
    document::{
        Document,
        chance::Chance,
        fiction::{Person, State},
        mrz, pattern,
    },
};

/// Signs that swollen, broken or blurred print makes alike.
const ALIKE: &[u8] = b"MNHWMNHMHUKX0ODQ0OD8B8S5SZ2G6C1ITJL7V";

/// Draws one.
pub fn draw(rng: &mut Rng, scale: f32) -> Document {
    let (state, person) = (State::draw(rng), Person::draw(rng));
    let layout: fn(&mrz::Entry) -> Vec<String> = rng.weighted(&[
        (7, mrz::td3 as fn(&mrz::Entry) -> _),
        (7, mrz::td1),
        (3, mrz::td2),
        (1, mrz::mrv_a),
        (1, mrz::mrv_b),
    ]);
    let kinds = ["P", "PA", "PP", "I", "ID", "A", "AR", "C", "V", "IR", "IX"];
    let mut lines = person.zone(rng, &kinds, &state, layout);
    if rng.likely(0.4) {
        lines = lines.iter().map(|line| mixed(line.len(), rng)).collect();
    }
    let class = if lines.len() == 3 { DocumentClass::IdBack } else { DocumentClass::PassportPage };
    let width = match lines[0].len() {
        30 => ID1.0[0],
        36 => TD2.0[0],
        _ => TD3[0],
    };
    let mut page = Page::new([width, rng.between(24.0, 30.0)], scale, tone(rng), rng);
    let all = page.canvas.area();
    pattern::security(&mut page.canvas, all, &page.palette.clone(), page.tone, rng);
    page.ready_for_zone(lines.len(), rng);
    page.print_zone(lines, rng);
    page.finish(class, 0.0, None, rng)
}

/// A line in which any sign may follow any other, so that nothing is learnt about names, and those that are alike are frequent.
fn mixed(length: usize, rng: &mut Rng) -> String {
    let mut line = String::new();
    while line.len() < length {
        if rng.likely(0.05) {
            line.extend(std::iter::repeat_n('<', rng.whole(1, 6) as usize));
        }
        let signs = if rng.likely(0.5) { ALIKE } else { SIGNS };
        line.push(char::from(rng.one_of(signs)));
    }
    line.truncate(length);
    line
}
