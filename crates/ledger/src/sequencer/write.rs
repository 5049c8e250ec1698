//! Writing a [`Draft`] inside a transaction: moving the head and inserting the rows, in one statement on either engine.

use std::fmt::Write as _;
use std::sync::Arc;

use sqlx::postgres::PgArguments;
use sqlx::query::Query;
use sqlx::{Postgres, SqlStr};
use tlog::FullTile;

use super::draft::{Draft, EventRow};
use super::judge::EntryRow;
use crate::engine::{Connection, in_time};
use crate::fault::{Fault, FaultKind};
use crate::packed::Packed;
use crate::statement::{Param, Statement, continued};
use crate::tx::{Held, Recording, Tx};

/// All of it in one go. It begins with the compare-and-swap: the head moves only from the very value the draft was made on, and
/// only then is anything inserted. The row lock of the head also keeps a second sequencer, or a rebuild that is about to swap,
/// waiting until this batch has ended.
const RECORD: Statement = Statement::pair(
    "recording a batch",
    include_str!("../sql/sqlite/record.sql"),
    include_str!("../sql/postgres/record.sql"),
);
/// On PostgreSQL.
const RECORD_PARAMETERS: usize = 26;
/// On SQLite: one batch in eight or so fills one.
const TILE: Statement = Statement::both(
    "recording a tile",
    "insert into tile (level, number, hashes) values ($1, $2, $3)",
);
/// On SQLite: few batches erase anything.
const ERASURE: Statement = Statement::both(
    "recording an erasure",
    "insert into erasure (position, erased_by, entries) values ($1, $2, $3)",
);

/// Starts to move the head and to insert the rows of the log, or leaves it to the commit, where it goes with the rows of the read
/// models in one statement. What the transaction is asked next fails with [`FaultKind::Moved`] if someone else moved the head;
/// nothing was changed then.
pub(crate) async fn start_record<'c>(tx: &mut Tx<'c>, draft: &Arc<Draft>) -> Result<(), Fault> {
    let draft = Arc::clone(draft);
    let recording: Recording<'c> = Box::new(|mut held, rows, generation| {
        Box::pin(async move {
            let done = record(&mut held, &draft, &rows, generation).await;
            (held, done)
        })
    });
    tx.start_first(recording).await
}

/// `rows` beside those of the log, on PostgreSQL.
async fn record(
    held: &mut Held<'_>,
    draft: &Draft,
    rows: &[(Statement, String)],
    generation: i64,
) -> Result<(), Fault> {
    let mut connection = held.connection()?;
    match &mut connection {
        Connection::Sqlite(_) => {
            if connection.execute(&RECORD, 0, &sqlite_params(draft)?).await? == 0 {
                let reason = "another writer was there first";
                return Err(Fault::new(FaultKind::Moved, RECORD.name(), reason));
            }
            for FullTile { tile, bytes } in &draft.tiles {
                let level = i64::from(tile.level());
                let params = [
                    level.into(),
                    number(tile.index())?.into(),
                    bytes.as_slice().into(),
                ];
                connection.execute(&TILE, 0, &params).await?;
            }
            for (erased, by) in &draft.erasures {
                let entries = erased.entries.concat();
                let params = [
                    number(erased.position)?.into(),
                    number(*by)?.into(),
                    entries.as_slice().into(),
                ];
                connection.execute(&ERASURE, 0, &params).await?;
            }
        }
        // All of it in this one statement, which may be the whole transaction.
        Connection::Postgres(conn, limit) => {
            let statements: Vec<Statement> = rows.iter().map(|(statement, _)| *statement).collect();
            let end = "select 1 / count(*) from moved";
            let sql = continued(&RECORD, RECORD_PARAMETERS, &statements, generation, end);
            let query = rows.iter().fold(postgres_query(sql, draft)?, |query, (_, rows)| {
                query.bind(rows.as_str())
            });
            in_time(*limit, RECORD.name(), query.execute(&mut **conn)).await?;
        }
    }
    Ok(())
}

/// For SQLite: numbers as JSON, all bytes as blobs that the statements cut up (see [`Packed`]).
fn sqlite_params(draft: &Draft) -> Result<[Param<'_>; 13], Fault> {
    let events = PackedEvents::new(&draft.events);
    let bodies: Packed = draft
        .events
        .iter()
        .map(|event| event.sealed_body.as_ref())
        .collect();
    Ok([
        number(draft.before.size)?.into(),
        (&draft.before.root).into(),
        draft.before.generation.into(),
        number(draft.after.size)?.into(),
        (&draft.after.root).into(),
        draft.after.recorded_at_ms.into(),
        number(draft.after.authority)?.into(),
        events.rows.into(),
        events.ids.into(),
        events.signed.into(),
        bodies.places.into(),
        bodies.bytes.into(),
        touches_json(&draft.entry_rows).into(),
    ])
}

/// For PostgreSQL: one array a column.
fn postgres_query<'q>(sql: SqlStr, draft: &Draft) -> Result<Query<'q, Postgres, PgArguments>, Fault> {
    let events = &draft.events;
    let rows = &draft.entry_rows;
    let bytes = |column: fn(&EventRow) -> &[u8]| -> Vec<&[u8]> { events.iter().map(column).collect() };
    let heads = rows
        .iter()
        .map(|row| row.head.map(number).transpose())
        .collect::<Result<Vec<_>, _>>()?;
    let revs = rows
        .iter()
        .map(|row| number(row.rev))
        .collect::<Result<Vec<_>, _>>()?;
    let positions = rows
        .iter()
        .map(|row| number(row.position))
        .collect::<Result<Vec<_>, _>>()?;
    let tiles = &draft.tiles;
    let tile_numbers = tiles
        .iter()
        .map(|full| number(full.tile.index()))
        .collect::<Result<Vec<_>, _>>()?;
    let mut erased = Vec::with_capacity(draft.erasures.len());
    let mut erased_by = Vec::with_capacity(draft.erasures.len());
    for (body, by) in &draft.erasures {
        erased.push(number(body.position)?);
        erased_by.push(number(*by)?);
    }
    let entries = draft.erasures.iter().map(|(body, _)| body.entries.concat());
    Ok(sqlx::query(sql)
        .bind(number(draft.before.size)?)
        .bind(draft.before.root.as_slice())
        .bind(draft.before.generation)
        .bind(number(draft.after.size)?)
        .bind(draft.after.root.as_slice())
        .bind(draft.after.recorded_at_ms)
        .bind(number(draft.after.authority)?)
        .bind(bytes(|event| &event.event_id))
        .bind(events.iter().map(|event| event.stream).collect::<Vec<_>>())
        .bind(events.iter().map(|event| event.seq).collect::<Vec<_>>())
        .bind(
            events
                .iter()
                .map(|event| i64::from(event.kind))
                .collect::<Vec<_>>(),
        )
        .bind(bytes(|event| &event.hash))
        .bind(bytes(|event| &event.twin))
        .bind(bytes(|event| &event.signed))
        .bind(bytes(|event| &event.sealed_body))
        .bind(rows.iter().map(|row| row.entry.as_slice()).collect::<Vec<_>>())
        .bind(revs)
        .bind(positions)
        .bind(rows.iter().map(|row| i64::from(row.advances)).collect::<Vec<_>>())
        .bind(heads)
        .bind(
            tiles
                .iter()
                .map(|full| i64::from(full.tile.level()))
                .collect::<Vec<_>>(),
        )
        .bind(tile_numbers)
        .bind(tiles.iter().map(|full| full.bytes.as_slice()).collect::<Vec<_>>())
        .bind(erased)
        .bind(erased_by)
        .bind(entries.collect::<Vec<_>>()))
}

/// The events of a batch as the parameters of SQLite's statements.
struct PackedEvents {
    rows: String,
    ids: Vec<u8>,
    signed: Vec<u8>,
}

impl PackedEvents {
    fn new(events: &[EventRow]) -> Self {
        let mut packed = PackedEvents {
            rows: String::from("["),
            ids: Vec::with_capacity(events.len() * 80),
            signed: Vec::new(),
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
            packed.ids.extend_from_slice(&event.event_id);
            packed.ids.extend_from_slice(&event.hash);
            packed.ids.extend_from_slice(&event.twin);
            packed.signed.extend_from_slice(&event.signed);
        }
        packed.rows.push(']');
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
