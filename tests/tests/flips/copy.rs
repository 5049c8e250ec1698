//! A ledger that is copied, and edited past the product.

use std::fs;
use std::path::{Path, PathBuf};

use hotich_tests::{Database, Ended, Engine, Folder, hotich, psql};
use serde_json::Value;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{AssertSqlSafe, Connection as _, Row as _};

/// The ledger of the demo's story, at rest.
pub struct Original {
    engine: Engine,
    folder: Folder,
    database: Option<Database>,
}

/// One that may be spoilt.
pub struct Copy {
    engine: Engine,
    folder: Folder,
    database: Option<Database>,
}

/// A column as the database itself lists it.
#[derive(Debug, PartialEq, Eq)]
pub struct Column {
    pub table: String,
    pub name: String,
    /// Which of its table's, from 0.
    pub place: usize,
    kind: Kind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Int,
    Text,
    Bytes,
}

impl Original {
    /// Tells the story and signs for it.
    pub fn of(engine: Engine) -> Self {
        let folder = Folder::new();
        let database = (engine == Engine::Postgres).then(Database::create);
        let original = Self {
            engine,
            folder,
            database,
        };
        let (data, keys) = (original.data(), original.folder.join("hotich-keys"));
        let keys = if engine == Engine::Postgres {
            keys
        } else {
            data.clone()
        };
        original.run(&["demo", "--data", &data]).with(0);
        let out = original.folder.join("public");
        let export = [
            "export", "--public", "--data", &data, "--keys", &keys, "--out", &out,
        ];
        original.run(&export).with(0);
        original
    }

    fn data(&self) -> String {
        match &self.database {
            Some(database) => database.url().to_owned(),
            None => self.folder.join("demo"),
        }
    }

    fn run(&self, arguments: &[&str]) -> Ended {
        hotich(self.folder.path(), arguments)
    }

    pub fn copy(&self) -> Copy {
        let copy = Copy {
            engine: self.engine,
            folder: Folder::new(),
            database: self.database.as_ref().map(copy_of),
        };
        if copy.database.is_none() {
            for name in ["ledger.db", "ledger.db-wal"] {
                let from = Path::new(&self.data()).join(name);
                if from.exists() {
                    fs::copy(from, copy.folder.path().join(name)).unwrap();
                }
            }
        }
        copy
    }

    /// Every column of every table that the database has.
    pub fn columns(&self) -> Vec<Column> {
        let copy = self.copy();
        let tables = match self.engine {
            Engine::Embedded => {
                "select name from sqlite_master where type = 'table' and name not like 'sqlite_%'"
            }
            Engine::Postgres => {
                "select format('%I.%I', schemaname, tablename) from pg_tables where schemaname not in ('pg_catalog', 'information_schema')"
            }
        };
        let mut columns = Vec::new();
        for table in copy.query(tables).unwrap() {
            let of_table = match self.engine {
                Engine::Embedded => {
                    format!("select name || ' ' || lower(type) from pragma_table_info('{table}')")
                }
                Engine::Postgres => format!(
                    "select attname || ' ' || format_type(atttypid, null) from pg_attribute \
                     where attrelid = '{table}'::regclass and attnum > 0 and not attisdropped order by attnum"
                ),
            };
            for (place, column) in copy.query(&of_table).unwrap().into_iter().enumerate() {
                let (name, kind) = column.split_once(' ').unwrap();
                let kind = match kind {
                    "integer" | "bigint" => Kind::Int,
                    "text" => Kind::Text,
                    "blob" | "bytea" => Kind::Bytes,
                    other => panic!("{table}.{name} is {other}"),
                };
                let (table, name) = (table.clone(), name.to_owned());
                columns.push(Column {
                    table,
                    name,
                    place,
                    kind,
                });
            }
        }
        columns
    }
}

impl Column {
    /// The table's name without schema and generation.
    pub fn base(&self) -> &str {
        let name = self.table.rsplit('.').next().unwrap();
        name.strip_suffix(crate::GENERATION).unwrap_or(name)
    }
}

impl Copy {
    /// Flips one bit of a value of the column. Whether there was one, or what the table has against it.
    pub fn flip(&self, column: &Column) -> Result<bool, String> {
        let Column {
            table, name, kind, ..
        } = column;
        let read = match (kind, self.engine) {
            (Kind::Int, _) => format!("cast({name} as text)"),
            (_, Engine::Embedded) => format!("hex(cast({name} as blob))"),
            (Kind::Text, _) => format!("encode(convert_to({name}, 'UTF8'), 'hex')"),
            (Kind::Bytes, _) => format!("encode({name}, 'hex')"),
        };
        let empty = match kind {
            Kind::Int => "-1".to_owned(),
            kind => self.literal(b"", *kind),
        };
        let value = self.query(&format!(
            "select {read} from {table} where {name} is not null and {name} <> {empty} order by {name} desc limit 1"
        ))?;
        let Some(value) = value.first() else {
            return Ok(false);
        };
        let (old, new) = match kind {
            Kind::Int => (
                value.clone(),
                (value.parse::<i64>().unwrap() ^ 1 << 20).to_string(),
            ),
            Kind::Text | Kind::Bytes => {
                let bytes = hex::decode(value).unwrap();
                let flipped = flipped(&bytes, *kind);
                (self.literal(&bytes, *kind), self.literal(&flipped, *kind))
            }
        };
        self.query(&format!("update {table} set {name} = {new} where {name} = {old}"))?;
        Ok(true)
    }

    /// Puts a row into a table that has none.
    pub fn put_a_row<'c>(&self, table: &str, columns: impl Iterator<Item = &'c Column>) {
        let values: Vec<String> = columns
            .map(|column| match column.kind {
                Kind::Int => "1".to_owned(),
                kind => self.literal(b"x", kind),
            })
            .collect();
        self.query(&format!("insert into {table} values ({})", values.join(", ")))
            .unwrap();
    }

    /// What the first of these verbs tells that finds something.
    pub fn tells(&self, verbs: &[&str]) -> Option<Value> {
        let data = match &self.database {
            Some(database) => database.url(),
            None => self.folder.path().to_str().unwrap(),
        };
        verbs.iter().find_map(|verb| {
            let told = hotich(self.folder.path(), &[verb, "--data", data, "--json"]);
            match told.status {
                Some(0) => None,
                Some(1 | 2) => Some(serde_json::from_str(&told.out).unwrap_or_default()),
                other => panic!("{verb} ends with {other:?}: {}", told.err),
            }
        })
    }

    fn literal(&self, bytes: &[u8], kind: Kind) -> String {
        let bytes = hex::encode(bytes);
        match (self.engine, kind) {
            (Engine::Embedded, Kind::Text) => format!("cast(x'{bytes}' as text)"),
            (Engine::Embedded, _) => format!("x'{bytes}'"),
            (Engine::Postgres, Kind::Text) => format!("convert_from('\\x{bytes}', 'UTF8')"),
            (Engine::Postgres, _) => format!("'\\x{bytes}'::bytea"),
        }
    }

    /// Runs a statement with the owner's rights, who can take the triggers away, and answers the only column.
    fn query(&self, statement: &str) -> Result<Vec<String>, String> {
        match &self.database {
            Some(database) => Ok(database.query(statement)?.lines().map(str::to_owned).collect()),
            None => sqlite(&self.folder.path().join("ledger.db"), statement),
        }
    }
}

/// Flips a bit in the middle; of a text one that leaves it a text.
fn flipped(bytes: &[u8], kind: Kind) -> Vec<u8> {
    let mut flipped = bytes.to_vec();
    let middle = bytes.len() / 2;
    let place = match kind {
        Kind::Text => bytes.iter().rposition(u8::is_ascii_graphic).expect("a sign"),
        _ => middle,
    };
    flipped[place] ^= 1;
    flipped
}

/// The same database once more.
fn copy_of(database: &Database) -> Database {
    let copy = Database::create();
    let name = |database: &Database| database.url().rsplit('/').next().unwrap().to_owned();
    let (cluster, _) = database.url().rsplit_once('/').unwrap();
    let maintenance = format!("{cluster}/postgres");
    psql(&maintenance, &format!("drop database {}", name(&copy))).unwrap();
    let make = format!("create database {} template {}", name(&copy), name(database));
    psql(&maintenance, &make).unwrap();
    copy
}

fn sqlite(file: &PathBuf, statement: &str) -> Result<Vec<String>, String> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        let options = SqliteConnectOptions::new().filename(file);
        let mut intruder = SqliteConnection::connect_with(&options).await.unwrap();
        let triggers = "select name from sqlite_master where type = 'trigger'";
        for trigger in sqlx::query(triggers).fetch_all(&mut intruder).await.unwrap() {
            let drop = format!("drop trigger {}", trigger.get::<String, _>(0));
            sqlx::raw_sql(AssertSqlSafe(drop))
                .execute(&mut intruder)
                .await
                .unwrap();
        }
        let rows = sqlx::raw_sql(AssertSqlSafe(statement.to_owned()))
            .fetch_all(&mut intruder)
            .await
            .map_err(|error| error.to_string())?;
        Ok(rows.iter().map(|row| row.get::<String, _>(0)).collect())
    })
}
