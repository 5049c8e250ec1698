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
    /// A paper that is handed out. Most are called by the kind of event that they prove.
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

/// How a paper is headed and numbered at a time.
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
    /// When it holds, by the day of issue.
    pub basis: Basis,
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
