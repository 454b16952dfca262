//! Statements about what was taken from the shelf for orders.

use crate::{model::PickState, store::unknown};
use sauda_kernel::{OrderId, Timestamp};
use sauda_store::{On, SqlBuilder, StoreError, Value, sql, sql_part};

/// A line of an order that somebody looked for on the shelf.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pick {
    pub order: OrderId,
    /// The marketplace's own id of the line.
    pub entry: String,
    pub state: PickState,
    /// Who said so.
    pub by: String,
    pub at: Timestamp,
}

/// Notes how a line stands; 0 when it stood so already.
pub(crate) async fn put(on: impl Into<On<'_>>, pick: &Pick) -> Result<u64, StoreError> {
    sql!(
        "INSERT INTO order_picks (order_id, entry, state, by_name, at) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT (order_id, entry) DO UPDATE SET state = excluded.state, by_name = excluded.by_name, at = excluded.at \
         WHERE order_picks.state <> excluded.state"
    )
    .bind(&pick.order)
    .bind(&pick.entry)
    .bind(pick.state.word())
    .bind(&pick.by)
    .bind(pick.at)
    .run(on)
    .await
}

/// Nobody looked for a line yet; 0 when that was so already.
pub(crate) async fn clear(on: impl Into<On<'_>>, order: &OrderId, entry: &str) -> Result<u64, StoreError> {
    sql!("DELETE FROM order_picks WHERE order_id = $1 AND entry = $2")
        .bind(order)
        .bind(entry)
        .run(on)
        .await
}

/// Numbers of the orders of a shop that are to be packed and handed over: packed ones first, then what is due first.
pub(crate) async fn to_pack(
    on: impl Into<On<'_>>,
    shop: &sauda_kernel::ShopId,
) -> Result<Vec<String>, StoreError> {
    let rows = sql!(
        "SELECT code FROM orders WHERE shop_id = $1 AND stage IN ('hand_over', 'pack') ORDER BY stage, due_at NULLS LAST, created_at, id"
    )
    .bind(shop)
    .all(on)
    .await?;
    rows.iter().map(|row| row.get("code")).collect()
}

pub(crate) async fn of(on: impl Into<On<'_>>, orders: &[OrderId]) -> Result<Vec<Pick>, StoreError> {
    let mut builder = SqlBuilder::new(sql_part!(
        "SELECT order_id, entry, state, by_name, at FROM order_picks WHERE order_id IN "
    ));
    builder.push_list(orders.iter().map(Value::from));
    builder.push(sql_part!(" ORDER BY order_id, entry"), []);
    let rows = builder.finish().all(on).await?;
    rows.iter()
        .map(|row| {
            let state: String = row.get("state")?;
            Ok(Pick {
                order: row.get("order_id")?,
                entry: row.get("entry")?,
                state: PickState::parse(&state).ok_or_else(|| unknown("state", state))?,
                by: row.get("by_name")?,
                at: row.get("at")?,
            })
        })
        .collect()
}
