//! [`Question`]: what is asked of the figures.

use civil::value::Date;

use super::Area;

/// What is asked. The same question has the same answer for ever, to the unit: what the log takes in later stands behind the position.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Question {
    /// In which form.
    pub form: Form,
    /// Where it was registered.
    pub area: Area,
    /// The day whose administrative units are meant.
    pub units_on: Date,
    /// The first day of registration that counts.
    pub from: Date,
    /// The last.
    pub to: Date,
    /// The position of the last event that counts.
    pub position: u64,
    /// As registered, or as corrected up to there.
    pub figures: Figures,
}

/// Which figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Figures {
    /// As the acts were registered, whatever changed them later.
    AsRegistered,
    /// As later acts up to the position have changed them.
    AsCorrected,
}

impl Figures {
    /// Both, in the order of their names.
    pub const ALL: [Self; 2] = [Self::AsRegistered, Self::AsCorrected];

    /// Its name in addresses.
    pub const fn name(self) -> &'static str {
        match self {
            Self::AsRegistered => "registered",
            Self::AsCorrected => "corrected",
        }
    }
}

/// A form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Births, deaths and marriages.
    Form13a,
    /// The other matters.
    Form14a,
    /// The six columns of the national table, by province.
    SixColumns,
    /// How soon births and deaths were registered.
    Timeliness,
    /// Births and deaths by year of occurrence × year of registration.
    Occurrence,
}

impl Form {
    /// Every form.
    pub const ALL: [Self; 5] = [
        Self::Form13a,
        Self::Form14a,
        Self::SixColumns,
        Self::Timeliness,
        Self::Occurrence,
    ];

    /// Its name in addresses.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Form13a => "13a",
            Self::Form14a => "14a",
            Self::SixColumns => "six_columns",
            Self::Timeliness => "timeliness",
            Self::Occurrence => "occurrence",
        }
    }

    /// Its title.
    pub const fn vietnamese(self) -> &'static str {
        match self {
            Self::Form13a => "Kết quả đăng ký khai sinh, khai tử, kết hôn (biểu 13a/BTP/HTQTCT/HT)",
            Self::Form14a => "Kết quả đăng ký các việc hộ tịch khác (biểu 14a/BTP/HTQTCT/HT/HTK)",
            Self::SixColumns => "Số liệu đăng ký hộ tịch theo tỉnh, thành phố",
            Self::Timeliness => "Đăng ký khai sinh, khai tử đúng hạn và đầy đủ",
            Self::Occurrence => "Khai sinh, khai tử theo năm xảy ra và năm đăng ký",
        }
    }
}
