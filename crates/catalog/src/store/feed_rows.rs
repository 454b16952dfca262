//! Statements that read what the price list is written from, part by part in the order of articles.

use crate::{
    feed::facts::{FeedFacts, PreorderNow},
    model::StoredAvailability,
};
use sauda_kernel::{OfferId, ShopId, Tenge, Timestamp};
use sauda_store::{On, Row, SqlBuilder, StoreError, Tx, Value, sql_part};
use std::collections::HashMap;

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
        offer: row.get("id")?,
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
    })
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
    for word in part.words.split(' ').filter(|word| !word.is_empty()) {
        let escaped = word.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
        builder.push(
            sql_part!(" AND o.fold LIKE ? ESCAPE '\\'"),
            [Value::from(format!("%{escaped}%"))],
        );
    }
    builder.push(sql_part!(" ORDER BY o.sku LIMIT ?"), [part.limit.into()]);
    let rows = builder.finish().all(On::from(&mut *tx)).await?;
    let mut facts = rows
        .iter()
        .map(|row| read(row, now))
        .collect::<Result<Vec<_>, _>>()?;
    let at: HashMap<OfferId, usize> = facts
        .iter()
        .enumerate()
        .map(|(at, one)| (one.offer.clone(), at))
        .collect();
    if at.is_empty() {
        return Ok(facts);
    }
    let mut builder = SqlBuilder::new(sql_part!(
        "SELECT offer_id, city_id, price FROM offer_cities WHERE offer_id IN "
    ));
    builder.push_list(facts.iter().map(|one| Value::from(&one.offer)));
    for row in builder.finish().all(On::from(&mut *tx)).await? {
        let (offer, city, price): (OfferId, String, Tenge) =
            (row.get("offer_id")?, row.get("city_id")?, row.get("price")?);
        if let Some(one) = at.get(&offer).and_then(|at| facts.get_mut(*at)) {
            one.cities.insert(city, price);
        }
    }
    let mut builder = SqlBuilder::new(sql_part!(
        "SELECT offer_id, point_id, available, stock FROM offer_points WHERE offer_id IN "
    ));
    builder.push_list(facts.iter().map(|one| Value::from(&one.offer)));
    for row in builder.finish().all(On::from(&mut *tx)).await? {
        let offer: OfferId = row.get("offer_id")?;
        if let Some(one) = at.get(&offer).and_then(|at| facts.get_mut(*at)) {
            let (point, available, stock) = (row.get("point_id")?, row.get("available")?, row.get("stock")?);
            // Who says that it is sold at a point puts it on sale.
            one.on_sale |= available == Some(true);
            super::points::say(&mut one.places, point, available, stock);
        }
    }
    Ok(facts)
}
