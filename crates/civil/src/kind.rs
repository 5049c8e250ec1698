//! The kinds of event. A code, once given, never means anything else.

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
    /// A copy of an extract is issued (Art. 63).
    ExtractIssued = 64,
    /// An office has written a marginal note into its paper book.
    MarginalNoteEntered = 65,
}

/// What an event does to the ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Group {
    /// The ledger describes itself; in the administration's stream only.
    Administration,
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
}

impl BookType {
    /// Every type.
    pub const ALL: [Self; 8] = [
        Self::Births,
        Self::Marriages,
        Self::Deaths,
        Self::MaritalStatus,
        Self::Recognitions,
        Self::Guardianships,
        Self::Changes,
        Self::Copies,
    ];

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
        }
    }
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
    Birth "birth" Registration Some(BookType::Births), "Đăng ký khai sinh";
    Marriage "marriage" Registration Some(BookType::Marriages), "Đăng ký kết hôn";
    Death "death" Registration Some(BookType::Deaths), "Đăng ký khai tử";
    MaritalStatusConfirmation "marital_status_confirmation" Registration Some(BookType::MaritalStatus),
        "Xác nhận tình trạng hôn nhân";
    ParentChildRecognition "parent_child_recognition" Registration Some(BookType::Recognitions),
        "Đăng ký nhận cha, mẹ, con";
    Guardianship "guardianship" Registration Some(BookType::Guardianships), "Đăng ký giám hộ";
    Change "change" Amendment Some(BookType::Changes), "Thay đổi hộ tịch";
    Correction "correction" Amendment Some(BookType::Changes), "Cải chính hộ tịch";
    Supplement "supplement" Amendment Some(BookType::Changes), "Bổ sung thông tin hộ tịch";
    EthnicityRedetermination "ethnicity_redetermination" Amendment Some(BookType::Changes), "Xác định lại dân tộc";
    DivorceNoted "divorce" Notation None, "Ghi chú ly hôn";
    ExtractIssued "extract" Paper Some(BookType::Copies), "Cấp bản sao trích lục hộ tịch";
    MarginalNoteEntered "marginal_note" PaperBook None, "Ghi vào Sổ hộ tịch";
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

    /// Whether it becomes the latest event of the entries it touches. A paper handed out does not: it proves what
    /// stood there and must not make another officer sign again.
    pub const fn advances_entry(self) -> bool {
        !matches!(self.group(), Group::Paper)
    }
}
