//! [`Story`]: what happened in the life that a seed makes; [`Template`]: the founded ledger that every life begins with.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use ledger::{Fault, KEYS_FILE_NAME, Ledger, Location, Options};

use crate::clock::Hands;
use crate::disk::Image;
use crate::office;
use crate::projector::Seen;
use crate::world::World;

/// Something that must hold does not.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Broken(String);

impl Broken {
    pub(crate) fn says(what: impl fmt::Display) -> Self {
        Self(what.to_string())
    }

    pub(crate) fn unless(holds: bool, what: impl FnOnce() -> String) -> Result<(), Self> {
        if holds { Ok(()) } else { Err(Self(what())) }
    }
}

impl From<Fault> for Broken {
    fn from(fault: Fault) -> Self {
        Self(format!("{fault} ({:?})", fault.kind()))
    }
}

impl From<std::io::Error> for Broken {
    fn from(error: std::io::Error) -> Self {
        Self(error.to_string())
    }
}

/// One life.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Story {
    /// From which everything in it follows.
    pub seed: u64,
    /// Step by step.
    pub told: Vec<String>,
    /// How many events the log had in the end.
    pub events: u64,
    /// What did not hold, if anything.
    pub broken: Option<Broken>,
}

/// A founded ledger, to be copied.
#[derive(Debug)]
pub struct Template {
    image: Image,
    /// The store of the keys of its bodies, which no backup of the ledger has.
    keys: Vec<u8>,
}

/// When every ledger is founded, milliseconds since 1970.
pub(crate) const FOUNDED_AT_MS: i64 = 1_772_413_200_000;

impl Template {
    /// Founds it, in a folder that is gone afterwards.
    ///
    /// # Errors
    /// [`Broken`] when not even that works.
    pub fn found() -> Result<Self, Broken> {
        let folder = folder()?;
        runtime()?.block_on(async {
            let location = Location::folder(folder.path());
            let clock = Arc::new(Hands::new(FOUNDED_AT_MS));
            let options = Options {
                own_thread: false,
                ..Options::default()
            };
            let (ledger, _) = Ledger::init(&location, office::founding(), Seen, clock, options).await?;
            ledger.close().await?;
            let image = Image::take(folder.path())?;
            let keys = std::fs::read(folder.path().join(KEYS_FILE_NAME))?;
            Ok(Self { image, keys })
        })
    }

    pub(crate) fn image(&self) -> &Image {
        &self.image
    }

    pub(crate) fn keys(&self) -> &[u8] {
        &self.keys
    }

    /// Lives one life of so many steps.
    pub fn live(&self, seed: u64, steps: u32) -> Story {
        let mut world = None;
        let lived = (|| {
            let folder = folder()?;
            runtime()?.block_on(async {
                let world = world.insert(World::begin(self, folder.path(), seed).await?);
                let lived = world.live(self, steps).await;
                world.end().await;
                lived
            })
        })();
        let told = world.map(World::told).unwrap_or_default();
        let (events, broken) = match lived {
            Ok(events) => (events, None),
            Err(broken) => (0, Some(broken)),
        };
        Story {
            seed,
            told,
            events,
            broken,
        }
    }
}

/// In memory where there is such a folder: what a sync costs is not what is looked at here.
fn folder() -> Result<tempfile::TempDir, Broken> {
    let memory = PathBuf::from("/dev/shm");
    let place = if memory.is_dir() {
        memory
    } else {
        std::env::temp_dir()
    };
    made_in(&place).or_else(|_| made_in(&std::env::temp_dir()))
}

fn made_in(place: &Path) -> Result<tempfile::TempDir, Broken> {
    Ok(tempfile::Builder::new()
        .prefix("hotich-simulate.")
        .tempdir_in(place)?)
}

/// One thread, so that nothing but the seed decides what comes first.
fn runtime() -> Result<tokio::runtime::Runtime, Broken> {
    Ok(tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?)
}
