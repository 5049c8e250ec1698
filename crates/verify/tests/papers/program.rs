//! `hotich-verify extract`, as people run it, and what the log itself can prove.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use civil::seal::{Fate, certificate_to_pem};
use extract::seal::SealKey;
use serde_json::Value as Json;

use crate::books::{Books, day};
use crate::house::House;

struct Counter {
    folder: tempfile::TempDir,
}

impl Counter {
    fn put(&self, name: &str, bytes: &[u8]) -> String {
        let path: PathBuf = self.folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        path.to_str().unwrap().to_owned()
    }
}

fn run(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_hotich-verify"))
        .arg("extract")
        .args(args)
        .output()
        .unwrap()
}

fn said(output: &Output) -> (i32, String) {
    let text = String::from_utf8(output.stdout.clone()).unwrap();
    (output.status.code().unwrap(), text)
}

#[test]
fn the_program_says_in_words_how_it_stands_with_a_paper_and_exits_accordingly() {
    let house = House::new();
    let books = Books::of(&house);
    let paper = house.paper();
    let counter = Counter {
        folder: tempfile::tempdir().unwrap(),
    };
    let file = counter.put("copy.pdf", &house.sealed(&paper).file);
    let trust = counter.put("list.trust", &books.trust_list(&house.root));
    let root = counter.put("root.pem", certificate_to_pem(&house.root.chain()[0]).as_bytes());
    let other = counter.put("other.pem", certificate_to_pem(&house.seal.chain()[0]).as_bytes());
    let fresh = counter.put("fresh.status", &books.status_list(2_000_000, &[]));
    let since = [(paper.code.status_id(), Fate::Superseded, day(2026, 12, 1))];
    let later = counter.put("later.status", &books.status_list(2_000_000, &since));

    let (status, text) = said(&run(&[
        &file, "--trust", &trust, "--root", &root, "--status", &fresh,
    ]));
    assert_eq!(status, 0, "{text}");
    assert!(text.starts_with("Genuine and current as of 2026-"), "{text}");
    assert!(text.contains(&paper.content.number), "{text}");
    let (status, text) = said(&run(&[
        &file, "--trust", &trust, "--root", &root, "--status", &later, "--vi",
    ]));
    assert_eq!(status, 1, "{text}");
    assert!(
        text.starts_with("Thật, nhưng nội dung đã thay đổi bởi việc hộ tịch ngày 01/12/2026"),
        "{text}"
    );
    let (status, text) = said(&run(&[&paper.qr, "--trust", &trust, "--json"]));
    let answer: Json = serde_json::from_str(&text).unwrap();
    assert_eq!(
        (status, &answer["verdict"]),
        (0, &Json::from("genuine")),
        "{text}"
    );
    let mut longer = house.sealed(&paper).file;
    longer.push(b'\n');
    let longer = counter.put("longer.pdf", &longer);
    let (status, text) = said(&run(&[&longer, "--trust", &trust, "--json"]));
    let answer: Json = serde_json::from_str(&text).unwrap();
    assert_eq!(
        (status, &answer["why"]),
        (1, &Json::from("not_a_paper")),
        "{text}"
    );

    let nowhere = Path::new("/nowhere.pdf").to_str().unwrap();
    for wrong in [
        &[file.as_str()][..],
        &[&file, "--trust", nowhere],
        &[nowhere, "--trust", &trust],
        &[&file, "--trust", &fresh],
        &[&file, "--trust", &trust, "--root", &other],
        &[&file, "--trust", &trust, "--frobnicate"],
    ] {
        assert_eq!(run(wrong).status.code(), Some(2), "{wrong:?}");
    }
}
