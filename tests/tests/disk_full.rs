//! A disk without room: told so, nothing half stored, and on with the work once there is room again.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on stops where it stands"
)]

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use hotich_tests::{
    Answer, Api, Country, Database, Ended, Engine, Ledger, Officer, PostgresCluster, Server, Signed, act,
    hotich_binary, in_small_folder,
};

/// More events than fit into the room that a test leaves.
const EVENTS_MAX: usize = 2_000;

#[test]
fn an_embedded_ledger_on_a_full_disk_refuses_until_there_is_room() {
    in_small_folder(
        "an_embedded_ledger_on_a_full_disk_refuses_until_there_is_room",
        24 << 20,
        |small| {
            let ledger = Ledger::found_in_folder(&small.join("ledger"));
            refuses_until_there_is_room(ledger, small);
        },
    );
}

#[test]
fn a_postgresql_on_a_full_disk_refuses_until_there_is_room() {
    in_small_folder(
        "a_postgresql_on_a_full_disk_refuses_until_there_is_room",
        64 << 20,
        |small| {
            let cluster = PostgresCluster::new();
            let tables = small.join("tables");
            fs::create_dir(&tables).unwrap();
            let ledger = Ledger::found_in(Database::in_folder(&cluster, &tables));
            refuses_until_there_is_room(ledger, small);
        },
    );
}

/// Everything but a disk that is full: a file that may not grow, as a quota or a failing disk would have it.
#[test]
fn an_embedded_ledger_whose_file_may_not_grow_refuses_until_it_may() {
    let ledger = Ledger::found(Engine::Embedded);
    let (data, keys) = (ledger.data().to_owned(), ledger.keys());
    let mut limited = Command::new("sh");
    limited
        .args([
            "-c",
            r#"trap "" XFSZ; exec prlimit --fsize="$0": "$@""#,
            "1500000",
        ])
        .arg(hotich_binary())
        .args([
            "serve",
            "--listen",
            "127.0.0.1:0",
            "--data",
            &data,
            "--keys",
            &keys,
        ]);
    let server = Server::launch(&mut limited);
    let country = Country::settle_in(ledger, &server, 1);
    let room = || {
        let process = server.process_id().to_string();
        Ended::of(Command::new("prlimit").args(["--pid", &process, "--fsize=unlimited:"])).with(0);
    };
    // A commit whose write failed may have reached the disk or not; the server does not pretend to know.
    refuses_until(country, &server, &["read_only", "outcome_unknown"], room);
}

fn refuses_until_there_is_room(ledger: Ledger, small: &Path) {
    let server = ledger.serve();
    let country = Country::settle_in(ledger, &server, 1);
    let ballast = fill(small);
    refuses_until(country, &server, &["read_only"], || {
        fs::remove_file(ballast).unwrap()
    });
}

/// Takes nearly all the room that there is.
fn fill(small: &Path) -> PathBuf {
    const LEFT: usize = 1 << 20;
    static PIECE: [u8; 64 << 10] = [0x5a; 64 << 10];
    let path = small.join("ballast");
    let mut file = fs::File::create(&path).unwrap();
    let mut written: u64 = 0;
    while file.write_all(&PIECE).is_ok() {
        written += PIECE.len() as u64;
    }
    file.set_len(written.saturating_sub(LEFT as u64)).unwrap();
    path
}

/// Appends until it is refused, with one of these codes, and again when there is room.
fn refuses_until(mut country: Country, server: &Server, at_first: &[&str], make_room: impl FnOnce()) {
    let api = country.api(server);
    let before = api.log_size();
    let (recorded, event, refused) = append_until_refused(&api, country.officer(1));
    full(&refused, at_first);
    assert!(!api.is_ready(), "ready, but takes no writes");
    full(&api.post("/v1/events", &event.request()), &["read_only"]);
    // Whoever is shown something is written down, and where nothing can be written nothing is shown; a line may still fit.
    let shown = api.get("/v1/events?limit=1");
    assert!(
        shown.status == 200 || (shown.status, shown.code()) == (503, "access_not_written"),
        "{shown:?}"
    );
    let size = before + recorded.len() as u64;
    assert_eq!(country.ledger.audit_is_green(), size);

    make_room();
    api.wait_until_ready();
    // What was recorded is there and can be read; of what was refused there is nothing.
    assert_eq!((api.log_size(), api.log_from(0).len() as u64), (size, size));
    api.get(&format!("/v1/events/{}", event.event)).with(404);
    for event in &recorded {
        api.get(&format!("/v1/events/{}", event.event)).with(200);
    }
    api.post("/v1/events", &event.request()).with(201);
    for _ in 0..20 {
        let next = country.officer(1).file("birth", &act::birth("Trần Văn Bình"));
        api.post("/v1/events", &next.request()).with(201);
    }
    assert_eq!(country.ledger.audit_is_green(), size + 21);
}

/// What was recorded, what was refused first, and how.
fn append_until_refused(api: &Api, officer: &mut Officer) -> (Vec<Signed>, Signed, Answer) {
    let mut recorded = Vec::new();
    for _ in 0..EVENTS_MAX {
        let event = officer.file("birth", &act::birth("Nguyễn Thị An"));
        let answer = api.post("/v1/events", &event.request());
        if !answer.is_receipt() {
            return (recorded, event, answer);
        }
        recorded.push(event);
    }
    panic!("{EVENTS_MAX} events fit in");
}

#[track_caller]
fn full(answer: &Answer, codes: &[&str]) {
    assert!(
        answer.status == 503 && codes.contains(&answer.code()),
        "{}",
        answer.text
    );
    assert!(answer.retry_after.is_some(), "it does not say when to come again");
}
