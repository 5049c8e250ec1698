//! The auditor, against the raw rate of batch verification over the same signatures, both on all cores.

use std::ops::ControlFlow;
use std::time::Instant;

use civil::cose::{PublicKey, SignedEvent};
use ed25519_dalek::{Signature, VerifyingKey, verify_batch};
use rayon::prelude::*;
use registry::Registry;
use serde_json::json;
use verify::{Expected, Head, InMemory, Options, Record, Source};

use super::bed::Bed;
use super::figures::{Report, median};
use crate::audit_source::StoreSource;
use crate::outcome::{Error, Result};

/// Group sizes of the raw rate; the fastest counts.
const GROUPS: [usize; 4] = [512, 1_024, 2_048, 4_096];

/// Everything but the read models, from memory and from the store, in so many rounds.
pub async fn run(bed: &Bed, rounds: usize) -> Result<Report> {
    let archive = (**bed.registry.ledger()).clone();
    let head = archive.stored_head().await?;
    let expected = Expected {
        origin: None,
        head: Some(Head {
            size: head.size,
            root: tlog::Hash::from(head.root),
        }),
    };
    let source = StoreSource::start(archive.clone(), head.size);
    let records = tokio::task::block_in_place(|| all(source))?;
    let signed = signatures(&bed.registry, &records)?;
    let count = head.size as f64;
    let (mut raw, mut memory, mut store) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..rounds {
        let best = GROUPS
            .iter()
            .map(|group| tokio::task::block_in_place(|| raw_rate(&signed, *group)));
        raw.push(best.fold(0.0, f64::max));
        let in_memory = InMemory::new(records.clone());
        memory.push(count / seconds(in_memory, &expected)?);
        store.push(count / seconds(StoreSource::start(archive.clone(), head.size), &expected)?);
    }
    let (raw, memory, store) = (median(raw), median(memory), median(store));
    let engine = format!("{:?}", archive.engine());
    let cores = rayon::current_num_threads();
    let text = format!(
        "audit, {engine}, {} events, {cores} cores, {rounds} rounds\n  \
         {:<44} {memory:>9.0}/s = {:.2} of raw\n  {:<44} {store:>9.0}/s = {:.2} of raw\n  {:<44} {raw:>9.0}/s\n",
        head.size,
        "everything but read models, from memory",
        memory / raw,
        "the same, read from the store meanwhile",
        store / raw,
        "raw verify_batch",
    );
    let json = json!({
        "engine": engine, "events": head.size, "from_memory": memory.round(), "from_store": store.round(),
        "raw": raw.round(), "ratio_from_memory": memory / raw, "ratio_from_store": store / raw,
    });
    Ok(Report { text, json })
}

fn all(mut source: StoreSource) -> Result<Vec<Record>> {
    let mut records = Vec::new();
    while let Some(page) = source.next().map_err(Error::using)? {
        records.extend(page);
    }
    Ok(records)
}

fn seconds(source: impl Source, expected: &Expected) -> Result<f64> {
    let started = Instant::now();
    let audit = || {
        verify::audit(source, expected, &Options::default(), &mut |_| {
            ControlFlow::Continue(())
        })
    };
    let report = tokio::task::block_in_place(audit);
    if report.green {
        Ok(started.elapsed().as_secs_f64())
    } else {
        Err(Error::using("the audit is not green"))
    }
}

type Signed = (Vec<u8>, Signature, VerifyingKey);

fn signatures(registry: &Registry, records: &[Record]) -> Result<Vec<Signed>> {
    let taken = |record: &Record| {
        let parts = SignedEvent::parse(&record.signed).map_err(Error::using)?;
        let key =
            registry.with_directory(|directory| directory.key(parts.key).map(|grant| grant.key.clone()));
        match key {
            Some(PublicKey::Ed25519(key)) => {
                Ok((parts.signed_bytes(), Signature::from_bytes(&parts.signature), key))
            }
            _ => Err(Error::using("this benchmark knows Ed25519 keys only")),
        }
    };
    records.iter().map(taken).collect()
}

/// Signatures per second on all cores.
fn raw_rate(signed: &[Signed], group: usize) -> f64 {
    let started = Instant::now();
    let good = signed.par_chunks(group).all(|group| {
        let messages: Vec<&[u8]> = group.iter().map(|(message, ..)| message.as_slice()).collect();
        let signatures: Vec<Signature> = group.iter().map(|(_, signature, _)| *signature).collect();
        let keys: Vec<VerifyingKey> = group.iter().map(|(.., key)| *key).collect();
        verify_batch(&messages, &signatures, &keys).is_ok()
    });
    if good {
        signed.len() as f64 / started.elapsed().as_secs_f64()
    } else {
        0.0
    }
}
