//! The embedded store: one SQLite file, WAL with `synchronous=FULL` (a commit survives power loss), one writer, freed pages
//! overwritten, so that what was erased is gone from the file.

mod cases;
mod partners;
mod review;
mod tokens;
mod uploads;

use std::{path::Path, time::Duration};

use serde::{Serialize, de::DeserializeOwned};
use sqlx::{
    Sqlite as Database, SqlitePool, Transaction,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};

use super::{Result, Store, StoreError};

/// The embedded store.
pub struct Sqlite {
    writer: SqlitePool,
    readers: SqlitePool,
}

impl Sqlite {
    /// Opens the file, making and migrating it if need be.
    pub async fn open(file: &Path) -> Result<Self> {
        let options = SqliteConnectOptions::new()
            .filename(file)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .busy_timeout(Duration::from_secs(5))
            .foreign_keys(true)
            .pragma("secure_delete", "ON");
        let pool = || SqlitePoolOptions::new().acquire_timeout(Duration::from_secs(10));
        let writer = pool().max_connections(1).connect_with(options.clone()).await?;
        sqlx::migrate!("migrations/sqlite").run(&writer).await.map_err(sqlx::Error::from)?;
        let readers = pool().max_connections(4).connect_with(options.read_only(true)).await?;
        Ok(Self { writer, readers })
    }

    async fn begin(&self) -> Result<Transaction<'_, Database>> {
        Ok(self.writer.begin_with("BEGIN IMMEDIATE").await?)
    }
}

#[async_trait::async_trait]
impl Store for Sqlite {
    async fn ping(&self) -> Result<()> {
        sqlx::query("SELECT count(*) FROM partners").execute(&self.readers).await?;
        self.begin().await?.commit().await?;
        Ok(())
    }

    async fn close(&self) {
        self.readers.close().await;
        self.writer.close().await;
    }
}

fn json<T: Serialize>(value: &T, table: &'static str) -> Result<String> {
    serde_json::to_string(value).map_err(|_| StoreError::Corrupt(table))
}

fn parse<T: DeserializeOwned>(text: &str, table: &'static str) -> Result<T> {
    serde_json::from_str(text).map_err(|_| StoreError::Corrupt(table))
}

/// An enum's wire name, as the columns hold it.
fn name<T: Serialize>(value: &T, table: &'static str) -> Result<String> {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(name)) => Ok(name),
        _ => Err(StoreError::Corrupt(table)),
    }
}

fn named<T: DeserializeOwned>(name: String, table: &'static str) -> Result<T> {
    serde_json::from_value(serde_json::Value::String(name)).map_err(|_| StoreError::Corrupt(table))
}

fn signed(number: u64, table: &'static str) -> Result<i64> {
    i64::try_from(number).map_err(|_| StoreError::Corrupt(table))
}

fn unsigned(number: i64, table: &'static str) -> Result<u64> {
    u64::try_from(number).map_err(|_| StoreError::Corrupt(table))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_commit_survives_power_loss() {
        let folder = tempfile::tempdir().expect("a folder");
        let store = Sqlite::open(&folder.path().join("test.db")).await.expect("a store");
        let number =
            async |pragma| -> i64 { sqlx::query_scalar(pragma).fetch_one(&store.writer).await.expect("a number") };
        let mode: String = sqlx::query_scalar("PRAGMA journal_mode").fetch_one(&store.writer).await.expect("a mode");
        // 2 is FULL: the log is synced at every commit (https://sqlite.org/pragma.html#pragma_synchronous).
        assert_eq!((mode.as_str(), number("PRAGMA synchronous").await), ("wal", 2));
        assert_eq!(number("PRAGMA secure_delete").await, 1);
    }
}
