//! The content of a copy of an extract: what an entry says now, in printing order, with its marginal notes.
//!
//! A copy shows the updated values and the notes; place names stay as the book has them; what is missing stays blank
//! (Circular 04/2020, Art. 23, 29(9), 30). The content follows from the entry's events and the directory alone, so its
//! hash can be checked by everyone who may read them.

use ciborium::Value;
use serde::Serialize;

use crate::act::{Act, ParentStanding};
use crate::cbor;
use crate::directory::Directory;
use crate::entry::{Fields, RegisterEntry};
use crate::kind::Kind;
use crate::law;
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

/// With the identity paper and all that the newer forms print.
const FULL: &[&str] = &[
    "name",
    "born_on",
    "sex",
    "ethnicity",
    "nationality",
    "identity_paper/kind",
    "identity_paper/number",
    "identity_paper/issued_by",
    "identity_paper/issued_on",
    "residence",
];

/// What is printed of.
struct Printed {
    kind: Kind,
    fields: Fields,
    /// The year of the book.
    year: Option<u16>,
}

impl Printed {
    fn of(act: &Act) -> Self {
        Self {
            kind: act.kind(),
            fields: Fields::of(act),
            year: act
                .registered_on()
                .map(|day| day.year())
                .or_else(|| act.book()?.1.year),
        }
    }
}

/// A part of a paper.
#[derive(Clone, Copy)]
struct Part {
    /// The member of the act; `*` stands for each item of a list.
    at: &'static str,
    /// Its fields, when it is a person; none when it is a field itself.
    fields: &'static [&'static str],
    /// Whether it is printed blank when nothing stands there.
    always: bool,
}

/// Printed whether anything stands there or not.
const fn part(at: &'static str, fields: &'static [&'static str]) -> Part {
    Part {
        at,
        fields,
        always: true,
    }
}

/// Printed where something stands. What the first release did not know is printed in no other way: a copy of then must come out
/// the same for ever.
const fn when(at: &'static str, fields: &'static [&'static str]) -> Part {
    Part {
        at,
        fields,
        always: false,
    }
}

/// The parts of a paper in printing order.
const fn layout(kind: Kind) -> &'static [Part] {
    match kind {
        Kind::Birth => {
            const {
                &[
                    part("child", CHILD),
                    part("mother", PARENT),
                    part("father", PARENT),
                ]
            }
        }
        Kind::Marriage => {
            const {
                &[
                    part("wife", PERSON),
                    part("husband", PERSON),
                    part("established_on", &[]),
                ]
            }
        }
        Kind::Death => {
            const {
                &[
                    part("deceased", PERSON),
                    part("died_at", &[]),
                    part("died_on", &[]),
                    part("place", &[]),
                ]
            }
        }
        Kind::MaritalStatusConfirmation => {
            const {
                &[
                    part("subject", PERSON),
                    when("resided_at", &[]),
                    when("resided_from", &[]),
                    when("resided_until", &[]),
                    part("status", &[]),
                    part("purpose", &[]),
                    when("partner", FULL),
                ]
            }
        }
        Kind::ParentChildRecognition => {
            const {
                &[
                    part("direction", &[]),
                    part("parent", PERSON),
                    part("child", CHILD),
                ]
            }
        }
        Kind::Guardianship => {
            const {
                &[
                    when("guardians/0", PERSON),
                    when("guardians/1", PERSON),
                    when("wards/0", PERSON),
                    when("wards/1", PERSON),
                    part("reason", &[]),
                    when("scope", &[]),
                ]
            }
        }
        Kind::GuardianshipEnd => {
            const {
                &[
                    when("guardians/*", FULL),
                    when("wards/*", FULL),
                    part("reason", &[]),
                ]
            }
        }
        Kind::GuardianshipSupervision => {
            const {
                &[
                    when("supervisors/*", FULL),
                    when("guardians/*", FULL),
                    when("wards/*", FULL),
                    part("reason", &[]),
                ]
            }
        }
        Kind::Adoption => {
            const {
                &[
                    when("father", FULL),
                    when("mother", FULL),
                    part("child", CHILD),
                    when("child/residence", &[]),
                    when("giver_relation", &[]),
                    when("facility", &[]),
                    when("certificate/number", &[]),
                    when("certificate/date", &[]),
                    when("certificate/authority", &[]),
                ]
            }
        }
        Kind::ForeignDissolution => {
            const {
                &[
                    part("wife", FULL),
                    part("husband", FULL),
                    part("matter", &[]),
                    part("judgment", &[]),
                    when("marriage_as_stated/office", &[]),
                    when("marriage_as_stated/number", &[]),
                    when("marriage_as_stated/registered_on", &[]),
                ]
            }
        }
        _ => const { &[when("subject", FULL), part("reason", &[])] },
    }
}

/// What is printed of any act, where it has it.
const ANY: &[Part] = &[
    when("foreign/authority", &[]),
    when("foreign/country", &[]),
    when("foreign/number", &[]),
    when("foreign/registered_on", &[]),
];

/// What is printed of any person, where it is stated.
const ANYBODY: &[&str] = &[
    "original_script",
    "entity/name",
    "entity/number",
    "entity/representative",
];

impl Content {
    /// What a copy of this entry says, with the names of offices from the directory.
    pub fn of(entry: &RegisterEntry, directory: &Directory) -> Self {
        let act = &Printed::of(&entry.current);
        let mut lines: Vec<Line> = fallen(entry).into_iter().collect();
        for part in layout(entry.kind).iter().chain(ANY) {
            match part.at.strip_suffix("/*") {
                None => part.print(act, part.at, &mut lines),
                Some(list) => {
                    let items = (0..).map(|index| format!("{list}/{index}"));
                    items
                        .take_while(|at| is_there(act, at))
                        .for_each(|at| part.print(act, &at, &mut lines));
                }
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
            notes: of_registration(entry)
                .into_iter()
                .map(str::to_owned)
                .chain(entry.notes.iter().map(|note| note.text_on_paper(directory)))
                .collect(),
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

/// What a copy of a registration that was revoked says first (Law 60/2014, Art. 12(2)).
fn fallen(entry: &RegisterEntry) -> Option<Line> {
    let revoked = entry.state().revoked?;
    Some(Line {
        label: "Việc đăng ký này đã bị hủy".to_owned(),
        value: revoked
            .on
            .map_or_else(String::new, |day| format!("từ ngày {}", day.vietnamese())),
    })
}

/// What the book itself notes of a child without known parents, in the words of the decree, on copies of entries since then: a copy
/// of before must come out the same for ever.
fn of_registration(entry: &RegisterEntry) -> Option<&'static str> {
    let Act::Birth(birth) = &entry.original else {
        return None;
    };
    let since = law::second_release()?;
    birth
        .book_note()
        .filter(|_| birth.registered_on.is_some_and(|day| since <= day))
}

impl Part {
    fn print(self, act: &Printed, at: &str, lines: &mut Vec<Line>) {
        let at = format!("/{at}");
        if !self.always && act.fields.value(&at).is_none() {
            return;
        }
        if self.fields.is_empty() {
            lines.extend(line(act, &at));
            return;
        }
        for field in self.fields {
            let pointer = format!("{at}/{field}");
            // Of a paper only what is stated; a person who shows none leaves no blanks.
            if !field.contains('/') || act.fields.value(&pointer).is_some() {
                lines.extend(line(act, &pointer));
            }
            if *field == "born_on" {
                let explained = computed_year(act, &at, lines.last_mut());
                lines.extend(explained);
            }
        }
        let anybody = ANYBODY.iter().map(|field| format!("{at}/{field}"));
        lines.extend(
            anybody
                .filter(|at| act.fields.value(at).is_some())
                .filter_map(|at| line(act, &at)),
        );
    }
}

/// How a birth year was found that the book does not give (Circular 04/2020, Art. 23): of the book of 1975 and an age of 25 it is 1950. Where
/// nobody computed it when the entry was taken over, the paper does.
fn computed_year(act: &Printed, at: &str, born_on: Option<&mut Line>) -> Option<Line> {
    let age = act.fields.value(&format!("{at}/age_as_written"))?.as_integer()?;
    let age = u8::try_from(age).ok()?;
    let born_on = born_on?;
    if born_on.value.is_empty() {
        let year = act.year.and_then(|year| year.checked_sub(u16::from(age)));
        born_on.value = year.map_or_else(String::new, |year| year.to_string());
    }
    Some(Line {
        label: born_on.label.clone(),
        value: format!("Năm sinh tính từ tuổi ghi trong Sổ ({age} tuổi)"),
    })
}

/// Beside whom a paper writes that they adopted the child (Circular 04/2020, Art. 19).
fn adoptive(act: &Printed, pointer: &str) -> Option<&'static str> {
    let title = match pointer {
        "/father/name" => "cha nuôi",
        "/mother/name" => "mẹ nuôi",
        _ => return None,
    };
    let parent = pointer.strip_suffix("/name")?;
    let standing = act.fields.value(&format!("{parent}/standing"))?;
    (*standing == Value::Integer((ParentStanding::Adoptive as u64).into())).then_some(title)
}

fn is_there(act: &Printed, at: &str) -> bool {
    act.fields.value(&format!("/{at}")).is_some()
}

fn line(act: &Printed, pointer: &str) -> Option<Line> {
    let path: Vec<&str> = pointer.trim_start_matches('/').split('/').collect();
    let known = Act::field(act.kind, &path)?;
    // A reason for a blank is for officers, not for papers.
    let value = act
        .fields
        .value(pointer)
        .filter(|value| !states_no_value(value))
        .and_then(|value| (known.to_text)(value.clone()).ok())
        .unwrap_or_default();
    // Names are printed in capitals (Circular 04/2020, Art. 31).
    let value = match path.last() {
        Some(&"name") => upper_case(&value),
        _ => value,
    };
    let value = match adoptive(act, pointer) {
        Some(title) if !value.is_empty() => format!("{value} ({title})"),
        _ => value,
    };
    Some(Line {
        label: known.label,
        value,
    })
}
