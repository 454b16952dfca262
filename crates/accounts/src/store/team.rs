//! Merchants and who belongs to them.

use super::unknown;
use crate::{Language, Member, Membership, Merchant, Role, Scope};
use sauda_kernel::{MerchantId, Timestamp, UserId};
use sauda_store::{On, Row, StoreError, sql};

pub(crate) fn role(row: &Row) -> Result<Role, StoreError> {
    let word: String = row.get("role")?;
    Role::parse(&word).ok_or_else(|| unknown("role", word))
}

pub(crate) async fn insert_merchant(
    on: impl Into<On<'_>>,
    id: &MerchantId,
    name: &str,
    at: Timestamp,
) -> Result<(), StoreError> {
    sql!("INSERT INTO merchants (id, name, created_at) VALUES ($1, $2, $3)")
        .bind(id)
        .bind(name)
        .bind(at)
        .run(on)
        .await
        .map(|_| ())
}

pub(crate) async fn merchants(on: impl Into<On<'_>>) -> Result<Vec<Merchant>, StoreError> {
    let mut all = Vec::new();
    for row in sql!("SELECT id, name FROM merchants ORDER BY id").all(on).await? {
        all.push(Merchant {
            id: row.get("id")?,
            name: row.get("name")?,
        });
    }
    Ok(all)
}

pub(crate) async fn update_merchant_name(
    on: impl Into<On<'_>>,
    scope: &Scope,
    name: &str,
) -> Result<(), StoreError> {
    sql!("UPDATE merchants SET name = $2 WHERE id = $1")
        .bind(scope.merchant())
        .bind(name)
        .run(on)
        .await
        .map(|_| ())
}

/// Makes changes of one team wait for each other, so that two owners cannot remove each other at once.
pub(crate) async fn lock(on: impl Into<On<'_>>, merchant: &MerchantId) -> Result<(), StoreError> {
    sql!("UPDATE merchants SET name = name WHERE id = $1")
        .bind(merchant)
        .run(on)
        .await
        .map(|_| ())
}

/// Adds a person; false when the person is there already.
pub(crate) async fn insert(
    on: impl Into<On<'_>>,
    merchant: &MerchantId,
    user: &UserId,
    role: Role,
    at: Timestamp,
) -> Result<bool, StoreError> {
    let added = sql!("INSERT INTO memberships (merchant_id, user_id, role, created_at) VALUES ($1, $2, $3, $4) ON CONFLICT (merchant_id, user_id) DO NOTHING")
        .bind(merchant)
        .bind(user)
        .bind(role.word())
        .bind(at)
        .run(on)
        .await?;
    Ok(added == 1)
}

/// Teams of a person, the one used last first.
pub(crate) async fn memberships(on: impl Into<On<'_>>, user: &UserId) -> Result<Vec<Membership>, StoreError> {
    let rows = sql!("SELECT m.merchant_id, m.role, r.name AS merchant_name FROM memberships m JOIN merchants r ON r.id = m.merchant_id WHERE m.user_id = $1 ORDER BY m.seen_at DESC NULLS LAST, m.created_at, m.merchant_id")
        .bind(user)
        .all(on)
        .await?;
    let mut all = Vec::new();
    for row in &rows {
        all.push(Membership {
            merchant: row.get("merchant_id")?,
            merchant_name: row.get("merchant_name")?,
            role: role(row)?,
        });
    }
    Ok(all)
}

pub(crate) async fn list(on: impl Into<On<'_>>, scope: &Scope) -> Result<Vec<Member>, StoreError> {
    let rows = sql!("SELECT m.user_id, m.role, m.created_at, m.seen_at, u.name, u.login, f.confirmed_at FROM memberships m JOIN users u ON u.id = m.user_id LEFT JOIN second_factors f ON f.user_id = m.user_id WHERE m.merchant_id = $1 ORDER BY m.created_at, m.user_id")
        .bind(scope.merchant())
        .all(on)
        .await?;
    let mut all = Vec::new();
    for row in &rows {
        let confirmed: Option<Timestamp> = row.get("confirmed_at")?;
        all.push(Member {
            user: row.get("user_id")?,
            name: row.get("name")?,
            login: row.get("login")?,
            role: role(row)?,
            joined_at: row.get("created_at")?,
            seen_at: row.get("seen_at")?,
            second_factor: confirmed.is_some(),
        });
    }
    Ok(all)
}

/// A person of a merchant.
pub(crate) struct Found {
    pub name: String,
    pub login: String,
    pub role: Role,
    pub language: Option<Language>,
}

pub(crate) async fn find(
    on: impl Into<On<'_>>,
    merchant: &MerchantId,
    user: &UserId,
) -> Result<Option<Found>, StoreError> {
    let row = sql!("SELECT m.role, u.name, u.login, u.language FROM memberships m JOIN users u ON u.id = m.user_id WHERE m.merchant_id = $1 AND m.user_id = $2")
        .bind(merchant)
        .bind(user)
        .optional(on)
        .await?;
    row.map(|row| {
        let language: Option<String> = row.get("language")?;
        Ok(Found {
            name: row.get("name")?,
            login: row.get("login")?,
            role: role(&row)?,
            language: language
                .map(|word| Language::parse(&word).ok_or_else(|| unknown("language", word)))
                .transpose()?,
        })
    })
    .transpose()
}

pub(crate) async fn users(on: impl Into<On<'_>>, merchant: &MerchantId) -> Result<Vec<UserId>, StoreError> {
    let rows = sql!("SELECT user_id FROM memberships WHERE merchant_id = $1 ORDER BY created_at, user_id")
        .bind(merchant)
        .all(on)
        .await?;
    rows.iter().map(|row| row.get("user_id")).collect()
}

pub(crate) async fn update_role(
    on: impl Into<On<'_>>,
    scope: &Scope,
    user: &UserId,
    role: Role,
) -> Result<u64, StoreError> {
    sql!("UPDATE memberships SET role = $3 WHERE merchant_id = $1 AND user_id = $2")
        .bind(scope.merchant())
        .bind(user)
        .bind(role.word())
        .run(on)
        .await
}

pub(crate) async fn delete(on: impl Into<On<'_>>, scope: &Scope, user: &UserId) -> Result<u64, StoreError> {
    sql!("DELETE FROM memberships WHERE merchant_id = $1 AND user_id = $2")
        .bind(scope.merchant())
        .bind(user)
        .run(on)
        .await
}

pub(crate) async fn touch(
    on: impl Into<On<'_>>,
    merchant: &MerchantId,
    user: &UserId,
    at: Timestamp,
) -> Result<(), StoreError> {
    sql!("UPDATE memberships SET seen_at = $3 WHERE merchant_id = $1 AND user_id = $2")
        .bind(merchant)
        .bind(user)
        .bind(at)
        .run(on)
        .await
        .map(|_| ())
}
