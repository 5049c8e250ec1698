//! `GET /v1/notices`: which office is owed which notice, and who is late.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use civil::access::Reading;
use civil::directory::Directory;
use civil::value::Date;
use registry::lists::Notice;
use serde::Serialize;
use utoipa::ToSchema;

use crate::access::{Access, Shown, Shows};
use crate::parameters::Parameters;
use crate::problem::Problem;
use crate::{Caller, Web};

const LIMIT: u16 = 1_000;

/// Which notices are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Which {
    Open,
    Overdue,
    Closed,
}

/// A notice (thông báo).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct NoticeAnswer {
    /// The act that owes it.
    #[schema(format = "uuid")]
    event: String,
    /// The position of that act.
    position: u64,
    /// What that act is.
    kind: &'static str,
    /// The same in Vietnamese.
    title: &'static str,
    /// The entry that it is about.
    #[schema(format = "uuid")]
    entry: String,
    /// The office that carried the act out.
    from: u32,
    /// Its name.
    from_name: String,
    /// Why: `write_note`, `residence`, `foreign_ministry` or `mission`.
    reason: &'static str,
    /// The article it rests on.
    article: String,
    /// The office to which it is addressed: the one that registered the entry, or that serves the residence.
    addressed_to: u32,
    /// The office that keeps its books now, to which the notice is owed.
    owed_to: u32,
    /// Its name.
    owed_to_name: String,
    /// The day by which the act is counted.
    #[schema(format = "date")]
    registered_on: String,
    /// The day by which the notice must have gone out.
    #[schema(format = "date")]
    due_on: String,
    /// `open`, `overdue` or `closed`.
    state: &'static str,
    /// The event by which the note was entered, or the notice acknowledged.
    #[schema(format = "uuid")]
    closed_by: Option<String>,
    /// The day on which that was.
    #[schema(format = "date")]
    closed_on: Option<String>,
}

/// Notices.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct NoticesAnswer {
    /// What is due first comes first; about one entry, in the order of the log.
    notices: Vec<NoticeAnswer>,
}

/// What an office is late with.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct LateAnswer {
    /// The office to which the notices are owed now.
    office: u32,
    /// Its name.
    office_name: String,
    /// How many.
    count: u64,
    /// The day by which the oldest was due.
    #[schema(format = "date")]
    oldest_due_on: String,
}

/// Who is late.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OverdueAnswer {
    /// The day that was asked about.
    #[schema(format = "date")]
    on: String,
    /// The office with the oldest first.
    offices: Vec<LateAnswer>,
}

/// Count overdue notices
///
/// For every office that is late: how many open notices were due before the day, and the oldest. The notices themselves:
/// `GET /v1/notices?office=…&state=overdue`.
#[utoipa::path(
    get,
    path = "/v1/notices/overdue",
    tag = "offices",
    params(("on" = Option<String>, Query, format = "date", description = "The day; today when left out")),
    responses((status = 200, description = "Who is late", body = OverdueAnswer)),
    security(("reader" = []))
)]
pub(crate) async fn count_overdue(
    State(web): State<Arc<Web>>,
    _: Caller,
    mut parameters: Parameters,
) -> Result<Json<OverdueAnswer>, Problem> {
    let registry = web.registry();
    let on = parameters.day("on").or_else(|| registry.today());
    if on.is_none() {
        parameters.missing("on");
    }
    parameters.finish()?;
    let late = match on {
        Some(on) => registry.notices_overdue_by_office(on).await?,
        None => Vec::new(),
    };
    let offices = registry.with_directory(|known| {
        let answers = late.iter().map(|late| LateAnswer {
            office: late.office.0,
            office_name: known.name(late.office),
            count: late.notices,
            oldest_due_on: late.oldest.to_string(),
        });
        answers.collect()
    });
    let on = on.map(|day| day.to_string()).unwrap_or_default();
    Ok(Json(OverdueAnswer { on, offices }))
}

/// List notices
///
/// `office` asks for what is owed to an office now, also for books that it took over; `entry` for everything about one entry;
/// neither, with `state=overdue`, for the thousand longest overdue of the country.
#[utoipa::path(
    get,
    path = "/v1/notices",
    tag = "offices",
    params(
        ("office" = Option<u32>, Query, description = "The office to which they are owed"),
        ("entry" = Option<String>, Query, format = "uuid", description = "The entry that they are about"),
        ("state" = Option<String>, Query, description = "`open` (overdue ones too), `overdue` or `closed`; `open` when left out, all with `entry`"),
    ),
    responses((status = 200, description = "The notices", body = NoticesAnswer)),
    security(("reader" = ["personal_data"]))
)]
pub(crate) async fn list_notices(
    State(web): State<Arc<Web>>,
    access: Access,
    mut parameters: Parameters,
) -> Result<Shown<Json<NoticesAnswer>>, Problem> {
    let office = parameters.office("office");
    let entry = parameters.entry("entry");
    let which = parameters.one_of(
        "state",
        &[
            ("open", Which::Open),
            ("overdue", Which::Overdue),
            ("closed", Which::Closed),
        ],
    );
    if office.is_none() && entry.is_none() && which != Some(Which::Overdue) {
        parameters.missing("office");
    }
    parameters.finish()?;
    let registry = web.registry();
    let today = registry.today();
    let notices = match (entry, office, today) {
        (Some(entry), office, _) => {
            let about = registry.notices_about(entry).await?.into_iter();
            about
                .filter(|notice| office.is_none_or(|office| notice.owed_to == office))
                .collect()
        }
        (None, Some(office), _) if which == Some(Which::Closed) => {
            registry.notices_closed_by(office, LIMIT).await?
        }
        (None, Some(office), _) => registry.notices_owed_to(office).await?,
        (None, None, Some(today)) => registry.notices_overdue(today, LIMIT).await?,
        (None, None, None) => Vec::new(),
    };
    let which = which.or(entry.is_none().then_some(Which::Open));
    let chosen: Vec<_> = notices
        .iter()
        .filter(|notice| which.is_none_or(|which| is(notice, which, today)))
        .collect();
    let shown = chosen.iter().map(|notice| notice.entry);
    let shows = Shows::many(Reading::Notices, chosen.len()).entries(shown);
    let notices = registry.with_directory(|known| {
        chosen
            .into_iter()
            .map(|notice| NoticeAnswer::of(notice, today, known))
            .collect()
    });
    access.shows(&web, shows, Json(NoticesAnswer { notices })).await
}

fn is(notice: &Notice, which: Which, today: Option<Date>) -> bool {
    let open = notice.closed.is_none();
    match which {
        Which::Open => open,
        Which::Closed => !open,
        Which::Overdue => open && today.is_some_and(|today| notice.due_on < today),
    }
}

impl NoticeAnswer {
    fn of(notice: &Notice, today: Option<Date>, directory: &Directory) -> Self {
        Self {
            event: notice.event.to_string(),
            position: notice.position,
            kind: notice.kind.name(),
            title: notice.kind.vietnamese(),
            entry: notice.entry.to_string(),
            from: notice.from.0,
            from_name: directory.name(notice.from),
            reason: notice.reason.name(),
            article: notice.reason.article(notice.kind),
            addressed_to: notice.addressed_to.0,
            owed_to: notice.owed_to.0,
            owed_to_name: directory.name(notice.owed_to),
            registered_on: notice.registered_on.to_string(),
            due_on: notice.due_on.to_string(),
            state: match notice.closed {
                Some(_) => "closed",
                None if is(notice, Which::Overdue, today) => "overdue",
                None => "open",
            },
            closed_by: notice.closed.map(|closing| closing.event.to_string()),
            closed_on: notice.closed.map(|closing| closing.on.to_string()),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::testing::{House, birth, correction};

    #[tokio::test]
    async fn a_notice_is_open_then_overdue_and_moves_with_the_books() {
        let house = House::founded().await;
        let hoa_phu = house.open_office(1, "UBND xã Hòa Phú").await;
        let tan_lap = house.open_office(2, "UBND phường Tân Lập").await;
        let (draft, _) = house.file(&hoa_phu, birth("2026-03-02")).await;
        house
            .file(&tan_lap, correction(&draft["entry"], "2026-03-02"))
            .await;
        let states = async |path: &str| {
            let answer = house.get(path, &tan_lap).await;
            assert_eq!(answer.status, 200, "{}", answer.text());
            let notices = answer.json()["notices"].as_array().unwrap().clone();
            notices
                .iter()
                .map(|notice| notice["state"].as_str().unwrap().to_owned())
                .collect::<Vec<_>>()
        };
        assert_eq!(states("/v1/notices?office=1").await, ["open"]);
        assert!(states("/v1/notices?office=1&state=overdue").await.is_empty());
        assert!(states("/v1/notices?office=1&state=closed").await.is_empty());
        assert!(states("/v1/notices?office=2").await.is_empty());
        house.today_is("2026-03-20");
        assert_eq!(states("/v1/notices?office=1&state=open").await, ["overdue"]);
        assert_eq!(states("/v1/notices?office=1&state=overdue").await, ["overdue"]);
        assert_eq!(states("/v1/notices?state=overdue").await, ["overdue"]);
        let late = house.get("/v1/notices/overdue", &tan_lap).await.json();
        assert_eq!(
            (
                &late["offices"][0]["office"],
                &late["offices"][0]["count"],
                &late["offices"][0]["oldest_due_on"]
            ),
            (&json!(1), &json!(1), &json!("2026-03-02"))
        );
        let before = house
            .get("/v1/notices/overdue?on=2026-03-02", &tan_lap)
            .await
            .json();
        assert_eq!(before["offices"], json!([]));
        let about = format!("/v1/notices?entry={}", draft["entry"].as_str().unwrap());
        assert_eq!(states(&about).await, ["overdue"]);
        let succeeded = json!({ "office": 1, "successor": 2, "on": "2026-03-20" });
        house
            .file(
                &house.ministry,
                json!({ "kind": "office_succeeded", "act": succeeded }),
            )
            .await;
        assert!(states("/v1/notices?office=1").await.is_empty());
        assert_eq!(states("/v1/notices?office=2").await, ["overdue"]);
    }

    #[tokio::test]
    async fn somebody_must_be_asked_about() {
        let house = House::founded().await;
        let answer = house.get("/v1/notices?state=lost", &house.ministry).await;
        assert_eq!((answer.status, answer.problem().as_str()), (400, "bad_parameter"));
        let names: Vec<String> = answer.errors().into_iter().map(|(name, _)| name).collect();
        assert_eq!(names, ["state", "office"]);
    }

    #[tokio::test]
    async fn the_commune_of_the_residence_is_told_and_acknowledges() {
        let house = House::founded().await;
        let hoa_phu = house.open_office(1, "UBND xã Hòa Phú").await;
        let opened = json!({
            "office": 2, "name": "UBND phường Tân Lập", "level": "commune", "unit": "24133@2025-07-01",
            "opened_on": "2025-07-01",
        });
        let filed = json!({ "kind": "office_opened", "act": opened });
        house.file(&house.ministry, filed).await;
        let key = civil::cose::SecretKey::ed25519(&[202; 32]);
        house.grant(2, &key, "officer").await;
        let tan_lap = hoa_phu.elsewhere(2, key, &house).await;
        house.today_is("2026-11-30");
        let mut request = birth("2026-11-30");
        request["act"]["mother"]["residence"] =
            json!({ "text": "Phường Tân Lập", "unit": "24133@2025-07-01" });
        let (draft, receipt) = house.file(&hoa_phu, request).await;
        assert_eq!(draft["notices"][0]["reason"], "residence");
        assert_eq!(draft["notices"][0]["entry"], draft["entry"]);
        let owed = house.get("/v1/notices?office=2", &tan_lap).await.json();
        assert_eq!(
            (&owed["notices"][0]["event"], &owed["notices"][0]["reason"]),
            (&draft["event"], &json!("residence"))
        );
        let acknowledged = json!({
            "acknowledged_on": "2026-11-30", "event": draft["event"], "entry": draft["entry"],
            "signer": { "name": "Phạm Minh Tuấn", "title": "Công chức" },
        });
        let filed = json!({ "kind": "notice_acknowledged", "act": acknowledged });
        house.file(&tan_lap, filed).await;
        let owed = house.get("/v1/notices?office=2", &tan_lap).await.json();
        assert_eq!(owed["notices"], json!([]));
        assert!(receipt["position"].is_number());
    }
}
