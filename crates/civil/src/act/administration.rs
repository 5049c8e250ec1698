//! The ledger describes itself: its founding, offices, keys and code lists.

use super::lawful::Lawful;
use super::person::Person;
use crate::id::{Digest, EventId, KeyId, OfficeId};
use crate::kind::BookType;
use crate::unit::UnitId;
use crate::value::{Date, Nationality, PersonName, Text};
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
        /// Bộ Ngoại giao, to which the missions answer.
        ForeignMinistry = 6 "foreign_ministry" "Bộ Ngoại giao",
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
        /// The country in which a mission works.
        6 country: Option<Nationality>, "Quốc gia";
        /// The office above it.
        7 superior: Option<OfficeId>, "Cơ quan cấp trên";
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
        /// The other offices that took over parts of it, where it was split: which books they keep is decided book by book.
        4 also: Vec<OfficeId>, "Cùng tiếp nhận (chia tách)";
    }
}

impl Role {
    /// Whether it is a role of the national administration (office 0) and of no other office.
    pub const fn is_of_administration(self) -> bool {
        matches!(self, Self::Administrator | Self::Keeper)
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
        /// The ledger itself: a key that lies with the server and says nothing about anyone.
        Keeper = 5 "keeper" "Khóa của sổ cái",
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
        /// The appointment of the officer who holds it.
        6 appointment: Option<EventId>, "Quyết định bổ nhiệm";
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

record! {
    /// A civil-status officer is appointed (Law 60/2014, Art. 72). What a person may sign ends with the appointment, not with the
    /// key.
    pub struct OfficerAppointed "officer_appointed" {
        /// To which office.
        0 office: OfficeId, "Cơ quan";
        /// Who: the name, the personal number, and where the ledger knows them (Art. 12(1)h).
        1 person: Person, "Công chức";
        /// What they may do.
        2 role: Role, "Vai trò";
        /// Chức vụ, chức danh.
        3 title: Text, "Chức vụ";
        /// First day.
        4 from: Date, "Từ ngày";
        /// Last day.
        5 until: Option<Date>, "Đến ngày";
        /// The units for which they act; all of the office when left out.
        6 jurisdiction: Vec<UnitId>, "Địa bàn phụ trách";
        /// By which decision.
        7 decision: Option<Text>, "Quyết định bổ nhiệm";
    }
}

record! {
    /// An appointment ends.
    pub struct OfficerRelieved "officer_relieved" {
        /// Which.
        0 appointment: EventId, "Sự kiện bổ nhiệm";
        /// The first day without it.
        1 on: Date, "Từ ngày";
        /// Why.
        2 reason: Option<Text>, "Lý do";
    }
}

record! {
    /// Books of one office are entrusted to another: after a split, or to the higher level.
    pub struct BooksEntrusted "books_entrusted" {
        /// The office that wrote them.
        0 from: OfficeId, "Cơ quan đã lập Sổ";
        /// The office that keeps them from then on.
        1 to: OfficeId, "Cơ quan lưu giữ";
        /// From when.
        2 on: Date, "Từ ngày";
        /// Which type; all when left out.
        3 book_type: Option<BookType>, "Loại Sổ";
        /// The first year of them.
        4 first_year: Option<u16>, "Từ năm";
        /// The last year of them.
        5 last_year: Option<u16>, "Đến năm";
        /// Which volumes; all when left out.
        6 volumes: Vec<Text>, "Quyển số";
        /// By which decision.
        7 decision: Text, "Quyết định";
    }
}

/// Acts of the administration say one day each.
macro_rules! dated {
    ($($act:ident by $field:ident;)*) => {$(
        impl Lawful for $act {
            fn registered_on(&self) -> Option<Date> {
                Some(self.$field)
            }
        }
    )*};
}

dated! {
    LedgerFounded by founded_on;
    OfficeOpened by opened_on;
    OfficeSucceeded by on;
    KeyGranted by valid_from;
    KeyRevoked by on;
    CodeListPublished by valid_from;
    OfficerAppointed by from;
    OfficerRelieved by on;
    BooksEntrusted by on;
}
