//! Codes, claims and lists of papers: what is written is read back, and nothing else is read.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot go on stops where it stands"
)]

use civil::act::PersonRole;
use civil::cbor::Malformed;
use civil::id::{EventId, OfficeId};
use civil::law::{Paper, PaperForm};
use civil::paper::{FieldId, PaperContent, PaperField, SignedBy};
use civil::seal::{
    Fate, IssuedFacts, PaperClaim, PaperCode, SealCertificate, SealUse, StatusList, TrustList, TrustedSeal,
};
use civil::value::Date;
use proptest::prelude::*;

#[test]
fn a_code_is_read_as_people_write_it_and_written_in_one_way() {
    let code = PaperCode::from_chance([0xff, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 0xff]);
    assert_eq!(
        code.to_string(),
        "ZW001-00G30-40M30-Y1042-GAZ".replace("-GAZ", "")[..].to_owned()
    );
}
