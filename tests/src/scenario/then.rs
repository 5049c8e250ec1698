//! Then: what must be so afterwards.

use serde_json::Value as Json;

use super::pattern::Holes;
use super::play::{Play, day};
use super::values::{a_millisecond_before, holds, value};

type Told = Result<(), String>;

fn so(it_is: bool, why: impl FnOnce() -> String) -> Told {
    if it_is { Ok(()) } else { Err(why()) }
}

/// The act at hand is in the ledger.
pub(super) fn recorded(play: &mut Play<'_>, _: &Holes<'_>, _: &[String]) -> Told {
    let answer = play.send()?;
    so(answer.is_receipt(), || format!("it was answered {} {}", answer.status, answer.code()))
}

/// What was sent again was recorded once.
pub(super) fn first_receipt(play: &mut Play<'_>, _: &Holes<'_>, _: &[String]) -> Told {
    let answer = play.filing()?.answer.clone().ok_or("nothing was sent")?;
    let again = play.found.clone();
    so(again["status"] == 200 && again["receipt"]["position"] == answer.json["position"], || {
        format!("first {}, then {again}", answer.text)
    })
}

/// The act at hand is refused with a code: in the draft, or once it is signed.
pub(super) fn refused(play: &mut Play<'_>, holes: &Holes<'_>, _: &[String]) -> Told {
    let draft = play.filing()?.draft.clone();
    let answer = if draft.status == 200 { play.send()? } else { draft };
    so(answer.status != 200 && !answer.is_receipt(), || "it was not refused".to_owned())?;
    let code = holes.the("code");
    let errors = answer.json["errors"].as_array().cloned().unwrap_or_default();
    let found = errors.iter().find(|error| {
        error["code"] == code
            && holes.get("pointer").is_none_or(|pointer| points(&error["pointer"], pointer))
            && holes.get("number").is_none_or(|number| error["expected"].to_string() == number)
    });
    let alone = answer.code() == code && holes.get("pointer").is_none();
    so(found.is_some() || alone, || format!("it was refused {}: {}", answer.code(), answer.json["errors"]))
}

/// A pointer of an answer leads into the request; one of a scenario into the act.
fn points(found: &Json, pointer: &str) -> bool {
    let found = found.as_str().unwrap_or_default();
    found == pointer || found.strip_prefix("/act") == Some(pointer)
}

fn warnings(play: &Play<'_>) -> Result<Vec<Json>, String> {
    let draft = &play.filing()?.draft;
    let list = draft.json["warnings"].as_array().cloned();
    list.ok_or(format!("there is no draft: {} {}", draft.status, draft.code()))
}

fn codes(warnings: &[Json]) -> String {
    let told = warnings.iter().map(|warning| format!("{} at {}", warning["code"], warning["pointer"]));
    format!("it warns [{}]", told.collect::<Vec<_>>().join(", "))
}

/// The draft warns of that.
pub(super) fn warns(play: &mut Play<'_>, holes: &Holes<'_>, _: &[String]) -> Told {
    let warnings = warnings(play)?;
    let found = warnings.iter().any(|warning| {
        warning["code"] == holes.the("code")
            && holes.get("pointer").is_none_or(|pointer| points(&warning["pointer"], pointer))
    });
    so(found, || codes(&warnings))
}

/// The draft does not warn of that.
pub(super) fn does_not_warn(play: &mut Play<'_>, holes: &Holes<'_>, _: &[String]) -> Told {
    let warnings = warnings(play)?;
    so(warnings.iter().all(|warning| warning["code"] != holes.the("code")), || codes(&warnings))
}

/// The draft warns of nothing.
pub(super) fn warns_nothing(play: &mut Play<'_>, _: &Holes<'_>, _: &[String]) -> Told {
    let warnings = warnings(play)?;
    so(warnings.is_empty(), || codes(&warnings))
}

fn second_person(play: &Play<'_>, needed: bool) -> Told {
    let draft = &play.filing()?.draft;
    so(draft.json["needs_second_person"] == needed, || draft.text.clone())
}

/// The draft asks for a second person.
pub(super) fn needs_second_person(play: &mut Play<'_>, _: &Holes<'_>, _: &[String]) -> Told {
    second_person(play, true)
}

/// The draft asks for nobody else.
pub(super) fn needs_no_second_person(play: &mut Play<'_>, _: &Holes<'_>, _: &[String]) -> Told {
    second_person(play, false)
}

/// An entry, on both axes of time as the sentence says.
fn entry(play: &mut Play<'_>, holes: &Holes<'_>) -> Result<Json, String> {
    let mut path = format!("/v1/entries/{}", play.labels.entry(holes.the("label"))?);
    let mut sign = '?';
    if let Some(on) = holes.get("day") {
        path.push_str(&format!("?as_of={}", day(on)?));
        sign = '&';
    }
    if let Some(known) = holes.get("known") {
        let recorded_at = &play.labels.get(known)?.recorded_at;
        let before = a_millisecond_before(recorded_at).ok_or(format!("{recorded_at} is no instant"))?;
        path.push_str(&format!("{sign}known_at={before}"));
    }
    play.get(&path)
}

/// The entry says that now.
pub(super) fn says(play: &mut Play<'_>, holes: &Holes<'_>, _: &[String]) -> Told {
    let wanted = play.labels.resolved(value(holes.the("value")))?;
    let entry = entry(play, holes)?;
    let found = entry["current"].pointer(holes.the("pointer"));
    so(found == Some(&wanted), || format!("it says {}", found.unwrap_or(&Json::Null)))
}

/// The entry says nothing there.
pub(super) fn says_nothing(play: &mut Play<'_>, holes: &Holes<'_>, _: &[String]) -> Told {
    let entry = entry(play, holes)?;
    let found = entry["current"].pointer(holes.the("pointer"));
    so(found.is_none_or(Json::is_null), || format!("it says {}", found.unwrap_or(&Json::Null)))
}

/// The entry said that when it was registered.
pub(super) fn was_registered_with(play: &mut Play<'_>, holes: &Holes<'_>, _: &[String]) -> Told {
    let wanted = play.labels.resolved(value(holes.the("value")))?;
    let entry = entry(play, holes)?;
    let found = entry["original"].pointer(holes.the("pointer"));
    so(found == Some(&wanted), || format!("it said {}", found.unwrap_or(&Json::Null)))
}

fn notes(entry: &Json) -> Vec<String> {
    let notes = entry["notes"].as_array().cloned().unwrap_or_default();
    notes.iter().map(|note| note["text"].as_str().unwrap_or_default().to_owned()).collect()
}

/// The entry has a note with these words.
pub(super) fn has_note(play: &mut Play<'_>, holes: &Holes<'_>, _: &[String]) -> Told {
    let notes = notes(&entry(play, holes)?);
    so(notes.iter().any(|note| holds(note, holes.the("words"))), || format!("its notes: {notes:#?}"))
}

/// The entry has no note.
pub(super) fn has_no_note(play: &mut Play<'_>, holes: &Holes<'_>, _: &[String]) -> Told {
    let notes = notes(&entry(play, holes)?);
    so(notes.is_empty(), || format!("its notes: {notes:#?}"))
}

/// Every line of a copy of an entry.
fn copy(play: &mut Play<'_>, holes: &Holes<'_>) -> Result<Vec<String>, String> {
    let content = entry(play, holes)?["content"].take();
    let line = |line: &Json| format!("{}: {}", line["label"].as_str().unwrap_or_default(), line["value"].as_str().unwrap_or_default());
    let mut lines: Vec<String> = content["lines"].as_array().into_iter().flatten().map(line).collect();
    lines.push(line(&content["registered"]));
    let notes = content["notes"].as_array().into_iter().flatten();
    lines.extend(notes.filter_map(Json::as_str).map(str::to_owned));
    Ok(lines)
}

/// A copy of the entry would say these words on one line.
pub(super) fn copy_says(play: &mut Play<'_>, holes: &Holes<'_>, _: &[String]) -> Told {
    let lines = copy(play, holes)?;
    so(lines.iter().any(|line| holds(line, holes.the("words"))), || format!("it says: {lines:#?}"))
}

/// A copy of the entry would not say these words.
pub(super) fn copy_does_not_say(play: &mut Play<'_>, holes: &Holes<'_>, _: &[String]) -> Told {
    let lines = copy(play, holes)?;
    so(lines.iter().all(|line| !holds(line, holes.the("words"))), || format!("it says: {lines:#?}"))
}

/// The note of an act stands in the paper book.
pub(super) fn note_stands_in_the_book(play: &mut Play<'_>, holes: &Holes<'_>, _: &[String]) -> Told {
    let event = play.labels.get(holes.the("note"))?.event.clone();
    let entry = entry(play, holes)?;
    let notes = entry["notes"].as_array().into_iter().flatten();
    let found = notes.into_iter().find(|note| note["event"] == event.as_str());
    so(found.is_some_and(|note| note["entered_in_book"].is_object()), || entry["notes"].to_string())
}

/// The open notices of a query, those about an entry.
fn notices(play: &mut Play<'_>, query: &str, label: &str) -> Result<Vec<Json>, String> {
    let entry = play.labels.entry(label)?.to_owned();
    let mut answer = play.get(&format!("/v1/notices?{query}"))?;
    let notices: Vec<Json> = serde_json::from_value(answer["notices"].take()).map_err(|error| error.to_string())?;
    Ok(notices.into_iter().filter(|notice| notice["entry"] == entry.as_str()).collect())
}

fn due(notices: &[Json], holes: &Holes<'_>) -> Told {
    let found = notices.iter().any(|notice| holes.get("day").is_none_or(|day| notice["due_on"] == day));
    so(found, || format!("the notices: {notices:?}"))
}

/// An office is owed a notice.
pub(super) fn is_owed(play: &mut Play<'_>, holes: &Holes<'_>, _: &[String]) -> Told {
    let number = play.office(holes.the("office"))?.number;
    let notices = notices(play, &format!("office={number}"), holes.the("label"))?;
    due(&notices, holes)
}

/// An office owes a notice.
pub(super) fn owes(play: &mut Play<'_>, holes: &Holes<'_>, _: &[String]) -> Told {
    let number = play.office(holes.the("office"))?.number;
    let entry = play.labels.entry(holes.the("label"))?.to_owned();
    let mut notices = notices(play, &format!("entry={entry}"), holes.the("label"))?;
    notices.retain(|notice| notice["from"] == number && notice["state"] != "closed");
    due(&notices, holes)
}

/// An office is owed nothing.
pub(super) fn owes_nothing(play: &mut Play<'_>, holes: &Holes<'_>, _: &[String]) -> Told {
    let number = play.office(holes.the("office"))?.number;
    let answer = play.get(&format!("/v1/notices?office={number}"))?;
    so(answer["notices"].as_array().is_some_and(Vec::is_empty), || answer.to_string())
}

/// A year's book says that of itself.
pub(super) fn book_has(play: &mut Play<'_>, holes: &Holes<'_>, _: &[String]) -> Told {
    let number = play.office(holes.the("office"))?.number;
    let (book, year) = (holes.the("book"), holes.the("year"));
    let answer = play.get(&format!("/v1/books/{number}/{book}/{year}"))?;
    let found = &answer[holes.the("member")];
    so(*found == value(holes.the("value")), || format!("it has {found}"))
}

fn found(play: &Play<'_>, holes: &Holes<'_>) -> Result<bool, String> {
    let entry = play.labels.entry(holes.the("label"))?;
    let found = play.found.as_array().ok_or("nobody searched")?;
    Ok(found.iter().any(|hit| {
        hit["entry"] == entry && holes.get("role").is_none_or(|role| hit["person"] == role)
    }))
}

/// What was looked for is there.
pub(super) fn search_finds(play: &mut Play<'_>, holes: &Holes<'_>, _: &[String]) -> Told {
    so(found(play, holes)?, || play.found.to_string())
}

/// What was looked for is not there.
pub(super) fn search_does_not_find(play: &mut Play<'_>, holes: &Holes<'_>, _: &[String]) -> Told {
    so(!found(play, holes)?, || play.found.to_string())
}
