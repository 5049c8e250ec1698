//! `GET /tile/…`: the tree and its leaves (C2SP tlog-tiles), for everybody. A leaf has two hashes and says nothing about anyone.
//!
//! Narrower tiles than the widest are cut from the right edge as they are asked for; none is kept.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::{HeaderName, HeaderValue, header};

use crate::Web;
use crate::problem::Problem;

/// The headers of what strangers may keep, pass on, and read from a page of their own.
pub(super) type Public = [(HeaderName, HeaderValue); 4];

/// What lies at the address of a tile never changes.
const FOR_EVER: &str = "public, max-age=31536000, immutable";

/// Read a tile of the log
///
/// Hashes of the tree, 32 bytes each, at `tile/<L>/<N>[.p/<W>]`; the leaves themselves, 65 bytes each behind their length, at
/// `tile/entries/<N>[.p/<W>]`. Open to everybody.
#[utoipa::path(
    get,
    path = "/tile/{*path}",
    tag = "log",
    params(("path" = String, Path,
        description = "Level or `entries`, index in groups of three digits, `.p/<W>` for a partial tile")),
    responses(
        (status = 200, description = "Hashes, or leaves", body = String, content_type = "application/octet-stream")
    )
)]
pub(crate) async fn get_tile(
    State(web): State<Arc<Web>>,
    Path(path): Path<String>,
) -> Result<(Public, Vec<u8>), Problem> {
    let bytes = web.registry().tile(&format!("tile/{path}")).await?;
    Ok((public("application/octet-stream", FOR_EVER), bytes))
}

/// Such headers.
pub(super) const fn public(kind: &'static str, kept: &'static str) -> Public {
    [
        (header::CONTENT_TYPE, HeaderValue::from_static(kind)),
        (header::CACHE_CONTROL, HeaderValue::from_static(kept)),
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*")),
        (
            HeaderName::from_static("cross-origin-resource-policy"),
            HeaderValue::from_static("cross-origin"),
        ),
    ]
}

#[cfg(test)]
mod tests {
    use axum::http::header::{ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL, CONTENT_TYPE};
    use tlog::{Bundle, Edge, Tile, leaf_hash};

    use crate::testing::House;

    #[tokio::test]
    async fn a_stranger_computes_the_root_from_tiles_and_leaves() {
        let house = House::founded().await;
        let _office = house.open_office(4, "UBND Xã A").await;
        let head = house.web.registry().head();
        let tile = Tile::in_tree(0, 0, head.size).unwrap();
        let bundle = Bundle::in_tree(0, head.size).unwrap();
        let hashes = house.get_openly(&format!("/{tile}")).await;
        let leaves = house.get_openly(&format!("/{bundle}")).await;
        assert_eq!((hashes.status, leaves.status), (200, 200));
        assert_eq!(hashes.header(CONTENT_TYPE), "application/octet-stream");
        let mut edge = Edge::new();
        for (leaf, hash) in bundle
            .entries(&leaves.body)
            .unwrap()
            .iter()
            .zip(hashes.body.chunks(32))
        {
            assert_eq!((leaf.len(), leaf_hash(leaf).0.as_slice()), (65, hash));
            edge.push(leaf_hash(leaf)).unwrap();
        }
        assert_eq!(edge.root().0, head.root);
    }

    #[tokio::test]
    async fn a_tile_may_be_kept_for_ever_and_the_checkpoint_for_a_moment() {
        let house = House::founded().await;
        house.publish().await;
        for (path, kept) in [
            ("/tile/0/000.p/1", "public, max-age=31536000, immutable"),
            ("/tile/entries/000.p/1", "public, max-age=31536000, immutable"),
            ("/checkpoint", "public, max-age=1"),
        ] {
            let answer = house.get_openly(path).await;
            assert_eq!(
                (answer.status, answer.header(CACHE_CONTROL)),
                (200, kept),
                "{path}"
            );
            assert_eq!(answer.header(ACCESS_CONTROL_ALLOW_ORIGIN), "*", "{path}");
        }
    }

    #[tokio::test]
    async fn what_is_no_tile_of_this_log_is_not_found_and_not_kept() {
        let house = House::founded().await;
        for path in [
            "/tile/0/000",
            "/tile/0/000.p/2",
            "/tile/0/000.p/0",
            "/tile/0/0",
            "/tile/1/000.p/1",
            "/tile/64/000.p/1",
            "/tile/entries/000",
            "/tile/entries/x000/000.p/1",
            "/tile/data/000.p/1",
            "/tile/0/18446744073709551615",
        ] {
            let answer = house.get_openly(path).await;
            assert_eq!(
                (answer.status, answer.header(CACHE_CONTROL)),
                (404, "no-store"),
                "{path}"
            );
        }
    }
}
