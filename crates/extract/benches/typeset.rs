//! How long a copy takes to set, warm, on one core: `cargo bench -p extract`.
//!
//! Every copy has another number, name, claim and address, as in an office: nothing of a page is set twice but its form.

#![allow(
    clippy::expect_used,
    reason = "a benchmark that cannot go on stops where it stands"
)]

use civil::id::EventId;
use civil::law::{Paper, PaperForm};
use civil::value::Date;
use criterion::{Criterion, criterion_group, criterion_main};
use extract::{Codes, Sheet, Typesetter, sample, sample_claim};

const NAMES: [&str; 7] = ["An", "Bình", "Chi", "Dũng", "Giang", "Hà", "Khánh"];

fn typeset(criterion: &mut Criterion) {
    let setter = Typesetter::new().expect("a typesetter");
    let day = Date::parse("2026-11-22").expect("a day");
    let mut content = sample(Paper::Birth, PaperForm::Copy, day).expect("a sample");
    let claim = sample_claim();
    let name = content.fields[0].value.clone();
    let mut turn = 0_usize;
    criterion.bench_function("a copy of a birth", |bencher| {
        bencher.iter(|| {
            turn += 1;
            content.number = format!("{turn}/2026/GKS-BS");
            content.fields[0].value = format!("{name} {}", NAMES[turn % NAMES.len()]);
            let (end, begin) = claim.split_at(turn % claim.len());
            let claim = format!("{begin}{end}");
            let url = format!("https://hotich.example/v/{turn:020}");
            let sheet = Sheet {
                content: &content,
                template: "birth-2016",
                event: EventId::at(1_795_000_000_000 + turn as u64, [1; 10]),
                at: 1_795_000_000,
                codes: Some(Codes {
                    claim: &claim,
                    url: &url,
                }),
            };
            setter.typeset(&sheet).expect("a page").len()
        });
    });
}

criterion_group!(benches, typeset);
criterion_main!(benches);
