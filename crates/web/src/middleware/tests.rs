use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::http::{HeaderName, Request, header};
use axum::routing::get;
use hyper::body::Frame;
use serde_json::json;
use tower::ServiceExt as _;
use tracing_subscriber::fmt::MakeWriter;

use crate::Limits;
use crate::testing::{Answer, House, birth, correction};

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

fn post(path: &str, body: impl Into<Body>) -> Request<Body> {
    Request::post(path)
        .header(header::CONTENT_TYPE, "application/json")
        .body(body.into())
        .unwrap()
}

fn get_request(path: &str) -> Request<Body> {
    Request::get(path).body(Body::empty()).unwrap()
}

/// A body of which nothing ever comes.
struct Never;

impl hyper::body::Body for Never {
    type Data = Bytes;
    type Error = std::convert::Infallible;
    fn poll_frame(
        self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        Poll::Pending
    }
}

/// Everything that is logged while it lives, on this thread.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    fn listen(&self) -> tracing::subscriber::DefaultGuard {
        let subscriber = tracing_subscriber::fmt()
            .with_max_level(tracing::Level::TRACE)
            .with_ansi(false)
            .with_writer(self.clone());
        tracing::subscriber::set_default(subscriber.finish())
    }

    fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }
}

impl std::io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Self;
    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

#[tokio::test]
async fn an_address_that_is_not_there_is_a_problem() {
    let house = House::founded().await;
    for path in [
        "/",
        "/v1",
        "/v1/",
        "/v1/entries/",
        "/v2/entries",
        "/v1/books/1/births",
        "/%ff",
        "/..%2f",
    ] {
        let answer = house.get_openly(path).await;
        assert_eq!(
            (answer.status, answer.problem().as_str()),
            (404, "no_such_address"),
            "{path}"
        );
    }
    let answer = house.get("/v1/entries/%ff", &house.ministry).await;
    assert_eq!((answer.status, answer.problem().as_str()), (400, "bad_request"));
}

#[tokio::test]
async fn a_method_that_is_not_taken_is_a_problem_that_names_those_that_are() {
    let house = House::founded().await;
    let answer = house
        .ask(Request::put("/v1/events").body(Body::empty()).unwrap())
        .await;
    assert_eq!(
        (answer.status, answer.problem().as_str()),
        (405, "method_not_allowed")
    );
    assert!(
        answer.header(header::ALLOW).contains("POST"),
        "{:?}",
        answer.headers
    );
}

#[tokio::test]
async fn a_body_that_is_not_json_is_a_problem() {
    let house = House::founded().await;
    let answer = house
        .ask(Request::post("/v1/events").body(Body::from("{}")).unwrap())
        .await;
    assert_eq!((answer.status, answer.problem().as_str()), (415, "not_json"));
    for text in ["", "{", "{\"signed\": \"x\"", "nothing", "\u{feff}{}", "{}{}"] {
        let answer = house.ask(post("/v1/events", text)).await;
        assert_eq!(
            (answer.status, answer.problem().as_str()),
            (400, "malformed_json"),
            "{text}"
        );
    }
}

#[tokio::test]
async fn twenty_megabytes_are_a_problem_and_two_are_not() {
    let house = House::founded().await;
    let answer = house.ask(post("/v1/events", vec![b' '; 20 << 20])).await;
    assert_eq!((answer.status, answer.problem().as_str()), (413, "too_large"));
    // A client that waits to be told whether to send is told not to; its body is not waited for.
    let mut request = post("/v1/events", Body::new(Never));
    request
        .headers_mut()
        .insert(header::CONTENT_LENGTH, "20000000".parse().unwrap());
    request
        .headers_mut()
        .insert(header::EXPECT, "100-continue".parse().unwrap());
    let answer = house.ask(request).await;
    assert_eq!((answer.status, answer.problem().as_str()), (413, "too_large"));
    let answer = house.ask(post("/v1/events", vec![b' '; 2 << 20])).await;
    assert_eq!(
        (answer.status, answer.problem().as_str()),
        (400, "malformed_json")
    );
}

#[tokio::test]
async fn ten_thousand_levels_are_a_problem() {
    let house = House::founded().await;
    let office = house.open_office(1, "UBND xã Hòa Phú").await;
    let deep = format!(
        "{{\"kind\":\"birth\",\"act\":{}1{}}}",
        "[".repeat(10_000),
        "]".repeat(10_000)
    );
    let request = Request::post("/v1/acts")
        .header(header::CONTENT_TYPE, "application/json; charset=utf-8")
        .header(header::AUTHORIZATION, format!("Bearer {}", office.token));
    let answer = house.ask(request.body(Body::from(deep)).unwrap()).await;
    assert_eq!(
        (answer.status, answer.problem().as_str()),
        (400, "malformed_json")
    );
}

#[tokio::test]
async fn bodies_that_do_not_fit_in_together_are_told_to_come_back() {
    let house = House::with_limits(Limits {
        bodies_bytes: 4_096,
        body: Duration::ZERO,
        ..Limits::default()
    })
    .await;
    let announced = |bytes: &str| {
        let mut request = post("/v1/events", Body::new(Never));
        request
            .headers_mut()
            .insert(header::CONTENT_LENGTH, bytes.parse().unwrap());
        request
    };
    let answer = house.ask(announced("5000")).await;
    assert_eq!((answer.status, answer.problem().as_str()), (503, "crowded"));
    // Of unknown length it may become the largest that is taken.
    assert_eq!(
        house.ask(post("/v1/events", Body::new(Never))).await.problem(),
        "crowded"
    );
    for _ in 0..3 {
        assert_eq!(
            house.ask(announced("4000")).await.problem(),
            "request_timed_out",
            "room is given back"
        );
    }
}

#[tokio::test]
async fn a_document_of_nothing_but_faults_gets_a_bounded_answer() {
    let house = House::founded().await;
    let fields: Vec<String> = (0..100_000).map(|number| format!("\"x{number}\":0")).collect();
    let answer = house
        .ask(post("/v1/events", format!("{{{}}}", fields.join(","))))
        .await;
    assert_eq!((answer.status, answer.problem().as_str()), (422, "form"));
    assert!(answer.body.len() < 200_000, "{} bytes", answer.body.len());
}

#[tokio::test]
async fn a_body_that_does_not_come_is_not_waited_for() {
    let house = House::with_limits(Limits {
        body: Duration::ZERO,
        ..Limits::default()
    })
    .await;
    let answer = house.ask(post("/v1/events", Body::new(Never))).await;
    assert_eq!(
        (answer.status, answer.problem().as_str()),
        (408, "request_timed_out")
    );
}

#[tokio::test]
async fn an_answer_that_takes_too_long_says_what_to_do() {
    let house = House::with_limits(Limits {
        answer: Duration::ZERO,
        ..Limits::default()
    })
    .await;
    let answer = house.ask(post("/v1/events", Body::new(Never))).await;
    assert_eq!((answer.status, answer.problem().as_str()), (503, "timed_out"));
    assert!(
        answer.json()["detail"]
            .as_str()
            .unwrap()
            .contains("send the same event again")
    );
}

#[tokio::test]
async fn too_many_at_a_time_are_told_to_come_back_and_operators_still_look_in() {
    let house = House::with_limits(Limits {
        requests: 0,
        ..Limits::default()
    })
    .await;
    let answer = house.get_openly("/v1/kinds").await;
    assert_eq!((answer.status, answer.problem().as_str()), (503, "crowded"));
    assert_eq!(answer.header(header::RETRY_AFTER), "1");
    assert_eq!(house.get_openly("/health").await.status, 200);
    assert_eq!(house.get_openly("/ready").await.status, 200);
}

#[tokio::test]
async fn a_place_is_free_again_when_its_request_has_ended() {
    let house = House::with_limits(Limits {
        requests: 1,
        ..Limits::default()
    })
    .await;
    for _ in 0..3 {
        assert_eq!(house.get_openly("/v1/kinds").await.status, 200);
    }
}

#[tokio::test]
async fn a_panic_is_one_failed_request_and_its_words_stay_inside() {
    let house = House::founded().await;
    let log = Log::default();
    let _listening = log.listen();
    let router = Router::new().route(
        "/panic",
        get(async || {
            if true {
                panic!("Nguyễn Thị Bí Mật")
            }
        }),
    );
    let router = super::around(router, &house.web).with_state(Arc::clone(&house.web));
    let answer = Answer::of(router.oneshot(get_request("/panic")).await.unwrap()).await;
    assert_eq!(
        (answer.status, answer.problem().as_str()),
        (500, "internal_error")
    );
    assert!(!answer.text().contains("Bí") && !log.text().contains("Bí"));
    assert_eq!(log.text().matches(" ERROR ").count(), 1, "{}", log.text());
}

#[tokio::test]
async fn a_fault_is_logged_once_with_the_requests_id_and_its_cause_is_not_sent() {
    let house = House::founded().await;
    house.web.registry().ledger().close().await.unwrap();
    let log = Log::default();
    let _listening = log.listen();
    let answer = house.get("/v1/offices", &house.ministry).await;
    let (code, id) = (answer.problem(), answer.header(REQUEST_ID).to_owned());
    assert!(answer.status >= 500, "{}", answer.text());
    let logged: Vec<String> = log
        .text()
        .lines()
        .filter(|line| line.contains(" WARN ") || line.contains(" ERROR "))
        .map(str::to_owned)
        .collect();
    assert_eq!(logged.len(), 1, "{logged:#?}");
    assert!(
        logged[0].contains(&id) && logged[0].contains(&code) && logged[0].contains("cause="),
        "{logged:#?}"
    );
    assert!(!answer.text().contains("pool"), "{}", answer.text());
}

#[tokio::test]
async fn a_request_keeps_an_id_that_can_be_nothing_else() {
    let house = House::founded().await;
    let id = "0123456789abcdef0123456789abcdef";
    let sent = async |id: &str| {
        let request = Request::get("/health")
            .header(REQUEST_ID, id)
            .body(Body::empty())
            .unwrap();
        house.ask(request).await.header(REQUEST_ID).to_owned()
    };
    assert_eq!(sent(id).await, id);
    for other in ["079205001234", "Nguyen Van A", &id[1..]] {
        let given = sent(other).await;
        assert!(given != other && given.len() == 32, "{given}");
    }
    assert_ne!(sent("").await, sent("").await);
}

#[tokio::test]
async fn every_answer_carries_the_security_headers() {
    let house = House::founded().await;
    for path in ["/health", "/openapi.json", "/v1/offices", "/nowhere"] {
        let answer = house.get_openly(path).await;
        assert_eq!(answer.header(header::X_CONTENT_TYPE_OPTIONS), "nosniff", "{path}");
        assert_eq!(answer.header(header::CACHE_CONTROL), "no-store", "{path}");
        assert!(
            answer
                .header(header::CONTENT_SECURITY_POLICY)
                .starts_with("default-src 'none'"),
            "{path}"
        );
    }
}

#[tokio::test]
async fn nobody_stands_in_the_log_whatever_is_done() {
    let log = Log::default();
    let _listening = log.listen();
    let house = House::founded().await;
    let office = house.open_office(1, "UBND xã Hòa Phú").await;
    let mut request = birth("2026-03-02");
    request["act"]["child"]["personal_number"] = json!("054326000123");
    let (draft, _) = house.file(&office, request.clone()).await;
    house
        .file(&office, correction(&draft["entry"], "2026-03-02"))
        .await;
    house
        .get(
            &format!("/v1/entries/{}", draft["entry"].as_str().unwrap()),
            &office,
        )
        .await;
    house.get("/v1/entries?name=Ksor&born=2026", &office).await;
    house.get("/Ksor", &office).await;
    request["act"]["child"]["name"] = json!(["Ksor"]);
    request["act"]["mother"]["personal_number"] = json!("05432600012x");
    assert_eq!(house.draft(&office, request).await.status, 422);
    house.ask(post("/v1/events", "{\"signed\": \"Ksor\"}")).await;
    let text = log.text();
    assert!(text.contains("/v1/entries/{id}"), "nothing was logged");
    for secret in [
        "Ksor",
        "ksor",
        "Lan",
        "hlan",
        "Thành",
        "054326000123",
        &office.token,
    ] {
        assert!(!text.contains(secret), "{secret} is in the log:\n{text}");
    }
}
