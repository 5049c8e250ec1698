//! The acts: what officers file, one record per kind, and the body in which an act is signed.

mod administration;
mod amendment;
mod birth;
mod body;
mod counted;
mod death;
mod marriage;
mod paper;
mod person;

pub use administration::*;
pub use amendment::*;
pub use birth::*;
pub use body::*;
pub use counted::*;
pub use death::*;
pub use marriage::*;
pub use paper::*;
pub use person::*;

use ciborium::Value;
use serde_json::Value as Json;

use crate::cbor::{Malformed, Writer};
use crate::id::{Digest, EntryId, EventId, KeyId, OfficeId};
use crate::kind::{BookType, Kind};
use crate::unit::UnitId;
use crate::value::{
    Date, Ethnicity, Nationality, PartialDate, PersonName, PersonalNumber, Sex, Text, TimeOfDay,
};
use crate::wire::{FieldType, Form, Shape, Wire, wire_id, wire_text};

macro_rules! acts {
    ($($kind:ident($record:ty))*) => {
        /// An act, by its kind.
        #[derive(Debug, Clone, PartialEq)]
        #[allow(missing_docs, reason = "each variant is documented at its record and at its kind")]
        pub enum Act {
            $($kind(Box<$record>),)*
        }

        impl Act {
            /// Its kind.
            pub const fn kind(&self) -> Kind {
                match self { $(Self::$kind(_) => Kind::$kind),* }
            }

            /// Its CBOR.
            pub fn to_cbor(&self) -> Value {
                match self { $(Self::$kind(act) => act.to_cbor()),* }
            }

            /// Writes the bytes of its CBOR.
            pub fn write(&self, out: &mut Writer) {
                match self { $(Self::$kind(act) => act.write(out)),* }
            }

            /// From CBOR, as an act of that kind.
            ///
            /// # Errors
            /// [`Malformed::Shape`] with the name of the record that does not fit.
            pub fn from_cbor(kind: Kind, value: Value) -> Result<Self, Malformed> {
                match kind { $(Kind::$kind => Wire::from_cbor(value).map(Self::$kind)),* }
            }

            /// Its JSON.
            pub fn to_json(&self) -> Json {
                match self { $(Self::$kind(act) => act.to_json()),* }
            }

            /// From JSON, as an act of that kind; faults go to the form.
            pub fn from_json(kind: Kind, json: &Json, form: &mut Form) -> Option<Self> {
                match kind { $(Kind::$kind => Wire::from_json(json, form).map(Self::$kind)),* }
            }

            /// The field of acts of that kind to which a path of names leads.
            pub fn field(kind: Kind, path: &[&str]) -> Option<FieldType> {
                match kind { $(Kind::$kind => <$record as Wire>::field(path)),* }
            }

            /// The JSON pointer of the field of acts of that kind to which a path of keys leads.
            pub fn pointer(kind: Kind, keys: &[u64]) -> Option<String> {
                match kind { $(Kind::$kind => <$record as Wire>::pointer(keys)),* }
            }

            /// The shape of acts of that kind.
            pub fn shape(kind: Kind) -> Shape {
                match kind { $(Kind::$kind => <$record as Wire>::shape()),* }
            }
        }
    };
}

acts! {
    LedgerFounded(LedgerFounded)
    OfficeOpened(OfficeOpened)
    OfficeSucceeded(OfficeSucceeded)
    KeyGranted(KeyGranted)
    KeyRevoked(KeyRevoked)
    CodeListPublished(CodeListPublished)
    Birth(Birth)
    Marriage(Marriage)
    Death(Death)
    MaritalStatusConfirmation(MaritalStatusConfirmation)
    ParentChildRecognition(ParentChildRecognition)
    Guardianship(Guardianship)
    Change(Amendment)
    Correction(Amendment)
    Supplement(Amendment)
    EthnicityRedetermination(Amendment)
    DivorceNoted(DivorceNoted)
    ExtractIssued(ExtractIssued)
    MarginalNoteEntered(MarginalNoteEntered)
}

impl Act {
    /// The amendment that this is, if it is one.
    pub fn amendment(&self) -> Option<&Amendment> {
        match self {
            Self::Change(act)
            | Self::Correction(act)
            | Self::Supplement(act)
            | Self::EthnicityRedetermination(act) => Some(act),
            _ => None,
        }
    }

    /// Its number in a paper book, and of which type the book is.
    pub fn book(&self) -> Option<(BookType, &BookReference)> {
        let reference = match self {
            Self::Birth(act) => &act.book,
            Self::Marriage(act) => &act.book,
            Self::Death(act) => &act.book,
            Self::MaritalStatusConfirmation(act) => &act.book,
            Self::ParentChildRecognition(act) => &act.book,
            Self::Guardianship(act) => &act.book,
            Self::ExtractIssued(act) => &act.book,
            _ => &self.amendment()?.book,
        };
        Some((self.kind().book()?, reference))
    }

    /// The day on which the office carried it out (ngày đăng ký).
    pub fn registered_on(&self) -> Date {
        match self {
            Self::LedgerFounded(act) => act.founded_on,
            Self::OfficeOpened(act) => act.opened_on,
            Self::OfficeSucceeded(act) => act.on,
            Self::KeyGranted(act) => act.valid_from,
            Self::KeyRevoked(act) => act.on,
            Self::CodeListPublished(act) => act.valid_from,
            Self::Birth(act) => act.registered_on,
            Self::Marriage(act) => act.registered_on,
            Self::Death(act) => act.registered_on,
            Self::MaritalStatusConfirmation(act) => act.registered_on,
            Self::ParentChildRecognition(act) => act.registered_on,
            Self::Guardianship(act) => act.registered_on,
            Self::Change(act)
            | Self::Correction(act)
            | Self::Supplement(act)
            | Self::EthnicityRedetermination(act) => act.registered_on,
            Self::DivorceNoted(act) => act.noted_on,
            Self::ExtractIssued(act) => act.issued_on,
            Self::MarginalNoteEntered(act) => act.entered_on,
        }
    }

    /// The day on which its file was received; its rules apply. The day of the act where no reception is kept.
    pub fn received_on(&self) -> Date {
        match self {
            Self::Birth(act) => act.received_on,
            Self::Marriage(act) => act.received_on,
            Self::Death(act) => act.received_on,
            Self::MaritalStatusConfirmation(act) => act.received_on,
            Self::ParentChildRecognition(act) => act.received_on,
            Self::Guardianship(act) => act.received_on,
            _ => self
                .amendment()
                .map_or_else(|| self.registered_on(), |act| act.received_on),
        }
    }

    /// The day on which the thing itself happened, when it is stated.
    pub fn occurred_on(&self) -> Option<PartialDate> {
        match self {
            Self::Birth(act) => act.child.birth().copied(),
            Self::Marriage(act) => act.established_on.value,
            Self::Death(act) => act.died_on.value,
            Self::DivorceNoted(act) => Some(PartialDate::from(
                act.judgment.effective_on.unwrap_or(act.judgment.date),
            )),
            _ => None,
        }
    }

    /// Who signed for the office, when the act names a signer.
    pub fn signer(&self) -> Option<&Signer> {
        let stated = match self {
            Self::Birth(act) => &act.signer,
            Self::Marriage(act) => &act.signer,
            Self::Death(act) => &act.signer,
            Self::MaritalStatusConfirmation(act) => &act.signer,
            Self::ParentChildRecognition(act) => &act.signer,
            Self::Guardianship(act) => &act.signer,
            Self::DivorceNoted(act) => &act.signer,
            Self::ExtractIssued(act) => &act.signer,
            Self::MarginalNoteEntered(act) => &act.signer,
            _ => &self.amendment()?.signer,
        };
        stated.value.as_ref()
    }

    /// The people whom it names, each with the role in which it names them.
    pub fn people(&self) -> Vec<(&'static str, &Person)> {
        let mut people = Vec::new();
        match self {
            Self::Birth(act) => {
                people.push(("child", &act.child));
                people.extend(act.mother.as_ref().map(|person| ("mother", person)));
                people.extend(act.father.as_ref().map(|person| ("father", person)));
            }
            Self::Marriage(act) => people.extend([("wife", &act.wife), ("husband", &act.husband)]),
            Self::Death(act) => people.push(("deceased", &act.deceased)),
            Self::MaritalStatusConfirmation(act) => people.push(("subject", &act.subject)),
            Self::ParentChildRecognition(act) => {
                people.extend([("parent", &act.parent), ("child", &act.child)])
            }
            Self::Guardianship(act) => {
                people.extend(act.guardians.iter().map(|person| ("guardian", person)));
                people.extend(act.wards.iter().map(|person| ("ward", person)));
            }
            _ => {}
        }
        people
    }
}

wire_text! {
    Text => "text", Text::parse, Text::from_input, Text::to_string;
    Date => "date", Date::parse, Date::parse, |date: &Date| date.vietnamese();
    PartialDate => "partial_date", PartialDate::parse, PartialDate::parse, PartialDate::vietnamese;
    TimeOfDay => "time_of_day", TimeOfDay::parse, TimeOfDay::parse, |time: &TimeOfDay| time.vietnamese();
    PersonalNumber => "personal_number", PersonalNumber::parse, PersonalNumber::parse, PersonalNumber::to_string;
    UnitId => "unit_id", UnitId::parse, UnitId::parse, UnitId::to_string;
    Sex => "sex", Sex::parse, Sex::parse, |sex: &Sex| sex.vietnamese().to_owned();
    // Read without the lists: a code that leaves a list must not make an old body unreadable. `decide` asks the lists.
    Ethnicity => "ethnicity", |text: &str| Text::parse(text).map(Ethnicity::as_recorded),
        |text: &str| Text::from_input(text).map(Ethnicity::as_recorded), |known: &Ethnicity| known.name().to_owned();
    Nationality => "nationality", |text: &str| Text::parse(text).map(Nationality::as_recorded),
        |text: &str| Text::from_input(text).map(Nationality::as_recorded), |known: &Nationality| known.name().to_owned();
}

wire_id! {
    EventId, 16, EventId::from_bytes, EventId::as_bytes;
    EntryId, 16, EntryId::from_bytes, EntryId::as_bytes;
    KeyId, 32, KeyId, |id: &KeyId| id.0;
    Digest, 32, Digest, |hash: &Digest| hash.0;
}

impl Wire for OfficeId {
    fn to_cbor(&self) -> Value {
        self.0.to_cbor()
    }
    fn from_cbor(value: Value) -> Result<Self, Malformed> {
        u32::from_cbor(value).map(Self)
    }
    fn to_json(&self) -> Json {
        self.0.to_json()
    }
    fn from_json(json: &Json, form: &mut Form) -> Option<Self> {
        u32::from_json(json, form).map(Self)
    }
    fn shape() -> Shape {
        u32::shape()
    }
}

/// CBOR: a map of the full name and the parts that are known. JSON: the full name alone, or an object with the parts.
impl Wire for PersonName {
    fn to_cbor(&self) -> Value {
        let parts = [Some(self.full()), self.family(), self.middle(), self.given()];
        let pairs = parts.into_iter().enumerate().filter_map(|(key, part)| {
            part.map(|part| (Value::Integer(key.into()), Value::Text(part.to_owned())))
        });
        Value::Map(pairs.collect())
    }

    fn write(&self, out: &mut Writer) {
        let parts = [Some(self.full()), self.family(), self.middle(), self.given()];
        out.map(parts.iter().flatten().count());
        for (key, part) in (0..).zip(parts) {
            if let Some(part) = part {
                out.uint(key).text(part);
            }
        }
    }

    fn from_cbor(value: Value) -> Result<Self, Malformed> {
        const SHAPE: Malformed = Malformed::Shape("person_name");
        let mut parts = [None, None, None, None];
        for (key, value) in value.into_map().map_err(|_| SHAPE)? {
            let key = key
                .as_integer()
                .and_then(|key| usize::try_from(key).ok())
                .ok_or(SHAPE)?;
            *parts.get_mut(key).ok_or(SHAPE)? = Some(value.into_text().map_err(|_| SHAPE)?);
        }
        let [full, family, middle, given] = &parts;
        let name = Self::parse(full.as_deref().ok_or(SHAPE)?).map_err(|_| SHAPE)?;
        name.with_parts(family.as_deref(), middle.as_deref(), given.as_deref())
            .map_err(|_| SHAPE)
    }

    fn to_json(&self) -> Json {
        if self.family().is_none() && self.middle().is_none() && self.given().is_none() {
            return Json::String(self.full().to_owned());
        }
        let mut members = serde_json::Map::new();
        let parts = [
            ("full", Some(self.full())),
            ("family", self.family()),
            ("middle", self.middle()),
            ("given", self.given()),
        ];
        for (name, part) in parts {
            members.extend(part.map(|part| (name.to_owned(), Json::String(part.to_owned()))));
        }
        Json::Object(members)
    }

    fn from_json(json: &Json, form: &mut Form) -> Option<Self> {
        if let Some(full) = json.as_str() {
            return form.value(Self::parse(&Text::normalise(full)));
        }
        let Some(members) = json.as_object() else {
            return form.fault(
                "not_text",
                "Phải là chữ.",
                "Must be text, or an object with the parts of the name.",
            );
        };
        form.only(members, &["full", "family", "middle", "given"]);
        // Each part is a line of text by the rule of the whole, and reports its faults at its own place.
        let mut part = |name: &'static str| match members.get(name) {
            None | Some(Json::Null) => Some(None),
            Some(Json::String(text)) => form
                .at(name, |form| form.value(Self::parse(&Text::normalise(text))))
                .map(Some),
            Some(_) => form.at(name, |form| {
                form.fault("not_text", "Phải là chữ.", "Must be text.")
            }),
        };
        let (full, family) = (part("full"), part("family"));
        let (middle, given) = (part("middle"), part("given"));
        let (family, middle, given) = (family?, middle?, given?);
        let Some(full) = full? else {
            return form.at("full", |form| {
                form.fault("missing", "Thiếu: Họ, chữ đệm, tên.", "Missing.")
            });
        };
        form.value(full.with_parts(
            family.as_ref().map(Self::full),
            middle.as_ref().map(Self::full),
            given.as_ref().map(Self::full),
        ))
    }

    fn vietnamese_text(&self) -> String {
        self.full().to_owned()
    }

    fn shape() -> Shape {
        let field = |key, name, label, required| crate::wire::FieldShape {
            key,
            name,
            label,
            required,
            shape: Shape::Text("name_part"),
        };
        Shape::Record(
            "person_name",
            vec![
                field(0, "full", "Họ, chữ đệm, tên", true),
                field(1, "family", "Họ", false),
                field(2, "middle", "Chữ đệm", false),
                field(3, "given", "Tên", false),
            ],
        )
    }

    fn field(path: &[&str]) -> Option<FieldType> {
        path.is_empty().then(FieldType::of::<Self>)
    }
}
