//! What sealing and checking one paper cost, warm, on one core: `cargo bench -p verify --bench paper`.

#![allow(
    clippy::unwrap_used,
    missing_docs,
    reason = "a benchmark that cannot go on stops where it stands"
)]

#[path = "../tests/papers/books.rs"]
#[allow(dead_code, reason = "whoever lives here uses a part of it")]
mod books;
#[allow(dead_code, reason = "whoever lives here uses a part of it")]
#[path = "../../extract/tests/seals/house.rs"]
mod house;

use books::Books;
use civil::seal::{IssuedFacts, PaperCode};
use criterion::{Criterion, criterion_group, criterion_main};
use extract::seal::{code_of, seal_pdf};
use house::{House, NAME, ORIGIN};
use verify::paper::{Against, check_code, check_pdf};

fn papers(criterion: &mut Criterion) {
    let house = House::new();
    let books = Books::of(&house);
    let trust = books.trust();
    let paper = house.paper();
    let content = paper.content.encode();
    let file = house.sealed(&paper).file;
    assert!(check_pdf(&file, &trust, &Against::default()).is_good());
    criterion.bench_function(
        "the claim of a birth, signed, as the text of its code",
        |bencher| {
            let code = PaperCode::from_chance([5; 13]);
            let issued = IssuedFacts {
                origin: ORIGIN,
                event: civil::id::EventId::at(1, [1; 10]),
                signed_at: paper.at,
                office: civil::id::OfficeId(2),
                leaf_hash: [1; 32],
                position: 1,
                code: &code,
            };
            bencher.iter(|| code_of(&paper.content, &issued, &house.seal).unwrap().1.len());
        },
    );
    criterion.bench_function("a page sealed", |bencher| {
        bencher.iter(|| {
            seal_pdf(&paper.pdf, &content, paper.at, NAME, &house.seal, None)
                .unwrap()
                .file
                .len()
        });
    });
    criterion.bench_function("a file checked", |bencher| {
        bencher.iter(|| check_pdf(&file, &trust, &Against::default()).is_good());
    });
    criterion.bench_function("a code checked", |bencher| {
        bencher.iter(|| check_code(&paper.qr, &trust, &Against::default()).is_good());
    });
    criterion.bench_function("a trust list opened", |bencher| {
        let list = books.trust_list(&house.root);
        bencher.iter(|| verify::paper::Trust::open(&list, None).is_ok());
    });
}

criterion_group!(benches, papers);
criterion_main!(benches);
