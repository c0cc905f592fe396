//! The evaluation queue: cases in the state `evaluating` are the queue itself, so a restart loses none. A few at a time, oldest
//! first: read the recordings one after the other, let `media` look at each on a thread of its own, tell the case how far it is,
//! read the document, and apply the verdict. A case that the store or the objects hold up waits longer each time, and lets the others pass.

use std::{collections::HashMap, time::Duration};

use lichtbild_protocol::{
    ErrorCode,
    capture::EvaluationProgress,
    case::{CaseId, CaseState, Check, CheckKind, CheckResult, kennung},
    flow::Step,
};
use tokio::{sync::watch, time};
use tokio_util::task::JoinMap;

use crate::{
    auth::secret,
    clock::{self, Millis},
    error::ApiResult,
    media::{self, Recording, Report},
    reading, recordings,
    review::{Case, Effects, flow, words, zone},
    state::App,
    store::Upload,
};

/// Evaluations at the same time.
const AT_ONCE: usize = 2;
/// How long one recording may be looked at.
const DEADLINE: Duration = Duration::from_mins(2);
/// How often the queue is looked at unasked, and how long an evaluation waits at first that the store or the objects held up.
const PAUSE: Duration = Duration::from_secs(5);
/// How long it waits at most.
const LONGEST_PAUSE: Duration = Duration::from_mins(10);

/// Evaluates until the program ends; what is cut off then is evaluated at the next start.
pub async fn run(app: App) {
    let mut running = JoinMap::new();
    let mut held = Held::default();
    loop {
        match app.store.evaluating().await {
            Ok(waiting) => {
                held.forget_all_but(&waiting);
                for id in waiting {
                    if running.len() < AT_ONCE && !running.contains_key(&id) && held.may(&id, clock::now()) {
                        let (app, case) = (app.clone(), id.clone());
                        running.spawn(id, async move { evaluate(&app, &case).await });
                    }
                }
            }
            Err(error) => tracing::error!(%error, "the evaluation queue cannot be read"),
        }
        tokio::select! {
            () = app.stop.cancelled() => return,
            Some((id, done)) = running.join_next() => {
                let Err(code) = done.map_or(Err(ErrorCode::InternalUnexpected), |done| done.map_err(|error| error.code))
                else { continue };
                let wait = held.up(&id, clock::now());
                tracing::error!(kennung = kennung(&id), %code, seconds = wait.as_secs(), "an evaluation has to wait");
            }
            () = app.evaluate.notified() => {}
            () = time::sleep(PAUSE) => {}
        }
    }
}

/// Cases whose evaluation was held up, with how often and until when they wait. A restart tries them all at once.
#[derive(Default)]
struct Held(HashMap<CaseId, (u32, Millis)>);

impl Held {
    fn may(&self, id: &str, now: Millis) -> bool {
        self.0.get(id).is_none_or(|(_, until)| *until <= now)
    }

    /// Once more; returns how long it waits: twice as long as the time before.
    fn up(&mut self, id: &str, now: Millis) -> Duration {
        let (times, until) = self.0.entry(id.to_owned()).or_default();
        let wait = PAUSE.saturating_mul(2_u32.saturating_pow(*times)).min(LONGEST_PAUSE);
        (*times, *until) = (times.saturating_add(1), now + clock::millis(wait));
        wait
    }

    fn forget_all_but(&mut self, waiting: &[CaseId]) {
        self.0.retain(|id, _| waiting.contains(id));
    }
}

/// Evaluates a case once, whole.
pub async fn evaluate(app: &App, id: &str) -> ApiResult<()> {
    let case = app.case(id, ErrorCode::CaseNotFound).await?;
    if case.state != CaseState::Evaluating {
        return Ok(());
    }
    let steps = promised(&case, &app.store.uploads(id).await?);
    let kind = case.document;
    let mut progress = EvaluationProgress { done: 0, total: 0 };
    progress.total = steps.iter().map(|(step, recordings, _)| media::planned_checks(step, recordings)).sum();
    let mut checks = Vec::new();
    for (step, recordings, uploads) in steps {
        let report = Report::begin(step, kind, app.documents.clone(), &recordings, &mut |_| {});
        checks.extend(examine(app, id, report, recordings, uploads, progress).await?);
        progress.done = u16::try_from(checks.len()).unwrap_or(u16::MAX);
    }
    reading::now(app, id).await?;
    let readings = app.store.readings(id).await?;
    let words = words::places(secret::random_bits());
    let judge = |case: &mut Case| match case.state {
        CaseState::Evaluating => {
            let of_zone = zone::checks(case, &readings, app.reader.usable(), &checks, clock::today());
            let all = checks.iter().cloned().chain(of_zone).collect();
            Ok((case.judge(all, words, &readings, clock::now())?, Vec::new()))
        }
        _ => Ok((Effects::default(), Vec::new())),
    };
    let judged = app.change(id, judge).await?;
    let state = serde_json::to_value(judged.state).unwrap_or_default();
    app.metrics.evaluations.with_label_values(&[state.as_str().unwrap_or_default()]).inc();
    Ok(())
}

/// A step to look at, what was promised for it, and the upload that keeps each promise, if there is one.
type Promised = (Step, Vec<Recording>, Vec<Option<Upload>>);

/// The steps to look at; the bytes are read when their turn comes.
fn promised(case: &Case, uploads: &[Upload]) -> Vec<Promised> {
    let flow = flow::of(case, case.lang.as_deref().unwrap_or("en"));
    let due = case.to_examine();
    let with_recordings = |step: Step| {
        let record = due.iter().find(|record| record.id == step.id)?;
        let recordings = record.artifacts.iter().map(|receipt| {
            let upload = uploads.iter().find(|upload| upload.artifact == receipt.artifact);
            let recording = Recording {
                artifact: receipt.artifact.clone(),
                kind: upload.map_or(receipt.kind, |upload| upload.kind),
                media_type: receipt.media_type.clone(),
                promised: receipt.clone(),
                bytes: Vec::new(),
            };
            (recording, upload.filter(|upload| recordings::keeps(upload, record, receipt)).cloned())
        });
        let (recordings, uploads) = recordings.unzip();
        Some((step, recordings, uploads))
    };
    flow.steps.into_iter().filter_map(with_recordings).collect()
}

/// Looks at one step's recordings, of which one at a time is in memory. One that makes the examination fail or never end counts
/// as unreadable: the person takes the step again.
async fn examine(
    app: &App,
    case: &str,
    mut report: Report,
    recordings: Vec<Recording>,
    uploads: Vec<Option<Upload>>,
    before: EvaluationProgress,
) -> ApiResult<Vec<Check>> {
    let name = report.step().to_owned();
    for (mut recording, upload) in recordings.into_iter().zip(uploads) {
        if let Some(upload) = upload {
            recording.bytes = recordings::read(app, &upload).await?;
        }
        let progress = EvaluationProgress { done: before.done.saturating_add(report.made()), ..before };
        let Some(looked) = look(app, case, report, recording, progress).await? else {
            tracing::error!(kennung = kennung(case), step = name, "an examination failed or took too long");
            return Ok(vec![unreadable(name)]);
        };
        report = looked;
    }
    Ok(report.end(&mut |_| {}))
}

fn unreadable(step: String) -> Check {
    Check {
        kind: CheckKind::Container,
        step,
        artifact: None,
        result: CheckResult::Failed,
        code: Some(ErrorCode::MediaContainer),
        measured: None,
        limit: None,
    }
}

/// Looks at one recording and drops it; `None`: that failed or took too long.
async fn look(
    app: &App,
    case: &str,
    mut report: Report,
    recording: Recording,
    before: EvaluationProgress,
) -> ApiResult<Option<Report>> {
    let (tell, mut told) = watch::channel(before.done);
    let work = tokio::task::spawn_blocking(move || {
        report.look(&recording, &mut |_| tell.send_modify(|done| *done = done.saturating_add(1)));
        report
    });
    let mut work = std::pin::pin!(time::timeout(DEADLINE, work));
    loop {
        tokio::select! {
            looked = &mut work => return Ok(looked.ok().and_then(Result::ok)),
            Ok(()) = told.changed() => {
                let done = *told.borrow_and_update();
                show(app, case, EvaluationProgress { done, ..before }).await?;
            }
        }
    }
}

/// The person's browser and the partner see how far it is.
async fn show(app: &App, case: &str, progress: EvaluationProgress) -> ApiResult<()> {
    app.change(case, |case| {
        if case.state == CaseState::Evaluating {
            case.progress = Some(progress);
        }
        Ok((Effects::default(), Vec::new()))
    })
    .await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_held_up_waits_twice_as_long_each_time_and_ten_minutes_at_most() {
        let mut held = Held::default();
        let waits: Vec<_> = (0..9).map(|_| held.up("a", 0).as_secs()).collect();
        assert_eq!(waits, [5, 10, 20, 40, 80, 160, 320, 600, 600]);
        assert!(!held.may("a", 599_999) && held.may("a", 600_000) && held.may("b", 0));
        held.forget_all_but(&[]);
        assert!(held.may("a", 0));
    }
}
