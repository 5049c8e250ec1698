//! Digests: one hash for all that the read models show, the same on either engine and after any replay.

use sqlx::{AssertSqlSafe, SqlSafeStr, SqlStr};

use super::later::followed;
use super::tables::table_name;
use super::{Key, TableSpec};
use crate::archive::Archive;
use crate::engine::Connection;
use crate::fault::{Fault, FaultKind};
use crate::row::{Row, Value};
use crate::sequencer::{HEAD, head_of};
use crate::statement::Engine;

/// Digests of every table of one generation, at one position.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Digests {
    /// Number of events that had been projected.
    pub size: u64,
    /// Number of events shown by the tables that follow: `size`, once they have caught up.
    pub followed: u64,
    /// One for each table, in the order of the schema.
    pub tables: Vec<TableDigest>,
    /// BLAKE3 over the names and digests of all tables.
    pub total: [u8; 32],
}

/// The digest of one table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableDigest {
    /// Its name without the generation.
    pub table: String,
    /// Number of rows.
    pub rows: u64,
    /// BLAKE3 over its rows in the order of the primary key. Each value is a byte for its type (0 null, 1 integer, 2 text, 3
    /// bytes), then eight bytes of an integer, or eight bytes of length and the bytes; each row ends in 255.
    pub digest: [u8; 32],
}

impl Digests {
    fn new(size: u64, followed: u64, tables: Vec<TableDigest>) -> Self {
        let mut hasher = blake3::Hasher::new();
        for table in &tables {
            hasher
                .update(&(table.table.len() as u64).to_be_bytes())
                .update(table.table.as_bytes());
            hasher.update(&table.digest);
        }
        Digests {
            size,
            followed,
            tables,
            total: *hasher.finalize().as_bytes(),
        }
    }

    /// The tables whose digests differ from another's: by name.
    pub fn differing<'a>(&'a self, other: &'a Digests) -> Vec<&'a str> {
        let theirs = |name: &str| other.tables.iter().find(|table| table.table == name);
        let ours = |name: &str| self.tables.iter().any(|table| table.table == name);
        let changed = self
            .tables
            .iter()
            .filter(|table| theirs(&table.table) != Some(table));
        let new = other.tables.iter().filter(|table| !ours(&table.table));
        changed.chain(new).map(|table| table.table.as_str()).collect()
    }
}

impl Archive {
    /// Digests of the live read models, all as of one commit, while the ledger goes on.
    ///
    /// # Errors
    /// [`Fault`] of the store; a column of a type that has no digest.
    pub async fn digests(&self, schema: &[TableSpec]) -> Result<Digests, Fault> {
        match self.snapshot_digests(schema).await {
            // A rebuild dropped the tables between the look at the head and the look at them: once more, on the new ones.
            Err(fault) if fault.kind() == FaultKind::MissingTable => self.snapshot_digests(schema).await,
            digests => digests,
        }
    }

    async fn snapshot_digests(&self, schema: &[TableSpec]) -> Result<Digests, Fault> {
        let mut lease = self.readers().lease().await?;
        let digests = snapshot(&mut lease.borrow(), schema).await;
        match &digests {
            Ok(_) => lease.give_back(None),
            // The snapshot may still be open on it.
            Err(_) => lease.close(),
        }
        digests
    }
}

async fn snapshot(conn: &mut Connection<'_>, schema: &[TableSpec]) -> Result<Digests, Fault> {
    let begin = match conn.engine() {
        Engine::Sqlite => "begin",
        Engine::Postgres => "begin isolation level repeatable read, read only",
    };
    conn.raw("taking a snapshot", begin).await?;
    let head = conn.rows(&HEAD, 0, &[]).await?;
    let head = head
        .first()
        .ok_or_else(|| Fault::damaged("reading ledger_head", "the row is missing"))?;
    let head = head_of(head)?;
    let followed = followed(conn, schema, &head).await?;
    let digests = of_generation(conn, schema, head.generation, (head.size, followed)).await?;
    conn.raw("ending a snapshot", "commit").await?;
    Ok(digests)
}

/// Digests of a generation, inside whatever transaction is open.
pub(crate) async fn of_generation(
    conn: &mut Connection<'_>,
    schema: &[TableSpec],
    generation: i64,
    (size, followed): (u64, u64),
) -> Result<Digests, Fault> {
    let mut tables = Vec::with_capacity(schema.len());
    for table in schema {
        let mut hasher = blake3::Hasher::new();
        let mut rows = 0;
        let sql = select(table, conn.engine(), generation)?;
        conn.for_each("digest of a table", sql, |row| {
            rows += 1;
            update(&mut hasher, &row)
        })
        .await?;
        let name = table.name.trim_end_matches("{g}").to_owned();
        tables.push(TableDigest {
            table: name,
            rows,
            digest: *hasher.finalize().as_bytes(),
        });
    }
    Ok(Digests::new(size, followed, tables))
}

fn update(hasher: &mut blake3::Hasher, row: &Row) -> Result<(), Fault> {
    for value in row.values()? {
        match value {
            Value::Null => hasher.update(&[0]),
            Value::Int(number) => hasher.update(&[1]).update(&number.to_be_bytes()),
            Value::Text(text) => hasher
                .update(&[2])
                .update(&(text.len() as u64).to_be_bytes())
                .update(text.as_bytes()),
            Value::Blob(bytes) => hasher
                .update(&[3])
                .update(&(bytes.len() as u64).to_be_bytes())
                .update(&bytes),
        };
    }
    hasher.update(&[255]);
    Ok(())
}

/// All rows in the order of the key. Texts by their bytes: SQLite's own order, and PostgreSQL's collation "C".
fn select(table: &TableSpec, engine: Engine, generation: i64) -> Result<SqlStr, Fault> {
    let name = table_name(table, generation)?;
    let order: Vec<String> = table
        .key
        .iter()
        .map(|key| match (key, engine) {
            (Key::Text(column), Engine::Postgres) => format!("{column} collate \"C\""),
            (Key::Text(column), Engine::Sqlite) => format!("{column} collate binary"),
            (Key::Int(column), _) => (*column).to_owned(),
        })
        .collect();
    if order.is_empty() {
        return Err(Fault::projection(
            format!("ordering table {}", table.name),
            "it has no primary key",
        ));
    }
    Ok(AssertSqlSafe(format!("select * from {name} order by {}", order.join(", "))).into_sql_str())
}
