//! `hotich-verify checkpoint | event | diff | policy`: what the log says of itself.

use std::path::Path;
use std::process::ExitCode;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use tlog::{MAX_FORK_SIZE, MAX_NOTE_SIZE, MAX_POLICY_SIZE, MAX_PROOF_SIZE, Policy, TileSource};
use verify::log::{Leaves, Told};
use verify::{Language, export};

/// How it is used.
pub const USAGE: &str = "hotich-verify checkpoint NOTE KEYS [--json] [--vi]
hotich-verify event FILE --proof PROOF KEYS [--json] [--vi]
hotich-verify diff NOTE NOTE KEYS [--log DIR] [--out FILE] [--json] [--vi]
hotich-verify diff EVIDENCE KEYS [--json] [--vi]
hotich-verify policy FILE [--json] [--vi]
hotich-verify envelopes DIR KEYS [--json] [--vi]

checkpoint: who has signed it, for which tree, and whether enough witnesses have.
event: that an event is in the log, by its .tlog-proof. FILE is the signed event, or what the server answers in JSON.
diff: whether two checkpoints are of one history; if not, --out gets the evidence. Of two sizes --log names an export
  or a public folder of the larger one. One file alone is evidence to be judged.
policy: what a trust policy asks.
envelopes: that the signed envelopes of a restricted export give the public leaves and the tree that the log signed.
KEYS is --policy FILE (C2SP tlog-policy), or --log-key VKEY for the log's word alone.";

/// How large a file with an event may be.
const EVENT_SIZE_MAX: usize = 4 << 20;

#[derive(Default)]
struct Asked {
    files: Vec<String>,
    proof: Option<String>,
    policy: Option<String>,
    log_key: Option<String>,
    log: Option<String>,
    out: Option<String>,
    json: bool,
    vietnamese: bool,
}

/// Answers the question that the arguments ask; none for wrong use.
pub fn run(verb: &str, mut args: impl Iterator<Item = String>) -> Option<ExitCode> {
    let mut asked = Asked::default();
    while let Some(option) = args.next() {
        match option.as_str() {
            "--proof" => asked.proof = Some(args.next()?),
            "--policy" => asked.policy = Some(args.next()?),
            "--log-key" => asked.log_key = Some(args.next()?),
            "--log" => asked.log = Some(args.next()?),
            "--out" => asked.out = Some(args.next()?),
            "--json" => asked.json = true,
            "--vi" => asked.vietnamese = true,
            file if !file.starts_with("--") => asked.files.push(option),
            _ => return None,
        }
    }
    let answered = match (verb, asked.files.as_slice(), &asked.proof) {
        ("checkpoint", [note], None) => checkpoint(&asked, note),
        ("event", [file], Some(proof)) => event(&asked, file, proof),
        ("diff", [evidence], None) => judge(&asked, evidence),
        ("diff", [one, other], None) => diff(&asked, one, other),
        ("envelopes", [folder], None) => keys(&asked).and_then(|keys| {
            export::envelopes(Path::new(folder), &keys).map_err(|error| format!("{folder}: {error}"))
        }),
        ("policy", [file], None) => read(file, MAX_POLICY_SIZE).map(|file| verify::log::policy(&file)),
        _ => return None,
    };
    Some(match answered {
        Ok(told) => {
            show(&asked, &told);
            ExitCode::from(u8::from(!told.is_good()))
        }
        Err(error) => {
            eprintln!("hotich-verify: {error}");
            ExitCode::from(2)
        }
    })
}

fn show(asked: &Asked, told: &Told) {
    let language = if asked.vietnamese {
        Language::Vietnamese
    } else {
        Language::English
    };
    if asked.json {
        println!("{:#}", told.to_json());
    } else {
        print!("{}", told.to_text(language));
    }
}

fn checkpoint(asked: &Asked, note: &str) -> Result<Told, String> {
    let note = read(note, MAX_NOTE_SIZE)?;
    Ok(verify::log::checkpoint(&note, &keys(asked)?))
}

fn event(asked: &Asked, file: &str, proof: &str) -> Result<Told, String> {
    let (signed, sealed) = signed_event(file)?;
    let proof = read(proof, MAX_PROOF_SIZE)?;
    Ok(verify::log::event(
        &signed,
        sealed.as_deref(),
        &proof,
        &keys(asked)?,
    ))
}

fn judge(asked: &Asked, file: &str) -> Result<Told, String> {
    let file = read(file, MAX_FORK_SIZE)?;
    Ok(verify::log::evidence(&file, &keys(asked)?))
}

fn diff(asked: &Asked, one: &str, other: &str) -> Result<Told, String> {
    let notes = (read(one, MAX_NOTE_SIZE)?, read(other, MAX_NOTE_SIZE)?);
    let tree = asked
        .log
        .as_ref()
        .map(|folder| Leaves::open(Path::new(folder)).map_err(|error| format!("{folder}: {error}")));
    let tree = tree.transpose()?;
    let tree = tree.as_ref().map(|tree| tree as &dyn TileSource);
    let compared = verify::log::diff(&notes.0, &notes.1, &keys(asked)?, tree);
    if let (Some(out), Some(evidence)) = (&asked.out, &compared.evidence) {
        std::fs::write(out, evidence).map_err(|error| format!("{out}: {error}"))?;
    }
    Ok(compared.told)
}

/// Whom to believe.
fn keys(asked: &Asked) -> Result<Policy, String> {
    match (&asked.policy, &asked.log_key) {
        (Some(file), None) => {
            let policy = Policy::parse(&read(file, MAX_POLICY_SIZE)?);
            policy.map_err(|error| format!("{file}: {error}"))
        }
        (None, Some(key)) => {
            let key = key.parse().map_err(|error| format!("--log-key: {error}"))?;
            Ok(Policy::of_log(vec![key]))
        }
        _ => Err("say whom to believe: --policy FILE or --log-key VKEY".to_owned()),
    }
}

/// The signed event and, where it is shown, its sealed body: the bytes themselves, or a JSON document with both in base64.
fn signed_event(path: &str) -> Result<(Vec<u8>, Option<Vec<u8>>), String> {
    let bytes = read(path, EVENT_SIZE_MAX)?;
    let Ok(document) = serde_json::from_slice::<serde_json::Value>(&bytes) else {
        return Ok((bytes, None));
    };
    let wrong = || format!("{path}: not an event in JSON");
    let member = |name: &str| {
        let text = document[name].as_str();
        text.map(|text| STANDARD.decode(text).map_err(|_| wrong()))
            .transpose()
    };
    Ok((member("signed")?.ok_or_else(wrong)?, member("sealed_body")?))
}

fn read(path: &str, max: usize) -> Result<Vec<u8>, String> {
    let told = |error: std::io::Error| format!("{path}: {error}");
    if std::fs::metadata(path).map_err(told)?.len() > max as u64 {
        return Err(format!("{path}: too large"));
    }
    std::fs::read(path).map_err(told)
}
