//! Ethnic group (dân tộc).

use super::{Text, ValueError};
use crate::list::{self, EthnicGroup};
use std::fmt;

/// An ethnic group of the statistical list (two digits, Decision 121-TCTK/PPCĐ of 1979), or the words of the book if the list has no such group.
///
/// On the wire the code or the words, in one text. A bare alias is never mapped to a group by a machine: several aliases belong to two or three groups.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ethnicity(Text);

impl Ethnicity {
    /// Reads a code of the list, or any other text as the words of the book.
    ///
    /// Errors: `unknown_ethnic_code` for two digits that are no code; those of [`Text::parse`].
    pub fn parse(text: &str) -> Result<Self, ValueError> {
        let is_code = text.len() == 2 && text.bytes().all(|b| b.is_ascii_digit());
        if is_code && list::ethnic_groups().by_code(text).is_none() {
            return Err(ValueError::new(
                "unknown_ethnic_code",
                "Danh mục dân tộc không có mã này.",
                "The list of ethnic groups has no such code.",
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

    /// The group of the list, if it is one.
    pub fn group(&self) -> Option<&'static EthnicGroup> {
        list::ethnic_groups().by_code(self.as_str())
    }

    /// The name as papers print it.
    pub fn name(&self) -> &str {
        self.group().map_or(self.as_str(), |group| group.name.as_str())
    }
}

impl fmt::Display for Ethnicity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_ethnicity_is_a_code_or_the_words_of_the_book() {
        let listed = Ethnicity::parse("12").unwrap();
        assert_eq!((listed.as_str(), listed.name()), ("12", "Ê-đê"));
        let written = Ethnicity::parse("Xá Lá Vàng").unwrap();
        assert_eq!(
            (written.as_str(), written.name(), written.group()),
            ("Xá Lá Vàng", "Xá Lá Vàng", None)
        );
        assert_eq!(Ethnicity::parse("99").unwrap_err().code, "unknown_ethnic_code");
    }
}
