//! The acts: what officers file, one record per kind, and the body in which an act is signed.

mod administration;
mod adoption;
mod amendment;
mod birth;
mod body;
mod book;
mod confirmation_revoked;
mod death;
mod divorce;
mod erasure;
mod foreign_dissolution;
mod guardianship;
mod guardianship_end;
mod guardianship_supervision;
mod heads;
mod identity;
mod information;
mod issued_paper;
mod judgment;
mod lawful;
mod marital_status;
mod marriage;
mod notice_ack;
mod paper;
mod papers_revoked;
mod person;
mod personal_number;
mod recognition;
mod refusal;
mod seal;
mod shared;
mod task;
mod withdrawal;

pub use administration::*;
pub use adoption::*;
pub use amendment::*;
pub use birth::*;
pub use body::*;
pub use book::*;
pub use confirmation_revoked::*;
pub use death::*;
pub use divorce::*;
pub use erasure::*;
pub use foreign_dissolution::*;
pub use guardianship::*;
pub use guardianship_end::*;
pub use guardianship_supervision::*;
pub use heads::*;
pub use identity::*;
pub use information::*;
pub use issued_paper::*;
pub use judgment::*;
pub(crate) use lawful::Lawful;
pub use lawful::Named;
pub use marital_status::*;
pub use marriage::*;
pub use notice_ack::*;
pub use paper::*;
pub use papers_revoked::*;
pub use person::*;
pub use personal_number::*;
pub use recognition::*;
pub use refusal::*;
pub use seal::*;
pub use shared::*;
pub use task::*;
pub use withdrawal::*;

use ciborium::Value;
use serde_json::Value as Json;

use crate::cbor::{Malformed, Writer};
use crate::id::{Digest, EntryId, EventId, KeyId, OfficeId, SealKeyId};
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
            /// Of that kind, and no more is known of it: its body was lawfully erased.
            Lost(Lost),
        }

        impl Act {
            /// Its kind.
            pub const fn kind(&self) -> Kind {
                match self { $(Self::$kind(_) => Kind::$kind,)* Self::Lost(lost) => lost.0 }
            }

            /// Its CBOR; null where it is lost.
            pub fn to_cbor(&self) -> Value {
                match self { $(Self::$kind(act) => act.to_cbor(),)* Self::Lost(_) => Value::Null }
            }

            /// Writes the bytes of its CBOR; nothing where it is lost.
            pub fn write(&self, out: &mut Writer) {
                match self { $(Self::$kind(act) => act.write(out),)* Self::Lost(_) => {} }
            }

            /// From CBOR, as an act of that kind.
            ///
            /// # Errors
            /// [`Malformed::Shape`] with the name of the record that does not fit.
            pub fn from_cbor(kind: Kind, value: Value) -> Result<Self, Malformed> {
                match kind { $(Kind::$kind => Wire::from_cbor(value).map(Self::$kind)),* }
            }

            /// Its JSON; null where it is lost.
            pub fn to_json(&self) -> Json {
                match self { $(Self::$kind(act) => act.to_json(),)* Self::Lost(_) => Json::Null }
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

            /// What it tells of itself.
            pub(crate) fn lawful(&self) -> &dyn Lawful {
                match self { $(Self::$kind(act) => &**act,)* Self::Lost(lost) => lost }
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
    OfficerAppointed(OfficerAppointed)
    OfficerRelieved(OfficerRelieved)
    BooksEntrusted(BooksEntrusted)
    SealGranted(SealGranted)
    SealRevoked(SealRevoked)
    StreamHeads(StreamHeads)
    Birth(Birth)
    Marriage(Marriage)
    Death(Death)
    MaritalStatusConfirmation(MaritalStatusConfirmation)
    ParentChildRecognition(ParentChildRecognition)
    Guardianship(Guardianship)
    GuardianshipEnd(GuardianshipEnd)
    GuardianshipSupervision(GuardianshipSupervision)
    Adoption(Adoption)
    ForeignDissolution(ForeignDissolution)
    Change(Amendment)
    Correction(Amendment)
    Supplement(Amendment)
    EthnicityRedetermination(Amendment)
    DivorceNoted(DivorceNoted)
    JudgmentNoted(JudgmentNoted)
    PersonalNumberAssigned(PersonalNumberAssigned)
    PapersRevoked(PapersRevoked)
    ExtractIssued(ExtractIssued)
    MarginalNoteEntered(MarginalNoteEntered)
    ApplicationRefused(ApplicationRefused)
    ApplicationWithdrawn(ApplicationWithdrawn)
    BookOpened(BookOpened)
    BookClosed(BookClosed)
    IdentityDecided(IdentityDecided)
    TaskSettled(TaskSettled)
    NoticeAcknowledged(NoticeAcknowledged)
    InformationConfirmation(InformationConfirmation)
    ConfirmationRevoked(ConfirmationRevoked)
    BodiesErased(BodiesErased)
}

impl Act {
    /// Whether nothing but its kind is known: its body was lawfully erased.
    pub const fn is_lost(&self) -> bool {
        matches!(self, Self::Lost(_))
    }

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
        Some((self.kind().book()?, self.lawful().book()?))
    }

    /// The day on which the office carried it out (ngày đăng ký), as written; old books may not say it.
    pub fn registered_on(&self) -> Option<Date> {
        self.lawful().registered_on()
    }

    /// The day by which it is ordered, counted and asked for: that of registration, else the last it can be by what is legible,
    /// else the first of the book's year, else that of signing. Never printed.
    pub fn counted_on(&self, signed_on: Date) -> Date {
        let lawful = self.lawful();
        let legible = || lawful.source()?.registered_in?.latest();
        let of_book = || Date::new(lawful.book()?.year?, 1, 1).ok();
        lawful
            .registered_on()
            .or_else(legible)
            .or_else(of_book)
            .unwrap_or(signed_on)
    }

    /// The day on which its file was received, as written.
    pub fn received_on(&self) -> Option<Date> {
        self.lawful().received_on()
    }

    /// The day whose rules apply: that of reception, else the one by which it is counted.
    pub fn ruled_on(&self, signed_on: Date) -> Date {
        self.received_on().unwrap_or_else(|| self.counted_on(signed_on))
    }

    /// The day on which the thing itself happened, when it is stated.
    pub fn occurred_on(&self) -> Option<PartialDate> {
        self.lawful().occurred_on()
    }

    /// Who signed for the office, when the act names a signer.
    pub fn signer(&self) -> Option<&Signer> {
        self.lawful().signer()
    }

    /// The entries that it changes or is noted at, beside the one it opens; its own, where it is written at one, may be among
    /// them. In the order of the act. The envelope's targets are these without its own.
    pub fn reaches(&self) -> Vec<&Amended> {
        self.lawful().reaches()
    }

    /// The JSON pointer of one of [`Act::reaches`].
    pub fn reach_at(&self, index: usize) -> String {
        self.lawful().reach_at(index)
    }

    /// The people whom it names; people of one role stand together.
    pub fn people(&self) -> Vec<Named<'_>> {
        self.lawful().people()
    }

    /// The judgment or decision on which it rests.
    pub fn judgment(&self) -> Option<&Judgment> {
        self.lawful().judgment()
    }

    /// What a foreign authority did.
    pub fn foreign(&self) -> Option<&ForeignRegistration> {
        self.lawful().foreign()
    }

    /// The earlier registration of the same thing.
    pub fn earlier(&self) -> Option<&EarlierRegistration> {
        self.lawful().earlier()
    }

    /// Who came to the office about it, themselves or for another, each with the JSON pointer at which the act names them.
    pub fn asking(&self) -> impl Iterator<Item = (&'static str, &Declarant)> {
        let lawful = self.lawful();
        let proxy = lawful.handling().and_then(|handling| handling.proxy.as_ref());
        let proxy = proxy.map(|proxy| ("/handling/proxy", proxy));
        lawful.asking().into_iter().chain(proxy)
    }

    /// How the file was handled.
    pub fn handling(&self) -> Option<&Handling> {
        self.lawful().handling()
    }

    /// Where it was read, when it is an entry of an old book.
    pub fn source(&self) -> Option<&Source> {
        self.lawful().source()
    }

    /// What it is about within its kind; see [`crate::effect`].
    pub fn matter(&self) -> Option<u64> {
        self.lawful().matter()
    }

    /// The name of the tick that says how it came into the book; `any` where its form has none.
    pub fn tick(&self) -> &'static str {
        self.lawful().tick()
    }

    /// Its number in its book as papers print it; empty where it has none.
    pub fn number_shown(&self) -> String {
        let lawful = self.lawful();
        lawful
            .book()
            .map_or_else(String::new, |book| book.shown(lawful.source()))
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
    SealKeyId, 32, SealKeyId, |id: &SealKeyId| id.0;
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
