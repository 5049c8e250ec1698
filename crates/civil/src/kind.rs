//! The kinds of event. A code, once given, never means anything else.
//!
//! Codes 7, 11, 15, 26, 36, 52, 66, 79 and 88 stay unused for ever: the negative vectors of RFC 0001 to RFC 0003 hold them to be ones that nobody knows.

use crate::wire::wire_code;

/// What an event is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u16)]
pub enum Kind {
    /// The ledger begins: its origin and the first key of the administration.
    LedgerFounded = 1,
    /// An office opens.
    OfficeOpened = 2,
    /// An office passes its books to another and closes.
    OfficeSucceeded = 3,
    /// A key may sign for an office from here on.
    KeyGranted = 4,
    /// A key may sign no longer from here on.
    KeyRevoked = 5,
    /// A code list is published.
    CodeListPublished = 6,
    /// A civil-status officer is appointed to an office (Law 60/2014, Art. 72).
    OfficerAppointed = 8,
    /// An officer's appointment ends.
    OfficerRelieved = 9,
    /// Paper books are entrusted to another office than the one that wrote them.
    BooksEntrusted = 10,
    /// A certificate seals papers from here on.
    SealGranted = 12,
    /// A certificate seals papers no longer.
    SealRevoked = 13,
    /// What every stream of the ledger had reached, once a day (RFC 0007).
    StreamHeads = 14,
    /// Đăng ký khai sinh.
    Birth = 16,
    /// Đăng ký kết hôn.
    Marriage = 17,
    /// Đăng ký khai tử.
    Death = 18,
    /// Xác nhận tình trạng hôn nhân.
    MaritalStatusConfirmation = 19,
    /// Đăng ký nhận cha, mẹ, con.
    ParentChildRecognition = 20,
    /// Đăng ký giám hộ.
    Guardianship = 21,
    /// Đăng ký chấm dứt giám hộ (Law 60/2014, Art. 22).
    GuardianshipEnd = 22,
    /// Đăng ký giám sát việc giám hộ.
    GuardianshipSupervision = 23,
    /// Đăng ký nuôi con nuôi.
    Adoption = 24,
    /// Ghi chú ly hôn, hủy việc kết hôn đã giải quyết ở nước ngoài (Decree 123/2015, Art. 37–39).
    ForeignDissolution = 25,
    /// Thay đổi hộ tịch (Law 60/2014, Art. 4(10)).
    Change = 32,
    /// Cải chính hộ tịch (Art. 4(12)).
    Correction = 33,
    /// Bổ sung thông tin hộ tịch (Art. 4(13)).
    Supplement = 34,
    /// Xác định lại dân tộc (Art. 4(11)).
    EthnicityRedetermination = 35,
    /// Ghi chú ly hôn: a court's divorce noted at the marriage (Art. 3(2)đ).
    DivorceNoted = 48,
    /// Any other judgment or decision that Art. 3(2) has noted at an entry.
    JudgmentNoted = 49,
    /// The personal number given after the registration.
    PersonalNumberAssigned = 50,
    /// Papers withdrawn or destroyed, and the registration itself where the decision says so (Art. 12(2)).
    PapersRevoked = 51,
    /// A paper of an entry is issued: a copy, or the original (Art. 62, 63).
    ExtractIssued = 64,
    /// An office has written a marginal note into its paper book.
    MarginalNoteEntered = 65,
    /// A registration is refused in writing by the head of the office.
    ApplicationRefused = 80,
    /// An applicant withdraws.
    ApplicationWithdrawn = 81,
    /// Mở Sổ: a volume of a book is opened or continued (Circular 04/2020, Art. 36).
    BookOpened = 82,
    /// Khóa Sổ (Law 60/2014, Art. 58(2)).
    BookClosed = 83,
    /// An officer decides whether two entries speak of one person.
    IdentityDecided = 84,
    /// An officer settles an open task.
    TaskSettled = 85,
    /// An office confirms that a notice reached it.
    NoticeAcknowledged = 86,
    /// Xác nhận thông tin hộ tịch.
    InformationConfirmation = 87,
    /// Thu hồi, hủy bỏ văn bản xác nhận thông tin hộ tịch (Law 60/2014, Art. 12(2)).
    ConfirmationRevoked = 89,
    /// Bodies of events are lawfully erased: an act of the administration.
    BodiesErased = 90,
}

/// What an event does to the ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Group {
    /// The ledger describes itself; in the administration's stream only.
    Administration,
    /// What the ledger says about itself by machine, with the keeper's key; in the desk lane of office 0 only.
    Keeping,
    /// Opens an entry (xác nhận vào Sổ).
    Registration,
    /// Opens an entry in the book of changes and changes other entries.
    Amendment,
    /// Written at an existing entry (ghi vào Sổ).
    Notation,
    /// A paper is handed out; the entry stays as it is.
    Paper,
    /// The paper book caught up.
    PaperBook,
    /// About a file, a book or a decision of an office; about no entry of its own.
    Office,
}

/// A type of paper book (loại Sổ), each with its own run of numbers per office and year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BookType {
    /// Sổ đăng ký khai sinh.
    Births,
    /// Sổ đăng ký kết hôn.
    Marriages,
    /// Sổ đăng ký khai tử.
    Deaths,
    /// Sổ cấp Giấy xác nhận tình trạng hôn nhân.
    MaritalStatus,
    /// Sổ đăng ký nhận cha, mẹ, con.
    Recognitions,
    /// Sổ đăng ký giám hộ.
    Guardianships,
    /// Sổ đăng ký thay đổi, cải chính, bổ sung hộ tịch, xác định lại dân tộc.
    Changes,
    /// Sổ cấp bản sao trích lục hộ tịch.
    Copies,
    /// Sổ đăng ký chấm dứt giám hộ.
    GuardianshipEnds,
    /// Sổ đăng ký giám sát việc giám hộ.
    GuardianshipSupervisions,
    /// Sổ đăng ký nuôi con nuôi.
    Adoptions,
    /// Sổ ghi chú ly hôn, hủy việc kết hôn.
    ForeignDissolutions,
    /// Sổ cấp văn bản xác nhận thông tin hộ tịch.
    Confirmations,
}

impl BookType {
    /// Every type, in the order of its code.
    pub const ALL: [Self; 13] = [
        Self::Births,
        Self::Marriages,
        Self::Deaths,
        Self::MaritalStatus,
        Self::Recognitions,
        Self::Guardianships,
        Self::Changes,
        Self::Copies,
        Self::GuardianshipEnds,
        Self::GuardianshipSupervisions,
        Self::Adoptions,
        Self::ForeignDissolutions,
        Self::Confirmations,
    ];

    /// Its code in a body: 1 to 13, for ever.
    pub const fn code(self) -> u16 {
        self as u16 + 1
    }

    /// Its name in addresses and JSON.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Births => "births",
            Self::Marriages => "marriages",
            Self::Deaths => "deaths",
            Self::MaritalStatus => "marital_status",
            Self::Recognitions => "recognitions",
            Self::Guardianships => "guardianships",
            Self::Changes => "changes",
            Self::Copies => "copies",
            Self::GuardianshipEnds => "guardianship_ends",
            Self::GuardianshipSupervisions => "guardianship_supervisions",
            Self::Adoptions => "adoptions",
            Self::ForeignDissolutions => "foreign_dissolutions",
            Self::Confirmations => "confirmations",
        }
    }

    /// What stands on its cover.
    pub const fn vietnamese(self) -> &'static str {
        match self {
            Self::Births => "Sổ đăng ký khai sinh",
            Self::Marriages => "Sổ đăng ký kết hôn",
            Self::Deaths => "Sổ đăng ký khai tử",
            Self::MaritalStatus => "Sổ cấp Giấy xác nhận tình trạng hôn nhân",
            Self::Recognitions => "Sổ đăng ký nhận cha, mẹ, con",
            Self::Guardianships => "Sổ đăng ký giám hộ",
            Self::Changes => {
                "Sổ đăng ký thay đổi, cải chính, bổ sung thông tin hộ tịch, xác định lại dân tộc"
            }
            Self::Copies => "Sổ cấp bản sao trích lục hộ tịch",
            Self::GuardianshipEnds => "Sổ đăng ký chấm dứt giám hộ",
            Self::GuardianshipSupervisions => "Sổ đăng ký giám sát việc giám hộ",
            Self::Adoptions => "Sổ đăng ký nuôi con nuôi",
            Self::ForeignDissolutions => "Sổ ghi chú ly hôn, hủy việc kết hôn",
            Self::Confirmations => "Sổ cấp văn bản xác nhận thông tin hộ tịch",
        }
    }
}

wire_code! {
    Kind => "kind";
    BookType => "book_type";
}

macro_rules! kinds {
    ($($kind:ident $name:literal $group:ident $book:expr, $vi:literal;)*) => {
        impl Kind {
            /// Every kind, in the order of its code.
            pub const ALL: &'static [Self] = &[$(Self::$kind),*];

            /// Its name in JSON, addresses and rule data.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$kind => $name),* }
            }

            /// What it does to the ledger.
            pub const fn group(self) -> Group {
                match self { $(Self::$kind => Group::$group),* }
            }

            /// The type of paper book in which it takes a number.
            pub const fn book(self) -> Option<BookType> {
                match self { $(Self::$kind => $book),* }
            }

            /// Its Vietnamese name.
            pub const fn vietnamese(self) -> &'static str {
                match self { $(Self::$kind => $vi),* }
            }
        }
    };
}

kinds! {
    LedgerFounded "ledger_founded" Administration None, "Lập sổ cái";
    OfficeOpened "office_opened" Administration None, "Lập cơ quan đăng ký hộ tịch";
    OfficeSucceeded "office_succeeded" Administration None, "Chuyển giao cơ quan đăng ký hộ tịch";
    KeyGranted "key_granted" Administration None, "Cấp khóa ký";
    KeyRevoked "key_revoked" Administration None, "Thu hồi khóa ký";
    CodeListPublished "code_list_published" Administration None, "Công bố danh mục";
    OfficerAppointed "officer_appointed" Administration None, "Bổ nhiệm công chức tư pháp – hộ tịch";
    OfficerRelieved "officer_relieved" Administration None, "Cho thôi nhiệm vụ công chức tư pháp – hộ tịch";
    BooksEntrusted "books_entrusted" Administration None, "Giao lưu giữ Sổ hộ tịch";
    SealGranted "seal_granted" Administration None, "Cấp con dấu điện tử";
    SealRevoked "seal_revoked" Administration None, "Thu hồi con dấu điện tử";
    StreamHeads "stream_heads" Keeping None, "Bản kê đầu chuỗi hằng ngày";
    Birth "birth" Registration Some(BookType::Births), "Đăng ký khai sinh";
    Marriage "marriage" Registration Some(BookType::Marriages), "Đăng ký kết hôn";
    Death "death" Registration Some(BookType::Deaths), "Đăng ký khai tử";
    MaritalStatusConfirmation "marital_status_confirmation" Registration Some(BookType::MaritalStatus),
        "Xác nhận tình trạng hôn nhân";
    ParentChildRecognition "parent_child_recognition" Registration Some(BookType::Recognitions),
        "Đăng ký nhận cha, mẹ, con";
    Guardianship "guardianship" Registration Some(BookType::Guardianships), "Đăng ký giám hộ";
    GuardianshipEnd "guardianship_end" Registration Some(BookType::GuardianshipEnds), "Đăng ký chấm dứt giám hộ";
    GuardianshipSupervision "guardianship_supervision" Registration Some(BookType::GuardianshipSupervisions),
        "Đăng ký giám sát việc giám hộ";
    Adoption "adoption" Registration Some(BookType::Adoptions), "Đăng ký nuôi con nuôi";
    ForeignDissolution "foreign_dissolution" Registration Some(BookType::ForeignDissolutions),
        "Ghi chú ly hôn, hủy việc kết hôn đã giải quyết ở nước ngoài";
    Change "change" Amendment Some(BookType::Changes), "Thay đổi hộ tịch";
    Correction "correction" Amendment Some(BookType::Changes), "Cải chính hộ tịch";
    Supplement "supplement" Amendment Some(BookType::Changes), "Bổ sung thông tin hộ tịch";
    EthnicityRedetermination "ethnicity_redetermination" Amendment Some(BookType::Changes), "Xác định lại dân tộc";
    DivorceNoted "divorce" Notation None, "Ghi chú ly hôn";
    JudgmentNoted "judgment" Notation None, "Ghi vào Sổ hộ tịch theo bản án, quyết định";
    PersonalNumberAssigned "personal_number" Notation None, "Ghi số định danh cá nhân";
    PapersRevoked "papers_revoked" Notation None, "Thu hồi, hủy bỏ giấy tờ hộ tịch";
    ExtractIssued "extract" Paper Some(BookType::Copies), "Cấp bản sao trích lục hộ tịch";
    MarginalNoteEntered "marginal_note" PaperBook None, "Ghi vào Sổ hộ tịch";
    ApplicationRefused "application_refused" Office None, "Từ chối đăng ký bằng văn bản";
    ApplicationWithdrawn "application_withdrawn" Office None, "Rút yêu cầu đăng ký";
    BookOpened "book_opened" Office None, "Mở Sổ hộ tịch, mở quyển tiếp theo";
    BookClosed "book_closed" Office None, "Khóa Sổ hộ tịch";
    IdentityDecided "identity_decided" Office None, "Xác định cùng người, khác người";
    TaskSettled "task_settled" Office None, "Giải quyết việc tồn";
    NoticeAcknowledged "notice_acknowledged" Office None, "Xác nhận đã nhận thông báo";
    InformationConfirmation "information_confirmation" Office Some(BookType::Confirmations),
        "Xác nhận thông tin hộ tịch";
    ConfirmationRevoked "confirmation_revoked" Office None, "Thu hồi, hủy bỏ văn bản xác nhận thông tin hộ tịch";
    BodiesErased "erased" Administration None, "Xóa nội dung sự kiện theo quyết định của cơ quan có thẩm quyền";
}

impl Kind {
    /// Its code in the envelope.
    pub const fn code(self) -> u16 {
        self as u16
    }

    /// The kind of that code.
    pub fn of(code: u64) -> Option<Self> {
        Self::ALL
            .iter()
            .copied()
            .find(|kind| u64::from(kind.code()) == code)
    }

    /// The kind of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.name() == name)
    }

    /// Whether it opens an entry of its own.
    pub const fn opens_entry(self) -> bool {
        matches!(self.group(), Group::Registration | Group::Amendment)
    }

    /// Whether it is about an entry: one that it opens, or one that it continues.
    pub const fn has_entry(self) -> bool {
        !matches!(
            self.group(),
            Group::Administration | Group::Keeping | Group::Office
        )
    }

    /// Whether it continues an entry that is there.
    pub const fn continues_entry(self) -> bool {
        self.has_entry() && !self.opens_entry()
    }

    /// Whether it may reach other entries than the one it opens or continues: the envelope's targets.
    pub const fn reaches_others(self) -> bool {
        matches!(self.group(), Group::Amendment)
            || matches!(
                self,
                Self::ParentChildRecognition
                    | Self::GuardianshipEnd
                    | Self::GuardianshipSupervision
                    | Self::Adoption
                    | Self::ForeignDissolution
                    | Self::JudgmentNoted
                    | Self::PersonalNumberAssigned
            )
    }

    /// Whether it is about a guardianship, whose entry names the guardians.
    pub const fn is_of_guardianship(self) -> bool {
        matches!(
            self,
            Self::Guardianship | Self::GuardianshipEnd | Self::GuardianshipSupervision
        )
    }

    /// Whether it changes what a copy of the entries it touches says.
    pub const fn changes_entries(self) -> bool {
        self.reaches_others() || matches!(self.group(), Group::Notation)
    }

    /// Whether it becomes the latest event of the entries it touches. A paper handed out does not: it proves what
    /// stood there and must not make another officer sign again.
    pub const fn advances_entry(self) -> bool {
        !matches!(self.group(), Group::Paper)
    }
}
