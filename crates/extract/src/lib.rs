//! The papers: from what a paper says ([`civil::paper`]) to the sheet that is handed out.
//!
//! # What it promises
//!
//! - **The same sheet gives the same bytes.** The typesetter is pinned, the date and the identity of the document come from the event, there is no
//!   clock, no network and no face but its own (`the_same_sheet_gives_the_same_bytes`).
//! - **What the content says is on the page, all of it and in order** (`every_paper_shows_all_that_its_content_says`).
//! - A page is PDF/A-2a and PDF/UA-1: it can be kept for a century and read aloud. The typesetter refuses to write anything else.
//! - Templates are text (`schemas/papers/`): wording and layout are there, values are not. Their hash, which stands in the issuing
//!   act, covers all that decides the page beside the content.
//!
//! - **A sealed paper is one revision under one signature**, the same bytes for the same event, also where key and authority never sign
//!   the same twice (`the_same_paper_is_sealed_to_the_same_bytes_and_a_kept_signature_can_be_put_back`,
//!   `a_paper_is_sealed_by_a_key_that_never_leaves_its_token`). How: [`seal`].
//!
//! # What it does not know
//!
//! Entries, law, offices: the content has been made. HTTP and SQL. How to read a paper back: that is `verify`'s, so that who
//! checks does not trust who makes.
//!
//! # Where to begin
//!
//! [`Typesetter::typeset`]. What a template may say is in `schemas/papers/README.md`.

mod content_json;
mod fonts;
mod marks;
mod picture;
mod raster;
mod sample;
pub mod seal;
mod template;
mod typesetter;
mod vectors;
mod world;

pub use picture::code_version;
pub use raster::Raster;
pub use sample::{sample, sample_claim};
pub use template::TemplateRef;
pub use typesetter::{Codes, Sheet, Typesetter};
pub use vectors::content_vectors;

/// Why a paper could not be set.
#[derive(Debug, thiserror::Error)]
pub enum TypesetError {
    /// There is no template of that name.
    #[error("there is no template {0}")]
    NoTemplate(String),
    /// The template has a mistake.
    #[error("the template has a mistake")]
    Template {
        /// What the typesetter says of it. It may quote the paper: for whoever writes templates, never for a log.
        told: String,
    },
    /// The page cannot be PDF/A-2a and PDF/UA-1: the faces lack a letter, or a picture has no words.
    #[error(
        "the page cannot be written for keeping: a letter is missing in the faces, or a picture has no words"
    )]
    Unwritable {
        /// As in [`TypesetError::Template`].
        told: String,
    },
    /// A text does not fit into the largest QR code.
    #[error("a text is too long for a QR code")]
    CodeTooLong,
    /// There is no such paper.
    #[error(transparent)]
    NoPaper(#[from] civil::paper::NoPaper),
    /// A folder of templates, or a file of it, cannot be read.
    #[error("{0} cannot be read: {1}")]
    Folder(String, #[source] std::io::Error),
    /// The program does not fit together.
    #[error("the papers of this program are broken: {0}")]
    Broken(&'static str),
}
