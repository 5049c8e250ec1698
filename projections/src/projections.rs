//! [`Projections`]: every read model, moved along with the log.

use async_trait::async_trait;
use civil::event::CivilEvent;
use ledger::{Fault, Projector, Recorded, Statement, Stored, TableSpec, Tx};

use crate::entry::Touched;
use crate::{book, custody, entry, extract, link, measure, notice, office, search, statistics, task};

/// The projector of every read model. It remembers nothing: a batch is folded over what the transaction itself reads, so
/// a batch that is rolled back leaves no trace, and a restart or a replay begins where the tables stand.
#[derive(Debug, Clone, Copy, Default)]
pub struct Projections;

const SCHEMA: &[TableSpec] = &[
    office::TABLE,
    office::KEY_TABLE,
    custody::TABLE,
    entry::TABLE,
    notice::TABLE,
    link::TABLE,
    book::TABLE,
    book::VOLUME_TABLE,
    book::CLOSING_TABLE,
    search::TABLE,
    extract::TABLE,
    statistics::TABLE,
    measure::TABLE,
    measure::TALLY_TABLE,
    task::TABLE,
];

#[async_trait]
impl Projector for Projections {
    /// At the place that is in [`Recorded`]: an event on its way into the log was decoded before it had one.
    type Event = CivilEvent;

    fn decode(&self, stored: &Stored) -> Result<CivilEvent, Fault> {
        let doing = || format!("decoding the event at position {}", stored.position);
        let (position, recorded_at_ms) = (stored.position, stored.recorded_at_ms);
        let read = match (&stored.sealed_body, stored.erased_by) {
            (Some(sealed), _) => CivilEvent::read(position, recorded_at_ms, &stored.signed, sealed),
            (None, Some(_)) => CivilEvent::without_body(position, recorded_at_ms, &stored.signed),
            (None, None) => return Err(Fault::damaged(doing(), "its body is missing")),
        };
        read.map_err(|error| Fault::damaged(doing(), error))
    }

    fn schema(&self) -> &'static [TableSpec] {
        SCHEMA
    }

    fn later(&self) -> &'static [Statement] {
        &[search::WRITE, statistics::WRITE, measure::WRITE, measure::SUM_UP]
    }

    fn follow(&self, tx: &mut Tx<'_>, events: &[Recorded<CivilEvent>]) -> Result<(), Fault> {
        follow(tx, events, &[])
    }

    async fn apply(&self, tx: &mut Tx<'_>, events: &[Recorded<CivilEvent>]) -> Result<(), Fault> {
        let continued = entry::continued(events);
        let states = entry::resume(tx, events, &continued).await?;
        let entries = entry::fold(events, &continued, states)?;
        let custody = custody::resume(tx, &entries.touched).await?;
        let concerned = office::concerned(events, &entries.touched, &custody);
        let offices = office::resume(tx, &concerned).await?;
        let offices = office::fold(events, &entries.touched, offices, custody);
        office::write(tx, &offices).await?;
        let told = notice::known(tx, events, &entries.touched).await?;
        custody::write(tx, events)?;
        entry::write(tx, &entries)?;
        notice::write(
            tx,
            &notice::rows(events, &entries.touched, &offices.keepers, &told),
        )
        .await?;
        link::write(tx, &link::rows(events, &entries.touched))?;
        let linked = link::affected(tx, events, &entries.touched).await?;
        task::write(tx, &task::rows(events, &entries.touched, linked)).await?;
        book::write(tx, events).await?;
        extract::write(tx, &extract::rows(events, &entries.touched)).await?;
        // What nobody had recorded anything about before is told by the events alone.
        if entries.touched.is_empty() && tx.leave_to_follow() {
            return Ok(());
        }
        follow(tx, events, &entries.touched)
    }
}

/// The read models that follow.
fn follow(tx: &mut Tx<'_>, events: &[Recorded<CivilEvent>], touched: &[Touched]) -> Result<(), Fault> {
    search::write(tx, &search::rows(events, touched))?;
    statistics::write(tx, &statistics::rows(events))?;
    measure::write(tx, &measure::rows(events, touched))?;
    measure::sum_up(tx, events);
    Ok(())
}
