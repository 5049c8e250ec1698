//! Nationality (quốc tịch).

use super::{Text, ValueError};
use crate::list::{self, Country};
use std::fmt;

/// A nationality: the three-letter code of ISO 3166-1 or ICAO 9303 (`VNM`, `XXA` for a stateless person), or the words of the book if the list has none.
///
/// On the wire the code or the words, in one text.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Nationality(Text);

impl Nationality {
    /// Reads a code of the list, or any other text as the words of the book.
    ///
    /// Errors: `unknown_nationality_code` for three capital letters that are no code; those of [`Text::parse`].
    pub fn parse(text: &str) -> Result<Self, ValueError> {
        let is_code = text.len() == 3 && text.bytes().all(|b| b.is_ascii_uppercase());
        if is_code && list::nationalities().by_alpha3(text).is_none() {
            return Err(ValueError::new(
                "unknown_nationality_code",
                "Danh mục quốc tịch không có mã này.",
                "The list of nationalities has no such code.",
            ));
        }
        Ok(Self(Text::parse(text)?))
    }

    /// Takes the text as it is, whatever the list says today: what was signed stays readable when a code leaves the list.
    pub fn as_recorded(text: Text) -> Self {
        Self(text)
    }

    /// The wire text: code or words.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// The country or status of the list, if it is one.
    pub fn country(&self) -> Option<&'static Country> {
        list::nationalities().by_alpha3(self.as_str())
    }

    /// The name as papers print it.
    pub fn name(&self) -> &str {
        self.country()
            .map_or(self.as_str(), |country| country.name_on_papers())
    }

    /// Is it the nationality of Viet Nam?
    pub fn is_vietnamese(&self) -> bool {
        self.as_str() == "VNM"
    }
}

impl fmt::Display for Nationality {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_nationality_is_a_code_or_the_words_of_the_book() {
        let vietnamese = Nationality::parse("VNM").unwrap();
        assert!(vietnamese.is_vietnamese());
        assert_eq!(vietnamese.name(), "Việt Nam");
        assert_eq!(Nationality::parse("PRK").unwrap().name(), "CHDCND Triều Tiên");
        assert_eq!(Nationality::parse("XXA").unwrap().name(), "Không quốc tịch");
        let written = Nationality::parse("Liên Xô").unwrap();
        assert_eq!(
            (written.name(), written.country(), written.is_vietnamese()),
            ("Liên Xô", None, false)
        );
        assert_eq!(
            Nationality::parse("QQQ").unwrap_err().code,
            "unknown_nationality_code"
        );
    }
}
