//! The first generation, and whether the live one is this program's.

use crate::engine::{Readers, Store};
use crate::fault::Fault;
use crate::statement::{Engine, Statement};
use crate::tx::Tx;

use super::{TableSpec, create_indexes, create_tables};

const FIND_HEAD: Statement = Statement::both("ledger_head", "select id from ledger_head");
const INSERT_HEAD: Statement = Statement::both(
    "ledger_head",
    "insert into ledger_head (id, size, root, recorded_at_ms, authority, generation) values (0, 0, $1, $2, 0, 1)",
);
pub(crate) const INSERT_GENERATION: Statement = Statement::both(
    "projection",
    "insert into projection (generation, state, size, version, begun) \
     values ($1, $2, 0, $3, (select size from ledger_head where id = 0))",
);
const LIVE_VERSION: Statement = Statement::both(
    "projection",
    "select p.version from projection p join ledger_head h on h.generation = p.generation",
);

/// Makes the tables of generation 1 and the empty head, unless they are there. In one transaction: the head is the sign that
/// the ledger is complete.
pub(crate) async fn found(store: &Store, schema: &[TableSpec]) -> Result<(), Fault> {
    let mut tx = Tx::begin(store.writer().lock().await, 1).await?;
    if tx.rows(&FIND_HEAD, &[]).await?.is_empty() {
        create_tables(&mut tx, schema).await?;
        create_indexes(&mut tx, schema).await?;
        let version = version(schema, tx.engine());
        tx.execute(
            &INSERT_GENERATION,
            &[1.into(), "live".into(), version.as_str().into()],
        )
        .await?;
        tx.execute(&INSERT_HEAD, &[(&tlog::empty_root().0).into(), i64::MIN.into()])
            .await?;
    }
    tx.commit().await
}

/// What tells one version of the read models' tables from another: BLAKE3 of their statements, in hexadecimal.
pub(crate) fn version(schema: &[TableSpec], engine: Engine) -> String {
    let mut hasher = blake3::Hasher::new();
    for table in schema {
        hasher
            .update(table.name.as_bytes())
            .update(&[u8::from(table.follows)]);
        for statement in table.create.iter().chain(table.indexes) {
            hasher
                .update(statement.text(engine, 0).as_str().as_bytes())
                .update(&[0]);
        }
    }
    hasher.finalize().to_hex().to_string()
}

/// Refuses to project into tables of another shape.
pub(crate) async fn check_version(readers: &Readers, schema: &[TableSpec]) -> Result<(), Fault> {
    let row = readers.row(&LIVE_VERSION, &[]).await?;
    let live =
        row.ok_or_else(|| Fault::damaged("reading projection", "the live generation is not listed"))?;
    if live.text("version")? == version(schema, readers.engine()) {
        Ok(())
    } else {
        Err(Fault::request(
            "opening the ledger",
            "its read models were made by another version; rebuild them",
        ))
    }
}
