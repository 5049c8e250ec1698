//! Papers handed out, and the paper book that catches up.

use super::lawful::{Lawful, says};
use super::person::{BookReference, Signer};
use crate::id::{Digest, EventId};
use crate::stated::Stated;
use crate::value::{Date, PersonName, Text};
use crate::wire::{codes, record};

codes! {
    /// By what right somebody asks for a copy (Law 60/2014, Art. 64).
    pub enum Standing "standing" {
        /// The person themselves.
        Person = 1 "person" "Bản thân",
        /// Their representative.
        Representative = 2 "representative" "Người đại diện",
        /// An authority, in writing and with a reason.
        Authority = 3 "authority" "Cơ quan, tổ chức",
    }
}

record! {
    /// A copy of an extract, issued by any office whatever the residence (Law 60/2014, Art. 63).
    ///
    /// What it shows follows from the entry's events up to the event's basis; its hash is kept, not its text.
    pub struct ExtractIssued "extract" {
        /// Số in the book of copies.
        0 book: BookReference, "Số";
        /// Ngày cấp.
        1 issued_on: Date, "Ngày cấp";
        /// By what right it was asked for.
        2 standing: Standing, "Tư cách người yêu cầu";
        /// Who asked.
        3 requester: Option<PersonName>, "Người yêu cầu";
        /// The authority's reason.
        4 reason: Option<Text>, "Lý do";
        /// BLAKE3 of the content's canonical bytes.
        5 content_hash: Digest, "Giá trị băm của nội dung";
        /// Người ký trích lục.
        6 signer: Stated<Signer>, "Người ký trích lục";
    }
}

impl Lawful for ExtractIssued {
    says! { book signer }

    fn registered_on(&self) -> Option<Date> {
        Some(self.issued_on)
    }
}

record! {
    /// The office that keeps the paper book has written the note into it (Decree 123/2015, Art. 13).
    pub struct MarginalNoteEntered "marginal_note" {
        /// The event whose note was written.
        0 noted: EventId, "Sự kiện được ghi";
        /// When.
        1 entered_on: Date, "Ngày ghi";
        /// On which page.
        2 page: Option<u32>, "Trang số";
        /// The head who signed and sealed.
        3 signer: Stated<Signer>, "Người ký";
        /// The officer who wrote.
        4 officer: Option<PersonName>, "Người ghi";
    }
}

impl Lawful for MarginalNoteEntered {
    says! { signer }

    fn registered_on(&self) -> Option<Date> {
        Some(self.entered_on)
    }
}
