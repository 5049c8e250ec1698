//! Founding a ledger, and opening one that exists. Two verbs, so that a slip of the pen cannot start a second ledger.

use std::sync::Arc;

use civil::act::{Act, Body, LedgerFounded, SALT_SIZE};
use civil::cose::{SecretKey, sign};
use civil::envelope::{Commitment, Envelope};
use civil::event::{CivilEvent, day_in_vietnam};
use civil::id::{EventHash, EventId, StreamId};
use civil::value::{Date, Text};
use civil::wire::Octets;
use ledger::{Clock, Ledger, Location, Options};
use projections::Projections;

use crate::authority::Authority;
use crate::chance::Chance;
use crate::error::RegistryError;
use crate::numbers::Numbers;
use crate::{Registry, erasure, record};

/// What a new ledger is told once.
#[derive(Debug)]
pub struct Founding<'a> {
    /// The origin of the log, for ever (C2SP tlog-checkpoint): a schema-less URL without trailing slash.
    pub origin: Text,
    /// The public key of the log's checkpoints (C2SP vkey).
    pub log_key: Text,
    /// The administration's first key; it signs the founding.
    pub administrator: &'a SecretKey,
}

impl Registry {
    /// Founds a ledger where there is none and opens it.
    ///
    /// # Errors
    /// [`RegistryError::Fault`] when there is one already, or the place cannot be written.
    pub async fn found(
        location: Location,
        founding: Founding<'_>,
        clock: Arc<dyn Clock>,
        chance: Arc<dyn Chance>,
        options: Options,
    ) -> Result<Self, RegistryError> {
        let now_ms = u64::try_from(clock.now_ms()).unwrap_or_default();
        let today = day_in_vietnam(now_ms / 1_000).ok_or(civil::cbor::Malformed::Shape("signed_at"))?;
        let (signed, sealed) = founding_event(&founding, now_ms, today, chance.as_ref());
        let event = Box::new(CivilEvent::read(0, 0, &signed, &sealed)?);
        let candidate = record::candidate(event, signed.into(), sealed.into(), 0);
        let (ledger, _) =
            Ledger::init(&location, candidate, Projections, Arc::clone(&clock), options).await?;
        Self::over(ledger, clock, chance).await
    }

    /// Opens the ledger that is there.
    ///
    /// # Errors
    /// [`RegistryError::Fault`] when there is none, or it cannot be read.
    pub async fn open(
        location: Location,
        clock: Arc<dyn Clock>,
        chance: Arc<dyn Chance>,
        options: Options,
    ) -> Result<Self, RegistryError> {
        let ledger = Ledger::open(&location, Projections, Arc::clone(&clock), options).await?;
        Self::over(ledger, clock, chance).await
    }

    async fn over(
        ledger: Ledger<Projections>,
        clock: Arc<dyn Clock>,
        chance: Arc<dyn Chance>,
    ) -> Result<Self, RegistryError> {
        let authority = Authority::default();
        authority.catch_up(&ledger).await?;
        if ledger.shows_erased().await? {
            // The read models of an erasure that was not seen through; everything else goes on meanwhile.
            tokio::spawn(erasure::see_through(ledger.clone()));
        }
        Ok(Self {
            ledger,
            authority,
            numbers: Numbers::default(),
            clock,
            chance,
            press: Arc::default(),
        })
    }
}

fn founding_event(
    founding: &Founding<'_>,
    now_ms: u64,
    today: Date,
    chance: &dyn Chance,
) -> (Vec<u8>, Vec<u8>) {
    let act = LedgerFounded {
        origin: founding.origin.clone(),
        key: Octets(founding.administrator.public().to_cose_key()),
        founded_on: today,
        log_key: founding.log_key.clone(),
    };
    let body = Body {
        act: Act::LedgerFounded(Box::new(act)),
        acknowledgements: Vec::new(),
    };
    let mut salt = [0; SALT_SIZE];
    chance.fill(&mut salt);
    let sealed = body.seal(salt);
    let mut tail = [0; 10];
    chance.fill(&mut tail);
    let envelope = Envelope {
        event: EventId::at(now_ms, tail),
        stream: StreamId::ADMINISTRATION,
        seq: 0,
        prev: EventHash([0; 32]),
        kind: body.act.kind(),
        entry: None,
        basis: None,
        targets: Vec::new(),
        signed_at: now_ms / 1_000,
        commitment: Commitment::to(&sealed),
        endorsements: Vec::new(),
    };
    (sign(&envelope.encode(), founding.administrator), sealed)
}
