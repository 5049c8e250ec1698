//! Xác nhận đã nhận thông báo: an office confirms that a notice reached it which asks for no note in a book.

use super::lawful::{Lawful, says};
use super::person::Signer;
use crate::id::{EntryId, EventId};
use crate::stated::Stated;
use crate::value::{Date, PersonName};
use crate::wire::record;

record! {
    /// A notice is acknowledged by the office to which it was owed.
    pub struct NoticeAcknowledged "notice_acknowledged" {
        /// The day.
        0 acknowledged_on: Date, "Ngày xác nhận";
        /// The act that owed the notice.
        1 event: EventId, "Sự kiện được thông báo";
        /// About which entry.
        2 entry: EntryId, "Mục đăng ký";
        /// The civil-status officer who carried it out.
        3 officer: Option<PersonName>, "Người thực hiện";
        /// Who signs for the office.
        4 signer: Stated<Signer>, "Người ký";
    }
}

impl Lawful for NoticeAcknowledged {
    says! { signer }

    fn registered_on(&self) -> Option<Date> {
        Some(self.acknowledged_on)
    }
}
