//! Reads documents on the stills that are handed in, once each, and keeps what was read with the case; the stills of one step also vote for a
//! reading together. The reader itself is the engine's; a server without one reads nothing and says so: nothing here takes a browser's word for it.

use std::{
    collections::HashSet,
    sync::{Arc, Mutex, MutexGuard},
    time::Duration,
};

use lichtbild_mrz::{
    Zone,
    print::{Printed, printed_on_all},
    vote::{Limits, vote},
};
use lichtbild_protocol::{
    ErrorCode, Sensitive,
    case::{ArtifactId, ArtifactKind, CaseId, kennung},
    document::{DocumentInStill, OutputError, Reading, ReadingOrigin},
    flow::{FlowId, Side},
};
use lichtbild_vision::{
    document::{Detection, Detector, DocumentClass},
    luma::Luma,
    model::ModelError,
    mrz::{MrzReader, Sighting},
    print::PrintReader,
};
use sha2::{Digest as _, Sha256};
use tokio::{sync::Semaphore, time};
use uuid::{Builder, Uuid};

use crate::{
    clock,
    error::ApiResult,
    media, recordings,
    review::{Case, Effects, case::StepRecord, flow, reading, zone},
    state::App,
    store::{Op, Upload},
};

/// Part of the program, as `media::NETWORK` is.
const FINDER: &[u8] = include_bytes!("../../models/mrz/finder.onnx");
const READER: &[u8] = include_bytes!("../../models/mrz/reader.onnx");
const PRINT: &[u8] = include_bytes!("../../models/mrz/print.onnx");

/// What the engine sees in a picture.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Seen {
    /// Where the document lies.
    pub document: Option<DocumentInStill>,
    /// Its machine-readable zone.
    pub zone: Option<Sighting>,
    /// What is printed on it, phrase by phrase, if that is asked for.
    pub print: Sensitive<Vec<String>>,
}

/// How much of a picture is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// Its zone.
    Zone,
    /// Its zone, and what is printed: of a side that has no zone.
    ZoneAndPrint,
}

type Look = dyn Fn(&Luma<'_>, Extent) -> Seen + Send + Sync;

/// Whoever reads documents; `None`: nobody can.
#[derive(Clone)]
pub struct Reader(Option<Arc<Look>>);

impl Reader {
    /// Nobody reads: every rule about what a document says stays open.
    pub const fn unusable() -> Self {
        Self(None)
    }

    /// With the networks in this program: the document is looked for first, and its zone read in its own plane; if that is
    /// not sure, anywhere in the picture.
    ///
    /// # Errors
    /// As `MrzReader::load`, `PrintReader::load` and `Detector::load`.
    pub fn load() -> Result<Self, ModelError> {
        let (detector, reader) = (Detector::load(media::NETWORK)?, MrzReader::load(FINDER, READER)?);
        let print = PrintReader::load(PRINT)?;
        Ok(Self::by(move |picture, extent| {
            let read = || -> Result<Seen, ModelError> {
                let document = detector.clone().search(picture)?.claimed();
                let corners = document.as_ref().map(|found| (found.class, &found.quad));
                let zone = reader.clone().read(picture, corners)?;
                // Sides without a zone are those of cards, whatever the network takes this one for.
                let print = match &document {
                    Some(found) if extent == Extent::ZoneAndPrint && found.evidence >= Detector::LEAST_EVIDENCE => {
                        print.clone().read(picture, DocumentClass::IdFront, &found.quad)?
                    }
                    _ => Vec::new(),
                };
                let sure = print.into_iter().filter(|phrase| phrase.sure >= LEAST_SURE);
                let print = Sensitive::new(sure.map(|phrase| phrase.text).collect());
                Ok(Seen { document: document.and_then(|found| place(picture, &found)), zone, print })
            };
            read().unwrap_or_else(|error| {
                tracing::error!(%error, "a network does not answer");
                Seen::default()
            })
        }))
    }

    /// With somebody who reads.
    pub fn by(look: impl Fn(&Luma<'_>, Extent) -> Seen + Send + Sync + 'static) -> Self {
        Self(Some(Arc::new(look)))
    }

    /// Whether anybody reads.
    pub const fn usable(&self) -> bool {
        self.0.is_some()
    }
}

/// To a tenth of a pixel.
fn place(picture: &Luma<'_>, found: &Detection) -> Option<DocumentInStill> {
    let tenths = |pixels: f32| (f64::from(pixels) * 10.0).round() / 10.0;
    Some(DocumentInStill {
        class: found.class.seen()?,
        width: picture.width().try_into().ok()?,
        height: picture.height().try_into().ok()?,
        quad: found.quad.0.map(|corner| [tenths(corner.x), tenths(corner.y)]),
    })
}

/// Phrases that are less sure are left out.
const LEAST_SURE: f32 = 0.75;
/// Stills of a step whose print is read, and no more once what was read goes with the zone: it takes seconds.
const PRINTS: usize = 3;
/// Pictures that are read at the same time: each takes memory and a core.
const AT_ONCE: usize = 2;
/// How long one picture may be looked at.
const DEADLINE: Duration = Duration::from_mins(2);

/// What is being read here.
pub struct AtWork {
    cases: Mutex<HashSet<CaseId>>,
    looks: Arc<Semaphore>,
}

impl Default for AtWork {
    fn default() -> Self {
        Self { cases: Mutex::default(), looks: Arc::new(Semaphore::new(AT_ONCE)) }
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
    let uploads = app.store.uploads(id).await?;
    // What is printed on one side is held against the zone of the other.
    let (first, then): (Vec<_>, Vec<_>) = case.steps.iter().partition(|step| !is_compared(&case, step));
    for step in first.into_iter().chain(then) {
        let Some(side) = flow::side(&step.id) else { continue };
        let receipts = step.artifacts.iter().filter(|receipt| receipt.kind == ArtifactKind::Still);
        let kept = receipts.filter_map(|receipt| uploads.iter().find(|it| recordings::keeps(it, step, receipt)));
        let stills: Vec<&Upload> = kept.collect();
        let own = || reading::own(&case, &known).filter(|reading| reading.step == step.id);
        let read = |still: &Upload| own().any(|it| it.artifact.as_ref() == Some(&still.artifact));
        let zones = own().filter(|it| !reading::is_vote(it) && !it.lines.expose().is_empty()).count();
        let voted = zones < 2 || own().any(reading::is_vote);
        if voted && stills.iter().all(|still| read(still)) {
            continue;
        }
        let compared = is_compared(&case, step);
        let its = if compared { zone_of(app, &case).await? } else { None };
        let goes_with = |prints: &[Vec<String>]| {
            its.as_ref().is_some_and(|zone| printed_on_all(prints, zone, clock::today()) == Printed::Same)
        };
        let mut prints: Vec<Vec<String>> = own().map(|it| it.print.expose().clone()).collect();
        prints.retain(|print| !print.is_empty());
        let mut to_read = if compared && !goes_with(&prints) { PRINTS.saturating_sub(prints.len()) } else { 0 };
        // What was seen is not kept, so all of them are looked at for the vote.
        let (mut voters, mut sightings) = (Vec::new(), Vec::new());
        for still in stills {
            let extent = if to_read > 0 && !read(still) { Extent::ZoneAndPrint } else { Extent::Zone };
            let seen = look_at(app, still, look.clone(), extent).await?;
            if extent == Extent::ZoneAndPrint {
                prints.push(seen.print.expose().clone());
                to_read = if goes_with(&prints) { 0 } else { to_read - 1 };
            }
            if !read(still) {
                let reading = made(&case, step, side, seen.zone.as_slice());
                let artifact = Some(still.artifact.clone());
                keep(app, id, Reading { artifact, document: seen.document, print: seen.print, ..reading }).await?;
            }
            if let Some(zone) = seen.zone {
                voters.push(still.artifact.clone());
                sightings.push(zone);
            }
        }
        if sightings.len() > 1 {
            let reading = made(&case, step, side, &sightings);
            keep(app, id, Reading { id: of_vote(id, &voters), stills: voters, ..reading }).await?;
        }
    }
    Ok(())
}

/// Whether what is printed at a step is held against a zone: where no clerk does, and documents of the kind have none on that side.
fn is_compared(case: &Case, step: &StepRecord) -> bool {
    case.flow == FlowId::RoboIdent && case.document.is_some_and(|kind| !zone::may_have_zone(kind, &step.id))
}

/// The zone that counts, if it has been read.
async fn zone_of(app: &App, case: &Case) -> ApiResult<Option<Zone>> {
    Ok(zone::that_counts(case, &app.store.readings(&case.id).await?))
}

/// A vote's id tells its stills, so that of two tasks that had them vote at once only one adds it.
fn of_vote(case: &str, stills: &[ArtifactId]) -> String {
    let digest: [u8; 32] = Sha256::digest(format!("{case}.{}", stills.join("."))).into();
    let mut id = [0; 16];
    id.copy_from_slice(&digest[..16]);
    Builder::from_custom_bytes(id).into_uuid().to_string()
}

/// What sightings of one zone say together; none of them: there is no zone.
fn made(case: &Case, step: &StepRecord, side: Side, sightings: &[Sighting]) -> Reading {
    let readings: Vec<_> = sightings.iter().map(|sighting| sighting.reading.clone()).collect();
    let (lines, sure) = match (vote(&readings, &Limits::default()), sightings) {
        (Some(verdict), _) => (verdict.zone.lines().to_vec(), verdict.sure),
        (None, [first, ..]) => (first.lines(), false),
        (None, []) => (Vec::new(), false),
    };
    let confidence = sightings.iter().map(|sighting| f64::from(sighting.sure)).sum::<f64>() / sightings.len() as f64;
    let said = reading::said(&lines, case.document, flow::kinds(case.flow), clock::today());
    let unsure = (said.valid && !sure).then_some(OutputError::IdMrzUnsure);
    Reading {
        id: Uuid::new_v4().to_string(),
        origin: ReadingOrigin::Server,
        attempt: step.attempt,
        step: step.id.clone(),
        side,
        artifact: None,
        stills: Vec::new(),
        document: None,
        at: clock::rfc3339(clock::now()),
        confidence: (!sightings.is_empty()).then_some(confidence),
        lines: Sensitive::new(lines),
        print: Sensitive::new(Vec::new()),
        valid: said.valid && sure,
        fields: said.fields,
        errors: said.errors.into_iter().chain(unsure).collect(),
    }
}

/// Of a case that has ended meanwhile nothing is kept that its purge has not seen.
async fn keep(app: &App, id: &str, reading: Reading) -> ApiResult<()> {
    let op = Op::AddReading(Box::new(reading));
    let ops = |case: &Case| if case.state.ended() { Vec::new() } else { vec![op.clone()] };
    app.change(id, |case| Ok((Effects::default(), ops(case)))).await?;
    Ok(())
}

/// A picture shows nothing either if nobody can decode it, or if reading it fails or takes too long.
async fn look_at(app: &App, upload: &Upload, look: Arc<Look>, extent: Extent) -> ApiResult<Seen> {
    let turn = Arc::clone(&app.reading.looks).acquire_owned().await.map_err(|_| ErrorCode::InternalUnexpected)?;
    let bytes = recordings::read(app, upload).await?;
    let seen = tokio::task::spawn_blocking(move || {
        // Also when nobody waits for it any more it takes a core.
        let _turn = turn;
        media::guarded(|| Ok(media::luminance(&bytes).map(|picture| look(&picture, extent)).unwrap_or_default()))
    });
    let Ok(Ok(Ok(seen))) = time::timeout(DEADLINE, seen).await else {
        tracing::error!(kennung = kennung(&upload.case), "reading a picture failed or took too long");
        return Ok(Seen::default());
    };
    Ok(seen)
}
