//! A server, as an officer's machine speaks with it.

use std::fs;
use std::io::Read as _;
use std::path::Path;
use std::time::Duration;

use serde_json::Value as Json;

use crate::outcome::{Error, Result};

/// A server and the token with which it is read.
#[derive(Debug, Clone)]
pub struct Remote<'a> {
    /// Its address.
    pub server: &'a str,
    /// The office's reading token.
    pub token: &'a str,
}

/// A file that a server handed out.
#[derive(Debug)]
pub struct FetchedFile {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// Whether it is a paper without the seal of its office.
    pub unsealed: bool,
}

impl FetchedFile {
    /// Writes it, and answers a line about it for whoever hands it on.
    pub fn write(&self, out: &Path) -> Result<String> {
        fs::write(out, &self.bytes)?;
        let line = format!("{} ({} bytes)", out.display(), self.bytes.len());
        Ok(match self.unsealed {
            false => line,
            true => format!(
                "{line}\nnot sealed: the server has no seal of this office that holds (hotich seal grant); the file proves nothing by itself"
            ),
        })
    }
}

impl crate::monitor::Source for Remote<'_> {
    fn document(&self, path: &str) -> Result<Option<Vec<u8>>> {
        self.public(path)
    }

    fn rest(&self) {
        std::thread::park_timeout(REST);
    }
}

type Answered = std::result::Result<ureq::http::Response<ureq::Body>, ureq::Error>;

/// Says of a paper whether it bears the seal of its office.
const SEALED: &str = "hotich-sealed";
/// How long it is waited before a log is asked again.
const REST: Duration = Duration::from_millis(200);
/// Most bytes of a file that is fetched.
const FILE_BYTES_MAX: u64 = 16 << 20;

impl Remote<'_> {
    /// Sends a document and answers what comes back.
    pub fn post(&self, path: &str, body: &Json) -> Result<Json> {
        let url = self.url(path);
        let sent = agent()
            .post(&url)
            .header("Authorization", &format!("Bearer {}", self.token))
            .header("Content-Type", "application/json")
            .send(body.to_string());
        document(&url, sent)
    }

    /// Asks for a document.
    pub fn get(&self, path: &str) -> Result<Json> {
        let url = self.url(path);
        document(&url, self.asked(&url))
    }

    /// Asks for a file.
    pub fn file(&self, path: &str) -> Result<FetchedFile> {
        let url = self.url(path);
        let response = self.asked(&url);
        let failed = |error| Error::using(format!("{url}: {error}"));
        let mut response = response.map_err(failed)?;
        if !response.status().is_success() {
            return document(&url, Ok(response)).and(Err(Error::using(format!("{url}: no file came"))));
        }
        let unsealed = response
            .headers()
            .get(SEALED)
            .is_some_and(|sealed| sealed == "false");
        let mut bytes = Vec::new();
        let reader = response.body_mut().as_reader();
        reader.take(FILE_BYTES_MAX).read_to_end(&mut bytes)?;
        Ok(FetchedFile { bytes, unsealed })
    }

    /// Asks for a document of the public log; nothing when there is none.
    pub fn public(&self, path: &str) -> Result<Option<Vec<u8>>> {
        let url = self.url(path);
        let mut response = self
            .asked(&url)
            .map_err(|error| Error::using(format!("{url}: {error}")))?;
        if response.status() == ureq::http::StatusCode::NOT_FOUND {
            return Ok(None);
        }
        if !response.status().is_success() {
            return Err(Error::using(format!("{url}: answered {}", response.status())));
        }
        let mut document = Vec::new();
        let reader = response.body_mut().as_reader();
        reader.take(FILE_BYTES_MAX).read_to_end(&mut document)?;
        Ok(Some(document))
    }

    fn asked(&self, url: &str) -> Answered {
        agent()
            .get(url)
            .header("Authorization", &format!("Bearer {}", self.token))
            .call()
    }

    fn url(&self, path: &str) -> String {
        format!("{}{path}", self.server.trim_end_matches('/'))
    }
}

fn agent() -> ureq::Agent {
    let config = ureq::Agent::config_builder().http_status_as_error(false);
    config.build().into()
}

fn document(url: &str, response: Answered) -> Result<Json> {
    let failed = |error| Error::using(format!("{url}: {error}"));
    let mut response = response.map_err(failed)?;
    let status = response.status();
    let text = response.body_mut().read_to_string().map_err(failed)?;
    let answer: Json =
        serde_json::from_str(&text).map_err(|_| Error::using(format!("{url}: answered {status}")))?;
    if status.is_success() {
        Ok(answer)
    } else {
        Err(Error::Refused(format!("{status}\n{answer:#}")))
    }
}
