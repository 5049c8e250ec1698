//! Proofs, tiles, and what must hold before a checkpoint is signed.
#![allow(clippy::expect_used, reason = "a test fails by panicking")]

mod suite;

use ledger::{Engine, Fault, FaultKind, Ledger, SignedHead, leaf_entry};
use suite::fixture::Fixture;
use suite::sample::{Heard, Office};
use tlog::{Edge, Hash, Tile, leaf_hash, verify_consistency, verify_inclusion};

both_engines! {
    every_event_is_proved_in_every_tree_that_has_it
    a_tile_is_served_full_or_as_wide_as_it_was
    a_tile_that_cannot_be_written_takes_its_batch_along
    a_checkpoint_is_published_once_for_each_size
    an_edited_event_is_found_before_signing
    an_edited_tile_is_found_before_signing
    an_old_backup_is_not_signed_for
    a_head_that_its_events_do_not_lead_to_is_not_opened
    a_token_is_good_until_it_is_revoked
}

mod sqlite_only {
    use super::suite::fixture::judge;

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn a_tree_with_three_levels_of_tiles_is_loaded_again_and_proved() {
        judge(
            ledger::Engine::Sqlite,
            super::a_tree_with_three_levels_of_tiles_is_loaded_again_and_proved,
        )
        .await;
    }
}

async fn fill(ledger: &Ledger<Heard>, office: &mut Office, events: usize) {
    let mut answers = Vec::new();
    for number in 0..events {
        let candidate = office.next(&format!("event {number}"), &[]);
        answers.push(ledger.submit_patiently(candidate).await.expect("room"));
    }
    for answer in answers {
        answer.await.expect("recorded");
    }
}

async fn every_event_is_proved_in_every_tree_that_has_it(f: &mut Fixture) {
    fill(&f.ledger, &mut Office::new(4), 799).await;
    let mut edge = Edge::new();
    let (mut leaves, mut roots) = (Vec::new(), vec![edge.root()]);
    for position in 0..800 {
        let stored = f.ledger.stored(position).await.expect("reads").expect("there");
        assert_eq!(stored.leaf_entry(), leaf_entry(&stored.hash, &stored.twin));
        leaves.push(leaf_hash(&stored.leaf_entry()));
        edge.push(leaves[leaves.len() - 1]).expect("room");
        roots.push(edge.root());
    }
    for size in [1_u64, 2, 3, 255, 256, 257, 511, 512, 513, 768, 799, 800] {
        let root = roots[size as usize];
        assert_eq!(f.ledger.root_at(size).await.expect("a root"), root);
        for position in [0, 1, 100, 255, 256, 511, 700, 799]
            .into_iter()
            .filter(|position| *position < size)
        {
            let proof = f.ledger.inclusion_proof(position, size).await.expect("a proof");
            verify_inclusion(position, size, leaves[position as usize], root, &proof).expect("it holds");
        }
        for old in [0_u64, 1, 2, 255, 256, 300, 512, 767, 800]
            .into_iter()
            .filter(|old| *old <= size)
        {
            let proof = f.ledger.consistency_proof(old, size).await.expect("a proof");
            verify_consistency(old, size, roots[old as usize], root, &proof).expect("it holds");
        }
    }
    for (position, size) in [(800, 800), (0, 0), (0, 801)] {
        let fault = f
            .ledger
            .inclusion_proof(position, size)
            .await
            .expect_err("no such proof");
        assert_eq!(fault.kind(), FaultKind::Request, "{fault}");
    }
    assert!(f.ledger.consistency_proof(5, 801).await.is_err());
    assert!(f.ledger.consistency_proof(6, 5).await.is_err());
}

async fn a_tile_is_served_full_or_as_wide_as_it_was(f: &mut Fixture) {
    fill(&f.ledger, &mut Office::new(4), 599).await;
    let tile = |level, index, width| Tile::new(level, index, width).expect("a tile");
    let full = f
        .ledger
        .tile(tile(0, 1, 256))
        .await
        .expect("reads")
        .expect("there");
    assert_eq!(full.len(), 8_192);
    let narrow = f.ledger.tile(tile(0, 1, 3)).await.expect("reads").expect("there");
    assert_eq!(narrow, full[..96]);
    let edge = f
        .ledger
        .tile(tile(0, 2, 88))
        .await
        .expect("reads")
        .expect("there");
    assert_eq!(edge.len(), 88 * 32);
    let above = f.ledger.tile(tile(1, 0, 2)).await.expect("reads").expect("there");
    assert_eq!(above.len(), 64);
    assert_eq!(above[..32], f.ledger.root_at(256).await.expect("a root").0);
    for beyond in [
        tile(0, 2, 89),
        tile(0, 3, 1),
        tile(1, 0, 3),
        tile(2, 0, 1),
        tile(0, 2, 256),
    ] {
        assert_eq!(f.ledger.tile(beyond).await.expect("reads"), None, "{beyond}");
    }
}

/// On PostgreSQL the tile was a statement after the one that records a batch and commits it.
async fn a_tile_that_cannot_be_written_takes_its_batch_along(f: &mut Fixture) {
    let mut office = Office::new(4);
    fill(&f.ledger, &mut office, 254).await;
    let (forbid, allow) = match f.engine {
        Engine::Sqlite => (
            "create trigger forbidden before insert on tile begin select raise(abort, 'forbidden'); end",
            "drop trigger forbidden",
        ),
        Engine::Postgres => (
            "alter table tile add constraint forbidden check (false)",
            "alter table tile drop constraint forbidden",
        ),
    };
    f.owner_sql(forbid).await.expect("forbidden");
    let last = office.next("the last leaf of the first tile", &[]);
    f.ledger
        .append(last.clone())
        .await
        .expect_err("its tile cannot be written");
    f.reopen().await;
    assert_eq!(f.ledger.head().size, 255);
    f.owner_sql(allow).await.expect("allowed");
    f.ledger.append(last).await.expect("recorded");
    let tile = Tile::new(0, 0, 256).expect("a tile");
    assert!(f.ledger.tile(tile).await.expect("reads").is_some());
}

async fn a_checkpoint_is_published_once_for_each_size(f: &mut Fixture) {
    let mut office = Office::new(4);
    let first = publish(&f.ledger, "first").await.expect("published");
    assert_eq!((first.size, first.root), (1, f.ledger.head().root));
    let again = publish(&f.ledger, "another").await.expect("published");
    assert_eq!(again, first, "another node was faster");
    let forked = SignedHead {
        root: [7; 32],
        ..first.clone()
    };
    let fault = f.ledger.keep_checkpoint(&forked).await.expect_err("another root");
    assert_eq!(fault.kind(), FaultKind::Damaged);
    fill(&f.ledger, &mut office, 400).await;
    let second = publish(&f.ledger, "401").await.expect("published");
    assert_eq!((second.size, second.note.as_str()), (401, "401"));
    assert_eq!(
        f.ledger.latest_checkpoint().await.expect("reads"),
        Some(second.clone())
    );
    assert_eq!(f.ledger.checkpoint_reaching(1).await.expect("reads"), Some(first));
    assert_eq!(
        f.ledger.checkpoint_reaching(2).await.expect("reads"),
        Some(second)
    );
    assert_eq!(f.ledger.checkpoint_reaching(402).await.expect("reads"), None);
}

/// Checks the log, then publishes what a signer would have written.
async fn publish(ledger: &Ledger<Heard>, note: &str) -> Result<SignedHead, Fault> {
    let last = ledger.latest_checkpoint().await?;
    let head = ledger.recheck(last.map(|last| (last.size, last.root))).await?;
    let signed = SignedHead {
        size: head.size,
        root: head.root,
        note: note.to_owned(),
    };
    ledger.keep_checkpoint(&signed).await
}

/// What an intruder with the rights of the owner does.
async fn past_the_guards(f: &Fixture, table: &str, sql: &str) {
    let trigger = format!("drop trigger if exists {table}_is_never_updated; ");
    let guard = if f.database.is_some() {
        String::new()
    } else {
        trigger
    };
    f.owner_sql(&format!("{guard}{sql}")).await.expect("an intruder");
}

async fn an_edited_event_is_found_before_signing(f: &mut Fixture) {
    fill(&f.ledger, &mut Office::new(4), 5).await;
    publish(&f.ledger, "first").await.expect("published");
    let mut office = Office::new(8);
    fill(&f.ledger, &mut office, 5).await;
    let bytes = if f.database.is_some() {
        "'\\x7b7d'"
    } else {
        "x'7b7d'"
    };
    past_the_guards(
        f,
        "event",
        &format!("update event set signed = {bytes} where position = 8"),
    )
    .await;
    let fault = publish(&f.ledger, "nothing is signed").await.expect_err("found");
    assert_eq!(fault.to_string(), "checking event 8: its bytes have other hashes");
    // With the hashes changed to match, the head gives it away.
    let (hash, twin) = (blake3::hash(b"{}"), <sha2::Sha256 as sha2::Digest>::digest(b"{}"));
    let hex = |bytes: &[u8]| match f.database {
        Some(_) => format!("'\\x{}'", hex::encode(bytes)),
        None => format!("x'{}'", hex::encode(bytes)),
    };
    let sql = format!(
        "update event set hash = {}, twin = {} where position = 8",
        hex(hash.as_bytes()),
        hex(&twin)
    );
    past_the_guards(f, "event", &sql).await;
    let fault = publish(&f.ledger, "nothing is signed").await.expect_err("found");
    assert_eq!(
        fault.to_string(),
        "checking the log: the events after 6 do not lead to the root of the head"
    );
}

async fn an_edited_tile_is_found_before_signing(f: &mut Fixture) {
    fill(&f.ledger, &mut Office::new(4), 300).await;
    let hashes = if f.database.is_some() {
        "decode(repeat('00', 8192), 'hex')"
    } else {
        "zeroblob(8192)"
    };
    past_the_guards(f, "tile", &format!("update tile set hashes = {hashes}")).await;
    let fault = publish(&f.ledger, "nothing is signed").await.expect_err("found");
    assert!(
        fault.to_string().starts_with("checking tile tile/0/000"),
        "{fault}"
    );
    let opened = Ledger::open(&f.location, Heard, f.clock.clone(), f.options.clone()).await;
    assert!(matches!(opened, Err(fault) if fault.kind() == FaultKind::Damaged));
}

async fn an_old_backup_is_not_signed_for(f: &mut Fixture) {
    fill(&f.ledger, &mut Office::new(4), 5).await;
    let (size, root) = (f.ledger.head().size, f.ledger.head().root);
    assert_eq!(
        f.ledger
            .recheck(Some((size, root)))
            .await
            .expect("it continues")
            .size,
        size
    );
    let short = f
        .ledger
        .recheck(Some((size + 1, root)))
        .await
        .expect_err("too short");
    assert!(short.to_string().contains("an old backup?"), "{short}");
    let other = f
        .ledger
        .recheck(Some((size - 1, root)))
        .await
        .expect_err("another past");
    assert!(other.to_string().contains("another root"), "{other}");
}

async fn a_head_that_its_events_do_not_lead_to_is_not_opened(f: &mut Fixture) {
    fill(&f.ledger, &mut Office::new(4), 5).await;
    let bytes = if f.database.is_some() {
        "decode(repeat('00', 32), 'hex')"
    } else {
        "zeroblob(32)"
    };
    past_the_guards(
        f,
        "event",
        &format!("update event set twin = {bytes} where position = 3"),
    )
    .await;
    let opened = Ledger::open(&f.location, Heard, f.clock.clone(), f.options.clone()).await;
    assert!(matches!(opened, Err(fault) if fault.kind() == FaultKind::Damaged));
}

async fn a_token_is_good_until_it_is_revoked(f: &mut Fixture) {
    let hash = [5; 32];
    assert_eq!(f.ledger.find_token(&hash).await.expect("reads"), None);
    f.ledger.add_token(&hash, 42, "the portal").await.expect("added");
    let token = f.ledger.find_token(&hash).await.expect("reads").expect("there");
    assert_eq!(
        (token.office, token.label.as_str(), token.revoked_at_ms),
        (42, "the portal", None)
    );
    assert_eq!(token.created_at_ms, 1_000);
    assert!(f.ledger.add_token(&hash, 43, "again").await.is_err());
    assert!(f.ledger.revoke_token(&hash).await.expect("revoked"));
    assert!(!f.ledger.revoke_token(&hash).await.expect("revoked before"));
    let tokens = f.ledger.tokens().await.expect("reads");
    assert_eq!((tokens.len(), tokens[0].revoked_at_ms), (1, Some(1_000)));
    // The sequencer goes on after a refused write beside it.
    fill(&f.ledger, &mut Office::new(4), 1).await;
}

/// 256 · 256 leaves make the first full tile of level 1; a few more begin a third level.
async fn a_tree_with_three_levels_of_tiles_is_loaded_again_and_proved(f: &mut Fixture) {
    let mut office = Office::new(4);
    fill(&f.ledger, &mut office, 65_536 + 300).await;
    f.reopen().await;
    fill(&f.ledger, &mut office, 3).await;
    let head = f.ledger.recheck(None).await.expect("it holds");
    assert_eq!(head.size, 65_536 + 304);
    for position in [0, 65_535, 65_536, 65_839] {
        let stored = f.ledger.stored(position).await.expect("reads").expect("there");
        let proof = f
            .ledger
            .inclusion_proof(position, head.size)
            .await
            .expect("a proof");
        let leaf = leaf_hash(&stored.leaf_entry());
        verify_inclusion(position, head.size, leaf, Hash(head.root), &proof).expect("it holds");
    }
    let old_root = f.ledger.root_at(60_000).await.expect("a root");
    let proof = f
        .ledger
        .consistency_proof(60_000, head.size)
        .await
        .expect("a proof");
    verify_consistency(60_000, head.size, old_root, Hash(head.root), &proof).expect("it holds");
    let top = Tile::new(2, 0, 1).expect("a tile");
    assert_eq!(f.ledger.tile(top).await.expect("reads").expect("there").len(), 32);
}
