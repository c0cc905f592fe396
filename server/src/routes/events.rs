//! Server-sent events: the session at once and after every change, as this browser may see it.

use std::{convert::Infallible, time::Duration};

use axum::{
    extract::State,
    response::sse::{Event, KeepAlive, Sse},
};
use futures_util::{Stream, stream};
use lichtbild_protocol::problem::Problem;

use super::extract::Asker;
use crate::{
    error::ApiResult,
    events::Listening,
    state::{App, Viewer},
};

/// A comment line keeps the connection alive.
const BEAT: Duration = Duration::from_secs(15);

struct Listener {
    app: App,
    case: String,
    token: String,
    viewer: Viewer,
    listening: Listening,
    first: bool,
    over: bool,
}

/// `event: session` with the snapshot, at once and after every change.
#[utoipa::path(get, path = "/v1/capture/events", tag = "capture", security(("dpop" = [])),
    responses((status = 200, content_type = "text/event-stream", body = String), (status = 401, body = Problem)))]
pub async fn stream(
    State(app): State<App>,
    asker: Asker,
) -> ApiResult<Sse<impl Stream<Item = Result<Event, Infallible>>>> {
    asker.watching()?;
    let listening = app.events.listen(&asker.token.case);
    app.metrics.streams.inc();
    let listener = Listener {
        case: asker.token.case.clone(),
        token: asker.token.hash.clone(),
        viewer: asker.viewer(),
        listening,
        first: true,
        over: false,
        app,
    };
    let events = stream::unfold(listener, |mut listener| async move {
        let event = listener.next().await?;
        Some((Ok(event), listener))
    });
    Ok(Sse::new(events).keep_alive(KeepAlive::new().interval(BEAT)))
}

impl Listener {
    /// The next snapshot; ends with the case's last one, with the server, and when case or token are gone.
    async fn next(&mut self) -> Option<Event> {
        if self.over {
            return None;
        }
        if !std::mem::take(&mut self.first) {
            tokio::select! {
                () = self.app.stop.cancelled() => return None,
                () = self.listening.over.cancelled() => return None,
                changed = self.listening.changed.changed() => changed.ok()?,
            }
        }
        self.listening.changed.mark_unchanged();
        let case = self.app.store.case(&self.case).await.ok()??;
        // A claimed hand-off turns this token into an observer's; a case that was put back has other ones.
        self.viewer.role = self.app.store.token(&self.token).await.ok()??.role;
        self.over = case.state.ended();
        let snapshot = self.app.snapshot(&case, &self.viewer).await.ok()?;
        Event::default().event("session").json_data(snapshot).ok()
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        self.app.metrics.streams.dec();
    }
}
