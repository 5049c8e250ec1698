//! What is recorded, what is refused, and what is answered.
#![allow(clippy::expect_used, reason = "a test fails by panicking")]

mod suite;

use std::collections::BTreeSet;
use std::sync::atomic::Ordering;

use bytes::Bytes;
use ledger::{AppendError, Conflict, FaultKind, Ledger};
use suite::check;
use suite::fixture::Fixture;
use suite::sample::{HEARD, Heard, Office, TALLY, creates, follows, founding, reads};

both_engines! {
    a_receipt_says_what_is_in_the_log
    the_same_bytes_again_get_the_first_receipt_whatever_has_happened_since
    the_same_bytes_twice_in_one_batch_get_one_receipt
    an_event_id_with_other_bytes_is_refused
    an_entry_is_not_opened_again_by_a_ledger_that_has_forgotten_it
    a_gap_or_a_stale_prev_in_a_stream_is_refused_with_the_head
    the_first_event_of_a_stream_follows_the_founding_event
    a_stale_basis_is_refused_with_the_head_of_the_entry
    an_entry_that_is_there_cannot_be_new_and_one_that_is_not_cannot_be_amended
    a_touch_that_only_reads_is_found_and_does_not_move_the_head
    an_event_may_name_an_entry_twice
    an_act_on_several_entries_moves_all_of_them_or_none
    what_the_administration_recorded_meanwhile_is_a_reason_to_judge_again
    recorded_time_never_runs_backwards
    bytes_that_are_too_many_or_have_other_hashes_never_enter_the_queue
    a_second_founding_is_refused
    a_founding_that_was_interrupted_is_finished_by_the_same_command
    an_entry_as_it_stood_at_a_position_is_read_back
}

async fn a_receipt_says_what_is_in_the_log(f: &mut Fixture) {
    let mut office = Office::new(4);
    let first = f
        .ledger
        .append(office.next("born", &[creates(1)]))
        .await
        .expect("recorded");
    let second = f
        .ledger
        .append(office.next("corrected", &[follows(1, &first)]))
        .await
        .expect("recorded");
    assert_eq!([first.position, second.position], [1, 2]);
    check::kept(&f.ledger, &first).await;
    check::kept(&f.ledger, &second).await;
    let rows = f.ledger.reader().rows(&HEARD, &[]).await.expect("reads");
    let words: Vec<_> = rows.iter().map(|row| row.text("words").expect("text")).collect();
    assert_eq!(words, ["founding", "born", "corrected"]);
    let tally = f
        .ledger
        .reader_of_all()
        .await
        .expect("caught up")
        .row(&TALLY, &[4.into()])
        .await
        .expect("reads")
        .expect("a row");
    assert_eq!(tally.int("events").expect("a number"), 2);
    check::whole(&f.ledger).await;
    f.reopen().await;
    check::whole(&f.ledger).await;
}

async fn the_same_bytes_again_get_the_first_receipt_whatever_has_happened_since(f: &mut Fixture) {
    let mut office = Office::new(4);
    let candidate = office.next("born", &[creates(1)]);
    let first = f.ledger.append(candidate.clone()).await.expect("recorded");
    f.ledger
        .append(office.next("corrected", &[follows(1, &first)]))
        .await
        .expect("recorded");
    f.ledger
        .append(Office::new(0).next("a key is revoked", &[]))
        .await
        .expect("recorded");
    assert_eq!(f.ledger.append(candidate.clone()).await.expect("again"), first);
    f.reopen().await;
    assert_eq!(f.ledger.append(candidate).await.expect("again"), first);
    assert_eq!(f.ledger.head().size, 4);
}

async fn the_same_bytes_twice_in_one_batch_get_one_receipt(f: &mut Fixture) {
    let candidate = Office::new(4).next("born", &[creates(1)]);
    let stall = f.stall().await;
    let answers: Vec<_> = (0..3)
        .map(|_| f.ledger.submit(candidate.clone()).expect("room"))
        .collect();
    stall.end().await;
    let mut receipts = BTreeSet::new();
    for answer in answers {
        receipts.insert(answer.await.expect("a receipt").position);
    }
    assert_eq!(receipts, BTreeSet::from([1]));
    assert_eq!(f.ledger.head().size, 2);
}

async fn an_entry_is_not_opened_again_by_a_ledger_that_has_forgotten_it(f: &mut Fixture) {
    let first = f.ledger.append(Office::new(4).next("born", &[creates(1)])).await;
    let first = first.expect("recorded");
    f.reopen().await;
    let stall = f.stall().await;
    let again = f.ledger.submit(Office::new(8).next("born again", &[creates(1)]));
    let beside = f.ledger.submit(Office::new(12).next("another", &[creates(2)]));
    let (again, beside) = (again.expect("room"), beside.expect("room"));
    stall.end().await;
    let refused = again.await;
    assert!(
        matches!(refused, Err(AppendError::Conflict(Conflict::Basis { entry, head: Some(head) }))
            if entry == [1; 16] && head == first.hash),
        "{refused:?}"
    );
    assert_eq!(beside.await.expect("it is not hindered").position, 2);
}

async fn an_event_id_with_other_bytes_is_refused(f: &mut Fixture) {
    let mut office = Office::new(4);
    let first = office.next("born", &[]);
    f.ledger.append(first.clone()).await.expect("recorded");
    let mut second = office.next("something else", &[]);
    second.event_id = first.event_id;
    let refused = f.ledger.append(second).await;
    assert!(matches!(
        refused,
        Err(AppendError::Conflict(Conflict::EventIdReused { position: 1 }))
    ));
    // In one batch too.
    let (mut one, mut other) = (
        Office::new(8).next("one", &[]),
        Office::new(12).next("other", &[]),
    );
    one.event_id = [9; 16];
    other.event_id = [9; 16];
    let stall = f.stall().await;
    let answers = [
        f.ledger.submit(one).expect("room"),
        f.ledger.submit(other).expect("room"),
    ];
    stall.end().await;
    let [one, other] = answers;
    assert_eq!(one.await.expect("recorded").position, 2);
    assert!(matches!(
        other.await,
        Err(AppendError::Conflict(Conflict::EventIdReused { position: 2 }))
    ));
    assert_eq!(f.ledger.head().size, 3);
}

async fn a_gap_or_a_stale_prev_in_a_stream_is_refused_with_the_head(f: &mut Fixture) {
    let mut office = Office::new(4);
    let before = office.clone();
    let first = f.ledger.append(office.next("born", &[])).await.expect("recorded");
    let expected = Conflict::Seq {
        next: 1,
        head: first.hash,
    };
    let stale = f.ledger.append(before.candidate("another first", &[])).await;
    assert!(matches!(stale, Err(AppendError::Conflict(conflict)) if conflict == expected));
    let mut ahead = office.clone();
    ahead.seq += 1;
    let gap = f.ledger.append(ahead.candidate("too far", &[])).await;
    assert!(matches!(gap, Err(AppendError::Conflict(conflict)) if conflict == expected));
    let mut forked = office.clone();
    forked.prev = [7; 32];
    let fork = f.ledger.append(forked.candidate("another past", &[])).await;
    assert!(matches!(fork, Err(AppendError::Conflict(conflict)) if conflict == expected));
    let head = f.ledger.stream_head(4).await.expect("reads");
    assert_eq!((head.next, head.hash), (1, first.hash));
    assert_eq!(f.ledger.streams().await.expect("reads"), [0, 4]);
}

async fn the_first_event_of_a_stream_follows_the_founding_event(f: &mut Fixture) {
    let mut stranger = Office::new(4);
    stranger.prev = [0; 32];
    let refused = f
        .ledger
        .append(stranger.candidate("of another ledger", &[]))
        .await;
    let expected = Conflict::Seq {
        next: 0,
        head: founding().hash,
    };
    assert!(matches!(refused, Err(AppendError::Conflict(conflict)) if conflict == expected));
    let head = f.ledger.stream_head(4).await.expect("reads");
    assert_eq!((head.next, head.hash), (0, founding().hash));
}

async fn a_stale_basis_is_refused_with_the_head_of_the_entry(f: &mut Fixture) {
    let (mut here, mut there) = (Office::new(4), Office::new(8));
    let born = f
        .ledger
        .append(here.next("born", &[creates(1)]))
        .await
        .expect("recorded");
    let corrected = f
        .ledger
        .append(there.next("corrected", &[follows(1, &born)]))
        .await
        .expect("recorded");
    for reopened in [false, true] {
        if reopened {
            f.reopen().await;
        }
        let stale = f
            .ledger
            .append(here.candidate("corrected too", &[follows(1, &born)]))
            .await;
        let expected = Conflict::Basis {
            entry: [1; 16],
            head: Some(corrected.hash),
        };
        assert!(matches!(stale, Err(AppendError::Conflict(conflict)) if conflict == expected));
    }
    assert_eq!(
        f.ledger.entry_head(&[1; 16]).await.expect("reads"),
        Some((2, corrected.hash))
    );
}

async fn an_entry_that_is_there_cannot_be_new_and_one_that_is_not_cannot_be_amended(f: &mut Fixture) {
    let mut office = Office::new(4);
    let born = f
        .ledger
        .append(office.next("born", &[creates(1)]))
        .await
        .expect("recorded");
    let twice = f
        .ledger
        .append(office.candidate("born again", &[creates(1)]))
        .await;
    let expected = Conflict::Basis {
        entry: [1; 16],
        head: Some(born.hash),
    };
    assert!(matches!(twice, Err(AppendError::Conflict(conflict)) if conflict == expected));
    let nobody = f
        .ledger
        .append(office.candidate("corrected", &[follows(2, &born)]))
        .await;
    let expected = Conflict::Basis {
        entry: [2; 16],
        head: None,
    };
    assert!(matches!(nobody, Err(AppendError::Conflict(conflict)) if conflict == expected));
    assert_eq!(f.ledger.entry_head(&[2; 16]).await.expect("reads"), None);
}

async fn a_touch_that_only_reads_is_found_and_does_not_move_the_head(f: &mut Fixture) {
    let mut office = Office::new(4);
    let born = f
        .ledger
        .append(office.next("born", &[creates(1)]))
        .await
        .expect("recorded");
    for number in 0..3 {
        let copy = office.next(&format!("copy {number}"), &[reads(1, &born)]);
        f.ledger.append(copy).await.expect("recorded");
    }
    f.reopen().await;
    assert_eq!(
        f.ledger.entry_head(&[1; 16]).await.expect("reads"),
        Some((1, born.hash))
    );
    let corrected = f
        .ledger
        .append(office.next("corrected", &[follows(1, &born)]))
        .await
        .expect("recorded");
    assert_eq!(
        f.ledger.entry_head(&[1; 16]).await.expect("reads"),
        Some((5, corrected.hash))
    );
    let events = f.ledger.by_entry(&[1; 16], None).await.expect("reads");
    let positions: Vec<_> = events.iter().map(|event| event.position).collect();
    assert_eq!(positions, [1, 2, 3, 4, 5]);
}

async fn an_event_may_name_an_entry_twice(f: &mut Fixture) {
    let mut office = Office::new(4);
    let born = f
        .ledger
        .append(office.next("born", &[creates(1)]))
        .await
        .expect("recorded");
    let twice = office.next("corrected", &[reads(1, &born), follows(1, &born)]);
    let corrected = f.ledger.append(twice).await.expect("recorded");
    assert_eq!(
        f.ledger.entry_head(&[1; 16]).await.expect("reads"),
        Some((2, corrected.hash))
    );
    assert_eq!(f.ledger.by_entry(&[1; 16], None).await.expect("reads").len(), 2);
}

async fn an_act_on_several_entries_moves_all_of_them_or_none(f: &mut Fixture) {
    let mut office = Office::new(4);
    let child = f
        .ledger
        .append(office.next("born", &[creates(1)]))
        .await
        .expect("recorded");
    let other = f
        .ledger
        .append(office.next("born", &[creates(2)]))
        .await
        .expect("recorded");
    let half = f
        .ledger
        .append(office.candidate("recognised", &[follows(1, &child), follows(2, &child)]))
        .await;
    assert!(matches!(half, Err(AppendError::Conflict(Conflict::Basis { entry, .. })) if entry == [2; 16]));
    assert_eq!(
        f.ledger.entry_head(&[1; 16]).await.expect("reads"),
        Some((1, child.hash))
    );
    let both = office.next("recognised", &[follows(1, &child), follows(2, &other)]);
    let both = f.ledger.append(both).await.expect("recorded");
    for entry in [[1; 16], [2; 16]] {
        assert_eq!(
            f.ledger.entry_head(&entry).await.expect("reads"),
            Some((3, both.hash))
        );
    }
}

async fn what_the_administration_recorded_meanwhile_is_a_reason_to_judge_again(f: &mut Fixture) {
    let (mut administration, mut office) = (Office::new(0), Office::new(4));
    let stall = f.stall().await;
    let revoked = f
        .ledger
        .submit(administration.next("a key is revoked", &[]))
        .expect("room");
    let judged_before = f
        .ledger
        .submit(office.candidate("signed with it", &[]))
        .expect("room");
    stall.end().await;
    revoked.await.expect("recorded");
    let moved = judged_before.await;
    assert!(matches!(
        moved,
        Err(AppendError::Conflict(Conflict::AuthorityMoved { length: 2 }))
    ));
    // The administration's own events need not say how long its stream is: their seq does.
    administration.authority = 0;
    f.ledger
        .append(administration.next("another key", &[]))
        .await
        .expect("recorded");
    assert_eq!(f.ledger.head().authority, 3);
    office.authority = 3;
    f.ledger
        .append(office.next("judged again", &[]))
        .await
        .expect("recorded");
    f.reopen().await;
    f.ledger
        .append(office.next("and again", &[]))
        .await
        .expect("recorded");
}

async fn recorded_time_never_runs_backwards(f: &mut Fixture) {
    let mut office = Office::new(4);
    f.clock.0.store(5_000, Ordering::Relaxed);
    let first = f
        .ledger
        .append(office.next("on time", &[]))
        .await
        .expect("recorded");
    f.clock.0.store(2_000, Ordering::Relaxed);
    let second = f
        .ledger
        .append(office.next("the clock was set back", &[]))
        .await
        .expect("recorded");
    f.reopen().await;
    let third = f
        .ledger
        .append(office.next("after a restart too", &[]))
        .await
        .expect("recorded");
    f.clock.0.store(6_000, Ordering::Relaxed);
    let fourth = f
        .ledger
        .append(office.next("on time again", &[]))
        .await
        .expect("recorded");
    let times = [&first, &second, &third, &fourth].map(|receipt| receipt.recorded_at_ms);
    assert_eq!(times, [5_000, 5_000, 5_000, 6_000]);
}

async fn bytes_that_are_too_many_or_have_other_hashes_never_enter_the_queue(f: &mut Fixture) {
    let office = Office::new(4);
    let mut long = office.candidate("long", &[]);
    long.signed = Bytes::from(vec![b' '; ledger::MAX_SIGNED_BYTES + 1]);
    let mut heavy = office.candidate("heavy", &[]);
    heavy.sealed_body = Bytes::from(vec![0; ledger::MAX_BODY_BYTES + 1]);
    let mut other = office.candidate("other bytes", &[]);
    other.signed = Bytes::from_static(b"{}");
    let mut twin = office.candidate("another twin", &[]);
    twin.twin = [0; 32];
    let mut nowhere = office.candidate("no such stream", &[]);
    nowhere.stream = -1;
    for candidate in [long, heavy, other, twin, nowhere] {
        let refused = f.ledger.append(candidate).await;
        assert!(matches!(refused, Err(AppendError::Fault(fault)) if fault.kind() == FaultKind::Request));
    }
    assert_eq!(f.ledger.head().size, 1);
    let mut largest = office.candidate("largest", &[]);
    largest.sealed_body = Bytes::from(vec![0; ledger::MAX_BODY_BYTES]);
    f.ledger.append(largest).await.expect("recorded");
}

async fn a_second_founding_is_refused(f: &mut Fixture) {
    let again = Ledger::init(&f.location, founding(), Heard, f.clock.clone(), f.options.clone()).await;
    assert!(matches!(again, Err(fault) if fault.kind() == FaultKind::Request));
    f.ledger
        .append(Office::new(4).next("undisturbed", &[]))
        .await
        .expect("recorded");
}

async fn a_founding_that_was_interrupted_is_finished_by_the_same_command(f: &mut Fixture) {
    // What a kill leaves behind between the tables and the founding event: a ledger without events.
    let owner = match f.engine {
        ledger::Engine::Sqlite => {
            f.ledger.close().await.expect("it closes");
            std::fs::remove_file(f.file()).expect("removed");
            f.clock.clone()
        }
        ledger::Engine::Postgres => {
            f.ledger.close().await.expect("it closes");
            let sql = "delete from event; delete from batch; delete from body; delete from ledger_head; delete from projection; \
                       drop table public_projection.heard_1; drop table public_projection.tally_1; drop table public_projection.later_1";
            f.owner_sql(sql).await.expect("an empty ledger");
            f.clock.clone()
        }
    };
    f.faults.play(ledger::Point::Commit, ledger::Failure::DiskFull);
    let interrupted = Ledger::init(&f.location, founding(), Heard, owner.clone(), f.options.clone()).await;
    assert!(interrupted.is_err());
    let opened = Ledger::open(&f.location, Heard, owner.clone(), f.options.clone()).await;
    assert!(
        opened
            .err()
            .expect("no founding event")
            .to_string()
            .contains("finish `init`")
    );
    let (ledger, receipt) = Ledger::init(&f.location, founding(), Heard, owner, f.options.clone())
        .await
        .expect("finished");
    assert_eq!(receipt.position, 0);
    f.ledger = ledger;
    f.ledger
        .append(Office::new(4).next("born", &[]))
        .await
        .expect("recorded");
    check::whole(&f.ledger).await;
}

async fn an_entry_as_it_stood_at_a_position_is_read_back(f: &mut Fixture) {
    let mut office = Office::new(4);
    let born = f
        .ledger
        .append(office.next("born", &[creates(1)]))
        .await
        .expect("recorded");
    f.ledger
        .append(office.next("of no concern", &[creates(2)]))
        .await
        .expect("recorded");
    f.ledger
        .append(office.next("corrected", &[follows(1, &born)]))
        .await
        .expect("recorded");
    for (up_to, expected) in [(0, 0), (1, 1), (2, 1), (3, 2), (99, 2)] {
        let events = f.ledger.by_entry(&[1; 16], Some(up_to)).await.expect("reads");
        assert_eq!(events.len(), expected, "up to {up_to}");
    }
    let stream = f.ledger.by_stream(4, 1, 99).await.expect("reads");
    assert_eq!(
        stream.iter().map(|event| event.position).collect::<Vec<_>>(),
        [2, 3]
    );
}
