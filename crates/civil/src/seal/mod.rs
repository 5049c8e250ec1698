//! What a sealed paper carries and is judged by, as bytes: codes, claims, certificates, lists. Pure: it signs nothing and asks nobody.

mod code;

pub use code::PaperCode;
