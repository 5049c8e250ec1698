//! Negative vectors of what RFC 0003 adds.

use ciborium::Value;
use civil::act::{Act, Body};
use civil::cbor::encode;
use civil::cose::sign;
use civil::envelope::{Commitment, Envelope, Target};
use civil::id::{EntryId, EventHash, EventId, StreamId};
use civil::kind::Kind;
use civil::wire::Form;
use serde_json::{Value as Json, json};

use crate::chain::{Chain, TestKey};
use crate::refused::{Refused, drop_key, file, int, list, put, text};
use crate::story2;

/// The file.
pub fn to_json() -> String {
    let chain = story2::chain();
    let mut all = kinds(&chain);
    all.extend(people(&chain));
    all.extend(records(&chain));
    all.extend(reached(&chain));
    all.extend(events());
    file(all)
}

/// A body of the story, to be spoilt.
pub struct Good(Value);

impl Good {
    pub fn of(chain: &Chain, name: &str) -> Self {
        let case = chain.cases.iter().find(|case| case.name == name).unwrap();
        Self(civil::cbor::decode(&hex::decode(&case.body).unwrap()).unwrap())
    }

    /// One thing put elsewhere.
    pub fn with(&self, name: &str, path: &[u64], value: Value) -> Refused {
        let mut tree = self.0.clone();
        put(&mut tree, path, value);
        Refused::new(name, "body", encode(&tree))
    }

    pub fn without(&self, name: &str, path: &[u64], key: u64) -> Refused {
        let mut tree = self.0.clone();
        drop_key(&mut tree, path, key);
        Refused::new(name, "body", encode(&tree))
    }
}

pub fn bytes(length: usize) -> Value {
    Value::Bytes(vec![0; length])
}

fn kinds(chain: &Chain) -> Vec<Refused> {
    let refusal = Good::of(chain, "an application is refused in writing");
    let book = Good::of(chain, "a book goes on from a paper book");
    let mut all: Vec<Refused> = [7, 11, 15, 26, 36, 52, 66, 79, 88]
        .into_iter()
        .map(|kind| refusal.with(&format!("kind {kind}, which nobody has given"), &[1], int(kind)))
        .collect();
    all.extend([
        refusal.with("an application for a kind that nobody knows", &[2, 3], int(7)),
        refusal.with("an application for a kind by its name", &[2, 3], text("change")),
        refusal.with("a refusal under the kind of a withdrawal", &[1], int(81)),
        book.with("book type 0", &[2, 0], int(0)),
        book.with("book type 14", &[2, 0], int(14)),
        book.with("a book type by its name", &[2, 0], text("copies")),
        book.with("a year of a book in three bytes and more", &[2, 1], int(65_536)),
    ]);
    all
}

fn people(chain: &Chain) -> Vec<Refused> {
    let again = Good::of(chain, "a birth registered again");
    let old = Good::of(chain, "a birth of an old book without day, number and tick");
    let guardians = Good::of(chain, "a guardianship by an organisation and a man");
    let identity = Good::of(chain, "two places are two people");
    let parent = Good::of(chain, "a recognition that changes the birth");
    vec![
        again.with("a person of an entry of 15 bytes", &[2, 4, 11, 0], bytes(15)),
        again.with("a person in the part 0", &[2, 4, 11, 1], int(0)),
        again.with("a person in the part 15", &[2, 4, 11, 1], int(15)),
        again.with("a person in a part by its name", &[2, 4, 11, 1], text("child")),
        again.with(
            "a person by the text of an address",
            &[2, 4, 11],
            text("0192.child"),
        ),
        again
            .with("a sixteenth field of a person", &[2, 4, 16], int(0))
            .by_meaning(),
        again.without("a person of no part", &[2, 4, 11], 1),
        identity
            .with("the first person of a part by the index 0", &[2, 2, 2], int(0))
            .by_meaning(),
        identity.with("the 257th person of a part", &[2, 2, 2], int(256)),
        identity
            .with("a fourth part of the place of a person", &[2, 2, 3], int(0))
            .by_meaning(),
        identity.without("a decision on people without a verdict", &[2], 3),
        identity.with("a verdict that is none", &[2, 3], int(3)),
        parent.with("a parent of standing 5", &[2, 4, 12], int(5)),
        old.with("an age of 256 years", &[2, 5, 14], int(256)),
        old.with(
            "a book without number and year, but with null",
            &[2, 0, 0],
            Value::Null,
        ),
        old.with("a fifth part of a place in a book", &[2, 0, 4], int(1))
            .by_meaning(),
        guardians.without("an organisation without a name", &[2, 3, 0, 15], 0),
    ]
}

fn records(chain: &Chain) -> Vec<Refused> {
    let birth = Good::of(chain, "a birth with a foreign father");
    let old = Good::of(chain, "a birth of an old book without day, number and tick");
    let abroad = Good::of(chain, "a birth noted from abroad");
    let judgment = Good::of(chain, "a judgment on the own entry and another");
    let papers = Good::of(chain, "papers and their registration are revoked");
    let confirmation = Good::of(chain, "a confirmation for a marriage abroad");
    let mut all: Vec<Refused> = [0, 6, 12, 21, 31, 42, 52, 60]
        .into_iter()
        .map(|matter| {
            judgment.with(
                &format!("judgment matter {matter}, which nobody has given"),
                &[2, 2],
                int(matter),
            )
        })
        .collect();
    all.extend([
        birth.with("a channel that nobody knows", &[2, 20, 1], int(7)),
        birth.with("a ground of waiver that nobody knows", &[2, 20, 5], int(8)),
        birth.with("a fee in five bytes and more", &[2, 20, 4], int(4_294_967_296)),
        birth
            .with("a fee below nothing", &[2, 20, 4], Value::Integer((-1).into()))
            .by_meaning(),
        birth.with(
            "an hour of reception that no clock shows",
            &[2, 20, 2],
            text("24:30"),
        ),
        birth.with("an undertaking as a number", &[2, 20, 3, 3], int(1)),
        birth.without("a verification of nobody", &[2, 20, 3], 1),
        birth
            .with("a thirteenth field of the handling", &[2, 20, 12], int(0))
            .by_meaning(),
        birth.with("null where the handling is left out", &[2, 20], Value::Null),
        birth
            .with("a birth order as text", &[2, 19], text("2"))
            .by_meaning(),
        birth.with("an entry of 17 bytes beside a birth", &[2, 18], bytes(17)),
        birth.with(
            "null where the day of registration is left out",
            &[2, 1],
            Value::Null,
        ),
        old.with("an image of 31 bytes", &[2, 21, 2], bytes(31)),
        old.with("a source that nobody knows", &[2, 21, 0], int(6)),
        old.without("a source without its name", &[2, 21], 0),
        old.with("no other readings, as an empty list", &[2, 21, 8], list([])),
        old.without("another reading without its text", &[2, 21, 8, 0], 1),
        old.with("an image better than 255", &[2, 21, 10], int(256)),
        abroad.without("a foreign registration by nobody", &[2, 12], 2),
        abroad.with("a foreign authority as plain text", &[2, 12, 2], text("Seoul")),
        papers.with("a registration that falls by a number", &[2, 4], int(1)),
        papers.with("a ground that nobody knows", &[2, 2], int(8)),
        papers.without("a paper without a title", &[2, 3, 0], 0),
        papers.with("a paper of an event of 15 bytes", &[2, 3, 0, 2], bytes(15)),
        confirmation.with("a status that nobody knows", &[2, 11], int(7)),
        confirmation.with("a purpose that nobody knows", &[2, 13], int(6)),
        confirmation.with(
            "no entries from which it follows, as an empty list",
            &[2, 12],
            list([]),
        ),
    ]);
    all
}

fn reached(chain: &Chain) -> Vec<Refused> {
    let adoption = Good::of(chain, "an adoption that changes the birth");
    let ended = Good::of(chain, "the guardianship ends");
    let field = |name: &str, path: &[u64]| {
        let change = [list(path.iter().copied().map(int)), Value::Null, Value::Null];
        adoption.with(name, &[2, 11, 0, 2, 0], list(change)).by_meaning()
    };
    vec![
        field("a change of whom a person is linked to", &[4, 11]),
        field("a change of the part of a link", &[4, 11, 1]),
        field("a change of how a file was handled", &[20, 0]),
        field("a change of where an entry was read", &[21, 6]),
        field("a change of the earlier registration", &[13, 0]),
        field("a change of a field that no birth has", &[4, 16]),
        field("a change of the day of registration by another act", &[1]),
        adoption
            .with("a reached entry of a kind that has none", &[2, 11, 0, 1], int(80))
            .by_meaning(),
        adoption
            .with("a reached entry under an unknown kind", &[2, 11, 0, 1], int(7))
            .by_meaning(),
        adoption.with(
            "a reached entry of two items",
            &[2, 11, 0],
            list([bytes(16), int(16)]),
        ),
        adoption.with("nothing reached, as an empty list", &[2, 11], list([])),
        adoption.with("a reached entry as its id alone", &[2, 11, 0], bytes(16)),
        adoption
            .with(
                "a change to a value of another type",
                &[2, 11, 0, 2, 0, 2],
                int(0),
            )
            .by_meaning(),
        ended.with(
            "what ends, in a list",
            &[2, 3],
            list([list([bytes(16), int(21), list([])])]),
        ),
        ended.with("what ends, with null for no changes", &[2, 3, 2], Value::Null),
        ended.with("a cause that nobody knows", &[2, 6], int(9)),
    ]
}

const SIGNER: TestKey = TestKey::ed25519(0x22);

pub fn entry(number: u8) -> EntryId {
    EntryId::at(1, [number; 10])
}

/// An event of that kind at or for entry 0, whose targets are those entries.
fn event(name: &str, kind: Kind, act: &Json, targets: &[u8]) -> Refused {
    spoilt(name, kind, act, targets, |_| {})
}

pub fn spoilt(
    name: &str,
    kind: Kind,
    act: &Json,
    targets: &[u8],
    spoil: impl FnOnce(&mut Envelope),
) -> Refused {
    let mut form = Form::new();
    let act = Act::from_json(kind, act, &mut form);
    let body = Body {
        act: form.finish(act).unwrap(),
        acknowledgements: Vec::new(),
    };
    let sealed = body.seal([9; 32]);
    let target = |number: &u8| Target {
        entry: entry(*number),
        basis: EventHash([*number; 32]),
    };
    let mut envelope = Envelope {
        event: EventId::at(1, [0; 10]),
        stream: "102/acts".parse::<StreamId>().unwrap(),
        seq: 1,
        prev: EventHash([1; 32]),
        kind,
        entry: kind.has_entry().then(|| entry(0)),
        basis: kind.continues_entry().then_some(EventHash([2; 32])),
        targets: targets.iter().map(target).collect(),
        signed_at: 1_780_000_000,
        commitment: Commitment::to(&sealed),
        endorsements: Vec::new(),
    };
    spoil(&mut envelope);
    let signed = sign(&envelope.encode(), &SIGNER.secret());
    Refused::with(name, "event", signed, Some(sealed)).by_meaning()
}

/// An entry that is reached and stays as it is.
fn noted(number: u8, kind: &str) -> Json {
    json!({ "entry": entry(number).to_string(), "kind": kind })
}

fn nobody() -> Json {
    json!({ "missing": "unknown" })
}

fn events() -> Vec<Refused> {
    let judgment = |reached: &[u8]| {
        let reached: Vec<Json> = reached.iter().map(|number| noted(*number, "birth")).collect();
        json!({
            "noted_on": "2026-06-01", "matter": "missing_declared", "judgment": { "authority": "TAND" }, "reached": reached,
            "signer": nobody(),
        })
    };
    let adoption = |reached: &[u8]| {
        let reached: Vec<Json> = reached.iter().map(|number| noted(*number, "birth")).collect();
        json!({
            "book": { "number": 1, "year": 2026 }, "entry": "new", "child": { "name": "A" }, "reached": reached, "signer": nobody(),
        })
    };
    let opened = json!({
        "book_type": "births", "year": 2026, "volume": "01", "opened_on": "2026-01-02", "ordinal": 1, "signer": nobody(),
    });
    let entrusted = json!({ "from": 1, "to": 2, "on": "2026-06-01", "decision": "x" });
    let divorce =
        json!({ "noted_on": "2026-06-01", "judgment": { "authority": "TAND" }, "signer": nobody() });
    let with_entry = |envelope: &mut Envelope| envelope.entry = Some(entry(0));
    vec![
        spoilt(
            "an entry for what an office does about none",
            Kind::BookOpened,
            &opened,
            &[],
            with_entry,
        ),
        spoilt(
            "an entry for a new kind of the administration",
            Kind::BooksEntrusted,
            &entrusted,
            &[],
            with_entry,
        ),
        spoilt(
            "no entry where a new kind opens one",
            Kind::Adoption,
            &adoption(&[]),
            &[],
            |envelope| envelope.entry = None,
        ),
        spoilt(
            "a basis where a new kind opens an entry",
            Kind::Adoption,
            &adoption(&[]),
            &[],
            |envelope| {
                envelope.basis = Some(EventHash([1; 32]));
            },
        ),
        spoilt(
            "no basis where a new kind is written at an entry",
            Kind::JudgmentNoted,
            &judgment(&[0]),
            &[],
            |envelope| {
                envelope.basis = None;
            },
        ),
        event(
            "a reached entry that is no target",
            Kind::Adoption,
            &adoption(&[1, 2]),
            &[1],
        ),
        event(
            "a target that is not reached",
            Kind::Adoption,
            &adoption(&[1]),
            &[1, 2],
        ),
        event(
            "targets in another order than the reached entries",
            Kind::Adoption,
            &adoption(&[1, 2]),
            &[2, 1],
        ),
        event(
            "an entry that is reached twice",
            Kind::Adoption,
            &adoption(&[1, 1]),
            &[1, 1],
        ),
        event(
            "an opened entry that is reached by what opens it",
            Kind::Adoption,
            &adoption(&[0]),
            &[0],
        ),
        event(
            "the own entry among the targets",
            Kind::JudgmentNoted,
            &judgment(&[0, 1]),
            &[0, 1],
        ),
        event(
            "a judgment that does not name its own entry",
            Kind::JudgmentNoted,
            &judgment(&[1]),
            &[1],
        ),
        event(
            "a judgment that reaches nothing",
            Kind::JudgmentNoted,
            &judgment(&[]),
            &[],
        ),
        event(
            "a target of what reaches no other entry",
            Kind::DivorceNoted,
            &divorce,
            &[1],
        ),
    ]
}
