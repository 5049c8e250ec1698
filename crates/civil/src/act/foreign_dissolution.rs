//! Ghi chú ly hôn, hủy việc kết hôn đã giải quyết ở nước ngoài: a divorce or annulment abroad, noted in a book of its own
//! (Decree 123/2015, Art. 37–39).

use super::amendment::{Amended, Reached};
use super::lawful::{Lawful, Named, says};
use super::person::{BookReference, Declarant, Judgment, Person, PersonRole, Signer};
use super::shared::{EarlierRegistration, ForeignRegistration, Handling, Source};
use crate::decide::{Case, WarningCode};
use crate::stated::Stated;
use crate::value::{Date, PartialDate, PersonName, Text};
use crate::wire::{codes, record};

codes! {
    /// What was settled abroad.
    pub enum Dissolution "dissolution" {
        /// Ly hôn.
        Divorce = 1 "divorce" "Ly hôn",
        /// Hủy việc kết hôn.
        Annulment = 2 "annulment" "Hủy việc kết hôn",
    }
}

record! {
    /// The content of a divorce or annulment noted from abroad.
    pub struct ForeignDissolution "foreign_dissolution" {
        /// Số, quyển số, trang số.
        0 book: BookReference, "Số đăng ký";
        /// Ngày ghi chú.
        1 registered_on: Option<Date>, "Ngày ghi chú";
        /// When the file was received.
        2 received_on: Option<Date>, "Ngày tiếp nhận";
        /// Divorce or annulment.
        3 matter: Dissolution, "Loại việc";
        /// Vợ.
        4 wife: Person, "Vợ";
        /// Chồng.
        5 husband: Person, "Chồng";
        /// The foreign judgment.
        6 judgment: Judgment, "Bản án, quyết định, văn bản";
        /// Of which authority and country, and how it was legalised.
        7 foreign: ForeignRegistration, "Giải quyết tại nước ngoài";
        /// The marriage, where this ledger has it.
        8 marriage: Option<Reached>, "Đã đăng ký kết hôn tại, số, ngày";
        /// The marriage as the papers name it.
        9 marriage_as_stated: Option<EarlierRegistration>, "Việc kết hôn theo giấy tờ";
        /// Người yêu cầu.
        10 declarant: Option<Declarant>, "Người yêu cầu";
        /// Người ký.
        11 signer: Stated<Signer>, "Người ký";
        /// The civil-status officer who carried it out.
        12 officer: Option<PersonName>, "Người thực hiện";
        /// Ghi chú at registration.
        13 remark: Option<Text>, "Ghi chú";
        /// How the file was handled.
        14 handling: Option<Box<Handling>>, "Hồ sơ";
        /// Where the entry of an old book was read.
        15 source: Option<Box<Source>>, "Nguồn số liệu";
    }
}

impl Lawful for ForeignDissolution {
    says! { book registered_on? received_on? signer declarant handling source }

    fn occurred_on(&self) -> Option<PartialDate> {
        self.judgment.holds_from().map(PartialDate::from)
    }

    fn reaches(&self) -> Vec<&Amended> {
        self.marriage.iter().map(|reached| &reached.0).collect()
    }

    fn reach_at(&self, _index: usize) -> String {
        "/marriage".to_owned()
    }

    fn judgment(&self) -> Option<&Judgment> {
        Some(&self.judgment)
    }

    fn foreign(&self) -> Option<&ForeignRegistration> {
        Some(&self.foreign)
    }

    fn people(&self) -> Vec<Named<'_>> {
        vec![
            Named::one(PersonRole::Wife, "wife", &self.wife),
            Named::one(PersonRole::Husband, "husband", &self.husband),
        ]
    }

    fn matter(&self) -> Option<u64> {
        Some(self.matter as u64)
    }

    fn tick(&self) -> &'static str {
        "noted_from_abroad"
    }

    fn decide(&self, case: &mut Case<'_>) {
        if self.marriage.is_none() && self.marriage_as_stated.is_none() {
            case.warn(WarningCode::FieldLeftOut, "/marriage");
        }
    }
}
