//! What a copy of an extract says, as it stands in answers.

use civil::content::{Content, Line};
use civil::paper;
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

/// A field of a page.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PaperPageField {
    /// Which, for ever: a number of RFC 0004.
    id: u16,
    /// Its name on the forms.
    label: String,
    /// As printed; empty where the circular wants a blank.
    value: String,
}

/// Who stands below a page.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PaperPageSigner {
    /// What stands above the signature.
    heading: String,
    /// For whom a deputy signs; else empty.
    on_behalf: String,
    /// The title; empty where the office's seal alone stands for it.
    title: String,
    /// The name.
    name: String,
}

/// All that a page says and that varies, in printing order.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PaperPage {
    /// Which paper.
    paper: &'static str,
    /// `original` or `copy`.
    form: &'static str,
    /// The lines of the title.
    title: Vec<String>,
    /// The lines at the top left: who issues it.
    header: Vec<String>,
    /// As printed after `Số:`; empty where the book states none.
    number: String,
    /// The place before the day of issue.
    place: String,
    /// The day of issue.
    #[schema(format = "date")]
    issued_on: String,
    /// The fields.
    fields: Vec<PaperPageField>,
    /// Ghi chú, in the order of the log.
    notes: Vec<String>,
    /// Who signs.
    signed: PaperPageSigner,
}

impl From<&paper::PaperContent> for PaperPage {
    fn from(content: &paper::PaperContent) -> Self {
        let field = |field: &paper::PaperField| PaperPageField {
            id: field.id.number(),
            label: field.id.label(content.paper).unwrap_or_default(),
            value: field.value.clone(),
        };
        let signed = &content.signed;
        Self {
            paper: content.paper.name(),
            form: content.form.name(),
            title: content.title.clone(),
            header: content.header.clone(),
            number: content.number.clone(),
            place: content.place.clone(),
            issued_on: content.issued_on.to_string(),
            fields: content.fields.iter().map(field).collect(),
            notes: content.notes.clone(),
            signed: PaperPageSigner {
                heading: signed.heading.clone(),
                on_behalf: signed.on_behalf.clone(),
                title: signed.title.clone(),
                name: signed.name.clone(),
            },
        }
    }
}
