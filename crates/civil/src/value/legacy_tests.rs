use super::*;

/// Every letter with a mark, small and capital.
fn letters() -> Vec<char> {
    LETTERS.chars().chain(LETTERS.chars().map(capital)).collect()
}

fn to_tcvn3(text: &str) -> String {
    let code = |c: char| {
        if let Some((code, _)) = TCVN3_CAPITALS.iter().find(|(_, capital)| *capital == c) {
            return *code;
        }
        let small = c.to_lowercase().next().unwrap();
        LETTERS
            .chars()
            .position(|letter| letter == small)
            .map_or(c, |at| TCVN3.chars().nth(at).unwrap())
    };
    text.chars().map(code).collect()
}

fn to_vni(text: &str) -> String {
    let code = |c: char| {
        let small = c.to_lowercase().next().unwrap();
        match LETTERS.chars().position(|letter| letter == small) {
            Some(at) if c == small => VNI[at].to_owned(),
            Some(at) => VNI[at].to_uppercase(),
            None => c.to_string(),
        }
    };
    text.chars().map(code).collect()
}

#[test]
fn the_tables_have_each_of_the_134_letters_once() {
    assert_eq!(
        (LETTERS.chars().count(), TCVN3.chars().count(), VNI.len()),
        (67, 67, 67)
    );
    let mut all = letters();
    all.sort_unstable();
    all.dedup();
    assert_eq!(all.len(), 134);
    let mut codes: Vec<char> = TCVN3
        .chars()
        .chain(TCVN3_CAPITALS.map(|(code, _)| code))
        .collect();
    codes.sort_unstable();
    codes.dedup();
    assert_eq!(codes.len(), 74);
    assert!(codes.iter().all(|c| ('\u{A1}'..='\u{FE}').contains(c)));
}

#[test]
fn each_letter_goes_to_both_encodings_and_back() {
    for letter in letters() {
        let word = if letter.is_uppercase() {
            format!("T{letter}T")
        } else {
            format!("t{letter}t")
        };
        assert_eq!(
            from_tcvn3(&to_tcvn3(&word), letter.is_uppercase()).as_deref(),
            Some(word.as_str()),
            "TCVN3 {letter}"
        );
        assert_eq!(
            from_vni(&to_vni(&word)).as_deref(),
            Some(word.as_str()),
            "VNI {letter}"
        );
    }
}

#[test]
fn a_name_in_an_old_encoding_is_offered_as_it_was_meant() {
    let read = |text: &str| convert_legacy(text).map(|read| (read.encoding.name(), read.text));
    let tcvn3 = |text: &str| Some(("tcvn3", text.to_owned()));
    let vni = |text: &str| Some(("vni", text.to_owned()));
    assert_eq!(read("NguyÔn V¨n Nam"), tcvn3("Nguyễn Văn Nam"));
    assert_eq!(read("Nguyeãn Vaên Nam"), vni("Nguyễn Văn Nam"));
    for name in [
        "Nguyễn Thị Minh Khuê",
        "Trần Văn Đạt",
        "Phạm Đình Quốc Bảo",
        "Đỗ Thị Quỳnh",
        "Hoàng Thị Hường",
        "Lê Thị Thuý",
        "Vũ Đức Thịnh",
        "Lý Thị Nghiêng",
        "Dương Quý Phước",
        "Bùi Giáng Hương",
        "Ngô Xuân Diệu",
        "Hồ Xuân Hương",
    ] {
        assert_eq!(read(&to_tcvn3(name)), tcvn3(name), "TCVN3 of {name}");
        assert_eq!(read(&to_vni(name)), vni(name), "VNI of {name}");
        let capitals = crate::value::upper_case(name);
        assert_eq!(read(&to_vni(&capitals)), vni(&capitals), "VNI of {capitals}");
        assert_eq!(
            read(&to_tcvn3(&capitals)),
            tcvn3(&capitals),
            "TCVN3 of {capitals}"
        );
    }
}

#[test]
fn what_is_no_old_encoding_is_left_alone() {
    for name in [
        "Nguyễn Văn Nam",
        "Hoà",
        "Ksor Ñơk",
        "Gaël",
        "Zoë Müller-Groß",
        "Nguy?n V?n Nam",
        "山田 太郎",
        "",
    ] {
        assert_eq!(convert_legacy(name), None, "{name}");
    }
}

#[test]
fn debug_output_hides_the_name() {
    assert!(!format!("{:?}", convert_legacy("NguyÔn V¨n Nam")).contains("Nguy"));
}
