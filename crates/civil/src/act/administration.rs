//! The ledger describes itself: its founding, offices, keys and code lists.

use crate::id::{Digest, KeyId, OfficeId};
use crate::unit::UnitId;
use crate::value::{Date, PersonName, Text};
use crate::wire::{Octets, codes, record};

record! {
    /// The first event. Signed with the key that it names; every chain of this ledger hangs from it.
    pub struct LedgerFounded "ledger_founded" {
        /// The origin of the log, for ever (C2SP tlog-checkpoint).
        0 origin: Text, "Định danh sổ cái";
        /// The administration's first key: a COSE_Key.
        1 key: Octets, "Khóa gốc";
        /// The day.
        2 founded_on: Date, "Ngày lập";
        /// The public key of the log's checkpoints: a C2SP vkey.
        3 log_key: Text, "Khóa ký mốc kiểm tra";
    }
}

codes! {
    /// The level of an office.
    pub enum OfficeLevel "office_level" {
        /// UBND xã, phường, thị trấn, đặc khu.
        Commune = 1 "commune" "cấp xã",
        /// UBND huyện, until 2025-06-30.
        District = 2 "district" "cấp huyện",
        /// Cơ quan đại diện.
        Mission = 3 "mission" "cơ quan đại diện",
        /// Sở Tư pháp.
        Province = 4 "province" "cấp tỉnh",
        /// Bộ Tư pháp.
        Ministry = 5 "ministry" "Bộ Tư pháp",
    }
}

record! {
    /// An office opens. An office is not a unit: it has a number for ever, and successors.
    pub struct OfficeOpened "office_opened" {
        /// Its number.
        0 office: OfficeId, "Mã cơ quan";
        /// Its name.
        1 name: Text, "Tên cơ quan";
        /// Its level.
        2 level: OfficeLevel, "Cấp";
        /// The unit it serves.
        3 unit: Option<UnitId>, "Đơn vị hành chính";
        /// From when.
        4 opened_on: Date, "Ngày hoạt động";
        /// By which decision.
        5 legal_basis: Option<Text>, "Căn cứ";
    }
}

record! {
    /// An office closes and another keeps its books from then on.
    pub struct OfficeSucceeded "office_succeeded" {
        /// The one that closes.
        0 office: OfficeId, "Cơ quan chuyển giao";
        /// The one that keeps its books.
        1 successor: OfficeId, "Cơ quan tiếp nhận";
        /// From when.
        2 on: Date, "Ngày chuyển giao";
        /// By which decision.
        3 legal_basis: Option<Text>, "Căn cứ";
    }
}

codes! {
    /// What the holder of a key may do.
    pub enum Role "role" {
        /// Công chức tư pháp – hộ tịch.
        Officer = 1 "officer" "Công chức tư pháp – hộ tịch",
        /// Người đứng đầu.
        Head = 2 "head" "Người đứng đầu",
        /// Issues copies for requests from elsewhere.
        Desk = 3 "desk" "Bộ phận cấp bản sao",
        /// Keeps offices, keys and code lists.
        Administrator = 4 "administrator" "Quản trị quốc gia",
    }
}

record! {
    /// A key may sign for an office from this position on.
    pub struct KeyGranted "key_granted" {
        /// For which office.
        0 office: OfficeId, "Cơ quan";
        /// The COSE_Key.
        1 key: Octets, "Khóa công khai";
        /// What its holder may do.
        2 role: Role, "Vai trò";
        /// Who holds it.
        3 holder: Option<PersonName>, "Người giữ khóa";
        /// First day.
        4 valid_from: Date, "Từ ngày";
        /// Last day.
        5 valid_until: Option<Date>, "Đến ngày";
    }
}

record! {
    /// A key may sign no longer from this position on; what it signed before stays.
    pub struct KeyRevoked "key_revoked" {
        /// Which.
        0 key: KeyId, "Khóa";
        /// The day.
        1 on: Date, "Ngày thu hồi";
        /// Why.
        2 reason: Text, "Lý do";
    }
}

record! {
    /// A code list is published.
    pub struct CodeListPublished "code_list_published" {
        /// Its name.
        0 list: Text, "Danh mục";
        /// Its version.
        1 version: Text, "Phiên bản";
        /// SHA-256 of the file.
        2 sha256: Digest, "Giá trị băm";
        /// From when it holds.
        3 valid_from: Date, "Hiệu lực từ";
    }
}
