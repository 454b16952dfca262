//! What a check needs to know of the places that a watch feeds, read in a few statements for many watches at once.

use crate::{
    board::BoardRow,
    service::{NamedRule, OfferRule, Pause, ShopSettings},
    store::{board, changes, rules},
};
use sauda_kernel::{MerchantId, OfferId, RuleId, ShopId, Tenge, Timestamp, WatchId};
use sauda_store::{On, Row, SqlBuilder, StoreError, Value, sql_part};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// A place with the ids that the board does not show.
#[derive(Debug, Clone)]
pub(crate) struct PlaceRow {
    pub row: BoardRow,
    pub merchant: MerchantId,
    pub shop: ShopId,
    pub watch: WatchId,
    pub fold: String,
    pub rival_uid: Option<String>,
}

/// Everything about a set of places.
#[derive(Debug, Default)]
pub(crate) struct Loaded {
    pub places: Vec<PlaceRow>,
    pub rules: HashMap<OfferId, OfferRule>,
    pub named: HashMap<RuleId, NamedRule>,
    pub shops: HashMap<ShopId, ShopSettings>,
    pub pauses: HashMap<MerchantId, Vec<Pause>>,
    pub changes: HashMap<(OfferId, String), Vec<changes::Change>>,
    /// Prices that people fixed in single cities.
    pub city_prices: HashMap<(OfferId, String), Tenge>,
    /// Goods of the offers, by merchant.
    pub goods: HashMap<MerchantId, sauda_stock::OffersGoods>,
    /// What demand is expected, of offers that some rule may price for profit.
    pub demand: HashMap<OfferId, sauda_stock::OfferDemand>,
}

fn read(row: &Row) -> Result<PlaceRow, StoreError> {
    Ok(PlaceRow {
        row: board::read(row)?,
        merchant: row.get("merchant_id")?,
        shop: row.get("shop_id")?,
        watch: row.get("watch_id")?,
        fold: row.get("fold")?,
        rival_uid: row.get("rival_uid")?,
    })
}

fn head() -> SqlBuilder {
    SqlBuilder::new(sql_part!(
        "SELECT p.merchant_id, p.shop_id, p.watch_id, p.fold, p.rival_uid, p.offer_id, p.city_id, p.price, p.delta, p.changed_at, p.place, \
         p.sellers, p.rival_price, p.rival_name, p.profit, p.margin, p.floor_price, p.state, p.reason, p.checked_at, p.decision_id, p.desired, \
         p.strategy, p.category, p.stock, p.rule_id, p.min_price, p.max_price, r.step, r.cost, r.managed, r.version \
         FROM places p LEFT JOIN offer_rules r ON r.offer_id = p.offer_id WHERE "
    ))
}

/// Places of these watches.
pub(crate) async fn of_watches(
    on: impl Into<On<'_>>,
    watches: &[WatchId],
) -> Result<Vec<PlaceRow>, StoreError> {
    let mut builder = head();
    builder.push(sql_part!("p.watch_id IN "), []);
    builder.push_list(watches.iter().map(Value::from));
    builder.finish().all(on).await?.iter().map(read).collect()
}

/// Own prices of these offers, a row for each city that has one.
pub(crate) async fn own_prices(
    on: impl Into<On<'_>>,
    offers: &[OfferId],
) -> Result<Vec<(OfferId, Tenge)>, StoreError> {
    let mut builder = SqlBuilder::new(sql_part!(
        "SELECT offer_id, price FROM places WHERE price IS NOT NULL AND offer_id IN "
    ));
    builder.push_list(offers.iter().map(Value::from));
    builder.push(sql_part!(" ORDER BY offer_id, city_id"), []);
    let rows = builder.finish().all(on).await?;
    rows.iter()
        .map(|row| Ok((row.get("offer_id")?, row.get("price")?)))
        .collect()
}

/// Places of these offers.
pub(crate) async fn of_offers(
    on: impl Into<On<'_>>,
    offers: &[OfferId],
) -> Result<Vec<PlaceRow>, StoreError> {
    let mut builder = head();
    builder.push(sql_part!("p.offer_id IN "), []);
    builder.push_list(offers.iter().map(Value::from));
    builder.finish().all(on).await?.iter().map(read).collect()
}

/// Settings, pauses and recent changes of the places.
pub(crate) async fn load(
    db: &sauda_store::Db,
    places: Vec<PlaceRow>,
    now: Timestamp,
) -> Result<Loaded, StoreError> {
    let mut loaded = Loaded {
        places,
        ..Loaded::default()
    };
    if loaded.places.is_empty() {
        return Ok(loaded);
    }
    let offers: BTreeSet<OfferId> = loaded
        .places
        .iter()
        .map(|place| place.row.offer.clone())
        .collect();
    let offers: Vec<OfferId> = offers.into_iter().collect();
    for rule in rules::offer_rules(db, &offers).await? {
        loaded.rules.insert(rule.offer.clone(), rule);
    }
    let named: BTreeSet<RuleId> = loaded
        .rules
        .values()
        .filter_map(|rule| rule.rule.clone())
        .collect();
    if !named.is_empty() {
        let named: Vec<RuleId> = named.into_iter().collect();
        for rule in rules::rules_by_ids(db, &named).await? {
            loaded.named.insert(rule.id.clone(), rule);
        }
    }
    let shops: BTreeSet<ShopId> = loaded.places.iter().map(|place| place.shop.clone()).collect();
    let shops: Vec<ShopId> = shops.into_iter().collect();
    for shop in rules::shops(db, &shops).await? {
        loaded.shops.insert(shop.shop.clone(), shop);
    }
    let merchants: BTreeSet<MerchantId> = loaded.places.iter().map(|place| place.merchant.clone()).collect();
    for merchant in merchants {
        let pauses = rules::pauses(db, &merchant, now).await?;
        loaded.pauses.insert(merchant, pauses);
    }
    let mut by_place: BTreeMap<(OfferId, String), Vec<changes::Change>> = BTreeMap::new();
    for change in changes::recent(db, &offers, now).await? {
        by_place
            .entry((change.offer.clone(), change.city_id.clone()))
            .or_default()
            .push(change);
    }
    loaded.changes = by_place.into_iter().collect();
    Ok(loaded)
}

/// A place to be written.
pub(crate) async fn save_places(on: impl Into<On<'_>>, places: &[PlaceRow]) -> Result<u64, StoreError> {
    if places.is_empty() {
        return Ok(0);
    }
    let rows = places
        .iter()
        .map(|place| {
            let row = &place.row;
            vec![
                Value::from(&row.offer),
                Value::from(&row.city_id),
                Value::from(&place.merchant),
                Value::from(&place.shop),
                Value::from(&place.watch),
                Value::from(&place.fold),
                row.price.into(),
                row.delta.into(),
                row.changed_at.into(),
                row.place.into(),
                row.sellers.into(),
                row.rival_price.into(),
                row.rival_name.as_deref().into(),
                place.rival_uid.as_deref().into(),
                row.profit.into(),
                row.margin.into(),
                row.floor.into(),
                row.state.word().into(),
                Value::from(&row.reason),
                row.checked_at.into(),
                row.decision.as_ref().into(),
                row.desired.into(),
                Value::from(&row.strategy),
                row.category.as_deref().into(),
                row.stock.into(),
                row.rule.as_ref().into(),
                row.min.into(),
                row.max.into(),
            ]
        })
        .collect();
    sauda_store::insert_rows(
        sql_part!(
            "INSERT INTO places (offer_id, city_id, merchant_id, shop_id, watch_id, fold, price, delta, changed_at, place, sellers, rival_price, \
             rival_name, rival_uid, profit, margin, floor_price, state, reason, checked_at, decision_id, desired, strategy, category, stock, \
             rule_id, min_price, max_price) VALUES "
        ),
        rows,
        sql_part!(
            "ON CONFLICT (offer_id, city_id) DO UPDATE SET watch_id = excluded.watch_id, price = excluded.price, \
             delta = excluded.delta, changed_at = excluded.changed_at, place = excluded.place, sellers = excluded.sellers, \
             rival_price = excluded.rival_price, rival_name = excluded.rival_name, rival_uid = excluded.rival_uid, profit = excluded.profit, \
             margin = excluded.margin, floor_price = excluded.floor_price, state = excluded.state, reason = excluded.reason, \
             checked_at = excluded.checked_at, decision_id = excluded.decision_id, desired = excluded.desired, strategy = excluded.strategy, \
             category = excluded.category, stock = excluded.stock, rule_id = excluded.rule_id, min_price = excluded.min_price, \
             max_price = excluded.max_price"
        ),
    )
    .run(on)
    .await
}

/// Notes that places were checked and are as they were.
pub(crate) async fn touch(
    on: impl Into<On<'_>>,
    city: &str,
    offers: &[OfferId],
    now: Timestamp,
) -> Result<u64, StoreError> {
    let mut builder = SqlBuilder::new(sql_part!("UPDATE places SET checked_at = "));
    builder.push(
        sql_part!("? WHERE city_id = ? AND offer_id IN "),
        [now.into(), city.into()],
    );
    builder.push_list(offers.iter().map(Value::from));
    builder.finish().run(on).await
}

/// Writes what follows from settings into places that are there; nothing else of them is touched.
pub(crate) async fn restate(on: impl Into<On<'_>>, rows: &[BoardRow]) -> Result<u64, StoreError> {
    if rows.is_empty() {
        return Ok(0);
    }
    let mut builder = SqlBuilder::new(sql_part!(
        "WITH said (offer_id, city_id, floor_price, profit, margin, strategy, rule_id, min_price, max_price) AS (VALUES "
    ));
    for (number, row) in rows.iter().enumerate() {
        if number > 0 {
            builder.push(sql_part!(", "), []);
        }
        builder.push_list([
            Value::from(&row.offer),
            Value::from(&row.city_id),
            row.floor.into(),
            row.profit.into(),
            row.margin.into(),
            Value::from(&row.strategy),
            row.rule.as_ref().into(),
            row.min.into(),
            row.max.into(),
        ]);
    }
    builder.push(
        sql_part!(
            ") UPDATE places SET floor_price = said.floor_price, profit = said.profit, margin = said.margin, strategy = said.strategy, \
             rule_id = said.rule_id, min_price = said.min_price, max_price = said.max_price FROM said \
             WHERE places.offer_id = said.offer_id AND places.city_id = said.city_id"
        ),
        [],
    );
    builder.finish().run(on).await
}

/// The cabinet shows a new own price.
pub(crate) async fn set_price(
    on: impl Into<On<'_>>,
    offer: &OfferId,
    city: &str,
    price: Tenge,
    now: Timestamp,
) -> Result<u64, StoreError> {
    sauda_store::sql!(
        "UPDATE places SET delta = $3 - price, price = $3, changed_at = $4 WHERE offer_id = $1 AND city_id = $2 AND (price IS NULL OR price <> $3)"
    )
    .bind(offer)
    .bind(city)
    .bind(price)
    .bind(now)
    .run(on)
    .await
}
