use super::*;

fn refused(hexadecimal: &str) -> Malformed {
    decode(&hex::decode(hexadecimal).unwrap()).unwrap_err()
}

#[test]
fn every_second_way_to_write_a_value_is_refused() {
    for (bytes, why) in [
        ("1801", Malformed::NotShortest),
        ("190001", Malformed::NotShortest),
        ("1b0000000000000001", Malformed::NotShortest),
        ("580100", Malformed::NotShortest),
        ("9fff", Malformed::ForeignItem),
        ("bfff", Malformed::ForeignItem),
        ("7f6161ff", Malformed::ForeignItem),
        ("f93c00", Malformed::ForeignItem),
        ("fb3ff0000000000000", Malformed::ForeignItem),
        ("f7", Malformed::ForeignItem),
        ("f8ff", Malformed::ForeignItem),
        ("c001", Malformed::ForeignItem),
        ("a201000000", Malformed::KeyOrder),
        ("a200000000", Malformed::KeyOrder),
        ("a1616100", Malformed::KeyOrder),
        ("0000", Malformed::TrailingBytes),
        ("8201", Malformed::Truncated),
        ("", Malformed::Truncated),
        ("9b00ffffffffffffff", Malformed::Truncated),
        ("62ffff", Malformed::NotNfc),
        ("6365cc81", Malformed::NotNfc),
    ] {
        assert_eq!(refused(bytes), why, "{bytes}");
    }
}

#[test]
fn ten_thousand_levels_of_nesting_are_refused_without_recursion() {
    let mut bytes = vec![0x81; 10_000];
    bytes.push(0);
    assert_eq!(decode(&bytes), Err(Malformed::TooDeep));
}

#[test]
fn a_body_of_twenty_megabytes_is_refused_before_it_is_read() {
    assert_eq!(decode(&vec![0; 20 << 20]), Err(Malformed::TooLarge));
}

#[test]
fn letters_that_have_no_single_code_point_stay_as_they_are_in_nfc() {
    for name in ["H’Ƀơ̆n Ê̆ban", "Nguyễn Thị Ư̆", "ƀ"] {
        let value = Value::Text(name.to_owned());
        assert_eq!(decode(&encode(&value)), Ok(value));
    }
}

#[test]
fn letters_that_pass_without_the_tables_are_in_nfc_by_the_tables_after_any_letter() {
    let alone = (0..=0x1eff)
        .filter_map(char::from_u32)
        .filter(|letter| stands_alone(*letter));
    for letter in alone {
        for before in ["", "a", "Ư", "e"] {
            let text = format!("{before}{letter}");
            assert_eq!(
                is_nfc_quick(text.chars()),
                IsNormalized::Yes,
                "{:x}",
                u32::from(letter)
            );
        }
    }
}

mod properties {
    use super::*;
    use proptest::prelude::*;

    fn any_value() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            any::<i64>().prop_map(|number| Value::Integer(number.into())),
            any::<bool>().prop_map(Value::Bool),
            Just(Value::Null),
            proptest::collection::vec(any::<u8>(), 0..300).prop_map(Value::Bytes),
            any::<String>().prop_map(|text| Value::Text(text.nfc().collect())),
        ];
        leaf.prop_recursive(4, 64, 8, |inner| {
            prop_oneof![
                proptest::collection::vec(inner.clone(), 0..8).prop_map(Value::Array),
                proptest::collection::btree_map(any::<u32>(), inner, 0..8).prop_map(|map| {
                    Value::Map(
                        map.into_iter()
                            .map(|(key, value)| (Value::Integer(key.into()), value))
                            .collect(),
                    )
                }),
            ]
        })
    }

    proptest! {
        #[test]
        fn what_is_written_reads_back_and_ciborium_agrees(value in any_value()) {
            let bytes = encode(&value);
            prop_assert_eq!(&decode(&bytes).unwrap(), &value);
            let mut their_bytes = Vec::new();
            ciborium::into_writer(&value, &mut their_bytes).unwrap();
            prop_assert_eq!(&their_bytes, &bytes);
            let theirs: Value = ciborium::from_reader(bytes.as_slice()).unwrap();
            prop_assert_eq!(theirs, value);
        }

        #[test]
        fn whatever_is_accepted_would_be_written_the_same_way(bytes in proptest::collection::vec(any::<u8>(), 0..64)) {
            if let Ok(value) = decode(&bytes) {
                prop_assert_eq!(encode(&value), bytes);
            }
        }
    }
}
