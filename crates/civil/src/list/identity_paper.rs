//! Kinds of identity papers.

use super::{field, optional, rows};
use crate::value::ValueError;
use std::fmt;
use std::sync::LazyLock;

struct Row {
    code: String,
    import_2017: Option<u8>,
    name_vi: String,
    name_en: String,
}

/// A kind of identity paper (loại giấy tờ tùy thân) of `schemas/lists/identity_papers.csv`, by its snake_case code: `cmnd`, `cccd`, `can_cuoc`, `ho_chieu`, … `khac`.
///
/// Kinds 1 to 8 are those of the 2017 import template; the identity card of Law 26/2023 and four more were missing there.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PaperKind(usize);

impl PaperKind {
    /// The kind with this code.
    ///
    /// Errors: `unknown_paper_kind`.
    pub fn parse(code: &str) -> Result<Self, ValueError> {
        LIST.iter()
            .position(|row| row.code == code)
            .map(Self)
            .ok_or_else(|| {
                ValueError::new(
                    "unknown_paper_kind",
                    "Danh mục giấy tờ tùy thân không có loại này.",
                    "The list of identity papers has no such kind.",
                )
            })
    }

    /// The kind with this number in the 2017 import template of "Phần mềm hộ tịch 158", 1 to 8.
    pub fn from_import_2017(number: u8) -> Option<Self> {
        LIST.iter()
            .position(|row| row.import_2017 == Some(number))
            .map(Self)
    }

    /// The code, as on the wire.
    pub fn as_str(self) -> &'static str {
        self.row().map_or("", |row| row.code.as_str())
    }

    /// The Vietnamese name.
    pub fn name_vi(self) -> &'static str {
        self.row().map_or("", |row| row.name_vi.as_str())
    }

    /// The English name.
    pub fn name_en(self) -> &'static str {
        self.row().map_or("", |row| row.name_en.as_str())
    }

    fn row(self) -> Option<&'static Row> {
        LIST.get(self.0)
    }
}

impl fmt::Display for PaperKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for PaperKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PaperKind({})", self.as_str())
    }
}

/// All kinds, in the order of the list.
pub fn paper_kinds() -> impl Iterator<Item = PaperKind> {
    (0..LIST.len()).map(PaperKind)
}

static LIST: LazyLock<Vec<Row>> = LazyLock::new(|| {
    rows(include_str!("../../../../schemas/lists/identity_papers.csv"))
        .map(|row| Row {
            code: field(&row, 0),
            import_2017: optional(&row, 1).and_then(|number| number.parse().ok()),
            name_vi: field(&row, 2),
            name_en: field(&row, 3),
        })
        .collect()
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_kinds_of_the_import_template_and_the_later_cards_are_there() {
        assert_eq!(paper_kinds().count(), 13);
        for number in 1..=8 {
            assert!(PaperKind::from_import_2017(number).is_some());
        }
        assert_eq!(PaperKind::from_import_2017(9), None);
        assert_eq!(PaperKind::parse("can_cuoc").unwrap().name_vi(), "Thẻ căn cước");
        for kind in paper_kinds() {
            assert_eq!(PaperKind::parse(kind.as_str()), Ok(kind));
        }
        assert_eq!(
            PaperKind::parse("library_card").unwrap_err().code,
            "unknown_paper_kind"
        );
    }
}
