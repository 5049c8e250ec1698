//! Đăng ký chấm dứt giám hộ: the end of a guardianship (Law 60/2014, Art. 22).

use super::amendment::{Amended, Reached};
use super::guardianship::GuardianshipEntry;
use super::lawful::{Lawful, Named, says};
use super::person::{BookReference, Declarant, Judgment, Person, PersonRole, Signer};
use super::shared::{Handling, Source};
use crate::stated::Stated;
use crate::value::{Date, PersonName, Text};
use crate::wire::{codes, record};

codes! {
    /// Why a guardianship ends (Civil Code 2015, Art. 60, 62).
    pub enum EndCause "end_cause" {
        /// The ward is of age.
        WardOfAge = 1 "ward_of_age" "Người được giám hộ đã thành niên",
        /// The ward died.
        WardDied = 2 "ward_died" "Người được giám hộ chết",
        /// The parents can take care again.
        ParentsAble = 3 "parents_able" "Cha, mẹ đã có đủ điều kiện để thực hiện quyền, nghĩa vụ của mình",
        /// The ward was adopted.
        WardAdopted = 4 "ward_adopted" "Người được giám hộ được nhận làm con nuôi",
        /// Another guardian takes over (Art. 23).
        GuardianChanged = 5 "guardian_changed" "Thay đổi người giám hộ",
        /// The guardian died or cannot go on.
        GuardianUnable = 6 "guardian_unable" "Người giám hộ chết hoặc không còn đủ điều kiện",
        /// The ward's capacity is restored.
        CapacityRestored = 7 "capacity_restored" "Người được giám hộ đã có năng lực hành vi dân sự đầy đủ",
        /// Any other.
        Other = 8 "other" "Lý do khác",
    }
}

record! {
    /// The content of the end of a guardianship (Law 60/2014, Art. 22).
    pub struct GuardianshipEnd "guardianship_end" {
        /// Số, quyển số, trang số.
        0 book: BookReference, "Số đăng ký";
        /// Ngày đăng ký.
        1 registered_on: Option<Date>, "Ngày đăng ký";
        /// When the file was received.
        2 received_on: Option<Date>, "Ngày tiếp nhận";
        /// The guardianship, or its supervision, that ends.
        3 of: Option<Reached>, "Đăng ký giám hộ số, ngày";
        /// Người giám hộ.
        4 guardians: Vec<Person>, "Người giám hộ";
        /// Người được giám hộ.
        5 wards: Vec<Person>, "Người được giám hộ";
        /// Why, in short.
        6 cause: EndCause, "Căn cứ chấm dứt giám hộ";
        /// Lý do.
        7 reason: Option<Text>, "Lý do chấm dứt việc giám hộ";
        /// By which judgment.
        8 judgment: Option<Box<Judgment>>, "Bản án, quyết định";
        /// Người yêu cầu.
        9 declarant: Option<Declarant>, "Người yêu cầu";
        /// Người ký.
        10 signer: Stated<Signer>, "Người ký";
        /// The civil-status officer who carried it out.
        11 officer: Option<PersonName>, "Người thực hiện";
        /// Ghi chú at registration.
        12 remark: Option<Text>, "Ghi chú";
        /// How the file was handled.
        13 handling: Option<Box<Handling>>, "Hồ sơ";
        /// Where the entry of an old book was read.
        14 source: Option<Box<Source>>, "Nguồn số liệu";
        /// Of which sort the guardianship was: the tick of the page.
        15 guardianship: Option<GuardianshipEntry>, "Chấm dứt giám hộ cử, đương nhiên";
    }
}

impl Lawful for GuardianshipEnd {
    says! { book registered_on? received_on? signer judgment? declarant handling source }

    fn reaches(&self) -> Vec<&Amended> {
        self.of.iter().map(|reached| &reached.0).collect()
    }

    fn reach_at(&self, _index: usize) -> String {
        "/of".to_owned()
    }

    fn people(&self) -> Vec<Named<'_>> {
        let guardians = Named::list(PersonRole::Guardian, "guardians", &self.guardians);
        let wards = Named::list(PersonRole::Ward, "wards", &self.wards);
        guardians.chain(wards).collect()
    }
}
