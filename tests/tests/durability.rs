//! What was receipted stays, whatever is killed, stopped or asked to end while offices append.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on stops where it stands"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;

use hotich_tests::{
    Api, Country, Crowd, Database, Dice, Engine, Ledger, PostgresCluster, Server, Told, act, chains,
    eventually, on_both_engines,
};
use serde_json::Value;

/// How many offices append at the same time, and how many events each.
const OFFICES: u32 = 8;
const EVENTS: usize = 60;

/// How often something is killed, and after how many requests or receipts at least and at most.
const BLOWS: u64 = 6;
const LEAST: u64 = 5;
const MOST: u64 = 60;

on_both_engines! {
    a_server_killed_under_load_loses_no_receipt
    a_server_asked_to_end_under_load_answers_or_refuses
    what_has_begun_when_the_server_is_asked_to_end_is_finished
    two_servers_of_one_ledger_record_everything_once
}

fn a_server_killed_under_load_loses_no_receipt(engine: Engine) {
    let (mut country, mut server) = Country::settle(engine, OFFICES);
    let before = country.api(&server).log_size();
    let crowd = Crowd::start(&server.url(""), chains(&mut country.officers, EVENTS));
    let mut dice = Dice::new(format!("kill -9 on {engine:?}"));
    for _ in 0..BLOWS {
        let more = dice.within(LEAST..MOST);
        match dice.within(0..2) {
            0 => crowd.wait_for_sent(more),
            _ => crowd.wait_for_receipts(more),
        }
        server.kill();
        server = country.ledger.serve();
        crowd.move_to(&server.url(""));
    }
    let setbacks = crowd.setbacks();
    assert!(
        setbacks.contains_key("connection"),
        "no request was hit: {setbacks:?}"
    );
    let told = crowd.finish();
    all_is_told_truly(&country, server, before, &told);
}

fn a_server_asked_to_end_under_load_answers_or_refuses(engine: Engine) {
    let (mut country, mut server) = Country::settle(engine, OFFICES);
    let before = country.api(&server).log_size();
    let crowd = Crowd::start(&server.url(""), chains(&mut country.officers, EVENTS));
    let mut dice = Dice::new(format!("SIGTERM on {engine:?}"));
    for _ in 0..3 {
        crowd.wait_for_receipts(dice.within(LEAST..MOST));
        let status = server.terminate();
        assert!(status.success(), "{status}\n{}", server.log());
        server = country.ledger.serve();
        crowd.move_to(&server.url(""));
    }
    let told = crowd.finish();
    all_is_told_truly(&country, server, before, &told);
}

fn two_servers_of_one_ledger_record_everything_once(engine: Engine) {
    let (mut country, one) = Country::settle(engine, OFFICES);
    let mut other = country.ledger.serve();
    let before = country.api(&one).log_size();
    let mut chains = chains(&mut country.officers, EVENTS);
    let rest = chains.split_off(chains.len() / 2);
    let crowds =
        [(&one, chains), (&other, rest)].map(|(server, chains)| Crowd::start(&server.url(""), chains));
    let told: Vec<Told> = crowds.into_iter().flat_map(Crowd::finish).collect();
    // What one has recorded the other shows.
    assert_eq!(country.api(&other).log_size(), before + told.len() as u64);
    assert!(other.terminate().success(), "{}", other.log());
    all_is_told_truly(&country, one, before, &told);
}

#[test]
fn a_postgresql_stopped_under_load_loses_no_receipt() {
    let cluster = PostgresCluster::new();
    let ledger = Ledger::found_in(Database::on(&cluster));
    let server = ledger.serve();
    let mut country = Country::settle_in(ledger, &server, OFFICES);
    let api = country.api(&server);
    let before = api.log_size();
    let crowd = Crowd::start(&server.url(""), chains(&mut country.officers, EVENTS));
    let mut dice = Dice::new("PostgreSQL stopped");
    for round in 0..3 {
        crowd.wait_for_receipts(dice.within(LEAST..MOST));
        crowd.until_it_hurts(|| cluster.stop_immediately());
        assert!(round > 0 || !api.is_ready(), "ready without a store");
        cluster.start();
        // Nobody touches the server: it finds its store again by itself.
        api.wait_until_ready();
    }
    let setbacks: BTreeSet<String> = crowd.setbacks().into_keys().collect();
    let expected = ["outcome_unknown", "read_only", "store_unavailable"].map(str::to_owned);
    assert!(setbacks.is_subset(&expected.into()), "{setbacks:?}");
    let told = crowd.finish();
    all_is_told_truly(&country, server, before, &told);
}

/// The log holds each event once, at the place its receipt says; asking again gets the same receipt; the audit is green.
#[track_caller]
fn all_is_told_truly(country: &Country, mut server: Server, before: u64, told: &[Told]) {
    assert_eq!(told.len(), OFFICES as usize * EVENTS);
    let api = country.api(&server);
    let log: BTreeMap<String, Value> = api
        .log_from(0)
        .into_iter()
        .map(|event| (text(&event, "event"), event))
        .collect();
    let size = before + told.len() as u64;
    assert_eq!(
        (log.len() as u64, api.log_size()),
        (size, size),
        "an event is there twice, or one that nobody sent"
    );
    for Told { event, receipt } in told {
        let stored = &log[&event.event.to_string()];
        assert_eq!(stored["position"], receipt["position"], "{}", event.event);
        assert_eq!(text(stored, "hash"), event.hash().to_string());
        let again = api.post("/v1/events", &event.request());
        assert!(again.is_receipt(), "{}", again.text);
        assert_eq!(&again.json, receipt, "another receipt for {}", event.event);
    }
    assert!(server.terminate().success(), "{}", server.log());
    assert_eq!(country.ledger.audit_is_green(), size);
}

fn what_has_begun_when_the_server_is_asked_to_end_is_finished(engine: Engine) {
    let (mut country, mut server) = Country::settle(engine, 1);
    let event = country.officer(1).file("birth", &act::birth("Nguyễn Thị An"));
    let request = event.request().to_string();
    let address = server.url("").trim_start_matches("http://").to_owned();
    let mut connection = TcpStream::connect(&address).unwrap();
    let head = format!(
        "POST /v1/events HTTP/1.1\r\nHost: {address}\r\nContent-Type: application/json\r\n\
         Content-Length: {}\r\nExpect: 100-continue\r\n\r\n",
        request.len()
    );
    connection.write_all(head.as_bytes()).unwrap();
    // The server says so when it begins to read the body: the request has reached its endpoint.
    let mut said = BufReader::new(connection.try_clone().unwrap());
    let mut line = String::new();
    said.read_line(&mut line).unwrap();
    assert!(line.starts_with("HTTP/1.1 100"), "{line}");

    server.ask_to_end();
    eventually("nobody new is let in", || TcpStream::connect(&address).is_err());
    connection.write_all(request.as_bytes()).unwrap();
    let mut answer = String::new();
    said.read_to_string(&mut answer).unwrap();
    assert!(answer.contains("HTTP/1.1 201"), "{answer}");
    assert!(server.wait().success(), "{}", server.log());

    let server = country.ledger.serve();
    let again = Api::at(&server.url(""))
        .post("/v1/events", &event.request())
        .with(200);
    assert!(answer.contains(&text(&again.json, "hash")), "{answer}");
}

fn text(json: &Value, member: &str) -> String {
    json[member]
        .as_str()
        .unwrap_or_else(|| panic!("no {member} in {json}"))
        .to_owned()
}
