//! A ledger of a test's own, on either engine.

use std::fs;
use std::path::Path;
use std::process::Command;

use civil::cose::SecretKey;
use ed25519_dalek::SigningKey;
use ed25519_dalek::pkcs8::DecodePrivateKey as _;

use crate::program::{Ended, hotich};
use crate::{Database, Folder, Server, hotich_binary};

/// The origin of every ledger that a test founds.
pub const ORIGIN: &str = "hotich.example/test";

/// Where a ledger lives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// In a folder (SQLite).
    Embedded,
    /// In a database of the cluster that `ops/with-postgres` runs.
    Postgres,
}

/// A ledger, founded by `hotich init`, with the folder of its keys; gone when dropped.
#[derive(Debug)]
pub struct Ledger {
    data: String,
    folder: Folder,
    /// The instant at which the clock of everything that writes to it starts; the machine's clock when there is none.
    clock: Option<&'static str>,
    _database: Option<Database>,
}

impl Ledger {
    /// Founds one.
    pub fn found(engine: Engine) -> Self {
        Self::found_on(engine, None)
    }

    /// Founds one for which it is then an instant of the test's choice (`2027-03-05T08:00`, in Vietnam).
    pub fn found_at_time(engine: Engine, clock: &'static str) -> Self {
        Self::found_on(engine, Some(clock))
    }

    fn found_on(engine: Engine, clock: Option<&'static str>) -> Self {
        match engine {
            Engine::Embedded => {
                let folder = Folder::new();
                Self::found_at(folder.join("ledger"), folder, clock, None)
            }
            Engine::Postgres => {
                let database = Database::create();
                Self::found_at(database.url().to_owned(), Folder::new(), clock, Some(database))
            }
        }
    }

    /// Founds one in a database.
    pub fn found_in(database: Database) -> Self {
        Self::found_at(database.url().to_owned(), Folder::new(), None, Some(database))
    }

    /// Founds one at a place that the test has made.
    pub fn found_in_folder(data: &Path) -> Self {
        Self::found_at(data.display().to_string(), Folder::new(), None, None)
    }

    fn found_at(
        data: String,
        folder: Folder,
        clock: Option<&'static str>,
        database: Option<Database>,
    ) -> Self {
        let ledger = Self {
            data,
            folder,
            clock,
            _database: database,
        };
        ledger.run(&["init"], &["--origin", ORIGIN]).with(0);
        ledger
    }

    /// What stands behind `--data`.
    pub fn data(&self) -> &str {
        &self.data
    }

    /// The folder of its keys.
    pub fn keys(&self) -> String {
        self.folder.join("keys")
    }

    /// A folder for whatever else a test writes.
    pub fn folder(&self) -> &Folder {
        &self.folder
    }

    /// Runs a verb that takes `--data` and `--keys`.
    pub fn run(&self, verb: &[&str], arguments: &[&str]) -> Ended {
        let keys = self.keys();
        let place = ["--data", &self.data, "--keys", &keys];
        let arguments = [verb, &place, arguments].concat();
        let mut command = self.timed(Command::new(hotich_binary()));
        Ended::of(command.current_dir(self.folder.path()).args(arguments))
    }

    fn timed(&self, mut command: Command) -> Command {
        if let Some(clock) = self.clock {
            command.env("HOTICH_CLOCK", clock);
        }
        command
    }

    /// Runs a verb that takes `--data` alone.
    pub fn look(&self, verb: &str, arguments: &[&str]) -> Ended {
        hotich(
            self.folder.path(),
            &[&[verb, "--data", &self.data], arguments].concat(),
        )
    }

    /// Serves it.
    pub fn serve(&self) -> Server {
        let mut command = self.timed(Command::new(hotich_binary()));
        command.args([
            "serve",
            "--listen",
            "127.0.0.1:0",
            "--data",
            &self.data,
            "--keys",
            &self.keys(),
        ]);
        Server::launch(&mut command)
    }

    /// Makes a reader's token for an office.
    pub fn token(&self, office: u32) -> String {
        self.tokens(&[office]).remove(0)
    }

    /// Makes a reader's token for each of some offices, in their order.
    pub fn tokens(&self, offices: &[u32]) -> Vec<String> {
        let offices: Vec<String> = offices.iter().map(u32::to_string).collect();
        let arguments: Vec<&str> = offices.iter().flat_map(|office| ["--office", office]).collect();
        let made = self.run(&["keys", "token"], &arguments).with(0);
        made.out.lines().map(str::to_owned).collect()
    }

    /// The administration's key.
    pub fn administrator(&self) -> SecretKey {
        read_key(&self.keys(), "administrator.key")
    }

    /// Audits it, stops the test unless all is well, and answers how many events there are.
    #[track_caller]
    pub fn audit_is_green(&self) -> u64 {
        let report = self.look("audit", &["--json"]).with(0).json();
        assert_eq!(report["well"], true, "{report:#}");
        assert_eq!(report["read_models"]["equal"], true, "{report:#}");
        let size = report["read_models"]["recomputed"]["size"].as_u64();
        size.expect("the audit tells the size of the log")
    }
}

/// Reads a private key (PKCS#8 in PEM).
pub fn read_key(folder: &str, name: &str) -> SecretKey {
    let pem = fs::read_to_string(Path::new(folder).join(name)).expect("a key file");
    let key = SigningKey::from_pkcs8_pem(&pem).expect("an Ed25519 key in PKCS#8");
    SecretKey::ed25519(&key.to_bytes())
}
