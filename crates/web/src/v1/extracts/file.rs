//! `GET /v1/extracts/{paper}/pdf`: the file that is handed over.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::{HeaderName, HeaderValue, header};
use axum::response::{IntoResponse as _, Response};

use super::event_of;
use crate::problem::Problem;
use crate::{Caller, Web};

/// Whether the file bears the seal of its office.
const SEALED: HeaderName = HeaderName::from_static("hotich-sealed");
/// Whether the template is no longer that of the event.
const SET_ANEW: HeaderName = HeaderName::from_static("hotich-set-anew");

/// Fetch a paper
///
/// PDF/A-2a and PDF/UA-1, with its codes and the seal of its office. The same event gives the same bytes, however often it is fetched. For the office that issued it.
///
/// A picture is not offered: whoever needs one makes it of the file.
#[utoipa::path(
    get,
    path = "/v1/extracts/{paper}/pdf",
    tag = "papers",
    params(("paper" = String, Path, description = "The event that issued it, or its code")),
    responses((status = 200, description = "The file", body = Vec<u8>, content_type = "application/pdf",
        headers(
            ("hotich-sealed" = String, description = "`true` where it bears the seal of its office"),
            ("hotich-set-anew" = String, description = "`true` where the template is no longer that of the event: it says the same and may look otherwise"),
        ))),
    security(("reader" = []))
)]
pub(crate) async fn get_pdf(
    State(web): State<Arc<Web>>,
    caller: Caller,
    Path(paper): Path<String>,
) -> Result<Response, Problem> {
    let event = event_of(&web, &paper).await?;
    let page = web.registry().paper(event).await?;
    // Who may not have it does not cause it to be set.
    caller.of_office(page.office)?;
    let file = web.registry().paper_file(page).await?;
    let truth = |truth: bool| HeaderValue::from_static(if truth { "true" } else { "false" });
    let mut response = file.pdf.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/pdf"));
    headers.insert(SEALED, truth(file.sealed));
    headers.insert(SET_ANEW, truth(file.set_anew));
    if let Ok(name) = HeaderValue::from_str(&format!("attachment; filename=\"{event}.pdf\"")) {
        headers.insert(header::CONTENT_DISPOSITION, name);
    }
    Ok(response)
}
