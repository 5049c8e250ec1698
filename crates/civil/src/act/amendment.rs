//! Thay đổi, cải chính, bổ sung hộ tịch, xác định lại dân tộc (Law 60/2014, Art. 26–29, 45–47).
//!
//! Four legal acts with one form. Each takes a number in the book of changes of the office where it is filed, which
//! may be the office of residence, and changes one or more fields of one or more entries that lie elsewhere.

use ciborium::Value;
use serde_json::{Map, Value as Json};

use super::Act;
use super::lawful::{Lawful, Named, says};
use super::person::{BookReference, Declarant, Person, PersonRole, Signer};
use super::shared::{ForeignRegistration, Handling, Source};
use crate::cbor::Malformed;
use crate::decide::{Case, WarningCode};
use crate::id::EntryId;
use crate::kind::Kind;
use crate::law::Threshold;
use crate::stated::Stated;
use crate::value::{Date, PersonName, Text};
use crate::wire::{FieldShape, FieldType, Form, Shape, Wire, record};

record! {
    /// The content of an amendment.
    pub struct Amendment "amendment" {
        /// Số, quyển số, trang số in the book of changes.
        0 book: BookReference, "Số đăng ký";
        /// Ngày đăng ký.
        1 registered_on: Option<Date>, "Ngày đăng ký";
        /// When the file was received; the rules of that day apply.
        2 received_on: Option<Date>, "Ngày tiếp nhận";
        /// The entries it changes.
        3 amended: Vec<Amended>, "Nội dung";
        /// Lý do.
        4 reason: Option<Text>, "Lý do";
        /// Evidence (giấy tờ, chứng cứ).
        5 evidence: Option<Text>, "Giấy tờ kèm theo";
        /// Người yêu cầu.
        6 declarant: Option<Declarant>, "Người yêu cầu";
        /// Người ký trích lục.
        7 signer: Stated<Signer>, "Người ký trích lục";
        /// Whose data change, as the page names them.
        8 subject: Option<Person>, "Người được thay đổi, cải chính, bổ sung, xác định lại dân tộc";
        /// What was settled abroad.
        9 foreign: Option<Box<ForeignRegistration>>, "Giải quyết tại nước ngoài";
        /// Which papers say it wrong.
        10 papers: Vec<Text>, "Tên giấy tờ hộ tịch";
        /// The civil-status officer who carried it out.
        11 officer: Option<PersonName>, "Người thực hiện";
        /// Ghi chú at registration.
        12 remark: Option<Text>, "Ghi chú";
        /// How the file was handled.
        13 handling: Option<Box<Handling>>, "Hồ sơ";
        /// Where the entry of an old book was read.
        14 source: Option<Box<Source>>, "Nguồn số liệu";
        /// Who consented: the parents, and the child itself from nine years on (Decree 123/2015, Art. 7).
        15 consent: Option<Text>, "Sự đồng ý của cha, mẹ, của người từ đủ 9 tuổi";
    }
}

impl Lawful for Amendment {
    says! { book registered_on? received_on? signer foreign declarant handling source }

    fn reaches(&self) -> Vec<&Amended> {
        self.amended.iter().collect()
    }

    fn reach_at(&self, index: usize) -> String {
        format!("/amended/{index}")
    }

    fn people(&self) -> Vec<Named<'_>> {
        let subject = Named::some(PersonRole::Subject, "subject", self.subject.as_ref());
        subject.into_iter().collect()
    }

    /// What was settled abroad is noted.
    fn tick(&self) -> &'static str {
        match self.foreign {
            Some(_) => "noted_from_abroad",
            None => "any",
        }
    }

    fn decide(&self, case: &mut Case<'_>) {
        let years = |age: Threshold| age.years_on(case.ruled_on());
        if self.consent.is_some() || self.foreign.is_some() {
            return;
        }
        match case.kind() {
            Kind::Change => {
                let under = years(Threshold::ConsentParents);
                let ages = case.ages_of_changed("/name");
                if ages
                    .iter()
                    .any(|(_, most)| under.is_some_and(|under| *most < under))
                {
                    case.warn(WarningCode::ConsentMissing, "/consent");
                }
            }
            Kind::EthnicityRedetermination => {
                let (from, until) = (
                    years(Threshold::EthnicityConsentFrom),
                    years(Threshold::EthnicityConsentUntil),
                );
                let between = |(least, most): &(i32, i32)| {
                    from.zip(until)
                        .is_some_and(|(from, until)| from <= *most && *least < until)
                };
                if case.ages_of_changed("/ethnicity").iter().any(between) {
                    case.warn(WarningCode::EthnicityAge, "/consent");
                }
            }
            _ => {}
        }
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
/// amended by nobody (a slip of the pen is struck out and noted, Circular 04/2020, Art. 35). How the file was handled, where it
/// was read, and which entries and people it is tied to are facts of that kind too.
pub fn amendable(kind: Kind, pointer: &str) -> Option<FieldType> {
    const FIXED: [&str; 14] = [
        "book",
        "registered_on",
        "received_on",
        "signer",
        "officer",
        "amended",
        "both_present",
        "handling",
        "source",
        "reached",
        "of",
        "marriage",
        "earlier",
        "replaces",
    ];
    let path: Vec<&str> = pointer.strip_prefix('/')?.split('/').collect();
    // Links between people are made and cut by decisions of their own.
    if FIXED.contains(path.first()?) || path.contains(&"known_as") {
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
        let amended = Self::read(value, AMENDED)?;
        if amended.changes.is_empty() {
            return Err(AMENDED);
        }
        Ok(amended)
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
        Self::fill_in(json, form, false)
    }

    fn shape() -> Shape {
        Shape::Tuple("amended", Self::members(Shape::List))
    }
}

impl Amended {
    /// With or without changes; the fault is that of the record in which it stands.
    fn read(value: Value, fault: Malformed) -> Result<Self, Malformed> {
        let items = value.into_array().map_err(|_| fault)?;
        let [entry, kind, changes]: [Value; 3] = items.try_into().map_err(|_| fault)?;
        let entry = EntryId::from_cbor(entry)?;
        let code = kind.as_integer().and_then(|code| u64::try_from(code).ok());
        let kind = code
            .and_then(Kind::of)
            .filter(|kind| kind.opens_entry())
            .ok_or(fault)?;
        let changes = changes.into_array().map_err(|_| fault)?;
        let changes = changes
            .into_iter()
            .map(|change| FieldChange::from_cbor(kind, change));
        Ok(Self {
            entry,
            kind,
            changes: changes.collect::<Result<_, _>>()?,
        })
    }

    fn fill_in(json: &Json, form: &mut Form, may_be_empty: bool) -> Option<Self> {
        if let Some(members) = json.as_object() {
            form.only(members, &["entry", "kind", "changes"]);
        }
        let missing = Json::Null;
        let entry = form.at("entry", |form| {
            EntryId::from_json(json.get("entry").unwrap_or(&missing), form)
        });
        let kind = form.at("kind", |form| {
            let kind = json.get("kind").and_then(Json::as_str).and_then(Kind::named);
            let amendable = kind.filter(|kind| kind.opens_entry());
            amendable.or_else(|| {
                form.fault(
                    "not_in_list",
                    "Không phải loại việc có mục trong Sổ.",
                    "Must name a kind that has entries.",
                )
            })
        });
        let changes = form.at("changes", |form| match json.get("changes") {
            None if may_be_empty => Some(Vec::new()),
            Some(Json::Array(list)) if may_be_empty || !list.is_empty() => {
                let read: Vec<_> = list
                    .iter()
                    .enumerate()
                    .map(|(index, change)| form.at(index, |form| FieldChange::from_json(kind?, change, form)))
                    .collect();
                read.into_iter().collect::<Option<Vec<_>>>()
            }
            _ => form.fault("missing", "Thiếu nội dung thay đổi.", "Give at least one change."),
        });
        Some(Self {
            entry: entry?,
            kind: kind?,
            changes: changes?,
        })
    }

    fn members(list: fn(Box<Shape>) -> Shape) -> Vec<FieldShape> {
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
        vec![
            field(0, "entry", "Mục đăng ký", EntryId::shape()),
            field(1, "kind", "Loại việc", Shape::Codes("entry_kind", kinds)),
            field(
                2,
                "changes",
                "Nội dung",
                list(Box::new(Shape::Tuple("field_change", change))),
            ),
        ]
    }
}

/// An entry that an act reaches beside the one it opens or continues: as an amended one, but there may be nothing that
/// changes in it. It then only gets the note.
#[derive(Debug, Clone, PartialEq)]
pub struct Reached(pub Amended);

impl Reached {
    /// An entry of that kind in which nothing changes.
    pub const fn noted(entry: EntryId, kind: Kind) -> Self {
        Self(Amended {
            entry,
            kind,
            changes: Vec::new(),
        })
    }
}

impl Wire for Reached {
    fn to_cbor(&self) -> Value {
        self.0.to_cbor()
    }
    fn from_cbor(value: Value) -> Result<Self, Malformed> {
        Amended::read(value, Malformed::Shape("reached")).map(Self)
    }
    fn to_json(&self) -> Json {
        self.0.to_json()
    }
    fn from_json(json: &Json, form: &mut Form) -> Option<Self> {
        Amended::fill_in(json, form, true).map(Self)
    }
    fn shape() -> Shape {
        Shape::Tuple("reached", Amended::members(Shape::Several))
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
