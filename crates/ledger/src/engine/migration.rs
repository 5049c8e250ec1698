//! Migrations: numbered SQL files, applied in order by `init`, and to a ledger of before when it is opened for writing; never
//! changed once released.

use super::connection::Connection;
use crate::fault::Fault;
use crate::statement::{Engine, Statement};

/// One file under `sql/`.
pub(crate) struct Migration {
    pub(crate) version: i64,
    pub(crate) sql: &'static str,
}

const SQLITE: &[Migration] = &[
    Migration {
        version: 1,
        sql: include_str!("../sql/sqlite/0001_log.sql"),
    },
    Migration {
        version: 2,
        sql: include_str!("../sql/sqlite/0002_seal.sql"),
    },
    Migration {
        version: 3,
        sql: include_str!("../sql/sqlite/0003_privacy.sql"),
    },
    Migration {
        version: 4,
        sql: include_str!("../sql/sqlite/0004_access.sql"),
    },
];
const POSTGRES: &[Migration] = &[
    Migration {
        version: 1,
        sql: include_str!("../sql/postgres/0001_log.sql"),
    },
    Migration {
        version: 2,
        sql: include_str!("../sql/postgres/0002_seal.sql"),
    },
    Migration {
        version: 3,
        sql: include_str!("../sql/postgres/0003_privacy.sql"),
    },
    Migration {
        version: 4,
        sql: include_str!("../sql/postgres/0004_access.sql"),
    },
];

const FIND: Statement = Statement::both(
    "migration.list",
    "select version, digest from migration order by version",
);
const LAST_RECORDED: Statement = Statement::both(
    "migration.when",
    "select max(recorded_at_ms) as recorded_at_ms from ledger_head",
);
const RECORD: Statement = Statement::both(
    "migration.record",
    "insert into migration (version, digest, applied_at_ms) values ($1, $2, $3)",
);

/// The migrations of an engine.
pub(crate) fn of(engine: Engine) -> &'static [Migration] {
    match engine {
        Engine::Sqlite => SQLITE,
        Engine::Postgres => POSTGRES,
    }
}

impl Migration {
    /// BLAKE3 of the file, in hexadecimal.
    pub(crate) fn digest(&self) -> String {
        blake3::hash(self.sql.as_bytes()).to_hex().to_string()
    }
}

/// Applies every migration to an empty store, in the transaction that is open.
pub(crate) async fn apply(conn: &mut Connection<'_>, now_ms: i64) -> Result<(), Fault> {
    let create = match conn.engine() {
        Engine::Sqlite => {
            "create table migration (version integer primary key, digest text not null, applied_at_ms integer not null) strict"
        }
        Engine::Postgres => {
            "create table migration (version bigint primary key, digest text not null, applied_at_ms bigint not null)"
        }
    };
    conn.raw("creating the ledger", create).await?;
    apply_after(conn, 0, now_ms).await
}

/// Applies the migrations that a ledger of before lacks, in the transaction that is open. They are dated as its last event is.
pub(crate) async fn catch_up(conn: &mut Connection<'_>) -> Result<(), Fault> {
    let found = known(conn).await?;
    let last = conn.rows(&LAST_RECORDED, 0, &[]).await?;
    let last = last
        .first()
        .map(|row| row.int_opt("recorded_at_ms"))
        .transpose()?;
    apply_after(conn, found, last.flatten().unwrap_or_default()).await
}

/// Whether the store lacks migrations that this program knows.
///
/// # Errors
/// [`Fault`] when it was made by other migrations, also by more than this program knows; of the store.
pub(crate) async fn is_behind(conn: &mut Connection<'_>) -> Result<bool, Fault> {
    Ok(known(conn).await? < of(conn.engine()).len())
}

async fn apply_after(conn: &mut Connection<'_>, found: usize, now_ms: i64) -> Result<(), Fault> {
    for migration in of(conn.engine()).iter().skip(found) {
        conn.raw("making the ledger's tables", migration.sql).await?;
        let digest = migration.digest();
        conn.execute(
            &RECORD,
            0,
            &[migration.version.into(), digest.as_str().into(), now_ms.into()],
        )
        .await?;
    }
    Ok(())
}

/// How many of this program's migrations made the store.
async fn known(conn: &mut Connection<'_>) -> Result<usize, Fault> {
    let found = conn
        .rows(&FIND, 0, &[])
        .await
        .map_err(|fault| fault.while_doing("opening the ledger (is there one?)"))?;
    let known = of(conn.engine());
    for (row, migration) in found.iter().zip(known) {
        if row.int("version")? != migration.version || row.text("digest")? != migration.digest() {
            return Err(Fault::damaged(
                "opening the ledger",
                format!("it was made by another migration {}", migration.version),
            ));
        }
    }
    if found.len() <= known.len() {
        Ok(found.len())
    } else {
        Err(Fault::request(
            "opening the ledger",
            format!(
                "it has {} migrations, this program knows {}",
                found.len(),
                known.len()
            ),
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::{Engine, of};

    /// `b3sum crates/ledger/src/sql/*/*.sql`. A new migration adds a line; an existing line never changes once it is released.
    const RELEASED: &[(Engine, i64, &str)] = &[
        (
            Engine::Sqlite,
            1,
            "c68dd83f85dee339bd86d229988491c0b44dceeac276c6394ac532320c02f79c",
        ),
        (
            Engine::Postgres,
            1,
            "29c7a789f1b362eaec1ccc2a712749b25b384aa99cb02fe5bdeb48ce9605af01",
        ),
        (
            Engine::Sqlite,
            2,
            "c981aa3a754c072accd6a73b4ec8cd4bb6c7c26fd8899facbb6fbbfa9c3363b1",
        ),
        (
            Engine::Postgres,
            2,
            "18e78f52e3e1d6b6ccf7199c70293e1f4c6f049761f9487be522122e7deb0f76",
        ),
    ];

    #[test]
    fn released_migrations_never_change() {
        for (engine, version, digest) in RELEASED {
            let migration = of(*engine)
                .iter()
                .find(|migration| migration.version == *version)
                .expect("still there");
            assert_eq!(&migration.digest(), digest, "{engine:?} {version}");
        }
    }
}
