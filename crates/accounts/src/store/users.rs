//! People and their passwords.

use super::unknown;
use crate::{Language, Login, Preferences, Theme};
use sauda_kernel::{Timestamp, UserId};
use sauda_store::{On, Row, StoreError, sql};

pub(crate) struct UserRow {
    pub id: UserId,
    pub login: Login,
    pub name: String,
    pub password_hash: String,
}

fn user(row: &Row) -> Result<UserRow, StoreError> {
    Ok(UserRow {
        id: row.get("id")?,
        login: Login::stored(row.get("login")?),
        name: row.get("name")?,
        password_hash: row.get("password_hash")?,
    })
}

pub(crate) fn preferences(row: &Row) -> Result<Preferences, StoreError> {
    let language: Option<String> = row.get("language")?;
    let theme: String = row.get("theme")?;
    Ok(Preferences {
        language: language
            .map(|word| Language::parse(&word).ok_or_else(|| unknown("language", word)))
            .transpose()?,
        theme: Theme::parse(&theme).ok_or_else(|| unknown("theme", theme))?,
        shortcuts: row.get("shortcuts")?,
    })
}

pub(crate) async fn insert(
    on: impl Into<On<'_>>,
    row: &UserRow,
    language: Option<Language>,
    at: Timestamp,
) -> Result<(), StoreError> {
    sql!("INSERT INTO users (id, login_kind, login, name, password_hash, password_at, language, theme, shortcuts, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, 'system', $8, $6)")
        .bind(&row.id)
        .bind(row.login.kind().word())
        .bind(row.login.as_str())
        .bind(&row.name)
        .bind(&row.password_hash)
        .bind(at)
        .bind(language.map(Language::word))
        .bind(true)
        .run(on)
        .await
        .map(|_| ())
}

pub(crate) async fn find_by_login(on: impl Into<On<'_>>, login: &str) -> Result<Option<UserRow>, StoreError> {
    let row = sql!("SELECT id, login, name, password_hash FROM users WHERE login = $1")
        .bind(login)
        .optional(on)
        .await?;
    row.as_ref().map(user).transpose()
}

pub(crate) async fn find(on: impl Into<On<'_>>, id: &UserId) -> Result<Option<UserRow>, StoreError> {
    let row = sql!("SELECT id, login, name, password_hash FROM users WHERE id = $1")
        .bind(id)
        .optional(on)
        .await?;
    row.as_ref().map(user).transpose()
}

pub(crate) async fn update_password(
    on: impl Into<On<'_>>,
    id: &UserId,
    hash: &str,
    at: Timestamp,
) -> Result<(), StoreError> {
    sql!("UPDATE users SET password_hash = $2, password_at = $3 WHERE id = $1")
        .bind(id)
        .bind(hash)
        .bind(at)
        .run(on)
        .await
        .map(|_| ())
}

/// The same password with newer costs; only when nobody set another meanwhile.
pub(crate) async fn update_hash(
    on: impl Into<On<'_>>,
    id: &UserId,
    old: &str,
    new: &str,
) -> Result<u64, StoreError> {
    sql!("UPDATE users SET password_hash = $3 WHERE id = $1 AND password_hash = $2")
        .bind(id)
        .bind(old)
        .bind(new)
        .run(on)
        .await
}

pub(crate) async fn update_preferences(
    on: impl Into<On<'_>>,
    id: &UserId,
    wanted: Preferences,
) -> Result<(), StoreError> {
    sql!("UPDATE users SET language = $2, theme = $3, shortcuts = $4 WHERE id = $1")
        .bind(id)
        .bind(wanted.language.map(Language::word))
        .bind(wanted.theme.word())
        .bind(wanted.shortcuts)
        .run(on)
        .await
        .map(|_| ())
}

pub(crate) async fn update_name(on: impl Into<On<'_>>, id: &UserId, name: &str) -> Result<(), StoreError> {
    sql!("UPDATE users SET name = $2 WHERE id = $1")
        .bind(id)
        .bind(name)
        .run(on)
        .await
        .map(|_| ())
}

/// Takes the place of the first owner; false when it is taken.
pub(crate) async fn insert_first_owner(
    on: impl Into<On<'_>>,
    id: &UserId,
    at: Timestamp,
) -> Result<bool, StoreError> {
    let placed =
        sql!("INSERT INTO first_owner (one, user_id, at) VALUES (1, $1, $2) ON CONFLICT (one) DO NOTHING")
            .bind(id)
            .bind(at)
            .run(on)
            .await?;
    Ok(placed == 1)
}

pub(crate) async fn has_first_owner(on: impl Into<On<'_>>) -> Result<bool, StoreError> {
    Ok(sql!("SELECT user_id FROM first_owner")
        .optional(on)
        .await?
        .is_some())
}
