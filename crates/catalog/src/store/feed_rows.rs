//! Statements that read what the price list is written from, part by part in the order of articles.

use crate::{
    feed::facts::{FeedFacts, FeedGoods, PreorderNow},
    model::StoredAvailability,
};
use sauda_accounts::Scope;
use sauda_kernel::{ShopId, Tenge, Timestamp};
use sauda_store::{On, Row, SqlBuilder, StoreError, Tx, Value, sql, sql_part};

/// Which offers are read.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Part<'a> {
    /// After this article.
    pub after: &'a str,
    /// Folded words that must be there.
    pub words: &'a str,
    pub limit: i64,
}

fn read(row: &Row, now: Timestamp) -> Result<FeedFacts, StoreError> {
    let text: String = row.get("availabilities")?;
    let places: Vec<StoredAvailability> = serde_json::from_str(&text).map_err(|_| StoreError::Meaning {
        column: "availabilities",
        value: text,
    })?;
    let ends_at: Option<Timestamp> = row.get("ends_at")?;
    let days: Option<i64> = row.get("days")?;
    let most = row.get("most")?;
    let preorder = days
        .filter(|_| ends_at.is_none_or(|end| end > now))
        .map(|days| PreorderNow { days, most });
    let on_sale: bool = row.get("on_sale")?;
    Ok(FeedFacts {
        goods: FeedGoods::Offer(row.get("id")?),
        sku: row.get("sku")?,
        title: row.get("title")?,
        brand: row.get("brand")?,
        // Goods that ran out are taken off sale by themselves: who sells them by preorder puts them back.
        on_sale: on_sale || (preorder.is_some() && !places.is_empty()),
        gone_at: row.get("gone_at")?,
        everywhere: row.get("price")?,
        cities: std::collections::BTreeMap::new(),
        places,
        preorder,
        cost: None,
        floor: None,
    })
}

/// The offer that a row of its prices or points is of. Both are in the order of articles, so one walk finds them all; an offer
/// that is not asked for has none.
fn go_to<'f>(
    facts: &'f mut [FeedFacts],
    at: &mut usize,
    row: &Row,
) -> Result<Option<&'f mut FeedFacts>, StoreError> {
    let sku: String = row.get("sku")?;
    while facts.get(*at).is_some_and(|one| one.sku < sku) {
        *at = at.saturating_add(1);
    }
    Ok(facts.get_mut(*at).filter(|one| one.sku == sku))
}

/// The next offers of a shop, with their prices and what people said of their points.
pub(crate) async fn next(
    tx: &mut Tx,
    shop: &ShopId,
    part: Part<'_>,
    now: Timestamp,
) -> Result<Vec<FeedFacts>, StoreError> {
    let mut builder = SqlBuilder::new(sql_part!(
        "SELECT o.id, o.sku, o.title, o.brand, o.on_sale, o.gone_at, o.price, o.availabilities, r.days, r.most, r.ends_at \
         FROM offers o LEFT JOIN preorders r ON r.offer_id = o.id WHERE "
    ));
    builder.push(
        sql_part!("o.shop_id = ? AND o.sku > ?"),
        [shop.into(), part.after.into()],
    );
    for pattern in patterns(part.words) {
        builder.push(
            sql_part!(" AND o.fold LIKE ? ESCAPE '\\'"),
            [Value::from(pattern)],
        );
    }
    builder.push(sql_part!(" ORDER BY o.sku LIMIT ?"), [part.limit.into()]);
    let rows = builder.finish().all(On::from(&mut *tx)).await?;
    let mut facts = rows
        .iter()
        .map(|row| read(row, now))
        .collect::<Result<Vec<_>, _>>()?;
    let Some(last) = facts.last().map(|one| one.sku.clone()) else {
        return Ok(facts);
    };
    let prices = sql!(
        "SELECT o.sku, c.city_id, c.price FROM offers o JOIN offer_cities c ON c.offer_id = o.id \
         WHERE o.shop_id = $1 AND o.sku > $2 AND o.sku <= $3 ORDER BY o.sku"
    )
    .bind(shop)
    .bind(part.after)
    .bind(&last)
    .all(On::from(&mut *tx))
    .await?;
    let mut at = 0;
    for row in prices {
        if let Some(one) = go_to(&mut facts, &mut at, &row)? {
            let (city, price): (String, Tenge) = (row.get("city_id")?, row.get("price")?);
            one.cities.insert(city, price);
        }
    }
    let places = sql!(
        "SELECT o.sku, p.point_id, p.available, p.stock FROM offers o JOIN offer_points p ON p.offer_id = o.id \
         WHERE o.shop_id = $1 AND o.sku > $2 AND o.sku <= $3 ORDER BY o.sku"
    )
    .bind(shop)
    .bind(part.after)
    .bind(&last)
    .all(On::from(&mut *tx))
    .await?;
    let mut at = 0;
    for row in places {
        if let Some(one) = go_to(&mut facts, &mut at, &row)? {
            let (point, available, stock) = (row.get("point_id")?, row.get("available")?, row.get("stock")?);
            // Who says that it is sold at a point puts it on sale.
            one.on_sale |= available == Some(true);
            super::points::say(&mut one.places, point, available, stock);
        }
    }
    Ok(facts)
}

/// Words of a search as patterns.
fn patterns(words: &str) -> impl Iterator<Item = String> {
    let words = words.split(' ').filter(|word| !word.is_empty());
    words.map(|word| {
        let escaped = word.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
        format!("%{escaped}%")
    })
}

/// The next products that no offer of a shop sells, as if they stood at a point of it.
pub(crate) async fn products(
    tx: &mut Tx,
    scope: &Scope,
    shop: &ShopId,
    point: &str,
    part: Part<'_>,
) -> Result<Vec<FeedFacts>, StoreError> {
    let mut builder = SqlBuilder::new(sql_part!(
        "SELECT p.id, p.sku, p.title, p.model, p.brand, p.price, p.cost, p.stock FROM products p WHERE "
    ));
    builder.push(
        sql_part!("p.merchant_id = ? AND p.archived_at IS NULL AND p.sku > ?"),
        [scope.merchant().into(), part.after.into()],
    );
    builder.push(
        sql_part!(
            " AND NOT EXISTS (SELECT 1 FROM offers o WHERE o.shop_id = ? AND (o.sku = p.sku OR o.product_id = p.id))"
        ),
        [shop.into()],
    );
    for pattern in patterns(part.words) {
        builder.push(
            sql_part!(" AND p.fold LIKE ? ESCAPE '\\'"),
            [Value::from(pattern)],
        );
    }
    builder.push(sql_part!(" ORDER BY p.sku LIMIT ?"), [part.limit.into()]);
    let rows = builder.finish().all(On::from(&mut *tx)).await?;
    rows.iter()
        .map(|row| {
            let (title, model): (Option<String>, Option<String>) = (row.get("title")?, row.get("model")?);
            let stock: Option<i64> = row.get("stock")?;
            Ok(FeedFacts {
                goods: FeedGoods::Product(row.get("id")?),
                sku: row.get("sku")?,
                title: title.or(model).unwrap_or_default(),
                brand: row.get("brand")?,
                on_sale: true,
                gone_at: None,
                everywhere: row.get("price")?,
                cities: std::collections::BTreeMap::new(),
                places: vec![StoredAvailability {
                    point_id: point.to_owned(),
                    available: stock.is_some_and(|stock| stock > 0),
                    stock,
                    preorder_days: None,
                    stock_enabled: None,
                }],
                preorder: None,
                cost: row.get("cost")?,
                floor: None,
            })
        })
        .collect()
}
