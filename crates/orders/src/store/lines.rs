//! Statements about lines of orders.

use crate::model::Line;
use sauda_kernel::{OrderId, Timestamp};
use sauda_store::{On, Row, SqlBuilder, StoreError, Value, insert_rows, sql, sql_part};
use std::collections::HashMap;

/// Rows of one statement.
const TOGETHER: usize = 500;

fn read(row: &Row) -> Result<Line, StoreError> {
    Ok(Line {
        number: row.get("line")?,
        market_id: row.get("market_id")?,
        sku: row.get("sku")?,
        card: row.get("card")?,
        name: row.get("name")?,
        quantity: row.get("quantity")?,
        price: row.get("price")?,
        total: row.get("total")?,
        offer: row.get("offer_id")?,
        grams: row.get("grams")?,
        imei: row.get("imei")?,
    })
}

/// Lines of orders, by order, in their order.
pub(crate) async fn of(
    on: impl Into<On<'_>>,
    orders: &[OrderId],
) -> Result<HashMap<OrderId, Vec<Line>>, StoreError> {
    let mut builder = SqlBuilder::new(sql_part!(
        "SELECT order_id, line, market_id, sku, card, name, quantity, price, total, offer_id, grams, imei FROM order_lines WHERE order_id IN "
    ));
    builder.push_list(orders.iter().map(Value::from));
    builder.push(sql_part!(" ORDER BY order_id, line"), []);
    let mut found: HashMap<OrderId, Vec<Line>> = HashMap::new();
    for row in &builder.finish().all(on).await? {
        found.entry(row.get("order_id")?).or_default().push(read(row)?);
    }
    Ok(found)
}

/// Puts these lines in the place of those that were here; an order without lines loses those it had.
pub(crate) async fn replace(
    tx: &mut sauda_store::Tx,
    orders: &[(&OrderId, &[Line])],
) -> Result<(), StoreError> {
    for some in orders.chunks(TOGETHER) {
        let mut builder = SqlBuilder::new(sql_part!("DELETE FROM order_lines WHERE order_id IN "));
        builder.push_list(some.iter().map(|(order, _)| Value::from(*order)));
        builder.finish().run(&mut *tx).await?;
        let rows: Vec<Vec<Value>> = some
            .iter()
            .flat_map(|(order, lines)| lines.iter().map(|line| row(order, line)))
            .collect();
        for rows in rows.chunks(TOGETHER) {
            insert_rows(
                sql_part!(
                    "INSERT INTO order_lines (order_id, line, market_id, sku, card, name, quantity, price, total, offer_id, grams, imei) VALUES "
                ),
                rows.to_vec(),
                sql_part!(""),
            )
            .run(&mut *tx)
            .await?;
        }
    }
    Ok(())
}

fn row(order: &OrderId, line: &Line) -> Vec<Value> {
    vec![
        order.into(),
        line.number.into(),
        Value::from(&line.market_id),
        Value::from(&line.sku),
        line.card.clone().into(),
        Value::from(&line.name),
        line.quantity.into(),
        line.price.into(),
        line.total.into(),
        line.offer.as_ref().into(),
        line.grams.into(),
        line.imei.into(),
    ]
}

/// Orders made since a moment whose lines are not here: the marketplace did not say them yet.
pub(crate) async fn missing(
    on: impl Into<On<'_>>,
    shop: &sauda_kernel::ShopId,
    since: Timestamp,
    limit: i64,
) -> Result<Vec<(OrderId, String, Timestamp)>, StoreError> {
    let rows = sql!(
        "SELECT o.id, o.market_id, o.created_at FROM orders o WHERE o.shop_id = $1 AND o.created_at >= $3 \
         AND NOT EXISTS (SELECT 1 FROM order_lines l WHERE l.order_id = o.id) ORDER BY o.created_at DESC, o.id LIMIT $2"
    )
    .bind(shop)
    .bind(limit)
    .bind(since)
    .all(on)
    .await?;
    rows.iter()
        .map(|row| Ok((row.get("id")?, row.get("market_id")?, row.get("created_at")?)))
        .collect()
}
