//! PostgreSQL stopped and started under load: no receipt is lost, no event recorded twice.
#![allow(clippy::expect_used, reason = "a test fails by panicking")]

mod suite;

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};

use ledger::{AppendError, Ledger, Location, Options, Receipt, Status};
use suite::check;
use suite::cluster::{Cluster, Stop};
use suite::fixture::Hands;
use suite::sample::{Heard, Office, TALLY, founding};

const WRITERS: i64 = 8;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_stopped_and_started_under_load_loses_no_receipt_and_records_nothing_twice() {
    if std::env::var_os("HOTICH_ONLY_SQLITE").is_some_and(|only| only == "1") {
        eprintln!("not judged on PostgreSQL: HOTICH_ONLY_SQLITE=1");
        return;
    }
    let mut cluster = Cluster::new();
    let location = Location::Postgres(Box::new(cluster.options()));
    let clock = Arc::new(Hands(AtomicI64::new(1)));
    let (ledger, _) = Ledger::init(&location, founding(), Heard, clock, Options::default())
        .await
        .expect("a new ledger");
    let enough = Arc::new(AtomicBool::new(false));
    let writers: Vec<_> = (1..=WRITERS)
        .map(|writer| tokio::spawn(write(ledger.clone(), writer * 4, Arc::clone(&enough))))
        .collect();
    let mut head = ledger.follow();
    for stop in [Stop::Immediate, Stop::Fast, Stop::Immediate, Stop::Fast] {
        let so_far = head.borrow_and_update().size;
        head.wait_for(|head| head.size >= so_far + 100)
            .await
            .expect("the sequencer lives");
        cluster.stop(stop);
        let mut status = ledger.follow_status();
        status
            .wait_for(|status| *status != Status::Writable)
            .await
            .expect("the sequencer lives");
        cluster.start();
    }
    let so_far = head.borrow_and_update().size;
    head.wait_for(|head| head.size >= so_far + 100)
        .await
        .expect("the sequencer lives");
    enough.store(true, Ordering::Relaxed);
    let mut positions = BTreeSet::new();
    for (writer, stream) in writers.into_iter().zip((1..=WRITERS).map(|writer| writer * 4)) {
        let receipts = writer.await.expect("it ends");
        for receipt in &receipts {
            check::kept(&ledger, receipt).await;
            assert!(positions.insert(receipt.position), "{receipt:?}");
        }
        let tally = ledger
            .reader_of_all()
            .await
            .expect("caught up")
            .row(&TALLY, &[stream.into()])
            .await
            .expect("reads")
            .expect("a row");
        assert_eq!(
            tally.int("events").expect("a number"),
            receipts.len() as i64,
            "projected once each"
        );
    }
    check::whole(&ledger).await;
    assert_eq!(
        ledger.head().size,
        positions.len() as u64 + 1,
        "nothing is in the log that nobody has a receipt for"
    );
    ledger.close().await.expect("it closes");
}

/// Appends one event after the other, each until there is a receipt.
async fn write(ledger: Ledger<Heard>, stream: i64, enough: Arc<AtomicBool>) -> Vec<Receipt> {
    let mut office = Office::new(stream);
    let mut receipts = Vec::new();
    while !enough.load(Ordering::Relaxed) {
        let candidate = office.next("under load", &[]);
        let receipt = loop {
            match ledger.append(candidate.clone()).await {
                Ok(receipt) => break receipt,
                Err(AppendError::ReadOnly(_) | AppendError::OutcomeUnknown) => {
                    let mut status = ledger.follow_status();
                    status
                        .wait_for(|status| *status == Status::Writable)
                        .await
                        .expect("the sequencer lives");
                }
                Err(other) => panic!("{other}"),
            }
        };
        receipts.push(receipt);
    }
    receipts
}
