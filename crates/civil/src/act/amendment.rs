//! Thay đổi, cải chính, bổ sung hộ tịch, xác định lại dân tộc (Law 60/2014, Art. 26–29, 45–47).
//!
//! Four legal acts with one form. Each takes a number in the book of changes of the office where it is filed, which
//! may be the office of residence, and changes one or more fields of one or more entries that lie elsewhere.

use ciborium::Value;
use serde_json::{Map, Value as Json};

use super::Act;
use super::person::{BookReference, Declarant, Signer};
use crate::cbor::Malformed;
use crate::id::EntryId;
use crate::kind::{Group, Kind};
use crate::stated::Stated;
use crate::value::{Date, Text};
use crate::wire::{FieldShape, FieldType, Form, Shape, Wire, record};

record! {
    /// The content of an amendment.
    pub struct Amendment "amendment" {
        /// Số, quyển số, trang số in the book of changes.
        0 book: BookReference, "Số đăng ký";
        /// Ngày đăng ký.
        1 registered_on: Date, "Ngày đăng ký";
        /// When the file was received; the rules of that day apply.
        2 received_on: Date, "Ngày tiếp nhận";
        /// The entries it changes.
        3 amended: Vec<Amended>, "Nội dung";
        /// Lý do.
        4 reason: Text, "Lý do";
        /// Evidence (giấy tờ, chứng cứ).
        5 evidence: Option<Text>, "Giấy tờ kèm theo";
        /// Người yêu cầu.
        6 declarant: Option<Declarant>, "Người yêu cầu";
        /// Người ký trích lục.
        7 signer: Stated<Signer>, "Người ký trích lục";
    }
}

/// What an amendment changes in one entry.
#[derive(Debug, Clone, PartialEq)]
pub struct Amended {
    /// The entry.
    pub entry: EntryId,
    /// Its kind, by which the values below are read.
    pub kind: Kind,
    /// From … to …, field by field.
    pub changes: Vec<FieldChange>,
}

/// One field: từ … thành ….
#[derive(Debug, Clone, PartialEq)]
pub struct FieldChange {
    /// Which: a JSON pointer into the entry's record. The signed bytes hold the keys on the way instead, so that no
    /// name of the JSON is bound for ever.
    pub field: String,
    /// The CBOR that stood there as the signer saw it; none when the field was left out.
    pub from: Option<Value>,
    /// The CBOR that stands there from now on; none when the field is to be left out.
    pub to: Option<Value>,
}

/// The type of a field of an entry of that kind, when an amendment may change it.
///
/// Number, dates of registration and signer are facts of the registration itself, not of the person: they are
/// amended by nobody (a slip of the pen is struck out and noted, Circular 04/2020, Art. 35).
pub fn amendable(kind: Kind, pointer: &str) -> Option<FieldType> {
    const FIXED: [&str; 7] = [
        "book",
        "registered_on",
        "received_on",
        "signer",
        "officer",
        "amended",
        "both_present",
    ];
    let path: Vec<&str> = pointer.strip_prefix('/')?.split('/').collect();
    if FIXED.contains(path.first()?) {
        None
    } else {
        Act::field(kind, &path)
    }
}

const AMENDED: Malformed = Malformed::Shape("amended");

impl Wire for Amended {
    fn to_cbor(&self) -> Value {
        let changes = self.changes.iter().map(|change| {
            let or_null = |value: &Option<Value>| value.clone().unwrap_or(Value::Null);
            // A pointer that leads nowhere becomes an empty path, which no decoder takes.
            let keys = amendable(self.kind, &change.field).map_or_else(Vec::new, |known| known.keys);
            Value::Array(vec![
                Value::Array(keys.into_iter().map(|key| Value::Integer(key.into())).collect()),
                or_null(&change.from),
                or_null(&change.to),
            ])
        });
        Value::Array(vec![
            self.entry.to_cbor(),
            Value::Integer(self.kind.code().into()),
            Value::Array(changes.collect()),
        ])
    }

    fn from_cbor(value: Value) -> Result<Self, Malformed> {
        let items = value.into_array().map_err(|_| AMENDED)?;
        let [entry, kind, changes]: [Value; 3] = items.try_into().map_err(|_| AMENDED)?;
        let entry = EntryId::from_cbor(entry)?;
        let code = kind.as_integer().and_then(|code| u64::try_from(code).ok());
        let kind = code
            .and_then(Kind::of)
            .filter(|kind| kind.opens_entry())
            .ok_or(AMENDED)?;
        let changes = changes.into_array().map_err(|_| AMENDED)?;
        if changes.is_empty() {
            return Err(AMENDED);
        }
        let changes = changes
            .into_iter()
            .map(|change| FieldChange::from_cbor(kind, change));
        Ok(Self {
            entry,
            kind,
            changes: changes.collect::<Result<_, _>>()?,
        })
    }

    fn to_json(&self) -> Json {
        let changes = self.changes.iter().map(|change| {
            let mut members = Map::new();
            members.insert("field".to_owned(), Json::String(change.field.clone()));
            let (from, to) = change.as_json(self.kind);
            members.insert("from".to_owned(), from);
            members.insert("to".to_owned(), to);
            Json::Object(members)
        });
        serde_json::json!({
            "entry": self.entry.to_string(),
            "kind": self.kind.name(),
            "changes": changes.collect::<Vec<_>>(),
        })
    }

    fn from_json(json: &Json, form: &mut Form) -> Option<Self> {
        if let Some(members) = json.as_object() {
            form.only(members, &["entry", "kind", "changes"]);
        }
        let missing = Json::Null;
        let entry = form.at("entry", |form| {
            EntryId::from_json(json.get("entry").unwrap_or(&missing), form)
        });
        let kind = form.at("kind", |form| {
            let kind = json.get("kind").and_then(Json::as_str).and_then(Kind::named);
            let amendable =
                kind.filter(|kind| matches!(kind.group(), Group::Registration | Group::Amendment));
            amendable.or_else(|| {
                form.fault(
                    "not_in_list",
                    "Không phải loại việc có mục trong Sổ.",
                    "Must name a kind that has entries.",
                )
            })
        });
        let changes = form.at("changes", |form| {
            match json.get("changes").and_then(Json::as_array) {
                Some(list) if !list.is_empty() => {
                    let read: Vec<_> = list
                        .iter()
                        .enumerate()
                        .map(|(index, change)| {
                            form.at(index, |form| FieldChange::from_json(kind?, change, form))
                        })
                        .collect();
                    read.into_iter().collect::<Option<Vec<_>>>()
                }
                _ => form.fault("missing", "Thiếu nội dung thay đổi.", "Give at least one change."),
            }
        });
        Some(Self {
            entry: entry?,
            kind: kind?,
            changes: changes?,
        })
    }

    fn shape() -> Shape {
        let field = |key, name, label, shape| FieldShape {
            key,
            name,
            label,
            required: true,
            shape,
        };
        let change = vec![
            field(0, "field", "Trường", Shape::Path),
            field(1, "from", "Từ", Shape::Any),
            field(2, "to", "Thành", Shape::Any),
        ];
        let kinds = Kind::ALL.iter().filter(|kind| kind.opens_entry());
        let kinds = kinds.map(|kind| (u64::from(kind.code()), kind.name())).collect();
        Shape::Tuple(
            "amended",
            vec![
                field(0, "entry", "Mục đăng ký", EntryId::shape()),
                field(1, "kind", "Loại việc", Shape::Codes("entry_kind", kinds)),
                field(
                    2,
                    "changes",
                    "Nội dung",
                    Shape::List(Box::new(Shape::Tuple("field_change", change))),
                ),
            ],
        )
    }
}

impl FieldChange {
    fn from_cbor(kind: Kind, value: Value) -> Result<Self, Malformed> {
        let items = value.into_array().map_err(|_| AMENDED)?;
        let [field, from, to]: [Value; 3] = items.try_into().map_err(|_| AMENDED)?;
        let keys = field.into_array().map_err(|_| AMENDED)?.into_iter();
        let keys = keys.map(|key| key.as_integer().and_then(|key| u64::try_from(key).ok()));
        let keys: Vec<u64> = keys.collect::<Option<_>>().ok_or(AMENDED)?;
        let field = Act::pointer(kind, &keys).ok_or(AMENDED)?;
        let known = amendable(kind, &field).ok_or(AMENDED)?;
        let typed = |value: Value| match value {
            Value::Null => Ok(None),
            value => (known.recode)(value).map(Some),
        };
        let (from, to) = (typed(from)?, typed(to)?);
        Ok(Self { field, from, to })
    }

    fn from_json(kind: Kind, json: &Json, form: &mut Form) -> Option<Self> {
        if let Some(members) = json.as_object() {
            form.only(members, &["field", "from", "to"]);
        }
        let pointer = json.get("field").and_then(Json::as_str).unwrap_or_default();
        let known = form.at("field", |form| {
            amendable(kind, pointer).or_else(|| {
                form.fault(
                    "no_such_field",
                    "Loại việc này không có trường đó để thay đổi.",
                    "This kind has no such field to amend.",
                )
            })
        })?;
        let mut read = |name: &'static str| match json.get(name) {
            None | Some(Json::Null) => Some(None),
            Some(value) => form.at(name, |form| (known.from_json)(value, form).map(Some)),
        };
        let (from, to) = (read("from"), read("to"));
        Some(Self {
            field: pointer.to_owned(),
            from: from?,
            to: to?,
        })
    }

    /// From and to as JSON.
    pub fn as_json(&self, kind: Kind) -> (Json, Json) {
        let known = amendable(kind, &self.field);
        let show = |value: &Option<Value>| match (value, &known) {
            (Some(value), Some(known)) => (known.to_json)(value.clone()).unwrap_or(Json::Null),
            _ => Json::Null,
        };
        (show(&self.from), show(&self.to))
    }
}
