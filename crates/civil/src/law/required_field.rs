//! Which fields a new registration has.

use super::table::{Basis, Row, Rule, Table};
use crate::act::Act;
use crate::kind::Kind;
use crate::shape::Shape;
use crate::stated::states_no_value;
use crate::value::Date;
use ciborium::Value;
use std::sync::LazyLock;

/// A row of `required_fields.csv`: a field that the form of this kind has for every new registration.
#[derive(Debug)]
pub struct RequiredField {
    /// The kind of event.
    pub kind: &'static str,
    /// For which tick only (Loại đăng ký); `None`: for every one.
    pub entry: Option<String>,
    /// A JSON pointer into the act; `*` stands for each item of a list.
    pub pointer: String,
    /// Does leaving it out raise a warning? Otherwise the form alone shows it as required.
    pub warn: bool,
    /// When it holds, by the day of reception.
    pub basis: Basis,
    /// The way to it through the CBOR of the act.
    steps: Vec<Step>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Key(u64),
    Each,
}

/// The fields that a registration of that kind, ticked so and received on that day, has.
pub(super) fn required_fields(
    kind: &'static str,
    entry: &str,
    received_on: Date,
) -> impl Iterator<Item = &'static RequiredField> {
    REQUIRED.all_on(received_on, move |row| {
        row.kind == kind && row.entry.as_ref().is_none_or(|known| known == entry)
    })
}

/// Of those that warn, the fields that the act leaves out, as JSON pointers.
pub(super) fn left_out(act: &Act, entry: &str, received_on: Date) -> Vec<String> {
    let mut rows = required_fields(act.kind().name(), entry, received_on)
        .filter(|row| row.warn)
        .peekable();
    let mut found = Vec::new();
    if rows.peek().is_some() {
        let tree = act.to_cbor();
        rows.for_each(|row| row.missing_in(&tree, &mut found));
    }
    found
}

impl RequiredField {
    fn missing_in(&self, tree: &Value, found: &mut Vec<String>) {
        let names: Vec<&str> = self.pointer.split('/').skip(1).collect();
        walk(Some(tree), &self.steps, &names, String::new(), found);
    }
}

/// Follows the steps; where they end in nothing, the pointer to there is noted. A part that is not there at all lacks itself, not each of its fields: only
/// what stands on the row is asked for.
fn walk(value: Option<&Value>, steps: &[Step], names: &[&str], at: String, found: &mut Vec<String>) {
    match (steps.split_first(), names.split_first(), value) {
        (Some((Step::Key(key), steps)), Some((name, names)), Some(value)) => {
            walk(member(value, *key), steps, names, format!("{at}/{name}"), found);
        }
        (Some((Step::Each, steps)), Some((_, names)), Some(Value::Array(items))) => {
            for (index, item) in items.iter().enumerate() {
                walk(Some(item), steps, names, format!("{at}/{index}"), found);
            }
        }
        (None, _, value) if value.is_none_or(is_empty) => found.push(at),
        _ => {}
    }
}

fn member(value: &Value, wanted: u64) -> Option<&Value> {
    let Value::Map(pairs) = value else { return None };
    let found = pairs
        .iter()
        .find(|(key, _)| *key == Value::Integer(wanted.into()));
    found.map(|(_, value)| value)
}

/// A list without items, or a statement without a value.
fn is_empty(value: &Value) -> bool {
    value.as_array().is_some_and(Vec::is_empty) || states_no_value(value)
}

impl Rule for RequiredField {
    const FILE: &'static str = "required_fields.csv";
    const TEXT: &'static str = include_str!("../../../../schemas/law/required_fields.csv");

    fn read(row: &Row<'_>) -> Result<Self, String> {
        let (kind, pointer) = (row.kind()?, row.filled("pointer")?);
        let entry = Some(row.filled("entry")?).filter(|entry| entry != "any");
        if entry.as_ref().is_some_and(|entry| !has_tick(kind, entry)) {
            return Err(format!("{kind} has no such entry"));
        }
        Ok(Self {
            steps: steps(kind, &pointer).ok_or_else(|| format!("{kind} has no field {pointer}"))?,
            kind,
            entry,
            pointer,
            warn: row.flag("warn")?,
            basis: row.basis()?,
        })
    }

    fn key(&self) -> String {
        let entry = self.entry.as_deref().unwrap_or("any");
        format!("{}, {entry}, {}", self.kind, self.pointer)
    }

    fn basis(&self) -> &Basis {
        &self.basis
    }
}

/// The way to a field; `None` if acts of that kind have no such field.
fn steps(kind: &str, pointer: &str) -> Option<Vec<Step>> {
    let kind = Kind::named(kind)?;
    let names: Vec<&str> = pointer.strip_prefix('/')?.split('/').collect();
    // A list answers for its first item what it would answer for every one; of itself it is no field.
    let mut first: Vec<&str> = names
        .iter()
        .map(|name| if *name == "*" { "0" } else { name })
        .collect();
    let field = Act::field(kind, &first).or_else(|| {
        first.push("0");
        Act::field(kind, &first)
    })?;
    let step = |(key, name): (u64, &&str)| if *name == "*" { Step::Each } else { Step::Key(key) };
    (field.keys.len() >= names.len()).then(|| field.keys.into_iter().zip(&names).map(step).collect())
}

/// Whether the form of that kind has such a tick.
fn has_tick(kind: &str, tick: &str) -> bool {
    let Some(Shape::Record(_, fields)) = Kind::named(kind).map(Act::shape) else {
        return false;
    };
    let entry = fields.into_iter().find(|field| field.name == "entry");
    match entry.map(|field| field.shape) {
        Some(Shape::Codes(_, ticks)) => ticks.iter().any(|(_, name)| *name == tick),
        _ => false,
    }
}

static REQUIRED: LazyLock<Table<RequiredField>> = LazyLock::new(Table::embedded);

#[cfg(test)]
#[path = "required_field_tests.rs"]
mod tests;
