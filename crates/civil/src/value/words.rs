//! Vietnamese numbers in words, as papers write dates ("ghi bằng chữ").

const DIGITS: [&str; 10] = [
    "không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín",
];

/// A number from 0 to 9,999 in words: 2019 is "hai nghìn không trăm mười chín".
///
/// Uses "linh" (1905: "một nghìn chín trăm linh năm"), "lăm" after a ten, and "mốt", "tư" after "mươi". Larger numbers are cut to their last four digits.
pub(super) fn number(n: u16) -> String {
    let n = n % 10_000;
    match n {
        0..=99 => below_hundred(n),
        100..=999 => format!("{} trăm{}", digit(n / 100), after_hundred(n % 100)),
        _ => {
            let thousands = format!("{} nghìn", digit(n / 1000));
            match n % 1000 {
                0 => thousands,
                rest => format!(
                    "{thousands} {} trăm{}",
                    digit(rest / 100),
                    after_hundred(rest % 100)
                ),
            }
        }
    }
}

/// "ngày mười bốn".
pub(super) fn day(day: u8) -> String {
    format!("ngày {}", number(u16::from(day)))
}

/// "tháng năm"; the fourth month is "tháng tư".
pub(super) fn month(month: u8) -> String {
    match month {
        4 => "tháng tư".to_owned(),
        m => format!("tháng {}", number(u16::from(m))),
    }
}

/// "năm hai nghìn không trăm mười chín".
pub(super) fn year(year: u16) -> String {
    format!("năm {}", number(year))
}

fn digit(n: u16) -> &'static str {
    DIGITS.get(usize::from(n)).copied().unwrap_or_default()
}

fn after_hundred(n: u16) -> String {
    match n {
        0 => String::new(),
        1..=9 => format!(" linh {}", digit(n)),
        _ => format!(" {}", below_hundred(n)),
    }
}

fn below_hundred(n: u16) -> String {
    let (tens, ones) = (n / 10, n % 10);
    match (tens, ones) {
        (0, _) => digit(ones).to_owned(),
        (1, 0) => "mười".to_owned(),
        (1, 5) => "mười lăm".to_owned(),
        (1, _) => format!("mười {}", digit(ones)),
        (_, 0) => format!("{} mươi", digit(tens)),
        (_, 1) => format!("{} mươi mốt", digit(tens)),
        (_, 4) => format!("{} mươi tư", digit(tens)),
        (_, 5) => format!("{} mươi lăm", digit(tens)),
        _ => format!("{} mươi {}", digit(tens), digit(ones)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_a_vietnamese_clerk_reads_them() {
        for (n, words) in [
            (0, "không"),
            (4, "bốn"),
            (10, "mười"),
            (15, "mười lăm"),
            (21, "hai mươi mốt"),
            (24, "hai mươi tư"),
            (25, "hai mươi lăm"),
            (30, "ba mươi"),
            (100, "một trăm"),
            (405, "bốn trăm linh năm"),
            (1900, "một nghìn chín trăm"),
            (1905, "một nghìn chín trăm linh năm"),
            (1975, "một nghìn chín trăm bảy mươi lăm"),
            (2000, "hai nghìn"),
            (2005, "hai nghìn không trăm linh năm"),
            (2010, "hai nghìn không trăm mười"),
            (2026, "hai nghìn không trăm hai mươi sáu"),
        ] {
            assert_eq!(number(n), words);
        }
    }
}
