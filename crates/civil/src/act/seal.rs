//! Con dấu điện tử: the certificates with which files are sealed. The ledger says which hold, so that a paper is judged without
//! asking anybody. RFC 0005.

use super::lawful::Lawful;
use crate::id::{OfficeId, SealKeyId};
use crate::value::{Date, Text};
use crate::wire::{Octets, codes, record};

codes! {
    /// What a certificate is for.
    pub enum SealUse "seal_use" {
        /// To sign other certificates.
        Root = 1 "root" "Chứng thư gốc",
        /// To seal papers of an office.
        Seal = 2 "seal" "Con dấu điện tử",
        /// To stamp the time.
        TimeStamp = 3 "time_stamp" "Dấu thời gian",
    }
}

impl SealUse {
    /// Its code in bytes (RFC 0005).
    pub const fn code(self) -> u64 {
        self as u64
    }

    /// The use of that code.
    pub fn of_code(code: u64) -> Option<Self> {
        Self::ALL.iter().copied().find(|known| known.code() == code)
    }
}

record! {
    /// A certificate holds for papers from this position on.
    pub struct SealGranted "seal_granted" {
        /// Whose seal it is; 0 for the whole country.
        0 office: OfficeId, "Cơ quan";
        /// What it is for.
        1 usage: SealUse, "Mục đích";
        /// The certificate (X.509, DER).
        2 certificate: Octets, "Chứng thư số";
        /// First day.
        3 valid_from: Date, "Từ ngày";
        /// Last day.
        4 valid_until: Date, "Đến ngày";
    }
}

record! {
    /// A certificate holds no longer. What it sealed before stays, but for what is dated from the day of suspicion on.
    pub struct SealRevoked "seal_revoked" {
        /// The SHA-256 of the certificate's public key (SubjectPublicKeyInfo).
        0 key: SealKeyId, "Khóa";
        /// The day.
        1 on: Date, "Ngày thu hồi";
        /// Why.
        2 reason: Text, "Lý do";
        /// From when somebody else may have sealed with it, where that is suspected.
        3 suspect_since: Option<Date>, "Nghi ngờ từ ngày";
    }
}

impl Lawful for SealGranted {
    fn registered_on(&self) -> Option<Date> {
        Some(self.valid_from)
    }
}

impl Lawful for SealRevoked {
    fn registered_on(&self) -> Option<Date> {
        Some(self.on)
    }
}
