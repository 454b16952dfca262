//! Statements about lines.

use crate::model::Line;
use sauda_accounts::Scope;
use sauda_channel::LineState;
use sauda_kernel::{MessageLineId, Timestamp};
use sauda_store::{On, Row, Sealed, SqlBuilder, StoreError, sql, sql_part};

/// A line with its sealed keys.
#[derive(Debug, Clone)]
pub(crate) struct Whole {
    pub line: Line,
    pub server_key: Sealed,
    pub hook_word: String,
    pub hook_key: Sealed,
}

fn head() -> SqlBuilder {
    SqlBuilder::new(sql_part!(
        "SELECT id, merchant_id, server, server_key, name, state, state_at, number, display_name, hook_word, hook_key, added_at, new_since, \
         trouble, trouble_text, trouble_at, send_at FROM message_lines WHERE removed_at IS NULL"
    ))
}

fn read(row: &Row) -> Result<Whole, StoreError> {
    let state: String = row.get("state")?;
    let trouble: Option<String> = row.get("trouble")?;
    let text: Option<String> = row.get("trouble_text")?;
    let at: Option<Timestamp> = row.get("trouble_at")?;
    Ok(Whole {
        line: Line {
            id: row.get("id")?,
            merchant: row.get("merchant_id")?,
            server: row.get("server")?,
            name: row.get("name")?,
            state: crate::model::state_of(&state),
            state_at: row.get("state_at")?,
            number: row.get("number")?,
            display_name: row.get("display_name")?,
            added_at: row.get("added_at")?,
            new_since: row.get("new_since")?,
            trouble: trouble
                .zip(at)
                .map(|(word, at)| (word, text.unwrap_or_default(), at)),
            send_at: row.get("send_at")?,
        },
        server_key: Sealed(row.get("server_key")?),
        hook_word: row.get("hook_word")?,
        hook_key: Sealed(row.get("hook_key")?),
    })
}

pub(crate) async fn list(on: impl Into<On<'_>>, scope: &Scope) -> Result<Vec<Whole>, StoreError> {
    let mut builder = head();
    builder.push(
        sql_part!(" AND merchant_id = ? ORDER BY added_at, id"),
        [scope.merchant().into()],
    );
    builder
        .finish()
        .lasting()
        .all(on)
        .await?
        .iter()
        .map(read)
        .collect()
}

pub(crate) async fn find(on: impl Into<On<'_>>, id: &MessageLineId) -> Result<Option<Whole>, StoreError> {
    let mut builder = head();
    builder.push(sql_part!(" AND id = ?"), [id.into()]);
    builder
        .finish()
        .lasting()
        .optional(on)
        .await?
        .as_ref()
        .map(read)
        .transpose()
}

pub(crate) async fn by_hook(on: impl Into<On<'_>>, word: &str) -> Result<Option<Whole>, StoreError> {
    let mut builder = head();
    builder.push(sql_part!(" AND hook_word = ?"), [word.into()]);
    builder
        .finish()
        .lasting()
        .optional(on)
        .await?
        .as_ref()
        .map(read)
        .transpose()
}

/// Lines that want to be asked how they stand.
pub(crate) async fn to_look_at(on: impl Into<On<'_>>, now: Timestamp) -> Result<Vec<Whole>, StoreError> {
    let mut builder = head();
    builder.push(
        sql_part!(" AND look_at <= ? ORDER BY look_at, id LIMIT 200"),
        [now.into()],
    );
    builder
        .finish()
        .lasting()
        .all(on)
        .await?
        .iter()
        .map(read)
        .collect()
}

/// Keeps a new line; 0 when the server has one of this name already.
pub(crate) async fn insert(on: impl Into<On<'_>>, whole: &Whole) -> Result<u64, StoreError> {
    let line = &whole.line;
    sql!(
        "INSERT INTO message_lines (id, merchant_id, server, server_key, name, state, state_at, hook_word, hook_key, added_at, look_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $7, $7) ON CONFLICT (server, name) WHERE removed_at IS NULL DO NOTHING"
    )
    .bind(&line.id)
    .bind(&line.merchant)
    .bind(&line.server)
    .bind(&whole.server_key.0)
    .bind(&line.name)
    .bind(line.state.word())
    .bind(line.state_at)
    .bind(&whole.hook_word)
    .bind(&whole.hook_key.0)
    .run(on)
    .await
}

/// What was heard of a line: its state, and the number once it is linked. A number that was not linked before is new from now on. A line
/// that works again may have missed something.
pub(crate) struct Heard<'a> {
    pub state: &'a LineState,
    pub number: Option<&'a str>,
    pub display_name: Option<&'a str>,
}

pub(crate) async fn heard(
    on: impl Into<On<'_>>,
    id: &MessageLineId,
    heard: &Heard<'_>,
    now: Timestamp,
    look_at: Timestamp,
) -> Result<u64, StoreError> {
    sql!(
        "UPDATE message_lines SET state_at = CASE WHEN state = $2 THEN state_at ELSE $5 END, state = $2, \
         new_since = CASE WHEN CAST($3 AS TEXT) IS NULL OR number = $3 THEN new_since ELSE $5 END, \
         number = COALESCE(CAST($3 AS TEXT), number), display_name = COALESCE(CAST($4 AS TEXT), display_name), look_at = $6, \
         trouble = CASE WHEN $2 = 'working' THEN NULL ELSE trouble END, trouble_text = CASE WHEN $2 = 'working' THEN NULL ELSE trouble_text END, \
         heard_until = CASE WHEN $2 = 'working' AND state = 'working' AND catch_up_at IS NULL THEN $5 ELSE heard_until END, \
         catch_up_at = CASE WHEN $2 = 'working' AND state <> 'working' THEN $5 ELSE catch_up_at END \
         WHERE id = $1 AND removed_at IS NULL"
    )
    .bind(id)
    .bind(heard.state.word())
    .bind(heard.number)
    .bind(heard.display_name)
    .bind(now)
    .bind(look_at)
    .run(on)
    .await
}

/// Lines that work and may have missed something, with the moment up to which they surely did not.
pub(crate) async fn to_catch_up(
    on: impl Into<On<'_>>,
    now: Timestamp,
    limit: i64,
) -> Result<Vec<(MessageLineId, Option<Timestamp>)>, StoreError> {
    let rows = sql!(
        "SELECT id, heard_until FROM message_lines WHERE catch_up_at <= $1 AND state = 'working' AND removed_at IS NULL ORDER BY catch_up_at, id LIMIT $2"
    )
    .bind(now)
    .bind(limit)
    .all(on)
    .await?;
    rows.iter()
        .map(|row| Ok((row.get("id")?, row.get("heard_until")?)))
        .collect()
}

/// Every line may have missed something.
pub(crate) async fn doubt(on: impl Into<On<'_>>, now: Timestamp) -> Result<u64, StoreError> {
    sql!("UPDATE message_lines SET catch_up_at = $1 WHERE removed_at IS NULL AND catch_up_at IS NULL")
        .bind(now)
        .run(on)
        .await
}

/// Nothing that came before this moment was missed; a doubt that came since stays.
pub(crate) async fn caught_up(
    on: impl Into<On<'_>>,
    id: &MessageLineId,
    began: Timestamp,
) -> Result<u64, StoreError> {
    sql!("UPDATE message_lines SET heard_until = $2, catch_up_at = NULL WHERE id = $1 AND catch_up_at <= $2")
        .bind(id)
        .bind(began)
        .run(on)
        .await
}

/// What may have been missed is read later; a doubt that came since stays.
pub(crate) async fn catch_up_later(
    on: impl Into<On<'_>>,
    id: &MessageLineId,
    began: Timestamp,
    again: Timestamp,
) -> Result<u64, StoreError> {
    sql!("UPDATE message_lines SET catch_up_at = $3 WHERE id = $1 AND catch_up_at <= $2")
        .bind(id)
        .bind(began)
        .bind(again)
        .run(on)
        .await
}

/// Something went wrong with a line; it is looked at again at the given time.
pub(crate) async fn failed(
    on: impl Into<On<'_>>,
    id: &MessageLineId,
    trouble: (&str, &str),
    now: Timestamp,
    look_at: Timestamp,
) -> Result<u64, StoreError> {
    sql!("UPDATE message_lines SET trouble = $2, trouble_text = $3, trouble_at = $4, look_at = $5 WHERE id = $1 AND removed_at IS NULL")
        .bind(id)
        .bind(trouble.0)
        .bind(trouble.1)
        .bind(now)
        .bind(look_at)
        .run(on)
        .await
}

/// Nothing is sent by the line before.
pub(crate) async fn hold(
    on: impl Into<On<'_>>,
    id: &MessageLineId,
    until: Option<Timestamp>,
) -> Result<u64, StoreError> {
    sql!("UPDATE message_lines SET send_at = CAST($2 AS BIGINT) WHERE id = $1")
        .bind(id)
        .bind(until)
        .run(on)
        .await
}

pub(crate) async fn remove(
    on: impl Into<On<'_>>,
    id: &MessageLineId,
    now: Timestamp,
) -> Result<u64, StoreError> {
    sql!("UPDATE message_lines SET removed_at = $2, look_at = NULL WHERE id = $1 AND removed_at IS NULL")
        .bind(id)
        .bind(now)
        .run(on)
        .await
}
