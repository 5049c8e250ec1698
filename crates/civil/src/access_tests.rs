use super::*;

fn line() -> Access {
    Access {
        at_ms: 1_772_416_800_000,
        reader: Reader::Office,
        office: OfficeId(7),
        token: [3; 32],
        reading: Reading::EntrySearch,
        entries: vec![EntryId::from_bytes([1; 16]), EntryId::from_bytes([2; 16])],
        events: vec![EventId::from_bytes([9; 16])],
        numbers: Some((40, 140)),
        shown: 3,
        purpose: "paper; case=H29.12-260302-0001".parse().ok(),
        from: Some(IpAddr::from([10, 0, 0, 7])),
    }
}

fn lines() -> Vec<Access> {
    let plain = Access {
        entries: vec![],
        events: vec![],
        numbers: None,
        purpose: None,
        from: None,
        ..line()
    };
    let six = Access {
        from: Some(IpAddr::from([0x20; 16])),
        purpose: "inspection".parse().ok(),
        ..line()
    };
    let mut all: Vec<Access> = vec![line(), plain, six];
    all.extend(Reading::ALL.iter().map(|reading| Access {
        reading: *reading,
        ..line()
    }));
    all.extend(Reader::ALL.iter().map(|reader| Access {
        reader: *reader,
        ..line()
    }));
    all
}

#[test]
fn a_line_is_read_back_as_it_was_written() {
    for access in lines() {
        assert_eq!(Access::decode(&access.encode()), Ok(access));
    }
}

#[test]
fn a_line_with_a_changed_bit_is_refused_or_says_something_else() {
    for access in lines() {
        let bytes = access.encode();
        for bit in 0..bytes.len() * 8 {
            let mut changed = bytes.clone();
            changed[bit / 8] ^= 1 << (bit % 8);
            if let Ok(read) = Access::decode(&changed) {
                assert_ne!(read, access);
                assert_eq!(read.encode(), changed);
            }
        }
        for end in 0..bytes.len() {
            assert!(Access::decode(&bytes[..end]).is_err());
        }
        assert!(Access::decode(&[bytes, vec![0]].concat()).is_err());
    }
}

#[test]
fn things_stand_in_order_and_once() {
    let id = EntryId::from_bytes;
    for entries in [vec![id([2; 16]), id([1; 16])], vec![id([1; 16]), id([1; 16])]] {
        let line = Access { entries, ..line() };
        assert_eq!(Access::decode(&line.encode()), Err(Malformed::Shape("entries")));
    }
    for numbers in [(4, 4), (5, 4)] {
        let line = Access {
            numbers: Some(numbers),
            ..line()
        };
        assert_eq!(Access::decode(&line.encode()), Err(Malformed::Shape("numbers")));
    }
}

#[test]
fn a_purpose_is_a_ground_and_perhaps_a_case_and_nothing_that_names_a_person() {
    for good in [
        "registration",
        "paper; case=H29.12-260302-0001",
        "authority; case=12/2026/QDST-HNGD",
        "person;case=12345678",
    ] {
        let purpose: Purpose = good.parse().unwrap();
        assert_eq!(purpose.to_string().replace(' ', ""), good.replace(' ', ""));
    }
    for bad in [
        "",
        "curiosity",
        "paper;",
        "paper; case=",
        "paper; case=Nguyễn Văn Thành",
        "paper; case=Nguyen Van Thanh",
        "paper; case=066194001234",
        "paper; case=X-123456789",
        "paper; name=x",
        "Hồ sơ của bà Mai",
    ] {
        assert_eq!(bad.parse::<Purpose>(), Err(BadPurpose), "{bad}");
    }
    let long = format!("paper; case={}", "A".repeat(CASE_MAX + 1));
    assert_eq!(long.parse::<Purpose>(), Err(BadPurpose));
}

#[test]
fn every_code_is_found_by_its_number_and_has_a_name_of_its_own() {
    let mut names = std::collections::BTreeSet::new();
    for reading in Reading::ALL {
        assert_eq!(Reading::of(*reading as u64), Some(*reading));
        assert!(names.insert(reading.name()), "{reading:?}");
    }
    assert_eq!(Reading::of(20), None);
    assert_eq!(Reader::of(3), None);
    assert_eq!((Ground::of(0), Ground::of(8)), (None, None));
}
