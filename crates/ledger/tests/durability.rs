//! Everything that can go wrong around a commit, on purpose: no receipt is lost, no event recorded twice, nothing half-written.
#![allow(clippy::expect_used, reason = "a test fails by panicking")]

mod suite;

use std::time::Duration;

use ledger::{AppendError, Candidate, Failure, Ledger, Options, Point, ReadOnlyReason, Receipt, Status};
use suite::check;
use suite::fixture::{Fixture, Stall};
use suite::sample::{Heard, Office, Said, TALLY, creates};

both_engines! {
    whatever_fails_around_a_commit_no_receipt_is_lost_and_nothing_is_recorded_twice
    a_commit_that_is_lost_while_the_store_is_away_has_an_unknown_outcome
    a_full_disk_makes_the_ledger_read_only_until_a_probe_is_written
    a_failed_write_leaves_the_outcome_unknown_until_the_store_is_trusted_again
    a_crash_of_the_process_before_the_answer_loses_no_event
    a_store_that_does_not_answer_makes_the_ledger_read_only_until_it_does
}

mod sqlite_only {
    use super::suite::fixture::judge;

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn a_file_that_may_not_grow_makes_the_ledger_read_only_and_loses_nothing() {
        judge(
            ledger::Engine::Sqlite,
            super::a_file_that_may_not_grow_makes_the_ledger_read_only_and_loses_nothing,
        )
        .await;
    }
}

/// Asks until there is a receipt, waiting for the ledger when it says that it cannot. Whatever the answers on the way, the
/// event must end up in the log once.
async fn insist(ledger: &Ledger<Heard>, candidate: Candidate<Said>) -> Receipt {
    let mut status = ledger.follow_status();
    loop {
        match ledger.append(candidate.clone()).await {
            Ok(receipt) => return receipt,
            Err(AppendError::ReadOnly(_) | AppendError::OutcomeUnknown | AppendError::Busy) => {}
            Err(other) => panic!("{other}"),
        }
        status
            .wait_for(|status| *status == Status::Writable)
            .await
            .expect("the sequencer lives");
    }
}

async fn whatever_fails_around_a_commit_no_receipt_is_lost_and_nothing_is_recorded_twice(f: &mut Fixture) {
    let failures = [
        Failure::NotPersisted,
        Failure::Persisted,
        Failure::DiskFull,
        Failure::WriteFailed,
    ];
    let mut offices: Vec<Office> = (1..=3).map(|office| Office::new(office * 4)).collect();
    let mut receipts: Vec<Receipt> = Vec::new();
    for point in Point::OF_A_COMMIT {
        for failure in failures {
            // How often loading the head fails afterwards: never, once (the batch's own retry), twice (the recovery's too).
            for failed_loads in 0..=2 {
                f.faults.play(point, failure);
                for _ in 0..failed_loads {
                    f.faults.play(Point::Load, Failure::NotPersisted);
                }
                let before = f.ledger.head().size;
                let candidates: Vec<_> = offices
                    .iter_mut()
                    .map(|office| office.next("through it all", &[]))
                    .collect();
                let ledger = &f.ledger;
                let asked = candidates
                    .iter()
                    .map(|candidate| insist(ledger, candidate.clone()));
                let answers = futures_util::future::join_all(asked).await;
                let case = format!("{point:?} {failure:?} {failed_loads}");
                assert_eq!(f.faults.left(), 0, "all was played: {case}");
                assert_eq!(
                    f.ledger.stored_head().await.expect("reads").size,
                    before + 3,
                    "{case}"
                );
                for (candidate, receipt) in candidates.into_iter().zip(&answers) {
                    assert_eq!(
                        f.ledger.append(candidate).await.expect("again"),
                        *receipt,
                        "{case}"
                    );
                }
                receipts.extend(answers);
            }
        }
        check::whole(&f.ledger).await;
    }
    f.reopen().await;
    check::whole(&f.ledger).await;
    for receipt in &receipts {
        check::kept(&f.ledger, receipt).await;
    }
    let tally = f
        .ledger
        .reader_of_all()
        .await
        .expect("caught up")
        .row(&TALLY, &[4.into()])
        .await
        .expect("reads")
        .expect("a row");
    assert_eq!(
        tally.int("events").expect("a number"),
        receipts.len() as i64 / 3,
        "projected once each"
    );
}

async fn a_commit_that_is_lost_while_the_store_is_away_has_an_unknown_outcome(f: &mut Fixture) {
    for (number, failure) in [Failure::Persisted, Failure::NotPersisted]
        .into_iter()
        .enumerate()
    {
        f.faults.play(Point::Commit, failure);
        f.faults.play(Point::Load, Failure::NotPersisted);
        let candidate = Office::new(4 + number as i64 * 4).candidate("lost", &[]);
        let unknown = f.ledger.append(candidate.clone()).await;
        assert!(matches!(unknown, Err(AppendError::OutcomeUnknown)), "{unknown:?}");
        f.writable().await;
        let recorded = f
            .ledger
            .by_event_id(&candidate.event_id)
            .await
            .expect("reads")
            .is_some();
        assert_eq!(recorded, failure == Failure::Persisted);
        let receipt = f
            .ledger
            .append(candidate)
            .await
            .expect("the same question has an answer now");
        check::kept(&f.ledger, &receipt).await;
    }
    check::whole(&f.ledger).await;
}

async fn a_full_disk_makes_the_ledger_read_only_until_a_probe_is_written(f: &mut Fixture) {
    let mut office = Office::new(4);
    let candidate = office.next("no room", &[creates(1)]);
    f.faults.play(Point::Commit, Failure::DiskFull);
    f.faults.play(Point::Probe, Failure::DiskFull);
    f.faults.play(Point::Probe, Failure::DiskFull);
    let refused = f.ledger.append(candidate.clone()).await;
    assert!(
        matches!(refused, Err(AppendError::ReadOnly(ReadOnlyReason::DiskFull))),
        "{refused:?}"
    );
    assert_eq!(f.ledger.status(), Status::ReadOnly(ReadOnlyReason::DiskFull));
    let waiting = f.ledger.append(candidate.clone()).await;
    assert!(
        matches!(waiting, Err(AppendError::ReadOnly(ReadOnlyReason::DiskFull))),
        "{waiting:?}"
    );
    assert_eq!(f.ledger.stored_head().await.expect("reading goes on").size, 1);
    f.writable().await;
    assert_eq!(f.faults.left(), 0);
    f.ledger.append(candidate).await.expect("there is room");
    check::whole(&f.ledger).await;
}

async fn a_failed_write_leaves_the_outcome_unknown_until_the_store_is_trusted_again(f: &mut Fixture) {
    let candidate = Office::new(4).next("written?", &[]);
    f.faults.play(Point::Commit, Failure::WriteFailed);
    f.faults.play(Point::Probe, Failure::WriteFailed);
    let unknown = f.ledger.append(candidate.clone()).await;
    assert!(matches!(unknown, Err(AppendError::OutcomeUnknown)), "{unknown:?}");
    assert_eq!(f.ledger.status(), Status::ReadOnly(ReadOnlyReason::WriteFailed));
    f.writable().await;
    let receipt = f.ledger.append(candidate).await.expect("recorded");
    check::kept(&f.ledger, &receipt).await;
    check::whole(&f.ledger).await;
}

async fn a_crash_of_the_process_before_the_answer_loses_no_event(f: &mut Fixture) {
    // Persisted, but neither published nor answered: what a kill between the commit and the answer leaves behind.
    f.faults.play(Point::Commit, Failure::Persisted);
    for _ in 0..3 {
        f.faults.play(Point::Load, Failure::NotPersisted);
    }
    let candidate = Office::new(4).next("told nobody", &[creates(1)]);
    let unknown = f.ledger.append(candidate.clone()).await;
    assert!(matches!(unknown, Err(AppendError::OutcomeUnknown)));
    f.options = Options {
        faults: ledger::Faults::default(),
        ..f.options.clone()
    };
    f.reopen().await;
    let receipt = f.ledger.append(candidate).await.expect("the first receipt");
    assert_eq!((receipt.position, receipt.tree_size), (1, 2));
    check::whole(&f.ledger).await;
}

async fn a_store_that_does_not_answer_makes_the_ledger_read_only_until_it_does(f: &mut Fixture) {
    f.options = Options {
        statement_timeout: Duration::from_millis(100),
        ..f.options.clone()
    };
    f.reopen().await;
    let stall = f.stall().await;
    let candidate = Office::new(4).next("is anybody there", &[]);
    match stall {
        // SQLite's own patience is what ends the waiting there; the ledger is asked while the lock is held only on PostgreSQL.
        Stall::Sqlite(_) => stall.end().await,
        Stall::Postgres(_) => {
            let refused = f.ledger.append(candidate.clone()).await;
            assert!(
                matches!(refused, Err(AppendError::ReadOnly(ReadOnlyReason::Unreachable))),
                "{refused:?}"
            );
            stall.end().await;
        }
    }
    insist(&f.ledger, candidate).await;
    assert_eq!(f.ledger.head().size, 2);
    check::whole(&f.ledger).await;
}

/// The real thing: SQLite itself answers that the disk is full.
async fn a_file_that_may_not_grow_makes_the_ledger_read_only_and_loses_nothing(f: &mut Fixture) {
    f.options = Options {
        max_file_bytes: Some(4 << 20),
        ..f.options.clone()
    };
    f.reopen().await;
    let mut office = Office::new(4);
    let mut receipts = Vec::new();
    let refused = loop {
        let mut candidate = office.next(&format!("event {}", receipts.len()), &[]);
        candidate.sealed_body = vec![7; 100_000].into();
        match f.ledger.append(candidate.clone()).await {
            Ok(receipt) => receipts.push(receipt),
            Err(error) => break (candidate, error),
        }
        assert!(receipts.len() < 100, "the file cannot hold that much");
    };
    let (candidate, error) = refused;
    assert!(
        matches!(error, AppendError::ReadOnly(ReadOnlyReason::DiskFull)),
        "{error:?}"
    );
    assert_eq!(f.ledger.status(), Status::ReadOnly(ReadOnlyReason::DiskFull));
    assert!(receipts.len() > 10);
    check::whole(&f.ledger).await;
    for receipt in &receipts {
        check::kept(&f.ledger, receipt).await;
    }
    f.options = Options {
        max_file_bytes: None,
        ..f.options.clone()
    };
    f.reopen().await;
    let receipt = f.ledger.append(candidate).await.expect("there is room now");
    assert_eq!(receipt.position, receipts.len() as u64 + 1);
    check::whole(&f.ledger).await;
}
