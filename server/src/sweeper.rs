//! Tidies, once a minute: ends cases whose time is over, removes what ended unfinished, erases what has been kept long enough, finishes
//! erasures, forgets ended tokens, and once an hour removes objects that no row names (a killed process may have left them).

use std::time::Duration;

use lichtbild_protocol::{
    case::{CaseState, kennung},
    review::AuditAction,
};
use tokio::time;

use crate::{
    clock::{self, Millis},
    error::ApiResult,
    review::{Case, Effects},
    state::App,
};

const MINUTE: Duration = Duration::from_mins(1);
/// No request lasts that long between writing its object and its row.
const HOUR: Duration = Duration::from_hours(1);

/// Tidies until the program ends.
pub async fn run(app: App) {
    let mut minute = time::interval(MINUTE);
    let mut hour = time::interval(HOUR);
    loop {
        let tidied = tokio::select! {
            () = app.stop.cancelled() => return,
            _ = minute.tick() => sweep(&app).await,
            _ = hour.tick() => remove_orphans(&app, HOUR).await,
        };
        if let Err(error) = tidied {
            tracing::error!(code = %error.code, "tidying is tried again later");
        }
    }
}

/// Everything whose time has come.
pub async fn sweep(app: &App) -> ApiResult<()> {
    let now = clock::now();
    for id in app.store.overdue(now).await? {
        tell(&id, expire(app, &id, now).await);
    }
    for id in app.store.unpurged().await? {
        tell(&id, purge(app, &id, now).await);
    }
    for id in app.store.outlived(now).await? {
        tell(&id, outlived(app, &id, now).await);
    }
    for id in app.store.unfinished_erasures().await? {
        tell(&id, app.finish_erasure(&id).await);
    }
    app.store.forget_tokens(now).await?;
    app.proofs.tidy(now);
    app.limits.tidy();
    Ok(())
}

/// One case that cannot be tidied now holds up no other; the next sweep tries it again.
fn tell<T>(id: &str, tidied: ApiResult<T>) {
    if let Err(error) = tidied {
        tracing::error!(kennung = kennung(id), code = %error.code, "a case could not be tidied");
    }
}

/// Ends a case by time, unless somebody has ended, erased or prolonged it since.
async fn expire(app: &App, id: &str, now: Millis) -> ApiResult<Case> {
    app.change(id, |case| {
        let over = case.expires_at <= now;
        Ok((if over { case.end(CaseState::Expired, now)? } else { Effects::default() }, Vec::new()))
    })
    .await
}

/// Rows first, so that a piece in flight cannot join them; noted last, so that what fails or is cut off is done again.
async fn purge(app: &App, id: &str, now: Millis) -> ApiResult<()> {
    app.store.forget_recordings(id).await?;
    app.blobs.delete_under(&format!("cases/{id}")).await?;
    Ok(app.store.purged(id, now).await?)
}

/// The time to keep a case is over: it is erased, with everything that was recorded.
async fn outlived(app: &App, id: &str, now: Millis) -> ApiResult<()> {
    // Somebody may have erased it, or told a later end of the contract, since.
    let Some(case) = app.store.case(id).await?.filter(|case| case.erase_at().is_some_and(|at| at <= now)) else {
        return Ok(());
    };
    let mut effects = Effects::default();
    let line = effects.record(now, AuditAction::Expired);
    app.erase(&case, line).await
}

/// Objects of this age that no row names.
pub async fn remove_orphans(app: &App, age: Duration) -> ApiResult<()> {
    for object in app.blobs.older_than(age).await? {
        if !app.store.knows_object(&object).await? {
            app.blobs.delete(&object).await?;
            app.metrics.orphans.inc();
        }
    }
    Ok(())
}
