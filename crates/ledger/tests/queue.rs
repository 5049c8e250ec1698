//! Many at once: the queue, the cut of batches, events that fail alone, two writers by mistake.
#![allow(clippy::expect_used, reason = "a test fails by panicking")]

mod suite;

use std::collections::BTreeSet;

use ledger::{AppendError, Options, Receipt, Touch};
use suite::check;
use suite::fixture::Fixture;
use suite::sample::{BREAK, Office, PANIC, POISON, TALLY};

both_engines! {
    a_full_queue_is_busy_and_records_what_it_took
    a_batch_is_cut_by_bytes_and_by_number
    an_event_that_a_projection_refuses_fails_alone
    sixty_four_offices_at_once_get_contiguous_positions
    two_sequencers_by_mistake_record_everything_once
    a_closed_ledger_answers_that_it_is_closed
}

async fn a_full_queue_is_busy_and_records_what_it_took(f: &mut Fixture) {
    f.options = Options {
        queue_events: 2,
        ..f.options.clone()
    };
    f.reopen().await;
    let stall = f.stall().await;
    let mut office = Office::new(4);
    let mut taken = Vec::new();
    let busy = loop {
        let before = office.clone();
        match f.ledger.submit(office.next("one more", &[])) {
            Ok(answer) => taken.push(answer),
            Err(error) => {
                office = before;
                break error;
            }
        }
        assert!(
            taken.len() <= 8,
            "the sequencer and a queue of two cannot hold that much"
        );
        tokio::task::yield_now().await;
    };
    assert!(matches!(busy, AppendError::Busy));
    let (patient, ()) = tokio::join!(
        f.ledger.append_patiently(office.next("I can wait", &[])),
        stall.end()
    );
    let all = taken.len() as u64 + 1;
    for answer in taken {
        answer.await.expect("recorded");
    }
    assert_eq!(patient.expect("recorded").position, all);
}

async fn a_batch_is_cut_by_bytes_and_by_number(f: &mut Fixture) {
    f.options = Options {
        batch_events: 3,
        batch_bytes: 600,
        ..f.options.clone()
    };
    f.reopen().await;
    let stall = f.stall().await;
    let mut office = Office::new(4);
    let answers: Vec<_> = (0..20)
        .map(|_| f.ledger.submit(office.next("one more", &[])).expect("room"))
        .collect();
    stall.end().await;
    for answer in answers {
        answer.await.expect("recorded");
    }
    let sizes: Vec<_> = f
        .ledger
        .batches(0, 100)
        .await
        .expect("reads")
        .iter()
        .map(|batch| batch.size)
        .collect();
    assert!(sizes.windows(2).all(|pair| pair[1] - pair[0] <= 3), "{sizes:?}");
    check::whole(&f.ledger).await;
}

async fn an_event_that_a_projection_refuses_fails_alone(f: &mut Fixture) {
    for words in [POISON, PANIC, BREAK] {
        let before = f.ledger.head().size;
        let stream = |number: i64| 4 * (i64::try_from(before).expect("small") * 100 + number);
        let stall = f.stall().await;
        let answers: Vec<_> = (1..=9)
            .map(|number| {
                let words = if number == 6 { words } else { "harmless" };
                f.ledger
                    .submit(Office::new(stream(number)).candidate(words, &[]))
                    .expect("room")
            })
            .collect();
        stall.end().await;
        let (mut recorded, mut failed) = (0, 0);
        for answer in answers {
            match answer.await {
                Ok(_) => recorded += 1,
                Err(AppendError::Fault(_)) => failed += 1,
                Err(other) => panic!("{other}"),
            }
        }
        assert_eq!((recorded, failed), (8, 1), "{words}");
        assert_eq!(f.ledger.head().size, before + 8);
    }
    check::whole(&f.ledger).await;
}

async fn sixty_four_offices_at_once_get_contiguous_positions(f: &mut Fixture) {
    let tasks: Vec<_> = (1..=64)
        .map(|office| {
            let ledger = f.ledger.clone();
            tokio::spawn(async move {
                let mut office = Office::new(office * 4);
                let mut receipts = Vec::new();
                for number in 0..10 {
                    let candidate = office.next(&format!("event {number}"), &[]);
                    let receipt = ledger.append(candidate).await.expect("recorded");
                    let seen = ledger
                        .reader_of_all()
                        .await
                        .expect("caught up")
                        .row(&TALLY, &[office.stream.into()])
                        .await
                        .expect("reads");
                    assert_eq!(
                        seen.expect("a row").int("events").expect("a number"),
                        number + 1,
                        "visible at once"
                    );
                    receipts.push(receipt);
                }
                receipts
            })
        })
        .collect();
    let mut receipts: Vec<Receipt> = Vec::new();
    for task in tasks {
        receipts.extend(task.await.expect("it ends"));
    }
    let positions: BTreeSet<_> = receipts.iter().map(|receipt| receipt.position).collect();
    assert_eq!(positions, (1..=640).collect());
    for receipt in &receipts {
        check::kept(&f.ledger, receipt).await;
    }
    check::whole(&f.ledger).await;
    assert!(
        f.ledger.batches(0, 1_000).await.expect("reads").len() < 640,
        "commits were shared"
    );
}

async fn two_sequencers_by_mistake_record_everything_once(f: &mut Fixture) {
    let other = f.another().await;
    let mut tasks = Vec::new();
    for stream in 1..=8 {
        let ledger = if stream % 2 == 0 {
            f.ledger.clone()
        } else {
            other.clone()
        };
        tasks.push(tokio::spawn(async move {
            let mut office = Office::new(stream * 4);
            for number in 0..20 {
                let candidate = office.next(&format!("event {number}"), &[]);
                let mut answer = ledger.append(candidate.clone()).await;
                while matches!(answer, Err(AppendError::Busy | AppendError::ReadOnly(_))) {
                    answer = ledger.append(candidate.clone()).await;
                }
                answer.expect("recorded");
            }
        }));
    }
    for task in tasks {
        task.await.expect("it ends");
    }
    assert_eq!(f.ledger.stored_head().await.expect("reads").size, 161);
    check::whole(&other).await;
    other.close().await.expect("it closes");
}

async fn a_closed_ledger_answers_that_it_is_closed(f: &mut Fixture) {
    let mut office = Office::new(4);
    let waiting: Vec<_> = (0..10)
        .map(|_| f.ledger.submit(office.next("in time", &[])).expect("room"))
        .collect();
    f.ledger.close().await.expect("it closes");
    for answer in waiting {
        answer.await.expect("what was in the queue is recorded");
    }
    let touch = Touch {
        entry: [1; 16],
        basis: None,
        advances: true,
    };
    let late = f.ledger.append(office.next("too late", &[touch])).await;
    assert!(matches!(
        late,
        Err(AppendError::ReadOnly(ledger::ReadOnlyReason::Closed))
    ));
}
