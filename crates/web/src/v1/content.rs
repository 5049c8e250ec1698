//! What a copy of an extract says, as it stands in answers.

use civil::content::{Content, Line};
use serde::Serialize;
use utoipa::ToSchema;

/// One line of a paper.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PaperLine {
    /// The field's name on the forms.
    label: String,
    /// What stands there; blank when nothing does.
    value: String,
}

/// What a copy says, in printing order.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PaperContent {
    /// What was registered.
    kind: &'static str,
    /// Its Vietnamese name.
    title: String,
    /// Its fields.
    lines: Vec<PaperLine>,
    /// Where, under which number and when it was registered.
    registered: PaperLine,
    /// Ghi chú, in the order of the log.
    notes: Vec<String>,
}

impl From<Line> for PaperLine {
    fn from(Line { label, value }: Line) -> Self {
        Self { label, value }
    }
}

impl From<Content> for PaperContent {
    fn from(content: Content) -> Self {
        Self {
            kind: content.kind,
            title: content.title,
            lines: content.lines.into_iter().map(PaperLine::from).collect(),
            registered: content.registered.into(),
            notes: content.notes,
        }
    }
}
