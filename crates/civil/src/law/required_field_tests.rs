use super::*;
use crate::form::Form;
use crate::law::{RuleSet, rules};
use serde_json::{Value as Json, json};

fn day(text: &str) -> Date {
    Date::parse(text).unwrap()
}

fn read(kind: Kind, json: &Json) -> Act {
    let mut form = Form::new();
    let act = Act::from_json(kind, json, &mut form);
    act.unwrap_or_else(|| panic!("{form:?}"))
}

fn birth() -> Json {
    json!({
        "book": { "number": 1, "year": 2026 },
        "registered_on": "2026-03-02", "received_on": "2026-03-02", "entry": "on_time",
        "child": {
            "name": "Lò Thị Mây", "sex": "female", "born_on": "2026-02-20",
            "birth_place": { "text": "xã Mường Phăng" }, "nationality": "VN",
        },
        "mother": { "name": "Lò Thị Pành" },
        "signer": { "name": "Vũ Thị Ký", "title": "Chủ tịch" },
    })
}

fn of_birth() -> RuleSet {
    rules("birth", day("2026-03-02"), None)
}

#[test]
fn a_birth_with_all_that_a_new_one_has_lacks_nothing_and_each_field_is_missed() {
    let lacks = |json: &Json, tick: &str| of_birth().left_out(&read(Kind::Birth, json), tick);
    assert_eq!(lacks(&birth(), "on_time"), Vec::<String>::new());
    for field in ["sex", "born_on", "birth_place", "nationality"] {
        let mut without = birth();
        without["child"].as_object_mut().unwrap().remove(field);
        assert_eq!(lacks(&without, "on_time"), [format!("/child/{field}")]);
        let mut missing = birth();
        missing["child"][field] = json!({ "missing": "not_in_book" });
        assert_eq!(lacks(&missing, "on_time"), [format!("/child/{field}")]);
    }
    let mut nameless = birth();
    nameless["child"]["name"] = json!({ "missing": "unreadable" });
    assert_eq!(lacks(&nameless, "on_time"), ["/child/name"]);
}

#[test]
fn a_foundling_has_no_mother_to_miss() {
    let mut without = birth();
    without.as_object_mut().unwrap().remove("mother");
    let act = read(Kind::Birth, &without);
    assert_eq!(of_birth().left_out(&act, "on_time"), ["/mother"]);
    assert_eq!(of_birth().left_out(&act, "again"), ["/mother"]);
    for tick in ["foundling", "parents_unknown"] {
        assert_eq!(of_birth().left_out(&act, tick), Vec::<String>::new());
    }
}

#[test]
fn what_the_form_alone_requires_is_listed_and_raises_no_warning() {
    let pointers = |warn| -> Vec<&str> {
        let rules = of_birth();
        let fields = rules.required_fields("on_time").filter(|row| row.warn == warn);
        fields.map(|row| row.pointer.as_str()).collect()
    };
    assert_eq!(pointers(true).len(), 6);
    assert!(pointers(false).contains(&"/book/page"));
    assert!(pointers(false).contains(&"/declarant/identity_paper"));
}

#[test]
fn an_empty_list_is_left_out() {
    let guardianship = json!({
        "book": { "number": 1, "year": 2026 },
        "registered_on": "2026-03-02", "received_on": "2026-03-02",
        "guardians": [{ "name": "Lò Văn Păn" }], "wards": [],
        "reason": "Cha mẹ đã mất", "signer": { "name": "Vũ Thị Ký", "title": "Chủ tịch" },
    });
    let act = read(Kind::Guardianship, &guardianship);
    let rules = rules("guardianship", day("2026-03-02"), None);
    assert_eq!(rules.left_out(&act, "appointed"), ["/wards"]);
}

#[test]
fn a_row_for_each_item_of_a_list_names_the_item() {
    let guardianship = json!({
        "book": { "number": 1, "year": 2026 },
        "registered_on": "2026-03-02", "received_on": "2026-03-02",
        "guardians": [{ "name": "Lò Văn Păn", "sex": "male" }, { "name": "Lò Thị Pành" }],
        "wards": [{ "name": "Lò Thị Mây" }],
        "reason": "Cha mẹ đã mất", "signer": { "name": "Vũ Thị Ký", "title": "Chủ tịch" },
    });
    let text = "kind,entry,pointer,from,to,warn,confidence,article\n\
                guardianship,any,/guardians/*/sex,,,1,high,x\n";
    let table = Table::<RequiredField>::of(text);
    let tree = read(Kind::Guardianship, &guardianship).to_cbor();
    let mut found = Vec::new();
    table.rows()[0].missing_in(&tree, &mut found);
    assert_eq!(found, ["/guardians/1/sex"]);
}
