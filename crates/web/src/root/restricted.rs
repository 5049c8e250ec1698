//! `GET /restricted/envelopes/…`: signed envelopes, for auditors. At the index of the public leaves, each of which is computed from
//! one of them, so both tiers are bound by one tree. No bodies.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::{HeaderName, HeaderValue, header};
use civil::access::Reading;

use crate::Web;
use crate::access::{AuditorAccess, Shown, Shows};
use crate::problem::Problem;

/// What lies at such an address never changes, and no cache that others read may keep it.
const PRIVATE: &str = "private, max-age=31536000, immutable";

/// Read signed envelopes
///
/// The signed events of a bundle, each behind its length in two bytes, at `restricted/envelopes/<N>[.p/<W>]`: the index of
/// `tile/entries/<N>`. The 65-byte leaf of each is `0x01 ‖ BLAKE3 ‖ SHA-256` of its bytes. For auditors' tokens alone.
#[utoipa::path(
    get,
    path = "/restricted/envelopes/{*path}",
    tag = "log",
    params(("path" = String, Path,
        description = "Index in groups of three digits, `.p/<W>` for a partial bundle")),
    responses(
        (status = 200, description = "Signed events", body = String, content_type = "application/octet-stream")
    ),
    security(("auditor" = ["personal_data"]))
)]
pub(crate) async fn get_envelopes(
    State(web): State<Arc<Web>>,
    AuditorAccess(access): AuditorAccess,
    Path(path): Path<String>,
) -> Result<Shown<([(HeaderName, HeaderValue); 2], Vec<u8>)>, Problem> {
    let (range, bytes) = web.registry().envelopes(&path).await?;
    let headers = [
        (
            header::CONTENT_TYPE,
            HeaderValue::from_static("application/octet-stream"),
        ),
        (header::CACHE_CONTROL, HeaderValue::from_static(PRIVATE)),
    ];
    let count = usize::try_from(range.end - range.start).unwrap_or(usize::MAX);
    let shows = Shows::many(Reading::Envelopes, count).numbers(range.start, range.end);
    access.shows(&web, shows, (headers, bytes)).await
}

#[cfg(test)]
mod tests {
    use axum::body::Body;
    use axum::http::{Request, header};
    use civil::cose::{event_hash, event_twin, leaf_entry};
    use tlog::Bundle;

    use crate::testing::{Answer, House};

    async fn asked(house: &House, path: &str, token: &str) -> Answer {
        let request = Request::get(path).header(header::AUTHORIZATION, format!("Bearer {token}"));
        house.ask(request.body(Body::empty()).unwrap()).await
    }

    #[tokio::test]
    async fn an_auditor_computes_every_public_leaf_from_its_envelope() {
        let house = House::founded().await;
        let token = house
            .web
            .registry()
            .make_auditor_token("kiểm toán")
            .await
            .unwrap();
        let size = house.web.registry().ledger().head().size;
        let bundle = Bundle::in_tree(0, size).unwrap();
        let leaves = house.get_openly(&format!("/{bundle}")).await;
        let path = bundle
            .to_string()
            .replace("tile/entries/", "/restricted/envelopes/");
        let envelopes = asked(&house, &path, &token).await;
        assert_eq!(
            (envelopes.status, envelopes.header(header::CACHE_CONTROL)),
            (200, super::PRIVATE)
        );
        let signed = bundle.entries(&envelopes.body).unwrap();
        assert_eq!(signed.len() as u64, size);
        let computed: Vec<[u8; 65]> = signed
            .iter()
            .map(|signed| leaf_entry(&event_hash(signed), &event_twin(signed)))
            .collect();
        assert_eq!(bundle.entries(&leaves.body).unwrap(), computed);
    }

    #[tokio::test]
    async fn only_an_auditor_reads_envelopes_and_an_auditor_reads_nothing_else() {
        let house = House::founded().await;
        let auditor = house
            .web
            .registry()
            .make_auditor_token("kiểm toán")
            .await
            .unwrap();
        let path = "/restricted/envelopes/000.p/1";
        assert_eq!(asked(&house, path, &auditor).await.status, 200);
        assert_eq!(house.get_openly(path).await.problem(), "token_missing");
        assert_eq!(
            asked(&house, path, &house.ministry.token).await.problem(),
            "token_unknown"
        );
        // The kind is a part of the text: an office's token under the auditor's name is no token.
        let renamed = house.ministry.token.replace("hotich_read_", "hotich_audit_");
        assert_eq!(asked(&house, path, &renamed).await.problem(), "token_unknown");
        assert_eq!(
            asked(&house, "/v1/offices", &auditor).await.problem(),
            "token_unknown"
        );
        let renamed = auditor.replace("hotich_audit_", "hotich_read_");
        assert_eq!(
            asked(&house, "/v1/offices", &renamed).await.problem(),
            "token_unknown"
        );
        let id = registry::TokenId::of(&auditor);
        assert!(house.web.registry().revoke_token(id).await.unwrap());
        assert_eq!(asked(&house, path, &auditor).await.problem(), "token_unknown");
    }

    #[tokio::test]
    async fn what_is_no_bundle_of_this_log_is_not_found() {
        let house = House::founded().await;
        let token = house.web.registry().make_auditor_token("").await.unwrap();
        for path in ["000", "001", "000.p/200", "x", "../checkpoint", "0/000"] {
            let answer = asked(&house, &format!("/restricted/envelopes/{path}"), &token).await;
            assert_eq!(answer.status, 404, "{path}");
        }
    }
}
