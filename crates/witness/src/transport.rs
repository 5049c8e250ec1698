//! How a log reaches its witnesses: HTTP, or what a test puts in its place.

use std::io::Read as _;
use std::time::Duration;

use async_trait::async_trait;
use tlog::MAX_NOTE_SIZE;

/// An answer over HTTP.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The body, no longer than a note may be.
    pub body: Vec<u8>,
}

/// Nothing came back, or not in time.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct TransportError(pub String);

/// Carries requests to witnesses.
#[async_trait]
pub trait Transport: Send + Sync {
    /// Sends a text and answers what comes back.
    async fn post(&self, url: &str, body: String) -> Result<Answer, TransportError>;

    /// Asks for a document.
    async fn get(&self, url: &str) -> Result<Answer, TransportError>;

    /// Lets so much time pass while answers are under way. A simulator has a time of its own.
    async fn pause(&self, time: Duration) {
        tokio::time::sleep(time).await;
    }
}

/// HTTP. Connections are kept and used again.
#[derive(Debug, Clone)]
pub struct Http(ureq::Agent);

impl Http {
    /// Each request has that long from its beginning to the end of its answer.
    #[must_use]
    pub fn new(limit: Duration) -> Self {
        let config = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .timeout_global(Some(limit));
        Self(config.build().into())
    }
}

#[async_trait]
impl Transport for Http {
    async fn post(&self, url: &str, body: String) -> Result<Answer, TransportError> {
        let (agent, url) = (self.0.clone(), url.to_owned());
        aside(move || {
            read(
                agent
                    .post(&url)
                    .header("Content-Type", "text/plain; charset=utf-8")
                    .send(body),
            )
        })
        .await
    }

    async fn get(&self, url: &str) -> Result<Answer, TransportError> {
        let (agent, url) = (self.0.clone(), url.to_owned());
        aside(move || read(agent.get(&url).call())).await
    }
}

async fn aside(
    call: impl FnOnce() -> Result<Answer, TransportError> + Send + 'static,
) -> Result<Answer, TransportError> {
    let done = tokio::task::spawn_blocking(call).await;
    done.unwrap_or_else(|error| Err(TransportError(error.to_string())))
}

fn read(response: Result<ureq::http::Response<ureq::Body>, ureq::Error>) -> Result<Answer, TransportError> {
    let mut response = response.map_err(|error| TransportError(error.to_string()))?;
    let status = response.status().as_u16();
    let mut body = Vec::new();
    let limit = MAX_NOTE_SIZE as u64 + 1;
    let read = response.body_mut().as_reader().take(limit).read_to_end(&mut body);
    match read {
        Ok(length) if length <= MAX_NOTE_SIZE => Ok(Answer { status, body }),
        Ok(_) => Err(TransportError("the answer is too long".to_owned())),
        Err(error) => Err(TransportError(error.to_string())),
    }
}
