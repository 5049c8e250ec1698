//! Từ chối đăng ký bằng văn bản: the head of the office refuses in writing and says why.

use super::lawful::{Lawful, Named, says};
use super::person::{Declarant, Person, PersonRole, Signer};
use super::shared::Handling;
use crate::kind::Kind;
use crate::stated::Stated;
use crate::value::{Date, PersonName, Text};
use crate::wire::record;

record! {
    /// A written refusal. Nobody may be sent away without one (Law 60/2014, Art. 5(2)).
    pub struct ApplicationRefused "application_refused" {
        /// The day.
        0 refused_on: Date, "Ngày từ chối";
        /// When the file was received.
        1 received_on: Date, "Ngày tiếp nhận";
        /// The number of the letter.
        2 number: Option<Text>, "Số văn bản";
        /// What was asked for.
        3 kind: Kind, "Việc được yêu cầu";
        /// Who asked.
        4 applicant: Declarant, "Người yêu cầu";
        /// About whom.
        5 about: Option<Person>, "Người được đăng ký";
        /// Why.
        6 reason: Text, "Lý do từ chối";
        /// By which article.
        7 article: Text, "Căn cứ pháp luật";
        /// The head of the office.
        8 signer: Stated<Signer>, "Người ký";
        /// The civil-status officer who carried it out.
        9 officer: Option<PersonName>, "Người thực hiện";
        /// How the file was handled.
        10 handling: Option<Box<Handling>>, "Hồ sơ";
    }
}

impl Lawful for ApplicationRefused {
    says! { received_on signer handling }

    fn registered_on(&self) -> Option<Date> {
        Some(self.refused_on)
    }

    fn people(&self) -> Vec<Named<'_>> {
        let about = Named::some(PersonRole::Subject, "about", self.about.as_ref());
        about.into_iter().collect()
    }
}
