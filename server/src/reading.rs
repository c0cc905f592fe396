//! Reads documents on the stills that are handed in, once each, and keeps what was read with the case. The reader itself is the engine's;
//! a server without one reads nothing and says so: nothing here takes a browser's word for it.

use std::{
    collections::HashSet,
    slice,
    sync::{Arc, Mutex, MutexGuard},
    time::Duration,
};

use lichtbild_mrz::vote::{Limits, vote};
use lichtbild_protocol::{
    ErrorCode, Sensitive,
    case::{CaseId, kennung},
    document::{OutputError, Reading, ReadingOrigin},
    flow::FlowId,
};
use lichtbild_vision::{document::Detector, luma::Luma, model::ModelError, mrz::MrzReader};
use tokio::{sync::Semaphore, time};
use uuid::Uuid;

use crate::{
    clock,
    error::ApiResult,
    media, recordings,
    review::{Case, Effects, flow, reading},
    state::App,
    store::{Op, Upload},
};

/// Part of the program, as `media::NETWORK` is.
const FINDER: &[u8] = include_bytes!("../../models/mrz/finder.onnx");
const READER: &[u8] = include_bytes!("../../models/mrz/reader.onnx");

/// What the engine reads in a picture.
#[derive(Clone, Debug, PartialEq)]
pub struct Lines {
    /// Lines of the machine-readable zone, top first.
    pub lines: Vec<String>,
    /// How sure it is of the characters, 0 to 1.
    pub confidence: f64,
    /// No other zone that would be valid is nearly as likely.
    pub sure: bool,
}

type Look = dyn Fn(&Luma<'_>) -> Option<Lines> + Send + Sync;

/// Whoever reads documents; `None`: nobody can.
#[derive(Clone)]
pub struct Reader(Option<Arc<Look>>);

impl Reader {
    /// Nobody reads: every rule about what a document says stays open.
    pub const fn unusable() -> Self {
        Self(None)
    }

    /// With the networks in this program: the document is looked for first, and its zone read in its own plane.
    ///
    /// # Errors
    /// As `MrzReader::load` and `Detector::load`.
    pub fn load() -> Result<Self, ModelError> {
        let (detector, reader) = (Detector::load(media::NETWORK)?, MrzReader::load(FINDER, READER)?);
        Ok(Self::by(move |picture| {
            let read = || -> Result<Option<Lines>, ModelError> {
                let document = detector.clone().detect(picture)?;
                let corners = document.as_ref().map(|found| (found.class, &found.quad));
                let Some(seen) = reader.clone().read(picture, corners)? else { return Ok(None) };
                let confidence = seen.sure.into();
                Ok(Some(match vote(slice::from_ref(&seen.reading), &Limits::default()) {
                    Some(verdict) => Lines { lines: verdict.zone.lines().to_vec(), confidence, sure: verdict.sure },
                    None => Lines { lines: seen.looks(), confidence, sure: false },
                }))
            };
            read().unwrap_or_else(|error| {
                tracing::error!(%error, "a network does not answer");
                None
            })
        }))
    }

    /// With somebody who reads; `None` for a picture without a zone.
    pub fn by(look: impl Fn(&Luma<'_>) -> Option<Lines> + Send + Sync + 'static) -> Self {
        Self(Some(Arc::new(look)))
    }

    /// Whether anybody reads.
    pub const fn usable(&self) -> bool {
        self.0.is_some()
    }
}

/// Pictures that are read at the same time: each takes memory and a core.
const AT_ONCE: usize = 2;
/// How long one picture may be looked at.
const DEADLINE: Duration = Duration::from_mins(2);

/// What is being read here.
pub struct AtWork {
    cases: Mutex<HashSet<CaseId>>,
    looks: Semaphore,
}

impl Default for AtWork {
    fn default() -> Self {
        Self { cases: Mutex::default(), looks: Semaphore::new(AT_ONCE) }
    }
}

impl AtWork {
    fn cases(&self) -> MutexGuard<'_, HashSet<CaseId>> {
        self.cases.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

/// A case whose documents are being read.
#[must_use = "the case is left when this is dropped"]
struct Entered {
    app: App,
    case: CaseId,
}

impl Entered {
    /// `None`: somebody is at it.
    fn enter(app: &App, case: &str) -> Option<Self> {
        let entered = app.reading.cases().insert(case.to_owned());
        entered.then(|| Self { app: app.clone(), case: case.to_owned() })
    }
}

impl Drop for Entered {
    fn drop(&mut self) {
        self.app.reading.cases().remove(&self.case);
    }
}

/// Reads in the background what has arrived; the person's browser is told by the change of the case.
pub fn later(app: &App, case: &Case) {
    if !app.reader.usable() || case.flow != FlowId::SimRegistration {
        return;
    }
    let Some(entered) = Entered::enter(app, &case.id) else { return };
    app.tasks.spawn(async move {
        let Entered { app, case } = &entered;
        if let Err(error) = now(app, case).await {
            tracing::warn!(kennung = kennung(case), code = %error.code, "a document is read when somebody asks again");
        }
    });
}

/// Reads every still of the case's document that is there and has not been read.
pub async fn now(app: &App, id: &str) -> ApiResult<()> {
    let Some(look) = &app.reader.0 else { return Ok(()) };
    let case = app.case(id, ErrorCode::CaseNotFound).await?;
    let known = app.store.readings(id).await?;
    let read = |artifact: &String| reading::own(&case, &known).any(|it| it.artifact.as_ref() == Some(artifact));
    let uploads = app.store.uploads(id).await?;
    for step in case.steps.iter().filter(|step| flow::is_of_document(&step.id)) {
        for receipt in &step.artifacts {
            let upload = uploads.iter().find(|upload| recordings::keeps(upload, step, receipt));
            let (Some(upload), Some(side), false) = (upload, flow::side(&step.id), read(&receipt.artifact)) else {
                continue;
            };
            if receipt.kind != lichtbild_protocol::case::ArtifactKind::Still {
                continue;
            }
            let lines = look_at(app, upload, look.clone()).await?;
            let said =
                reading::said(lines.as_ref().map_or(&[][..], |lines| &lines.lines), case.document, clock::today());
            let sure = lines.as_ref().is_none_or(|lines| lines.sure);
            let unsure = said.valid && !sure;
            let errors = said.errors.into_iter().chain(unsure.then_some(OutputError::IdMrzUnsure)).collect();
            let reading = Reading {
                id: Uuid::new_v4().to_string(),
                origin: ReadingOrigin::Server,
                attempt: step.attempt,
                step: step.id.clone(),
                side,
                artifact: Some(receipt.artifact.clone()),
                at: clock::rfc3339(clock::now()),
                confidence: lines.as_ref().map(|lines| lines.confidence),
                lines: Sensitive::new(lines.map(|lines| lines.lines).unwrap_or_default()),
                valid: said.valid && sure,
                fields: said.fields,
                errors,
            };
            let op = Op::AddReading(Box::new(reading));
            // Of a case that has ended meanwhile nothing is kept that its purge has not seen.
            let ops = |case: &Case| if case.state.ended() { Vec::new() } else { vec![op.clone()] };
            app.change(id, |case| Ok((Effects::default(), ops(case)))).await?;
        }
    }
    Ok(())
}

/// A picture has no zone either if nobody can decode it, or if reading it fails or takes too long.
async fn look_at(app: &App, upload: &Upload, look: Arc<Look>) -> ApiResult<Option<Lines>> {
    let _turn = app.reading.looks.acquire().await.map_err(|_| ErrorCode::InternalUnexpected)?;
    let bytes = recordings::read(app, upload).await?;
    let seen = tokio::task::spawn_blocking(move || {
        media::guarded(|| Ok(media::luminance(&bytes).and_then(|picture| look(&picture))))
    });
    let Ok(Ok(Ok(lines))) = time::timeout(DEADLINE, seen).await else {
        tracing::error!(kennung = kennung(&upload.case), "reading a picture failed or took too long");
        return Ok(None);
    };
    Ok(lines)
}
