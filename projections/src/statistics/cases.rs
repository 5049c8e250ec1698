//! Events → counts.

use civil::act::{Act, OfficeLevel, OfficeOpened};
use civil::id::{OfficeId, StreamId};
use civil::kind::{BookType, Kind};
use civil::unit::UnitId;
use civil::value::Date;
use ledger::Engine;

use super::{Months, SixColumns, by_province, of_office};
use crate::testing::fixture::{both_engines, judge_opened};
use crate::testing::{Chance, Scribe, Written, acts};

both_engines! {
    counts_add_up_by_the_province_of_the_day_and_blank_is_not_zero
    counts_are_by_month_of_registration
}

fn day(year: u16, month: u8, day: u8) -> Date {
    Date::new(year, month, day).unwrap()
}

fn death(scribe: &mut Scribe, office: u32, on: Date) -> Written {
    let book = scribe.number(OfficeId(office), BookType::Deaths);
    let act = acts::death(&mut Chance::new(scribe.position()), book, on);
    scribe.register(Scribe::acts_of(OfficeId(office)), act)
}

fn open(scribe: &mut Scribe, office: u32, unit: Option<&str>) -> Vec<Written> {
    let act = Act::OfficeOpened(Box::new(OfficeOpened {
        unit: unit.map(|unit| UnitId::parse(unit).unwrap()),
        ..OfficeOpened::least(
            OfficeId(office),
            acts::text("UBND"),
            OfficeLevel::Commune,
            day(2020, 1, 1),
        )
    }));
    vec![scribe.write(StreamId::ADMINISTRATION, None, act)]
}

async fn counts_add_up_by_the_province_of_the_day_and_blank_is_not_zero(engine: Engine) {
    judge_opened(engine, async |fixture, mut scribe| {
        let today = scribe.today();
        // A commune of Hà Giang, which became part of Tuyên Quang in 2025, and an office without a unit.
        let mut events = open(&mut scribe, 71, Some("00688@.."));
        events.extend(open(&mut scribe, 72, None));
        for office in [1, 2, 2, 71, 72] {
            events.push(death(&mut scribe, office, today));
        }
        fixture.append_all(&events).await;
        let rows = by_province(&fixture.reader(), day(2024, 10, 1), Months::ALL)
            .await
            .unwrap();
        let deaths = |count| SixColumns {
            death: Some(count),
            ..SixColumns::default()
        };
        let seen: Vec<_> = rows.iter().map(|row| (row.name, row.columns)).collect();
        assert_eq!(
            seen,
            [
                ("", deaths(1)),
                ("Thành phố Hà Nội", deaths(3)),
                ("Tỉnh Hà Giang", deaths(1))
            ]
        );
        assert_eq!(rows[1].columns.cells(), [None, None, Some(3), None, None, None]);
        assert_eq!(rows.iter().map(|row| row.columns.total()).sum::<u64>(), 5);
    })
    .await;
}

async fn counts_are_by_month_of_registration(engine: Engine) {
    judge_opened(engine, async |fixture, mut scribe| {
        for on in [
            day(2024, 12, 31),
            day(2025, 1, 1),
            day(2025, 1, 31),
            day(2025, 2, 1),
        ] {
            fixture.append(&death(&mut scribe, 1, on)).await;
        }
        let counts = of_office(&fixture.reader(), OfficeId(1), Months::of_year(2025))
            .await
            .unwrap();
        let seen: Vec<_> = counts
            .iter()
            .map(|count| (count.kind, count.month, count.count))
            .collect();
        assert_eq!(seen, [(Kind::Death, 1, 2), (Kind::Death, 2, 1)]);
        let january = Months::between(day(2025, 1, 15), day(2025, 1, 15));
        let rows = by_province(&fixture.reader(), day(2025, 1, 15), january)
            .await
            .unwrap();
        assert_eq!(
            rows.iter().map(|row| row.columns.death).collect::<Vec<_>>(),
            [Some(2)]
        );
        let none = by_province(&fixture.reader(), day(2025, 1, 15), Months::of_year(1999))
            .await
            .unwrap();
        assert_eq!(none, []);
    })
    .await;
}
