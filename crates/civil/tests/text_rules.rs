//! The rules of text that RFC 0001 §1 and §2 write down, held against the tables that this build uses.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot go on stops where it stands"
)]

use civil::value::Text;

#[test]
fn normalisation_is_that_of_unicode_18() {
    // Later tables may decompose code points that 18.0 does not assign; an old text would then be refused. Whoever
    // raises this dependency keeps such code points as they are here, or stays.
    assert_eq!(unicode_normalization::UNICODE_VERSION, (18, 0, 0));
}

#[test]
fn white_space_is_the_twenty_five_code_points_of_the_rfc() {
    let written = [0x20, 0x85, 0xa0, 0x1680, 0x2028, 0x2029, 0x202f, 0x205f, 0x3000]
        .into_iter()
        .chain(0x09..=0x0d)
        .chain(0x2000..=0x200a);
    let mut written: Vec<u32> = written.collect();
    written.sort_unstable();
    let ours: Vec<u32> = (0..=0x10_ffff)
        .filter(|code| char::from_u32(*code).is_some_and(char::is_whitespace))
        .collect();
    assert_eq!(ours, written);
    for code in ours {
        let text = format!("a{}", char::from_u32(code).unwrap());
        assert!(Text::parse(&text).is_err(), "U+{code:04X}");
    }
}

#[test]
fn the_forbidden_code_points_are_those_of_the_rfc() {
    for code in (0..=0x10_ffff).filter_map(char::from_u32) {
        let text = format!("a{code}a");
        let forbidden = matches!(code, '\0'..='\u{9}' | '\u{b}'..='\u{1f}' | '\u{7f}'..='\u{9f}')
            || matches!(code, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}');
        let parsed = Text::parse(&text);
        if forbidden {
            assert_eq!(parsed.unwrap_err().code, "control_character", "{code:?}");
        } else if let Err(error) = parsed {
            assert_eq!(error.code, "not_nfc", "{code:?}");
        }
    }
}
