//! Fills a fresh shop with a year of sales: products with costs, deliveries, orders that buyers received. Refuses databases with
//! people's data by filling only what [`super::fill`] made.

use super::{self as store, Card};
use crate::rooms::Rooms;
use anyhow::Context as _;
use sauda_accounts::Scope;
use sauda_catalog::import::products::ProductFacts;
use sauda_kernel::{Id, Money, MovementId, OrderId, ProductId, ShopId, Span, Tenge, Timestamp};
use sauda_orders::model::Document;
use sauda_stock::Delivered;
use sauda_store::{Db, Value, insert_rows, sql, sql_part};

/// Days of the past that are filled.
const DAYS: i64 = 365;
/// Orders of one transaction.
const PART: usize = 1_000;
/// Rows of one statement.
const ROWS: usize = 16;
/// Every so many orders one comes back, and every so many have a second line.
const RETURNED_EVERY: usize = 29;
const SECOND_EVERY: usize = 5;
/// Almaty is ahead of UTC.
const ALMATY: Span = Span::from_hours(5);
/// Deliveries of a product in the year.
const DELIVERIES: i64 = 4;

/// A product with what is needed of its offer.
struct Goods {
    product: ProductId,
    offer: String,
    sku: String,
    title: String,
    level: i64,
}

/// Products, deliveries and so many orders, evenly over the year; the id of the product that sells best.
pub async fn fill(
    rooms: &Rooms,
    scope: &Scope,
    shop: &ShopId,
    cards: &[Card],
    orders: usize,
) -> anyhow::Result<ProductId> {
    let now = rooms.clock.now();
    let begin = now.minus(Span::from_days(DAYS));
    let mut goods = Vec::with_capacity(cards.len());
    for (number, card) in cards.iter().enumerate() {
        let sku = store::sku(card, number);
        let facts = ProductFacts {
            sku: sku.clone(),
            title: Some(card.title.clone()),
            price: Some(Tenge(card.level)),
            cost: Some(Money::from_tiyn(card.level * 60)),
            weight_grams: Some(300 + card.level % 2_000),
            ..ProductFacts::default()
        };
        goods.push(Goods {
            product: rooms.products.create(scope, facts).await?.id,
            offer: String::new(),
            sku,
            title: card.title.clone(),
            level: card.level,
        });
    }
    offers(&rooms.db, shop, &mut goods).await?;
    let mut came = Vec::new();
    for time in 0..DELIVERIES {
        came.extend(goods.iter().map(|one| Delivered {
            product: one.product.clone(),
            quantity: 400,
            unit_cost: Some(Money::from_tiyn(one.level * (58 + time))),
            at: begin.plus(Span::from_days(DAYS / DELIVERIES * time)),
        }));
    }
    rooms.stock.take_over(scope, begin, &came).await?;
    let warehouse = rooms
        .stock
        .warehouses(scope)
        .await?
        .pop()
        .context("a warehouse")?
        .id;
    let step = DAYS * 86_400_000 / i64::try_from(orders.max(1))?;
    for part in 0..orders.div_ceil(PART) {
        let mut rows = Rows::default();
        for number in part * PART..((part + 1) * PART).min(orders) {
            let at = begin.plus(Span::from_millis(step * i64::try_from(number)?));
            let first = goods.get(popular(number, goods.len())).context("a product")?;
            let second = goods
                .get(popular(number * 7 + 3, goods.len()))
                .filter(|second| number.is_multiple_of(SECOND_EVERY) && second.product != first.product);
            let lines: Vec<&Goods> = std::iter::once(first).chain(second).collect();
            let sold = Sold {
                order: Id::new(&*rooms.clock, &*rooms.ids),
                moves: lines
                    .iter()
                    .map(|_| Id::new(&*rooms.clock, &*rooms.ids))
                    .collect(),
                number,
                at,
                lines,
            };
            rows.add(scope, shop, warehouse.as_str(), &sold);
        }
        rows.write(&rooms.db).await?;
    }
    sql!(
        "UPDATE stock_balances SET on_hand = (SELECT SUM(m.quantity) FROM stock_movements m WHERE m.merchant_id = stock_balances.merchant_id \
         AND m.product_id = stock_balances.product_id)"
    )
    .run(&rooms.db)
    .await?;
    Ok(goods.first().context("a product")?.product.clone())
}

/// Few products sell much, most sell little: the cube of an even draw.
fn popular(number: usize, products: usize) -> usize {
    let draw = number.wrapping_mul(2_654_435_761) % 1_000;
    draw * draw * draw * products / 1_000_000_000
}

async fn offers(db: &Db, shop: &ShopId, goods: &mut [Goods]) -> anyhow::Result<()> {
    let rows = sql!("SELECT id, sku FROM offers WHERE shop_id = $1 ORDER BY sku")
        .bind(shop)
        .all(db)
        .await?;
    let mut known = std::collections::HashMap::new();
    for row in &rows {
        known.insert(row.get::<String>("sku")?, row.get::<String>("id")?);
    }
    for one in goods {
        one.offer = known.remove(&one.sku).context("the offer of a product")?;
    }
    Ok(())
}

/// One order in the making.
struct Sold<'a> {
    order: OrderId,
    moves: Vec<MovementId>,
    number: usize,
    at: Timestamp,
    lines: Vec<&'a Goods>,
}

#[derive(Default)]
struct Rows {
    orders: Vec<Vec<Value>>,
    lines: Vec<Vec<Value>>,
    stock: Vec<Vec<Value>>,
    moves: Vec<Vec<Value>>,
}

impl Rows {
    fn add(&mut self, scope: &Scope, shop: &ShopId, warehouse: &str, sold: &Sold<'_>) {
        let total: i64 = sold.lines.iter().map(|one| one.level * 100).sum();
        let received = sold.at.plus(Span::from_days(2));
        let is_returned = sold.number.is_multiple_of(RETURNED_EVERY);
        let document = Document {
            planned_delivery_at: Some(received),
            delivery_cost_for_seller: Some(Money::from_tiyn(99_900)),
            is_kaspi_delivery: true,
            assembled: true,
            ..Document::default()
        };
        let code = (700_000_000 + sold.number).to_string();
        self.orders.push(vec![
            (&sold.order).into(),
            scope.merchant().into(),
            shop.into(),
            Value::from(&code),
            Value::from(&code),
            "ARCHIVE".into(),
            if is_returned { "RETURNED" } else { "COMPLETED" }.into(),
            if is_returned { "returned" } else { "done" }.into(),
            received.into(),
            total.into(),
            sold.at.into(),
            "".into(),
            "".into(),
            "".into(),
            serde_json::to_string(&document).unwrap_or_default().into(),
            Value::from(&code),
            received.into(),
            received.into(),
            document.delivery_cost_for_seller.into(),
        ]);
        for ((line, goods), id) in (0_i64..).zip(&sold.lines).zip(&sold.moves) {
            let price = Money::from_tiyn(goods.level * 100);
            self.lines.push(vec![
                (&sold.order).into(),
                line.into(),
                Value::from(&code),
                Value::from(&goods.sku),
                Value::from(&goods.title),
                1_i64.into(),
                price.into(),
                price.into(),
                Value::from(&goods.offer),
                0_i64.into(),
            ]);
            self.stock.push(vec![
                (&sold.order).into(),
                line.into(),
                scope.merchant().into(),
                (&goods.product).into(),
                warehouse.into(),
                1_i64.into(),
                (sold.at.plus(ALMATY).as_secs() / 86_400).into(),
                Value::from(&code),
                if is_returned { "returned" } else { "shipped" }.into(),
                price.into(),
            ]);
            self.moves.push(vec![
                id.into(),
                scope.merchant().into(),
                (&goods.product).into(),
                warehouse.into(),
                "sale".into(),
                (-1_i64).into(),
                0_i64.into(),
                sold.at.into(),
                "".into(),
                "".into(),
                Value::from(&code),
                format!("sale:{}:{line}", sold.order).into(),
            ]);
        }
    }

    async fn write(self, db: &Db) -> anyhow::Result<()> {
        let mut tx = db.write().await?;
        let tables = [
            (
                self.orders,
                sql_part!(
                    "INSERT INTO orders (id, merchant_id, shop_id, code, market_id, tab, status, stage, stage_since, total, created_at, town, buyer, phone, document, fold, read_at, ended_at, delivery_paid) VALUES "
                ),
            ),
            (
                self.lines,
                sql_part!(
                    "INSERT INTO order_lines (order_id, line, market_id, sku, name, quantity, price, total, offer_id, imei) VALUES "
                ),
            ),
            (
                self.stock,
                sql_part!(
                    "INSERT INTO stock_order_lines (order_id, line, merchant_id, product_id, warehouse_id, quantity, day, code, state, unit_price) VALUES "
                ),
            ),
            (
                self.moves,
                sql_part!(
                    "INSERT INTO stock_movements (id, merchant_id, product_id, warehouse_id, kind, quantity, balance, at, made_by, reason, document, once_key) VALUES "
                ),
            ),
        ];
        for (rows, head) in tables {
            for part in rows.chunks(ROWS) {
                insert_rows(head, part.to_vec(), sql_part!(""))
                    .lasting()
                    .run(&mut tx)
                    .await?;
            }
        }
        tx.commit().await?;
        Ok(())
    }
}
