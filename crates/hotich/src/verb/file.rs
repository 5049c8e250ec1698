//! `hotich file`: draft, read, sign locally, append. Both steps of the API with a key that never leaves the machine.

use std::fs;

use civil::act::Body;
use serde_json::{Value as Json, json};

use crate::args::File;
use crate::client::{bytes, sign_draft};
use crate::copy;
use crate::key_file;
use crate::monitor::Monitor;
use crate::outcome::{Error, Outcome, Result};
use crate::publishing::read_policy;
use crate::remote::Remote;
use crate::verb::proposal;

/// Files one act.
pub async fn run(args: File) -> Result<Outcome> {
    tokio::task::block_in_place(|| file(&args))
}

fn file(args: &File) -> Result<Outcome> {
    let remote = Remote {
        server: &args.server,
        token: &args.token,
    };
    let key = key_file::read(&args.key)?;
    let second = args.second.as_deref().map(key_file::read).transpose()?;
    let text = fs::read_to_string(&args.act)
        .map_err(|error| Error::using(format!("{}: {error}", args.act.display())))?;
    let mut request: Json = serde_json::from_str(&text)
        .map_err(|error| Error::using(format!("{}: {error}", args.act.display())))?;
    request["key"] = key.public().id().to_string().into();
    acknowledge(&mut request, &args.acknowledge)?;
    let mut monitor = monitor(args, &remote)?;
    if let Some(monitor) = &mut monitor {
        monitor.look()?;
    }
    let mut draft = remote.post("/v1/acts", &request)?;
    // What is taken over is drafted once more: an entry is proposed where a link leads.
    if proposal::link(&mut request, &args.link)? {
        draft = remote.post("/v1/acts", &request)?;
    }
    if proposal::reach(&mut request, &draft, &args.reach)? {
        draft = remote.post("/v1/acts", &request)?;
    }
    if !args.json {
        show(&draft);
        proposal::show_reached(&request);
        proposal::show(&draft);
    }
    let (envelope, sealed_body) = (bytes(&draft, "envelope")?, bytes(&draft, "sealed_body")?);
    let page = copy::check(&envelope, &sealed_body, |path| remote.get(path))?;
    if let Some(page) = page.filter(|_| !args.json) {
        copy::show(&page);
    }
    if args.draft {
        if args.json {
            println!("{draft:#}");
        }
        return Ok(Outcome::Well);
    }
    let signed = sign_draft(
        &request,
        &envelope,
        sealed_body,
        &key,
        second.as_ref(),
        crate::clock::asked_for()?.now_ms(),
    )?;
    let receipt = remote.post("/v1/events", &signed.to_json())?;
    if let Some(monitor) = &mut monitor {
        let position = receipt["position"].as_u64();
        let position = position.ok_or_else(|| Error::Refused("the receipt names no position".to_owned()))?;
        monitor.accept(&signed.signed, position)?;
    }
    if args.json {
        println!("{receipt:#}");
    } else {
        println!(
            "recorded at position {} in a tree of {}",
            receipt["position"], receipt["tree_size"]
        );
        println!("event  {}", receipt["event"].as_str().unwrap_or_default());
        if let Some(entry) = receipt["entry"].as_str() {
            println!("entry  {entry}");
        }
        println!("hash   {}", receipt["hash"].as_str().unwrap_or_default());
    }
    Ok(Outcome::Well)
}

/// What this office knows of the log, where it was given a policy to judge it by.
fn monitor<'a>(args: &File, remote: &Remote<'a>) -> Result<Option<Monitor<Remote<'a>>>> {
    let Some(policy) = &args.policy else {
        return Ok(None);
    };
    let kept = args.checkpoint.clone();
    let kept = kept.unwrap_or_else(|| args.key.with_extension("checkpoint"));
    Monitor::open(remote.clone(), read_policy(policy)?, kept).map(Some)
}

/// Puts acknowledgements, each `code=reason`, into a request.
pub fn acknowledge(request: &mut Json, given: &[String]) -> Result<()> {
    for pair in given {
        let (warning, reason) = pair
            .split_once('=')
            .ok_or_else(|| Error::using("--acknowledge wants code=reason"))?;
        let seen = json!({ "warning": warning, "reason": reason });
        match request.get_mut("acknowledgements").and_then(Json::as_array_mut) {
            Some(list) => list.push(seen),
            None => request["acknowledgements"] = json!([seen]),
        }
    }
    Ok(())
}

/// Prints what an officer must see of a draft.
pub fn show(draft: &Json) {
    println!("{}", draft["summary"].as_str().unwrap_or_default());
    // What the ledger fills in is shown as it will be signed, and not as the ledger words it.
    let body = bytes(draft, "sealed_body")
        .ok()
        .and_then(|sealed| Body::unseal(&sealed).ok());
    if let Some(number) = body
        .map(|body| body.act.number_shown())
        .filter(|number| !number.is_empty())
    {
        println!("  number {number}");
    }
    for warning in draft["warnings"].as_array().into_iter().flatten() {
        let state = if warning["acknowledged"] == true {
            "acknowledged"
        } else {
            "NOT acknowledged"
        };
        println!(
            "  warning {} at {} ({state}): {}",
            warning["code"].as_str().unwrap_or_default(),
            warning["pointer"].as_str().unwrap_or_default(),
            warning["vi"].as_str().unwrap_or_default(),
        );
    }
    for effect in draft["effects"].as_array().into_iter().flatten() {
        println!(
            "  note at {}: {}",
            effect["entry"].as_str().unwrap_or_default(),
            effect["note"].as_str().unwrap_or_default()
        );
    }
    for found in draft["duplicates"].as_array().into_iter().flatten() {
        println!(
            "  may be {} ({})",
            found["entry"].as_str().unwrap_or_default(),
            found["score"]
        );
    }
    for notice in draft["notices"].as_array().into_iter().flatten() {
        println!(
            "  notice owed to office {} by {}",
            notice["to"],
            notice["due_on"].as_str().unwrap_or_default()
        );
    }
}
