//! Objects as files of a folder: written beside, synced, renamed, and the folder synced (`object_store` with fsync on).

use std::{
    fs,
    io::ErrorKind,
    ops::Range,
    path::{Path as FsPath, PathBuf},
    time::Duration,
};

use bytes::Bytes;
use futures_util::TryStreamExt as _;
use object_store::{Error, ObjectStore, ObjectStoreExt as _, local::LocalFileSystem, path::Path};

use super::{BlobError, Blobs};
use crate::clock;

/// Makes a folder that survives power loss: its name is in its parent for good.
pub fn make_folder(folder: &FsPath) -> std::io::Result<()> {
    let missing = folder.ancestors().take_while(|folder| !folder.as_os_str().is_empty() && !folder.exists()).count();
    fs::create_dir_all(folder)?;
    // Each that was made, and the one that was there; also where an earlier start came no further than to making it.
    #[cfg(unix)]
    for folder in folder.ancestors().take(missing.max(1) + 1) {
        let folder = if folder.as_os_str().is_empty() { FsPath::new(".") } else { folder };
        match fs::File::open(folder) {
            // The parent is the operator's and may be closed to us; we made nothing in it then.
            Err(error) if error.kind() == ErrorKind::PermissionDenied => {}
            opened => opened?.sync_all()?,
        }
    }
    Ok(())
}

/// Objects in a folder.
#[derive(Debug)]
pub struct Files {
    store: LocalFileSystem,
    root: PathBuf,
}

impl Files {
    /// Opens the folder, making it if need be.
    pub fn open(folder: &FsPath) -> Result<Self, BlobError> {
        make_folder(folder)?;
        let store = LocalFileSystem::new_with_prefix(folder)?.with_fsync(true).with_automatic_cleanup(true);
        Ok(Self { store, root: folder.to_owned() })
    }

    async fn remove(&self, path: &Path) -> Result<(), BlobError> {
        match self.store.delete(path).await {
            Ok(()) | Err(Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }
}

#[async_trait::async_trait]
impl Blobs for Files {
    async fn put(&self, key: &str, bytes: Bytes) -> Result<(), BlobError> {
        self.store.put(&Path::parse(key)?, bytes.into()).await?;
        Ok(())
    }

    async fn get(&self, key: &str) -> Result<Bytes, BlobError> {
        Ok(self.store.get(&Path::parse(key)?).await?.bytes().await?)
    }

    async fn range(&self, key: &str, range: Range<u64>) -> Result<Bytes, BlobError> {
        Ok(self.store.get_range(&Path::parse(key)?, range).await?)
    }

    async fn delete(&self, key: &str) -> Result<(), BlobError> {
        self.remove(&Path::parse(key)?).await
    }

    /// The folder itself, so that what a killed process left half written goes too.
    async fn delete_under(&self, prefix: &str) -> Result<(), BlobError> {
        let folder = self.root.join(Path::parse(prefix)?.as_ref());
        match tokio::fs::remove_dir_all(folder).await {
            Err(error) if error.kind() != ErrorKind::NotFound => Err(error.into()),
            _ => Ok(()),
        }
    }

    async fn older_than(&self, age: Duration) -> Result<Vec<String>, BlobError> {
        let limit = clock::now() - i64::try_from(age.as_millis()).unwrap_or(i64::MAX);
        let objects: Vec<_> = self.store.list(None).try_collect().await?;
        Ok(objects
            .into_iter()
            .filter(|object| object.last_modified.timestamp_millis() <= limit)
            .map(|object| object.location.to_string())
            .collect())
    }

    async fn ping(&self) -> Result<(), BlobError> {
        let key = format!("probe/{}", uuid::Uuid::new_v4());
        self.put(&key, Bytes::from_static(b"ok")).await?;
        self.delete(&key).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn objects_are_written_with_fsync() {
        let folder = tempfile::tempdir().expect("a folder");
        let files = Files::open(&folder.path().join("deep/objects")).expect("a folder of objects");
        // What it does with that is object_store's; that it is told so is ours.
        assert!(format!("{files:?}").contains("fsync: true"), "{files:?}");
        files.put("cases/a/b", Bytes::from_static(b"x")).await.expect("written");
        assert_eq!(files.get("cases/a/b").await.expect("read"), Bytes::from_static(b"x"));
    }
}
