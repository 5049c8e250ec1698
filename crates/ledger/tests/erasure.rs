//! Bodies at rest: what lies in the ledger opens only with the keys, and what was erased does not open at all.
#![allow(clippy::expect_used, reason = "a test fails by panicking")]

mod suite;

use ledger::{
    AppendError, Archive, Erased, FaultKind, KEYS_FILE_NAME, KeptSeal, Ledger, Location, Options,
    ReadOnlyReason,
};
use sqlx::postgres::PgConnection;
use sqlx::{AssertSqlSafe, Connection as _, Executor as _, Row as _};
use suite::check;
use suite::fixture::{Fixture, judge};
use suite::sample::{HEARD, Heard, Office, TALLY, creates};

both_engines! {
    no_body_lies_in_the_ledger_as_it_was_sent
    an_erased_body_opens_no_more_and_all_others_do
    a_crash_between_the_record_and_the_key_is_healed_at_the_next_start
    the_oldest_backup_of_the_ledger_and_the_keys_of_today_do_not_open_an_erased_body
    without_its_keys_the_ledger_takes_no_event_and_says_so
    a_body_whose_key_is_lost_is_missing_and_not_erased
    two_nodes_share_the_keys_and_forget_what_the_other_erased
    rows_of_an_entry_that_lost_something_are_withheld_until_they_are_made_anew
    a_follower_that_had_not_reached_an_erased_body_goes_past_it
    the_root_of_a_span_is_in_no_file_once_it_is_punctured
    what_the_code_of_a_paper_says_goes_with_the_body_of_its_event
}

const EVENTS: u64 = 40;

/// So many events after the founding one, at the positions 1 to so many.
async fn speak(f: &Fixture, office: &mut Office, events: u64) {
    let said: Vec<_> = (0..events)
        .map(|number| office.next(&format!("said {number}"), &[]))
        .map(|event| f.ledger.submit(event).expect("room"))
        .collect();
    for answer in said {
        answer.await.expect("recorded");
    }
}

fn body(position: u64, entries: &[[u8; 16]]) -> Erased {
    Erased {
        position,
        entries: entries.to_vec(),
    }
}

async fn erase(f: &Fixture, office: &mut Office, positions: &[u64]) -> u64 {
    let mut event = office.next("erased", &[]);
    event.erases = positions.iter().map(|position| body(*position, &[])).collect();
    f.ledger.append(event).await.expect("recorded").position
}

/// Which bodies an archive opens.
async fn open(archive: &Archive, size: u64) -> Vec<bool> {
    let mut open = Vec::new();
    for position in 0..size {
        let stored = archive.stored(position).await.expect("reads").expect("there");
        open.push(stored.sealed_body.is_some());
    }
    open
}

/// One column of the ledger as it lies there.
async fn blobs(f: &Fixture, sql: &'static str) -> Vec<Vec<u8>> {
    match &f.database {
        None => {
            let file = sqlx::sqlite::SqliteConnectOptions::new().filename(f.file());
            let mut conn = sqlx::SqliteConnection::connect_with(&file).await.expect("opens");
            let rows = conn.fetch_all(sql).await.expect("reads");
            rows.iter().map(|row| row.get(0)).collect()
        }
        Some(database) => {
            let conn = PgConnection::connect_with(&database.options).await;
            let rows = conn.expect("opens").fetch_all(sql).await.expect("reads");
            rows.iter().map(|row| row.get(0)).collect()
        }
    }
}

async fn no_body_lies_in_the_ledger_as_it_was_sent(f: &mut Fixture) {
    speak(f, &mut Office::new(4), EVENTS).await;
    let kept = blobs(f, "select sealed from body order by position").await;
    assert_eq!(kept.len() as u64, EVENTS + 1);
    let salt = b"salt and body";
    assert!(
        kept.iter()
            .all(|kept| !kept.windows(salt.len()).any(|part| part == salt))
    );
    check::whole(&f.ledger).await;
    assert!(open(&f.ledger, EVENTS + 1).await.iter().all(|open| *open));
}

async fn an_erased_body_opens_no_more_and_all_others_do(f: &mut Fixture) {
    let mut office = Office::new(4);
    speak(f, &mut office, EVENTS).await;
    let by = erase(f, &mut office, &[3, 17]).await;
    for finished in [2, 0] {
        for _ in 0..2 {
            let stored = f.ledger.stored(17).await.expect("reads").expect("there");
            assert_eq!((stored.sealed_body, stored.erased_by), (None, Some(by)));
            let other = f.ledger.stored(16).await.expect("reads").expect("there");
            assert!(other.sealed_body.is_some() && other.erased_by.is_none());
        }
        assert_eq!(f.ledger.finish_erasing().await.expect("destroyed"), finished);
    }
    f.reopen().await;
    let expected: Vec<bool> = (0..EVENTS + 2)
        .map(|position| ![3, 17].contains(&position))
        .collect();
    assert_eq!(open(&f.ledger, EVENTS + 2).await, expected);
    assert_eq!(f.ledger.erasures().await.expect("reads"), [(3, by), (17, by)]);
    let mut more = office;
    speak(f, &mut more, 3).await;
    assert!(open(&f.ledger, EVENTS + 5).await[42..].iter().all(|open| *open));
}

async fn a_crash_between_the_record_and_the_key_is_healed_at_the_next_start(f: &mut Fixture) {
    let mut office = Office::new(4);
    speak(f, &mut office, EVENTS).await;
    erase(f, &mut office, &[5]).await;
    // Nobody came to finish it.
    f.reopen().await;
    assert_eq!(f.ledger.finish_erasing().await.expect("destroyed"), 0);
    unsay(f).await;
    let stored = f.ledger.stored(5).await.expect("reads").expect("there");
    assert_eq!(
        (stored.sealed_body, stored.erased_by),
        (None, None),
        "its key is gone"
    );
}

/// As if the ledger had never heard of an erasure: a backup of before.
async fn unsay(f: &Fixture) {
    let sql = match &f.database {
        None => "drop trigger erasure_is_never_deleted; delete from erasure",
        Some(_) => "delete from erasure",
    };
    f.owner_sql(sql).await.expect("unsaid");
}

async fn the_oldest_backup_of_the_ledger_and_the_keys_of_today_do_not_open_an_erased_body(f: &mut Fixture) {
    let mut office = Office::new(4);
    speak(f, &mut office, EVENTS).await;
    f.ledger.close().await.expect("it closes");
    let backup = f.folder.path().join("backup.db");
    let copy = match &f.database {
        None => {
            std::fs::copy(f.file(), &backup).expect("copied");
            None
        }
        Some(database) => Some(copy_of(&database.name).await),
    };
    f.ledger = f.another().await;
    erase(f, &mut office, &[7]).await;
    f.ledger.finish_erasing().await.expect("destroyed");
    let (location, keys) = match (&copy, &f.database) {
        (Some(copy), Some(database)) => (
            Location::Postgres(Box::new(database.options.clone().database(copy))),
            f.location.clone(),
        ),
        _ => (
            Location::file(&backup),
            Location::file(f.folder.path().join(KEYS_FILE_NAME)),
        ),
    };
    let options = Options {
        body_keys: Some(keys),
        ..f.options.clone()
    };
    let archive = Archive::open(&location, &options)
        .await
        .expect("the backup opens");
    let opened = open(&archive, EVENTS + 1).await;
    archive.close().await;
    if let (Some(copy), Some(database)) = (copy, &f.database) {
        let mut conn = PgConnection::connect_with(&database.options)
            .await
            .expect("connects");
        let drop = AssertSqlSafe(format!("drop database {copy} with (force)"));
        conn.execute(drop).await.expect("dropped");
    }
    let expected: Vec<bool> = (0..EVENTS + 1).map(|position| position != 7).collect();
    assert_eq!(opened, expected);
}

/// A copy of a database without its keys, as a dump that leaves their schema out would be.
async fn copy_of(name: &str) -> String {
    let url = std::env::var("HOTICH_TEST_POSTGRES").expect("run under ops/with-postgres");
    let server: sqlx::postgres::PgConnectOptions = url.parse().expect("a URL");
    let copy = format!("{name}_backup");
    let mut conn = PgConnection::connect_with(&server).await.expect("connects");
    let make = AssertSqlSafe(format!("create database {copy} template {name}"));
    conn.execute(make).await.expect("copied");
    let mut conn = PgConnection::connect_with(&server.database(&copy))
        .await
        .expect("connects");
    conn.execute("drop schema public_body_keys cascade")
        .await
        .expect("left out");
    copy
}

async fn hide_keys(f: &Fixture, hidden: bool) {
    match &f.database {
        None => {
            let keys = f.folder.path().join(KEYS_FILE_NAME);
            let away = f.folder.path().join("away");
            let (from, to) = if hidden { (keys, away) } else { (away, keys) };
            std::fs::rename(from, to).expect("moved");
        }
        Some(_) => {
            let (from, to) = if hidden {
                ("public_body_keys", "away")
            } else {
                ("away", "public_body_keys")
            };
            f.owner_sql(&format!("alter schema {from} rename to {to}"))
                .await
                .expect("moved");
        }
    }
}

async fn without_its_keys_the_ledger_takes_no_event_and_says_so(f: &mut Fixture) {
    let mut office = Office::new(4);
    speak(f, &mut office, EVENTS).await;
    f.ledger.close().await.expect("it closes");
    hide_keys(f, true).await;
    let opened = Ledger::open(&f.location, Heard, f.clock.clone(), f.options.clone()).await;
    assert_eq!(
        opened.err().map(|fault| fault.kind()),
        Some(FaultKind::Unavailable)
    );
    let archive = Archive::open(&f.location, &f.options).await.expect("it is read");
    let body = archive.stored(1).await;
    assert_eq!(body.err().map(|fault| fault.kind()), Some(FaultKind::Unavailable));
    archive.close().await;
    hide_keys(f, false).await;
    f.ledger = f.another().await;
    hide_keys(f, true).await;
    // Up to the end of the span it has the key; then nothing is recorded before the next key is on the disk.
    speak(f, &mut office, 4_095 - EVENTS).await;
    let next = office.next("the first of a span", &[]);
    let refused = f.ledger.append(next.clone()).await;
    assert!(
        matches!(refused, Err(AppendError::ReadOnly(ReadOnlyReason::Unreachable))),
        "{refused:?}"
    );
    hide_keys(f, false).await;
    f.writable().await;
    assert_eq!(f.ledger.append(next).await.expect("recorded").position, 4_096);
    let stored = f.ledger.stored(4_096).await.expect("reads").expect("there");
    assert!(stored.sealed_body.is_some());
}

async fn a_body_whose_key_is_lost_is_missing_and_not_erased(f: &mut Fixture) {
    let mut office = Office::new(4);
    speak(f, &mut office, EVENTS).await;
    f.ledger.close().await.expect("it closes");
    match &f.database {
        None => {
            let keys = f.folder.path().join(KEYS_FILE_NAME);
            let file = sqlx::sqlite::SqliteConnectOptions::new().filename(keys);
            let mut conn = sqlx::SqliteConnection::connect_with(&file).await.expect("opens");
            conn.execute("delete from body_key").await.expect("lost");
        }
        Some(_) => f
            .owner_sql("delete from public_body_keys.body_key")
            .await
            .expect("lost"),
    }
    let archive = Archive::open(&f.location, &f.options).await.expect("it is read");
    let stored = archive.stored(1).await.expect("reads").expect("there");
    assert_eq!((stored.sealed_body, stored.erased_by), (None, None));
    archive.close().await;
}

async fn two_nodes_share_the_keys_and_forget_what_the_other_erased(f: &mut Fixture) {
    let mut office = Office::new(4);
    speak(f, &mut office, EVENTS).await;
    let other = f.another().await;
    assert!(open(&other, EVENTS + 1).await.iter().all(|open| *open));
    let by = erase(f, &mut office, &[9]).await;
    f.ledger.finish_erasing().await.expect("destroyed");
    let stored = other.stored(9).await.expect("reads").expect("there");
    assert_eq!((stored.sealed_body, stored.erased_by), (None, Some(by)));
    unsay(f).await;
    let stored = other.stored(9).await.expect("reads").expect("there");
    assert_eq!(stored.sealed_body, None, "also what it had read before");
    other.close().await.expect("it closes");
}

/// The words that the read models show, in the order of the log.
async fn words(archive: &Archive) -> Vec<String> {
    let rows = archive.reader().rows(&HEARD, &[]).await.expect("reads");
    rows.iter().map(|row| row.text("words").expect("text")).collect()
}

async fn rows_of_an_entry_that_lost_something_are_withheld_until_they_are_made_anew(f: &mut Fixture) {
    let mut office = Office::new(4);
    for (entry, said) in [(1, "of one"), (2, "of the other")] {
        let born = office.next(said, &[creates(entry)]);
        f.ledger.append(born).await.expect("recorded");
    }
    let other = f.another().await;
    let mut event = office.next("erased", &[]);
    event.erases = vec![body(1, &[[1; 16]])];
    f.ledger.append(event).await.expect("recorded");
    // Another node has not heard of it, and withholds them too.
    for archive in [&*f.ledger, &*other] {
        assert_eq!(words(archive).await, ["founding", "of the other", "erased"]);
    }
    assert!(f.ledger.rewrite_erased().await.expect("made anew"));
    for archive in [&*f.ledger, &*other] {
        assert_eq!(
            words(archive).await,
            ["founding", "of one", "of the other", "erased"]
        );
    }
    assert!(!f.ledger.rewrite_erased().await.expect("made anew"));
    other.close().await.expect("it closes");
}

async fn a_follower_that_had_not_reached_an_erased_body_goes_past_it(f: &mut Fixture) {
    let mut office = Office::new(4);
    speak(f, &mut office, 3).await;
    erase(f, &mut office, &[2]).await;
    f.ledger.finish_erasing().await.expect("destroyed");
    let tally = async |f: &Fixture| {
        let reader = f.ledger.reader_of_all().await.expect("shows all");
        let row = reader.row(&TALLY, &[4.into()]).await.expect("reads");
        row.expect("there").int("events").expect("a number")
    };
    assert_eq!(tally(f).await, 4);
    f.ledger.close().await.expect("it closes");
    // As if it had stopped before the first of them: these three events are to be followed from the log.
    let later = match &f.database {
        None => "later_1",
        Some(_) => "public_projection.later_1",
    };
    f.owner_sql(&format!("insert into {later} (position, rows) values (1, '3')"))
        .await
        .expect("put aside");
    f.ledger = f.another().await;
    assert_eq!(tally(f).await, 4 + 3);
}

async fn what_the_code_of_a_paper_says_goes_with_the_body_of_its_event(f: &mut Fixture) {
    let mut office = Office::new(4);
    let event = office.next("a paper", &[]);
    let id = event.event_id;
    f.ledger.append(event).await.expect("recorded");
    let seal = KeptSeal {
        code: b"what the code says".to_vec(),
        cms: vec![7],
        digest: [7; 32],
    };
    for _ in 0..2 {
        let kept = f.ledger.keep_seal(&id, &[2; 32], seal.clone()).await;
        assert_eq!(kept.expect("kept"), seal);
        assert_eq!(
            f.ledger.seal(&id, &[2; 32]).await.expect("reads"),
            Some(seal.clone())
        );
    }
    let kept = blobs(f, "select code from seal").await;
    assert_eq!((kept.len(), kept[0].len()), (1, seal.code.len() + 16));
    erase(f, &mut office, &[1]).await;
    f.ledger.finish_erasing().await.expect("destroyed");
    assert_eq!(f.ledger.seal(&id, &[2; 32]).await.expect("reads"), None);
}

/// The first key that the store holds.
async fn root(f: &Fixture) -> Vec<u8> {
    let sql = "select key from body_key where depth = 0";
    match &f.database {
        None => {
            let file = f.folder.path().join(KEYS_FILE_NAME);
            let file = sqlx::sqlite::SqliteConnectOptions::new().filename(file);
            let mut conn = sqlx::SqliteConnection::connect_with(&file).await.expect("opens");
            conn.fetch_one(sql).await.expect("reads").get(0)
        }
        Some(database) => {
            let conn = PgConnection::connect_with(&database.options).await;
            let mut conn = conn.expect("opens");
            conn.execute("set search_path = public_body_keys; checkpoint")
                .await
                .expect("written");
            conn.fetch_one(sql).await.expect("reads").get(0)
        }
    }
}

/// Where the bytes of the key store lie: its folder, or all files of the database.
async fn files_of_keys(f: &Fixture) -> std::path::PathBuf {
    let Some(database) = &f.database else {
        return f.folder.path().to_owned();
    };
    let mut conn = PgConnection::connect_with(&database.options)
        .await
        .expect("opens");
    conn.execute("checkpoint").await.expect("written");
    let oid = "select oid::text from pg_database where datname = current_database()";
    let oid: String = conn.fetch_one(oid).await.expect("reads").get(0);
    let data = std::env::var("HOTICH_TEST_PGDATA").expect("run under ops/with-postgres");
    std::path::Path::new(&data).join("base").join(oid)
}

/// The files in a folder that hold these bytes.
fn holding(folder: &std::path::Path, bytes: &[u8]) -> Vec<String> {
    let mut holding = Vec::new();
    for file in std::fs::read_dir(folder).expect("a folder") {
        let file = file.expect("a file").path();
        // PostgreSQL removes files as it likes.
        let Ok(held) = std::fs::read(&file) else { continue };
        if held.windows(bytes.len()).any(|part| part == bytes) {
            holding.push(file.display().to_string());
        }
    }
    holding
}

async fn the_root_of_a_span_is_in_no_file_once_it_is_punctured(f: &mut Fixture) {
    let mut office = Office::new(4);
    speak(f, &mut office, 3).await;
    let root = root(f).await;
    let folder = files_of_keys(f).await;
    assert_eq!(
        holding(&folder, &root).len(),
        1,
        "it is looked for in the right place"
    );
    erase(f, &mut office, &[2]).await;
    f.ledger.finish_erasing().await.expect("destroyed");
    assert_eq!(files_of_keys(f).await, folder);
    assert_eq!(holding(&folder, &root), [""; 0]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn keys_of_another_ledger_are_refused() {
    judge(ledger::Engine::Sqlite, async |f: &mut Fixture| {
        speak(f, &mut Office::new(4), 3).await;
        f.ledger.close().await.expect("it closes");
        let folder = tempfile::tempdir().expect("a folder");
        let elsewhere = Location::folder(folder.path());
        let other = Ledger::init(
            &elsewhere,
            suite::sample::founding(),
            Heard,
            f.clock.clone(),
            Options::default(),
        );
        other.await.expect("founded").0.close().await.expect("it closes");
        let ours = f.folder.path().join(KEYS_FILE_NAME);
        std::fs::copy(folder.path().join(KEYS_FILE_NAME), ours).expect("copied");
        let opened = Ledger::open(&f.location, Heard, f.clock.clone(), f.options.clone()).await;
        assert_eq!(
            opened.err().map(|fault| fault.kind()),
            Some(FaultKind::Unavailable)
        );
    })
    .await;
}
