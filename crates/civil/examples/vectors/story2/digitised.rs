//! What is taken over from old books: without a day, without a number, with an age for a year and two readings.

use civil::kind::Kind;
use serde_json::json;

use super::people::{earlier, source};
use super::{OLD_BOOKS, file};
use crate::chain::Chain;

pub fn record(chain: &mut Chain) {
    file(
        chain,
        "a birth of an old book without day, number and tick",
        OLD_BOOKS,
        Kind::Birth,
        json!({
            "book": { "volume": "03/1978" },
            "entry": "not_stated",
            "child": { "name": "K’ Wơ̆h", "sex": "male", "born_on": "1978-05-14", "birth_place": { "text": "Đạ Tẻ" }, "nationality": "VNM" },
            "mother": {
                "name": "Ka Nhơ̆i",
                "born_on": { "value": "1950", "as_written": "28 tuổi", "computed": true },
                "age_as_written": 28,
            },
            "signer": { "missing": "unreadable" },
            "source": source(),
        }),
    );
    file(
        chain,
        "a marriage of an old book",
        OLD_BOOKS,
        Kind::Marriage,
        json!({
            "book": { "number": 4, "year": 1979 },
            "entry": "not_stated",
            "wife": { "name": "Ka Nhơ̆i" },
            "husband": { "name": "K’ Brùi" },
            "established_on": { "missing": "not_in_book" },
            "both_present": true,
            "signer": { "missing": "not_in_book" },
            "source": { "system": "legacy", "key": "KH/1979/4" },
        }),
    );
    file(
        chain,
        "a death of an old book",
        OLD_BOOKS,
        Kind::Death,
        json!({
            "book": { "number": 9, "year": 1980 },
            "entry": "not_stated",
            "deceased": { "name": "K’ Brùi" },
            "died_on": { "missing": "unreadable" },
            "place": { "missing": "not_in_book" },
            "signer": { "missing": "not_in_book" },
            "source": { "system": "process_1292", "no_image": "Sổ mủn" },
        }),
    );
    for (name, kind, act) in [
        (
            "a confirmation of an old book",
            Kind::MaritalStatusConfirmation,
            json!({
                "book": { "year": 1999 }, "subject": { "name": "K’ Wơ̆h" },
                "signer": { "missing": "not_in_book" }, "source": { "system": "certificate" },
            }),
        ),
        (
            "a recognition of an old book",
            Kind::ParentChildRecognition,
            json!({
                "book": { "year": 1999 }, "direction": "child_recognises_mother",
                "parent": { "name": "Ka Nhơ̆i" }, "child": { "name": "K’ Wơ̆h" },
                "signer": { "missing": "not_in_book" }, "source": { "system": "book", "damage": "Mối xông" },
            }),
        ),
        (
            "a guardianship of an old book",
            Kind::Guardianship,
            json!({
                "book": { "number": 1, "year": 2001 }, "guardians": [{ "name": "Ka Nhơ̆i" }], "wards": [{ "name": "Ka Đíp" }],
                "signer": { "missing": "not_in_book" }, "source": { "system": "legacy" },
            }),
        ),
        (
            "an end of guardianship of an old book",
            Kind::GuardianshipEnd,
            json!({
                "book": { "number": 1, "year": 2003 }, "guardians": [{ "name": "Ka Nhơ̆i" }], "wards": [{ "name": "Ka Đíp" }],
                "cause": "ward_of_age", "signer": { "missing": "not_in_book" }, "source": { "system": "legacy" },
                "guardianship": "natural",
            }),
        ),
        (
            "a supervision that was registered elsewhere",
            Kind::GuardianshipSupervision,
            json!({
                "book": { "number": 1, "year": 2025 }, "supervisors": [{ "name": "K’ Sim" }], "guardians": [{ "name": "Ka Nhơ̆i" }],
                "wards": [{ "name": "Ka Đíp" }], "signer": { "missing": "not_transferred" }, "source": { "system": "software_158" },
            }),
        ),
        (
            "an adoption of an old book, registered again",
            Kind::Adoption,
            json!({
                "book": { "number": 2, "year": 2004 }, "entry": "again", "child": { "name": "K’ Tâm" }, "mother": { "name": "Ka Rin" },
                "earlier": earlier(), "signer": { "missing": "not_in_book" }, "source": { "system": "book", "no_image": "Sổ mủn" },
            }),
        ),
        (
            "a divorce abroad of an old book",
            Kind::ForeignDissolution,
            json!({
                "book": { "number": 3, "year": 2017 }, "matter": "annulment", "wife": { "name": "Ka Rin" }, "husband": { "name": "Kim Min-jun" },
                "judgment": { "authority": "Tòa án Seoul" }, "foreign": { "authority": { "missing": "unreadable", "as_written": "Tòa…" } },
                "marriage_as_stated": earlier(), "signer": { "missing": "not_in_book" }, "source": { "system": "legacy" },
            }),
        ),
    ] {
        file(chain, name, OLD_BOOKS, kind, act);
    }
}
