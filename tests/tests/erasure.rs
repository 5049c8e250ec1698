//! A lawful erasure from outside: filed by two, and everything around it stays whole.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on stops where it stands"
)]

use std::fs;
use std::path::Path;
use std::process::Command;

use hotich_tests::{Api, Desk, Ended, Engine, Server, hotich_binary, on_both_engines, tree};
use serde_json::{Value, json};

on_both_engines! {
    two_administrators_erase_a_body_by_command_and_all_that_remains_is_whole
    a_key_store_that_is_not_there_is_named_and_its_backup_opens_everything_again
}

/// What `hotich-verify export` says of a folder.
fn verify(folder: &str) -> Ended {
    let binary = hotich_binary().with_file_name("hotich-verify");
    Ended::of(Command::new(binary).args(["export", folder, "--records", "--json"]))
}

/// Erases the body at a position, as the README says it is done.
fn erase(desk: &Desk, server: &Server, position: &Value) -> Value {
    let administrator = format!("{}/administrator.key", desk.country.ledger.keys());
    let second = desk.file("second.key");
    Ended::of(desk.command().args(["keys", "generate", "--out", &second])).with(0);
    let grant = [
        "--office",
        "0",
        "--role",
        "administrator",
        "--key",
        &second,
        "--administrator",
        &administrator,
    ];
    desk.run(&["keys", "grant"], &grant).with(0);
    let act = json!({ "kind": "erased", "office": 0, "act": {
        "positions": [position], "authority": "Tòa án nhân dân khu vực 3",
        "legal_basis": "Quyết định số 41/2026/QĐST-HC", "ground": "wrong_person",
    }});
    let file = desk.written("erasure.json", &act.to_string());
    let url = server.url("");
    let filed = desk
        .command()
        .args(["file", &file, "--key", &administrator, "--second", &second])
        .args(["--server", &url, "--token", &desk.country.token, "--json"])
        .output()
        .unwrap();
    assert!(
        filed.status.success(),
        "{}",
        String::from_utf8_lossy(&filed.stderr)
    );
    serde_json::from_slice::<Value>(&filed.stdout).unwrap()["position"].clone()
}

/// The files below a folder that hold a text.
fn holding(folder: &Path, text: &str) -> Vec<String> {
    let mut holding = Vec::new();
    for file in fs::read_dir(folder).unwrap() {
        let file = file.unwrap().path();
        if file.is_dir() {
            holding.extend(self::holding(&file, text));
        } else if fs::read(&file)
            .unwrap()
            .windows(text.len())
            .any(|part| part == text.as_bytes())
        {
            holding.push(file.display().to_string());
        }
    }
    holding
}

fn two_administrators_erase_a_body_by_command_and_all_that_remains_is_whole(engine: Engine) {
    let desk = Desk::settle(engine);
    desk.seal(1).with(0);
    let server = desk.serve(&[]);
    let (issued, _) = desk.issue(&server);
    let (key, token) = desk.credentials();
    let api = Api::at(&server.url("")).with_token(token);
    let paper = api.get(&format!("/v1/extracts/{issued}")).with(200).json;
    let (entry, code) = (paper["entry"].as_str().unwrap(), paper["code"].as_str().unwrap());
    let born = api.get(&format!("/v1/entries/{entry}")).with(200).json;
    let oldest = back_up(&desk, "ledger");
    let search = || {
        api.get("/v1/entries?name=nguyen%20thi%20an")
            .with(200)
            .json
            .to_string()
    };
    assert!(search().contains(entry));

    let by = erase(&desk, &server, &born["head_position"]);

    assert!(!search().contains(entry), "nobody is found by what is erased");
    let status = api.get(&format!("/v1/extracts/{code}/status")).with(200).json;
    assert_eq!(status["state"], "superseded", "{status:#}");
    let again = api.get(&format!("/v1/extracts/{issued}/pdf")).with(422);
    assert_eq!(again.json["code"], "content_erased", "{:#}", again.json);
    let ask = desk.written(
        "again.json",
        &json!({ "standing": "person", "requester": "Nguyễn Thị An", "entitlement": { "ground": "themselves" },
                 "signer": { "name": "Lê Thị Mai", "title": "Chủ tịch" } })
        .to_string(),
    );
    let issue = [
        "paper",
        "issue",
        &ask,
        "--office",
        "1",
        "--entry",
        entry,
        "--key",
        key,
        "--out",
        "again.pdf",
    ];
    let refused = desk.ask(&server, &issue).with(1);
    assert!(refused.err.contains("content_erased"), "{}", refused.err);
    drop(server);
    let name = "Nguyễn Thị An";
    if engine == Engine::Embedded {
        let data = desk.country.ledger.data();
        assert_eq!(holding(Path::new(data), name), [""; 0]);
    }

    // Read models made anew are the live ones, records follow from the acts, and what is gone is counted and named.
    let ledger = &desk.country.ledger;
    desk.run(&["rebuild"], &[]).with(0);
    ledger.look("fsck", &[]).with(0);
    let erased = json!([{ "by": by, "positions": [born["head_position"]] }]);
    let audit = ledger.look("audit", &["--records", "--json"]).with(0).json();
    assert_eq!(
        (&audit["well"], &audit["log"]["erased"]),
        (&json!(true), &erased),
        "{audit:#}"
    );
    let out = desk.file("export");
    desk.run(&["export"], &["--out", &out]).with(0);
    let verified = verify(&out).with(0).json();
    assert_eq!(
        (&verified["green"], &verified["erased"]),
        (&json!(true), &erased),
        "{verified:#}"
    );
    // She asked for the paper herself, which nobody has erased; her mother is named in what is gone alone.
    assert_eq!(
        holding(Path::new(&format!("{out}/bodies")), "Trần Thị Hoa"),
        [""; 0]
    );
    // The oldest backup of the ledger has nothing of it in the open, and the keys of today do not open it.
    let oldest = fs::read(oldest).unwrap();
    assert!(oldest.len() > 10_000);
    for said in [name, "nguyenthian", "Trần Thị Hoa"] {
        assert!(
            !oldest.windows(said.len()).any(|part| part == said.as_bytes()),
            "{said}"
        );
    }
}

/// `ops/backup`.
fn back_up(desk: &Desk, what: &str) -> String {
    let file = desk.file(&format!("{what}.backup"));
    let mut command = Command::new(tree::root().join("ops/backup"));
    with_postgres(&mut command).args([what, desk.country.ledger.data(), &file]);
    Ended::of(&mut command).with(0);
    file
}

fn with_postgres(command: &mut Command) -> &mut Command {
    let programs = std::env::var("HOTICH_TEST_PGBIN").expect("run the tests under ops/with-postgres");
    let path = std::env::var("PATH").unwrap_or_default();
    command.env("PATH", format!("{programs}:{path}"))
}

/// Puts the keys back, as `ops/backup` says.
fn restore_keys(desk: &Desk, engine: Engine, backup: &str) {
    let data = desk.country.ledger.data();
    match engine {
        Engine::Embedded => fs::copy(backup, format!("{data}/bodies.keys.db"))
            .map(drop)
            .unwrap(),
        Engine::Postgres => {
            let mut psql = Command::new("psql");
            let psql =
                with_postgres(&mut psql).args(["-X", "-q", "-v", "ON_ERROR_STOP=1", "-f", backup, data]);
            Ended::of(psql).with(0);
        }
    }
}

fn lose_keys(desk: &Desk, engine: Engine) {
    let data = desk.country.ledger.data();
    match engine {
        Engine::Embedded => fs::remove_file(format!("{data}/bodies.keys.db")).unwrap(),
        Engine::Postgres => hotich_tests::psql(data, "drop schema public_body_keys cascade")
            .map(drop)
            .unwrap(),
    }
}

fn a_key_store_that_is_not_there_is_named_and_its_backup_opens_everything_again(engine: Engine) {
    let desk = Desk::settle(engine);
    let backup = back_up(&desk, "keys");
    lose_keys(&desk, engine);
    let ledger = &desk.country.ledger;
    for verb in ["serve", "rebuild"] {
        let refused = desk.run(&[verb], &[]);
        assert_ne!(refused.status, Some(0), "{verb}");
        assert!(refused.err.contains("--body-keys"), "{verb}: {}", refused.err);
    }
    // Without its key a body is missing, which no act explains: an alarm.
    restore_keys(&desk, engine, &backup);
    assert!(ledger.audit_is_green() > 0);
    let first = "delete from body_key";
    match engine {
        Engine::Embedded => {
            let file = format!("{}/bodies.keys.db", ledger.data());
            Ended::of(Command::new("sqlite3").args([&file, first])).with(0);
        }
        Engine::Postgres => {
            let first = format!("set search_path = public_body_keys; {first}");
            hotich_tests::psql(ledger.data(), &first).unwrap();
        }
    }
    let alarm = ledger.look("audit", &["--json"]).with(1).json();
    assert!(
        alarm["log"]["findings"].to_string().contains("body_missing"),
        "{alarm:#}"
    );
}
