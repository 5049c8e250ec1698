//! An act of a scenario: a lawful one of its kind, and what the scenario says over it.

use civil::act::PersonRef;
use civil::person::pointer_of;
use civil::value::Date;
use serde_json::{Value as Json, json};

use super::names;
use super::play::Labels;
use super::values::{put, value};
use crate::{Dice, tree};

/// Where the lawful acts are, one of each kind.
const TEMPLATES: &str = "tests/scenarios/templates";

/// When and where an act is filed.
pub(super) struct Frame<'a> {
    /// The kind.
    pub kind: &'a str,
    /// The day.
    pub day: Date,
    /// The lane, when the scenario says one.
    pub lane: Option<&'a str>,
    /// The label of the entry at which it is written.
    pub entry: Option<&'a str>,
    /// The label of an act that this one is like, instead of the template's.
    pub model: Option<&'a str>,
}

impl<'a> Frame<'a> {
    /// Of that kind on that day, and nothing else said.
    pub(super) fn of(kind: &'a str, day: Date) -> Self {
        Self {
            kind,
            day,
            lane: None,
            entry: None,
            model: None,
        }
    }
}

/// The act that a scenario files: the template's or the model's, then what stands below the sentence.
pub(super) fn written(
    frame: &Frame<'_>,
    below: &[String],
    labels: &Labels,
    dice: &mut Dice,
) -> Result<Json, String> {
    let mut act = match frame.model {
        Some(model) => labels.get(model)?.act.clone(),
        None => filled(template(frame.kind)?, frame.day, dice)?,
    };
    if frame.lane == Some("digitised") {
        for of_old_books in ["digitised".to_owned(), format!("{}.digitised", frame.kind)] {
            if is_there(&of_old_books) {
                merge(&mut act, filled(template(&of_old_books)?, frame.day, dice)?);
            }
        }
        let year = frame.day.year();
        put(
            &mut act,
            "/book",
            Some(json!({ "number": 1, "year": year, "volume": format!("01/{year}") })),
        )?;
    }
    for line in below {
        same_person(&mut act, line, labels)?;
    }
    for line in below {
        if line.starts_with('@') {
            reach(&mut act, frame.kind, line, labels)?;
        } else {
            let (pointer, said) = line
                .split_once('=')
                .ok_or(format!("not a field and its value: {line}"))?;
            let said = said.trim();
            let value = (!said.is_empty())
                .then(|| labels.resolved(value(said)))
                .transpose()?;
            put(&mut act, pointer.trim(), value)?;
        }
    }
    // What is written at an entry and may reach others names its own entry among them.
    if let Some(entry) = frame
        .entry
        .filter(|_| matches!(frame.kind, "judgment" | "personal_number"))
    {
        reach(&mut act, frame.kind, &format!("@{entry} as it is"), labels)?;
    }
    Ok(act)
}

/// `/wife/known_as = @KS.child`: who is linked bears the name of the other place, its sex and its birth date, unless the scenario
/// says otherwise.
fn same_person(act: &mut Json, line: &str, labels: &Labels) -> Result<(), String> {
    let Some((pointer, reference)) = line.split_once("/known_as =") else {
        return Ok(());
    };
    let reference = reference.trim();
    let place: PersonRef = labels
        .person(reference)?
        .parse()
        .map_err(|_| format!("not a person: {reference}"))?;
    let label = reference.split('.').next().unwrap_or_default();
    let other = labels.get(label)?.act.pointer(&pointer_of(place)).cloned();
    for field in ["name", "sex", "born_on"] {
        let value = other.as_ref().and_then(|other| other.get(field)).cloned();
        if value.is_some() {
            put(act, &format!("{}/{field}", pointer.trim()), value)?;
        }
    }
    Ok(())
}

fn is_there(name: &str) -> bool {
    tree::root().join(format!("{TEMPLATES}/{name}.json")).is_file()
}

fn template(name: &str) -> Result<Json, String> {
    if !is_there(name) {
        return Err(format!("there is no template {name}"));
    }
    let file = format!("{TEMPLATES}/{name}.json");
    serde_json::from_str(&tree::read(&file)).map_err(|error| format!("{file}: {error}"))
}

/// Lays one document over another (RFC 7396): null takes a member out.
fn merge(document: &mut Json, over: Json) {
    match (document, over) {
        (Json::Object(members), Json::Object(over)) => {
            for (name, value) in over {
                match value {
                    Json::Null => drop(members.remove(&name)),
                    value => merge(members.entry(name).or_insert(Json::Null), value),
                }
            }
        }
        (document, over) => *document = over,
    }
}

/// A template with its blanks filled: `{name}` by a new name, `{day}` and `{day-10}` by days.
fn filled(template: Json, day: Date, dice: &mut Dice) -> Result<Json, String> {
    Ok(match template {
        Json::String(text) => Json::String(blank(&text, day, dice)?),
        Json::Array(items) => {
            let items = items.into_iter().map(|item| filled(item, day, dice));
            Json::Array(items.collect::<Result<_, _>>()?)
        }
        Json::Object(members) => {
            let members = members
                .into_iter()
                .map(|(name, value)| Ok((name, filled(value, day, dice)?)));
            Json::Object(members.collect::<Result<_, String>>()?)
        }
        other => other,
    })
}

fn blank(text: &str, day: Date, dice: &mut Dice) -> Result<String, String> {
    let Some(blank) = text.strip_prefix('{').and_then(|text| text.strip_suffix('}')) else {
        return Ok(text.to_owned());
    };
    if blank == "name" {
        return Ok(names::name(dice));
    }
    let days = blank
        .strip_prefix("day")
        .ok_or(format!("no such blank: {text}"))?;
    let days: i64 = if days.is_empty() {
        0
    } else {
        days.parse().map_err(|_| format!("no such blank: {text}"))?
    };
    day.add_days(days)
        .map(|day| day.to_string())
        .ok_or("past the end of the calendar".to_owned())
}

/// `@KS /child/name from X to Y`, or `@KS as it is`: an entry that the act reaches, and what it changes there.
fn reach(act: &mut Json, kind: &str, line: &str, labels: &Labels) -> Result<(), String> {
    let (label, rest) = line[1..].split_once(' ').ok_or("what about that entry?")?;
    let filed = labels.get(label)?;
    let entry = filed.entry.clone().ok_or(format!("{label} has no entry"))?;
    let list = list(kind);
    let entries = act
        .pointer(&format!("/{list}"))
        .and_then(Json::as_array)
        .cloned()
        .unwrap_or_default();
    let known = entries
        .iter()
        .position(|reached| reached["entry"] == entry.as_str());
    let place = known.unwrap_or(entries.len());
    if known.is_none() {
        let reached = json!({ "entry": entry, "kind": filed.entry_kind, "changes": [] });
        put(act, &format!("/{list}/{place}"), Some(reached))?;
    }
    if rest == "as it is" {
        return Ok(());
    }
    let (field, change) = rest.split_once(" from ").ok_or(format!("from what? {line}"))?;
    let (from, to) = change.split_once(" to ").ok_or(format!("to what? {line}"))?;
    let side = |said: &str| match said.trim() {
        "nothing" => Ok(Json::Null),
        said => labels.resolved(value(said)),
    };
    let change = json!({ "field": field, "from": side(from)?, "to": side(to)? });
    let changes = format!("/{list}/{place}/changes");
    let next = act.pointer(&changes).and_then(Json::as_array).map_or(0, Vec::len);
    put(act, &format!("{changes}/{next}"), Some(change))
}

/// The member in which acts of a kind name the entries that they reach.
fn list(kind: &str) -> &'static str {
    match kind {
        "change" | "correction" | "supplement" | "ethnicity_redetermination" => "amended",
        _ => "reached",
    }
}
