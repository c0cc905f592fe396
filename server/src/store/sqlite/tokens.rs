//! Tokens and hand-offs, by the hashes of their secrets.

use sqlx::Row as _;

use super::{Sqlite, named};
use crate::{
    clock::Millis,
    store::{Handoff, Result, Token, Tokens},
};

#[async_trait::async_trait]
impl Tokens for Sqlite {
    async fn token(&self, hash: &str) -> Result<Option<Token>> {
        let row = sqlx::query("SELECT hash, case_id, role, key, expires_at FROM tokens WHERE hash = ?")
            .bind(hash)
            .fetch_optional(&self.readers)
            .await?;
        row.map(|row| {
            Ok(Token {
                hash: row.try_get(0)?,
                case: row.try_get(1)?,
                role: named(row.try_get(2)?, "tokens")?,
                key: row.try_get(3)?,
                expires_at: row.try_get(4)?,
            })
        })
        .transpose()
    }

    async fn handoff(&self, hash: &str) -> Result<Option<Handoff>> {
        let row =
            sqlx::query("SELECT hash, case_id, expires_at, claimed_by, number, wrong FROM handoffs WHERE hash = ?")
                .bind(hash)
                .fetch_optional(&self.readers)
                .await?;
        row.map(|row| {
            Ok(Handoff {
                hash: row.try_get(0)?,
                case: row.try_get(1)?,
                expires_at: row.try_get(2)?,
                claimed_by: row.try_get(3)?,
                number: row.try_get(4)?,
                wrong: row.try_get(5)?,
            })
        })
        .transpose()
    }

    async fn handoff_number(&self, case: &str, now: Millis) -> Result<Option<String>> {
        let query = "SELECT number FROM handoffs WHERE case_id = ? AND claimed_by IS NULL AND expires_at > ? LIMIT 1";
        Ok(sqlx::query_scalar(query).bind(case).bind(now).fetch_optional(&self.readers).await?)
    }

    async fn handed_off(&self, case: &str) -> Result<bool> {
        Ok(sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM handoffs WHERE case_id = ? AND claimed_by IS NOT NULL)")
            .bind(case)
            .fetch_one(&self.readers)
            .await?)
    }

    async fn forget_tokens(&self, before: Millis) -> Result<()> {
        for statement in [
            "DELETE FROM tokens WHERE expires_at < ? AND case_id IN \
             (SELECT id FROM cases WHERE state NOT IN ('created', 'started', 'evaluating', 'repeat', 'in_review'))",
            "DELETE FROM handoffs WHERE expires_at < ? AND claimed_by IS NULL",
        ] {
            sqlx::query(statement).bind(before).execute(&self.writer).await?;
        }
        Ok(())
    }
}
