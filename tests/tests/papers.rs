//! Papers as people meet them: asked for in one province, made in a second, checked by whoever gets them, with another program.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on stops where it stands"
)]

use std::fs;
use std::process::Command;

use hotich_tests::{
    Api, Country, Database, Ended, Engine, Folder, Server, act, eventually, hotich, hotich_binary,
    on_both_engines,
};
use serde_json::{Value, json};

on_both_engines! {
    a_birth_of_one_province_corrected_in_a_second_is_handed_over_in_a_third_and_proves_itself
    a_paper_is_issued_from_the_command_line_and_is_the_same_for_ever
}

/// The verifier, which knows nothing of servers.
fn verify(arguments: &[&str]) -> Ended {
    let binary = hotich_binary().with_file_name("hotich-verify");
    Ended::of(Command::new(binary).arg("extract").args(arguments))
}

fn a_birth_of_one_province_corrected_in_a_second_is_handed_over_in_a_third_and_proves_itself(engine: Engine) {
    let folder = Folder::new();
    let database = (engine == Engine::Postgres).then(Database::create);
    let data = database
        .as_ref()
        .map_or_else(|| folder.join("demo"), |known| known.url().to_owned());
    // A demo lays its keys beside its ledger, or, where that is a database, into the folder where it runs.
    let keys = match engine {
        Engine::Embedded => data.clone(),
        Engine::Postgres => folder.join("hotich-keys"),
    };
    let run = |arguments: &[&str]| hotich(folder.path(), arguments);
    run(&["demo", "--data", &data]).with(0);
    let at = |name: &str| format!("{keys}/{name}");
    let [pdf, trust, root, status] = ["copy.pdf", "hotich.trust", "seal-root.crt", "hotich.status"].map(at);

    let genuine = verify(&[&pdf, "--trust", &trust, "--root", &root, "--status", &status]).with(0);
    assert!(genuine.out.contains("Genuine and current"), "{}", genuine.out);
    for value in [
        "KSOR H’LAN",
        "18/03/2019",
        "054319000123",
        "Ghi chú: Cải chính hộ tịch",
    ] {
        assert!(genuine.out.contains(value), "{value}: {}", genuine.out);
    }

    // The same sheet again, from a server that only has the log and the seal.
    let server = Server::start(&["--data", &data, "--keys", &keys]);
    let token = |office: &str| {
        let line = [
            "keys", "token", "--data", &data, "--keys", &keys, "--office", office, "--label", "test",
        ];
        run(&line).with(0).out.trim().to_owned()
    };
    let (issuer, residence) = (token("4"), token("3"));
    let api = Api::at(&server.url("")).with_token(&issuer);
    let act: Value = serde_json::from_str(&fs::read_to_string(at("act.json")).unwrap()).unwrap();
    let entry = act["act"]["amended"][0]["entry"].as_str().unwrap();
    let papers = api.get(&format!("/v1/extracts?entry={entry}")).with(200).json;
    let event = papers["extracts"][0]["event"].as_str().unwrap().to_owned();
    let again = at("again.pdf");
    let address = server.url("");
    run(&[
        "paper", "fetch", &event, "--server", &address, "--token", &issuer, "--out", &again,
    ])
    .with(0);
    assert!(
        fs::read(&again).unwrap() == fs::read(&pdf).unwrap(),
        "the same event, other bytes"
    );

    // Another act: the sheet is still genuine, and no longer current.
    let key = at("office-3.key");
    let file = [
        "file",
        &at("act.json"),
        "--key",
        &key,
        "--server",
        &address,
        "--token",
        &residence,
    ];
    run(&file).with(0);
    let paper = api.get(&format!("/v1/extracts/{event}")).with(200).json;
    let code = paper["code"].as_str().unwrap();
    let told = api.get(&format!("/v1/extracts/{code}/status")).with(200).json;
    assert_eq!(
        (&told["state"], &told["since"]),
        (&json!("superseded"), &json!("2026-11-18"))
    );
    let newer = at("newer.status");
    run(&["status-list", "--data", &data, "--keys", &keys, "--out", &newer]).with(0);
    let superseded = verify(&[&again, "--trust", &trust, "--root", &root, "--status", &newer]).with(1);
    assert!(
        superseded.out.contains("superseded by a later act on 2026-11-18"),
        "{}",
        superseded.out
    );
}

fn a_paper_is_issued_from_the_command_line_and_is_the_same_for_ever(engine: Engine) {
    let (country, server) = Country::settle(engine, 1);
    drop(server);
    let folder = country.ledger.folder();
    let (key, keys) = (folder.join("office-1.key"), country.ledger.keys());
    hotich(folder.path(), &["keys", "generate", "--out", &key]).with(0);
    let administrator = format!("{keys}/administrator.key");
    let grant = ["--office", "1", "--key", &key, "--administrator", &administrator];
    country.ledger.run(&["keys", "grant"], &grant).with(0);
    let root = ["--name", "Gốc thử nghiệm", "--administrator", &administrator];
    country.ledger.run(&["seal", "root"], &root).with(0);
    let seals = [
        "--office",
        "0",
        "--office",
        "1",
        "--administrator",
        &administrator,
    ];
    country.ledger.run(&["seal", "grant"], &seals).with(0);
    assert_ne!(
        country.ledger.run(&["seal", "grant"], &seals).status,
        Some(0),
        "a key is never overwritten"
    );

    let server = country.ledger.serve();
    let (token, address) = (country.ledger.token(1), server.url(""));
    let act_file = folder.join("act.json");
    let birth = json!({ "kind": "birth", "office": 1, "act": act::birth("Nguyễn Thị An") });
    fs::write(&act_file, birth.to_string()).unwrap();
    let filed = [
        "file", &act_file, "--key", &key, "--server", &address, "--token", &token, "--json",
    ];
    let receipt = hotich(folder.path(), &filed).with(0).json();
    let entry = receipt["entry"].as_str().unwrap();

    let (ask, out) = (folder.join("ask.json"), folder.join("copy.pdf"));
    let asked = json!({
        "standing": "person", "requester": "Nguyễn Thị An", "entitlement": { "ground": "themselves" },
        "signer": { "name": "Lê Thị Mai", "title": "Chủ tịch" },
    });
    fs::write(&ask, asked.to_string()).unwrap();
    let issue_at = |address: &str, out: &str, more: &[&str]| {
        let line = [
            "paper", "issue", &ask, "--office", "1", "--entry", entry, "--key", &key, "--server", address,
            "--token", &token, "--out", out,
        ];
        hotich(folder.path(), &[&line[..], more].concat())
    };
    let issue = |more: &[&str]| issue_at(&address, &out, more);
    let size = country.api(&server).log_size();
    let shown = issue(&["--draft"]).with(0);
    assert!(shown.out.contains("NGUYỄN THỊ AN"), "{}", shown.out);
    assert_eq!(country.api(&server).log_size(), size, "a draft records nothing");
    let issued = issue(&[]).with(0);
    assert!(
        issued.out.contains("NGUYỄN THỊ AN") && issued.out.contains("recorded at"),
        "{}",
        issued.out
    );
    assert!(!issued.out.contains("not sealed"), "{}", issued.out);
    let first = fs::read(&out).unwrap();
    let event = issued
        .out
        .lines()
        .find_map(|line| line.strip_prefix("event  "))
        .unwrap();

    // A node without the key of the seal puts back what was kept.
    drop(server);
    let (seal, aside) = (format!("{keys}/seal-1.key"), folder.join("aside.key"));
    fs::rename(&seal, &aside).unwrap();
    let server = country.ledger.serve();
    let again = folder.join("again.pdf");
    let address = server.url("");
    let fetch = [
        "paper", "fetch", event, "--server", &address, "--token", &token, "--out", &again,
    ];
    hotich(folder.path(), &fetch).with(0);
    assert!(fs::read(&again).unwrap() == first, "the same event, other bytes");
    // What it issues itself it cannot seal, and whoever hands it over is told.
    let unsealed = issue_at(&address, &folder.join("unsealed.pdf"), &[]).with(0);
    assert!(unsealed.out.contains("not sealed"), "{}", unsealed.out);

    // A seal that is revoked seals no more; what it sealed stays.
    let trust = folder.join("trust");
    country.ledger.run(&["trust-list"], &["--out", &trust]).with(0);
    verify(&[&again, "--trust", &trust]).with(0);

    // Its place in the log is proved with a second file.
    let proof = folder.join("proof.tlog-proof");
    let prove = [
        "prove", event, "--server", &address, "--token", &token, "--out", &proof,
    ];
    eventually("a checkpoint covers it", || {
        hotich(folder.path(), &prove).status == Some(0)
    });
    let proved = verify(&[&again, "--trust", &trust, "--proof", &proof]).with(0);
    assert!(proved.out.contains("In the log: position "), "{}", proved.out);
    drop(server);
    country.ledger.audit_is_green();
}
