//! People, places and signatures as the acts name them.

use crate::stated::Stated;
use crate::unit::UnitId;
use crate::value::{Date, Ethnicity, Nationality, PartialDate, PersonName, PersonalNumber, Sex, Text};
use crate::wire::{Wire, codes, record};

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
    }
}

impl Person {
    /// A person of whom the name alone is stated.
    pub fn named(name: PersonName) -> Self {
        Self {
            name: Stated::plain(name),
            sex: None,
            born_on: None,
            birth_place: None,
            home_place: None,
            ethnicity: None,
            nationality: None,
            other_nationality: None,
            personal_number: None,
            residence: None,
            identity_paper: None,
        }
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
    /// Where it stands in the paper book (số, quyển số, trang số).
    pub struct BookReference "book_reference" {
        /// The running number of the year.
        0 number: u32, "Số";
        /// The year of the run of numbers.
        1 year: u16, "Năm";
        /// The volume, as it is written on it.
        2 volume: Option<Text>, "Quyển số";
        /// The page.
        3 page: Option<u32>, "Trang số";
    }
}

record! {
    /// A judgment or decision of a court or authority.
    pub struct Judgment "judgment" {
        /// Số.
        0 number: Text, "Số bản án, quyết định";
        /// Ngày.
        1 date: Date, "Ngày bản án, quyết định";
        /// Of whom.
        2 authority: Text, "Cơ quan ban hành";
        /// From when it has legal effect.
        3 effective_on: Option<Date>, "Ngày có hiệu lực";
    }
}
