//! Events that mean nothing, in bytes that can be decoded again, and a projection of them.

use async_trait::async_trait;
use bytes::Bytes;
use ledger::{Candidate, Fault, Key, Projector, Receipt, Recorded, Statement, Stored, TableSpec, Touch, Tx};
use serde_json::json;
use sha2::{Digest, Sha256};

/// What a sample event says.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Said {
    pub entry: Option<String>,
    pub words: String,
}

/// An office that signs nothing, but keeps its chain: makes candidates that fit, as long as each is recorded.
#[derive(Debug, Clone)]
pub struct Office {
    pub stream: i64,
    pub seq: u64,
    pub prev: [u8; 32],
    pub authority: u64,
    made: u64,
}

pub const GENESIS: [u8; 32] = [0; 32];

/// The founding event of every sample ledger.
pub fn founding() -> Candidate<Said> {
    Office {
        stream: 0,
        seq: 0,
        prev: GENESIS,
        authority: 0,
        made: 0,
    }
    .candidate("founding", &[])
}

impl Office {
    /// An office whose stream is empty, in a ledger that has only its founding event.
    pub fn new(stream: i64) -> Self {
        let founding = founding();
        let seq = u64::from(stream == 0);
        Office {
            stream,
            seq,
            prev: founding.hash,
            authority: 1,
            made: 0,
        }
    }

    /// The next event, without moving on.
    pub fn candidate(&self, words: &str, touches: &[Touch]) -> Candidate<Said> {
        let entry = touches.first().map(|touch| hex::encode(touch.entry));
        let event = Said {
            entry,
            words: words.to_owned(),
        };
        let signed = json!({
            "stream": self.stream, "seq": self.seq, "prev": hex::encode(self.prev), "made": self.made, "said": event,
        });
        let signed = Bytes::from(signed.to_string());
        let hash: [u8; 32] = blake3::hash(&signed).into();
        let mut event_id = [0; 16];
        event_id.copy_from_slice(&blake3::hash(&hash).as_bytes()[..16]);
        Candidate {
            event_id,
            stream: self.stream,
            seq: self.seq,
            prev: self.prev,
            kind: 7,
            touches: touches.to_vec(),
            erases: Vec::new(),
            twin: Sha256::digest(&signed).into(),
            sealed_body: Bytes::from(format!("salt and body of {words}")),
            signed,
            hash,
            authority: self.authority,
            event: Box::new(event),
        }
    }

    /// The next event; the office goes on from it.
    pub fn next(&mut self, words: &str, touches: &[Touch]) -> Candidate<Said> {
        let candidate = self.candidate(words, touches);
        self.seq += 1;
        self.made += 1;
        self.prev = candidate.hash;
        candidate
    }
}

/// A touch that creates an entry.
pub fn creates(entry: u8) -> Touch {
    Touch {
        entry: [entry; 16],
        basis: None,
        advances: true,
    }
}

/// A touch on an entry whose head is the event of a receipt.
pub fn follows(entry: u8, receipt: &Receipt) -> Touch {
    Touch {
        entry: [entry; 16],
        basis: Some(receipt.hash),
        advances: true,
    }
}

/// A touch that only reads the head.
pub fn reads(entry: u8, receipt: &Receipt) -> Touch {
    Touch {
        advances: false,
        ..follows(entry, receipt)
    }
}

/// Two tables: every event that was heard, and, following, how many each stream said. An event that says [`POISON`] is refused.
pub struct Heard;

/// Words whose tally is left to be made from the log.
pub const ALONE: &str = "alone";

pub const POISON: &str = "poison";
pub const PANIC: &str = "panic";
pub const BREAK: &str = "break a constraint";

const CREATE_HEARD: Statement = Statement::both(
    "create heard",
    "create table heard{g} (event_id text primary key, position bigint not null, stream bigint not null, words text not null, entry text)",
);
const INDEX_HEARD: Statement = Statement::both(
    "index heard",
    "create index heard_position{g} on heard{g} (position)",
);
const CREATE_TALLY: Statement = Statement::both(
    "create tally",
    "create table tally{g} (stream bigint, kind bigint, events bigint not null, primary key (stream, kind))",
);
const HEAR: Statement = Statement::pair(
    "hear",
    "insert into heard{g} (event_id, position, stream, words, entry) \
     select value ->> 'event_id', value ->> 'position', value ->> 'stream', value ->> 'words', value ->> 'entry' from json_each($1)",
    "insert into heard{g} (event_id, position, stream, words, entry) \
     select event_id, position, stream, words, entry from json_to_recordset($1::json) \
     as r (event_id text, position bigint, stream bigint, words text, entry text)",
);
const COUNT: Statement = Statement::pair(
    "count",
    "insert into tally{g} (stream, kind, events) \
     select value ->> 'stream', 7, count(*) from json_each($1) where true group by 1 \
     on conflict (stream, kind) do update set events = events + excluded.events",
    "insert into tally{g} as t (stream, kind, events) \
     select stream, 7, count(*) from json_to_recordset($1::json) as r (stream bigint) group by 1 \
     on conflict (stream, kind) do update set events = t.events + excluded.events",
);
const SPOIL: Statement = Statement::both(
    "spoil",
    "insert into heard{g} (event_id, position, stream, words) values ('spoilt', null, 0, '')",
);

#[async_trait]
impl Projector for Heard {
    type Event = Said;

    fn decode(&self, stored: &Stored) -> Result<Said, Fault> {
        if stored.sealed_body.is_none() && stored.erased_by.is_none() {
            return Err(Fault::damaged("decoding an event", "its body is missing"));
        }
        let value: serde_json::Value = serde_json::from_slice(&stored.signed)
            .map_err(|_| Fault::damaged(format!("decoding event {}", stored.position), "not JSON"))?;
        serde_json::from_value(value["said"].clone())
            .map_err(|_| Fault::damaged(format!("decoding event {}", stored.position), "says nothing"))
    }

    fn schema(&self) -> &'static [TableSpec] {
        &[
            TableSpec {
                name: "heard{g}",
                create: &[CREATE_HEARD],
                indexes: &[INDEX_HEARD],
                follows: false,
                key: &[Key::Text("event_id")],
            },
            TableSpec {
                name: "tally{g}",
                create: &[CREATE_TALLY],
                indexes: &[],
                follows: true,
                key: &[Key::Int("stream"), Key::Int("kind")],
            },
        ]
    }

    fn later(&self) -> &'static [Statement] {
        &[COUNT]
    }

    async fn apply(&self, tx: &mut Tx<'_>, events: &[Recorded<Said>]) -> Result<(), Fault> {
        let mut rows = Vec::new();
        for recorded in events {
            match recorded.event.words.as_str() {
                POISON => {
                    return Err(Fault::projection(
                        format!("hearing event {}", recorded.position),
                        "poison",
                    ));
                }
                PANIC => panic!("a projection that panics"),
                BREAK => drop(tx.execute(&SPOIL, &[]).await?),
                _ => {}
            }
            rows.push(json!({
                "event_id": hex::encode(recorded.event_id), "position": recorded.position, "stream": recorded.stream,
                "words": recorded.event.words, "entry": recorded.event.entry,
            }));
        }
        tx.write_rows(&HEAR, serde_json::Value::from(rows).to_string());
        if events.iter().all(|recorded| recorded.event.words == ALONE) && tx.leave_to_follow() {
            return Ok(());
        }
        self.follow(tx, events)
    }

    fn follow(&self, tx: &mut Tx<'_>, events: &[Recorded<Said>]) -> Result<(), Fault> {
        let row = |recorded: &Recorded<Said>| json!({ "stream": recorded.stream });
        let rows: Vec<_> = events.iter().map(row).collect();
        tx.write_rows_later(&COUNT, serde_json::Value::from(rows).to_string());
        Ok(())
    }
}

/// Reads the projection.
pub const HEARD: Statement = Statement::both(
    "heard",
    "select event_id, position, stream, words, entry from heard{g} order by position",
);
pub const TALLY: Statement = Statement::both("tally", "select events from tally{g} where stream = $1");
