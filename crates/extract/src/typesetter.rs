//! From a content to a page.

use std::path::Path;

use civil::id::EventId;
use civil::paper::PaperContent;
use civil::value::Date;
use typst::diag::SourceDiagnostic;
use typst::foundations::{Bytes, Datetime, Smart};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

use crate::picture::Picture;
use crate::template::{self, Template, TemplateRef};
use crate::world::{Desk, SheetWorld};
use crate::{TypesetError, content_json, marks};

/// How many papers a shared piece of work (a shaped word, a face) is kept after its last use.
const KEPT_FOR: usize = 16;

/// Sets papers. One for a process: it holds the faces and the templates, and what it worked out it works out once.
pub struct Typesetter {
    desk: Desk,
    templates: Vec<Template>,
    standards: PdfStandards,
}

/// One paper to set.
#[derive(Debug, Clone, Copy)]
pub struct Sheet<'a> {
    /// What it says.
    pub content: &'a PaperContent,
    /// The name of its template.
    pub template: &'a str,
    /// The event that issues it: the document's identity.
    pub event: EventId,
    /// When that event was signed, seconds since 1970-01-01T00:00:00Z: the document's date.
    pub at: u64,
    /// The codes; none on a preview.
    pub codes: Option<Codes<'a>>,
}

/// What the codes of a paper say.
#[derive(Debug, Clone, Copy)]
pub struct Codes<'a> {
    /// The signed claim, base45.
    pub claim: &'a str,
    /// Where the status is asked for.
    pub url: &'a str,
}

impl std::fmt::Debug for Typesetter {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let names = self.templates.iter().map(|template| &template.name);
        out.debug_list().entries(names).finish()
    }
}

impl Typesetter {
    /// With the templates that come with the program.
    ///
    /// # Errors
    /// [`TypesetError::Broken`] when the program was built with faces or standards that do not fit.
    pub fn new() -> Result<Self, TypesetError> {
        Self::with(template::embedded())
    }

    /// With the templates of a folder in place of the program's, and beside them: for those who write them.
    ///
    /// # Errors
    /// [`TypesetError::Folder`] when the folder or a file of it cannot be read, and as [`Typesetter::new`].
    pub fn with_folder(folder: &Path) -> Result<Self, TypesetError> {
        Self::with(template::of_folder(folder)?)
    }

    fn with((shared, templates): (String, Vec<Template>)) -> Result<Self, TypesetError> {
        let standards = PdfStandards::new(&[PdfStandard::A_2a, PdfStandard::Ua_1]);
        Ok(Self {
            desk: Desk::new(&shared, &templates)?,
            templates,
            standards: standards.map_err(|_| TypesetError::Broken("the standards exclude each other"))?,
        })
    }

    /// A template, by its name.
    pub fn template(&self, name: &str) -> Option<TemplateRef<'_>> {
        let found = self.templates.iter().find(|template| template.name == name)?;
        Some(TemplateRef {
            name: &found.name,
            hash: found.hash,
        })
    }

    /// Sets a paper: PDF/A-2a and PDF/UA-1 in one file, every face embedded. The same sheet gives the same bytes.
    ///
    /// # Errors
    /// [`TypesetError`]: an unknown template, a template with a mistake, a letter that the faces lack, a code that is too long.
    pub fn typeset(&self, sheet: &Sheet<'_>) -> Result<Vec<u8>, TypesetError> {
        let document = self.document(sheet)?;
        let made_at =
            made_at(sheet.at).ok_or(TypesetError::Broken("the day is past the end of the calendar"))?;
        let options = PdfOptions {
            ident: Smart::Custom(sheet.event.to_string()),
            creator: Smart::Custom(Some("hotich".to_owned())),
            timestamp: Some(Timestamp::new_utc(made_at)),
            standards: self.standards.clone(),
            ..PdfOptions::default()
        };
        let made = typst_pdf::pdf(&document, &options);
        let made = made.map_err(|found| TypesetError::Unwritable { told: told(&found) });
        self.forget();
        made
    }

    /// Lets go of what was worked out for papers that are long done.
    #[expect(clippy::unused_self, reason = "what it worked out is kept for all")]
    pub(crate) fn forget(&self) {
        typst::comemo::evict(KEPT_FOR);
    }

    /// The pages of a paper.
    pub(crate) fn document(&self, sheet: &Sheet<'_>) -> Result<PagedDocument, TypesetError> {
        let text = content_json::of(sheet)?;
        let codes = sheet.codes.map(|codes| -> Result<_, TypesetError> {
            let svg = |text| Picture::of(text).map(|picture| Bytes::from_string(picture.svg()));
            Ok([svg(codes.claim)?, svg(codes.url)?])
        });
        let world = SheetWorld::new(&self.desk, sheet.template, text, codes.transpose()?)
            .ok_or_else(|| TypesetError::NoTemplate(sheet.template.to_owned()))?;
        let output = typst::compile(&world).output;
        let document = output.map_err(|found| TypesetError::Template { told: told(&found) })?;
        Ok(marks::told_once(document))
    }
}

/// The messages of the typesetter.
fn told(found: &[SourceDiagnostic]) -> String {
    let messages: Vec<&str> = found.iter().map(|found| found.message.as_str()).collect();
    messages.join("; ")
}

/// An instant as the document's date, in UTC.
fn made_at(seconds: u64) -> Option<Datetime> {
    const VIETNAM_SECONDS: u64 = 7 * 3_600;
    // The calendar of `civil` begins its days in Vietnam.
    let day = match seconds.checked_sub(VIETNAM_SECONDS) {
        Some(seconds) => civil::event::day_in_vietnam(seconds),
        None => Date::new(1970, 1, 1).ok(),
    }?;
    let part = |number: u64| u8::try_from(number).ok();
    let of_day = seconds % 86_400;
    Datetime::from_ymd_hms(
        i32::from(day.year()),
        day.month(),
        day.day(),
        part(of_day / 3_600)?,
        part(of_day / 60 % 60)?,
        part(of_day % 60)?,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_is_dated_in_utc_from_the_first_second_on() {
        let at =
            |seconds| made_at(seconds).map(|at| (at.year(), at.month(), at.day(), at.hour(), at.second()));
        for (seconds, wanted) in [
            (0, (1970, 1, 1, 0, 0)),
            (25_199, (1970, 1, 1, 6, 59)),
            (1_795_000_000, (2026, 11, 18, 11, 40)),
        ] {
            let (year, month, day, hour, second) = wanted;
            let wanted = (Some(year), Some(month), Some(day), Some(hour), Some(second));
            assert_eq!(at(seconds), Some(wanted), "{seconds}");
        }
        assert_eq!(at(u64::MAX), None);
    }
}
