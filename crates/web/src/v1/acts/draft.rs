//! `POST /v1/acts`: an act in JSON → everything that its officer must see and sign. Nothing is recorded.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use civil::access::Reading;
use civil::decide::Warning;
use civil::duplicate::Feature;
use civil::id::{EntryId, OfficeId};
use civil::value::Conversion;
use civil::wire::{Form, Wire as _};
use registry::{DraftedAct, LikelyPerson};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use crate::Web;
use crate::access::{Access, Shown, Shows};
use crate::document::Document;
use crate::problem::Problem;
use crate::text::base64;
use crate::v1::content::{PaperContent, PaperPage};
use crate::v1::entries::duplicates::DuplicateCandidate;

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
    #[schema(pattern = "^[0-9a-f]{64}$")]
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
    #[schema(content_encoding = "base64")]
    envelope: String,
    /// Exactly what the key signs, the COSE `Sig_structure` (base64).
    #[schema(content_encoding = "base64")]
    to_be_signed: String,
    /// Salt and body, to be sent back with the signed event as they are (base64).
    #[schema(content_encoding = "base64")]
    sealed_body: String,
    /// What a second person endorses: the body's commitment, BLAKE3 ‖ SHA-256 (base64).
    #[schema(content_encoding = "base64")]
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
    /// Whom its people may be known as: to be written into the act by the officer who finds it so.
    known_as: Vec<LikelyKnown>,
    /// The offices that will be owed a notice.
    notices: Vec<DraftNotice>,
    /// What the copy will say, for copies without a page.
    content: Option<PaperContent>,
    /// What the paper will say, where a sheet is asked for.
    page: Option<PaperPage>,
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
    /// The places of people from which it follows: `ENTRY.wife`, `ENTRY.deceased`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    found: Vec<String>,
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

/// A place of the ledger as which a person of the act may be known.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct LikelyKnown {
    /// The person: a JSON pointer into the request.
    pointer: String,
    /// What `known_as` would say: entry, role and, behind the first of a role, index.
    #[schema(value_type = Object)]
    known_as: Value,
    /// The same as an address: `ENTRY.child`.
    r#ref: String,
    /// What was registered where the person was found.
    kind: &'static str,
    /// The office that registered it.
    office: u32,
    /// The name of that office.
    office_name: String,
    /// The name there.
    name: String,
    /// The birth date there: the day, or the year alone.
    born_on: Option<String>,
    /// How alike they are, from 0 to 100.
    score: u8,
    /// In what they agree: `personal_number`, `name`, `born_on`.
    agree: Vec<&'static str>,
    /// In what they differ.
    differ: Vec<&'static str>,
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
    /// Entry, kind and changes: what stands there, and what it becomes by this act.
    #[schema(value_type = Object)]
    reached: Value,
}

/// A notice to come.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DraftNotice {
    /// About which entry; the one that the act will open has its id already. Null when it is about none.
    #[schema(format = "uuid")]
    entry: Option<String>,
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
    security(("reader" = ["personal_data"]))
)]
pub(crate) async fn draft_act(
    State(web): State<Arc<Web>>,
    access: Access,
    document: Document,
) -> Result<Shown<Json<DraftAnswer>>, Problem> {
    drafted(&web, access, &document.json).await
}

/// Drafts a request of that caller.
///
/// # Errors
/// Every faulty field at once; every refusal at once; when the caller's token is of another office.
pub(crate) async fn drafted(
    web: &Web,
    access: Access,
    request: &Value,
) -> Result<Shown<Json<DraftAnswer>>, Problem> {
    // A request whose office cannot be read is reported with its other faults below.
    if let Some(office) = office(request) {
        access.of_office(office)?;
    }
    let draft = web.registry().draft(request).await?;
    let shows = Shows::one(Reading::Draft).entries(shown(&draft));
    access.shows(web, shows, Json(DraftAnswer::of(draft, web))).await
}

/// The entries of which a draft tells: those it touches, and those it may be about.
fn shown(draft: &DraftedAct) -> Vec<EntryId> {
    let envelope = &draft.envelope;
    let touched = envelope
        .targets
        .iter()
        .map(|target| target.entry)
        .chain(envelope.entry);
    let reached = draft.notes.iter().map(|(entry, _)| *entry);
    let reachable = draft.proposed.iter().filter_map(|proposal| {
        let entry = proposal.reached.get("entry")?.as_str()?;
        entry.parse().ok()
    });
    let like = draft.duplicates.iter().map(|candidate| candidate.entry);
    let known = draft.known_as.iter().map(|likely| likely.place.entry);
    touched
        .chain(reached)
        .chain(reachable)
        .chain(like)
        .chain(known)
        .collect()
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
        let known_as = draft
            .known_as
            .into_iter()
            .map(|likely| LikelyKnown::of(likely, web));
        let kind = envelope.kind;
        let notices = draft.notices.into_iter().map(|owed| DraftNotice {
            entry: owed.entry.map(|entry| entry.to_string()),
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
            known_as: known_as.collect(),
            notices: notices.collect(),
            content: draft.content.map(PaperContent::from),
            page: draft.page.as_ref().map(PaperPage::from),
            duplicates: draft.duplicates.iter().map(DuplicateCandidate::from).collect(),
        }
    }
}

impl LikelyKnown {
    fn of(likely: LikelyPerson, web: &Web) -> Self {
        let names = |features: &[Feature]| features.iter().map(|feature| feature.name()).collect();
        let LikelyPerson { place, hit, .. } = &likely;
        Self {
            pointer: format!("/act{}", likely.pointer),
            known_as: place.to_json(),
            r#ref: place.to_string(),
            kind: hit.kind.name(),
            office: hit.office.0,
            office_name: web.registry().with_directory(|known| known.name(hit.office)),
            name: hit.name.clone(),
            born_on: hit
                .born_on
                .clone()
                .or(hit.birth_year.map(|year| year.to_string())),
            score: likely.score,
            agree: names(&likely.agree),
            differ: names(&likely.differ),
        }
    }
}

impl DraftWarning {
    fn of(warning: &Warning, acknowledged: bool, offer: Option<&Conversion>) -> Self {
        let Warning {
            code,
            pointer,
            relation,
            found,
        } = warning;
        Self {
            code: code.name(),
            pointer: format!("/act{pointer}"),
            article: code.article(),
            vi: code.vietnamese(),
            en: code.english(),
            second_person: code.second_person(),
            acknowledged,
            relation: relation.map(|relation| Relation {
                code: relation.name(),
                vi: relation.vietnamese(),
                en: relation.english(),
            }),
            found: found.iter().map(ToString::to_string).collect(),
            offer: offer.map(|offer| Offer {
                text: offer.text.clone(),
                encoding: offer.encoding.name(),
            }),
        }
    }
}

#[cfg(test)]
#[path = "draft_tests.rs"]
mod tests;
