//! Levels and types of administrative units.

/// The level of a unit. Since 2025-07-01 there is no district (Decree 120/2025).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Cấp tỉnh.
    Province,
    /// Cấp huyện, until 2025-06-30.
    District,
    /// Cấp xã.
    Commune,
}

/// The type of a unit, which is the first word of its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum UnitType {
    /// Tỉnh.
    Province,
    /// Thành phố at province level (thành phố trực thuộc trung ương).
    CentralCity,
    /// Thành phố at district level (thuộc tỉnh, thuộc thành phố).
    ProvincialCity,
    /// Quận.
    UrbanDistrict,
    /// Thị xã.
    Town,
    /// Huyện.
    RuralDistrict,
    /// Phường.
    Ward,
    /// Xã.
    Commune,
    /// Thị trấn.
    Township,
    /// Đặc khu.
    SpecialZone,
}

/// The words, so that no type is taken for one whose word begins alike ("Thị xã", "Thị trấn").
const WORDS: [(Level, &str, UnitType); 10] = [
    (Level::Province, "Tỉnh", UnitType::Province),
    (Level::Province, "Thành phố", UnitType::CentralCity),
    (Level::District, "Huyện", UnitType::RuralDistrict),
    (Level::District, "Thành phố", UnitType::ProvincialCity),
    (Level::District, "Thị xã", UnitType::Town),
    (Level::District, "Quận", UnitType::UrbanDistrict),
    (Level::Commune, "Xã", UnitType::Commune),
    (Level::Commune, "Phường", UnitType::Ward),
    (Level::Commune, "Thị trấn", UnitType::Township),
    (Level::Commune, "Đặc khu", UnitType::SpecialZone),
];

impl UnitType {
    /// The type that the name of a unit of this level begins with.
    pub(super) fn of_name(level: Level, name: &str) -> Option<Self> {
        let is_first_word = |word: &str| name.strip_prefix(word).is_some_and(|rest| rest.starts_with(' '));
        WORDS
            .iter()
            .find(|(of, word, _)| *of == level && is_first_word(word))
            .map(|(_, _, kind)| *kind)
    }

    /// The Vietnamese word: "Tỉnh", "Phường", "Đặc khu" …
    pub fn word(self) -> &'static str {
        WORDS
            .iter()
            .find(|(_, _, kind)| *kind == self)
            .map_or("", |(_, word, _)| word)
    }
}
