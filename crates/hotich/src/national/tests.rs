//! The whole nation, small, in a ledger of either engine.

use std::sync::Arc;

use civil::value::Text;
use ledger::Options;
use registry::{Founding, SeededChance};
use sqlx::{AssertSqlSafe, Connection, PgConnection};

use super::*;

const SCALE: f64 = 0.002;

async fn nation(data: &Data) -> Outcome {
    let clock = Arc::new(StoryClock::default());
    clock.set("2018-01-02").unwrap();
    let chance = Arc::new(SeededChance::new(7));
    let administrator =
        key_file::generate(&data.key_folder().join(ADMINISTRATOR_KEY), chance.as_ref()).unwrap();
    let text = |text| Text::parse(text).unwrap();
    let founding = Founding {
        origin: text("nation.example/test"),
        log_key: text("none"),
        administrator: &administrator,
    };
    let location = data.location().unwrap();
    let shared: Arc<dyn ledger::Clock> = Arc::clone(&clock) as _;
    let options = Options {
        unsafe_postgres: true,
        ..Options::default()
    };
    let registry = Registry::found(location, founding, shared, chance, options)
        .await
        .unwrap();
    fill(registry, data, &clock, SCALE, 7).await.unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_cell_of_the_statistics_is_that_of_the_scaled_table() {
    let folder = tempfile::tempdir().unwrap();
    let data = Data {
        data: folder.path().display().to_string(),
        keys: None,
    };
    assert_eq!(nation(&data).await, Outcome::Well);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_cell_is_that_of_the_scaled_table_on_postgres_too() {
    if std::env::var_os("HOTICH_ONLY_SQLITE").is_some() {
        return;
    }
    let cluster = std::env::var("HOTICH_TEST_POSTGRES").expect("run the tests under ops/with-postgres");
    let name = format!("nation_{}", std::process::id());
    let maintain = async |statement: String| {
        let mut connection = PgConnection::connect(&format!("{cluster}/postgres"))
            .await
            .unwrap();
        sqlx::raw_sql(AssertSqlSafe(statement))
            .execute(&mut connection)
            .await
            .unwrap();
    };
    maintain(format!("create database {name}")).await;
    let folder = tempfile::tempdir().unwrap();
    let data = Data {
        data: format!("{cluster}/{name}"),
        keys: Some(folder.path().to_path_buf()),
    };
    // The database goes, however the nation fares.
    let outcome = tokio::spawn(async move { nation(&data).await }).await;
    maintain(format!("drop database {name} with (force)")).await;
    maintain(format!("drop role if exists hotich_app_{name}_public")).await;
    assert_eq!(outcome.unwrap(), Outcome::Well);
}
