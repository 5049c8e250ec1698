//! Xác nhận thông tin hộ tịch: a written confirmation of what the ledger holds, or that it holds nothing.

use super::issued_paper::IssuedPaper;
use super::lawful::{Lawful, Named, says};
use super::paper::Standing;
use super::person::{BookReference, Declarant, Person, PersonRole, Signer};
use super::shared::Handling;
use crate::id::EntryId;
use crate::stated::Stated;
use crate::value::{Date, PersonName, Text};
use crate::wire::record;

record! {
    /// A confirmation of civil-status information. About entries, but it opens and continues none.
    pub struct InformationConfirmation "information_confirmation" {
        /// Số, quyển số, trang số.
        0 book: BookReference, "Số";
        /// Ngày xác nhận.
        1 registered_on: Date, "Ngày xác nhận";
        /// When the file was received.
        2 received_on: Date, "Ngày tiếp nhận";
        /// Who asked.
        3 requester: Declarant, "Người yêu cầu";
        /// By what right (Law 60/2014, Art. 64).
        4 standing: Standing, "Tư cách người yêu cầu";
        /// About whom.
        5 about: Person, "Người được xác nhận";
        /// The entries that say it; none when nothing was found.
        6 entries: Vec<EntryId>, "Mục đăng ký";
        /// What was asked.
        7 asked: Text, "Nội dung yêu cầu";
        /// What is confirmed.
        8 confirmed: Text, "Nội dung xác nhận";
        /// Which books were searched.
        9 searched: Option<Text>, "Phạm vi tra cứu";
        /// Who signs for the office.
        10 signer: Stated<Signer>, "Người ký";
        /// The civil-status officer who carried it out.
        11 officer: Option<PersonName>, "Người thực hiện";
        /// How the file was handled.
        12 handling: Option<Box<Handling>>, "Hồ sơ";
        /// The sheet that is handed out: the confirmation is its own paper.
        13 paper: Option<IssuedPaper>, "Giấy tờ được cấp";
    }
}

impl Lawful for InformationConfirmation {
    says! { book received_on signer handling }

    fn registered_on(&self) -> Option<Date> {
        Some(self.registered_on)
    }

    fn people(&self) -> Vec<Named<'_>> {
        vec![Named::one(PersonRole::Subject, "about", &self.about)]
    }
}
