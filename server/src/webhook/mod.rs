//! Webhooks by the Standard Webhooks specification. Rows in the store are the queue; `guard` says where they may go, `schedule`
//! when, `deliver` takes them there.

mod deliver;
pub mod guard;
pub mod schedule;

pub use self::{deliver::Deliverer, guard::check_url};
