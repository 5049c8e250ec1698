//! Thu hồi, hủy bỏ văn bản xác nhận thông tin hộ tịch: a confirmation withdrawn. It is about no entry, so what revokes papers of an entry
//! ([`super::PapersRevoked`]) cannot reach it (Law 60/2014, Art. 12(2); Decree 87/2020, Art. 13).

use super::lawful::{Lawful, says};
use super::papers_revoked::RevocationGround;
use super::person::{Judgment, Signer};
use crate::id::EventId;
use crate::stated::Stated;
use crate::value::{Date, PersonName, Text};
use crate::wire::record;

record! {
    /// A confirmation of civil-status information is revoked by the office that gave it, or by the one that took its place.
    pub struct ConfirmationRevoked "confirmation_revoked" {
        /// From which day.
        0 revoked_on: Date, "Ngày thu hồi, hủy bỏ";
        /// The event by which it was given.
        1 confirmation: EventId, "Sự kiện cấp";
        /// The decision (Quyết định thu hồi, hủy bỏ).
        2 decision: Judgment, "Quyết định thu hồi, hủy bỏ";
        /// Why.
        3 ground: RevocationGround, "Căn cứ";
        /// When it was taken back.
        4 withdrawn_on: Option<Date>, "Ngày thu hồi giấy";
        /// When it was destroyed.
        5 destroyed_on: Option<Date>, "Ngày hủy giấy";
        /// Who signs for the office.
        6 signer: Stated<Signer>, "Người ký";
        /// The civil-status officer who carried it out.
        7 officer: Option<PersonName>, "Người thực hiện";
        /// Ghi chú.
        8 remark: Option<Text>, "Ghi chú";
    }
}

impl Lawful for ConfirmationRevoked {
    says! { signer }

    fn registered_on(&self) -> Option<Date> {
        Some(self.revoked_on)
    }

    fn judgment(&self) -> Option<&Judgment> {
        Some(&self.decision)
    }
}
