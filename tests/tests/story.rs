//! The product as its users meet it: the demo, the verbs around a ledger, and an act filed from the command line.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on stops where it stands"
)]

use std::fs;
use std::os::unix::fs::PermissionsExt as _;

use hotich_tests::{
    Api, Country, Database, Ended, Engine, Folder, Ledger, ORIGIN, Server, act, hotich, on_both_engines,
};
use serde_json::{Value, json};

on_both_engines! {
    a_correction_filed_at_residence_changes_the_copy_issued_elsewhere
    a_ledger_is_founded_once
    what_is_audited_exported_and_rebuilt_is_one_ledger
    a_key_that_is_revoked_beside_a_running_server_signs_no_more
    an_act_is_filed_from_the_command_line
}

/// A place for a demo's ledger: what stands behind `--data`, and the folder in which its commands run.
struct Place {
    data: String,
    keys: String,
    folder: Folder,
    database: Option<Database>,
}

impl Place {
    fn on(engine: Engine) -> Self {
        let folder = Folder::new();
        match engine {
            Engine::Embedded => {
                let data = folder.join("demo");
                Self {
                    keys: data.clone(),
                    data,
                    folder,
                    database: None,
                }
            }
            Engine::Postgres => {
                let database = Database::create();
                let data = database.url().to_owned();
                // Where the keys of a ledger in a database lie unless `--keys` says otherwise.
                Self {
                    data,
                    keys: folder.join("hotich-keys"),
                    folder,
                    database: Some(database),
                }
            }
        }
    }

    fn run(&self, arguments: &[&str]) -> Ended {
        hotich(self.folder.path(), arguments)
    }
}

fn a_correction_filed_at_residence_changes_the_copy_issued_elsewhere(engine: Engine) {
    let place = Place::on(engine);
    let told = place.run(&["demo", "--data", &place.data]).with(0).out;
    let step = |number: usize| {
        let (from, to) = (format!("\n{number}. "), format!("\n{}. ", number + 1));
        let (_, rest) = told
            .split_once(&from)
            .unwrap_or_else(|| panic!("no step {number} in:\n{told}"));
        rest.split(&to).next().unwrap().to_owned()
    };
    // Registered here, corrected and supplemented there; the record says so at once, and so does the copy elsewhere.
    assert!(step(1).contains("Hòa Phú"), "{told}");
    for number in [3, 4] {
        assert!(
            step(number).contains("notice owed to UBND"),
            "step {number} in:\n{told}"
        );
    }
    for number in [5, 6] {
        let says = step(number);
        for line in [
            ": KSOR H’LAN\n",
            ": 18/03/2019\n",
            ": 054319000123\n",
            "│ Ghi chú: Cải chính",
            "│ Ghi chú: Bổ sung",
        ] {
            assert!(says.contains(line), "step {number} does not say {line}:\n{told}");
        }
    }
    assert!(
        step(6).contains("signed by the office, recorded at position "),
        "{told}"
    );
    // The keeper of the old book works its notices off.
    let (before, after) = step(7)
        .rsplit_once("recorded at position")
        .map(|(a, b)| (a.to_owned(), b.to_owned()))
        .unwrap();
    assert_eq!(before.matches("open: entry").count(), 2, "{told}");
    assert!(after.contains("no notice is open"), "{told}");
    // The audit is green.
    assert!(step(8).contains("Audit: nothing is wrong."), "{told}");
    assert!(step(8).contains("✓ read models recomputed"), "{told}");
    assert!(!step(8).contains('✗'), "{told}");
    if engine == Engine::Embedded {
        // In the damaged copy it is red, and names the position of the correction.
        let correction = step(3);
        let position = correction
            .split("recorded at position ")
            .nth(1)
            .unwrap()
            .lines()
            .next()
            .unwrap();
        assert!(step(9).contains("Audit: something is wrong!"), "{told}");
        assert!(step(9).contains(&format!("! Position {position}: ")), "{told}");
    }
    what_the_copy_says_over_the_api(&place);
}

/// The same from outside, after the story: the visitors' token reads what the story has told.
fn what_the_copy_says_over_the_api(place: &Place) {
    let server = Server::start(&["--data", &place.data, "--keys", &place.keys]);
    let read = |name: &str| fs::read_to_string(format!("{}/{name}", place.keys)).unwrap();
    let api = Api::at(&server.url("")).with_token(read("token").trim());
    let act: Value = serde_json::from_str(&read("act.json")).unwrap();
    let entry = act["act"]["amended"][0]["entry"].as_str().unwrap();
    let now = api.get(&format!("/v1/entries/{entry}")).with(200).json;
    assert_eq!(now["current"]["child"]["born_on"], "2019-03-18", "{now:#}");
    assert_eq!(now["original"]["child"]["born_on"], "2019-03-08", "{now:#}");
    assert_eq!(now["notes"].as_array().map(Vec::len), Some(2), "{now:#}");
    let then = api
        .get(&format!("/v1/entries/{entry}?as_of=2025-12-31"))
        .with(200)
        .json;
    assert_eq!(then["current"]["child"]["born_on"], "2019-03-08", "{then:#}");
}

#[test]
fn the_demo_needs_no_folder_and_leaves_none() {
    let folder = Folder::new();
    let mut command = std::process::Command::new(hotich_tests::hotich_binary());
    command
        .arg("demo")
        .current_dir(folder.path())
        .env("TMPDIR", folder.path());
    let told = Ended::of(&mut command).with(0).out;
    assert!(told.contains("\n9. "), "{told}");
    assert_eq!(
        fs::read_dir(folder.path()).unwrap().count(),
        0,
        "something was left behind"
    );
}

fn a_ledger_is_founded_once(engine: Engine) {
    let ledger = Ledger::found(engine);
    let again = ledger.run(&["init"], &["--origin", ORIGIN]).with(2);
    assert!(again.err.contains("already"), "{}", again.err);
    let by_demo = ledger.run(&["demo"], &[]).status;
    assert_ne!(
        by_demo,
        Some(0),
        "the demo wrote into a ledger that is not its own"
    );
    // The founding, and the key of the keeper.
    assert_eq!(ledger.audit_is_green(), 2);
}

#[test]
fn a_slip_of_the_pen_founds_no_ledger() {
    let folder = Folder::new();
    let nowhere = folder.join("no-such-ledger");
    for verb in ["serve", "audit", "fsck", "rebuild"] {
        let ended = hotich(folder.path(), &[verb, "--data", &nowhere]).with(2);
        assert!(!ended.err.is_empty(), "{verb} says nothing");
    }
    let (empty, out) = (Database::create(), folder.join("out"));
    hotich(
        folder.path(),
        &["serve", "--listen", "127.0.0.1:0", "--data", empty.url()],
    )
    .with(2);
    hotich(folder.path(), &["export", "--data", &nowhere, "--out", &out]).with(2);
    assert_eq!(
        fs::read_dir(folder.path()).unwrap().count(),
        0,
        "something was made"
    );
    assert_eq!(
        empty
            .query("select count(*) from pg_tables where schemaname = 'public'")
            .unwrap(),
        "0"
    );
}

#[test]
fn wrong_use_is_told_apart_from_a_finding() {
    let folder = Folder::new();
    hotich(folder.path(), &[]).with(2);
    hotich(folder.path(), &["audit"]).with(2);
    hotich(folder.path(), &["audit", "--data", "x", "--no-such-option"]).with(2);
    hotich(folder.path(), &["--help"]).with(0);
    hotich(folder.path(), &["--version"]).with(0);
}

fn what_is_audited_exported_and_rebuilt_is_one_ledger(engine: Engine) {
    let place = Place::on(engine);
    place.run(&["demo", "--data", &place.data]).with(0);
    let audit = |data: &str| {
        place.run(&["audit", "--data", data]).with(0);
        place.run(&["audit", "--data", data, "--json"]).with(0).json()
    };
    let store = audit(&place.data);
    assert_eq!(
        (&store["well"], &store["log"]["green"]),
        (&json!(true), &json!(true)),
        "{store:#}"
    );

    let out = place.folder.join("export");
    let export = [
        "export",
        "--data",
        &place.data,
        "--keys",
        &place.keys,
        "--out",
        &out,
    ];
    place.run(&export).with(0);
    place.run(&export).with(0);
    let exported = audit(&out);
    assert_eq!(exported["well"], true, "{exported:#}");
    for part in ["origin", "totals", "tree"] {
        assert_eq!(exported["log"][part], store["log"][part], "{part}");
    }
    assert_eq!(
        exported["log"]["checkpoint"], store["log"]["tree"],
        "the export stands under its checkpoint"
    );
    assert_eq!(
        exported["read_models"]["recomputed"],
        store["read_models"]["recomputed"]
    );

    let public = place.folder.join("public");
    let export: Vec<&str> = export[..export.len() - 1]
        .iter()
        .copied()
        .chain([public.as_str(), "--public"])
        .collect();
    place.run(&export).with(0);
    let width = &store["log"]["totals"]["events"];
    for file in [
        "checkpoint".to_owned(),
        format!("tile/0/000.p/{width}"),
        format!("tile/entries/000.p/{width}"),
    ] {
        assert!(fs::exists(format!("{public}/{file}")).unwrap(), "{file}");
    }

    let fsck = || {
        place
            .run(&["fsck", "--data", &place.data, "--json"])
            .with(0)
            .json()
    };
    let before = fsck();
    assert_eq!(before["equal"], true, "{before:#}");
    place.run(&["fsck", "--data", &place.data]).with(0);
    let rebuilt = place
        .run(&["rebuild", "--data", &place.data, "--json"])
        .with(0)
        .json();
    assert_eq!(rebuilt["events"], before["live"]["size"]);
    assert_eq!(fsck(), before, "rebuilding changed a read model");
}

#[test]
fn a_damaged_export_is_a_finding() {
    let place = Place::on(Engine::Embedded);
    place.run(&["demo", "--data", &place.data]).with(0);
    let out = place.folder.join("export");
    place
        .run(&["export", "--data", &place.data, "--out", &out])
        .with(0);
    for part in ["events", "bodies"] {
        let file = format!("{out}/{part}/000");
        let whole = fs::read(&file).unwrap();
        let mut damaged = whole.clone();
        damaged[whole.len() / 2] ^= 1;
        fs::write(&file, damaged).unwrap();
        let red = place.run(&["audit", "--data", &out, "--json"]).with(1).json();
        assert_eq!(
            (&red["well"], &red["log"]["green"]),
            (&json!(false), &json!(false)),
            "{part}: {red:#}"
        );
        let positions = red["log"]["findings"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|found| found["position"].is_u64());
        assert_ne!(positions.count(), 0, "{part}: {red:#}");
        fs::write(&file, whole).unwrap();
    }
    let checkpoint = format!("{out}/checkpoint");
    let whole = fs::read_to_string(&checkpoint).unwrap();
    fs::write(&checkpoint, whole.replacen("\n21\n", "\n20\n", 1)).unwrap();
    assert_ne!(
        place.run(&["audit", "--data", &out]).status,
        Some(0),
        "a forged checkpoint"
    );
    fs::write(&checkpoint, whole).unwrap();
    place.run(&["audit", "--data", &out]).with(0);
}

/// Somebody with the superuser's rights edits rows.
#[test]
fn an_edited_row_is_a_finding() {
    let place = Place::on(Engine::Postgres);
    place.run(&["demo", "--data", &place.data]).with(0);
    let database = place.database.as_ref().unwrap();
    let notices = database.query(
        "select format('%I.%I', schemaname, tablename) from pg_tables where tablename ~ '^notice' limit 1",
    );
    let notices = notices.unwrap();
    let columns = "select column_name from information_schema.columns where data_type = 'text' and table_name ~ '^notice'";
    let columns = database.query(columns).unwrap();
    let due = columns
        .lines()
        .find(|name| name.contains("due"))
        .unwrap_or_else(|| panic!("{columns}"));
    database
        .query(&format!("update {notices} set {due} = '2027-01-01'"))
        .unwrap();
    let data = ["--data", &place.data, "--json"];
    let red = place.run(&[&["fsck"], &data[..]].concat()).with(1).json();
    assert!(red["differing"].to_string().contains("notice"), "{red:#}");
    place.run(&[&["audit"], &data[..]].concat()).with(1);
    // A read model is made anew.
    place.run(&[&["rebuild"], &data[..]].concat()).with(0);
    place.run(&[&["fsck"], &data[..]].concat()).with(0);
    // The log is not.
    let edited =
        "update event set signed = set_byte(signed, 90, get_byte(signed, 90) # 1) where position = 5";
    database.query(edited).unwrap();
    let red = place.run(&[&["audit"], &data[..]].concat()).with(1).json();
    let found = red["log"]["findings"].as_array().unwrap();
    assert_eq!(found[0]["position"], 5, "{red:#}");
}

fn a_key_that_is_revoked_beside_a_running_server_signs_no_more(engine: Engine) {
    let (country, server) = Country::settle(engine, 1);
    let api = country.api(&server);
    let folder = country.ledger.folder();
    let file = folder.join("second.key");
    let made = hotich(folder.path(), &["keys", "generate", "--out", &file]).with(0);
    assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    hotich(folder.path(), &["keys", "generate", "--out", &file]).with(2);
    let shown = hotich(folder.path(), &["keys", "show", &file]).with(0);
    assert_eq!(shown.out, made.out);
    let log_key = format!("{}/log.key", country.ledger.keys());
    let shown = hotich(folder.path(), &["keys", "show", &log_key]).with(0);
    let shown: tlog::VerifierKey = shown.out.trim().parse().unwrap();
    let secret = fs::read_to_string(&log_key).unwrap();
    let both = shown.to_string();
    let begins = both.splitn(3, '+').take(2).collect::<Vec<_>>().join("+");
    assert!(secret.starts_with(&format!("PRIVATE+KEY+{begins}+")), "{shown}");
    let id = made
        .out
        .lines()
        .next()
        .unwrap()
        .rsplit(' ')
        .next()
        .unwrap()
        .to_owned();

    let administrator = format!("{}/administrator.key", country.ledger.keys());
    let grant = ["--office", "1", "--key", &file, "--administrator", &administrator];
    country.ledger.run(&["keys", "grant"], &grant).with(0);
    country.ledger.run(&["keys", "grant"], &grant).with(1);
    let (token, act_file) = (country.ledger.token(1), folder.join("act.json"));
    let act = json!({ "kind": "birth", "office": 1, "act": act::birth("Nguyễn Thị An") });
    fs::write(&act_file, act.to_string()).unwrap();
    let file_act = || {
        let address = server.url("");
        hotich(
            folder.path(),
            &[
                "file", &act_file, "--key", &file, "--server", &address, "--token", &token,
            ],
        )
    };
    let filed = file_act().with(0);
    assert!(filed.out.contains("recorded at position"), "{}", filed.out);

    let revoke = [
        "--key",
        &id,
        "--reason",
        "Mất thiết bị",
        "--administrator",
        &administrator,
    ];
    country.ledger.run(&["keys", "revoke"], &revoke).with(0);
    country.ledger.run(&["keys", "revoke"], &revoke).with(1);
    let size = api.log_size();
    let refused = file_act().with(1);
    assert!(refused.err.contains("revoked_key"), "{}", refused.err);
    assert_eq!(api.log_size(), size);
    drop(server);
    assert_eq!(country.ledger.audit_is_green(), size);
}

fn an_act_is_filed_from_the_command_line(engine: Engine) {
    let (country, server) = Country::settle(engine, 1);
    let api = country.api(&server);
    let folder = country.ledger.folder();
    let key = folder.join("office-1.key");
    hotich(folder.path(), &["keys", "generate", "--out", &key]).with(0);
    let administrator = format!("{}/administrator.key", country.ledger.keys());
    let grant = ["--office", "1", "--key", &key, "--administrator", &administrator];
    country.ledger.run(&["keys", "grant"], &grant).with(0);
    let (token, act_file, address) = (country.ledger.token(1), folder.join("act.json"), server.url(""));
    let mut act = act::birth("Nguyễn Thị An");
    act["child"]["born_on"] = json!("2025-01-05");
    let act = json!({ "kind": "birth", "office": 1, "act": act });
    fs::write(&act_file, act.to_string()).unwrap();
    let file = |more: &[&str]| {
        let line = [
            "file", &act_file, "--key", &key, "--server", &address, "--token", &token,
        ];
        hotich(folder.path(), &[&line[..], more].concat())
    };

    // A draft is shown with what it warns of, and nothing is recorded.
    let size = api.log_size();
    let draft = file(&["--draft"]).with(0);
    assert!(
        draft.out.contains("late_ticked_on_time") && draft.out.contains("NOT acknowledged"),
        "{}",
        draft.out
    );
    let refused = file(&[]).with(1);
    assert!(
        refused.err.contains("warning_not_acknowledged"),
        "{}",
        refused.err
    );
    assert_eq!(api.log_size(), size);
    // Seen, with a reason, it is recorded; the reason is in the signed body.
    let receipt = file(&[
        "--acknowledge",
        "late_ticked_on_time=Theo giấy chứng sinh.",
        "--json",
    ])
    .with(0)
    .json();
    assert_eq!((&receipt["position"], api.log_size()), (&json!(size), size + 1));
    let event = format!("/v1/events/{}?bodies=true", receipt["event"].as_str().unwrap());
    let body = hotich_tests::bytes(&api.get(&event).with(200).json, "sealed_body");
    let body = civil::act::Body::unseal(&body).unwrap();
    assert_eq!(body.acknowledgements[0].reason, "Theo giấy chứng sinh.");

    // Wrong use: no such file, no such server, not a key.
    hotich(
        folder.path(),
        &["file", "none.json", "--key", &key, "--token", &token],
    )
    .with(2);
    hotich(
        folder.path(),
        &["file", &act_file, "--key", &act_file, "--token", &token],
    )
    .with(2);
    drop(server);
    file(&[]).with(2);
    assert_eq!(country.ledger.audit_is_green(), size + 1);
}
