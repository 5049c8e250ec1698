//! What is recorded, what is refused, and what is answered.

mod suite;

use ledger::{AppendError, Conflict};
use suite::check;
use suite::fixture::Fixture;
use suite::sample::{HEARD, Office, TALLY, creates, follows, reads};

both_engines! {
    a_receipt_says_what_is_in_the_log
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
    let third = f
        .ledger
        .append(office.next("copied", &[reads(1, &second)]))
        .await
        .expect("recorded");
    assert_eq!([first.position, second.position, third.position], [1, 2, 3]);
    for receipt in [&first, &second, &third] {
        check::kept(&f.ledger, receipt).await;
    }
    assert_eq!(f.ledger.by_entry(&[1; 16], None).await.expect("reads").len(), 3);
    let rows = f.ledger.reader().rows(&HEARD, &[]).await.expect("reads");
    assert_eq!(rows.len(), 4);
    assert_eq!(rows[1].text("words").expect("text"), "born");
    let tally = f
        .ledger
        .reader()
        .row(&TALLY, &[4.into()])
        .await
        .expect("reads")
        .expect("a row");
    assert_eq!(tally.int("events").expect("a number"), 3);
    let stale = f.ledger.append(office.next("again", &[follows(1, &first)])).await;
    assert!(
        matches!(stale, Err(AppendError::Conflict(Conflict::Basis { head: Some(head), .. })) if head == second.hash)
    );
    check::whole(&f.ledger).await;
    f.reopen().await;
    check::whole(&f.ledger).await;
}
