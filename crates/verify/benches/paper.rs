//! What checking one paper costs, warm, on one core: `cargo bench -p verify --bench paper`. The published vectors are what is checked.

#![allow(
    clippy::unwrap_used,
    missing_docs,
    reason = "a benchmark that cannot go on stops where it stands"
)]

use criterion::{Criterion, criterion_group, criterion_main};
use serde_json::Value as Json;
use verify::paper::{Against, Trust, check, check_code, check_pdf};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../schemas/papers/sealed/");

fn papers(criterion: &mut Criterion) {
    let read = |name: &str| std::fs::read(format!("{FOLDER}{name}")).unwrap();
    let vectors: Json = serde_json::from_slice(&read("cases.json")).unwrap();
    let [file, picture] = ["copy.pdf", "copy-100.png"].map(read);
    let code = vectors["code"].as_str().unwrap();
    let list = hex::decode(vectors["trust_lists"]["plain"].as_str().unwrap()).unwrap();
    let trust = Trust::open(&list, None).unwrap();
    let against = Against::default();
    criterion.bench_function("a file checked", |bencher| {
        bencher.iter(|| assert!(check_pdf(&file, &trust, &against).is_good()));
    });
    criterion.bench_function("a code checked", |bencher| {
        bencher.iter(|| assert!(check_code(code, &trust, &against).is_good()));
    });
    criterion.bench_function("a picture of 100 dots an inch checked", |bencher| {
        bencher.iter(|| assert!(check(&picture, &trust, &against).is_good()));
    });
    criterion.bench_function("a trust list opened", |bencher| {
        bencher.iter(|| assert!(Trust::open(&list, None).is_ok()));
    });
}

criterion_group!(benches, papers);
criterion_main!(benches);
