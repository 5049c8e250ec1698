//! A batch of events folded over the offices that it concerns.

use std::collections::{BTreeMap, BTreeSet};

use civil::act::{Act, KeyGranted, Role};
use civil::directory::Entrusted;
use civil::event::CivilEvent;
use civil::id::{KeyId, OfficeId};
use civil::kind::Group;
use ledger::{Fault, Recorded, Tx};

use super::row::{KeyRow, OfficeRow, OfficeView, RevokedRow};
use super::{RESUME, REVOKE_KEYS, WRITE, WRITE_KEYS};
use crate::custody;
use crate::entry::Touched;
use crate::rows;

/// Which offices a batch asks for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Concerned {
    /// By number.
    offices: BTreeSet<u32>,
    /// And every office whose books these keep.
    closing: BTreeSet<u32>,
}

/// What a batch does to offices and keys.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Folded {
    offices: Vec<OfficeRow>,
    keys: Vec<KeyRow>,
    revoked: Vec<RevokedRow>,
    /// For each touch, in its order: who kept the books of the entry's office at that position.
    pub(crate) keepers: Vec<OfficeId>,
}

/// The offices whose keepers the touches ask for, and those that the batch opens or closes.
pub(crate) fn concerned(
    events: &[Recorded<CivilEvent>],
    touched: &[Touched],
    custody: &[Entrusted],
) -> Concerned {
    let mut concerned = Concerned::default();
    concerned
        .offices
        .extend(touched.iter().map(|touched| touched.office.0));
    concerned
        .offices
        .extend(custody.iter().map(|decision| decision.to.0));
    for recorded in events {
        match &recorded.event.body.act {
            Act::OfficeSucceeded(act) => {
                concerned.offices.extend([act.office.0, act.successor.0]);
                concerned.closing.insert(act.office.0);
            }
            Act::BooksEntrusted(act) => drop(concerned.offices.insert(act.to.0)),
            Act::OfficeOpened(act) => drop(concerned.offices.insert(act.office.0)),
            _ => {}
        }
    }
    concerned
}

/// Reads those offices as the last batch left them.
pub(crate) async fn resume(
    tx: &mut Tx<'_>,
    concerned: &Concerned,
) -> Result<BTreeMap<OfficeId, OfficeView>, Fault> {
    if concerned.offices.is_empty() {
        return Ok(BTreeMap::new());
    }
    let list = |offices: &BTreeSet<u32>| rows::json("resuming offices", &offices.iter().collect::<Vec<_>>());
    let params = [list(&concerned.offices)?.into(), list(&concerned.closing)?.into()];
    let found = tx.rows(&RESUME, &params).await?;
    let offices = found
        .iter()
        .map(|row| OfficeView::read(row).map(|office| (office.office, office)));
    offices.collect()
}

/// Moves the offices along with the events; answers the rows to write and the keepers that the touches asked for.
pub(crate) fn fold(
    events: &[Recorded<CivilEvent>],
    touched: &[Touched],
    offices: BTreeMap<OfficeId, OfficeView>,
    custody: Vec<Entrusted>,
) -> Folded {
    let mut fold = Fold {
        offices,
        custody,
        ..Fold::default()
    };
    let mut keepers = Vec::with_capacity(touched.len());
    let mut touches = touched.iter().peekable();
    for (index, recorded) in events.iter().enumerate() {
        if recorded.event.envelope.kind.group() == Group::Administration {
            fold.custody.extend(custody::entrusted(&recorded.event));
            fold.apply(&recorded.event.body.act, recorded.position);
        }
        while let Some(touched) = touches.next_if(|touched| touched.index == index) {
            keepers.push(fold.keeper_of(touched));
        }
    }
    let moved = fold
        .moved
        .iter()
        .filter_map(|office| fold.offices.get(office).map(OfficeRow::from));
    Folded {
        offices: moved.collect(),
        keys: fold.keys.into_values().collect(),
        revoked: fold.revoked.into_values().collect(),
        keepers,
    }
}

#[derive(Default)]
struct Fold {
    offices: BTreeMap<OfficeId, OfficeView>,
    custody: Vec<Entrusted>,
    moved: BTreeSet<OfficeId>,
    keys: BTreeMap<KeyId, KeyRow>,
    revoked: BTreeMap<KeyId, RevokedRow>,
}

impl Fold {
    /// As [`civil::directory::Directory::keeper_of`].
    fn keeper_of(&self, touched: &Touched) -> OfficeId {
        let decided = touched
            .shelf
            .as_ref()
            .and_then(|shelf| Entrusted::that_counts(&self.custody, touched.office, shelf.place()));
        self.keeper(decided.map_or(touched.office, |decision| decision.to))
    }

    fn keeper(&self, office: OfficeId) -> OfficeId {
        self.offices.get(&office).map_or(office, |office| office.keeper)
    }

    fn apply(&mut self, act: &Act, position: u64) {
        match act {
            Act::LedgerFounded(act) => self.grant(
                &KeyGranted::least(
                    OfficeId::ADMINISTRATION,
                    act.key.clone(),
                    Role::Administrator,
                    act.founded_on,
                ),
                position,
            ),
            Act::OfficeOpened(act) => {
                self.offices.insert(act.office, OfficeView::opened(act, position));
                self.moved.insert(act.office);
            }
            Act::OfficeSucceeded(act) => {
                if let Some(office) = self.offices.get_mut(&act.office) {
                    office.closed_on = Some(act.on);
                    office.successor = Some(act.successor);
                    office.closed_position = Some(position);
                    self.hand_over(act.office, act.successor);
                }
            }
            Act::KeyGranted(act) => self.grant(act, position),
            Act::KeyRevoked(act) => match self.keys.get_mut(&act.key) {
                Some(key) => key.revoke(act.on, position),
                None => {
                    let row = RevokedRow::new(act.key, act.on, position);
                    self.revoked.entry(act.key).or_insert(row);
                }
            },
            _ => {}
        }
    }

    /// Everything whose books the closing office kept goes to whoever keeps the successor's.
    fn hand_over(&mut self, closing: OfficeId, successor: OfficeId) {
        let keeper = self.keeper(successor);
        for office in self.offices.values_mut() {
            if office.keeper == closing || office.office == closing {
                office.keeper = keeper;
                self.moved.insert(office.office);
            }
        }
    }

    fn grant(&mut self, act: &KeyGranted, position: u64) {
        if let Some(row) = KeyRow::granted(act, position) {
            self.keys.insert(row.id(), row);
        }
    }
}

/// Writes the rows of a batch.
pub(crate) async fn write(tx: &mut Tx<'_>, folded: &Folded) -> Result<(), Fault> {
    rows::write(tx, &WRITE, &folded.offices)?;
    rows::write(tx, &WRITE_KEYS, &folded.keys)?;
    if !folded.revoked.is_empty() {
        // A key may be granted and revoked in one batch.
        tx.flush().await?;
    }
    rows::write(tx, &REVOKE_KEYS, &folded.revoked)
}
