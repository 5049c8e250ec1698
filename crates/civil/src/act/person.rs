//! People, places and signatures as the acts name them.
//!
//! Key 4 of a name and of a stated value stay unused for ever: the negative vectors of RFC 0001 hold them to be unknown.

use std::fmt;
use std::num::NonZeroU8;
use std::str::FromStr;

use ciborium::Value;
use serde_json::Value as Json;

use super::shared::Source;
use crate::cbor::Malformed;
use crate::id::{BadId, EntryId};
use crate::stated::Stated;
use crate::unit::UnitId;
use crate::value::{Date, Ethnicity, Nationality, PartialDate, PersonName, PersonalNumber, Sex, Text};
use crate::wire::{Form, Shape, Wire, codes, record};

record! {
    /// A place as it was on the day (Circular 04/2020, Art. 30): the text, and the dated unit when it is known.
    pub struct Place "place" shown by Place::in_words {
        /// As the book or the declaration writes it.
        0 text: Text, "Địa danh";
        /// The administrative unit of that day; left out when no list has it.
        1 unit: Option<UnitId>, "Đơn vị hành chính";
        /// The health facility (Decree 123/2015, Art. 4(1)).
        2 facility: Option<Text>, "Cơ sở y tế";
    }
}

impl Place {
    /// As papers print it: the facility, then the place as written.
    pub fn in_words(&self) -> String {
        match &self.facility {
            Some(facility) => format!("{facility}, {}", self.text),
            None => self.text.to_string(),
        }
    }
}

codes! {
    /// A kind of identity paper (giấy tờ tùy thân).
    pub enum PaperKind "identity_paper_kind" {
        /// Nine digits; still in old books.
        OldIdentityCard = 1 "cmnd" "Chứng minh nhân dân",
        /// Hộ chiếu.
        Passport = 2 "passport" "Hộ chiếu",
        /// Thẻ thường trú.
        PermanentResidentCard = 3 "permanent_resident_card" "Thẻ thường trú",
        /// Căn cước công dân (2016–2024).
        CitizenIdentityCard = 4 "cccd" "Thẻ căn cước công dân",
        /// Of the armed forces.
        MilitaryCard = 5 "military_card" "Chứng minh quân đội",
        /// Of officers.
        OfficerCard = 6 "officer_card" "Chứng minh sĩ quan",
        /// Of the police.
        PoliceCard = 7 "police_card" "Chứng minh công an",
        /// Any other.
        Other = 8 "other" "Giấy tờ khác",
        /// Thẻ căn cước (Law 26/2023).
        IdentityCard = 9 "can_cuoc" "Thẻ căn cước",
        /// Giấy chứng nhận căn cước (Law 26/2023, Art. 30).
        IdentityCertificate = 10 "identity_certificate" "Giấy chứng nhận căn cước",
        /// Căn cước điện tử.
        ElectronicIdentity = 11 "electronic_identity" "Căn cước điện tử",
        /// Thẻ tạm trú.
        TemporaryResidentCard = 12 "temporary_resident_card" "Thẻ tạm trú",
    }
}

record! {
    /// An identity paper that somebody showed.
    pub struct IdentityPaper "identity_paper" {
        /// Its kind.
        0 kind: PaperKind, "Loại giấy tờ";
        /// Its number.
        1 number: Text, "Số";
        /// When it was issued.
        2 issued_on: Option<PartialDate>, "Ngày cấp";
        /// By whom.
        3 issued_by: Option<Text>, "Nơi cấp";
    }
}

codes! {
    /// In which part an act names somebody: the same words as the fields.
    pub enum PersonRole "person_role" {
        /// Con, người được khai sinh, con nuôi.
        Child = 1 "child" "Con",
        /// Mẹ.
        Mother = 2 "mother" "Mẹ",
        /// Cha.
        Father = 3 "father" "Cha",
        /// Vợ.
        Wife = 4 "wife" "Vợ",
        /// Chồng.
        Husband = 5 "husband" "Chồng",
        /// Người chết.
        Deceased = 6 "deceased" "Người chết",
        /// Người được xác nhận, người được thay đổi.
        Subject = 7 "subject" "Người được đăng ký",
        /// Cha hoặc mẹ nhận con, hoặc được con nhận.
        Parent = 8 "parent" "Cha, mẹ",
        /// Người giám hộ.
        Guardian = 9 "guardian" "Người giám hộ",
        /// Người được giám hộ.
        Ward = 10 "ward" "Người được giám hộ",
        /// Người giám sát việc giám hộ.
        Supervisor = 11 "supervisor" "Người giám sát việc giám hộ",
        /// Cha nuôi.
        AdoptiveFather = 12 "adoptive_father" "Cha nuôi",
        /// Mẹ nuôi.
        AdoptiveMother = 13 "adoptive_mother" "Mẹ nuôi",
        /// Bên giao con nuôi.
        Giver = 14 "giver" "Bên giao con nuôi",
    }
}

record! {
    /// A person, as the one whom an entry names in that part. People have no numbers of their own: a person is the set of
    /// places that officers have linked.
    #[derive(Copy, Eq, PartialOrd, Ord, Hash)]
    pub struct PersonRef "person_ref" {
        /// The entry.
        0 entry: EntryId, "Mục đăng ký";
        /// The part in which it names them.
        1 role: PersonRole, "Tư cách";
        /// How many of that part come before; left out for the first.
        2 index: Option<NonZeroU8>, "Thứ tự";
    }
}

impl PersonRef {
    /// The person of that part and place of an entry.
    pub const fn new(entry: EntryId, role: PersonRole, index: u8) -> Self {
        Self {
            entry,
            role,
            index: NonZeroU8::new(index),
        }
    }

    /// How many of that part come before.
    pub fn place(&self) -> usize {
        self.index.map_or(0, |index| usize::from(index.get()))
    }
}

/// `ENTRY.role`, or `ENTRY.role.1` for the second: as addresses have it.
impl fmt::Display for PersonRef {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}.{}", self.entry, self.role.name())?;
        match self.index {
            Some(index) => write!(out, ".{index}"),
            None => Ok(()),
        }
    }
}

impl FromStr for PersonRef {
    type Err = BadId;

    fn from_str(text: &str) -> Result<Self, BadId> {
        const BAD: BadId = BadId("a person (entry.role or entry.role.number)");
        let mut parts = text.split('.');
        let entry = parts.next().and_then(|entry| entry.parse().ok()).ok_or(BAD)?;
        let role = parts.next().ok_or(BAD)?;
        let role = PersonRole::ALL.iter().copied().find(|known| known.name() == role);
        let index = parts
            .next()
            .map_or(Ok(0), |index| index.parse().map_err(|_| BAD))?;
        let found = Self::new(entry, role.ok_or(BAD)?, index);
        // `ENTRY.child.0` and `ENTRY.child.01` would be second names of one person.
        if found.to_string() == text {
            Ok(found)
        } else {
            Err(BAD)
        }
    }
}

/// A place behind the first, which alone is not written.
impl Wire for NonZeroU8 {
    fn to_cbor(&self) -> Value {
        self.get().to_cbor()
    }
    fn from_cbor(value: Value) -> Result<Self, Malformed> {
        Self::new(u8::from_cbor(value)?).ok_or(Malformed::Shape("number"))
    }
    fn to_json(&self) -> Json {
        self.get().to_json()
    }
    fn from_json(json: &Json, form: &mut Form) -> Option<Self> {
        let number = json.as_u64().and_then(|number| u8::try_from(number).ok());
        number.and_then(Self::new).or_else(|| {
            form.fault(
                "not_a_number",
                "Phải là một số nguyên dương.",
                "Must be a whole number in range.",
            )
        })
    }
    fn shape() -> Shape {
        Shape::Ordinal(u64::from(u8::MAX))
    }
}

codes! {
    /// What makes somebody a parent.
    pub enum ParentStanding "parent_standing" {
        /// Cha, mẹ đẻ.
        Birth = 1 "birth" "cha, mẹ đẻ",
        /// Cha nuôi, mẹ nuôi.
        Adoptive = 2 "adoptive" "cha nuôi, mẹ nuôi",
        /// Cha dượng, mẹ kế.
        Step = 3 "step" "cha dượng, mẹ kế",
        /// Recognised, or determined by a court.
        Recognised = 4 "recognised" "cha, mẹ được nhận, được xác định",
    }
}

record! {
    /// An organisation that is a guardian.
    pub struct LegalEntity "legal_entity" {
        /// Its name.
        0 name: Text, "Tên tổ chức";
        /// Its number.
        1 number: Option<Text>, "Mã số tổ chức";
        /// Who acts for it.
        2 representative: Option<PersonName>, "Người đại diện";
    }
}

record! {
    /// A person as an act names them. Only the name is asked for by the format; what a kind of act needs is a rule.
    pub struct Person "person" shown by Person::in_words {
        /// Họ, chữ đệm, tên.
        0 name: Stated<PersonName>, "Họ, chữ đệm, tên";
        /// Giới tính.
        1 sex: Option<Stated<Sex>>, "Giới tính";
        /// Ngày, tháng, năm sinh.
        2 born_on: Option<Stated<PartialDate>>, "Ngày, tháng, năm sinh";
        /// Nơi sinh.
        3 birth_place: Option<Stated<Place>>, "Nơi sinh";
        /// Quê quán (Law 60/2014, Art. 4(8)).
        4 home_place: Option<Stated<Place>>, "Quê quán";
        /// Dân tộc.
        5 ethnicity: Option<Stated<Ethnicity>>, "Dân tộc";
        /// Quốc tịch.
        6 nationality: Option<Stated<Nationality>>, "Quốc tịch";
        /// Quốc tịch khác.
        7 other_nationality: Option<Stated<Nationality>>, "Quốc tịch khác";
        /// Số định danh cá nhân; may come after the registration.
        8 personal_number: Option<Stated<PersonalNumber>>, "Số định danh cá nhân";
        /// Nơi cư trú.
        9 residence: Option<Stated<Place>>, "Nơi cư trú";
        /// Giấy tờ tùy thân.
        10 identity_paper: Option<IdentityPaper>, "Giấy tờ tùy thân";
        /// The place of the ledger where an officer found the same person: a link, made by the officer who signs.
        11 known_as: Option<Box<PersonRef>>, "Là người đã đăng ký tại";
        /// What makes a parent a parent.
        12 standing: Option<ParentStanding>, "Tư cách cha, mẹ";
        /// The name in foreign letters.
        13 original_script: Option<Text>, "Tên theo chữ nước ngoài";
        /// The age that the book gives in place of a birth year (Circular 04/2020, Art. 23).
        14 age_as_written: Option<u8>, "Tuổi như ghi trong Sổ";
        /// The organisation, where a guardian is one; the name is then that of its representative.
        15 entity: Option<Box<LegalEntity>>, "Tổ chức giám hộ";
    }
}

impl Person {
    /// A person of whom the name alone is stated.
    pub fn named(name: PersonName) -> Self {
        Self::least(Stated::plain(name))
    }

    /// The name and what of the rest is stated, in the order of the forms.
    pub fn in_words(&self) -> String {
        let stated = [
            self.born_on.as_ref().map(Wire::vietnamese_text),
            self.residence.as_ref().map(Wire::vietnamese_text),
        ];
        let mut words = self.name.vietnamese_text();
        for part in stated.into_iter().flatten() {
            words.push_str(", ");
            words.push_str(&part);
        }
        words
    }

    /// Whether another nationality than the Vietnamese is stated.
    pub fn is_foreigner(&self) -> bool {
        let stated = self.nationality.as_ref().and_then(|stated| stated.value.as_ref());
        stated.is_some_and(|nationality| !nationality.is_vietnamese())
    }

    /// The birth date, when one is stated.
    pub fn birth(&self) -> Option<&PartialDate> {
        self.born_on.as_ref()?.value.as_ref()
    }
}

record! {
    /// Who came to register (người đi đăng ký); not the subject.
    pub struct Declarant "declarant" {
        /// Họ, chữ đệm, tên.
        0 name: Stated<PersonName>, "Họ, chữ đệm, tên người yêu cầu";
        /// Quan hệ với người được đăng ký.
        1 relation: Option<Text>, "Quan hệ với người được đăng ký";
        /// Giấy tờ tùy thân.
        2 identity_paper: Option<IdentityPaper>, "Giấy tờ tùy thân";
    }
}

record! {
    /// Who signs the book or the paper for the office.
    pub struct Signer "signer" {
        /// Họ, chữ đệm, tên.
        0 name: PersonName, "Người ký";
        /// Chức vụ.
        1 title: Text, "Chức vụ";
    }
}

record! {
    /// Where it stands in the paper book (số, quyển số, trang số). A new registration states number and year; an old book may
    /// not. Key 4 stays unused for ever: the negative vectors of RFC 0001 hold it to be unknown.
    pub struct BookReference "book_reference" {
        /// The running number of the year.
        0 number: Option<u32>, "Số";
        /// The year of the run of numbers.
        1 year: Option<u16>, "Năm";
        /// The volume, as it is written on it.
        2 volume: Option<Text>, "Quyển số";
        /// The page.
        3 page: Option<u32>, "Trang số";
    }
}

impl BookReference {
    /// That number of that year's run.
    pub const fn numbered(number: u32, year: u16) -> Self {
        Self {
            number: Some(number),
            year: Some(year),
            volume: None,
            page: None,
        }
    }

    /// The number, 0 when it is not stated; for columns, never for papers.
    pub fn number_or_zero(&self) -> u32 {
        self.number.unwrap_or_default()
    }

    /// The year, 0 when it is not stated; for columns, never for papers.
    pub fn year_or_zero(&self) -> u16 {
        self.year.unwrap_or_default()
    }

    /// As papers print it: `12/2026`; as the book writes it where it states no number of a run; else nothing.
    pub fn shown(&self, source: Option<&Source>) -> String {
        let written = source.and_then(|source| source.number_as_written.as_ref());
        match (self.number, self.year, written) {
            (Some(number), Some(year), _) => format!("{number}/{year}"),
            (_, _, Some(written)) => written.to_string(),
            (Some(number), None, None) => number.to_string(),
            (None, _, None) => String::new(),
        }
    }
}

codes! {
    /// What a court or authority gave.
    pub enum JudgmentForm "judgment_form" {
        /// Bản án.
        Judgment = 1 "judgment" "Bản án",
        /// Quyết định.
        Decision = 2 "decision" "Quyết định",
        /// Any other paper.
        Other = 3 "other" "Văn bản",
    }
}

record! {
    /// A judgment or decision of a court or authority.
    pub struct Judgment "judgment" shown by Judgment::in_words {
        /// Số.
        0 number: Option<Text>, "Số bản án, quyết định";
        /// Ngày.
        1 date: Option<Date>, "Ngày bản án, quyết định";
        /// Of whom.
        2 authority: Text, "Cơ quan ban hành";
        /// From when it has legal effect.
        3 effective_on: Option<Date>, "Ngày có hiệu lực";
        /// Who signed it.
        4 signer: Option<PersonName>, "Người ký bản án, quyết định";
        /// When the court's notice reached the office (Law 60/2014, Art. 30).
        5 notice_received_on: Option<Date>, "Ngày nhận thông báo";
        /// What it is.
        6 form: Option<JudgmentForm>, "Hình thức";
    }
}
