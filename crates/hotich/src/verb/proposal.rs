//! What a draft proposes, and how an officer takes it: as whom people are known, and which entries the act could reach. Nothing is
//! taken that the officer did not ask for.

use registry::Reachable;
use serde_json::{Value as Json, json};

use crate::client::{bytes, read_draft, refuse};
use crate::outcome::{Error, Result};

/// Writes into a request as whom its people are known: `/wife=ENTRY.child`. Answers whether anything was asked for. The officer names
/// the place: whatever the server finds likeliest now, it was another draft that they looked at.
pub fn link(request: &mut Json, asked: &[String]) -> Result<bool> {
    for asked in asked {
        let (person, place) = asked
            .split_once('=')
            .ok_or_else(|| Error::using("--link wants PERSON=PLACE, as a draft shows it"))?;
        let place = known_as(place)?;
        match request
            .pointer_mut(&format!("/act{person}"))
            .and_then(Json::as_object_mut)
        {
            Some(person) => drop(person.insert("known_as".to_owned(), place)),
            None => return Err(Error::using(format!("--link: the act names nobody at {person}"))),
        }
    }
    Ok(!asked.is_empty())
}

/// `ENTRY.child`, `ENTRY.guardian.1` as the act has it.
fn known_as(place: &str) -> Result<Json> {
    let parts: Vec<&str> = place.split('.').collect();
    match parts[..] {
        [entry, role] => Ok(json!({ "entry": entry, "role": role })),
        [entry, role, index] => {
            let index: u8 = index
                .parse()
                .map_err(|_| Error::using(format!("--link: {place} is no place")))?;
            Ok(json!({ "entry": entry, "role": role, "index": index }))
        }
        _ => Err(Error::using(format!("--link: {place} is no place (ENTRY.role)"))),
    }
}

/// Writes the entries that the officer names into a request, as its draft proposes to reach them. Answers whether there are any. Nothing
/// is taken that the act does not say itself: the server finds the entry and what stands there, and no more.
pub fn reach(request: &mut Json, draft: &Json, asked: &[String]) -> Result<bool> {
    if asked.is_empty() {
        return Ok(false);
    }
    let (_, body) = read_draft(request, &bytes(draft, "envelope")?, &bytes(draft, "sealed_body")?)?;
    let reachable = Reachable::by(&body.act);
    for entry in asked {
        let mut proposed = draft["proposed"].as_array().into_iter().flatten();
        let proposal = proposed
            .find(|proposal| proposal["reached"]["entry"] == entry.as_str())
            .ok_or_else(|| Error::using(format!("--reach: the draft does not propose {entry}")))?;
        let member = text(&proposal["member"]);
        if !reachable
            .as_ref()
            .is_some_and(|act| act.proposes(member, &proposal["reached"]))
        {
            return Err(refuse(format!(
                "what it proposes at {entry} is not what the act says"
            )));
        }
        take(request, member, &proposal["reached"]);
    }
    Ok(true)
}

fn take(request: &mut Json, member: &str, reached: &Json) {
    match (member, request["act"][member].as_array_mut()) {
        ("reached", Some(list)) => list.push(reached.clone()),
        ("reached", None) => request["act"][member] = json!([reached]),
        _ => request["act"][member] = reached.clone(),
    }
}

/// Prints what the act of a request changes at the entries that it reaches: what the officer signs, whoever proposed it.
pub fn show_reached(request: &Json) {
    for member in ["reached", "of", "marriage"] {
        let reached = &request["act"][member];
        let list = reached
            .as_array()
            .map_or(std::slice::from_ref(reached), Vec::as_slice);
        for reached in list.iter().filter(|reached| reached["entry"].is_string()) {
            println!(
                "  reaches the {} entry {}",
                text(&reached["kind"]),
                text(&reached["entry"])
            );
            show_changes(reached);
        }
    }
}

fn show_changes(reached: &Json) {
    for change in reached["changes"].as_array().into_iter().flatten() {
        println!(
            "    {} from {} to {}",
            text(&change["field"]),
            shown(&change["from"]),
            shown(&change["to"])
        );
    }
}

/// Prints what could be taken, and how.
pub fn show(draft: &Json) {
    for likely in draft["known_as"].as_array().into_iter().flatten() {
        let words = |member: &str| {
            let list = likely[member].as_array().into_iter().flatten();
            list.filter_map(Json::as_str).collect::<Vec<_>>().join(", ")
        };
        let differ = match words("differ") {
            none if none.is_empty() => none,
            some => format!("; differs in {some}"),
        };
        println!(
            "  {} may be known as {} ({} {}, {}): agrees in {}{differ}; score {}; to take it: --link {}={}",
            text(&likely["pointer"]),
            text(&likely["ref"]),
            text(&likely["kind"]),
            text(&likely["name"]),
            text(&likely["born_on"]),
            words("agree"),
            likely["score"],
            text(&likely["pointer"]).trim_start_matches("/act"),
            text(&likely["ref"]),
        );
    }
    for proposal in draft["proposed"].as_array().into_iter().flatten() {
        let reached = &proposal["reached"];
        println!(
            "  could reach the {} entry {} ({}); to take it: --reach {}",
            text(&reached["kind"]),
            text(&reached["entry"]),
            text(&proposal["member"]),
            text(&reached["entry"]),
        );
        show_changes(reached);
    }
}

fn text(json: &Json) -> &str {
    json.as_str().unwrap_or_default()
}

/// A value in one line: a person by name.
fn shown(json: &Json) -> String {
    match json {
        Json::Null => "nothing".to_owned(),
        Json::String(text) => text.clone(),
        Json::Object(members) => match members.get("name") {
            Some(name) => shown(name.get("value").or(name.get("full")).unwrap_or(name)),
            None => json.to_string(),
        },
        _ => json.to_string(),
    }
}

#[cfg(test)]
mod tests {
    #![allow(
        clippy::unwrap_used,
        reason = "a test that cannot go on stops where it stands"
    )]

    use super::*;

    #[test]
    fn a_link_is_taken_only_where_the_officer_names_the_place() {
        let mut request = json!({ "act": { "wife": {}, "husband": {} } });
        assert!(!link(&mut request, &[]).unwrap());
        assert_eq!(request, json!({ "act": { "wife": {}, "husband": {} } }));
        assert!(link(&mut request, &["/husband=C.guardian.1".to_owned()]).unwrap());
        assert_eq!(
            request["act"]["husband"]["known_as"],
            json!({ "entry": "C", "role": "guardian", "index": 1 })
        );
    }

    #[test]
    fn a_link_to_nobody_is_wrong_use() {
        let mut request = json!({ "act": { "wife": {}, "husband": {} } });
        for asked in ["/wife", "/wife=", "/wife=A", "/wife=A.child.x", "/child=A.child"] {
            assert!(link(&mut request, &[asked.to_owned()]).is_err(), "{asked}");
        }
    }

    #[test]
    fn what_is_proposed_stands_where_the_act_has_it() {
        let mut request = json!({ "act": {} });
        take(&mut request, "reached", &json!({ "entry": "A" }));
        take(&mut request, "reached", &json!({ "entry": "B" }));
        take(&mut request, "marriage", &json!({ "entry": "M" }));
        assert_eq!(
            request["act"],
            json!({ "reached": [{ "entry": "A" }, { "entry": "B" }], "marriage": { "entry": "M" } })
        );
    }
}
