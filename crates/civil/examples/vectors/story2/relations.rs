//! Recognitions, guardianships, adoptions and a divorce abroad, and what they write at other entries.

use civil::kind::Kind;
use serde_json::json;

use super::people::{declarant, earlier, foreign, foreigner, handling, judgment, known, person};
use super::{DA_TEH, MISSION, and, file, framed, id, reached};
use crate::chain::Chain;

const BIRTH: &str = "a birth to which much will happen";

pub fn record(chain: &mut Chain) {
    recognitions(chain);
    guardianships(chain);
    adoptions(chain);
    dissolution(chain);
}

fn recognitions(chain: &mut Chain) {
    let birth = id(chain, BIRTH);
    let father = json!({ "name": "K’ Sim", "born_on": "1990-07-09", "ethnicity": "15", "nationality": "VNM", "standing": "recognised" });
    let declared = json!({
        "entry": "new", "direction": "father_recognises_child",
        "parent": person("K’ Sim", "male", "1990-07-09"),
        "child": known(person("Ka Sương", "female", "2019-05-14"), &birth, "child"),
        "reached": [reached(chain, BIRTH, json!([{ "field": "/father", "to": father }]))],
        "declarant": declarant("K’ Sim", "cha"), "relation_to_parent": "bản thân", "relation_to_child": "cha",
        "evidence": "Kết luận giám định ADN số 310/2026", "determined": false, "remark": "Cha nhận con",
        "birth": birth, "handling": handling(),
    });
    file(
        chain,
        "a recognition that changes the birth",
        DA_TEH,
        Kind::ParentChildRecognition,
        framed("2026-07-13", 1, declared),
    );
    let noted = json!({
        "entry": "noted_from_abroad", "direction": "mother_recognises_child",
        "parent": person("Trần Thị Lụa", "female", "1999-01-09"), "child": person("Trần Min Ji", "female", "2026-05-02"),
        "reached": [reached(chain, "a birth noted from abroad", json!([]))], "foreign": foreign(),
    });
    file(
        chain,
        "a recognition abroad that changes nothing",
        MISSION,
        Kind::ParentChildRecognition,
        framed("2026-07-13", 1, noted),
    );
    let judged = json!({
        "entry": "by_judgment", "direction": "child_recognises_father", "parent": person("K’ Brùi", "male", "1948"),
        "child": person("K’ Wơ̆h", "male", "1978-05-14"), "judgment": judgment(), "determined": true,
    });
    file(
        chain,
        "a parent whom a court determined",
        DA_TEH,
        Kind::ParentChildRecognition,
        framed("2026-07-14", 2, judged),
    );
    let recognition = id(chain, "a parent whom a court determined");
    let with_birth = json!({
        "entry": "late",
        "child": { "name": "K’ Wơ̆h", "sex": "male", "born_on": "1978-05-14", "birth_place": { "text": "Đạ Tẻh" }, "nationality": "VNM" },
        "mother": { "name": "Ka Nhơ̆i" }, "father": { "name": "K’ Brùi" }, "recognition": recognition,
    });
    file(
        chain,
        "a birth registered together with a recognition",
        DA_TEH,
        Kind::Birth,
        framed("2026-07-14", 6, with_birth),
    );
}

fn guardianships(chain: &mut Chain) {
    let home = json!({ "name": "Trung tâm Bảo trợ xã hội tỉnh Lâm Đồng", "number": "5800000012", "representative": "Võ Thị Bích" });
    let appointed = json!({
        "entry": "appointed",
        "guardians": [and(person("Võ Thị Bích", "female", "1975-05-05"), json!({ "entity": home })), person("K’ Sim", "male", "1990-07-09")],
        "wards": [person("Trần Phúc", "male", "2026-06"), person("K’ Tâm", "male", "2015-01-31")],
        "reason": "Trẻ bị bỏ rơi", "declarant": declarant("Võ Thị Bích", "giám đốc"), "scope": "Toàn bộ",
        "remark": "Hai người cùng giám hộ", "handling": handling(),
    });
    file(
        chain,
        "a guardianship by an organisation and a man",
        DA_TEH,
        Kind::Guardianship,
        framed("2026-07-15", 1, appointed),
    );
    let first = id(chain, "a guardianship by an organisation and a man");
    let ended = json!({
        "of": reached(chain, "a guardianship by an organisation and a man", json!([])),
        "guardians": [person("Võ Thị Bích", "female", "1975-05-05")], "wards": [person("Trần Phúc", "male", "2026-06")],
        "cause": "guardian_changed", "reason": "Thay đổi người giám hộ", "judgment": judgment(),
        "declarant": declarant("Võ Thị Bích", "giám đốc"), "remark": "Có đăng ký giám hộ mới", "handling": handling(),
        "guardianship": "appointed",
    });
    file(
        chain,
        "the guardianship ends",
        DA_TEH,
        Kind::GuardianshipEnd,
        framed("2026-07-16", 1, ended),
    );
    let judged = json!({
        "entry": "by_judgment", "guardians": [known(person("Ka Rin", "female", "1996-03-08"), &id(chain, BIRTH), "mother")],
        "wards": [person("Trần Phúc", "male", "2026-06")], "reason": "Tòa án chỉ định", "judgment": judgment(), "replaces": first,
    });
    file(
        chain,
        "a guardian takes over",
        DA_TEH,
        Kind::Guardianship,
        framed("2026-07-16", 2, judged),
    );
    let noted = json!({
        "entry": "noted_from_abroad", "guardians": [foreigner("KIM SU-BIN", "김수빈", "female", "1980-10-01")],
        "wards": [person("Trần Min Ji", "female", "2026-05-02")], "foreign": foreign(),
    });
    file(
        chain,
        "a guardianship noted from abroad",
        MISSION,
        Kind::Guardianship,
        framed("2026-07-16", 1, noted),
    );
    let supervised = json!({
        "of": reached(chain, "a guardian takes over", json!([])),
        "supervisors": [person("K’ Sim", "male", "1990-07-09")], "guardians": [person("Ka Rin", "female", "1996-03-08")],
        "wards": [person("Trần Phúc", "male", "2026-06")], "reason": "Theo thỏa thuận của người thân thích",
        "declarant": declarant("K’ Sim", "cậu"), "remark": "Không", "handling": handling(),
    });
    file(
        chain,
        "the guardian is supervised",
        DA_TEH,
        Kind::GuardianshipSupervision,
        framed("2026-07-17", 1, supervised),
    );
}

fn adoptions(chain: &mut Chain) {
    let name = json!([
        { "field": "/child/name", "from": "Trần Phúc", "to": "Lý Phúc" },
        { "field": "/mother", "to": { "name": "Lý Thị Sen", "born_on": "1985-02-02", "standing": "adoptive" } },
    ]);
    let act = json!({
        "entry": "new", "child": person("Trần Phúc", "male", "2026-06"), "father": person("Lý Văn Đông", "male", "1984-08-08"),
        "mother": person("Lý Thị Sen", "female", "1985-02-02"), "giver_relation": "cơ sở nuôi dưỡng",
        "facility": "Trung tâm Bảo trợ xã hội tỉnh Lâm Đồng", "facility_representative": "Võ Thị Bích, Giám đốc",
        "certificate": { "number": "03/2026", "date": "2026-07-20", "authority": "Ủy ban nhân dân xã Đạ Tẻh" },
        "reached": [reached(chain, "a foundling", name)], "declarant": declarant("Lý Thị Sen", "mẹ nuôi"),
        "remark": "Đổi họ theo yêu cầu", "handling": handling(),
    });
    file(
        chain,
        "an adoption that changes the birth",
        DA_TEH,
        Kind::Adoption,
        framed("2026-07-20", 1, act),
    );
    let noted = json!({
        "entry": "noted_from_abroad", "child": person("Ka Đào", "female", "2020-03-03"),
        "father": foreigner("JUNG WOO-SUNG", "정우성", "male", "1979-04-04"), "foreign": foreign(), "certificate": judgment(),
    });
    file(
        chain,
        "an adoption noted from abroad",
        MISSION,
        Kind::Adoption,
        framed("2026-07-20", 1, noted),
    );
}

fn dissolution(chain: &mut Chain) {
    let act = json!({
        "matter": "divorce", "wife": person("Trần Thị Lụa", "female", "1999-01-09"),
        "husband": foreigner("KIM MIN-JUN", "김민준", "male", "1990-02-11"), "judgment": judgment(), "foreign": foreign(),
        "marriage": reached(chain, "a marriage noted from abroad", json!([])), "declarant": declarant("Trần Thị Lụa", "vợ"),
        "remark": "Ghi chú ly hôn", "handling": handling(),
    });
    file(
        chain,
        "a divorce abroad ends a marriage",
        DA_TEH,
        Kind::ForeignDissolution,
        framed("2026-07-21", 1, act),
    );
    let stated = json!({
        "matter": "annulment", "wife": person("Ka Rin", "female", "1996-03-08"),
        "husband": foreigner("PARK JI-HOON", "박지훈", "male", "1991-09-09"), "judgment": judgment(), "foreign": foreign(),
        "marriage_as_stated": and(earlier(), json!({ "entry": id(chain, "a marriage with a foreigner") })),
    });
    file(
        chain,
        "an annulment abroad of a marriage that papers name",
        DA_TEH,
        Kind::ForeignDissolution,
        framed("2026-07-21", 2, stated),
    );
}
