//! What a copy says, recomputed on the officer's own machine from the signed events of the entry.
//!
//! A copy is signed by the hash of its content, which no officer can read. So the machine fetches the events of the entry and checks
//! that each is what its commitment says, that each was signed for the one before, and that the last is the one that the draft
//! names; then it folds them and compares the hash. It takes the server's word for the names of offices, that the events'
//! signatures are by keys that may sign, and that no later event is held back: whoever doubts that audits the ledger.

use std::collections::BTreeSet;

use civil::act::{Act, Body, OfficeLevel, OfficeOpened};
use civil::content::Content;
use civil::directory::Directory;
use civil::entry::RegisterEntry;
use civil::envelope::Envelope;
use civil::event::CivilEvent;
use civil::id::{EntryId, EventHash, EventId, OfficeId};
use civil::value::Text;
use serde_json::Value as Json;

use crate::client::bytes;
use crate::outcome::{Error, Result};

/// Checks a draft of a copy against the entry; does nothing for other acts. `get` asks the server for an address.
///
/// # Errors
/// [`Error::Refused`] when the content is not that of the entry; what `get` answers.
pub fn check(envelope: &[u8], sealed_body: &[u8], get: impl Fn(&str) -> Result<Json>) -> Result<()> {
    let body = Body::unseal(sealed_body).map_err(refused)?;
    let Act::ExtractIssued(copy) = &body.act else {
        return Ok(());
    };
    let envelope = Envelope::decode(envelope).map_err(refused)?;
    let id = envelope
        .entry
        .ok_or_else(|| refused("it is a copy of no entry"))?;
    let events = events(id, &get)?;
    let entry = folded(id, &events)?;
    if envelope.basis != Some(entry.head) {
        return Err(refused("it is not of the entry as its events leave it"));
    }
    let directory = directory(&events, entry.office, &get)?;
    if Content::of(&entry, &directory).hash() != copy.content_hash.0 {
        return Err(refused("the hash of its content is not that of the entry"));
    }
    Ok(())
}

/// The events of an entry, in the order of the log.
fn events(id: EntryId, get: impl Fn(&str) -> Result<Json>) -> Result<Vec<CivilEvent>> {
    let timeline = get(&format!("/v1/entries/{id}/timeline"))?;
    let steps = timeline["steps"].as_array().into_iter().flatten();
    let mut events = Vec::new();
    for step in steps {
        let event = step["event"].as_str().unwrap_or_default();
        let event = get(&format!("/v1/events/{event}?bodies=true"))?;
        let position = event["position"].as_u64().unwrap_or_default();
        let (signed, sealed) = (bytes(&event, "signed")?, bytes(&event, "sealed_body")?);
        let event = CivilEvent::read(position, 0, &signed, &sealed).map_err(refused)?;
        // A step that only links its people is an event of another entry.
        if event.envelope.entry == Some(id) || event.continued().contains(&id) {
            events.push(event);
        }
    }
    Ok(events)
}

/// The entry, when each event was signed for the state that those before it leave.
fn folded(id: EntryId, events: &[CivilEvent]) -> Result<RegisterEntry> {
    let (first, rest) = events
        .split_first()
        .ok_or_else(|| refused("the entry has no events"))?;
    let mut entry = RegisterEntry::open(first).map_err(refused)?;
    for event in rest {
        if !is_signed_for(event, id, entry.head) {
            return Err(refused("an event of the entry is missing"));
        }
        entry.apply(event).map_err(refused)?;
    }
    match entry.id == id {
        true => Ok(entry),
        false => Err(refused("the events are of another entry")),
    }
}

fn is_signed_for(event: &CivilEvent, id: EntryId, head: EventHash) -> bool {
    let envelope = &event.envelope;
    let own = envelope.entry == Some(id) && envelope.basis == Some(head);
    own || envelope
        .targets
        .iter()
        .any(|target| target.entry == id && target.basis == head)
}

/// The offices that a copy names, as the server calls them.
fn directory(
    events: &[CivilEvent],
    registered: OfficeId,
    get: impl Fn(&str) -> Result<Json>,
) -> Result<Directory> {
    let filed = events.iter().map(|event| event.envelope.stream.office);
    let offices: BTreeSet<OfficeId> = filed.chain([registered]).collect();
    let mut directory = Directory::new();
    for office in offices {
        let answer = get(&format!("/v1/offices/{office}"))?;
        let name = Text::parse(answer["name"].as_str().unwrap_or_default()).map_err(Error::using)?;
        let day = events.first().map(|event| event.signed_on);
        let day = day.ok_or_else(|| refused("the entry has no events"))?;
        let opened = OfficeOpened::least(office, name, OfficeLevel::Commune, day);
        let opened = Act::OfficeOpened(Box::new(opened));
        directory.apply(EventId::from_bytes([0; 16]), EventHash([0; 32]), &opened);
    }
    Ok(directory)
}

fn refused(why: impl std::fmt::Display) -> Error {
    Error::Refused(format!("the draft is not signed: {why}"))
}
