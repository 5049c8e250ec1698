//! From an event to the checkpoint that covers it, cosigned by three witnesses over HTTP: while all clients send as fast as they can, and
//! while each sends one event a second.

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use registry::publisher::{Means, Publisher};
use serde_json::json;
use tlog::{KeyKind, Policy, SignerKey};
use tokio::net::TcpListener;
use tokio::task::JoinSet;
use witness::{Http, Memory, Witness};

use super::bed::Bed;
use super::client::{Client, sign_ahead};
use super::figures::{Report, Sample, Samples};
use crate::outcome::{Error, Result};
use crate::publishing;

/// How many letters each client has for a round in which nothing waits.
const LETTERS: usize = 4_000;
/// How often it is looked whether a checkpoint was published.
const GLANCE: Duration = Duration::from_millis(2);
/// How long the last events of a round may wait.
const PATIENCE: Duration = Duration::from_secs(30);

/// Both, in so many rounds of so long each.
pub async fn run(bed: &mut Bed, length: Duration, rounds: usize) -> Result<Report> {
    let folder = bed.folder.path().to_path_buf();
    let (policy, witnesses) = witnesses(&folder, &bed.log_key).await?;
    let means = Means {
        keys: vec![bed.log_key.clone()],
        memory: Memory::file(&folder.join("lock.db"))
            .await
            .map_err(Error::using)?,
        policy: Some(policy),
        transport: Arc::new(Http::new(Duration::from_secs(5))),
    };
    let publisher = Publisher::new(Arc::clone(&bed.registry), means)?;
    let publishing = tokio::spawn(publishing::run(publisher, Arc::clone(&bed.registry), folder));
    let (mut hurried, mut calm) = (Samples::default(), Samples::default());
    for _ in 0..rounds {
        sign_ahead(&mut bed.clients, LETTERS).await?;
        hurried.push(sample(bed, length, None).await?);
        calm.push(sample(bed, length, Some(Duration::from_secs(1))).await?);
    }
    publishing.abort();
    drop(witnesses);
    let (engine, clients) = (format!("{:?}", bed.registry.ledger().engine()), bed.clients.len());
    let mut text = format!(
        "event to cosigned checkpoint, {engine}, {clients} clients, three witnesses of three, {rounds} rounds of {} s\n",
        length.as_secs_f64()
    );
    text += &hurried.line("as fast as they can");
    text += &calm.line("one event a second each");
    let json =
        json!({ "engine": engine, "clients": clients, "hurried": hurried.json(), "calm": calm.json() });
    Ok(Report { text, json })
}

/// Three witnesses on ports of their own, and the policy that wants all of them.
async fn witnesses(folder: &Path, log: &SignerKey) -> Result<(Policy, JoinSet<()>)> {
    let mut text = format!("log {}\n", log.verifier());
    let mut serving = JoinSet::new();
    for number in 1..=3_u8 {
        let name = format!("witness{number}.example");
        let key = SignerKey::new(&name, KeyKind::Cosignature, &[100 + number; 32]).map_err(Error::using)?;
        let memory = folder.join(format!("witness{number}.db"));
        let memory = Memory::file(&memory).await.map_err(Error::using)?;
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        text += &format!(
            "witness w{number} {} http://{}\n",
            key.verifier(),
            listener.local_addr()?
        );
        let witness = Witness::new(
            vec![key],
            vec![log.verifier().clone()],
            memory,
            Arc::new(|| 1_790_000_000),
        );
        let router = witness::router(Arc::new(witness));
        serving.spawn(async move {
            // It ends with the benchmark.
            web::serve_router(listener, router, &web::Limits::default(), std::future::pending()).await;
        });
    }
    text += "group all-three all w1 w2 w3\nquorum all-three\n";
    Ok((Policy::parse(text.as_bytes()).map_err(Error::using)?, serving))
}

/// When each event was sent, and its position.
type Sent = Vec<(u64, Instant)>;

/// Lets all clients send for so long, and waits until the last event is covered.
async fn sample(bed: &mut Bed, length: Duration, pace: Option<Duration>) -> Result<Sample> {
    let started = Instant::now();
    let mut hands = JoinSet::new();
    for (number, client) in std::mem::take(&mut bed.clients).into_iter().enumerate() {
        let registry = Arc::clone(&bed.registry);
        hands.spawn(async move { send(number, client, &registry, started, length, pace).await });
    }
    let mut covered: Vec<(u64, Instant)> = Vec::new();
    let (mut clients, mut sent): (Vec<(usize, Client)>, Sent) = (Vec::new(), Vec::new());
    let until = started + length + PATIENCE;
    loop {
        let published = bed.registry.latest_checkpoint().await.map_or(0, |head| head.size);
        if covered.last().is_none_or(|(size, _)| *size < published) {
            covered.push((published, Instant::now()));
        }
        while let Some(done) = hands.try_join_next() {
            let (number, client, more) = done.map_err(Error::using)??;
            clients.push((number, client));
            sent.extend(more);
        }
        let last = sent
            .iter()
            .map(|(position, _)| *position)
            .max()
            .unwrap_or_default();
        if hands.is_empty() && published > last {
            break;
        }
        if Instant::now() > until {
            return Err(Error::using("events are not covered by a checkpoint"));
        }
        tokio::time::sleep(GLANCE).await;
    }
    clients.sort_unstable_by_key(|(number, _)| *number);
    bed.clients = clients.into_iter().map(|(_, client)| client).collect();
    let wait = |(position, asked): &(u64, Instant)| {
        let by = covered.get(covered.partition_point(|(size, _)| size <= position));
        by.map_or(PATIENCE, |(_, at)| at.saturating_duration_since(*asked))
    };
    Ok(Sample {
        events: sent.len(),
        elapsed: started.elapsed(),
        waits: sent.iter().map(wait).collect(),
    })
}

async fn send(
    number: usize,
    mut client: Client,
    registry: &registry::Registry,
    started: Instant,
    length: Duration,
    pace: Option<Duration>,
) -> Result<(usize, Client, Sent)> {
    let mut sent = Vec::new();
    if let Some(pace) = pace {
        // Not all of them in the same instant.
        tokio::time::sleep(pace.mul_f64((number % 64) as f64 / 64.0)).await;
    }
    while started.elapsed() < length
        && let Some(letter) = client.letters.pop_front()
    {
        let asked = Instant::now();
        let receipt = registry.record(letter.signed, letter.sealed).await?;
        sent.push((receipt.position, asked));
        if let Some(pace) = pace {
            tokio::time::sleep(pace.saturating_sub(asked.elapsed())).await;
        }
    }
    Ok((number, client, sent))
}
