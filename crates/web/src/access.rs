//! [`Access`]: the one way to show anybody's data. Who takes it must spend it: the answer leaves as [`Shown`], which nothing else makes,
//! once a line stands in the log of accesses. If no line can be written, nobody is shown anything.

use std::net::IpAddr;
use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName};
use axum::response::{IntoResponse, Response};
use civil::access::{self, Purpose, Reader, Reading};
use civil::id::{EntryId, EventId, OfficeId};
use registry::TokenId;

use crate::Web;
use crate::caller::token;
use crate::problem::{BAD_PARAMETER, FieldProblem, Problem, TOKEN_OF_ANOTHER_OFFICE, TOKEN_UNKNOWN};
use crate::turnstile::Peer;

/// Why somebody reads: a ground, and perhaps the number of a case.
pub(crate) const PURPOSE: HeaderName = HeaderName::from_static("hotich-purpose");
/// By which addresses a request came, the nearest last; believed of a proxy that the operator named.
const FORWARDED: HeaderName = HeaderName::from_static("x-forwarded-for");

/// That an office may be shown people's data, once it is written down.
#[derive(Debug)]
#[must_use = "what is shown is written down: `Access::shows`"]
pub(crate) struct Access {
    by: Reader,
    office: OfficeId,
    token: TokenId,
    purpose: Option<Purpose>,
    from: Option<IpAddr>,
}

/// The same for an auditor, who sees envelopes.
pub(crate) struct AuditorAccess(pub(crate) Access);

/// The same for an inspector, who sees this log.
pub(crate) struct InspectorAccess(pub(crate) Access);

/// An answer that shows people's data, and of which a line is written.
pub(crate) struct Shown<T>(T);

/// What an answer shows. Nothing in it names a person.
#[derive(Debug)]
pub(crate) struct Shows {
    reading: Reading,
    entries: Vec<EntryId>,
    events: Vec<EventId>,
    numbers: Option<(u64, u64)>,
    count: u64,
}

impl Shows {
    /// One thing, not yet named.
    pub(crate) fn one(reading: Reading) -> Self {
        Self::many(reading, 1)
    }

    /// So many things, not yet named.
    pub(crate) fn many(reading: Reading, count: usize) -> Self {
        Self {
            reading,
            entries: Vec::new(),
            events: Vec::new(),
            numbers: None,
            count: count as u64,
        }
    }

    /// The entries that they are of, in any order.
    pub(crate) fn entries(mut self, entries: impl IntoIterator<Item = EntryId>) -> Self {
        self.entries.extend(entries);
        self.entries.sort_unstable();
        self.entries.dedup();
        self
    }

    /// The events that were asked for.
    pub(crate) fn events(mut self, events: impl IntoIterator<Item = EventId>) -> Self {
        self.events.extend(events);
        self.events.sort_unstable();
        self.events.dedup();
        self
    }

    /// From which number on, and before which; nothing where there is none in between.
    pub(crate) fn numbers(mut self, from: u64, before: u64) -> Self {
        self.numbers = (from < before).then_some((from, before));
        self
    }
}

impl Access {
    /// Answers when it is of that office.
    ///
    /// # Errors
    /// [`TOKEN_OF_ANOTHER_OFFICE`].
    pub(crate) fn of_office(&self, office: OfficeId) -> Result<(), Problem> {
        match self.office == office {
            true => Ok(()),
            false => Err(Problem::new(&TOKEN_OF_ANOTHER_OFFICE)),
        }
    }

    /// Writes down what the answer shows, and lets it go.
    ///
    /// # Errors
    /// `access_not_written` (503): then the answer goes nowhere.
    pub(crate) async fn shows<T>(self, web: &Web, shows: Shows, answer: T) -> Result<Shown<T>, Problem> {
        let registry = web.registry();
        let line = access::Access {
            at_ms: u64::try_from(registry.clock().now_ms()).unwrap_or_default(),
            reader: self.by,
            office: self.office,
            token: *self.token.as_bytes(),
            reading: shows.reading,
            entries: shows.entries,
            events: shows.events,
            numbers: shows.numbers,
            shown: shows.count,
            purpose: self.purpose,
            from: self.from,
        };
        registry.write_down(&line).await?;
        Ok(Shown(answer))
    }

    /// Lets go what shows nothing of anybody: a page behind the end of the log.
    pub(crate) fn shows_nothing<T>(self, nothing: T) -> Shown<T> {
        Shown(nothing)
    }

    fn of(by: Reader, office: OfficeId, parts: &Parts, web: &Web) -> Result<Self, Problem> {
        Ok(Self {
            by,
            office,
            token: TokenId::of(token(parts)?),
            purpose: purpose(&parts.headers)?,
            from: address(parts, web.proxies()),
        })
    }
}

impl<T: IntoResponse> IntoResponse for Shown<T> {
    fn into_response(self) -> Response {
        self.0.into_response()
    }
}

impl FromRequestParts<Arc<Web>> for Access {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, web: &Arc<Web>) -> Result<Self, Problem> {
        let office = web.registry().reader_of(token(parts)?).await?;
        let office = office.ok_or_else(|| Problem::new(&TOKEN_UNKNOWN))?;
        Self::of(Reader::Office, office, parts, web)
    }
}

impl FromRequestParts<Arc<Web>> for AuditorAccess {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, web: &Arc<Web>) -> Result<Self, Problem> {
        match web.registry().is_auditor(token(parts)?).await? {
            true => Access::of(Reader::Auditor, OfficeId::ADMINISTRATION, parts, web).map(Self),
            false => Err(Problem::new(&TOKEN_UNKNOWN)),
        }
    }
}

impl FromRequestParts<Arc<Web>> for InspectorAccess {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, web: &Arc<Web>) -> Result<Self, Problem> {
        match web.registry().is_inspector(token(parts)?).await? {
            true => Access::of(Reader::Inspector, OfficeId::ADMINISTRATION, parts, web).map(Self),
            false => Err(Problem::new(&TOKEN_UNKNOWN)),
        }
    }
}

/// What the header says, which is not repeated if it says something else.
fn purpose(headers: &HeaderMap) -> Result<Option<Purpose>, Problem> {
    let Some(said) = headers.get(PURPOSE) else {
        return Ok(None);
    };
    let read = said.to_str().ok().and_then(|text| text.parse().ok());
    read.map(Some).ok_or_else(|| {
        let fault = FieldProblem {
            parameter: Some(PURPOSE.to_string()),
            code: "not_a_purpose",
            detail: "Must be a ground, with or without the number of a case; nothing that names a person."
                .into(),
            detail_vi: "Phải là lý do trong danh mục, có thể kèm mã hồ sơ; không ghi thông tin cá nhân."
                .into(),
            ..FieldProblem::default()
        };
        Problem::new(&BAD_PARAMETER).with_errors(vec![fault])
    })
}

/// Who asked: the other end of the connection, or, where that is a proxy of ours, the last address in its list that is none.
fn address(parts: &Parts, proxies: &[IpAddr]) -> Option<IpAddr> {
    let peer = parts.extensions.get::<Peer>()?.0;
    if !proxies.contains(&peer) {
        return Some(peer);
    }
    let lists = parts.headers.get_all(FORWARDED).iter();
    let lists: Vec<&str> = lists.map(|list| list.to_str().unwrap_or_default()).collect();
    let hops = lists.iter().rev().flat_map(|list| list.rsplit(','));
    let hops = hops.map(|hop| hop.trim().parse::<IpAddr>().map(|hop| hop.to_canonical()));
    // What cannot be read was not written by a proxy of ours, nor what stands before it.
    let mut hops = hops.map_while(Result::ok);
    Some(hops.find(|hop| !proxies.contains(hop)).unwrap_or(peer))
}

#[cfg(test)]
#[path = "access_tests.rs"]
mod tests;
