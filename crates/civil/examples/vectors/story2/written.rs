//! What is written at entries, and what an office does about no entry of its own.

use civil::kind::Kind;
use serde_json::{Value as Json, json};

use super::people::{declarant, foreign, handling, judgment, known, person, signer, source};
use super::{DA_TEH, administration, and, at, file, framed, id, reached};
use crate::chain::Chain;

const BIRTH: &str = "a birth to which much will happen";

pub fn record(chain: &mut Chain) {
    amendment(chain);
    divorce(chain);
    judgments(chain);
    number_and_papers(chain);
    applications(chain);
    books(chain);
    decisions(chain);
    administration::relieve(chain);
}

fn amendment(chain: &mut Chain) {
    let subject = known(
        person("Ka Sương", "female", "2019-05-14"),
        &id(chain, BIRTH),
        "child",
    );
    let change = json!({ "field": "/child/name", "from": "Ka Sương", "to": "Ka Sương Mai" });
    let act = json!({
        "amended": [reached(chain, BIRTH, json!([change]))], "reason": "Theo yêu cầu của cha, mẹ", "evidence": "Đơn ngày 20/07/2026",
        "declarant": declarant("Ka Rin", "mẹ"), "subject": subject, "foreign": foreign(),
        "papers": ["Giấy khai sinh", "Trích lục ghi vào Sổ"], "remark": "Đã giải quyết ở nước ngoài", "handling": handling(),
        "source": source(), "consent": "Cha, mẹ đồng ý ngày 20/07/2026",
    });
    file(
        chain,
        "a change that was made abroad",
        DA_TEH,
        Kind::Change,
        framed("2026-07-22", 1, act),
    );
    let mut number = 1;
    for (kind, name, field, from, to) in [
        (
            Kind::Correction,
            "a correction within a person",
            "/mother/identity_paper/number",
            json!("068088000011"),
            json!("068196000011"),
        ),
        (
            Kind::Supplement,
            "a supplement of a new field",
            "/birth_order",
            Json::Null,
            json!(1),
        ),
        (
            Kind::EthnicityRedetermination,
            "another ethnicity",
            "/child/ethnicity",
            json!("01"),
            json!("15"),
        ),
    ] {
        number += 1;
        let change = json!({ "field": field, "from": from, "to": to });
        let act = json!({ "amended": [reached(chain, BIRTH, json!([change]))] });
        file(chain, name, DA_TEH, kind, framed("2026-07-22", number, act));
    }
}

/// What a notation has beside its content.
fn noted(day: &str, content: Json) -> Json {
    and(
        json!({ "noted_on": day, "signer": signer(), "officer": "Ka Dung" }),
        content,
    )
}

fn divorce(chain: &mut Chain) {
    let act = json!({
        "judgment": judgment(), "received_on": "2026-07-03", "brought_by": declarant("Nguyễn Thị Ánh", "vợ"),
        "remark": "Thuận tình ly hôn", "handling": handling(),
    });
    let marriage = Some("a marriage with a foreigner");
    at(
        chain,
        "a divorce that a spouse brought",
        DA_TEH,
        Kind::DivorceNoted,
        marriage,
        noted("2026-07-23", act),
    );
}

fn judgments(chain: &mut Chain) {
    let acquired = json!({
        "received_on": "2026-07-03", "matter": "nationality_acquired", "judgment": judgment(),
        "reached": [
            reached(chain, BIRTH, json!([{ "field": "/child/other_nationality", "to": "LAO" }])),
            reached(chain, "a birth registered again", json!([])),
        ],
        "brought_by": declarant("Ka Rin", "mẹ"), "remark": "Ghi hai mục", "nationality": "VNM", "foreign": foreign(), "handling": handling(),
    });
    at(
        chain,
        "a judgment on the own entry and another",
        DA_TEH,
        Kind::JudgmentNoted,
        Some(BIRTH),
        noted("2026-07-24", acquired),
    );
    for (name, entry, matter) in [
        (
            "a person is declared missing",
            "a birth registered again",
            "missing_declared",
        ),
        (
            "the declaration is revoked",
            "a birth registered again",
            "missing_revoked",
        ),
        (
            "a marriage is annulled",
            "a marriage registered again",
            "marriage_annulled",
        ),
        (
            "a declaration of death is revoked",
            "a death that a court declared",
            "death_declaration_revoked",
        ),
        (
            "an adoption ends",
            "an adoption that changes the birth",
            "adoption_ended",
        ),
    ] {
        let act = json!({ "matter": matter, "judgment": judgment(), "reached": [reached(chain, entry, json!([]))] });
        at(
            chain,
            name,
            DA_TEH,
            Kind::JudgmentNoted,
            Some(entry),
            noted("2026-07-27", act),
        );
    }
}

fn number_and_papers(chain: &mut Chain) {
    let number = |field: &str| json!([{ "field": field, "to": "068319000017" }]);
    let act = json!({
        "reached": [
            reached(chain, BIRTH, number("/child/personal_number")),
            reached(chain, "a recognition that changes the birth", number("/child/personal_number")),
        ],
        "assigned_by": "Cơ sở dữ liệu quốc gia về dân cư",
    });
    at(
        chain,
        "a personal number for one person in two entries",
        DA_TEH,
        Kind::PersonalNumberAssigned,
        Some(BIRTH),
        noted("2026-07-28", act),
    );
    let issued = chain.event("a confirmation for another purpose").to_string();
    let papers = json!({
        "decision": judgment(), "ground": "false_data",
        "papers": [
            { "title": "Giấy xác nhận tình trạng hôn nhân", "number": "1/2026", "event": issued, "withdrawn_on": "2026-07-28", "destroyed_on": "2026-07-29" },
            { "title": "Bản sao" },
        ],
        "registration": true, "remark": "Khai không đúng sự thật",
    });
    let entry = Some("a confirmation for another purpose");
    at(
        chain,
        "papers and their registration are revoked",
        DA_TEH,
        Kind::PapersRevoked,
        entry,
        noted("2026-07-29", papers),
    );
}

fn applications(chain: &mut Chain) {
    let about = person("Lý Phúc", "male", "2026-06");
    let refused = json!({
        "refused_on": "2026-08-03", "received_on": "2026-07-30", "number": "15/UBND-HT", "kind": "change",
        "applicant": declarant("Lý Thị Sen", "mẹ nuôi"), "about": about, "reason": "Không có lý do chính đáng",
        "article": "Luật Hộ tịch 60/2014/QH13, Điều 27", "signer": signer(), "officer": "Ka Dung", "handling": handling(),
    });
    file(
        chain,
        "an application is refused in writing",
        DA_TEH,
        Kind::ApplicationRefused,
        refused,
    );
    let withdrawn = json!({
        "withdrawn_on": "2026-08-04", "received_on": "2026-08-03", "kind": "marriage",
        "applicant": declarant("Ngô Thanh Bình", "bản thân"), "about": person("Ngô Thanh Bình", "male", "1994-12-12"),
        "reason": "Hoãn kết hôn", "signer": signer(), "officer": "Ka Dung", "handling": handling(),
    });
    file(
        chain,
        "an application is withdrawn",
        DA_TEH,
        Kind::ApplicationWithdrawn,
        withdrawn,
    );
    let about = json!({
        "requester": declarant("Lý Thị Sen", "mẹ nuôi"), "standing": "representative", "about": person("Lý Phúc", "male", "2026-06"),
        "entries": [id(chain, "a foundling"), id(chain, "an adoption that changes the birth")],
        "asked": "Xác nhận việc đăng ký khai sinh", "confirmed": "Đã đăng ký khai sinh số 2/2026", "searched": "Sổ năm 2026",
        "handling": handling(),
    });
    file(
        chain,
        "information is confirmed",
        DA_TEH,
        Kind::InformationConfirmation,
        framed("2026-08-05", 1, about),
    );
    let nothing = json!({
        "requester": { "name": "Ngô Thanh Bình" }, "standing": "person", "about": { "name": "Ngô Thanh Bình" },
        "asked": "Đăng ký kết hôn", "confirmed": "Không có thông tin", "officer": "Ka Dung",
    });
    file(
        chain,
        "that there is no information is confirmed",
        DA_TEH,
        Kind::InformationConfirmation,
        framed("2026-08-05", 2, nothing),
    );
}

fn books(chain: &mut Chain) {
    let opened = json!({
        "book_type": "deaths", "year": 2026, "volume": "01/2026", "opened_on": "2026-08-06", "continues_from": 412, "ordinal": 1,
        "signer": signer(), "officer": "Ka Dung",
    });
    file(
        chain,
        "a book goes on from a paper book",
        DA_TEH,
        Kind::BookOpened,
        opened,
    );
    let closed = json!({
        "book_type": "guardianship_supervisions", "year": 2026, "volume": "01/2026", "closed_on": "2026-08-07", "first_number": 1,
        "last_number": 1, "events": 1, "pages": 1, "blank_pages": 0, "errors": 0, "closes_year": false, "signer": signer(),
        "officer": "Ka Dung", "remark": "Hết quyển",
    });
    file(chain, "a volume is closed", DA_TEH, Kind::BookClosed, closed);
}

fn decisions(chain: &mut Chain) {
    let (birth, death) = (
        id(chain, BIRTH),
        id(chain, "the death of a child that lived for hours"),
    );
    let (hours, guardians) = (
        id(chain, "a child that lived for hours"),
        id(chain, "a guardianship by an organisation and a man"),
    );
    for (name, first, second, verdict, explained) in [
        (
            "two places are one person",
            json!({ "entry": hours, "role": "child" }),
            json!({ "entry": death, "role": "deceased" }),
            "same",
            None,
        ),
        (
            "two places are two people",
            json!({ "entry": guardians, "role": "ward", "index": 1 }),
            json!({ "entry": birth, "role": "child" }),
            "not_same",
            Some("namesake"),
        ),
    ] {
        let mut act = json!({
            "decided_on": "2026-08-10", "first": first, "second": second, "verdict": verdict, "reason": "Đối chiếu hồ sơ",
            "signer": signer(), "officer": "Ka Dung",
        });
        if let Some(explained) = explained {
            act["explained"] = json!(explained);
        }
        file(chain, name, DA_TEH, Kind::IdentityDecided, act);
    }
    let (cause, by) = (
        chain.event("a birth of an old book without day, number and tick"),
        chain.event("a birth registered again"),
    );
    let settled = json!({
        "settled_on": "2026-08-11", "task": "reading_differs", "entry": id(chain, "a birth of an old book without day, number and tick"),
        "cause": cause.to_string(), "warning": "reading_differs", "verdict": "left_as_is", "by": by.to_string(),
        "reason": "Giữ theo Sổ", "signer": signer(), "officer": "Ka Dung",
    });
    file(chain, "a task is settled", DA_TEH, Kind::TaskSettled, settled);
    let acknowledged = json!({
        "acknowledged_on": "2026-08-12", "event": chain.event("a death noted from abroad").to_string(),
        "entry": id(chain, "a death noted from abroad"), "officer": "Ka Dung", "signer": signer(),
    });
    file(
        chain,
        "a notice is acknowledged",
        DA_TEH,
        Kind::NoticeAcknowledged,
        acknowledged,
    );
}
