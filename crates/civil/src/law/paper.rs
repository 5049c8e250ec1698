//! Titles and number suffixes of papers.

use super::table::{Basis, Row, Rule, Table};
use super::words::words;
use crate::value::Date;
use std::sync::LazyLock;

words! {
    /// The first paper of a registration, or a copy of it.
    pub enum PaperForm "form" {
        /// Bản chính.
        Original = "original",
        /// Bản sao.
        Copy = "copy",
    }
}

words! {
    /// A paper that is handed out. Most are called by the kind of event that they prove. What is new goes to the end: the order
    /// gives the codes.
    pub enum Paper "paper" {
        /// Giấy khai sinh.
        Birth = "birth",
        /// Of a birth that was noted from abroad.
        BirthNoted = "birth_noted",
        /// Giấy chứng nhận kết hôn.
        Marriage = "marriage",
        /// Of a marriage that was noted from abroad.
        MarriageNoted = "marriage_noted",
        /// Trích lục khai tử; Giấy chứng tử.
        Death = "death",
        /// Giấy xác nhận tình trạng hôn nhân.
        MaritalStatusConfirmation = "marital_status_confirmation",
        /// Trích lục đăng ký nhận cha, mẹ, con.
        ParentChildRecognition = "parent_child_recognition",
        /// Trích lục đăng ký giám hộ.
        Guardianship = "guardianship",
        /// Trích lục đăng ký chấm dứt giám hộ.
        GuardianshipEnd = "guardianship_end",
        /// Trích lục đăng ký giám sát việc giám hộ.
        GuardianshipSupervision = "guardianship_supervision",
        /// Giấy chứng nhận nuôi con nuôi.
        Adoption = "adoption",
        /// Trích lục ghi chú ly hôn.
        ForeignDissolution = "foreign_dissolution",
        /// Trích lục thay đổi hộ tịch.
        Change = "change",
        /// Of a change that was noted from abroad.
        ChangeNoted = "change_noted",
        /// Trích lục cải chính hộ tịch.
        Correction = "correction",
        /// Trích lục bổ sung hộ tịch.
        Supplement = "supplement",
        /// Trích lục xác định lại dân tộc.
        EthnicityRedetermination = "ethnicity_redetermination",
        /// Văn bản xác nhận thông tin hộ tịch.
        InformationConfirmation = "information_confirmation",
    }
}

impl Paper {
    /// Its code in bytes (RFC 0004): 1 to 18 in the order of the declaration, for ever.
    pub const fn code(self) -> u64 {
        self as u64 + 1
    }

    /// The paper of that code.
    pub fn of_code(code: u64) -> Option<Self> {
        Self::ALL.iter().copied().find(|paper| paper.code() == code)
    }
}

impl Paper {
    /// Its name in JSON and addresses.
    pub const fn name(self) -> &'static str {
        self.word()
    }

    /// What people call it.
    pub const fn vietnamese(self) -> &'static str {
        match self {
            Self::Birth => "Giấy khai sinh",
            Self::BirthNoted => "Trích lục ghi vào sổ hộ tịch việc khai sinh",
            Self::Marriage => "Giấy chứng nhận kết hôn",
            Self::MarriageNoted => "Trích lục ghi chú kết hôn",
            Self::Death => "Trích lục khai tử (Giấy chứng tử)",
            Self::MaritalStatusConfirmation => "Giấy xác nhận tình trạng hôn nhân",
            Self::ParentChildRecognition => "Trích lục đăng ký nhận cha, mẹ, con",
            Self::Guardianship => "Trích lục đăng ký giám hộ",
            Self::GuardianshipEnd => "Trích lục đăng ký chấm dứt giám hộ",
            Self::GuardianshipSupervision => "Trích lục đăng ký giám sát việc giám hộ",
            Self::Adoption => "Giấy chứng nhận nuôi con nuôi",
            Self::ForeignDissolution => "Trích lục ghi chú ly hôn",
            Self::Change => "Trích lục thay đổi hộ tịch",
            Self::ChangeNoted => "Trích lục ghi chú thay đổi hộ tịch",
            Self::Correction => "Trích lục cải chính hộ tịch",
            Self::Supplement => "Trích lục bổ sung hộ tịch",
            Self::EthnicityRedetermination => "Trích lục xác định lại dân tộc",
            Self::InformationConfirmation => "Văn bản xác nhận thông tin hộ tịch",
        }
    }
}

impl PaperForm {
    /// Its name in JSON and addresses.
    pub const fn name(self) -> &'static str {
        self.word()
    }

    /// What stands on it.
    pub const fn vietnamese(self) -> &'static str {
        match self {
            Self::Original => "Bản chính",
            Self::Copy => "Bản sao",
        }
    }

    /// Its code in bytes (RFC 0004).
    pub const fn code(self) -> u64 {
        match self {
            Self::Original => 1,
            Self::Copy => 2,
        }
    }

    /// The form of that code.
    pub const fn of_code(code: u64) -> Option<Self> {
        match code {
            1 => Some(Self::Original),
            2 => Some(Self::Copy),
            _ => None,
        }
    }
}

/// How a paper is headed, numbered, worded and signed at a time.
#[derive(Debug)]
pub struct PaperTitle {
    /// Which paper.
    pub paper: Paper,
    /// Original or copy.
    pub form: PaperForm,
    /// The lines of the title, for example `TRÍCH LỤC KHAI TỬ`, `(BẢN SAO)`.
    pub title: Vec<String>,
    /// What follows the last stroke of the number ("576/2026/TLKT-BS"), where known.
    pub suffix: Option<String>,
    /// The file in `schemas/papers/` that words and lays it out, without `.typ`.
    pub template: String,
    /// The number of the form in the circular's annex, where known.
    pub form_no: Option<String>,
    /// What stands above the signature, for example `NGƯỜI KÝ TRÍCH LỤC`.
    pub signed: String,
    /// When it holds, by the day of issue.
    pub basis: Basis,
}

/// The form of a paper that is issued on this day, and whether it is known to hold then. Where nobody knows the form of that day, it is
/// the last one known before; papers cannot wait for a circular.
pub fn form_in_force(paper: Paper, form: PaperForm, on: Date) -> Option<(&'static PaperTitle, bool)> {
    let of_it = |row: &PaperTitle| row.paper == paper && row.form == form;
    if let Some(known) = PAPERS.on(on, of_it) {
        return Some((known, true));
    }
    let ended = |row: &&PaperTitle| of_it(row) && row.basis.period.to.is_some_and(|to| to < on);
    let last = PAPERS
        .rows()
        .iter()
        .filter(ended)
        .max_by_key(|row| row.basis.period.to);
    last.map(|row| (row, false))
}

/// The title of a paper that is issued on this day; `None` where the form of that time is not known.
pub fn paper(paper: Paper, form: PaperForm, on: Date) -> Option<&'static PaperTitle> {
    PAPERS.on(on, |row| row.paper == paper && row.form == form)
}

impl Rule for PaperTitle {
    const FILE: &'static str = "papers.csv";
    const TEXT: &'static str = include_str!("../../../../schemas/law/papers.csv");

    fn read(row: &Row<'_>) -> Result<Self, String> {
        Ok(Self {
            paper: row.word("paper")?,
            form: row.word("form")?,
            title: row.filled("title")?.split('/').map(str::to_owned).collect(),
            suffix: Some(row.text("suffix").to_owned()).filter(|suffix| !suffix.is_empty()),
            template: row.filled("template")?,
            form_no: Some(row.text("form_no").to_owned()).filter(|number| !number.is_empty()),
            signed: row.filled("signed")?,
            basis: row.basis()?,
        })
    }

    fn key(&self) -> String {
        format!("{} ({})", self.paper.word(), self.form.word())
    }

    fn basis(&self) -> &Basis {
        &self.basis
    }
}

pub(super) static PAPERS: LazyLock<Table<PaperTitle>> = LazyLock::new(Table::embedded);
