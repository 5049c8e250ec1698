//! Reading the log back.

#![allow(clippy::expect_used, reason = "a test fails by panicking")]

mod suite;

use futures_util::TryStreamExt as _;
use suite::fixture::Fixture;
use suite::sample::Office;

both_engines! {
    a_scan_reads_every_event_of_a_range_in_order
}

async fn a_scan_reads_every_event_of_a_range_in_order(f: &mut Fixture) {
    let mut office = Office::new(8);
    let answers: Vec<_> = (0..2_500)
        .map(|number| {
            f.ledger
                .submit(office.next(&format!("event {number}"), &[]))
                .expect("room")
        })
        .collect();
    for (answer, position) in answers.into_iter().zip(1..) {
        assert_eq!(answer.await.expect("recorded").position, position);
    }
    for (from, to) in [(0, 2_501), (1, 1), (5, 6), (999, 2_001)] {
        let pages: Vec<_> = f.ledger.scan(from, to).try_collect().await.expect("it reads");
        let positions: Vec<u64> = pages.iter().flatten().map(|event| event.position).collect();
        assert_eq!(positions, (from..to).collect::<Vec<_>>());
    }
    let past_the_end: Result<Vec<_>, _> = f.ledger.scan(2_400, 2_600).try_collect().await;
    assert_eq!(
        past_the_end.expect_err("a gap").to_string(),
        "reading event 2501: it is missing"
    );
}
