//! Seals on papers: what they promise, and what is refused.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on stops where it stands"
)]

#[allow(dead_code, reason = "whoever lives here uses a part of it")]
mod house;
mod token;
mod vectors;

use extract::seal::{SealError, put_back, seal_pdf};
use house::House;

#[test]
fn the_same_paper_is_sealed_to_the_same_bytes_and_a_kept_signature_can_be_put_back() {
    let house = House::new();
    let paper = house.paper();
    let sealed = house.sealed(&paper);
    let again = house.sealed(&paper);
    assert_eq!(sealed, again);
    assert!(sealed.file.len() <= 150 * 1024, "{} bytes", sealed.file.len());
    let back = put_back(
        &paper.pdf,
        &paper.content.encode(),
        paper.at,
        house::NAME,
        &sealed.cms,
    )
    .unwrap();
    assert!(back == sealed.file, "other bytes");
}

#[test]
fn a_signature_of_another_file_is_not_put_in() {
    let house = House::new();
    let paper = house.paper();
    let sealed = house.sealed(&paper);
    let other = put_back(&paper.pdf, b"other", paper.at, house::NAME, &sealed.cms);
    assert!(matches!(other, Err(SealError::OtherFile)), "{other:?}");
}

#[test]
fn a_stamped_paper_is_put_back_with_its_stamp() {
    let house = House::new();
    let paper = house.paper();
    let bytes = paper.content.encode();
    let authority = house.time_authority(paper.at + 3);
    let sealed = seal_pdf(
        &paper.pdf,
        &bytes,
        paper.at,
        house::NAME,
        &house.seal,
        Some(&authority),
    )
    .unwrap();
    let back = put_back(&paper.pdf, &bytes, paper.at, house::NAME, &sealed.cms).unwrap();
    assert!(back == sealed.file, "other bytes");
}

#[test]
fn what_is_not_a_page_of_the_typesetter_is_not_sealed() {
    let house = House::new();
    let paper = house.paper();
    let sealed = house.sealed(&paper).file;
    let cut = &paper.pdf[..paper.pdf.len() - 1];
    let mut longer = paper.pdf.clone();
    longer.push(b'\n');
    for wrong in [&sealed[..], cut, &longer, b"", b"%PDF-1.7\nstartxref\n0\n%%EOF"] {
        let refused = seal_pdf(wrong, b"", paper.at, house::NAME, &house.seal, None);
        assert!(matches!(refused, Err(SealError::Unsealable(_))), "{refused:?}");
    }
}
