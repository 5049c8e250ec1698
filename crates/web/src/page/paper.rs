//! `GET /v/{code}`: the page to which the small code of a paper leads.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::{HeaderValue, header};
use axum::response::{Html, IntoResponse as _, Response};
use civil::seal::PaperCode;
use registry::RegistryError;
use registry::papers::{PaperState, PaperStatus};

use crate::Web;
use crate::problem::Problem;
use crate::turnstile::Asker;
use crate::v1::extracts::status::{since, words};

/// A page with a style of its own, and nothing from elsewhere.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const STYLE: &str = "body{font:1.1rem/1.5 system-ui,sans-serif;max-width:36rem;margin:2rem auto;padding:0 1rem;color:#111}\
    .current{border-left:.5rem solid #17692f}.superseded{border-left:.5rem solid #a85b00}.revoked,.unknown{border-left:.5rem solid #a4161a}\
    section{padding:.5rem 1rem;background:#f6f6f4}h1{font-size:1.3rem}h2{font-size:1.2rem;margin:.2rem 0}dt{color:#555;font-size:.9rem}dd{margin:0 0 .6rem}";

/// See whether a paper still holds
///
/// A page for browsers, Vietnamese first. It shows what became of the paper and nothing that does not stand on it. A code that nobody knows is answered with a page,
/// too.
#[utoipa::path(
    get,
    path = "/v/{code}",
    tag = "papers",
    params(("code" = String, Path, description = "The code, however it is typed")),
    responses(
        (status = 200, description = "The page", body = String, content_type = "text/html"),
        (status = 429, description = "Asked too often: try again after `Retry-After`", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn show_paper(
    State(web): State<Arc<Web>>,
    _: Asker,
    Path(code): Path<String>,
) -> Result<Response, Problem> {
    let found = match code.parse::<PaperCode>() {
        Ok(code) => match web.registry().paper_status(&code).await {
            Ok(status) => Some(status),
            Err(RegistryError::NotFound(_)) => None,
            Err(error) => return Err(error.into()),
        },
        Err(_) => None,
    };
    let body = found.map_or_else(unknown, |status| known(&status, &web));
    let page = format!(
        "<!doctype html><html lang=\"vi\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\
         <meta name=\"robots\" content=\"noindex\"><title>Tra cứu giấy tờ hộ tịch</title><style>{STYLE}</style></head>\
         <body><h1>Tra cứu giấy tờ hộ tịch</h1>{body}</body></html>"
    );
    let mut response = Html(page).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    Ok(response)
}

fn unknown() -> String {
    "<section class=\"unknown\"><h2>Không có giấy tờ nào mang mã này.</h2>\
     <p>Hãy kiểm tra lại mã. Nếu mã in trên giấy đúng như vậy thì giấy đó không do hệ thống này cấp.</p>\
     <p lang=\"en\">No paper has this code. If it is printed so on the paper, that paper was not issued here.</p></section>"
        .to_owned()
}

fn known(status: &PaperStatus, web: &Web) -> String {
    let (state, vi, en) = words(status.state);
    let office = web.registry().with_directory(|known| known.name(status.office));
    let row = |vi: &str, en: &str, value: &str| {
        format!(
            "<dt>{vi} · <span lang=\"en\">{en}</span></dt><dd>{}</dd>",
            escaped(value)
        )
    };
    let mut rows = String::new();
    let paper = format!("{} ({})", status.paper.vietnamese(), status.form.vietnamese());
    rows.push_str(&row("Loại giấy tờ", "Paper", &paper));
    rows.push_str(&row("Cơ quan cấp", "Issued by", &office));
    rows.push_str(&row("Ngày cấp", "Issued on", &status.issued_on.vietnamese()));
    if let Some(day) = since(status.state) {
        let (vi, en) = match status.state {
            PaperState::Revoked { .. } => ("Thu hồi từ ngày", "Revoked from"),
            _ => ("Có thay đổi từ ngày", "Changed on"),
        };
        rows.push_str(&row(vi, en, &day.vietnamese()));
    }
    format!(
        "<section class=\"{state}\"><h2>{vi}</h2><p lang=\"en\">{en}</p></section><dl>{rows}</dl>\
         <p>Trang này chỉ cho biết giấy tờ còn giá trị hay không. Hãy so nội dung trên giấy với mã QR lớn bằng trình kiểm tra.</p>\
         <p lang=\"en\">This page says whether the paper still holds. Compare what it says with its large code, with a verifier.</p>"
    )
}

/// Text between tags.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn a_name_cannot_become_markup() {
        assert_eq!(
            escaped("UBND <b>\"A\" & B"),
            "UBND &lt;b&gt;&quot;A&quot; &amp; B"
        );
    }
}
