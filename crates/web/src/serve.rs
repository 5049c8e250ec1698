//! [`serve`]: the API on a listener, until told to stop.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use axum::{Extension, Router};
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use metrics_exporter_prometheus::PrometheusHandle;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio::task::{AbortHandle, JoinSet};

use crate::turnstile::Peer;
use crate::{Limits, Web};

/// Most bytes of a request's head.
const HEAD_BYTES_MAX: usize = 64 << 10;
/// How long the listener rests when the system gives no more sockets.
const REST: Duration = Duration::from_millis(200);
/// How often the log is looked at for what others wrote.
const TURN: Duration = Duration::from_secs(2);
/// How often the metrics' durations are put into their buckets.
const UPKEEP: Duration = Duration::from_secs(5);

/// Serves until `shutdown` is done; then accepts nothing more, lets running requests end, and cuts off those that take longer
/// than [`Limits::shutdown`]. An event that was acknowledged is safe either way, and one that was cut off is asked for again
/// by its id.
///
/// # Errors
/// When the listener has no address, which is never.
pub async fn serve(
    listener: TcpListener,
    web: Arc<Web>,
    shutdown: impl Future<Output = ()> + Send,
) -> io::Result<()> {
    let address = listener.local_addr()?;
    tracing::info!(%address, "serving on {address}");
    let limits = *web.limits();
    let upkeep = web.metrics().cloned().map(keep_up);
    let following = tokio::spawn(follow(Arc::clone(&web))).abort_handle();
    let running = accept(listener, &limits, crate::router(web), shutdown).await;
    let ended = running.end(limits.shutdown).await;
    following.abort();
    if let Some(upkeep) = upkeep {
        upkeep.abort();
    }
    match ended {
        0 => tracing::info!("every request has ended"),
        cut_off => tracing::warn!(cut_off, "{cut_off} connections were cut off"),
    }
    Ok(())
}

/// Serves any router under the same limits of connections and heads and with the same end: a witness.
pub async fn serve_router(
    listener: TcpListener,
    router: Router,
    limits: &Limits,
    shutdown: impl Future<Output = ()> + Send,
) {
    let running = accept(listener, limits, router, shutdown).await;
    let cut_off = running.end(limits.shutdown).await;
    if cut_off > 0 {
        tracing::warn!(cut_off, "{cut_off} connections were cut off");
    }
}

/// Connections that were accepted.
#[derive(Default)]
struct Connections {
    tasks: JoinSet<()>,
    graceful: GracefulShutdown,
}

/// Accepts connections until `shutdown` is done. The listener is closed when this returns, so that nobody waits in its
/// queue for a program that is leaving.
async fn accept(
    listener: TcpListener,
    limits: &Limits,
    router: Router,
    shutdown: impl Future<Output = ()> + Send,
) -> Connections {
    let mut connections = Connections::default();
    let places = Arc::new(Semaphore::new(limits.connections));
    let mut shutdown = std::pin::pin!(shutdown);
    loop {
        let next = async {
            // Never closed, so there is always a place in the end.
            let place = Arc::clone(&places).acquire_owned().await.ok();
            (place, listener.accept().await)
        };
        let (place, accepted) = tokio::select! {
            biased;
            () = &mut shutdown => return connections,
            Some(_) = connections.tasks.join_next() => continue,
            next = next => next,
        };
        match accepted {
            Ok((stream, peer)) => {
                let router = router.clone().layer(Extension(Peer(peer.ip().to_canonical())));
                connections.open(stream, limits, router, place);
            }
            Err(error) if is_of_one_connection(&error) => {}
            Err(error) => {
                tracing::error!(%error, "accepting a connection: {error}");
                tokio::time::sleep(REST).await;
            }
        }
    }
}

/// Whether the client went away while it was being accepted, which says nothing about the listener.
fn is_of_one_connection(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    matches!(
        error.kind(),
        ConnectionAborted | ConnectionRefused | ConnectionReset
    )
}

impl Connections {
    fn open<P: Send + 'static>(&mut self, stream: TcpStream, limits: &Limits, router: Router, place: P) {
        // Without it small answers wait for the client's delayed acknowledgement; if it cannot be set they only wait.
        let _ = stream.set_nodelay(true);
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(limits.head)
            .max_buf_size(HEAD_BYTES_MAX)
            .serve_connection(TokioIo::new(stream), TowerToHyperService::new(router));
        let connection = self.graceful.watch(connection);
        self.tasks.spawn(async move {
            let _place = place;
            if let Err(error) = connection.await {
                tracing::debug!(%error, "a connection ended early");
            }
        });
    }

    /// Lets requests end, each connection after the one it is answering. Answers how many had to be cut off.
    async fn end(mut self, patience: Duration) -> usize {
        let tasks = &mut self.tasks;
        let all = async {
            self.graceful.shutdown().await;
            while tasks.join_next().await.is_some() {}
        };
        let _ = tokio::time::timeout(patience, all).await;
        let left = self.tasks.len();
        self.tasks.shutdown().await;
        left
    }
}

/// Keeps up with a log that other programs may write to as well: the directory follows the administration's stream. A failure is
/// logged when it begins, and the next turn tries again.
async fn follow(web: Arc<Web>) {
    let mut turn = tokio::time::interval(TURN);
    turn.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    let mut failing = false;
    loop {
        turn.tick().await;
        match web.registry().readiness().await {
            Ok(_) => failing = false,
            Err(_) if failing => {}
            Err(error) => {
                failing = true;
                tracing::error!(%error, "keeping up with the log: {error}");
            }
        }
    }
}

/// Durations pile up until somebody looks at them; this looks at them.
fn keep_up(handle: PrometheusHandle) -> AbortHandle {
    tokio::spawn(async move {
        let mut turn = tokio::time::interval(UPKEEP);
        loop {
            turn.tick().await;
            handle.run_upkeep();
        }
    })
    .abort_handle()
}

#[cfg(test)]
#[path = "serve_tests.rs"]
mod tests;
