//! `POST /v1/acts`: an act in JSON → everything that its officer must see and sign. Nothing is recorded.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use civil::decide::Warning;
use civil::id::OfficeId;
use civil::value::Conversion;
use civil::wire::{Form, Wire as _};
use registry::DraftedAct;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use crate::document::Document;
use crate::problem::Problem;
use crate::text::base64;
use crate::v1::content::PaperContent;
use crate::v1::entries::duplicates::DuplicateCandidate;
use crate::{Caller, Web};

/// What an office asks for. All faulty fields are reported at once.
#[derive(ToSchema)]
#[expect(dead_code, reason = "documents what registry::Command reads")]
pub(crate) struct ActRequest {
    /// Which kind of act: a name of `GET /v1/kinds`.
    #[schema(example = "correction")]
    kind: String,
    /// The office that files it; the caller's own.
    office: u32,
    /// `acts`, `digitised` or `desk`; left out: `desk` for copies, else `acts`.
    lane: Option<String>,
    /// The key that will sign (64 hexadecimal digits).
    key: String,
    /// The entry that it continues, for kinds that continue one.
    #[schema(format = "uuid")]
    entry: Option<String>,
    /// The act, as its kind's schema says. Left out, the number of its book is the next one, the hash of a copy's content is that
    /// of the present content, `from` of a change is what stands there, and the marital status of a person whom the ledger knows
    /// is the one that follows from it.
    #[schema(value_type = Object)]
    act: Value,
    /// Warnings that were seen, each with a reason. The reason is signed with the act.
    acknowledgements: Option<Vec<AcknowledgedWarning>>,
}

/// A warning that was seen.
#[derive(ToSchema)]
#[expect(dead_code, reason = "documents what registry::Command reads")]
pub(crate) struct AcknowledgedWarning {
    /// Its code.
    warning: String,
    /// Why the act is right all the same.
    reason: String,
}

/// Everything that the officer must see and sign.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DraftAnswer {
    /// The id of the event that this will be.
    #[schema(format = "uuid")]
    event: String,
    /// The entry that it opens or continues.
    #[schema(format = "uuid")]
    entry: Option<String>,
    /// Its chain: office and lane.
    #[schema(example = "7/acts")]
    stream: String,
    /// Its place in that chain.
    seq: u64,
    /// The envelope: payload of the signed event (base64).
    envelope: String,
    /// Exactly what the key signs, the COSE `Sig_structure` (base64).
    to_be_signed: String,
    /// Salt and body, to be sent back with the signed event as they are (base64).
    sealed_body: String,
    /// What a second person endorses: the body's commitment, BLAKE3 ‖ SHA-256 (base64).
    commitment: String,
    /// In one paragraph, in Vietnamese.
    summary: String,
    /// What must be acknowledged, and what of it is.
    warnings: Vec<DraftWarning>,
    /// Whether a second person of the office must endorse.
    needs_second_person: bool,
    /// The marginal notes that it will cause.
    notes: Vec<DraftNote>,
    /// What it will do to each of those entries.
    effects: Vec<DraftEffect>,
    /// Entries that the people whom it links lead to, and that it could reach: to be copied into the act by whoever agrees.
    proposed: Vec<DraftProposal>,
    /// The offices that will be owed a notice.
    notices: Vec<DraftNotice>,
    /// What the copy will say, for copies.
    content: Option<PaperContent>,
    /// The entries that may be about the same, the most alike first.
    duplicates: Vec<DuplicateCandidate>,
}

/// Something to look at before signing.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DraftWarning {
    /// Which.
    code: &'static str,
    /// The field: a JSON pointer into the request.
    pointer: String,
    /// The article it rests on.
    #[serde(skip_serializing_if = "str::is_empty")]
    #[schema(required = false)]
    article: &'static str,
    /// For the officer.
    vi: &'static str,
    /// For the developer.
    en: &'static str,
    /// Whether a second person of the office must endorse because of it.
    second_person: bool,
    /// Whether the request acknowledges it.
    acknowledged: bool,
    /// The relation that was found, where it warns of one.
    #[serde(skip_serializing_if = "Option::is_none")]
    relation: Option<Relation>,
    /// What the field was probably meant to say, where it looks spoilt. Nothing applies it but the officer.
    #[serde(skip_serializing_if = "Option::is_none")]
    offer: Option<Offer>,
}

/// A relation in which the law forbids marriage.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Relation {
    /// `direct_line`, `siblings`, `uncle_or_aunt`, `first_cousins`, `adoption`, `in_law` or `step`.
    code: &'static str,
    /// For the officer.
    vi: &'static str,
    /// For the developer.
    en: &'static str,
}

/// A text in an old font encoding, read as what it was probably meant to say.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Offer {
    /// The same in Unicode.
    text: String,
    /// The encoding that it seems to be in: `tcvn3` or `vni`.
    encoding: &'static str,
}

/// A marginal note to come.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DraftNote {
    /// In which entry.
    #[schema(format = "uuid")]
    entry: String,
    /// What it will say.
    text: String,
}

/// What the act will do to an entry.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DraftEffect {
    /// Which.
    #[schema(format = "uuid")]
    entry: String,
    /// What it is.
    kind: &'static str,
    /// What becomes of it: `divorced`, `annulled`, `ended`, `adopted`, `revoked`, …; null when only a note is written.
    state: Option<&'static str>,
    /// What the note will say.
    note: String,
    /// The article it rests on.
    article: &'static str,
}

/// An entry that the act could reach.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DraftProposal {
    /// Where in the act it belongs: `reached`, `of` or `marriage`.
    member: &'static str,
    /// Entry, kind and changes; each change says what stands there, and the officer what it becomes.
    #[schema(value_type = Object)]
    reached: Value,
}

/// A notice to come.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DraftNotice {
    /// About which entry.
    #[schema(format = "uuid")]
    entry: String,
    /// The office that must be told.
    to: u32,
    /// Its name.
    to_name: String,
    /// Why: `write_note`, `residence`, `foreign_ministry` or `mission`.
    reason: &'static str,
    /// The article it rests on.
    article: String,
    /// By when.
    #[schema(format = "date")]
    due_on: String,
}

/// Draft an act
///
/// Answers the bytes to sign, what they mean, the warnings they raise and what they will cause. Nothing is recorded: sign,
/// and send the result to `POST /v1/events`. Who drafts reads entries, so a reader's token of the same office is needed.
#[utoipa::path(
    post,
    path = "/v1/acts",
    tag = "acts",
    request_body = ActRequest,
    responses((status = 200, description = "The draft", body = DraftAnswer)),
    security(("reader" = []))
)]
pub(crate) async fn draft_act(
    State(web): State<Arc<Web>>,
    caller: Caller,
    document: Document,
) -> Result<Json<DraftAnswer>, Problem> {
    let request = &document.json;
    // A request whose office cannot be read is reported with its other faults below.
    if let Some(office) = office(request) {
        caller.of_office(office)?;
    }
    let draft = web.registry().draft(request).await?;
    Ok(Json(DraftAnswer::of(draft, &web)))
}

fn office(request: &Value) -> Option<OfficeId> {
    OfficeId::from_json(request.get("office")?, &mut Form::new())
}

impl DraftAnswer {
    fn of(draft: DraftedAct, web: &Web) -> Self {
        let envelope = &draft.envelope;
        let notes = draft.notes.into_iter().map(|(entry, text)| DraftNote {
            entry: entry.to_string(),
            text,
        });
        let effects = draft.effects.into_iter().map(|effect| DraftEffect {
            entry: effect.entry.to_string(),
            kind: effect.kind.name(),
            state: effect.state,
            note: effect.note,
            article: effect.article,
        });
        let proposed = draft.proposed.into_iter().map(|proposal| DraftProposal {
            member: proposal.member,
            reached: proposal.reached,
        });
        let kind = envelope.kind;
        let notices = draft.notices.into_iter().map(|owed| DraftNotice {
            entry: owed.entry.map(|entry| entry.to_string()).unwrap_or_default(),
            to: owed.to.0,
            reason: owed.reason.name(),
            article: owed.reason.article(kind),
            to_name: web.registry().with_directory(|known| known.name(owed.to)),
            due_on: owed.due_on.to_string(),
        });
        let warnings = draft.warnings.into_iter().map(|(warning, acknowledged)| {
            let offer = draft.offers.get(&warning.pointer);
            DraftWarning::of(&warning, acknowledged, offer)
        });
        Self {
            event: envelope.event.to_string(),
            entry: envelope.entry.map(|entry| entry.to_string()),
            stream: envelope.stream.to_string(),
            seq: envelope.seq,
            envelope: base64(&draft.envelope_bytes),
            to_be_signed: base64(&draft.to_be_signed),
            sealed_body: base64(&draft.sealed_body),
            commitment: base64(&envelope.commitment.to_bytes()),
            summary: draft.summary,
            warnings: warnings.collect(),
            needs_second_person: draft.needs_second_person,
            notes: notes.collect(),
            effects: effects.collect(),
            proposed: proposed.collect(),
            notices: notices.collect(),
            content: draft.content.map(PaperContent::from),
            duplicates: draft.duplicates.iter().map(DuplicateCandidate::from).collect(),
        }
    }
}

impl DraftWarning {
    fn of(warning: &Warning, acknowledged: bool, offer: Option<&Conversion>) -> Self {
        let Warning {
            code,
            pointer,
            relation,
        } = warning;
        Self {
            code: code.name(),
            pointer: format!("/act{pointer}"),
            article: code.article(),
            vi: code.vietnamese(),
            en: code.english(),
            second_person: code.second_person(),
            acknowledged,
            relation: relation.map(|found| Relation {
                code: found.name(),
                vi: found.vietnamese(),
                en: found.english(),
            }),
            offer: offer.map(|offer| Offer {
                text: offer.text.clone(),
                encoding: offer.encoding.name(),
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::testing::{House, birth, correction};

    const DAY: &str = "2026-03-02";

    #[tokio::test]
    async fn a_draft_records_nothing_and_takes_the_next_number() {
        let house = House::founded().await;
        let office = house.open_office(1, "UBND xã Hòa Phú").await;
        let size = house.web.registry().head().size;
        for _ in 0..2 {
            let draft = house.draft(&office, birth(DAY)).await;
            assert!(
                draft.json()["summary"].as_str().unwrap().contains("số 1/2026"),
                "{}",
                draft.text()
            );
        }
        assert_eq!(house.web.registry().head().size, size);
    }

    #[tokio::test]
    async fn a_draft_needs_a_token_of_its_own_office() {
        let house = House::founded().await;
        let office = house.open_office(1, "UBND xã Hòa Phú").await;
        let other = house.open_office(2, "UBND phường Tân Lập").await;
        let request = office.signing(birth(DAY));
        let answer = house.post("/v1/acts", None, &request).await;
        assert_eq!((answer.status, answer.problem().as_str()), (401, "token_missing"));
        let answer = house.post("/v1/acts", Some(&other), &request).await;
        assert_eq!(
            (answer.status, answer.problem().as_str()),
            (403, "token_of_another_office")
        );
    }

    #[tokio::test]
    async fn an_act_with_every_field_wrong_is_told_all_of_it_at_once() {
        let house = House::founded().await;
        let office = house.open_office(1, "UBND xã Hòa Phú").await;
        let mut request = json!({
            "kind": "birth",
            "act": {
                "book": { "number": "một", "year": -1, "volume": 7, "page": "x" },
                "registered_on": "2026-02-30", "received_on": 7, "entry": "sometimes",
                "child": {
                    "name": "", "sex": "unknown", "born_on": "2026-13", "ethnicity": 999, "nationality": [],
                    "birth_place": { "text": 1, "unit": "x" }, "personal_number": "123", "colour": "blue",
                },
                "mother": "Ksor H’Bia",
                "declarant": { "relation": 1 },
                "signer": { "name": "Lê Thị Mai" },
                "remark": [],
                "unheard_of": true,
            },
            "acknowledgements": [{ "warning": 1 }],
            "colour": "blue",
        });
        let answer = house
            .post("/v1/acts", Some(&office), &office.signing(request.clone()))
            .await;
        assert_eq!(
            (answer.status, answer.problem().as_str()),
            (422, "form"),
            "{}",
            answer.text()
        );
        let pointers: Vec<String> = answer.errors().into_iter().map(|(pointer, _)| pointer).collect();
        for pointer in [
            "/colour",
            "/act/unheard_of",
            "/act/book/number",
            "/act/book/year",
            "/act/book/volume",
            "/act/book/page",
            "/act/registered_on",
            "/act/received_on",
            "/act/entry",
            "/act/child/colour",
            "/act/child/name",
            "/act/child/sex",
            "/act/child/born_on",
            "/act/child/ethnicity",
            "/act/child/nationality",
            "/act/child/birth_place/text",
            "/act/child/birth_place/unit",
            "/act/child/personal_number",
            "/act/mother",
            "/act/declarant/name",
            "/act/declarant/relation",
            "/act/signer/title",
            "/act/remark",
            "/acknowledgements/0/warning",
            "/acknowledgements/0/reason",
        ] {
            assert!(
                pointers.iter().any(|found| found == pointer),
                "{pointer} is not among {pointers:#?}"
            );
            let there = request.pointer(pointer).is_some();
            let parent = pointer.rsplit_once('/').unwrap().0;
            assert!(
                there || request.pointer(parent).is_some(),
                "{pointer} does not point into the request"
            );
        }
        assert!(!answer.text().contains("H’Bia"), "a problem repeats a name");

        request["kind"] = json!("christening");
        request["office"] = json!("one");
        request["key"] = json!("x");
        request["lane"] = json!("fast");
        let answer = house.post("/v1/acts", Some(&office), &request).await;
        let pointers: Vec<String> = answer.errors().into_iter().map(|(pointer, _)| pointer).collect();
        for pointer in ["/kind", "/office", "/key", "/lane"] {
            assert!(
                pointers.iter().any(|found| found == pointer),
                "{pointer} is not among {pointers:#?}"
            );
        }
    }

    #[tokio::test]
    async fn a_refused_act_points_into_the_request() {
        let house = House::founded().await;
        let office = house.open_office(1, "UBND xã Hòa Phú").await;
        let (draft, _) = house.file(&office, birth(DAY)).await;
        let mut request = correction(&draft["entry"], DAY);
        request["act"]["amended"][0]["changes"][0]["from"] = json!("1993");
        let answer = house.draft(&office, request.clone()).await;
        assert_eq!((answer.status, answer.problem().as_str()), (422, "from_differs"));
        let pointer = answer.errors()[0].0.clone();
        assert_eq!(request.pointer(&pointer), Some(&json!("1993")), "{pointer}");
    }

    #[tokio::test]
    async fn a_number_that_was_given_already_is_refused_in_the_draft() {
        let house = House::founded().await;
        let office = house.open_office(1, "UBND xã Hòa Phú").await;
        house.file(&office, birth(DAY)).await;
        let mut request = birth(DAY);
        request["act"]["book"] = json!({ "number": 1, "year": 2026 });
        let answer = house.draft(&office, request.clone()).await;
        assert_eq!((answer.status, answer.problem().as_str()), (422, "number_taken"));
        assert_eq!(answer.json()["errors"][0]["expected"], 2);
        request["act"]["book"]["number"] = json!(3);
        assert_eq!(house.draft(&office, request).await.problem(), "number_skips");
    }

    #[tokio::test]
    async fn a_place_that_no_list_has_is_kept_as_text_and_flagged() {
        let house = House::founded().await;
        let office = house.open_office(1, "UBND xã Hòa Phú").await;
        let warned = async |unit: &str| -> Vec<Value> {
            let mut request = birth(DAY);
            request["act"]["child"]["birth_place"] = json!({ "text": "Xã Hòa Phú", "unit": unit });
            let draft = house
                .post("/v1/acts", Some(&office), &office.signing(request))
                .await;
            assert_eq!(draft.status, 200, "{}", draft.text());
            draft.json()["warnings"]
                .as_array()
                .unwrap()
                .iter()
                .map(|warning| warning["code"].clone())
                .collect()
        };
        assert_eq!(warned("99999@..").await, [json!("unit_unknown")]);
        // Hòa Phú of Tây Hòa was merged in 2025.
        assert_eq!(warned("22270@..").await, [json!("unit_not_valid_that_day")]);
    }

    #[tokio::test]
    async fn a_draft_fills_in_what_stands_and_what_follows() {
        let house = House::founded().await;
        let office = house.open_office(1, "UBND xã Hòa Phú").await;
        let (born, _) = house.file(&office, birth(DAY)).await;
        let mut request = correction(&born["entry"], DAY);
        request["act"]["amended"][0]["changes"] = json!([{ "field": "/mother/born_on", "to": "1995-06-01" }]);
        let draft = house.draft(&office, request).await;
        assert_eq!(draft.status, 200, "{}", draft.text());
        let effect = &draft.json()["effects"][0];
        assert!(
            effect["note"]
                .as_str()
                .unwrap()
                .contains("từ “1994” thành “01/06/1995”"),
            "{effect}"
        );
        assert_eq!(effect["entry"], born["entry"]);

        let confirmation = json!({
            "kind": "marital_status_confirmation",
            "act": {
                "registered_on": DAY, "received_on": DAY, "purpose": "Bổ túc hồ sơ", "purpose_kind": "other",
                "subject": {
                    "name": "Ksor H’Lan", "born_on": DAY,
                    "known_as": { "entry": born["entry"], "role": "child" },
                },
                "signer": { "name": "Lê Thị Mai", "title": "Phó Chủ tịch" },
            },
        });
        let (drafted, _) = house.file(&office, confirmation).await;
        let path = format!("/v1/entries/{}", drafted["entry"].as_str().unwrap());
        let entry = house.get(&path, &office).await.json();
        assert_eq!(entry["current"]["marital_status"], "never_married");
        assert_eq!(entry["current"]["status"], "Chưa đăng ký kết hôn với ai");
        assert_eq!(entry["current"]["follows_from"], json!([born["entry"]]));
    }

    #[tokio::test]
    async fn a_recognition_of_a_linked_child_is_offered_its_birth_entry() {
        let house = House::founded().await;
        let office = house.open_office(1, "UBND xã Hòa Phú").await;
        let mut request = birth(DAY);
        request["act"].as_object_mut().unwrap().remove("father");
        let (born, _) = house.file(&office, request).await;
        let recognition = json!({
            "kind": "parent_child_recognition",
            "act": {
                "registered_on": DAY, "received_on": DAY, "direction": "father_recognises_child",
                "parent": { "name": "Nguyễn Văn Thành", "born_on": "1991", "sex": "male" },
                "child": {
                    "name": "Ksor H’Lan", "born_on": DAY, "known_as": { "entry": born["entry"], "role": "child" },
                },
                "signer": { "name": "Lê Thị Mai", "title": "Phó Chủ tịch" },
            },
        });
        let draft = house.draft(&office, recognition.clone()).await.json();
        assert_eq!(
            draft["proposed"],
            json!([{ "member": "reached", "reached": {
                "entry": born["entry"], "kind": "birth", "changes": [{ "field": "/father", "from": null }],
            } }])
        );
        let mut agreed = recognition;
        agreed["act"]["reached"] = json!([draft["proposed"][0]["reached"]]);
        agreed["act"]["reached"][0]["changes"][0]["to"] =
            json!({ "name": "Nguyễn Văn Thành", "born_on": "1991" });
        house.file(&office, agreed).await;
        let path = format!("/v1/persons/{}.child", born["entry"].as_str().unwrap());
        let child = house.get(&path, &office).await.json();
        assert_eq!(
            child["parents"].as_array().unwrap().len(),
            2,
            "{}",
            child["parents"]
        );
    }
}
