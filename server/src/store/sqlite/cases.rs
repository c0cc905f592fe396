//! Cases, with what is written in the same transaction: timeline, webhooks, tokens, hand-offs.

use lichtbild_protocol::{
    capture::HelpRequest,
    case::{CaseId, CaseState, Mode},
    partner::{HelpMessage, TimelineItem},
    review::AuditEntry,
};
use sqlx::{Row as _, Sqlite as Database, Transaction, sqlite::SqliteRow};

use super::{Sqlite, json, name, parse, review, signed};
use crate::{
    clock::{Millis, rfc3339},
    review::Case,
    store::{CaseQuery, Cases, Commit, Op, Result},
};

/// A transaction.
pub(super) type Tx<'a> = Transaction<'a, Database>;

#[async_trait::async_trait]
impl Cases for Sqlite {
    async fn create_case(
        &self,
        commit: Commit<'_>,
        idempotency: Option<(&str, &str)>,
    ) -> Result<Option<(CaseId, String)>> {
        let case = commit.case;
        let mode = name(&case.mode, "cases")?;
        let mut tx = self.begin().await?;
        if let Some((key, request)) = idempotency {
            let earlier =
                sqlx::query("SELECT case_id, request FROM idempotency WHERE partner = ? AND mode = ? AND key = ?")
                    .bind(&case.partner)
                    .bind(&mode)
                    .bind(key)
                    .fetch_optional(&mut *tx)
                    .await?;
            if let Some(row) = earlier {
                return Ok(Some((row.try_get(0)?, row.try_get(1)?)));
            }
            sqlx::query("INSERT INTO idempotency (partner, mode, key, request, case_id) VALUES (?, ?, ?, ?, ?)")
                .bind(&case.partner)
                .bind(&mode)
                .bind(key)
                .bind(request)
                .bind(&case.id)
                .execute(&mut *tx)
                .await?;
        }
        sqlx::query(
            "INSERT INTO cases (id, partner, mode, state, revision, created_at, expires_at, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        )
        .bind(&case.id)
        .bind(&case.partner)
        .bind(&mode)
        .bind(name(&case.state, "cases")?)
        .bind(signed(case.revision, "cases")?)
        .bind(case.created_at)
        .bind(case.expires_at)
        .bind(json(case, "cases")?)
        .execute(&mut *tx)
        .await?;
        besides(&mut tx, &commit).await?;
        tx.commit().await?;
        Ok(None)
    }

    async fn case(&self, id: &str) -> Result<Option<Case>> {
        let body: Option<String> =
            sqlx::query_scalar("SELECT body FROM cases WHERE id = ?").bind(id).fetch_optional(&self.readers).await?;
        body.map(|body| parse(&body, "cases")).transpose()
    }

    async fn cases(&self, partner: &str, mode: Mode, query: &CaseQuery) -> Result<Vec<Case>> {
        let (before, id) = query.before.clone().unwrap_or((i64::MAX, String::new()));
        let state = query.state.map(|state| name(&state, "cases")).transpose()?;
        let bodies: Vec<String> = sqlx::query_scalar(
            "SELECT body FROM cases WHERE partner = ?1 AND mode = ?2 AND (?3 IS NULL OR state = ?3) \
             AND (created_at, id) < (?4, ?5) ORDER BY created_at DESC, id DESC LIMIT ?6",
        )
        .bind(partner)
        .bind(name(&mode, "cases")?)
        .bind(state)
        .bind(before)
        .bind(id)
        .bind(query.limit)
        .fetch_all(&self.readers)
        .await?;
        bodies.iter().map(|body| parse(body, "cases")).collect()
    }

    async fn commit(&self, commit: Commit<'_>) -> Result<bool> {
        let case = commit.case;
        let revision = signed(case.revision, "cases")?;
        let mut tx = self.begin().await?;
        let changed = sqlx::query(
            "UPDATE cases SET state = ?, revision = ?, expires_at = ?, erase_at = ?, body = ? WHERE id = ? AND revision = ?",
        )
        .bind(name(&case.state, "cases")?)
        .bind(revision)
        .bind(case.expires_at)
        .bind(case.erase_at())
        .bind(json(case, "cases")?)
        .bind(&case.id)
        .bind(revision - 1)
        .execute(&mut *tx)
        .await?;
        if changed.rows_affected() == 0 || !besides(&mut tx, &commit).await? {
            return Ok(false);
        }
        tx.commit().await?;
        Ok(true)
    }

    async fn timeline(&self, case: &str) -> Result<Vec<TimelineItem>> {
        let items: Vec<String> = sqlx::query_scalar("SELECT item FROM timeline WHERE case_id = ? ORDER BY id")
            .bind(case)
            .fetch_all(&self.readers)
            .await?;
        items.iter().map(|item| parse(item, "timeline")).collect()
    }

    async fn help(&self, case: &str) -> Result<Vec<HelpMessage>> {
        let rows = sqlx::query("SELECT at, request FROM help WHERE case_id = ? ORDER BY id")
            .bind(case)
            .fetch_all(&self.readers)
            .await?;
        let message = |row: &SqliteRow| {
            let HelpRequest { description, code, step, .. } = parse(row.try_get(1)?, "help")?;
            Ok(HelpMessage { at: rfc3339(row.try_get(0)?), code, step, description })
        };
        rows.iter().map(message).collect()
    }

    async fn erase(&self, case: &Case, line: &AuditEntry, now: Millis) -> Result<()> {
        let mut tx = self.begin().await?;
        sqlx::query("INSERT OR IGNORE INTO tombstones (case_id, partner, erased_at) VALUES (?, ?, ?)")
            .bind(&case.id)
            .bind(&case.partner)
            .bind(now)
            .execute(&mut *tx)
            .await?;
        for statement in [
            "DELETE FROM uploads WHERE case_id = ?",
            "DELETE FROM timeline WHERE case_id = ?",
            "DELETE FROM help WHERE case_id = ?",
            "DELETE FROM tokens WHERE case_id = ?",
            "DELETE FROM handoffs WHERE case_id = ?",
            "DELETE FROM deliveries WHERE case_id = ?",
            "DELETE FROM idempotency WHERE case_id = ?",
            "DELETE FROM readings WHERE case_id = ?",
            "DELETE FROM cases WHERE id = ?",
            // Who and why stay with their case, so they go after it.
            "DELETE FROM audit_notes WHERE case_id = ?",
        ] {
            sqlx::query(statement).bind(&case.id).execute(&mut *tx).await?;
        }
        review::record(&mut tx, case, line).await?;
        tx.commit().await?;
        Ok(())
    }

    async fn unfinished_erasures(&self) -> Result<Vec<CaseId>> {
        Ok(sqlx::query_scalar("SELECT case_id FROM tombstones WHERE objects_gone = 0").fetch_all(&self.readers).await?)
    }

    /// The log of earlier pages is emptied too; a reader at work holds that up.
    async fn finish_erasure(&self, case: &str) -> Result<bool> {
        let busy: i64 = sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)").fetch_one(&self.writer).await?.try_get(0)?;
        if busy != 0 {
            return Ok(false);
        }
        sqlx::query("UPDATE tombstones SET objects_gone = 1 WHERE case_id = ?")
            .bind(case)
            .execute(&self.writer)
            .await?;
        Ok(true)
    }

    async fn overdue(&self, now: Millis) -> Result<Vec<CaseId>> {
        Ok(sqlx::query_scalar("SELECT id FROM cases WHERE state IN (?, ?, ?) AND expires_at <= ?")
            .bind(name(&CaseState::Created, "cases")?)
            .bind(name(&CaseState::Started, "cases")?)
            .bind(name(&CaseState::Repeat, "cases")?)
            .bind(now)
            .fetch_all(&self.readers)
            .await?)
    }

    async fn evaluating(&self) -> Result<Vec<CaseId>> {
        Ok(sqlx::query_scalar("SELECT id FROM cases WHERE state = ? ORDER BY created_at, id")
            .bind(name(&CaseState::Evaluating, "cases")?)
            .fetch_all(&self.readers)
            .await?)
    }

    async fn unpurged(&self) -> Result<Vec<CaseId>> {
        Ok(sqlx::query_scalar("SELECT id FROM cases WHERE state IN (?, ?) AND purged_at IS NULL")
            .bind(name(&CaseState::Cancelled, "cases")?)
            .bind(name(&CaseState::Expired, "cases")?)
            .fetch_all(&self.readers)
            .await?)
    }

    async fn forget_recordings(&self, case: &str) -> Result<()> {
        let mut tx = self.begin().await?;
        for statement in ["DELETE FROM uploads WHERE case_id = ?", "DELETE FROM readings WHERE case_id = ?"] {
            sqlx::query(statement).bind(case).execute(&mut *tx).await?;
        }
        tx.commit().await?;
        Ok(())
    }

    async fn purged(&self, case: &str, now: Millis) -> Result<()> {
        sqlx::query("UPDATE cases SET purged_at = ? WHERE id = ?").bind(now).bind(case).execute(&self.writer).await?;
        Ok(())
    }
}

/// What a change brings about besides; `false`: it may not happen.
async fn besides(tx: &mut Tx<'_>, commit: &Commit<'_>) -> Result<bool> {
    let case = commit.case;
    for item in &commit.effects.timeline {
        sqlx::query("INSERT INTO timeline (case_id, item) VALUES (?, ?)")
            .bind(&case.id)
            .bind(json(item, "timeline")?)
            .execute(&mut **tx)
            .await?;
    }
    for event in &commit.effects.events {
        sqlx::query(
            "INSERT INTO deliveries (id, partner, mode, case_id, event, body, created_at, next_at) \
             SELECT ?1, partner, mode, ?4, ?5, ?6, ?7, ?7 FROM hooks WHERE partner = ?2 AND mode = ?3",
        )
        .bind(format!("msg_{}", uuid::Uuid::new_v4().simple()))
        .bind(&case.partner)
        .bind(name(&case.mode, "deliveries")?)
        .bind(&case.id)
        .bind(&event.kind)
        .bind(json(event, "deliveries")?)
        .bind(case.updated_at)
        .execute(&mut **tx)
        .await?;
    }
    for line in &commit.effects.audit {
        review::record(tx, case, line).await?;
    }
    for op in commit.ops {
        if !apply(tx, &case.id, op).await? {
            return Ok(false);
        }
    }
    Ok(true)
}

async fn apply(tx: &mut Tx<'_>, case: &str, op: &Op) -> Result<bool> {
    let query = match op {
        Op::AddToken(token) => {
            sqlx::query("INSERT INTO tokens (hash, case_id, role, key, expires_at) VALUES (?, ?, ?, ?, ?)")
                .bind(token.hash.clone())
                .bind(token.case.clone())
                .bind(name(&token.role, "tokens")?)
                .bind(token.key.clone())
                .bind(token.expires_at)
        }
        Op::BindToken(hash, key) => {
            sqlx::query("UPDATE tokens SET key = ? WHERE hash = ? AND key IS NULL").bind(key.clone()).bind(hash.clone())
        }
        Op::ObserveAllBut(key) => {
            sqlx::query("UPDATE tokens SET role = 'observe' WHERE case_id = ? AND (key IS NULL OR key <> ?)")
                .bind(case.to_owned())
                .bind(key.clone())
        }
        Op::OfferHandoff(handoff) => {
            sqlx::query(
                "DELETE FROM handoffs WHERE case_id = ?1 AND claimed_by IS NULL AND hash NOT IN \
                 (SELECT hash FROM handoffs WHERE case_id = ?1 AND claimed_by IS NULL ORDER BY expires_at DESC LIMIT 2)",
            )
            .bind(case.to_owned())
            .execute(&mut **tx)
            .await?;
            sqlx::query("INSERT INTO handoffs (hash, case_id, expires_at, number) VALUES (?, ?, ?, ?)")
                .bind(handoff.hash.clone())
                .bind(handoff.case.clone())
                .bind(handoff.expires_at)
                .bind(handoff.number.clone())
        }
        Op::OpenHandoff(hash, until) => {
            sqlx::query("UPDATE handoffs SET expires_at = ?, opened = 1 WHERE hash = ? AND opened = 0 AND claimed_by IS NULL")
                .bind(*until)
                .bind(hash.clone())
        }
        Op::MissHandoff(hash) => {
            sqlx::query("UPDATE handoffs SET wrong = wrong + 1 WHERE hash = ?").bind(hash.clone())
        }
        Op::WithdrawHandoff => {
            withdraw(tx, case).await?;
            return Ok(true);
        }
        Op::AddReading(reading) => {
            review::add(tx, case, reading).await?;
            return Ok(true);
        }
        Op::CutOff => {
            sqlx::query("DELETE FROM handoffs WHERE case_id = ?").bind(case).execute(&mut **tx).await?;
            sqlx::query("DELETE FROM tokens WHERE case_id = ?").bind(case.to_owned())
        }
        Op::ClaimHandoff(hash, key, now) => sqlx::query(
            "UPDATE handoffs SET claimed_by = ?1 WHERE hash = ?2 AND (claimed_by = ?1 OR (claimed_by IS NULL AND expires_at > ?3))",
        )
        .bind(key.clone())
        .bind(hash.clone())
        .bind(*now),
        Op::Help(request, at) => sqlx::query("INSERT INTO help (case_id, at, request) VALUES (?, ?, ?)")
            .bind(case.to_owned())
            .bind(*at)
            .bind(json(request, "help")?),
    };
    let done = query.execute(&mut **tx).await?;
    Ok(!matches!(op, Op::ClaimHandoff(..)) || done.rows_affected() == 1)
}

async fn withdraw(tx: &mut Tx<'_>, case: &str) -> Result<()> {
    sqlx::query("DELETE FROM handoffs WHERE case_id = ? AND claimed_by IS NULL").bind(case).execute(&mut **tx).await?;
    Ok(())
}
