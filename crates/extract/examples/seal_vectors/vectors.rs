//! The vectors: a published key, what it signs, and what every reader must refuse.

use std::error::Error;

use civil::id::{EventId, OfficeId};
use civil::law::{Paper, PaperForm};
use civil::paper::PaperContent;
use civil::seal::{
    Fate, IssuedFacts, PaperClaim, PaperCode, STATUS_LIST, SealCertificate, SealUse, StatusList, TRUST_LIST,
    TrustList, TrustedSeal, base45, sign1,
};
use civil::value::Date;
use extract::sample;
use extract::seal::{Certified, FileKey, SealKey, code_of, qr_cose, qr_text, sign_list};
use serde_json::{Value as Json, json};

type Outcome<T> = Result<T, Box<dyn Error>>;

const ORIGIN: &str = "hotich.example/log";
/// 2026-11-22 02:00 UTC.
const AT: u64 = 1_795_312_800;
const YEAR: u64 = 365 * 86_400;
const ROOT: [u8; 32] = [7; 32];
const SEAL: [u8; 32] = [8; 32];

fn certified(name: &str, office: u32, used_for: SealUse, serial: u8) -> Certified<'_> {
    Certified {
        name,
        office: OfficeId(office),
        used_for,
        from: AT - YEAR,
        until: AT + 20 * YEAR,
        serial: [serial; 16],
    }
}

/// All of them, as JSON.
pub fn seal_vectors() -> Outcome<String> {
    let root = FileKey::root(&ROOT, &certified("Gốc thử nghiệm", 0, SealUse::Root, 1))?;
    let name = "Ủy ban nhân dân phường Cam Ly - Đà Lạt";
    let seal = FileKey::issued(&SEAL, &certified(name, 2, SealUse::Seal, 2), &root)?;
    let claims = claims(&seal)?;
    let trust = trust_list(&root, &seal)?;
    let status = status_list(&root)?;
    let document = json!({
        "made_by": "cargo run -p extract --example seal_vectors > schemas/papers/seals.json",
        "keys": [key("root", &ROOT, &root)?, key("seal", &SEAL, &seal)?],
        "base45": [["", ""], ["4142", "BB8"], ["48656c6c6f2121", "%69 VD92EX0"], ["00ff", base45::encode(&[0, 0xff])]],
        "codes": codes(),
        "refused_codes": ["", "7K2MD-0Q9XH-VV3TA-1ZC4", "7K2MD-0Q9XH-VV3TA-1ZC4E0", "7K2MD-0Q9XH-VV3TA-1ZC4U", "7K2MD_0Q9XH_VV3TA_1ZC4E"],
        "claims": claims,
        "trust_list": trust,
        "status_list": status,
        "refused": refused(&seal)?,
    });
    Ok(serde_json::to_string_pretty(&document)?)
}

fn key(name: &str, secret: &[u8], key: &FileKey) -> Outcome<Json> {
    let own = key.chain().first().ok_or("no certificate")?;
    let certificate = SealCertificate::parse(own)?;
    Ok(json!({
        "name": name,
        "secret": hex(secret),
        "certificate": hex(own),
        "key_id": hex(&certificate.key_id()),
        "kid": hex(&certificate.kid()),
        "fingerprint": hex(&certificate.fingerprint()),
    }))
}

fn codes() -> Vec<Json> {
    let chances = [[0; 13], [0xff; 13], [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13]];
    let code = |chance: &[u8; 13]| {
        let code = PaperCode::from_chance(*chance);
        json!({
            "chance": hex(chance),
            "letters": code.letters(),
            "shown": code.to_string(),
            "hash": hex(&code.hash()),
            "status_id": hex(&code.status_id()),
        })
    };
    chances.iter().map(code).collect()
}

fn content(paper: Paper, form: PaperForm) -> Outcome<PaperContent> {
    Ok(sample(paper, form, Date::new(2026, 11, 22)?)?)
}

/// Codes and hashes as they are in life: no compression helps with them.
fn code(number: u8) -> PaperCode {
    let mut chance = [0; 13];
    chance.copy_from_slice(&PaperCode::from_chance([number; 13]).hash()[..13]);
    PaperCode::from_chance(chance)
}

fn issued(code: &PaperCode) -> IssuedFacts<'_> {
    let mut chance = [0; 10];
    chance.copy_from_slice(&code.hash()[..10]);
    IssuedFacts {
        origin: ORIGIN,
        event: EventId::at(AT * 1_000, chance),
        signed_at: AT,
        office: OfficeId(2),
        leaf_hash: code.hash(),
        position: 1_234_567,
        code,
    }
}

fn claims(seal: &FileKey) -> Outcome<Vec<Json>> {
    let wanted = [
        (Paper::Birth, PaperForm::Original, 0),
        (Paper::Birth, PaperForm::Copy, 0),
        (Paper::Birth, PaperForm::Copy, 3),
        (Paper::Marriage, PaperForm::Copy, 0),
        (Paper::Death, PaperForm::Copy, 1),
    ];
    let mut claims = Vec::new();
    for (number, (paper, form, notes)) in (1..).zip(wanted) {
        let mut content = content(paper, form)?;
        content.notes = (1..=notes)
            .map(|number| format!("Ghi chú thứ {number}, có số {}.", number * 7_919))
            .collect();
        let code = code(number);
        let (cose, text) = code_of(&content, &issued(&code), seal)?;
        let payload = civil::seal::Sign1::parse(&cose)?.payload.to_vec();
        let claim = PaperClaim::decode(&payload)?;
        claims.push(json!({
            "content": hex(&content.encode()),
            "code": code.letters(),
            "claim": claim_json(&claim),
            "payload": hex(&payload),
            "cose": hex(&cose),
            "text": text,
        }));
    }
    Ok(claims)
}

fn claim_json(claim: &PaperClaim) -> Json {
    let fields = claim.fields.iter().map(|(id, value)| json!([id.number(), value]));
    json!({
        "origin": claim.origin,
        "signed_at": claim.signed_at,
        "event": claim.event.to_string(),
        "full_name": claim.identity.full_name,
        "born_on": claim.identity.born_on.map(|day| day.to_string()),
        "gender": claim.identity.gender,
        "paper": claim.paper.code(),
        "form": claim.form.code(),
        "number": claim.number,
        "issued_on": claim.issued_on.to_string(),
        "office": claim.office.0,
        "leaf_hash": hex(&claim.leaf_hash),
        "position": claim.position,
        "content_hash": hex(&claim.content_hash),
        "fields": fields.collect::<Vec<_>>(),
        "notes": claim.notes,
        "notes_left_out": claim.notes_left_out,
    })
}

fn trust_list(root: &FileKey, seal: &FileKey) -> Outcome<Json> {
    let own = |key: &FileKey| key.chain().first().cloned().ok_or("no certificate");
    let list = TrustList {
        origin: ORIGIN.to_owned(),
        made_at: AT + 86_400,
        next_update: AT + 31 * 86_400,
        roots: vec![own(root)?],
        seals: vec![TrustedSeal {
            office: OfficeId(2),
            used_for: SealUse::Seal,
            certificate: own(seal)?,
            from: Date::new(2026, 1, 1)?,
            until: Date::new(2030, 12, 31)?,
            revoked_on: Some(Date::new(2028, 2, 29)?),
            suspect_since: Some(Date::new(2028, 2, 1)?),
            reason: Some("Mất thiết bị lưu khóa".to_owned()),
        }],
        log_key: "hotich.example/log+00000000+AA==".to_owned(),
    };
    let signed = sign_list(TRUST_LIST, &list.encode(), root)?;
    Ok(json!({ "payload": hex(&list.encode()), "cose": hex(&signed), "signed_by": "root" }))
}

fn status_list(root: &FileKey) -> Outcome<Json> {
    let fates = [
        (code(5), Fate::Revoked, Date::new(2026, 12, 1)?),
        (code(3), Fate::Superseded, Date::new(2026, 11, 30)?),
    ];
    let listed = fates
        .iter()
        .map(|(code, fate, day)| (code.status_id(), *fate, *day));
    let list = StatusList::new(ORIGIN, AT + 90_000, AT + 180_000, 2_000_000, listed);
    let signed = sign_list(STATUS_LIST, &list.encode(), root)?;
    let papers = fates.iter().map(|(code, fate, day)| {
        let fate = if *fate == Fate::Revoked {
            "revoked"
        } else {
            "superseded"
        };
        json!([code.letters(), fate, day.to_string()])
    });
    Ok(json!({
        "size": list.size,
        "papers": papers.collect::<Vec<_>>(),
        "payload": hex(&list.encode()),
        "cose": hex(&signed),
        "signed_by": "root",
    }))
}

/// Bytes with a fault each. What they are of, and what is wrong with them, in words.
fn refused(seal: &FileKey) -> Outcome<Vec<Json>> {
    let code = code(3);
    let claim = PaperClaim::of(&content(Paper::Birth, PaperForm::Copy)?, &issued(&code));
    let payload = claim.encode();
    let cose = qr_cose(&claim, seal)?;
    let text = qr_text(&cose);
    let list = StatusList::new(
        ORIGIN,
        1,
        2,
        3,
        [([1; 16], Fate::Revoked, Date::new(2026, 12, 1)?)],
    )
    .encode();
    let changed = |bytes: &[u8], from: &[u8], to: &[u8]| -> Outcome<Vec<u8>> {
        let at = bytes
            .windows(from.len())
            .position(|found| found == from)
            .ok_or("nothing to change")?;
        Ok([&bytes[..at], to, &bytes[at + from.len()..]].concat())
    };
    let more = |bytes: &[u8]| [bytes, &[0]].concat();
    let deep = [&[0x81; 4_000][..], &[0]].concat();
    let kid = civil::seal::kid_of(&seal.key_id());
    let typed = sign1(Some("text/plain"), &kid, &payload, |message| {
        extract::seal::sign_es256(seal, message)
    })?;
    let bomb = {
        let long = vec![0; 1 << 20];
        base45::encode(&miniz_oxide::deflate::compress_to_vec_zlib(&long, 9))
    };
    let issuer = [&[0xa5, 0x01][..], &[0x72], ORIGIN.as_bytes()].concat();
    let longer = [&[0xa5, 0x01][..], &[0x78, 0x12], ORIGIN.as_bytes()].concat();
    // The letters of the code, as text under key 2.
    let letters = [&[0x02, 0x74][..], code.letters().as_bytes()].concat();
    let bad_letter = [&[0x02, 0x74][..], &code.letters().as_bytes()[..19], b"U"].concat();
    Ok(vec![
        json!({ "name": "a byte follows the claim", "item": "claim", "bytes": hex(&more(&payload)) }),
        json!({ "name": "the claim is cut", "item": "claim", "bytes": hex(&payload[..payload.len() - 1]) }),
        json!({ "name": "a length not in its shortest form", "item": "claim", "bytes": hex(&changed(&payload, &issuer, &longer)?) }),
        json!({ "name": "paper 0", "item": "claim", "bytes": hex(&changed(&payload, &[0x01, 0x82, 0x01, 0x02], &[0x01, 0x82, 0x00, 0x02])?) }),
        json!({ "name": "paper 19", "item": "claim", "bytes": hex(&changed(&payload, &[0x01, 0x82, 0x01, 0x02], &[0x01, 0x82, 0x13, 0x02])?) }),
        json!({ "name": "form 3", "item": "claim", "bytes": hex(&changed(&payload, &[0x01, 0x82, 0x01, 0x02], &[0x01, 0x82, 0x01, 0x03])?) }),
        json!({ "name": "a letter that codes do not have", "item": "claim", "bytes": hex(&changed(&payload, &letters, &bad_letter)?) }),
        json!({ "name": "four thousand arrays in each other", "item": "claim", "bytes": hex(&deep) }),
        json!({ "name": "a byte follows the signed claim", "item": "sign1", "bytes": hex(&more(&cose)) }),
        json!({ "name": "another algorithm", "item": "sign1", "bytes": hex(&changed(&cose, &[0x01, 0x26], &[0x01, 0x27])?) }),
        json!({ "name": "a content type in a code", "item": "text", "text": qr_text(&typed) }),
        json!({ "name": "a letter that base45 does not have", "item": "text", "text": text.to_lowercase() }),
        json!({ "name": "a mebibyte of zeros", "item": "text", "text": bomb }),
        json!({ "name": "a byte follows the status list", "item": "status_list", "bytes": hex(&more(&list)) }),
        json!({ "name": "state 3", "item": "status_list", "bytes": hex(&changed(&list, &[1, 2, 0, 0], &[1, 3, 0, 0])?) }),
        json!({ "name": "a record that is too short", "item": "status_list", "bytes": hex(&changed(&list[..list.len() - 1], &[0x05, 0x55], &[0x05, 0x54])?) }),
        json!({ "name": "a byte follows the trust list", "item": "trust_list", "bytes": "a0ff" }),
        json!({ "name": "an empty trust list", "item": "trust_list", "bytes": "a0" }),
    ])
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
