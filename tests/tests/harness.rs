//! The harness itself: what it starts runs, and nothing of it stays behind.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on stops where it stands"
)]

use std::fs;
use std::path::Path;
use std::process::Command;

use hotich_tests::{Database, PostgresCluster, Reaper, Server, psql};

#[test]
fn a_cluster_keeps_what_was_committed_over_an_immediate_stop() {
    let cluster = PostgresCluster::new();
    let url = cluster.url("postgres");
    psql(&url, "create table kept (n int); insert into kept values (7)").unwrap();
    cluster.stop_immediately();
    assert!(psql(&url, "select n from kept").is_err());
    cluster.start();
    assert_eq!(psql(&url, "select n from kept").unwrap(), "7");
    assert_eq!(psql(&cluster.socket_url("postgres"), "show fsync").unwrap(), "on");
}

#[test]
fn a_dropped_cluster_leaves_no_process_and_no_folder() {
    let cluster = PostgresCluster::new();
    let home = cluster.data().parent().unwrap().to_owned();
    assert!(in_use(&home));
    drop(cluster);
    assert!(!in_use(&home));
    assert!(!home.exists());
}

#[test]
fn a_cluster_that_is_stopped_can_be_dropped() {
    let cluster = PostgresCluster::new();
    let home = cluster.data().parent().unwrap().to_owned();
    cluster.stop_immediately();
    drop(cluster);
    assert!(!home.exists());
}

#[test]
fn a_database_is_empty_and_goes_with_its_sessions() {
    let cluster = PostgresCluster::new();
    let database = Database::on(&cluster);
    assert_eq!(
        database
            .query("select count(*) from pg_tables where schemaname = 'public'")
            .unwrap(),
        "0"
    );
    let url = database.url().to_owned();
    drop(database);
    assert!(psql(&url, "select 1").unwrap_err().contains("does not exist"));
}

#[test]
fn the_shared_cluster_gives_databases() {
    let (one, two) = (Database::create(), Database::create());
    assert_ne!(one.url(), two.url());
    assert_eq!(one.query("select 1").unwrap(), "1");
}

/// Says where it listens and where it is, then waits to be ended.
const STAND_IN: &str =
    "echo starting; echo 'listening on http://127.0.0.1:1/'; echo oops >&2; exec tail -f /dev/null";

fn stand_in() -> Server {
    Server::launch(Command::new("sh").args(["-c", STAND_IN]))
}

#[test]
fn a_server_tells_its_address_and_its_log() {
    let server = stand_in();
    assert_eq!(server.url("/health"), "http://127.0.0.1:1/health");
    assert!(!server.log().contains("listening"));
}

#[test]
fn a_killed_or_dropped_server_is_gone() {
    let mut server = stand_in();
    let (id, folder) = (server.process_id(), format!("/proc/{}", server.process_id()));
    assert!(Path::new(&folder).exists());
    server.kill();
    assert!(!Path::new(&folder).exists(), "{id} still runs");
    drop(server);

    let server = stand_in();
    let folder = format!("/proc/{}", server.process_id());
    drop(server);
    assert!(!Path::new(&folder).exists());
}

#[test]
fn a_server_can_be_asked_to_end() {
    use std::os::unix::process::ExitStatusExt as _;
    let status = stand_in().terminate();
    assert_eq!(status.signal(), Some(15));
}

#[test]
fn the_reaper_runs_when_it_is_dropped_and_not_when_it_is_disarmed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("reaped");
    drop(Reaper::new(r#"touch "$1""#, &[&path]));
    assert!(path.exists());

    let path = folder.path().join("spared");
    Reaper::new(r#"touch "$1""#, &[&path]).disarm();
    assert!(!path.exists());
}

/// Run by the test below in a process of its own; does nothing otherwise.
#[test]
fn a_victim_holds_a_cluster_until_it_is_killed() {
    let Ok(told) = std::env::var("HOTICH_TEST_VICTIM") else {
        return;
    };
    let cluster = PostgresCluster::new();
    fs::write(&told, cluster.data().parent().unwrap().to_str().unwrap()).unwrap();
    drop(
        Command::new("kill")
            .args(["-9", &std::process::id().to_string()])
            .status(),
    );
    unreachable!("killed above");
}

#[test]
fn a_killed_test_leaves_no_process_and_no_folder() {
    let folder = tempfile::tempdir().unwrap();
    let told = folder.path().join("home");
    // Reading its output to the end is waiting for the reaper too.
    let output = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "a_victim_holds_a_cluster_until_it_is_killed"])
        .env("HOTICH_TEST_VICTIM", &told)
        .output()
        .unwrap();
    assert!(!output.status.success());
    let home = fs::read_to_string(told).unwrap();
    assert!(!in_use(Path::new(&home)));
    assert!(!Path::new(&home).exists());
}

/// Whether any process works in this folder, as PostgreSQL does in its data folder.
fn in_use(folder: &Path) -> bool {
    let processes = fs::read_dir("/proc").unwrap().flatten();
    processes
        .into_iter()
        .any(|process| fs::read_link(process.path().join("cwd")).is_ok_and(|cwd| cwd.starts_with(folder)))
}
