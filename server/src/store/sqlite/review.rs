//! Readings of documents and the audit log. The database itself refuses to change a line of the log.

use lichtbild_protocol::{Sensitive, case::Mode, document::Reading, review::AuditEntry};
use sqlx::{Row as _, sqlite::SqliteRow};

use super::{Sqlite, cases::Tx, json, name, named, parse};
use crate::{
    clock::Millis,
    review::Case,
    store::{Result, Reviews},
};

#[async_trait::async_trait]
impl Reviews for Sqlite {
    async fn readings(&self, case: &str) -> Result<Vec<Reading>> {
        let bodies: Vec<String> = sqlx::query_scalar("SELECT body FROM readings WHERE case_id = ? ORDER BY rowid")
            .bind(case)
            .fetch_all(&self.readers)
            .await?;
        bodies.iter().map(|body| parse(body, "readings")).collect()
    }

    async fn audit(&self, case: &str, partner: &str, mode: Mode) -> Result<Vec<AuditEntry>> {
        let rows = sqlx::query(
            "SELECT at, action, key, about, outcome, clerk, note FROM audit LEFT JOIN audit_notes ON audit_notes.audit = audit.id \
             WHERE audit.case_id = ? AND partner = ? AND mode = ? ORDER BY audit.id",
        )
        .bind(case)
        .bind(partner)
        .bind(name(&mode, "audit")?)
        .fetch_all(&self.readers)
        .await?;
        rows.iter().map(entry).collect()
    }

    async fn outlived(&self, now: Millis) -> Result<Vec<String>> {
        Ok(sqlx::query_scalar("SELECT id FROM cases WHERE erase_at <= ? ORDER BY erase_at")
            .bind(now)
            .fetch_all(&self.readers)
            .await?)
    }
}

fn entry(row: &SqliteRow) -> Result<AuditEntry> {
    Ok(AuditEntry {
        at: row.try_get(0)?,
        action: named(row.try_get(1)?, "audit")?,
        key: row.try_get(2)?,
        about: parse(row.try_get(3)?, "audit")?,
        outcome: row.try_get(4)?,
        clerk: row.try_get::<Option<String>, _>(5)?.map(Sensitive::new),
        note: row.try_get::<Option<String>, _>(6)?.map(Sensitive::new),
    })
}

/// Appends a line of the log, in the transaction of what it is about.
pub(super) async fn record(tx: &mut Tx<'_>, case: &Case, line: &AuditEntry) -> Result<()> {
    let id = sqlx::query(
        "INSERT INTO audit (case_id, partner, mode, at, action, key, about, outcome) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(&case.id)
    .bind(&case.partner)
    .bind(name(&case.mode, "audit")?)
    .bind(&line.at)
    .bind(name(&line.action, "audit")?)
    .bind(&line.key)
    .bind(json(&line.about, "audit")?)
    .bind(&line.outcome)
    .execute(&mut **tx)
    .await?
    .last_insert_rowid();
    if line.clerk.is_none() && line.note.is_none() {
        return Ok(());
    }
    sqlx::query("INSERT INTO audit_notes (audit, case_id, clerk, note) VALUES (?, ?, ?, ?)")
        .bind(id)
        .bind(&case.id)
        .bind(line.clerk.as_ref().map(Sensitive::expose))
        .bind(line.note.as_ref().map(Sensitive::expose))
        .execute(&mut **tx)
        .await?;
    Ok(())
}

/// Adds a reading; one that the server made of the same still, or stills, before stays.
pub(super) async fn add(tx: &mut Tx<'_>, case: &str, reading: &Reading) -> Result<()> {
    sqlx::query("INSERT INTO readings (id, case_id, attempt, origin, artifact, body) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING")
        .bind(&reading.id)
        .bind(case)
        .bind(reading.attempt)
        .bind(name(&reading.origin, "readings")?)
        .bind(&reading.artifact)
        .bind(json(reading, "readings")?)
        .execute(&mut **tx)
        .await?;
    Ok(())
}
