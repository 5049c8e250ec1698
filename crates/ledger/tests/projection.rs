//! Read models: rebuilt, digested, recomputed, always the same.
#![allow(clippy::expect_used, reason = "a test fails by panicking")]

mod suite;

use async_trait::async_trait;
use ledger::{Fault, Key, Ledger, Projector, Recorded, Statement, Stored, TableSpec, Tx, recompute};
use suite::check;
use suite::fixture::Fixture;
use suite::sample::{HEARD, Heard, Office, Said, TALLY, creates};

both_engines! {
    a_rebuild_leaves_the_digest_as_it_was
    a_rebuild_while_events_come_in_misses_none
    a_rebuild_that_was_interrupted_is_done_anew
    a_reader_follows_a_rebuild_by_another_process
    a_recomputation_in_a_scratch_file_has_the_digest_of_the_live_tables
    a_changed_row_changes_the_digest_of_its_table_alone
    texts_are_ordered_by_their_bytes_whatever_the_language
    read_models_of_another_version_are_refused_until_they_are_rebuilt
    a_transaction_in_which_a_statement_failed_is_never_committed
}

async fn fill(ledger: &Ledger<Heard>, stream: i64, events: usize) {
    let mut office = Office::new(stream);
    let mut answers = Vec::new();
    for number in 0..events {
        let candidate = office.next(&format!("event {number}"), &[]);
        answers.push(ledger.submit_patiently(candidate).await.expect("room"));
    }
    for answer in answers {
        answer.await.expect("recorded");
    }
}

async fn a_rebuild_leaves_the_digest_as_it_was(f: &mut Fixture) {
    fill(&f.ledger, 4, 2_600).await;
    let before = settled(&f.ledger).await;
    assert_eq!(
        (before.size, before.tables[0].rows, before.tables[1].rows),
        (2_601, 2_601, 2)
    );
    let mut steps = Vec::new();
    let replayed = f
        .ledger
        .rebuild(|progress| steps.push(progress.done))
        .await
        .expect("rebuilt");
    assert_eq!(replayed, 2_601);
    assert!(steps.is_sorted() && steps.last() == Some(&2_601), "{steps:?}");
    assert_eq!(settled(&f.ledger).await, before);
    assert_eq!(f.ledger.stored_head().await.expect("reads").generation, 2);
    let old = f.owner_sql(match f.engine {
        ledger::Engine::Sqlite => "select * from heard_1",
        ledger::Engine::Postgres => "select * from public_projection.heard_1",
    });
    old.await.expect_err("the old tables are gone");
    fill(&f.ledger, 8, 3).await;
    assert_eq!(
        f.ledger.reader().rows(&HEARD, &[]).await.expect("reads").len(),
        2_604
    );
    f.ledger.rebuild(|_| {}).await.expect("and again");
    assert_eq!(settled(&f.ledger).await.tables[0].rows, 2_604);
    f.reopen().await;
    check::whole(&f.ledger).await;
}

async fn a_rebuild_while_events_come_in_misses_none(f: &mut Fixture) {
    fill(&f.ledger, 4, 3_000).await;
    let writers: Vec<_> = (2..6)
        .map(|stream| {
            let ledger = f.ledger.clone();
            tokio::spawn(async move {
                let mut office = Office::new(stream * 4);
                for number in 0..100 {
                    ledger
                        .append(office.next(&format!("event {number}"), &[]))
                        .await
                        .expect("recorded");
                    let seen = ledger
                        .reader_of_all()
                        .await
                        .expect("caught up")
                        .row(&TALLY, &[office.stream.into()])
                        .await
                        .expect("reads");
                    assert_eq!(seen.expect("a row").int("events").expect("a number"), number + 1);
                }
            })
        })
        .collect();
    for _ in 0..3 {
        f.ledger.rebuild(|_| {}).await.expect("rebuilt");
    }
    for writer in writers {
        writer.await.expect("it ends");
    }
    let live = settled(&f.ledger).await;
    assert_eq!(live.tables[0].rows, 3_401);
    let again = recompute(f.ledger.scan(0, live.size), Heard, f.folder.path(), live.followed)
        .await
        .expect("recomputed");
    assert_eq!(again, live);
}

async fn a_rebuild_that_was_interrupted_is_done_anew(f: &mut Fixture) {
    fill(&f.ledger, 4, 4_500).await;
    let before = settled(&f.ledger).await;
    // The future is dropped in the middle of it, as a kill would.
    let ledger = f.ledger.clone();
    let (told, mut reached) = tokio::sync::mpsc::unbounded_channel();
    let interrupted = tokio::spawn(async move {
        let sent = |progress: ledger::Progress| told.send(progress.done).unwrap_or_default();
        ledger.rebuild(sent).await
    });
    assert_eq!(reached.recv().await, Some(2_000));
    interrupted.abort();
    drop(interrupted.await);
    fill(&f.ledger, 8, 1).await;
    assert_eq!(f.ledger.rebuild(|_| {}).await.expect("rebuilt"), 4_502);
    let after = settled(&f.ledger).await;
    assert_eq!(after.tables[0].rows, before.tables[0].rows + 1);
    let again = recompute(
        f.ledger.scan(0, after.size),
        Heard,
        f.folder.path(),
        after.followed,
    )
    .await
    .expect("recomputed");
    assert_eq!(again.differing(&after), [""; 0]);
}

async fn a_reader_follows_a_rebuild_by_another_process(f: &mut Fixture) {
    fill(&f.ledger, 4, 10).await;
    assert_eq!(
        f.ledger.reader().rows(&HEARD, &[]).await.expect("reads").len(),
        11
    );
    ledger::rebuild(&f.location, Heard, &f.options, |_| {})
        .await
        .expect("rebuilt elsewhere");
    assert_eq!(
        f.ledger.reader().rows(&HEARD, &[]).await.expect("reads").len(),
        11
    );
    // The sequencer notices as well.
    fill(&f.ledger, 8, 10).await;
    assert_eq!(
        f.ledger.reader().rows(&HEARD, &[]).await.expect("reads").len(),
        21
    );
    assert_eq!(f.ledger.head().generation, 2);
    const NOWHERE: Statement = Statement::both("nowhere", "select 1 from nowhere{g}");
    let fault = f
        .ledger
        .reader()
        .rows(&NOWHERE, &[])
        .await
        .err()
        .expect("no such table");
    assert_eq!(fault.kind(), ledger::FaultKind::MissingTable, "{fault}");
}

async fn a_recomputation_in_a_scratch_file_has_the_digest_of_the_live_tables(f: &mut Fixture) {
    let mut office = Office::new(4);
    let said = ["Nguyễn Thị Ánh", "Ầ", "a", "B", "Đỗ", "đ", "z", "", "H'Hen Niê"];
    for (words, entry) in said.into_iter().zip(1..) {
        f.ledger
            .append(office.next(words, &[creates(entry)]))
            .await
            .expect("recorded");
    }
    let live = settled(&f.ledger).await;
    let again = recompute(f.ledger.scan(0, live.size), Heard, f.folder.path(), live.followed)
        .await
        .expect("recomputed");
    assert_eq!(again, live);
    // A fixed value: both engines, every machine, every version.
    assert_eq!(hex::encode(live.total), GOLDEN);
    let left = std::fs::read_dir(f.folder.path()).expect("a folder");
    let scratch = |entry: std::io::Result<std::fs::DirEntry>| {
        let name = entry.expect("a name").file_name();
        name.to_string_lossy().contains("recompute")
    };
    assert!(
        !left.into_iter().any(scratch),
        "nothing is left of the scratch file"
    );
}

const GOLDEN: &str = "11c41b310b5a28413046641233ff1d54360fa261992cb75bf39e355a0c4ee72c";

async fn a_changed_row_changes_the_digest_of_its_table_alone(f: &mut Fixture) {
    fill(&f.ledger, 4, 5).await;
    let before = settled(&f.ledger).await;
    let table = match f.engine {
        ledger::Engine::Sqlite => "tally_1",
        ledger::Engine::Postgres => "public_projection.tally_1",
    };
    f.owner_sql(&format!("update {table} set events = 6 where stream = 4"))
        .await
        .expect("changed");
    let after = settled(&f.ledger).await;
    assert_eq!(before.differing(&after), ["tally"]);
    assert_ne!(before.total, after.total);
}

async fn texts_are_ordered_by_their_bytes_whatever_the_language(f: &mut Fixture) {
    // Keys that a language would order otherwise than their bytes.
    const SCHEMA: &[TableSpec] = &[TableSpec {
        name: "words{g}",
        create: &[],
        indexes: &[],
        follows: false,
        key: &[Key::Text("word"), Key::Int("number")],
    }];
    let (types, schema) = match f.engine {
        ledger::Engine::Sqlite => ("blob", ""),
        ledger::Engine::Postgres => ("bytea", "public_projection."),
    };
    let grant = f.database.as_ref().map_or(String::new(), |database| {
        format!(
            "; grant select on {schema}words_1 to hotich_app_{}_public",
            database.name
        )
    });
    let sql = format!(
        "create table {schema}words_1 (word text, number bigint, bytes {types}, primary key (word, number)); \
         insert into {schema}words_1 (word, number, bytes) values \
         ('đ', 2, null), ('Z', 1, null), ('a', -5, null), ('đ', 1, null), ('ä', 0, null), ('b', 0, null), ('', 0, null){grant}"
    );
    f.owner_sql(&sql).await.expect("a table");
    let digests = f.ledger.digests(SCHEMA).await.expect("digests");
    let mut hasher = blake3::Hasher::new();
    for (word, number) in [
        ("", 0),
        ("Z", 1),
        ("a", -5),
        ("b", 0),
        ("ä", 0),
        ("đ", 1),
        ("đ", 2_i64),
    ] {
        hasher
            .update(&[2])
            .update(&(word.len() as u64).to_be_bytes())
            .update(word.as_bytes());
        hasher
            .update(&[1])
            .update(&number.to_be_bytes())
            .update(&[0, 255]);
    }
    assert_eq!(digests.tables[0].digest, *hasher.finalize().as_bytes());
}

/// Digests once the tables that follow have caught up.
async fn settled(ledger: &Ledger<Heard>) -> ledger::Digests {
    ledger.reader_of_all().await.expect("caught up");
    ledger.digests(Heard.schema()).await.expect("digests")
}

/// The same events, remembered in another table.
struct Newer;

#[async_trait]
impl Projector for Newer {
    type Event = Said;

    fn decode(&self, stored: &Stored) -> Result<Said, Fault> {
        Heard.decode(stored)
    }

    fn schema(&self) -> &'static [TableSpec] {
        const CREATE: Statement = Statement::both(
            "create newer",
            "create table newer{g} (position bigint primary key, words text not null)",
        );
        &[TableSpec {
            name: "newer{g}",
            create: &[CREATE],
            indexes: &[],
            follows: false,
            key: &[Key::Int("position")],
        }]
    }

    async fn apply(&self, tx: &mut Tx<'_>, events: &[Recorded<Said>]) -> Result<(), Fault> {
        const INSERT: Statement =
            Statement::both("newer", "insert into newer{g} (position, words) values ($1, $2)");
        for recorded in events {
            let row = [
                (recorded.position as i64).into(),
                recorded.event.words.as_str().into(),
            ];
            tx.execute(&INSERT, &row).await?;
        }
        Ok(())
    }
}

async fn read_models_of_another_version_are_refused_until_they_are_rebuilt(f: &mut Fixture) {
    fill(&f.ledger, 4, 10).await;
    f.ledger.close().await.expect("it closes");
    let refused = Ledger::open(&f.location, Newer, f.clock.clone(), f.options.clone()).await;
    let fault = refused.err().expect("refused").to_string();
    assert!(fault.contains("rebuild"), "{fault}");
    assert_eq!(
        ledger::rebuild(&f.location, Newer, &f.options, |_| {})
            .await
            .expect("rebuilt"),
        11
    );
    let newer = Ledger::open(&f.location, Newer, f.clock.clone(), f.options.clone())
        .await
        .expect("it opens");
    assert_eq!(
        newer.digests(Newer.schema()).await.expect("digests").tables[0].rows,
        11
    );
    newer.close().await.expect("it closes");
    let older = Ledger::open(&f.location, Heard, f.clock.clone(), f.options.clone()).await;
    assert!(
        older.is_err(),
        "the older program cannot project into the newer tables"
    );
}

/// Overlooks that one of its statements failed.
struct Careless;

#[async_trait]
impl Projector for Careless {
    type Event = Said;

    fn decode(&self, stored: &Stored) -> Result<Said, Fault> {
        Heard.decode(stored)
    }

    fn schema(&self) -> &'static [TableSpec] {
        Heard.schema()
    }

    async fn apply(&self, tx: &mut Tx<'_>, _: &[Recorded<Said>]) -> Result<(), Fault> {
        const WRONG: Statement = Statement::both(
            "wrong",
            "insert into tally{g} (stream, kind, events) values (0, 7, null)",
        );
        drop(tx.execute(&WRONG, &[]).await);
        Ok(())
    }
}

async fn a_transaction_in_which_a_statement_failed_is_never_committed(f: &mut Fixture) {
    f.ledger.close().await.expect("it closes");
    let careless = Ledger::open(&f.location, Careless, f.clock.clone(), f.options.clone())
        .await
        .expect("it opens");
    let refused = careless.append(Office::new(4).next("overlooked", &[])).await;
    assert!(
        matches!(refused, Err(ledger::AppendError::Fault(_))),
        "{refused:?}"
    );
    assert_eq!(careless.stored_head().await.expect("reads").size, 1);
    careless.close().await.expect("it closes");
}
