//! What must hold of a ledger, whatever was done to it.

use std::collections::{BTreeMap, BTreeSet};

use futures_util::StreamExt as _;
use ledger::{Archive, Fault, Receipt, Row, Stored, leaf_entry};
use sha2::{Digest as _, Sha256};
use tlog::{Edge, leaf_hash};

use crate::office;
use crate::operator::Operator;
use crate::projector::{COUNTED, SEEN};
use crate::story::Broken;

/// What was promised to somebody.
#[derive(Debug, Default)]
pub struct Promised {
    /// Every receipt that reached its office.
    pub receipts: Vec<Receipt>,
    /// Every event that was ever sent: its number.
    pub sent: BTreeSet<u64>,
}

/// Checks the whole log, and asks again for the last so many receipts. Answers how many events it has.
///
/// # Errors
/// [`Broken`], naming what does not hold.
pub async fn whole(
    archive: &Archive,
    promised: &Promised,
    operator: &mut Operator,
    asked_again: usize,
) -> Result<u64, Broken> {
    let head = archive.stored_head().await?;
    let events = all(archive, head.size).await?;
    let roots = tree(archive, &events, head.root).await?;
    chains(&events, promised)?;
    for (size, root) in &operator.signed {
        if roots.get(*size as usize) != Some(root) {
            return Err(Broken::says(format!(
                "the checkpoint of {size} events is of another history"
            )));
        }
    }
    for receipt in &promised.receipts {
        kept(&events, receipt)?;
    }
    for receipt in promised.receipts.iter().rev().take(asked_again) {
        let again = archive.receipt(&receipt.event_id).await?;
        Broken::unless(again == Some(*receipt), || {
            format!("another receipt for {}", receipt.position)
        })?;
    }
    shown(archive, &events).await?;
    published(archive, &roots, operator).await?;
    Ok(head.size)
}

/// What is published is believed by the policy, is of this history, and never goes back.
async fn published(archive: &Archive, roots: &[[u8; 32]], operator: &mut Operator) -> Result<(), Broken> {
    let latest = archive.latest_checkpoint().await?;
    let size = latest.as_ref().map_or(0, |latest| latest.size);
    Broken::unless(size >= operator.published, || {
        format!("{size} are published after {}", operator.published)
    })?;
    operator.published = size;
    let Some(latest) = latest else { return Ok(()) };
    let believed = operator
        .policy
        .open(latest.note.as_bytes())
        .map_err(Broken::says)?;
    let tree = believed.checkpoint();
    let same = (tree.size(), Some(&tree.root().0)) == (size, roots.get(size as usize));
    Broken::unless(same, || format!("the checkpoint of {size} says something else"))
}

/// Every event, whole and in order.
async fn all(archive: &Archive, size: u64) -> Result<Vec<Stored>, Broken> {
    let mut events = Vec::new();
    let mut pages = archive.scan(0, size);
    while let Some(page) = pages.next().await {
        events.extend(page?);
    }
    let mut last_ms = i64::MIN;
    for (position, stored) in (0..).zip(&events) {
        let bytes: [u8; 32] = blake3::hash(&stored.signed).into();
        let twin: [u8; 32] = Sha256::digest(&stored.signed).into();
        Broken::unless(stored.position == position, || {
            format!("{} stands where {position} should", stored.position)
        })?;
        Broken::unless((bytes, twin) == (stored.hash, stored.twin), || {
            format!("other bytes at {position}")
        })?;
        let body = stored.sealed_body.as_ref().map(|body| body.to_vec());
        Broken::unless(body == Some(bytes.repeat(2)), || format!("no body at {position}"))?;
        Broken::unless(stored.recorded_at_ms >= last_ms, || {
            format!("time runs backwards at {position}")
        })?;
        last_ms = stored.recorded_at_ms;
    }
    Broken::unless(events.len() as u64 == size, || {
        format!("{} events of {size}", events.len())
    })?;
    Broken::unless(archive.stored(size).await?.is_none(), || {
        format!("an event beyond {size}")
    })?;
    Ok(events)
}

/// The root at every size; those of batches and of the head must be among them.
async fn tree(archive: &Archive, events: &[Stored], head: [u8; 32]) -> Result<Vec<[u8; 32]>, Broken> {
    let mut edge = Edge::new();
    let mut roots = vec![edge.root().0];
    for stored in events {
        let leaf = leaf_hash(&leaf_entry(&stored.hash, &stored.twin));
        edge.push(leaf).map_err(Broken::says)?;
        roots.push(edge.root().0);
    }
    Broken::unless(roots.last() == Some(&head), || {
        "another root at the head".to_owned()
    })?;
    let batches = archive.batches(0, u32::MAX).await?;
    for batch in &batches {
        let fits = roots.get(batch.size as usize) == Some(&batch.root);
        Broken::unless(fits, || {
            format!("another root at the batch that ends with {}", batch.size)
        })?;
    }
    let ends = batches.last().map_or(0, |batch| batch.size);
    Broken::unless(ends == events.len() as u64, || {
        format!("the last batch ends with {ends}")
    })?;
    Ok(roots)
}

/// Streams dense and linked, nobody twice, nobody uninvited.
fn chains(events: &[Stored], promised: &Promised) -> Result<(), Broken> {
    let founding = events.first().map_or([0; 32], |first| first.hash);
    let mut heads: BTreeMap<i64, (u64, [u8; 32])> = BTreeMap::new();
    let mut numbers = BTreeSet::new();
    for stored in events {
        let position = stored.position;
        let start = if position == 0 { [0; 32] } else { founding };
        let (next, prev) = heads.get(&stored.stream).copied().unwrap_or((0, start));
        let fits = stored.seq == next && office::prev_of(&stored.signed) == Some(prev);
        Broken::unless(fits, || format!("stream {} breaks at {position}", stored.stream))?;
        heads.insert(stored.stream, (next + 1, stored.hash));
        let number = office::number_of(&stored.signed).unwrap_or(u64::MAX);
        Broken::unless(numbers.insert(number), || {
            format!("event {number} twice, again at {position}")
        })?;
        let asked = position == 0 || promised.sent.contains(&number);
        Broken::unless(asked, || format!("nobody sent what stands at {position}"))?;
    }
    Ok(())
}

/// What a receipt says is so.
fn kept(events: &[Stored], receipt: &Receipt) -> Result<(), Broken> {
    let stored = events.get(receipt.position as usize);
    let same = stored.is_some_and(|stored| {
        (stored.event_id, stored.hash, stored.recorded_at_ms)
            == (receipt.event_id, receipt.hash, receipt.recorded_at_ms)
    });
    Broken::unless(same, || format!("the receipt for {} is lost", receipt.position))
}

/// The read models show each event once.
async fn shown(archive: &Archive, events: &[Stored]) -> Result<(), Broken> {
    let rows = archive.reader().rows(&SEEN, &[]).await?;
    let seen = rows
        .iter()
        .map(|row| row.int("position"))
        .collect::<Result<Vec<_>, Fault>>()?;
    let positions: Vec<i64> = (0..).take(events.len()).collect();
    Broken::unless(seen == positions, || {
        format!("{} events are shown of {}", seen.len(), positions.len())
    })?;
    let mut counts: BTreeMap<i64, i64> = BTreeMap::new();
    for stored in events {
        *counts.entry(stored.stream).or_default() += 1;
    }
    let rows = archive.reader().rows(&COUNTED, &[]).await?;
    let pair = |row: &Row| Ok((row.int("stream")?, row.int("events")?));
    let counted = rows.iter().map(pair).collect::<Result<BTreeMap<_, _>, Fault>>()?;
    Broken::unless(counted == counts, || "other counts are shown".to_owned())
}
