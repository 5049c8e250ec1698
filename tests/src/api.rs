//! The product as an address: requests in, status and JSON out.

use std::time::Duration;

use serde_json::Value;
use ureq::Agent;

use crate::patience::eventually;

/// Longer than the server itself lets an answer take.
const PATIENCE: Duration = Duration::from_secs(90);
/// More than any answer that a test asks for.
const ANSWER_BYTES_MAX: u64 = 64 << 20;

/// A client of the API.
#[derive(Debug, Clone)]
pub struct Api {
    agent: Agent,
    address: String,
    token: Option<String>,
}

/// What the server answered.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// Seconds after which the server says it is worth to come again.
    pub retry_after: Option<String>,
    /// The body.
    pub text: String,
    /// The body as JSON; null when it is none.
    pub json: Value,
}

impl Api {
    /// At an address like `http://127.0.0.1:8080`.
    pub fn at(address: &str) -> Self {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .timeout_global(Some(PATIENCE))
            .build();
        Self {
            agent: config.into(),
            address: address.to_owned(),
            token: None,
        }
    }

    /// The same with a reader's token.
    #[must_use]
    pub fn with_token(&self, token: &str) -> Self {
        let token = Some(token.to_owned());
        Self {
            token,
            ..self.clone()
        }
    }

    /// Reads.
    #[track_caller]
    pub fn get(&self, path: &str) -> Answer {
        let mut request = self.agent.get(format!("{}{path}", self.address));
        if let Some(token) = &self.token {
            request = request.header("Authorization", format!("Bearer {token}"));
        }
        answer(request.call()).unwrap_or_else(|error| panic!("GET {path}: {error}"))
    }

    /// Sends JSON.
    #[track_caller]
    pub fn post(&self, path: &str, body: &Value) -> Answer {
        self.try_post(path, body.to_string().into_bytes())
            .unwrap_or_else(|error| panic!("POST {path}: {error}"))
    }

    /// Sends bytes that say they are JSON.
    ///
    /// # Errors
    /// When the connection fails before there is an answer.
    pub fn try_post(&self, path: &str, body: Vec<u8>) -> Result<Answer, ureq::Error> {
        let mut request = self
            .agent
            .post(format!("{}{path}", self.address))
            .header("Content-Type", "application/json");
        if let Some(token) = &self.token {
            request = request.header("Authorization", format!("Bearer {token}"));
        }
        answer(request.send(body))
    }

    /// Whether it is up and takes writes.
    pub fn is_ready(&self) -> bool {
        let asked = self.agent.get(format!("{}/ready", self.address)).call();
        answer(asked).is_ok_and(|answer| answer.status == 200)
    }

    /// Returns when it is up and takes writes.
    #[track_caller]
    pub fn wait_until_ready(&self) {
        eventually("the server is ready", || self.is_ready());
    }

    /// How many events the log has.
    #[track_caller]
    pub fn log_size(&self) -> u64 {
        let feed = self.get("/v1/events?limit=1").with(200).json;
        feed["size"].as_u64().expect("the feed tells its size")
    }

    /// Every event of the log, from a position on, without bodies.
    #[track_caller]
    pub fn log_from(&self, position: u64) -> Vec<Value> {
        let (mut events, mut next) = (Vec::new(), position);
        loop {
            let page = self
                .get(&format!("/v1/events?from={next}&limit=1000"))
                .with(200)
                .json;
            let page = page["events"].as_array().expect("a page").clone();
            if page.is_empty() {
                return events;
            }
            next += page.len() as u64;
            events.extend(page);
        }
    }
}

impl Answer {
    /// Before anything was asked.
    pub(crate) fn none() -> Self {
        Self {
            status: 0,
            retry_after: None,
            text: String::new(),
            json: Value::Null,
        }
    }

    /// Stops the test unless the status is that; answers itself.
    #[track_caller]
    pub fn with(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}", self.text);
        self
    }

    /// The code of a problem; empty when it is none.
    pub fn code(&self) -> &str {
        self.json["code"].as_str().unwrap_or_default()
    }

    /// Whether the event was recorded, now or before.
    pub fn is_receipt(&self) -> bool {
        matches!(self.status, 200 | 201)
    }
}

fn answer(sent: Result<ureq::http::Response<ureq::Body>, ureq::Error>) -> Result<Answer, ureq::Error> {
    let mut response = sent?;
    let status = response.status().as_u16();
    let retry_after = response
        .headers()
        .get("retry-after")
        .and_then(|value| value.to_str().ok());
    let retry_after = retry_after.map(str::to_owned);
    let body = response.body_mut().with_config().limit(ANSWER_BYTES_MAX);
    let text = body.read_to_string()?;
    let json = serde_json::from_str(&text).unwrap_or(Value::Null);
    Ok(Answer {
        status,
        retry_after,
        text,
        json,
    })
}
