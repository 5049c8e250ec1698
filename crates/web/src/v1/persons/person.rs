//! `GET /v1/persons/{ref}`: what the ledger knows of a person over all their entries.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use civil::access::Reading;
use civil::act::PersonRef;
use civil::directory::Directory;
use civil::effect::StateChange;
use civil::person::{Life, Relative};
use registry::{AsOf, KnownPerson};
use serde::Serialize;
use utoipa::ToSchema;

use crate::Web;
use crate::access::{Access, Shown, Shows};
use crate::parameters::{Parameters, in_path};
use crate::problem::Problem;

/// A person: the places that officers have linked, and what their entries say together.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PersonAnswer {
    /// The address that was asked for.
    r#ref: String,
    /// The legal day; null for now.
    #[schema(format = "date")]
    on: Option<String>,
    /// Every place at which the person is named, the nearest link first.
    places: Vec<PersonPlace>,
    /// Every name, the present one first.
    names: Vec<String>,
    /// Every personal number that a place states.
    numbers: Vec<String>,
    /// The birth date (EDTF).
    born_on: Option<String>,
    /// Whether the person lives.
    life: LifeAnswer,
    /// Whether the person is married.
    marital: MaritalAnswer,
    /// Declarations on the person that stand.
    capacity: Vec<MarkAnswer>,
    /// Whether nothing that needs a living person may be registered any more.
    locked: bool,
    /// Parents, by birth, recognition and adoption.
    parents: Vec<RelativeAnswer>,
    /// Children.
    children: Vec<RelativeAnswer>,
    /// Spouses, of every marriage.
    spouses: Vec<RelativeAnswer>,
    /// Guardians.
    guardians: Vec<RelativeAnswer>,
    /// Wards.
    wards: Vec<RelativeAnswer>,
}

/// A place at which a person is named.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PersonPlace {
    /// Its address.
    r#ref: String,
    /// The part in which the entry names them.
    role: &'static str,
    /// What was registered.
    kind: &'static str,
    /// The same in Vietnamese.
    title: &'static str,
    /// The office that registered it.
    office: u32,
    /// Its name.
    office_name: String,
}

/// Whether a person lives.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct LifeAnswer {
    /// `alive`, `dead`, `declared_dead` or `missing`.
    status: &'static str,
    /// The entry that says so; null while nothing says otherwise.
    #[schema(format = "uuid")]
    entry: Option<String>,
    /// The day of death (EDTF), as far as it is stated.
    on: Option<String>,
}

/// Whether a person is married.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MaritalAnswer {
    /// `never_married`, `married`, `divorced`, `widowed`, `annulled`, or `unknown` where the ledger does not hold enough.
    status: &'static str,
    /// In the words of Circular 04/2020, Art. 33.
    wording: String,
    /// From what it follows.
    because: Vec<BecauseAnswer>,
}

/// An entry and an event from which something follows.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct BecauseAnswer {
    /// The entry.
    #[schema(format = "uuid")]
    entry: String,
    /// The event.
    #[schema(format = "uuid")]
    event: String,
    /// What the entry is; null for an entry at which the person themselves is not named.
    kind: Option<&'static str>,
}

/// A declaration that stands.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct MarkAnswer {
    /// `missing`, `incapacitated`, `limited_capacity` or `impaired_cognition`.
    mark: &'static str,
    /// The event by which it was noted.
    #[schema(format = "uuid")]
    event: String,
}

/// Somebody to whom the person is tied.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct RelativeAnswer {
    /// The address by which they are known: where an officer linked them to, else their place in this entry.
    r#ref: String,
    /// Their place in the entry that ties them.
    at: String,
    /// Their name there.
    name: Option<String>,
    /// What makes a parent a parent: `birth`, `adoptive`, `step`, `recognised`.
    standing: Option<&'static str>,
    /// Whether the tie holds: the marriage, the guardianship, the adoption.
    in_force: bool,
    /// How it ended; null while it holds, and where no entry says by what.
    ended: Option<PartingAnswer>,
}

/// How a tie ended.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PartingAnswer {
    /// `divorced`, `annulled`, `ended`, `death`; `remarriage` where one was declared dead and the other married again.
    how: &'static str,
    /// When (EDTF), as far as it is stated.
    on: Option<String>,
    /// The entry that says so.
    #[schema(format = "uuid")]
    entry: String,
    /// The event that says so.
    #[schema(format = "uuid")]
    event: String,
}

/// Read a person
///
/// A person has no record: what is answered is read from the entries at all places that officers have linked to this one, on both
/// axes of time. Nothing is merged, and nothing is claimed that the ledger does not hold.
#[utoipa::path(
    get,
    path = "/v1/persons/{ref}",
    tag = "persons",
    params(
        ("ref" = String, Path, description = "A place: `ENTRY.child`, `ENTRY.guardian.1`"),
        ("as_of" = Option<String>, Query, format = "date", description = "The legal day; now when left out"),
        ("known_at" = Option<String>, Query, format = "date-time", description = "What the log knew then; now when left out"),
    ),
    responses((status = 200, description = "The person", body = PersonAnswer)),
    security(("reader" = ["personal_data"]))
)]
pub(crate) async fn get_person(
    State(web): State<Arc<Web>>,
    access: Access,
    Path(place): Path<String>,
    mut parameters: Parameters,
) -> Result<Shown<Json<PersonAnswer>>, Problem> {
    let place: PersonRef = in_path("ref", &place)?;
    let as_of = AsOf {
        day: parameters.day("as_of"),
        known_at_ms: parameters.instant_ms("known_at"),
    };
    parameters.finish()?;
    let person = web.registry().person(place, as_of).await?;
    let answer = web
        .registry()
        .with_directory(|known| PersonAnswer::of(place, &person, known));
    let entries = person.entries.keys().copied();
    let shows = Shows::one(Reading::Person).entries(entries.chain([place.entry]));
    access.shows(&web, shows, Json(answer)).await
}

impl PersonAnswer {
    fn of(place: PersonRef, person: &KnownPerson, directory: &Directory) -> Self {
        let KnownPerson { view, entries } = person;
        let places = view.places.iter().filter_map(|place| {
            let entry = entries.get(&place.entry)?;
            Some(PersonPlace {
                r#ref: place.to_string(),
                role: place.role.name(),
                kind: entry.kind.name(),
                title: entry.kind.vietnamese(),
                office: entry.office.0,
                office_name: directory.name(entry.office),
            })
        });
        let because = view.marital.because.iter().map(|(entry, event)| BecauseAnswer {
            entry: entry.to_string(),
            event: event.to_string(),
            kind: entries.get(entry).map(|entry| entry.kind.name()),
        });
        let marks = view.marks.iter().map(|(mark, event)| MarkAnswer {
            mark: StateChange::Sets(*mark).name(),
            event: event.to_string(),
        });
        let list = |relatives: &[Relative]| relatives.iter().map(RelativeAnswer::of).collect();
        Self {
            r#ref: place.to_string(),
            on: view.on.map(|day| day.to_string()),
            places: places.collect(),
            names: view.names.iter().map(|name| name.full().to_owned()).collect(),
            numbers: view.numbers.iter().map(ToString::to_string).collect(),
            born_on: view.born_on.map(|day| day.to_string()),
            life: LifeAnswer::of(&view.life),
            marital: MaritalAnswer {
                status: view.marital.status.name(),
                wording: view.marital.wording.clone(),
                because: because.collect(),
            },
            capacity: marks.collect(),
            locked: view.locked(),
            parents: list(&view.parents),
            children: list(&view.children),
            spouses: list(&view.spouses),
            guardians: list(&view.guardians),
            wards: list(&view.wards),
        }
    }
}

impl LifeAnswer {
    fn of(life: &Life) -> Self {
        let (status, entry, on) = match life {
            Life::Alive => ("alive", None, None),
            Life::Dead { entry, on } => ("dead", Some(entry), *on),
            Life::DeclaredDead { entry, on } => ("declared_dead", Some(entry), *on),
            Life::Missing { entry, .. } => ("missing", Some(entry), None),
        };
        Self {
            status,
            entry: entry.map(ToString::to_string),
            on: on.map(|day| day.to_string()),
        }
    }
}

impl RelativeAnswer {
    fn of(relative: &Relative) -> Self {
        Self {
            r#ref: relative.known_as.unwrap_or(relative.at).to_string(),
            at: relative.at.to_string(),
            name: relative.name.as_ref().map(|name| name.full().to_owned()),
            standing: relative.standing.map(civil::act::ParentStanding::name),
            in_force: relative.in_force,
            ended: relative.ended.map(|parting| PartingAnswer {
                how: parting.how.name(),
                on: parting.on.map(|day| day.to_string()),
                entry: parting.entry.to_string(),
                event: parting.event.to_string(),
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value as Json, json};

    use crate::testing::{House, birth};

    const DAY: &str = "2026-03-02";

    fn marriage(wife: &Json, day: &str) -> Json {
        json!({
            "kind": "marriage",
            "act": {
                "registered_on": day, "received_on": day, "entry": "new", "established_on": day, "both_present": true,
                "wife": {
                    "name": "Ksor H’Lan", "born_on": "2000-01-02", "ethnicity": "10", "nationality": "VNM",
                    "known_as": { "entry": wife, "role": "child" },
                },
                "husband": { "name": "Y Blô Niê", "born_on": "1998-05-06", "ethnicity": "12", "nationality": "VNM" },
                "signer": { "name": "Lê Thị Mai", "title": "Phó Chủ tịch" },
            },
        })
    }

    fn death(of: Json, day: &str) -> Json {
        json!({
            "kind": "death",
            "act": {
                "registered_on": day, "received_on": day, "entry": "on_time", "died_on": day,
                "deceased": { "name": "Y Blô Niê", "born_on": "1998-05-06", "nationality": "VNM", "known_as": of },
                "place": { "text": "Trạm y tế xã Hòa Phú" },
                "signer": { "name": "Lê Thị Mai", "title": "Phó Chủ tịch" },
            },
        })
    }

    #[tokio::test]
    async fn a_person_is_read_over_all_linked_entries_on_both_axes_of_time() {
        let house = House::founded().await;
        let office = house.open_office(1, "UBND xã Hòa Phú").await;
        let (born, _) = house.file(&office, birth(DAY)).await;
        let path = format!("/v1/persons/{}.child", born["entry"].as_str().unwrap());
        let person = house.get(&path, &office).await;
        assert_eq!(person.status, 200, "{}", person.text());
        assert_eq!(person.json()["marital"]["status"], "never_married");
        assert_eq!(person.json()["life"]["status"], "alive");
        let parents: Vec<_> = person.json()["parents"]
            .as_array()
            .unwrap()
            .iter()
            .map(|parent| parent["name"].clone())
            .collect();
        assert_eq!(parents, [json!("Ksor H’Bia"), json!("Nguyễn Văn Thành")]);

        house.today_is("2026-03-10");
        let (married, receipt) = house.file(&office, marriage(&born["entry"], "2026-03-10")).await;
        let wife = house.get(&path, &office).await.json();
        assert_eq!(wife["marital"]["status"], "married");
        assert_eq!(
            (
                &wife["marital"]["because"][0]["entry"],
                &wife["marital"]["because"][0]["kind"]
            ),
            (&married["entry"], &json!("marriage"))
        );
        assert!(
            wife["marital"]["wording"]
                .as_str()
                .unwrap()
                .starts_with("Hiện tại đang có chồng là ông Y Blô Niê")
        );
        assert_eq!(wife["places"].as_array().unwrap().len(), 2);

        house.today_is("2026-03-20");
        let husband = json!({ "entry": married["entry"], "role": "husband" });
        let (died, _) = house.file(&office, death(husband, "2026-03-20")).await;
        let widow = house.get(&path, &office).await.json();
        assert_eq!(widow["marital"]["status"], "widowed");
        assert_eq!(widow["marital"]["because"][1]["entry"], died["entry"]);
        let dead = format!("/v1/persons/{}.husband", married["entry"].as_str().unwrap());
        let dead = house.get(&dead, &office).await.json();
        assert_eq!(
            (&dead["locked"], &dead["life"]["status"]),
            (&json!(true), &json!("dead"))
        );

        let status = async |query: &str| {
            let answer = house.get(&format!("{path}?{query}"), &office).await;
            answer.json()["marital"]["status"].clone()
        };
        assert_eq!(status("as_of=2026-03-15").await, "married");
        assert_eq!(status("as_of=2026-03-09").await, "never_married");
        let recorded = receipt["recorded_at"].as_str().unwrap();
        assert_eq!(status(&format!("known_at={recorded}")).await, "married");
        assert_eq!(status("known_at=2026-03-05T00:00:00Z").await, "never_married");
    }

    #[tokio::test]
    async fn an_officer_decides_who_is_the_same_person_and_may_decide_otherwise() {
        let house = House::founded().await;
        let office = house.open_office(1, "UBND xã Hòa Phú").await;
        let (one, _) = house.file(&office, birth(DAY)).await;
        let (other, _) = house.file(&office, birth(DAY)).await;
        let decided = |verdict: &str| {
            let place = |entry: &Json| json!({ "entry": entry, "role": "child" });
            let act = json!({
                "decided_on": DAY, "first": place(&one["entry"]), "second": place(&other["entry"]),
                "verdict": verdict, "reason": "Đối chiếu hồ sơ", "signer": { "name": "Lê Thị Mai", "title": "Phó Chủ tịch" },
            });
            json!({ "kind": "identity_decided", "act": act })
        };
        let path = format!("/v1/persons/{}.child", one["entry"].as_str().unwrap());
        let second = civil::cose::SecretKey::ed25519(&[77; 32]);
        house.grant(1, &second, "officer").await;
        for (verdict, places) in [("same", 2), ("not_same", 1)] {
            house.file_by_two(&office, &second, decided(verdict)).await;
            let person = house.get(&path, &office).await.json();
            assert_eq!(person["places"].as_array().unwrap().len(), places, "{verdict}");
        }
    }

    #[tokio::test]
    async fn people_are_found_by_name_and_number_and_nobody_is_where_nobody_is_named() {
        let house = House::founded().await;
        let office = house.open_office(1, "UBND xã Hòa Phú").await;
        let mut request = birth(DAY);
        request["act"]["mother"]["personal_number"] = json!("064194000123");
        let (born, _) = house.file(&office, request).await;
        let entry = born["entry"].as_str().unwrap();
        let found = async |query: &str| {
            let answer = house.get(&format!("/v1/persons?{query}"), &office).await;
            assert_eq!(answer.status, 200, "{}", answer.text());
            answer.json()["found"][0]["ref"].clone()
        };
        assert_eq!(
            found("personal_number=064194000123").await,
            json!(format!("{entry}.mother"))
        );
        assert_eq!(
            found("name=ksor%20hlan&born=2026").await,
            json!(format!("{entry}.child"))
        );
        let nobody = house.get(&format!("/v1/persons/{entry}.wife"), &office).await;
        assert_eq!((nobody.status, nobody.problem().as_str()), (404, "not_found"));
        let unreadable = house.get("/v1/persons/nobody", &office).await;
        assert_eq!(
            (unreadable.status, unreadable.problem().as_str()),
            (400, "bad_parameter")
        );
        let nothing = house.get("/v1/persons", &office).await;
        assert_eq!(nothing.problem(), "bad_parameter");
        // Name and year were ignored beside a number.
        let both = "/v1/persons?personal_number=064194000123&name=ksor&born=2026";
        let names: Vec<String> = house
            .get(both, &office)
            .await
            .errors()
            .into_iter()
            .map(|(name, _)| name)
            .collect();
        assert_eq!(names, ["name", "born"]);
    }
}
