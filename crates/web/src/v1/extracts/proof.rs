//! `GET /v1/extracts/{paper}/proof`: that a paper's event is in the log, for whoever has the paper in hand.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::response::Response;
use civil::seal::PaperCode;

use crate::Web;
use crate::parameters::in_path;
use crate::problem::Problem;
use crate::turnstile::Asker;
use crate::v1::events::proof::proof_file;

/// Prove a paper
///
/// The proof leads from the leaf that stands in the paper's code to a signed checkpoint. It is a file of its own: a paper is handed over before
/// the checkpoint exists that covers it. Open to everybody who has the code.
#[utoipa::path(
    get,
    path = "/v1/extracts/{paper}/proof",
    tag = "papers",
    params(("paper" = String, Path, description = "The code, however it is typed")),
    responses(
        (status = 200, description = "A C2SP tlog-proof", body = String, content_type = "text/plain"),
        (status = 429, description = "Asked too often: try again after `Retry-After`", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn get_paper_proof(
    State(web): State<Arc<Web>>,
    _: Asker,
    Path(paper): Path<String>,
) -> Result<Response, Problem> {
    let code: PaperCode = in_path("paper", &paper)?;
    let event = web.registry().paper_status(&code).await?.event;
    proof_file(&web, event).await
}
