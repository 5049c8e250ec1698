//! Negative vectors of what RFC 0004, RFC 0005 and RFC 0007 add to the events.

use ciborium::Value;
use civil::kind::Kind;
use serde_json::json;

use crate::refused::{Refused, file, int, list, text};
use crate::refused2::{Good, bytes, entry, spoilt};
use crate::story3;

/// The file.
pub fn to_json() -> String {
    let chain = story3::chain();
    let mut all = sheets(&Good::of(&chain, "a copy with all that it can say"));
    all.extend(rights(&Good::of(&chain, "a copy that tells of it")));
    all.extend(confirmations(&Good::of(
        &chain,
        "a confirmation that is handed out",
    )));
    all.extend(originals(&Good::of(&chain, "the original of the birth")));
    all.extend(seals(&Good::of(&chain, "the seal of an office")));
    all.extend(ends(&Good::of(&chain, "the seal is revoked")));
    all.push(entry_of_a_seal());
    all.extend(heads(&Good::of(&chain, "the heads and the log of accesses")));
    all.push(entry_of_heads());
    file(all)
}

fn sheets(copy: &Good) -> Vec<Refused> {
    let code = |name: &str, code: &str| copy.with(name, &[2, 7, 4], text(code));
    vec![
        copy.with("a paper of code 0", &[2, 7, 0], int(0)),
        copy.with("a paper of code 19, which nobody has given", &[2, 7, 0], int(19)),
        copy.with("a paper by its name", &[2, 7, 0], text("birth")),
        copy.with("a form of code 0", &[2, 7, 1], int(0)),
        copy.with("a form of code 3, which nobody has given", &[2, 7, 1], int(3)),
        copy.with("a template by a number", &[2, 7, 2], int(2016))
            .by_meaning(),
        copy.with("a template hash of 31 bytes", &[2, 7, 3], bytes(31)),
        code("a code with a letter that no code has", "7K2MD0Q9XHVV3TA1ZC4U"),
        code("a code in small letters", "7k2md0q9xhvv3ta1zc4e"),
        code("a code with hyphens", "7K2MD-0Q9XH-VV3TA-1ZC4E"),
        code("a code of nineteen letters", "7K2MD0Q9XHVV3TA1ZC4"),
        code("a code of twenty-one letters", "7K2MD0Q9XHVV3TA1ZC4E0").by_meaning(),
        copy.with("a code as bytes", &[2, 7, 4], bytes(20)),
        copy.with("no header lines, as an empty list", &[2, 7, 5], list([])),
        copy.with("an empty header line", &[2, 7, 5], list([text("")])),
        copy.with("a header in one text", &[2, 7, 5], text("ỦY BAN NHÂN DÂN")),
        copy.with("null where the place is left out", &[2, 7, 6], Value::Null),
        copy.with("a ninth field of a sheet", &[2, 7, 8], int(0))
            .by_meaning(),
        copy.without("a sheet of no paper", &[2, 7], 0),
        copy.without("a sheet without a form", &[2, 7], 1),
        copy.without("a sheet without a template", &[2, 7], 2),
        copy.without("a sheet without the hash of its template", &[2, 7], 3),
        copy.without("a sheet without a code", &[2, 7], 4),
        copy.with("a sheet as a list", &[2, 7], list([int(1), int(2)])),
        copy.with(
            "an identity paper without its kind and number",
            &[2, 10],
            Value::Map(Vec::new()),
        ),
        copy.with("an empty purpose", &[2, 11], text("")),
        copy.with(
            "a day of reception without leading zeros",
            &[2, 12],
            text("2026-2-3"),
        ),
        copy.with("a channel that nobody knows", &[2, 13], int(7)),
        copy.with("a fifteenth field of an extract", &[2, 14], int(0))
            .by_meaning(),
    ]
}

fn rights(told: &Good) -> Vec<Refused> {
    vec![
        told.with("a ground of code 0", &[2, 8, 0], int(0)),
        told.with("a ground of code 7, which nobody has given", &[2, 8, 0], int(7)),
        told.without("a right without a ground", &[2, 8], 0),
        told.with(
            "a person of an entry of 15 bytes",
            &[2, 8, 1],
            Value::Map(vec![(int(0), bytes(15)), (int(1), int(1))]),
        ),
        told.with("empty evidence", &[2, 8, 2], text("")),
        told.with("a fourth field of a right", &[2, 8, 3], int(0))
            .by_meaning(),
        told.with("a matter of code 0", &[2, 9, 0], list([int(0)])),
        told.with(
            "a matter of code 2, which nobody has given",
            &[2, 9, 0],
            list([int(2)]),
        ),
        told.with("nothing told, as an empty list", &[2, 9, 0], list([])),
        told.with("a matter without its list", &[2, 9, 0], int(1)),
        told.without("what is told without a basis", &[2, 9], 1),
        told.with("a third field of what is told", &[2, 9, 2], int(0))
            .by_meaning(),
    ]
}

fn confirmations(confirmation: &Good) -> Vec<Refused> {
    vec![
        confirmation.with("null where the sheet is left out", &[2, 13], Value::Null),
        confirmation.with("a sheet of a confirmation of code 0", &[2, 13, 0], int(0)),
        confirmation
            .with("a fifteenth field of a confirmation", &[2, 14], int(0))
            .by_meaning(),
    ]
}

fn originals(original: &Good) -> Vec<Refused> {
    vec![
        original.with("null for the number of an original", &[2, 0], Value::Null),
        original.without("an original without its empty number", &[2], 0),
    ]
}

fn seals(seal: &Good) -> Vec<Refused> {
    let kinds = [11, 88, 126].into_iter();
    let mut all: Vec<Refused> = kinds
        .map(|kind| seal.with(&format!("kind {kind}, which nobody has given"), &[1], int(kind)))
        .collect();
    all.extend([
        seal.with("a seal under the kind of its revocation", &[1], int(13)),
        seal.with("a use of code 0", &[2, 1], int(0)),
        seal.with("a use of code 4, which nobody has given", &[2, 1], int(4)),
        seal.with("a certificate in text", &[2, 2], text("3082")),
        seal.with("a first day as text of a month", &[2, 3], text("2026-11")),
        seal.without("a seal of no office", &[2], 0),
        seal.without("a seal without a certificate", &[2], 2),
        seal.without("a seal without a last day", &[2], 4),
        seal.with("a sixth field of a seal", &[2, 5], int(0)).by_meaning(),
    ]);
    all
}

fn ends(revoked: &Good) -> Vec<Refused> {
    vec![
        revoked.with("the key of a seal of 31 bytes", &[2, 0], bytes(31)),
        revoked.with("the key of a seal in hexadecimal", &[2, 0], text("00".repeat(32))),
        revoked.without("a seal revoked on no day", &[2], 1),
        revoked.without("a seal revoked for no reason", &[2], 2),
        revoked.with("a suspicion since a month", &[2, 3], text("2026-11")),
        revoked
            .with("a fifth field of a revocation", &[2, 4], int(0))
            .by_meaning(),
    ]
}

fn entry_of_a_seal() -> Refused {
    let act = json!({ "key": "11".repeat(32), "on": "2026-06-01", "reason": "x" });
    spoilt(
        "an entry for the revocation of a seal",
        Kind::SealRevoked,
        &act,
        &[],
        |envelope| {
            envelope.entry = Some(entry(0));
        },
    )
}

fn heads(list: &Good) -> Vec<Refused> {
    vec![
        list.with("a list of stream heads under the kind of a seal", &[1], int(12)),
        list.with("a list of a month", &[2, 0], text("2026-12")),
        list.with("a size in text", &[2, 1], text("40")),
        list.without("a list of no size", &[2], 1),
        list.without("a list without a number of streams", &[2], 2),
        list.with("a root of 31 bytes", &[2, 3], bytes(31)),
        list.without("a list without a root", &[2], 3),
        list.with(
            "the head of the log of accesses in hexadecimal",
            &[2, 5],
            text("5c".repeat(32)),
        ),
        list.with("a seventh field of a list", &[2, 6], int(0))
            .by_meaning(),
    ]
}

fn entry_of_heads() -> Refused {
    let act = json!({ "day": "2026-06-01", "size": 4, "streams": 1, "root": "11".repeat(32) });
    spoilt(
        "an entry for a list of stream heads",
        Kind::StreamHeads,
        &act,
        &[],
        |envelope| {
            envelope.entry = Some(entry(0));
        },
    )
}
