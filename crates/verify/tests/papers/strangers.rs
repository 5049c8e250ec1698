//! Programs that we did not write, on the same papers: what they call good, and what they refuse.
//!
//! They see less than ours: that bytes follow the signature is for pdfsig and pyHanko no fault of the signature but of what it
//! covers, and whether the code is that of the paper no one of them asks. Each case says which of them must see it.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use civil::seal::{SealCertificate, SealPublicKey, certificate_to_pem};
use extract::seal::{FileKey, SealKey, seal_pdf, status_url};
use serde_json::{Value as Json, json};

use crate::house::{House, NAME, ORIGIN, SetPaper, certified};
use civil::seal::SealUse;

/// A folder with a root and with papers in it.
struct Desk {
    folder: tempfile::TempDir,
    house: House,
}

impl Desk {
    fn new() -> Self {
        let house = House::new();
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(
            folder.path().join("root.pem"),
            certificate_to_pem(&house.root.chain()[0]),
        )
        .unwrap();
        Self { folder, house }
    }

    fn put(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        path
    }

    /// What the script says of what `asked` adds to nothing.
    fn ask(&self, asked: Json) -> Json {
        let seal = SealCertificate::parse(&self.house.seal.chain()[0]).unwrap();
        let SealPublicKey::P256(key) = seal.key() else {
            panic!("a key of P-256")
        };
        let point = key.to_sec1_point(false);
        let mut document = json!({
            "root": self.folder.path().join("root.pem"),
            "moment": null,
            "crl": null,
            "files": [],
            "key": {
                "x": hex::encode(point.x().unwrap()),
                "y": hex::encode(point.y().unwrap()),
                "kid": hex::encode(seal.kid()),
            },
            "codes": [],
            "grammar": schemas().join("seals.cddl"),
            "payloads": [],
            "pictures": [],
        });
        for (name, value) in asked.as_object().unwrap() {
            document[name] = value.clone();
        }
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/papers/strangers.py");
        let answer = run(
            &python(),
            &[script.to_str().unwrap()],
            document.to_string().as_bytes(),
        );
        serde_json::from_slice(&answer).unwrap()
    }

    /// What pdfsig says, trusting the root.
    fn pdfsig(&self, file: &Path) -> String {
        let store = self.folder.path().join("nss");
        if !store.exists() {
            std::fs::create_dir(&store).unwrap();
            let store = format!("sql:{}", store.display());
            let root = self.folder.path().join("root.pem");
            run("certutil", &["-N", "-d", &store, "--empty-password"], b"");
            let root = root.to_str().unwrap();
            run(
                "certutil",
                &["-A", "-d", &store, "-n", "root", "-t", "C,C,C", "-i", root],
                b"",
            );
        }
        let store = format!("sql:{}", store.display());
        let said = Command::new("pdfsig")
            .args(["-nssdir", &store])
            .arg(file)
            .output()
            .expect("pdfsig of poppler-utils; ops/setup installs it");
        String::from_utf8_lossy(&said.stdout).into_owned()
    }
}

fn schemas() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../schemas/papers")
}

/// The programs of `ops/setup`.
fn python() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/python-papers/bin/python");
    assert!(path.exists(), "run ops/setup: it makes target/python-papers");
    path.to_str().unwrap().to_owned()
}

/// What a program that must succeed writes.
fn run(program: &str, args: &[&str], input: &[u8]) -> Vec<u8> {
    let mut child = Command::new(program)
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap_or_else(|error| panic!("{program}: {error}; ops/setup installs it"));
    child.stdin.take().unwrap().write_all(input).unwrap();
    let output = child.wait_with_output().unwrap();
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{program}: {told}");
    output.stdout
}

fn stamped(house: &House, paper: &SetPaper) -> Vec<u8> {
    let authority = house.time_authority(paper.at + 5);
    let content = paper.content.encode();
    seal_pdf(
        &paper.pdf,
        &content,
        paper.at,
        NAME,
        &house.seal,
        Some(&authority),
    )
    .unwrap()
    .file
}

#[test]
fn a_genuine_paper_is_valid_for_every_stranger() {
    let desk = Desk::new();
    let paper = desk.house.paper();
    let plain = desk.put("plain.pdf", &desk.house.sealed(&paper).file);
    let with_time = desk.put("stamped.pdf", &stamped(&desk.house, &paper));
    for file in [&plain, &with_time] {
        run("qpdf", &["--check", file.to_str().unwrap()], b"");
        let said = desk.pdfsig(file);
        for wanted in [
            "Signature is Valid.",
            "Certificate is Trusted.",
            "Total document signed",
        ] {
            assert!(said.contains(wanted), "{wanted}: {said}");
        }
    }
    let answer = desk.ask(json!({ "files": [&plain, &with_time], "codes": [&paper.qr] }));
    for (place, stamp) in [(0, Json::Null), (1, json!(true))] {
        let status = &answer["pyhanko"][place];
        assert_eq!(status["bottom_line"], json!(true), "{answer}");
        assert_eq!(status["coverage"], json!("ENTIRE_FILE"), "{answer}");
        assert_eq!(status["stamp"], stamp, "{answer}");
    }
    let code = &answer["codes"][0];
    assert_eq!(
        (&code["pycose"], &code["cwt"]),
        (&json!(true), &json!(true)),
        "{code}"
    );
    assert_eq!(code["content_hash"], json!(hex::encode(paper.content.hash())));
    assert_eq!(code["leaf_hash"], json!(hex::encode([0xab; 32])));
}

#[test]
fn what_was_changed_is_invalid_for_every_stranger() {
    let desk = Desk::new();
    let paper = desk.house.paper();
    let file = desk.house.sealed(&paper).file;
    let mut other = paper.content.clone();
    other.number = "9/2026/TLKS-BS".to_owned();
    let other = desk.house.sealed(&desk.house.set(other, paper.code)).file;
    let mut flipped = file.clone();
    flipped[file.len() / 3] ^= 1;
    // The page of another paper under this paper's seal.
    let swapped = with_signature_of(&other, &file);
    let mut longer = file.clone();
    longer.extend(b"\n% more\n");
    let names = ["flipped.pdf", "swapped.pdf", "longer.pdf"];
    let files: Vec<_> = names
        .iter()
        .zip([&flipped, &swapped, &longer])
        .map(|(name, bytes)| desk.put(name, bytes))
        .collect();
    let paths = &files;
    let mut letters = paper.qr.clone().into_bytes();
    letters[200] = if letters[200] == b'0' { b'1' } else { b'0' };
    let changed = String::from_utf8(letters).unwrap();
    let answer = desk.ask(json!({ "files": paths, "codes": [&changed] }));
    for place in [0, 1] {
        assert_ne!(answer["pyhanko"][place]["bottom_line"], json!(true), "{answer}");
        let said = desk.pdfsig(&paths[place]);
        assert!(!said.contains("Signature is Valid."), "{said}");
    }
    // What follows the signature they do not call invalid; they say that it is not covered.
    assert_ne!(answer["pyhanko"][2]["coverage"], json!("ENTIRE_FILE"), "{answer}");
    assert!(!desk.pdfsig(&paths[2]).contains("Total document signed"));
    let code = &answer["codes"][0];
    assert_eq!(
        (&code["pycose"], &code["cwt"]),
        (&json!(false), &json!(false)),
        "{code}"
    );
}

#[test]
fn an_untrusted_root_an_expired_certificate_and_a_revoked_seal_are_refused_by_strangers() {
    let desk = Desk::new();
    let paper = desk.house.paper();
    let content = paper.content.encode();
    let sealed = |key: &dyn SealKey| {
        seal_pdf(&paper.pdf, &content, paper.at, NAME, key, None)
            .unwrap()
            .file
    };
    let other = FileKey::root(&[17; 32], &certified("Gốc giả", 0, SealUse::Root, 11)).unwrap();
    let untrusted = FileKey::issued(&[18; 32], &certified(NAME, 2, SealUse::Seal, 12), &other).unwrap();
    let mut of = certified(NAME, 2, SealUse::Seal, 14);
    of.until = paper.at - 86_400;
    let expired = FileKey::issued(&[20; 32], &of, &desk.house.root).unwrap();
    let untrusted = desk.put("untrusted.pdf", &sealed(&untrusted));
    let expired = desk.put("expired.pdf", &sealed(&expired));
    let good = desk.put("good.pdf", &sealed(&desk.house.seal));
    let answer = desk.ask(json!({ "moment": paper.at, "files": [&untrusted, &expired, &good] }));
    let trusted = |place: usize| answer["pyhanko"][place]["trusted"] == json!(true);
    assert_eq!(
        [trusted(0), trusted(1), trusted(2)],
        [false, false, true],
        "{answer}"
    );
    assert!(!desk.pdfsig(&untrusted).contains("Certificate is Trusted."));
    let revoked = desk.put("root.crl", &revocation_list(&desk));
    let answer = desk.ask(json!({ "moment": paper.at, "crl": &revoked, "files": [&good] }));
    assert_ne!(answer["pyhanko"][0]["bottom_line"], json!(true), "{answer}");
}

/// Puts the signature of one file in the place of another's. Both are laid out alike.
fn with_signature_of(page: &[u8], signed: &[u8]) -> Vec<u8> {
    let place = |file: &[u8]| {
        let start = file
            .windows(11)
            .position(|found| found == b"/Contents<3")
            .unwrap()
            + 9;
        let len = file[start..].iter().position(|byte| *byte == b'>').unwrap();
        start..start + len
    };
    let mut swapped = page.to_vec();
    let signature = &signed[place(signed)];
    swapped[place(page)].copy_from_slice(signature);
    swapped
}

/// That the root revokes the seal, as X.509 says it: made by openssl, which knows the root by its key.
fn revocation_list(desk: &Desk) -> Vec<u8> {
    let path = |name: &str| desk.folder.path().join(name).to_str().unwrap().to_owned();
    desk.put("root.key", desk.house.root.to_pem().unwrap().as_bytes());
    let seal = SealCertificate::parse(&desk.house.seal.chain()[0]).unwrap();
    let serial = hex::encode_upper(seal.parts().tbs_certificate().serial_number().as_bytes());
    desk.put(
        "index.txt",
        format!("R\t451122000000Z\t261121000000Z\t{serial}\tunknown\t/CN=x\n").as_bytes(),
    );
    desk.put("crlnumber", b"01\n");
    let config = format!(
        "[ca]\ndefault_ca=it\n[it]\ndatabase={}\ncrlnumber={}\ndefault_md=sha256\ndefault_crl_days=9000\n",
        path("index.txt"),
        path("crlnumber")
    );
    desk.put("ca.cnf", config.as_bytes());
    let args = [
        "ca",
        "-gencrl",
        "-config",
        &path("ca.cnf"),
        "-cert",
        &path("root.pem"),
        "-keyfile",
        &path("root.key"),
        "-out",
        &path("crl.pem"),
        "-crl_lastupdate",
        "261121000000Z",
        "-crl_nextupdate",
        "400101000000Z",
    ];
    run("openssl", &args, b"");
    run(
        "openssl",
        &["crl", "-in", &path("crl.pem"), "-outform", "DER"],
        b"",
    )
}

#[test]
fn the_code_on_the_page_is_read_by_a_stranger_at_a_hundred_dots_an_inch_in_grey() {
    let desk = Desk::new();
    let paper = desk.house.paper();
    let file = desk.put("paper.pdf", &desk.house.sealed(&paper).file);
    let page = desk.folder.path().join("page");
    let args = [
        "-gray",
        "-r",
        "100",
        "-png",
        "-singlefile",
        file.to_str().unwrap(),
        page.to_str().unwrap(),
    ];
    run("pdftoppm", &args, b"");
    let picture = desk.folder.path().join("page.png");
    let answer = desk.ask(json!({ "pictures": [&picture] }));
    let found = answer["pictures"][0].as_array().unwrap();
    assert!(found.contains(&json!(paper.qr)), "{answer}");
    let link = status_url(ORIGIN, &paper.code);
    assert!(found.contains(&json!(link)), "{answer}");
}

#[test]
fn strangers_read_the_published_vectors() {
    let desk = Desk::new();
    let vectors = std::fs::read_to_string(schemas().join("seals.json")).unwrap();
    let vectors: Json = serde_json::from_str(&vectors).unwrap();
    let claims = vectors["claims"].as_array().unwrap();
    let texts: Vec<&str> = claims
        .iter()
        .map(|claim| claim["text"].as_str().unwrap())
        .collect();
    let mut payloads: Vec<(&str, &str)> = claims
        .iter()
        .map(|claim| ("claims", claim["payload"].as_str().unwrap()))
        .collect();
    payloads.push(("trust-list", vectors["trust_list"]["payload"].as_str().unwrap()));
    payloads.push(("status-list", vectors["status_list"]["payload"].as_str().unwrap()));
    // A list is no claim: the grammar can say no.
    payloads.push(("claims", vectors["status_list"]["payload"].as_str().unwrap()));
    let answer = desk.ask(json!({ "codes": texts, "payloads": payloads }));
    for (code, claim) in answer["codes"].as_array().unwrap().iter().zip(claims) {
        assert_eq!(
            (&code["pycose"], &code["cwt"]),
            (&json!(true), &json!(true)),
            "{code}"
        );
        assert_eq!(code["content_hash"], claim["claim"]["content_hash"]);
        assert_eq!(code["name"], claim["claim"]["full_name"]);
    }
    let mut wanted = vec![json!(true); payloads.len()];
    wanted[payloads.len() - 1] = json!(false);
    assert_eq!(answer["payloads"], json!(wanted));
}
