//! Writes a chain of lines of the log of accesses (RFC 0008, 6): `cargo run -p registry --example access_lines > schemas/access.json`.

use civil::access::{Access, Ground, Purpose, Reader, Reading};
use civil::id::{EntryId, EventId, OfficeId};
use ledger::AccessEnd;
use serde_json::{Value as Json, json};

#[allow(dead_code, reason = "the test that makes the file again has no use for it")]
fn main() {
    println!("{:#}", lines());
}

/// One line of every reading, of every kind of token and purpose, each with the hash of the chain behind it.
pub fn lines() -> Json {
    let mut end = AccessEnd::NONE;
    let lines: Vec<Json> = (0..Reading::ALL.len())
        .map(|number| {
            let access = line(number);
            let bytes = access.encode();
            end = end.then(&bytes);
            json!({
                "reading": access.reading.name(), "reader": access.reader.name(),
                "purpose": access.purpose.as_ref().map(ToString::to_string),
                "line": hex::encode(&bytes), "hash": hex::encode(end.hash),
            })
        })
        .collect();
    json!({ "made_by": "cargo run -p registry --example access_lines", "lines": lines })
}

fn line(number: usize) -> Access {
    let byte = number as u8;
    let reading = Reading::ALL[number];
    let reader = match reading {
        Reading::Envelopes => Reader::Auditor,
        Reading::Accesses => Reader::Inspector,
        _ => Reader::Office,
    };
    let office = reader == Reader::Office;
    let numbered = matches!(reading, Reading::Envelopes | Reading::Accesses | Reading::Bodies);
    let ground = Ground::ALL.get(number % (Ground::ALL.len() + 1)).copied();
    let case = (number % 3 == 1).then_some("H29.12-260302-0001");
    Access {
        at_ms: 1_772_416_800_000 + number as u64,
        reader,
        office: if office {
            OfficeId(7)
        } else {
            OfficeId::ADMINISTRATION
        },
        token: [byte; 32],
        reading,
        entries: (0..number as u64 % 4)
            .map(|entry| EntryId::at(1_772_416_800_000 + entry, [byte; 10]))
            .collect(),
        events: (0..u64::from(reading == Reading::Event))
            .map(|event| EventId::at(1_772_416_800_000 + event, [byte; 10]))
            .collect(),
        numbers: numbered.then_some((number as u64 * 100, number as u64 * 100 + 256)),
        shown: number as u64 % 5,
        purpose: ground.and_then(|ground| Purpose::new(ground, case).ok()),
        from: match number % 3 {
            0 => None,
            1 => Some([198, 51, 100, byte].into()),
            _ => Some([0x2001, 0xdb8, 0, 0, 0, 0, 0, u16::from(byte)].into()),
        },
    }
}
