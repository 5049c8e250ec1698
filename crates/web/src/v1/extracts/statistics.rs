//! `GET /v1/extracts/statistics`: how many papers were issued.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use registry::papers::PaperCount;
use serde::Serialize;
use utoipa::ToSchema;

use crate::parameters::Parameters;
use crate::problem::Problem;
use crate::{Caller, Web};

/// How many papers of one sort an office issued.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PaperCountAnswer {
    /// The office.
    office: u32,
    /// The name of that office.
    office_name: String,
    /// Which paper; null for copies of the first release, which had no page.
    paper: Option<String>,
    /// `original` or `copy`; null as above.
    form: Option<String>,
    /// By what right they were asked for.
    standing: String,
    /// How many were issued.
    issued: u64,
    /// How many of them are revoked.
    revoked: u64,
}

/// Papers, counted.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PaperCountsAnswer {
    /// One for each sort, by office.
    counts: Vec<PaperCountAnswer>,
    /// How many were issued in all.
    issued: u64,
}

/// Count papers
///
/// By office, paper, form and standing, from one day of issue to another, both counted.
#[utoipa::path(
    get,
    path = "/v1/extracts/statistics",
    tag = "papers",
    params(
        ("from" = String, Query, format = "date", description = "The first day"),
        ("to" = String, Query, format = "date", description = "The last day"),
        ("office" = Option<u32>, Query, description = "One office alone"),
    ),
    responses((status = 200, description = "The counts", body = PaperCountsAnswer)),
    security(("reader" = []))
)]
pub(crate) async fn count_papers(
    State(web): State<Arc<Web>>,
    _: Caller,
    mut parameters: Parameters,
) -> Result<Json<PaperCountsAnswer>, Problem> {
    let (from, to) = (parameters.day("from"), parameters.day("to"));
    let office = parameters.office("office");
    for (name, day) in [("from", from), ("to", to)] {
        if day.is_none() {
            parameters.missing(name);
        }
    }
    if from.zip(to).is_some_and(|(from, to)| to < from) {
        parameters.reversed("to");
    }
    parameters.finish()?;
    let counts = match from.zip(to) {
        Some((from, to)) => web.registry().papers_issued(from, to, office).await?,
        None => Vec::new(),
    };
    Ok(Json(PaperCountsAnswer {
        issued: counts.iter().map(|count| count.issued).sum(),
        counts: counts
            .into_iter()
            .map(|count| PaperCountAnswer::of(count, &web))
            .collect(),
    }))
}

impl PaperCountAnswer {
    fn of(count: PaperCount, web: &Web) -> Self {
        let stated = |word: String| Some(word).filter(|word| !word.is_empty());
        Self {
            office: count.office.0,
            office_name: web.registry().with_directory(|known| known.name(count.office)),
            paper: stated(count.paper),
            form: stated(count.form),
            standing: count.standing,
            issued: count.issued,
            revoked: count.revoked,
        }
    }
}
