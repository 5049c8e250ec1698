//! Đăng ký nuôi con nuôi: the registration of an adoption (Law 52/2010; Circular 04/2020, Art. 19).

use super::amendment::{Amended, Reached};
use super::lawful::{Lawful, Named, says};
use super::person::{BookReference, Declarant, Judgment, Person, PersonRole, Signer};
use super::shared::{EarlierRegistration, ForeignRegistration, Handling, Source};
use crate::decide::{Case, RefusalCode, WarningCode};
use crate::stated::Stated;
use crate::value::{Date, PersonName, Text};
use crate::wire::{codes, record};

codes! {
    /// How an adoption came into the book.
    pub enum AdoptionEntry "adoption_entry" {
        /// A new one.
        New = 1 "new" "Nuôi con nuôi",
        /// Registered again.
        Again = 2 "again" "Đăng ký lại",
        /// Settled abroad and noted here.
        NotedFromAbroad = 3 "noted_from_abroad" "Ghi vào Sổ việc nuôi con nuôi",
        /// By judgment or decision.
        ByJudgment = 4 "by_judgment" "Theo bản án, quyết định",
    }
}

record! {
    /// The content of an adoption.
    pub struct Adoption "adoption" {
        /// Số, quyển số, trang số.
        0 book: BookReference, "Số đăng ký";
        /// Ngày đăng ký.
        1 registered_on: Option<Date>, "Ngày đăng ký";
        /// When the file was received.
        2 received_on: Option<Date>, "Ngày tiếp nhận";
        /// How it came into the book.
        3 entry: AdoptionEntry, "Loại đăng ký";
        /// Con nuôi.
        4 child: Person, "Con nuôi";
        /// Cha nuôi.
        5 father: Option<Person>, "Ông (cha nuôi)";
        /// Mẹ nuôi.
        6 mother: Option<Person>, "Bà (mẹ nuôi)";
        /// What the one who gives the child is to it.
        7 giver_relation: Option<Text>, "Quan hệ của bên giao với con nuôi";
        /// The home from which the child comes.
        8 facility: Option<Text>, "Cơ sở nuôi dưỡng";
        /// Who acts for it.
        9 facility_representative: Option<Text>, "Người đại diện cơ sở nuôi dưỡng";
        /// Giấy chứng nhận nuôi con nuôi, or the decision.
        10 certificate: Option<Box<Judgment>>, "Giấy chứng nhận, quyết định nuôi con nuôi";
        /// The child's birth entry, with what changes there on request.
        11 reached: Vec<Reached>, "Mục khai sinh được ghi";
        /// What was registered abroad.
        12 foreign: Option<Box<ForeignRegistration>>, "Đăng ký tại nước ngoài";
        /// The earlier registration.
        13 earlier: Option<Box<EarlierRegistration>>, "Đăng ký trước đây";
        /// Người yêu cầu.
        14 declarant: Option<Declarant>, "Người yêu cầu";
        /// Người ký.
        15 signer: Stated<Signer>, "Người ký";
        /// The civil-status officer who carried it out.
        16 officer: Option<PersonName>, "Người thực hiện";
        /// Ghi chú at registration.
        17 remark: Option<Text>, "Ghi chú";
        /// How the file was handled.
        18 handling: Option<Box<Handling>>, "Hồ sơ";
        /// Where the entry of an old book was read.
        19 source: Option<Box<Source>>, "Nguồn số liệu";
    }
}

impl Lawful for Adoption {
    says! { book registered_on? received_on? signer foreign earlier declarant handling source }

    fn reaches(&self) -> Vec<&Amended> {
        self.reached.iter().map(|reached| &reached.0).collect()
    }

    fn judgment(&self) -> Option<&Judgment> {
        self.certificate.as_deref()
    }

    fn people(&self) -> Vec<Named<'_>> {
        let mut people = vec![Named::one(PersonRole::Child, "child", &self.child)];
        people.extend(Named::some(
            PersonRole::AdoptiveFather,
            "father",
            self.father.as_ref(),
        ));
        people.extend(Named::some(
            PersonRole::AdoptiveMother,
            "mother",
            self.mother.as_ref(),
        ));
        people
    }

    fn tick(&self) -> &'static str {
        self.entry.name()
    }

    fn decide(&self, case: &mut Case<'_>) {
        if self.father.is_none() && self.mother.is_none() {
            case.warn(WarningCode::FieldLeftOut, "/father");
        }
        if self.entry == AdoptionEntry::ByJudgment && self.certificate.is_none() {
            case.refuse_new(RefusalCode::JudgmentMissing, "/certificate");
        }
    }
}
