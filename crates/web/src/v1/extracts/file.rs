//! `GET /v1/extracts/{paper}/pdf`: the file that is handed over; `GET /v1/extracts/{paper}/png`: its pages as pictures.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::{HeaderName, HeaderValue, header};
use axum::response::{IntoResponse as _, Response};
use civil::access::Reading;

use super::event_of;
use super::page::shows_paper;
use crate::Web;
use crate::access::{Access, Shown};
use crate::parameters::Parameters;
use crate::problem::Problem;

/// Whether the file bears the seal of its office.
const SEALED: HeaderName = HeaderName::from_static("hotich-sealed");
/// Whether the template is no longer that of the event.
const SET_ANEW: HeaderName = HeaderName::from_static("hotich-set-anew");

/// Whether an authority dated that seal.
const TIME_STAMPED: HeaderName = HeaderName::from_static("hotich-time-stamped");
/// How many pages the paper has.
const PAGES: HeaderName = HeaderName::from_static("hotich-pages");

/// Pixels an inch of a picture, when nothing is asked for.
const DPI: u16 = 150;
/// Fewer, and the code cannot be read; more, and it is no picture for a screen.
const DPI_BOUNDS: std::ops::RangeInclusive<u64> = 100..=300;
/// No paper has more pages.
const PAGE_BOUNDS: std::ops::RangeInclusive<u64> = 1..=1_000;

/// Fetch a paper
///
/// PDF/A-2a and PDF/UA-1, with its codes and the seal of its office. The same event gives the same bytes, however often it is fetched. For the office that issued it.
#[utoipa::path(
    get,
    path = "/v1/extracts/{paper}/pdf",
    tag = "papers",
    params(("paper" = String, Path, description = "The event that issued it, or its code")),
    responses((status = 200, description = "The file", body = Vec<u8>, content_type = "application/pdf",
        headers(
            ("hotich-sealed" = String, description = "`true` where it bears the seal of its office"),
            ("hotich-time-stamped" = String, description = "`true` where a time-stamp authority dated that seal (PAdES B-T)"),
            ("hotich-set-anew" = String, description = "`true` where the template is no longer that of the event: it says the same and may look otherwise"),
        )),
        (status = 422, description = "What the paper says was erased (`content_erased`)", body = Problem, content_type = "application/problem+json")),
    security(("reader" = ["personal_data"]))
)]
pub(crate) async fn get_pdf(
    State(web): State<Arc<Web>>,
    access: Access,
    Path(paper): Path<String>,
) -> Result<Shown<Response>, Problem> {
    let event = event_of(&web, &paper).await?;
    let page = web.registry().paper(event).await?;
    // Who may not have it does not cause it to be set.
    access.of_office(page.office)?;
    let shows = shows_paper(Reading::PaperFile, &page);
    let file = web.registry().paper_file(page).await?;
    let mut response = file.pdf.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/pdf"));
    headers.insert(SEALED, truth(file.sealed));
    headers.insert(TIME_STAMPED, truth(file.time_stamped));
    headers.insert(SET_ANEW, truth(file.set_anew));
    if let Ok(name) = HeaderValue::from_str(&format!("attachment; filename=\"{event}.pdf\"")) {
        headers.insert(header::CONTENT_DISPOSITION, name);
    }
    access.shows(&web, shows, response).await
}

/// Fetch a page of a paper as a picture
///
/// PNG, grey, with its resolution: the page of the file, with the same codes. No signature is over a picture; the code on it is what proves
/// it. For the office that issued it.
#[utoipa::path(
    get,
    path = "/v1/extracts/{paper}/png",
    tag = "papers",
    params(
        ("paper" = String, Path, description = "The event that issued it, or its code"),
        ("page" = Option<u32>, Query, minimum = 1, maximum = 1000, example = 1, description = "Which page; 1 when left out"),
        ("dpi" = Option<u16>, Query, minimum = 100, maximum = 300, example = 150, description = "Pixels an inch; 150 when left out. At fewer a full code is hard to read"),
    ),
    responses((status = 200, description = "The picture", body = Vec<u8>, content_type = "image/png",
        headers(
            ("hotich-sealed" = String, description = "`code` where the code on it bears the seal of its office, which the picture itself cannot; else `false`"),
            ("hotich-set-anew" = String, description = "`true` where the template is no longer that of the event: it says the same and may look otherwise"),
            ("hotich-pages" = u32, description = "How many pages the paper has"),
        )),
        (status = 422, description = "What the paper says was erased (`content_erased`)", body = Problem, content_type = "application/problem+json")),
    security(("reader" = ["personal_data"]))
)]
pub(crate) async fn get_png(
    State(web): State<Arc<Web>>,
    access: Access,
    Path(paper): Path<String>,
    mut parameters: Parameters,
) -> Result<Shown<Response>, Problem> {
    let page = parameters.number("page", PAGE_BOUNDS);
    let dpi = parameters.number("dpi", DPI_BOUNDS);
    parameters.finish()?;
    let number = page.and_then(|page| page.try_into().ok()).unwrap_or(1);
    let dpi = dpi.and_then(|dpi| dpi.try_into().ok()).unwrap_or(DPI);
    let event = event_of(&web, &paper).await?;
    let page = web.registry().paper(event).await?;
    access.of_office(page.office)?;
    let shows = shows_paper(Reading::PaperPicture, &page);
    let picture = web.registry().paper_picture(page, number, dpi).await?;
    let sealed = HeaderValue::from_static(if picture.sealed { "code" } else { "false" });
    let mut response = picture.png.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("image/png"));
    headers.insert(SEALED, sealed);
    headers.insert(SET_ANEW, truth(picture.set_anew));
    headers.insert(PAGES, picture.pages.into());
    access.shows(&web, shows, response).await
}

fn truth(truth: bool) -> HeaderValue {
    HeaderValue::from_static(if truth { "true" } else { "false" })
}
