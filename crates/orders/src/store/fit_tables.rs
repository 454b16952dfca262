//! Statements about a shop's size tables: each state of them is kept, one holds.

use crate::{
    fit::tables::{TableLine, TableProblem, Tables, TablesState},
    store::unknown,
};
use sauda_accounts::Scope;
use sauda_kernel::{FitTablesId, ShopId, Timestamp};
use sauda_store::{On, Row, SqlBuilder, StoreError, Tx, sql, sql_part};

fn head() -> SqlBuilder {
    SqlBuilder::new(sql_part!(
        "SELECT id, title, state, lines, problems, tables, sizes, before_id, made_by, made_at, held_at FROM fit_tables WHERE "
    ))
}

fn read(row: &Row) -> Result<Tables, StoreError> {
    let (state, lines, problems): (String, String, String) =
        (row.get("state")?, row.get("lines")?, row.get("problems")?);
    let before: Option<String> = row.get("before_id")?;
    Ok(Tables {
        id: row.get("id")?,
        title: row.get("title")?,
        state: TablesState::parse(&state).ok_or_else(|| unknown("state", state))?,
        lines: serde_json::from_str::<Vec<TableLine>>(&lines).map_err(|_| unknown("lines", "not JSON"))?,
        problems: serde_json::from_str::<Vec<TableProblem>>(&problems)
            .map_err(|_| unknown("problems", problems))?,
        tables: row.get("tables")?,
        before: before
            .map(|id| FitTablesId::parse(&id).map_err(|_| unknown("before_id", id.clone())))
            .transpose()?,
        by: row.get("made_by")?,
        made_at: row.get("made_at")?,
        held_at: row.get("held_at")?,
    })
}

pub(crate) async fn insert(
    on: impl Into<On<'_>>,
    scope: &Scope,
    shop: &ShopId,
    tables: &Tables,
) -> Result<u64, StoreError> {
    sql!(
        "INSERT INTO fit_tables (id, merchant_id, shop_id, title, state, lines, problems, tables, sizes, before_id, made_by, made_at, held_at) \
         VALUES ($1, $2, $3, $4, 'loaded', $5, $6, $7, $8, NULL, $9, $10, NULL)"
    )
    .bind(&tables.id)
    .bind(scope.merchant())
    .bind(shop)
    .bind(&tables.title)
    .bind(serde_json::to_string(&tables.lines).unwrap_or_default())
    .bind(serde_json::to_string(&tables.problems).unwrap_or_default())
    .bind(tables.tables)
    .bind(i64::try_from(tables.lines.len()).unwrap_or(i64::MAX))
    .bind(&tables.by)
    .bind(tables.made_at)
    .run(on)
    .await
}

pub(crate) async fn find(
    on: impl Into<On<'_>>,
    shop: &ShopId,
    id: &FitTablesId,
) -> Result<Option<Tables>, StoreError> {
    let mut builder = head();
    builder.push(sql_part!("shop_id = ? AND id = ?"), [shop.into(), id.into()]);
    let row = builder.finish().lasting().optional(on).await?;
    row.as_ref().map(read).transpose()
}

/// The last states of a shop's tables, the newest first.
pub(crate) async fn last(
    on: impl Into<On<'_>>,
    shop: &ShopId,
    limit: i64,
) -> Result<Vec<Tables>, StoreError> {
    let mut builder = head();
    builder.push(
        sql_part!("shop_id = ? ORDER BY made_at DESC, id DESC LIMIT ?"),
        [shop.into(), limit.into()],
    );
    builder
        .finish()
        .lasting()
        .all(on)
        .await?
        .iter()
        .map(read)
        .collect()
}

/// A state that was only looked at holds from now on, in the place of the one that held; 0 when that changed meanwhile.
pub(crate) async fn hold(
    tx: &mut Tx,
    scope: &Scope,
    shop: &ShopId,
    id: &FitTablesId,
    before: Option<&FitTablesId>,
    now: Timestamp,
) -> Result<u64, StoreError> {
    let turned = sql!(
        "UPDATE fit_tables SET state = 'current', held_at = $3, before_id = $4 WHERE shop_id = $1 AND id = $2 AND state = 'loaded'"
    )
    .bind(shop)
    .bind(id)
    .bind(now)
    .bind(before.map(FitTablesId::as_str))
    .run(&mut *tx)
    .await?;
    if turned == 0 || point(tx, scope, shop, before, Some(id)).await? == 0 {
        return Ok(0);
    }
    if let Some(before) = before {
        turn(tx, before, TablesState::Past).await?;
    }
    Ok(1)
}

/// The state that holds is taken back: the one before holds again; 0 when another one holds by now.
pub(crate) async fn take_back(
    tx: &mut Tx,
    scope: &Scope,
    shop: &ShopId,
    tables: &Tables,
) -> Result<u64, StoreError> {
    if point(tx, scope, shop, Some(&tables.id), tables.before.as_ref()).await? == 0 {
        return Ok(0);
    }
    turn(tx, &tables.id, TablesState::Undone).await?;
    if let Some(before) = &tables.before {
        turn(tx, before, TablesState::Current).await?;
    }
    Ok(1)
}

async fn turn(tx: &mut Tx, id: &FitTablesId, state: TablesState) -> Result<u64, StoreError> {
    sql!("UPDATE fit_tables SET state = $2 WHERE id = $1")
        .bind(id)
        .bind(state.word())
        .run(&mut *tx)
        .await
}

async fn point(
    tx: &mut Tx,
    scope: &Scope,
    shop: &ShopId,
    from: Option<&FitTablesId>,
    to: Option<&FitTablesId>,
) -> Result<u64, StoreError> {
    sql!(
        "INSERT INTO fit_shops (shop_id, merchant_id, seq, rebuilt, tables_id) VALUES ($1, $2, 0, 0, $4) \
         ON CONFLICT (shop_id) DO UPDATE SET tables_id = excluded.tables_id WHERE COALESCE(fit_shops.tables_id, '') = COALESCE(CAST($3 AS TEXT), '')"
    )
    .bind(shop)
    .bind(scope.merchant())
    .bind(from.map(FitTablesId::as_str))
    .bind(to.map(FitTablesId::as_str))
    .run(&mut *tx)
    .await
}
