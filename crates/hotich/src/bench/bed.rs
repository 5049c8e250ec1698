//! The ledger of a benchmark: founded for the purpose, with one office for each client.

use std::path::PathBuf;
use std::sync::Arc;

use civil::cose::SecretKey;
use civil::id::OfficeId;
use civil::value::Text;
use ledger::{Location, Options};
use registry::{Founding, Registry, SeededChance, SystemClock};
use tempfile::TempDir;
use tlog::{KeyKind, SignerKey};

use super::client::Client;
use crate::args::Data;
use crate::national::office::{Office, Planned};
use crate::national::table::{KINDS, table};
use crate::national::{opening, places};
use crate::outcome::{Error, Result};

/// How many acts a client's office has before it: more than any run takes.
const WORK: u64 = 1_000_000;
/// What the ledger is called.
const ORIGIN: &str = "hotich.example/bench";
/// Names, numbers and keys are the same in every run.
const SEED: u64 = 2026;

/// The ledger and its clients.
pub struct Bed {
    /// The ledger.
    pub registry: Arc<Registry>,
    /// Where it is.
    pub data: Data,
    /// The log's key; only the benchmark of checkpoints signs with it.
    pub log_key: SignerKey,
    /// One for each office.
    pub clients: Vec<Client>,
    /// A folder beside the ledger, on the same disk, that goes when the bed goes.
    pub folder: TempDir,
}

impl Bed {
    /// Founds a ledger at `data`, or in a temporary folder, with so many clients.
    ///
    /// # Errors
    /// When there is a ledger already.
    pub async fn make(data: Option<&str>, clients: u32) -> Result<Self> {
        let location = data.map(Location::parse).transpose()?;
        let folder = match &location {
            Some(Location::File(file)) => {
                let beside = file.parent().map_or_else(PathBuf::new, PathBuf::from);
                std::fs::create_dir_all(&beside)?;
                tempfile::tempdir_in(beside)?
            }
            _ => tempfile::tempdir()?,
        };
        let data = Data {
            data: data.map_or_else(|| folder.path().display().to_string(), str::to_owned),
            keys: Some(folder.path().to_path_buf()),
        };
        let administrator = SecretKey::ed25519(&[1; 32]);
        let log_key = SignerKey::new(ORIGIN, KeyKind::Ed25519, &[2; 32]).map_err(Error::using)?;
        let text = |text| Text::from_input(text).map_err(Error::using);
        let founding = Founding {
            origin: text(ORIGIN)?,
            log_key: text(&log_key.verifier().to_string())?,
            administrator: &administrator,
        };
        let chance = Arc::new(SeededChance::new(SEED));
        let registry = Registry::found(
            data.location()?,
            founding,
            Arc::new(SystemClock),
            chance,
            Options::default(),
        )
        .await?;
        let planned = plan(clients)?;
        opening::open(&registry, administrator, &planned, SEED).await?;
        let founding = registry.with_directory(|directory| directory.founding());
        let founding = founding.ok_or_else(|| Error::using("the ledger is not founded"))?;
        let office = |planned| Office::new(planned, founding, SEED).map(Client::new);
        let clients = planned.iter().map(office).collect::<Result<_>>()?;
        Ok(Self {
            registry: Arc::new(registry),
            data,
            log_key,
            clients,
            folder,
        })
    }

    /// Records at least that many events, if the log does not have them yet.
    pub async fn grow(&mut self, events: u64) -> Result<()> {
        let missing = events.saturating_sub(self.registry.ledger().head().size);
        if missing > 0 {
            let each = usize::try_from(missing.div_ceil(self.clients.len() as u64)).unwrap_or(usize::MAX);
            super::append::record_all(self, each).await?;
        }
        Ok(())
    }
}

/// So many offices in communes all over the country, each with the nation's mix of kinds.
fn plan(offices: u32) -> Result<Vec<Planned>> {
    let provinces = table(1.0)?;
    let mut totals = [0_u64; KINDS.len()];
    for province in &provinces {
        for (total, cell) in totals.iter_mut().zip(province.cells) {
            *total += u64::from(cell.unwrap_or_default());
        }
    }
    let whole: u64 = totals.iter().sum();
    let work = totals.map(|total| u32::try_from(total * WORK / whole).unwrap_or(u32::MAX));
    let communes = places::communes_of_2024()?;
    let plan = (1..=offices).zip(provinces.iter().cycle()).map(|(id, province)| {
        let communes = communes.get(province.code);
        let communes = communes.ok_or_else(|| Error::using("a province without communes"))?;
        let home = id as usize % communes.all.len();
        Ok(Planned {
            id: OfficeId(id),
            communes: Arc::clone(communes),
            home,
            work,
        })
    });
    plan.collect()
}
