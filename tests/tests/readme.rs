//! README keeps its word: the tour's own lines are run, with nothing changed but where things are.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on stops where it stands"
)]

use std::os::unix::fs::PermissionsExt as _;
use std::process::Command;

use hotich_tests::{Ended, Folder, Server, hotich_binary, tree};
use serde_json::Value;

/// How README calls the program.
const PROGRAM: &str = "cargo run --release -p hotich -- ";
const VERIFIER: &str = "cargo run --release -p verify --bin hotich-verify -- ";
/// Where README's server listens.
const ADDRESS: &str = "http://127.0.0.1:8080";

/// The shell lines of a section, block by block.
fn blocks(section: &str) -> Vec<String> {
    let readme = tree::read("README.md");
    let heading = format!("\n## {section}\n");
    let (_, text) = readme
        .split_once(&heading)
        .unwrap_or_else(|| panic!("README has no section {section}"));
    let text = text.split("\n## ").next().unwrap();
    text.split("```sh\n")
        .skip(1)
        .map(|rest| rest.split("```").next().unwrap().to_owned())
        .collect()
}

/// Runs lines as README has them, each with its output apart; `API` is where our server listens.
struct Visitor<'a> {
    folder: &'a Folder,
    server: &'a Server,
    /// What the blocks before have set.
    variables: String,
}

impl Visitor<'_> {
    /// Answers each command with its output.
    fn run(&mut self, block: &str) -> Vec<(String, String)> {
        let variables: String = block
            .lines()
            .filter(|line| is_assignment(line))
            .map(|line| format!("{line}\n"))
            .collect();
        self.variables.push_str(&variables);
        let commands = block
            .lines()
            .filter(|line| !line.trim().is_empty() && !is_assignment(line));
        commands.map(|line| (line.to_owned(), self.line(line))).collect()
    }

    fn line(&self, line: &str) -> String {
        let mut ours = line
            .replace(PROGRAM, "hotich ")
            .replace(VERIFIER, "hotich-verify ")
            .replace("--scale 0.01", "--scale 0.0005");
        if ours.starts_with("hotich file") {
            // README's server listens where `file` looks for it; ours does not.
            ours = ours.split('#').next().unwrap().to_owned() + r#" --server "$API""#;
        }
        let script = format!(
            "set -euo pipefail\ncurl() {{ command curl --fail-with-body \"$@\"; }}\n{}\n{ours}\n",
            self.variables.replace(ADDRESS, &self.server.url(""))
        );
        let binary = hotich_binary();
        let path = format!(
            "{}:{}",
            binary.parent().unwrap().display(),
            std::env::var("PATH").unwrap()
        );
        let mut bash = Command::new("bash");
        bash.args(["-c", &script])
            .current_dir(self.folder.path())
            .env("PATH", path);
        Ended::of(&mut bash).with(0).out
    }
}

fn is_assignment(line: &str) -> bool {
    line.split_once('=')
        .is_some_and(|(name, _)| !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_uppercase()))
}

#[test]
fn the_two_commands_exist() {
    let blocks = blocks("Two commands");
    let [demo, test] = &blocks[..] else {
        panic!("README has {} commands", blocks.len())
    };
    let arguments = demo
        .trim()
        .strip_prefix(PROGRAM)
        .expect("README starts the program by cargo");
    let folder = Folder::new();
    let mut command = Command::new(hotich_binary());
    command
        .current_dir(folder.path())
        .args(arguments.split(' '))
        .args(["--listen", "127.0.0.1:0"]);
    let server = Server::launch(&mut command);
    assert!(server.url("").starts_with("http://127.0.0.1:"));
    let script = tree::root().join(test.trim());
    let mode = script
        .metadata()
        .unwrap_or_else(|error| panic!("{test}: {error}"))
        .permissions()
        .mode();
    assert_eq!(mode & 0o111, 0o111, "{test} cannot be executed");
}

#[test]
fn the_five_minutes_work_as_they_are_written() {
    let folder = Folder::new();
    let mut command = Command::new(hotich_binary());
    command.current_dir(folder.path());
    command.args(["demo", "--data", "demo", "--serve", "--listen", "127.0.0.1:0"]);
    let server = Server::launch(&mut command);
    let mut visitor = Visitor {
        folder: &folder,
        server: &server,
        variables: String::new(),
    };
    let blocks = blocks("Five minutes");
    let [read, file, check, paper] = &blocks[..] else {
        panic!("the tour has {} blocks", blocks.len())
    };

    let answers = visitor.run(read);
    assert_eq!(answers.len(), 8, "README says more than this test looks at");
    let [ready, now, then, timeline, search, closed, checkpoint, openapi] = &answers[..] else {
        unreachable!()
    };
    let json = |(line, out): &(String, String)| -> Value {
        serde_json::from_str(out).unwrap_or_else(|error| panic!("{line}: {error}\n{out}"))
    };
    assert!(json(ready).is_object());
    assert_eq!(json(now)["current"]["child"]["born_on"], "2019-03-18");
    assert_eq!(json(now)["notes"].as_array().map(Vec::len), Some(2));
    assert_eq!(json(then)["current"]["child"]["born_on"], "2019-03-08");
    assert_eq!(
        steps(&json(timeline)),
        6,
        "birth, correction, supplement, copy and two notes in the book"
    );
    assert!(json(search).to_string().contains("Ksor H’Lan"), "{}", search.1);
    assert_eq!(rows(&json(closed)), 2, "{}", closed.1);
    assert!(
        checkpoint.1.starts_with("hotich.example/demo\n"),
        "{}",
        checkpoint.1
    );
    assert!(json(openapi)["paths"]["/v1/events"].is_object());

    let answers = visitor.run(file);
    assert!(answers[0].1.contains("recorded at position"), "{}", answers[0].1);
    assert_eq!(rows(&json(&answers[1])), 1, "{}", answers[1].1);

    let answers = visitor.run(check);
    assert_eq!(answers.len(), 4, "README says more than this test looks at");
    for audit in [&answers[0], &answers[2]] {
        assert!(audit.1.contains("nothing is wrong"), "{}\n{}", audit.0, audit.1);
    }
    assert!(!answers[3].1.is_empty());

    let answers = visitor.run(paper);
    assert!(
        answers[0].1.starts_with("Genuine and current"),
        "{}",
        answers[0].1
    );
}

/// How many steps a timeline has, or rows a list: the one list that the answer holds.
fn rows(answer: &Value) -> usize {
    let list = match answer {
        Value::Object(members) => members.values().find_map(Value::as_array),
        other => other.as_array(),
    };
    list.unwrap_or_else(|| panic!("no list in {answer:#}")).len()
}

fn steps(answer: &Value) -> usize {
    rows(answer)
}
