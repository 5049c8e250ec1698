//! What does an office still have to look into? See `README.md`.

#[cfg(test)]
mod cases;
mod row;
mod view;

use std::collections::BTreeMap;

use civil::act::TaskKind;
use civil::id::{EntryId, OfficeId};
use ledger::{Fault, Key, Reader, Statement, TableSpec, Tx};

use crate::custody::{self, Listing};
pub(crate) use row::{Opened, Rows, rows};
pub use view::{Count, Settled, Task};

pub(crate) const TABLE: TableSpec = TableSpec {
    name: "task{g}",
    create: &[Statement::both("task.table", include_str!("table.sql"))],
    indexes: &[Statement::both("task.index_open", include_str!("index_open.sql"))],
    follows: false,
    key: &[
        Key::Text("entry"),
        Key::Text("kind"),
        Key::Text("code"),
        Key::Text("cause"),
    ],
};

const OPEN: Statement = Statement::pair(
    "task.open",
    include_str!("open.sqlite.sql"),
    include_str!("open.postgres.sql"),
);
const CLOSE: Statement = Statement::pair(
    "task.close",
    include_str!("close.sqlite.sql"),
    include_str!("close.postgres.sql"),
);
const OPEN_FOR: Statement = Statement::both("task.open_for", include_str!("open_for.sql"));
const OF_ENTRY: Statement = Statement::both("task.of_entry", include_str!("of_entry.sql"));
const COUNTS: Statement = Statement::both("task.counts", include_str!("counts.sql"));
const COUNTS_FOR: Statement = Statement::both("task.counts_for", include_str!("counts_for.sql"));

/// Writes the rows of a batch. First what is opened: a task may be opened and closed in one
/// batch, and what closes it comes later in the log.
pub(crate) async fn write(tx: &mut Tx<'_>, rows: &Rows) -> Result<(), Fault> {
    crate::rows::write(tx, &OPEN, &rows.opened)?;
    if !rows.closed.is_empty() {
        tx.flush().await?;
    }
    crate::rows::write(tx, &CLOSE, &rows.closed)
}

/// The open tasks of an office, also those about books that it took over or was entrusted with, the oldest first; of one kind, when one is given, and
/// at most `limit`.
///
/// # Errors
/// [`Fault`] of the store, or naming the column that makes no sense.
pub async fn open_for(
    reader: &Reader<'_>,
    office: OfficeId,
    kind: Option<TaskKind>,
    limit: u16,
) -> Result<Vec<Task>, Fault> {
    let listing = Listing {
        statement: &OPEN_FOR,
        params: vec![kind.map(TaskKind::name).into()],
        read: Task::read,
        keeper: |task| task.keeper,
    };
    let mut tasks = listing.of(reader, office, limit).await?;
    tasks.sort_by(|one, other| {
        let key = |task: &Task| (task.position, task.entry, task.kind);
        key(one).cmp(&key(other)).then_with(|| one.code.cmp(&other.code))
    });
    tasks.dedup();
    tasks.truncate(usize::from(limit));
    Ok(tasks)
}

/// The tasks about an entry, open and closed, in the order of the log.
///
/// # Errors
/// As [`open_for`].
pub async fn of_entry(reader: &Reader<'_>, entry: EntryId) -> Result<Vec<Task>, Fault> {
    let decisions = custody::all(reader).await?;
    let rows = reader.rows(&OF_ENTRY, &[entry.to_string().into()]).await?;
    rows.iter().map(|row| Task::read(row, &decisions)).collect()
}

/// How many tasks are open, by kind and warning: of an office, or of every office that has any.
///
/// # Errors
/// As [`open_for`].
pub async fn counts(reader: &Reader<'_>, office: Option<OfficeId>) -> Result<Vec<Count>, Fault> {
    let decisions = custody::all(reader).await?;
    let mut rows = Vec::new();
    match office {
        None => rows = reader.rows(&COUNTS, &[]).await?,
        Some(office) => {
            for source in custody::sources(&decisions, office) {
                rows.extend(reader.rows(&COUNTS_FOR, &[i64::from(source.0).into()]).await?);
            }
        }
    }
    // Each row counts the tasks about one book of one office; those of an office that was succeeded come twice.
    let mut of_books = BTreeMap::new();
    for row in &rows {
        let (book, count) = Count::read(row, &decisions)?;
        if office.is_none_or(|office| count.keeper == office) {
            of_books.insert((book, count.kind.name(), count.warning.clone()), count);
        }
    }
    let mut counts: BTreeMap<_, Count> = BTreeMap::new();
    for count in of_books.into_values() {
        counts
            .entry((count.keeper, count.kind.name(), count.warning.clone()))
            .and_modify(|sum| sum.add(&count))
            .or_insert(count);
    }
    Ok(counts.into_values().collect())
}

#[cfg(test)]
pub(crate) const OPEN_COLUMNS: &[&str] = row::OpenRow::COLUMNS;
#[cfg(test)]
pub(crate) const CLOSED_COLUMNS: &[&str] = row::ClosedRow::COLUMNS;
