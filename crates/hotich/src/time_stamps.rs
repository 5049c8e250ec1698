//! A time-stamp authority on the network (RFC 3161 over HTTP), asked when a paper is sealed.

use std::io::Read as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use extract::seal::{SealError, TimeStamper, time_stamp_of, time_stamp_request};
use registry::Clock;
use registry::papers::Press;

use crate::args::TimeStamps;
use crate::clock;
use crate::outcome::{Error, Result};

/// How long an authority may take: somebody is waiting at the counter.
const TIMEOUT: Duration = Duration::from_secs(4);
/// For how long an authority that failed is not asked: the next papers do not wait for it again.
const REST_MS: i64 = 30_000;
/// Most bytes of an answer; more does not fit into a file.
const ANSWER_BYTES_MAX: u64 = 16 << 10;

const QUERY: &str = "application/timestamp-query";
const REPLY: &str = "application/timestamp-reply";

/// What papers are made with, with the authority that is asked for.
pub fn stamping(press: Press, stamped: &TimeStamps) -> Result<Press> {
    let Some(url) = &stamped.time_stamps else {
        return Ok(press);
    };
    if !url.starts_with("http://") && !url.starts_with("https://") {
        return Err(Error::using(format!(
            "{url} is no address of a time-stamp authority"
        )));
    }
    Ok(press.with_time_stamper(Arc::new(Authority::new(url, clock::asked_for()?))))
}

/// An authority.
struct Authority {
    url: String,
    agent: ureq::Agent,
    clock: Arc<dyn Clock>,
    /// Until when it is not asked, milliseconds since 1970.
    rests_until: AtomicI64,
}

impl Authority {
    fn new(url: &str, clock: Arc<dyn Clock>) -> Self {
        let config = ureq::Agent::config_builder()
            .timeout_global(Some(TIMEOUT))
            .max_redirects(0)
            .build();
        Self {
            url: url.to_owned(),
            agent: config.into(),
            clock,
            rests_until: AtomicI64::new(i64::MIN),
        }
    }

    fn answer(&self, signature: &[u8]) -> std::result::Result<Vec<u8>, SealError> {
        let sent = self.agent.post(&self.url).header("Content-Type", QUERY);
        let sent = sent.header("Accept", REPLY).send(&time_stamp_request(signature));
        // What the network says may name machines; the log gets our words.
        let mut response = sent.map_err(|_| SealError::NoTimeStamp("the authority does not answer"))?;
        if response.body().mime_type() != Some(REPLY) {
            return Err(SealError::NoTimeStamp("the answer is of another kind"));
        }
        let mut answer = Vec::new();
        let reader = response.body_mut().as_reader();
        let read = reader.take(ANSWER_BYTES_MAX).read_to_end(&mut answer);
        read.map_err(|_| SealError::NoTimeStamp("the answer breaks off"))?;
        Ok(answer)
    }

    /// A stamp that is kept for ever is looked at first as whoever checks the paper will.
    fn stamped(&self, signature: &[u8]) -> std::result::Result<Vec<u8>, SealError> {
        let token = time_stamp_of(&self.answer(signature)?, signature)?;
        match verify::paper::time_stamped_at(&token, signature) {
            Some(_) => Ok(token),
            None => Err(SealError::NoTimeStamp("the stamp is not right")),
        }
    }
}

impl TimeStamper for Authority {
    fn stamp(&self, signature: &[u8]) -> std::result::Result<Vec<u8>, SealError> {
        let now = self.clock.now_ms();
        if now < self.rests_until.load(Ordering::Relaxed) {
            return Err(SealError::NoTimeStamp("the authority failed a moment ago"));
        }
        let stamped = self.stamped(signature);
        if stamped.is_err() {
            let rested = self.clock.now_ms().saturating_add(REST_MS);
            self.rests_until.store(rested, Ordering::Relaxed);
        }
        stamped
    }
}
