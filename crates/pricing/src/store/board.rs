//! Statements that read the board of prices.

use crate::board::{BoardCounts, BoardCursor, BoardFilter, BoardRow, BoardSort, BoardView, PlaceState};
use sauda_catalog::fold;
use sauda_kernel::{OfferId, ShopId};
use sauda_store::{On, Row, SqlBuilder, StoreError, Value, sql, sql_part};

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

/// One page of the board.
pub(crate) async fn list(
    on: impl Into<On<'_>>,
    shop: &ShopId,
    filter: &BoardFilter,
) -> Result<Vec<BoardRow>, StoreError> {
    let mut builder = SqlBuilder::new(sql_part!(
        "SELECT p.offer_id, p.city_id, p.price, p.delta, p.changed_at, p.place, p.sellers, p.rival_price, p.rival_name, p.profit, p.margin, \
         p.floor_price, p.state, p.reason, p.checked_at, p.decision_id, p.desired, p.strategy, p.category, p.stock, p.rule_id, p.min_price, \
         p.max_price, r.step, r.cost, r.managed, r.version \
         FROM places p LEFT JOIN offer_rules r ON r.offer_id = p.offer_id WHERE "
    ));
    conditions(&mut builder, shop, filter);
    order(&mut builder, filter);
    builder.finish().all(on).await?.iter().map(read).collect()
}

/// How many rows the filter finds.
pub(crate) async fn count(
    on: impl Into<On<'_>>,
    shop: &ShopId,
    filter: &BoardFilter,
) -> Result<i64, StoreError> {
    let mut builder = SqlBuilder::new(sql_part!("SELECT COUNT(*) AS n FROM places p WHERE "));
    let by_text = BoardFilter {
        sort: BoardSort::NameUp,
        ..filter.clone()
    };
    conditions(&mut builder, shop, &by_text);
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
    conditions(&mut builder, shop, filter);
    builder.push(sql_part!(" ORDER BY p.offer_id LIMIT ?"), [limit.into()]);
    builder
        .finish()
        .all(on)
        .await?
        .iter()
        .map(|row| row.get("offer_id"))
        .collect()
}

fn conditions(builder: &mut SqlBuilder, shop: &ShopId, filter: &BoardFilter) {
    builder.push(
        sql_part!("p.shop_id = ? AND p.city_id = ?"),
        [shop.into(), Value::from(&filter.city_id)],
    );
    match filter.view {
        BoardView::All | BoardView::Gone => &mut *builder,
        // The plus keeps the index of places out: most rows are not first, and then the order is what an index is for.
        BoardView::NotFirst => builder.push(sql_part!(" AND +p.place > 1 AND p.state <> 'off_sale'"), []),
        BoardView::AtFloor => builder.push(sql_part!(" AND p.state = 'at_floor'"), []),
        BoardView::NoLimits => builder.push(sql_part!(" AND p.state = 'no_limits'"), []),
        BoardView::Errors => builder.push(sql_part!(" AND p.state IN ('error', 'refused')"), []),
        BoardView::Paused => builder.push(sql_part!(" AND p.state IN ('paused', 'pinned', 'manual')"), []),
        BoardView::Asks => builder.push(sql_part!(" AND p.state = 'asks'"), []),
    };
    if let Some(search) = filter
        .search
        .as_deref()
        .map(|text| fold(&[text]))
        .filter(|text| !text.is_empty())
    {
        let words = search.split(' ').take(6);
        if matches!(filter.sort, BoardSort::NameUp | BoardSort::NameDown) {
            // The index that orders has the texts.
            for word in words {
                builder.push(sql_part!(" AND p.fold LIKE ? ESCAPE '!'"), [like(word).into()]);
            }
        } else {
            // The texts are read from an index of their own, not from the rows that another index orders.
            builder.push(
                sql_part!(" AND p.offer_id IN (SELECT s.offer_id FROM places s WHERE s.shop_id = ? AND s.city_id = ?"),
                [shop.into(), Value::from(&filter.city_id)],
            );
            for word in words {
                builder.push(sql_part!(" AND s.fold LIKE ? ESCAPE '!'"), [like(word).into()]);
            }
            builder.push(sql_part!(")"), []);
        }
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

/// Order with a total tie-break, and the condition that goes on after the cursor or, read backwards, before it. Rows
/// without the value come last.
fn order(builder: &mut SqlBuilder, filter: &BoardFilter) {
    match (&filter.before, &filter.after) {
        (Some(cursor), _) => {
            before(builder, filter.sort, cursor);
            tail_backwards(builder, filter);
        }
        (None, after_row) => {
            if let Some(cursor) = after_row {
                after(builder, filter.sort, cursor);
            }
            tail(builder, filter);
        }
    }
}

fn text_of(cursor: &BoardCursor) -> Value {
    Value::Text(Some(cursor.text.clone().unwrap_or_default()))
}

fn after(builder: &mut SqlBuilder, sort: BoardSort, cursor: &BoardCursor) {
    let offer = || Value::from(&cursor.offer);
    let number = cursor.number.map(Value::from);
    let text = || text_of(cursor);
    match (sort, number) {
        (BoardSort::ProfitDown, Some(n)) => builder.push(
            sql_part!(" AND (p.profit < ? OR (p.profit = ? AND p.offer_id < ?) OR p.profit IS NULL)"),
            [n.clone(), n, offer()],
        ),
        (BoardSort::ProfitDown, None) => {
            builder.push(sql_part!(" AND p.profit IS NULL AND p.offer_id < ?"), [offer()])
        }
        (BoardSort::ProfitUp, Some(n)) => builder.push(
            sql_part!(" AND (p.profit > ? OR (p.profit = ? AND p.offer_id > ?) OR p.profit IS NULL)"),
            [n.clone(), n, offer()],
        ),
        (BoardSort::ProfitUp, None) => {
            builder.push(sql_part!(" AND p.profit IS NULL AND p.offer_id > ?"), [offer()])
        }
        (BoardSort::PriceDown, Some(n)) => builder.push(
            sql_part!(" AND (p.price < ? OR (p.price = ? AND p.offer_id < ?) OR p.price IS NULL)"),
            [n.clone(), n, offer()],
        ),
        (BoardSort::PriceDown, None) => {
            builder.push(sql_part!(" AND p.price IS NULL AND p.offer_id < ?"), [offer()])
        }
        (BoardSort::PriceUp, Some(n)) => builder.push(
            sql_part!(" AND (p.price > ? OR (p.price = ? AND p.offer_id > ?) OR p.price IS NULL)"),
            [n.clone(), n, offer()],
        ),
        (BoardSort::PriceUp, None) => {
            builder.push(sql_part!(" AND p.price IS NULL AND p.offer_id > ?"), [offer()])
        }
        (BoardSort::PlaceDown, Some(n)) => builder.push(
            sql_part!(" AND (p.place < ? OR (p.place = ? AND p.offer_id < ?) OR p.place IS NULL)"),
            [n.clone(), n, offer()],
        ),
        (BoardSort::PlaceDown, None) => {
            builder.push(sql_part!(" AND p.place IS NULL AND p.offer_id < ?"), [offer()])
        }
        (BoardSort::PlaceUp, Some(n)) => builder.push(
            sql_part!(" AND (p.place > ? OR (p.place = ? AND p.offer_id > ?) OR p.place IS NULL)"),
            [n.clone(), n, offer()],
        ),
        (BoardSort::PlaceUp, None) => {
            builder.push(sql_part!(" AND p.place IS NULL AND p.offer_id > ?"), [offer()])
        }
        (BoardSort::ChangedDown, Some(n)) => builder.push(
            sql_part!(
                " AND (p.changed_at < ? OR (p.changed_at = ? AND p.offer_id < ?) OR p.changed_at IS NULL)"
            ),
            [n.clone(), n, offer()],
        ),
        (BoardSort::ChangedDown, None) => builder.push(
            sql_part!(" AND p.changed_at IS NULL AND p.offer_id < ?"),
            [offer()],
        ),
        (BoardSort::NameUp, _) => builder.push(
            sql_part!(" AND (p.fold > ? OR (p.fold = ? AND p.offer_id > ?))"),
            [text(), text(), offer()],
        ),
        (BoardSort::NameDown, _) => builder.push(
            sql_part!(" AND (p.fold < ? OR (p.fold = ? AND p.offer_id < ?))"),
            [text(), text(), offer()],
        ),
    };
}

fn before(builder: &mut SqlBuilder, sort: BoardSort, cursor: &BoardCursor) {
    let offer = || Value::from(&cursor.offer);
    let number = cursor.number.map(Value::from);
    let text = || text_of(cursor);
    match (sort, number) {
        (BoardSort::ProfitDown, Some(n)) => builder.push(
            sql_part!(" AND (p.profit > ? OR (p.profit = ? AND p.offer_id > ?))"),
            [n.clone(), n, offer()],
        ),
        (BoardSort::ProfitDown, None) => builder.push(
            sql_part!(" AND (p.profit IS NOT NULL OR p.offer_id > ?)"),
            [offer()],
        ),
        (BoardSort::ProfitUp, Some(n)) => builder.push(
            sql_part!(" AND (p.profit < ? OR (p.profit = ? AND p.offer_id < ?))"),
            [n.clone(), n, offer()],
        ),
        (BoardSort::ProfitUp, None) => builder.push(
            sql_part!(" AND (p.profit IS NOT NULL OR p.offer_id < ?)"),
            [offer()],
        ),
        (BoardSort::PriceDown, Some(n)) => builder.push(
            sql_part!(" AND (p.price > ? OR (p.price = ? AND p.offer_id > ?))"),
            [n.clone(), n, offer()],
        ),
        (BoardSort::PriceDown, None) => builder.push(
            sql_part!(" AND (p.price IS NOT NULL OR p.offer_id > ?)"),
            [offer()],
        ),
        (BoardSort::PriceUp, Some(n)) => builder.push(
            sql_part!(" AND (p.price < ? OR (p.price = ? AND p.offer_id < ?))"),
            [n.clone(), n, offer()],
        ),
        (BoardSort::PriceUp, None) => builder.push(
            sql_part!(" AND (p.price IS NOT NULL OR p.offer_id < ?)"),
            [offer()],
        ),
        (BoardSort::PlaceDown, Some(n)) => builder.push(
            sql_part!(" AND (p.place > ? OR (p.place = ? AND p.offer_id > ?))"),
            [n.clone(), n, offer()],
        ),
        (BoardSort::PlaceDown, None) => builder.push(
            sql_part!(" AND (p.place IS NOT NULL OR p.offer_id > ?)"),
            [offer()],
        ),
        (BoardSort::PlaceUp, Some(n)) => builder.push(
            sql_part!(" AND (p.place < ? OR (p.place = ? AND p.offer_id < ?))"),
            [n.clone(), n, offer()],
        ),
        (BoardSort::PlaceUp, None) => builder.push(
            sql_part!(" AND (p.place IS NOT NULL OR p.offer_id < ?)"),
            [offer()],
        ),
        (BoardSort::ChangedDown, Some(n)) => builder.push(
            sql_part!(" AND (p.changed_at > ? OR (p.changed_at = ? AND p.offer_id > ?))"),
            [n.clone(), n, offer()],
        ),
        (BoardSort::ChangedDown, None) => builder.push(
            sql_part!(" AND (p.changed_at IS NOT NULL OR p.offer_id > ?)"),
            [offer()],
        ),
        (BoardSort::NameUp, _) => builder.push(
            sql_part!(" AND (p.fold < ? OR (p.fold = ? AND p.offer_id < ?))"),
            [text(), text(), offer()],
        ),
        (BoardSort::NameDown, _) => builder.push(
            sql_part!(" AND (p.fold > ? OR (p.fold = ? AND p.offer_id > ?))"),
            [text(), text(), offer()],
        ),
    };
}

fn tail(builder: &mut SqlBuilder, filter: &BoardFilter) {
    let limit = Value::from(filter.limit.clamp(1, 1_001));
    let order = match filter.sort {
        BoardSort::ProfitDown => sql_part!(" ORDER BY p.profit DESC NULLS LAST, p.offer_id DESC LIMIT ?"),
        BoardSort::ProfitUp => sql_part!(" ORDER BY p.profit ASC NULLS LAST, p.offer_id ASC LIMIT ?"),
        BoardSort::PriceDown => sql_part!(" ORDER BY p.price DESC NULLS LAST, p.offer_id DESC LIMIT ?"),
        BoardSort::PriceUp => sql_part!(" ORDER BY p.price ASC NULLS LAST, p.offer_id ASC LIMIT ?"),
        BoardSort::PlaceDown => sql_part!(" ORDER BY p.place DESC NULLS LAST, p.offer_id DESC LIMIT ?"),
        BoardSort::PlaceUp => sql_part!(" ORDER BY p.place ASC NULLS LAST, p.offer_id ASC LIMIT ?"),
        BoardSort::ChangedDown => {
            sql_part!(" ORDER BY p.changed_at DESC NULLS LAST, p.offer_id DESC LIMIT ?")
        }
        BoardSort::NameUp => sql_part!(" ORDER BY p.fold ASC, p.offer_id ASC LIMIT ?"),
        BoardSort::NameDown => sql_part!(" ORDER BY p.fold DESC, p.offer_id DESC LIMIT ?"),
    };
    builder.push(order, [limit]);
}

/// The same order from its end: the caller turns the rows round.
fn tail_backwards(builder: &mut SqlBuilder, filter: &BoardFilter) {
    let limit = Value::from(filter.limit.clamp(1, 1_001));
    let order = match filter.sort {
        BoardSort::ProfitDown => sql_part!(" ORDER BY p.profit ASC NULLS FIRST, p.offer_id ASC LIMIT ?"),
        BoardSort::ProfitUp => sql_part!(" ORDER BY p.profit DESC NULLS FIRST, p.offer_id DESC LIMIT ?"),
        BoardSort::PriceDown => sql_part!(" ORDER BY p.price ASC NULLS FIRST, p.offer_id ASC LIMIT ?"),
        BoardSort::PriceUp => sql_part!(" ORDER BY p.price DESC NULLS FIRST, p.offer_id DESC LIMIT ?"),
        BoardSort::PlaceDown => sql_part!(" ORDER BY p.place ASC NULLS FIRST, p.offer_id ASC LIMIT ?"),
        BoardSort::PlaceUp => sql_part!(" ORDER BY p.place DESC NULLS FIRST, p.offer_id DESC LIMIT ?"),
        BoardSort::ChangedDown => sql_part!(" ORDER BY p.changed_at ASC NULLS FIRST, p.offer_id ASC LIMIT ?"),
        BoardSort::NameUp => sql_part!(" ORDER BY p.fold DESC, p.offer_id DESC LIMIT ?"),
        BoardSort::NameDown => sql_part!(" ORDER BY p.fold ASC, p.offer_id ASC LIMIT ?"),
    };
    builder.push(order, [limit]);
}

/// Counts for the tabs, in one pass over an index.
pub(crate) async fn counts(
    on: impl Into<On<'_>>,
    shop: &ShopId,
    city: &str,
) -> Result<BoardCounts, StoreError> {
    let rows = sql!(
        "SELECT state, COUNT(*) AS n, CAST(SUM(CASE WHEN place > 1 THEN 1 ELSE 0 END) AS BIGINT) AS behind, \
         CAST(SUM(CASE WHEN place = 1 THEN 1 ELSE 0 END) AS BIGINT) AS first, \
         CAST(SUM(CASE WHEN place IN (2, 3) THEN 1 ELSE 0 END) AS BIGINT) AS near \
         FROM places WHERE shop_id = $1 AND city_id = $2 GROUP BY state"
    )
    .bind(shop)
    .bind(city)
    .all(on)
    .await?;
    let mut counts = BoardCounts::default();
    for row in &rows {
        let state: String = row.get("state")?;
        let n: i64 = row.get("n")?;
        counts.all += n;
        if state != PlaceState::OffSale.word() {
            counts.not_first += row.get::<i64>("behind")?;
            counts.first += row.get::<i64>("first")?;
            counts.top_three += row.get::<i64>("near")?;
        }
        match PlaceState::parse(&state) {
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
    let mut builder = SqlBuilder::new(sql_part!(
        "SELECT p.offer_id, p.city_id, p.price, p.delta, p.changed_at, p.place, p.sellers, p.rival_price, p.rival_name, p.profit, p.margin, \
         p.floor_price, p.state, p.reason, p.checked_at, p.decision_id, p.desired, p.strategy, p.category, p.stock, p.rule_id, p.min_price, \
         p.max_price, r.step, r.cost, r.managed, r.version \
         FROM places p LEFT JOIN offer_rules r ON r.offer_id = p.offer_id WHERE "
    ));
    builder.push(
        sql_part!("p.shop_id = ? AND p.city_id = ? AND p.offer_id IN "),
        [shop.into(), Value::from(city)],
    );
    builder.push_list(offers.iter().map(Value::from));
    builder.finish().all(on).await?.iter().map(read).collect()
}

/// Places of one offer in every city.
pub(crate) async fn of_offer(on: impl Into<On<'_>>, offer: &OfferId) -> Result<Vec<BoardRow>, StoreError> {
    sql!(
        "SELECT p.offer_id, p.city_id, p.price, p.delta, p.changed_at, p.place, p.sellers, p.rival_price, p.rival_name, p.profit, p.margin, \
         p.floor_price, p.state, p.reason, p.checked_at, p.decision_id, p.desired, p.strategy, p.category, p.stock, p.rule_id, p.min_price, \
         p.max_price, r.step, r.cost, r.managed, r.version \
         FROM places p LEFT JOIN offer_rules r ON r.offer_id = p.offer_id WHERE p.offer_id = $1 ORDER BY p.city_id"
    )
    .bind(offer)
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
