//! `POST /v1/acts`: an act in JSON → everything that its officer must see and sign. Nothing is recorded.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use civil::decide::Warning;
use civil::id::OfficeId;
use civil::wire::{Form, Wire as _};
use registry::DraftedAct;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use crate::document::Document;
use crate::problem::Problem;
use crate::text::base64;
use crate::v1::content::PaperContent;
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
    /// The act, as its kind's schema says. Left out, the number of its book is the next one, and the hash of a copy's
    /// content is that of the present content.
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
    /// The offices that will be owed a notice.
    notices: Vec<DraftNotice>,
    /// What the copy will say, for copies.
    content: Option<PaperContent>,
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

/// A notice to come.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DraftNotice {
    /// About which entry.
    #[schema(format = "uuid")]
    entry: String,
    /// The office that keeps the book.
    to: u32,
    /// Its name.
    to_name: String,
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
    Document(request): Document,
) -> Result<Json<DraftAnswer>, Problem> {
    // A request whose office cannot be read is reported with its other faults below.
    if let Some(office) = office(&request) {
        caller.of_office(office)?;
    }
    let draft = web.registry().draft(&request).await?;
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
        let notices = draft.notices.into_iter().map(|owed| DraftNotice {
            entry: owed.entry.to_string(),
            to: owed.to.0,
            to_name: web.registry().with_directory(|known| known.name(owed.to)),
            due_on: owed.due_on.to_string(),
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
            warnings: draft.warnings.into_iter().map(DraftWarning::of).collect(),
            needs_second_person: draft.needs_second_person,
            notes: notes.collect(),
            notices: notices.collect(),
            content: draft.content.map(PaperContent::from),
        }
    }
}

impl DraftWarning {
    fn of((Warning { code, pointer }, acknowledged): (Warning, bool)) -> Self {
        Self {
            code: code.name(),
            pointer: format!("/act{pointer}"),
            article: code.article(),
            vi: code.vietnamese(),
            en: code.english(),
            second_person: code.second_person(),
            acknowledged,
        }
    }
}
