//! `hotich serve`: the API of a ledger that exists.

use std::sync::Arc;

use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use web::Web;

use crate::args::Serve;
use crate::data::LOG_KEY;
use crate::keeper::Keeper;
use crate::outcome::{Error, Outcome, Result};
use crate::publishing;

/// Serves until it is told to stop, then finishes what is running.
pub async fn run(args: Serve) -> Result<Outcome> {
    let metrics = web::prometheus().map_err(Error::using)?;
    let registry = Arc::new(args.data.open_with(&args.stamped).await?);
    let state = Web::new(Arc::clone(&registry))
        .with_metrics(metrics)
        .behind(args.proxy);
    let folder = args.data.key_folder();
    let log_key = folder.join(LOG_KEY);
    let publishing = if log_key.exists() {
        let mut publisher = args.trust.publisher(&args.data, &registry).await?;
        publishing::begin(&mut publisher).await;
        Some(tokio::spawn(publishing::run(
            publisher,
            Arc::clone(&registry),
            folder.clone(),
        )))
    } else {
        tracing::warn!(file = %log_key.display(), "no log key: checkpoints are served but none are signed");
        None
    };
    let keeper = Keeper::of(&folder)?;
    let daily = keeper.map(|keeper| tokio::spawn(keeper.watch(Arc::clone(&registry))));
    let listener = TcpListener::bind(args.listen).await?;
    println!("listening on http://{}", listener.local_addr()?);
    crate::say::end();
    let mut terminate = signal(SignalKind::terminate())?;
    let shutdown = async move {
        tokio::select! {
            _ = tokio::signal::ctrl_c() => {}
            _ = terminate.recv() => {}
        }
        tracing::info!("shutting down");
    };
    web::serve(listener, Arc::new(state), shutdown).await?;
    // Wherever they are stopped, the next start goes on from there.
    for task in publishing.into_iter().chain(daily) {
        task.abort();
    }
    registry.ledger().close().await?;
    Ok(Outcome::Well)
}
