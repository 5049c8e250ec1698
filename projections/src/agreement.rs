//! The same events leave the same rows: in batches of one or of many, live or replayed, on either engine.

use ledger::{Engine, Projector as _};

use crate::Projections;
use crate::entry::{self, EntryView};
use crate::testing::Country;
use crate::testing::fixture::{both_engines, judge};

both_engines! {
    rows_are_the_same_live_in_batches_rebuilt_and_recomputed
    every_entry_says_what_its_events_say
}

const EVENTS: usize = 420;

async fn rows_are_the_same_live_in_batches_rebuilt_and_recomputed(engine: Engine) {
    let mut country = Country::new(11, 200);
    let founding = country.next_event();
    let events = country.take_many(EVENTS);
    let mut singly = None;
    judge(engine, &founding, async |fixture| {
        for event in &events {
            fixture.append(event).await;
        }
        singly = Some(fixture.digests().await);
        // The recorded times of the batches below differ, and with them a column of `entry` and of `link`; so replay is compared in each.
        assert_eq!(singly, Some(fixture.recomputed().await), "recomputed elsewhere");
        fixture.ledger.rebuild(|_| ()).await.expect("it is rebuilt");
        assert_eq!(singly, Some(fixture.digests().await), "rebuilt");
    })
    .await;
    judge(engine, &founding, async |fixture| {
        fixture.append_all(&events).await;
        let batched = fixture.digests().await;
        assert_eq!(
            batched,
            fixture.recomputed().await,
            "batches, recomputed elsewhere"
        );
        let singly = singly.as_ref().expect("the first ledger was judged");
        assert_eq!(
            batched.differing(singly),
            ["entry", "link"],
            "batches and single events, but for the times"
        );
        // Blocks of the log are summed up only once they are complete: `measure::cases::blocks`.
        for table in batched.tables.iter().filter(|table| table.table != "tally") {
            assert!(table.rows > 0, "the country leaves no row in {}", table.table);
        }
        assert_eq!(batched.tables.len(), Projections.schema().len());
    })
    .await;
}

async fn every_entry_says_what_its_events_say(engine: Engine) {
    let mut country = Country::new(12, 150);
    let founding = country.next_event();
    let events = country.take_many(EVENTS);
    judge(engine, &founding, async |fixture| {
        fixture.append_all(&events).await;
        let mut amended = 0;
        for id in country.scribe.entries.keys() {
            let row = entry::by_id(&fixture.reader(), *id)
                .await
                .expect("it can be read");
            let evidence = EntryView::of_events(&fixture.events(*id).await).expect("it folds");
            assert_eq!(row, evidence);
            amended += usize::from(row.is_some_and(|row| !row.notes.is_empty()));
        }
        assert!(amended > 10, "only {amended} entries were ever amended");
    })
    .await;
}
