//! What sealing one paper costs, warm, on one core: `cargo bench -p extract --bench seal`.

#![allow(
    clippy::unwrap_used,
    missing_docs,
    reason = "a benchmark that cannot go on stops where it stands"
)]

#[allow(dead_code, reason = "whoever lives here uses a part of it")]
#[path = "../tests/seals/house.rs"]
mod house;

use civil::seal::{IssuedFacts, PaperCode};
use criterion::{Criterion, criterion_group, criterion_main};
use extract::seal::{code_of, seal_pdf};
use house::{House, NAME, ORIGIN, Place};

fn seals(criterion: &mut Criterion) {
    let house = House::new();
    let paper = house.paper();
    let content = paper.content.encode();
    let (place, code) = (Place::default(), PaperCode::from_chance([5; 13]));
    let issued = IssuedFacts {
        origin: ORIGIN,
        event: place.event,
        signed_at: place.at,
        office: civil::id::OfficeId(2),
        leaf_hash: place.leaf_hash,
        position: place.position,
        code: &code,
    };
    criterion.bench_function(
        "the claim of a birth, signed, as the text of its code",
        |bencher| {
            bencher.iter(|| code_of(&paper.content, &issued, &house.seal).unwrap().1.len());
        },
    );
    criterion.bench_function("a page sealed", |bencher| {
        bencher.iter(|| {
            let sealed = seal_pdf(&paper.pdf, &content, paper.at, NAME, &house.seal, None);
            sealed.unwrap().file.len()
        });
    });
}

criterion_group!(benches, seals);
criterion_main!(benches);
