//! Figures as registered and as corrected, at any position and for any area.

use civil::act::{Act, OfficeLevel, OfficeOpened, PapersRevoked, RevocationGround};
use civil::id::{OfficeId, StreamId};
use civil::kind::Kind;
use civil::unit::UnitId;
use civil::value::Sex;
use ledger::Engine;

use super::{amendment, ask, birth, cells, count, day, judgment, question};
use crate::measure::{Area, Figures, Form, Question, Table};
use crate::statistics::{Months, by_province};
use crate::testing::fixture::{both_engines, judge, judge_opened};
use crate::testing::{Country, Scribe, Written, acts};

both_engines! {
    a_correction_moves_a_figure_from_its_position_on_and_no_report_before
    a_registration_that_falls_is_counted_as_registered_and_not_as_corrected
    a_figure_asked_for_at_an_earlier_position_is_the_same_later_to_the_unit
    the_figures_are_those_that_the_entries_give_when_they_are_counted_one_by_one
    an_area_is_an_office_a_unit_of_any_level_or_the_country
    the_six_columns_at_the_last_position_are_those_of_the_counts
}

async fn a_correction_moves_a_figure_from_its_position_on_and_no_report_before(engine: Engine) {
    judge_opened(engine, async |fixture, mut scribe| {
        let today = scribe.today();
        let opened = birth(&mut scribe, 1, today, |_| {});
        let entry = opened.event.envelope.entry.unwrap();
        let before = fixture.append(&opened).await.position;
        // Twice in one batch, and back again: the last one is the same as the first registration.
        let corrections = [
            amendment(&mut scribe, Kind::Correction, entry, Sex::Male),
            amendment(&mut scribe, Kind::Correction, entry, Sex::Undetermined),
            amendment(&mut scribe, Kind::Correction, entry, Sex::Female),
        ];
        fixture.append_all(&corrections).await;
        let at = async |position, figures| {
            let asked = Question {
                position,
                figures,
                ..question(Form::Form13a, Area::Office(OfficeId(1)))
            };
            cells(fixture, asked, &["births_male", "births_female", "births_new"]).await
        };
        let (registered, corrected) = (Figures::AsRegistered, Figures::AsCorrected);
        let (female, male, neither) = (
            [Some(0), Some(1), Some(1)],
            [Some(1), Some(0), Some(1)],
            [Some(0), Some(0), Some(1)],
        );
        assert_eq!(at(before - 1, corrected).await, [None, None, None]);
        assert_eq!(at(before, corrected).await, female);
        assert_eq!(at(before + 1, corrected).await, male);
        assert_eq!(at(before + 2, corrected).await, neither);
        assert_eq!(at(before + 3, corrected).await, female);
        for position in before..before + 4 {
            assert_eq!(at(position, registered).await, female);
        }
    })
    .await;
}

async fn a_registration_that_falls_is_counted_as_registered_and_not_as_corrected(engine: Engine) {
    judge_opened(engine, async |fixture, mut scribe| {
        let today = scribe.today();
        let events = [
            birth(&mut scribe, 1, today, |_| {}),
            birth(&mut scribe, 1, today, |_| {}),
        ];
        fixture.append_all(&events).await;
        let entry = events[0].event.envelope.entry;
        let mut revoke = |registration| {
            let (ground, signer) = (RevocationGround::Unlawful, acts::signer());
            let revoked = PapersRevoked::least(today, judgment(), ground, registration, signer);
            let act = Act::PapersRevoked(Box::new(revoked));
            scribe.write(Scribe::acts_of(OfficeId(1)), entry, act)
        };
        let (papers_alone, all) = (revoke(false), revoke(true));
        let of = async |position, figures| {
            let asked = Question {
                position,
                figures,
                ..question(Form::Form13a, Area::Office(OfficeId(1)))
            };
            cells(fixture, asked, &["births_new"]).await[0]
        };
        let papers_alone = fixture.append(&papers_alone).await.position;
        assert_eq!(of(papers_alone, Figures::AsCorrected).await, Some(2));
        let all = fixture.append(&all).await.position;
        assert_eq!(of(all, Figures::AsCorrected).await, Some(1));
        assert_eq!(of(papers_alone, Figures::AsCorrected).await, Some(2));
        assert_eq!(of(all, Figures::AsRegistered).await, Some(2));
    })
    .await;
}

fn questions(position: u64) -> Vec<Question> {
    let ha_noi = UnitId::parse("01@..").unwrap();
    let areas = [
        Area::Country,
        Area::Unit(ha_noi),
        Area::Office(OfficeId(1)),
        Area::Office(OfficeId(2)),
    ];
    let forms = Form::ALL.into_iter();
    let each = forms.flat_map(|form| areas.into_iter().map(move |area| question(form, area)));
    each.flat_map(|question| {
        Figures::ALL.into_iter().map(move |figures| Question {
            position,
            figures,
            ..question
        })
    })
    .collect()
}

async fn a_figure_asked_for_at_an_earlier_position_is_the_same_later_to_the_unit(engine: Engine) {
    let mut country = Country::new(21, 150);
    let founding = country.next_event();
    judge(engine, &founding, async |fixture| {
        let mut reports = Vec::new();
        for _ in 0..4 {
            fixture.append_all(&country.take_many(90)).await;
            let position = fixture.ledger.head().size - 1;
            for question in questions(position) {
                reports.push((question, ask(fixture, question).await));
            }
        }
        let filled = |table: &Table| table.lines.iter().flat_map(|line| &line.cells).flatten().count();
        let cells: usize = reports.iter().map(|(_, table)| filled(table)).sum();
        assert!(cells > 500, "the reports say something: {cells} cells");
        for (question, sent) in &reports {
            assert_eq!(ask(fixture, *question).await, *sent, "{question:?}");
        }
        fixture.ledger.rebuild(|_| ()).await.expect("it is rebuilt");
        for (question, sent) in &reports {
            assert_eq!(ask(fixture, *question).await, *sent, "rebuilt: {question:?}");
        }
        let corrected = |(question, table): &&(Question, Table)| {
            let registered = Question {
                figures: Figures::AsRegistered,
                ..*question
            };
            let same = reports.iter().find(|(asked, _)| *asked == registered);
            same.is_some_and(|(_, other)| other != table)
        };
        assert!(
            reports.iter().filter(corrected).count() > 0,
            "no correction moved a figure"
        );
    })
    .await;
}

async fn the_figures_are_those_that_the_entries_give_when_they_are_counted_one_by_one(engine: Engine) {
    let mut country = Country::new(22, 200);
    let founding = country.next_event();
    let events = country.take_many(400);
    judge(engine, &founding, async |fixture| {
        fixture.append_all(&events).await;
        let entries = country.scribe.entries.values();
        let births: Vec<_> = entries.filter(|entry| entry.kind == Kind::Birth).collect();
        let is_kinh = |act: &Act| match act {
            Act::Birth(birth) => {
                let ethnicity = birth
                    .child
                    .ethnicity
                    .as_ref()
                    .and_then(|stated| stated.value.as_ref());
                ethnicity.is_some_and(|ethnicity| ethnicity.as_str() == "01")
            }
            _ => false,
        };
        let all = u64::try_from(births.len()).unwrap();
        let by_hand = |now: bool| {
            let acts = births
                .iter()
                .map(|entry| if now { &entry.current } else { &entry.original });
            u64::try_from(acts.filter(|act| is_kinh(act)).count()).unwrap()
        };
        let ask = async |figures| {
            let asked = Question {
                figures,
                ..question(Form::Form13a, Area::Country)
            };
            cells(fixture, asked, &["births_new", "births_kinh"]).await
        };
        assert_eq!(ask(Figures::AsRegistered).await, [all, by_hand(false)].map(Some));
        assert_eq!(ask(Figures::AsCorrected).await, [all, by_hand(true)].map(Some));
        assert!(
            by_hand(true) < by_hand(false),
            "ethnicities were determined again"
        );
    })
    .await;
}

fn open(scribe: &mut Scribe, office: u32, unit: &str) -> Written {
    let name = acts::text("UBND");
    let opened = OfficeOpened {
        unit: Some(UnitId::parse(unit).unwrap()),
        ..OfficeOpened::least(OfficeId(office), name, OfficeLevel::Commune, day("2020-01-01"))
    };
    let act = Act::OfficeOpened(Box::new(opened));
    scribe.write(StreamId::ADMINISTRATION, None, act)
}

async fn an_area_is_an_office_a_unit_of_any_level_or_the_country(engine: Engine) {
    judge_opened(engine, async |fixture, mut scribe| {
        let today = scribe.today();
        // A commune of Hà Giang, which became part of Tuyên Quang in 2025.
        let mut events = vec![open(&mut scribe, 71, "00688@..")];
        for office in [1, 2, 2, 71] {
            events.push(birth(&mut scribe, office, today, |_| {}));
        }
        fixture.append_all(&events).await;
        let of = async |area, units_on: &str| {
            let asked = Question {
                units_on: day(units_on),
                ..question(Form::Form13a, area)
            };
            cells(fixture, asked, &["births_new"]).await[0]
        };
        let unit = |text: &str| Area::Unit(UnitId::parse(text).unwrap());
        let on = |code: &str, date: &str| {
            let units = civil::unit::catalogue();
            Area::Unit(units.on(code, day(date)).unwrap().id)
        };
        let (before, after) = ("2025-06-30", "2025-07-01");
        assert_eq!(of(Area::Country, before).await, Some(4));
        assert_eq!(of(Area::Office(OfficeId(2)), before).await, Some(2));
        assert_eq!(of(unit("00004@.."), before).await, Some(2));
        assert_eq!(of(on("01", before), before).await, Some(3));
        assert_eq!(of(on("02", before), before).await, Some(1));
        assert_eq!(of(on("08", after), after).await, Some(1), "Tuyên Quang");
        assert_eq!(of(on("08", before), before).await, None);
        // What was the ward of office 2 is a part of the ward Ba Đình now.
        assert_eq!(of(unit("00004@.."), after).await, None);
    })
    .await;
}

async fn the_six_columns_at_the_last_position_are_those_of_the_counts(engine: Engine) {
    let mut country = Country::new(23, 100);
    let founding = country.next_event();
    let events = country.take_many(300);
    judge(engine, &founding, async |fixture| {
        fixture.append_all(&events).await;
        let on = day("2025-03-03");
        let counts = by_province(&fixture.reader(), on, Months::ALL).await.unwrap();
        let table = ask(fixture, question(Form::SixColumns, Area::Country)).await;
        assert_eq!(table.lines.len(), counts.len(), "of one province there is no sum");
        for (line, row) in table.lines.iter().zip(&counts) {
            let cells: Vec<Option<u64>> = line.cells.iter().map(|cell| count(*cell)).collect();
            assert_eq!(cells, row.columns.cells());
        }
        let of_one = ask(fixture, question(Form::SixColumns, Area::Office(OfficeId(3)))).await;
        assert_eq!(of_one.lines.len(), 1);
        assert_ne!(of_one, table);
    })
    .await;
}
