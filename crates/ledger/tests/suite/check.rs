//! The whole log checked from what is stored, after a test has done its worst.

use std::collections::BTreeMap;

use ledger::{Archive, Receipt, leaf_entry};
use sha2::{Digest, Sha256};
use tlog::{Edge, leaf_hash};

/// Positions contiguous, bytes under their hashes, chains unbroken, every root ever committed right, the head's too.
pub async fn whole(archive: &Archive) {
    let head = archive.stored_head().await.expect("a head");
    let batches = archive.batches(0, 1_000_000).await.expect("batches");
    let mut batches = batches.iter().peekable();
    let mut edge = Edge::new();
    let mut chains: BTreeMap<i64, (u64, [u8; 32])> = BTreeMap::new();
    let (mut founding, mut last_ms) = ([0; 32], i64::MIN);
    for position in 0..head.size {
        let stored = archive.stored(position).await.expect("it reads").expect("no gap");
        assert_eq!(stored.position, position);
        assert_eq!(*blake3::hash(&stored.signed).as_bytes(), stored.hash);
        assert_eq!(<[u8; 32]>::from(Sha256::digest(&stored.signed)), stored.twin);
        let erased = stored.erased_by.is_some();
        assert!(stored.sealed_body.is_some() != erased, "the body of {position}");
        assert!(stored.recorded_at_ms >= last_ms, "time runs forward");
        last_ms = stored.recorded_at_ms;
        let (next, prev) = chains.get(&stored.stream).copied().unwrap_or((0, founding));
        let said: serde_json::Value = serde_json::from_slice(&stored.signed).expect("JSON");
        assert_eq!(stored.seq, next, "stream {} at {position}", stored.stream);
        assert_eq!(
            said["prev"],
            hex::encode(prev),
            "chain of {} at {position}",
            stored.stream
        );
        chains.insert(stored.stream, (next + 1, stored.hash));
        if position == 0 {
            founding = stored.hash;
        }
        edge.push(leaf_hash(&leaf_entry(&stored.hash, &stored.twin)))
            .expect("room");
        if let Some(batch) = batches.next_if(|batch| batch.size == position + 1) {
            assert_eq!(batch.root, edge.root().0, "root of {}", batch.size);
            assert_eq!(batch.recorded_at_ms, stored.recorded_at_ms);
        }
    }
    assert!(batches.next().is_none(), "no batch beyond the head");
    assert!(
        archive.stored(head.size).await.expect("it reads").is_none(),
        "nothing beyond the head"
    );
    assert_eq!(edge.root().0, head.root);
    assert_eq!(head.authority, chains.get(&0).map_or(0, |(length, _)| *length));
}

/// What a receipt says is in the log.
pub async fn kept(archive: &Archive, receipt: &Receipt) {
    let stored = archive
        .by_event_id(&receipt.event_id)
        .await
        .expect("it reads")
        .expect("it is in the log");
    assert_eq!((stored.position, stored.hash), (receipt.position, receipt.hash));
    assert_eq!(stored.recorded_at_ms, receipt.recorded_at_ms);
    assert_eq!(
        archive.receipt(&receipt.event_id).await.expect("it reads"),
        Some(*receipt)
    );
}
