//! Fills a fresh database with a merchant whose shop has many offers, and asks it what a benchmark must know. Refuses databases with people's data.

pub mod year;

use anyhow::bail;
use sauda_catalog::fold;
use sauda_economics::ShopEconomics;
use sauda_kernel::{Clock, Id, Ids, Money, OfferId, OrderId, ShopId, Span, Tenge, Timestamp, WatchId};
use sauda_store::{Db, SqlBuilder, Value, insert_rows, sql, sql_part};

/// The city of every offer here.
pub const CITY: &str = "750000000";

/// The point where every offer here lies.
const POINT: &str = "1_PP1";

/// One card to be sold.
pub struct Card {
    pub card: String,
    pub title: String,
    /// The level around which everybody prices.
    pub level: i64,
}

/// What is put into the database.
pub struct Stock<'a> {
    pub merchant: &'a sauda_kernel::MerchantId,
    /// The marketplace's own id of the shop.
    pub uid: &'a str,
    pub cards: &'a [Card],
    /// Whether places look as after weeks of work, or were never checked.
    pub lived: bool,
}

/// Rows of one statement: few, because the time to bind a statement grows with the square of its values.
const ROWS: usize = 16;
/// Rows of one transaction.
const PART: usize = 2_000;

/// Puts one shop with an offer on each card into the database; the bot decides and publishes nothing.
pub async fn fill(db: &Db, clock: &dyn Clock, ids: &dyn Ids, stock: &Stock<'_>) -> anyhow::Result<ShopId> {
    if sql!("SELECT COUNT(*) AS n FROM shops WHERE slug <> 'bench'")
        .one(db)
        .await?
        .get::<i64>("n")?
        > 0
    {
        bail!("the database holds real shops: measure on a fresh one");
    }
    let now = clock.now();
    let shop: ShopId = Id::new(clock, ids);
    head(db, &shop, stock, now).await?;
    for (part, cards) in stock.cards.chunks(PART).enumerate() {
        let mut rows = Rows::default();
        for (at, card) in cards.iter().enumerate() {
            rows.add(&Made {
                offer: Id::new(clock, ids),
                watch: Id::new(clock, ids),
                number: part * PART + at,
                card,
                shop: &shop,
                stock,
                now,
            });
        }
        rows.write(db).await?;
    }
    Ok(shop)
}

async fn head(db: &Db, shop: &ShopId, stock: &Stock<'_>, now: Timestamp) -> anyhow::Result<()> {
    let mut tx = db.write().await?;
    sql!(
        "INSERT INTO shops (id, merchant_id, marketplace, uid, slug, name, main_city, synced_at, egress, created_at) \
         VALUES ($1, $2, 'kaspi', $3, 'bench', 'Bench', $4, $5, 'direct', $5)"
    )
    .bind(shop)
    .bind(stock.merchant)
    .bind(stock.uid)
    .bind(CITY)
    .bind(now)
    .run(&mut tx)
    .await?;
    sql!(
        "INSERT INTO shop_cities (shop_id, city_id, name, watched, seen_at) VALUES ($1, $2, 'Алматы', $3, $4)"
    )
    .bind(shop)
    .bind(CITY)
    .bind(true)
    .bind(now)
    .run(&mut tx)
    .await?;
    sql!(
        "INSERT INTO points (shop_id, id, code, name, enabled, city_id, seen_at) VALUES ($1, $2, 'PP1', 'PP1', $3, $4, $5)"
    )
    .bind(shop)
    .bind(POINT)
    .bind(true)
    .bind(CITY)
    .bind(now)
    .run(&mut tx)
    .await?;
    sql!(
        "INSERT INTO shop_settings (shop_id, merchant_id, settings, economics, mode, version, updated_by, updated_at) \
         VALUES ($1, $2, '{}', $3, 'dry_run', 1, 'bench', $4)"
    )
    .bind(shop)
    .bind(stock.merchant)
    .bind(serde_json::to_string(&ShopEconomics::default())?)
    .bind(now)
    .run(&mut tx)
    .await?;
    tx.commit().await?;
    Ok(())
}

/// The article of the offer on a card, by the place of the card among all.
pub fn sku(card: &Card, number: usize) -> String {
    format!("{}_{number}", card.card)
}

/// One offer in the making.
struct Made<'a> {
    offer: OfferId,
    watch: WatchId,
    number: usize,
    card: &'a Card,
    shop: &'a ShopId,
    stock: &'a Stock<'a>,
    now: Timestamp,
}

#[derive(Default)]
struct Rows {
    offers: Vec<Vec<Value>>,
    cities: Vec<Vec<Value>>,
    rules: Vec<Vec<Value>>,
    watches: Vec<Vec<Value>>,
    places: Vec<Vec<Value>>,
}

const STATES: [&str; 10] = [
    "works",
    "works",
    "works",
    "works",
    "at_floor",
    "works",
    "paused",
    "holds_margin",
    "error",
    "no_limits",
];
const STRATEGIES: [&str; 4] = ["standard", "standard", "stay_top_n", "match"];

impl Rows {
    fn add(&mut self, made: &Made<'_>) {
        let Card { card, title, level } = made.card;
        let sku = sku(made.card, made.number);
        let category = format!(
            "Master - {}",
            CATEGORIES
                .get(made.number % CATEGORIES.len())
                .copied()
                .unwrap_or("Other")
        );
        let fold = fold(&[title, &sku, card]);
        let (offer, merchant, shop, now) = (&made.offer, made.stock.merchant, made.shop, made.now);
        let points =
            r#"[{"point_id":"1_PP1","available":true,"stock":7,"preorder_days":null,"stock_enabled":true}]"#;
        self.offers.push(vec![
            offer.into(),
            merchant.into(),
            shop.into(),
            Value::from(&sku),
            Value::from(card),
            Value::from(title),
            Value::from(&category),
            Value::from(&fold),
            true.into(),
            7_i64.into(),
            "".into(),
            points.into(),
            now.into(),
            now.into(),
        ]);
        self.cities
            .push(vec![offer.into(), CITY.into(), Tenge(*level).into(), now.into()]);
        let (min, max) = (Tenge(level * 7 / 10), Tenge(level * 13 / 10));
        self.rules.push(vec![
            offer.into(),
            merchant.into(),
            shop.into(),
            true.into(),
            min.into(),
            max.into(),
            Money::from_tiyn(level * 50).into(),
            Tenge(5).into(),
            "{}".into(),
            1_i64.into(),
            "bench".into(),
            now.into(),
        ]);
        // Far from due: each measurement says what is to be checked.
        let later = now.plus(Span::from_days(1));
        self.watches.push(vec![
            Value::from(&made.watch),
            "kaspi".into(),
            Value::from(card),
            CITY.into(),
            later.into(),
            0_i64.into(),
            "".into(),
            "{}".into(),
            0_i64.into(),
            0_i64.into(),
        ]);
        self.places.push(place(made, fold, category, min, max));
    }

    async fn write(self, db: &Db) -> anyhow::Result<()> {
        let mut tx = db.write().await?;
        let tables = [
            (
                self.offers,
                sql_part!(
                    "INSERT INTO offers (id, merchant_id, shop_id, sku, card, title, category, fold, on_sale, stock, errors, availabilities, created_at, seen_at) VALUES "
                ),
            ),
            (
                self.cities,
                sql_part!("INSERT INTO offer_cities (offer_id, city_id, price, seen_at) VALUES "),
            ),
            (
                self.rules,
                sql_part!(
                    "INSERT INTO offer_rules (offer_id, merchant_id, shop_id, managed, min_price, max_price, cost, step, settings, version, updated_by, updated_at) VALUES "
                ),
            ),
            (
                self.watches,
                sql_part!(
                    "INSERT INTO watches (id, marketplace, card, city_id, next_at, leased_until, leased_by, stats, value_per_day, failures) VALUES "
                ),
            ),
            (
                self.places,
                sql_part!(
                    "INSERT INTO places (offer_id, city_id, merchant_id, shop_id, watch_id, fold, price, delta, changed_at, place, sellers, rival_price, rival_name, profit, margin, floor_price, state, reason, checked_at, strategy, category, stock, min_price, max_price) VALUES "
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

/// A place, empty or as after weeks of work: values differ as they do in a real shop.
fn place(made: &Made<'_>, fold: String, category: String, min: Tenge, max: Tenge) -> Vec<Value> {
    let level = made.card.level;
    let spread = i64::try_from(made.number.wrapping_mul(2_654_435_761) % 1_000).unwrap_or(0);
    let lived = |value: i64| made.stock.lived.then_some(value);
    let ago = |seconds: i64| made.stock.lived.then(|| made.now.minus(Span::from_secs(seconds)));
    let price = level * (900 + spread / 5) / 1_000;
    let state = if made.stock.lived {
        STATES.get(made.number % STATES.len()).copied().unwrap_or("works")
    } else {
        "waiting"
    };
    vec![
        Value::from(&made.offer),
        CITY.into(),
        made.stock.merchant.into(),
        made.shop.into(),
        Value::from(&made.watch),
        fold.into(),
        Tenge(price).into(),
        lived(spread - 500).into(),
        ago(spread * 97).into(),
        lived(spread % 12 + 1).into(),
        lived(spread % 40 + 2).into(),
        lived(price - 5).into(),
        made.stock.lived.then_some("Соперник").into(),
        lived(price * (spread - 300) / 10).into(),
        lived(spread * 3 - 500).into(),
        min.into(),
        state.into(),
        if made.stock.lived { "undercut" } else { "" }.into(),
        ago(spread).into(),
        STRATEGIES
            .get(made.number % STRATEGIES.len())
            .copied()
            .unwrap_or("standard")
            .into(),
        category.into(),
        (spread % 30).into(),
        min.into(),
        max.into(),
    ]
}

const CATEGORIES: [&str; 12] = [
    "Coats", "Boots", "Phones", "Cases", "Chargers", "Toys", "Lamps", "Tools", "Paint", "Books", "Tea",
    "Bags",
];

/// Names for a shop that needs no market: brands, goods and sizes, no two alike.
pub fn invented(count: usize) -> Vec<Card> {
    const GOODS: [&str; 16] = [
        "Пуховик зимний",
        "Сапоги кожаные",
        "Смартфон",
        "Чехол силиконовый",
        "Зарядное устройство",
        "Конструктор",
        "Лампа настольная",
        "Дрель ударная",
        "Краска акриловая",
        "Книга детская",
        "Чай чёрный листовой",
        "Рюкзак школьный",
        "Кружка керамическая",
        "Плед шерстяной",
        "Коврик резиновый",
        "Наушники беспроводные",
    ];
    const BRANDS: [&str; 12] = [
        "Aruna", "Tulpar", "Sarbaz", "Qyran", "Nomad", "Altyn", "Baiterek", "Zhuldyz", "Samal", "Ertis",
        "Kaiyn", "Orda",
    ];
    let mut cards = Vec::with_capacity(count);
    for at in 0..count {
        let goods = GOODS.get(at % GOODS.len()).copied().unwrap_or_default();
        let brand = BRANDS
            .get(at / GOODS.len() % BRANDS.len())
            .copied()
            .unwrap_or_default();
        let level = 1_000 + i64::try_from(at.wrapping_mul(40_503) % 240_000).unwrap_or(0);
        cards.push(Card {
            card: (100_000_000 + at).to_string(),
            title: format!("{goods} {brand} {}", at / 192),
            level,
        });
    }
    cards
}

/// Makes so many watches due at once, from the first in order of their ids; answers how many.
pub async fn make_due(db: &Db, now: Timestamp, count: i64) -> anyhow::Result<u64> {
    let mut builder = SqlBuilder::new(sql_part!("UPDATE watches SET next_at = "));
    builder.push(
        sql_part!("? WHERE id IN (SELECT id FROM watches ORDER BY id LIMIT ?)"),
        [now.into(), count.into()],
    );
    Ok(builder.finish().run(db).await?)
}

/// Watches that are still to be checked: due at a moment, or taken.
pub async fn unchecked(db: &Db, since: Timestamp, count: i64) -> anyhow::Result<i64> {
    let row = sql!(
        "SELECT COUNT(*) AS n FROM (SELECT checked_at, failures FROM watches ORDER BY id LIMIT $2) AS first \
         WHERE (checked_at IS NULL OR checked_at < $1) AND failures = 0"
    )
    .bind(since)
    .bind(count)
    .one(db)
    .await?;
    Ok(row.get("n")?)
}

/// Rows of the tables that grow with checks: observations, decisions, price points, sellers.
pub async fn kept(db: &Db) -> anyhow::Result<[i64; 4]> {
    let row = sql!(
        "SELECT (SELECT COUNT(*) FROM observations) AS seen, (SELECT COUNT(*) FROM decisions) AS decided, \
         (SELECT COUNT(*) FROM price_points) AS points, (SELECT COUNT(*) FROM sellers) AS sellers"
    )
    .one(db)
    .await?;
    Ok([
        row.get("seen")?,
        row.get("decided")?,
        row.get("points")?,
        row.get("sellers")?,
    ])
}

/// Buyers that copied orders are of.
pub const BUYERS: usize = 300;

/// The number of a copied order.
pub fn copy_code(number: usize) -> String {
    format!("bench-{number}")
}

/// An order of a shop with one line, and the article of the line.
pub async fn an_order(db: &Db, shop: &ShopId) -> anyhow::Result<Option<(String, String)>> {
    let row = sql!(
        "SELECT o.code, MIN(l.sku) AS sku FROM orders o JOIN order_lines l ON l.order_id = o.id WHERE o.shop_id = $1 \
         GROUP BY o.code HAVING COUNT(*) = 1 ORDER BY o.code DESC LIMIT 1"
    )
    .bind(shop)
    .optional(db)
    .await?;
    Ok(match row {
        Some(row) => Some((row.get("code")?, row.get("sku")?)),
        None => None,
    })
}

/// Many new orders like one that was read, of some hundred buyers.
pub async fn copy_order(
    db: &Db,
    clock: &dyn Clock,
    ids: &dyn Ids,
    (shop, code): (&ShopId, &str),
    many: usize,
    now: Timestamp,
) -> anyhow::Result<()> {
    for part in 0..many.div_ceil(PART) {
        let mut tx = db.write().await?;
        for number in part * PART..((part + 1) * PART).min(many) {
            let id: OrderId = Id::new(clock, ids);
            sql!(
                "INSERT INTO orders (id, merchant_id, shop_id, code, market_id, tab, status, stage, stage_since, due_at, total, created_at, town, buyer, phone, \
                 document, fold, read_at) SELECT $1, merchant_id, shop_id, $2, market_id, tab, status, 'new', CAST($3 AS BIGINT), due_at, total, created_at, \
                 town, buyer, $4, REPLACE(document, '\"phone_known\":false', '\"phone_known\":true'), fold, CAST($3 AS BIGINT) FROM orders WHERE shop_id = $5 AND code = $6"
            )
            .bind(&id)
            .bind(copy_code(number))
            .bind(now)
            .bind(format!("+7701{:07}", number % BUYERS + 1))
            .bind(shop)
            .bind(code)
            .run(&mut tx)
            .await?;
            sql!(
                "INSERT INTO order_lines (order_id, line, market_id, sku, card, name, quantity, price, total, offer_id, grams, imei) SELECT $1, line, market_id, \
                 sku, card, name, quantity, price, total, offer_id, grams, imei FROM order_lines WHERE order_id = (SELECT id FROM orders WHERE shop_id = $2 AND code = $3)"
            )
            .bind(&id)
            .bind(shop)
            .bind(code)
            .run(&mut tx)
            .await?;
        }
        tx.commit().await?;
    }
    Ok(())
}
