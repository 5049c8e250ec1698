//! Templates: how a paper is worded and laid out. Text files in `schemas/papers/`, which a lawyer can edit and this crate carries with it.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::path::Path;

use crate::TypesetError;
use crate::fonts::FACES;

/// What all templates share.
pub(crate) const SHARED: &str = "form.typ";
/// How the names of their files end.
const ENDING: &str = ".typ";

macro_rules! templates {
    ($($name:literal)*) => {
        const EMBEDDED: &[(&str, &str)] = &[
            $(($name, include_str!(concat!("../../../schemas/papers/", $name, ".typ")))),*
        ];
    };
}
templates! {
    "adoption-2016" "amendment-2016" "birth-2016" "confirmation-2020" "death-2016" "dissolution-2016"
    "guardianship-2016" "marital-status-2016" "marriage-2016" "recognition-2016"
}

/// The version of what sets the pages. Another one may break lines elsewhere, and so is another template.
const TYPESETTER: &str = "typst 0.15.1";

/// A template and what it shares with others.
#[derive(Debug, Clone)]
pub(crate) struct Template {
    pub(crate) name: String,
    pub(crate) text: String,
    pub(crate) hash: [u8; 32],
}

/// A template, as the issuing act names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TemplateRef<'a> {
    /// Its name: `birth-2016`.
    pub name: &'a str,
    /// BLAKE3 over all that decides the page beside the content: its text, the shared text, the faces and the typesetter.
    pub hash: [u8; 32],
}

impl Template {
    fn new(name: &str, text: &str, shared: &str) -> Self {
        // Each part is hashed first, so no part can pass for the end of another.
        let mut whole = blake3::Hasher::new();
        for part in [text.as_bytes(), shared.as_bytes(), TYPESETTER.as_bytes()]
            .into_iter()
            .chain(FACES)
        {
            whole.update(blake3::hash(part).as_bytes());
        }
        Self {
            name: name.to_owned(),
            text: text.to_owned(),
            hash: *whole.finalize().as_bytes(),
        }
    }
}

/// The shared text and the templates that come with the program.
pub(crate) fn embedded() -> (String, Vec<Template>) {
    let shared = include_str!("../../../schemas/papers/form.typ");
    let templates = EMBEDDED
        .iter()
        .map(|(name, text)| Template::new(name, text, shared));
    (shared.to_owned(), templates.collect())
}

/// Those of a folder, by the names of its files, the new ones too; what it lacks is taken from the program.
pub(crate) fn of_folder(folder: &Path) -> Result<(String, Vec<Template>), TypesetError> {
    let (shared, embedded) = embedded();
    let mut found = texts(folder)?;
    let shared = found.remove(SHARED).unwrap_or(shared);
    let ours = embedded.into_iter().map(|known| (known.name, known.text));
    let theirs = found
        .into_iter()
        .filter_map(|(file, text)| Some((file.strip_suffix(ENDING)?.to_owned(), text)));
    let all: BTreeMap<String, String> = ours.chain(theirs).collect();
    let templates = all.iter().map(|(name, text)| Template::new(name, text, &shared));
    let templates = templates.collect();
    Ok((shared, templates))
}

/// The templates in a folder by the names of their files.
fn texts(folder: &Path) -> Result<BTreeMap<String, String>, TypesetError> {
    let unreadable = |path: &Path, error| TypesetError::Folder(path.display().to_string(), error);
    let listed = std::fs::read_dir(folder).map_err(|error| unreadable(folder, error))?;
    let mut texts = BTreeMap::new();
    for file in listed {
        let path = file.map_err(|error| unreadable(folder, error))?.path();
        let name = path.file_name().and_then(OsStr::to_str);
        if let Some(name) = name.filter(|name| name.ends_with(ENDING)) {
            let text = std::fs::read_to_string(&path).map_err(|error| unreadable(&path, error))?;
            texts.insert(name.to_owned(), text);
        }
    }
    Ok(texts)
}
