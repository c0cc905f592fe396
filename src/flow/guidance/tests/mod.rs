use lichtbild_protocol::flow::{DocumentKind, Side};

use super::*;
use crate::flow::looks::{TABLE_TOP, wanted};

mod conditions;
#[cfg(not(target_arch = "wasm32"))]
mod properties;
mod steadiness;
mod zone;

fn front() -> Guidance {
    let mut guidance = Guidance::new(Subject::Document(wanted(Side::Front, DocumentKind::GermanIdCard)), false);
    guidance.expect_documents(true);
    guidance
}

/// A document step with an engine that cannot tell documents.
fn sheet() -> Guidance {
    Guidance::new(Subject::Document(wanted(Side::Front, DocumentKind::GermanIdCard)), false)
}

fn face() -> Guidance {
    Guidance::new(Subject::Face, true)
}

/// Shows the same picture ten times a second; returns the time afterwards.
fn play(guidance: &mut Guidance, from: Timestamp, tenths: u64, observation: &Observation) -> Timestamp {
    for tenth in 1..=tenths {
        guidance.observed(from + Millis(tenth * 100), observation);
    }
    from + Millis(tenths * 100)
}

/// The same picture without its light.
fn dark() -> Observation {
    Observation { brightness: 0.05, contrast: 0.1, ..TABLE_TOP }
}
