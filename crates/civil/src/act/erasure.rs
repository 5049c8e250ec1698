//! Xóa dữ liệu theo luật: bodies of events erased by an authority, and what is left of an act whose body is gone. RFC 0008.

use super::lawful::Lawful;
use crate::kind::Kind;
use crate::value::{Date, Text};
use crate::wire::{codes, record};

codes! {
    /// Why (Law 91/2025/QH15, Art. 14).
    pub enum ErasureGround "erasure_ground" {
        /// A judgment of a court.
        Court = 1 "court" "Bản án, quyết định của Tòa án",
        /// A decision of a competent authority.
        Authority = 2 "authority" "Quyết định của cơ quan nhà nước có thẩm quyền",
        /// It was recorded about the wrong person.
        WrongPerson = 3 "wrong_person" "Ghi nhầm người",
        /// The time for which it may be kept is over.
        RetentionEnded = 4 "retention_ended" "Hết thời hạn lưu trữ",
    }
}

record! {
    /// The bodies of these events are lawfully erased: their keys are destroyed, the signed events stay. Says nothing personal.
    pub struct BodiesErased "bodies_erased" {
        /// The positions of the events, in ascending order.
        0 positions: Vec<u64>, "Vị trí các sự kiện";
        /// Which authority decided.
        1 authority: Text, "Cơ quan quyết định";
        /// By which paper: kind, number and day.
        2 legal_basis: Text, "Căn cứ pháp lý";
        /// Why.
        3 ground: Option<ErasureGround>, "Lý do";
    }
}

impl Lawful for BodiesErased {
    fn registered_on(&self) -> Option<Date> {
        None
    }
}

/// What is left of an act whose body was lawfully erased: its kind. No body says this, and it is never written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lost(pub Kind);

impl Lawful for Lost {
    fn registered_on(&self) -> Option<Date> {
        None
    }
}
