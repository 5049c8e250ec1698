//! One registration of each kind, and one from an old book.

use civil::kind::Kind;
use serde_json::{Value as Json, json};

use super::{AN_NHON, ENDORSERS, HEAD_AN_NHON, OFFICER_AN_NHON, OFFICER_DA_TEH, file};
use crate::chain::{Chain, Filing};

pub fn record(chain: &mut Chain) {
    file(
        chain,
        "a birth, with letters that have no single code point",
        AN_NHON,
        OFFICER_AN_NHON,
        Kind::Birth,
        json!({
            "book": { "number": 1, "year": 2019, "volume": "01/2019", "page": 1 },
            "registered_on": "2019-05-20",
            "received_on": "2019-05-20",
            "entry": "on_time",
            "child": {
                "name": { "full": "H’Ƀơ̆n Ê̆ban", "family": "Ê̆ban", "given": "H’Ƀơ̆n" },
                "sex": "female",
                "born_on": "2019-05-14",
                "birth_place": {
                    "text": "Xã An Nhơn, huyện Đạ Tẻh, tỉnh Lâm Đồng",
                    "unit": "25129@..",
                    "facility": "Trạm y tế xã An Nhơn",
                },
                "home_place": place("Xã Ea H'leo, huyện Ea H'leo, tỉnh Đắk Lắk", "24184@.."),
                "ethnicity": "12",
                "nationality": "VNM",
                "personal_number": "068319000017",
            },
            "mother": {
                "name": "H’Hen Ê̆ban",
                "born_on": { "value": "1990", "as_written": "29 tuổi", "computed": true },
                "ethnicity": "12",
                "nationality": "VNM",
                "residence": place("Xã An Nhơn, huyện Đạ Tẻh, tỉnh Lâm Đồng", "25129@.."),
            },
            "declarant": {
                "name": "H’Hen Ê̆ban",
                "relation": "mẹ",
                "identity_paper": {
                    "kind": "cmnd",
                    "number": "250123456",
                    "issued_on": "2008-03",
                    "issued_by": "Công an tỉnh Lâm Đồng",
                },
            },
            "birth_notice": "0012/2019",
            "signer": signer(),
            "officer": "Nguyễn Thị Hòa",
            "remark": "Chưa xác định được cha.",
        }),
    );
    marriage(chain);
    file(
        chain,
        "a death, with its hour",
        AN_NHON,
        HEAD_AN_NHON,
        Kind::Death,
        json!({
            "book": { "number": 1, "year": 2020 },
            "registered_on": "2020-02-12",
            "received_on": "2020-02-12",
            "entry": "on_time",
            "deceased": person("Cil Ha Brông", "male", "1941", "15"),
            "died_on": "2020-02-10",
            "died_at": "23:05",
            "place": place("Xã An Nhơn, huyện Đạ Tẻh, tỉnh Lâm Đồng", "25129@.."),
            "cause": "Tuổi già",
            "notice": { "number": "07", "issued_by": "Trạm y tế xã An Nhơn", "issued_on": "2020-02-11" },
            "declarant": { "name": "Cil Ka Thuyên", "relation": "con" },
            "signer": signer(),
        }),
    );
    file(
        chain,
        "a confirmation of marital status",
        AN_NHON,
        OFFICER_AN_NHON,
        Kind::MaritalStatusConfirmation,
        json!({
            "book": { "number": 1, "year": 2020 },
            "registered_on": "2020-03-02",
            "received_on": "2020-03-02",
            "subject": person("Nguyễn Hoàng Y", "male", "1995-11-30", "01"),
            "status": "Chưa đăng ký kết hôn với ai",
            "purpose": "Để kết hôn",
            "signer": signer(),
        }),
    );
    file(
        chain,
        "a recognition of a child",
        AN_NHON,
        OFFICER_AN_NHON,
        Kind::ParentChildRecognition,
        json!({
            "book": { "number": 1, "year": 2020 },
            "registered_on": "2020-04-06",
            "received_on": "2020-04-01",
            "direction": "father_recognises_child",
            "parent": person("Y Ñuê Buôn Krông", "male", "1988-07-09", "12"),
            "child": person("H’Ƀơ̆n Ê̆ban", "female", "2019-05-14", "12"),
            "signer": signer(),
        }),
    );
    file(
        chain,
        "a guardianship of two guardians",
        AN_NHON,
        OFFICER_AN_NHON,
        Kind::Guardianship,
        json!({
            "book": { "number": 1, "year": 2020 },
            "registered_on": "2020-05-11",
            "received_on": "2020-05-08",
            "guardians": [
                person("Cil Ka Thuyên", "female", "1966-01-20", "15"),
                person("Rơ Ông Ha Krêng", "male", "1964", "15"),
            ],
            "wards": [person("Cil Ha Wêl", "male", "2012-10-03", "15")],
            "reason": "Cha mẹ đã chết",
            "signer": signer(),
        }),
    );
    digitised(chain);
}

fn marriage(chain: &mut Chain) {
    let mut wife = person("Đỗ Thị Ỷ", "female", "2001-06-30", "01");
    wife["identity_paper"] = json!({ "kind": "cccd", "number": "068301000023" });
    chain.record(Filing {
        name: "a marriage under age, acknowledged and endorsed by two",
        stream: AN_NHON,
        signer: OFFICER_AN_NHON,
        kind: Kind::Marriage,
        act: json!({
            "book": { "number": 1, "year": 2018 },
            "registered_on": "2018-11-05",
            "received_on": "2018-11-05",
            "entry": "new",
            "wife": wife,
            "husband": person("Nguyễn Văn Khoẻ", "male", "1996-02-28", "01"),
            "established_on": "2018-11-05",
            "both_present": true,
            "signer": signer(),
            "officer": "Nguyễn Thị Hòa",
        }),
        entry: None,
        acknowledgements: &[("under_marriage_age", "Theo bản án công nhận số 02/2018/HNGĐ-ST.")],
        endorsers: &ENDORSERS,
    });
}

/// What a clerk of the successor takes over from a torn book.
fn digitised(chain: &mut Chain) {
    chain.record(Filing {
        name: "a birth from an old book, with every way to miss a value",
        stream: "102/digitised",
        signer: OFFICER_DA_TEH,
        kind: Kind::Birth,
        act: json!({
            "book": { "number": 217, "year": 1978 },
            "registered_on": "1978-09-02",
            "received_on": "1978-09-02",
            "entry": "late",
            "child": {
                "name": { "value": "K’ Wơ̆h", "as_written": "K' Wơ̆h (?)" },
                "sex": { "missing": "unreadable", "as_written": "N…" },
                "born_on": { "value": "XXXX-05-14", "as_written": "14 tháng 5" },
                "birth_place": { "value": { "text": "Đạ Tẻh" }, "as_written": "Đạ Tẻ" },
                "ethnicity": "Mạ",
                "nationality": { "missing": "not_in_book" },
                "other_nationality": { "missing": "not_transferred" },
            },
            "mother": { "name": "Ka Nhơ̆i", "born_on": "1950-12" },
            "father": { "name": { "missing": "unknown" }, "born_on": { "missing": "unknown" } },
            "signer": { "missing": "unreadable" },
        }),
        entry: None,
        acknowledgements: &[
            ("field_left_out", "Sổ bị rách, giữ như trong Sổ."),
            ("rule_not_known", "Sổ cũ."),
        ],
        endorsers: &[],
    });
}

fn place(text: &str, unit: &str) -> Json {
    json!({ "text": text, "unit": unit })
}

fn signer() -> Json {
    json!({ "name": "K’ Brếp", "title": "Chủ tịch" })
}

fn person(name: &str, sex: &str, born_on: &str, ethnicity: &str) -> Json {
    json!({
        "name": name,
        "sex": sex,
        "born_on": born_on,
        "ethnicity": ethnicity,
        "nationality": "VNM",
        "residence": place("Xã An Nhơn, huyện Đạ Tẻh, tỉnh Lâm Đồng", "25129@.."),
    })
}
