//! `hotich audit`: check everything, trusting nobody. A store, a copy of its file, or an export; read-only.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use civil::id::OfficeId;
use ledger::{Archive, Location};
use serde_json::{Value as Json, json};
use verify::export::ExportSource;
use verify::{Asked, Depth, Expected, Head, Language, Progress, Report, Resume};

use crate::args::Audit;
use crate::audit_source::StoreSource;
use crate::outcome::{Error, Outcome, Result};
use crate::progress;
use crate::recompute::{self, ReadModels};

/// What is asked of the auditor.
#[derive(Debug, Clone, Default)]
pub struct Questions {
    /// The public key of the log's checkpoints, when it is known from elsewhere.
    pub log_key: Option<String>,
    /// Judge every signature singly.
    pub strict: bool,
    /// Decide every act again.
    pub records: bool,
    /// Leave out the read models.
    pub no_projections: bool,
    /// Of which office to prove that all is here.
    pub office: Option<Asked>,
    /// Where it keeps what was judged, and goes on from.
    pub resume: Option<PathBuf>,
}

/// What the auditor answers.
#[derive(Debug)]
pub struct Answer {
    log: Report,
    read_models: Option<ReadModels>,
}

impl Answer {
    /// Whether nothing is wrong.
    pub fn is_well(&self) -> bool {
        self.log.green && self.read_models.as_ref().is_none_or(ReadModels::are_equal)
    }

    /// Whether a finding names that position.
    pub fn names_position(&self, position: u64) -> bool {
        self.log
            .findings
            .iter()
            .any(|finding| finding.position == Some(position))
    }

    /// For people.
    pub fn text(&self, language: Language) -> String {
        let mut text = self.log.to_text(language);
        if let Some(read_models) = &self.read_models {
            text.push_str(&read_models.text());
        }
        text
    }

    /// For programs.
    pub fn json(&self) -> Json {
        let log: Json = serde_json::from_str(&self.log.to_json()).unwrap_or(Json::Null);
        json!({
            "well": self.is_well(),
            "log": log,
            "read_models": self.read_models.as_ref().map(ReadModels::json),
        })
    }
}

/// Audits and prints.
pub async fn run(args: Audit) -> Result<Outcome> {
    let questions = Questions {
        log_key: args.log_key,
        strict: args.strict,
        records: args.records,
        no_projections: args.no_projections,
        office: args.office.map(|office| Asked {
            office: OfficeId(office),
            year: args.year,
        }),
        resume: args.resume,
    };
    let answer = report(&args.data, &questions).await?;
    if let Some(file) = &args.report {
        std::fs::write(file, answer.log.to_html())?;
    }
    if args.json {
        println!("{:#}", answer.json());
    } else {
        let language = if args.vi {
            Language::Vietnamese
        } else {
            Language::English
        };
        print!("{}", answer.text(language));
    }
    Ok(if answer.is_well() {
        Outcome::Well
    } else {
        Outcome::Finding
    })
}

/// Audits what lies at `data`.
pub async fn report(data: &str, questions: &Questions) -> Result<Answer> {
    let path = Path::new(data);
    if verify::export::is_export(path) {
        return export(path, questions).await;
    }
    let location = if path.extension().is_some_and(|extension| extension == "db") {
        Location::file(path)
    } else {
        Location::parse(data)?
    };
    store(&location, questions).await
}

async fn store(location: &Location, questions: &Questions) -> Result<Answer> {
    let archive = Archive::open(location, &crate::body_keys::options()).await?;
    let head = archive.stored_head().await?;
    let expected = Expected {
        origin: None,
        head: Some(Head {
            size: head.size,
            root: tlog::Hash::from(head.root),
        }),
    };
    let source = StoreSource::start(archive.clone(), head.size);
    let log = compute(source, expected, head.size, questions).await?;
    // A log that does not hold together has no state that read models could be compared with.
    let read_models = match questions.no_projections || !log.green {
        true => None,
        false => Some(recompute::compare(&archive).await?),
    };
    archive.close().await;
    Ok(Answer { log, read_models })
}

async fn export(folder: &Path, questions: &Questions) -> Result<Answer> {
    let (source, expected) =
        verify::export::open(folder, questions.log_key.as_deref()).map_err(Error::using)?;
    let size = expected.head.map_or(0, |head| head.size);
    let log = compute(source, expected, size, questions).await?;
    // A manifest that cannot be read is a finding of the audit already.
    let stated =
        verify::export::manifest(folder).map_or(serde_json::Value::Null, |manifest| manifest.read_models);
    let read_models = if questions.no_projections || !log.green || stated.is_null() {
        None
    } else {
        let recomputed = recompute::of_export(ExportSource::new(folder, size), size).await?;
        Some(recompute::against_stated(&stated, recomputed)?)
    };
    Ok(Answer { log, read_models })
}

/// Runs the auditor beside the runtime, with a progress bar.
async fn compute(
    source: impl verify::Source + 'static,
    expected: Expected,
    size: u64,
    questions: &Questions,
) -> Result<Report> {
    let depth = if questions.records {
        Depth::Records
    } else {
        Depth::Log
    };
    let options = verify::Options {
        strict: questions.strict,
        depth,
        office: questions.office,
        log_key_known: questions.log_key.is_some(),
        ..verify::Options::default()
    };
    let resume = questions.resume.clone().map(Resume::in_file);
    let audit = move || {
        let bar = progress::bar(size, "audit");
        let mut shown = |progress: Progress| {
            bar.set_position(progress.events);
            ControlFlow::Continue(())
        };
        let report = match resume {
            None => Ok(verify::audit(source, &expected, &options, &mut shown)),
            Some(resume) => verify::audit_on(source, &expected, &options, &resume, &mut shown),
        };
        bar.finish_and_clear();
        report.map_err(Error::using)
    };
    tokio::task::spawn_blocking(audit).await.map_err(Error::using)?
}
