//! Partners, their keys, and the queue of their webhooks.

use lichtbild_protocol::{Sensitive, case::Mode, partner::Delivery};
use sqlx::{Row as _, sqlite::SqliteRow};

use super::{Sqlite, json, name, named, parse};
use crate::{
    clock::{Millis, rfc3339},
    review::case::Maker,
    store::{Attempted, Due, Hook, Partner, Partners, Result, StoreError},
};

#[async_trait::async_trait]
impl Partners for Sqlite {
    async fn add_partner(&self, partner: &Partner, keys: &[(String, Mode)], now: Millis) -> Result<()> {
        let mut tx = self.begin().await?;
        sqlx::query("INSERT INTO partners (id, name, origins, created_at) VALUES (?, ?, ?, ?)")
            .bind(&partner.id)
            .bind(&partner.name)
            .bind(json(&partner.origins, "partners")?)
            .bind(now)
            .execute(&mut *tx)
            .await?;
        for (hash, mode) in keys {
            sqlx::query("INSERT INTO api_keys (hash, partner, mode, created_at) VALUES (?, ?, ?, ?)")
                .bind(hash)
                .bind(&partner.id)
                .bind(name(mode, "api_keys")?)
                .bind(now)
                .execute(&mut *tx)
                .await?;
        }
        tx.commit().await?;
        Ok(())
    }

    async fn partner_of_key(&self, hash: &str) -> Result<Option<Maker>> {
        let row = sqlx::query(
            "SELECT partners.id, partners.name, api_keys.mode FROM api_keys JOIN partners ON partners.id = api_keys.partner \
             WHERE api_keys.hash = ? AND api_keys.revoked_at IS NULL",
        )
        .bind(hash)
        .fetch_optional(&self.readers)
        .await?;
        row.map(|row| {
            Ok(Maker { partner: row.try_get(0)?, name: row.try_get(1)?, mode: named(row.try_get(2)?, "api_keys")? })
        })
        .transpose()
    }

    async fn origins(&self) -> Result<Vec<String>> {
        let lists: Vec<String> = sqlx::query_scalar("SELECT origins FROM partners").fetch_all(&self.readers).await?;
        let lists: Vec<Vec<String>> = lists.iter().map(|list| parse(list, "partners")).collect::<Result<_>>()?;
        Ok(lists.into_iter().flatten().collect())
    }

    async fn hook(&self, partner: &str) -> Result<Option<Hook>> {
        let row = sqlx::query(
            "SELECT webhook_url, webhook_secret, webhook_enabled FROM partners WHERE id = ? AND webhook_url IS NOT NULL",
        )
        .bind(partner)
        .fetch_optional(&self.readers)
        .await?;
        row.map(|row| hook(&row, 0)).transpose()
    }

    async fn set_hook(&self, partner: &str, hook: Option<&Hook>) -> Result<()> {
        sqlx::query("UPDATE partners SET webhook_url = ?, webhook_secret = ?, webhook_enabled = ? WHERE id = ?")
            .bind(hook.map(|hook| hook.url.clone()))
            .bind(hook.map(|hook| hook.secret.expose().clone()))
            .bind(hook.is_some_and(|hook| hook.enabled))
            .bind(partner)
            .execute(&self.writer)
            .await?;
        Ok(())
    }

    async fn deliveries(&self, partner: &str) -> Result<Vec<Delivery>> {
        let rows = sqlx::query(
            "SELECT id, event, case_id, attempts, status, delivered_at, next_at FROM deliveries \
             WHERE partner = ? ORDER BY created_at DESC, id LIMIT 100",
        )
        .bind(partner)
        .fetch_all(&self.readers)
        .await?;
        rows.iter().map(delivery).collect()
    }

    async fn replay(&self, partner: &str, id: &str, now: Millis) -> Result<bool> {
        let done = sqlx::query(
            "UPDATE deliveries SET attempts = 0, status = NULL, delivered_at = NULL, next_at = ? WHERE partner = ? AND id = ?",
        )
        .bind(now)
        .bind(partner)
        .bind(id)
        .execute(&self.writer)
        .await?;
        Ok(done.rows_affected() == 1)
    }

    async fn due(&self, now: Millis, limit: u32) -> Result<Vec<Due>> {
        let rows = sqlx::query(
            "SELECT deliveries.id, partner, body, attempts, webhook_url, webhook_secret, webhook_enabled FROM deliveries \
             JOIN partners ON partners.id = deliveries.partner WHERE next_at <= ? AND webhook_enabled = 1 \
             AND webhook_url IS NOT NULL ORDER BY next_at LIMIT ?",
        )
        .bind(now)
        .bind(limit)
        .fetch_all(&self.readers)
        .await?;
        let due = |row: &SqliteRow| {
            Ok(Due {
                id: row.try_get(0)?,
                partner: row.try_get(1)?,
                body: row.try_get(2)?,
                attempts: row.try_get::<i64, _>(3)?.try_into().map_err(|_| StoreError::Corrupt("deliveries"))?,
                hook: hook(row, 4)?,
            })
        };
        rows.iter().map(due).collect()
    }

    async fn next_due(&self) -> Result<Option<Millis>> {
        Ok(sqlx::query_scalar(
            "SELECT min(next_at) FROM deliveries JOIN partners ON partners.id = deliveries.partner \
             WHERE next_at IS NOT NULL AND webhook_enabled = 1",
        )
        .fetch_one(&self.readers)
        .await?)
    }

    async fn attempted(&self, attempted: &Attempted) -> Result<()> {
        let mut tx = self.begin().await?;
        sqlx::query(
            "UPDATE deliveries SET attempts = attempts + 1, status = ?, delivered_at = ?, next_at = ? WHERE id = ?",
        )
        .bind(attempted.status)
        .bind(attempted.delivered.then_some(attempted.at))
        .bind(attempted.next_at)
        .bind(&attempted.id)
        .execute(&mut *tx)
        .await?;
        if attempted.disable {
            sqlx::query(
                "UPDATE partners SET webhook_enabled = 0 WHERE id = (SELECT partner FROM deliveries WHERE id = ?)",
            )
            .bind(&attempted.id)
            .execute(&mut *tx)
            .await?;
        }
        tx.commit().await?;
        Ok(())
    }
}

fn hook(row: &SqliteRow, first: usize) -> Result<Hook> {
    Ok(Hook {
        url: row.try_get(first)?,
        secret: Sensitive::new(row.try_get(first + 1)?),
        enabled: row.try_get(first + 2)?,
    })
}

fn delivery(row: &SqliteRow) -> Result<Delivery> {
    let small = |number: i64| u16::try_from(number).map_err(|_| StoreError::Corrupt("deliveries"));
    Ok(Delivery {
        id: row.try_get(0)?,
        event: row.try_get(1)?,
        case: row.try_get(2)?,
        attempts: small(row.try_get(3)?)?,
        status: row.try_get::<Option<i64>, _>(4)?.map(small).transpose()?,
        delivered_at: row.try_get::<Option<Millis>, _>(5)?.map(rfc3339),
        next_at: row.try_get::<Option<Millis>, _>(6)?.map(rfc3339),
    })
}
