//! Making and dropping the tables of a generation.

use sqlx::{AssertSqlSafe, SqlSafeStr};

use super::{TableSpec, any_follows, later};
use crate::fault::Fault;
use crate::statement::Statement;
use crate::tx::Tx;

/// Makes the tables of the generation that the transaction is turned to.
pub(crate) async fn create_tables(tx: &mut Tx<'_>, schema: &[TableSpec]) -> Result<(), Fault> {
    for table in schema {
        table_name(table, tx.generation())?;
        for statement in table.create {
            let text = statement.text(tx.engine(), tx.generation());
            tx.connection().await?.raw(statement.name(), text).await?;
        }
    }
    if any_follows(schema) {
        let text = later::CREATE.text(tx.engine(), tx.generation());
        tx.connection().await?.raw(later::CREATE.name(), text).await?;
    }
    Ok(())
}

/// Makes the indexes that readers look rows up by. Takes as long as the tables are large.
pub(crate) async fn create_indexes(tx: &mut Tx<'_>, schema: &[TableSpec]) -> Result<(), Fault> {
    for statement in schema.iter().flat_map(|table| table.indexes) {
        let text = statement.text(tx.engine(), tx.generation());
        tx.connection()
            .await?
            .raw_patiently(statement.name(), text)
            .await?;
    }
    Ok(())
}

/// Every table of a generation, whatever program made it: an older version may have had other ones.
const OF_GENERATION: Statement = Statement::pair(
    "projection tables",
    "select name from sqlite_master where type = 'table' and name like '%\\_' || $1 escape '\\' order by name",
    "select tablename::text as name from pg_tables \
     where schemaname = (select projection_schema from application) and tablename like '%\\_' || $1 order by tablename",
);

/// Drops the tables of the generation that the transaction is turned to.
pub(crate) async fn drop_tables(tx: &mut Tx<'_>) -> Result<(), Fault> {
    let suffix = tx.generation().to_string();
    for row in tx.rows(&OF_GENERATION, &[suffix.into()]).await? {
        let name = row.text("name")?.replace('"', "\"\"");
        let drop = AssertSqlSafe(format!("drop table \"{name}\"")).into_sql_str();
        tx.connection()
            .await?
            .raw("dropping a projection table", drop)
            .await?;
    }
    Ok(())
}

/// The name of a table in a generation. A table without the placeholder would be shared between generations, and could hide
/// a table of the log.
pub(crate) fn table_name(table: &TableSpec, generation: i64) -> Result<String, Fault> {
    let well_formed = table.name.strip_suffix("{g}").is_some_and(|stem| {
        !stem.is_empty()
            && stem
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
    });
    if well_formed {
        Ok(table.name.replace("{g}", &format!("_{generation}")))
    } else {
        Err(Fault::projection(
            format!("naming table {}", table.name),
            "it must be lower case and end in {g}",
        ))
    }
}
