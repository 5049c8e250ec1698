//! Ghi số định danh cá nhân: the number that came after the registration, never a reason to wait for it.

use super::amendment::{Amended, Reached};
use super::lawful::{Lawful, says};
use super::person::Signer;
use crate::decide::Case;
use crate::stated::Stated;
use crate::value::{Date, PersonName, Text};
use crate::wire::record;

record! {
    /// A personal number written at an entry, and at others that name the same person.
    pub struct PersonalNumberAssigned "personal_number_assigned" {
        /// When it is noted.
        0 noted_on: Date, "Ngày ghi vào Sổ";
        /// `…/personal_number` of this entry, then of others.
        1 reached: Vec<Reached>, "Mục đăng ký được ghi";
        /// Who assigned it.
        2 assigned_by: Option<Text>, "Cơ quan cấp số";
        /// Who signs for the office.
        3 signer: Stated<Signer>, "Người ký";
        /// The civil-status officer who carried it out.
        4 officer: Option<PersonName>, "Người thực hiện";
    }
}

impl Lawful for PersonalNumberAssigned {
    says! { signer }

    fn registered_on(&self) -> Option<Date> {
        Some(self.noted_on)
    }

    fn reaches(&self) -> Vec<&Amended> {
        self.reached.iter().map(|reached| &reached.0).collect()
    }

    fn decide(&self, case: &mut Case<'_>) {
        case.numbers_fit();
    }
}
