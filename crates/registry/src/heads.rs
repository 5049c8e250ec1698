//! The list of stream heads: made once a day, and judged when it comes back signed. RFC 0007 §1.

use civil::act::{Act, StreamHeads};
use civil::event::day_in_vietnam;
use civil::heads::{BEHIND_MAX, Heads, leaf};
use civil::id::{Digest, EventHash, Lane, OfficeId, StreamId};
use civil::value::Date;
use ledger::Fault;
use tlog::{Edge, leaf_hash};

use crate::Registry;
use crate::error::RegistryError;
use crate::reading::read_event;

/// The stream of the lists.
pub(crate) const LISTS: StreamId = StreamId {
    office: OfficeId::ADMINISTRATION,
    lane: Lane::Desk,
};

/// A list that is recorded.
#[derive(Debug, Clone, PartialEq)]
pub struct ListedHeads {
    /// Where.
    pub position: u64,
    /// What it says.
    pub act: StreamHeads,
}

impl Registry {
    /// What a list of today would say of the log as it stands.
    ///
    /// # Errors
    /// [`RegistryError::Fault`] of the store, or of a clock past the calendar.
    pub async fn propose_heads(&self) -> Result<StreamHeads, RegistryError> {
        let size = self.ledger.head().size;
        let heads = self.heads_at(size).await?;
        let access = self.access_head().await?;
        Ok(StreamHeads {
            day: self.day()?,
            size,
            streams: heads.streams,
            root: Digest(heads.root),
            access_size: access.map(|head| head.size),
            access_head: access.map(|head| Digest(head.hash)),
        })
    }

    /// The last list that was recorded, if there is one.
    ///
    /// # Errors
    /// [`RegistryError::Fault`] of the store, or of what is stored there.
    pub async fn latest_heads(&self) -> Result<Option<ListedHeads>, RegistryError> {
        let stream = LISTS.number();
        let next = self.ledger.stream_head(stream).await?.next;
        let Some(last) = next.checked_sub(1) else {
            return Ok(None);
        };
        let stored = self.ledger.by_stream(stream, last, next).await?;
        let Some(stored) = stored.first() else {
            return Ok(None);
        };
        let event = read_event(stored)?;
        Ok(match event.body.act {
            Act::StreamHeads(act) => Some(ListedHeads {
                position: stored.position,
                act: *act,
            }),
            _ => None,
        })
    }

    /// Whether a day has ended since the last list, or since the founding where there is none.
    ///
    /// # Errors
    /// As [`Registry::latest_heads`].
    pub async fn heads_are_due(&self) -> Result<bool, RegistryError> {
        let last = match self.latest_heads().await? {
            Some(listed) => Some(listed.act.day),
            None => {
                let founding = self.ledger.stored(0).await?;
                let founding = founding.as_ref().map(read_event).transpose()?;
                founding.map(|event| event.signed_on)
            }
        };
        let today = self.day()?;
        Ok(last.is_some_and(|last| last < today))
    }

    /// What the streams had reached where a list says so. Of a size that is not there, or so far back that no auditor remembers
    /// it, it can be nothing that is right; nor with an end of the log of accesses that this ledger has not.
    pub(crate) async fn heads_said(&self, act: &Act) -> Result<Option<Heads>, RegistryError> {
        let Act::StreamHeads(act) = act else {
            return Ok(None);
        };
        let here = self.ledger.head().size;
        // Half of what is allowed, so that what comes between this judgement and the commit does no harm.
        let behind = here.checked_sub(act.size);
        let reached = match (act.access_size, act.access_head) {
            (Some(size), Some(hash)) => self.access_reached(size, &hash.0).await?,
            _ => true,
        };
        match behind.filter(|behind| reached && *behind <= BEHIND_MAX / 2) {
            Some(_) => self.heads_at(act.size).await.map(Some),
            None => Ok(Some(Heads {
                streams: 0,
                root: [0; 32],
            })),
        }
    }

    async fn heads_at(&self, size: u64) -> Result<Heads, RegistryError> {
        let mut tree = Edge::new();
        let heads = self.ledger.stream_heads(size).await?;
        for (stream, head) in &heads {
            let leaf = leaf(*stream, head.next.saturating_sub(1), EventHash(head.hash));
            let pushed = tree.push(leaf_hash(&leaf));
            pushed.map_err(|error| Fault::damaged("making a tree of stream heads", error))?;
        }
        Ok(Heads {
            streams: heads.len() as u64,
            root: *tree.root().as_bytes(),
        })
    }

    fn day(&self) -> Result<Date, RegistryError> {
        let now = u64::try_from(self.clock.now_ms() / 1_000).unwrap_or_default();
        let day = day_in_vietnam(now);
        Ok(day
            .ok_or_else(|| Fault::damaged("telling the day", "the clock is past the end of the calendar"))?)
    }
}
