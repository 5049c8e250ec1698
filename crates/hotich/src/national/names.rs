//! Names as the peoples of the country bear them: the order of the parts, the words for men and women, and in which
//! province which people live.
//!
//! The words are common ones and the people are invented. The patterns matter more than the words: an Ê Đê man is
//! "Y Blô Niê" and his wife "H'Bia Mlô", a Gia-rai puts the clan first, a Ba-na has no family name, and a system that
//! knows only "Nguyễn Văn A" loses all of them.

use civil::value::{PersonName, Sex};

use super::dice::Dice;
use crate::outcome::{Error, Result};

/// How the parts of a name follow each other.
#[derive(Debug, Clone, Copy)]
enum Order {
    /// Family, middle, given: "Nguyễn Văn Thành".
    FamilyFirst,
    /// Y or H' with the given name, then the clan: "Y Blô Niê", "H'Bia Mlô".
    ClanLast,
    /// The clan, then the given name, with H' for women: "Ksor Tơ", "Rmah H'Lan".
    ClanFirst,
    /// No family name; A for men, Y for women: "A Brưm", "Y Hlai".
    NoFamily,
}

/// A people and its words for names.
#[derive(Debug)]
pub struct People {
    /// The code of the statistical list.
    pub code: &'static str,
    order: Order,
    family: &'static [&'static str],
    male: Words,
    female: Words,
}

impl People {
    /// Whether children bear the clan of their mother.
    pub fn through_mothers(&self) -> bool {
        matches!(self.order, Order::ClanFirst | Order::ClanLast)
    }
}

/// The words after the family name.
#[derive(Debug)]
struct Words {
    middle: &'static [&'static str],
    given: &'static [&'static str],
}

/// A full name with its parts, as a declarant states them. Part of a household: the family name is given when it is
/// inherited.
pub fn name(people: &People, sex: Sex, family: Option<&'static str>, dice: &mut Dice) -> Result<PersonName> {
    let female = sex == Sex::Female;
    let words = if female { &people.female } else { &people.male };
    let family = family.unwrap_or_else(|| self::family(people, dice));
    let (middle, given) = (dice.word(words.middle), dice.word(words.given));
    let (full, parts) = match people.order {
        Order::FamilyFirst if middle.is_empty() => (format!("{family} {given}"), (Some(family), None)),
        Order::FamilyFirst => (format!("{family} {middle} {given}"), (Some(family), Some(middle))),
        Order::ClanLast if female => return plain(&format!("H'{given} {family}")),
        Order::ClanLast => return plain(&format!("Y {given} {family}")),
        Order::ClanFirst if female => return plain(&format!("{family} H'{given}")),
        Order::ClanFirst => return plain(&format!("{family} {given}")),
        Order::NoFamily => return plain(&format!("{} {given}", if female { "Y" } else { "A" })),
    };
    let (family, middle) = parts;
    plain(&full)?
        .with_parts(family, middle, Some(given))
        .map_err(Error::using)
}

fn plain(full: &str) -> Result<PersonName> {
    PersonName::parse(full).map_err(Error::using)
}

/// A family name or clan of a people; empty where they have none.
pub fn family(people: &People, dice: &mut Dice) -> &'static str {
    // The first words are the common ones: of two throws the lower one counts.
    let length = people.family.len() as u64;
    let index = dice.below(length).min(dice.below(length));
    usize::try_from(index)
        .ok()
        .and_then(|index| people.family.get(index))
        .copied()
        .unwrap_or_default()
}

/// The people of a household of that province, as often as they live there.
pub fn people_of(province: &str, dice: &mut Dice) -> &'static People {
    let mut left = dice.below(100);
    for (provinces, code, percent) in LIVE_IN {
        if provinces.contains(&province) {
            if left < *percent {
                return PEOPLES
                    .iter()
                    .find(|people| people.code == *code)
                    .unwrap_or(&KINH);
            }
            left -= percent;
        }
    }
    &KINH
}

/// Where the peoples live, in hundredths of the households. A rough picture: it decides about names, not about counts.
const LIVE_IN: &[(&[&str], &str, u64)] = &[
    (&["04", "06", "20"], "02", 40),
    (&["02", "08", "19", "10", "15"], "02", 25),
    (&["04", "20"], "07", 40),
    (&["06", "02", "19", "24"], "07", 9),
    (&["14", "11"], "03", 52),
    (&["12"], "03", 32),
    (&["40", "15", "38"], "03", 12),
    (&["17"], "06", 63),
    (&["38", "25", "14"], "06", 11),
    (&["02", "11"], "08", 34),
    (&["12", "10"], "08", 23),
    (&["04", "15", "14"], "08", 12),
    (&["02", "10", "06", "08"], "09", 13),
    (&["64"], "10", 30),
    (&["66"], "12", 18),
    (&["64", "62"], "13", 12),
    (&["62"], "14", 25),
    (&["84", "94"], "05", 31),
    (&["91", "95", "92", "89"], "05", 7),
    (&["58"], "17", 12),
    (&["79"], "04", 4),
];

static KINH: People = People {
    code: "01",
    order: Order::FamilyFirst,
    family: &[
        "Nguyễn",
        "Nguyễn",
        "Nguyễn",
        "Nguyễn",
        "Trần",
        "Trần",
        "Lê",
        "Lê",
        "Phạm",
        "Hoàng",
        "Huỳnh",
        "Phan",
        "Vũ",
        "Võ",
        "Đặng",
        "Bùi",
        "Đỗ",
        "Hồ",
        "Ngô",
        "Dương",
        "Lý",
        "Đinh",
        "Trịnh",
        "Đào",
        "Mai",
        "Lương",
        "Cao",
        "Tạ",
        "Tăng",
        "Kiều",
        "Ông",
        "Âu Dương",
    ],
    male: Words {
        middle: &[
            "Văn", "Văn", "Văn", "Đức", "Minh", "Quốc", "Hữu", "Đình", "Xuân", "Gia", "Thành", "Ngọc",
            "Quang", "Bảo",
        ],
        given: &[
            "An",
            "Bảo",
            "Bình",
            "Cường",
            "Dũng",
            "Duy",
            "Đạt",
            "Đức",
            "Hải",
            "Hiếu",
            "Hoà",
            "Hùng",
            "Huy",
            "Khang",
            "Khôi",
            "Kiên",
            "Lâm",
            "Long",
            "Minh",
            "Nam",
            "Nghĩa",
            "Phong",
            "Phúc",
            "Quân",
            "Sơn",
            "Tài",
            "Thành",
            "Thiện",
            "Tiến",
            "Trí",
            "Trường",
            "Tuấn",
            "Tùng",
            "Việt",
            "Vinh",
            "Ý",
        ],
    },
    female: Words {
        middle: &[
            "Thị", "Thị", "Thị", "Ngọc", "Thanh", "Minh", "Kim", "Bảo", "Khánh", "Hồng", "Thu", "Phương",
            "Quỳnh",
        ],
        given: &[
            "An", "Anh", "Ánh", "Châu", "Chi", "Diệp", "Dung", "Giang", "Hà", "Hạnh", "Hân", "Hiền", "Hoa",
            "Huệ", "Hương", "Khuê", "Lan", "Linh", "Loan", "Mai", "My", "Nga", "Ngân", "Ngọc", "Nhi", "Oanh",
            "Phương", "Quyên", "Thảo", "Thuý", "Thư", "Trang", "Trâm", "Uyên", "Vân", "Vy", "Xuân", "Yến",
        ],
    },
};

static PEOPLES: [People; 13] = [
    People {
        code: "02",
        order: Order::FamilyFirst,
        family: &[
            "Hoàng", "Nông", "Hà", "Lý", "Ma", "Bế", "Lục", "Đàm", "Triệu", "Quan", "Chu",
        ],
        male: Words {
            middle: &["Văn", "Văn", "Đức"],
            given: &["Páo", "Thình", "Tài", "Khoa", "Thuỷ", "Sinh", "Lập", "Hiệu"],
        },
        female: Words {
            middle: &["Thị"],
            given: &["Mẩy", "Nguyệt", "Slao", "Hường", "Thắm", "Lưu", "Nhinh", "Pooi"],
        },
    },
    People {
        code: "03",
        order: Order::FamilyFirst,
        family: &[
            "Lò", "Quàng", "Lường", "Cà", "Tòng", "Vi", "Hà", "Cầm", "Bạc", "Điêu",
        ],
        male: Words {
            middle: &["Văn"],
            given: &["Ún", "Hặc", "Ính", "Pâng", "Thoan", "Hiên", "Chướng", "Dọn"],
        },
        female: Words {
            middle: &["Thị"],
            given: &["Pâng", "Ón", "Ôn", "Xiêng", "Lả", "Inh", "Thoa", "Phương"],
        },
    },
    People {
        code: "04",
        order: Order::FamilyFirst,
        family: &["Trần", "Lâm", "Lý", "Quách", "Trịnh", "Hứa", "Lương", "Mã"],
        male: Words {
            middle: &["Gia", "Chí", "Vĩnh", "Sùi"],
            given: &["Hào", "Cường", "Phát", "Kiệt", "Minh"],
        },
        female: Words {
            middle: &["Mỹ", "Cẩm", "Tuyết", "Huệ"],
            given: &["Phụng", "Dzung", "Linh", "Nghi", "Huê"],
        },
    },
    People {
        code: "05",
        order: Order::FamilyFirst,
        family: &["Thạch", "Sơn", "Kim", "Danh", "Châu", "Lâm", "Kiên", "Tăng"],
        male: Words {
            middle: &["", "", "Văn", "Minh"],
            given: &["Sa Rây", "Phol", "Thươl", "Rươne", "Đa", "Hiền", "Oanh Đa"],
        },
        female: Words {
            middle: &["Thị"],
            given: &["Sa Ron", "Sophia", "Hươl", "Nary", "Pha La", "Bích", "Sà Vane"],
        },
    },
    People {
        code: "06",
        order: Order::FamilyFirst,
        family: &["Bùi", "Đinh", "Quách", "Bạch", "Hà", "Phạm", "Trương"],
        male: Words {
            middle: &["Văn", "Công"],
            given: &["Ểu", "Nhịn", "Thuỷ", "Dựng", "Lực", "Khuyên"],
        },
        female: Words {
            middle: &["Thị"],
            given: &["Ủm", "Ẻn", "Bưởi", "Thơm", "Nhợt", "Liên"],
        },
    },
    People {
        code: "07",
        order: Order::FamilyFirst,
        family: &["Nông", "Hoàng", "Vi", "Lý", "Lục", "Triệu", "Chu", "Mông", "Linh"],
        male: Words {
            middle: &["Văn"],
            given: &["Phấy", "Slìn", "Thàng", "Hùng", "Quý", "Lâm"],
        },
        female: Words {
            middle: &["Thị"],
            given: &["Phin", "Mỉu", "Nhình", "Lằm", "Hồng", "Páo"],
        },
    },
    People {
        code: "08",
        order: Order::FamilyFirst,
        family: &[
            "Giàng", "Vàng", "Sùng", "Thào", "Lầu", "Mùa", "Hạng", "Cứ", "Và", "Ly", "Tráng",
        ],
        male: Words {
            middle: &["A", "A", "Seo", "Mí"],
            given: &["Pháo", "Chứ", "Dế", "Lử", "Páo", "Sình", "Tủa", "Vừ"],
        },
        female: Words {
            middle: &["Thị"],
            given: &["Mỷ", "Dợ", "Sua", "Chư", "Mai", "Pà", "Xúa", "Dở"],
        },
    },
    People {
        code: "09",
        order: Order::FamilyFirst,
        family: &["Triệu", "Bàn", "Đặng", "Lý", "Phàn", "Chảo", "Tẩn", "Phùng"],
        male: Words {
            middle: &["Văn", "Tài", "Láo", "Tòn"],
            given: &["Chiêu", "Phin", "Sành", "Tá", "Lụa", "San"],
        },
        female: Words {
            middle: &["Thị", "Mùi", "Lở", "Tả"],
            given: &["Mẩy", "Nhậy", "Pham", "Liều", "Mán", "Ghến"],
        },
    },
    People {
        code: "10",
        order: Order::ClanFirst,
        family: &["Rmah", "Ksor", "Siu", "Rơ Châm", "Kpuih", "Nay", "Rcom", "Kpă"],
        male: Words {
            middle: &[],
            given: &["Tơ", "Blơ", "Thuy", "Hoan", "Djuang", "Bơm", "Phiên"],
        },
        female: Words {
            middle: &[],
            given: &["Lan", "Bia", "Ƀlưn", "Lơ̆", "ƀŭn", "Nhân", "Mlơi"],
        },
    },
    People {
        code: "12",
        order: Order::ClanLast,
        family: &[
            "Niê",
            "Mlô",
            "Êban",
            "Byă",
            "Kbuôr",
            "Ayŭn",
            "Buôn Krông",
            "Ktla",
            "Niê Kdăm",
            "Hmŏk",
        ],
        male: Words {
            middle: &[],
            given: &["Blô", "Thịnh", "Ñuê", "Tê̆", "Wiên", "Khoa", "Djăng"],
        },
        female: Words {
            middle: &[],
            given: &["Bia", "Hen", "Đok", "Nê", "Lŏt", "Djuôn", "Ngăn"],
        },
    },
    People {
        code: "13",
        order: Order::NoFamily,
        family: &[],
        male: Words {
            middle: &[],
            given: &["Nhưt", "Brưm", "Thưk", "Hyưk", "Lơng", "Phưn"],
        },
        female: Words {
            middle: &[],
            given: &["Hlai", "Blưi", "Sưm", "Ngơr", "Byơm", "Thup"],
        },
    },
    People {
        code: "14",
        order: Order::NoFamily,
        family: &[],
        male: Words {
            middle: &[],
            given: &["Brưm", "Đeng", "Phong", "Thái", "Blong", "Xô", "Tơng"],
        },
        female: Words {
            middle: &[],
            given: &["Hlai", "Ngân", "Xuân", "Brế", "Gim", "Đeo", "Bih"],
        },
    },
    People {
        code: "17",
        order: Order::FamilyFirst,
        family: &["Quảng", "Bá", "Thành", "Đàng", "Báo", "Hán", "Kiều", "Châu"],
        male: Words {
            middle: &["Văn", "Đại", "Ngọc"],
            given: &["Ninh", "Đen", "Rô", "Toàn", "Sở"],
        },
        female: Words {
            middle: &["Thị", "Nữ"],
            given: &["Chế", "Mưi", "Thiên", "Hạnh", "Ka"],
        },
    },
];

#[cfg(test)]
mod tests {
    use civil::list::ethnic_groups;

    use super::*;

    #[test]
    fn every_people_has_a_code_of_the_list_and_words_for_both_sexes() {
        for people in PEOPLES.iter().chain([&KINH]) {
            assert!(ethnic_groups().by_code(people.code).is_some(), "{}", people.code);
            assert!(
                !people.male.given.is_empty() && !people.female.given.is_empty(),
                "{}",
                people.code
            );
        }
        for (_, code, _) in LIVE_IN {
            assert!(PEOPLES.iter().any(|people| people.code == *code), "{code}");
        }
    }

    #[test]
    fn no_name_looks_odd_to_the_domain() {
        let mut dice = Dice::new(1, "names", 0);
        for people in PEOPLES.iter().chain([&KINH]) {
            for _ in 0..200 {
                for sex in [Sex::Male, Sex::Female] {
                    let name = name(people, sex, None, &mut dice).unwrap();
                    assert_eq!(name.findings(), [], "{}", name.full());
                }
            }
        }
    }

    #[test]
    fn each_people_keeps_its_order_of_names() {
        let mut dice = Dice::new(1, "order", 0);
        let people = |code: &str| PEOPLES.iter().find(|people| people.code == code).unwrap();
        let full =
            |code: &str, sex, dice: &mut Dice| name(people(code), sex, None, dice).unwrap().full().to_owned();
        assert!(full("12", Sex::Female, &mut dice).starts_with("H'"));
        assert!(full("12", Sex::Male, &mut dice).starts_with("Y "));
        assert!(full("10", Sex::Female, &mut dice).contains(" H'"));
        assert!(full("14", Sex::Male, &mut dice).starts_with("A "));
    }
}
