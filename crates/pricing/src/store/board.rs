//! Statements that read the board of prices.

use crate::board::{
    BoardCounts, BoardCursor, BoardFilter, BoardRow, BoardSort, BoardView, MOST_ROWS, PlaceState, Texts,
};
use sauda_kernel::{OfferId, ShopId};
use sauda_store::{Db, On, Row, Sql, SqlBuilder, StoreError, Value, sql, sql_part};

/// What every list of places reads; a condition follows.
const ROWS: Sql = sql_part!(
    "SELECT p.offer_id, p.city_id, p.price, p.delta, p.changed_at, p.place, p.sellers, p.rival_price, p.rival_name, p.profit, p.margin, \
         p.floor_price, p.state, p.reason, p.checked_at, p.decision_id, p.desired, p.strategy, p.category, p.stock, p.rule_id, p.min_price, \
         p.max_price, r.step, r.cost, r.managed, r.version \
         FROM places p LEFT JOIN offer_rules r ON r.offer_id = p.offer_id WHERE "
);

/// So many found texts are fetched by their offers.
const MOST_HITS: usize = 1_000;

/// So many rows are sorted faster than an index of the order is walked past all others.
const FEW: i64 = 4_000;

pub(crate) fn read(row: &Row) -> Result<BoardRow, StoreError> {
    let state: String = row.get("state")?;
    Ok(BoardRow {
        offer: row.get("offer_id")?,
        city_id: row.get("city_id")?,
        price: row.get("price")?,
        delta: row.get("delta")?,
        changed_at: row.get("changed_at")?,
        place: row.get("place")?,
        sellers: row.get("sellers")?,
        rival_price: row.get("rival_price")?,
        rival_name: row.get("rival_name")?,
        profit: row.get("profit")?,
        margin: row.get("margin")?,
        floor: row.get("floor_price")?,
        state: PlaceState::parse(&state).ok_or(StoreError::Meaning {
            column: "state",
            value: state,
        })?,
        reason: row.get("reason")?,
        checked_at: row.get("checked_at")?,
        decision: row.get("decision_id")?,
        desired: row.get("desired")?,
        strategy: row.get("strategy")?,
        category: row.get("category")?,
        stock: row.get("stock")?,
        rule: row.get("rule_id")?,
        min: row.get("min_price")?,
        max: row.get("max_price")?,
        step: row.get("step")?,
        cost: row.get("cost")?,
        managed: row.get::<Option<bool>>("managed")?.unwrap_or(false),
        version: row.get::<Option<i64>>("version")?.unwrap_or(0),
    })
}

/// One page of the board, and how many rows the filter finds in all. `texts` are those of the city, when they are at hand.
pub(crate) async fn list(
    db: &Db,
    shop: &ShopId,
    filter: &BoardFilter,
    texts: Option<&Texts>,
) -> Result<(Vec<BoardRow>, i64), StoreError> {
    let mut found = filter.found;
    if filter.is_narrowed() {
        // What is found is fetched by itself, or so frequent that the order soon meets it.
        let is_text_alone = filter.view == BoardView::All && !filter.is_filtered();
        let hits = match (filter.text(), texts) {
            (Some(text), Some(texts)) if is_text_alone => {
                let hits = texts.find(BoardFilter::words(&text));
                found = i64::try_from(hits.len()).ok();
                hits.into_iter().take(MOST_HITS + 1).cloned().collect()
            }
            _ => hits(db, shop, filter).await?,
        };
        if hits.len() <= MOST_HITS {
            let mut builder = SqlBuilder::new(ROWS);
            builder.push(
                sql_part!("p.shop_id = ? AND p.city_id = ? AND p.offer_id IN "),
                [shop.into(), Value::from(&filter.city_id)],
            );
            builder.push_list(hits.iter().map(Value::from));
            let found = i64::try_from(hits.len()).unwrap_or(i64::MAX);
            return Ok((ordered(db, builder, filter, true).await?, found));
        }
    }
    let counted = async {
        match found {
            Some(found) => Ok(found),
            None => count(db, shop, filter).await,
        }
    };
    let walked = async {
        let few = !filter.is_narrowed() && is_few(db, shop, filter).await?;
        let mut builder = SqlBuilder::new(ROWS);
        conditions(&mut builder, shop, filter, few);
        ordered(db, builder, filter, few).await
    };
    tokio::try_join!(walked, counted)
}

/// How often the texts of a shop's places have changed.
pub(crate) async fn texts_version(on: impl Into<On<'_>>, shop: &ShopId) -> Result<i64, StoreError> {
    let row = sql!("SELECT version FROM place_texts WHERE shop_id = $1")
        .bind(shop)
        .optional(on)
        .await?;
    row.map_or(Ok(0), |row| row.get("version"))
}

/// The texts of a shop's places in a city.
pub(crate) async fn texts(on: impl Into<On<'_>>, shop: &ShopId, city: &str) -> Result<Texts, StoreError> {
    let rows = sql!("SELECT offer_id, fold FROM places WHERE shop_id = $1 AND city_id = $2")
        .bind(shop)
        .bind(city)
        .all(on)
        .await?;
    let mut texts = Texts::default();
    for row in &rows {
        texts.add(row.get("offer_id")?, &row.get::<String>("fold")?);
    }
    Ok(texts)
}

async fn ordered(
    db: &Db,
    mut builder: SqlBuilder,
    filter: &BoardFilter,
    few: bool,
) -> Result<Vec<BoardRow>, StoreError> {
    order(&mut builder, filter, few);
    builder.finish().all(db).await?.iter().map(read).collect()
}

/// Offers whose text and filters fit, in no order: at most one more than [`MOST_HITS`].
async fn hits(db: &Db, shop: &ShopId, filter: &BoardFilter) -> Result<Vec<OfferId>, StoreError> {
    let mut builder = SqlBuilder::new(sql_part!("SELECT p.offer_id FROM places p WHERE "));
    conditions(&mut builder, shop, filter, false);
    let most = i64::try_from(MOST_HITS + 1).unwrap_or(i64::MAX);
    builder.push(sql_part!(" LIMIT ?"), [most.into()]);
    let rows = builder.finish().all(db).await?;
    rows.iter().map(|row| row.get("offer_id")).collect()
}

/// Whether the view holds so few rows that they are better found by their state than by the order.
async fn is_few(db: &Db, shop: &ShopId, filter: &BoardFilter) -> Result<bool, StoreError> {
    if filter.view == BoardView::All {
        return Ok(false);
    }
    let mut builder = SqlBuilder::new(sql_part!(
        "SELECT COUNT(*) AS n FROM (SELECT 1 AS one FROM places p WHERE "
    ));
    builder.push(
        sql_part!("p.shop_id = ? AND p.city_id = ?"),
        [shop.into(), Value::from(&filter.city_id)],
    );
    in_view(&mut builder, filter.view, true);
    builder.push(sql_part!(" LIMIT ?) AS found"), [(FEW + 1).into()]);
    Ok(builder.finish().one(db).await?.get::<i64>("n")? <= FEW)
}

/// How many rows the filter finds.
pub(crate) async fn count(
    on: impl Into<On<'_>>,
    shop: &ShopId,
    filter: &BoardFilter,
) -> Result<i64, StoreError> {
    let mut builder = SqlBuilder::new(sql_part!("SELECT COUNT(*) AS n FROM places p WHERE "));
    conditions(&mut builder, shop, filter, filter.text().is_none());
    builder.finish().one(on).await?.get("n")
}

/// Whether the profit of any offer of a shop in a city is known.
pub(crate) async fn knows_profit(
    on: impl Into<On<'_>>,
    shop: &ShopId,
    city: &str,
) -> Result<bool, StoreError> {
    let row = sql!(
        "SELECT 1 AS one FROM places WHERE shop_id = $1 AND city_id = $2 AND profit IS NOT NULL LIMIT 1"
    )
    .bind(shop)
    .bind(city)
    .optional(on)
    .await?;
    Ok(row.is_some())
}

/// The offers that the filter finds, for bulk changes; at most `limit`.
pub(crate) async fn offers(
    on: impl Into<On<'_>>,
    shop: &ShopId,
    filter: &BoardFilter,
    limit: i64,
) -> Result<Vec<OfferId>, StoreError> {
    let mut builder = SqlBuilder::new(sql_part!("SELECT p.offer_id FROM places p WHERE "));
    conditions(&mut builder, shop, filter, true);
    builder.push(sql_part!(" ORDER BY p.offer_id LIMIT ?"), [limit.into()]);
    builder
        .finish()
        .all(on)
        .await?
        .iter()
        .map(|row| row.get("offer_id"))
        .collect()
}

/// The condition of a view. The plus keeps an index away: with many rows the index of the order serves better.
fn in_view(builder: &mut SqlBuilder, view: BoardView, few: bool) {
    let piece = match view {
        BoardView::All => return,
        BoardView::NotFirst if few => sql_part!(" AND p.place > 1 AND p.state <> 'off_sale'"),
        BoardView::NotFirst => sql_part!(" AND +p.place > 1 AND p.state <> 'off_sale'"),
        BoardView::AtFloor => sql_part!(" AND p.state = 'at_floor'"),
        BoardView::NoLimits => sql_part!(" AND p.state = 'no_limits'"),
        BoardView::Errors => sql_part!(" AND p.state IN ('error', 'refused')"),
        BoardView::Paused => sql_part!(" AND p.state IN ('paused', 'pinned', 'manual')"),
        BoardView::Asks => sql_part!(" AND p.state = 'asks'"),
    };
    builder.push(piece, []);
}

fn conditions(builder: &mut SqlBuilder, shop: &ShopId, filter: &BoardFilter, few: bool) {
    builder.push(
        sql_part!("p.shop_id = ? AND p.city_id = ?"),
        [shop.into(), Value::from(&filter.city_id)],
    );
    in_view(builder, filter.view, few);
    let text = filter.text();
    for word in text.iter().flat_map(|text| BoardFilter::words(text)) {
        builder.push(sql_part!(" AND p.fold LIKE ? ESCAPE '!'"), [like(word).into()]);
    }
    if let Some(strategy) = &filter.strategy {
        builder.push(sql_part!(" AND p.strategy = ?"), [strategy.into()]);
    }
    if let Some(category) = &filter.category {
        builder.push(sql_part!(" AND p.category = ?"), [category.into()]);
    }
    if let Some(rule) = &filter.rule {
        builder.push(sql_part!(" AND p.rule_id = ?"), [rule.into()]);
    }
    if let Some(margin) = filter.margin_below {
        builder.push(sql_part!(" AND p.margin < ?"), [margin.into()]);
    }
    if let Some(stock) = filter.stock_below {
        builder.push(sql_part!(" AND p.stock < ?"), [stock.into()]);
    }
}

/// `%word%` with the signs of LIKE taken literally.
fn like(word: &str) -> String {
    let mut pattern = String::with_capacity(word.len() + 2);
    pattern.push('%');
    for letter in word.chars() {
        if matches!(letter, '%' | '_' | '!') {
            pattern.push('!');
        }
        pattern.push(letter);
    }
    pattern.push('%');
    pattern
}

/// What a sort stands on: its column, and whether the highest comes first.
const fn ground(sort: BoardSort) -> (Sql, bool) {
    match sort {
        BoardSort::ProfitDown => (sql_part!("p.profit"), true),
        BoardSort::ProfitUp => (sql_part!("p.profit"), false),
        BoardSort::PriceDown => (sql_part!("p.price"), true),
        BoardSort::PriceUp => (sql_part!("p.price"), false),
        BoardSort::PlaceDown => (sql_part!("p.place"), true),
        BoardSort::PlaceUp => (sql_part!("p.place"), false),
        BoardSort::ChangedDown => (sql_part!("p.changed_at"), true),
        BoardSort::NameUp => (sql_part!("p.fold"), false),
        BoardSort::NameDown => (sql_part!("p.fold"), true),
    }
}

/// Order with a total tie-break, and the condition that goes on after the cursor or, read backwards, before it. Rows
/// without the value come last. `few` rows are sorted by themselves: no index of the order is walked for them.
fn order(builder: &mut SqlBuilder, filter: &BoardFilter, few: bool) {
    let (column, down) = ground(filter.sort);
    let backwards = filter.before.is_some();
    if let Some(cursor) = filter.before.as_ref().or(filter.after.as_ref()) {
        go_on(builder, column, down, backwards, cursor);
    }
    let down = down != backwards;
    builder.push(sql_part!(" ORDER BY "), []);
    builder.push(column, []);
    if few {
        builder.push(sql_part!(" IS NULL"), []);
        builder.push(
            if backwards {
                sql_part!(" DESC, ")
            } else {
                sql_part!(", ")
            },
            [],
        );
        builder.push(column, []);
    }
    builder.push(
        match (down, backwards) {
            (true, false) => sql_part!(" DESC NULLS LAST, p.offer_id DESC"),
            (false, false) => sql_part!(" ASC NULLS LAST, p.offer_id ASC"),
            (true, true) => sql_part!(" DESC NULLS FIRST, p.offer_id DESC"),
            (false, true) => sql_part!(" ASC NULLS FIRST, p.offer_id ASC"),
        },
        [],
    );
    builder.push(
        sql_part!(" LIMIT ?"),
        [Value::from(filter.limit.clamp(1, MOST_ROWS + 1))],
    );
}

/// Rows that come after the cursor in the order or, `backwards`, before it.
fn go_on(builder: &mut SqlBuilder, column: Sql, down: bool, backwards: bool, cursor: &BoardCursor) {
    let value = match (&cursor.number, &cursor.text) {
        (Some(number), _) => Some(Value::from(*number)),
        (None, Some(text)) => Some(Value::from(text)),
        (None, None) => None,
    };
    let further = if down == backwards {
        sql_part!(" > ?")
    } else {
        sql_part!(" < ?")
    };
    let offer = || [Value::from(&cursor.offer)];
    builder.push(sql_part!(" AND ("), []).push(column, []);
    match value {
        Some(value) => {
            builder.push(further, [value.clone()]);
            builder.push(sql_part!(" OR ("), []).push(column, []);
            builder
                .push(sql_part!(" = ? AND p.offer_id"), [value])
                .push(further, offer());
            builder.push(sql_part!(")"), []);
            if !backwards {
                builder.push(sql_part!(" OR "), []).push(column, []);
                builder.push(sql_part!(" IS NULL"), []);
            }
        }
        None => {
            builder.push(
                if backwards {
                    sql_part!(" IS NOT NULL OR p.offer_id")
                } else {
                    sql_part!(" IS NULL AND p.offer_id")
                },
                [],
            );
            builder.push(further, offer());
        }
    }
    builder.push(sql_part!(")"), []);
}

/// Counts for the tabs, in one pass over an index.
pub(crate) async fn counts(
    on: impl Into<On<'_>>,
    shop: &ShopId,
    city: &str,
) -> Result<BoardCounts, StoreError> {
    // A group for each state and place: the index is in that order already, and nothing else is computed for a row.
    let rows = sql!(
        "SELECT state, place, COUNT(*) AS n FROM places WHERE shop_id = $1 AND city_id = $2 GROUP BY state, place"
    )
    .bind(shop)
    .bind(city)
    .all(on)
    .await?;
    let mut counts = BoardCounts::default();
    for row in &rows {
        let state: String = row.get("state")?;
        let n: i64 = row.get("n")?;
        let state = PlaceState::parse(&state);
        counts.all += n;
        if state != Some(PlaceState::OffSale) {
            match row.get::<Option<i64>>("place")? {
                Some(1) => counts.first += n,
                Some(place) => {
                    counts.not_first += n;
                    counts.top_three += if place <= 3 { n } else { 0 };
                }
                None => {}
            }
        }
        match state {
            Some(PlaceState::AtFloor) => counts.at_floor += n,
            Some(PlaceState::NoLimits) => counts.no_limits += n,
            Some(PlaceState::Error | PlaceState::Refused) => counts.errors += n,
            Some(PlaceState::Paused | PlaceState::Pinned | PlaceState::Manual) => counts.paused += n,
            Some(PlaceState::Asks) => counts.asks += n,
            _ => {}
        }
    }
    Ok(counts)
}

/// Rows of some offers of a shop in a city.
pub(crate) async fn of_offers(
    on: impl Into<On<'_>>,
    shop: &ShopId,
    city: &str,
    offers: &[OfferId],
) -> Result<Vec<BoardRow>, StoreError> {
    let mut builder = SqlBuilder::new(ROWS);
    builder.push(
        sql_part!("p.shop_id = ? AND p.city_id = ? AND p.offer_id IN "),
        [shop.into(), Value::from(city)],
    );
    builder.push_list(offers.iter().map(Value::from));
    builder.finish().all(on).await?.iter().map(read).collect()
}

/// Places of one offer in every city.
pub(crate) async fn of_offer(on: impl Into<On<'_>>, offer: &OfferId) -> Result<Vec<BoardRow>, StoreError> {
    let mut builder = SqlBuilder::new(ROWS);
    builder.push(sql_part!("p.offer_id = ? ORDER BY p.city_id"), [offer.into()]);
    builder
        .finish()
        .lasting()
        .all(on)
        .await?
        .iter()
        .map(read)
        .collect()
}

/// Categories of a shop for the filter, most frequent first.
pub(crate) async fn categories(
    on: impl Into<On<'_>>,
    shop: &ShopId,
    city: &str,
) -> Result<Vec<(String, i64)>, StoreError> {
    let rows = sql!(
        "SELECT category, COUNT(*) AS n FROM places WHERE shop_id = $1 AND city_id = $2 AND category IS NOT NULL \
         GROUP BY category ORDER BY COUNT(*) DESC, category LIMIT 100"
    )
    .bind(shop)
    .bind(city)
    .all(on)
    .await?;
    rows.iter()
        .map(|row| Ok((row.get("category")?, row.get("n")?)))
        .collect()
}

/// The folded text of a place, for a cursor by name.
pub(crate) async fn fold_of(
    on: impl Into<On<'_>>,
    offer: &OfferId,
    city: &str,
) -> Result<Option<String>, StoreError> {
    let row = sql!("SELECT fold FROM places WHERE offer_id = $1 AND city_id = $2")
        .bind(offer)
        .bind(city)
        .optional(on)
        .await?;
    row.map(|row| row.get("fold")).transpose()
}
