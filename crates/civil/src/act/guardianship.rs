//! Đăng ký giám hộ: the registration of a guardianship (Law 60/2014, Art. 19–21, 39–41).

use super::lawful::{Lawful, Named, says};
use super::person::{BookReference, Declarant, Judgment, Person, PersonRole, Signer};
use super::shared::{ForeignRegistration, Handling, Source};
use crate::decide::{Case, RefusalCode, WarningCode};
use crate::effect::Mark;
use crate::id::EntryId;
use crate::kind::Kind;
use crate::law::Threshold;
use crate::stated::Stated;
use crate::value::{Date, PersonName, Text};
use crate::wire::{codes, record};

codes! {
    /// How somebody came to be a guardian.
    pub enum GuardianshipEntry "guardianship_entry" {
        /// Giám hộ cử (Art. 20).
        Appointed = 1 "appointed" "Giám hộ cử",
        /// Giám hộ đương nhiên (Art. 21).
        Natural = 2 "natural" "Giám hộ đương nhiên",
        /// Settled abroad and noted here.
        NotedFromAbroad = 3 "noted_from_abroad" "Ghi vào Sổ việc giám hộ",
        /// Appointed by a court.
        ByJudgment = 4 "by_judgment" "Theo bản án, quyết định",
    }
}

record! {
    /// Đăng ký giám hộ (Law 60/2014, Art. 19–21); several guardians and wards are lawful.
    pub struct Guardianship "guardianship" {
        /// Số, quyển số, trang số.
        0 book: BookReference, "Số đăng ký";
        /// Ngày đăng ký.
        1 registered_on: Option<Date>, "Ngày đăng ký";
        /// When the file was received.
        2 received_on: Option<Date>, "Ngày tiếp nhận";
        /// Người giám hộ.
        3 guardians: Vec<Person>, "Người giám hộ";
        /// Người được giám hộ.
        4 wards: Vec<Person>, "Người được giám hộ";
        /// Lý do.
        5 reason: Option<Text>, "Lý do giám hộ";
        /// Người ký.
        6 signer: Stated<Signer>, "Người ký";
        /// How the guardian came to be one.
        7 entry: Option<GuardianshipEntry>, "Loại đăng ký";
        /// Người yêu cầu.
        8 declarant: Option<Declarant>, "Người yêu cầu";
        /// What was registered abroad.
        9 foreign: Option<Box<ForeignRegistration>>, "Đăng ký tại nước ngoài";
        /// By which judgment.
        10 judgment: Option<Box<Judgment>>, "Bản án, quyết định";
        /// The guardianship that it replaces: a change of guardian is an end and a new registration (Art. 23).
        11 replaces: Option<EntryId>, "Thay cho đăng ký giám hộ";
        /// The civil-status officer who carried it out.
        12 officer: Option<PersonName>, "Người thực hiện";
        /// Ghi chú at registration.
        13 remark: Option<Text>, "Ghi chú";
        /// How the file was handled.
        14 handling: Option<Box<Handling>>, "Hồ sơ";
        /// Where the entry of an old book was read.
        15 source: Option<Box<Source>>, "Nguồn số liệu";
        /// How far the guardian's powers go.
        16 scope: Option<Text>, "Phạm vi giám hộ";
    }
}

impl Lawful for Guardianship {
    says! { book registered_on? received_on? signer foreign judgment? declarant handling source }

    fn people(&self) -> Vec<Named<'_>> {
        let guardians = Named::list(PersonRole::Guardian, "guardians", &self.guardians);
        let wards = Named::list(PersonRole::Ward, "wards", &self.wards);
        guardians.chain(wards).collect()
    }

    fn tick(&self) -> &'static str {
        self.entry.map_or("any", GuardianshipEntry::name)
    }

    fn decide(&self, case: &mut Case<'_>) {
        if self.entry == Some(GuardianshipEntry::ByJudgment) && self.judgment.is_none() {
            case.refuse_new(RefusalCode::JudgmentMissing, "/judgment");
        }
        // A change of guardian is an end and a new registration (Law 60/2014, Art. 23).
        match case.replaced() {
            Some(entry) if entry.kind != Kind::Guardianship => {
                case.refuse(RefusalCode::EntryOfAnotherKind, "/replaces");
            }
            Some(entry) if entry.state().in_force() => {
                case.warn(WarningCode::GuardianshipInForce, "/replaces")
            }
            _ => {}
        }
        able(&self.guardians, "/guardians", case);
    }
}

/// Guardians and their supervisors are of age and of full capacity (Civil Code 2015, Art. 49, 51).
pub(super) fn able(people: &[Person], list: &str, case: &mut Case<'_>) {
    const DECLARED: [Mark; 3] = [
        Mark::Incapacitated,
        Mark::LimitedCapacity,
        Mark::ImpairedCognition,
    ];
    let majority = Threshold::Majority.years_on(case.ruled_on());
    for (index, person) in people.iter().enumerate() {
        let pointer = format!("{list}/{index}");
        let most = person
            .birth()
            .and_then(|born| born.full_years_until(&case.day().into()));
        let minor = person.entity.is_none()
            && most
                .zip(majority)
                .is_some_and(|((_, most), majority)| most < majority);
        let declared = case
            .person(&pointer)
            .is_some_and(|view| DECLARED.iter().any(|mark| view.marks.contains_key(mark)));
        if minor || declared {
            case.warn(WarningCode::GuardianLacksCapacity, pointer);
        }
    }
}
