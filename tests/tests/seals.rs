//! Seals as an office has them: dated by an authority on the network, with keys in tokens; and pictures of what they seal.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on stops where it stands"
)]

use std::fs;

use hotich_tests::{Api, Desk, Engine, PIN, TimeAuthority, Token, on_both_engines};
use serde_json::json;

on_both_engines! {
    a_seal_is_dated_by_an_authority_and_nobody_waits_for_one_that_is_silent
    a_seal_lies_in_a_token_and_is_granted_served_and_kept_from_there
    a_picture_of_a_page_proves_itself_by_its_code
    a_copy_that_is_asked_for_from_home_bears_the_seal_of_the_desk_alone
}

fn a_seal_is_dated_by_an_authority_and_nobody_waits_for_one_that_is_silent(engine: Engine) {
    let desk = Desk::settle(engine);
    desk.seal(1).with(0);
    let authority = TimeAuthority::open(desk.country.ledger.folder().path(), &desk.country.ledger.keys());
    let stamped = ["--time-stamps", authority.url()];
    let server = desk.serve(&stamped);
    let (event, dated) = desk.issue(&server);
    let judged = desk.verify(&dated).with(0);
    assert!(judged.out.contains("Time stamp: "), "{}", judged.out);
    assert_eq!(authority.asked(), 1);
    assert!(
        desk.fetch(&server, &event) == dated,
        "the date is kept, not asked for again"
    );
    assert_eq!(authority.asked(), 1);

    // Silent: the paper is handed out without the date, and the one behind it does not even ask.
    authority.answers(false);
    let (undated_event, undated) = desk.issue(&server);
    let judged = desk.verify(&undated).with(0);
    assert!(!judged.out.contains("Time stamp: "), "{}", judged.out);
    assert!(
        server.log().contains("is sealed without a time stamp"),
        "{}",
        server.log()
    );
    let asked = authority.asked();
    desk.issue(&server);
    assert_eq!(authority.asked(), asked, "an authority that failed rests");
    drop(server);

    // Back again: new papers are dated, and those that were handed out stay what they were.
    authority.answers(true);
    let server = desk.serve(&stamped);
    assert!(desk.fetch(&server, &undated_event) == undated);
    assert!(desk.fetch(&server, &event) == dated);
    let (_, later) = desk.issue(&server);
    assert!(desk.verify(&later).with(0).out.contains("Time stamp: "));

    let no_address = desk.run(&["serve", "--time-stamps", "tsa.example"], &[]).with(2);
    assert!(
        no_address.err.contains("no address of a time-stamp authority"),
        "{}",
        no_address.err
    );
}

fn a_seal_lies_in_a_token_and_is_granted_served_and_kept_from_there(engine: Engine) {
    let desk = Desk::settle(engine);
    let keys = desk.country.ledger.keys();
    let token = Token::with_key(desk.country.ledger.folder().path(), "con-dau-1");
    let (name, value) = token.environment();
    let desk = desk.within(name, value);
    fs::write(format!("{keys}/seal-1.pkcs11"), token.file("con-dau-1")).unwrap();
    fs::write(format!("{keys}/pin"), format!("{PIN}\n")).unwrap();
    // A key that has no certificate yet keeps nobody from serving.
    drop(desk.serve(&[]));
    desk.seal(1).with(0);
    assert!(
        !fs::exists(format!("{keys}/seal-1.key")).unwrap(),
        "the key stays where it is"
    );
    desk.seal(1).with(2);

    let server = desk.serve(&[]);
    let (event, file) = desk.issue(&server);
    desk.verify(&file).with(0);
    drop(server);
    // A token never signs the same twice: what it signed is kept.
    let server = desk.serve(&[]);
    assert!(desk.fetch(&server, &event) == file);
    drop(server);

    fs::write(format!("{keys}/pin"), "0000").unwrap();
    let refused = desk.run(&["serve", "--listen", "127.0.0.1:0"], &[]).with(2);
    assert!(
        refused.err.contains("seal-1.pkcs11") && !refused.err.contains("0000"),
        "{}",
        refused.err
    );
    fs::copy(format!("{keys}/seal-0.key"), format!("{keys}/seal-1.key")).unwrap();
    let both = desk.run(&["serve", "--listen", "127.0.0.1:0"], &[]).with(2);
    assert!(
        both.err.contains("a key in a file and one in a token"),
        "{}",
        both.err
    );
}

fn a_copy_that_is_asked_for_from_home_bears_the_seal_of_the_desk_alone(engine: Engine) {
    let desk = Desk::settle(engine);
    desk.seal(1).with(0);
    let key = desk.key("desk");
    let server = desk.serve(&[]);
    let asked = json!({
        "channel": "online", "identity_paper": { "kind": "cccd", "number": "054319000123" },
        "signer": { "missing": "not_in_book" },
    });
    let (event, file) = desk.issue_as(&server, &key, &asked);
    let judged = desk.verify(&file).with(0);
    assert!(judged.out.contains("NGUYỄN THỊ AN"), "{}", judged.out);
    let (_, token) = desk.credentials();
    let api = Api::at(&server.url("")).with_token(token);
    let page = &api.get(&format!("/v1/extracts/{event}")).with(200).json["page"];
    assert_eq!(
        (&page["signed"]["name"], &page["signed"]["title"]),
        (&json!(""), &json!(""))
    );
    assert_eq!(
        page["number"],
        format!("1/{}/GKS-BS", &page["issued_on"].as_str().unwrap()[..4])
    );
    // The desk hands out what stands in the books, and writes nothing into them.
    let birth = desk.file("birth.json");
    desk.ask(&server, &["file", &birth, "--key", &key]).with(1);
    desk.country.ledger.audit_is_green();
}

fn a_picture_of_a_page_proves_itself_by_its_code(engine: Engine) {
    let desk = Desk::settle(engine);
    desk.seal(1).with(0);
    let server = desk.serve(&[]);
    let (event, file) = desk.issue(&server);
    let out = desk.file("page.png");
    // Programs that read codes fail on one size and read the next: one is enough to prove the picture.
    let proves = |dpi: &str| {
        let fetch = ["paper", "fetch", &event, "--png", "--dpi", dpi, "--out", &out];
        desk.ask(&server, &fetch).with(0);
        let judged = desk.verify(&fs::read(&out).unwrap());
        judged.status == Some(0) && judged.out.contains("NGUYỄN THỊ AN")
    };
    assert!(["150", "200", "300"].into_iter().any(proves));
    assert!(desk.fetch(&server, &event) == file, "a picture changes nothing");
    for wrong in [["--dpi", "50"], ["--page", "9"]] {
        let fetch = [&["paper", "fetch", &event, "--png", "--out", &out][..], &wrong].concat();
        desk.ask(&server, &fetch).with(1);
    }
}
