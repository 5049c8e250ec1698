//! Papers handed out, and the paper book that catches up.

use super::issued_paper::{Disclosure, Entitlement, IssuedPaper, SealedMatter};
use super::lawful::{Lawful, says};
use super::person::{BookReference, IdentityPaper, Signer};
use super::shared::Channel;
use crate::id::{Digest, EventId};
use crate::law::PaperForm;
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
    /// A paper of an entry: a copy, issued by any office whatever the residence, or the one original (Law 60/2014, Art. 62, 63).
    ///
    /// What it shows follows from the entry's events up to the event's basis; its hash is kept, not its text. `paper` says by which
    /// rule: without it the content is that of the first release ([`crate::content`]), with it that of RFC 0004 ([`crate::paper`]).
    pub struct ExtractIssued "extract" {
        /// Số in the book of copies; empty for an original, which carries the number of its registration.
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
        /// The sheet that is handed out; left out by the first release, which printed none.
        7 paper: Option<IssuedPaper>, "Giấy tờ được cấp";
        /// What makes the requester entitled.
        8 entitlement: Option<Entitlement>, "Quyền yêu cầu";
        /// What it tells although the law seals it.
        9 disclosure: Option<Disclosure>, "Thông tin được bảo mật mà giấy tờ cung cấp";
        /// Giấy tờ tùy thân of who asked.
        10 identity_paper: Option<IdentityPaper>, "Giấy tờ tùy thân của người yêu cầu";
        /// What it is for.
        11 purpose: Option<Text>, "Mục đích sử dụng";
        /// When the request was received.
        12 received_on: Option<Date>, "Ngày tiếp nhận";
        /// How it came.
        13 channel: Option<Channel>, "Cách nộp";
    }
}

impl ExtractIssued {
    /// Original or copy; the first release issued copies alone.
    pub fn form(&self) -> PaperForm {
        self.paper.as_ref().map_or(PaperForm::Copy, |paper| paper.form)
    }

    /// Whether it is the original: the first paper of a registration, which takes no number in the book of copies.
    pub fn is_original(&self) -> bool {
        self.form() == PaperForm::Original
    }

    /// Whether the paper may tell of an adoption.
    pub fn discloses_adoption(&self) -> bool {
        let disclosure = self.disclosure.as_ref();
        disclosure.is_some_and(|disclosure| disclosure.tells(SealedMatter::Adoption))
    }
}

impl Lawful for ExtractIssued {
    says! { received_on? signer }

    /// An original carries the number of its registration and takes none.
    fn book(&self) -> Option<&BookReference> {
        Some(&self.book).filter(|_| !self.is_original())
    }

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
