//! The verifier page and the status page in a browser: with a server, and when it is gone.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on stops where it stands"
)]

use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Child, Command, Stdio};

use hotich_tests::{Api, Folder, Server, hotich, tree};
use serde_json::{Value, json};

/// What the script says when it needs the server no more.
const STOP: &str = "stop the server";

/// Somebody at a browser: `tests/browser/verifier.mjs`.
struct Visitor {
    child: Child,
    said: BufReader<std::process::ChildStdout>,
}

impl Visitor {
    fn with(cases: &str) -> Self {
        let mut child = Command::new("node")
            .args([&*path("tests/browser/verifier.mjs"), cases])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("node; ops/setup installs nodejs and chromium");
        let said = BufReader::new(child.stdout.take().unwrap());
        Self { child, said }
    }

    fn line(&mut self) -> String {
        let mut line = String::new();
        self.said.read_line(&mut line).unwrap();
        line.trim().to_owned()
    }

    fn go_on(&mut self) {
        self.child
            .stdin
            .as_mut()
            .unwrap()
            .write_all(b"it is gone\n")
            .unwrap();
    }
}

/// A file of the repository.
fn path(name: &str) -> String {
    tree::root().join(name).to_str().unwrap().to_owned()
}

/// A list of the published vectors, as a file.
fn list(folder: &Folder, vectors: &Value, kind: &str, name: &str) -> String {
    let path = folder.join(&format!("{name}.list"));
    fs::write(&path, hex::decode(vectors[kind][name].as_str().unwrap()).unwrap()).unwrap();
    path
}

/// The code of the one paper of a demo.
fn code_of_the_paper(address: &str, data: &str) -> String {
    let token = hotich(
        std::path::Path::new(data),
        &[
            "keys", "token", "--data", data, "--keys", data, "--office", "4", "--label", "test",
        ],
    );
    let api = Api::at(address).with_token(token.with(0).out.trim());
    let act: Value = serde_json::from_str(&fs::read_to_string(format!("{data}/act.json")).unwrap()).unwrap();
    let entry = act["act"]["amended"][0]["entry"].as_str().unwrap();
    let papers = api.get(&format!("/v1/extracts?entry={entry}")).with(200).json;
    let event = papers["extracts"][0]["event"].as_str().unwrap().to_owned();
    let paper = api.get(&format!("/v1/extracts/{event}")).with(200).json;
    paper["code"].as_str().unwrap().to_owned()
}

/// The first page at 100 dots an inch, in grey.
fn picture(pdf: &str, out: &str) -> String {
    let drawn = Command::new("pdftoppm")
        .args(["-gray", "-png", "-singlefile", "-r", "100", pdf, out])
        .status();
    assert!(
        drawn
            .expect("pdftoppm; ops/setup installs poppler-utils")
            .success()
    );
    format!("{out}.png")
}

#[test]
fn a_browser_judges_papers_with_the_server_and_without_it() {
    let folder = Folder::new();
    let data = folder.join("demo");
    hotich(folder.path(), &["demo", "--data", &data]).with(0);
    let server = Server::start(&["--data", &data, "--keys", &data]);
    let address = server.url("").trim_end_matches('/').to_owned();
    let copy = format!("{data}/copy.pdf");
    let file = fs::read(&copy).unwrap();
    let [flipped, longer] = ["flipped.pdf", "longer.pdf"].map(|name| folder.join(name));
    let mut bytes = file.clone();
    bytes[file.len() / 3] ^= 1;
    fs::write(&flipped, bytes).unwrap();
    fs::write(&longer, [&file[..], b"\n"].concat()).unwrap();
    let vectors: Value = serde_json::from_str(&tree::read("schemas/papers/sealed/cases.json")).unwrap();
    let trust = |name: &str| list(&folder, &vectors, "trust_lists", name);
    let superseded = list(&folder, &vectors, "status_lists", "superseded");
    let published = path("schemas/papers/sealed/copy.pdf");
    let pictures = folder.join("pictures");
    fs::create_dir(&pictures).unwrap();
    let cases = json!({
        "address": address,
        "code": code_of_the_paper(&address, &data),
        "secret": ["KSOR", "054319000123", "18/03/2019"],
        "pictures": pictures,
        "files": [
            [copy, "Genuine and current as of"],
            [flipped, "Not genuine: something was changed after it was sealed"],
            [longer, "Not genuine: the file is not written as papers are"],
            [picture(&copy, &folder.join("page")), "Genuine and current as of"],
            [format!("{data}/act.json"), "No QR code found"],
        ],
        "lists": [
            [[trust("plain")], published, "Genuine; whether a later act changed it is not known here"],
            [[trust("plain"), superseded], published, "Genuine, superseded by a later act on 2026-12-01"],
            [[trust("revoked before")], published, "Not genuine: the seal has been revoked"],
            [[trust("plain")], copy, "Not genuine: the QR code is of another ledger"],
        ],
    });
    let asked = folder.join("cases.json");
    fs::write(&asked, cases.to_string()).unwrap();
    let mut visitor = Visitor::with(&asked);
    assert_eq!(visitor.line(), STOP);
    drop(server);
    visitor.go_on();
    assert_eq!(visitor.line(), "done");
    assert!(visitor.child.wait().unwrap().success());
    // Empty, good and bad, and the status page, at a desk and on a phone.
    assert_eq!(fs::read_dir(&pictures).unwrap().count(), 8);
}
