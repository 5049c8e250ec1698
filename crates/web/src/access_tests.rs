//! Nobody is shown people's data unless it is written down first.

use std::net::IpAddr;

use axum::body::Body;
use axum::http::{Request, header};
use civil::access::{Reader, Reading};
use registry::{AccessesAsked, Failure, KeptLine, Point, TokenId};
use serde_json::Value as Json;

use super::{FORWARDED, PURPOSE};
use crate::openapi::is_personal;
use crate::testing::{Answer, House, Office, birth, correction};
use crate::turnstile::Peer;
use crate::v1::extracts::tests::{asked, issued};

async fn lines(house: &House) -> Vec<KeptLine> {
    let asked = AccessesAsked {
        limit: 1_000,
        ..AccessesAsked::default()
    };
    let mut lines = house.web.registry().accesses(asked).await.unwrap();
    lines.sort_by_key(|line| line.number);
    lines
}

/// The line that one question left.
async fn line(house: &House, before: usize) -> KeptLine {
    let mut lines = lines(house).await;
    assert_eq!(lines.len(), before + 1);
    lines.remove(before)
}

/// A house with an entry, a paper of it, and somebody for every kind of question.
struct Scene {
    house: House,
    office: Office,
    entry: Json,
    event: String,
    paper: String,
    auditor: String,
    inspector: String,
}

impl Scene {
    async fn set() -> Self {
        let house = House::founded().await;
        let office = house.open_office(1, "UBND xã Hòa Phú").await;
        let (draft, receipt) = house.file(&office, birth("2026-03-02")).await;
        // By another office, so that the first is owed a notice.
        let other = house.open_office(9, "UBND phường Hải Châu").await;
        house
            .file(&other, correction(&draft["entry"], "2026-03-02"))
            .await;
        let (_, paper) = issued(&house, &office, asked(&draft["entry"])).await;
        house.publish().await;
        let registry = house.web.registry();
        let auditor = registry.make_auditor_token("kiểm toán").await.unwrap();
        let inspector = registry.make_inspector_token("thanh tra").await.unwrap();
        Self {
            entry: draft["entry"].clone(),
            event: receipt["event"].as_str().unwrap().to_owned(),
            paper: paper["event"].as_str().unwrap().to_owned(),
            auditor,
            inspector,
            office,
            house,
        }
    }

    fn entry(&self) -> &str {
        self.entry.as_str().unwrap()
    }

    /// How an operation is asked so that it answers with something.
    fn question(&self, operation: &str) -> (String, Option<Json>) {
        let (method, template) = operation.split_once(' ').unwrap();
        let path = template
            .replace("{ref}", &format!("{}.child", self.entry()))
            .replace("{event_id}", &self.event)
            .replace("{entry}", self.entry())
            .replace("{paper}", &self.paper)
            .replace("{office}/{book}/{year}", "1/births/2026")
            .replace("{kind}", "birth");
        let path = match template {
            "/v1/offices/{id}" | "/v1/offices/{id}/officers" | "/v1/offices/{id}/custody" => {
                path.replace("{id}", "1")
            }
            _ => path.replace("{id}", self.entry()),
        };
        let query = match operation {
            "GET /v1/entries" => "?name=ksor",
            "GET /v1/persons" => "?name=ksor&born=1994",
            "GET /v1/tasks" | "GET /v1/notices" => "?office=1",
            "GET /v1/events" => "?bodies=true",
            "GET /v1/extracts" => "?office=1&year=2026",
            "GET /v1/extracts/statistics" => "?from=2026-03-02&to=2026-03-02",
            "GET /v1/statistics" => "?year=2026",
            "GET /v1/law" => "?kind=birth&received_on=2026-03-02&occurred_on=2026-03-01",
            _ => "",
        };
        let path = match template {
            "/restricted/envelopes/{path}" => "/restricted/envelopes/000.p/1".to_owned(),
            "/v1/statistics/{form}" => "/v1/statistics/13a?from=2026-01-01&to=2026-12-31".to_owned(),
            _ => path + query,
        };
        let body = match operation {
            "POST /v1/acts" => {
                let mut again = correction(&self.entry, "2026-03-02");
                again["act"]["amended"][0]["changes"][0]["from"] = "1995-06-01".into();
                again["act"]["amended"][0]["changes"][0]["to"] = "1996-06-01".into();
                Some(self.office.signing(again))
            }
            "POST /v1/extracts" => Some(self.office.signing(asked(&self.entry))),
            _ => None,
        };
        assert_eq!(body.is_some(), method == "POST", "{operation}");
        (path, body)
    }

    async fn ask(&self, token: &str, path: &str, body: Option<&Json>, headers: &[(&str, &str)]) -> Answer {
        let mut request = Request::builder()
            .method(if body.is_some() { "POST" } else { "GET" })
            .uri(path)
            .header(header::AUTHORIZATION, format!("Bearer {token}"))
            .header(header::CONTENT_TYPE, "application/json")
            .extension(Peer(IpAddr::from([10, 0, 0, 7])));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let body = body.map_or_else(Body::empty, |body| Body::from(body.to_string()));
        self.house.ask(request.body(body).unwrap()).await
    }
}

/// Every operation of the document that asks for a token: its address, and whether it shows people's data.
fn secured() -> Vec<(String, String, bool)> {
    let document = crate::openapi();
    let mut secured = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            if let Some(scheme) = operation["security"][0].as_object() {
                let scheme = scheme.keys().next().unwrap().clone();
                let name = format!("{} {path}", method.to_uppercase());
                secured.push((name, scheme, is_personal(operation)));
            }
        }
    }
    secured
}

/// What nobody's data are shown by, though a token is asked for: offices, officers' keys, counts, hashes.
const NOBODYS: [&str; 10] = [
    "GET /v1/events/{event_id}/proof",
    "GET /v1/extracts/statistics",
    "GET /v1/notices/overdue",
    "GET /v1/offices",
    "GET /v1/offices/{id}",
    "GET /v1/offices/{id}/custody",
    "GET /v1/offices/{id}/officers",
    "GET /v1/quality",
    "GET /v1/statistics",
    "GET /v1/statistics/{form}",
];

/// An operation that is added must be asked here, and leave its line; or stand in the list above, with a reason.
#[tokio::test]
async fn whoever_is_shown_something_of_somebody_is_written_down() {
    let scene = Scene::set().await;
    for (operation, scheme, personal) in secured() {
        let nobodys = NOBODYS.contains(&operation.as_str());
        assert_ne!(personal, nobodys, "{operation}");
        let token = match scheme.as_str() {
            "reader" => &scene.office.token,
            "auditor" => &scene.auditor,
            _ => &scene.inspector,
        };
        let before = lines(&scene.house).await.len();
        let (path, body) = scene.question(&operation);
        let answer = scene.ask(token, &path, body.as_ref(), &[]).await;
        assert_eq!(answer.status, 200, "{operation}: {}", answer.text());
        let lines = lines(&scene.house).await;
        assert_eq!(lines.len(), before + usize::from(personal), "{operation}");
        if personal {
            let access = &lines[before].access;
            assert_eq!(access.token, *TokenId::of(token).as_bytes(), "{operation}");
            assert_eq!(access.from, Some(IpAddr::from([10, 0, 0, 7])), "{operation}");
            // What is not about one entry says of how many things, and by which numbers.
            let named = access
                .entries
                .iter()
                .any(|entry| entry.to_string() == scene.entry());
            assert!(
                named || access.numbers.is_some() || access.shown == 0,
                "{operation}: {access:?}"
            );
        }
    }
}

#[tokio::test]
async fn what_is_everybodys_leaves_no_line() {
    let scene = Scene::set().await;
    let before = lines(&scene.house).await.len();
    let code = scene
        .ask(
            &scene.office.token,
            &format!("/v1/extracts/{}", scene.paper),
            None,
            &[],
        )
        .await
        .json()["code"]
        .as_str()
        .unwrap()
        .to_owned();
    for path in [
        "/checkpoint".to_owned(),
        "/tile/entries/000.p/1".to_owned(),
        "/v1/kinds".to_owned(),
        "/openapi.json".to_owned(),
        format!("/v1/extracts/{code}/status"),
        format!("/v1/extracts/{code}/proof"),
        format!("/v/{code}"),
    ] {
        assert_eq!(scene.house.get_openly(&path).await.status, 200, "{path}");
    }
    assert_eq!(lines(&scene.house).await.len(), before + 1, "the paper alone");
}

#[tokio::test]
async fn a_refusal_shows_nothing_and_leaves_no_line() {
    let scene = Scene::set().await;
    let other = scene.house.open_office(2, "UBND phường Tân Lập").await;
    let before = lines(&scene.house).await.len();
    let unknown = "018f0000-0000-7000-8000-000000000000";
    for (path, status) in [
        (format!("/v1/entries/{unknown}"), 404),
        (format!("/v1/extracts/{}/pdf", scene.paper), 403),
        ("/v1/entries".to_owned(), 400),
        ("/v1/access".to_owned(), 401),
    ] {
        assert_eq!(
            scene.ask(&other.token, &path, None, &[]).await.status,
            status,
            "{path}"
        );
    }
    // Whoever waits for the next event is shown nothing.
    let end = scene.ask(&other.token, "/v1/events?from=1000", None, &[]).await;
    assert_eq!(end.status, 200);
    assert_eq!(lines(&scene.house).await.len(), before);
}

#[tokio::test]
async fn a_line_says_who_what_why_and_from_where_and_nothing_that_was_typed() {
    let scene = Scene::set().await;
    let (token, entry) = (&scene.office.token, scene.entry().to_owned());
    let before = lines(&scene.house).await.len();
    let purpose = [("hotich-purpose", "paper; case=H29.12-260302-0001")];
    let searched = scene.ask(token, "/v1/entries?name=ksor", None, &purpose).await;
    let found = searched.json()["found"].as_array().unwrap().len();
    let kept = line(&scene.house, before).await;
    let access = kept.access.clone();
    assert_eq!(
        (access.reader, access.reading),
        (Reader::Office, Reading::EntrySearch)
    );
    assert_eq!((access.office.0, access.shown), (1, found as u64));
    assert_eq!(
        access.purpose.unwrap().to_string(),
        "paper; case=H29.12-260302-0001"
    );
    assert_eq!(access.entries.len(), 1);
    assert_eq!(access.entries[0].to_string(), entry);
    let bytes = kept.access.encode();
    for word in ["ksor", "Ksor"] {
        assert!(!bytes.windows(word.len()).any(|window| window == word.as_bytes()));
    }
    // A search that finds nobody was a search.
    scene.ask(token, "/v1/entries?name=zzz", None, &[]).await;
    let nobody = line(&scene.house, before + 1).await.access;
    assert_eq!((nobody.shown, nobody.entries.len(), nobody.purpose), (0, 0, None));
    // So is a look at what is as it was.
    let path = format!("/v1/entries/{entry}");
    let tag = scene
        .ask(token, &path, None, &[])
        .await
        .header(header::ETAG)
        .to_owned();
    let again = scene.ask(token, &path, None, &[("if-none-match", &tag)]).await;
    assert_eq!((again.status, lines(&scene.house).await.len()), (304, before + 4));
    // Events that were asked for are named, and pages of the log by their positions.
    let path = format!("/v1/events/{}", scene.event);
    scene.ask(token, &path, None, &[]).await;
    let one = line(&scene.house, before + 4).await.access;
    assert_eq!(
        (one.reading, one.events[0].to_string()),
        (Reading::Event, scene.event.clone())
    );
    scene.ask(token, "/v1/events?from=1&limit=2", None, &[]).await;
    let page = line(&scene.house, before + 5).await.access;
    assert_eq!(
        (page.reading, page.numbers, page.shown),
        (Reading::Envelopes, Some((1, 3)), 2)
    );
}

#[tokio::test]
async fn a_purpose_that_could_name_a_person_is_refused_and_not_repeated() {
    let scene = Scene::set().await;
    let before = lines(&scene.house).await.len();
    let path = format!("/v1/entries/{}", scene.entry());
    for said in [
        "curiosity",
        "paper; case=Nguyen Van Thanh",
        "paper; case=066194001234",
        "Hồ sơ",
    ] {
        let answer = scene
            .ask(&scene.office.token, &path, None, &[(PURPOSE.as_str(), said)])
            .await;
        assert_eq!(
            (answer.status, answer.problem().as_str()),
            (400, "bad_parameter"),
            "{said}"
        );
        assert_eq!(
            answer.errors(),
            [("hotich-purpose".to_owned(), "not_a_purpose".to_owned())]
        );
        assert!(!answer.text().contains("Thanh") && !answer.text().contains("0661"));
    }
    assert_eq!(lines(&scene.house).await.len(), before);
}

/// A disk that is full, a node that lost its store.
#[tokio::test]
async fn what_cannot_be_written_down_is_not_shown() {
    let scene = Scene::set().await;
    let failures = [Failure::DiskFull, Failure::NotPersisted, Failure::WriteFailed];
    for ((operation, scheme, personal), failure) in secured().into_iter().zip(failures.into_iter().cycle()) {
        let token = match scheme.as_str() {
            "reader" => &scene.office.token,
            "auditor" => &scene.auditor,
            _ => &scene.inspector,
        };
        let (path, body) = scene.question(&operation);
        if personal {
            scene.house.faults.play(Point::Access, failure);
        }
        let answer = scene.ask(token, &path, body.as_ref(), &[]).await;
        assert_eq!(scene.house.faults.left(), 0, "{operation}");
        if personal {
            assert_eq!(
                (answer.status, answer.problem().as_str()),
                (503, "access_not_written"),
                "{operation}"
            );
            assert_eq!(answer.header(header::RETRY_AFTER), "5");
            assert!(!answer.text().contains("Ksor") && !answer.text().contains(scene.entry()));
        } else {
            assert_eq!(answer.status, 200, "{operation}");
        }
    }
}

#[test]
fn every_operation_that_shows_people_s_data_names_the_header_and_why_there_may_be_no_answer() {
    let document = crate::openapi();
    for (operation, _, personal) in secured() {
        let (method, path) = operation.split_once(' ').unwrap();
        let operation = &document["paths"][path][method.to_lowercase()];
        let parameters = operation["parameters"].as_array().cloned().unwrap_or_default();
        let named = parameters.iter().any(|one| one["name"] == PURPOSE.as_str());
        assert_eq!(named, personal, "{path}");
        let says = operation["responses"]["503"]["description"].as_str().unwrap();
        assert_eq!(says.contains("access_not_written"), personal, "{path}");
    }
}

#[test]
fn the_address_behind_a_proxy_of_ours_is_the_last_that_is_none() {
    let [proxy, second, stranger]: [IpAddr; 3] =
        ["10.0.0.1", "10.0.0.2", "198.51.100.7"].map(|text| text.parse().unwrap());
    let asked = |peer: Option<IpAddr>, lists: &[&str]| {
        let mut request = Request::builder().uri("/");
        if let Some(peer) = peer {
            request = request.extension(Peer(peer));
        }
        for list in lists {
            request = request.header(FORWARDED, *list);
        }
        let (parts, ()) = request.body(()).unwrap().into_parts();
        super::address(&parts, &[proxy, second])
    };
    let at = |text: &str| Some(text.parse::<IpAddr>().unwrap());
    assert_eq!(asked(None, &["203.0.113.9"]), None);
    assert_eq!(
        asked(Some(stranger), &["203.0.113.9"]),
        Some(stranger),
        "nobody's proxy"
    );
    assert_eq!(asked(Some(proxy), &[]), Some(proxy));
    assert_eq!(asked(Some(proxy), &["203.0.113.9"]), at("203.0.113.9"));
    assert_eq!(
        asked(Some(proxy), &["1.1.1.1, 203.0.113.9, 10.0.0.2"]),
        at("203.0.113.9")
    );
    assert_eq!(
        asked(Some(proxy), &["1.1.1.1", "2001:db8::7,10.0.0.2"]),
        at("2001:db8::7")
    );
    assert_eq!(asked(Some(proxy), &["1.1.1.1, unknown"]), Some(proxy));
}
