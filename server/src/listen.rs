//! The HTTP/1.1 listener; a proxy speaks the other versions. Besides what `axum::serve` does it loses patience: whoever opens a connection and does not finish the head of a request
//! is cut off, so that idle strangers cannot use up all connections. Bodies have a patience of their own (`Config::body_idle`).

use std::{io, net::SocketAddr, time::Duration};

use axum::{Router, body::Body, extract::ConnectInfo, http::Request};
use hyper::{body::Incoming, server::conn::http1::Builder};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::GracefulShutdown,
    service::TowerToHyperService,
};
use tokio::{net::TcpListener, time};
use tokio_util::sync::CancellationToken;
use tower::ServiceExt as _;

/// How long the head of a request may take. A phone in a dead spot repeats its request; the line would hardly carry the rest.
pub const HEAD: Duration = Duration::from_secs(20);
/// After the machine ran out of something, such as open files.
const PAUSE: Duration = Duration::from_secs(1);

/// Answers connections until `stop`, then lets requests in flight finish.
pub async fn serve(listener: TcpListener, router: Router, head: Duration, stop: CancellationToken) -> io::Result<()> {
    let mut builder = Builder::new();
    builder.timer(TokioTimer::new()).header_read_timeout(head);
    let shutdown = GracefulShutdown::new();
    loop {
        let accepted = tokio::select! {
            () = stop.cancelled() => break,
            accepted = listener.accept() => accepted,
        };
        let (stream, peer) = match accepted {
            Ok(accepted) => accepted,
            Err(error) if of_one_connection(&error) => continue,
            Err(error) => {
                tracing::error!(%error, "no connection can be accepted");
                time::sleep(PAUSE).await;
                continue;
            }
        };
        let service = router.clone().map_request(move |request: Request<Incoming>| {
            let mut request = request.map(Body::new);
            request.extensions_mut().insert(ConnectInfo::<SocketAddr>(peer));
            request
        });
        let connection = builder.serve_connection(TokioIo::new(stream), TowerToHyperService::new(service));
        let connection = shutdown.watch(connection);
        // How a stranger's connection ends is nothing for the log.
        tokio::spawn(async move { _ = connection.await });
    }
    drop(listener);
    shutdown.shutdown().await;
    Ok(())
}

/// It concerns whoever was to be connected, not the listener.
fn of_one_connection(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    matches!(error.kind(), ConnectionRefused | ConnectionAborted | ConnectionReset)
}
