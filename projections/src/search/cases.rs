//! Events → what is found.

use civil::act::{Act, Person};
use civil::id::OfficeId;
use civil::kind::{BookType, Kind};
use civil::stated::Stated;
use civil::value::{Date, PartialDate, PersonName, PersonalNumber, Text};
use ledger::{Engine, Reader};

use super::{Hit, NameQuery, by_name, by_personal_number, same_name};
use crate::testing::fixture::{both_engines, judge_opened};
use crate::testing::{Scribe, Written, acts};

both_engines! {
    a_name_is_found_without_tone_marks_and_apostrophes
    a_name_is_found_by_its_given_name_and_other_words_in_either_order
    a_changed_name_is_found_as_former_until_it_is_borne_again
    a_parent_who_is_struck_out_is_former_and_one_who_is_added_is_found
    a_person_is_found_by_personal_number_and_by_year_of_birth
    what_is_typed_is_never_a_pattern
    of_many_of_one_name_the_latest_are_found
    namesakes_of_one_day_are_found_in_every_part
}

const HERE: OfficeId = OfficeId(1);

fn person(name: &str) -> Person {
    Person::named(PersonName::parse(&Text::normalise(name)).unwrap())
}

fn birth(scribe: &mut Scribe, child: Person, father: Option<Person>) -> Written {
    let book = scribe.number(HERE, BookType::Births);
    let act = acts::birth_of(child, None, father, book, scribe.today());
    scribe.register(Scribe::acts_of(HERE), act)
}

fn amend(
    scribe: &mut Scribe,
    kind: Kind,
    of: &Written,
    field: &str,
    to: Option<impl civil::wire::Wire>,
) -> Written {
    let entry = &scribe.entries[&of.event.envelope.entry.unwrap()];
    let amended = vec![acts::amended(entry, field, to)];
    let book = scribe.number(OfficeId(2), BookType::Changes);
    let act = acts::amendment(kind, book, scribe.today(), amended);
    scribe.register(Scribe::acts_of(OfficeId(2)), act)
}

async fn found(reader: Reader<'_>, typed: &str) -> Vec<Hit> {
    by_name(&reader, &NameQuery::new(typed), 20).await.unwrap()
}

async fn names(reader: Reader<'_>, typed: &str) -> Vec<String> {
    found(reader, typed)
        .await
        .into_iter()
        .map(|hit| hit.name)
        .collect()
}

async fn a_name_is_found_without_tone_marks_and_apostrophes(engine: Engine) {
    judge_opened(engine, async |fixture, mut scribe| {
        for name in ["Nguyễn Thị Hoà", "Nguyễn Thị Hoàng", "H’ Mrang Mlô", "Đỗ Đạt"] {
            fixture.append(&birth(&mut scribe, person(name), None)).await;
        }
        for typed in ["nguyen thi hoa", "NGUYỄN THỊ HÒA", "  Nguyễn  Thị   Hoà "] {
            assert_eq!(
                names(fixture.reader(), typed).await,
                ["Nguyễn Thị Hoà", "Nguyễn Thị Hoàng"],
                "{typed}"
            );
        }
        for typed in ["H'Mrang", "h mrang", "H’ Mrang Mlô", "hmrangm"] {
            assert_eq!(names(fixture.reader(), typed).await, ["H’ Mrang Mlô"], "{typed}");
        }
        assert_eq!(names(fixture.reader(), "do dat").await, ["Đỗ Đạt"]);
        assert_eq!(names(fixture.reader(), "le").await, Vec::<String>::new());
    })
    .await;
}

async fn a_name_is_found_by_its_given_name_and_other_words_in_either_order(engine: Engine) {
    judge_opened(engine, async |fixture, mut scribe| {
        for name in ["Trần Thị Hoà", "Trần Văn Đạt", "Lê Hoà"] {
            fixture.append(&birth(&mut scribe, person(name), None)).await;
        }
        assert_eq!(names(fixture.reader(), "hoa").await, ["Lê Hoà", "Trần Thị Hoà"]);
        assert_eq!(names(fixture.reader(), "tran hoa").await, ["Trần Thị Hoà"]);
        assert_eq!(names(fixture.reader(), "Hoà Trần").await, ["Trần Thị Hoà"]);
        assert_eq!(names(fixture.reader(), "dat van tran").await, ["Trần Văn Đạt"]);
        assert_eq!(
            by_name(&fixture.reader(), &NameQuery::new("hoa"), 1)
                .await
                .unwrap()
                .len(),
            1
        );
    })
    .await;
}

async fn a_changed_name_is_found_as_former_until_it_is_borne_again(engine: Engine) {
    judge_opened(engine, async |fixture, mut scribe| {
        let name = |text: &str| Some(Stated::plain(PersonName::parse(&Text::normalise(text)).unwrap()));
        let born = birth(&mut scribe, person("Phạm Văn Tèo"), None);
        let changed = amend(
            &mut scribe,
            Kind::Change,
            &born,
            "/child/name",
            name("Phạm Minh Quân"),
        );
        fixture.append(&born).await;
        let receipt = fixture.append(&changed).await;
        let old = found(fixture.reader(), "pham van teo").await;
        assert_eq!(
            old.iter().map(|hit| hit.former_since).collect::<Vec<_>>(),
            [Some(receipt.position)]
        );
        let new = found(fixture.reader(), "pham minh quan").await;
        assert_eq!(new.iter().map(|hit| hit.former_since).collect::<Vec<_>>(), [None]);
        assert_eq!(
            (new[0].entry, new[0].role.as_str()),
            (born.event.envelope.entry.unwrap(), "child")
        );

        let again = amend(
            &mut scribe,
            Kind::Change,
            &born,
            "/child/name",
            name("Phạm Văn Tèo"),
        );
        let receipt = fixture.append(&again).await;
        assert_eq!(
            found(fixture.reader(), "pham van teo").await[0].former_since,
            None
        );
        assert_eq!(
            found(fixture.reader(), "pham minh quan").await[0].former_since,
            Some(receipt.position)
        );
    })
    .await;
}

async fn a_parent_who_is_struck_out_is_former_and_one_who_is_added_is_found(engine: Engine) {
    judge_opened(engine, async |fixture, mut scribe| {
        let born = birth(&mut scribe, person("Lê Lan"), Some(person("Lê Văn Sai")));
        let struck = amend(&mut scribe, Kind::Correction, &born, "/father", None::<Person>);
        let added = amend(
            &mut scribe,
            Kind::Supplement,
            &born,
            "/father",
            Some(person("Lê Văn Đúng")),
        );
        // All in one batch: the last state of each row counts.
        fixture.append_all(&[born, struck.clone(), added]).await;
        let wrong = found(fixture.reader(), "le van sai").await;
        assert_eq!(wrong[0].former_since, Some(struck.event.position));
        let right = found(fixture.reader(), "le van dung").await;
        assert_eq!((right[0].role.as_str(), right[0].former_since), ("father", None));
    })
    .await;
}

async fn a_person_is_found_by_personal_number_and_by_year_of_birth(engine: Engine) {
    judge_opened(engine, async |fixture, mut scribe| {
        let mut child = person("Lê Ánh");
        child.born_on = Some(Stated::plain(PartialDate::from_year(2025).unwrap()));
        let born = birth(&mut scribe, child, None);
        let number = PersonalNumber::parse("001325000017").unwrap();
        let stated = Stated::plain(number);
        let numbered = amend(
            &mut scribe,
            Kind::Supplement,
            &born,
            "/child/personal_number",
            Some(stated),
        );
        fixture.append(&born).await;
        fixture.append(&numbered).await;
        let number = PersonalNumber::parse("001325000017").unwrap();
        let hits = by_personal_number(&fixture.reader(), &number).await.unwrap();
        assert_eq!(
            hits.iter().map(|hit| hit.name.as_str()).collect::<Vec<_>>(),
            ["Lê Ánh"]
        );
        let query = NameQuery::new("le anh");
        assert_eq!(
            by_name(&fixture.reader(), &query.clone().born_in(2025), 9)
                .await
                .unwrap()
                .len(),
            1
        );
        assert_eq!(
            by_name(&fixture.reader(), &query.born_in(1975), 9)
                .await
                .unwrap()
                .len(),
            0
        );
    })
    .await;
}

async fn what_is_typed_is_never_a_pattern(engine: Engine) {
    judge_opened(engine, async |fixture, mut scribe| {
        fixture
            .append(&birth(&mut scribe, person("Lê Văn Hoà"), None))
            .await;
        for typed in ["%", "hoa %", "hoa l_", "_", "", "   ", "' or 1 = 1 --", "hoa !"] {
            assert_eq!(
                names(fixture.reader(), typed).await,
                Vec::<String>::new(),
                "{typed:?}"
            );
        }
    })
    .await;
}

async fn namesakes_of_one_day_are_found_in_every_part(engine: Engine) {
    judge_opened(engine, async |fixture, mut scribe| {
        let born = |name: &str, day: &str| Person {
            born_on: Some(Stated::plain(PartialDate::parse(day).unwrap())),
            ..person(name)
        };
        let grown = birth(&mut scribe, born("Lê Văn Đúng", "1994-05-06"), None);
        let own = Some(born("LÊ VĂN ĐÚNG", "1994-05-06"));
        let as_father = birth(&mut scribe, born("Lê Lan", "2025-03-01"), own);
        let other_day = birth(&mut scribe, born("Lê Văn Đúng", "1994-05-07"), None);
        let year = birth(&mut scribe, born("Lê Văn Đúng", "1994"), None);
        fixture.append_all(&[grown, as_father, other_day, year]).await;
        let day = Date::new(1994, 5, 6).unwrap();
        let hits = super::namesakes(&fixture.reader(), "le van dung", day, 9).await;
        let mut places: Vec<_> = hits
            .unwrap()
            .into_iter()
            .map(|hit| hit.place().unwrap().role.name())
            .collect();
        places.sort_unstable();
        assert_eq!(places, ["child", "father"]);
    })
    .await;
}

#[test]
fn several_guardians_are_told_apart() {
    let mut scribe = Scribe::new(1, civil::value::Date::new(2025, 3, 3).unwrap());
    scribe.found();
    let book = scribe.number(HERE, BookType::Guardianships);
    let act = acts::guardianship(&mut crate::testing::Chance::new(1), book, scribe.today());
    assert!(matches!(act, Act::Guardianship(_)));
    let recorded = scribe.register(Scribe::acts_of(HERE), act).recorded();
    let recorded = [recorded];
    let rows = super::rows(&recorded, &[]);
    let json = serde_json::to_value(&rows).unwrap();
    let people: Vec<&str> = json
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row[2].as_str().unwrap())
        .collect();
    assert_eq!(people, ["guardian", "guardian/1", "ward"]);
}

/// The oldest were kept, although the newest are compared.
async fn of_many_of_one_name_the_latest_are_found(engine: Engine) {
    judge_opened(engine, async |fixture, mut scribe| {
        let births: Vec<Written> = (0..5)
            .map(|_| birth(&mut scribe, person("Nguyễn Thị Hoa"), None))
            .collect();
        fixture.append_all(&births).await;
        let mut entries: Vec<_> = births
            .iter()
            .filter_map(|birth| birth.event.envelope.entry)
            .collect();
        entries.sort_unstable_by(|one, other| other.cmp(one));
        let reader = fixture.reader();
        let found = same_name(&reader, "NGUYEN THI HOA", Kind::Birth, "child", None, 3);
        let found: Vec<_> = found.await.unwrap().into_iter().map(|hit| hit.entry).collect();
        assert_eq!(found, entries[..3]);
    })
    .await;
}
