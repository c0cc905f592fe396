//! Partners, their keys, and the queue of their webhooks.

use lichtbild_protocol::{Sensitive, case::Mode, partner::Delivery};
use sqlx::{Row as _, sqlite::SqliteRow};

use super::{Sqlite, json, name, named, parse};
use crate::{
    clock::{Millis, rfc3339},
    review::case::Maker,
    store::{Attempted, Due, Hook, Key, Partner, Partners, Policy, Result, StoreError},
};

/// Characters of a key's hash that name it.
const KEY_ID: i64 = 12;

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
            "SELECT partners.id, partners.name, api_keys.mode, substr(hash, 1, ?), clerk FROM api_keys JOIN partners ON partners.id = api_keys.partner \
             WHERE api_keys.hash = ? AND api_keys.revoked_at IS NULL",
        )
        .bind(KEY_ID)
        .bind(hash)
        .fetch_optional(&self.readers)
        .await?;
        row.map(|row| {
            let mode = named(row.try_get(2)?, "api_keys")?;
            let (key, clerk) = (row.try_get(3)?, row.try_get(4)?);
            Ok(Maker { partner: row.try_get(0)?, name: row.try_get(1)?, mode, key, clerk })
        })
        .transpose()
    }

    async fn origins(&self) -> Result<Vec<String>> {
        let lists: Vec<String> = sqlx::query_scalar("SELECT origins FROM partners").fetch_all(&self.readers).await?;
        let lists: Vec<Vec<String>> = lists.iter().map(|list| parse(list, "partners")).collect::<Result<_>>()?;
        Ok(lists.into_iter().flatten().collect())
    }

    async fn partners(&self) -> Result<Vec<(Partner, Vec<Key>)>> {
        let mut partners = Vec::new();
        for row in sqlx::query("SELECT id, name, origins FROM partners ORDER BY created_at, id")
            .fetch_all(&self.readers)
            .await?
        {
            let origins: &str = row.try_get(2)?;
            let partner = Partner { id: row.try_get(0)?, name: row.try_get(1)?, origins: parse(origins, "partners")? };
            let keys = sqlx::query(
                "SELECT substr(hash, 1, ?), mode, created_at, revoked_at, clerk FROM api_keys WHERE partner = ? ORDER BY created_at, hash",
            )
            .bind(KEY_ID)
            .bind(&partner.id)
            .fetch_all(&self.readers)
            .await?;
            partners.push((partner, keys.iter().map(key).collect::<Result<_>>()?));
        }
        Ok(partners)
    }

    async fn policy(&self, partner: &str) -> Result<Policy> {
        let policy: Option<String> = sqlx::query_scalar("SELECT policy FROM partners WHERE id = ?")
            .bind(partner)
            .fetch_optional(&self.readers)
            .await?;
        policy.map_or_else(|| Ok(Policy::default()), |policy| parse(&policy, "partners"))
    }

    async fn set_policy(&self, partner: &str, policy: &Policy) -> Result<bool> {
        let done = sqlx::query("UPDATE partners SET policy = ? WHERE id = ?")
            .bind(json(policy, "partners")?)
            .bind(partner)
            .execute(&self.writer)
            .await?;
        Ok(done.rows_affected() == 1)
    }

    async fn add_key(&self, partner: &str, hash: &str, mode: Mode, clerk: Option<&str>, now: Millis) -> Result<bool> {
        let done = sqlx::query(
            "INSERT INTO api_keys (hash, partner, mode, created_at, clerk) SELECT ?, id, ?, ?, ? FROM partners WHERE id = ?",
        )
        .bind(hash)
        .bind(name(&mode, "api_keys")?)
        .bind(now)
        .bind(clerk)
        .bind(partner)
        .execute(&self.writer)
        .await?;
        Ok(done.rows_affected() == 1)
    }

    async fn revoke_key(&self, partner: &str, id: &str, now: Millis) -> Result<bool> {
        let done = sqlx::query(
            "UPDATE api_keys SET revoked_at = ? WHERE partner = ? AND substr(hash, 1, ?) = ? AND revoked_at IS NULL",
        )
        .bind(now)
        .bind(partner)
        .bind(KEY_ID)
        .bind(id)
        .execute(&self.writer)
        .await?;
        Ok(done.rows_affected() > 0)
    }

    async fn add_origin(&self, partner: &str, origin: &str) -> Result<bool> {
        let mut tx = self.begin().await?;
        let known: Option<String> = sqlx::query_scalar("SELECT origins FROM partners WHERE id = ?")
            .bind(partner)
            .fetch_optional(&mut *tx)
            .await?;
        let Some(known) = known else { return Ok(false) };
        let mut origins: Vec<String> = parse(&known, "partners")?;
        if !origins.iter().any(|known| known == origin) {
            origins.push(origin.to_owned());
        }
        sqlx::query("UPDATE partners SET origins = ? WHERE id = ?")
            .bind(json(&origins, "partners")?)
            .bind(partner)
            .execute(&mut *tx)
            .await?;
        tx.commit().await?;
        Ok(true)
    }

    async fn hook(&self, partner: &str, mode: Mode) -> Result<Option<Hook>> {
        let row = sqlx::query("SELECT url, secret, enabled FROM hooks WHERE partner = ? AND mode = ?")
            .bind(partner)
            .bind(name(&mode, "hooks")?)
            .fetch_optional(&self.readers)
            .await?;
        row.map(|row| hook(&row, 0)).transpose()
    }

    async fn set_hook(&self, partner: &str, mode: Mode, hook: Option<&Hook>) -> Result<()> {
        let mode = name(&mode, "hooks")?;
        let query = match hook {
            None => sqlx::query("DELETE FROM hooks WHERE partner = ? AND mode = ?").bind(partner).bind(mode),
            Some(hook) => {
                sqlx::query("INSERT OR REPLACE INTO hooks (partner, mode, url, secret, enabled) VALUES (?, ?, ?, ?, ?)")
                    .bind(partner)
                    .bind(mode)
                    .bind(&hook.url)
                    .bind(hook.secret.expose())
                    .bind(hook.enabled)
            }
        };
        query.execute(&self.writer).await?;
        Ok(())
    }

    async fn deliveries(&self, partner: &str, mode: Mode) -> Result<Vec<Delivery>> {
        let rows = sqlx::query(
            "SELECT id, event, case_id, attempts, status, delivered_at, next_at FROM deliveries \
             WHERE partner = ? AND mode = ? ORDER BY created_at DESC, id LIMIT 100",
        )
        .bind(partner)
        .bind(name(&mode, "deliveries")?)
        .fetch_all(&self.readers)
        .await?;
        rows.iter().map(delivery).collect()
    }

    async fn replay(&self, partner: &str, mode: Mode, id: &str, now: Millis) -> Result<bool> {
        let done = sqlx::query(
            "UPDATE deliveries SET attempts = 0, status = NULL, delivered_at = NULL, next_at = ? \
             WHERE partner = ? AND mode = ? AND id = ?",
        )
        .bind(now)
        .bind(partner)
        .bind(name(&mode, "deliveries")?)
        .bind(id)
        .execute(&self.writer)
        .await?;
        Ok(done.rows_affected() == 1)
    }

    async fn due(&self, now: Millis, limit: u32, each: u32) -> Result<Vec<Due>> {
        let rows = sqlx::query(
            "SELECT id, partner, mode, body, attempts, url, secret, enabled FROM \
             (SELECT deliveries.*, url, secret, enabled, row_number() OVER \
             (PARTITION BY deliveries.partner, deliveries.mode ORDER BY next_at, id) AS place FROM deliveries \
             JOIN hooks ON hooks.partner = deliveries.partner AND hooks.mode = deliveries.mode \
             WHERE next_at <= ? AND enabled = 1) WHERE place <= ? ORDER BY next_at, id LIMIT ?",
        )
        .bind(now)
        .bind(each)
        .bind(limit)
        .fetch_all(&self.readers)
        .await?;
        let due = |row: &SqliteRow| {
            Ok(Due {
                id: row.try_get(0)?,
                partner: row.try_get(1)?,
                mode: named(row.try_get(2)?, "deliveries")?,
                body: row.try_get(3)?,
                attempts: row.try_get::<i64, _>(4)?.try_into().map_err(|_| StoreError::Corrupt("deliveries"))?,
                hook: hook(row, 5)?,
            })
        };
        rows.iter().map(due).collect()
    }

    async fn next_due(&self, now: Millis) -> Result<Option<Millis>> {
        Ok(sqlx::query_scalar(
            "SELECT min(next_at) FROM deliveries JOIN hooks ON hooks.partner = deliveries.partner AND hooks.mode = deliveries.mode \
             WHERE next_at > ? AND enabled = 1",
        )
        .bind(now)
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
                "UPDATE hooks SET enabled = 0 WHERE (partner, mode) = (SELECT partner, mode FROM deliveries WHERE id = ?)",
            )
            .bind(&attempted.id)
            .execute(&mut *tx)
            .await?;
        }
        tx.commit().await?;
        Ok(())
    }
}

fn key(row: &SqliteRow) -> Result<Key> {
    Ok(Key {
        id: row.try_get(0)?,
        mode: named(row.try_get(1)?, "api_keys")?,
        created_at: row.try_get(2)?,
        revoked_at: row.try_get(3)?,
        clerk: row.try_get(4)?,
    })
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
