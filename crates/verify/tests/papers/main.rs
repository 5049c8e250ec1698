//! Papers, checked: the genuine one, and every way in which one can be false.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on stops where it stands"
)]

mod books;
#[allow(dead_code, reason = "whoever lives here uses a part of it")]
#[path = "../../../extract/tests/seals/house.rs"]
mod house;
mod in_the_log;
mod pictures;
mod program;
mod strangers;
#[path = "../support/mod.rs"]
mod support;
mod vectors;

use books::{Books, day};
use civil::seal::{Fate, PaperCode, SealUse};
use extract::seal::{FileKey, SealKey, seal_pdf};
use house::{House, NAME, SetPaper, certified};
use verify::paper::{Against, Standing, Verdict, Why, check, check_code, check_pdf};

/// What ours says of a file, with the lists of that country.
fn judged(file: &[u8], books: &Books) -> Verdict {
    check_pdf(file, &books.trust(), &Against::default())
}

fn why(verdict: &Verdict) -> Option<Why> {
    match verdict.standing {
        Standing::NotGenuine(why) => Some(why),
        _ => None,
    }
}

fn sealed_by(key: &dyn SealKey, paper: &SetPaper) -> Vec<u8> {
    let content = paper.content.encode();
    seal_pdf(&paper.pdf, &content, paper.at, NAME, key, None)
        .unwrap()
        .file
}

#[test]
fn a_genuine_paper_is_known_as_file_and_as_code() {
    let house = House::new();
    let books = Books::of(&house);
    let paper = house.paper();
    let file = house.sealed(&paper).file;
    let verdict = judged(&file, &books);
    assert_eq!(verdict.standing, Standing::Genuine);
    let claim = verdict.claim.clone().unwrap();
    assert_eq!(claim.content_hash, paper.content.hash());
    assert_eq!(verdict.sealed_by, NAME);
    let of_code = check_code(&paper.qr, &books.trust(), &Against::default());
    assert_eq!(of_code.standing, Standing::Genuine);
    assert_eq!(of_code.claim, Some(claim.clone()));
    // A file shows its notes even where its code has no room for them.
    assert_eq!(verdict.notes, Some(paper.content.notes.clone()));
    assert_eq!(of_code.notes.is_none(), claim.notes_left_out);
}

#[test]
fn the_status_list_says_what_happened_since() {
    let house = House::new();
    let books = Books::of(&house);
    let paper = house.paper();
    let file = house.sealed(&paper).file;
    let other = PaperCode::from_chance([6; 13]).status_id();
    let own = paper.code.status_id();
    let asked = |size, papers: &[_]| {
        let list = books.status_list(size, papers);
        let list = books.trust().status_list(&list).unwrap();
        let against = Against {
            status: Some(&list),
            ..Against::default()
        };
        check(&file, &books.trust(), &against).standing
    };
    let since = day(2026, 12, 1);
    assert_eq!(
        asked(2_000_000, &[(other, Fate::Revoked, since)]),
        Standing::Current
    );
    assert_eq!(
        asked(2_000_000, &[(own, Fate::Superseded, since)]),
        Standing::Superseded(since)
    );
    assert_eq!(
        asked(2_000_000, &[(own, Fate::Revoked, since)]),
        Standing::Revoked(since)
    );
    // It was made before this paper, and knows nothing of it.
    assert_eq!(asked(1_000_000, &[]), Standing::Genuine);
}

#[test]
fn a_flipped_byte_is_found_wherever_it_is() {
    let house = House::new();
    let books = Books::of(&house);
    let file = house.sealed(&house.paper()).file;
    for at in (0..file.len()).step_by(file.len() / 160) {
        for bit in [0x01, 0x20] {
            let mut flipped = file.clone();
            flipped[at] ^= bit;
            assert!(!judged(&flipped, &books).is_good(), "bit {bit} of byte {at}");
        }
    }
}

#[test]
fn whatever_is_appended_is_found() {
    let house = House::new();
    let books = Books::of(&house);
    let file = house.sealed(&house.paper()).file;
    for more in ["\n", " ", "%%EOF", "\n1 0 obj\n<<>>\nendobj\nstartxref\n0\n%%EOF"] {
        let mut longer = file.clone();
        longer.extend(more.as_bytes());
        assert_eq!(why(&judged(&longer, &books)), Some(Why::NotAPaper), "{more:?}");
    }
}

#[test]
fn a_page_of_other_words_is_found_even_under_a_right_seal() {
    let house = House::new();
    let books = Books::of(&house);
    let paper = house.paper();
    let mut altered = paper.content.clone();
    altered.number = "9/2026/TLKS-BS".to_owned();
    let swapped = house.set(altered.clone(), paper.code);
    let content = paper.content.encode();
    let file = seal_pdf(&swapped.pdf, &content, paper.at, NAME, &house.seal, None)
        .unwrap()
        .file;
    assert_eq!(why(&judged(&file, &books)), Some(Why::TextDiffers));
}

#[test]
fn altered_words_with_the_old_code_are_found() {
    let house = House::new();
    let books = Books::of(&house);
    let paper = house.paper();
    let mut altered = paper.content.clone();
    let name = altered
        .fields
        .iter_mut()
        .find(|field| !field.value.is_empty())
        .unwrap();
    name.value = "NGUYỄN VĂN KHÁC".to_owned();
    let page = house.set_with_code(altered, &paper);
    assert_eq!(
        why(&judged(&sealed_by(&house.seal, &page), &books)),
        Some(Why::CodeDiffers)
    );
}

#[test]
fn the_code_of_another_person_is_found() {
    let house = House::new();
    let books = Books::of(&house);
    let paper = house.paper();
    let mut other = paper.content.clone();
    other.number = "2/2026".to_owned();
    let other = house.set(other, PaperCode::from_chance([6; 13]));
    let page = house.set_with_code(paper.content.clone(), &other);
    assert_eq!(
        why(&judged(&sealed_by(&house.seal, &page), &books)),
        Some(Why::CodeDiffers)
    );
}

#[test]
fn a_seal_under_an_untrusted_root_is_found() {
    let house = House::new();
    let paper = house.paper();
    let of = certified("Gốc giả", 0, SealUse::Root, 11);
    let root = FileKey::root(&[17; 32], &of).unwrap();
    let seal = FileKey::issued(&[18; 32], &certified(NAME, 2, SealUse::Seal, 12), &root).unwrap();
    let file = sealed_by(&seal, &paper);
    assert_eq!(why(&judged(&file, &Books::of(&house))), Some(Why::UnknownSeal));
    // Not even when somebody has put it on the list: no root of the list has issued it.
    let books = Books::of(&house).and(&seal, 2);
    assert_eq!(why(&judged(&file, &books)), Some(Why::UntrustedRoot));
}

#[test]
fn the_seal_of_another_office_does_not_do() {
    let house = House::new();
    let seal = FileKey::issued(
        &[19; 32],
        &certified("Xã khác", 3, SealUse::Seal, 13),
        &house.root,
    )
    .unwrap();
    let books = Books::of(&house).and(&seal, 3);
    let file = sealed_by(&seal, &house.paper());
    assert_eq!(why(&judged(&file, &books)), Some(Why::UnknownSeal));
}

#[test]
fn a_revoked_seal_is_found_by_its_day() {
    let house = House::new();
    let file = house.sealed(&house.paper()).file;
    let revoked = |on| Books::of(&house).changed(|seal| seal.revoked_on = Some(on));
    assert_eq!(
        why(&judged(&file, &revoked(day(2026, 11, 22)))),
        Some(Why::SealRevoked)
    );
    assert_eq!(
        judged(&file, &revoked(day(2026, 11, 23))).standing,
        Standing::Genuine
    );
}

#[test]
fn what_a_suspect_seal_has_sealed_is_believed_only_with_a_time_stamp_from_before() {
    let house = House::new();
    let paper = house.paper();
    let content = paper.content.encode();
    let books = Books::of(&house).changed(|seal| seal.suspect_since = Some(day(2026, 12, 1)));
    let plain = house.sealed(&paper).file;
    assert_eq!(why(&judged(&plain, &books)), Some(Why::SealRevoked));
    let stamped = |at| {
        let authority = house.time_authority(at);
        let sealed = seal_pdf(
            &paper.pdf,
            &content,
            paper.at,
            NAME,
            &house.seal,
            Some(&authority),
        );
        judged(&sealed.unwrap().file, &books)
    };
    let in_time = stamped(paper.at + 5);
    assert_eq!(in_time.standing, Standing::Genuine);
    assert_eq!(in_time.looked.stamped_at, Some(paper.at + 5));
    assert_eq!(why(&stamped(paper.at + 30 * 86_400)), Some(Why::SealRevoked));
}

#[test]
fn a_seal_out_of_its_days_is_found() {
    let house = House::new();
    let paper = house.paper();
    let mut of = certified(NAME, 2, SealUse::Seal, 14);
    of.until = paper.at - 1;
    let seal = FileKey::issued(&[20; 32], &of, &house.root).unwrap();
    let books = Books::of(&house).and(&seal, 2);
    assert_eq!(
        why(&judged(&sealed_by(&seal, &paper), &books)),
        Some(Why::SealNotInForce)
    );
}

#[test]
fn a_code_with_a_changed_letter_is_refused() {
    let house = House::new();
    let books = Books::of(&house);
    let code = house.paper().qr;
    for at in (0..code.len()).step_by(7) {
        let mut letters = code.clone().into_bytes();
        letters[at] = if letters[at] == b'0' { b'1' } else { b'0' };
        let text = String::from_utf8(letters).unwrap();
        assert!(
            !check_code(&text, &books.trust(), &Against::default()).is_good(),
            "letter {at}"
        );
    }
}

#[test]
fn a_list_that_the_country_did_not_sign_is_not_believed() {
    let house = House::new();
    let books = Books::of(&house);
    let other = FileKey::root(&[21; 32], &certified("Gốc khác", 0, SealUse::Root, 15)).unwrap();
    assert!(verify::paper::Trust::open(&books.trust_list(&other), None).is_err());
    assert!(verify::paper::Trust::open(&books.trust_list(&house.seal), None).is_err());
    let pinned = Some(other.chain()[0].as_slice());
    assert!(verify::paper::Trust::open(&books.trust_list(&house.root), pinned).is_err());
    assert!(books.trust().status_list(&books.trust_list(&house.root)).is_err());
}

#[test]
fn no_bytes_make_the_check_panic() {
    let house = House::new();
    let books = Books::of(&house);
    let trust = books.trust();
    let file = house.sealed(&house.paper()).file;
    let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\xff\xff\0\0\xff\xff\x08\0\0\0\0";
    for start in [&b""[..], b"%PDF-1.7\n", b"\x89PNG\r\n\x1a\n", png, b"\xd2\x84"] {
        assert!(!check(start, &trust, &Against::default()).is_good());
    }
    for end in (0..file.len()).step_by(file.len() / 120) {
        assert!(!check(&file[..end], &trust, &Against::default()).is_good());
        let hollow: Vec<u8> = [&file[..end], &file[file.len() - end / 3..]].concat();
        assert!(!check(&hollow, &trust, &Against::default()).is_good());
    }
}
