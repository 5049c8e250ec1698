//! The offices to which acts of a batch may owe more than notes, each as it was at any position.

use std::collections::{BTreeMap, BTreeSet};

use civil::act::Act;
use civil::event::CivilEvent;
use civil::id::{Lane, OfficeId};
use civil::notice::{Offices, of_a_foreigner, residences, tells_more};
use civil::unit::UnitId;
use ledger::{Fault, Recorded, Tx};

use super::OFFICES;
use crate::entry::Touched;
use crate::record::Record;
use crate::rows;

/// What is known of one office.
#[derive(Debug, Clone)]
struct Office {
    level: String,
    unit: Option<UnitId>,
    opened_position: u64,
    closed: Option<(u64, OfficeId)>,
}

/// The offices that a batch asks for.
#[derive(Debug, Clone, Default)]
pub(crate) struct Known(BTreeMap<OfficeId, Office>);

/// As they were at one position.
pub(crate) struct At<'k> {
    known: &'k Known,
    position: u64,
}

/// Reads the offices that the events ask for, after the batch wrote its own; a batch that owes nothing but notes reads nothing.
pub(crate) async fn known(
    tx: &mut Tx<'_>,
    events: &[Recorded<CivilEvent>],
    touched: &[Touched],
) -> Result<Known, Fault> {
    let mut units = BTreeSet::new();
    let mut acknowledging = BTreeSet::new();
    let mut told = false;
    // Entries of old books and papers owe nothing but notes.
    let of_acts = |recorded: &&Recorded<CivilEvent>| recorded.event.envelope.stream.lane == Lane::Acts;
    for event in events.iter().filter(of_acts).map(|recorded| &recorded.event) {
        if let Act::NoticeAcknowledged(_) = &event.body.act {
            acknowledging.insert(event.envelope.stream.office.0);
        } else if tells_more(event.signed_on) {
            units.extend(residences(&event.body.act).iter().map(UnitId::to_string));
        }
        told |= of_a_foreigner(&event.body.act);
    }
    let concerned = touched.iter().filter(|touched| {
        let recorded = events.get(touched.index).filter(of_acts);
        recorded.is_some_and(|recorded| {
            recorded.event.envelope.kind.changes_entries() && tells_more(recorded.event.signed_on)
        })
    });
    let offices: BTreeSet<u32> = concerned.map(|touched| touched.office.0).collect();
    if !told && units.is_empty() && acknowledging.is_empty() && offices.is_empty() {
        return Ok(Known::default());
    }
    fn list<T: serde::Serialize>(asked: &BTreeSet<T>) -> Result<String, Fault> {
        rows::json("offices that are told", &asked.iter().collect::<Vec<_>>())
    }
    let params = [
        list(&offices)?.into(),
        list(&units)?.into(),
        list(&acknowledging)?.into(),
    ];
    let found = tx.rows(&OFFICES, &params).await?;
    found.iter().map(read).collect::<Result<_, _>>().map(Known)
}

fn read(row: &ledger::Row) -> Result<(OfficeId, Office), Fault> {
    let record = Record::new(row, "office", "office");
    let closed = record.number_opt("closed_position")?;
    let successor = record.number_opt("successor")?.map(OfficeId);
    let office = Office {
        level: record.text("level")?,
        unit: record.value_opt("unit", |text| UnitId::parse(text).ok())?,
        opened_position: record.number("opened_position")?,
        closed: closed.zip(successor),
    };
    Ok((OfficeId(record.number("office")?), office))
}

impl Known {
    /// As they were when the event at that position came.
    pub(crate) fn at(&self, position: u64) -> At<'_> {
        At {
            known: self,
            position,
        }
    }

    /// The offices whose books an office kept at a position, itself among them.
    pub(crate) fn kept_by(&self, keeper: OfficeId, position: u64) -> Vec<OfficeId> {
        let at = self.at(position);
        let mut kept: Vec<OfficeId> = self
            .0
            .keys()
            .copied()
            .filter(|office| at.keeper(*office) == keeper)
            .collect();
        if kept.is_empty() {
            kept.push(keeper);
        }
        kept
    }
}

impl At<'_> {
    fn keeper(&self, office: OfficeId) -> OfficeId {
        let mut keeper = office;
        for _ in 0..self.known.0.len() {
            let closed = self.known.0.get(&keeper).and_then(|office| office.closed);
            match closed.filter(|(position, _)| *position < self.position) {
                Some((_, successor)) => keeper = successor,
                None => break,
            }
        }
        keeper
    }

    fn open(&self, wanted: impl Fn(&Office) -> bool) -> Option<OfficeId> {
        let open = |office: &Office| {
            office.opened_position < self.position
                && office.closed.is_none_or(|(position, _)| self.position < position)
        };
        let mut offices = self.known.0.iter();
        offices
            .find(|(_, office)| open(office) && wanted(office))
            .map(|(number, _)| *number)
    }
}

impl Offices for At<'_> {
    fn serving(&self, unit: UnitId) -> Option<OfficeId> {
        self.open(|office| office.level == "commune" && office.unit == Some(unit))
    }

    fn foreign_ministry(&self) -> Option<OfficeId> {
        self.open(|office| office.level == "foreign_ministry")
    }

    fn is_mission(&self, office: OfficeId) -> bool {
        self.known
            .0
            .get(&office)
            .is_some_and(|office| office.level == "mission")
    }
}
