//! Writing a [`Draft`] inside a transaction: moving the head, then the rows, with as few statements as either engine allows.

use std::fmt::Write as _;

use tlog::FullTile;

use super::draft::{Draft, EventRow};
use super::judge::EntryRow;
use crate::engine::Connection;
use crate::fault::Fault;
use crate::statement::{Param, Statement};
use crate::tx::Tx;

/// The compare-and-swap: the head moves only from the very value the draft was made on. Its row lock also keeps a second
/// sequencer, or a rebuild that is about to swap, waiting until this batch has ended.
const MOVE_HEAD: Statement = Statement::both(
    "moving the head",
    "update ledger_head set size = $1, root = $2, recorded_at_ms = $3, authority = $4 \
     where id = 0 and size = $5 and root = $6 and generation = $7",
);
const SQLITE_EVENTS: Statement = Statement::both(
    "recording events",
    include_str!("../sql/sqlite/record_events.sql"),
);
const SQLITE_BODIES: Statement = Statement::both(
    "recording bodies",
    include_str!("../sql/sqlite/record_bodies.sql"),
);
const SQLITE_TOUCHES: Statement = Statement::both(
    "recording touches",
    include_str!("../sql/sqlite/record_touches.sql"),
);
const SQLITE_BATCH: Statement = Statement::both(
    "recording the batch",
    "insert into batch (size, root, recorded_at_ms) values ($1, $2, $3)",
);
const TILE: Statement = Statement::both(
    "recording a tile",
    "insert into tile (level, number, hashes) values ($1, $2, $3)",
);

/// Moves the head. `false`: someone else moved it, and nothing was changed.
pub(crate) async fn move_head(tx: &mut Tx<'_>, draft: &Draft) -> Result<bool, Fault> {
    let moved = tx
        .execute(
            &MOVE_HEAD,
            &[
                number(draft.after.size)?.into(),
                (&draft.after.root).into(),
                draft.after.recorded_at_ms.into(),
                number(draft.after.authority)?.into(),
                number(draft.before.size)?.into(),
                (&draft.before.root).into(),
                draft.before.generation.into(),
            ],
        )
        .await?;
    Ok(moved == 1)
}

/// Inserts the rows of the log.
pub(crate) async fn insert_rows(tx: &mut Tx<'_>, draft: &Draft) -> Result<(), Fault> {
    match tx.connection()? {
        Connection::Sqlite(_) => insert_sqlite(tx, draft).await?,
        Connection::Postgres(..) => super::write_postgres::insert(tx, draft).await?,
    }
    for FullTile { tile, bytes } in &draft.tiles {
        let params: [Param<'_>; 3] = [
            i64::from(tile.level()).into(),
            number(tile.index())?.into(),
            bytes.as_slice().into(),
        ];
        tx.execute(&TILE, &params).await?;
    }
    Ok(())
}

/// One statement per table: numbers as one JSON parameter, all bytes as one blob that the statement cuts up. Through sqlx's
/// worker thread a statement costs far more than a row.
async fn insert_sqlite(tx: &mut Tx<'_>, draft: &Draft) -> Result<(), Fault> {
    let first = number(draft.before.size)?;
    let events = PackedEvents::new(&draft.events);
    tx.execute(
        &SQLITE_EVENTS,
        &[
            first.into(),
            events.rows.into(),
            events.ids.into(),
            events.signed.into(),
            draft.after.recorded_at_ms.into(),
        ],
    )
    .await?;
    tx.execute(
        &SQLITE_BODIES,
        &[first.into(), events.body_rows.into(), events.bodies.into()],
    )
    .await?;
    if !draft.entry_rows.is_empty() {
        tx.execute(&SQLITE_TOUCHES, &[touches_json(&draft.entry_rows).into()])
            .await?;
    }
    let params: [Param<'_>; 3] = [
        number(draft.after.size)?.into(),
        (&draft.after.root).into(),
        draft.after.recorded_at_ms.into(),
    ];
    tx.execute(&SQLITE_BATCH, &params).await?;
    Ok(())
}

/// The events of a batch as the parameters of SQLite's statements.
struct PackedEvents {
    rows: String,
    ids: Vec<u8>,
    signed: Vec<u8>,
    body_rows: String,
    bodies: Vec<u8>,
}

impl PackedEvents {
    fn new(events: &[EventRow]) -> Self {
        let mut packed = PackedEvents {
            rows: String::from("["),
            ids: Vec::with_capacity(events.len() * 80),
            signed: Vec::new(),
            body_rows: String::from("["),
            bodies: Vec::new(),
        };
        for (index, event) in events.iter().enumerate() {
            let comma = if index == 0 { "" } else { "," };
            // Writing to a String cannot fail.
            let _ = write!(
                packed.rows,
                "{comma}[{},{},{},{},{}]",
                event.stream,
                event.seq,
                event.kind,
                packed.signed.len(),
                event.signed.len()
            );
            let _ = write!(
                packed.body_rows,
                "{comma}[{},{}]",
                packed.bodies.len(),
                event.sealed_body.len()
            );
            packed.ids.extend_from_slice(&event.event_id);
            packed.ids.extend_from_slice(&event.hash);
            packed.ids.extend_from_slice(&event.twin);
            packed.signed.extend_from_slice(&event.signed);
            packed.bodies.extend_from_slice(&event.sealed_body);
        }
        packed.rows.push(']');
        packed.body_rows.push(']');
        packed
    }
}

fn touches_json(rows: &[EntryRow]) -> String {
    let mut json = String::from("[");
    for (index, row) in rows.iter().enumerate() {
        let comma = if index == 0 { "" } else { "," };
        let head = row
            .head
            .map_or_else(|| "null".to_owned(), |head| head.to_string());
        let entry = hex::encode(row.entry);
        let _ = write!(
            json,
            "{comma}[\"{entry}\",{},{},{},{head}]",
            row.rev,
            row.position,
            u8::from(row.advances)
        );
    }
    json.push(']');
    json
}

/// A position as the stores keep it.
pub(crate) fn number(position: u64) -> Result<i64, Fault> {
    i64::try_from(position).map_err(|error| Fault::request("numbering", error))
}
