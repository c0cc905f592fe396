//! Uploads and their pieces. Offset and epoch in the `WHERE` of each change are the fence: whoever lost an upload commits nothing.

use sqlx::{Row as _, sqlite::SqliteRow};

use super::{Sqlite, name, named, signed, unsigned};
use crate::store::{Chunk, Result, StoreError, Upload, Uploads, Used};

#[async_trait::async_trait]
impl Uploads for Sqlite {
    /// In one statement with the question whether the case is there and open, so that nothing joins an erased one.
    async fn create_upload(&self, upload: &Upload) -> Result<Option<Upload>> {
        let row = sqlx::query(
            "INSERT INTO uploads (artifact, case_id, step, kind, media_type, attempt, length, created_at) \
             SELECT ?1, id, ?3, ?4, ?5, ?6, ?7, ?8 FROM cases WHERE id = ?2 AND state IN ('created', 'started', 'repeat') \
             ON CONFLICT (artifact) DO UPDATE SET \
             position = CASE WHEN gone AND case_id = excluded.case_id THEN 0 ELSE position END, \
             length = CASE WHEN gone AND case_id = excluded.case_id THEN excluded.length ELSE length END, \
             sha256 = CASE WHEN gone AND case_id = excluded.case_id THEN NULL ELSE sha256 END, \
             epoch = epoch + (gone AND case_id = excluded.case_id), \
             gone = gone AND case_id <> excluded.case_id RETURNING *",
        )
        .bind(&upload.artifact)
        .bind(&upload.case)
        .bind(&upload.step)
        .bind(name(&upload.kind, "uploads")?)
        .bind(&upload.media_type)
        .bind(upload.attempt)
        .bind(upload.length.map(|length| signed(length, "uploads")).transpose()?)
        .bind(upload.created_at)
        .fetch_optional(&self.writer)
        .await?;
        row.as_ref().map(read).transpose()
    }

    async fn upload(&self, artifact: &str) -> Result<Option<Upload>> {
        let row = sqlx::query("SELECT * FROM uploads WHERE artifact = ?")
            .bind(artifact)
            .fetch_optional(&self.readers)
            .await?;
        row.as_ref().map(read).transpose()
    }

    async fn uploads(&self, case: &str) -> Result<Vec<Upload>> {
        let rows = sqlx::query("SELECT * FROM uploads WHERE case_id = ? AND NOT gone ORDER BY created_at, artifact")
            .bind(case)
            .fetch_all(&self.readers)
            .await?;
        rows.iter().map(read).collect()
    }

    async fn used(&self, case: &str) -> Result<Used> {
        let row = sqlx::query("SELECT count(*), coalesce(sum(position), 0) FROM uploads WHERE case_id = ?")
            .bind(case)
            .fetch_one(&self.readers)
            .await?;
        Ok(Used { uploads: unsigned(row.try_get(0)?, "uploads")?, bytes: unsigned(row.try_get(1)?, "uploads")? })
    }

    async fn take_over(&self, artifact: &str, offset: Option<u64>) -> Result<Option<Upload>> {
        let row = sqlx::query(
            "UPDATE uploads SET epoch = epoch + 1 WHERE artifact = ?1 AND NOT gone AND (?2 IS NULL OR position = ?2) RETURNING *",
        )
        .bind(artifact)
        .bind(offset.map(|offset| signed(offset, "uploads")).transpose()?)
        .fetch_optional(&self.writer)
        .await?;
        row.as_ref().map(read).transpose()
    }

    async fn append(&self, upload: &Upload, chunk: Option<&Chunk>, length: Option<u64>) -> Result<Option<Upload>> {
        let mut tx = self.begin().await?;
        let grown = upload.offset + chunk.map_or(0, |chunk| chunk.length);
        let row = sqlx::query(
            "UPDATE uploads SET position = ?1, length = coalesce(length, ?2) \
             WHERE artifact = ?3 AND position = ?4 AND epoch = ?5 AND NOT gone RETURNING *",
        )
        .bind(signed(grown, "uploads")?)
        .bind(length.map(|length| signed(length, "uploads")).transpose()?)
        .bind(&upload.artifact)
        .bind(signed(upload.offset, "uploads")?)
        .bind(signed(upload.epoch, "uploads")?)
        .fetch_optional(&mut *tx)
        .await?;
        let Some(row) = row else { return Ok(None) };
        if let Some(chunk) = chunk {
            sqlx::query("INSERT INTO chunks (artifact, position, length, object) VALUES (?, ?, ?, ?)")
                .bind(&upload.artifact)
                .bind(signed(chunk.offset, "chunks")?)
                .bind(signed(chunk.length, "chunks")?)
                .bind(&chunk.object)
                .execute(&mut *tx)
                .await?;
        }
        tx.commit().await?;
        read(&row).map(Some)
    }

    async fn chunks(&self, artifact: &str) -> Result<Vec<Chunk>> {
        let rows = sqlx::query("SELECT position, length, object FROM chunks WHERE artifact = ? ORDER BY position")
            .bind(artifact)
            .fetch_all(&self.readers)
            .await?;
        let chunk = |row: &SqliteRow| {
            Ok(Chunk {
                offset: unsigned(row.try_get(0)?, "chunks")?,
                length: unsigned(row.try_get(1)?, "chunks")?,
                object: row.try_get(2)?,
            })
        };
        rows.iter().map(chunk).collect()
    }

    async fn set_digest(&self, artifact: &str, sha256: &str) -> Result<()> {
        sqlx::query("UPDATE uploads SET sha256 = ? WHERE artifact = ? AND length = position AND NOT gone")
            .bind(sha256)
            .bind(artifact)
            .execute(&self.writer)
            .await?;
        Ok(())
    }

    async fn terminate(&self, artifact: &str) -> Result<Vec<String>> {
        let mut tx = self.begin().await?;
        let objects = sqlx::query_scalar("DELETE FROM chunks WHERE artifact = ? RETURNING object")
            .bind(artifact)
            .fetch_all(&mut *tx)
            .await?;
        sqlx::query("UPDATE uploads SET gone = 1, epoch = epoch + 1, position = 0, length = NULL, sha256 = NULL WHERE artifact = ?")
            .bind(artifact)
            .execute(&mut *tx)
            .await?;
        tx.commit().await?;
        Ok(objects)
    }

    async fn knows_object(&self, object: &str) -> Result<bool> {
        Ok(sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM chunks WHERE object = ?)")
            .bind(object)
            .fetch_one(&self.readers)
            .await?)
    }
}

fn read(row: &SqliteRow) -> Result<Upload> {
    Ok(Upload {
        artifact: row.try_get("artifact")?,
        case: row.try_get("case_id")?,
        step: row.try_get("step")?,
        kind: named(row.try_get("kind")?, "uploads")?,
        media_type: row.try_get("media_type")?,
        attempt: row.try_get::<i64, _>("attempt")?.try_into().map_err(|_| StoreError::Corrupt("uploads"))?,
        offset: unsigned(row.try_get("position")?, "uploads")?,
        length: row.try_get::<Option<i64>, _>("length")?.map(|length| unsigned(length, "uploads")).transpose()?,
        epoch: unsigned(row.try_get("epoch")?, "uploads")?,
        gone: row.try_get("gone")?,
        sha256: row.try_get("sha256")?,
        created_at: row.try_get("created_at")?,
    })
}
