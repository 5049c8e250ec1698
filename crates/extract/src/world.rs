//! What the typesetter may see: the faces, one template, what is shared, the content, the codes. No clock, no network, no files.

use std::collections::BTreeMap;

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};

use crate::TypesetError;
use crate::fonts::FACES;
use crate::template::{SHARED, Template};

/// The content, as a template reads it.
const CONTENT: &str = "content.json";
/// The codes, as a template reads them.
const PICTURES: [&str; 2] = ["claim.svg", "status.svg"];

/// What all sheets share.
pub(crate) struct Desk {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    shared: Source,
    templates: BTreeMap<String, Source>,
    content: FileId,
    pictures: [FileId; 2],
}

impl Desk {
    pub(crate) fn new(shared: &str, templates: &[Template]) -> Result<Self, TypesetError> {
        let faces = FACES.into_iter().flat_map(|face| Font::iter(Bytes::new(face)));
        let fonts: Vec<Font> = faces.collect();
        let source = |name: &str, text: &str| -> Result<Source, TypesetError> {
            Ok(Source::new(file(name)?, text.to_owned()))
        };
        let templates = templates.iter().map(|template| {
            let name = format!("{}.typ", template.name);
            Ok((template.name.clone(), source(&name, &template.text)?))
        });
        Ok(Self {
            library: LazyHash::new(Library::default()),
            book: LazyHash::new(FontBook::from_fonts(&fonts)),
            fonts,
            shared: source(SHARED, shared)?,
            templates: templates.collect::<Result<_, TypesetError>>()?,
            content: file(CONTENT)?,
            pictures: [file(PICTURES[0])?, file(PICTURES[1])?],
        })
    }
}

fn file(name: &str) -> Result<FileId, TypesetError> {
    let path = VirtualPath::new(name).map_err(|_| TypesetError::Broken("a name is no path"))?;
    Ok(RootedPath::new(VirtualRoot::Project, path).intern())
}

/// What one sheet sees.
pub(crate) struct SheetWorld<'a> {
    desk: &'a Desk,
    main: &'a Source,
    content: Bytes,
    pictures: Option<[Bytes; 2]>,
}

impl<'a> SheetWorld<'a> {
    /// `None` when there is no such template.
    pub(crate) fn new(
        desk: &'a Desk,
        template: &str,
        content: String,
        pictures: Option<[Bytes; 2]>,
    ) -> Option<Self> {
        Some(Self {
            desk,
            main: desk.templates.get(template)?,
            content: Bytes::from_string(content),
            pictures,
        })
    }
}

impl World for SheetWorld<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &self.desk.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.desk.book
    }

    fn main(&self) -> FileId {
        self.main.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        let found = [self.main, &self.desk.shared]
            .into_iter()
            .find(|source| source.id() == id);
        found.cloned().ok_or(FileError::AccessDenied)
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        let pictures = self.pictures.iter().flatten();
        let pictures = self.desk.pictures.iter().zip(pictures);
        let mut files = std::iter::once((&self.desk.content, &self.content)).chain(pictures);
        let found = files.find(|(known, _)| **known == id);
        found
            .map(|(_, bytes)| bytes.clone())
            .ok_or(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.desk.fonts.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
