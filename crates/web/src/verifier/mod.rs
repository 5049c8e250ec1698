//! `/verify/`: a page that checks a sealed file or the QR code of a paper on the asker's own device, also without a network once it
//! is loaded.
//!
//! The check is `check.js` and what stands under it, written from RFC 0004 and 0005 and held against the vectors that hotich-verify is
//! held against; nothing of it runs here. `qr/` reads codes where the browser cannot: version 0.7.0 of <https://github.com/paulmillr/qr>, as published, under its licence beside it.

use std::fmt::Write as _;
use std::sync::{Arc, LazyLock};

use axum::Router;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderName, X_CONTENT_TYPE_OPTIONS,
};
use axum::response::Redirect;
use axum::routing::get;
use civil::law::Paper;
use civil::paper::FieldId;
use utoipa_axum::router::OpenApiRouter;

use crate::Web;

const HTML: &str = "text/html; charset=utf-8";
const STYLE: &str = "text/css; charset=utf-8";
const SCRIPT: &str = "text/javascript; charset=utf-8";
/// Nothing but what lies beside the page; pictures come from the camera or the asker's files.
const POLICY: &str = "default-src 'self'; img-src 'self' blob: data:; media-src 'self' blob: mediastream:; frame-ancestors 'none'; \
                      base-uri 'none'; form-action 'none'";
/// Fields of the ninth person of one role, or the ninth change, have no name on the page: their number stands there.
const INDEXES: u16 = 8;

const FILES: [(&str, &str, &str); 17] = [
    ("/verify/", HTML, include_str!("index.html")),
    ("/verify/page.css", STYLE, include_str!("page.css")),
    ("/verify/page.js", SCRIPT, include_str!("page.js")),
    ("/verify/check.js", SCRIPT, include_str!("check.js")),
    ("/verify/blake3.js", SCRIPT, include_str!("blake3.js")),
    ("/verify/bytes.js", SCRIPT, include_str!("bytes.js")),
    ("/verify/cbor.js", SCRIPT, include_str!("cbor.js")),
    ("/verify/certificate.js", SCRIPT, include_str!("certificate.js")),
    ("/verify/cms.js", SCRIPT, include_str!("cms.js")),
    ("/verify/content.js", SCRIPT, include_str!("content.js")),
    ("/verify/fine.js", SCRIPT, include_str!("fine.js")),
    ("/verify/pdf.js", SCRIPT, include_str!("pdf.js")),
    ("/verify/picture.js", SCRIPT, include_str!("picture.js")),
    ("/verify/sheet.js", SCRIPT, include_str!("sheet.js")),
    ("/verify/worker.js", SCRIPT, include_str!("worker.js")),
    ("/verify/qr/index.js", SCRIPT, include_str!("qr/index.js")),
    ("/verify/qr/decode.js", SCRIPT, include_str!("qr/decode.js")),
];

/// The page and its files. They are no part of the API, so OpenAPI does not list them.
pub(crate) fn routes() -> OpenApiRouter<Arc<Web>> {
    let mut router = Router::new()
        .route("/verify", get(|| async { Redirect::permanent("/verify/") }))
        .route(
            "/verify/labels.json",
            get(|| async { file("application/json", &LABELS) }),
        );
    for (path, kind, text) in FILES {
        router = router.route(path, get(move || async move { file(kind, text) }));
    }
    router.into()
}

fn file(kind: &'static str, text: &'static str) -> ([(HeaderName, &'static str); 4], &'static str) {
    let headers = [
        (CONTENT_TYPE, kind),
        (CONTENT_SECURITY_POLICY, POLICY),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (CACHE_CONTROL, "no-cache"),
    ];
    (headers, text)
}

/// What the fields of each paper are called: `{"1": {"32": "Con – Họ, chữ đệm, tên", …}, …}`.
static LABELS: LazyLock<String> = LazyLock::new(|| {
    let mut out = String::from("{");
    for paper in Paper::ALL {
        let fields = (0..1_024 * INDEXES).map(FieldId::numbered);
        let named = fields.filter_map(|id| Some((id.number().to_string(), id.label(*paper)?.into())));
        let named: serde_json::Map<String, serde_json::Value> = named.collect();
        let comma = if out.len() > 1 { "," } else { "" };
        // Writing into a String cannot fail.
        let _ = write!(
            out,
            "{comma}\"{}\":{}",
            paper.code(),
            serde_json::Value::Object(named)
        );
    }
    out + "}"
});

#[cfg(test)]
mod tests {
    use std::process::Command;

    use super::*;

    #[test]
    fn the_check_of_the_page_agrees_with_the_vectors() {
        let folder = env!("CARGO_MANIFEST_DIR");
        let output = Command::new("node")
            .arg(format!("{folder}/src/verifier/check_vectors.mjs"))
            .arg(format!("{folder}/../../schemas/papers"))
            .output()
            .expect("node; ops/setup installs nodejs");
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
    }

    #[test]
    fn the_page_refuses_in_the_words_of_the_verifier() {
        let words = include_str!("../../../verify/src/paper/finding.rs");
        let page = include_str!("page.js");
        let said = words.split_once("reasons! {").unwrap().1;
        let said = said.lines().map(str::trim).filter(|line| line.starts_with('"'));
        // What the page cannot look at: the log, and the event.
        let lines: Vec<&str> = said.take(2 * 14).map(|line| line.trim_end_matches(';')).collect();
        assert_eq!(lines.len(), 28);
        for line in lines {
            assert!(page.contains(line), "{line}");
        }
    }

    #[test]
    fn every_field_of_a_birth_has_its_name() {
        let labels: serde_json::Value = serde_json::from_str(&LABELS).unwrap();
        assert_eq!(labels["1"]["32"], "Con – Họ, chữ đệm, tên");
        assert_eq!(labels.as_object().unwrap().len(), Paper::ALL.len());
    }

    #[test]
    fn the_page_names_every_file_that_it_needs_without_a_network() {
        let (_, _, kept) = FILES
            .iter()
            .find(|(path, ..)| path.ends_with("worker.js"))
            .unwrap();
        for (path, _, _) in FILES.iter().filter(|(path, ..)| *path != "/verify/worker.js") {
            let name = path.strip_prefix("/verify/").unwrap();
            let name = if name.is_empty() { "./" } else { name };
            assert!(kept.contains(&format!("\"{name}\"")), "{name}");
        }
    }
}
