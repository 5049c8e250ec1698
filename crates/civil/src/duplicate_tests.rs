use serde_json::{Value as Json, json};

use super::*;
use crate::kind::Kind;
use crate::wire::Form;

fn act(kind: Kind, json: &Json) -> Act {
    let mut form = Form::new();
    let act = Act::from_json(kind, json, &mut form);
    form.finish(act).unwrap()
}

/// A birth of which tests change what they are about.
fn birth(change: impl FnOnce(&mut Json)) -> Act {
    let mut json = json!({
        "book": { "number": 1, "year": 2019 },
        "registered_on": "2019-03-20", "received_on": "2019-03-20", "entry": "on_time",
        "child": {
            "name": "Ksor H’Lan", "sex": "female", "born_on": "2019-03-08", "nationality": "VNM",
            "birth_place": { "text": "Xã Hòa Phú" },
        },
        "mother": { "name": "Ksor H’Bia", "born_on": "1994" },
        "father": { "name": "Nay Y Thuyên", "born_on": "1991" },
        "signer": { "name": "Lê Thị Mai", "title": "Chủ tịch" },
    });
    change(&mut json);
    act(Kind::Birth, &json)
}

fn of(one: &Act, other: &Act) -> Option<Candidate> {
    compare(one, EntryId::from_bytes([7; 16]), other)
}

#[test]
fn one_child_registered_in_two_communes_is_a_candidate_with_its_reasons() {
    let first = birth(|_| {});
    // Typed without marks by somebody else, ten years later, in another place.
    let second = birth(|json| {
        json["child"]["name"] = json!("KSOR H'LAN");
        json["child"]["birth_place"]["text"] = json!("Thị xã Ayun Pa");
        json["entry"] = json!("late");
    });
    let candidate = of(&second, &first).unwrap();
    assert_eq!(candidate.score, 75);
    assert_eq!(
        candidate.agree,
        [
            Feature::Name,
            Feature::BornOn,
            Feature::Sex,
            Feature::Mother,
            Feature::Father
        ]
    );
    assert_eq!(candidate.differ, [Feature::BirthPlace]);
    assert_eq!((candidate.explained, candidate.warns()), (None, true));
}

#[test]
fn twins_are_listed_as_twins_and_warn_nobody() {
    let first = birth(|_| {});
    let named_otherwise = birth(|json| json["child"]["name"] = json!("Ksor H’Liên"));
    let candidate = of(&named_otherwise, &first).unwrap();
    assert_eq!(
        (candidate.explained, candidate.warns()),
        (Some(Likeness::Twins), false)
    );
    assert!(candidate.agree.contains(&Feature::Mother) && candidate.differ.contains(&Feature::Name));

    // Of one name: the code of the birth notice tells them apart.
    let noticed = |code: &'static str| birth(move |json| json["birth_notice"] = json!(code));
    let candidate = of(&noticed("54321.GCS.00002.26"), &noticed("54321.GCS.00001.26")).unwrap();
    assert_eq!(
        (candidate.explained, candidate.warns()),
        (Some(Likeness::Twins), false)
    );
    let ordered = |order: u8| birth(move |json| json["birth_order"] = json!(order));
    assert_eq!(
        of(&ordered(2), &ordered(1)).unwrap().explained,
        Some(Likeness::Twins)
    );
    // Of one name and with nothing else to tell them apart: somebody must look.
    assert!(of(&first, &first).unwrap().warns());
}

#[test]
fn two_personal_numbers_do_not_make_twins_of_one_child() {
    let numbered = |number: &'static str| birth(move |json| json["child"]["personal_number"] = json!(number));
    let candidate = of(&numbered("054319000123"), &numbered("054319000124")).unwrap();
    assert_eq!((candidate.explained, candidate.warns()), (None, true));
}

#[test]
fn who_is_registered_again_has_two_entries_by_law() {
    let first = birth(|_| {});
    let again = birth(|json| json["entry"] = json!("again"));
    for candidate in [of(&again, &first), of(&first, &again)] {
        let candidate = candidate.unwrap();
        assert_eq!(
            (candidate.explained, candidate.warns()),
            (Some(Likeness::AgainRegistered), false)
        );
    }
}

#[test]
fn one_personal_number_at_two_names_is_listed_whatever_else_differs() {
    let numbered = |change: fn(&mut Json)| {
        birth(move |json| {
            json["child"]["personal_number"] = json!("054319000123");
            change(json);
        })
    };
    let other = numbered(|json| {
        json["child"]["name"] = json!("Siu Y Blơk");
        json["child"]["born_on"] = json!("2019-11-08");
        json["mother"]["name"] = json!("Rơ Chăm H'Phik");
        json["father"]["name"] = json!("Siu Blơk");
    });
    let candidate = of(&other, &numbered(|_| {})).unwrap();
    assert!(candidate.score < THRESHOLD && candidate.bears_the_same_number() && !candidate.warns());
    // Of one name it is the same child again.
    let again = numbered(|json| json["mother"] = Json::Null);
    let candidate = of(&again, &numbered(|_| {})).unwrap();
    assert!(candidate.warns() && !candidate.bears_the_same_number());
}

#[test]
fn people_of_one_name_are_not_one_person() {
    let first = birth(|_| {});
    for change in [
        // Another mother.
        |json: &mut Json| json["mother"]["name"] = json!("Rơ Chăm H'Phik"),
        // Another day.
        |json: &mut Json| json["child"]["born_on"] = json!("2019-03-09"),
        |json: &mut Json| json["child"]["sex"] = json!("male"),
    ] {
        let other = birth(change);
        assert!(of(&other, &first).is_none_or(|candidate| !candidate.warns()));
    }
    let namesake = birth(|json| {
        json["child"]["birth_place"]["text"] = json!("Thị xã Ayun Pa");
        json["mother"]["name"] = json!("Rơ Chăm H'Phik");
        json["father"] = Json::Null;
    });
    assert_eq!(of(&namesake, &first), None);
}

#[test]
fn what_is_not_stated_says_nothing_and_a_year_agrees_with_its_days() {
    let first = birth(|_| {});
    let bare = birth(|json| {
        json["child"] = json!({ "name": "Ksor H’Lan", "born_on": "2019" });
        json["father"] = Json::Null;
    });
    let candidate = of(&bare, &first).unwrap();
    assert_eq!((candidate.score, candidate.differ.as_slice()), (65, &[][..]));
}

#[test]
fn marriages_are_compared_by_both_spouses_and_acts_that_may_be_repeated_not_at_all() {
    let marriage = |husband: &str, day: &str| {
        let json = json!({
            "book": { "number": 1, "year": 2016 },
            "registered_on": day, "received_on": day, "entry": "new", "both_present": true, "established_on": day,
            "wife": { "name": "Trần Thị Hoa", "born_on": "1990-05-02" },
            "husband": { "name": husband, "born_on": "1988" },
            "signer": { "name": "Lê Thị Mai", "title": "Chủ tịch" },
        });
        act(Kind::Marriage, &json)
    };
    let first = marriage("Nguyễn Văn Nam", "2016-05-20");
    assert!(of(&first, &first).unwrap().warns());
    assert_eq!(
        of(&marriage("Lê Văn Tư", "2020-05-20"), &first),
        None,
        "she married again"
    );
    assert_eq!(of(&first, &birth(|_| {})), None);
    let status = json!({
        "book": { "number": 1, "year": 2026 }, "registered_on": "2026-01-20", "received_on": "2026-01-20",
        "subject": { "name": "Trần Thị Hoa", "born_on": "1990-05-02", "personal_number": "054190000123" },
        "status": "Chưa đăng ký kết hôn với ai.", "purpose": "Để vay vốn.",
        "signer": { "name": "Lê Thị Mai", "title": "Chủ tịch" },
    });
    let status = act(Kind::MaritalStatusConfirmation, &status);
    assert_eq!(of(&status, &status), None);
}
