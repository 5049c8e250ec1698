//! A ledger that is copied, and edited past the product.

use std::cell::RefCell;
use std::fs;
use std::path::{Path, PathBuf};

use hotich_tests::{Api, Database, Ended, Engine, Folder, Server, hotich};
use serde_json::{Value, json};
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{AssertSqlSafe, Connection as _, Row as _};

/// The ledger of the demo's story, at rest.
pub struct Original {
    engine: Engine,
    folder: Folder,
    database: Option<Database>,
}

/// One that may be spoilt: a copy of the file, or the database itself, which is mended when this is dropped.
pub struct Copy<'o> {
    original: &'o Original,
    folder: Folder,
    mending: RefCell<Vec<String>>,
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
    /// Tells the story, has somebody look at it and an act erased, and signs for it.
    pub fn of(engine: Engine) -> Self {
        let folder = Folder::new();
        let database = (engine == Engine::Postgres).then(Database::create);
        let original = Self {
            engine,
            folder,
            database,
        };
        let (data, keys) = (original.data(), original.keys());
        original.run(&["demo", "--data", &data]).with(0);
        original.look_and_erase();
        let out = original.folder.join("public");
        let export = [
            "export", "--public", "--data", &data, "--keys", &keys, "--out", &out,
        ];
        original.run(&export).with(0);
        original
    }

    /// Files one more act, reads its entry, and erases the act: lines of accesses, and an erasure.
    fn look_and_erase(&self) {
        let (data, keys) = (self.data(), self.keys());
        let file = |name: &str| format!("{keys}/{name}");
        let server = Server::start(&["--data", &data, "--keys", &keys]);
        let (url, token) = (server.url(""), fs::read_to_string(file("token")).unwrap());
        let filed = |act: &str, key: &str, token: &str, more: &[&str]| {
            let filing = [
                "file", act, "--key", key, "--server", &url, "--token", token, "--json",
            ];
            self.run(&[&filing, more].concat()).with(0).json()
        };
        let act = filed(&file("act.json"), &file("office-3.key"), token.trim(), &[]);
        let api = Api::at(&url).with_token(token.trim());
        api.get(&format!("/v1/entries/{}", act["entry"].as_str().unwrap()))
            .with(200);
        let (administrator, second) = (file("administrator.key"), file("second.key"));
        self.run(&["keys", "generate", "--out", &second]).with(0);
        let grant = [
            "keys",
            "grant",
            "--data",
            &data,
            "--office",
            "0",
            "--role",
            "administrator",
        ];
        let signed = ["--key", &second, "--administrator", &administrator];
        self.run(&[&grant[..], &signed[..]].concat()).with(0);
        let erased = json!({ "kind": "erased", "office": 0, "act": {
            "positions": [act["position"]], "authority": "Tòa án nhân dân khu vực 3",
            "legal_basis": "Quyết định số 41/2026/QĐST-HC", "ground": "wrong_person",
        }});
        let erasure = self.folder.join("erasure.json");
        fs::write(&erasure, erased.to_string()).unwrap();
        let made = self
            .run(&["keys", "token", "--data", &data, "--office", "0"])
            .with(0);
        filed(&erasure, &administrator, made.out.trim(), &["--second", &second]);
    }

    /// Where the demo keeps the ledger's keys.
    fn keys(&self) -> String {
        match self.engine {
            Engine::Embedded => self.data(),
            Engine::Postgres => self.folder.join("hotich-keys"),
        }
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

    /// One to be spoilt.
    pub fn copy(&self) -> Copy<'_> {
        let folder = Folder::new();
        if self.engine == Engine::Embedded {
            // The ledger, and the keys of its bodies.
            for file in fs::read_dir(self.data()).unwrap() {
                let name = file.unwrap().file_name().into_string().unwrap();
                if name.contains(".db") && !name.contains("lock") {
                    fs::copy(Path::new(&self.data()).join(&name), folder.path().join(&name)).unwrap();
                }
            }
        }
        Copy {
            original: self,
            folder,
            mending: RefCell::default(),
        }
    }

    /// Every column of every table that the database has.
    pub fn columns(&self) -> Vec<Column> {
        let copy = self.copy();
        let tables = match self.engine {
            Engine::Embedded => {
                "select name from sqlite_master where type = 'table' and name not like 'sqlite_%'"
            }
            Engine::Postgres => {
                "select format('%I.%I', schemaname, tablename) from pg_tables where schemaname not in ('pg_catalog', 'information_schema') \
                 and schemaname not like '%\\_body\\_keys'"
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

impl Copy<'_> {
    /// Flips one bit of a value of the column. Whether there was one, or what the table has against it.
    pub fn flip(&self, column: &Column) -> Result<bool, String> {
        let Column {
            table, name, kind, ..
        } = column;
        let read = match (kind, self.original.engine) {
            (Kind::Int, _) => format!("cast({name} as text)"),
            (_, Engine::Embedded) => format!("hex(cast({name} as blob))"),
            (Kind::Text, _) => format!("encode(convert_to({name}, 'UTF8'), 'hex')"),
            (Kind::Bytes, _) => format!("encode({name}, 'hex')"),
        };
        let empty = match kind {
            Kind::Int => "-1".to_owned(),
            kind => self.literal(b"", *kind),
        };
        // Of a body whose key is destroyed nobody can tell any more what it was.
        let readable = match column.base() {
            "body" => "position not in (select position from erasure)",
            _ => "true",
        };
        let value = self.query(&format!(
            "select {read} from {table} where {name} is not null and {name} <> {empty} and {readable} order by {name} desc limit 1"
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
        if self.original.engine == Engine::Embedded {
            self.query(&format!("update {table} set {name} = {new} where {name} = {old}"))?;
            return Ok(true);
        }
        let place = self
            .query(&format!("select ctid from {table} where {name} = {old} limit 1"))?
            .remove(0);
        let set =
            |value: &str, place: &str| format!("update {table} set {name} = {value} where ctid = '{place}'");
        let place = self
            .query(&format!("{} returning ctid", set(&new, &place)))?
            .remove(0);
        self.mending.borrow_mut().push(set(&old, &place));
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
        self.mending.borrow_mut().push(format!("delete from {table}"));
    }

    /// What the first of these verbs tells that finds something.
    pub fn tells(&self, verbs: &[&str]) -> Option<Value> {
        let folder = self.folder.path();
        let data = match &self.original.database {
            Some(database) => database.url(),
            None => folder.to_str().unwrap(),
        };
        let keys = self.original.keys();
        verbs.iter().find_map(|verb| {
            let mut line = vec![*verb, "--data", data, "--json"];
            if *verb == "doctor" {
                line.extend(["--keys", &keys]);
            }
            let told = hotich(folder, &line);
            match told.status {
                Some(0) => None,
                Some(1 | 2) => Some(serde_json::from_str(&told.out).unwrap_or_default()),
                other => panic!("{verb} ends with {other:?}: {}", told.err),
            }
        })
    }

    fn literal(&self, bytes: &[u8], kind: Kind) -> String {
        let bytes = hex::encode(bytes);
        match (self.original.engine, kind) {
            (Engine::Embedded, Kind::Text) => format!("cast(x'{bytes}' as text)"),
            (Engine::Embedded, _) => format!("x'{bytes}'"),
            (Engine::Postgres, Kind::Text) => format!("convert_from('\\x{bytes}', 'UTF8')"),
            (Engine::Postgres, _) => format!("'\\x{bytes}'::bytea"),
        }
    }

    /// Runs a statement with the owner's rights, who can take the triggers away, and answers the only column.
    fn query(&self, statement: &str) -> Result<Vec<String>, String> {
        match &self.original.database {
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

impl Drop for Copy<'_> {
    fn drop(&mut self) {
        if self.original.engine == Engine::Embedded {
            return;
        }
        for statement in self.mending.borrow().iter().rev() {
            let mended = self.query(statement);
            assert!(mended.is_ok() || std::thread::panicking(), "{mended:?}");
        }
    }
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
