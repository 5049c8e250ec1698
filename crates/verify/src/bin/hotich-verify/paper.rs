//! `hotich-verify extract`: the check of one paper.

use std::path::Path;
use std::process::ExitCode;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use civil::seal::{base45, certificates_of_pem};
use verify::Language;
use verify::paper::{Against, IssuingEvent, PDF_SIZE_MAX, Trust, check};

/// How it is used.
pub const USAGE: &str = "hotich-verify extract FILE|QR-TEXT --trust LIST [--root PEM] [--status LIST] [--proof FILE]
                      [--checkpoint NOTE] [--event FILE] [--json] [--vi]

Checks a paper: a PDF, a picture of one (PNG), or the text of its QR code. No network is needed.
  --trust LIST    the signed list of roots, seals and the log's key
  --root PEM      the root that must have signed the list; without it, the list vouches for itself, and the fingerprint
                  of its root is printed for you to compare
  --status LIST   the signed list of papers that are superseded or revoked
  --proof FILE    the .tlog-proof of the issuing event
  --checkpoint NOTE
                  a checkpoint that you hold; the proof must lead to it
  --event FILE    the issuing event as the server answers it in JSON, with its body
  --json          answer for programs
  --vi            answer in Vietnamese

Exit status 0: genuine, and no list that was given says otherwise. 1: anything else. 2: wrong use.";

/// How large a file of lists may be.
const FILE_SIZE_MAX: u64 = 80 << 20;

#[derive(Default)]
struct Asked {
    paper: String,
    trust: Option<String>,
    root: Option<String>,
    status: Option<String>,
    proof: Option<String>,
    checkpoint: Option<String>,
    event: Option<String>,
    json: bool,
    vietnamese: bool,
}

/// Checks the paper that the arguments name; none for wrong use.
pub fn run(mut args: impl Iterator<Item = String>) -> Option<ExitCode> {
    let mut asked = Asked {
        paper: args.next()?,
        ..Asked::default()
    };
    while let Some(option) = args.next() {
        match option.as_str() {
            "--trust" => asked.trust = Some(args.next()?),
            "--root" => asked.root = Some(args.next()?),
            "--status" => asked.status = Some(args.next()?),
            "--proof" => asked.proof = Some(args.next()?),
            "--checkpoint" => asked.checkpoint = Some(args.next()?),
            "--event" => asked.event = Some(args.next()?),
            "--json" => asked.json = true,
            "--vi" => asked.vietnamese = true,
            _ => return None,
        }
    }
    let trust = asked.trust.clone()?;
    Some(answer(&asked, &trust).unwrap_or_else(|error| {
        eprintln!("hotich-verify: {error}");
        ExitCode::from(2)
    }))
}

fn answer(asked: &Asked, trust: &str) -> Result<ExitCode, String> {
    let root = asked.root.as_deref().map(root).transpose()?;
    let opened = Trust::open(&file(trust)?, root.as_deref());
    let trust = opened.map_err(|error| format!("{trust}: {error}"))?;
    let optional = |path: &Option<String>| path.as_deref().map(file).transpose();
    let status = match &asked.status {
        None => None,
        Some(path) => {
            let list = trust.status_list(&file(path)?);
            Some(list.map_err(|error| format!("{path}: {error}"))?)
        }
    };
    let [proof, checkpoint] = [optional(&asked.proof)?, optional(&asked.checkpoint)?];
    let event = asked.event.as_deref().map(event).transpose()?;
    let against = Against {
        status: status.as_ref(),
        proof: proof.as_deref(),
        checkpoint: checkpoint.as_deref(),
        event: event.as_ref(),
    };
    let verdict = check(&paper(&asked.paper)?, &trust, &against);
    let language = if asked.vietnamese {
        Language::Vietnamese
    } else {
        Language::English
    };
    if asked.json {
        println!("{}", verdict.to_json());
    } else {
        print!("{}", verdict.to_text(language));
        if root.is_none() {
            for fingerprint in trust.fingerprints() {
                println!("{} {}", fingerprint_word(language), hex::encode(fingerprint));
            }
        }
    }
    Ok(ExitCode::from(u8::from(!verdict.is_good())))
}

const fn fingerprint_word(language: Language) -> &'static str {
    match language {
        Language::Vietnamese => "Danh sách tin cậy tự xác nhận; dấu vân tay SHA-256 của chứng thư gốc:",
        Language::English => "The trust list vouches for itself; SHA-256 of its root:",
    }
}

/// The file of that name; else the argument itself is the text of a code.
fn paper(argument: &str) -> Result<Vec<u8>, String> {
    let path = Path::new(argument);
    match path.try_exists() {
        Ok(true) => {
            let bytes = file(argument)?;
            match bytes.len() > PDF_SIZE_MAX && bytes.starts_with(b"%PDF") {
                true => Err(format!("{argument}: larger than any paper")),
                false => Ok(bytes),
            }
        }
        // A code may be longer than a path can be.
        _ if base45::decode(argument).is_some() => Ok(argument.as_bytes().to_vec()),
        _ => Err(format!(
            "{argument}: there is no such file, and it is not the text of a code"
        )),
    }
}

fn file(path: &str) -> Result<Vec<u8>, String> {
    let told = |error: std::io::Error| format!("{path}: {error}");
    if std::fs::metadata(path).map_err(told)?.len() > FILE_SIZE_MAX {
        return Err(format!("{path}: too large"));
    }
    std::fs::read(path).map_err(told)
}

fn root(path: &str) -> Result<Vec<u8>, String> {
    let text = String::from_utf8(file(path)?).map_err(|_| format!("{path}: not a certificate in PEM"))?;
    let found = certificates_of_pem(&text).and_then(|all| all.into_iter().next_back());
    found.ok_or_else(|| format!("{path}: not a certificate in PEM"))
}

/// `{"signed": base64, "sealed_body": base64, …}`.
fn event(path: &str) -> Result<IssuingEvent, String> {
    let wrong = || format!("{path}: not an event with its body in JSON");
    let document: serde_json::Value = serde_json::from_slice(&file(path)?).map_err(|_| wrong())?;
    let bytes = |name: &str| {
        let text = document[name].as_str().ok_or_else(wrong)?;
        STANDARD.decode(text).map_err(|_| wrong())
    };
    Ok(IssuingEvent {
        signed: bytes("signed")?,
        sealed_body: bytes("sealed_body")?,
    })
}
