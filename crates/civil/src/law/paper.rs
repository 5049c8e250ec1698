//! Titles and number suffixes of papers.

use super::table::{Dated, Row, Table};
use super::{Confidence, Period};
use crate::value::Date;
use std::sync::LazyLock;

/// The first paper of a registration, or a copy of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PaperForm {
    /// Bản chính.
    Original,
    /// Bản sao.
    Copy,
}

/// How a paper is headed and numbered at a time.
#[derive(Debug)]
pub struct PaperTitle {
    /// Which paper: a kind of event, or `birth_noted`, `marriage_noted`, `divorce_noted`, `change_noted`, `guardianship_end`, `guardianship_supervision`,
    /// `adoption`, `confirmation`.
    pub paper: String,
    /// Original or copy.
    pub form: PaperForm,
    /// When it holds, by the day of issue.
    pub period: Period,
    /// The lines of the title, for example `TRÍCH LỤC KHAI TỬ`, `(BẢN SAO)`.
    pub title: Vec<String>,
    /// What follows the last stroke of the number ("576/2026/TLKT-BS"), where known.
    pub suffix: Option<String>,
    /// How sure we are.
    pub confidence: Confidence,
    /// Where it stands.
    pub article: String,
}

/// The title of a paper that is issued on this day; `None` where the form of that time is not known.
pub fn paper(paper: &str, form: PaperForm, on: Date) -> Option<&'static PaperTitle> {
    PAPERS.on(on, |row| row.paper == paper && row.form == form)
}

impl Dated for PaperTitle {
    fn key(&self) -> String {
        format!("{} ({:?})", self.paper, self.form)
    }

    fn period(&self) -> Period {
        self.period
    }
}

pub(super) static PAPERS: LazyLock<Table<PaperTitle>> = LazyLock::new(|| {
    Table::read(
        "papers.csv",
        include_str!("../../../../schemas/law/papers.csv"),
        parse,
    )
});

fn parse(row: &Row<'_>) -> Result<PaperTitle, String> {
    Ok(PaperTitle {
        paper: row.text("paper").to_owned(),
        form: match row.text("form") {
            "original" => PaperForm::Original,
            "copy" => PaperForm::Copy,
            _ => return Err("unknown form".to_owned()),
        },
        period: row.period()?,
        title: row.text("title").split('/').map(str::to_owned).collect(),
        suffix: Some(row.text("suffix").to_owned()).filter(|suffix| !suffix.is_empty()),
        confidence: row.confidence()?,
        article: row.article()?,
    })
}
