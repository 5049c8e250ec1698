//! What happens to entries later: amendments, a divorce, copies, a note in the old book, a revoked key.

use civil::kind::Kind;
use serde_json::{Value as Json, json};

use super::{
    ADMINISTRATION, AN_HOI, DA_TEH, DESK_EA_HLEO, OFFICER_AN_HOI, OFFICER_AN_NHON, OFFICER_DA_TEH, ROOT, file,
};
use crate::chain::{Chain, Filing};

pub fn record(chain: &mut Chain) {
    amendments(chain);
    papers(chain);
}

fn amendment(number: u32, day: &str, amended: Json, reason: &str) -> Json {
    json!({
        "book": { "number": number, "year": 2026 },
        "registered_on": day,
        "received_on": day,
        "amended": amended,
        "reason": reason,
        "declarant": { "name": "H’Hen Ê̆ban", "relation": "mẹ" },
        "signer": { "name": "Phan Thị Mỹ", "title": "Phó Chủ tịch" },
    })
}

fn amendments(chain: &mut Chain) {
    let birth = chain
        .entry("a birth, with letters that have no single code point")
        .id
        .to_string();
    let marriage = chain
        .entry("a marriage under age, acknowledged and endorsed by two")
        .id
        .to_string();
    let old = chain
        .entry("a birth from an old book, with every way to miss a value")
        .id
        .to_string();
    file(
        chain,
        "a correction of two entries at the office of residence",
        AN_HOI,
        OFFICER_AN_HOI,
        Kind::Correction,
        amendment(
            1,
            "2026-01-12",
            json!([
                {
                    "entry": birth,
                    "kind": "birth",
                    "changes": [{ "field": "/child/born_on", "from": "2019-05-14", "to": "2019-05-04" }],
                },
                {
                    "entry": marriage,
                    "kind": "marriage",
                    "changes": [{
                        "field": "/husband/name",
                        "from": "Nguyễn Văn Khoẻ",
                        "to": { "full": "Nguyễn Văn Khỏe", "family": "Nguyễn", "middle": "Văn", "given": "Khỏe" },
                    }],
                },
            ]),
            "Sai sót khi đăng ký",
        ),
    );
    file(
        chain,
        "a supplement of what could not be read",
        AN_HOI,
        OFFICER_AN_HOI,
        Kind::Supplement,
        amendment(
            2,
            "2026-02-03",
            json!([{
                "entry": old,
                "kind": "birth",
                "changes": [
                    { "field": "/child/sex", "from": { "missing": "unreadable", "as_written": "N…" }, "to": "male" },
                    { "field": "/child/personal_number", "to": "068078000011" },
                ],
            }]),
            "Bổ sung theo giấy tờ cá nhân",
        ),
    );
    file(
        chain,
        "a change of a whole record: the father",
        AN_HOI,
        OFFICER_AN_HOI,
        Kind::Change,
        amendment(
            3,
            "2026-03-09",
            json!([{
                "entry": birth,
                "kind": "birth",
                "changes": [{
                    "field": "/father",
                    "to": { "name": "Y Ñuê Buôn Krông", "born_on": "1988-07-09", "ethnicity": "12", "nationality": "VNM" },
                }],
            }]),
            "Cha nhận con",
        ),
    );
    file(
        chain,
        "a re-determination of ethnicity",
        AN_HOI,
        OFFICER_AN_HOI,
        Kind::EthnicityRedetermination,
        amendment(
            4,
            "2026-03-10",
            json!([{
                "entry": birth,
                "kind": "birth",
                "changes": [{ "field": "/child/ethnicity", "from": "12", "to": "13" }],
            }]),
            "Theo dân tộc của cha",
        ),
    );
    chain.record(Filing {
        name: "a divorce noted at the marriage",
        stream: DA_TEH,
        signer: OFFICER_DA_TEH,
        kind: Kind::DivorceNoted,
        act: json!({
            "noted_on": "2026-04-20",
            "judgment": {
                "number": "15/2026/HNGĐ-ST",
                "date": "2026-03-16",
                "authority": "Tòa án nhân dân khu vực 3 – Lâm Đồng",
                "effective_on": "2026-04-16",
            },
            "signer": { "name": "Phạm Văn Đạt", "title": "Chủ tịch" },
        }),
        entry: Some("a marriage under age, acknowledged and endorsed by two"),
        acknowledgements: &[],
        endorsers: &[],
    });
}

fn papers(chain: &mut Chain) {
    let copy = |number: u32, standing: &str| {
        json!({
            "book": { "number": number, "year": 2026 },
            "issued_on": "2026-05-04",
            "standing": standing,
            "signer": { "name": "Y Blô Niê", "title": "Chủ tịch" },
        })
    };
    let mut for_the_mother = copy(1, "representative");
    for_the_mother["requester"] = json!("H’Hen Ê̆ban");
    let mut for_the_court = copy(2, "authority");
    for_the_court["reason"] = json!("Công văn số 88/CV-TA");
    for (name, entry, act) in [
        (
            "a copy at a third office",
            "a birth, with letters that have no single code point",
            for_the_mother,
        ),
        (
            "a copy for an authority, after the divorce",
            "a marriage under age, acknowledged and endorsed by two",
            for_the_court,
        ),
    ] {
        chain.record(Filing {
            name,
            stream: "404/desk",
            signer: DESK_EA_HLEO,
            kind: Kind::ExtractIssued,
            act,
            entry: Some(entry),
            acknowledgements: &[],
            endorsers: &[],
        });
    }
    let noted = chain
        .event("a correction of two entries at the office of residence")
        .to_string();
    chain.record(Filing {
        name: "the successor writes the note into the old book",
        stream: DA_TEH,
        signer: OFFICER_DA_TEH,
        kind: Kind::MarginalNoteEntered,
        act: json!({
            "noted": noted,
            "entered_on": "2026-05-05",
            "page": 1,
            "signer": { "name": "Phạm Văn Đạt", "title": "Chủ tịch" },
            "officer": "Ka Dung",
        }),
        entry: Some("a birth, with letters that have no single code point"),
        acknowledgements: &[],
        endorsers: &[],
    });
    file(
        chain,
        "a key is revoked",
        ADMINISTRATION,
        ROOT,
        Kind::KeyRevoked,
        json!({ "key": OFFICER_AN_NHON.id(), "on": "2026-05-06", "reason": "Cán bộ nghỉ hưu" }),
    );
}
