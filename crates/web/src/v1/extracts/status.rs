//! `GET /v1/extracts/{paper}/status`: whether a paper still holds, for whoever has it in hand.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use civil::seal::PaperCode;
use registry::papers::{PaperState, PaperStatus};
use serde::Serialize;
use utoipa::ToSchema;

use crate::Web;
use crate::parameters::in_path;
use crate::problem::Problem;
use crate::turnstile::Asker;

/// What became of a paper. It says of nobody anything that does not stand on the paper.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PaperStatusAnswer {
    /// `current`, `superseded` (a later act changed what it says) or `revoked`.
    state: &'static str,
    /// The day of the latest act that changed it, or from which it is revoked; null while it is current.
    #[schema(format = "date")]
    since: Option<String>,
    /// Which paper.
    paper: &'static str,
    /// `original` or `copy`.
    form: &'static str,
    /// The office that issued it.
    office: u32,
    /// The name of that office.
    office_name: String,
    /// The day of issue.
    #[schema(format = "date")]
    issued_on: String,
    /// In Vietnamese.
    vi: &'static str,
    /// In English.
    en: &'static str,
    /// How many events of the log were looked at.
    size: u64,
}

/// Ask whether a paper still holds
///
/// By its code, which nobody guesses and only those know who had the paper in hand. Open to everybody, a few times a second.
#[utoipa::path(
    get,
    path = "/v1/extracts/{paper}/status",
    tag = "papers",
    params(("paper" = String, Path, description = "The code, however it is typed")),
    responses(
        (status = 200, description = "What became of it", body = PaperStatusAnswer),
        (status = 429, description = "Asked too often: try again after `Retry-After`", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn get_status(
    State(web): State<Arc<Web>>,
    _: Asker,
    Path(paper): Path<String>,
) -> Result<Json<PaperStatusAnswer>, Problem> {
    let code: PaperCode = in_path("paper", &paper)?;
    let status = web.registry().paper_status(&code).await?;
    Ok(Json(PaperStatusAnswer::of(&status, &web)))
}

/// A state in a word, in Vietnamese and in English.
pub(crate) const fn words(state: PaperState) -> (&'static str, &'static str, &'static str) {
    match state {
        PaperState::Current => (
            "current",
            "Giấy tờ còn giá trị: nội dung đúng với Sổ hộ tịch.",
            "It says what stands in the register.",
        ),
        PaperState::Superseded { .. } => (
            "superseded",
            "Nội dung đã thay đổi sau khi cấp: hãy yêu cầu bản mới.",
            "A later act changed what it says: ask for a new one.",
        ),
        PaperState::Revoked { .. } => ("revoked", "Giấy tờ đã bị thu hồi, hủy bỏ.", "It was revoked."),
    }
}

/// Since when it is no longer current.
pub(crate) fn since(state: PaperState) -> Option<civil::value::Date> {
    match state {
        PaperState::Current => None,
        PaperState::Superseded { on } | PaperState::Revoked { on } => Some(on),
    }
}

impl PaperStatusAnswer {
    fn of(status: &PaperStatus, web: &Web) -> Self {
        let (state, vi, en) = words(status.state);
        Self {
            state,
            since: since(status.state).map(|day| day.to_string()),
            paper: status.paper.name(),
            form: status.form.name(),
            office: status.office.0,
            office_name: web.registry().with_directory(|known| known.name(status.office)),
            issued_on: status.issued_on.to_string(),
            vi,
            en,
            size: status.size,
        }
    }
}
