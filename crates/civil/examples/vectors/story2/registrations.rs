//! Births, marriages, deaths and confirmations with what their forms have beside the first release.

use civil::kind::Kind;
use serde_json::{Value as Json, json};

use super::people::{
    declarant, earlier, foreign, foreigner, handling, judgment, known, paper, person, place,
};
use super::{DA_TEH, MISSION, and, file, framed, id};
use crate::chain::Chain;

pub fn record(chain: &mut Chain) {
    births(chain);
    marriages(chain);
    deaths(chain);
    confirmations(chain);
}

fn child(name: &str, sex: &str, born_on: &str) -> Json {
    json!({
        "name": name, "sex": sex, "born_on": born_on, "birth_place": { "text": "Đạ Tẻh", "facility": "Trung tâm y tế Đạ Tẻh" }, "home_place": place(),
        "ethnicity": "01", "nationality": "VNM",
    })
}

fn births(chain: &mut Chain) {
    let mut mother = person("Đỗ Thị Ỷ", "female", "1995-06-30");
    mother["name"] = json!({ "full": "Đỗ Thị Ỷ", "family": "Đỗ", "middle": "Thị", "given": "Ỷ" });
    let twin = json!({
        "entry": "on_time",
        "child": and(child("Kim Bảo Ân", "male", "2026-06-20"), json!({ "other_nationality": "KOR", "original_script": "김보은" })),
        "mother": and(mother.clone(), json!({ "standing": "birth" })),
        "father": foreigner("KIM MIN-JUN", "김민준", "male", "1990-02-11"),
        "declarant": declarant("Đỗ Thị Ỷ", "mẹ"),
        "birth_notice": "26734.GCS.00017.26",
        "surrogacy": "Văn bản số 5/BV ngày 21/06/2026 của Bệnh viện Từ Dũ",
        "proof": "notice",
        "nationality_agreement": "Văn bản thỏa thuận ngày 22/06/2026",
        "birth_order": 2,
        "handling": handling(),
    });
    file(
        chain,
        "a birth with a foreign father",
        DA_TEH,
        Kind::Birth,
        framed("2026-07-03", 1, twin),
    );
    let foundling = json!({
        "entry": "foundling",
        "child": child("Trần Phúc", "male", "2026-06"),
        "found": { "found_on": "2026-06-18", "place": { "text": "Cổng chùa Bửu Sơn, xã Đạ Tẻh" }, "record": "Biên bản số 4/2026" },
        "proof": "record_of_finding",
        "declarant": { "name": "Nguyễn Thị Nga", "relation": "người tạm thời nuôi dưỡng" },
        "handling": { "posted_from": "2026-06-20", "posted_until": "2026-06-27" },
        "remark": "Trẻ bị bỏ rơi",
    });
    file(
        chain,
        "a foundling",
        DA_TEH,
        Kind::Birth,
        framed("2026-07-03", 2, foundling),
    );
    let abroad = json!({
        "entry": "noted_from_abroad",
        "child": and(child("Trần Min Ji", "female", "2026-05-02"), json!({ "original_script": "트란민지" })),
        "mother": person("Trần Thị Lụa", "female", "1999-01-09"),
        "foreign": foreign(),
        "handling": { "channel": "in_person" },
    });
    file(
        chain,
        "a birth noted from abroad",
        MISSION,
        Kind::Birth,
        framed("2026-07-04", 1, abroad),
    );
    let lost = id(chain, "a birth of an old book without day, number and tick");
    let again = json!({
        "entry": "again",
        "child": known(child("K’ Wơ̆h", "male", "1978-05-14"), &lost, "child"),
        "mother": { "name": "Ka Nhơ̆i", "known_as": { "entry": lost, "role": "mother" } },
        "earlier": and(earlier(), json!({ "entry": lost })),
        "proof": "undertaking",
    });
    file(
        chain,
        "a birth registered again",
        DA_TEH,
        Kind::Birth,
        framed("2026-07-06", 3, again),
    );
    let hours = json!({
        "entry": "on_time",
        "child": child("Lê Vô Danh", "male", "2026-07-05"),
        "mother": person("Lê Thị Mận", "female", "1997-07-07"),
        "under_24_hours_at_request": true,
    });
    file(
        chain,
        "a child that lived for hours",
        DA_TEH,
        Kind::Birth,
        framed("2026-07-06", 4, hours),
    );
    let plain = json!({
        "entry": "late",
        "child": child("Ka Sương", "female", "2019-05-14"),
        "mother": person("Ka Rin", "female", "1996-03-08"),
        "proof": "witness",
    });
    file(
        chain,
        "a birth to which much will happen",
        DA_TEH,
        Kind::Birth,
        framed("2026-07-06", 5, plain),
    );
}

fn marriages(chain: &mut Chain) {
    let wife = person("Nguyễn Thị Ánh", "female", "1996-04-30");
    let husband = foreigner("PARK JI-HOON", "박지훈", "male", "1991-09-09");
    let new = json!({
        "entry": "new", "wife": wife, "husband": husband, "established_on": "2026-07-07", "both_present": true,
        "wife_first": true, "husband_first": false,
        "capacity_paper": "Giấy xác nhận tình trạng hôn nhân số 77/2026 của Ủy ban quận Jongno",
        "handling": handling(),
    });
    file(
        chain,
        "a marriage with a foreigner",
        DA_TEH,
        Kind::Marriage,
        framed("2026-07-07", 1, new),
    );
    let noted = json!({
        "entry": "noted_from_abroad", "wife": person("Trần Thị Lụa", "female", "1999-01-09"),
        "husband": foreigner("KIM MIN-JUN", "김민준", "male", "1990-02-11"),
        "established_on": "2026-05-04", "both_present": false, "foreign": foreign(),
    });
    file(
        chain,
        "a marriage noted from abroad",
        MISSION,
        Kind::Marriage,
        framed("2026-07-07", 1, noted),
    );
    let again = json!({
        "entry": "again", "wife": { "name": "Ka Nhơ̆i" }, "husband": { "name": "K’ Brùi" },
        "established_on": { "value": "1974", "as_written": "Năm Giáp Dần" }, "both_present": true,
        "earlier": earlier(), "remark": "Công nhận quan hệ hôn nhân kể từ ngày đăng ký trước đây",
    });
    file(
        chain,
        "a marriage registered again",
        DA_TEH,
        Kind::Marriage,
        framed("2026-07-07", 2, again),
    );
    let recognised = json!({
        "entry": "recognised", "wife": person("Ka Đíp", "female", "1966"), "husband": person("K’ Sim", "male", "1964"),
        "established_on": "1986-11-20", "both_present": false, "recognised_by": judgment(),
    });
    file(
        chain,
        "a marriage that a court recognised",
        DA_TEH,
        Kind::Marriage,
        framed("2026-07-08", 3, recognised),
    );
}

fn deaths(chain: &mut Chain) {
    let hours = id(chain, "a child that lived for hours");
    let short = json!({
        "entry": "on_time", "deceased": known(person("Lê Vô Danh", "male", "2026-07-05"), &hours, "child"),
        "died_on": "2026-07-05", "died_at": "21:40", "place": place(), "proof": "notice", "at_parents_request": true,
        "notice": { "number": "12", "issued_by": "Trạm y tế xã Đạ Tẻh", "issued_on": "2026-07-06" },
        "last_residence": place(), "handling": handling(),
    });
    file(
        chain,
        "the death of a child that lived for hours",
        DA_TEH,
        Kind::Death,
        framed("2026-07-08", 1, short),
    );
    let declared = json!({
        "entry": "on_time", "deceased": person("Trần Văn Lạc", "male", "1960-01-02"), "remark": "Theo quyết định của Tòa án", "died_on": "2026-07-01",
        "place": { "missing": "unknown" }, "proof": "court_declaration", "judgment": judgment(),
    });
    file(
        chain,
        "a death that a court declared",
        DA_TEH,
        Kind::Death,
        framed("2026-07-08", 2, declared),
    );
    let abroad = json!({
        "entry": "noted_from_abroad", "deceased": foreigner("KIM MIN-JUN", "김민준", "male", "1990-02-11"),
        "died_on": "2026-05-30", "place": { "text": "Seoul" }, "foreign": foreign(), "proof": "police_or_forensic",
    });
    file(
        chain,
        "a death noted from abroad",
        MISSION,
        Kind::Death,
        framed("2026-07-08", 1, abroad),
    );
    let again = json!({
        "entry": "again", "deceased": { "name": "K’ Brùi" }, "died_on": "1980", "place": place(), "proof": "record",
        "earlier": earlier(),
    });
    file(
        chain,
        "a death registered again",
        DA_TEH,
        Kind::Death,
        framed("2026-07-09", 3, again),
    );
}

fn confirmations(chain: &mut Chain) {
    let birth = id(chain, "a birth to which much will happen");
    let first = json!({
        "subject": person("Ngô Thanh Bình", "male", "1994-12-12"), "status": "Chưa đăng ký kết hôn với ai",
        "purpose": "Để mua bán nhà đất", "purpose_kind": "other", "marital_status": "never_married",
        "previous_lost": "Bị mất khi chuyển nhà",
    });
    file(
        chain,
        "a confirmation for another purpose",
        DA_TEH,
        Kind::MaritalStatusConfirmation,
        framed("2026-07-09", 1, first),
    );
    let returned = id(chain, "a confirmation for another purpose");
    let second = json!({
        "subject": person("Ngô Thanh Bình", "male", "1994-12-12"), "status": "Chưa đăng ký kết hôn với ai",
        "purpose": "Để đăng ký kết hôn", "declarant": declarant("Ngô Thanh Bình", "bản thân"),
        "resided_at": place(), "resided_from": "2015-09", "resided_until": "2026-07-09",
        "marital_status": "never_married", "follows_from": [birth], "purpose_kind": "marry_foreigner_abroad",
        "partner": and(foreigner("PARK SEO-YEON", "박서연", "female", "1996-03-03"), json!({ "identity_paper": paper("M7654321") })),
        "remark": "Cấp lần 2", "returned": returned, "handling": { "fee": 15000, "marital_status_checked": "Không có" },
    });
    file(
        chain,
        "a confirmation for a marriage abroad",
        DA_TEH,
        Kind::MaritalStatusConfirmation,
        framed("2026-07-10", 2, second),
    );
}
