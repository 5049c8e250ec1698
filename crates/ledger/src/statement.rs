//! [`Statement`] and [`Param`]: SQL with its name, one text for both engines or a pair where they differ.

use std::borrow::Cow;

use sqlx::{AssertSqlSafe, SqlSafeStr, SqlStr};

/// A named SQL statement.
///
/// Parameters are written `$1`, `$2`, … on both engines. `{g}` stands for the projection generation: `entry_current{g}` becomes
/// `entry_current_1`. The name appears in faults and metrics, so it says what the statement is for and never holds data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Statement {
    name: &'static str,
    sqlite: &'static str,
    postgres: &'static str,
}

/// Which engine a text is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Engine {
    /// SQLite, embedded.
    Sqlite,
    /// PostgreSQL 15 or later.
    Postgres,
}

impl Statement {
    /// One text that both engines take.
    pub const fn both(name: &'static str, sql: &'static str) -> Self {
        Statement {
            name,
            sqlite: sql,
            postgres: sql,
        }
    }

    /// A text for each engine.
    pub const fn pair(name: &'static str, sqlite: &'static str, postgres: &'static str) -> Self {
        Statement {
            name,
            sqlite,
            postgres,
        }
    }

    /// What the statement is called.
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// The text for an engine, with `{g}` filled in.
    pub(crate) fn text(&self, engine: Engine, generation: i64) -> SqlStr {
        let sql = match engine {
            Engine::Sqlite => self.sqlite,
            Engine::Postgres => self.postgres,
        };
        if sql.contains("{g}") {
            // The only thing put in is a number, so the text stays as safe as the literal it came from.
            AssertSqlSafe(sql.replace("{g}", &format!("_{generation}"))).into_sql_str()
        } else {
            sql.into_sql_str()
        }
    }
}

/// What statements that are sent together are called.
pub(crate) fn names(statements: &[Statement]) -> String {
    let names: Vec<&str> = statements.iter().map(Statement::name).collect();
    names.join(", ")
}

/// One text for several statements, each with one parameter: `$1` of the second becomes `$2`, and so on.
pub(crate) fn together(statements: &[Statement], engine: Engine, generation: i64) -> SqlStr {
    if let [statement] = statements {
        return statement.text(engine, generation);
    }
    let texts = numbered(statements, engine, generation, 1);
    let text = match engine {
        Engine::Sqlite => texts.join(";\n"),
        Engine::Postgres => format!("with {} select 1", texts.join(", ")),
    };
    // Made of literals and numbers only.
    AssertSqlSafe(text).into_sql_str()
}

/// One text for PostgreSQL: what begins with `with` and has so many parameters, the statements as further parts of it, and its
/// end.
pub(crate) fn continued(
    beginning: &Statement,
    parameters: usize,
    statements: &[Statement],
    generation: i64,
    end: &str,
) -> SqlStr {
    let beginning = beginning.text(Engine::Postgres, generation);
    let mut texts = vec![beginning.as_str().trim_end().to_owned()];
    texts.extend(numbered(statements, Engine::Postgres, generation, parameters + 1));
    // Made of literals and numbers only.
    AssertSqlSafe(format!("{}\n{end}", texts.join(",\n"))).into_sql_str()
}

/// The texts of statements whose only parameters have these numbers.
fn numbered(statements: &[Statement], engine: Engine, generation: i64, first: usize) -> Vec<String> {
    let text = |(place, statement): (usize, &Statement)| {
        let text = statement.text(engine, generation);
        let text = text.as_str().replace("$1", &format!("${place}"));
        match engine {
            Engine::Sqlite => text,
            Engine::Postgres => format!("w{place} as (\n{text}\n)"),
        }
    };
    (first..).zip(statements).map(text).collect()
}

/// A parameter of a [`Statement`]. An absent value still has a type, because PostgreSQL asks for one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Param<'a> {
    /// Text.
    Text(Cow<'a, str>),
    /// A 64-bit integer.
    Int(i64),
    /// Bytes.
    Blob(Cow<'a, [u8]>),
    /// Null where text is expected.
    NoText,
    /// Null where an integer is expected.
    NoInt,
    /// Null where bytes are expected.
    NoBlob,
}

impl<'a> From<&'a str> for Param<'a> {
    fn from(text: &'a str) -> Self {
        Param::Text(Cow::Borrowed(text))
    }
}

impl From<String> for Param<'_> {
    fn from(text: String) -> Self {
        Param::Text(Cow::Owned(text))
    }
}

impl From<i64> for Param<'_> {
    fn from(number: i64) -> Self {
        Param::Int(number)
    }
}

impl<'a> From<&'a [u8]> for Param<'a> {
    fn from(bytes: &'a [u8]) -> Self {
        Param::Blob(Cow::Borrowed(bytes))
    }
}

impl From<Vec<u8>> for Param<'_> {
    fn from(bytes: Vec<u8>) -> Self {
        Param::Blob(Cow::Owned(bytes))
    }
}

impl<'a, const N: usize> From<&'a [u8; N]> for Param<'a> {
    fn from(bytes: &'a [u8; N]) -> Self {
        Param::Blob(Cow::Borrowed(bytes.as_slice()))
    }
}

impl<'a> From<Option<&'a str>> for Param<'a> {
    fn from(text: Option<&'a str>) -> Self {
        text.map_or(Param::NoText, Param::from)
    }
}

impl From<Option<i64>> for Param<'_> {
    fn from(number: Option<i64>) -> Self {
        number.map_or(Param::NoInt, Param::Int)
    }
}

impl<'a> From<Option<&'a [u8]>> for Param<'a> {
    fn from(bytes: Option<&'a [u8]>) -> Self {
        bytes.map_or(Param::NoBlob, Param::from)
    }
}
