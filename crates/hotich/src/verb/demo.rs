//! `hotich demo`: the story of one birth and what follows, told step by step on a real ledger.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use civil::content::Content;
use civil::id::{EntryId, OfficeId};
use civil::seal::SealUse;
use civil::value::{Date, Text};
use extract::seal::SealKey;
use ledger::Location;
use registry::{AsOf, Chance, Founding, Registry, SeededChance, SystemChance};
use verify::Language;

use super::{audit, seal, serve};
use crate::args::{Data, Demo, Serve, Trust};
use crate::data::{ADMINISTRATOR_KEY, LOG_KEY};
use crate::keeper::Keeper;
use crate::outcome::{Error, Outcome, Result};
use crate::seal_file::{self, ROOT};
use crate::story::{self, Filed, Story, StoryClock, StoryOffice};
use crate::{copy, key_file, national, time_stamps};

/// The origin of every demo's log.
const ORIGIN: &str = "hotich.example/demo";

/// Where the demo's ledger lives: what was asked for, or a folder that goes with this value.
pub struct Place {
    /// The ledger.
    pub data: Data,
    _temporary: Option<tempfile::TempDir>,
}

impl Place {
    fn of(args: &Demo) -> Result<Self> {
        match &args.data {
            Some(data) => Ok(Self {
                data: Data {
                    data: data.clone(),
                    keys: None,
                },
                _temporary: None,
            }),
            None => {
                let folder = tempfile::tempdir()?;
                let data = Data {
                    data: folder.path().display().to_string(),
                    keys: None,
                };
                Ok(Self {
                    data,
                    _temporary: Some(folder),
                })
            }
        }
    }
}

/// Tells the story, or fills a nation's ledger.
pub async fn run(args: Demo) -> Result<Outcome> {
    let place = Place::of(&args)?;
    let clock = Arc::new(StoryClock::default());
    clock.set("2018-01-02")?;
    // Names, dates and numbers of a nation follow from the seed; keys that go on being used do not.
    let chance: Arc<dyn Chance> = if args.national {
        Arc::new(SeededChance::new(args.seed))
    } else {
        Arc::new(SystemChance)
    };
    let registry = found(&place.data, Arc::clone(&clock), chance).await?;
    let outcome = if args.national {
        national::fill(registry, &place.data, &clock, args.scale, args.seed).await?
    } else {
        let seals = Seals::make(&place.data.key_folder())?;
        let press = seal_file::press(&place.data.key_folder())?;
        let registry = registry.with_press(time_stamps::stamping(press, &args.stamped)?);
        tell(registry, &place.data, &clock, &seals).await?
    };
    if !args.serve {
        return Ok(outcome);
    }
    serve::run(Serve {
        data: place.data.clone(),
        listen: args.listen,
        trust: Trust::default(),
        stamped: args.stamped,
        proxy: Vec::new(),
    })
    .await
}

async fn found(data: &Data, clock: Arc<StoryClock>, chance: Arc<dyn Chance>) -> Result<Registry> {
    let folder = data.key_folder();
    let administrator = key_file::read_or_generate(&folder.join(ADMINISTRATOR_KEY), &SystemChance)?;
    let log_path = folder.join(LOG_KEY);
    let log_key = if log_path.exists() {
        key_file::read_log_key(&log_path)?
    } else {
        key_file::generate_log_key(&log_path, ORIGIN, &SystemChance)?
    };
    let founding = Founding {
        origin: Text::from_input(ORIGIN).map_err(Error::using)?,
        log_key: Text::from_input(&log_key.verifier().to_string()).map_err(Error::using)?,
        administrator: &administrator,
    };
    Ok(Registry::found(
        data.location()?,
        founding,
        clock,
        chance,
        crate::body_keys::options(),
    )
    .await?)
}

/// The people and offices of the story.
struct Cast {
    old: StoryOffice,
    successor: StoryOffice,
    residence: StoryOffice,
    elsewhere: StoryOffice,
}

async fn tell(registry: Registry, data: &Data, clock: &StoryClock, seals: &Seals) -> Result<Outcome> {
    let administrator = Arc::new(key_file::read(&data.key_folder().join(ADMINISTRATOR_KEY))?);
    let story = Story {
        registry: &registry,
        administrator,
    };
    println!("The ledger is founded: origin {ORIGIN}, in {}.", data.data);

    let old = story.open_office(1, "22270", "2016-01-01", "2018-01-02").await?;
    step(1, "2019-04-02", "A birth is registered.", clock)?;
    let birth = story.file(&old, story::birth()).await?;
    filed(&old, &birth);
    let entry = birth.entry()?;

    step(
        2,
        "2025-07-01",
        "The commune is merged; its books lie with a successor, now in another province.",
        clock,
    )?;
    let cast = open_cast(&story, old).await?;
    println!("    {}\n    → {}", cast.old.name, cast.successor.name);
    seals.grant(&story).await?;

    step(
        3,
        "2026-03-10",
        "The family lives in another province and asks for a correction (cải chính) there.",
        clock,
    )?;
    let correction = story.file(&cast.residence, story::correction(entry)).await?;
    filed(&cast.residence, &correction);
    owed(&registry, &correction);

    step(
        4,
        "2026-05-20",
        "The personal number has come; the same office supplements it (bổ sung).",
        clock,
    )?;
    let supplement = story.file(&cast.residence, story::supplement(entry)).await?;
    filed(&cast.residence, &supplement);
    owed(&registry, &supplement);

    step(
        5,
        "2026-05-20",
        "The record says at once, for every office:",
        clock,
    )?;
    show_record(&registry, entry).await?;

    step(
        6,
        "2026-11-16",
        "A copy is asked for in a third province (Law 60/2014, Art. 63).",
        clock,
    )?;
    let copy = story.file(&cast.elsewhere, story::copy(entry)).await?;
    filed(&cast.elsewhere, &copy);
    if let Some(page) = &copy.draft.page {
        copy::show(page);
    }
    hand_over(&registry, data, &copy).await?;

    step(
        7,
        "2026-11-17",
        "The office that keeps the old book has notices to work off.",
        clock,
    )?;
    show_notices(&registry, cast.successor.id).await?;
    for noted in [&correction, &supplement] {
        let entered = story
            .file(&cast.successor, story::note_entered(entry, noted, "2026-11-17"))
            .await?;
        filed(&cast.successor, &entered);
    }
    show_notices(&registry, cast.successor.id).await?;

    save_for_visitors(&registry, data, &cast, entry).await?;
    let folder = data.key_folder();
    let keeper = Keeper::appoint(&registry, &story.administrator, &folder).await?;
    let listed = keeper.list_heads(&registry).await?;
    println!(
        "At the end of the day the ledger itself lists how far every office has come, at position {}.",
        listed.position
    );
    registry.ledger().close().await?;
    step(
        8,
        "2026-11-18",
        "An auditor who trusts nobody checks everything.",
        clock,
    )?;
    let green = audit::report(
        &data.data,
        &audit::Questions {
            records: true,
            ..Default::default()
        },
    )
    .await?;
    print!("{}", green.text(Language::English));
    let red = damaged_copy(data, &correction).await?;
    Ok(if green.is_well() && red {
        Outcome::Well
    } else {
        Outcome::Finding
    })
}

/// The seals of the story: a root of its own, the country's, and that of the office that hands out the copy.
struct Seals {
    root: Arc<dyn SealKey>,
    country: Arc<dyn SealKey>,
    office: Arc<dyn SealKey>,
}

/// From when the seals of the story count.
const SEALED_FROM: &str = "2025-07-01";
/// The office that hands out the copy.
const ISSUER: OfficeId = OfficeId(4);
const ISSUER_CODE: &str = "20242";

impl Seals {
    fn make(folder: &Path) -> Result<Self> {
        let from = Date::parse(SEALED_FROM).map_err(Error::using)?;
        let country = OfficeId::ADMINISTRATION;
        let root = seal::make(folder, "Gốc con dấu điện tử (thử nghiệm)", country, None, from)?;
        let issuer = story::office_name(ISSUER_CODE, SEALED_FROM)?;
        Ok(Self {
            country: seal::make(folder, seal::COUNTRY, country, Some(root.as_ref()), from)?,
            office: seal::make(folder, &issuer, ISSUER, Some(root.as_ref()), from)?,
            root,
        })
    }

    async fn grant(&self, story: &Story<'_>) -> Result<()> {
        let from = Date::parse(SEALED_FROM).map_err(Error::using)?;
        let country = OfficeId::ADMINISTRATION;
        for (office, usage, key) in [
            (country, SealUse::Root, &self.root),
            (country, SealUse::Seal, &self.country),
            (ISSUER, SealUse::Seal, &self.office),
        ] {
            let act = seal::granted(office, usage, key.as_ref(), from)?;
            story.administer("seal_granted", act).await?;
        }
        Ok(())
    }
}

/// Prints the copy to a file and lays beside it what it is checked with.
async fn hand_over(registry: &Registry, data: &Data, copy: &Filed) -> Result<()> {
    let folder = data.key_folder();
    let file = registry.fetch_paper(copy.draft.envelope.event).await?;
    fs::write(folder.join("copy.pdf"), &file.pdf)?;
    fs::write(folder.join("hotich.trust"), registry.trust_list().await?)?;
    fs::write(
        folder.join("hotich.status"),
        registry.status_list().await?.as_slice(),
    )?;
    let folder = folder.display();
    println!(
        "    The sheet lies in {folder}/copy.pdf, sealed by the office: {} bytes. Anybody checks it, without a network:",
        file.pdf.len()
    );
    println!(
        "    hotich-verify extract {folder}/copy.pdf --trust {folder}/hotich.trust --root {folder}/{ROOT}.crt --status {folder}/hotich.status"
    );
    Ok(())
}

async fn open_cast(story: &Story<'_>, old: StoryOffice) -> Result<Cast> {
    let day = "2025-07-01";
    let successor = story.open_office(2, "22250", day, day).await?;
    let residence = story.open_office(3, "26740", day, day).await?;
    let elsewhere = story.open_office(ISSUER.0, ISSUER_CODE, day, day).await?;
    let succession = serde_json::json!({
        "office": old.id.0, "successor": successor.id.0, "on": day,
        "legal_basis": "Nghị quyết của Ủy ban Thường vụ Quốc hội về sắp xếp đơn vị hành chính cấp xã năm 2025",
    });
    story.administer("office_succeeded", succession).await?;
    Ok(Cast {
        old,
        successor,
        residence,
        elsewhere,
    })
}

fn step(number: u32, day: &str, what: &str, clock: &StoryClock) -> Result<()> {
    clock.set(day)?;
    println!("\n{number}. {day}  {what}");
    Ok(())
}

fn filed(office: &StoryOffice, filed: &Filed) {
    println!("    {}", office.name);
    println!("    {}", filed.draft.summary);
    for (warning, _) in &filed.draft.warnings {
        println!(
            "    cảnh báo {}: {}",
            warning.code.name(),
            warning.code.vietnamese()
        );
    }
    println!(
        "    signed by the office, recorded at position {}",
        filed.receipt.position
    );
}

fn owed(registry: &Registry, filed: &Filed) {
    for notice in &filed.draft.notices {
        let name = registry.with_directory(|directory| directory.name(notice.to));
        println!("    notice owed to {name} by {}", notice.due_on);
    }
}

async fn show_record(registry: &Registry, entry: EntryId) -> Result<()> {
    let entry = registry.entry(entry, AsOf::default()).await?;
    let content = registry.with_directory(|directory| Content::of(&entry, directory));
    show_content(&content);
    Ok(())
}

fn show_content(content: &Content) {
    for line in content.lines.iter().filter(|line| !line.value.is_empty()) {
        println!("    │ {}: {}", line.label, line.value);
    }
    println!("    │ {}: {}", content.registered.label, content.registered.value);
    for note in &content.notes {
        println!("    │ Ghi chú: {note}");
    }
}

async fn show_notices(registry: &Registry, office: OfficeId) -> Result<()> {
    let open = registry.notices_owed_to(office).await?;
    if open.is_empty() {
        println!("    no notice is open");
    }
    for notice in open {
        println!(
            "    open: entry {} changed by event {}, due {}",
            notice.entry, notice.event, notice.due_on
        );
    }
    Ok(())
}

/// Leaves keys, a token and an act to file in the data folder, for whoever goes on with `--serve`.
async fn save_for_visitors(registry: &Registry, data: &Data, cast: &Cast, entry: EntryId) -> Result<()> {
    let folder = data.key_folder();
    cast.residence.save_key(&folder.join("office-3.key"))?;
    let token = registry.make_token(cast.residence.id, "demo").await?;
    let act = story::visitors_act(entry);
    fs::write(folder.join("act.json"), format!("{act:#}\n"))?;
    fs::write(folder.join("token"), &token)?;
    println!(
        "\nFor your own visit: office-3.key, act.json and token lie in {}; the entry is {entry}.",
        folder.display()
    );
    Ok(())
}

/// Changes one byte of the correction in a copy of the database file and audits the copy. Answers whether the audit
/// found it, at its position.
async fn damaged_copy(data: &Data, filed: &Filed) -> Result<bool> {
    let Location::File(file) = data.location()? else {
        println!("\n(The damaged copy is shown on the embedded ledger only.)");
        return Ok(true);
    };
    let aside = tempfile::tempdir()?;
    let copy = aside.path().join("damaged-copy.db");
    damage(&file, &filed.draft.envelope_bytes, &copy)?;
    println!(
        "\n9. One byte is changed in a copy of the database file, inside the correction. The auditor again:"
    );
    let questions = audit::Questions {
        no_projections: true,
        ..Default::default()
    };
    let report = audit::report(&copy.display().to_string(), &questions).await?;
    print!("{}", report.text(Language::English));
    Ok(report.names_position(filed.receipt.position))
}

/// Copies the database file, but for one byte of that envelope.
fn damage(file: &Path, envelope: &[u8], copy: &Path) -> Result<()> {
    let mut bytes = fs::read(file)?;
    let found = bytes
        .windows(envelope.len())
        .position(|window| window == envelope);
    let place = found.ok_or_else(|| Error::using("the event is not in one piece in the file"))?;
    bytes[place + envelope.len() / 2] ^= 1;
    Ok(fs::write(copy, bytes)?)
}
