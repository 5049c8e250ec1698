//! `hotich paper issue`: ask for papers, see what they will say, sign, record, fetch the files.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value as Json, json};

use crate::args::IssuePaper;
use crate::client::{bytes, sign_draft};
use crate::copy;
use crate::key_file;
use crate::outcome::{Error, Outcome, Result};
use crate::remote::Remote;
use crate::verb::file::{acknowledge, show};
use civil::cose::SecretKey;

/// Issues a paper of each entry.
pub fn run(args: &IssuePaper) -> Result<Outcome> {
    let key = key_file::read(&args.key)?;
    let asked = asked(args, &key)?;
    let remote = args.remote.remote();
    if args.entry.len() > 1
        && let Some(folder) = &args.out
    {
        fs::create_dir_all(folder)?;
    }
    for entry in &args.entry {
        let mut request = asked.clone();
        request["entry"] = entry.as_str().into();
        issue(args, &remote, &key, &request)?;
    }
    Ok(Outcome::Well)
}

/// The request, but for its entry.
fn asked(args: &IssuePaper, key: &SecretKey) -> Result<Json> {
    let text = fs::read_to_string(&args.act)
        .map_err(|error| Error::using(format!("{}: {error}", args.act.display())))?;
    let mut act: Json = serde_json::from_str(&text)
        .map_err(|error| Error::using(format!("{}: {error}", args.act.display())))?;
    let Json::Object(members) = &mut act else {
        return Err(Error::using(format!("{}: not an object", args.act.display())));
    };
    members.entry("paper").or_insert_with(|| json!({}));
    if !members.contains_key("issued_on") {
        members.insert("issued_on".to_owned(), today()?.into());
    }
    let mut request = json!({
        "kind": "extract", "office": args.office, "key": key.public().id().to_string(), "act": act,
    });
    acknowledge(&mut request, &args.acknowledge)?;
    Ok(request)
}

fn issue(args: &IssuePaper, remote: &Remote<'_>, key: &SecretKey, request: &Json) -> Result<()> {
    let draft = remote.post("/v1/acts", request)?;
    let (envelope, sealed_body) = (bytes(&draft, "envelope")?, bytes(&draft, "sealed_body")?);
    let page = copy::check(&envelope, &sealed_body, |path| remote.get(path))?;
    show(&draft);
    if let Some(page) = &page {
        copy::show(page);
    }
    if args.draft {
        return Ok(());
    }
    let now_ms = crate::clock::asked_for()?.now_ms();
    let signed = sign_draft(request, &envelope, sealed_body, key, None, now_ms)?;
    let receipt = remote.post("/v1/events", &signed.to_json())?;
    let event = receipt["event"].as_str().unwrap_or_default();
    println!("recorded at position {}", receipt["position"]);
    println!("event  {event}");
    let file = remote.file(&format!("/v1/extracts/{event}/pdf"))?;
    println!("file   {}", file.write(&out(args, event))?);
    Ok(())
}

/// One file as it is named; several by their events.
fn out(args: &IssuePaper, event: &str) -> PathBuf {
    let named = PathBuf::from(format!("{event}.pdf"));
    match (&args.out, args.entry.len()) {
        (None, _) => named,
        (Some(file), 1) if !file.is_dir() => file.clone(),
        (Some(folder), _) => Path::new(folder).join(named),
    }
}

/// Today in Vietnam, by this machine's clock.
pub fn today() -> Result<String> {
    let seconds = u64::try_from(crate::clock::asked_for()?.now_ms() / 1_000).unwrap_or_default();
    let day = civil::event::day_in_vietnam(seconds);
    day.map(|day| day.to_string())
        .ok_or_else(|| Error::using("the clock is past the calendar's end"))
}
