//! Then, of entries: what they say, their notes, what a copy of them would say, what is found.

use serde_json::Value as Json;

use super::outcome::{Told, so};
use super::pattern::Holes;
use super::play::{Play, day};
use super::values::{a_millisecond_before, holds, value};

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
    so(found == Some(&wanted), || {
        format!("it says {}", found.unwrap_or(&Json::Null))
    })
}

/// The entry says nothing there.
pub(super) fn says_nothing(play: &mut Play<'_>, holes: &Holes<'_>, _: &[String]) -> Told {
    let entry = entry(play, holes)?;
    let found = entry["current"].pointer(holes.the("pointer"));
    so(found.is_none_or(Json::is_null), || {
        format!("it says {}", found.unwrap_or(&Json::Null))
    })
}

/// The entry said that when it was registered.
pub(super) fn was_registered_with(play: &mut Play<'_>, holes: &Holes<'_>, _: &[String]) -> Told {
    let wanted = play.labels.resolved(value(holes.the("value")))?;
    let entry = entry(play, holes)?;
    let found = entry["original"].pointer(holes.the("pointer"));
    so(found == Some(&wanted), || {
        format!("it said {}", found.unwrap_or(&Json::Null))
    })
}

/// The entry shows the later registration that names it as the earlier one, in words.
pub(super) fn was_registered_again(play: &mut Play<'_>, holes: &Holes<'_>, _: &[String]) -> Told {
    let later = play.labels.entry(holes.the("later"))?.to_owned();
    let entry = entry(play, holes)?;
    let again = entry["registered_again"].as_array().cloned().unwrap_or_default();
    let reads = |again: &Json| {
        again["entry"] == later.as_str()
            && holds(again["text"].as_str().unwrap_or_default(), holes.the("words"))
    };
    so(again.iter().any(reads), || {
        format!("it says {}", entry["registered_again"])
    })
}

/// The entry shows no later registration then.
pub(super) fn was_not_registered_again(play: &mut Play<'_>, holes: &Holes<'_>, _: &[String]) -> Told {
    let entry = entry(play, holes)?;
    so(entry["registered_again"] == Json::Array(Vec::new()), || {
        format!("it says {}", entry["registered_again"])
    })
}

/// There is no such entry then.
pub(super) fn is_not_there(play: &mut Play<'_>, holes: &Holes<'_>, _: &[String]) -> Told {
    let answered = entry(play, holes);
    let missing = answered.as_ref().is_err_and(|why| why.ends_with("answers 404"));
    so(missing, || format!("it is: {answered:?}"))
}

/// The book notes that of the registration itself.
pub(super) fn has_book_note(play: &mut Play<'_>, holes: &Holes<'_>, _: &[String]) -> Told {
    let entry = entry(play, holes)?;
    so(entry["book_note"] == holes.the("words"), || {
        format!("it notes {}", entry["book_note"])
    })
}

fn notes(entry: &Json) -> Vec<String> {
    let notes = entry["notes"].as_array().cloned().unwrap_or_default();
    notes
        .iter()
        .map(|note| note["text"].as_str().unwrap_or_default().to_owned())
        .collect()
}

/// The entry has a note with these words.
pub(super) fn has_note(play: &mut Play<'_>, holes: &Holes<'_>, _: &[String]) -> Told {
    let notes = notes(&entry(play, holes)?);
    so(notes.iter().any(|note| holds(note, holes.the("words"))), || {
        format!("its notes: {notes:#?}")
    })
}

/// The entry has no note.
pub(super) fn has_no_note(play: &mut Play<'_>, holes: &Holes<'_>, _: &[String]) -> Told {
    let notes = notes(&entry(play, holes)?);
    so(notes.is_empty(), || format!("its notes: {notes:#?}"))
}

fn timeline(play: &mut Play<'_>, holes: &Holes<'_>) -> Result<Vec<Json>, String> {
    let path = format!("/v1/entries/{}/timeline", play.labels.entry(holes.the("label"))?);
    let steps = play.get(&path)?["steps"].take();
    steps.as_array().cloned().ok_or("there is no timeline".to_owned())
}

/// A step of the timeline says what was settled.
pub(super) fn timeline_shows_matter(play: &mut Play<'_>, holes: &Holes<'_>, _: &[String]) -> Told {
    let steps = timeline(play, holes)?;
    let found = steps
        .iter()
        .any(|step| step["matter"]["code"] == holes.the("matter") && step["judgment"].is_string());
    so(found, || format!("its steps: {steps:#?}"))
}

/// A step of the timeline says where else somebody is named.
pub(super) fn timeline_shows_link(play: &mut Play<'_>, holes: &Holes<'_>, _: &[String]) -> Told {
    let person = play.labels.person(holes.the("person"))?;
    let other = play.labels.person(holes.the("other"))?;
    let steps = timeline(play, holes)?;
    let mut links = steps
        .iter()
        .flat_map(|step| step["links"].as_array().into_iter().flatten());
    let verdict = holes.get("verdict").unwrap_or("same");
    let found = links.any(|link| {
        link["ref"] == person.as_str() && link["other"] == other.as_str() && link["verdict"] == verdict
    });
    so(found, || format!("its steps: {steps:#?}"))
}

/// Every line of a copy of an entry.
fn copy(play: &mut Play<'_>, holes: &Holes<'_>) -> Result<Vec<String>, String> {
    let content = entry(play, holes)?["content"].take();
    let line = |line: &Json| {
        format!(
            "{}: {}",
            line["label"].as_str().unwrap_or_default(),
            line["value"].as_str().unwrap_or_default()
        )
    };
    let mut lines: Vec<String> = content["lines"]
        .as_array()
        .into_iter()
        .flatten()
        .map(line)
        .collect();
    lines.push(line(&content["registered"]));
    let notes = content["notes"].as_array().into_iter().flatten();
    lines.extend(notes.filter_map(Json::as_str).map(str::to_owned));
    Ok(lines)
}

/// A copy of the entry would say these words on one line.
pub(super) fn copy_says(play: &mut Play<'_>, holes: &Holes<'_>, _: &[String]) -> Told {
    let lines = copy(play, holes)?;
    so(lines.iter().any(|line| holds(line, holes.the("words"))), || {
        format!("it says: {lines:#?}")
    })
}

/// A copy of the entry would not say these words.
pub(super) fn copy_does_not_say(play: &mut Play<'_>, holes: &Holes<'_>, _: &[String]) -> Told {
    let lines = copy(play, holes)?;
    so(lines.iter().all(|line| !holds(line, holes.the("words"))), || {
        format!("it says: {lines:#?}")
    })
}

/// The note of an act stands in the paper book.
pub(super) fn note_stands_in_the_book(play: &mut Play<'_>, holes: &Holes<'_>, _: &[String]) -> Told {
    let event = play.labels.get(holes.the("note"))?.event.clone();
    let entry = entry(play, holes)?;
    let notes = entry["notes"].as_array().into_iter().flatten();
    let found = notes.into_iter().find(|note| note["event"] == event.as_str());
    so(
        found.is_some_and(|note| note["entered_in_book"].is_object()),
        || entry["notes"].to_string(),
    )
}

fn found(play: &Play<'_>, holes: &Holes<'_>) -> Result<bool, String> {
    let entry = play.labels.entry(holes.the("label"))?;
    let found = play.found.as_array().ok_or("nobody searched")?;
    Ok(found
        .iter()
        .any(|hit| hit["entry"] == entry && holes.get("role").is_none_or(|role| hit["person"] == role)))
}

/// What was looked for is there.
pub(super) fn search_finds(play: &mut Play<'_>, holes: &Holes<'_>, _: &[String]) -> Told {
    so(found(play, holes)?, || play.found.to_string())
}

/// What was looked for is not there.
pub(super) fn search_does_not_find(play: &mut Play<'_>, holes: &Holes<'_>, _: &[String]) -> Told {
    so(!found(play, holes)?, || play.found.to_string())
}
