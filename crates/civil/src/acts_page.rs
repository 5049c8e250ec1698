//! The page on acts (`schemas/acts.md`): of every kind its fields, what new registrations state, what it can be refused and warned
//! for, and what it does to the entries it reaches.
//!
//! Fields and effects are those by which acts are read and judged. What a kind can be refused and warned for stands in a list written by
//! hand (`decide/raised.rs`), which the tests hold against what is raised.

use std::collections::BTreeMap;

use crate::act::Act;
use crate::decide::{RefusalCode, WarningCode};
use crate::effect::{EFFECTS, Effect};
use crate::kind::{Group, Kind};
use crate::law;
use crate::shape::{FieldShape, Shape};
use crate::value::Date;

/// The whole page, with the fields that new registrations received on that day state.
pub fn acts_page(day: Date) -> String {
    let mut records = BTreeMap::new();
    let mut page = head(day);
    for kind in Kind::ALL {
        page.push_str(&section(*kind, day, &mut records));
    }
    page.push_str("## Records and codes that acts share\n");
    for (name, body) in records {
        page.push_str(&format!("\n### `{name}`\n\n{body}"));
    }
    page.push_str("\n## Refusals\n\n| Code | Article | Text |\n|---|---|---|\n");
    for code in RefusalCode::ALL {
        page.push_str(&row(&[&ticked(code.name()), code.article(), code.vietnamese()]));
    }
    page.push_str("\n## Warnings\n\n| Code | Article | Text | Second person |\n|---|---|---|---|\n");
    for code in WarningCode::ALL {
        let second = if code.second_person() { "yes" } else { "" };
        page.push_str(&row(&[
            &ticked(code.name()),
            code.article(),
            code.vietnamese(),
            second,
        ]));
    }
    page
}

fn head(day: Date) -> String {
    let mut head = format!(
        "# Acts\n\nEvery kind of act: its fields, what a new registration received on {day} states, what it can be refused or warned for, and \
         what it does to the entries it reaches. Made by `cargo run -p civil --example acts_page > schemas/acts.md`; a test makes it again.\n\n\
         **Bold** fields must be there for the format; ● is asked for by the form of new registrations, ◐ the same with a warning when it is \
         left out. A refusal with † becomes a warning where an entry of an old book is taken over.\n\n\
         | Code | Kind | | Group | Book |\n|---|---|---|---|---|\n"
    );
    for kind in Kind::ALL {
        let link = format!("[`{0}`](#{0})", kind.name());
        let book = kind.book().map_or("", |book| book.vietnamese());
        head.push_str(&row(&[
            &kind.code().to_string(),
            &link,
            kind.vietnamese(),
            group(*kind),
            book,
        ]));
    }
    head.push('\n');
    head
}

const fn group(kind: Kind) -> &'static str {
    match kind.group() {
        Group::Administration => "administration",
        Group::Keeping => "the ledger about itself, by machine",
        Group::Registration => "opens an entry",
        Group::Amendment => "opens an entry and changes others",
        Group::Notation => "is written at an entry",
        Group::Paper => "hands out a paper",
        Group::PaperBook => "says that the paper book has it",
        Group::Office => "of an office, about no entry of its own",
    }
}

fn section(kind: Kind, day: Date, records: &mut BTreeMap<&'static str, String>) -> String {
    let mut text = format!(
        "## {}\n\n{} (code {}); {}.\n\n",
        kind.name(),
        kind.vietnamese(),
        kind.code(),
        group(kind)
    );
    let required = required(kind, day);
    if let Shape::Record(_, fields) = Act::shape(kind) {
        text.push_str(&fields_table(&fields, &required));
        fields.iter().for_each(|field| collect(&field.shape, records));
    }
    let below: Vec<String> = required
        .iter()
        .filter(|(pointer, _)| pointer.matches('/').count() > 1)
        .map(|(pointer, mark)| format!("{mark} {}", ticked(pointer)))
        .collect();
    if !below.is_empty() {
        text.push_str(&format!("\nWithin them: {}.\n", below.join(", ")));
    }
    let refusals = RefusalCode::ALL.iter().filter(|code| code.met_by(kind));
    let refusals = refusals.map(|code| {
        let dagger = if code.in_old_books().is_some() { "†" } else { "" };
        format!("{}{dagger}", ticked(code.name()))
    });
    text.push_str(&format!(
        "\nRefused: {}.\n",
        refusals.collect::<Vec<_>>().join(", ")
    ));
    let warnings = WarningCode::ALL.iter().filter(|code| code.met_by(kind));
    let warnings: Vec<String> = warnings.map(|code| ticked(code.name())).collect();
    if !warnings.is_empty() {
        text.push_str(&format!("\nWarned: {}.\n", warnings.join(", ")));
    }
    let effects: Vec<&Effect> = EFFECTS.iter().filter(|effect| effect.act == kind).collect();
    if !effects.is_empty() {
        text.push_str(
            "\n| About | At | May change | Leaves it | Note | Article |\n|---|---|---|---|---|---|\n",
        );
        effects
            .into_iter()
            .for_each(|effect| text.push_str(&effect_row(effect)));
    }
    text.push('\n');
    text
}

/// The fields of new registrations of any tick: pointer, and ● or ◐.
fn required(kind: Kind, day: Date) -> BTreeMap<String, &'static str> {
    let rules = law::rules(kind.name(), day, None);
    let rows = rules.required_fields("any").filter(|row| row.entry.is_none());
    rows.map(|row| (row.pointer.clone(), if row.warn { "◐" } else { "●" }))
        .collect()
}

fn fields_table(fields: &[FieldShape], required: &BTreeMap<String, &'static str>) -> String {
    let mut table = "| Key | Field | | Type | New |\n|---|---|---|---|---|\n".to_owned();
    for field in fields {
        let mark = required
            .get(&format!("/{}", field.name))
            .copied()
            .unwrap_or_default();
        let name = if field.required {
            format!("**{}**", ticked(field.name))
        } else {
            ticked(field.name)
        };
        table.push_str(&row(&[
            &field.key.to_string(),
            &name,
            field.label,
            &type_of(&field.shape),
            mark,
        ]));
    }
    table
}

fn type_of(shape: &Shape) -> String {
    match shape {
        Shape::Text(rule) => (*rule).to_owned(),
        Shape::Uint(_) => "number".to_owned(),
        Shape::Ordinal(_) => "number from 1".to_owned(),
        Shape::Bool => "yes or no".to_owned(),
        Shape::Bytes(16) => "id".to_owned(),
        Shape::Bytes(_) => "bytes".to_owned(),
        Shape::List(item) | Shape::Several(item) => format!("list of {}", type_of(item)),
        Shape::Stated(value) => format!("{}, as stated", type_of(value)),
        Shape::Codes(name, _) | Shape::Record(name, _) | Shape::Tuple(name, _) => {
            format!("[`{name}`](#{name})")
        }
        Shape::Path => "pointer".to_owned(),
        Shape::Any => "value".to_owned(),
    }
}

/// Takes down every record and list of codes below a shape, each once.
fn collect(shape: &Shape, records: &mut BTreeMap<&'static str, String>) {
    match shape {
        Shape::List(item) | Shape::Several(item) | Shape::Stated(item) => collect(item, records),
        Shape::Record(name, fields) | Shape::Tuple(name, fields) if !records.contains_key(name) => {
            records.insert(name, fields_table(fields, &BTreeMap::new()));
            fields.iter().for_each(|field| collect(&field.shape, records));
        }
        Shape::Codes(name, codes) => {
            let codes: Vec<String> = codes
                .iter()
                .map(|(code, name)| format!("{code} {}", ticked(name)))
                .collect();
            records.insert(name, format!("{}\n", codes.join(" · ")));
        }
        _ => {}
    }
}

fn effect_row(effect: &Effect) -> String {
    let matters: Vec<String> = effect.matters.iter().map(u64::to_string).collect();
    let at: Vec<String> = effect.at.iter().map(|kind| ticked(kind.name())).collect();
    let at = if at.is_empty() {
        "any entry".to_owned()
    } else {
        at.join(", ")
    };
    let fields = effect.may_change.iter().map(|field| {
        if field.is_empty() {
            "anything".to_owned()
        } else {
            ticked(field)
        }
    });
    row(&[
        &matters.join(", "),
        &at,
        &fields.collect::<Vec<_>>().join(", "),
        effect.state.map_or("", |state| state.name()),
        effect.says,
        effect.article,
    ])
}

fn ticked(name: &str) -> String {
    format!("`{name}`")
}

fn row(cells: &[&str]) -> String {
    format!("| {} |\n", cells.join(" | "))
}
