//! The vectors of sealed papers: three files, and every way in which they are brought to a check.
//!
//! A case is a file, perhaps with one thing done to it, and lists; beside it stands what every reader must answer. What the reader of
//! this workspace answers is not asked here but in the test, so a case says what *should* be so.

use civil::seal::{Fate, PaperCode, SealUse, TrustedSeal};
use extract::seal::{FileKey, SealKey, seal_pdf};
use serde_json::{Value as Json, json};

use crate::books::{Books, day};
use crate::house::{House, NAME, SetPaper, certified};

/// Every file by its name.
pub fn sealed_vectors() -> Vec<(&'static str, Vec<u8>)> {
    let house = House::new();
    let paper = house.paper();
    let copy = house.sealed(&paper).file;
    let document = json!({
        "made_by": "cargo run -p verify --example sealed_vectors -- schemas/papers/sealed",
        "root": hex::encode(house.root.chain()[0].as_slice()),
        "trust_lists": trust_lists(&house, &paper),
        "status_lists": status_lists(&house, &paper),
        "code": paper.qr,
        "cases": cases(&house, &paper, &copy),
    });
    let cases = serde_json::to_string_pretty(&document).unwrap() + "\n";
    vec![
        ("copy.pdf", copy),
        ("words.pdf", words(&house, &paper)),
        ("other-code.pdf", other_code(&house, &paper)),
        ("cases.json", cases.into_bytes()),
    ]
}

/// The page says another number than the content that rides along.
fn words(house: &House, paper: &SetPaper) -> Vec<u8> {
    let mut altered = paper.content.clone();
    altered.number = "9/2026/TLKS-BS".to_owned();
    let page = house.set(altered, paper.code);
    sealed_by(&house.seal, &page.pdf, paper)
}

/// Page and content are those of somebody else; the code is the old one.
fn other_code(house: &House, paper: &SetPaper) -> Vec<u8> {
    let mut altered = paper.content.clone();
    let name = altered.fields.iter_mut().find(|field| !field.value.is_empty());
    "NGUYỄN VĂN KHÁC".clone_into(&mut name.unwrap().value);
    let page = house.set_with_code(altered, paper);
    sealed_by(&house.seal, &page.pdf.clone(), &page)
}

fn sealed_by(key: &dyn SealKey, pdf: &[u8], paper: &SetPaper) -> Vec<u8> {
    let content = paper.content.encode();
    seal_pdf(pdf, &content, paper.at, NAME, key, None).unwrap().file
}

fn foreign() -> FileKey {
    let root = FileKey::root(&[17; 32], &certified("Gốc giả", 0, SealUse::Root, 11)).unwrap();
    FileKey::issued(&[18; 32], &certified(NAME, 2, SealUse::Seal, 12), &root).unwrap()
}

fn expired(house: &House, paper: &SetPaper) -> FileKey {
    let mut of = certified(NAME, 2, SealUse::Seal, 14);
    of.until = paper.at - 1;
    FileKey::issued(&[20; 32], &of, &house.root).unwrap()
}

fn elsewhere(house: &House) -> FileKey {
    FileKey::issued(
        &[19; 32],
        &certified("Xã khác", 3, SealUse::Seal, 13),
        &house.root,
    )
    .unwrap()
}

fn trust_lists(house: &House, paper: &SetPaper) -> Json {
    let changed = |change: &dyn Fn(&mut TrustedSeal)| {
        let books = Books::of(house).changed(change);
        hex::encode(books.trust_list(&house.root))
    };
    let with = |key: &dyn SealKey, office| {
        let books = Books::of(house).and(key, office);
        hex::encode(books.trust_list(&house.root))
    };
    json!({
        "plain": changed(&|_| {}),
        "revoked before": changed(&|seal| seal.revoked_on = Some(day(2026, 11, 22))),
        "revoked later": changed(&|seal| seal.revoked_on = Some(day(2026, 11, 23))),
        "suspect": changed(&|seal| seal.suspect_since = Some(day(2026, 12, 1))),
        "over": changed(&|seal| seal.until = day(2026, 11, 21)),
        "with a foreign seal": with(&foreign(), 2),
        "with an expired seal": with(&expired(house, paper), 2),
        "with another office": with(&elsewhere(house), 3),
    })
}

fn status_lists(house: &House, paper: &SetPaper) -> Json {
    let other = PaperCode::from_chance([6; 13]).status_id();
    let own = paper.code.status_id();
    let since = day(2026, 12, 1);
    let books = Books::of(house);
    let list = |size, of, fate| hex::encode(books.status_list(size, &[(of, fate, since)]));
    json!({
        "other papers": list(2_000_000, other, Fate::Revoked),
        "superseded": list(2_000_000, own, Fate::Superseded),
        "revoked": list(2_000_000, own, Fate::Revoked),
        "older than the paper": list(1_000_000, other, Fate::Revoked),
    })
}

/// The signature in a file, in hexadecimal.
fn contents(file: &[u8]) -> String {
    let start = file
        .windows(11)
        .position(|found| found == b"/Contents<3")
        .unwrap()
        + 10;
    let len = file[start..].iter().position(|byte| *byte == b'>').unwrap();
    let room = str::from_utf8(&file[start..start + len]).unwrap();
    // The zeros behind it are an even number of digits; a signature may end in a zero itself.
    let kept = room.trim_end_matches('0').len().next_multiple_of(2);
    room[..kept].to_owned()
}

/// Where a text stands in a file for the last time.
fn last(file: &[u8], text: &[u8]) -> usize {
    file.windows(text.len()).rposition(|found| found == text).unwrap()
}

fn cases(house: &House, paper: &SetPaper, copy: &[u8]) -> Vec<Json> {
    let by = |key: &dyn SealKey| contents(&sealed_by(key, &paper.pdf, paper));
    let stamped = |at| {
        let authority = house.time_authority(at);
        let content = paper.content.encode();
        let sealed = seal_pdf(
            &paper.pdf,
            &content,
            paper.at,
            NAME,
            &house.seal,
            Some(&authority),
        );
        contents(&sealed.unwrap().file)
    };
    let cms = last(copy, b"/Contents<30") + 10;
    let good = |name: &str, trust: &str, status: Option<&str>, verdict: &str, on: Option<&str>| json!({ "name": name, "file": "copy.pdf", "trust_list": trust, "status_list": status, "verdict": verdict, "on": on });
    let bad = |name: &str, file: &str, edit: Json, trust: &str, why: &str| json!({ "name": name, "file": file, "edit": edit, "trust_list": trust, "verdict": "not_genuine", "why": why });
    let since = Some("2026-12-01");
    let mut cases = vec![
        good("a sealed copy", "plain", None, "genuine", None),
        good(
            "nothing happened since",
            "plain",
            Some("other papers"),
            "current",
            None,
        ),
        good(
            "a later act changed the entry",
            "plain",
            Some("superseded"),
            "superseded",
            since,
        ),
        good(
            "the paper was revoked",
            "plain",
            Some("revoked"),
            "revoked",
            since,
        ),
        good(
            "the status list is older than the paper",
            "plain",
            Some("older than the paper"),
            "genuine",
            None,
        ),
        good(
            "sealed on the day before the seal was revoked",
            "revoked later",
            None,
            "genuine",
            None,
        ),
        json!({
            "name": "a suspect seal with a time stamp from before", "file": "copy.pdf", "edit": { "contents": stamped(paper.at + 5) },
            "trust_list": "suspect", "verdict": "genuine", "stamped_at": paper.at + 5,
        }),
        bad(
            "a suspect seal with a later time stamp",
            "copy.pdf",
            json!({ "contents": stamped(paper.at + 30 * 86_400) }),
            "suspect",
            "seal_revoked",
        ),
        bad(
            "a suspect seal without a time stamp",
            "copy.pdf",
            Json::Null,
            "suspect",
            "seal_revoked",
        ),
        bad(
            "sealed on the day of the revocation",
            "copy.pdf",
            Json::Null,
            "revoked before",
            "seal_revoked",
        ),
        bad(
            "the seal's days on the list are over",
            "copy.pdf",
            Json::Null,
            "over",
            "seal_not_in_force",
        ),
        bad(
            "an expired certificate",
            "copy.pdf",
            json!({ "contents": by(&expired(house, paper)) }),
            "with an expired seal",
            "seal_not_in_force",
        ),
        bad(
            "a seal of an untrusted root",
            "copy.pdf",
            json!({ "contents": by(&foreign()) }),
            "plain",
            "unknown_seal",
        ),
        bad(
            "a seal of an untrusted root that somebody listed",
            "copy.pdf",
            json!({ "contents": by(&foreign()) }),
            "with a foreign seal",
            "untrusted_root",
        ),
        bad(
            "the seal of another office",
            "copy.pdf",
            json!({ "contents": by(&elsewhere(house)) }),
            "with another office",
            "unknown_seal",
        ),
        bad(
            "the page says other words",
            "words.pdf",
            Json::Null,
            "plain",
            "text_differs",
        ),
        bad(
            "the code is somebody else's",
            "other-code.pdf",
            Json::Null,
            "plain",
            "code_differs",
        ),
        bad(
            "a page under the seal of another",
            "words.pdf",
            json!({ "contents": contents(copy) }),
            "plain",
            "changed",
        ),
        bad(
            "a broken signature",
            "copy.pdf",
            json!({ "flip": cms }),
            "plain",
            "seal_unreadable",
        ),
        bad(
            "other letters in the gap",
            "copy.pdf",
            json!({ "put": [cms, "3O"] }),
            "plain",
            "not_a_paper",
        ),
        bad(
            "a shorter byte range",
            "copy.pdf",
            json!({ "flip": last(copy, b"/ByteRange[0 ") + 13 }),
            "plain",
            "not_sealed",
        ),
        bad(
            "another signing time",
            "copy.pdf",
            json!({ "flip": last(copy, b"/M(D:2026") + 8 }),
            "plain",
            "changed",
        ),
        bad(
            "a second end",
            "copy.pdf",
            json!({ "append": "startxref\n0\n%%EOF" }),
            "plain",
            "not_a_paper",
        ),
        bad(
            "a line end behind the end",
            "copy.pdf",
            json!({ "append": "\n" }),
            "plain",
            "not_a_paper",
        ),
        bad(
            "an object behind the end",
            "copy.pdf",
            json!({ "append": "\n1 0 obj\n<<>>\nendobj\nstartxref\n0\n%%EOF" }),
            "plain",
            "not_a_paper",
        ),
        bad(
            "half of it",
            "copy.pdf",
            json!({ "keep": copy.len() / 2 }),
            "plain",
            "not_a_paper",
        ),
        bad(
            "nothing but its head",
            "copy.pdf",
            json!({ "keep": 9 }),
            "plain",
            "not_a_paper",
        ),
    ];
    cases.extend((1..12).map(|part| {
        // Which of the two is found first depends on where the byte lies: the answer names one of them.
        json!({
            "name": format!("a bit flipped after {part} twelfths"), "file": "copy.pdf",
            "edit": { "flip": copy.len() * part / 12 }, "trust_list": "plain", "verdict": "not_genuine",
        })
    }));
    cases
}
