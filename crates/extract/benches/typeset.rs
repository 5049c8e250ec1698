//! How long a copy takes to set, warm, and what memory a thousand of them leave: `cargo bench -p extract`.
//!
//! Every copy has another number, name, claim and address, as in an office: nothing of a page is set twice but its form.

#![allow(
    clippy::expect_used,
    reason = "a benchmark that cannot go on stops where it stands"
)]

use civil::id::EventId;
use civil::law::{Paper, PaperForm};
use civil::paper::PaperContent;
use civil::value::Date;
use criterion::{Criterion, criterion_group, criterion_main};
use extract::{Codes, Sheet, Typesetter, sample, sample_claim};

const NAMES: [&str; 7] = ["An", "Bình", "Chi", "Dũng", "Giang", "Hà", "Khánh"];

/// An office that issues one copy after the other.
struct Office {
    setter: Typesetter,
    content: PaperContent,
    name: String,
    claim: String,
    issued: usize,
}

impl Office {
    fn new() -> Self {
        let day = Date::parse("2026-11-22").expect("a day");
        let content = sample(Paper::Birth, PaperForm::Copy, day).expect("a sample");
        Self {
            setter: Typesetter::new().expect("a typesetter"),
            name: content.fields[0].value.clone(),
            content,
            claim: sample_claim(),
            issued: 0,
        }
    }

    /// Content and page of the next copy; answers how large they are.
    fn issue(&mut self) -> usize {
        self.issued += 1;
        let turn = self.issued;
        self.content.number = format!("{turn}/2026/GKS-BS");
        self.content.fields[0].value = format!("{} {}", self.name, NAMES[turn % NAMES.len()]);
        let (end, begin) = self.claim.split_at(turn % self.claim.len());
        let claim = format!("{begin}{end}");
        let url = format!("https://hotich.example/v/{turn:020}");
        let content = self.content.encode();
        let page = self.setter.typeset(&Sheet {
            content: &self.content,
            template: "birth-2016",
            event: EventId::at(1_795_000_000_000 + turn as u64, [1; 10]),
            at: 1_795_000_000,
            codes: Some(Codes {
                claim: &claim,
                url: &url,
            }),
        });
        content.len() + page.expect("a page").len()
    }
}

fn typeset(criterion: &mut Criterion) {
    let mut office = Office::new();
    criterion.bench_function("a copy of a birth", |bencher| {
        bencher.iter(|| office.issue());
    });
}

/// What is kept of the work on one paper is dropped some papers later, so that a server that runs for a year does not grow.
fn memory(_: &mut Criterion) {
    let mut office = Office::new();
    for wanted in [1, 100, 1_000, 2_000] {
        while office.issued < wanted {
            office.issue();
        }
        println!("memory after {wanted:>5} copies: {}", resident());
    }
}

/// `VmRSS` and its peak, where the system tells them.
fn resident() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let told = |name: &str| {
        let line = status.lines().find_map(|line| line.strip_prefix(name));
        line.unwrap_or("not told").trim().to_owned()
    };
    format!("{}, at most {}", told("VmRSS:"), told("VmHWM:"))
}

criterion_group!(benches, memory, typeset);
criterion_main!(benches);
