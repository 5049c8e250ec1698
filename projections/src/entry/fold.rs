//! A batch of events folded over the entries that they touch.

use std::collections::{BTreeSet, HashMap};

use civil::act::Act;
use civil::effect::Ended;
use civil::entry::{Ending, RegisterEntry};
use civil::event::CivilEvent;
use civil::id::{EntryId, OfficeId};
use ledger::{Fault, Recorded, Tx};

use super::row::Row;
use super::state::State;
use super::{OPEN, RESUME, WRITE};
use crate::custody::Shelf;
use crate::rows;

/// An event that touched an entry which was there before it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Touched {
    /// Of the event, in the batch.
    pub(crate) index: usize,
    /// Which entry.
    pub(crate) entry: EntryId,
    /// The office that registered the entry.
    pub(crate) office: OfficeId,
    /// The book in which it stands.
    pub(crate) shelf: Option<Shelf>,
    /// Of the event that opened the entry.
    pub(crate) opened_position: u64,
    /// Of the event that opened the entry.
    pub(crate) opened_at_ms: i64,
    /// The position of the entry's head before the event: that of the event's basis.
    pub(crate) basis_position: u64,
    /// The act before and after, when the event changed it.
    pub(crate) change: Option<(Act, Act)>,
    /// Whether the registration stood, before and after.
    pub(crate) stood: (bool, bool),
    /// The act, when nothing but that changed.
    pub(crate) fell: Option<Act>,
}

/// What a batch does to entries.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Folded {
    /// Rows of entries that were opened and not touched again.
    pub(crate) opened: Vec<Row>,
    /// Rows of the others, each entry once.
    pub(crate) rows: Vec<Row>,
    /// In the order of the log; an act that reaches several entries once for each of them.
    pub(crate) touched: Vec<Touched>,
}

/// The entries that events of the batch touch after they were opened.
pub(crate) fn continued(events: &[Recorded<CivilEvent>]) -> BTreeSet<EntryId> {
    events
        .iter()
        .flat_map(|recorded| recorded.event.continued())
        .collect()
}

/// Reads the states of those entries that were opened before the batch.
pub(crate) async fn resume(
    tx: &mut Tx<'_>,
    events: &[Recorded<CivilEvent>],
    continued: &BTreeSet<EntryId>,
) -> Result<HashMap<EntryId, State>, Fault> {
    let mut ids = continued.clone();
    for recorded in events
        .iter()
        .filter(|recorded| recorded.event.envelope.kind.opens_entry())
    {
        if let Some(entry) = recorded.event.envelope.entry {
            ids.remove(&entry);
        }
    }
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let ids: Vec<String> = ids.iter().map(EntryId::to_string).collect();
    let found = tx
        .rows(&RESUME, &[rows::json("resuming entries", &ids)?.into()])
        .await?;
    let states = found
        .iter()
        .map(|row| State::read(row).map(|state| (state.register.id, state)));
    states.collect()
}

/// Folds the events over the states; answers what there is to write.
pub(crate) fn fold(
    events: &[Recorded<CivilEvent>],
    continued: &BTreeSet<EntryId>,
    mut states: HashMap<EntryId, State>,
) -> Result<Folded, Fault> {
    let mut folded = Folded::default();
    let mut moved = BTreeSet::new();
    for (index, recorded) in events.iter().enumerate() {
        let envelope = &recorded.event.envelope;
        if envelope.kind.opens_entry() {
            match envelope.entry {
                Some(entry) if continued.contains(&entry) => {
                    states.insert(entry, State::open(recorded)?);
                    moved.insert(entry);
                }
                _ => folded.opened.extend(Row::opened(recorded)),
            }
        }
        for entry in recorded.event.continued() {
            let state = states.get_mut(&entry).ok_or_else(|| unknown(recorded, entry))?;
            folded.touched.push(touch(index, recorded, state)?);
            if envelope.kind.advances_entry() {
                moved.insert(entry);
            }
        }
    }
    for entry in moved {
        folded.rows.extend(states.get(&entry).map(Row::of).transpose()?);
    }
    Ok(folded)
}

fn touch(index: usize, recorded: &Recorded<CivilEvent>, state: &mut State) -> Result<Touched, Fault> {
    let id = state.register.id;
    let reached = recorded.event.body.act.reaches();
    let changes = reached
        .iter()
        .any(|reached| reached.entry == id && !reached.changes.is_empty());
    let before = changes.then(|| state.register.current.clone());
    let basis_position = state.register.head_position;
    let stood_before = stands(&state.register);
    state.apply(recorded)?;
    let stood = (stood_before, stands(&state.register));
    let fell = before.is_none() && stood.0 != stood.1;
    Ok(Touched {
        index,
        entry: state.register.id,
        office: state.register.office,
        shelf: Shelf::of(&state.register.original),
        opened_position: state.opened_position,
        opened_at_ms: state.recorded_at_ms,
        basis_position,
        change: before.map(|before| (before, state.register.current.clone())),
        stood,
        fell: fell.then(|| state.register.current.clone()),
    })
}

/// Whether what was registered is still held to have happened: a registration that fell is not, nor a death whose declaration was revoked. A marriage that
/// ended was one.
fn stands(entry: &RegisterEntry) -> bool {
    let state = entry.state();
    let undone = |ending: Ending| ending.how == Some(Ended::DeclarationRevoked);
    state.revoked.is_none() && !state.ended.is_some_and(undone)
}

fn unknown(recorded: &Recorded<CivilEvent>, entry: EntryId) -> Fault {
    Fault::projection(
        format!("projecting the event at position {}", recorded.position),
        format!("there is no entry {entry}"),
    )
}

/// Writes the rows of a batch.
pub(crate) fn write(tx: &mut Tx<'_>, folded: &Folded) -> Result<(), Fault> {
    rows::write(tx, &OPEN, &folded.opened)?;
    rows::write(tx, &WRITE, &folded.rows)
}
