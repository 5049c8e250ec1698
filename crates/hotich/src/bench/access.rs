//! An entry read as the API reads it, with its line in the log of accesses and without.

use std::sync::Arc;
use std::time::{Duration, Instant};

use civil::access::{Access, Reader, Reading};
use civil::id::{EntryId, OfficeId};
use registry::{AsOf, Registry};
use serde_json::json;
use tokio::task::JoinSet;

use super::bed::Bed;
use super::figures::{Report, Sample, Samples};
use crate::outcome::{Error, Result};

/// How many events are looked at for entries to read.
const EVENTS: u64 = 2_000;
const WARM_UP: Duration = Duration::from_secs(1);

/// So many rounds of so long each, in turn, by as many readers as there are clients, and by one alone.
pub async fn run(bed: &mut Bed, length: Duration, rounds: usize) -> Result<Report> {
    bed.grow(EVENTS).await?;
    let registry = &bed.registry;
    let entries = Arc::new(entries(registry).await?);
    let engine = format!("{:?}", registry.ledger().engine());
    let mut text = format!(
        "access, {engine}, {rounds} rounds of {} s\n",
        length.as_secs_f64()
    );
    let mut figures = serde_json::Map::new();
    for readers in [bed.clients.len(), 1] {
        let (mut plain, mut written) = (Samples::default(), Samples::default());
        sample(registry, &entries, readers, WARM_UP, true).await?;
        for _ in 0..rounds {
            plain.push(sample(registry, &entries, readers, length, false).await?);
            written.push(sample(registry, &entries, readers, length, true).await?);
        }
        let ratio = written.rate() / plain.rate().max(1e-9);
        text += &written.line(&format!("{readers} readers of entries, written down"));
        text += &plain.line("the same, not written down");
        text += &format!("  ratio {ratio:.2}\n");
        let told = json!({ "written": written.json(), "plain": plain.json(), "ratio": ratio });
        figures.insert(format!("readers_{readers}"), told);
    }
    let report = registry::check_accesses(registry.ledger()).await?;
    text += &format!("  {} lines, chained\n", report.lines);
    let json = json!({ "engine": engine, "lines": report.lines, "figures": figures });
    match report.findings.first() {
        None => Ok(Report { text, json }),
        Some(finding) => Err(Error::using(finding)),
    }
}

/// Entries that events opened.
async fn entries(registry: &Registry) -> Result<Vec<EntryId>> {
    let page = registry.feed(0, EVENTS).await?;
    let mut entries = Vec::new();
    for stored in &page.events {
        let signed = civil::cose::SignedEvent::parse(&stored.signed).map_err(Error::using)?;
        let envelope = civil::envelope::Envelope::decode(signed.envelope).map_err(Error::using)?;
        entries.extend(envelope.entry.filter(|_| envelope.basis.is_none()));
    }
    match entries.is_empty() {
        false => Ok(entries),
        true => Err(Error::using("there are no entries to read")),
    }
}

async fn sample(
    registry: &Arc<Registry>,
    entries: &Arc<Vec<EntryId>>,
    readers: usize,
    length: Duration,
    written: bool,
) -> Result<Sample> {
    let began = Instant::now();
    let mut hands = JoinSet::new();
    for reader in 0..readers {
        let (registry, entries) = (Arc::clone(registry), Arc::clone(entries));
        hands.spawn(async move {
            let mut waits = Vec::new();
            let mine = entries.iter().cycle().skip(reader * 7);
            for entry in mine {
                if began.elapsed() >= length {
                    break;
                }
                let asked = Instant::now();
                read(&registry, *entry, written).await?;
                waits.push(asked.elapsed());
            }
            Ok::<_, Error>(waits)
        });
    }
    let mut waits = Vec::new();
    while let Some(done) = hands.join_next().await {
        waits.extend(done.map_err(Error::using)??);
    }
    Ok(Sample {
        events: waits.len(),
        elapsed: began.elapsed(),
        waits,
    })
}

/// As `GET /v1/entries/{id}` does it.
async fn read(registry: &Registry, entry: EntryId, written: bool) -> Result<()> {
    let as_of = AsOf {
        day: None,
        known_at_ms: None,
    };
    let read = registry.entry(entry, as_of).await?;
    let linked = registry.linked(&read, as_of).await?;
    let again = registry.registered_again(entry, as_of).await?;
    let answer = registry.entry_json(&read, &linked, &again).to_string();
    if written {
        registry.write_down(&line(registry, entry)).await?;
    }
    drop(answer);
    Ok(())
}

fn line(registry: &Registry, entry: EntryId) -> Access {
    Access {
        at_ms: u64::try_from(registry.clock().now_ms()).unwrap_or_default(),
        reader: Reader::Office,
        office: OfficeId(1),
        token: [7; 32],
        reading: Reading::Entry,
        entries: vec![entry],
        events: Vec::new(),
        numbers: None,
        shown: 1,
        purpose: None,
        from: None,
    }
}
