//! Statements about what a piece of a product cost.

use crate::model::Landed;
use sauda_accounts::Scope;
use sauda_kernel::{ProductId, Timestamp};
use sauda_store::{On, SqlBuilder, StoreError, Tx, Value, insert_rows, sql_part};
use std::collections::BTreeMap;

pub(crate) async fn of(
    on: impl Into<On<'_>> + Copy,
    scope: &Scope,
    products: &[ProductId],
) -> Result<BTreeMap<ProductId, Landed>, StoreError> {
    let mut found = BTreeMap::new();
    for part in products.chunks(500) {
        let mut builder = SqlBuilder::new(sql_part!(
            "SELECT product_id, cost, vat FROM stock_piece_costs WHERE "
        ));
        builder.push(
            sql_part!("merchant_id = ? AND product_id IN "),
            [scope.merchant().into()],
        );
        builder.push_list(part.iter().map(Value::from));
        for row in &builder.finish().all(on).await? {
            let landed = Landed {
                cost: row.get("cost")?,
                vat: row.get("vat")?,
            };
            found.insert(row.get("product_id")?, landed);
        }
    }
    Ok(found)
}

pub(crate) async fn put(
    tx: &mut Tx,
    scope: &Scope,
    costs: &[(ProductId, Landed)],
    now: Timestamp,
) -> Result<(), StoreError> {
    for part in costs.chunks(500) {
        let rows = part.iter().map(|(product, landed)| {
            vec![
                product.into(),
                scope.merchant().into(),
                landed.cost.into(),
                landed.vat.into(),
                now.into(),
            ]
        });
        insert_rows(
            sql_part!("INSERT INTO stock_piece_costs (product_id, merchant_id, cost, vat, at) VALUES "),
            rows.collect(),
            sql_part!("ON CONFLICT (product_id) DO UPDATE SET cost = excluded.cost, vat = excluded.vat, at = excluded.at"),
        )
        .run(&mut *tx)
        .await?;
    }
    Ok(())
}
