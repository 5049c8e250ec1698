//! Countries and the states of having none.

use super::{field, optional, rows};
use crate::value::fold_for_search;
use std::sync::LazyLock;

/// One nationality: a country of ISO 3166-1, or a status of ICAO 9303 (stateless, refugee, unspecified).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Country {
    /// Three letters, for example `VNM`.
    pub alpha3: String,
    /// Two letters of ISO 3166-1; none for the codes of ICAO 9303.
    pub alpha2: Option<String>,
    /// English name.
    pub name_en: String,
    /// Vietnamese name.
    pub name_vi: String,
    /// The Vietnamese name on forms, where it differs.
    pub name_on_forms: Option<String>,
    /// The spelling of the digitisation software, for example "An-đô-ra (Andorran)".
    pub name_digitised: Option<String>,
}

impl Country {
    /// The Vietnamese name as papers print it.
    pub fn name_on_papers(&self) -> &str {
        self.name_on_forms.as_deref().unwrap_or(&self.name_vi)
    }
}

/// The list, in the order of its three-letter codes.
#[derive(Debug)]
pub struct Nationalities {
    countries: Vec<Country>,
    /// Folded name and the index of its country; sorted.
    names: Vec<(String, usize)>,
}

impl Nationalities {
    /// All nationalities.
    pub fn all(&self) -> &[Country] {
        &self.countries
    }

    /// The nationality with this three-letter code.
    pub fn by_alpha3(&self, code: &str) -> Option<&Country> {
        self.countries
            .binary_search_by(|country| country.alpha3.as_str().cmp(code))
            .ok()
            .and_then(|index| self.countries.get(index))
    }

    /// The nationalities that bear this name in any of its spellings, folded. More than one means that a person has to choose.
    pub fn find(&self, name: &str) -> Vec<&Country> {
        let folded = fold_for_search(name);
        let from = self.names.partition_point(|(name, _)| *name < folded);
        self.names
            .iter()
            .skip(from)
            .take_while(|(name, _)| *name == folded)
            .filter_map(|(_, index)| self.countries.get(*index))
            .collect()
    }
}

/// The list of nationalities (`schemas/lists/nationalities.csv`).
pub fn nationalities() -> &'static Nationalities {
    static LIST: LazyLock<Nationalities> = LazyLock::new(read);
    &LIST
}

fn read() -> Nationalities {
    let mut countries: Vec<Country> = rows(include_str!("../../../../schemas/lists/nationalities.csv"))
        .map(|row| Country {
            alpha2: optional(&row, 0),
            alpha3: field(&row, 1),
            name_en: field(&row, 3),
            name_vi: field(&row, 4),
            name_on_forms: optional(&row, 5),
            name_digitised: optional(&row, 6),
        })
        .collect();
    countries.sort_unstable_by(|a, b| a.alpha3.cmp(&b.alpha3));
    let mut names = Vec::new();
    for (index, country) in countries.iter().enumerate() {
        let spellings = [
            Some(&country.name_vi),
            Some(&country.name_en),
            country.name_on_forms.as_ref(),
            country.name_digitised.as_ref(),
        ];
        for name in spellings.into_iter().flatten() {
            names.push((fold_for_search(name), index));
            // "An-đô-ra (Andorran)" is found by "An-đô-ra" too.
            names.extend(
                name.split_once(" (")
                    .map(|(bare, _)| (fold_for_search(bare), index)),
            );
        }
    }
    names.sort_unstable();
    names.dedup();
    Nationalities { countries, names }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_holds_every_row_of_its_file() {
        let all = nationalities().all();
        assert_eq!(all.len(), 253);
        assert!(
            all.iter()
                .all(|country| country.alpha3.len() == 3 && !country.name_vi.is_empty())
        );
        assert!(all.windows(2).all(|pair| pair[0].alpha3 < pair[1].alpha3));
    }

    #[test]
    fn a_country_is_found_in_each_of_its_spellings() {
        let code = |name: &str| {
            nationalities()
                .find(name)
                .into_iter()
                .map(|c| c.alpha3.as_str())
                .collect::<Vec<_>>()
        };
        assert_eq!(code("viet nam"), ["VNM"]);
        assert_eq!(code("Ăng-ti-gua và Bác-bu-đa"), ["ATG"]);
        assert_eq!(code("Bosnia and Herzegovina"), ["BIH"]);
        assert_eq!(code("Không quốc tịch"), ["XXA"]);
        assert!(code("Liên Xô").is_empty());
    }
}
