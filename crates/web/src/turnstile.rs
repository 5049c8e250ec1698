//! [`Asker`]: somebody without a token who asks after a paper. Codes are not guessed, but nobody shall try a million a second, nor keep others from asking.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};

use axum::extract::FromRequestParts;
use axum::http::request::Parts;

use crate::Web;
use crate::problem::{Problem, TOO_MANY};

/// Questions that one address may ask at once, after a pause.
const AT_ONCE: i64 = 30;
/// How long it takes until one more may be asked.
const PAUSE_MS: i64 = 200;
/// Most addresses that are remembered; then all are forgotten, which forgives some.
const REMEMBERED_MAX: usize = 65_536;

/// The address at the other end of the connection; [`crate::serve`] puts it into every request.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Peer(pub(crate) IpAddr);

/// Counts questions by address. An allowance of questions fills up again with time: the instant is remembered at which it will be full.
#[derive(Debug, Default)]
pub(crate) struct Turnstile {
    full_at_ms: Mutex<HashMap<IpAddr, i64>>,
}

impl Turnstile {
    /// Whether that address may ask at that instant. Behind a proxy all have the proxy's address: it must count by itself.
    fn admits(&self, peer: IpAddr, now_ms: i64) -> bool {
        let mut known = self.full_at_ms.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= REMEMBERED_MAX {
            known.clear();
        }
        let full_at = known.entry(house_of(peer)).or_insert(now_ms);
        let next = (*full_at).max(now_ms).saturating_add(PAUSE_MS);
        let admitted = next.saturating_sub(now_ms) <= AT_ONCE * PAUSE_MS;
        if admitted {
            *full_at = next;
        }
        admitted
    }
}

/// Whoever has one address of version 6 has as many as there are below its first half.
fn house_of(peer: IpAddr) -> IpAddr {
    match peer {
        IpAddr::V6(address) => {
            let house = address.to_bits() >> 64 << 64;
            IpAddr::V6(house.into())
        }
        v4 => v4,
    }
}

/// Somebody who may ask.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Asker;

impl FromRequestParts<Arc<Web>> for Asker {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, web: &Arc<Web>) -> Result<Self, Problem> {
        let peer = parts.extensions.get::<Peer>();
        let peer = peer.map_or(IpAddr::from([0; 4]), |peer| peer.0);
        match web.turnstile().admits(peer, web.registry().clock().now_ms()) {
            true => Ok(Self),
            false => Err(Problem::new(&TOO_MANY)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_that_asks_too_often_waits_and_others_do_not() {
        let turnstile = Turnstile::default();
        let [one, two] = [[10, 0, 0, 1], [10, 0, 0, 2]].map(IpAddr::from);
        let admitted = (0..100).filter(|_| turnstile.admits(one, 1_000)).count();
        assert_eq!(i64::try_from(admitted), Ok(AT_ONCE));
        assert!(turnstile.admits(two, 1_000));
        assert!(!turnstile.admits(one, 1_000 + PAUSE_MS - 1));
        assert!(turnstile.admits(one, 1_000 + PAUSE_MS));
        assert!(!turnstile.admits(one, 1_000 + PAUSE_MS));
    }

    #[test]
    fn all_addresses_of_one_house_count_as_one() {
        let turnstile = Turnstile::default();
        let address = |last: u16| IpAddr::from([0x2001, 0xdb8, 0, 1, 0, 0, 0, last]);
        let admitted = (0..100)
            .filter(|last| turnstile.admits(address(*last), 0))
            .count();
        assert_eq!(i64::try_from(admitted), Ok(AT_ONCE));
    }
}
