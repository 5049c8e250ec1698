//! From `--data` and `--keys` to an open registry.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use ledger::Location;
use registry::{Registry, SystemChance};

use crate::args::{Data, TimeStamps};
use crate::clock;
use crate::outcome::Result;
use crate::{seal_file, time_stamps};

/// The file of the key that signs the log's checkpoints.
pub const LOG_KEY: &str = "log.key";
/// The file of its second key (ML-DSA-44), where the log has one.
pub const SECOND_LOG_KEY: &str = "log.mldsa.key";
/// The file of the administration's first key. It belongs into a safe, not beside the ledger.
pub const ADMINISTRATOR_KEY: &str = "administrator.key";
/// The file of the key with which the ledger says how far it has come. It lies with the server and may sign nothing else.
pub const KEEPER_KEY: &str = "keeper.key";

impl Data {
    /// Where the ledger is.
    pub fn location(&self) -> Result<Location> {
        Ok(Location::parse(&self.data)?)
    }

    /// Where the ledger's own keys are.
    pub fn key_folder(&self) -> PathBuf {
        match (&self.keys, self.location()) {
            (Some(folder), _) => folder.clone(),
            (None, Ok(Location::File(file))) => file.parent().unwrap_or(Path::new(".")).to_path_buf(),
            (None, _) => PathBuf::from("hotich-keys"),
        }
    }

    /// Opens the ledger with the machine's chance, and its clock unless it is rehearsed on ([`clock`]).
    pub async fn open(&self) -> Result<Registry> {
        self.open_with(&TimeStamps::default()).await
    }

    /// As [`Data::open`]; the papers of that ledger are dated by somebody else too.
    pub async fn open_with(&self, stamped: &TimeStamps) -> Result<Registry> {
        let press = time_stamps::stamping(seal_file::press(&self.key_folder())?, stamped)?;
        let registry = Registry::open(
            self.location()?,
            clock::asked_for()?,
            Arc::new(SystemChance),
            crate::body_keys::options(),
        )
        .await?
        .with_press(press);
        match registry.with_directory(|known| clock::fits(known.origin())) {
            Ok(()) => Ok(registry),
            Err(refused) => {
                registry.ledger().close().await?;
                Err(refused)
            }
        }
    }
}
