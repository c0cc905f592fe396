//! Any order of spooling, answers, losses, repeats and reloads, against a small tus server: in the end every byte is confirmed
//! once and in order, or the loss has a name.

use std::collections::VecDeque;

use proptest::{prelude::*, test_runner::RngSeed};

use super::{artifact, sealed};
use crate::{
    ids::Ids,
    time::{Millis, Timestamp},
    upload::{Answer, Entry, Input, Output, Upload},
};

const CHUNK: u64 = 8;

/// A tus server with deferred length for one upload; its bytes are their own offsets, so order can be checked.
#[derive(Default)]
struct Server {
    exists: bool,
    bytes: Vec<u64>,
    length: Option<u64>,
}

impl Server {
    fn complete(&self) -> bool {
        self.length == Some(self.bytes.len() as u64)
    }

    fn answer(&mut self, request: &Output) -> Option<Answer> {
        let told = match request {
            Output::Create { len, length, .. } => {
                if !self.exists {
                    self.exists = true;
                    self.bytes = (0..*len).collect();
                    self.length = *length;
                }
                return Some(Answer::Created { location: "/u".to_owned(), offset: self.bytes.len() as u64 });
            }
            Output::Send { offset, len, length, .. } => {
                if !self.exists {
                    return Some(Answer::Gone);
                }
                if *offset != self.bytes.len() as u64 {
                    return Some(Answer::Conflict);
                }
                assert!(self.length.is_none_or(|known| offset + len <= known), "never past the length");
                self.bytes.extend(*offset..offset + len);
                self.length = self.length.or(*length);
                self.bytes.len()
            }
            Output::AskOffset { .. } if self.exists => self.bytes.len(),
            Output::AskOffset { .. } => return Some(Answer::Gone),
            _ => return None,
        };
        Some(Answer::Offset { offset: told as u64, complete: self.complete() })
    }
}

/// What the browser's store keeps over a reload.
#[derive(Default)]
struct Store {
    location: Option<String>,
    kept_from: u64,
    spooled: u64,
    removed: bool,
}

#[derive(Clone, Copy, Debug)]
enum Fate {
    /// Spool some bytes.
    Spool(u64),
    /// The oldest request reaches the server and its answer comes back.
    Answer,
    /// It reaches the server, the answer is lost.
    LoseAnswer,
    /// It never reaches the server.
    LoseRequest,
    /// It is answered, and the answer comes a second time much later.
    Twice,
    /// An old answer comes again.
    Stale,
    Wait(u64),
    Reload,
    Offline,
    Online,
}

fn fate() -> impl Strategy<Value = Fate> {
    prop_oneof![
        4 => (1..12_u64).prop_map(Fate::Spool),
        6 => Just(Fate::Answer),
        2 => Just(Fate::LoseAnswer),
        2 => Just(Fate::LoseRequest),
        1 => Just(Fate::Twice),
        1 => Just(Fate::Stale),
        3 => (100..40_000_u64).prop_map(Fate::Wait),
        1 => Just(Fate::Reload),
        1 => Just(Fate::Offline),
        1 => Just(Fate::Online),
    ]
}

struct World {
    now: Timestamp,
    upload: Upload,
    server: Server,
    store: Store,
    requests: VecDeque<Output>,
    stale: VecDeque<Answer>,
    length: u64,
    /// The server loses everything once.
    forgetful: bool,
    done: bool,
    lost: Option<lichtbild_protocol::ErrorCode>,
}

impl World {
    fn new(length: u64, entropy: u128) -> Self {
        let mut upload = Upload::with_pieces(Ids::new(entropy), CHUNK, 2 * CHUNK);
        upload.handle(Timestamp(0), Input::Opened(artifact("a")));
        Self {
            now: Timestamp(0),
            upload,
            server: Server::default(),
            store: Store::default(),
            requests: VecDeque::new(),
            stale: VecDeque::new(),
            length,
            forgetful: false,
            done: false,
            lost: None,
        }
    }

    fn feed(&mut self, input: Input) {
        for output in self.upload.handle(self.now, input) {
            match output {
                Output::Create { .. } | Output::Send { .. } | Output::AskOffset { .. } => {
                    if let Output::Send { offset, len, .. } = &output {
                        assert!(*offset >= self.store.kept_from, "bytes that were forgotten are not sent");
                        assert!(offset + len <= self.store.spooled, "bytes that are not there are not sent");
                    }
                    // A newer request takes over: the shell aborts the older one, the server lets it commit nothing.
                    self.requests.clear();
                    self.requests.push_back(output);
                }
                Output::Remember { location, .. } => self.store.location = Some(location),
                Output::Forget { up_to, .. } => {
                    assert!(
                        self.forgetful || up_to <= self.server.bytes.len() as u64,
                        "only what the server has is forgotten"
                    );
                    assert!(up_to > self.store.kept_from, "each byte is forgotten once");
                    self.store.kept_from = up_to;
                }
                Output::Done { .. } => {
                    assert!(self.forgetful || self.server.complete() && !self.done);
                    self.done = true;
                    self.store.removed = true;
                }
                Output::Lost { code, .. } => self.lost = Some(code),
                Output::Discard { .. } => self.store.removed = true,
                Output::Terminate { .. } | Output::WakeAt(_) => {}
            }
        }
    }

    fn answered(&mut self, answer: Answer) {
        self.feed(Input::Answered { artifact: "a".to_owned(), answer });
    }

    fn unreachable(&mut self) {
        let code = lichtbild_protocol::ErrorCode::NetworkUnreachable;
        self.answered(Answer::Unreachable { code, after: None });
    }

    fn spool(&mut self, len: u64) {
        let len = len.min(self.length - self.store.spooled);
        if len > 0 {
            let offset = self.store.spooled;
            self.store.spooled += len;
            self.feed(Input::Spooled { artifact: "a".to_owned(), offset, len });
        }
        if self.store.spooled == self.length {
            self.feed(Input::Sealed { artifact: "a".to_owned(), sealed: sealed(self.length) });
        }
    }

    fn step(&mut self, fate: Fate) {
        match fate {
            Fate::Spool(len) if self.store.spooled < self.length => self.spool(len),
            Fate::Spool(_) => {}
            Fate::Answer | Fate::Twice => {
                if let Some(answer) = self.requests.pop_front().and_then(|request| self.server.answer(&request)) {
                    if matches!(fate, Fate::Twice) {
                        self.stale.push_back(answer.clone());
                    }
                    self.answered(answer);
                }
            }
            Fate::LoseAnswer => {
                if let Some(request) = self.requests.pop_front() {
                    self.server.answer(&request);
                    self.unreachable();
                }
            }
            Fate::LoseRequest => {
                if self.requests.pop_front().is_some() {
                    self.unreachable();
                }
            }
            Fate::Stale => {
                // Only an answer to an older request: one about the question that is open now would be no stale one.
                if let Some(answer) = self.stale.pop_front()
                    && !matches!(self.requests.front(), Some(Output::Create { .. }))
                {
                    self.answered(answer);
                }
            }
            Fate::Wait(millis) => {
                self.now = self.now + Millis(millis);
                self.feed(Input::Tick);
            }
            Fate::Reload => self.reload(),
            Fate::Offline => self.feed(Input::Online(false)),
            Fate::Online => self.feed(Input::Online(true)),
        }
    }

    fn reload(&mut self) {
        self.requests.clear();
        self.stale.clear();
        self.upload = Upload::with_pieces(Ids::new(u128::from(self.now.0)), CHUNK, 2 * CHUNK);
        if self.store.removed {
            return;
        }
        if self.store.spooled == 0 {
            self.feed(Input::Opened(artifact("a")));
            return;
        }
        let sealed = (self.store.spooled == self.length).then(|| sealed(self.length));
        let entry = Entry {
            artifact: artifact("a"),
            location: self.store.location.clone(),
            kept_from: self.store.kept_from,
            spooled: self.store.spooled,
            sealed,
        };
        self.feed(Input::Resumed(Box::new(entry)));
    }

    /// The line gets better: everything that is left goes through.
    fn settle(&mut self) {
        self.feed(Input::Online(true));
        for _ in 0..10_000 {
            if self.store.removed {
                return;
            }
            if self.store.spooled < self.length {
                self.spool(CHUNK);
            } else if !self.requests.is_empty() {
                self.step(Fate::Answer);
            } else {
                let at = self.upload.deadline().expect("as long as bytes are left there is a next try");
                self.now = self.now.max(at);
                self.feed(Input::Tick);
            }
        }
        panic!("never settled");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2048, rng_seed: RngSeed::Fixed(9303), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_byte_is_confirmed_once_and_in_order(
        chunks in 1..6_u64,
        off_by in -1..=1_i64,
        fates in proptest::collection::vec(fate(), 0..120),
        entropy in any::<u64>(),
    ) {
        let length = (chunks * CHUNK).saturating_add_signed(off_by);
        let mut world = World::new(length, entropy.into());
        for fate in fates {
            world.step(fate);
        }
        world.settle();
        prop_assert_eq!(world.lost, None);
        prop_assert!(world.done);
        prop_assert_eq!(&world.server.bytes, &(0..length).collect::<Vec<_>>());
        prop_assert_eq!(world.server.length, Some(length));
    }

    #[test]
    fn a_server_that_forgets_ends_whole_or_in_a_named_loss(
        fates in proptest::collection::vec(fate(), 0..60),
        forget_at in 0..60_usize,
        entropy in any::<u64>(),
    ) {
        let mut world = World::new(5 * CHUNK, entropy.into());
        world.forgetful = true;
        for (at, fate) in fates.into_iter().enumerate() {
            if at == forget_at && !world.done {
                world.server = Server::default();
            }
            world.step(fate);
        }
        world.settle();
        prop_assert!(world.done || world.lost.is_some());
        prop_assert!(world.store.removed, "either way nothing is left on the device");
    }
}
