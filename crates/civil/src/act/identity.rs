//! Xác định cùng người, khác người: an officer links two places of the ledger, or cuts a link. Nothing is merged.

use super::lawful::{Lawful, says};
use super::person::{PersonRef, Signer};
use crate::stated::Stated;
use crate::value::{Date, PersonName, Text};
use crate::wire::{codes, record};

codes! {
    /// What was found.
    pub enum IdentityVerdict "identity_verdict" {
        /// One person.
        Same = 1 "same" "Cùng một người",
        /// Two people.
        NotSame = 2 "not_same" "Hai người khác nhau",
    }
}

codes! {
    /// Why two people look like one, or one like two.
    pub enum Likeness "likeness" {
        /// Sinh đôi, sinh ba.
        Twins = 1 "twins" "Sinh đôi, sinh ba",
        /// Registered again.
        AgainRegistered = 2 "again_registered" "Đăng ký lại",
        /// The data moved with the person.
        MovedData = 3 "moved_data" "Số liệu chuyển theo nơi cư trú",
        /// Two of one name.
        Namesake = 4 "namesake" "Trùng họ tên",
        /// Any other.
        Other = 5 "other" "Lý do khác",
    }
}

record! {
    /// Whether two places of the ledger name one person. The latest decision on a pair counts.
    pub struct IdentityDecided "identity_decided" {
        /// The day.
        0 decided_on: Date, "Ngày xác định";
        /// One place.
        1 first: PersonRef, "Người thứ nhất";
        /// The other.
        2 second: PersonRef, "Người thứ hai";
        /// What was found.
        3 verdict: IdentityVerdict, "Kết luận";
        /// Why.
        4 reason: Text, "Lý do";
        /// Why they look alike, or do not.
        5 explained: Option<Likeness>, "Giải thích";
        /// Who signs for the office.
        6 signer: Stated<Signer>, "Người ký";
        /// The civil-status officer who carried it out.
        7 officer: Option<PersonName>, "Người thực hiện";
    }
}

impl Lawful for IdentityDecided {
    says! { signer }

    fn registered_on(&self) -> Option<Date> {
        Some(self.decided_on)
    }
}
