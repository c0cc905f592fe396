//! How long to wait before the next try: doubling from 1 s, capped at 30 s, with up to a quarter of jitter on top.
//! In: the number of failures in a row. Out: milliseconds. Never ends: as long as the case lives, there is a next try.

use crate::{ids::Ids, time::Millis};

const FIRST: u64 = 1_000;
const MOST: u64 = 30_000;

/// Wait after the `failures`-th failure in a row (from 1), at least `after` if the server asked for that.
pub fn wait_after(failures: u32, after: Option<Millis>, ids: &mut Ids) -> Millis {
    let base = FIRST.saturating_mul(1 << failures.saturating_sub(1).min(10)).min(MOST);
    let wait = (base + ids.up_to(base / 4)).min(MOST);
    Millis(wait.max(after.unwrap_or_default().0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_doubles_from_one_second_to_thirty() {
        let mut ids = Ids::new(3);
        for (failures, least, most) in [(1, 1_000, 1_250), (2, 2_000, 2_500), (5, 16_000, 20_000), (6, 30_000, 30_000)]
        {
            let Millis(wait) = wait_after(failures, None, &mut ids);
            assert!((least..=most).contains(&wait), "after {failures}: {wait}");
        }
        assert_eq!(wait_after(u32::MAX, None, &mut ids), Millis(30_000));
    }

    #[test]
    fn the_servers_wish_is_kept() {
        assert_eq!(wait_after(1, Some(Millis(45_000)), &mut Ids::new(3)), Millis(45_000));
    }
}
