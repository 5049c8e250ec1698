//! `hotich witness`: see what logs sign, remember it, cosign it.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use registry::{Clock as _, SystemChance, SystemClock};
use tlog::{KeyKind, VerifierKey};
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use web::Limits;
use witness::{Memory, Seconds, Witness};

use crate::args::{WitnessArgs, WitnessInit, WitnessServe, WitnessVerb};
use crate::key_file;
use crate::outcome::{Error, Outcome, Result};
use crate::publishing::read_policy;

/// The witness's key, and the second one where there is one.
const KEYS: [(&str, KeyKind); 2] = [
    ("witness.key", KeyKind::Cosignature),
    ("witness.mldsa.key", KeyKind::MlDsa44),
];
/// What it has seen.
const SEEN: &str = "witness.db";

/// Does what is asked.
pub async fn run(args: WitnessArgs) -> Result<Outcome> {
    match args.verb {
        WitnessVerb::Init(args) => init(&args),
        WitnessVerb::Serve(args) => serve(args).await,
    }
}

/// Makes the keys that are not there yet and shows them all.
fn init(args: &WitnessInit) -> Result<Outcome> {
    for (name, kind) in KEYS {
        let file = args.data.join(name);
        if !file.exists() && (kind == KeyKind::Cosignature || args.mldsa) {
            key_file::generate_note_key(&file, &args.name, kind, &SystemChance)?;
        }
        if file.exists() {
            println!("{}", key_file::read_log_key(&file)?.verifier());
        }
    }
    Ok(Outcome::Well)
}

/// Serves until told to stop.
async fn serve(args: WitnessServe) -> Result<Outcome> {
    let mut keys = Vec::new();
    for (name, _) in KEYS {
        let file = args.data.join(name);
        if file.exists() {
            keys.push(key_file::read_log_key(&file)?);
        }
    }
    if keys.is_empty() {
        return Err(Error::using("there is no key: hotich witness init"));
    }
    let logs = logs(&args.log, args.policy.as_deref())?;
    let memory = Memory::file(&args.data.join(SEEN)).await.map_err(Error::using)?;
    let now: Seconds = Arc::new(|| u64::try_from(SystemClock.now_ms() / 1_000).unwrap_or_default());
    let router = witness::router(Arc::new(Witness::new(keys, logs, memory.clone(), now)));
    let listener = TcpListener::bind(args.listen).await?;
    println!("listening on http://{}", listener.local_addr()?);
    crate::say::end();
    web::serve_router(listener, router, &limits(), stop()?).await;
    memory.close().await;
    Ok(Outcome::Well)
}

/// A log asks once a second, and monitors now and then: whoever is slow or greedy takes no place for long.
fn limits() -> Limits {
    Limits {
        connections: 256,
        head: Duration::from_secs(5),
        shutdown: Duration::from_secs(5),
        ..Limits::default()
    }
}

/// Done when the process is told to end.
fn stop() -> Result<impl Future<Output = ()> + Send + 'static> {
    let mut terminate = signal(SignalKind::terminate())?;
    Ok(async move {
        tokio::select! {
            _ = tokio::signal::ctrl_c() => {}
            _ = terminate.recv() => {}
        }
    })
}

fn logs(named: &[String], policy: Option<&Path>) -> Result<Vec<VerifierKey>> {
    let mut logs: Vec<VerifierKey> = named
        .iter()
        .map(|key| {
            key.parse()
                .map_err(|error| Error::using(format!("--log: {error}")))
        })
        .collect::<Result<_>>()?;
    if let Some(file) = policy {
        logs.extend(read_policy(file)?.logs().iter().cloned());
    }
    if logs.is_empty() {
        return Err(Error::using("give --log or --policy: which logs are cosigned"));
    }
    Ok(logs)
}
