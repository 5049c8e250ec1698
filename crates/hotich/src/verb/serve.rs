//! `hotich serve`: the API of a ledger that exists.

use std::sync::Arc;

use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use web::Web;

use crate::args::Serve;
use crate::data::LOG_KEY;
use crate::keeper::Keeper;
use crate::key_file;
use crate::outcome::{Error, Outcome, Result};

/// Serves until it is told to stop, then finishes what is running.
pub async fn run(args: Serve) -> Result<Outcome> {
    let metrics = web::prometheus().map_err(Error::using)?;
    let registry = Arc::new(args.data.open_with(&args.stamped).await?);
    let mut state = Web::new(Arc::clone(&registry)).with_metrics(metrics);
    let log_key = args.data.key_folder().join(LOG_KEY);
    if log_key.exists() {
        state = state.with_signer(key_file::read_log_key(&log_key)?);
    } else {
        tracing::warn!(file = %log_key.display(), "no log key: checkpoints are served but none are signed");
    }
    let keeper = Keeper::of(&args.data.key_folder())?;
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
    if let Some(daily) = daily {
        daily.abort();
    }
    registry.ledger().close().await?;
    Ok(Outcome::Well)
}
