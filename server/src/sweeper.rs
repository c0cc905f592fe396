//! Tidies, once a minute: ends cases whose time is over, removes what ended unfinished, erases what has been kept long enough, finishes
//! erasures, forgets ended tokens, and once an hour removes objects that no row names (a killed process may have left them).

use std::time::Duration;

use lichtbild_protocol::{case::CaseState, review::AuditAction};
use tokio::time;

use crate::{
    clock::{self, Millis},
    error::ApiResult,
    review::Effects,
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
        // Somebody may have ended or erased it since.
        let expire = |case: &mut crate::review::Case| Ok((case.end(CaseState::Expired, now)?, Vec::new()));
        if let Err(error) = app.change(&id, expire).await {
            tracing::warn!(code = %error.code, "a case could not be ended by time");
        }
    }
    for id in app.store.unpurged().await? {
        // Rows first, so that a piece in flight cannot join them; noted last, so that what fails or is cut off is done again.
        app.store.forget_uploads(&id).await?;
        app.blobs.delete_under(&format!("cases/{id}")).await?;
        app.store.purged(&id, now).await?;
    }
    for id in app.store.outlived(now).await? {
        outlived(app, &id, now).await?;
    }
    for id in app.store.unfinished_erasures().await? {
        app.finish_erasure(&id).await?;
    }
    app.store.forget_tokens(now).await?;
    app.proofs.tidy(now);
    app.limits.tidy();
    Ok(())
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
