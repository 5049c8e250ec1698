//! Recording a signed event: bytes → authority → decision → append. Nothing of the draft is trusted.

use std::collections::BTreeMap;

use bytes::Bytes;
use civil::act::Act;
use civil::book::{BookFacts, BookYear};
use civil::cbor::Malformed;
use civil::cose::{SignedEvent, event_twin};
use civil::decide::{Refusal, RefusalCode, Situation, decide_signed, second_person};
use civil::directory::Directory;
use civil::entry::RegisterEntry;
use civil::event::{CivilEvent, EventError, day_in_vietnam, endorsed_by_signer};
use civil::id::{EntryId, EventHash, EventId, StreamId};
use ledger::{AppendError, Candidate, Conflict, Receipt, Touch};

use crate::error::RegistryError;
use crate::{Registry, reading};

/// How often an act is judged again because the administration recorded something meanwhile.
const JUDGED_AGAIN_MAX: usize = 8;

/// The entries that bear on an act.
#[derive(Debug, Default)]
pub(crate) struct Entries {
    pub(crate) entry: Option<RegisterEntry>,
    pub(crate) targets: BTreeMap<EntryId, RegisterEntry>,
}

/// What is to be remembered of an event once it is recorded.
struct Trace {
    stream: StreamId,
    seq: u64,
    /// How it leaves the book in which it takes its number, or that it opens or closes.
    book: Option<(BookYear, BookFacts)>,
    /// What it changes in the directory.
    administration: Option<(EventId, EventHash, Act)>,
    /// Whether it says that bodies are erased.
    erases: bool,
}

/// What an event was judged by.
struct Judged {
    /// The length of the administration's stream when it was first looked at.
    authority: u64,
    /// See [`Trace::book`].
    book: Option<(BookYear, BookFacts)>,
}

impl Trace {
    fn of(event: &CivilEvent, judged: &Judged) -> Self {
        let (stream, seq) = (event.envelope.stream, event.envelope.seq);
        let administration = stream == StreamId::ADMINISTRATION;
        Self {
            stream,
            seq,
            book: judged.book,
            erases: matches!(event.body.act, Act::BodiesErased(_)),
            administration: administration
                .then(|| (event.envelope.event, event.hash, event.body.act.clone())),
        }
    }
}

impl Registry {
    /// Records a signed event with its sealed body and answers the receipt: committed, durable, visible to every
    /// reader. The same bytes again get the same receipt.
    ///
    /// # Errors
    /// [`RegistryError`]; nothing is stored, except after [`RegistryError::OutcomeUnknown`], when nobody knows yet.
    #[tracing::instrument(name = "registry.record", skip_all, err(level = "debug"))]
    pub async fn record(&self, signed: Bytes, sealed: Bytes) -> Result<Receipt, RegistryError> {
        if sealed.len() > ledger::MAX_BODY_BYTES {
            return Err(Malformed::TooLarge.into());
        }
        let mut event = Box::new(read(&signed, &sealed)?);
        for _ in 0..JUDGED_AGAIN_MAX {
            let seen = self.authority.hold().length();
            let judged = match self.judge(&event, &signed).await {
                Ok(judged) => judged,
                Err(refused) => {
                    // It may be a repetition of what is recorded already, and then every rule that looks at the state
                    // finds the state that it made itself.
                    if let Some(receipt) = self.first_receipt(&event).await? {
                        return Ok(receipt);
                    }
                    // A key may have been granted, or an office opened, through another process.
                    if !self.administration_moved(seen, &refused).await? {
                        return Err(refused);
                    }
                    continue;
                }
            };
            let trace = Trace::of(&event, &judged);
            let erases = self.erased_by(&event.body.act).await?;
            // The event goes with the candidate; it is read again in the rare case that it is judged again.
            match self
                .ledger
                .append(Candidate {
                    erases,
                    ..candidate(event, signed.clone(), sealed.clone(), judged.authority)
                })
                .await
            {
                Ok(receipt) => {
                    let erases = trace.erases;
                    self.recorded(trace);
                    if erases {
                        self.see_erasure_through().await;
                    }
                    return Ok(receipt);
                }
                Err(AppendError::Conflict(Conflict::AuthorityMoved { .. })) => {
                    self.authority.catch_up(&self.ledger).await?;
                    event = Box::new(CivilEvent::read(0, 0, &signed, &sealed)?);
                }
                Err(error) => return Err(error.into()),
            }
        }
        Err(RegistryError::Busy)
    }

    /// Whether a refusal that rests on the directory was given by one that had only `seen` so many events of the
    /// administration, and there are more by now; they are taken in.
    pub(crate) async fn administration_moved(
        &self,
        seen: u64,
        refused: &RegistryError,
    ) -> Result<bool, RegistryError> {
        use RegistryError::{Refused, Signature, Unauthorised};
        if !matches!(refused, Unauthorised(_) | Refused(_) | Signature(_)) {
            return Ok(false);
        }
        self.authority.catch_up(&self.ledger).await?;
        Ok(self.authority.hold().length() != seen)
    }

    /// The receipt of an event that is recorded already with these very bytes.
    async fn first_receipt(&self, event: &CivilEvent) -> Result<Option<Receipt>, RegistryError> {
        match self.ledger.receipt(event.envelope.event.as_bytes()).await? {
            Some(receipt) if receipt.hash != event.hash.0 => Err(RegistryError::EventIdReused {
                position: receipt.position,
            }),
            receipt => Ok(receipt),
        }
    }

    /// Judges an event by everything but its place in the log, which the ledger judges.
    async fn judge(&self, event: &CivilEvent, signed: &[u8]) -> Result<Judged, RegistryError> {
        // Facts are read between two looks at the directory. What the ledger is told is the first: had the administration
        // recorded something since, it would refuse the act, and it would be judged again.
        let authority = {
            let directory = self.authority.hold();
            authorise(&directory, event, signed)?;
            directory.length()
        };
        self.in_its_turn(event).await?;
        let entries = self.entries(event).await?;
        let envelope = &event.envelope;
        let now = u64::try_from(self.clock.now_ms() / 1_000).unwrap_or_default();
        let today = day_in_vietnam(now).unwrap_or(event.signed_on);
        let facts = self
            .facts(&event.body.act, envelope.stream, envelope.seq, event.key, now)
            .await?;
        let directory = self.authority.hold();
        let situation = facts.added_to(Situation {
            signed_on: event.signed_on,
            entry: entries.entry.as_ref(),
            targets: &entries.targets,
            ..Situation::bare(&directory, envelope.stream, today)
        });
        let draft = decide_signed(&situation, &event.body)?;
        second_person(&directory, event, &draft)?;
        Ok(Judged {
            authority,
            book: facts.book_left_by(&event.body.act, envelope.stream),
        })
    }

    /// There is one original of a registration, and papers do not move the entry: two that are signed behind each other and sent at once would each be judged
    /// without the other. Originals come from one chain, that of the keeper's desk, so each is judged once all before it is recorded. Copies take a number
    /// and are kept in order by that.
    async fn in_its_turn(&self, event: &CivilEvent) -> Result<(), RegistryError> {
        let Act::ExtractIssued(act) = &event.body.act else {
            return Ok(());
        };
        if !act.is_original() {
            return Ok(());
        }
        let head = self.ledger.stream_head(event.envelope.stream.number()).await?;
        match head.next == event.envelope.seq {
            true => Ok(()),
            false => Err(RegistryError::StreamMoved {
                next: head.next,
                head: EventHash(head.hash),
            }),
        }
    }

    /// Loads the entries that an event continues or changes.
    async fn entries(&self, event: &CivilEvent) -> Result<Entries, RegistryError> {
        let envelope = &event.envelope;
        let mut entries = Entries::default();
        if let (Some(entry), Some(_)) = (envelope.entry, envelope.basis) {
            entries.entry = reading::entry_of(&self.ledger, entry).await?;
            unmoved(entry, entries.entry.as_ref(), envelope.basis)?;
        }
        for target in &envelope.targets {
            if let Some(entry) = reading::entry_of(&self.ledger, target.entry).await? {
                unmoved(target.entry, Some(&entry), Some(target.basis))?;
                entries.targets.insert(target.entry, entry);
            }
        }
        Ok(entries)
    }

    fn recorded(&self, trace: Trace) {
        self.numbers.recorded(trace.stream, trace.seq, trace.book);
        if let Some((event, hash, act)) = trace.administration {
            self.authority.recorded(trace.seq, event, hash, act);
        }
    }
}

/// Reads what was sent. Two pairs of eyes are two people: that is said in words, although such bytes are not of the format either.
fn read(signed: &[u8], sealed: &[u8]) -> Result<CivilEvent, RegistryError> {
    CivilEvent::read(0, 0, signed, sealed).map_err(|why| match why {
        EventError::Signed(_) if endorsed_by_signer(signed) => {
            vec![Refusal::new(RefusalCode::EndorsedBySigner)].into()
        }
        why => why.into(),
    })
}

/// A signer who saw another state of the entry must look again, whatever else is wrong.
fn unmoved(
    id: EntryId,
    entry: Option<&RegisterEntry>,
    basis: Option<EventHash>,
) -> Result<(), RegistryError> {
    match entry {
        Some(entry) if Some(entry.head) != basis => Err(RegistryError::EntryMoved {
            entry: id,
            head: Some(entry.head),
        }),
        _ => Ok(()),
    }
}

fn authorise(directory: &Directory, event: &CivilEvent, signed: &[u8]) -> Result<(), RegistryError> {
    let envelope = &event.envelope;
    let grant = directory.authorise(event.key, envelope.stream, envelope.kind, event.signed_on)?;
    SignedEvent::parse(signed)?.verify(&grant.key)?;
    Ok(())
}

pub(crate) fn candidate(
    event: Box<CivilEvent>,
    signed: Bytes,
    sealed: Bytes,
    authority: u64,
) -> Candidate<CivilEvent> {
    let envelope = &event.envelope;
    let advances = envelope.kind.advances_entry();
    let own = envelope.entry.map(|entry| Touch {
        entry: *entry.as_bytes(),
        basis: envelope.basis.map(|basis| basis.0),
        advances,
    });
    let others = envelope.targets.iter().map(|target| Touch {
        entry: *target.entry.as_bytes(),
        basis: Some(target.basis.0),
        advances: true,
    });
    Candidate {
        event_id: *envelope.event.as_bytes(),
        stream: envelope.stream.number(),
        seq: envelope.seq,
        prev: envelope.prev.0,
        kind: envelope.kind.code(),
        touches: own.into_iter().chain(others).collect(),
        erases: Vec::new(),
        twin: event_twin(&signed),
        hash: event.hash.0,
        signed,
        sealed_body: sealed,
        authority,
        event,
    }
}
