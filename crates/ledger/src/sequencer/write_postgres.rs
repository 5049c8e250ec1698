//! The rows of a batch on PostgreSQL: one statement for all tables, each column one array.

use sqlx::Postgres;
use sqlx::postgres::PgArguments;
use sqlx::query::Query;

use super::draft::Draft;
use super::write::number;
use crate::engine::{Connection, in_time};
use crate::fault::Fault;
use crate::tx::Tx;

const RECORD: &str = include_str!("../sql/postgres/record.sql");

pub(crate) async fn insert(tx: &mut Tx<'_>, draft: &Draft) -> Result<(), Fault> {
    let query = query(draft)?;
    let Connection::Postgres(conn, limit) = tx.connection()? else {
        return Err(Fault::internal("recording events", "not a PostgreSQL connection"));
    };
    in_time(limit, "recording events", query.execute(conn)).await?;
    Ok(())
}

fn query<'q>(draft: &Draft) -> Result<Query<'q, Postgres, PgArguments>, Fault> {
    let events = &draft.events;
    let rows = &draft.entry_rows;
    let bytes =
        |column: fn(&super::draft::EventRow) -> &[u8]| -> Vec<&[u8]> { events.iter().map(column).collect() };
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
    Ok(sqlx::query(RECORD)
        .bind(number(draft.before.size)?)
        .bind(draft.after.recorded_at_ms)
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
        .bind(number(draft.after.size)?)
        .bind(draft.after.root.as_slice()))
}
