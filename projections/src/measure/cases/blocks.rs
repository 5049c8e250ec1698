//! The sums of blocks say what the rows say.

use std::collections::BTreeMap;

use civil::id::OfficeId;
use ledger::Engine;

use super::{ask, count, day, question};
use crate::measure::{Area, BLOCK, Figures, Form, Question, summed_up_to};
use crate::testing::Country;
use crate::testing::fixture::{Fixture, both_engines, judge};

both_engines! {
    the_country_is_the_sum_of_its_offices_at_any_position_and_in_any_period
}

/// The counts of a form, by column.
async fn counts(fixture: &Fixture, question: Question) -> BTreeMap<String, u64> {
    let table = ask(fixture, question).await;
    let keys = table.columns.iter().map(|column| column.key.clone());
    let cells = table.lines[0].cells.iter().map(|cell| match cell {
        Some(crate::measure::Figure::Tenths(_)) => None,
        cell => count(*cell),
    });
    keys.zip(cells)
        .filter_map(|(key, count)| Some((key, count?)))
        .collect()
}

async fn the_country_is_the_sum_of_its_offices_at_any_position_and_in_any_period(engine: Engine) {
    let mut country = Country::new(24, 200);
    let founding = country.next_event();
    let events = country.take_many(usize::try_from(2 * BLOCK + 600).unwrap());
    judge(engine, &founding, async |fixture| {
        fixture.append_all(&events).await;
        let last = fixture.ledger.head().size - 1;
        for (position, summed) in [
            (last, BLOCK),
            (last - 300, BLOCK),
            (BLOCK, BLOCK),
            (BLOCK - 1, BLOCK),
            (BLOCK - 2, 0),
        ] {
            let up_to = summed_up_to(&fixture.reader(), position).await.unwrap();
            assert_eq!(up_to, summed, "at {position}");
        }
        let periods = [
            ("1900-01-01", "2099-12-31"),
            ("2025-04-01", "2025-06-30"),
            ("2025-03-20", "2025-05-31"),
            ("2025-04-01", "2025-07-15"),
            ("2025-04-10", "2025-04-20"),
        ];
        for (from, to) in periods {
            for position in [last, last - 300, BLOCK + 700, BLOCK - 1, BLOCK - 2] {
                for (form, figures) in [
                    (Form::Form13a, Figures::AsRegistered),
                    (Form::Form13a, Figures::AsCorrected),
                    (Form::Form14a, Figures::AsCorrected),
                ] {
                    let of = |area| Question {
                        from: day(from),
                        to: day(to),
                        position,
                        figures,
                        ..question(form, area)
                    };
                    let mut sum = BTreeMap::new();
                    for office in 1..=5 {
                        let area = Area::Office(OfficeId(office));
                        for (key, count) in counts(fixture, of(area)).await {
                            *sum.entry(key).or_insert(0) += count;
                        }
                    }
                    let whole = counts(fixture, of(Area::Country)).await;
                    assert_eq!(whole, sum, "{from} to {to} at {position}: {form:?}, {figures:?}");
                    assert!(!whole.is_empty());
                }
            }
        }
        let live = fixture.digests().await;
        let sums = live.tables.iter().find(|table| table.table == "tally");
        assert!(sums.is_some_and(|table| table.rows > 0));
        assert_eq!(live, fixture.recomputed().await, "recomputed elsewhere");
        fixture.ledger.rebuild(|_| ()).await.expect("it is rebuilt");
        assert_eq!(live, fixture.digests().await, "rebuilt");
    })
    .await;
}
