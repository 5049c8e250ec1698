//! The ethnic groups.

use super::{field, rows};
use crate::value::fold_for_search;
use std::sync::LazyLock;

/// One ethnic group (dân tộc) of the list of 1979. Code 55 "Người nước ngoài" is a statistical code and no group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EthnicGroup {
    /// Two digits, `01` to `55`.
    pub code: String,
    /// The name of the list.
    pub name: String,
    /// Other names and names of local groups.
    pub other_names: Vec<String>,
}

/// The list, in the order of its codes.
#[derive(Debug)]
pub struct EthnicGroups {
    groups: Vec<EthnicGroup>,
    /// Folded name or alias, and the index of its group; sorted.
    names: Vec<(String, usize)>,
}

impl EthnicGroups {
    /// All groups.
    pub fn all(&self) -> &[EthnicGroup] {
        &self.groups
    }

    /// The group with this code.
    pub fn by_code(&self, code: &str) -> Option<&EthnicGroup> {
        self.groups
            .binary_search_by(|group| group.code.as_str().cmp(code))
            .ok()
            .and_then(|index| self.groups.get(index))
    }

    /// The groups that bear this name or alias, folded, in the order of their codes. More than one means that a person has to choose.
    pub fn find(&self, name: &str) -> Vec<&EthnicGroup> {
        let folded = key(name);
        let from = self.names.partition_point(|(name, _)| *name < folded);
        self.names
            .iter()
            .skip(from)
            .take_while(|(name, _)| *name == folded)
            .filter_map(|(_, index)| self.groups.get(*index))
            .collect()
    }
}

/// The list of ethnic groups (`schemas/lists/ethnic_groups.csv`) with the spellings of the digitisation software (`ethnic_aliases.csv`).
pub fn ethnic_groups() -> &'static EthnicGroups {
    static LIST: LazyLock<EthnicGroups> = LazyLock::new(read);
    &LIST
}

fn read() -> EthnicGroups {
    let groups: Vec<EthnicGroup> = rows(include_str!("../../../../schemas/lists/ethnic_groups.csv"))
        .map(|row| EthnicGroup {
            code: field(&row, 0),
            name: field(&row, 1),
            other_names: split(&field(&row, 2)),
        })
        .collect();
    let mut names = Vec::new();
    for (index, group) in groups.iter().enumerate() {
        let own = std::iter::once(&group.name).chain(&group.other_names);
        names.extend(own.map(|name| (key(name), index)));
    }
    for row in rows(include_str!("../../../../schemas/lists/ethnic_aliases.csv")) {
        let Some(index) = groups
            .iter()
            .position(|group| Some(group.code.as_str()) == row.get(0))
        else {
            continue;
        };
        names.extend(
            [1, 2, 3]
                .map(|column| (key(&field(&row, column)), index))
                .into_iter()
                .filter(|(name, _)| !name.is_empty()),
        );
    }
    names.sort_unstable();
    names.dedup();
    EthnicGroups { groups, names }
}

fn split(names: &str) -> Vec<String> {
    names
        .split(';')
        .map(str::trim)
        .filter(|name| !name.is_empty())
        .map(str::to_owned)
        .collect()
}

/// Folded without blanks, hyphens and brackets: "Gia-rai", "Gia Rai" and "GIARAI" are one name.
fn key(name: &str) -> String {
    fold_for_search(name)
        .chars()
        .filter(|c| c.is_alphanumeric())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(name: &str) -> Vec<&'static str> {
        ethnic_groups()
            .find(name)
            .into_iter()
            .map(|group| group.code.as_str())
            .collect()
    }

    #[test]
    fn the_list_holds_54_groups_and_the_code_for_foreigners() {
        let codes: Vec<String> = ethnic_groups()
            .all()
            .iter()
            .map(|group| group.code.clone())
            .collect();
        let expected: Vec<String> = (1..=55).map(|n| format!("{n:02}")).collect();
        assert_eq!(codes, expected);
        assert_eq!(ethnic_groups().by_code("55").unwrap().name, "Người nước ngoài");
        assert!(ethnic_groups().by_code("56").is_none());
    }

    #[test]
    fn a_group_is_found_in_every_spelling() {
        assert_eq!(codes("Ê Đê"), ["12"]);
        assert_eq!(codes("e de"), ["12"]);
        assert_eq!(codes("Gia Rai"), codes("GIA-RAI"));
        assert_eq!(codes("H'Mông"), ["08"]);
        assert_eq!(codes("Ba Na (A-la Công)"), ["13"]);
        assert_eq!(codes("Klingon"), Vec::<&str>::new());
    }

    #[test]
    fn an_alias_of_several_groups_names_them_all() {
        assert_eq!(codes("Xá Lá Vàng"), ["24", "44", "45"]);
        assert!(codes("Hoa").len() > 1);
    }

    #[test]
    fn every_alias_row_belongs_to_a_group() {
        let aliases: Vec<_> = rows(include_str!("../../../../schemas/lists/ethnic_aliases.csv")).collect();
        assert_eq!(aliases.len(), 327);
        for row in aliases {
            assert!(codes(&row[3]).contains(&&row[0]), "{row:?}");
        }
    }
}
