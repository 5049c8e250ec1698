//! Filling the ledger: many offices at work side by side, each sending its acts one after the other.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use civil::value::Date;
use registry::{Registry, RegistryError};
use tokio::task::JoinSet;

use super::calendar::Calendar;
use super::office::Office;
use super::pace::Pace;
use crate::client::SignedAct;
use crate::outcome::{Error, Result};

/// How many offices send at once.
const AT_ONCE: usize = 256;
/// How often an act is sent again that the ledger could not take, or of which nobody knows.
const TRIES: u32 = 200;
/// How long to wait before.
const PAUSE: Duration = Duration::from_millis(50);

/// What the offices share.
#[derive(Debug)]
pub struct Nation {
    /// Where the acts go.
    pub registry: Registry,
    /// The year's days.
    pub calendar: Calendar,
    /// Counts what is recorded.
    pub pace: Pace,
}

/// Offices that wait for a hand, and those that are through with the week.
#[derive(Debug, Default)]
struct Desk {
    waiting: Vec<Office>,
    through: Vec<Office>,
}

/// Sends all acts that are due by the end of that day. Answers the offices, with what is left of their work.
pub async fn work_until(nation: &Arc<Nation>, offices: Vec<Office>, day: Date) -> Result<Vec<Office>> {
    let desk = Arc::new(Mutex::new(Desk {
        waiting: offices,
        through: Vec::new(),
    }));
    let mut clerks = JoinSet::new();
    for _ in 0..AT_ONCE {
        clerks.spawn(clerk(Arc::clone(nation), Arc::clone(&desk), day));
    }
    while let Some(done) = clerks.join_next().await {
        done.map_err(|error| Error::using(format!("an office broke down: {error}")))??;
    }
    let mut desk = desk.lock().unwrap_or_else(PoisonError::into_inner);
    Ok(std::mem::take(&mut desk.through))
}

/// Takes one office after the other and lets it work.
async fn clerk(nation: Arc<Nation>, desk: Arc<Mutex<Desk>>, day: Date) -> Result<()> {
    let take = || desk.lock().unwrap_or_else(PoisonError::into_inner).waiting.pop();
    while let Some(mut office) = take() {
        while let Some(act) = office.next(&nation.calendar, day)? {
            send(&nation.registry, act).await?;
            nation.pace.step();
        }
        desk.lock()
            .unwrap_or_else(PoisonError::into_inner)
            .through
            .push(office);
    }
    Ok(())
}

/// Sends an act until it is recorded. The same bytes again get the same receipt, so asking again is safe.
async fn send(registry: &Registry, act: SignedAct) -> Result<()> {
    let (signed, sealed) = (
        bytes::Bytes::from(act.signed),
        bytes::Bytes::from(act.sealed_body),
    );
    let mut tries = 0;
    loop {
        match registry.record(signed.clone(), sealed.clone()).await {
            Ok(_) => return Ok(()),
            Err(RegistryError::Busy | RegistryError::OutcomeUnknown | RegistryError::ReadOnly(_))
                if tries < TRIES =>
            {
                tries += 1;
                tokio::time::sleep(PAUSE).await;
            }
            Err(error) => return Err(error.into()),
        }
    }
}
