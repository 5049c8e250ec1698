//! `GET /v1/quality` and `GET /v1/tasks`: what offices still have to look into, counted and listed.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use civil::access::Reading;
use civil::act::TaskKind;
use civil::directory::Directory;
use registry::quality::{Count, Task};
use serde::Serialize;
use utoipa::ToSchema;

use crate::access::{Access, Shown, Shows};
use crate::parameters::Parameters;
use crate::problem::Problem;
use crate::{Caller, Web};

const LIMIT_MAX: u64 = 1_000;
const LIMIT_USUAL: u64 = 100;

/// Open tasks of one kind.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct QualityCount {
    /// The office that keeps the book, whose tasks they are.
    office: u32,
    /// Its name.
    office_name: String,
    /// `flag`, `linked_change`, `place_unlinked` or `reading_differs`.
    kind: &'static str,
    /// The same in Vietnamese.
    title: &'static str,
    /// The warning, for flags.
    warning: Option<String>,
    /// How many are open.
    open: u64,
    /// The day of the oldest.
    #[schema(format = "date")]
    oldest: String,
}

/// Open tasks, counted.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct QualityAnswer {
    /// By office, kind and warning.
    counts: Vec<QualityCount>,
}

/// Something to be looked into.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TaskAnswer {
    /// The entry.
    #[schema(format = "uuid")]
    entry: String,
    /// `flag`, `linked_change`, `place_unlinked` or `reading_differs`.
    kind: &'static str,
    /// The same in Vietnamese.
    title: &'static str,
    /// The warning, or the JSON pointer of what is to be looked into.
    code: String,
    /// The event that opened it.
    #[schema(format = "uuid")]
    cause: String,
    /// The office that registered the entry.
    registered_at: u32,
    /// The office that keeps the book now, whose task it is.
    office: u32,
    /// Its name.
    office_name: String,
    /// The day on which it was opened.
    #[schema(format = "date")]
    opened_on: String,
    /// `open` or `closed`.
    state: &'static str,
    /// What came of it: `amended`, `left_as_is`, `wrong_alarm`.
    verdict: Option<String>,
    /// The event that closed it.
    #[schema(format = "uuid")]
    closed_by: Option<String>,
}

/// Tasks.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TasksAnswer {
    /// The oldest first.
    tasks: Vec<TaskAnswer>,
}

/// Count open tasks
///
/// Almost nothing is refused; what was odd is counted here until an officer has looked at it. `office` asks for one office, also
/// for books that it took over or was entrusted with; without it, every office that has any.
#[utoipa::path(
    get,
    path = "/v1/quality",
    tag = "offices",
    params(("office" = Option<u32>, Query, description = "The office that keeps the books")),
    responses((status = 200, description = "The counts", body = QualityAnswer)),
    security(("reader" = []))
)]
pub(crate) async fn count_tasks(
    State(web): State<Arc<Web>>,
    _: Caller,
    mut parameters: Parameters,
) -> Result<Json<QualityAnswer>, Problem> {
    let office = parameters.office("office");
    parameters.finish()?;
    let counts = web.registry().quality(office).await?;
    let counts = web.registry().with_directory(|known| {
        counts
            .into_iter()
            .map(|count| QualityCount::of(count, known))
            .collect()
    });
    Ok(Json(QualityAnswer { counts }))
}

/// List tasks
///
/// `office` asks for what is open at an office, `entry` for everything about one entry, open and closed. A task is settled by an act
/// `task_settled`, or by an amendment of what it is about.
#[utoipa::path(
    get,
    path = "/v1/tasks",
    tag = "offices",
    params(
        ("office" = Option<u32>, Query, description = "The office that keeps the books"),
        ("entry" = Option<String>, Query, format = "uuid", description = "The entry that they are about"),
        ("kind" = Option<String>, Query, description = "`flag`, `linked_change`, `place_unlinked` or `reading_differs`"),
        ("limit" = Option<u64>, Query, minimum = 1, maximum = 1000, description = "At most so many; 100 when left out"),
    ),
    responses((status = 200, description = "The tasks", body = TasksAnswer)),
    security(("reader" = ["personal_data"]))
)]
pub(crate) async fn list_tasks(
    State(web): State<Arc<Web>>,
    access: Access,
    mut parameters: Parameters,
) -> Result<Shown<Json<TasksAnswer>>, Problem> {
    let (office, entry) = (parameters.office("office"), parameters.entry("entry"));
    let words: Vec<_> = TaskKind::ALL.iter().map(|kind| (kind.name(), *kind)).collect();
    let kind = parameters.one_of("kind", &words);
    let limit = parameters.number("limit", 1..=LIMIT_MAX).unwrap_or(LIMIT_USUAL);
    if office.is_none() && entry.is_none() {
        parameters.missing("office");
    }
    parameters.finish()?;
    let limit = u16::try_from(limit).unwrap_or(u16::MAX);
    let registry = web.registry();
    let mut tasks = match (entry, office) {
        (Some(entry), _) => registry.tasks_about(entry).await?,
        (None, Some(office)) => registry.tasks_of(office, kind, limit).await?,
        (None, None) => Vec::new(),
    };
    tasks.retain(|task| {
        kind.is_none_or(|kind| task.kind == kind) && office.is_none_or(|office| task.keeper == office)
    });
    tasks.truncate(usize::from(limit));
    let shows = Shows::many(Reading::Tasks, tasks.len()).entries(tasks.iter().map(|task| task.entry));
    let tasks = registry.with_directory(|known| {
        tasks
            .into_iter()
            .map(|task| TaskAnswer::of(task, known))
            .collect()
    });
    access.shows(&web, shows, Json(TasksAnswer { tasks })).await
}

impl QualityCount {
    fn of(count: Count, directory: &Directory) -> Self {
        Self {
            office: count.keeper.0,
            office_name: directory.name(count.keeper),
            kind: count.kind.name(),
            title: count.kind.vietnamese(),
            warning: count.warning,
            open: count.open,
            oldest: count.oldest.to_string(),
        }
    }
}

impl TaskAnswer {
    fn of(task: Task, directory: &Directory) -> Self {
        let settled = task.settled;
        Self {
            entry: task.entry.to_string(),
            kind: task.kind.name(),
            title: task.kind.vietnamese(),
            code: task.code,
            cause: task.cause.to_string(),
            registered_at: task.registered_at.0,
            office: task.keeper.0,
            office_name: directory.name(task.keeper),
            opened_on: task.opened_on.to_string(),
            state: if settled.is_some() { "closed" } else { "open" },
            verdict: settled.as_ref().map(|settled| settled.verdict.clone()),
            closed_by: settled.map(|settled| settled.event.to_string()),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::testing::{House, birth, correction};

    const DAY: &str = "2026-03-02";

    /// A birth whose mother would have been seven: acknowledged, recorded, and to be looked into.
    fn odd() -> Value {
        let mut request = birth(DAY);
        request["act"]["mother"]["born_on"] = json!("2019");
        request
    }

    #[tokio::test]
    async fn an_acknowledged_flag_is_counted_until_it_is_amended() {
        let house = House::founded().await;
        let office = house.open_office(1, "UBND xã Hòa Phú").await;
        let (draft, _) = house.file(&office, odd()).await;
        let count = |counts: &Value| counts["counts"].as_array().cloned().unwrap_or_default();
        let answer = house.get("/v1/quality?office=1", &office).await;
        assert_eq!(answer.status, 200, "{}", answer.text());
        let counts = count(&answer.json());
        assert_eq!(counts.len(), 1, "{counts:?}");
        assert_eq!(
            (&counts[0]["warning"], &counts[0]["open"]),
            (&json!("parent_age_impossible"), &json!(1))
        );
        assert_eq!(count(&house.get("/v1/quality", &office).await.json()), counts);
        let tasks = house.get("/v1/tasks?office=1&kind=flag", &office).await.json();
        assert_eq!(
            (&tasks["tasks"][0]["entry"], &tasks["tasks"][0]["state"]),
            (&draft["entry"], &json!("open"))
        );

        let mut corrected = correction(&draft["entry"], DAY);
        corrected["act"]["amended"][0]["changes"][0]["from"] = json!("2019");
        house.file(&office, corrected).await;
        assert!(count(&house.get("/v1/quality?office=1", &office).await.json()).is_empty());
        let about = format!("/v1/tasks?entry={}", draft["entry"].as_str().unwrap());
        let tasks = house.get(&about, &office).await.json();
        // The limit was ignored where an entry was asked about.
        let first = house.get(&format!("{about}&limit=1"), &office).await.json();
        assert_eq!(first["tasks"].as_array().map(Vec::len), Some(1));
        assert_eq!(
            (&tasks["tasks"][0]["state"], &tasks["tasks"][0]["verdict"]),
            (&json!("closed"), &json!("amended"))
        );
    }

    #[tokio::test]
    async fn somebody_must_be_asked_about() {
        let house = House::founded().await;
        let answer = house.get("/v1/tasks?kind=gossip", &house.ministry).await;
        assert_eq!((answer.status, answer.problem().as_str()), (400, "bad_parameter"));
        let names: Vec<String> = answer.errors().into_iter().map(|(name, _)| name).collect();
        assert_eq!(names, ["kind", "office"]);
    }
}
