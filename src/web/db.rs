//! The browser's database: opened when first needed, opened anew once when its connection was lost. Three tables: `meta` (keys,
//! history), `artifacts` (what is being sent), `chunks` (its encrypted bytes). Knows nothing of what they mean.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use idb::{
    Database, DatabaseEvent as _, Error, Factory, KeyRange, ObjectStore, ObjectStoreParams, Query, Transaction,
    TransactionMode,
};
use lichtbild_protocol::ErrorCode;
use wasm_bindgen::JsValue;
use web_sys::IdbTransaction;

use super::{
    dom::error_name,
    timer::{now, within},
};
use crate::time::{Millis, Timestamp};

const NAME: &str = "lichtbild";
const VERSION: u32 = 1;
/// Some browsers never answer when their database is in trouble …
const DEADLINE_MILLIS: u32 = 2_500;
/// … and are not asked again for so long.
const LEFT_ALONE: Millis = Millis(30_000);

/// Keys and the history.
pub const META: &str = "meta";
/// One row per recording.
pub const ARTIFACTS: &str = "artifacts";
/// Their bytes.
pub const CHUNKS: &str = "chunks";

/// A change of one table.
#[derive(Debug)]
pub enum Change<'a> {
    /// Sets a row.
    Put(&'static str, String, &'a JsValue),
    /// Removes a row.
    Delete(&'static str, String),
    /// Removes every row whose key begins so.
    DeleteUnder(&'static str, String),
}

/// The database of this origin.
#[derive(Debug, Default)]
pub struct Db {
    open: RefCell<Option<Rc<Database>>>,
    /// It did not answer; until then it counts as out of order.
    left_alone_until: Cell<Option<Timestamp>>,
}

impl Db {
    /// A row, `undefined` if there is none.
    pub async fn get(&self, table: &'static str, key: &str) -> Result<JsValue, ErrorCode> {
        let found = self.read(table, |table| table.get(Query::Key(key.into()))).await?;
        Ok(found.unwrap_or(JsValue::UNDEFINED))
    }

    /// Every row of a table.
    pub async fn all(&self, table: &'static str) -> Result<Vec<JsValue>, ErrorCode> {
        self.read(table, |table| table.get_all(None, None)).await
    }

    /// Every key that begins so.
    pub async fn keys(&self, table: &'static str, under: &str) -> Result<Vec<JsValue>, ErrorCode> {
        self.read(table, |table| table.get_all_keys(Some(Query::KeyRange(beginning(under)?)), None)).await
    }

    /// Makes the changes, all or none.
    pub async fn change(&self, changes: &[Change<'_>]) -> Result<(), ErrorCode> {
        self.perform(TransactionMode::ReadWrite, async |transaction| {
            for change in changes {
                // Requests of one transaction are kept in order; waiting for its end waits for all of them.
                match change {
                    Change::Put(table, key, value) => {
                        drop(transaction.object_store(table)?.put(value, Some(&key.into()))?);
                    }
                    Change::Delete(table, key) => drop(transaction.object_store(table)?.delete(JsValue::from(key))?),
                    Change::DeleteUnder(table, under) => {
                        drop(transaction.object_store(table)?.delete(beginning(under)?)?);
                    }
                }
            }
            // A store that is full aborts without an error event; the reason stays on the transaction.
            let raw = IdbTransaction::from(transaction);
            let end = Transaction::from(raw.clone()).await;
            match (end, raw.error()) {
                (Ok(end), None) if end.is_committed() => Ok(()),
                (_, Some(thrown)) => Err(Error::DomException(thrown)),
                (Err(error), None) => Err(error),
                (Ok(_), None) => Err(Error::DomExceptionNotFound),
            }
        })
        .await
    }

    /// Makes a row from the row that is there (`undefined`: none), with nobody in between, also between tabs.
    pub async fn update(
        &self,
        table: &'static str,
        key: &str,
        make: impl Fn(JsValue) -> JsValue,
    ) -> Result<JsValue, ErrorCode> {
        self.perform(TransactionMode::ReadWrite, async |transaction| {
            let rows = transaction.object_store(table)?;
            let row = make(rows.get(Query::Key(key.into()))?.await?.unwrap_or(JsValue::UNDEFINED));
            rows.put(&row, Some(&key.into()))?.await?;
            Ok(row)
        })
        .await
    }

    /// The row, or the given one if there is none yet.
    pub async fn get_or_put(&self, table: &'static str, key: &str, value: &JsValue) -> Result<JsValue, ErrorCode> {
        self.update(table, key, |there| if there.is_undefined() { value.clone() } else { there }).await
    }

    async fn read<R, T>(
        &self,
        table: &'static str,
        ask: impl Fn(&ObjectStore) -> Result<R, Error>,
    ) -> Result<T, ErrorCode>
    where
        R: IntoFuture<Output = Result<T, Error>>,
    {
        self.perform(TransactionMode::ReadOnly, async |transaction| ask(&transaction.object_store(table)?)?.await).await
    }

    async fn perform<T>(
        &self,
        mode: TransactionMode,
        work: impl AsyncFn(Transaction) -> Result<T, Error>,
    ) -> Result<T, ErrorCode> {
        let mut fault = ErrorCode::StoreUnavailable;
        if self.left_alone_until.get().is_some_and(|until| now() < until) {
            return Err(fault);
        }
        for _ in 0..2 {
            let was_open = self.open.borrow().is_some();
            let attempt = async {
                let database = self.database().await?;
                work(database.transaction(&[META, ARTIFACTS, CHUNKS], mode)?).await
            };
            match within(DEADLINE_MILLIS, attempt).await {
                Some(Ok(done)) => return Ok(done),
                Some(Err(error)) => fault = code(&error),
                None if was_open => {}
                None => self.left_alone_until.set(Some(now() + LEFT_ALONE)),
            }
            if fault == ErrorCode::StoreFull || self.left_alone_until.get().is_some_and(|until| now() < until) {
                break;
            }
            // The system may have closed the connection; a new one may work.
            if let Some(lost) = self.open.borrow_mut().take() {
                lost.close();
            }
        }
        Err(fault)
    }

    async fn database(&self) -> Result<Rc<Database>, Error> {
        if let Some(database) = self.open.borrow().clone() {
            return Ok(database);
        }
        let mut opening = Factory::new()?.open(NAME, Some(VERSION))?;
        opening.on_upgrade_needed(|event| {
            let Ok(database) = event.database() else { return };
            for table in [META, ARTIFACTS, CHUNKS] {
                // A table that could not be made is missed by the first transaction.
                let _ = database.create_object_store(table, ObjectStoreParams::new());
            }
        });
        let mut database = opening.await?;
        // Another tab with a newer version must not wait for this one.
        database.on_version_change(|event| {
            if let Ok(database) = event.database() {
                database.close();
            }
        });
        let database = Rc::new(database);
        *self.open.borrow_mut() = Some(database.clone());
        Ok(database)
    }
}

impl Drop for Db {
    fn drop(&mut self) {
        // An open connection would keep another tab from a newer version until the browser collects it.
        if let Some(open) = self.open.borrow_mut().take() {
            open.close();
        }
    }
}

fn beginning(under: &str) -> Result<KeyRange, Error> {
    KeyRange::bound(&under.into(), &format!("{under}\u{ffff}").into(), None, None)
}

fn code(error: &Error) -> ErrorCode {
    let full = match error {
        Error::DomException(thrown) => thrown.name() == "QuotaExceededError",
        Error::UpdateFailed(thrown) | Error::AddFailed(thrown) => error_name(thrown) == "QuotaExceededError",
        _ => false,
    };
    if full { ErrorCode::StoreFull } else { ErrorCode::StoreUnavailable }
}
