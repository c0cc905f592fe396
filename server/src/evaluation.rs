//! The evaluation queue: cases in the state `evaluating` are the queue itself, so a restart loses none. A few at a time: read the
//! recordings, let `media` look at them on a thread of its own, tell the case how far it is, and apply the verdict.

use std::time::Duration;

use lichtbild_protocol::{
    ErrorCode,
    capture::EvaluationProgress,
    case::{CaseState, Check, CheckKind, CheckResult, kennung},
    flow::Step,
};
use tokio::{sync::watch, time};
use tokio_util::task::JoinMap;

use crate::{
    auth::secret,
    clock,
    error::ApiResult,
    media::{self, Recording},
    recordings,
    review::{Case, Effects, flow, words},
    state::App,
};

/// Evaluations at the same time.
const AT_ONCE: usize = 2;
/// How long one step's recordings may be looked at.
const DEADLINE: Duration = Duration::from_mins(2);
/// How often the queue is looked at unasked, and how long an evaluation waits that the store or the objects held up.
const PAUSE: Duration = Duration::from_secs(5);

/// Evaluates until the program ends; what is cut off then is evaluated at the next start.
pub async fn run(app: App) {
    let mut running = JoinMap::new();
    loop {
        match app.store.evaluating().await {
            Ok(waiting) => {
                for id in waiting {
                    if running.len() < AT_ONCE && !running.contains_key(&id) {
                        let (app, case) = (app.clone(), id.clone());
                        running.spawn(id, async move { attend(&app, &case).await });
                    }
                }
            }
            Err(error) => tracing::error!(%error, "the evaluation queue cannot be read"),
        }
        tokio::select! {
            () = app.stop.cancelled() => return,
            Some(_) = running.join_next() => {}
            () = app.evaluate.notified() => {}
            () = time::sleep(PAUSE) => {}
        }
    }
}

async fn attend(app: &App, id: &str) {
    if let Err(error) = evaluate(app, id).await {
        tracing::error!(kennung = kennung(id), code = %error.code, "an evaluation has to wait");
        time::sleep(PAUSE).await;
    }
}

/// Evaluates a case once, whole.
pub async fn evaluate(app: &App, id: &str) -> ApiResult<()> {
    let case = app.case(id, ErrorCode::CaseNotFound).await?;
    if case.state != CaseState::Evaluating {
        return Ok(());
    }
    let steps = promised(&case);
    let mut progress = EvaluationProgress { done: 0, total: 0 };
    progress.total = steps.iter().map(|(step, recordings)| media::planned_checks(step, recordings)).sum();
    let mut checks = Vec::new();
    for (step, mut recordings) in steps {
        for recording in &mut recordings {
            recording.bytes = bytes(app, &case, &recording.artifact).await?;
        }
        checks.extend(look(app, &case.id, step, recordings, progress).await?);
        progress.done = u16::try_from(checks.len()).unwrap_or(u16::MAX);
    }
    let words = words::places(secret::random_bits());
    let judge = |case: &mut Case| match case.state {
        CaseState::Evaluating => Ok((case.judge(checks.clone(), words, clock::now())?, Vec::new())),
        _ => Ok((Effects::default(), Vec::new())),
    };
    let judged = app.change(id, judge).await?;
    let state = serde_json::to_value(judged.state).unwrap_or_default();
    app.metrics.evaluations.with_label_values(&[state.as_str().unwrap_or_default()]).inc();
    Ok(())
}

/// The steps to look at, with what was promised for each; the bytes are read when their turn comes.
fn promised(case: &Case) -> Vec<(Step, Vec<Recording>)> {
    let flow = flow::of(case, case.lang.as_deref().unwrap_or("en"));
    let due = case.to_examine();
    let recordings = |step: &Step| {
        let record = due.iter().find(|record| record.id == step.id)?;
        let promised = record.artifacts.iter().map(|receipt| Recording {
            artifact: receipt.artifact.clone(),
            kind: receipt.kind,
            media_type: receipt.media_type.clone(),
            promised: receipt.clone(),
            bytes: Vec::new(),
        });
        Some(promised.collect())
    };
    flow.steps.into_iter().filter_map(|step| recordings(&step).map(|found| (step, found))).collect()
}

/// What arrived of a recording; nothing, if it is not this case's or was terminated.
async fn bytes(app: &App, case: &Case, artifact: &str) -> ApiResult<Vec<u8>> {
    match app.store.upload(artifact).await?.filter(|upload| upload.case == case.id && !upload.gone) {
        Some(upload) => recordings::read(app, &upload).await,
        None => Ok(Vec::new()),
    }
}

/// Looks at one step's recordings. One that makes the examination fail or never end counts as unreadable: the person takes it again.
async fn look(
    app: &App,
    case: &str,
    step: Step,
    recordings: Vec<Recording>,
    before: EvaluationProgress,
) -> ApiResult<Vec<Check>> {
    let unreadable = Check {
        kind: CheckKind::Container,
        step: step.id.clone(),
        artifact: None,
        result: CheckResult::Failed,
        code: Some(ErrorCode::MediaContainer),
        measured: None,
        limit: None,
    };
    let (tell, mut told) = watch::channel(before.done);
    let work = tokio::task::spawn_blocking(move || {
        media::examine(&step, &recordings, &mut |_| tell.send_modify(|done| *done = done.saturating_add(1)))
    });
    let follow = async {
        while told.changed().await.is_ok() {
            let done = *told.borrow_and_update();
            show(app, case, EvaluationProgress { done, ..before }).await?;
        }
        ApiResult::Ok(())
    };
    // The examination drops its end of the channel when it is done, so both end together.
    match time::timeout(DEADLINE, async { tokio::join!(work, follow) }).await {
        Ok((Ok(checks), shown)) => shown.map(|()| checks),
        Ok((Err(_), _)) | Err(_) => {
            tracing::error!(kennung = kennung(case), step = unreadable.step, "an examination failed or took too long");
            Ok(vec![unreadable])
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
