//! Tidies, once a minute: ends cases whose time is over, removes what ended unfinished, finishes erasures, forgets ended tokens,
//! and once an hour removes objects that no row names (a killed process may have left them).

use std::time::Duration;

use lichtbild_protocol::case::CaseState;
use tokio::time;

use crate::{clock, error::ApiResult, state::App};

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
    for id in app.store.unfinished_erasures().await? {
        app.finish_erasure(&id).await?;
    }
    app.store.forget_tokens(now).await?;
    app.proofs.tidy(now);
    app.limits.tidy();
    Ok(())
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
