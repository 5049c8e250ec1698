//! The log's word about itself, whatever happens to ledger, lock store, witnesses, network and clock.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test fails by panicking"
)]

mod town;

use std::sync::atomic::Ordering;

use ledger::FaultKind;
use registry::RegistryError;
use registry::publisher::{FindingKind, Turn};
use sqlx::Connection as _;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use tlog::{Checkpoint, Hash, KeyKind, Policy, SignerKey};
use town::{Ledger, ORIGIN, Town, closed, log_key, published};
use witness::{Answer, Memory, Seen, Trouble};

fn kinds(turn: Turn) -> Vec<FindingKind> {
    let mut kinds: Vec<_> = closed(turn).iter().map(|finding| finding.kind).collect();
    kinds.dedup();
    kinds
}

#[tokio::test]
async fn what_is_recorded_is_signed_cosigned_and_published() {
    let town = Town::new().await;
    let mut publisher = town.publisher().await;
    assert_eq!(published(publisher.turn().await.unwrap()), 5);
    assert!(matches!(publisher.turn().await.unwrap(), Turn::Settled));
    town.ledger.grow(3, "xã").await;
    assert_eq!(published(publisher.turn().await.unwrap()), 8);
    let latest = town.ledger.registry.latest_checkpoint().await.unwrap();
    let believed = town.policy.open(latest.note.as_bytes()).unwrap();
    assert_eq!(believed.cosignatures().len(), 3);
    assert_eq!(believed.checkpoint().root().0, town.ledger.registry.head().root);
    assert_eq!(town.locked().await.unwrap().size, 8);
    for memory in &town.network.memories {
        assert_eq!(memory.last(ORIGIN).await.unwrap().unwrap().size, 8);
    }
}

#[tokio::test]
async fn a_second_key_signs_every_checkpoint_too() {
    let town = Town::new().await;
    let second = SignerKey::new(ORIGIN, KeyKind::MlDsa44, &[2; 32]).unwrap();
    let publisher = town.try_publisher(
        &town.ledger,
        town.lock().await,
        vec![log_key(), second.clone()],
        None,
    );
    assert_eq!(published(publisher.unwrap().turn().await.unwrap()), 5);
    let latest = town.ledger.registry.latest_checkpoint().await.unwrap();
    for key in [log_key(), second] {
        let keys = [key.verifier().clone()];
        assert_eq!(
            Checkpoint::open(latest.note.as_bytes(), &keys, &[])
                .unwrap()
                .checkpoint()
                .size(),
            5
        );
    }
}

#[tokio::test]
async fn a_key_or_a_policy_that_is_not_the_logs_signs_nothing() {
    let town = Town::new().await;
    let key = |name: &str, kind, byte| SignerKey::new(name, kind, &[byte; 32]).unwrap();
    let stranger = key(ORIGIN, KeyKind::Ed25519, 9);
    let elsewhere = Policy::parse(format!("log {}\nquorum none\n", stranger.verifier()).as_bytes()).unwrap();
    for (keys, policy) in [
        (vec![], None),
        (vec![stranger], None),
        (vec![key(ORIGIN, KeyKind::MlDsa44, 2)], None),
        (vec![log_key(), key("other.example", KeyKind::MlDsa44, 2)], None),
        (vec![log_key(), key(ORIGIN, KeyKind::Ed25519, 2)], None),
        (vec![log_key()], Some(elsewhere)),
    ] {
        let refused = town
            .try_publisher(&town.ledger, town.lock().await, keys, policy)
            .err()
            .unwrap();
        assert!(
            matches!(&refused, RegistryError::Fault(fault) if fault.kind() == FaultKind::Request),
            "{refused}"
        );
    }
    assert_eq!((town.locked().await, town.published().await), (None, 0));
}

#[tokio::test]
async fn without_a_quorum_the_checkpoint_before_stays_and_recording_goes_on() {
    let town = Town::new().await;
    let mut publisher = town.publisher().await;
    assert_eq!(published(publisher.turn().await.unwrap()), 5);
    town.network.cut.store(0b011, Ordering::SeqCst);
    town.ledger.grow(2, "xã").await;
    for _ in 0..3 {
        let Turn::Waiting { size, troubles } = publisher.turn().await.unwrap() else {
            panic!("two of three are gone")
        };
        assert_eq!(size, 7);
        assert_eq!(troubles.len(), 2);
        assert!(
            troubles
                .iter()
                .all(|(_, trouble)| matches!(trouble, Trouble::Unreachable(_))),
            "{troubles:?}"
        );
        assert_eq!(town.published().await, 5);
    }
    let refused = publisher.settle().await.unwrap_err();
    assert!(
        refused
            .to_string()
            .contains("too few witnesses have cosigned (w1: "),
        "{refused}"
    );
    town.ledger.grow(2, "xã").await;
    assert_eq!(town.ledger.size(), 9);
    // With one of them back: first what waited, as it was signed; then what came since.
    town.network.cut.store(0b001, Ordering::SeqCst);
    let waited = town.locked().await.unwrap();
    assert_eq!(published(publisher.turn().await.unwrap()), 7);
    town.latest_is_as_it_was_signed(&waited.note).await;
    assert_eq!(published(publisher.turn().await.unwrap()), 9);
}

#[tokio::test]
async fn a_crash_between_signing_and_publishing_publishes_what_was_signed() {
    let town = Town::new().await;
    town.network.cut.store(0b111, Ordering::SeqCst);
    let mut before = town.publisher().await;
    assert!(matches!(
        before.turn().await.unwrap(),
        Turn::Waiting { size: 5, .. }
    ));
    drop(before);
    town.ledger.grow(3, "xã").await;
    let signed = town.locked().await.unwrap();
    town.network.cut.store(0, Ordering::SeqCst);
    let mut after = town.publisher().await;
    assert_eq!(published(after.turn().await.unwrap()), 5);
    town.latest_is_as_it_was_signed(&signed.note).await;
    assert_eq!(published(after.turn().await.unwrap()), 8);
}

#[tokio::test]
async fn of_two_publishers_at_once_neither_signs_what_the_other_did_not() {
    let town = Town::new().await;
    let (mut one, mut two) = (town.publisher().await, town.publisher().await);
    let other = town.ledger.open(town.ledger.file.parent().unwrap()).await;
    let mut three = town.publisher_of(&other, town.lock().await);
    for round in 0..10 {
        town.ledger.grow(2, "xã").await;
        let turns = tokio::join!(one.turn(), two.turn(), three.turn());
        for turn in [turns.0, turns.1, turns.2] {
            assert!(!matches!(turn.unwrap(), Turn::Closed(_)), "round {round}");
        }
        one.settle().await.unwrap();
        assert_eq!(town.published().await, town.ledger.size());
        assert_eq!(town.locked().await.unwrap().size, town.ledger.size());
    }
    // Every size has one root, in the table and with the witnesses.
    for size in 1..=town.ledger.size() {
        let Some(found) = town
            .ledger
            .registry
            .ledger()
            .checkpoint_reaching(size)
            .await
            .unwrap()
        else {
            continue;
        };
        assert_eq!(
            Hash(found.root),
            town.ledger.registry.ledger().root_at(found.size).await.unwrap()
        );
    }
    for memory in &town.network.memories {
        let seen = memory.last(ORIGIN).await.unwrap().unwrap();
        assert_eq!(
            seen.root,
            town.ledger.registry.ledger().root_at(seen.size).await.unwrap()
        );
    }
}

/// A server knew only what it had recorded itself, and had no proof for its witnesses and no tile for anybody of what another had recorded:
/// nothing was published, and what was published could not be checked.
#[tokio::test]
async fn a_server_publishes_and_proves_what_another_recorded() {
    let town = Town::new().await;
    let mut publisher = town.publisher().await;
    assert_eq!(published(publisher.turn().await.unwrap()), 5);
    let other = town.ledger.open(town.ledger.file.parent().unwrap()).await;
    other.grow(3, "xã").await;
    assert_eq!(town.ledger.size(), 5, "it has not recorded anything since");
    assert_eq!(published(publisher.turn().await.unwrap()), 8);
    for path in ["tile/0/000.p/8", "tile/entries/000.p/8"] {
        assert!(town.ledger.registry.tile(path).await.is_ok(), "{path}");
    }
    assert!(town.ledger.registry.tile("tile/0/000.p/9").await.is_err());
}

#[tokio::test]
async fn an_old_backup_is_not_signed_for_until_it_has_caught_up() {
    let town = Town::new().await;
    let mut publisher = town.publisher().await;
    publisher.settle().await.unwrap();
    let backup = town.backup("backup").await;
    town.ledger.grow(3, "xã").await;
    publisher.settle().await.unwrap();
    let posts = town.network.posts.load(Ordering::SeqCst);
    let restored = town.ledger.open(&backup).await;
    assert_eq!(restored.size(), 5);
    let mut guarded = town.publisher_of(&restored, town.lock().await);
    let findings = closed(guarded.turn().await.unwrap());
    let by: Vec<_> = findings.iter().map(|finding| finding.by.as_str()).collect();
    assert_eq!(by, ["lock store", "witness w1", "witness w2", "witness w3"]);
    for finding in &findings {
        assert_eq!(
            (finding.kind, finding.size, finding.signed),
            (FindingKind::LedgerBehind, 5, 8)
        );
        assert!(finding.to_string().contains("an old backup?"), "{finding}");
    }
    assert!(guarded.settle().await.is_err());
    // Recording goes on; nothing is signed for, and no witness was asked.
    restored.grow(1, "xã").await;
    assert!(matches!(guarded.turn().await.unwrap(), Turn::Closed(_)));
    assert_eq!(town.network.posts.load(Ordering::SeqCst), posts);
    // The same events again lead to the same tree: it has caught up, and goes on.
    restored.grow(2, "xã").await;
    let mut after = town.publisher_of(&restored, town.lock().await);
    assert_eq!(published(after.turn().await.unwrap()), 8);
    restored.grow(1, "xã").await;
    assert_eq!(published(after.turn().await.unwrap()), 9);
}

#[tokio::test]
async fn a_restored_ledger_that_went_another_way_is_never_signed_for() {
    let town = Town::new().await;
    let backup = town.backup("backup").await;
    town.ledger.grow(3, "xã").await;
    town.publisher().await.settle().await.unwrap();
    let restored = town.ledger.open(&backup).await;
    restored.grow(9, "phường").await;
    let turn = town
        .publisher_of(&restored, town.lock().await)
        .turn()
        .await
        .unwrap();
    let findings = closed(turn);
    assert!(
        findings
            .iter()
            .all(|finding| finding.kind == FindingKind::LedgerDiffers && finding.signed == 8)
    );
    assert!(findings[0].to_string().contains("another history"));
    // Even if its operator throws the lock store away, the witnesses know, and nothing can be adopted.
    let empty = Memory::file(&town.folder.path().join("empty.db")).await.unwrap();
    let mut forgetful = town.publisher_of(&restored, empty.clone());
    let found = kinds(forgetful.turn().await.unwrap());
    assert_eq!(found, [FindingKind::LedgerDiffers, FindingKind::LockForgot]);
    assert_eq!(forgetful.adopt().await.unwrap(), None);
    assert_eq!(empty.last(ORIGIN).await.unwrap(), None);
}

#[tokio::test]
async fn a_restored_ledger_without_lock_store_gets_no_cosignature_from_witnesses_that_come_back() {
    let town = Town::new().await;
    let backup = town.backup("backup").await;
    town.ledger.grow(3, "xã").await;
    town.publisher().await.settle().await.unwrap();
    let restored = town.ledger.open(&backup).await;
    restored.grow(9, "phường").await;
    // Nobody can be asked when it starts, so it signs; but nobody is shown that.
    town.network.cut.store(0b111, Ordering::SeqCst);
    let empty = Memory::file(&town.folder.path().join("empty.db")).await.unwrap();
    let mut publisher = town.publisher_of(&restored, empty);
    assert!(matches!(
        publisher.turn().await.unwrap(),
        Turn::Waiting { size: 14, .. }
    ));
    town.network.cut.store(0b110, Ordering::SeqCst);
    let findings = closed(publisher.turn().await.unwrap());
    assert_eq!(findings[0].kind, FindingKind::LedgerDiffers);
    assert_eq!(
        restored.registry.ledger().latest_checkpoint().await.unwrap(),
        None
    );
    // What the log has signed twice is evidence against it.
    let evidence = findings[0].evidence.as_ref().expect("both are signed");
    let fork = evidence.verify(town.policy.logs()).unwrap();
    assert_eq!((fork.smaller.size(), fork.larger.size()), (8, 14));
}

#[tokio::test]
async fn a_lock_store_that_forgot_is_found_and_can_begin_anew_when_all_agree() {
    let town = Town::new().await;
    town.publisher().await.settle().await.unwrap();
    town.ledger.grow(2, "xã").await;
    let empty = Memory::file(&town.folder.path().join("new.db")).await.unwrap();
    let mut publisher = town.publisher_of(&town.ledger, empty.clone());
    let findings = closed(publisher.turn().await.unwrap());
    let by: Vec<_> = findings
        .iter()
        .map(|finding| (finding.kind, finding.by.as_str()))
        .collect();
    let forgot = FindingKind::LockForgot;
    assert_eq!(
        by,
        [
            (forgot, "ledger"),
            (forgot, "witness w1"),
            (forgot, "witness w2"),
            (forgot, "witness w3")
        ]
    );
    assert_eq!(publisher.adopt().await.unwrap(), Some(5));
    assert_eq!(published(publisher.turn().await.unwrap()), 7);
    assert_eq!(empty.last(ORIGIN).await.unwrap().unwrap().size, 7);
    assert_eq!(
        publisher.adopt().await.unwrap(),
        None,
        "there is nothing to adopt"
    );
    // The old one knows less now: it was rolled back, as far as anybody can tell.
    let mut old = town.publisher().await;
    assert_eq!(kinds(old.turn().await.unwrap()), [forgot]);
    assert_eq!(old.adopt().await.unwrap(), Some(7));
}

#[tokio::test]
async fn a_lock_store_that_is_rolled_back_while_it_runs_stops_the_signing() {
    let town = Town::new().await;
    let mut publisher = town.publisher().await;
    publisher.settle().await.unwrap();
    let old = town.locked().await.unwrap();
    town.ledger.grow(2, "xã").await;
    publisher.settle().await.unwrap();
    // Nothing in the store moves back by itself; somebody puts another file in its place.
    let other = Memory::file(&town.folder.path().join("rolled-back.db"))
        .await
        .unwrap();
    assert!(other.replace(ORIGIN, None, &old).await.unwrap());
    town.ledger.grow(2, "xã").await;
    let mut running = town.publisher_of(&town.ledger, other);
    assert_eq!(kinds(running.turn().await.unwrap()), [FindingKind::LockForgot]);
    assert_eq!(town.published().await, 7);
}

#[tokio::test]
async fn the_lock_store_of_another_ledger_is_not_taken_for_ones_own() {
    let town = Town::new().await;
    let stranger = SignerKey::new(ORIGIN, KeyKind::Ed25519, &[9; 32]).unwrap();
    let root = town.ledger.registry.ledger().root_at(3).await.unwrap();
    let tree = Checkpoint::new(ORIGIN, 3, root).unwrap();
    let honest = tree.sign(&log_key()).unwrap().to_string();
    for (what, seen) in [
        (
            "signed by another key",
            Seen {
                size: 3,
                root,
                note: tree.sign(&stranger).unwrap().to_string(),
            },
        ),
        (
            "no note",
            Seen {
                size: 3,
                root,
                note: "damaged".to_owned(),
            },
        ),
        (
            "another size than was signed",
            Seen {
                size: 4,
                root,
                note: honest.clone(),
            },
        ),
        (
            "another root than was signed",
            Seen {
                size: 3,
                root: Hash([1; 32]),
                note: honest,
            },
        ),
    ] {
        let lock = Memory::file(&town.folder.path().join(format!("{what}.db")))
            .await
            .unwrap();
        assert!(lock.replace(ORIGIN, None, &seen).await.unwrap());
        let mut publisher = town.publisher_of(&town.ledger, lock);
        assert_eq!(
            kinds(publisher.turn().await.unwrap()),
            [FindingKind::LockForeign],
            "{what}"
        );
        assert_eq!(publisher.adopt().await.unwrap(), None);
    }
    assert_eq!(town.published().await, 0);
}

/// A stream replayed into another ledger: another founding event, and from there another tree under the same name and key.
#[tokio::test]
async fn another_ledger_under_the_same_name_and_key_is_not_signed_for() {
    let town = Town::new().await;
    town.publisher().await.settle().await.unwrap();
    let again = Ledger::found(&town.folder.path().join("again")).await;
    again.grow(7, "thị trấn").await;
    let mut publisher = town.publisher_of(&again, town.lock().await);
    assert_eq!(
        kinds(publisher.turn().await.unwrap()),
        [FindingKind::LedgerDiffers]
    );
    assert_eq!(town.locked().await.unwrap().size, 5);
}

#[tokio::test]
async fn an_edited_row_is_found_before_anything_is_signed() {
    let town = Town::new().await;
    let mut publisher = town.publisher().await;
    publisher.settle().await.unwrap();
    let signed = town.locked().await;
    let posts = town.network.posts.load(Ordering::SeqCst);
    let backup = town.backup("edited").await;
    let edited = town.ledger.open(&backup).await;
    edited.grow(2, "xã").await;
    flip(&edited, 6).await;
    let fault = town
        .publisher_of(&edited, town.lock().await)
        .turn()
        .await
        .unwrap_err();
    assert!(
        matches!(&fault, RegistryError::Fault(fault) if fault.kind() == FaultKind::Damaged),
        "{fault}"
    );
    assert!(fault.to_string().contains("event 6"), "{fault}");
    assert_eq!(town.locked().await, signed);
    assert_eq!(town.network.posts.load(Ordering::SeqCst), posts);
}

/// What an intruder with the rights of the owner does.
async fn flip(ledger: &Ledger, position: u64) {
    let sql = format!(
        "drop trigger if exists event_is_never_updated; update event set signed = x'7b7d' where position = {position};"
    );
    let options = SqliteConnectOptions::new().filename(&ledger.file);
    let mut intruder = SqliteConnection::connect_with(&options).await.unwrap();
    sqlx::raw_sql(sqlx::AssertSqlSafe(sql))
        .execute(&mut intruder)
        .await
        .unwrap();
}

#[tokio::test]
async fn a_malicious_witness_neither_stops_nor_spoils_anything() {
    for lie in [
        Answer {
            status: 409,
            body: format!("{}\n", u64::MAX).into_bytes(),
        },
        Answer {
            status: 409,
            body: b"1\n".to_vec(),
        },
        Answer {
            status: 422,
            body: Vec::new(),
        },
        Answer {
            status: 200,
            body: b"\xE2\x80\x94 witness1.example AAAAAAAA\n".to_vec(),
        },
        Answer {
            status: 503,
            body: Vec::new(),
        },
    ] {
        let town = Town::new().await;
        town.network.lies.lock().unwrap()[0] = Some(lie.clone());
        let mut publisher = town.publisher().await;
        for _ in 0..2 {
            let Turn::Published { head, troubles } = publisher.turn().await.unwrap() else {
                panic!("two of three are honest")
            };
            assert_eq!(troubles.len(), 1, "{lie:?}");
            assert_eq!(
                town.policy
                    .open(head.note.as_bytes())
                    .unwrap()
                    .cosignatures()
                    .len(),
                2
            );
            town.ledger.grow(1, "xã").await;
        }
    }
}

#[tokio::test]
async fn two_malicious_witnesses_stop_the_publishing_and_not_the_recording() {
    let town = Town::new().await;
    for place in 0..2 {
        town.network.lies.lock().unwrap()[place] = Some(Answer {
            status: 422,
            body: Vec::new(),
        });
    }
    let mut publisher = town.publisher().await;
    assert!(
        matches!(publisher.turn().await.unwrap(), Turn::Waiting { .. }),
        "they accuse and prove nothing"
    );
    town.ledger.grow(1, "xã").await;
    town.network.lies.lock().unwrap()[0] = None;
    assert_eq!(published(publisher.turn().await.unwrap()), 5);
}

#[tokio::test]
async fn a_clock_that_jumps_changes_nothing_about_signing() {
    let town = Town::new().await;
    let mut publisher = town.publisher().await;
    for now in [1_790_000_000_000, 0, -1, 4_000_000_000_000, 1_500_000_000_000] {
        town.ledger.clock.0.store(now, Ordering::SeqCst);
        let size = town.ledger.size();
        assert_eq!(published(publisher.turn().await.unwrap()), size);
        town.ledger.grow(1, "xã").await;
    }
}

#[tokio::test]
async fn a_lock_store_that_fails_lets_nothing_be_signed() {
    let town = Town::new().await;
    let lock = town.lock().await;
    let mut publisher = town.publisher_of(&town.ledger, lock.clone());
    lock.close().await;
    let fault = publisher.turn().await.unwrap_err();
    assert!(
        fault.to_string().starts_with("asking the lock store: "),
        "{fault}"
    );
    assert_eq!(
        (town.published().await, town.network.posts.load(Ordering::SeqCst)),
        (0, 0)
    );
}

#[tokio::test]
async fn an_examination_tells_what_everybody_knows() {
    let town = Town::new().await;
    let mut publisher = town.publisher().await;
    publisher.settle().await.unwrap();
    town.network.cut.store(0b100, Ordering::SeqCst);
    town.ledger.grow(1, "xã").await;
    let told = publisher.examine().await.unwrap();
    assert_eq!((told.size, told.published, told.locked), (6, Some(5), Some(5)));
    assert_eq!(told.witnesses[0], ("w1".to_owned(), Ok(Some(5))));
    assert!(matches!(told.witnesses[2].1, Err(Trouble::Unreachable(_))));
    assert!(told.findings.is_empty());
    for kind in [
        FindingKind::LockForgot,
        FindingKind::LockForeign,
        FindingKind::LedgerBehind,
        FindingKind::LedgerDiffers,
    ] {
        assert!(!kind.code().is_empty() && kind.way_out().len() > 80);
    }
}
