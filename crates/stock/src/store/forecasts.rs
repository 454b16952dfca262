//! Statements about forecasts of demand. Lists of whole numbers are texts with blanks.

use crate::foresee::{FirstPlace, Foreseen, PriceEffect, PriceSaid, Tested};
use sauda_accounts::Scope;
use sauda_kernel::{ProductId, Timestamp};
use sauda_store::{On, Row, SqlBuilder, StoreError, Tx, sql, sql_part};
use std::collections::BTreeMap;

/// Keeps a forecast in place of the last.
pub(crate) async fn put(tx: &mut Tx, scope: &Scope, told: &Foreseen) -> Result<u64, StoreError> {
    sql!(
        "INSERT INTO stock_forecast_bounds (product_id, merchant_id, low, middle, high) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT (product_id) DO UPDATE SET merchant_id = excluded.merchant_id, low = excluded.low, middle = excluded.middle, \
         high = excluded.high"
    )
    .bind(&told.product)
    .bind(scope.merchant())
    .bind(numbers(&told.low))
    .bind(numbers(&told.middle))
    .bind(numbers(&told.high))
    .run(&mut *tx)
    .await?;
    let tested = told.tested.as_ref();
    let (effect, why) = match &told.price {
        PriceSaid::Nothing => (None, None),
        PriceSaid::NotEnough(why) => (None, Some(why.as_str())),
        PriceSaid::Known(effect) => (Some(effect), None),
    };
    sql!(
        "INSERT INTO stock_forecasts (product_id, merchant_id, made_at, first_day, mean, models, unsteady, special, \
         counted, sold_out, neighbours, tested_days, tested_inside, tested_sold, tested_told, tested_plain, elasticity, \
         elasticity_doubt, price, price_low, price_high, price_why, promotion, first_place, first_share) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25) \
         ON CONFLICT (product_id) DO UPDATE SET merchant_id = excluded.merchant_id, made_at = excluded.made_at, \
         first_day = excluded.first_day, mean = excluded.mean, models = excluded.models, unsteady = excluded.unsteady, special = excluded.special, counted = excluded.counted, \
         sold_out = excluded.sold_out, neighbours = excluded.neighbours, tested_days = excluded.tested_days, \
         tested_inside = excluded.tested_inside, tested_sold = excluded.tested_sold, tested_told = excluded.tested_told, \
         tested_plain = excluded.tested_plain, elasticity = excluded.elasticity, elasticity_doubt = excluded.elasticity_doubt, \
         price = excluded.price, price_low = excluded.price_low, price_high = excluded.price_high, price_why = excluded.price_why, \
         promotion = excluded.promotion, first_place = excluded.first_place, first_share = excluded.first_share"
    )
    .bind(&told.product)
    .bind(scope.merchant())
    .bind(told.made_at)
    .bind(told.first_day)
    .bind(numbers(&told.mean_milli))
    .bind(named(&told.models))
    .bind(told.unsteady_milli)
    .bind(named(&told.special))
    .bind(told.counted)
    .bind(told.sold_out)
    .bind(told.neighbours)
    .bind(tested.map(|tested| tested.days))
    .bind(tested.map(|tested| tested.inside))
    .bind(tested.map(|tested| tested.sold))
    .bind(tested.map(|tested| tested.told_milli))
    .bind(tested.map(|tested| tested.plain_milli))
    .bind(effect.map(|effect| effect.elasticity_milli))
    .bind(effect.map(|effect| effect.doubt_milli))
    .bind(effect.map(|effect| effect.price))
    .bind(effect.map(|effect| effect.lowest))
    .bind(effect.map(|effect| effect.highest))
    .bind(why)
    .bind(told.promotion_milli)
    .bind(told.first_place.map(|found| found.factor_milli))
    .bind(told.first_place.map(|found| found.share_milli))
    .run(tx)
    .await
}

/// The forecast of a product, whole.
pub(crate) async fn find(
    on: impl Into<On<'_>>,
    scope: &Scope,
    product: &ProductId,
) -> Result<Option<Foreseen>, StoreError> {
    let row = sql!(
        "SELECT f.product_id, f.made_at, f.first_day, f.mean, b.low, b.middle, b.high, f.models, f.unsteady, f.special, f.counted, \
         f.sold_out, f.neighbours, f.tested_days, f.tested_inside, f.tested_sold, f.tested_told, f.tested_plain, f.elasticity, \
         f.elasticity_doubt, f.price, f.price_low, f.price_high, f.price_why, f.promotion, f.first_place, f.first_share \
         FROM stock_forecasts f \
         JOIN stock_forecast_bounds b ON b.product_id = f.product_id WHERE f.merchant_id = $1 AND f.product_id = $2"
    )
    .bind(scope.merchant())
    .bind(product)
    .optional(on)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let brief = brief(&row)?;
    let tested: Option<i64> = row.get("tested_days")?;
    let some = |name: &str| -> Result<i64, StoreError> {
        let value: Option<i64> = row.get(name)?;
        Ok(value.unwrap_or(0))
    };
    Ok(Some(Foreseen {
        low: list(&row, "low")?,
        middle: list(&row, "middle")?,
        high: list(&row, "high")?,
        models: pairs(&row, "models")?,
        special: pairs(&row, "special")?,
        sold_out: row.get("sold_out")?,
        tested: match tested {
            None => None,
            Some(days) => Some(Tested {
                days,
                inside: some("tested_inside")?,
                sold: some("tested_sold")?,
                told_milli: some("tested_told")?,
                plain_milli: some("tested_plain")?,
            }),
        },
        price: price(&row)?,
        promotion_milli: row.get("promotion")?,
        first_place: match row.get("first_place")? {
            None => None,
            Some(factor_milli) => Some(FirstPlace {
                factor_milli,
                share_milli: some("first_share")?,
            }),
        },
        ..brief
    }))
}

fn price(row: &Row) -> Result<PriceSaid, StoreError> {
    let elasticity: Option<i64> = row.get("elasticity")?;
    if let Some(elasticity_milli) = elasticity {
        return Ok(PriceSaid::Known(PriceEffect {
            elasticity_milli,
            doubt_milli: row.get("elasticity_doubt")?,
            price: row.get("price")?,
            lowest: row.get("price_low")?,
            highest: row.get("price_high")?,
        }));
    }
    let why: Option<String> = row.get("price_why")?;
    Ok(why.map_or(PriceSaid::Nothing, PriceSaid::NotEnough))
}

/// What the list needs: means, without bounds.
fn brief(row: &Row) -> Result<Foreseen, StoreError> {
    Ok(Foreseen {
        product: row.get("product_id")?,
        made_at: row.get("made_at")?,
        first_day: row.get("first_day")?,
        mean_milli: list(row, "mean")?,
        low: Vec::new(),
        middle: Vec::new(),
        high: Vec::new(),
        models: Vec::new(),
        unsteady_milli: row.get("unsteady")?,
        special: Vec::new(),
        counted: row.get("counted")?,
        sold_out: 0,
        neighbours: row.get("neighbours")?,
        tested: None,
        price: PriceSaid::Nothing,
        promotion_milli: None,
        first_place: None,
    })
}

const BRIEF: [&str; 7] = [
    "product_id",
    "made_at",
    "first_day",
    "mean",
    "unsteady",
    "counted",
    "neighbours",
];

/// Means of products whose forecast begins on this day or later: of all, or of one.
pub(crate) async fn means(
    on: impl Into<On<'_>>,
    scope: &Scope,
    since_day: i64,
    one: Option<&ProductId>,
) -> Result<BTreeMap<ProductId, Foreseen>, StoreError> {
    let mut builder = SqlBuilder::new(sql_part!(
        "SELECT product_id, made_at, first_day, mean, unsteady, counted, neighbours FROM stock_forecasts WHERE "
    ));
    builder.push(sql_part!("merchant_id = ?"), [scope.merchant().into()]);
    builder.push(sql_part!(" AND first_day >= ?"), [since_day.into()]);
    if let Some(product) = one {
        builder.push(sql_part!(" AND product_id = ?"), [product.into()]);
    }
    builder.push(sql_part!(" ORDER BY product_id"), []);
    let rows = builder.finish().many(on, &BRIEF).await?;
    rows.iter()
        .map(|row| brief(row).map(|one| (one.product.clone(), one)))
        .collect()
}

/// Means and what prices do, of products where something can be said.
pub(crate) async fn effects(
    on: impl Into<On<'_>>,
    scope: &Scope,
    products: (&ProductId, &ProductId),
) -> Result<BTreeMap<ProductId, Foreseen>, StoreError> {
    let rows = sql!(
        "SELECT product_id, made_at, first_day, mean, unsteady, counted, neighbours, elasticity, elasticity_doubt, price, price_low, \
         price_high, price_why FROM stock_forecasts \
         WHERE merchant_id = $1 AND product_id >= $2 AND product_id <= $3 AND elasticity IS NOT NULL ORDER BY product_id"
    )
    .bind(scope.merchant())
    .bind(products.0)
    .bind(products.1)
    .all(on)
    .await?;
    rows.iter()
        .map(|row| {
            let told = Foreseen {
                price: price(row)?,
                ..brief(row)?
            };
            Ok((told.product.clone(), told))
        })
        .collect()
}

/// Forgets what was not counted again since.
pub(crate) async fn forget(tx: &mut Tx, scope: &Scope, before: Timestamp) -> Result<u64, StoreError> {
    sql!(
        "DELETE FROM stock_forecast_bounds WHERE merchant_id = $1 AND product_id IN \
         (SELECT product_id FROM stock_forecasts WHERE merchant_id = $1 AND made_at < $2)"
    )
    .bind(scope.merchant())
    .bind(before)
    .run(&mut *tx)
    .await?;
    sql!("DELETE FROM stock_forecasts WHERE merchant_id = $1 AND made_at < $2")
        .bind(scope.merchant())
        .bind(before)
        .run(tx)
        .await
}

fn numbers(list: &[i64]) -> String {
    let words: Vec<String> = list.iter().map(i64::to_string).collect();
    words.join(" ")
}

fn named(list: &[(String, i64)]) -> String {
    let words: Vec<String> = list
        .iter()
        .map(|(name, value)| format!("{name}:{value}"))
        .collect();
    words.join(" ")
}

fn list(row: &Row, name: &str) -> Result<Vec<i64>, StoreError> {
    let text: String = row.get(name)?;
    Ok(text.split(' ').filter_map(|word| word.parse().ok()).collect())
}

fn pairs(row: &Row, name: &str) -> Result<Vec<(String, i64)>, StoreError> {
    let text: String = row.get(name)?;
    let pair = |word: &str| {
        let (name, value) = word.split_once(':')?;
        Some((name.to_owned(), value.parse().ok()?))
    };
    Ok(text.split(' ').filter_map(pair).collect())
}
