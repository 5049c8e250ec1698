//! When: what officers file, acknowledge, endorse, write and look for.

use civil::value::Date;
use serde_json::{Value as Json, json};

use super::act::{Frame, written};
use super::pattern::Holes;
use super::play::{Filing, Party, Play, day, instant};
use super::values::escaped;
use crate::Answer;

/// When nothing else is said, officers sign at nine in the morning.
const MORNING: &str = "09:00";

/// Files an act: asks for its draft.
pub(super) fn file(play: &mut Play<'_>, holes: &Holes<'_>, below: &[String]) -> Result<(), String> {
    let (day, kind, lane) = (day(holes.the("day"))?, holes.the("kind"), holes.get("lane"));
    let frame = Frame {
        kind,
        day,
        lane,
        entry: holes.get("entry"),
        model: holes.get("model"),
    };
    let act = written(&frame, below, &play.labels, &mut play.dice)?;
    let mut request = json!({ "kind": kind, "act": act });
    if let Some(entry) = holes.get("entry") {
        request["entry"] = json!(play.labels.entry(entry)?);
    }
    if let Some(lane) = lane {
        request["lane"] = json!(lane);
    }
    let party = play.party(holes.the("who"))?;
    drafted(
        play,
        party,
        holes.the("label"),
        request,
        day,
        holes.get("time").unwrap_or(MORNING),
    )
}

fn drafted(
    play: &mut Play<'_>,
    party: Party,
    label: &str,
    mut request: Json,
    day: Date,
    time: &str,
) -> Result<(), String> {
    request["office"] = json!(party.office.number);
    request["key"] = json!(party.office.key(&party.person).public().id().to_string());
    let filing = Filing {
        party,
        label: label.to_owned(),
        request,
        signed_at: instant(day, time)?,
        endorsers: Vec::new(),
        draft: Answer::none(),
        sent: None,
        answer: None,
    };
    play.draft(filing);
    Ok(())
}

/// Asks for the draft again with warnings acknowledged.
pub(super) fn acknowledge(play: &mut Play<'_>, holes: &Holes<'_>, _: &[String]) -> Result<(), String> {
    let mut filing = play.filing()?.clone();
    filing.party = play.party(holes.the("who"))?;
    let codes: Vec<String> = match holes.the("codes") {
        "all of it" => {
            let warnings = filing.draft.json["warnings"]
                .as_array()
                .cloned()
                .unwrap_or_default();
            warnings
                .iter()
                .filter_map(|warning| warning["code"].as_str().map(str::to_owned))
                .collect()
        }
        codes => codes
            .split([',', ' '])
            .filter(|code| !code.is_empty() && *code != "and")
            .map(str::to_owned)
            .collect(),
    };
    let seen = codes
        .iter()
        .map(|code| json!({ "warning": code, "reason": holes.the("why") }));
    let known = filing.request["acknowledgements"]
        .as_array()
        .cloned()
        .unwrap_or_default();
    filing.request["acknowledgements"] = known.into_iter().chain(seen).collect();
    play.draft(filing);
    holes
        .get("second")
        .map(|second| endorsed(play, second))
        .unwrap_or(Ok(()))
}

/// A second person endorses the act at hand.
pub(super) fn endorse(play: &mut Play<'_>, holes: &Holes<'_>, _: &[String]) -> Result<(), String> {
    endorsed(play, holes.the("second"))
}

fn endorsed(play: &mut Play<'_>, second: &str) -> Result<(), String> {
    let second = play.party(second)?;
    let filing = play.filing.as_mut().ok_or("nothing was filed")?;
    filing.endorsers.push(second);
    // What was sent without is sent anew.
    filing.answer = None;
    Ok(())
}

/// Sends the very bytes of the act at hand once more.
pub(super) fn send_again(play: &mut Play<'_>, _: &Holes<'_>, _: &[String]) -> Result<(), String> {
    let sent = play.filing()?.sent.clone().ok_or("nothing was sent")?;
    let answer = play.post(&play.stage.api.clone(), "/v1/events", &sent);
    play.found = json!({ "status": answer.status, "receipt": answer.json });
    Ok(())
}

/// The office that keeps the book writes a note into it, and says so.
pub(super) fn write_note(play: &mut Play<'_>, holes: &Holes<'_>, below: &[String]) -> Result<(), String> {
    let day = day(holes.the("day"))?;
    let frame = Frame::of("marginal_note", day);
    let mut act = written(&frame, below, &play.labels, &mut play.dice)?;
    act["noted"] = json!(play.labels.get(holes.the("label"))?.event);
    let request = json!({ "kind": frame.kind, "entry": play.labels.entry(holes.the("entry"))?, "act": act });
    let party = play.party(&format!("office {}", holes.the("office")))?;
    drafted(
        play,
        party,
        &format!("the note of {}", holes.the("label")),
        request,
        day,
        MORNING,
    )
}

/// Asks for a copy of an extract.
pub(super) fn copy(play: &mut Play<'_>, holes: &Holes<'_>, below: &[String]) -> Result<(), String> {
    let day = day(holes.the("day"))?;
    let frame = Frame::of("extract", day);
    let act = written(&frame, below, &play.labels, &mut play.dice)?;
    let request = json!({ "kind": frame.kind, "entry": play.labels.entry(holes.the("entry"))?, "act": act });
    let party = play.party(&format!("office {}", holes.the("office")))?;
    drafted(play, party, holes.the("label"), request, day, MORNING)
}

/// Looks for a name.
pub(super) fn search(play: &mut Play<'_>, holes: &Holes<'_>, _: &[String]) -> Result<(), String> {
    let words = escaped(holes.the("words"));
    play.found = play.get(&format!("/v1/entries?name={words}&limit=200"))?["found"].take();
    Ok(())
}
