//! `hotich file`: draft, read, sign locally, append. Both steps of the API with a key that never leaves the machine.

use std::fs;

use civil::act::Body;
use serde_json::{Value as Json, json};

use crate::args::File;
use crate::client::{bytes, sign_draft};
use crate::copy;
use crate::key_file;
use crate::outcome::{Error, Outcome, Result};
use crate::verb::proposal;

/// Files one act.
pub async fn run(args: File) -> Result<Outcome> {
    tokio::task::block_in_place(|| file(&args))
}

fn file(args: &File) -> Result<Outcome> {
    let key = key_file::read(&args.key)?;
    let second = args.second.as_deref().map(key_file::read).transpose()?;
    let text = fs::read_to_string(&args.act)
        .map_err(|error| Error::using(format!("{}: {error}", args.act.display())))?;
    let mut request: Json = serde_json::from_str(&text)
        .map_err(|error| Error::using(format!("{}: {error}", args.act.display())))?;
    request["key"] = key.public().id().to_string().into();
    acknowledge(&mut request, &args.acknowledge)?;
    let mut draft = post(args, "/v1/acts", &request)?;
    // What is taken over is drafted once more: an entry is proposed where a link leads.
    if proposal::link(&mut request, &args.link)? {
        draft = post(args, "/v1/acts", &request)?;
    }
    if proposal::reach(&mut request, &draft, &args.reach)? {
        draft = post(args, "/v1/acts", &request)?;
    }
    if !args.json {
        show(&draft);
        proposal::show_reached(&request);
        proposal::show(&draft);
    }
    if args.draft {
        if args.json {
            println!("{draft:#}");
        }
        return Ok(Outcome::Well);
    }
    let (envelope, sealed_body) = (bytes(&draft, "envelope")?, bytes(&draft, "sealed_body")?);
    copy::check(&envelope, &sealed_body, |path| get(args, path))?;
    let signed = sign_draft(
        &request,
        &envelope,
        sealed_body,
        &key,
        second.as_ref(),
        crate::clock::asked_for()?.now_ms(),
    )?;
    let receipt = post(args, "/v1/events", &signed.to_json())?;
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

fn acknowledge(request: &mut Json, given: &[String]) -> Result<()> {
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

fn show(draft: &Json) {
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

fn post(args: &File, path: &str, body: &Json) -> Result<Json> {
    let url = url(args, path);
    let sent = agent()
        .post(&url)
        .header("Authorization", &format!("Bearer {}", args.token))
        .header("Content-Type", "application/json")
        .send(body.to_string());
    answer(&url, sent)
}

fn get(args: &File, path: &str) -> Result<Json> {
    let url = url(args, path);
    let asked = agent()
        .get(&url)
        .header("Authorization", &format!("Bearer {}", args.token))
        .call();
    answer(&url, asked)
}

fn url(args: &File, path: &str) -> String {
    format!("{}{path}", args.server.trim_end_matches('/'))
}

fn agent() -> ureq::Agent {
    let config = ureq::Agent::config_builder().http_status_as_error(false);
    config.build().into()
}

fn answer(
    url: &str,
    response: std::result::Result<ureq::http::Response<ureq::Body>, ureq::Error>,
) -> Result<Json> {
    let failed = |error| Error::using(format!("{url}: {error}"));
    let mut response = response.map_err(failed)?;
    let status = response.status();
    let text = response.body_mut().read_to_string().map_err(failed)?;
    let answer: Json =
        serde_json::from_str(&text).map_err(|_| Error::using(format!("{url}: answered {status}")))?;
    if status.is_success() {
        Ok(answer)
    } else {
        Err(Error::Refused(format!("{status}\n{answer:#}")))
    }
}
