//! What each form counts.

use civil::act::{
    Act, Amended, Amendment, BirthEntry, ForeignRegistration, JudgmentMatter, JudgmentNoted, Reached,
};
use civil::id::OfficeId;
use civil::kind::{BookType, Kind};
use civil::stated::Stated;
use civil::value::{Ethnicity, PartialDate, Sex};
use ledger::Engine;

use super::{amendment, ask, birth, cells, count, day, judgment, question};
use crate::measure::{Area, Form, Question};
use crate::testing::fixture::{both_engines, judge_opened};
use crate::testing::{Chance, Scribe, acts};

both_engines! {
    form_13a_counts_new_registrations_by_what_is_known_of_them
    form_14a_counts_the_other_matters
    judgments_and_what_was_settled_abroad_stand_under_notations
    the_mean_age_is_that_of_those_who_marry_for_the_first_time
    births_and_deaths_stand_by_the_year_they_happened_and_the_year_they_were_registered
    how_soon_births_are_registered_is_counted
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
