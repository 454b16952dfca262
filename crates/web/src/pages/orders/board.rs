//! The board of orders: a column for each place in an order's life. Refuses to move an order by itself: its buttons ask as those of the list do.

use super::{list::rows, query::OrdersQuery};
use crate::{around::AtShop, door::Desk, views::orders::BoardColumn};
use sauda_accounts::Scope;
use sauda_edge::Refusal;
use sauda_orders::{OrderFilter, StageCounts, model::View};

/// Cards of a column; the rest is one press away.
const CARDS: i64 = 30;
/// Columns, in the order of an order's life.
const COLUMNS: [View; 6] = [
    View::New,
    View::Pack,
    View::HandOver,
    View::OnWay,
    View::Own,
    View::Back,
];

/// The columns under the filters of the address.
pub(super) async fn columns(
    desk: &Desk,
    scope: &Scope,
    at: &AtShop,
    base: &str,
    query: &OrdersQuery,
    counts: &StageCounts,
) -> Result<Vec<BoardColumn>, Refusal> {
    let mut columns = Vec::new();
    for view in COLUMNS {
        let filter = OrderFilter {
            view,
            after: None,
            ..query.filter(CARDS, at.shell.now)
        };
        let found = desk.orders.list(scope, &at.shop.id, &filter).await?;
        let list = OrdersQuery {
            view: view.word().to_owned(),
            look: String::new(),
            ..query.clone()
        };
        let rows = rows(desk, scope, at, base, &found).await?;
        let shown = i64::try_from(rows.len()).unwrap_or(0);
        columns.push(BoardColumn {
            view: view.word(),
            href: format!("{base}?{}", list.text()),
            count: if query.is_narrow() {
                found.found
            } else {
                counts.of(view)
            },
            more: found.found - shown,
            rows,
        });
    }
    Ok(columns)
}
