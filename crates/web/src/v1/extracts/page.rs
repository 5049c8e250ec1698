//! `GET /v1/extracts/{paper}`: what a paper says.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use civil::access::Reading;
use registry::papers::IssuedPage;
use serde::Serialize;
use utoipa::ToSchema;

use super::event_of;
use crate::Web;
use crate::access::{Access, Shown, Shows};
use crate::problem::Problem;
use crate::v1::content::PaperPage;

/// A paper that was issued.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PaperAnswer {
    /// The event that issued it.
    #[schema(format = "uuid")]
    event: String,
    /// Its position.
    position: u64,
    /// The entry whose paper it is; null for a confirmation, which is its own.
    #[schema(format = "uuid")]
    entry: Option<String>,
    /// The office that issued it.
    office: u32,
    /// The name of that office.
    office_name: String,
    /// The code by which whoever holds it asks whether it still holds.
    #[schema(example = "7K3QX-9M2TD-R5WBN-0C8HV")]
    code: String,
    /// The template by which it is set.
    #[schema(example = "birth-2016")]
    template: String,
    /// BLAKE3 of that template with all that sets it (hexadecimal).
    #[schema(pattern = "^[0-9a-f]{64}$")]
    template_hash: String,
    /// BLAKE3 of what it says (hexadecimal).
    #[schema(pattern = "^[0-9a-f]{64}$")]
    content_hash: String,
    /// What it says.
    page: PaperPage,
}

/// Read a paper
///
/// What it says, as it was issued: folded from the log again and compared with what was signed. For the office that issued it.
#[utoipa::path(
    get,
    path = "/v1/extracts/{paper}",
    tag = "papers",
    params(("paper" = String, Path, description = "The event that issued it, or its code")),
    responses((status = 200, description = "The paper", body = PaperAnswer)),
    security(("reader" = ["personal_data"]))
)]
pub(crate) async fn get_paper(
    State(web): State<Arc<Web>>,
    access: Access,
    Path(paper): Path<String>,
) -> Result<Shown<Json<PaperAnswer>>, Problem> {
    let event = event_of(&web, &paper).await?;
    let page = web.registry().paper(event).await?;
    access.of_office(page.office)?;
    let shows = shows_paper(Reading::Paper, &page);
    access.shows(&web, shows, Json(PaperAnswer::of(page, &web))).await
}

/// What a paper shows.
pub(super) fn shows_paper(reading: Reading, page: &IssuedPage) -> Shows {
    Shows::one(reading).entries(page.entry).events([page.event])
}

impl PaperAnswer {
    fn of(page: IssuedPage, web: &Web) -> Self {
        Self {
            event: page.event.to_string(),
            position: page.position,
            entry: page.entry.map(|entry| entry.to_string()),
            office: page.office.0,
            office_name: web.registry().with_directory(|known| known.name(page.office)),
            code: page.sheet.code.to_string(),
            template: page.sheet.template.to_string(),
            template_hash: hex::encode(page.sheet.template_hash.0),
            content_hash: hex::encode(page.content.hash()),
            page: (&page.content).into(),
        }
    }
}
