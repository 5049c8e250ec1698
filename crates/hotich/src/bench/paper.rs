//! A paper: set and sealed warm on one core, and issued over HTTP by many desks at once.

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use civil::id::{EntryId, OfficeId};
use civil::seal::SealUse;
use civil::value::{Date, Text};
use ledger::Options;
use registry::{Clock as _, Founding, Registry, SystemChance, SystemClock};
use serde_json::{Value as Json, json};

use super::figures::Report;
use super::memory::Server;
use crate::args::Data;
use crate::client::{bytes, sign_draft};
use crate::data::ADMINISTRATOR_KEY;
use crate::outcome::{Error, Result};
use crate::remote::Remote;
use crate::story::{self, Story, StoryClock, StoryOffice};
use crate::verb::issue::today;
use crate::verb::seal;
use crate::{key_file, seal_file};

/// Papers that are set before the clock starts: the typesetter learns words and faces.
const WARMING: usize = 20;
/// Papers of one core.
const COPIES: usize = 200;
/// Papers of each client.
const EACH: usize = 20;
/// Births of each office, of which it issues copies in turn.
const BIRTHS: u32 = 5;
/// How long after one paper a desk issues the next, where it is not in a hurry: sixteen issue 40 a second.
const PACE: Duration = Duration::from_millis(400);

/// An office that issues papers.
struct Desk {
    office: StoryOffice,
    token: String,
    births: Vec<EntryId>,
}

impl Desk {
    /// The birth of which the paper with that number, from 0, is a copy.
    fn birth(&self, number: usize) -> Result<EntryId> {
        let birth = self.births.iter().cycle().nth(number).copied();
        birth.ok_or_else(|| Error::using("no birth"))
    }
}

/// Measures both.
pub async fn run(clients: u32) -> Result<Report> {
    let folder = tempfile::tempdir()?;
    let data = Data {
        data: folder.path().display().to_string(),
        keys: Some(folder.path().to_path_buf()),
    };
    let clock = Arc::new(StoryClock::default());
    let registry = found(&data, &clock).await?;
    let administrator = Arc::new(key_file::read(&folder.path().join(ADMINISTRATOR_KEY))?);
    let desks = {
        let story = Story {
            registry: &registry,
            administrator,
        };
        settle(&story, folder.path(), clients, &clock).await?
    };
    let registry = registry.with_press(seal_file::press(folder.path())?);
    let one = one_core(&registry, &desks).await?;
    registry.ledger().close().await?;
    let server = Server::start(&data.data, folder.path())?;
    let (hurried, paced, peak_mb) = tokio::task::block_in_place(|| -> Result<_> {
        let idle = server.memory()?;
        let hurried = over_http(&server.url, &desks, None)?;
        let paced = over_http(&server.url, &desks, Some(PACE))?;
        let after = server.memory()?;
        Ok((
            hurried,
            paced,
            [idle.resident_mb, after.resident_mb, after.peak_mb],
        ))
    })?;
    Ok(report(clients, &one, &hurried, &paced, peak_mb))
}

/// What one core does.
struct OneCore {
    sealed: Vec<Duration>,
    again: Vec<Duration>,
    bytes: usize,
}

async fn found(data: &Data, clock: &Arc<StoryClock>) -> Result<Registry> {
    let administrator =
        key_file::read_or_generate(&data.key_folder().join(ADMINISTRATOR_KEY), &SystemChance)?;
    clock.set("2018-01-02")?;
    let text = |text| Text::from_input(text).map_err(Error::using);
    let founding = Founding {
        origin: text("hotich.example/bench")?,
        log_key: text("none")?,
        administrator: &administrator,
    };
    let (clock, chance) = (Arc::clone(clock), Arc::new(SystemChance));
    Ok(Registry::found(data.location()?, founding, clock, chance, Options::default()).await?)
}

/// So many offices with seals, each with births that bear two notes, as in the demo.
async fn settle(story: &Story<'_>, folder: &Path, clients: u32, clock: &StoryClock) -> Result<Vec<Desk>> {
    let (code, from) = ("22270", Date::parse("2018-01-02").map_err(Error::using)?);
    let country = OfficeId::ADMINISTRATION;
    let root = seal::make(folder, "Root", country, None, from)?;
    story
        .administer(
            "seal_granted",
            seal::granted(country, SealUse::Root, root.as_ref(), from)?,
        )
        .await?;
    let mut desks = Vec::new();
    for id in 1..=clients.max(1) {
        let office = story.open_office(id, code, "2016-01-01", "2018-01-02").await?;
        let later = Date::parse("2025-07-01").map_err(Error::using)?;
        let key = seal::make(folder, &office.name, office.id, Some(root.as_ref()), later)?;
        let act = seal::granted(office.id, SealUse::Seal, key.as_ref(), later)?;
        story.administer("seal_granted", act).await?;
        let token = story.registry.make_token(office.id, "bench").await?;
        desks.push(Desk {
            office,
            token,
            births: Vec::new(),
        });
    }
    clock.set("2019-04-02")?;
    for desk in &mut desks {
        for number in 0..BIRTHS {
            let filed = story.file(&desk.office, birth(desk, number)).await?;
            desk.births.push(filed.entry()?);
        }
    }
    clock.set("2026-03-10")?;
    for desk in &desks {
        for birth in &desk.births {
            story.file(&desk.office, story::correction(*birth)).await?;
        }
    }
    clock.set("2026-05-20")?;
    for desk in &desks {
        for (number, birth) in (0..).zip(&desk.births) {
            let mut act = story::supplement(*birth);
            act["act"]["amended"][0]["changes"][0]["to"] = format!("054319{:06}", place(desk, number)).into();
            story.file(&desk.office, act).await?;
        }
    }
    clock.set("2026-11-16")?;
    Ok(desks)
}

/// The place of a birth among all, from 1.
fn place(desk: &Desk, number: u32) -> u32 {
    desk.office.id.0 * BIRTHS + number
}

/// The birth of the story, of another child.
fn birth(desk: &Desk, number: u32) -> Json {
    let other = |what: &str| format!("{what} {}", word(place(desk, number)));
    let mut act = story::birth();
    act["act"]["child"]["name"] = other("Ksor H’Lan").into();
    act["act"]["mother"]["name"] = other("Ksor H’Bia").into();
    act
}

/// A word like no other number's.
fn word(number: u32) -> String {
    let letter = |digit: u32| char::from(b"bcdghklmnprstvxy"[digit as usize % 16]);
    format!("{}a{}", letter(number / 16).to_ascii_uppercase(), letter(number))
}

/// Content, page, code and seal of one paper after the other, from an event that is recorded to bytes that can be handed over.
async fn one_core(registry: &Registry, desks: &[Desk]) -> Result<OneCore> {
    let first = desks.first().ok_or_else(|| Error::using("no office"))?;
    let story = Story {
        registry,
        administrator: Arc::clone(first.office.key()),
    };
    let mut measured = OneCore {
        sealed: Vec::new(),
        again: Vec::new(),
        bytes: 0,
    };
    for (number, desk) in (0..WARMING + COPIES).zip(desks.iter().cycle()) {
        let birth = desk.birth(number / desks.len())?;
        let filed = story.file(&desk.office, story::copy(birth)).await?;
        let event = filed.draft.envelope.event;
        let started = Instant::now();
        let first = registry.fetch_paper(event).await?;
        let sealed = started.elapsed();
        let started = Instant::now();
        let again = registry.fetch_paper(event).await?;
        if first.pdf != again.pdf || !first.sealed {
            return Err(Error::using(
                "a paper is not sealed, or is another the second time",
            ));
        }
        if number >= WARMING {
            measured.sealed.push(sealed);
            measured.again.push(started.elapsed());
            measured.bytes = measured.bytes.max(first.pdf.len());
        }
    }
    Ok(measured)
}

/// What the clients met.
struct OverHttp {
    /// From the signed event to the file.
    waits: Vec<Duration>,
    /// Papers per second, drafts and signatures counted.
    rate: f64,
}

/// Every desk issues papers one after the other, all desks at once.
fn over_http(url: &str, desks: &[Desk], pace: Option<Duration>) -> Result<OverHttp> {
    let many = u32::try_from(desks.len()).unwrap_or(u32::MAX).max(1);
    let started = Instant::now();
    let waits = std::thread::scope(|scope| {
        let clients: Vec<_> = desks
            .iter()
            .zip(0_u32..)
            .map(|(desk, place)| {
                // People do not press the key all in the same instant.
                let late = pace.map(|pace| pace * place / many);
                scope.spawn(move || {
                    late.into_iter().for_each(std::thread::park_timeout);
                    issue(url, desk, pace)
                })
            })
            .collect();
        let mut waits = Vec::new();
        for client in clients {
            let client = client.join().map_err(|_| Error::using("a client broke down"))?;
            waits.extend(client?);
        }
        Ok::<_, Error>(waits)
    })?;
    Ok(OverHttp {
        rate: waits.len() as f64 / started.elapsed().as_secs_f64(),
        waits,
    })
}

fn issue(url: &str, desk: &Desk, pace: Option<Duration>) -> Result<Vec<Duration>> {
    let remote = Remote {
        server: url,
        token: &desk.token,
    };
    let key = desk.office.key();
    let mut waits = Vec::new();
    for number in 0..EACH {
        let mut request = story::copy(desk.birth(number)?);
        request["office"] = desk.office.id.0.into();
        request["key"] = key.public().id().to_string().into();
        request["act"]["issued_on"] = today()?.into();
        let began = Instant::now();
        let draft = remote.post("/v1/acts", &request)?;
        let now_ms = SystemClock.now_ms();
        let signed = sign_draft(
            &request,
            &bytes(&draft, "envelope")?,
            bytes(&draft, "sealed_body")?,
            key,
            None,
            now_ms,
        )?;
        let started = Instant::now();
        let receipt = remote.post("/v1/events", &signed.to_json())?;
        let event = receipt["event"].as_str().unwrap_or_default();
        remote.file(&format!("/v1/extracts/{event}/pdf"))?;
        waits.push(started.elapsed());
        if let Some(left) = pace.and_then(|pace| pace.checked_sub(began.elapsed())) {
            std::thread::park_timeout(left);
        }
    }
    Ok(waits)
}

/// Half of them, and 95 of 100, did not take longer; in milliseconds.
fn percentiles(mut waits: Vec<Duration>) -> (f64, f64) {
    waits.sort_unstable();
    let at = |percent: usize| {
        let wait = waits.get(waits.len() * percent / 100);
        wait.map_or(0.0, |wait| wait.as_secs_f64() * 1e3)
    };
    (at(50), at(95))
}

fn report(
    clients: u32,
    one: &OneCore,
    hurried: &OverHttp,
    paced: &OverHttp,
    [idle, after, peak]: [f64; 3],
) -> Report {
    let (p50, p95) = percentiles(one.sealed.clone());
    let (again_p50, again_p95) = percentiles(one.again.clone());
    let per_second = 1e3 * one.sealed.len() as f64
        / one
            .sealed
            .iter()
            .map(|wait| wait.as_secs_f64() * 1e3)
            .sum::<f64>();
    let (hurried_p50, hurried_p95) = percentiles(hurried.waits.clone());
    let (paced_p50, paced_p95) = percentiles(paced.waits.clone());
    let line = |what: &str, figure: String| format!("  {what:<44} {figure}\n");
    let mut text = format!("papers, {COPIES} of a birth with two notes\n");
    text += &line(
        "content, page, code and seal, one core",
        format!("{per_second:.0}/s  p50 {p50:.1} ms  p95 {p95:.1} ms"),
    );
    text += &line(
        "the same file again",
        format!("p50 {again_p50:.1} ms  p95 {again_p95:.1} ms"),
    );
    text += &line("largest file", format!("{:.1} KB", one.bytes as f64 / 1e3));
    text += &line(
        &format!("event to file over HTTP, {clients} desks in a hurry"),
        format!(
            "{:.0}/s  p50 {hurried_p50:.1} ms  p95 {hurried_p95:.1} ms",
            hurried.rate
        ),
    );
    text += &line(
        &format!(
            "the same, {clients} desks, a paper every {} ms each",
            PACE.as_millis()
        ),
        format!(
            "{:.0}/s  p50 {paced_p50:.1} ms  p95 {paced_p95:.1} ms",
            paced.rate
        ),
    );
    text += &line(
        "memory of serve, idle, then, at most",
        format!("{idle:.0}, {after:.0}, {peak:.0} MB"),
    );
    let json = json!({
        "per_second": per_second, "p50_ms": p50, "p95_ms": p95, "again_p50_ms": again_p50, "file_bytes": one.bytes,
        "http_hurried": { "per_second": hurried.rate, "p50_ms": hurried_p50, "p95_ms": hurried_p95 },
        "http_paced": { "per_second": paced.rate, "p50_ms": paced_p50, "p95_ms": paced_p95 },
        "idle_mb": idle, "after_mb": after, "peak_mb": peak, "clients": clients,
    });
    Report { text, json }
}
