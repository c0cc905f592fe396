//! Makes many things by several threads, and hands them on in order.

use std::collections::BTreeMap;
use std::io::Write;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc;

/// Things that wait to be handed on, for each thread, before it waits too.
const AHEAD: usize = 8;

/// Makes the things with numbers 0 to `count` and takes them in that order; stops at the first that is not taken.
pub fn in_order<T: Send, E>(
    threads: usize,
    count: u64,
    make: impl Fn(u64) -> T + Sync,
    mut take: impl FnMut(T) -> Result<(), E>,
) -> Result<(), E> {
    let next = AtomicU64::new(0);
    std::thread::scope(|scope| {
        let (sender, receiver) = mpsc::sync_channel(threads * AHEAD);
        for _ in 0..threads {
            let (sender, next, make) = (sender.clone(), &next, &make);
            scope.spawn(move || {
                loop {
                    let at = next.fetch_add(1, Ordering::Relaxed);
                    if at >= count || sender.send((at, make(at))).is_err() {
                        break;
                    }
                }
            });
        }
        drop(sender);
        let mut waiting = BTreeMap::new();
        let mut wanted = 0;
        for (at, made) in receiver {
            waiting.insert(at, made);
            while let Some(made) = waiting.remove(&wanted) {
                take(made)?;
                wanted += 1;
            }
        }
        Ok(())
    })
}

/// Writes the records of `count` seeds from a first one on, in their order.
pub fn write_records(
    threads: usize,
    first: u64,
    count: u64,
    record: impl Fn(u64) -> Vec<u8> + Sync,
    out: &mut impl Write,
) -> std::io::Result<()> {
    in_order(threads, count, |at| record(first.wrapping_add(at)), |record| out.write_all(&record))?;
    out.flush()
}
