//! A birth, its original and its copies; an adoption that is told and one that is not; a confirmation; papers that are revoked.

use civil::kind::Kind;
use civil::seal::PaperCode;
use serde_json::{Value as Json, json};

use super::{CAM_LY, CAM_LY_DESK, DA_TEH, DA_TEH_DESK, file};
use crate::chain::Chain;
use crate::story2::people::{declarant, judgment, paper, person, place, signer};
use crate::story2::{and, framed};

const BIRTH: &str = "a birth";

pub fn record(chain: &mut Chain) {
    registered(chain);
    copies(chain);
    adopted(chain);
    confirmed(chain);
    revoked(chain);
    unconfirmed(chain);
}

/// The sheet that is the `number`th of the story.
fn sheet(number: u8, paper: &str, form: &str, template: &str) -> Json {
    json!({
        "paper": paper, "form": form, "template": template, "template_hash": hex::encode([number; 32]),
        "code": PaperCode::from_chance([number; 13]).letters(),
        "header": ["ỦY BAN NHÂN DÂN", "PHƯỜNG CAM LY - ĐÀ LẠT", "TỈNH LÂM ĐỒNG"], "place": "Cam Ly - Đà Lạt",
    })
}

fn extract(day: &str, standing: &str, ground: &str, sheet: Json) -> Json {
    json!({
        "book": {}, "issued_on": day, "standing": standing, "signer": signer(), "paper": sheet,
        "entitlement": { "ground": ground },
    })
}

fn numbered(act: Json, number: u32) -> Json {
    and(act, json!({ "book": { "number": number, "year": 2026 } }))
}

/// The id of the entry that a case opened.
fn id(chain: &Chain, name: &str) -> String {
    chain.entry(name).id.to_string()
}

fn registered(chain: &mut Chain) {
    let birth = json!({
        "entry": "on_time",
        "child": and(person("H’Ƀơ̆n Ê̆ban", "female", "2026-11-10"), json!({ "birth_place": place(), "home_place": place() })),
        "mother": person("H’Hen Ê̆ban", "female", "1996-03-08"),
        "declarant": declarant("H’Hen Ê̆ban", "mẹ"),
        "proof": "notice",
    });
    file(
        chain,
        BIRTH,
        DA_TEH,
        Kind::Birth,
        None,
        framed("2026-11-23", 1, birth),
    );
    let act = extract(
        "2026-11-23",
        "representative",
        "parent",
        sheet(1, "birth", "original", "birth-2016"),
    );
    let whose = json!({ "ground": "parent", "whose": { "entry": id(chain, BIRTH), "role": "child" } });
    let act = and(
        act,
        json!({ "entitlement": whose, "requester": "H’Hen Ê̆ban", "channel": "in_person", "received_on": "2026-11-23" }),
    );
    file(
        chain,
        "the original of the birth",
        DA_TEH_DESK,
        Kind::ExtractIssued,
        Some(BIRTH),
        act,
    );
}

fn copies(chain: &mut Chain) {
    let change = json!([{ "field": "/mother/name", "from": "H’Hen Ê̆ban", "to": "H’Hen Niê" }]);
    let correction = json!({
        "amended": [{ "entry": id(chain, BIRTH), "kind": "birth", "changes": change }],
        "reason": "Ghi sai họ của mẹ khi đăng ký",
        "subject": person("H’Ƀơ̆n Ê̆ban", "female", "2026-11-10"),
    });
    file(
        chain,
        "a correction elsewhere",
        CAM_LY,
        Kind::Correction,
        None,
        framed("2026-11-30", 1, correction),
    );
    let act = numbered(
        extract(
            "2026-12-01",
            "representative",
            "authorised",
            sheet(2, "birth", "copy", "birth-2016"),
        ),
        1,
    );
    let all = json!({
        "requester": "Y Ñuê Niê Kđăm",
        "entitlement": {
            "ground": "authorised", "whose": { "entry": id(chain, BIRTH), "role": "mother" },
            "evidence": "Văn bản ủy quyền ngày 29/11/2026",
        },
        "identity_paper": paper("068190000012"),
        "purpose": "Làm hộ chiếu",
        "received_on": "2026-11-30",
        "channel": "online",
    });
    file(
        chain,
        "a copy with all that it can say",
        CAM_LY_DESK,
        Kind::ExtractIssued,
        Some(BIRTH),
        and(act, all),
    );
    let speaks_of =
        "Sổ đăng ký khai sinh và Giấy khai sinh số 1/2026 ngày 23/11/2026 của Ủy ban nhân dân xã Đạ Tẻh";
    let sheet = and(
        sheet(3, "correction", "copy", "amendment-2016"),
        json!({ "refers_to": speaks_of }),
    );
    let act = numbered(extract("2026-12-02", "person", "themselves", sheet), 2);
    file(
        chain,
        "a copy of the correction",
        CAM_LY_DESK,
        Kind::ExtractIssued,
        Some("a correction elsewhere"),
        act,
    );
}

fn adopted(chain: &mut Chain) {
    let adoption = json!({
        "entry": "new",
        "child": and(person("H’Ƀơ̆n Ê̆ban", "female", "2026-11-10"), json!({ "birth_place": place() })),
        "father": person("Trần Hậu", "male", "1985-05-01"),
        "certificate": judgment(),
        "reached": [{ "entry": id(chain, BIRTH), "kind": "birth" }],
    });
    file(
        chain,
        "an adoption",
        DA_TEH,
        Kind::Adoption,
        None,
        framed("2026-12-03", 1, adoption),
    );
    let silent = extract(
        "2026-12-04",
        "person",
        "themselves",
        sheet(4, "birth", "copy", "birth-2016"),
    );
    file(
        chain,
        "a copy that does not tell of it",
        CAM_LY_DESK,
        Kind::ExtractIssued,
        Some(BIRTH),
        numbered(silent, 3),
    );
    let told = json!({
        "reason": "Công văn số 88/CV-TA ngày 03/12/2026",
        "requester": "Tòa án nhân dân khu vực 3 – Lâm Đồng",
        "disclosure": { "matters": ["adoption"], "basis": "Luật Nuôi con nuôi, Điều 11; yêu cầu của Tòa án" },
        "channel": "post",
    });
    let act = numbered(
        extract(
            "2026-12-05",
            "authority",
            "authority",
            sheet(5, "birth", "copy", "birth-2016"),
        ),
        4,
    );
    file(
        chain,
        "a copy that tells of it",
        CAM_LY_DESK,
        Kind::ExtractIssued,
        Some(BIRTH),
        and(act, told),
    );
}

fn confirmed(chain: &mut Chain) {
    let act = json!({
        "requester": declarant("Nguyễn Hoàng Y", "bản thân"),
        "standing": "person",
        "about": person("Nguyễn Hoàng Y", "male", "1995-11-30"),
        "asked": "Có đăng ký kết hôn tại phường từ năm 2018 đến nay không",
        "confirmed": "Không có đăng ký kết hôn nào",
        "searched": "Sổ đăng ký kết hôn từ 01/01/2018",
        "paper": sheet(6, "information_confirmation", "original", "confirmation-2020"),
    });
    let act = framed("2026-12-07", 1, act);
    file(
        chain,
        "a confirmation that is handed out",
        CAM_LY,
        Kind::InformationConfirmation,
        None,
        act,
    );
}

/// The confirmation was false.
fn unconfirmed(chain: &mut Chain) {
    let confirmation = chain.event("a confirmation that is handed out").to_string();
    let act = json!({
        "revoked_on": "2026-12-16", "confirmation": confirmation, "decision": judgment(), "ground": "false_data",
        "withdrawn_on": "2026-12-16", "destroyed_on": "2026-12-17", "signer": signer(), "officer": "Nguyễn Thị Lan",
        "remark": "Người yêu cầu dùng giấy tờ giả.",
    });
    file(
        chain,
        "the confirmation is revoked",
        CAM_LY,
        Kind::ConfirmationRevoked,
        None,
        act,
    );
}

/// The original is taken back, and another takes its place.
fn revoked(chain: &mut Chain) {
    let original = chain.event("the original of the birth").to_string();
    let act = json!({
        "noted_on": "2026-12-14", "decision": judgment(), "ground": "unlawful",
        "papers": [{ "title": "Giấy khai sinh", "number": "1/2026", "event": original, "withdrawn_on": "2026-12-14" }],
        "registration": false, "signer": signer(),
    });
    file(
        chain,
        "the original is revoked",
        DA_TEH,
        Kind::PapersRevoked,
        Some(BIRTH),
        act,
    );
    let sheet = sheet(7, "birth", "original", "birth-2016");
    let act = extract("2026-12-15", "representative", "guardian", sheet);
    file(
        chain,
        "another original",
        DA_TEH_DESK,
        Kind::ExtractIssued,
        Some(BIRTH),
        act,
    );
}
