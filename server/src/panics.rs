//! What is said of a panic: where it was, as a line of the log. What it says itself may be a person's data (a text cut in the middle of a
//! letter is printed whole) and is told to nobody. Whoever asked gets an answer all the same; that is the router's part.

use std::panic;

/// From now on each panic of this program is logged by its place.
pub fn log_places_only() {
    panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string);
        tracing::error!(place, code = "internal.unexpected", "panicked");
    }));
}
