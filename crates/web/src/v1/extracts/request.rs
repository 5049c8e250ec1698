//! `POST /v1/extracts`: a paper is asked for → everything that its officer must see and sign.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde_json::{Map, Value, json};
use utoipa::ToSchema;

use crate::Web;
use crate::access::{Access, Shown};
use crate::document::Document;
use crate::problem::Problem;
use crate::v1::acts::draft::{AcknowledgedWarning, DraftAnswer, drafted};

/// What an office asks for.
#[derive(ToSchema)]
#[expect(dead_code, reason = "documents what registry::Command reads")]
pub(crate) struct PaperRequest {
    /// The office that issues it; the caller's own, wherever the entry stands.
    office: u32,
    /// The key that will sign (64 hexadecimal digits): an officer's, or the desk's.
    #[schema(pattern = "^[0-9a-f]{64}$")]
    key: String,
    /// The entry.
    #[schema(format = "uuid")]
    entry: String,
    /// Who asks, by what right and who signs, as the schema of `extract` says. Left out, the day is today, the paper is a copy of that which
    /// proves the entry, and its number, template, code, heading and content are as the ledger proposes.
    #[schema(value_type = Object)]
    act: Value,
    /// Warnings that were seen, each with a reason. The reason is signed with the act.
    acknowledgements: Option<Vec<AcknowledgedWarning>>,
}

/// Ask for a paper
///
/// The same as `POST /v1/acts` for an `extract` with `paper`: answers the bytes to sign and, as `page`, all that the paper will say.
/// Nothing is recorded: sign, send the result to `POST /v1/events`, and fetch the file by the event's id.
#[utoipa::path(
    post,
    path = "/v1/extracts",
    tag = "papers",
    request_body = PaperRequest,
    responses((status = 200, description = "The draft", body = DraftAnswer)),
    security(("reader" = ["personal_data"]))
)]
pub(crate) async fn request_paper(
    State(web): State<Arc<Web>>,
    access: Access,
    document: Document,
) -> Result<Shown<Json<DraftAnswer>>, Problem> {
    drafted(&web, access, &as_act(&web, document.json.clone())).await
}

/// The request as one for an act; what is not of its shape stays as it is, for the form to say so.
fn as_act(web: &Web, mut request: Value) -> Value {
    let Value::Object(members) = &mut request else {
        return request;
    };
    // A kind of its own would be another request.
    if !members.contains_key("kind") {
        members.insert("kind".to_owned(), civil::kind::Kind::ExtractIssued.name().into());
    }
    let act = members.entry("act").or_insert_with(|| Value::Object(Map::new()));
    if let Value::Object(act) = act {
        act.entry("paper").or_insert_with(|| json!({}));
        if let Some(today) = web.registry().today() {
            act.entry("issued_on").or_insert_with(|| today.to_string().into());
        }
    }
    request
}
