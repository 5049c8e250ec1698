//! How long the first use of the catalogue of units takes, against merely reading the same bytes with the csv crate.
//!
//! `cargo bench -p civil --bench catalogue`. The aim is 10 ms for the catalogue.

use civil::unit::Catalogue;
use criterion::{Criterion, criterion_group, criterion_main};
use std::hint::black_box;

const TABLES: [&str; 4] = [
    include_str!("../../../schemas/units/provinces.csv"),
    include_str!("../../../schemas/units/districts.csv"),
    include_str!("../../../schemas/units/communes.csv"),
    include_str!("../../../schemas/units/successions.csv"),
];

/// Reads every row of every table into one reused record and counts them.
fn read_with_csv() -> usize {
    let mut rows = 0;
    let mut record = csv::StringRecord::new();
    for table in TABLES {
        let mut reader = csv::Reader::from_reader(table.as_bytes());
        while reader.read_record(&mut record).is_ok_and(|more| more) {
            rows += usize::from(!black_box(&record).is_empty());
        }
    }
    rows
}

fn benches(criterion: &mut Criterion) {
    criterion.bench_function("units/read, index and link the catalogue", |bench| {
        bench.iter(|| Catalogue::read().units().len())
    });
    criterion.bench_function("units/read the same bytes with csv only", |bench| {
        bench.iter(read_with_csv)
    });
    let catalogue = Catalogue::read();
    catalogue.search("warm the index", None);
    criterion.bench_function("units/search one name", |bench| {
        bench.iter(|| catalogue.search(black_box("tan phu, dong nai"), None).len())
    });
    criterion.bench_function("units/first search, which folds all names", |bench| {
        bench.iter_with_setup(Catalogue::read, |catalogue| {
            catalogue.search(black_box("tan phu"), None).len()
        });
    });
}

criterion_group!(catalogue, benches);
criterion_main!(catalogue);
