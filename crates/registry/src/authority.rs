//! The directory, followed as the administration's stream grows.

use std::collections::BTreeMap;
use std::sync::{PoisonError, RwLock, RwLockReadGuard};

use civil::act::Act;
use civil::directory::Directory;
use civil::id::{EventHash, EventId, StreamId};
use ledger::{Fault, Ledger};
use projections::Projections;

use crate::reading::read_event;

/// The directory of the ledger's head, or a little behind it: the ledger refuses what was judged by an older one.
#[derive(Debug, Default)]
pub(crate) struct Authority {
    state: RwLock<State>,
}

#[derive(Debug, Default)]
struct State {
    directory: Directory,
    /// Recorded events that arrived before one that precedes them.
    ahead: BTreeMap<u64, (EventId, EventHash, Act)>,
}

/// How many events of the administration are read at a time.
const PAGE: u64 = 1_000;

/// The directory, held still for one decision.
pub(crate) struct Held<'a>(RwLockReadGuard<'a, State>);

impl std::ops::Deref for Held<'_> {
    type Target = Directory;
    fn deref(&self) -> &Directory {
        &self.0.directory
    }
}

impl Authority {
    /// Holds the directory still. Not across an await.
    pub(crate) fn hold(&self) -> Held<'_> {
        Held(self.state.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Takes in an event of the administration that this process recorded.
    pub(crate) fn recorded(&self, seq: u64, event: EventId, hash: EventHash, act: Act) {
        self.state
            .write()
            .unwrap_or_else(PoisonError::into_inner)
            .take(seq, event, hash, act);
    }

    /// Reads what others recorded meanwhile.
    pub(crate) async fn catch_up(&self, ledger: &Ledger<Projections>) -> Result<(), Fault> {
        loop {
            let from = self.hold().length();
            let page = ledger
                .by_stream(StreamId::ADMINISTRATION.number(), from, from + PAGE)
                .await?;
            let events = page.iter().map(read_event).collect::<Result<Vec<_>, _>>()?;
            let mut state = self.state.write().unwrap_or_else(PoisonError::into_inner);
            for event in events {
                let envelope = event.envelope;
                state.take(envelope.seq, envelope.event, event.hash, event.body.act);
            }
            if (page.len() as u64) < PAGE {
                return Ok(());
            }
        }
    }
}

impl State {
    fn take(&mut self, seq: u64, event: EventId, hash: EventHash, act: Act) {
        if seq >= self.directory.length() {
            self.ahead.insert(seq, (event, hash, act));
        }
        while let Some((event, hash, act)) = self.ahead.remove(&self.directory.length()) {
            self.directory.apply(event, hash, &act);
        }
    }
}
