//! Statements about settings: shop defaults, named rules, offer overrides, pauses.

use crate::{
    model::Settings,
    service::{NamedRule, OfferRule, Pause, PauseSubject, RuleState, ShopMode, ShopSettings},
    store::unknown,
};
use sauda_accounts::Scope;
use sauda_economics::ShopEconomics;
use sauda_kernel::{OfferId, RuleId, ShopId, Timestamp};
use sauda_store::{On, Row, SqlBuilder, StoreError, Value, insert_rows, sql, sql_part};
use std::collections::BTreeSet;

/// Offers that one statement saves.
pub(crate) const MOST_AT_ONCE: usize = 500;

pub(crate) fn settings(text: &str) -> Result<Settings, StoreError> {
    if text == "{}" {
        return Ok(Settings::default());
    }
    Settings::from_json(text).map_err(|_| unknown("settings", text))
}

pub(crate) fn read_shop(row: &Row) -> Result<ShopSettings, StoreError> {
    let text: String = row.get("settings")?;
    let economics: String = row.get("economics")?;
    let mode: String = row.get("mode")?;
    Ok(ShopSettings {
        shop: row.get("shop_id")?,
        settings: settings(&text)?,
        economics: serde_json::from_str(&economics).map_err(|_| unknown("economics", economics))?,
        mode: ShopMode::parse(&mode).ok_or_else(|| unknown("mode", mode))?,
        version: row.get("version")?,
        updated_by: row.get("updated_by")?,
        updated_at: row.get("updated_at")?,
        confirmed_at: row.get("confirmed_at")?,
        dead_since: row.get("dead_since")?,
    })
}

pub(crate) async fn shops(on: impl Into<On<'_>>, shops: &[ShopId]) -> Result<Vec<ShopSettings>, StoreError> {
    let mut builder = SqlBuilder::new(sql_part!(
        "SELECT shop_id, settings, economics, mode, version, updated_by, updated_at, confirmed_at, dead_since FROM shop_settings WHERE shop_id IN "
    ));
    builder.push_list(shops.iter().map(Value::from));
    builder.finish().all(on).await?.iter().map(read_shop).collect()
}

/// Saves a shop's defaults if nobody changed them meanwhile; 0 rows means somebody did.
pub(crate) async fn save_shop(
    on: impl Into<On<'_>>,
    scope: &Scope,
    new: &ShopSettings,
    expected: i64,
) -> Result<u64, StoreError> {
    sql!(
        "INSERT INTO shop_settings (shop_id, merchant_id, settings, economics, mode, version, updated_by, updated_at) \
         VALUES ($1, $2, $3, $4, $5, $6 + 1, $7, $8) \
         ON CONFLICT (shop_id) DO UPDATE SET settings = excluded.settings, economics = excluded.economics, mode = excluded.mode, \
         version = excluded.version, updated_by = excluded.updated_by, updated_at = excluded.updated_at \
         WHERE shop_settings.merchant_id = $2 AND shop_settings.version = $6"
    )
    .bind(&new.shop)
    .bind(scope.merchant())
    .bind(new.settings.to_json().map_err(|_| unknown("settings", "unwritable"))?)
    .bind(serde_json::to_string(&new.economics).map_err(|_| unknown("economics", "unwritable"))?)
    .bind(new.mode.word())
    .bind(expected)
    .bind(&new.updated_by)
    .bind(new.updated_at)
    .run(on)
    .await
}

/// What a shop counted with until a moment is kept.
pub(crate) async fn keep_economics(
    on: impl Into<On<'_>>,
    scope: &Scope,
    before: &ShopSettings,
    now: Timestamp,
) -> Result<u64, StoreError> {
    sql!(
        "INSERT INTO shop_economics_before (shop_id, merchant_id, until_at, economics) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (shop_id, until_at) DO NOTHING"
    )
    .bind(&before.shop)
    .bind(scope.merchant())
    .bind(now)
    .bind(serde_json::to_string(&before.economics).map_err(|_| unknown("economics", "unwritable"))?)
    .run(on)
    .await
}

/// What a shop counted with before, and until when; the oldest first.
pub(crate) async fn economics_before(
    on: impl Into<On<'_>>,
    shop: &ShopId,
) -> Result<Vec<(Timestamp, ShopEconomics)>, StoreError> {
    let rows =
        sql!("SELECT until_at, economics FROM shop_economics_before WHERE shop_id = $1 ORDER BY until_at")
            .bind(shop)
            .all(on)
            .await?;
    rows.iter()
        .map(|row| {
            let text: String = row.get("economics")?;
            let economics = serde_json::from_str(&text).map_err(|_| unknown("economics", text))?;
            Ok((row.get("until_at")?, economics))
        })
        .collect()
}

/// What was kept of a shop's past is forgotten: what it counts with now holds for all of it.
pub(crate) async fn forget_economics(on: impl Into<On<'_>>, shop: &ShopId) -> Result<u64, StoreError> {
    sql!("DELETE FROM shop_economics_before WHERE shop_id = $1")
        .bind(shop)
        .run(on)
        .await
}

/// The first settings of a new shop; nothing happens when it has some.
pub(crate) async fn ensure_shop(
    on: impl Into<On<'_>>,
    scope: &Scope,
    shop: &ShopId,
    economics: &str,
    now: Timestamp,
) -> Result<u64, StoreError> {
    sql!(
        "INSERT INTO shop_settings (shop_id, merchant_id, settings, economics, mode, version, updated_by, updated_at) \
         VALUES ($1, $2, '{}', $3, 'off', 1, 'system', $4) ON CONFLICT (shop_id) DO NOTHING"
    )
    .bind(shop)
    .bind(scope.merchant())
    .bind(economics)
    .bind(now)
    .run(on)
    .await
}

pub(crate) async fn set_mode(
    on: impl Into<On<'_>>,
    scope: &Scope,
    shop: &ShopId,
    mode: ShopMode,
    by: &str,
    now: Timestamp,
) -> Result<u64, StoreError> {
    sql!(
        "UPDATE shop_settings SET mode = $3, version = version + 1, updated_by = $4, updated_at = $5, dead_since = NULL, confirmed_at = \
         CASE WHEN $3 = 'on' THEN $5 ELSE confirmed_at END WHERE merchant_id = $1 AND shop_id = $2"
    )
    .bind(scope.merchant())
    .bind(shop)
    .bind(mode.word())
    .bind(by)
    .bind(now)
    .run(on)
    .await
}

/// A price of the shop was confirmed: the dead-man's switch starts anew.
pub(crate) async fn confirmed(
    on: impl Into<On<'_>>,
    shop: &ShopId,
    now: Timestamp,
) -> Result<u64, StoreError> {
    sql!("UPDATE shop_settings SET confirmed_at = $2, dead_since = NULL WHERE shop_id = $1")
        .bind(shop)
        .bind(now)
        .run(on)
        .await
}

pub(crate) fn read_rule(row: &Row) -> Result<NamedRule, StoreError> {
    let text: String = row.get("settings")?;
    let state: String = row.get("state")?;
    Ok(NamedRule {
        id: row.get("id")?,
        name: row.get("name")?,
        settings: settings(&text)?,
        state: RuleState::parse(&state).ok_or_else(|| unknown("state", state))?,
        version: row.get("version")?,
        updated_by: row.get("updated_by")?,
        updated_at: row.get("updated_at")?,
        offers: row.get("offers")?,
    })
}

pub(crate) async fn list_rules(on: impl Into<On<'_>>, scope: &Scope) -> Result<Vec<NamedRule>, StoreError> {
    sql!(
        "SELECT r.id, r.name, r.settings, r.state, r.version, r.updated_by, r.updated_at, \
         (SELECT COUNT(*) FROM offer_rules o WHERE o.rule_id = r.id) AS offers \
         FROM rules r WHERE r.merchant_id = $1 AND r.archived_at IS NULL ORDER BY r.created_at, r.id"
    )
    .bind(scope.merchant())
    .all(on)
    .await?
    .iter()
    .map(read_rule)
    .collect()
}

pub(crate) async fn find_rule(
    on: impl Into<On<'_>>,
    scope: &Scope,
    id: &RuleId,
) -> Result<Option<NamedRule>, StoreError> {
    sql!(
        "SELECT r.id, r.name, r.settings, r.state, r.version, r.updated_by, r.updated_at, \
         (SELECT COUNT(*) FROM offer_rules o WHERE o.rule_id = r.id) AS offers \
         FROM rules r WHERE r.merchant_id = $1 AND r.id = $2 AND r.archived_at IS NULL"
    )
    .bind(scope.merchant())
    .bind(id)
    .optional(on)
    .await?
    .as_ref()
    .map(read_rule)
    .transpose()
}

/// Rules by their ids, whoever they belong to: for the checks that shops share.
pub(crate) async fn rules_by_ids(
    on: impl Into<On<'_>>,
    ids: &[RuleId],
) -> Result<Vec<NamedRule>, StoreError> {
    let mut builder = SqlBuilder::new(sql_part!(
        "SELECT id, name, settings, state, version, updated_by, updated_at, CAST(0 AS BIGINT) AS offers FROM rules WHERE archived_at IS NULL AND id IN "
    ));
    builder.push_list(ids.iter().map(Value::from));
    builder.finish().all(on).await?.iter().map(read_rule).collect()
}

pub(crate) async fn insert_rule(
    on: impl Into<On<'_>>,
    scope: &Scope,
    rule: &NamedRule,
) -> Result<u64, StoreError> {
    sql!(
        "INSERT INTO rules (id, merchant_id, name, settings, state, version, updated_by, updated_at, created_at) \
         VALUES ($1, $2, $3, $4, $5, 1, $6, $7, $7)"
    )
    .bind(&rule.id)
    .bind(scope.merchant())
    .bind(&rule.name)
    .bind(rule.settings.to_json().map_err(|_| unknown("settings", "unwritable"))?)
    .bind(rule.state.word())
    .bind(&rule.updated_by)
    .bind(rule.updated_at)
    .run(on)
    .await
}

/// Saves a rule if nobody changed it meanwhile; 0 rows means somebody did.
pub(crate) async fn update_rule(
    on: impl Into<On<'_>>,
    scope: &Scope,
    rule: &NamedRule,
    expected: i64,
) -> Result<u64, StoreError> {
    sql!(
        "UPDATE rules SET name = $3, settings = $4, state = $5, version = version + 1, updated_by = $6, updated_at = $7 \
         WHERE merchant_id = $1 AND id = $2 AND version = $8 AND archived_at IS NULL"
    )
    .bind(scope.merchant())
    .bind(&rule.id)
    .bind(&rule.name)
    .bind(rule.settings.to_json().map_err(|_| unknown("settings", "unwritable"))?)
    .bind(rule.state.word())
    .bind(&rule.updated_by)
    .bind(rule.updated_at)
    .bind(expected)
    .run(on)
    .await
}

pub(crate) async fn archive_rule(
    on: impl Into<On<'_>>,
    scope: &Scope,
    id: &RuleId,
    now: Timestamp,
) -> Result<u64, StoreError> {
    sql!("UPDATE rules SET archived_at = $3 WHERE merchant_id = $1 AND id = $2 AND archived_at IS NULL")
        .bind(scope.merchant())
        .bind(id)
        .bind(now)
        .run(on)
        .await
}

pub(crate) fn read_offer_rule(row: &Row) -> Result<OfferRule, StoreError> {
    let text: String = row.get("settings")?;
    Ok(OfferRule {
        offer: row.get("offer_id")?,
        shop: row.get("shop_id")?,
        rule: row.get("rule_id")?,
        managed: row.get("managed")?,
        min: row.get("min_price")?,
        max: row.get("max_price")?,
        cost: row.get("cost")?,
        step: row.get("step")?,
        strategy: row.get("strategy")?,
        settings: settings(&text)?,
        pinned_price: row.get("pinned_price")?,
        pinned_until: row.get("pinned_until")?,
        version: row.get("version")?,
        updated_by: row.get("updated_by")?,
        updated_at: row.get("updated_at")?,
    })
}

pub(crate) async fn offer_rules(
    on: impl Into<On<'_>>,
    offers: &[OfferId],
) -> Result<Vec<OfferRule>, StoreError> {
    let mut builder = SqlBuilder::new(sql_part!(
        "SELECT offer_id, shop_id, rule_id, managed, min_price, max_price, cost, step, strategy, settings, pinned_price, pinned_until, \
         version, updated_by, updated_at FROM offer_rules WHERE offer_id IN "
    ));
    builder.push_list(offers.iter().map(Value::from));
    builder
        .finish()
        .all(on)
        .await?
        .iter()
        .map(read_offer_rule)
        .collect()
}

/// Saves own settings of offers, each with the version it was read at; answers those that nobody changed meanwhile. At most
/// [`MOST_AT_ONCE`] at once.
pub(crate) async fn save_offer_rules(
    on: impl Into<On<'_>>,
    scope: &Scope,
    new: &[(&OfferRule, i64)],
) -> Result<BTreeSet<OfferId>, StoreError> {
    if new.is_empty() {
        return Ok(BTreeSet::new());
    }
    let row = |(new, expected): &(&OfferRule, i64)| {
        let settings = new
            .settings
            .to_json()
            .map_err(|_| unknown("settings", "unwritable"))?;
        Ok(vec![
            Value::from(&new.offer),
            scope.merchant().into(),
            Value::from(&new.shop),
            new.rule.as_ref().into(),
            new.managed.into(),
            new.min.into(),
            new.max.into(),
            new.cost.into(),
            new.step.into(),
            new.strategy.as_deref().into(),
            settings.into(),
            new.pinned_price.into(),
            new.pinned_until.into(),
            (expected + 1).into(),
            Value::from(&new.updated_by),
            new.updated_at.into(),
        ])
    };
    let rows = new.iter().map(row).collect::<Result<_, StoreError>>()?;
    let saved = insert_rows(
        sql_part!(
            "INSERT INTO offer_rules (offer_id, merchant_id, shop_id, rule_id, managed, min_price, max_price, cost, step, strategy, settings, \
             pinned_price, pinned_until, version, updated_by, updated_at) VALUES "
        ),
        rows,
        sql_part!(
            "ON CONFLICT (offer_id) DO UPDATE SET rule_id = excluded.rule_id, managed = excluded.managed, min_price = excluded.min_price, \
             max_price = excluded.max_price, cost = excluded.cost, step = excluded.step, strategy = excluded.strategy, settings = excluded.settings, \
             pinned_price = excluded.pinned_price, pinned_until = excluded.pinned_until, version = excluded.version, \
             updated_by = excluded.updated_by, updated_at = excluded.updated_at \
             WHERE offer_rules.merchant_id = excluded.merchant_id AND offer_rules.version = excluded.version - 1 RETURNING offer_id"
        ),
    )
    .all(on)
    .await?;
    saved.iter().map(|row| row.get("offer_id")).collect()
}

pub(crate) async fn put_pause(
    on: impl Into<On<'_>>,
    scope: &Scope,
    pause: &Pause,
) -> Result<u64, StoreError> {
    sql!(
        "INSERT INTO pauses (subject_kind, subject, merchant_id, until, paused_by, paused_at) VALUES ($1, $2, $3, $4, $5, $6) \
         ON CONFLICT (merchant_id, subject_kind, subject) DO UPDATE SET until = excluded.until, paused_by = excluded.paused_by, \
         paused_at = excluded.paused_at"
    )
    .bind(pause.subject.kind())
    .bind(pause.subject.id(scope))
    .bind(scope.merchant())
    .bind(pause.until)
    .bind(&pause.by)
    .bind(pause.at)
    .run(on)
    .await
}

pub(crate) async fn drop_pause(
    on: impl Into<On<'_>>,
    scope: &Scope,
    subject: &PauseSubject,
) -> Result<u64, StoreError> {
    sql!("DELETE FROM pauses WHERE merchant_id = $1 AND subject_kind = $2 AND subject = $3")
        .bind(scope.merchant())
        .bind(subject.kind())
        .bind(subject.id(scope))
        .run(on)
        .await
}

fn read_pause(row: &Row) -> Result<Pause, StoreError> {
    let kind: String = row.get("subject_kind")?;
    let subject: String = row.get("subject")?;
    Ok(Pause {
        subject: PauseSubject::parse(&kind, &subject).ok_or_else(|| unknown("subject", subject))?,
        until: row.get("until")?,
        by: row.get("paused_by")?,
        at: row.get("paused_at")?,
    })
}

/// Pauses of a merchant that hold now.
pub(crate) async fn pauses(
    on: impl Into<On<'_>>,
    merchant: &sauda_kernel::MerchantId,
    now: Timestamp,
) -> Result<Vec<Pause>, StoreError> {
    sql!(
        "SELECT subject_kind, subject, until, paused_by, paused_at FROM pauses \
         WHERE merchant_id = $1 AND (until IS NULL OR until > $2) ORDER BY paused_at, subject"
    )
    .bind(merchant)
    .bind(now)
    .all(on)
    .await?
    .iter()
    .map(read_pause)
    .collect()
}

/// The dead-man's switch holds since now, unless it held before.
pub(crate) async fn dead(on: impl Into<On<'_>>, shop: &ShopId, now: Timestamp) -> Result<u64, StoreError> {
    sql!("UPDATE shop_settings SET dead_since = $2 WHERE shop_id = $1 AND dead_since IS NULL")
        .bind(shop)
        .bind(now)
        .run(on)
        .await
}

/// How many offers of a shop have limits or a cost.
pub(crate) async fn with_limits(on: impl Into<On<'_>>, shop: &ShopId) -> Result<i64, StoreError> {
    sql!("SELECT COUNT(*) AS n FROM offer_rules WHERE shop_id = $1 AND (min_price IS NOT NULL OR cost IS NOT NULL)").bind(shop).one(on).await?.get("n")
}

/// How many offers of a shop are bound to a named rule.
pub(crate) async fn with_rule(on: impl Into<On<'_>>, shop: &ShopId) -> Result<i64, StoreError> {
    sql!("SELECT COUNT(*) AS n FROM offer_rules WHERE shop_id = $1 AND rule_id IS NOT NULL")
        .bind(shop)
        .one(on)
        .await?
        .get("n")
}
