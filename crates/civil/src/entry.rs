//! The register entry (mục đăng ký trong Sổ): one registration and all that happened to it since, folded from events.

use std::collections::BTreeMap;

use ciborium::Value;

use crate::act::{Act, FieldChange, PapersRevoked, amendable};
use crate::cbor::Malformed;
use crate::effect::{Ended, Mark, StateChange};
use crate::event::CivilEvent;
use crate::id::{EntryId, EventHash, EventId, OfficeId};
use crate::kind::Kind;
use crate::law::PaperForm;
use crate::note::{EnteredInBook, MarginalNote, notes_of};
use crate::value::Date;

/// Why events do not fold into an entry. A log that holds such events was forged or broken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum FoldError {
    /// The first event does not open the entry, or a later one does.
    #[error("the event at position {position} does not continue the entry")]
    OutOfPlace {
        /// Of the event.
        position: u64,
    },
    /// A change does not fit the record that it changes.
    #[error("the change at position {position} does not fit the entry: {why}")]
    Change {
        /// Of the event.
        position: u64,
        /// How.
        why: Malformed,
    },
}

/// A paper that was issued of the entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IssuedCopy {
    /// The event.
    pub event: EventId,
    /// The office.
    pub office: OfficeId,
    /// The day.
    pub on: Date,
    /// The position up to which its content counts: that of its basis.
    pub position: u64,
    /// Original or copy; the first release issued copies alone.
    pub form: PaperForm,
    /// The event that revoked it (Law 60/2014, Art. 12(2)).
    pub revoked: Option<EventId>,
}

/// That an entry ended, or its registration fell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ending {
    /// By which event.
    pub event: EventId,
    /// From when, where that is stated.
    pub on: Option<Date>,
    /// How; none where the registration fell.
    pub how: Option<Ended>,
}

/// What became of an entry: folded from its notes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct State {
    /// That it ended: the marriage, the guardianship, the adoption, the declaration of death.
    pub ended: Option<Ending>,
    /// That its registration fell (Law 60/2014, Art. 12(2)).
    pub revoked: Option<Ending>,
    /// What is true of it until it is lifted, and by which event.
    pub marks: BTreeMap<Mark, EventId>,
}

impl State {
    /// What these notes, in the order of the log, leave.
    pub fn of(notes: &[MarginalNote]) -> Self {
        let mut state = Self::default();
        for note in notes {
            let Some((change, on)) = note.state() else {
                continue;
            };
            let ending = |how| {
                Some(Ending {
                    event: note.event,
                    on,
                    how,
                })
            };
            match change {
                StateChange::Ends(how) => state.ended = ending(Some(how)),
                StateChange::Revokes => state.revoked = ending(None),
                StateChange::Sets(mark) => drop(state.marks.insert(mark, note.event)),
                StateChange::Lifts(mark) => drop(state.marks.remove(&mark)),
            }
        }
        state
    }

    /// Whether it still holds: it did not end, and its registration did not fall.
    pub const fn in_force(&self) -> bool {
        self.ended.is_none() && self.revoked.is_none()
    }
}

/// An entry as its events leave it.
#[derive(Debug, Clone, PartialEq)]
pub struct RegisterEntry {
    /// Its id.
    pub id: EntryId,
    /// What was registered.
    pub kind: Kind,
    /// The office that registered it.
    pub office: OfficeId,
    /// The event that opened it.
    pub opened_by: EventId,
    /// The act as registered.
    pub original: Act,
    /// The act as it stands now.
    pub current: Act,
    /// Its marginal notes, in the order of the log.
    pub notes: Vec<MarginalNote>,
    /// Papers that were issued: copies, and the original.
    pub copies: Vec<IssuedCopy>,
    /// Events that touched it and whose bodies were lawfully erased: what they said is not in it.
    pub lost: Vec<EventId>,
    /// The latest event that changed it: the basis of the next.
    pub head: EventHash,
    /// The position of that event.
    pub head_position: u64,
}

impl RegisterEntry {
    /// An entry from the event that opens it.
    ///
    /// # Errors
    /// [`FoldError::OutOfPlace`] when that event opens no entry.
    pub fn open(event: &CivilEvent) -> Result<Self, FoldError> {
        let envelope = &event.envelope;
        match envelope.entry {
            Some(id) if envelope.kind.opens_entry() && envelope.basis.is_none() => Ok(Self {
                id,
                kind: envelope.kind,
                office: envelope.stream.office,
                opened_by: envelope.event,
                original: event.body.act.clone(),
                current: event.body.act.clone(),
                notes: Vec::new(),
                copies: Vec::new(),
                lost: match event.body.act.is_lost() {
                    true => vec![envelope.event],
                    false => Vec::new(),
                },
                head: event.hash,
                head_position: event.position,
            }),
            _ => Err(FoldError::OutOfPlace {
                position: event.position,
            }),
        }
    }

    /// The entry that these events, in the order of the log, leave; `None` without events.
    ///
    /// # Errors
    /// [`FoldError`] at the first event that does not follow from those before it.
    pub fn fold<'a>(events: impl IntoIterator<Item = &'a CivilEvent>) -> Result<Option<Self>, FoldError> {
        let mut entry: Option<Self> = None;
        for event in events {
            match &mut entry {
                None => entry = Some(Self::open(event)?),
                Some(entry) => entry.apply(event)?,
            }
        }
        Ok(entry)
    }

    /// The entry as it stood on both axes of time: as of a legal day (registrations and notes up to that day), as
    /// far as the log knew it at an instant. `None` on an axis means now. Before it was registered there is none, whatever is dated
    /// earlier.
    ///
    /// # Errors
    /// As [`RegisterEntry::fold`].
    pub fn fold_as_of<'a>(
        events: impl IntoIterator<Item = &'a CivilEvent>,
        as_of: Option<Date>,
        known_at_ms: Option<i64>,
    ) -> Result<Option<Self>, FoldError> {
        let beyond = |event: &CivilEvent| {
            let late = as_of.is_some_and(|day| day < event.counted_on());
            late || known_at_ms.is_some_and(|instant| instant < event.recorded_at_ms)
        };
        let mut events = events.into_iter().peekable();
        if events.peek().is_some_and(|opening| beyond(opening)) {
            return Ok(None);
        }
        let mut left_out = Vec::new();
        let seen = events.filter(|event| {
            let act = &event.body.act;
            // That a note stands in the paper book says nothing while the note itself does not exist yet.
            let of_left_out = matches!(act, Act::MarginalNoteEntered(act) if left_out.contains(&act.noted));
            let leave_out = beyond(event) || of_left_out;
            if leave_out {
                left_out.push(event.envelope.event);
            }
            !leave_out
        });
        Self::fold(seen)
    }

    /// Takes in the next event that touches this entry.
    ///
    /// # Errors
    /// [`FoldError`]; the entry is then unchanged.
    pub fn apply(&mut self, event: &CivilEvent) -> Result<(), FoldError> {
        let position = event.position;
        let mut current = None;
        match &event.body.act {
            Act::ExtractIssued(act) => {
                let position = self.head_position;
                let office = event.envelope.stream.office;
                self.copies.push(IssuedCopy {
                    event: event.envelope.event,
                    office,
                    on: act.issued_on,
                    position,
                    form: act.form(),
                    revoked: None,
                });
                return Ok(());
            }
            Act::MarginalNoteEntered(act) => {
                let office = event.envelope.stream.office;
                let entered = EnteredInBook {
                    event: event.envelope.event,
                    on: act.entered_on,
                    office,
                };
                match self.notes.iter_mut().find(|note| note.event == act.noted) {
                    Some(note) => note.entered = Some(entered),
                    // The note went with the event that left it.
                    None if !self.lost.is_empty() => {}
                    None => return Err(FoldError::OutOfPlace { position }),
                }
            }
            Act::Lost(lost) => {
                let envelope = &event.envelope;
                let target = envelope.targets.iter().any(|target| target.entry == self.id);
                if !target && (envelope.entry != Some(self.id) || lost.0.opens_entry()) {
                    return Err(FoldError::OutOfPlace { position });
                }
                self.lost.push(envelope.event);
                if !lost.0.advances_entry() {
                    return Ok(());
                }
            }
            act => {
                let reached = act.reaches().into_iter().find(|reached| reached.entry == self.id);
                if let Some(reached) = reached {
                    if !reached.changes.is_empty() {
                        match changed(&self.current, &reached.changes) {
                            Ok(changed) => current = Some(changed),
                            // It may have changed what an erased event had put there.
                            Err(_) if !self.lost.is_empty() => {}
                            Err(why) => return Err(FoldError::Change { position, why }),
                        }
                    }
                } else if event.envelope.entry != Some(self.id) || act.kind().opens_entry() {
                    return Err(FoldError::OutOfPlace { position });
                }
                self.notes.extend(
                    notes_of(event)
                        .into_iter()
                        .filter(|(id, _)| *id == self.id)
                        .map(|(_, note)| note),
                );
            }
        }
        if let Some(current) = current {
            self.current = current;
        }
        if let Act::PapersRevoked(act) = &event.body.act {
            self.revoke(act, event.envelope.event);
        }
        self.head = event.hash;
        self.head_position = position;
        Ok(())
    }

    fn revoke(&mut self, act: &PapersRevoked, by: EventId) {
        let named = |copy: &&mut IssuedCopy| act.papers.iter().any(|paper| paper.event == Some(copy.event));
        for copy in self.copies.iter_mut().filter(named) {
            copy.revoked = Some(by);
        }
    }

    /// Whether its original is handed out and not revoked.
    pub fn has_original(&self) -> bool {
        let counts = |copy: &IssuedCopy| copy.form == PaperForm::Original && copy.revoked.is_none();
        self.copies.iter().any(counts)
    }

    /// Whether it says that a child was adopted, or that an adoption ended.
    pub fn tells_of_adoption(&self) -> bool {
        self.kind == Kind::Adoption || self.notes.iter().any(MarginalNote::tells_of_adoption)
    }

    /// What became of it.
    pub fn state(&self) -> State {
        State::of(&self.notes)
    }

    /// Whether a divorce is noted.
    pub fn divorced(&self) -> bool {
        let divorced =
            |note: &MarginalNote| matches!(note.state(), Some((StateChange::Ends(Ended::Divorced), _)));
        self.notes.iter().any(divorced)
    }
}

/// An act with its fields changed.
///
/// # Errors
/// [`Malformed::Shape`] when a field does not exist or the result is not an act of that kind.
pub fn changed(act: &Act, changes: &[FieldChange]) -> Result<Act, Malformed> {
    let kind = act.kind();
    let mut tree = act.to_cbor();
    for change in changes {
        let known = amendable(kind, &change.field).ok_or(Malformed::Shape("field"))?;
        put(&mut tree, &known.keys, change.to.clone())?;
    }
    Act::from_cbor(kind, tree)
}

/// The value of a field of an act; `None` when it is left out. Whoever asks for several takes [`Fields`].
pub fn field_value(act: &Act, pointer: &str) -> Option<Value> {
    Fields::of(act).value(pointer).cloned()
}

/// The fields of an act, by their JSON pointers.
#[derive(Debug, Clone)]
pub struct Fields {
    kind: Kind,
    tree: Value,
}

impl Fields {
    /// Of that act.
    pub fn of(act: &Act) -> Self {
        Self {
            kind: act.kind(),
            tree: act.to_cbor(),
        }
    }

    /// The value of a field; `None` when it is left out.
    pub fn value(&self, pointer: &str) -> Option<&Value> {
        let mut tree = &self.tree;
        for key in amendable(self.kind, pointer)?.keys {
            tree = match tree {
                Value::Map(pairs) => {
                    &pairs
                        .iter()
                        .find(|(found, _)| *found == Value::Integer(key.into()))?
                        .1
                }
                Value::Array(items) => items.get(usize::try_from(key).ok()?)?,
                _ => return None,
            };
        }
        Some(tree)
    }
}

fn put(tree: &mut Value, keys: &[u64], value: Option<Value>) -> Result<(), Malformed> {
    const SHAPE: Malformed = Malformed::Shape("field");
    let (key, rest) = keys.split_first().ok_or(SHAPE)?;
    match tree {
        Value::Array(items) => {
            let index = usize::try_from(*key).map_err(|_| SHAPE)?;
            match (rest.is_empty(), value) {
                (true, Some(value)) if index < items.len() => items[index] = value,
                (true, Some(value)) if index == items.len() => items.push(value),
                // Taking an item out would give its place to another.
                (true, _) => return Err(SHAPE),
                (false, value) => return put(items.get_mut(index).ok_or(SHAPE)?, rest, value),
            }
            Ok(())
        }
        Value::Map(pairs) => {
            let number = |pair: &(Value, Value)| pair.0.as_integer().and_then(|key| u64::try_from(key).ok());
            let place = pairs
                .iter()
                .position(|pair| number(pair).is_some_and(|found| found >= *key))
                .unwrap_or(pairs.len());
            let there = pairs.get(place).and_then(number) == Some(*key);
            match (rest.is_empty(), value) {
                (true, Some(value)) if there => pairs[place].1 = value,
                (true, Some(value)) => pairs.insert(place, (Value::Integer((*key).into()), value)),
                (true, None) if there => drop(pairs.remove(place)),
                (true, None) => {}
                (false, value) if there => return put(&mut pairs[place].1, rest, value),
                (false, _) => return Err(SHAPE),
            }
            Ok(())
        }
        _ => Err(SHAPE),
    }
}
