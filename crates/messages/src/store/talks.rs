//! Statements about talks.

use crate::model::{InboxView, Talk, Who};
use sauda_accounts::Scope;
use sauda_kernel::{MessageLineId, ShopId, TalkId, Timestamp};
use sauda_store::{On, Row, SqlBuilder, StoreError, sql, sql_part};

fn head() -> SqlBuilder {
    SqlBuilder::new(sql_part!(
        "SELECT t.id, t.shop_id, t.line_id, t.phone, t.chat, t.name, t.language, t.order_code, t.last_at, t.last_text, t.last_ours, t.unread, \
         t.needs_person, t.needs_answer, CAST(CASE WHEN EXISTS (SELECT 1 FROM message_silences s WHERE s.merchant_id = t.merchant_id AND (s.who = t.phone OR s.who = t.chat)) \
         THEN 1 ELSE 0 END AS BIGINT) AS silent FROM message_talks t WHERE "
    ))
}

fn read(row: &Row) -> Result<Talk, StoreError> {
    let language: String = row.get("language")?;
    let silent: i64 = row.get("silent")?;
    Ok(Talk {
        id: row.get("id")?,
        shop: row.get("shop_id")?,
        line: row.get("line_id")?,
        who: Who {
            phone: row.get("phone")?,
            chat: row.get("chat")?,
            name: row.get("name")?,
        },
        is_kazakh: language == "kk",
        order_code: row.get("order_code")?,
        last_at: row.get("last_at")?,
        last_text: row.get("last_text")?,
        last_ours: row.get("last_ours")?,
        unread: row.get("unread")?,
        needs_person: row.get("needs_person")?,
        needs_answer: row.get("needs_answer")?,
        is_silent: silent == 1,
    })
}

async fn one(builder: SqlBuilder, on: impl Into<On<'_>>) -> Result<Option<Talk>, StoreError> {
    builder
        .finish()
        .lasting()
        .optional(on)
        .await?
        .as_ref()
        .map(read)
        .transpose()
}

pub(crate) async fn find(
    on: impl Into<On<'_>>,
    shop: &ShopId,
    id: &TalkId,
) -> Result<Option<Talk>, StoreError> {
    let mut builder = head();
    builder.push(sql_part!("t.shop_id = ? AND t.id = ?"), [shop.into(), id.into()]);
    one(builder, on).await
}

pub(crate) async fn by_phone(
    on: impl Into<On<'_>>,
    shop: &ShopId,
    phone: &str,
) -> Result<Option<Talk>, StoreError> {
    let mut builder = head();
    builder.push(
        sql_part!("t.shop_id = ? AND t.phone = ?"),
        [shop.into(), phone.into()],
    );
    one(builder, on).await
}

/// Talks of the shops of a line with this key or this phone, the one that spoke last first.
pub(crate) async fn of_line(
    on: impl Into<On<'_>>,
    line: &MessageLineId,
    chat: &str,
    phone: Option<&str>,
) -> Result<Vec<Talk>, StoreError> {
    let mut builder = head();
    builder.push(
        sql_part!(
            "t.shop_id IN (SELECT m.shop_id FROM message_shops m WHERE m.line_id = ?) AND (t.chat = ? OR t.phone = ?) ORDER BY t.last_at DESC, t.id"
        ),
        [line.into(), chat.into(), phone.unwrap_or("-").into()],
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

/// Talks of a line whose key is known and in which something was said since, the newest first.
pub(crate) async fn recent(
    on: impl Into<On<'_>>,
    line: &MessageLineId,
    since: Timestamp,
    limit: i64,
) -> Result<Vec<Talk>, StoreError> {
    let mut builder = head();
    builder.push(
        sql_part!(
            "t.line_id = ? AND t.chat IS NOT NULL AND t.last_at >= ? ORDER BY t.last_at DESC, t.id LIMIT ?"
        ),
        [line.into(), since.into(), limit.into()],
    );
    builder.finish().all(on).await?.iter().map(read).collect()
}

/// Which talks a list shows, and from where on.
#[derive(Debug, Clone, Default)]
pub struct InboxFilter {
    pub view: InboxView,
    /// Words that the name or the number of the order must have; digits are looked for in phones too.
    pub search: Option<String>,
    /// After this talk of the list.
    pub before: Option<(Timestamp, TalkId)>,
    /// 1 to 200.
    pub limit: i64,
}

fn narrow(builder: &mut SqlBuilder, shop: &ShopId, filter: &InboxFilter) {
    builder.push(sql_part!("t.shop_id = ?"), [shop.into()]);
    match filter.view {
        InboxView::All => {}
        InboxView::NeedsPerson => {
            builder.push(sql_part!(" AND t.needs_person"), []);
        }
        InboxView::Silent => {
            builder.push(
                sql_part!(" AND EXISTS (SELECT 1 FROM message_silences s WHERE s.merchant_id = t.merchant_id AND (s.who = t.phone OR s.who = t.chat))"),
                [],
            );
        }
    }
    let Some(search) = &filter.search else { return };
    let digits: String = search.chars().filter(char::is_ascii_digit).collect();
    let is_phone = digits.len() >= 4 && !search.chars().any(char::is_alphabetic);
    let folded = sauda_catalog::fold(&[search]);
    for word in folded.split_whitespace() {
        let pattern = format!("%{}%", word.replace(['%', '_'], ""));
        if is_phone {
            builder.push(
                sql_part!(" AND (t.fold LIKE ? OR t.phone LIKE ?)"),
                [pattern.into(), format!("%{digits}%").into()],
            );
        } else {
            builder.push(sql_part!(" AND t.fold LIKE ?"), [pattern.into()]);
        }
    }
}

pub(crate) async fn list(
    on: impl Into<On<'_>>,
    shop: &ShopId,
    filter: &InboxFilter,
) -> Result<Vec<Talk>, StoreError> {
    let mut builder = head();
    narrow(&mut builder, shop, filter);
    if let Some((at, id)) = &filter.before {
        builder.push(
            sql_part!(" AND (t.last_at < ? OR (t.last_at = ? AND t.id > ?))"),
            [(*at).into(), (*at).into(), id.into()],
        );
    }
    builder.push(
        sql_part!(" ORDER BY t.last_at DESC, t.id LIMIT ?"),
        [filter.limit.clamp(1, 200).into()],
    );
    builder.finish().all(on).await?.iter().map(read).collect()
}

/// How many talks of a shop a view has.
pub(crate) async fn count(
    on: impl Into<On<'_>>,
    shop: &ShopId,
    filter: &InboxFilter,
) -> Result<i64, StoreError> {
    let mut builder = SqlBuilder::new(sql_part!("SELECT COUNT(*) AS n FROM message_talks t WHERE "));
    narrow(&mut builder, shop, filter);
    builder.finish().one(on).await?.get("n")
}

/// Keeps a new talk; 0 when the shop has one with this phone or key already.
pub(crate) async fn insert(
    on: impl Into<On<'_>>,
    scope: &Scope,
    talk: &Talk,
    fold: &str,
) -> Result<u64, StoreError> {
    sql!(
        "INSERT INTO message_talks (id, merchant_id, shop_id, line_id, phone, chat, name, language, order_code, last_at, last_text, last_ours, unread, needs_person, fold) \
         VALUES ($1, $2, $3, CAST($4 AS TEXT), $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) ON CONFLICT DO NOTHING"
    )
    .bind(&talk.id)
    .bind(scope.merchant())
    .bind(&talk.shop)
    .bind(talk.line.as_ref())
    .bind(talk.who.phone.as_deref())
    .bind(talk.who.chat.as_deref())
    .bind(&talk.who.name)
    .bind(if talk.is_kazakh { "kk" } else { "ru" })
    .bind(talk.order_code.as_deref())
    .bind(talk.last_at)
    .bind(&talk.last_text)
    .bind(talk.last_ours)
    .bind(talk.unread)
    .bind(talk.needs_person)
    .bind(fold)
    .run(on)
    .await
}

/// What is known of who is at the other end; what is not told stays, and what another talk of the shop has is left to it.
pub(crate) async fn know(
    on: impl Into<On<'_>>,
    id: &TalkId,
    line: &MessageLineId,
    who: &Who,
) -> Result<u64, StoreError> {
    sql!(
        "UPDATE message_talks SET line_id = $2, \
         phone = CASE WHEN phone IS NULL AND NOT EXISTS (SELECT 1 FROM message_talks o WHERE o.shop_id = message_talks.shop_id AND o.phone = $3) THEN CAST($3 AS TEXT) ELSE phone END, \
         chat = CASE WHEN CAST($4 AS TEXT) IS NULL OR EXISTS (SELECT 1 FROM message_talks o WHERE o.shop_id = message_talks.shop_id AND o.chat = $4) THEN chat ELSE $4 END, \
         name = CASE WHEN name = '' THEN $5 ELSE name END WHERE id = $1"
    )
    .bind(id)
    .bind(line)
    .bind(who.phone.as_deref())
    .bind(who.chat.as_deref())
    .bind(&who.name)
    .run(on)
    .await
}

/// The talk is about this order now.
pub(crate) async fn about_order(
    on: impl Into<On<'_>>,
    id: &TalkId,
    code: &str,
    name: &str,
    fold: &str,
) -> Result<u64, StoreError> {
    sql!("UPDATE message_talks SET order_code = $2, name = CASE WHEN $3 = '' THEN name ELSE $3 END, fold = $4 WHERE id = $1")
        .bind(id)
        .bind(code)
        .bind(name)
        .bind(fold)
        .run(on)
        .await
}

/// Something was said. `unread` is added; whether a person has to look stays when it is none.
pub(crate) struct Said<'a> {
    pub at: Timestamp,
    pub text: &'a str,
    pub ours: bool,
    pub unread: i64,
    pub needs_person: Option<bool>,
    /// It has to because of an answer alone: a clear one takes it off. Counts beside `needs_person` only.
    pub needs_answer: bool,
    pub is_kazakh: Option<bool>,
}

pub(crate) async fn said(on: impl Into<On<'_>>, id: &TalkId, said: &Said<'_>) -> Result<u64, StoreError> {
    let beginning: String = said.text.chars().take(160).collect();
    sql!(
        "UPDATE message_talks SET last_text = CASE WHEN $2 >= last_at THEN $3 ELSE last_text END, last_ours = CASE WHEN $2 >= last_at THEN $4 ELSE last_ours END, \
         last_at = CASE WHEN $2 >= last_at THEN $2 ELSE last_at END, unread = unread + $5, needs_person = COALESCE(CAST($6 AS BOOLEAN), needs_person), \
         needs_answer = CASE WHEN CAST($6 AS BOOLEAN) IS NULL THEN needs_answer ELSE $8 END, language = COALESCE(CAST($7 AS TEXT), language) WHERE id = $1"
    )
    .bind(id)
    .bind(said.at)
    .bind(beginning)
    .bind(said.ours)
    .bind(said.unread)
    .bind(said.needs_person)
    .bind(said.is_kazakh.map(|is_kazakh| if is_kazakh { "kk" } else { "ru" }))
    .bind(said.needs_answer)
    .run(on)
    .await
}

/// Somebody has looked.
pub(crate) async fn seen(on: impl Into<On<'_>>, id: &TalkId) -> Result<u64, StoreError> {
    sql!("UPDATE message_talks SET unread = 0 WHERE id = $1")
        .bind(id)
        .run(on)
        .await
}

/// Whether a person has to look.
pub(crate) async fn set_needs(on: impl Into<On<'_>>, id: &TalkId, needs: bool) -> Result<u64, StoreError> {
    sql!("UPDATE message_talks SET needs_person = $2, needs_answer = FALSE WHERE id = $1")
        .bind(id)
        .bind(needs)
        .run(on)
        .await
}

/// Forgets who it was: phone, name, key and words.
pub(crate) async fn erase(on: impl Into<On<'_>>, id: &TalkId) -> Result<u64, StoreError> {
    sql!(
        "UPDATE message_talks SET phone = NULL, chat = NULL, name = '', last_text = '', fold = '', unread = 0, needs_person = FALSE, needs_answer = FALSE WHERE id = $1"
    )
    .bind(id)
    .run(on)
    .await
}

/// Talks of all shops of a merchant with one of these.
pub(crate) async fn of_person(
    on: impl Into<On<'_>>,
    scope: &Scope,
    who: &Who,
) -> Result<Vec<Talk>, StoreError> {
    let mut builder = head();
    builder.push(
        sql_part!("t.merchant_id = ? AND (t.phone = ? OR t.chat = ?) ORDER BY t.id"),
        [
            scope.merchant().into(),
            who.phone.as_deref().unwrap_or("-").into(),
            who.chat.as_deref().unwrap_or("-").into(),
        ],
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
