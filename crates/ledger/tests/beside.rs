//! Another process records in the same ledger.

#![allow(clippy::expect_used, reason = "a test fails by panicking")]

mod suite;

use ledger::{AppendError, Conflict};
use suite::check;
use suite::fixture::Fixture;
use suite::sample::Office;

both_engines! {
    a_refusal_does_not_rest_on_what_another_process_has_changed
}

/// A batch in which nothing fits ends without a compare-and-swap: its refusals were given by the heads in memory, and a
/// ledger whose administration was changed by another process was busy for ever.
async fn a_refusal_does_not_rest_on_what_another_process_has_changed(f: &mut Fixture) {
    let other = f.another().await;
    let (mut administration, mut office) = (Office::new(0), Office::new(4));
    f.ledger
        .append(office.next("by this process", &[]))
        .await
        .expect("recorded");
    other
        .append(administration.next("by the other", &[]))
        .await
        .expect("recorded");
    let old = f.ledger.append(office.candidate("judged before that", &[])).await;
    assert!(
        matches!(
            old,
            Err(AppendError::Conflict(Conflict::AuthorityMoved { length: 2 }))
        ),
        "{old:?}"
    );
    other
        .append(administration.next("and again", &[]))
        .await
        .expect("recorded");
    office.authority = 3;
    f.ledger
        .append(office.next("judged after that", &[]))
        .await
        .expect("recorded");

    other
        .append(office.next("the same stream by the other", &[]))
        .await
        .expect("recorded");
    let mut late = Office::new(4);
    late.authority = 3;
    let refused = f.ledger.append(late.candidate("a stale prev", &[])).await;
    let Err(AppendError::Conflict(Conflict::Seq { next, head })) = refused else {
        panic!("{refused:?}")
    };
    let stored = f.ledger.stream_head(4).await.expect("reads");
    assert_eq!((next, head), (stored.next, stored.hash));
    assert_eq!(f.ledger.head(), f.ledger.stored_head().await.expect("reads"));
    check::whole(&other).await;
    other.close().await.expect("it closes");
}
