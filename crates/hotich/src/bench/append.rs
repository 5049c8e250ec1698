//! The whole path of an event, against plain single-row commits of the same bytes.

use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, Instant};

use registry::Registry;
use serde_json::json;
use tokio::task::JoinSet;

use super::bed::Bed;
use super::client::{Client, Letter, sign_ahead};
use super::figures::{Report, Sample, Samples};
use super::reference::Reference;
use crate::outcome::{Error, Result};

/// How long the round lasts in which caches fill and the rate is learned; it is not counted.
const WARM_UP: Duration = Duration::from_secs(1);
/// How many letters each client has for it.
const WARM_UP_LETTERS: usize = 400;

/// Reference and ledger in turn, in so many rounds of so long each.
pub async fn run(bed: &mut Bed, length: Duration, rounds: usize) -> Result<Report> {
    let reference = Reference::make(&bed.data.location()?, bed.folder.path(), bed.clients.len()).await?;
    let position = Arc::new(AtomicI64::new(0));
    let (mut ours, mut plain) = (Samples::default(), Samples::default());
    sign_ahead(&mut bed.clients, WARM_UP_LETTERS).await?;
    let mut best = sample_reference(bed, &reference, &position, WARM_UP)
        .await?
        .rate();
    best = best.max(sample_ledger(bed, WARM_UP).await?.rate());
    follow(bed).await?;
    let mut followed = Vec::with_capacity(rounds);
    for _ in 0..rounds {
        // Half as many again as the best round took, so that nobody runs out of letters.
        let letters = best * length.as_secs_f64() * 1.5 / bed.clients.len() as f64;
        sign_ahead(&mut bed.clients, letters as usize + WARM_UP_LETTERS).await?;
        plain.push(sample_reference(bed, &reference, &position, length).await?);
        ours.push(sample_ledger(bed, length).await?);
        followed.push(follow(bed).await?);
        best = best.max(ours.best()).max(plain.best());
    }
    reference.remove().await?;
    let ratio = ours.rate() / plain.rate().max(1e-9);
    let engine = format!("{:?}", bed.registry.ledger().engine());
    let clients = bed.clients.len();
    let mut text = format!(
        "append, {engine}, {clients} clients, {rounds} rounds of {} s\n",
        length.as_secs_f64()
    );
    text += &ours.line("whole path of a signed event");
    text += &plain.line("plain single-row commits of the same bytes");
    text += &format!("  ratio {ratio:.2}\n");
    followed.sort_unstable();
    let follow_seconds = followed.get(rounds / 2).map_or(0.0, Duration::as_secs_f64);
    text +=
        &format!("  after a round, the read models that follow have caught up in {follow_seconds:.1} s\n");
    let json = json!({
        "engine": engine, "clients": clients, "ledger": ours.json(), "reference": plain.json(), "ratio": ratio,
        "follow_seconds": follow_seconds,
    });
    Ok(Report { text, json })
}

/// Waits until the read models that follow the log show every event; answers how long that took.
async fn follow(bed: &Bed) -> Result<Duration> {
    let started = Instant::now();
    bed.registry.ledger().reader_of_all().await?;
    Ok(started.elapsed())
}

/// Lets every client record at least that many events.
pub async fn record_all(bed: &mut Bed, each: usize) -> Result<()> {
    // In parts, so that memory does not hold what a disk should.
    const PART: usize = 500;
    let mut left = each;
    while left > 0 {
        let part = left.min(PART);
        sign_ahead(&mut bed.clients, part).await?;
        sample_ledger(bed, Duration::MAX).await?;
        left -= part;
    }
    Ok(())
}

/// Every client records its letters one after the other, each when the one before is answered.
async fn sample_ledger(bed: &mut Bed, length: Duration) -> Result<Sample> {
    let registry = Arc::clone(&bed.registry);
    let send = move |_, letter: Letter| {
        let registry = Arc::clone(&registry);
        async move { record(&registry, letter).await }
    };
    let (clients, sample) = sample(std::mem::take(&mut bed.clients), length, send).await?;
    bed.clients = clients;
    Ok(sample)
}

async fn record(registry: &Registry, letter: Letter) -> Result<()> {
    registry.record(letter.signed, letter.sealed).await?;
    Ok(())
}

/// Every client inserts copies of its letters; the letters themselves stay for the ledger.
async fn sample_reference(
    bed: &mut Bed,
    reference: &Reference,
    position: &Arc<AtomicI64>,
    length: Duration,
) -> Result<Sample> {
    let kept: Vec<_> = bed.clients.iter().map(|client| client.letters.clone()).collect();
    let (reference, position) = (reference.clone(), Arc::clone(position));
    let insert = move |client, letter: Letter| {
        let reference = reference.clone();
        let position = position.fetch_add(1, Ordering::Relaxed);
        async move { reference.insert(client, position, &letter).await }
    };
    let (clients, sample) = sample(std::mem::take(&mut bed.clients), length, insert).await?;
    bed.clients = clients;
    for (client, letters) in bed.clients.iter_mut().zip(kept) {
        client.letters = letters;
    }
    Ok(sample)
}

/// Lets all clients send at once until the time is over or their letters are gone.
async fn sample<F>(
    clients: Vec<Client>,
    length: Duration,
    send: impl Fn(usize, Letter) -> F + Clone + Send + 'static,
) -> Result<(Vec<Client>, Sample)>
where
    F: Future<Output = Result<()>> + Send,
{
    let started = Instant::now();
    let mut hands = JoinSet::new();
    for (number, mut client) in clients.into_iter().enumerate() {
        let send = send.clone();
        hands.spawn(async move {
            let mut waits = Vec::with_capacity(client.letters.len());
            while started.elapsed() < length
                && let Some(letter) = client.letters.pop_front()
            {
                let asked = Instant::now();
                send(number, letter).await?;
                waits.push(asked.elapsed());
            }
            Ok::<_, Error>((number, client, waits))
        });
    }
    let (mut clients, mut waits) = (Vec::new(), Vec::new());
    while let Some(done) = hands.join_next().await {
        let (number, client, waited) = done.map_err(Error::using)??;
        clients.push((number, client));
        waits.extend(waited);
    }
    let elapsed = started.elapsed();
    clients.sort_unstable_by_key(|(number, _)| *number);
    let clients = clients.into_iter().map(|(_, client)| client).collect();
    Ok((
        clients,
        Sample {
            events: waits.len(),
            elapsed,
            waits,
        },
    ))
}
