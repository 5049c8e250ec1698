//! Read models that follow the log.
#![allow(clippy::expect_used, reason = "a test fails by panicking")]

mod suite;

use ledger::{Archive, Engine, Projector as _, recompute};

use suite::fixture::Fixture;
use suite::sample::{ALONE, Heard, Office, TALLY};

both_engines! {
    what_was_put_aside_is_shown_to_whoever_asks_for_all
    whoever_comes_back_finds_what_was_put_aside
    what_is_left_to_the_log_is_made_from_it_beside_what_was_put_aside
    digests_say_how_far_the_tables_that_follow_are
    a_rebuild_leaves_nothing_aside
}

async fn say(f: &Fixture, office: &mut Office, times: usize) {
    for _ in 0..times {
        f.ledger.append(office.next("said", &[])).await.expect("recorded");
    }
}

async fn tally(f: &Fixture, office: &Office) -> i64 {
    let reader = f.ledger.reader_of_all().await.expect("caught up");
    let row = reader.row(&TALLY, &[office.stream.into()]).await.expect("reads");
    row.map_or(0, |row| row.int("events").expect("a number"))
}

fn later(f: &Fixture) -> &'static str {
    match f.engine {
        Engine::Sqlite => "later_1",
        Engine::Postgres => "public_projection.later_1",
    }
}

async fn what_was_put_aside_is_shown_to_whoever_asks_for_all(f: &mut Fixture) {
    let mut office = Office::new(4);
    for events in 1..=5 {
        say(f, &mut office, 1).await;
        assert_eq!(tally(f, &office).await, events);
    }
}

async fn whoever_comes_back_finds_what_was_put_aside(f: &mut Fixture) {
    let mut office = Office::new(4);
    say(f, &mut office, 3).await;
    assert_eq!(tally(f, &office).await, 3);
    // As if the process had gone before the rows of one more batch were written.
    let row = r#"[{"stream": 4}]"#;
    let sql = format!(
        "insert into {} (position, rows) values (3, 'count\n{row}\n')",
        later(f)
    );
    f.owner_sql(&sql).await.expect("put aside");
    f.reopen().await;
    assert_eq!(tally(f, &office).await, 4);
}

async fn what_is_left_to_the_log_is_made_from_it_beside_what_was_put_aside(f: &mut Fixture) {
    let mut office = Office::new(4);
    for words in [ALONE, ALONE, "said", ALONE, "said", ALONE] {
        f.ledger.append(office.next(words, &[])).await.expect("recorded");
    }
    assert_eq!(tally(f, &office).await, 6);
    // As if the process had gone before the rows of events 2 and 3 were made.
    let sql = format!("insert into {} (position, rows) values (2, '2')", later(f));
    f.owner_sql(&sql).await.expect("put aside");
    f.reopen().await;
    assert_eq!(tally(f, &office).await, 8);
}

async fn digests_say_how_far_the_tables_that_follow_are(f: &mut Fixture) {
    let mut office = Office::new(4);
    say(f, &mut office, 3).await;
    assert_eq!(tally(f, &office).await, 3);
    let archive = Archive::open(&f.location, &f.options).await.expect("opens");
    let whole = archive.digests(Heard.schema()).await.expect("digests");
    assert_eq!((whole.size, whole.followed), (4, 4));
    // Nobody wakes the follower for this one.
    let sql = format!("insert into {} (position, rows) values (2, '')", later(f));
    f.owner_sql(&sql).await.expect("put aside");
    let part = archive.digests(Heard.schema()).await.expect("digests");
    assert_eq!((part.size, part.followed), (4, 2));
    archive.close().await;
    let again = recompute(f.ledger.scan(0, 4), Heard, f.folder.path(), part.followed).await;
    let again = again.expect("recomputed");
    assert_eq!((again.size, again.followed), (4, 2));
    assert_eq!(again.differing(&whole), ["tally"]);
}

async fn a_rebuild_leaves_nothing_aside(f: &mut Fixture) {
    let mut office = Office::new(4);
    say(f, &mut office, 3).await;
    f.ledger.rebuild(|_| {}).await.expect("rebuilt");
    assert_eq!(tally(f, &office).await, 3);
    say(f, &mut office, 2).await;
    assert_eq!(tally(f, &office).await, 5);
    let digests = f.ledger.digests(Heard.schema()).await.expect("digests");
    let again = recompute(f.ledger.scan(0, 6), Heard, f.folder.path(), 6).await;
    assert_eq!(again.expect("recomputed").differing(&digests), [""; 0]);
}
