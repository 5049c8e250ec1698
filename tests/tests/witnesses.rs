//! Witnesses, restored backups and offices that watch the log: the product as programs that speak over HTTP.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on stops where it stands"
)]

use std::fs;
use std::path::Path;
use std::process::Command;
use std::thread;

use hotich_tests::{
    Api, Country, Database, Ended, Engine, Folder, Ledger, ORIGIN, Server, act, eventually, hotich,
    hotich_binary,
};
use serde_json::{Value, json};

hotich_tests::on_both_engines! {
    a_served_log_is_cosigned_and_an_office_accepts_what_it_can_check
    a_server_without_its_witnesses_records_and_publishes_nothing_new
}

/// A witness as a program with a folder of its own.
struct Witness {
    folder: Folder,
    log: String,
    vkey: String,
    server: Server,
}

impl Witness {
    fn start(number: u8, log: &str) -> Self {
        let folder = Folder::new();
        let data = folder.join("witness");
        let name = format!("witness{number}.example");
        let made = hotich(
            folder.path(),
            &["witness", "init", "--data", &data, "--name", &name],
        )
        .with(0);
        let again = hotich(
            folder.path(),
            &["witness", "init", "--data", &data, "--name", &name],
        )
        .with(0);
        assert_eq!(made.out, again.out, "a witness keeps its key");
        let server = Self::serve(&data, log);
        Self {
            folder,
            log: log.to_owned(),
            vkey: made.out.trim().to_owned(),
            server,
        }
    }

    fn serve(data: &str, log: &str) -> Server {
        let mut command = Command::new(hotich_binary());
        Server::launch(command.args([
            "witness",
            "serve",
            "--listen",
            "127.0.0.1:0",
            "--data",
            data,
            "--log",
            log,
        ]))
    }

    /// What it shows to monitors.
    fn shows(&self) -> Option<String> {
        let seen = Api::at(&self.server.url("")).get(&format!("/{}/checkpoint", sha256(ORIGIN)));
        (seen.status == 200).then_some(seen.text)
    }

    /// Ends it in order and starts it again, at another port.
    fn restart(&mut self) {
        assert!(self.server.terminate().success());
        self.server = Self::serve(&self.folder.join("witness"), &self.log);
    }
}

fn sha256(text: &str) -> String {
    hex::encode(<sha2::Sha256 as sha2::Digest>::digest(text))
}

/// The log's public key.
fn log_key(ledger: &Ledger) -> String {
    // `hotich init` shows it; founding again is refused, and so the key is read where it lies.
    let secret = fs::read_to_string(Path::new(&ledger.keys()).join("log.key")).unwrap();
    let seed = <base64::engine::GeneralPurpose as base64::Engine>::decode(
        &base64::engine::general_purpose::STANDARD,
        secret.trim().splitn(5, '+').nth(4).unwrap_or_default(),
    );
    let seed: [u8; 32] = seed.unwrap()[1..].try_into().unwrap();
    let public = ed25519_dalek::SigningKey::from_bytes(&seed).verifying_key();
    let bytes = [&[1], public.as_bytes().as_slice()].concat();
    let id = &sha256_bytes(&[ORIGIN.as_bytes(), b"\n", &bytes].concat())[..4];
    let text = <base64::engine::GeneralPurpose as base64::Engine>::encode(
        &base64::engine::general_purpose::STANDARD,
        &bytes,
    );
    format!("{ORIGIN}+{}+{text}", hex::encode(id))
}

fn sha256_bytes(bytes: &[u8]) -> Vec<u8> {
    <sha2::Sha256 as sha2::Digest>::digest(bytes).to_vec()
}

/// Three witnesses, of whom two are enough, in the policy that lies with the ledger's keys.
fn witnesses(ledger: &Ledger) -> Vec<Witness> {
    let log = log_key(ledger);
    let witnesses: Vec<Witness> = (1..=3).map(|number| Witness::start(number, &log)).collect();
    write_policy(ledger, &witnesses);
    witnesses
}

fn write_policy(ledger: &Ledger, witnesses: &[Witness]) {
    let mut policy = format!("log {}\n", log_key(ledger));
    for (number, witness) in witnesses.iter().enumerate() {
        policy += &format!("witness w{number} {} {}\n", witness.vkey, witness.server.url(""));
    }
    policy += "group two 2 w0 w1 w2\nquorum two\n";
    fs::write(policy_of(ledger), policy).unwrap();
}

fn policy_of(ledger: &Ledger) -> String {
    format!("{}/trust-policy", ledger.keys())
}

/// The size of the checkpoint that a server shows, and its text.
fn checkpoint(server: &Server) -> (u64, String) {
    let text = Api::at(&server.url("")).get("/checkpoint").text;
    (
        text.lines()
            .nth(1)
            .and_then(|size| size.parse().ok())
            .unwrap_or(0),
        text,
    )
}

/// How many events the ledger has.
fn size(server: &Server) -> u64 {
    Api::at(&server.url("")).get("/ready").with(200).json["size"]
        .as_u64()
        .unwrap()
}

/// An officer with a program of their own.
struct Desk {
    key: String,
    token: String,
    folder: Folder,
}

impl Desk {
    fn open(ledger: &Ledger) -> Self {
        let folder = Folder::new();
        let key = folder.join("officer.key");
        hotich(folder.path(), &["keys", "generate", "--out", &key]).with(0);
        let administrator = format!("{}/administrator.key", ledger.keys());
        ledger
            .run(
                &["keys", "grant"],
                &["--office", "1", "--key", &key, "--administrator", &administrator],
            )
            .with(0);
        Self {
            key,
            token: ledger.token(1),
            folder,
        }
    }

    fn files(&self, server: &Server, policy: &str, name: &str) -> Ended {
        let file = self.folder.join("act.json");
        let request = json!({ "kind": "birth", "office": 1, "act": act::birth(name) });
        fs::write(&file, request.to_string()).unwrap();
        let address = server.url("");
        let line = [
            "file",
            &file,
            "--key",
            &self.key,
            "--server",
            &address,
            "--token",
            &self.token,
            "--policy",
            policy,
            "--json",
        ];
        hotich(self.folder.path(), &line)
    }

    fn kept(&self) -> String {
        fs::read_to_string(self.folder.join("officer.checkpoint")).unwrap()
    }
}

fn doctor(ledger: &Ledger, more: &[&str], status: i32) -> Value {
    ledger
        .run(&["doctor"], &[&["--json"], more].concat())
        .with(status)
        .json()
}

fn a_served_log_is_cosigned_and_an_office_accepts_what_it_can_check(engine: Engine) {
    let ledger = Ledger::found(engine);
    let mut witnesses = witnesses(&ledger);
    let server = ledger.serve();
    let country = Country::settle_in(ledger, &server, 1);
    let ledger = &country.ledger;
    let all = size(&server);
    eventually("everything is published", || checkpoint(&server).0 == all);
    let cosigned = checkpoint(&server).1.matches("— witness").count();
    assert!(cosigned >= 2, "{}", checkpoint(&server).1);
    eventually("the slowest witness has seen it", || {
        witnesses.iter().all(|witness| {
            witness
                .shows()
                .is_some_and(|seen| seen.contains(&format!("\n{all}\n")))
        })
    });
    let desk = Desk::open(ledger);
    let receipt = desk
        .files(&server, &policy_of(ledger), "Nguyễn Thị An")
        .with(0)
        .json();
    let position = receipt["position"].as_u64().unwrap();
    let kept = desk.kept();
    let kept: u64 = kept.lines().nth(1).unwrap().parse().unwrap();
    assert!(kept > position, "{kept} covers {position}");
    desk.files(&server, &policy_of(ledger), "Trần Văn Bình").with(0);
    // A witness goes on from what it saw.
    witnesses[0].restart();
    assert!(witnesses[0].shows().is_some());
    write_policy(ledger, &witnesses);
    drop(server);
    let out = ledger.folder().join("export");
    ledger.run(&["export"], &["--public", "--out", &out]).with(0);
    let told = doctor(ledger, &[], 0);
    assert_eq!(
        (&told["well"], &told["enough_witnesses"]),
        (&true.into(), &true.into())
    );
    assert_eq!(told["witnesses"][0]["size"], told["ledger"], "{told:#}");
    assert_eq!(told["lock_store"], told["published"], "{told:#}");
    let plain = ledger.run(&["doctor"], &[]).with(0);
    assert!(plain.out.contains("They agree"), "{}", plain.out);
}

fn a_server_without_its_witnesses_records_and_publishes_nothing_new(engine: Engine) {
    let ledger = Ledger::found(engine);
    let mut witnesses = witnesses(&ledger);
    let server = ledger.serve();
    let country = Country::settle_in(ledger, &server, 1);
    let before = size(&server);
    eventually("everything is published", || checkpoint(&server).0 == before);
    let shown = checkpoint(&server);
    witnesses.truncate(1);
    let mut country = country;
    let api = country.api(&server);
    for name in ["Nguyễn Thị An", "Trần Văn Bình"] {
        let event = country.officer(1).file("birth", &act::birth(name));
        api.post("/v1/events", &event.request()).with(201);
    }
    eventually("it is told that the quorum is missing", || {
        server.log().contains("too few witnesses have cosigned")
    });
    assert_eq!(checkpoint(&server), shown);
    assert_eq!(size(&server), before + 2);
    let metrics = Api::at(&server.url("")).get("/metrics").text;
    assert!(
        metrics.contains("hotich_checkpoint_without_quorum_total"),
        "{metrics}"
    );
    assert!(metrics.contains("hotich_checkpoint_failing 1"), "{metrics}");
    let exported = country
        .ledger
        .run(
            &["export"],
            &["--public", "--out", &country.ledger.folder().join("export")],
        )
        .with(2);
    assert!(exported.err.contains("too few witnesses"), "{}", exported.err);
    let told = doctor(&country.ledger, &[], 0);
    assert_eq!(
        (&told["well"], &told["enough_witnesses"]),
        (&true.into(), &false.into())
    );
    let plain = country.ledger.run(&["doctor"], &[]).with(0);
    assert!(plain.out.contains("Too few witnesses answer"), "{}", plain.out);
}

#[test]
fn a_restored_backup_is_not_signed_for_and_doctor_and_offices_say_so() {
    let folder = Folder::new();
    let (live, backup) = (folder.path().join("live"), folder.path().join("backup"));
    let ledger = Ledger::found_in_folder(&live);
    let witnesses = witnesses(&ledger);
    let mut server = ledger.serve();
    let mut country = Country::settle_in(ledger, &server, 1);
    let before = size(&server);
    eventually("everything is published", || checkpoint(&server).0 == before);
    let desk = Desk::open(&country.ledger);
    assert!(server.terminate().success());
    copy(&live, &backup);
    let mut server = country.ledger.serve();
    desk.files(&server, &policy_of(&country.ledger), "Nguyễn Thị An")
        .with(0);
    let kept = desk.kept();
    assert!(server.terminate().success());
    fs::remove_dir_all(&live).unwrap();
    copy(&backup, &live);
    // Doctor names who knows better, and leaves evidence.
    let out = country.ledger.folder().join("evidence");
    let told = doctor(&country.ledger, &["--out", &out], 1);
    assert_eq!(told["findings"][0]["code"], "ledger_behind", "{told:#}");
    assert!(
        told["findings"].as_array().unwrap().len() >= 3,
        "the lock store and two witnesses: {told:#}"
    );
    assert!(
        told["evidence"]
            .as_array()
            .unwrap()
            .iter()
            .all(|file| Path::new(file.as_str().unwrap()).exists())
    );
    let plain = country.ledger.run(&["doctor"], &["--adopt"]).with(1);
    assert!(
        plain.out.contains("FOUND ledger_behind") && plain.out.contains("Restore a newer backup"),
        "{}",
        plain.out
    );
    // The server records and signs nothing; the office refuses what it is shown.
    let server = country.ledger.serve();
    eventually("it is told", || server.log().contains("nothing is signed"));
    let refused = desk
        .files(&server, &policy_of(&country.ledger), "Trần Văn Bình")
        .with(1);
    assert!(
        refused.err.contains("no receipt of it is accepted"),
        "{}",
        refused.err
    );
    assert_eq!(desk.kept(), kept);
    assert!(fs::metadata(desk.folder.join("officer.checkpoint.evidence")).is_ok());
    let event = country.officer(1).file("birth", &act::birth("Lê Văn Cường"));
    country
        .api(&server)
        .post("/v1/events", &event.request())
        .with(201);
    let shown = checkpoint(&server).0;
    assert!(shown <= size(&server));
    drop(witnesses);
}

#[test]
fn the_log_signs_twice_once_it_has_a_second_key() {
    let ledger = Ledger::found(Engine::Embedded);
    let made = ledger.run(&["keys", "second"], &[]).with(0);
    assert!(made.out.starts_with(ORIGIN), "{}", made.out);
    ledger.run(&["keys", "second"], &[]).with(2);
    let server = ledger.serve();
    eventually("it is published", || checkpoint(&server).0 == 2);
    let (_, note) = checkpoint(&server);
    assert_eq!(note.matches(&format!("— {ORIGIN} ")).count(), 2, "{note}");
}

#[test]
fn a_lost_lock_store_stops_the_signing_until_somebody_has_looked() {
    let ledger = Ledger::found(Engine::Embedded);
    ledger
        .run(&["export"], &["--public", "--out", &ledger.folder().join("one")])
        .with(0);
    let lock = ledger.folder().join("another.db");
    let refused = ledger
        .run(
            &["export"],
            &["--public", "--out", &ledger.folder().join("two"), "--lock", &lock],
        )
        .with(2);
    assert!(
        refused.err.contains("the lock store has forgotten"),
        "{}",
        refused.err
    );
    assert_eq!(
        doctor(&ledger, &["--lock", &lock], 1)["findings"][0]["code"],
        "lock_forgot"
    );
    assert_eq!(doctor(&ledger, &["--lock", &lock, "--adopt"], 0)["adopted"], 2);
    ledger
        .run(
            &["export"],
            &[
                "--public",
                "--out",
                &ledger.folder().join("three"),
                "--lock",
                &lock,
            ],
        )
        .with(0);
}

/// Two servers sign for one ledger, with the lock store in a database of its own; exports sign beside them. Whoever is late goes on from what the
/// other signed.
#[test]
fn two_servers_with_a_lock_store_in_postgresql_sign_one_history() {
    let ledger = Ledger::found(Engine::Postgres);
    let lock = Database::create();
    let keys = ledger.keys();
    let serve = ["--data", ledger.data(), "--keys", &keys, "--lock", lock.url()];
    let (one, two) = (Server::start(&serve), Server::start(&serve));
    let mut country = Country::settle_in(ledger, &one, 1);
    let names = [
        "Nguyễn Thị An",
        "Trần Văn Bình",
        "Lê Thị Cúc",
        "Phạm Văn Dũng",
        "Hoàng Thị Em",
    ];
    for (number, (name, server)) in names
        .into_iter()
        .zip([&one, &two].into_iter().cycle())
        .enumerate()
    {
        let event = country.officer(1).file("birth", &act::birth(name));
        country.api(server).post("/v1/events", &event.request()).with(201);
        let ledger = &country.ledger;
        let out = [0, 1].map(|place| ledger.folder().join(&format!("public-{number}-{place}")));
        thread::scope(|scope| {
            for out in &out {
                let export = ["--public", "--out", out, "--lock", lock.url()];
                scope.spawn(move || ledger.run(&["export"], &export).with(0));
            }
        });
    }
    let ledger = &country.ledger;
    let all = size(&one);
    for server in [&one, &two] {
        eventually("it shows what everybody signed", || checkpoint(server).0 == all);
    }
    assert_eq!(checkpoint(&one), checkpoint(&two));
    let remembered = lock.query("select origin || ' ' || size from seen").unwrap();
    assert_eq!(remembered, format!("{ORIGIN} {all}"));
    for server in [&one, &two] {
        assert!(!server.log().contains("nothing is signed"), "{}", server.log());
    }
    let told = doctor(ledger, &["--lock", lock.url()], 0);
    assert_eq!(
        (told["well"].as_bool(), told["lock_store"].as_u64()),
        (Some(true), Some(all)),
        "{told:#}"
    );
    // Another database has forgotten everything, and one that cannot be reached lets nothing be signed; neither shows its password.
    let other = Database::create();
    let told = doctor(ledger, &["--lock", other.url()], 1);
    assert_eq!(told["findings"][0]["code"], "lock_forgot", "{told:#}");
    let nowhere = "postgres://somebody:secret@127.0.0.1:1/nowhere";
    let refused = ledger.run(&["doctor"], &["--lock", nowhere]).with(2);
    assert!(!refused.err.contains("secret"), "{}", refused.err);
}

#[test]
fn a_witness_that_is_told_nothing_does_not_start() {
    let folder = Folder::new();
    let data = folder.join("witness");
    let serve = ["witness", "serve", "--listen", "127.0.0.1:0", "--data", &data];
    let refused = hotich(folder.path(), &serve).with(2);
    assert!(refused.err.contains("hotich witness init"), "{}", refused.err);
    let made = hotich(
        folder.path(),
        &[
            "witness",
            "init",
            "--data",
            &data,
            "--name",
            "w.example",
            "--mldsa",
        ],
    )
    .with(0);
    assert_eq!(made.out.lines().count(), 2);
    let refused = hotich(folder.path(), &serve).with(2);
    assert!(refused.err.contains("--log or --policy"), "{}", refused.err);
    let refused = hotich(folder.path(), &[&serve[..], &["--log", "nothing"]].concat()).with(2);
    assert!(refused.err.contains("--log: "), "{}", refused.err);
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for file in fs::read_dir(from).unwrap() {
        let file = file.unwrap();
        fs::copy(file.path(), to.join(file.file_name())).unwrap();
    }
}
