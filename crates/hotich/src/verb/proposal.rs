//! What a draft proposes, and how an officer takes it: as whom people are known, and which entries the act could reach. Nothing is
//! taken that the officer did not ask for.

use serde_json::{Value as Json, json};

use crate::outcome::{Error, Result};

/// Writes into a request as whom its people are known: `/wife` by the draft's likeliest place, `/wife=ENTRY.child` by that one.
/// Answers whether anything was asked for.
pub fn link(request: &mut Json, draft: &Json, asked: &[String]) -> Result<bool> {
    for asked in asked {
        let (person, place) = match asked.split_once('=') {
            Some((person, place)) => (person, known_as(place)?),
            None => (asked.as_str(), likeliest(draft, asked)?),
        };
        let pointer = format!("/act{person}");
        match request.pointer_mut(&pointer).and_then(Json::as_object_mut) {
            Some(person) => drop(person.insert("known_as".to_owned(), place)),
            None => return Err(Error::using(format!("--link: the act names nobody at {person}"))),
        }
    }
    Ok(!asked.is_empty())
}

/// The place that the draft finds most alike.
fn likeliest(draft: &Json, person: &str) -> Result<Json> {
    let pointer = format!("/act{person}");
    let mut offered = draft["known_as"].as_array().into_iter().flatten();
    let found = offered.find(|likely| likely["pointer"] == pointer.as_str());
    found
        .map(|likely| likely["known_as"].clone())
        .ok_or_else(|| Error::using(format!("--link: the draft finds nobody for {person}")))
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

/// Writes the entries into a request that its draft proposes to reach. Answers whether there are any.
pub fn reach(request: &mut Json, draft: &Json) -> bool {
    let proposed = draft["proposed"].as_array().map_or(&[][..], Vec::as_slice);
    for proposal in proposed {
        let member = proposal["member"].as_str().unwrap_or_default();
        match (member, request["act"][member].as_array_mut()) {
            ("reached", Some(list)) => list.push(proposal["reached"].clone()),
            ("reached", None) => request["act"][member] = json!([proposal["reached"]]),
            _ => request["act"][member] = proposal["reached"].clone(),
        }
    }
    !proposed.is_empty()
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
            "  could reach the {} entry {} ({}); to take it: --reach",
            text(&reached["kind"]),
            text(&reached["entry"]),
            text(&proposal["member"]),
        );
        for change in reached["changes"].as_array().into_iter().flatten() {
            println!(
                "    {} from {} to {}",
                text(&change["field"]),
                shown(&change["from"]),
                shown(&change["to"])
            );
        }
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

    fn draft() -> Json {
        json!({
            "known_as": [
                { "pointer": "/act/wife", "known_as": { "entry": "A", "role": "child" }, "ref": "A.child" },
                { "pointer": "/act/wife", "known_as": { "entry": "B", "role": "wife" }, "ref": "B.wife" },
            ],
            "proposed": [{ "member": "reached", "reached": { "entry": "A" } }],
        })
    }

    #[test]
    fn a_link_is_taken_only_where_the_officer_asks_for_it() {
        let mut request = json!({ "act": { "wife": {}, "husband": {} } });
        assert!(!link(&mut request, &draft(), &[]).unwrap());
        assert_eq!(request, json!({ "act": { "wife": {}, "husband": {} } }));
        assert!(link(&mut request, &draft(), &["/wife".to_owned()]).unwrap());
        assert_eq!(request["act"]["wife"]["known_as"]["entry"], "A");
        assert!(link(&mut request, &draft(), &["/husband=C.guardian.1".to_owned()]).unwrap());
        assert_eq!(
            request["act"]["husband"]["known_as"],
            json!({ "entry": "C", "role": "guardian", "index": 1 })
        );
    }

    #[test]
    fn a_link_to_nobody_is_wrong_use() {
        let mut request = json!({ "act": { "wife": {}, "husband": {} } });
        for asked in [
            "/husband",
            "/wife=",
            "/wife=A",
            "/wife=A.child.x",
            "/child=A.child",
        ] {
            assert!(
                link(&mut request, &draft(), &[asked.to_owned()]).is_err(),
                "{asked}"
            );
        }
    }

    #[test]
    fn what_is_proposed_stands_where_the_act_has_it() {
        let mut request = json!({ "act": {} });
        assert!(reach(&mut request, &draft()));
        assert_eq!(request["act"]["reached"], json!([{ "entry": "A" }]));
        let marriage = json!({ "proposed": [{ "member": "marriage", "reached": { "entry": "M" } }] });
        assert!(reach(&mut request, &marriage));
        assert_eq!(request["act"]["marriage"], json!({ "entry": "M" }));
        assert!(!reach(&mut request, &json!({ "proposed": [] })));
    }
}
