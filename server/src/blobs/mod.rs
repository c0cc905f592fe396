//! Where recordings rest: immutable objects by key. An object that was put survives power loss, is never changed, and is
//! either there whole or not at all. Folders today, a bucket tomorrow; nobody else knows which.

mod files;

use std::time::Duration;

use bytes::Bytes;

pub use self::files::{Files, make_folder};

/// The store of objects failed.
#[derive(Debug, thiserror::Error)]
pub enum BlobError {
    /// It cannot be reached, or is full.
    #[error("object store: {0}")]
    Unavailable(#[from] object_store::Error),
    /// A key that we did not make.
    #[error("object key: {0}")]
    Key(#[from] object_store::path::Error),
    /// The folder cannot be made or read.
    #[error("folder: {0}")]
    Folder(#[from] std::io::Error),
}

/// An object store.
#[async_trait::async_trait]
pub trait Blobs: Send + Sync {
    /// Puts an object; when this returns it survives power loss.
    async fn put(&self, key: &str, bytes: Bytes) -> Result<(), BlobError>;
    /// The whole object.
    async fn get(&self, key: &str) -> Result<Bytes, BlobError>;
    /// Part of an object.
    async fn range(&self, key: &str, range: std::ops::Range<u64>) -> Result<Bytes, BlobError>;
    /// Removes an object; one that is not there is no error.
    async fn delete(&self, key: &str) -> Result<(), BlobError>;
    /// Removes everything under a prefix.
    async fn delete_under(&self, prefix: &str) -> Result<(), BlobError>;
    /// Keys that were written at least this long ago.
    async fn older_than(&self, age: Duration) -> Result<Vec<String>, BlobError>;
    /// Writes and removes a probe.
    async fn ping(&self) -> Result<(), BlobError>;
}
