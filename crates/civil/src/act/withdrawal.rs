//! Rút yêu cầu đăng ký: an applicant takes the file back before it is registered.

use super::lawful::{Lawful, Named, says};
use super::person::{Declarant, Person, PersonRole, Signer};
use super::shared::Handling;
use crate::kind::Kind;
use crate::stated::Stated;
use crate::value::{Date, PersonName, Text};
use crate::wire::record;

record! {
    /// An applicant withdraws.
    pub struct ApplicationWithdrawn "application_withdrawn" {
        /// The day.
        0 withdrawn_on: Date, "Ngày rút yêu cầu";
        /// When the file was received.
        1 received_on: Date, "Ngày tiếp nhận";
        /// What was asked for.
        2 kind: Kind, "Việc được yêu cầu";
        /// Who asked.
        3 applicant: Declarant, "Người yêu cầu";
        /// About whom.
        4 about: Option<Person>, "Người được đăng ký";
        /// Why.
        5 reason: Option<Text>, "Lý do";
        /// Who signs for the office.
        6 signer: Stated<Signer>, "Người ký";
        /// The civil-status officer who carried it out.
        7 officer: Option<PersonName>, "Người thực hiện";
        /// How the file was handled.
        8 handling: Option<Box<Handling>>, "Hồ sơ";
    }
}

impl Lawful for ApplicationWithdrawn {
    says! { received_on signer handling }

    fn registered_on(&self) -> Option<Date> {
        Some(self.withdrawn_on)
    }

    fn people(&self) -> Vec<Named<'_>> {
        let about = Named::some(PersonRole::Subject, "about", self.about.as_ref());
        about.into_iter().collect()
    }
}
