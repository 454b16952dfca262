//! Returns of a shop for programs: what the cabinet tells, and what people did with each.

use crate::{
    ApiState,
    describe::{Example, Op, op},
    shape::{Moment, Page, Shown, Sum, bad_cursor, limit_of},
};
use axum::extract::State;
use sauda_accounts::{Right, Scope};
use sauda_edge::{Caller, JsonBody, PathParams, QueryParams, Refusal, need};
use sauda_kernel::{Kind, Public, ReturnId, ShopId, Timestamp};
use sauda_orders::{
    ReturnFilter,
    model::{Condition, ReturnMark, ReturnView, Returned},
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::{IntoParams, ToSchema};

/// A return.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Return)]
pub(crate) struct Shape {
    pub id: String,
    /// The marketplace's number that people see.
    pub number: String,
    /// Number of the order; empty when it was not told.
    pub order: String,
    pub sku: Option<String>,
    pub quantity: Option<i64>,
    /// Null to those without the right `view_money`.
    pub sum: Option<Sum>,
    pub reason: Option<String>,
    pub comment: Option<String>,
    /// `new`, `on_delivery`, `waiting_decision`, `dispute`, `closed`.
    pub state: &'static str,
    /// The same in the marketplace's own words.
    pub state_text: Option<String>,
    /// Until when somebody has to do something.
    pub until: Option<Moment>,
    /// What people did: `none`, `collected`, `stocked`, `written_off`, `disputed`.
    pub mark: &'static str,
    /// Empty before.
    pub marked_by: String,
    pub marked_at: Option<Moment>,
    /// In what condition the goods came back: `intact`, `opened` (only the packing), `worn`, `damaged`; null before somebody looked.
    pub condition: Option<&'static str>,
    /// Addresses of the pictures that the buyer sent.
    pub pictures: Vec<String>,
    pub seen_at: Moment,
}

impl Shape {
    fn of(row: &Returned, scope: &Scope) -> Self {
        let document = &row.document;
        Self {
            id: row.id.to_string(),
            number: row.number.clone(),
            order: row.order_code.clone(),
            sku: document.sku.clone(),
            quantity: document.quantity,
            sum: document
                .sum
                .filter(|_| scope.may(Right::ViewMoney))
                .map(Sum::from),
            reason: document.reason.clone(),
            comment: document.comment.clone(),
            state: row.tab.word(),
            state_text: document.step.clone().or_else(|| document.state.clone()),
            until: row.until_at.map(Moment),
            mark: row.mark.word(),
            marked_by: row.marked_by.clone(),
            marked_at: row.marked_at.map(Moment),
            condition: row.condition.map(Condition::word),
            pictures: document.pictures.clone(),
            seen_at: row.seen_at.into(),
        }
    }
}

/// Which returns.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct ReturnsQuery {
    /// `todo` (without it), `coming`, `closed`, `all`. What has to be done first is listed first.
    pub view: Option<String>,
    /// Words of the number, order, article, buyer or reason.
    pub search: Option<String>,
    /// `next` of the page before.
    pub after: Option<String>,
    /// Items a page, 1 to 200; 50 without it.
    pub limit: Option<u32>,
}

fn wrong(field: &'static str, value: &str) -> Refusal {
    Refusal::new(
        Kind::Invalid,
        Public::new("invalid-value").field(field).arg("value", value),
    )
}

pub(crate) fn list_op() -> Op {
    op::<need::ViewOrders>("list_returns", "What buyers send back to a shop")
        .about("Read from the marketplace's cabinet every half hour. Accepting and refusing a return is possible there only.")
        .query::<ReturnsQuery>()
        .lists::<Shape>()
}

pub(crate) async fn list(
    caller: Caller<need::ViewOrders>,
    State(state): State<ApiState>,
    PathParams(shop): PathParams<ShopId>,
    QueryParams(query): QueryParams<ReturnsQuery>,
) -> Result<Shown<Page<Shape>>, Refusal> {
    let view = match query.view.as_deref() {
        None => ReturnView::Todo,
        Some(word) => ReturnView::parse(word).ok_or_else(|| wrong("view", word))?,
    };
    let after = query.after.as_deref().map(|text| {
        let (until, id) = text.split_once('.').ok_or_else(|| bad_cursor(text))?;
        let until = until.parse().map_err(|_| bad_cursor(text))?;
        let id = ReturnId::parse(id).map_err(|_| bad_cursor(text))?;
        Ok::<_, Refusal>((Timestamp::from_micros(until), id))
    });
    let filter = ReturnFilter {
        view,
        search: query.search,
        after: after.transpose()?,
        limit: i64::try_from(limit_of(query.limit)?).unwrap_or(50),
    };
    let found = state.orders.returns(&caller.scope, &shop, &filter).await?;
    Ok(Shown(Page {
        items: found
            .returns
            .iter()
            .map(|row| Shape::of(row, &caller.scope))
            .collect(),
        next: found
            .next
            .map(|(until, id)| format!("{}.{id}", until.as_micros())),
    }))
}

/// What was done with a return.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = NewReturnMark)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewMark {
    /// `collected`, `stocked`, `written_off`, `disputed`; `none` takes it back. Without it the mark stays.
    pub mark: Option<String>,
    /// `intact`, `opened`, `worn`, `damaged`: said of goods that somebody fetched.
    pub condition: Option<String>,
}

impl Example for NewMark {
    fn example() -> Value {
        json!({"mark": "collected", "condition": "opened"})
    }
}

pub(crate) fn mark_op() -> Op {
    op::<need::ManageOrders>("mark_return", "Say what was done with a return")
        .about("A return is collected before it goes back to stock or is written off. Give a mark, the condition of the goods, or both.")
        .body::<NewMark>()
        .shows::<Shape>()
}

pub(crate) async fn mark(
    caller: Caller<need::ManageOrders>,
    State(state): State<ApiState>,
    PathParams((shop, id)): PathParams<(ShopId, ReturnId)>,
    JsonBody(body): JsonBody<NewMark>,
) -> Result<Shown<Shape>, Refusal> {
    let mark = body.mark.as_deref();
    let mark = mark.map(|word| ReturnMark::parse(word).ok_or_else(|| wrong("mark", word)));
    let condition = body.condition.as_deref();
    let condition = condition.map(|word| Condition::parse(word).ok_or_else(|| wrong("condition", word)));
    let row = match (mark.transpose()?, condition.transpose()?) {
        (None, None) => return Err(wrong("mark", "")),
        // Taken back, nobody has the goods: nothing of it is kept.
        (Some(ReturnMark::None), Some(condition)) => return Err(wrong("condition", condition.word())),
        (Some(mark), None) => state.orders.mark_return(&caller.scope, &shop, &id, mark).await?,
        (mark, Some(condition)) => {
            if let Some(mark) = mark {
                state.orders.mark_return(&caller.scope, &shop, &id, mark).await?;
            }
            state
                .orders
                .note_condition(&caller.scope, &shop, &id, condition)
                .await?
        }
    };
    Ok(Shown(Shape::of(&row, &caller.scope)))
}
