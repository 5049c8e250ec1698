//! What a server holds: idle, and after many events over HTTP. Read from `/proc`, so on Linux only.

use std::collections::VecDeque;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Instant;

use serde_json::json;

use super::bed::Bed;
use super::client::{Client, Letter, sign_ahead};
use super::figures::Report;
use crate::client::SignedAct;
use crate::outcome::{Error, Result};

/// How many events each client signs before it sends them; so that this process does not fill the memory either.
const PART: usize = 200;

/// Starts a server on the bed's ledger, which this process closes first, and sends it so many events.
pub async fn run(bed: &mut Bed, events: u64) -> Result<Report> {
    let before = bed.registry.ledger().head().size;
    bed.registry.ledger().close().await?;
    let server = Server::start(&bed.data.data, bed.folder.path())?;
    let idle = server.memory()?;
    let started = Instant::now();
    let mut sent = 0;
    while sent < events {
        sign_ahead(&mut bed.clients, PART).await?;
        sent += bed
            .clients
            .iter()
            .map(|client| client.letters.len() as u64)
            .sum::<u64>();
        let (url, clients) = (server.url.clone(), std::mem::take(&mut bed.clients));
        let posted = tokio::task::spawn_blocking(move || post_all(&url, clients))
            .await
            .map_err(Error::using)?;
        bed.clients = posted?;
    }
    let elapsed = started.elapsed().as_secs_f64();
    let after = server.memory()?;
    drop(server);
    let engine = format!("{:?}", bed.registry.ledger().engine());
    let text = format!(
        "memory of serve, {engine}\n  {:<44} {:>9.1} MB\n  {:<44} {:>9.1} MB (peak {:.1} MB)\n",
        format!("idle, on a ledger of {before} events"),
        idle.resident_mb,
        format!("after {sent} events over HTTP in {elapsed:.0} s"),
        after.resident_mb,
        after.peak_mb,
    );
    let json = json!({
        "engine": engine, "events_before": before, "idle_mb": idle.resident_mb, "events_over_http": sent,
        "seconds": elapsed, "after_mb": after.resident_mb, "peak_mb": after.peak_mb,
    });
    Ok(Report { text, json })
}

/// A `hotich serve`; ended when dropped.
pub struct Server {
    child: Child,
    /// Where it listens.
    pub url: String,
}

/// What a process holds.
pub struct Memory {
    /// Now.
    pub resident_mb: f64,
    /// At most, so far.
    pub peak_mb: f64,
}

impl Server {
    /// On the ledger of that `--data`, with the keys of a folder.
    pub fn start(data: &str, keys: &Path) -> Result<Self> {
        let mut command = Command::new(std::env::current_exe()?);
        command
            .args(["serve", "--listen", "127.0.0.1:0", "--data"])
            .arg(data);
        command.arg("--keys").arg(keys).stdout(Stdio::piped());
        let mut child = command.spawn()?;
        let mut line = String::new();
        if let Some(out) = child.stdout.take() {
            BufReader::new(out).read_line(&mut line)?;
        }
        let server = Self {
            child,
            url: line.trim().trim_start_matches("listening on ").to_owned(),
        };
        if server.url.starts_with("http://") {
            Ok(server)
        } else {
            Err(Error::using("the server does not start"))
        }
    }

    /// What it holds.
    pub fn memory(&self) -> Result<Memory> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let megabytes = |field: &str| {
            let line = status.lines().find_map(|line| line.strip_prefix(field))?;
            let kibibytes: f64 = line.split_whitespace().next()?.parse().ok()?;
            Some(kibibytes * 1_024.0 / 1e6)
        };
        let missing = || Error::using("the system does not tell the memory of a process");
        Ok(Memory {
            resident_mb: megabytes("VmRSS:").ok_or_else(missing)?,
            peak_mb: megabytes("VmHWM:").ok_or_else(missing)?,
        })
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // There is nothing to be done about a server that is gone already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Every client posts its letters one after the other, all clients at once.
fn post_all(url: &str, mut clients: Vec<Client>) -> Result<Vec<Client>> {
    std::thread::scope(|scope| {
        let posts: Vec<_> = clients
            .iter_mut()
            .map(|client| {
                let letters = std::mem::take(&mut client.letters);
                scope.spawn(move || post(url, letters))
            })
            .collect();
        posts.into_iter().try_for_each(|post| match post.join() {
            Ok(posted) => posted,
            Err(_) => Err(Error::using("a client broke down")),
        })
    })?;
    Ok(clients)
}

fn post(url: &str, letters: VecDeque<Letter>) -> Result<()> {
    let agent: ureq::Agent = ureq::Agent::config_builder()
        .http_status_as_error(false)
        .build()
        .into();
    for Letter { signed, sealed } in letters {
        let act = SignedAct {
            signed: signed.to_vec(),
            sealed_body: sealed.to_vec(),
        };
        let sent = agent
            .post(&format!("{url}/v1/events"))
            .header("Content-Type", "application/json")
            .send(act.to_json().to_string());
        let mut answer = sent.map_err(Error::using)?;
        let text = answer.body_mut().read_to_string().map_err(Error::using)?;
        if !answer.status().is_success() {
            return Err(Error::using(format!(
                "the server answered {}: {text}",
                answer.status()
            )));
        }
    }
    Ok(())
}
