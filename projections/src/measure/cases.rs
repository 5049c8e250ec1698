//! Events → figures.

use civil::act::{
    Act, Amended, Amendment, BirthEntry, ForeignRegistration, Judgment, JudgmentMatter, JudgmentNoted,
    OfficeLevel, OfficeOpened, PapersRevoked, Reached, RevocationGround,
};
use civil::id::{EntryId, OfficeId, StreamId};
use civil::kind::{BookType, Kind};
use civil::stated::Stated;
use civil::unit::UnitId;
use civil::value::{Date, Ethnicity, PartialDate, Sex};
use ledger::Engine;

use super::{Area, Figure, Figures, Form, Question, Table, table};
use crate::statistics::{Months, by_province};
use crate::testing::fixture::{Fixture, both_engines, judge, judge_opened};
use crate::testing::{Chance, Country, Scribe, Written, acts};

both_engines! {
    form_13a_counts_new_registrations_by_what_is_known_of_them
    form_14a_counts_the_other_matters
    judgments_and_what_was_settled_abroad_stand_under_notations
    a_correction_moves_a_figure_from_its_position_on_and_no_report_before
    a_registration_that_falls_is_counted_as_registered_and_not_as_corrected
    the_mean_age_is_that_of_those_who_marry_for_the_first_time
    a_figure_asked_for_at_an_earlier_position_is_the_same_later_to_the_unit
    the_figures_are_those_that_the_entries_give_when_they_are_counted_one_by_one
    an_area_is_an_office_a_unit_of_any_level_or_the_country
    births_and_deaths_stand_by_the_year_they_happened_and_the_year_they_were_registered
    how_soon_births_are_registered_is_counted
    the_six_columns_at_the_last_position_are_those_of_the_counts
}

fn day(text: &str) -> Date {
    Date::parse(text).unwrap()
}

fn count(figure: Option<Figure>) -> Option<u64> {
    match figure {
        Some(Figure::Count(count)) => Some(count),
        Some(Figure::Tenths(_)) => panic!("a mean is no count"),
        None => None,
    }
}

fn question(form: Form, area: Area) -> Question {
    Question {
        form,
        area,
        units_on: day("2025-03-03"),
        from: day("1900-01-01"),
        to: day("2099-12-31"),
        position: u64::from(u32::MAX),
        figures: Figures::AsRegistered,
    }
}

async fn ask(fixture: &Fixture, question: Question) -> Table {
    table(&fixture.reader(), &question).await.unwrap()
}

/// The cells of the only line, by their keys.
async fn cells(fixture: &Fixture, question: Question, keys: &[&str]) -> Vec<Option<u64>> {
    let table = ask(fixture, question).await;
    let [line] = table.lines.as_slice() else {
        panic!("{} lines", table.lines.len())
    };
    let key = line.key.clone();
    keys.iter().map(|cell| count(table.cell(&key, cell))).collect()
}

/// A birth at office 1, changed before it is signed.
fn birth(scribe: &mut Scribe, office: u32, on: Date, change: impl FnOnce(&mut civil::act::Birth)) -> Written {
    let book = scribe.number(OfficeId(office), BookType::Births);
    let act = acts::birth(&mut Chance::new(scribe.position()), book, on);
    let Act::Birth(mut birth) = act else {
        panic!("it is a birth")
    };
    birth.child.born_on = Some(Stated::plain(PartialDate::from(on.add_days(-10).unwrap())));
    birth.child.sex = Some(Stated::plain(Sex::Female));
    birth.child.ethnicity = Some(Stated::plain(Ethnicity::parse("12").unwrap()));
    change(&mut birth);
    scribe.register(Scribe::acts_of(OfficeId(office)), Act::Birth(birth))
}

async fn form_13a_counts_new_registrations_by_what_is_known_of_them(engine: Engine) {
    judge_opened(engine, async |fixture, mut scribe| {
        let today = scribe.today();
        let events = [
            birth(&mut scribe, 1, today, |_| {}),
            birth(&mut scribe, 1, today, |birth| {
                birth.child.sex = None;
                birth.child.ethnicity = Some(Stated::plain(Ethnicity::parse("01").unwrap()));
            }),
            birth(&mut scribe, 1, today, |birth| {
                birth.entry = BirthEntry::Late;
                birth.child.sex = Some(Stated::plain(Sex::Male));
                birth.child.born_on = Some(Stated::plain(PartialDate::parse("2021-06").unwrap()));
            }),
            birth(&mut scribe, 1, today, |birth| {
                birth.entry = BirthEntry::Foundling;
                birth.child.ethnicity = None;
            }),
            birth(&mut scribe, 1, today, |birth| birth.entry = BirthEntry::Again),
            birth(&mut scribe, 1, today, |birth| {
                birth.entry = BirthEntry::NotedFromAbroad
            }),
        ];
        fixture.append_all(&events).await;
        let keys = [
            "births_new",
            "births_kinh",
            "births_other_groups",
            "births_male",
            "births_female",
            "births_on_time",
            "births_late",
            "births_late_of_the_year",
            "births_late_under_5",
            "births_again",
            "deaths_new",
            "marriages_first",
        ];
        let asked = question(Form::Form13a, Area::Office(OfficeId(1)));
        let seen = cells(fixture, asked, &keys).await;
        let known = [4, 1, 2, 1, 2, 3, 1, 0, 1, 1].map(Some);
        assert_eq!(seen[..10], known);
        assert_eq!(seen[10..], [None, None], "blank is not zero");
        let elsewhere = question(Form::Form13a, Area::Office(OfficeId(2)));
        assert_eq!(cells(fixture, elsewhere, &["births_new"]).await, [None]);
        let year_before = Question {
            to: day("2024-12-31"),
            ..asked
        };
        assert_eq!(cells(fixture, year_before, &["births_new"]).await, [None]);
    })
    .await;
}

fn amendment(scribe: &mut Scribe, kind: Kind, entry: EntryId, sex: Sex) -> Written {
    let amended = acts::amended(
        &scribe.entries[&entry].clone(),
        "/child/sex",
        Some(Stated::plain(sex)),
    );
    let book = scribe.number(OfficeId(2), BookType::Changes);
    let act = acts::amendment(kind, book, scribe.today(), vec![amended]);
    scribe.register(Scribe::acts_of(OfficeId(2)), act)
}

async fn form_14a_counts_the_other_matters(engine: Engine) {
    judge_opened(engine, async |fixture, mut scribe| {
        let today = scribe.today();
        let opened = birth(&mut scribe, 1, today, |_| {});
        let entry = opened.event.envelope.entry.unwrap();
        let mut events = vec![opened];
        events.push(amendment(&mut scribe, Kind::Correction, entry, Sex::Male));
        events.push(amendment(&mut scribe, Kind::Correction, entry, Sex::Female));
        events.push(amendment(&mut scribe, Kind::Change, entry, Sex::Male));
        let book = scribe.number(OfficeId(2), BookType::Marriages);
        let act = acts::marriage(&mut Chance::new(7), book, today);
        let marriage = scribe.register(Scribe::acts_of(OfficeId(2)), act);
        let married = marriage.event.envelope.entry;
        events.push(marriage);
        events.push(scribe.write(Scribe::acts_of(OfficeId(2)), married, acts::divorce(today)));
        let book = scribe.number(OfficeId(2), BookType::MaritalStatus);
        let mut confirmation = acts::confirmation(&mut Chance::new(8), book, today);
        if let Act::MaritalStatusConfirmation(act) = &mut confirmation {
            act.subject.sex = Some(Stated::plain(Sex::Female));
        }
        events.push(scribe.register(Scribe::acts_of(OfficeId(2)), confirmation));
        fixture.append_all(&events).await;
        let asked = question(Form::Form14a, Area::Office(OfficeId(2)));
        let keys = [
            "amendments",
            "changes",
            "corrections",
            "supplements",
            "notations",
            "dissolutions",
            "nationality",
            "confirmations_to_marry_female",
            "confirmations_to_marry_male",
        ];
        let seen = cells(fixture, asked, &keys).await;
        assert_eq!(
            seen,
            [
                Some(3),
                Some(1),
                Some(2),
                None,
                Some(1),
                Some(1),
                None,
                Some(1),
                Some(0)
            ]
        );
    })
    .await;
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

fn judgment() -> Judgment {
    Judgment::least(acts::text("Tòa án nhân dân khu vực 1"))
}

async fn judgments_and_what_was_settled_abroad_stand_under_notations(engine: Engine) {
    judge_opened(engine, async |fixture, mut scribe| {
        let today = scribe.today();
        let opened = birth(&mut scribe, 1, today, |birth| {
            birth.entry = BirthEntry::NotedFromAbroad
        });
        let entry = opened.event.envelope.entry;
        let mut events = vec![opened];
        for matter in [
            JudgmentMatter::NationalityRenounced,
            JudgmentMatter::NationalityRestored,
            JudgmentMatter::MarriageAnnulled,
            JudgmentMatter::AdoptionEnded,
            JudgmentMatter::MissingDeclared,
        ] {
            let noted_at = Amended {
                entry: entry.unwrap(),
                kind: Kind::Birth,
                changes: Vec::new(),
            };
            let noted = JudgmentNoted {
                reached: vec![Reached(noted_at)],
                ..JudgmentNoted::least(today, matter, judgment(), acts::signer())
            };
            let act = Act::JudgmentNoted(Box::new(noted));
            events.push(scribe.write(Scribe::acts_of(OfficeId(1)), entry, act));
        }
        let name = acts::amended(
            &scribe.entries[&entry.unwrap()].clone(),
            "/child/sex",
            Some(Stated::plain(Sex::Male)),
        );
        let authority = Stated::plain(acts::text("Standesamt Berlin"));
        let book = scribe.number(OfficeId(1), BookType::Changes);
        let change = Amendment {
            registered_on: Some(today),
            received_on: Some(today),
            amended: vec![name],
            foreign: Some(Box::new(ForeignRegistration::least(authority))),
            ..Amendment::least(book, acts::signer())
        };
        events.push(scribe.register(Scribe::acts_of(OfficeId(1)), Act::Change(Box::new(change))));
        fixture.append_all(&events).await;
        let asked = question(Form::Form14a, Area::Office(OfficeId(1)));
        let keys = [
            "notations",
            "nationality",
            "adoptions",
            "dissolutions",
            "other_notations",
            "changes",
        ];
        let seen = cells(fixture, asked, &keys).await;
        // Missing, the birth noted and the change noted from abroad.
        assert_eq!(seen, [Some(7), Some(2), Some(1), Some(1), Some(3), None]);
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

async fn the_mean_age_is_that_of_those_who_marry_for_the_first_time(engine: Engine) {
    judge_opened(engine, async |fixture, mut scribe| {
        let today = scribe.today();
        let mut events = Vec::new();
        // Day of birth of the wife, whether it is her first marriage, whether it is his.
        let couples = [
            ("2000-03-03", Some(true), Some(true)),
            ("1999-03-04", Some(true), Some(false)),
            ("1970-01-01", Some(false), None),
            ("1999", Some(true), None),
            ("2001-01-01", None, None),
        ];
        for (born, wife_first, husband_first) in couples {
            let book = scribe.number(OfficeId(1), BookType::Marriages);
            let act = acts::marriage(&mut Chance::new(scribe.position()), book, today);
            let Act::Marriage(mut marriage) = act else {
                panic!("it is a marriage")
            };
            marriage.wife.born_on = Some(Stated::plain(PartialDate::parse(born).unwrap()));
            marriage.husband.born_on = Some(Stated::plain(PartialDate::parse("1995-01-01").unwrap()));
            (marriage.wife_first, marriage.husband_first) = (wife_first, husband_first);
            events.push(scribe.register(Scribe::acts_of(OfficeId(1)), Act::Marriage(marriage)));
        }
        fixture.append_all(&events).await;
        let table = ask(fixture, question(Form::Form13a, Area::Office(OfficeId(1)))).await;
        let cell = |key| table.cell("1", key).map(|figure| figure.to_string());
        let text = |text: &str| Some(text.to_owned());
        assert_eq!(cell("marriages_new"), text("5"));
        assert_eq!(cell("marriages_first"), text("1"));
        // 25 and 25; of 1999 alone the age is not known.
        assert_eq!(cell("age_at_first_marriage_female"), text("25.0"));
        assert_eq!(cell("age_at_first_marriage_male"), text("30.0"));
        assert_eq!(cell("marriages_again"), text("0"));
        assert_eq!(cell("births_new"), None);
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

async fn births_and_deaths_stand_by_the_year_they_happened_and_the_year_they_were_registered(engine: Engine) {
    judge_opened(engine, async |fixture, mut scribe| {
        let born = |year: &str| Some(Stated::plain(PartialDate::parse(year).unwrap()));
        let events = [
            birth(&mut scribe, 1, day("2024-05-01"), |birth| {
                birth.child.born_on = born("2023-12")
            }),
            birth(&mut scribe, 1, day("2025-01-02"), |birth| {
                birth.child.born_on = born("2023")
            }),
            birth(&mut scribe, 1, day("2025-01-02"), |birth| {
                birth.child.born_on = born("2024-12-31")
            }),
            birth(&mut scribe, 1, day("2025-01-02"), |birth| {
                birth.child.born_on = None
            }),
            birth(&mut scribe, 1, day("2025-01-02"), |birth| {
                birth.entry = BirthEntry::Again
            }),
        ];
        fixture.append_all(&events).await;
        let table = ask(fixture, question(Form::Occurrence, Area::Country)).await;
        let keys: Vec<&str> = table.columns.iter().map(|column| column.key.as_str()).collect();
        assert_eq!(keys, ["2024", "2025"]);
        let lines: Vec<(&str, Vec<Option<u64>>)> = table
            .lines
            .iter()
            .map(|line| {
                (
                    line.key.as_str(),
                    line.cells.iter().map(|cell| count(*cell)).collect(),
                )
            })
            .collect();
        assert_eq!(
            lines,
            [
                ("birth:2023", vec![Some(1), Some(1)]),
                ("birth:2024", vec![None, Some(1)]),
                ("birth:unknown", vec![None, Some(1)]),
            ]
        );
    })
    .await;
}

async fn how_soon_births_are_registered_is_counted(engine: Engine) {
    judge_opened(engine, async |fixture, mut scribe| {
        let today = scribe.today();
        let born = |date: &str| Some(Stated::plain(PartialDate::parse(date).unwrap()));
        let days = ["2025-02-20", "2025-01-15", "2024-06-01", "2021", "1990", "2024"];
        let mut events = Vec::new();
        for text in days {
            events.push(birth(&mut scribe, 1, today, |birth| {
                birth.child.born_on = born(text)
            }));
        }
        fixture.append_all(&events).await;
        let asked = question(Form::Timeliness, Area::Office(OfficeId(1)));
        let keys = [
            "births_within_60_days",
            "births_within_a_year",
            "births_under_5",
            "births",
            "births_day_unknown",
            "deaths",
        ];
        let seen = cells(fixture, asked, &keys).await;
        assert_eq!(seen, [Some(2), Some(3), Some(4), Some(6), Some(1), None]);
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
        assert_eq!(table.lines.len(), counts.len());
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
