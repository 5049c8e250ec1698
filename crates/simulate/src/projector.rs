//! [`Seen`]: two read models of events that say nothing: each event, and how many each stream has.

use async_trait::async_trait;
use ledger::{Fault, Key, Projector, Recorded, Statement, Stored, TableSpec, Tx};
use serde_json::{Value, json};

use crate::office;

/// The read models of a simulated ledger. Both move with the log.
pub struct Seen;

const CREATE_SEEN: Statement = Statement::both(
    "create seen",
    "create table seen{g} (position bigint primary key, stream bigint not null, number bigint not null)",
);
const CREATE_COUNTED: Statement = Statement::both(
    "create counted",
    "create table counted{g} (stream bigint primary key, events bigint not null)",
);
const SEE: Statement = Statement::pair(
    "see",
    "insert into seen{g} (position, stream, number) \
     select value ->> 'position', value ->> 'stream', value ->> 'number' from json_each($1)",
    "insert into seen{g} (position, stream, number) \
     select position, stream, number from json_to_recordset($1::json) as r (position bigint, stream bigint, number bigint)",
);
const COUNT: Statement = Statement::pair(
    "count",
    "insert into counted{g} (stream, events) \
     select value ->> 'stream', count(*) from json_each($1) where true group by 1 \
     on conflict (stream) do update set events = events + excluded.events",
    "insert into counted{g} as c (stream, events) \
     select stream, count(*) from json_to_recordset($1::json) as r (stream bigint) group by 1 \
     on conflict (stream) do update set events = c.events + excluded.events",
);
/// What [`Seen`] shows, event by event.
pub const SEEN: Statement = Statement::both(
    "seen",
    "select position, stream, number from seen{g} order by position",
);
/// What it shows, stream by stream.
pub const COUNTED: Statement =
    Statement::both("counted", "select stream, events from counted{g} order by stream");

#[async_trait]
impl Projector for Seen {
    type Event = u64;

    fn decode(&self, stored: &Stored) -> Result<u64, Fault> {
        office::number_of(&stored.signed)
            .ok_or_else(|| Fault::damaged(format!("decoding event {}", stored.position), "too short"))
    }

    fn schema(&self) -> &'static [TableSpec] {
        &[
            TableSpec {
                name: "seen{g}",
                create: &[CREATE_SEEN],
                indexes: &[],
                follows: false,
                key: &[Key::Int("position")],
            },
            TableSpec {
                name: "counted{g}",
                create: &[CREATE_COUNTED],
                indexes: &[],
                follows: false,
                key: &[Key::Int("stream")],
            },
        ]
    }

    async fn apply(&self, tx: &mut Tx<'_>, events: &[Recorded<u64>]) -> Result<(), Fault> {
        let row = |recorded: &Recorded<u64>| json!({ "position": recorded.position, "stream": recorded.stream, "number": *recorded.event });
        let rows = Value::from(events.iter().map(row).collect::<Vec<_>>()).to_string();
        tx.write_rows(&SEE, rows.clone());
        tx.write_rows(&COUNT, rows);
        Ok(())
    }
}
