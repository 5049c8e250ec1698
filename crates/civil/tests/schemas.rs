//! The schemas in `schemas/` are those that the code writes, and what they say is what the readers do.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot go on stops where it stands"
)]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use civil::act::Act;
use civil::acts_page::acts_page;
use civil::json_schema::{components, schema_of};
use civil::kind::Kind;
use civil::shape::Shape;

fn schemas() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../schemas")
}

/// The grammars there are, oldest first: `hotich.cddl`, `hotich-2.cddl`, ….
fn grammars() -> Vec<String> {
    let named = |number: u32| match number {
        1 => "hotich.cddl".to_owned(),
        number => format!("hotich-{number}.cddl"),
    };
    (1..)
        .map_while(|number| std::fs::read_to_string(schemas().join(named(number))).ok())
        .collect()
}

#[test]
fn the_cddl_is_the_one_that_the_code_writes() {
    assert!(
        grammars().last() == Some(&civil::cddl::cddl()),
        "the format has changed: cargo run -p civil --example cddl > the newest of schemas/hotich*.cddl (a released file never \
         changes)"
    );
}

/// The rules of a grammar: each with its lines, without comments and white space.
fn rules(grammar: &str) -> std::collections::BTreeMap<String, Vec<String>> {
    let mut rules = std::collections::BTreeMap::<_, Vec<_>>::new();
    let mut rule = String::new();
    for line in grammar.lines() {
        let code = line.split(" ;").next().unwrap_or_default();
        if code.starts_with(';') || code.trim().is_empty() {
            continue;
        }
        if !line.starts_with([' ', '}', ']']) {
            rule = code.split(" =").next().unwrap().to_owned();
        }
        let code = code.trim().trim_start_matches(&format!("{rule} = "));
        rules.entry(rule.clone()).or_default().push(code.to_owned());
    }
    rules
}

#[test]
fn a_newer_grammar_only_grows() {
    for pair in grammars().windows(2) {
        let newer = rules(&pair[1]);
        for (name, lines) in rules(&pair[0]) {
            let grown = newer.get(&name).unwrap_or_else(|| panic!("{name} is gone"));
            for line in &lines {
                let line = line.trim_start_matches(['/', ' ']);
                let there = grown.iter().any(|new| {
                    let new = new.trim_start_matches(['/', ' ']);
                    // What was required may be left out; what could be left out never becomes required.
                    new == line || new == format!("? {line}")
                });
                assert!(there, "{name}: {line} is gone");
            }
            let required = |lines: &[String]| {
                let is_member = |line: &&String| line.contains("=>") && !line.starts_with('?');
                lines.iter().filter(is_member).count()
            };
            assert!(
                required(grown) <= required(&lines),
                "{name} has a new member that must be there"
            );
        }
    }
}

#[test]
fn the_page_on_acts_is_the_one_that_the_code_writes() {
    let day = civil::law::second_release().unwrap();
    assert!(
        std::fs::read_to_string(schemas().join("acts.md")).unwrap_or_default() == acts_page(day),
        "acts, rules or effects have changed: cargo run -p civil --example acts_page > schemas/acts.md"
    );
}

#[test]
fn the_json_schemas_are_those_that_the_code_writes() {
    for kind in Kind::ALL {
        let path = schemas().join("acts").join(kind.name()).with_extension("json");
        let there = std::fs::read_to_string(&path).unwrap_or_default();
        // Compared as values: the order of members depends on how serde_json was built.
        let there: serde_json::Value = serde_json::from_str(&there).unwrap_or_default();
        assert!(
            there == schema_of(*kind),
            "{}: cargo run -p civil --example json_schema -- schemas/acts",
            path.display()
        );
    }
    let count = std::fs::read_dir(schemas().join("acts")).unwrap().count();
    assert_eq!(count, Kind::ALL.len());
}

#[test]
fn every_reference_between_schemas_leads_somewhere() {
    let all = components("#/components/schemas/");
    let text = serde_json::to_string(&all).unwrap();
    let wanted: BTreeSet<&str> = text
        .split("\"$ref\":\"#/components/schemas/")
        .skip(1)
        .map(|rest| rest.split('"').next().unwrap())
        .collect();
    assert!(wanted.contains("person_name"));
    for name in wanted {
        assert!(all.contains_key(name), "{name}");
    }
    assert_eq!(
        all.keys().filter(|name| name.starts_with("act_")).count(),
        Kind::ALL.len()
    );
}

/// Every shape below `shape`, itself included.
fn walk(shape: &Shape, visit: &mut impl FnMut(&Shape)) {
    visit(shape);
    match shape {
        Shape::List(item) | Shape::Stated(item) => walk(item, visit),
        Shape::Record(_, fields) | Shape::Tuple(_, fields) => {
            fields.iter().for_each(|field| walk(&field.shape, visit));
        }
        _ => {}
    }
}

#[test]
fn every_record_has_ascending_keys_and_one_shape() {
    let mut known = std::collections::BTreeMap::new();
    for kind in Kind::ALL {
        walk(&Act::shape(*kind), &mut |shape| {
            let name = match shape {
                Shape::Record(name, fields) | Shape::Tuple(name, fields) => {
                    assert!(fields.windows(2).all(|pair| pair[0].key < pair[1].key), "{name}");
                    name
                }
                Shape::Codes(name, codes) => {
                    assert!(codes.windows(2).all(|pair| pair[0].0 < pair[1].0), "{name}");
                    name
                }
                _ => return,
            };
            let text = format!("{shape:?}");
            assert_eq!(
                *known.entry(*name).or_insert_with(|| text.clone()),
                text,
                "{name}"
            );
        });
    }
}

#[test]
fn no_record_can_be_taken_for_the_long_form_of_a_stated_value() {
    for kind in Kind::ALL {
        walk(&Act::shape(*kind), &mut |shape| {
            if let Shape::Stated(value) = shape
                && let Shape::Record(name, fields) = &**value
            {
                let clash = fields
                    .iter()
                    .any(|field| ["value", "as_written", "missing", "computed"].contains(&field.name));
                assert!(!clash, "{name}");
                assert_eq!(
                    fields[0].key, 0,
                    "{name}: a value without its key 0 would read as missing"
                );
                assert!(fields[0].required, "{name}");
            }
        });
    }
}
