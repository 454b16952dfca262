//! Statements that join offers and products.

use crate::model::{ProductOffer, UnknownOffer};
use sauda_accounts::Scope;
use sauda_kernel::{OfferId, ProductId, ShopId};
use sauda_store::{On, Row, SqlBuilder, StoreError, Value, sql, sql_part};

/// Joins offers that nobody joined by hand with the product of the same article; of one shop, or of all.
pub(crate) async fn link_by_sku(
    on: impl Into<On<'_>>,
    scope: &Scope,
    shop: Option<&ShopId>,
) -> Result<u64, StoreError> {
    sql!(
        "UPDATE offers SET product_id = (SELECT p.id FROM products p WHERE p.merchant_id = offers.merchant_id AND p.sku = offers.sku), \
         product_link = 'sku' WHERE merchant_id = $1 AND (CAST($2 AS TEXT) IS NULL OR shop_id = $2) AND product_link IS NULL \
         AND EXISTS (SELECT 1 FROM products p WHERE p.merchant_id = offers.merchant_id AND p.sku = offers.sku)"
    )
    .bind(scope.merchant())
    .bind(shop.map(ShopId::as_str))
    .run(on)
    .await
}

/// Joins an offer with a product, or with none, as a person wants it.
pub(crate) async fn link_by_hand(
    on: impl Into<On<'_>>,
    scope: &Scope,
    offer: &OfferId,
    product: Option<&ProductId>,
) -> Result<u64, StoreError> {
    sql!("UPDATE offers SET product_id = $3, product_link = 'hand' WHERE merchant_id = $1 AND id = $2")
        .bind(scope.merchant())
        .bind(offer)
        .bind(product.map(ProductId::as_str))
        .run(on)
        .await
}

fn read(row: &Row) -> Result<ProductOffer, StoreError> {
    let link: Option<String> = row.get("product_link")?;
    Ok(ProductOffer {
        id: row.get("id")?,
        shop: row.get("shop_id")?,
        sku: row.get("sku")?,
        title: row.get("title")?,
        card: row.get("card")?,
        card_url: row.get("card_url")?,
        image_url: row.get("image_url")?,
        on_sale: row.get("on_sale")?,
        price: row.get("price")?,
        stock: row.get("stock")?,
        by_hand: link.as_deref() == Some("hand"),
    })
}

/// Offers in the cabinet that sell these products, with the product of each.
pub(crate) async fn of_products(
    on: impl Into<On<'_>>,
    scope: &Scope,
    ids: &[ProductId],
) -> Result<Vec<(ProductId, ProductOffer)>, StoreError> {
    let mut builder = SqlBuilder::new(sql_part!(
        "SELECT product_id, id, shop_id, sku, title, card, card_url, image_url, on_sale, price, stock, product_link FROM offers WHERE "
    ));
    builder.push(
        sql_part!("merchant_id = ? AND gone_at IS NULL AND product_id IN "),
        [scope.merchant().into()],
    );
    builder.push_list(ids.iter().map(Value::from));
    builder.push(sql_part!(" ORDER BY shop_id, id"), []);
    let rows = builder.finish().all(on).await?;
    rows.iter()
        .map(|row| Ok((row.get("product_id")?, read(row)?)))
        .collect()
}

/// Which of these offers sell which product.
pub(crate) async fn by_offers(
    on: impl Into<On<'_>>,
    scope: &Scope,
    offers: &[OfferId],
) -> Result<Vec<(OfferId, ProductId)>, StoreError> {
    let mut builder = SqlBuilder::new(sql_part!("SELECT id, product_id FROM offers WHERE "));
    builder.push(
        // No index is on an expression: by their ids, not through everything that the merchant sells.
        sql_part!("merchant_id || '' = ? AND product_id IS NOT NULL AND id IN "),
        [scope.merchant().into()],
    );
    builder.push_list(offers.iter().map(Value::from));
    let rows = builder.finish().many(on, &["id", "product_id"]).await?;
    rows.iter()
        .map(|row| Ok((row.get("id")?, row.get("product_id")?)))
        .collect()
}

/// Offers that sell no product, to join one by hand: those whose words fit, at most `limit`.
pub(crate) async fn without_product(
    on: impl Into<On<'_>>,
    scope: &Scope,
    words: &str,
    limit: i64,
) -> Result<Vec<ProductOffer>, StoreError> {
    let mut builder = SqlBuilder::new(sql_part!(
        "SELECT id, shop_id, sku, title, card, card_url, image_url, on_sale, price, stock, product_link FROM offers WHERE "
    ));
    builder.push(
        sql_part!("merchant_id = ? AND gone_at IS NULL AND product_id IS NULL"),
        [scope.merchant().into()],
    );
    for word in crate::fold(&[words]).split(' ').filter(|word| !word.is_empty()) {
        let escaped = word.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
        builder.push(
            sql_part!(" AND fold LIKE ? ESCAPE '\\'"),
            [Value::from(format!("%{escaped}%"))],
        );
    }
    builder.push(sql_part!(" ORDER BY title, id LIMIT ?"), [limit.into()]);
    builder.finish().all(on).await?.iter().map(read).collect()
}

/// Offers in the cabinet that nobody made a product of: the same article of two shops stands twice, side by side.
pub(crate) async fn unknown(
    on: impl Into<On<'_>>,
    scope: &Scope,
    limit: i64,
) -> Result<Vec<UnknownOffer>, StoreError> {
    let rows = sql!(
        "SELECT sku, title, card, brand, image_url, price, stock FROM offers WHERE merchant_id = $1 AND gone_at IS NULL \
         AND product_id IS NULL AND product_link IS NULL ORDER BY sku, id LIMIT $2"
    )
    .bind(scope.merchant())
    .bind(limit)
    .all(on)
    .await?;
    let read = |row: &Row| {
        Ok(UnknownOffer {
            sku: row.get("sku")?,
            title: row.get("title")?,
            card: row.get("card")?,
            brand: row.get("brand")?,
            image_url: row.get("image_url")?,
            price: row.get("price")?,
            stock: row.get("stock")?,
        })
    };
    rows.iter().map(read).collect()
}

/// How many articles of the cabinet nobody made a product of.
pub(crate) async fn count_unknown(on: impl Into<On<'_>>, scope: &Scope) -> Result<i64, StoreError> {
    sql!(
        "SELECT COUNT(DISTINCT sku) AS n FROM offers WHERE merchant_id = $1 AND gone_at IS NULL AND product_id IS NULL \
         AND product_link IS NULL"
    )
    .bind(scope.merchant())
    .one(on)
    .await?
    .get("n")
}
