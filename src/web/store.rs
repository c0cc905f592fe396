//! What waits to be sent, encrypted in the browser's database, and this device's history. Bytes wait in memory until the database has
//! them; when it fails they stay there and the session is told once, when it hangs nobody waits for it.
//! In: bytes with their place. Out: the same bytes, and at a reload what earlier pages left. Decides nothing about sending.

use std::{
    cell::{Cell, RefCell},
    ops::Range,
    rc::Rc,
};

use js_sys::Uint8Array;
use lichtbild_protocol::{
    ErrorCode,
    case::{ArtifactId, ArtifactKind, CaseId},
};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, future_to_promise};

use super::{
    Feed,
    crypto::{Cipher, hex},
    db::{ARTIFACTS, CHUNKS, Change, Db, META},
    js::to_js,
    plain::read,
    timer::{now, within},
};
use crate::{
    artifact::{Artifact, Sealed},
    session::Input,
    surface::HistoryEntry,
    time::{Millis, Timestamp},
    upload::Entry,
};

/// What is older was left by a page that never came back; no case lives so long.
const KEPT: Millis = Millis(48 * 3_600_000);
/// So long somebody waits for the database to take something; it goes on by itself afterwards.
const USUAL_MILLIS: u32 = 1_500;
const HISTORY: &str = "history";
const HISTORY_MOST: usize = 20;

/// Everything that waits on this device.
#[derive(Debug)]
pub struct Store {
    db: Rc<Db>,
    feed: Feed,
    held: RefCell<Vec<Held>>,
    ciphers: RefCell<Vec<(CaseId, Cipher)>>,
    /// Cases that have ended; nothing of theirs is put away any more.
    closed: RefCell<Vec<CaseId>>,
    told: Cell<bool>,
    /// The database did not take the last thing in time.
    slow: Cell<bool>,
}

/// A recording as this page knows it.
#[derive(Debug)]
struct Held {
    row: Row,
    /// This page is recording it.
    live: bool,
    /// By offset.
    chunks: Vec<Chunk>,
}

#[derive(Clone, Debug)]
struct Chunk {
    offset: u64,
    len: u64,
    /// The database does not have it, or not yet.
    memory: Option<Rc<[u8]>>,
}

/// What the database keeps beside the bytes.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Row {
    artifact: Artifact,
    location: Option<String>,
    sealed: Option<Sealed>,
    at: Timestamp,
}

impl Chunk {
    const fn end(&self) -> u64 {
        self.offset + self.len
    }
}

impl Store {
    /// Over a database.
    pub fn new(db: Rc<Db>, feed: Feed) -> Self {
        let (held, ciphers, closed) = (RefCell::default(), RefCell::default(), RefCell::default());
        Self { db, feed, held, ciphers, closed, told: Cell::new(false), slow: Cell::new(false) }
    }

    /// A recording of this page begins.
    pub async fn open(self: &Rc<Self>, artifact: Artifact) {
        let id = artifact.id.clone();
        let row = Row { artifact, location: None, sealed: None, at: now() };
        self.held.borrow_mut().push(Held { row, live: true, chunks: Vec::new() });
        self.soon(async move |store| store.keep_row(&id).await).await;
    }

    /// Puts bytes away at their offset.
    pub async fn put(self: &Rc<Self>, id: &str, offset: u64, bytes: &[u8]) {
        let (id, len, bytes) = (id.to_owned(), bytes.len() as u64, Rc::<[u8]>::from(bytes));
        self.with(&id, |held| {
            let at = held.chunks.partition_point(|chunk| chunk.offset < offset);
            held.chunks.insert(at, Chunk { offset, len, memory: Some(bytes.clone()) });
        });
        self.soon(async move |store| store.keep_chunk(&id, offset, &bytes).await).await;
    }

    /// The recording is complete.
    pub async fn seal(self: &Rc<Self>, id: &str, sealed: Sealed) {
        self.with(id, |held| {
            held.row.sealed = Some(sealed);
            held.live = false;
        });
        let id = id.to_owned();
        self.soon(async move |store| store.keep_row(&id).await).await;
    }

    /// Where the server keeps it.
    pub async fn remember(&self, id: &str, location: String) {
        self.with(id, |held| held.row.location = Some(location));
        self.keep_row(id).await;
    }

    /// The bytes of a range, or `None` if they are not all there.
    pub async fn read(&self, id: &str, range: Range<u64>) -> Option<Vec<u8>> {
        let overlaps = |chunk: &&Chunk| chunk.offset < range.end && chunk.end() > range.start;
        let wanted = self.with(id, |held| held.chunks.iter().filter(overlaps).cloned().collect::<Vec<_>>())?;
        let mut found = Vec::with_capacity((range.end - range.start) as usize);
        for chunk in wanted {
            let offset = chunk.offset;
            let from = range.start.max(offset);
            if from != range.start + found.len() as u64 {
                return None;
            }
            let bytes = match &chunk.memory {
                Some(bytes) => bytes.to_vec(),
                None => self.get_from_db(id, offset, chunk.len).await?,
            };
            let upto = range.end.min(chunk.end());
            found.extend_from_slice(bytes.get((from - offset) as usize..(upto - offset) as usize)?);
        }
        (found.len() as u64 == range.end - range.start).then_some(found)
    }

    /// Bytes before `up_to` are not needed any more.
    pub async fn forget(&self, id: &str, up_to: u64) {
        let kept = |held: &mut Held| {
            let first = held.chunks.partition_point(|chunk| chunk.end() <= up_to);
            held.chunks.drain(..first).collect::<Vec<_>>()
        };
        let gone = self.with(id, kept).unwrap_or_default();
        let changes: Vec<_> =
            gone.iter().map(|chunk| Change::Delete(CHUNKS, place(id, chunk.offset, chunk.len))).collect();
        if !changes.is_empty() {
            self.change(&changes).await;
        }
    }

    /// Nothing of it is needed any more.
    pub async fn remove(&self, id: &str) {
        self.held.borrow_mut().retain(|held| held.row.artifact.id != id);
        self.change(&[Change::Delete(ARTIFACTS, id.to_owned()), Change::DeleteUnder(CHUNKS, format!("{id}/"))]).await;
    }

    /// The case has ended: its key goes, and with it whatever might have been left behind.
    pub async fn close(&self, case: &str) {
        self.closed.borrow_mut().push(case.to_owned());
        self.ciphers.borrow_mut().retain(|(of, _)| of != case);
        self.change(&[Change::Delete(META, key_of(case))]).await;
    }

    /// Tells what waits for a case, and afterwards the digest of what was left unfinished. The stills that are whole: name and length.
    pub async fn list(self: &Rc<Self>, case: &str) -> Vec<(ArtifactId, u64)> {
        if let Err(code) = self.load(case).await {
            self.tell(code);
        }
        let entries: Vec<Entry> = {
            let held = self.held.borrow();
            held.iter().filter(|held| held.row.artifact.case == case && !held.live).map(entry).collect()
        };
        let unfinished: Vec<_> = entries.iter().filter(|entry| entry.sealed.is_none()).cloned().collect();
        let whole = |entry: &&Entry| entry.artifact.kind == ArtifactKind::Still && entry.kept_from == 0;
        let stills = entries.iter().filter(whole).map(|entry| (entry.artifact.id.clone(), entry.spooled)).collect();
        self.feed.give(Input::SpoolListed(entries));
        for entry in unfinished {
            let artifact = entry.artifact.id.clone();
            let sealed = Sealed { length: entry.spooled, sha256: self.digest(&entry).await };
            self.seal(&artifact, sealed.clone()).await;
            self.feed.give(Input::SpoolSealed { artifact, sealed });
        }
        stills
    }

    /// This device's cases, newest first.
    pub async fn history(&self) -> Vec<HistoryEntry> {
        self.db.get(META, HISTORY).await.ok().and_then(|kept| read(&kept).ok()).unwrap_or_default()
    }

    /// Keeps or updates one of them.
    pub async fn record(&self, entry: HistoryEntry) {
        let with_entry = |there| {
            let mut history: Vec<HistoryEntry> = read(&there).unwrap_or_default();
            history.retain(|known| known.case != entry.case);
            history.insert(0, entry.clone());
            history.truncate(HISTORY_MOST);
            to_js(&history)
        };
        if let Err(code) = self.db.update(META, HISTORY, with_entry).await {
            self.tell(code);
        }
    }

    /// Brings what the database has of a case into memory's index; removes what nobody will ask for.
    async fn load(&self, case: &str) -> Result<(), ErrorCode> {
        for row in self.db.all(ARTIFACTS).await?.into_iter().filter_map(|row| read::<Row>(&row).ok()) {
            let id = row.artifact.id.clone();
            if row.at + KEPT < now() {
                self.remove(&id).await;
            } else if row.artifact.case == case && self.with(&id, |_| ()).is_none() {
                let keys = self.db.keys(CHUNKS, &format!("{id}/")).await?;
                let chunks = keys.iter().filter_map(|key| chunk_of(&key.as_string()?)).collect();
                // Another listing may have been quicker meanwhile.
                if self.with(&id, |_| ()).is_none() {
                    self.held.borrow_mut().push(Held { row, live: false, chunks });
                }
            }
        }
        Ok(())
    }

    /// Of all bytes; empty if some have left the store already.
    async fn digest(&self, entry: &Entry) -> String {
        if entry.kept_from > 0 {
            return String::new();
        }
        let mut running = Sha256::new();
        let kept = self.with(&entry.artifact.id, |held| contiguous(&held.chunks)).unwrap_or_default();
        for range in kept {
            let Some(bytes) = self.read(&entry.artifact.id, range).await else { return String::new() };
            running.update(&bytes);
        }
        hex(&running.finalize())
    }

    /// Begins work of the database and waits for it as long as that usually takes.
    async fn soon(self: &Rc<Self>, work: impl AsyncFnOnce(Rc<Self>) + 'static) {
        let store = self.clone();
        let done = future_to_promise(async move {
            work(store.clone()).await;
            store.slow.set(false);
            Ok(JsValue::UNDEFINED)
        });
        if !self.slow.get() {
            self.slow.set(within(USUAL_MILLIS, JsFuture::from(done)).await.is_none());
        }
    }

    async fn keep_row(&self, id: &str) {
        let row = self.with(id, |held| to_js(&held.row));
        if let Some(row) = row {
            self.change(&[Change::Put(ARTIFACTS, id.to_owned(), &row)]).await;
            if self.with(id, |_| ()).is_none() {
                self.change(&[Change::Delete(ARTIFACTS, id.to_owned())]).await;
            }
        }
    }

    /// Gives bytes to the database; memory lets go of them once they are there.
    async fn keep_chunk(&self, id: &str, offset: u64, bytes: &[u8]) {
        if let Err(code) = self.put_in_db(id, offset, bytes).await {
            return self.tell(code);
        }
        let kept = self.with(id, |held| {
            let chunk = held.chunks.iter_mut().find(|chunk| chunk.offset == offset);
            chunk.map(|chunk| chunk.memory = None)
        });
        // Not needed any more by the time it was there.
        if kept.flatten().is_none() {
            self.change(&[Change::Delete(CHUNKS, place(id, offset, bytes.len() as u64))]).await;
        }
    }

    async fn change(&self, changes: &[Change<'_>]) {
        if let Err(code) = self.db.change(changes).await {
            self.tell(code);
        }
    }

    async fn put_in_db(&self, id: &str, offset: u64, bytes: &[u8]) -> Result<(), ErrorCode> {
        let cipher = self.cipher(id).await?;
        let place = place(id, offset, bytes.len() as u64);
        let sealed = cipher.seal(&place, bytes).await.map_err(|_| ErrorCode::StoreUnavailable)?;
        // Thrown away meanwhile: nothing of it may stay.
        if self.with(id, |_| ()).is_none() {
            return Ok(());
        }
        self.db.change(&[Change::Put(CHUNKS, place, &sealed)]).await
    }

    async fn get_from_db(&self, id: &str, offset: u64, len: u64) -> Option<Vec<u8>> {
        let place = place(id, offset, len);
        let sealed: Uint8Array = self.db.get(CHUNKS, &place).await.ok()?.dyn_into().ok()?;
        self.cipher(id).await.ok()?.open(&place, &sealed).await.ok()
    }

    /// The key of a recording's case, the same in every tab.
    async fn cipher(&self, id: &str) -> Result<Cipher, ErrorCode> {
        let case = self.with(id, |held| held.row.artifact.case.clone());
        let case = case.filter(|case| !self.closed.borrow().contains(case)).ok_or(ErrorCode::StoreUnavailable)?;
        if let Some((_, cipher)) = self.ciphers.borrow().iter().find(|(of, _)| *of == case) {
            return Ok(cipher.clone());
        }
        let unusable = |_| ErrorCode::StoreUnavailable;
        let fresh = Cipher::generate().await.map_err(unusable)?;
        let kept = self.db.get_or_put(META, &key_of(&case), fresh.keep()).await?;
        let cipher = Cipher::of(kept).map_err(unusable)?;
        self.ciphers.borrow_mut().push((case, cipher.clone()));
        Ok(cipher)
    }

    /// Looks at or changes a recording that is held.
    fn with<T>(&self, id: &str, work: impl FnOnce(&mut Held) -> T) -> Option<T> {
        self.held.borrow_mut().iter_mut().find(|held| held.row.artifact.id == id).map(work)
    }

    fn tell(&self, code: ErrorCode) {
        if !self.told.replace(true) {
            self.feed.give(Input::StoreFailed(code));
        }
    }
}

fn entry(held: &Held) -> Entry {
    let kept = contiguous(&held.chunks);
    let length = held.row.sealed.as_ref().map_or(0, |sealed| sealed.length);
    let end = kept.last().map_or(length, |last| last.end);
    Entry {
        artifact: held.row.artifact.clone(),
        location: held.row.location.clone(),
        kept_from: kept.first().map_or(end, |first| first.start),
        spooled: end,
        sealed: held.row.sealed.clone(),
    }
}

/// The chunks from the first on, as far as they follow each other.
fn contiguous(chunks: &[Chunk]) -> Vec<Range<u64>> {
    let mut kept: Vec<Range<u64>> = Vec::new();
    for chunk in chunks {
        if kept.last().is_some_and(|last| last.end != chunk.offset) {
            break;
        }
        kept.push(chunk.offset..chunk.end());
    }
    kept
}

/// Key of the row that holds a case's key.
fn key_of(case: &str) -> String {
    format!("cipher/{case}")
}

/// Key of a chunk's row. The zeros keep the order of keys the order of offsets.
fn place(id: &str, offset: u64, len: u64) -> String {
    format!("{id}/{offset:012}/{len}")
}

fn chunk_of(key: &str) -> Option<Chunk> {
    let mut parts = key.rsplit('/');
    let len = parts.next()?.parse().ok()?;
    let offset = parts.next()?.parse().ok()?;
    Some(Chunk { offset, len, memory: None })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gap_ends_what_can_be_sent() {
        let chunks = |list: &[(u64, u64)]| {
            list.iter().map(|&(offset, len)| Chunk { offset, len, memory: None }).collect::<Vec<_>>()
        };
        assert_eq!(contiguous(&chunks(&[(0, 10), (10, 5), (20, 5)])), [0..10, 10..15]);
        assert_eq!(contiguous(&chunks(&[(10, 5), (15, 5)])), [10..15, 15..20]);
        assert!(contiguous(&chunks(&[])).is_empty());
    }

    #[test]
    fn a_key_tells_its_chunk() {
        let chunk = chunk_of(&place("0a-b", 4096, 17)).expect("a key of our own");
        assert_eq!((chunk.offset, chunk.len), (4096, 17));
        assert!(chunk_of("0a-b").is_none());
    }
}
