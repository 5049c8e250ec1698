//! `hotich-verify export`: the audit of a whole log.

use std::io::IsTerminal as _;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::process::ExitCode;

use civil::id::OfficeId;
use verify::{Asked as Office, Depth, Language, Options, Progress, Resume, audit, audit_on, export};

/// How it is used.
pub const USAGE: &str = "hotich-verify export DIR [--log-key VKEY] [--records] [--strict] [--without-bodies] [--office N [--year YYYY]] [--resume FILE] [--report FILE] [--json] [--vi]

Checks an export (RFC 0002): bytes, chains, commitments, authority, signatures, tree.
  --log-key VKEY  the public key of the log's checkpoints, from somebody you trust; without it, the key that the
                  export names itself
  --records       decode every body, fold every entry, decide every act again
  --strict        judge every signature singly
  --without-bodies
                  count bodies that are not shown instead of reporting each
  --office N      prove of an office that all it recorded is here; --year of which year's books
  --resume FILE   keep there what was judged, every few seconds, and go on from it: an audit that was stopped by whatever, or of
                  a log that has grown since
  --report FILE   write the report as a page to print, in Vietnamese and English
  --json          answer for programs
  --vi            answer in Vietnamese";

struct Asked {
    folder: PathBuf,
    log_key: Option<String>,
    options: Options,
    resume: Option<Resume>,
    report: Option<PathBuf>,
    json: bool,
    language: Language,
}

/// Audits the export that the arguments name; none for wrong use.
pub fn run(args: impl Iterator<Item = String>) -> Option<ExitCode> {
    asked(args).map(|asked| check(&asked))
}

fn asked(mut args: impl Iterator<Item = String>) -> Option<Asked> {
    let folder = PathBuf::from(args.next()?);
    let mut asked = Asked {
        folder,
        log_key: None,
        options: Options::default(),
        resume: None,
        report: None,
        json: false,
        language: Language::English,
    };
    let (mut office, mut year) = (None, None);
    while let Some(option) = args.next() {
        match option.as_str() {
            "--log-key" => {
                asked.log_key = Some(args.next()?);
                asked.options.log_key_known = true;
            }
            "--records" => asked.options.depth = Depth::Records,
            "--strict" => asked.options.strict = true,
            "--without-bodies" => asked.options.bodies_required = false,
            "--resume" => asked.resume = Some(Resume::in_file(args.next()?)),
            "--report" => asked.report = Some(PathBuf::from(args.next()?)),
            "--office" => office = Some(OfficeId(args.next()?.parse().ok()?)),
            "--year" => year = Some(args.next()?.parse().ok()?),
            "--json" => asked.json = true,
            "--vi" => asked.language = Language::Vietnamese,
            _ => return None,
        }
    }
    asked.options.office = office.map(|office| Office { office, year });
    // A year without an office asks for nothing.
    (office.is_some() || year.is_none()).then_some(asked)
}

fn check(asked: &Asked) -> ExitCode {
    let (source, expected) = match export::open(&asked.folder, asked.log_key.as_deref()) {
        Ok(opened) => opened,
        Err(error) => {
            eprintln!("hotich-verify: {error}");
            return ExitCode::from(2);
        }
    };
    let size = expected.head.map_or(0, |head| head.size);
    let shown = std::io::stderr().is_terminal();
    let mut progress = |so_far| {
        if shown {
            progress(so_far, size);
        }
        ControlFlow::Continue(())
    };
    let report = match &asked.resume {
        None => Ok(audit(source, &expected, &asked.options, &mut progress)),
        Some(resume) => audit_on(source, &expected, &asked.options, resume, &mut progress),
    };
    if shown {
        eprintln!();
    }
    let report = match report {
        Ok(report) => report,
        Err(error) => {
            eprintln!("hotich-verify: --resume: {error}");
            return ExitCode::from(2);
        }
    };
    if let Some(file) = &asked.report
        && let Err(error) = std::fs::write(file, report.to_html())
    {
        eprintln!("hotich-verify: {}: {error}", file.display());
        return ExitCode::from(2);
    }
    if asked.json {
        println!("{}", report.to_json());
    } else {
        print!("{}", report.to_text(asked.language));
    }
    ExitCode::from(u8::from(!report.green))
}

/// One line that is written over, on a terminal alone.
fn progress(so_far: Progress, size: u64) {
    let rate = so_far.events as f64 / so_far.elapsed.as_secs_f64().max(0.001);
    eprint!(
        "\r{} / {size} events, {rate:.0}/s, {} findings ",
        so_far.events, so_far.findings
    );
}
