//! `hotich-verify export`: the audit of a whole log.

use std::ops::ControlFlow;
use std::path::PathBuf;
use std::process::ExitCode;

use civil::id::OfficeId;
use verify::{Asked, Depth, Language, Options, audit, export};

/// How it is used.
pub const USAGE: &str = "hotich-verify export DIR [--log-key VKEY] [--records] [--strict] [--without-bodies] [--office N [--year YYYY]] [--json] [--vi]

Checks an export (RFC 0002): bytes, chains, commitments, authority, signatures, tree.
  --log-key VKEY  the public key of the log's checkpoints, from somebody you trust; without it, the key that the
                  export names itself
  --records       decode every body, fold every entry, decide every act again
  --strict        judge every signature singly
  --without-bodies
                  count bodies that are not shown instead of reporting each
  --office N      prove of an office that all it recorded is here; --year of which year's books
  --json          answer for programs
  --vi            answer in Vietnamese";

struct Asked {
    folder: PathBuf,
    log_key: Option<String>,
    options: Options,
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
        json: false,
        language: Language::English,
    };
    let (mut office, mut year) = (None, None);
    while let Some(option) = args.next() {
        match option.as_str() {
            "--log-key" => asked.log_key = Some(args.next()?),
            "--records" => asked.options.depth = Depth::Records,
            "--strict" => asked.options.strict = true,
            "--without-bodies" => asked.options.bodies_required = false,
            "--office" => office = Some(OfficeId(args.next()?.parse().ok()?)),
            "--year" => year = Some(args.next()?.parse().ok()?),
            "--json" => asked.json = true,
            "--vi" => asked.language = Language::Vietnamese,
            _ => return None,
        }
    }
    asked.options.office = office.map(|office| Asked { office, year });
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
    let report = audit(source, &expected, &asked.options, &mut |_| {
        ControlFlow::Continue(())
    });
    if asked.json {
        println!("{}", report.to_json());
    } else {
        print!("{}", report.to_text(asked.language));
    }
    ExitCode::from(u8::from(!report.green))
}
