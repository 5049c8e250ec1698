//! The content of a copy of an extract: what an entry says now, in printing order, with its marginal notes.
//!
//! A copy shows the updated values and the notes; place names stay as the book has them; what is missing stays blank
//! (Circular 04/2020, Art. 23, 29(9), 30). The content follows from the entry's events and the directory alone, so its
//! hash can be checked by everyone who may read them.

use ciborium::Value;
use serde::Serialize;

use crate::act::Act;
use crate::cbor;
use crate::directory::Directory;
use crate::entry::{RegisterEntry, field_value};
use crate::kind::Kind;
use crate::stated::states_no_value;
use crate::value::upper_case;

/// One line of a paper.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Line {
    /// The field's name on the forms.
    pub label: String,
    /// What stands there; blank when nothing does.
    pub value: String,
}

/// The content of a copy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Content {
    /// What was registered.
    pub kind: &'static str,
    /// Its Vietnamese name.
    pub title: String,
    /// Fields in printing order.
    pub lines: Vec<Line>,
    /// Where, under which number and when it was registered.
    pub registered: Line,
    /// Ghi chú, in the order of the log.
    pub notes: Vec<String>,
}

const PERSON: &[&str] = &[
    "name",
    "born_on",
    "sex",
    "ethnicity",
    "nationality",
    "residence",
    "personal_number",
];
const PARENT: &[&str] = &["name", "born_on", "ethnicity", "nationality", "residence"];
const CHILD: &[&str] = &[
    "name",
    "born_on",
    "sex",
    "ethnicity",
    "nationality",
    "birth_place",
    "home_place",
    "personal_number",
];

/// The parts of a paper in printing order: a member of the act, and its fields when it is a person.
const fn layout(kind: Kind) -> &'static [(&'static str, &'static [&'static str])] {
    match kind {
        Kind::Birth => &[("child", CHILD), ("mother", PARENT), ("father", PARENT)],
        Kind::Marriage => &[("wife", PERSON), ("husband", PERSON), ("established_on", &[])],
        Kind::Death => &[
            ("deceased", PERSON),
            ("died_at", &[]),
            ("died_on", &[]),
            ("place", &[]),
        ],
        Kind::MaritalStatusConfirmation => &[("subject", PERSON), ("status", &[]), ("purpose", &[])],
        Kind::ParentChildRecognition => &[("direction", &[]), ("parent", PERSON), ("child", CHILD)],
        Kind::Guardianship => &[
            ("guardians/0", PERSON),
            ("guardians/1", PERSON),
            ("wards/0", PERSON),
            ("wards/1", PERSON),
            ("reason", &[]),
        ],
        _ => &[("reason", &[])],
    }
}

impl Content {
    /// What a copy of this entry says, with the names of offices from the directory.
    pub fn of(entry: &RegisterEntry, directory: &Directory) -> Self {
        let mut lines = Vec::new();
        for (part, fields) in layout(entry.kind) {
            if fields.is_empty() {
                lines.extend(line(&entry.current, &format!("/{part}")));
            } else if !part.contains('/') || is_there(&entry.current, part) {
                lines.extend(
                    fields
                        .iter()
                        .filter_map(|field| line(&entry.current, &format!("/{part}/{field}"))),
                );
            }
        }
        let mut registered = directory.name(entry.office);
        let number = entry.current.number_shown();
        if !number.is_empty() {
            registered.push_str(&format!(", Số {number}"));
        }
        if let Some(day) = entry.original.registered_on() {
            registered.push_str(&format!(", ngày {}", day.vietnamese()));
        }
        let registered = Line {
            label: format!("{} tại", entry.kind.vietnamese()),
            value: registered,
        };
        Self {
            kind: entry.kind.name(),
            title: entry.kind.vietnamese().to_owned(),
            lines,
            registered,
            notes: entry.notes.iter().map(|note| note.text(directory)).collect(),
        }
    }

    /// The bytes of which the hash is kept in the event: `[1, kind, lines, registered, notes]`.
    pub fn encode(&self) -> Vec<u8> {
        let text = |text: &str| Value::Text(text.to_owned());
        let pair = |line: &Line| Value::Array(vec![text(&line.label), text(&line.value)]);
        cbor::encode(&Value::Array(vec![
            Value::Integer(1.into()),
            text(self.kind),
            Value::Array(self.lines.iter().map(pair).collect()),
            pair(&self.registered),
            Value::Array(self.notes.iter().map(|note| text(note)).collect()),
        ]))
    }

    /// BLAKE3 of [`Content::encode`].
    pub fn hash(&self) -> [u8; 32] {
        *blake3::hash(&self.encode()).as_bytes()
    }
}

fn is_there(act: &Act, part: &str) -> bool {
    field_value(act, &format!("/{part}")).is_some()
}

fn line(act: &Act, pointer: &str) -> Option<Line> {
    let path: Vec<&str> = pointer.trim_start_matches('/').split('/').collect();
    let known = Act::field(act.kind(), &path)?;
    // A reason for a blank is for officers, not for papers.
    let value = field_value(act, pointer)
        .filter(|value| !states_no_value(value))
        .and_then(|value| (known.to_text)(value).ok())
        .unwrap_or_default();
    // Names are printed in capitals (Circular 04/2020, Art. 31).
    let value = match path.last() {
        Some(&"name") => upper_case(&value),
        _ => value,
    };
    Some(Line {
        label: known.label,
        value,
    })
}
