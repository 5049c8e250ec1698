//! `hotich … | head`: whoever closes the pipe has read enough.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on stops where it stands"
)]

use std::fs::{self, File};
use std::process::{Command, Stdio};

use hotich_tests::{Desk, Engine, act, hotich_binary};
use serde_json::json;

/// It was recorded and then panicked.
#[test]
fn an_act_is_filed_to_its_end_where_nobody_reads_what_is_said_of_it() {
    let desk = Desk::settle(Engine::Embedded);
    let server = desk.serve(&[]);
    let birth = json!({ "kind": "birth", "office": 1, "act": act::birth("Lê Văn Bình") });
    let file = desk.written("second.json", &birth.to_string());
    let ((key, token), url) = (desk.credentials(), server.url(""));
    let line = ["file", &file, "--key", key, "--server", &url, "--token", token];
    let size = desk.country.api(&server).log_size();

    let mut child = desk.command();
    let child = child.args(line).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = child.spawn().unwrap();
    drop(child.stdout.take());
    let ended = child.wait_with_output().unwrap();
    let told = String::from_utf8_lossy(&ended.stderr).into_owned();
    assert_eq!((ended.status.code(), told.as_str()), (Some(0), ""));
    assert_eq!(desk.country.api(&server).log_size(), size + 1);
}

#[test]
fn a_verdict_is_in_the_exit_status_where_nobody_reads_it() {
    let desk = Desk::settle(Engine::Embedded);
    desk.seal(1).with(0);
    let server = desk.serve(&[]);
    let (_, paper) = desk.issue(&server);
    desk.verify(&paper).with(0);
    let (paper, trust) = (desk.file("judged"), desk.file("trust"));
    let verify = |trust: &str| {
        let mut command = Command::new(hotich_binary().with_file_name("hotich-verify"));
        let child = command.args(["extract", &paper, "--trust", trust]);
        let mut child = child
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let ended = child.wait_with_output().unwrap();
        (
            ended.status.code(),
            String::from_utf8_lossy(&ended.stderr).contains("panicked"),
        )
    };
    assert_eq!(verify(&trust), (Some(0), false));
    assert_eq!(verify(&paper), (Some(2), false), "that is no list");
}

#[test]
fn an_answer_that_a_full_disk_does_not_take_is_missed() {
    let desk = Desk::settle(Engine::Embedded);
    let out = desk.file("preview.pdf");
    let mut command = desk.command();
    let command = command.args(["paper", "preview", "birth", "--out", &out]);
    let ended = command
        .stdout(File::create("/dev/full").unwrap())
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&ended.stderr).into_owned();
    assert_eq!(ended.status.code(), Some(2), "{told}");
    assert!(
        told.contains("could not be written") && !told.contains("panicked"),
        "{told}"
    );
    assert!(fs::read(&out).unwrap().starts_with(b"%PDF"), "the work is done");
}
