//! What a rule may depend on beside kind and day.

use super::words::words;

words! {
    /// What sort of case a file is. Where two fit, the later one in this list counts: a marriage of a foreigner that was made abroad is noted.
    #[derive(Default)]
    pub enum Occasion "case" {
        /// Trong nước.
        #[default]
        Domestic = "domestic",
        /// Yếu tố nước ngoài: a foreigner or a citizen abroad takes part.
        Foreign = "foreign",
        /// Đăng ký lại (Decree 123/2015, Art. 24–28).
        Again = "again",
        /// Ghi vào Sổ: settled by a foreign authority and noted here (Law 60/2014, Art. 48–50).
        Noted = "noted",
        /// Filed at a mission abroad (cơ quan đại diện).
        Mission = "mission",
    }
}

/// The case at hand, for [`super::RuleSet::competence`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Case {
    /// What sort of case it is.
    pub occasion: Occasion,
    /// The age in full years of the person whose entry is changed or corrected; `None` if not known.
    pub age: Option<i32>,
}

impl Occasion {
    /// The occasion of a file with that tick ("again", "noted_from_abroad", …), with or without a foreign element.
    pub fn of(tick: &str, foreign_element: bool) -> Self {
        match (tick, foreign_element) {
            ("noted_from_abroad", _) => Self::Noted,
            ("again", _) => Self::Again,
            (_, true) => Self::Foreign,
            (_, false) => Self::Domestic,
        }
    }
}
