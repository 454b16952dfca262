//! Statements about what happened to orders. Only added to.

use crate::{Happened, store::unknown};
use sauda_kernel::{OrderEventId, OrderId, Timestamp};
use sauda_store::{On, Query, Row, StoreError, Tx, Value, insert_rows, sql, sql_part};
use std::collections::BTreeMap;

/// Rows of one statement.
const TOGETHER: usize = 500;

/// Who did it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Who {
    Market,
    Program,
    Person(String),
}

/// Something that happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    pub at: Timestamp,
    pub who: Who,
    /// Key of the text `order-event-<word>`.
    pub word: String,
    pub args: BTreeMap<String, String>,
}

impl Event {
    pub(crate) fn new(at: Timestamp, who: Who, word: &str) -> Self {
        Self {
            at,
            who,
            word: word.to_owned(),
            args: BTreeMap::new(),
        }
    }
    #[must_use]
    pub(crate) fn arg(mut self, name: &str, value: impl ToString) -> Self {
        self.args.insert(name.to_owned(), value.to_string());
        self
    }
}

fn read(row: &Row) -> Result<Event, StoreError> {
    let (kind, name): (String, String) = (row.get("by_kind")?, row.get("by_name")?);
    let args: String = row.get("args")?;
    Ok(Event {
        at: row.get("at")?,
        who: match kind.as_str() {
            "market" => Who::Market,
            "program" => Who::Program,
            "person" => Who::Person(name),
            _ => return Err(unknown("by_kind", kind)),
        },
        word: row.get("word")?,
        args: serde_json::from_str(&args).map_err(|_| unknown("args", args))?,
    })
}

/// Of one order, oldest first.
pub(crate) async fn of(on: impl Into<On<'_>>, order: &OrderId) -> Result<Vec<Event>, StoreError> {
    sql!("SELECT at, by_kind, by_name, word, args FROM order_events WHERE order_id = $1 ORDER BY at, id")
        .bind(order)
        .all(on)
        .await?
        .iter()
        .map(read)
        .collect()
}

pub(crate) async fn add(
    on: impl Into<On<'_>>,
    id: &OrderEventId,
    order: &OrderId,
    event: &Event,
) -> Result<u64, StoreError> {
    insert(vec![row(id, order, event)]).run(on).await
}

/// Adds many at once.
pub(crate) async fn add_all(
    tx: &mut Tx,
    events: &[(OrderEventId, OrderId, Event)],
) -> Result<(), StoreError> {
    for some in events.chunks(TOGETHER) {
        let rows = some
            .iter()
            .map(|(id, order, event)| row(id, order, event))
            .collect();
        insert(rows).run(&mut *tx).await?;
    }
    Ok(())
}

fn insert(rows: Vec<Vec<Value>>) -> Query {
    insert_rows(
        sql_part!("INSERT INTO order_events (id, order_id, at, by_kind, by_name, word, args) VALUES "),
        rows,
        sql_part!(""),
    )
}

fn row(id: &OrderEventId, order: &OrderId, event: &Event) -> Vec<Value> {
    let (kind, name) = match &event.who {
        Who::Market => ("market", ""),
        Who::Program => ("program", ""),
        Who::Person(name) => ("person", name.as_str()),
    };
    vec![
        id.into(),
        order.into(),
        event.at.into(),
        kind.into(),
        name.into(),
        event.word.as_str().into(),
        serde_json::to_string(&event.args).unwrap_or_default().into(),
    ]
}

/// Of all shops, noted after a place.
pub(crate) async fn since(
    on: impl Into<On<'_>>,
    after: &OrderEventId,
    limit: i64,
) -> Result<Vec<Happened>, StoreError> {
    let rows = sql!(
        "SELECT e.id, o.merchant_id, o.shop_id, o.code FROM order_events e JOIN orders o ON o.id = e.order_id WHERE e.id > $1 ORDER BY e.id LIMIT $2"
    )
    .bind(after)
    .bind(limit)
    .all(on)
    .await?;
    rows.iter()
        .map(|row| {
            Ok(Happened {
                place: row.get("id")?,
                merchant: row.get("merchant_id")?,
                shop: row.get("shop_id")?,
                code: row.get("code")?,
            })
        })
        .collect()
}
