//! `POST /v1/extracts/batch`: many signed papers of one desk, recorded one after the other.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use civil::wire::{FieldError, Form};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use crate::Web;
use crate::document::Document;
use crate::problem::Problem;
use crate::v1::events::record::{ReceiptAnswer, SignedEventRequest, read_at};

/// Most papers of one request.
const PAPERS_MAX: usize = 100;

/// Signed papers, in the order of their chain.
#[derive(ToSchema)]
#[expect(dead_code, reason = "documents what `read` reads")]
pub(crate) struct BatchRequest {
    /// The signed events, each with its sealed body; at most a hundred.
    papers: Vec<SignedEventRequest>,
}

/// What became of each.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct BatchAnswer {
    /// The receipts, in the order of the request, up to the first paper that was not recorded.
    receipts: Vec<ReceiptAnswer>,
    /// Why the next one was not recorded, with its place in the request as `failed`; null when all are. Those behind it were signed for a chain in which it
    /// stands: they were not tried.
    #[schema(value_type = Option<Object>)]
    problem: Option<Value>,
    /// The place of that paper in the request, from 0; null when all are recorded.
    failed: Option<usize>,
}

/// Issue many papers
///
/// Each is signed by itself, as `POST /v1/events` takes it, and recorded by itself: what was recorded before a failure stays. Sending the same batch again
/// gets the same receipts.
#[utoipa::path(
    post,
    path = "/v1/extracts/batch",
    tag = "papers",
    request_body = BatchRequest,
    responses((status = 200, description = "What became of each", body = BatchAnswer))
)]
pub(crate) async fn issue_batch(
    State(web): State<Arc<Web>>,
    document: Document,
) -> Result<Json<BatchAnswer>, Problem> {
    let papers = read(&document.json)?;
    let mut answer = BatchAnswer {
        receipts: Vec::with_capacity(papers.len()),
        problem: None,
        failed: None,
    };
    for (index, (signed, sealed_body)) in papers.into_iter().enumerate() {
        let entry = crate::v1::events::entry(&signed);
        match web.registry().record(signed.into(), sealed_body.into()).await {
            Ok(receipt) => answer.receipts.push(ReceiptAnswer::of(receipt, entry)),
            Err(error) => {
                let problem = Problem::from(error);
                answer.problem = serde_json::to_value(&problem).ok();
                answer.failed = Some(index);
                break;
            }
        }
    }
    Ok(Json(answer))
}

/// A signed event and its sealed body.
type Signed = (Vec<u8>, Vec<u8>);

fn read(request: &Value) -> Result<Vec<Signed>, Vec<FieldError>> {
    let mut form = Form::new();
    let papers = form.at("papers", |form| {
        let papers = request.get("papers").and_then(Value::as_array);
        let papers = papers.filter(|papers| (1..=PAPERS_MAX).contains(&papers.len()));
        let Some(papers) = papers else {
            return form.fault(
                "not_a_list",
                "Phải là danh sách từ 1 đến 100 giấy tờ.",
                "Must be a list of 1 to 100 papers.",
            );
        };
        let read = papers.iter().enumerate();
        let read: Vec<_> = read
            .map(|(index, paper)| form.at(index, |form| read_at(paper, form)))
            .collect();
        read.into_iter().collect::<Option<Vec<_>>>()
    });
    form.finish(papers)
}
