//! Ghi chú ly hôn: a divorce by judgment or decision of a Vietnamese court, noted at the marriage (Law 60/2014, Art. 3(2)đ,
//! 30–31).

use super::lawful::{Lawful, says};
use super::person::{Declarant, Judgment, Signer};
use super::shared::Handling;
use crate::stated::Stated;
use crate::value::{Date, PartialDate, PersonName, Text};
use crate::wire::record;

record! {
    /// A divorce by judgment or decision, noted at the marriage (Law 60/2014, Art. 3(2)đ, 30–31).
    pub struct DivorceNoted "divorce" {
        /// When it is noted.
        0 noted_on: Date, "Ngày ghi chú";
        /// Bản án, quyết định.
        1 judgment: Judgment, "Bản án, quyết định ly hôn";
        /// Who signs for the office.
        2 signer: Stated<Signer>, "Người ký";
        /// When the court's notice or the citizen's file was received.
        3 received_on: Option<Date>, "Ngày tiếp nhận";
        /// The civil-status officer who carried it out.
        4 officer: Option<PersonName>, "Người thực hiện";
        /// Who brought the judgment, when the court did not send it (Circular 04/2020, Art. 21).
        5 brought_by: Option<Declarant>, "Người nộp bản án, quyết định";
        /// Ghi chú.
        6 remark: Option<Text>, "Ghi chú";
        /// How the file was handled.
        7 handling: Option<Box<Handling>>, "Hồ sơ";
    }
}

impl Lawful for DivorceNoted {
    says! { received_on? signer brought_by handling }

    fn registered_on(&self) -> Option<Date> {
        Some(self.noted_on)
    }

    fn occurred_on(&self) -> Option<PartialDate> {
        self.judgment.holds_from().map(PartialDate::from)
    }

    fn judgment(&self) -> Option<&Judgment> {
        Some(&self.judgment)
    }
}
