//! A ledger of a test's own, on either engine.

use std::fs;
use std::path::Path;

use civil::cose::SecretKey;
use ed25519_dalek::SigningKey;
use ed25519_dalek::pkcs8::DecodePrivateKey as _;

use crate::program::{Ended, hotich};
use crate::{Database, Folder, Server};

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
    _database: Option<Database>,
}

impl Ledger {
    /// Founds one.
    pub fn found(engine: Engine) -> Self {
        match engine {
            Engine::Embedded => {
                let folder = Folder::new();
                Self::found_at(folder.join("ledger"), folder, None)
            }
            Engine::Postgres => Self::found_in(Database::create()),
        }
    }

    /// Founds one in a database.
    pub fn found_in(database: Database) -> Self {
        Self::found_at(database.url().to_owned(), Folder::new(), Some(database))
    }

    /// Founds one at a place that the test has made.
    pub fn found_in_folder(data: &Path) -> Self {
        Self::found_at(data.display().to_string(), Folder::new(), None)
    }

    fn found_at(data: String, folder: Folder, database: Option<Database>) -> Self {
        let ledger = Self {
            data,
            folder,
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
        hotich(self.folder.path(), &[verb, &place, arguments].concat())
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
        Server::start(&["--data", &self.data, "--keys", &self.keys()])
    }

    /// Makes a reader's token for an office.
    pub fn token(&self, office: u32) -> String {
        let made = self
            .run(&["keys", "token"], &["--office", &office.to_string()])
            .with(0);
        made.out.trim().to_owned()
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
