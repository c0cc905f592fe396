//! What every request needs: settings, store, objects, listeners, and the one way to change a case: load, let the rules change
//! it, commit with everything that belongs to it, tell the listeners.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
};

use lichtbild_protocol::{
    ErrorCode, PROTOCOL_VERSION,
    capture::{DeviceBinding, Role, SessionSnapshot, UploadStatus},
    case::{PersonOutcome, kennung},
    flow::{Flow, StepKind},
    review::AuditEntry,
};
use tokio::sync::Notify;
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use crate::{
    auth::{dpop::Proofs, limit::Limits},
    blobs::Blobs,
    clock::{self, Millis, rfc3339},
    config::Config,
    error::{ApiError, ApiResult},
    events::Events,
    health::Health,
    media::Documents,
    metrics::Metrics,
    reading::{AtWork as ReadingNow, Reader},
    review::{Case, Effects, flow, reading},
    store::{Commit, Op, Store, Upload},
};

/// How often a change is tried that somebody else is quicker than.
const TRIES: u8 = 20;

/// The tries of one change.
#[derive(Default)]
pub struct Tries(u8);

impl Tries {
    /// Counts one; refused after the last.
    pub fn one_more(&mut self) -> ApiResult<()> {
        self.0 += 1;
        if self.0 <= TRIES { Ok(()) } else { Err(ErrorCode::InternalUnavailable.into()) }
    }
}

/// The server, shared by all requests and jobs.
#[derive(Clone)]
pub struct App(Arc<Shared>);

/// What is shared.
pub struct Shared {
    /// Settings.
    pub config: Config,
    /// What has to survive.
    pub store: Arc<dyn Store>,
    /// Recordings.
    pub blobs: Arc<dyn Blobs>,
    /// Who looks for documents in stills.
    pub documents: Documents,
    /// Who reads documents.
    pub reader: Reader,
    /// Whose documents are being read.
    pub reading: ReadingNow,
    /// Who listens to which case.
    pub events: Events,
    /// Proofs that were used.
    pub proofs: Proofs,
    /// Limits by address.
    pub limits: Limits,
    /// Figures.
    pub metrics: Metrics,
    /// Upload requests at work here.
    pub writers: Writers,
    /// Whether the store answered when it was last asked.
    pub health: Health,
    /// Wakes the evaluation.
    pub evaluate: Notify,
    /// Wakes the delivery of webhooks.
    pub deliver: Notify,
    /// Ends streams and jobs.
    pub stop: CancellationToken,
    /// Background work that a shutdown waits for.
    pub tasks: TaskTracker,
}

impl std::ops::Deref for App {
    type Target = Shared;

    fn deref(&self) -> &Shared {
        &self.0
    }
}

/// Who looks at a case, and how.
#[derive(Clone, Debug)]
pub struct Viewer {
    /// What the token may do.
    pub role: Role,
    /// Thumbprint of the proof's key.
    pub key: Option<String>,
    /// When the token ends.
    pub token_expires_at: Millis,
    /// What the browser speaks, should the case not say.
    pub lang: &'static str,
    /// Scheme, host and path prefix under which the browser reaches us.
    pub base: String,
}

impl App {
    /// Puts the parts together.
    pub fn new(
        config: Config,
        store: Arc<dyn Store>,
        blobs: Arc<dyn Blobs>,
        documents: Documents,
        reader: Reader,
    ) -> Result<Self, prometheus::Error> {
        let metrics = Metrics::new()?;
        metrics.documents.set(documents.usable().into());
        metrics.reader.set(reader.usable().into());
        Ok(Self(Arc::new(Shared {
            config,
            store,
            blobs,
            documents,
            reader,
            reading: ReadingNow::default(),
            events: Events::default(),
            proofs: Proofs::new(clock::now()),
            limits: Limits::default(),
            metrics,
            writers: Writers::default(),
            health: Health::default(),
            evaluate: Notify::new(),
            deliver: Notify::new(),
            stop: CancellationToken::new(),
            tasks: TaskTracker::new(),
        })))
    }

    /// A case by its id; `code` when there is none.
    pub async fn case(&self, id: &str, code: ErrorCode) -> ApiResult<Case> {
        self.store.case(id).await?.ok_or_else(|| code.into())
    }

    /// Changes a case by the rules and commits it, trying again when somebody else was quicker.
    pub async fn change(
        &self,
        id: &str,
        mut rule: impl FnMut(&mut Case) -> ApiResult<(Effects, Vec<Op>)>,
    ) -> ApiResult<Case> {
        let mut tries = Tries::default();
        loop {
            tries.one_more()?;
            let before = self.case(id, ErrorCode::SessionUnknown).await?;
            let mut case = before.clone();
            let (effects, ops) = rule(&mut case)?;
            if let Some(case) = self.commit(&before, case, &effects, &ops).await? {
                return Ok(case);
            }
        }
    }

    /// Commits a changed case once; `None`: somebody else was quicker, or an op may not happen.
    pub async fn commit(
        &self,
        before: &Case,
        mut case: Case,
        effects: &Effects,
        ops: &[Op],
    ) -> ApiResult<Option<Case>> {
        if *before == case && *effects == Effects::default() && ops.is_empty() {
            return Ok(Some(case));
        }
        case.revision = before.revision + 1;
        case.updated_at = clock::now();
        if !self.store.commit(Commit { case: &case, effects, ops }).await? {
            return Ok(None);
        }
        self.events.tell(&case.id);
        if !effects.events.is_empty() {
            self.deliver.notify_one();
        }
        Ok(Some(case))
    }

    /// The case as this browser may see it.
    pub async fn snapshot(&self, case: &Case, viewer: &Viewer) -> ApiResult<SessionSnapshot> {
        let uploads = self.store.uploads(&case.id).await?;
        let lang = case.lang.clone().unwrap_or_else(|| viewer.lang.to_owned());
        Ok(SessionSnapshot {
            protocol: PROTOCOL_VERSION.into(),
            revision: case.revision,
            case: case.id.clone(),
            kennung: kennung(&case.id).to_owned(),
            partner: case.partner_name.clone(),
            mode: case.mode,
            role: viewer.role,
            return_url: case.return_url.clone(),
            expires_at: rfc3339(case.expires_at),
            token_expires_at: rfc3339(viewer.token_expires_at),
            device: match &case.device {
                None => DeviceBinding::None,
                Some(device) if Some(&device.key) == viewer.key.as_ref() => DeviceBinding::This,
                Some(_) => DeviceBinding::Other,
            },
            taken_by: case.device.as_ref().filter(|_| viewer.role == Role::Observe).map(|device| device.facts.clone()),
            attempt: case.attempt,
            attempts_allowed: case.attempts_allowed,
            flow: self.steps(case, &lang, viewer).await?,
            documents: flow::documents(case.flow, &case.accepted),
            document: case.document,
            category: case.category,
            uploads_url: format!("{}/v1/uploads", viewer.base),
            uploads: uploads.iter().filter(|upload| upload.attempt == case.attempt).map(status).collect(),
            evaluation: case.progress,
            outcome: PersonOutcome::of(case.state),
            lang,
        })
    }

    /// The steps, with the fields to confirm where they are this device's to see.
    async fn steps(&self, case: &Case, lang: &str, viewer: &Viewer) -> ApiResult<Flow> {
        let mut steps = flow::of(case, lang);
        let at = case.next().map(|step| step.id.clone());
        for step in &mut steps.steps {
            let StepKind::DataConfirmation { reading: state, reading_id, fields } = &mut step.kind else { continue };
            let readings = self.store.readings(&case.id).await?;
            let (found, shown) = reading::shown(case, &readings, self.reader.usable());
            *state = found;
            let own = viewer.key.is_some() && case.device.as_ref().map(|device| &device.key) == viewer.key.as_ref();
            let may = own && viewer.role == Role::Capture && at.as_ref() == Some(&step.id);
            if let Some(shown) = shown.filter(|_| may) {
                *reading_id = Some(shown.id.clone());
                *fields = reading::in_plain_words(shown, lang);
            }
        }
        Ok(steps)
    }

    /// Removes a case for good: rows first, so that nobody can reach it, then its objects.
    pub async fn erase(&self, case: &Case, line: &AuditEntry) -> ApiResult<()> {
        self.store.erase(case, line, clock::now()).await?;
        self.events.tell(&case.id);
        for _ in 0..20 {
            if self.finish_erasure(&case.id).await? {
                return Ok(());
            }
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
        // The sweeper goes on with it.
        Ok(())
    }

    /// Removes what is left of an erased case; `false`: not all of it yet.
    pub async fn finish_erasure(&self, case: &str) -> ApiResult<bool> {
        self.blobs.delete_under(&format!("cases/{case}")).await?;
        Ok(self.store.finish_erasure(case).await?)
    }
}

fn status(upload: &Upload) -> UploadStatus {
    UploadStatus {
        artifact: upload.artifact.clone(),
        step: upload.step.clone(),
        kind: upload.kind,
        offset: upload.offset,
        length: upload.length,
        complete: upload.complete(),
    }
}

/// Upload requests at work in this process, so that a newer one can stop the older at once. The fence that counts is the
/// epoch in the store.
#[derive(Default)]
pub struct Writers {
    uploads: Mutex<HashMap<String, (u64, CancellationToken)>>,
}

impl Writers {
    /// A request with this epoch works on an upload; older ones are stopped.
    pub fn enter(&self, artifact: &str, epoch: u64) -> AtWork<'_> {
        let mut uploads = self.uploads.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let stopped = CancellationToken::new();
        match uploads.get(artifact) {
            Some((newer, _)) if *newer > epoch => stopped.cancel(),
            _ => {
                if let Some((_, older)) = uploads.insert(artifact.to_owned(), (epoch, stopped.clone())) {
                    older.cancel();
                }
            }
        }
        AtWork { writers: self, artifact: artifact.to_owned(), epoch, stopped }
    }

    /// How many are at work.
    pub fn count(&self) -> usize {
        self.uploads.lock().unwrap_or_else(std::sync::PoisonError::into_inner).len()
    }
}

/// A request at work on an upload.
#[must_use = "the work is over when this is dropped"]
pub struct AtWork<'a> {
    writers: &'a Writers,
    artifact: String,
    epoch: u64,
    /// A newer request took the upload over.
    pub stopped: CancellationToken,
}

/// Also when the connection broke and nobody waits for the request any more.
impl Drop for AtWork<'_> {
    fn drop(&mut self) {
        let mut uploads = self.writers.uploads.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if uploads.get(&self.artifact).is_some_and(|(current, _)| *current == self.epoch) {
            uploads.remove(&self.artifact);
        }
    }
}

/// Turns a refusal of the rules into an answer.
pub fn refuse(code: ErrorCode) -> ApiError {
    code.into()
}
