//! A paper by which a person proves who they are.

use super::{PartialDate, Text};
use crate::list::PaperKind;

/// Giấy tờ tùy thân: kind, number as written, day and authority of issue if stated.
///
/// The number is text: an old identity card has nine digits, a passport has letters, and a book may hold half of either.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct IdentityPaper {
    /// Loại giấy tờ.
    pub kind: PaperKind,
    /// Số.
    pub number: Text,
    /// Ngày cấp.
    pub issued_on: Option<PartialDate>,
    /// Nơi cấp.
    pub issued_by: Option<Text>,
}

impl IdentityPaper {
    /// As papers print it: "Thẻ căn cước số 001319000001, cấp ngày 01/08/2024, Bộ Công an".
    pub fn vietnamese(&self) -> String {
        let mut text = format!("{} số {}", self.kind.name_vi(), self.number);
        if let Some(date) = self.issued_on {
            text.push_str(&format!(", cấp ngày {}", date.vietnamese()));
        }
        if let Some(authority) = &self.issued_by {
            text.push_str(&format!(", {authority}"));
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_paper_is_printed_with_what_is_known_of_it() {
        let mut paper = IdentityPaper {
            kind: PaperKind::parse("can_cuoc").unwrap(),
            number: Text::parse("001319000001").unwrap(),
            issued_on: Some(PartialDate::parse("2024-08-01").unwrap()),
            issued_by: Some(Text::parse("Bộ Công an").unwrap()),
        };
        assert_eq!(
            paper.vietnamese(),
            "Thẻ căn cước số 001319000001, cấp ngày 01/08/2024, Bộ Công an"
        );
        (paper.issued_on, paper.issued_by) = (None, None);
        assert_eq!(paper.vietnamese(), "Thẻ căn cước số 001319000001");
    }
}
