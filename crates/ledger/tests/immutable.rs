//! The log cannot be changed: not by the application's role on PostgreSQL, and not past the triggers on SQLite.
#![allow(clippy::expect_used, reason = "a test fails by panicking")]

mod suite;

use ledger::{Engine, FaultKind, Head, KeptSeal, Ledger, Location, NewAccess, SignedHead};
use suite::check;
use suite::fixture::Fixture;
use suite::sample::{Heard, Office, creates};

both_engines! {
    no_row_of_the_log_can_be_updated_deleted_or_replaced
    the_first_seal_of_a_paper_is_the_seal_for_ever
    a_ledger_of_before_is_brought_up_to_date_when_it_is_opened
}

mod postgres_only {
    use super::suite::fixture::judge;
    use ledger::Engine;

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn a_login_that_has_nothing_but_the_role_can_run_the_ledger() {
        judge(
            Engine::Postgres,
            super::a_login_that_has_nothing_but_the_role_can_run_the_ledger,
        )
        .await;
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn a_role_that_could_change_the_log_is_refused() {
        judge(
            Engine::Postgres,
            super::a_role_that_could_change_the_log_is_refused,
        )
        .await;
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn readers_of_the_pool_cannot_write() {
        judge(Engine::Postgres, super::readers_of_the_pool_cannot_write).await;
    }
}

/// Each insert-only table with a column and a row that repeats the first one's key.
const LOG: &[(&str, &str)] = &[
    (
        "event",
        "position, event_id, stream, seq, kind, recorded_at_ms, hash, twin, signed",
    ),
    ("entry_event", "entry, rev, position, advances, head"),
    ("body", "position, sealed, cipher"),
    ("body_store", "id, name"),
    ("erasure", "position, erased_by, entries"),
    ("access", "n, at_ms, office, token, line, hash"),
    ("access_entry", "entry, n"),
    ("batch", "size, root, recorded_at_ms"),
    ("tile", "level, number, hashes"),
    ("checkpoint", "size, root, note"),
    (
        "seal",
        "event_id, template, code, cms, digest, sealed_at_ms, cipher",
    ),
];

async fn no_row_of_the_log_can_be_updated_deleted_or_replaced(f: &mut Fixture) {
    let mut office = Office::new(4);
    f.ledger
        .append(office.next("born", &[creates(1)]))
        .await
        .expect("recorded");
    let mut erases = office.next("erased", &[]);
    erases.erases = vec![ledger::Erased {
        position: 1,
        entries: Vec::new(),
    }];
    f.ledger.append(erases).await.expect("recorded");
    let answers: Vec<_> = (0..300)
        .map(|_| f.ledger.submit(office.next("more", &[])).expect("room"))
        .collect();
    for answer in answers {
        answer.await.expect("recorded");
    }
    let head = f.ledger.head();
    f.ledger.keep_checkpoint(&signed(&head)).await.expect("published");
    f.ledger
        .keep_seal(&[1; 16], &[2; 32], seal(3))
        .await
        .expect("kept");
    f.ledger.write_access(access()).await.expect("written down");
    let role = match &f.database {
        Some(database) => format!("set role hotich_app_{}_public; ", database.name),
        None => String::new(),
    };
    let refused = match f.engine {
        Engine::Sqlite => "insert-only",
        Engine::Postgres => "permission denied",
    };
    for (table, columns) in LOG {
        let first = columns.split(", ").next().expect("a column");
        let last = columns.rsplit(", ").next().expect("a column");
        let mut attempts = vec![
            format!("update {table} set {last} = {last}"),
            format!("delete from {table}"),
            format!("delete from {table} where {first} is not null"),
        ];
        match f.engine {
            Engine::Sqlite => {
                attempts.push(format!(
                    "insert or replace into {table} select * from {table} limit 1"
                ));
                attempts.push(format!(
                    "replace into {table} ({columns}) select {columns} from {table} limit 1"
                ));
                attempts.push(format!(
                    "insert into {table} ({columns}) select {columns} from {table} where true limit 1 \
                     on conflict do update set {last} = {last}"
                ));
            }
            Engine::Postgres => {
                attempts.push(format!("truncate {table}"));
                attempts.push(format!("alter table {table} disable trigger all"));
                attempts.push(format!("drop table {table}"));
                attempts.push(format!(
                    "insert into {table} ({columns}) select {columns} from {table} limit 1 \
                     on conflict do nothing; update {table} set {last} = {last}"
                ));
            }
        }
        for attempt in attempts {
            let error = f
                .owner_sql(&format!("{role}{attempt}"))
                .await
                .expect_err(&attempt)
                .to_string();
            let owner = error.contains("must be owner");
            assert!(error.contains(refused) || owner, "{attempt}: {error}");
        }
    }
    check::whole(&f.ledger).await;
}

fn signed(head: &Head) -> SignedHead {
    SignedHead {
        size: head.size,
        root: head.root,
        note: format!("note for {}", head.size),
    }
}

fn access() -> NewAccess {
    NewAccess {
        at_ms: 1,
        office: 4,
        token: [1; 32],
        entries: vec![[1; 16]],
        line: vec![1],
    }
}

fn seal(byte: u8) -> KeptSeal {
    KeptSeal {
        code: vec![byte],
        cms: vec![byte, byte],
        digest: [byte; 32],
    }
}

/// A token signs otherwise every time: whoever seals the same paper at the same moment hands out the file of the first.
async fn the_first_seal_of_a_paper_is_the_seal_for_ever(f: &mut Fixture) {
    let (event, template) = ([1; 16], [2; 32]);
    assert_eq!(f.ledger.seal(&event, &template).await.expect("reads"), None);
    for sealed in [3, 4] {
        let kept = f.ledger.keep_seal(&event, &template, seal(sealed)).await;
        assert_eq!(kept.expect("kept"), seal(3));
    }
    let set_anew = f.ledger.keep_seal(&event, &[9; 32], seal(5)).await;
    assert_eq!(set_anew.expect("kept"), seal(5));
    f.reopen().await;
    assert_eq!(
        f.ledger.seal(&event, &template).await.expect("reads"),
        Some(seal(3))
    );
}

/// As the first release left it.
async fn a_ledger_of_before_is_brought_up_to_date_when_it_is_opened(f: &mut Fixture) {
    let mut office = Office::new(4);
    let plain = office.next("born", &[creates(1)]);
    let body = plain.sealed_body.clone();
    f.ledger.append(plain).await.expect("recorded");
    f.ledger.close().await.expect("it closes");
    let (drop_body, put_body) = match f.engine {
        Engine::Sqlite => (
            "alter table body drop column cipher; drop trigger body_is_never_updated;",
            format!(
                "update body set sealed = x'{}' where position = 1;",
                hex::encode(&body)
            ),
        ),
        Engine::Postgres => (
            "alter table body drop column cipher;",
            format!(
                "update body set sealed = '\\x{}' where position = 1;",
                hex::encode(&body)
            ),
        ),
    };
    f.owner_sql(&format!(
        "{drop_body} {put_body} drop table seal; drop table body_store; drop table erasure; \
         drop table access; drop table access_entry; \
         alter table projection drop column begun; delete from migration where version > 1"
    ))
    .await
    .expect("as it was");
    f.ledger = f.another().await;
    let stored = f.ledger.stored(1).await.expect("reads").expect("there");
    assert_eq!(stored.sealed_body, Some(body));
    let kept = f.ledger.keep_seal(&[1; 16], &[2; 32], seal(3)).await;
    assert_eq!(kept.expect("kept"), seal(3));
    assert_eq!(f.ledger.write_access(access()).await.expect("written down"), 0);
    check::whole(&f.ledger).await;
}

async fn a_login_that_has_nothing_but_the_role_can_run_the_ledger(f: &mut Fixture) {
    let database = f.database.as_ref().expect("a database");
    let login = format!("{}_login", database.name);
    let role = format!("hotich_app_{}_public", database.name);
    f.owner_sql(&format!("create role {login} login; grant {role} to {login}"))
        .await
        .expect("a login");
    f.ledger.close().await.expect("it closes");
    let location = Location::Postgres(Box::new(database.options.clone().username(&login)));
    let ledger = Ledger::open(&location, Heard, f.clock.clone(), f.options.clone())
        .await
        .expect("it opens");
    ledger
        .append(Office::new(4).next("born", &[creates(1)]))
        .await
        .expect("recorded");
    ledger
        .keep_checkpoint(&signed(&ledger.head()))
        .await
        .expect("published");
    ledger.add_token(&[1; 32], 1, "a reader").await.expect("added");
    assert!(ledger.revoke_token(&[1; 32]).await.expect("revoked"));
    ledger.keep_seal(&[1; 16], &[2; 32], seal(3)).await.expect("kept");
    ledger.write_access(access()).await.expect("written down");
    ledger.rebuild(|_| {}).await.expect("rebuilt");
    ledger
        .append(Office::new(8).next("born", &[creates(2)]))
        .await
        .expect("recorded");
    check::whole(&ledger).await;
    ledger.close().await.expect("it closes");
}

async fn a_role_that_could_change_the_log_is_refused(f: &mut Fixture) {
    f.ledger.close().await.expect("it closes");
    let database = f.database.as_ref().expect("a database");
    for right in ["update", "delete", "truncate"] {
        let role = format!("hotich_app_{}_public", database.name);
        f.owner_sql(&format!("grant {right} on event to {role}"))
            .await
            .expect("granted");
        let opened = Ledger::open(&f.location, Heard, f.clock.clone(), f.options.clone()).await;
        let fault = opened.err().expect("refused").to_string();
        assert!(
            fault.contains(&format!("event {}", right.to_uppercase())),
            "{fault}"
        );
        f.owner_sql(&format!("revoke {right} on event from {role}"))
            .await
            .expect("revoked");
    }
}

async fn readers_of_the_pool_cannot_write(f: &mut Fixture) {
    const WRITE: ledger::Statement = ledger::Statement::both(
        "a write",
        "insert into probe (id, filler) values (7, 'x') returning id",
    );
    let fault = f.ledger.reader().rows(&WRITE, &[]).await.err().expect("refused");
    assert_eq!(fault.kind(), FaultKind::WriteRefused, "{fault}");
}
