//! Profit and turnover from orders that buyers received.

use crate::{
    ApiState,
    describe::{Op, op},
    shape::{Shown, Sum},
};
use axum::extract::State;
use sauda_economics::rates::Day;
use sauda_edge::{Caller, PathParams, QueryParams, Refusal, need};
use sauda_kernel::{Kind, Public, ShopId};
use sauda_reports::{Asked, GroupBy, Sums};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// Which sales and how they are put together.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct ProfitQuery {
    /// The first day, `2026-11-01`.
    pub from: String,
    /// The last day, included; at most 370 days later.
    pub to: String,
    /// `day` (usual), `product`, `order`, `category` or `shop`.
    #[serde(default)]
    pub by: Option<String>,
}

/// Where money went. `revenue` − `without_cost` is all parts and `profit` together.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ProfitSums)]
pub(crate) struct SumsView {
    pub pieces: i64,
    pub revenue: Sum,
    /// The part of the revenue whose cost is not known: it is in no part and not in the profit.
    pub without_cost: Sum,
    pub purchase: Sum,
    pub commission: Sum,
    pub delivery: Sum,
    pub advertising: Sum,
    pub packaging: Sum,
    pub payment: Sum,
    pub tax: Sum,
    /// Value added tax to be paid: what is inside the revenue, less what is set off.
    pub vat: Sum,
    /// Inside the revenue with a known cost; zero for those who do not pay the tax.
    pub vat_in_price: Sum,
    /// Inside the purchase, set off.
    pub vat_in_purchase: Sum,
    /// Inside the marketplace's commission and delivery, set off.
    pub vat_in_fees: Sum,
    pub profit: Sum,
    /// Of revenue with a known cost; null when there is none.
    pub margin_bp: Option<i32>,
    /// What came back; in no other sum.
    pub returned: Sum,
}

impl From<&Sums> for SumsView {
    fn from(sums: &Sums) -> Self {
        Self {
            pieces: sums.pieces,
            revenue: sums.revenue.into(),
            without_cost: sums.without_cost.into(),
            purchase: sums.purchase.into(),
            commission: sums.commission.into(),
            delivery: sums.delivery.into(),
            advertising: sums.advertising.into(),
            packaging: sums.packaging.into(),
            payment: sums.payment.into(),
            tax: sums.tax.into(),
            vat: sums.vat.into(),
            vat_in_price: sums.vat_in_price.into(),
            vat_in_purchase: sums.vat_in_purchase.into(),
            vat_in_fees: sums.vat_in_fees().into(),
            profit: sums.profit.into(),
            margin_bp: sums.margin().map(|margin| margin.0),
            returned: sums.returned.into(),
        }
    }
}

/// One group of sales.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ProfitGroup)]
pub(crate) struct GroupView {
    /// Day, article, number of the order, category or id of the shop.
    pub key: String,
    pub name: String,
    pub orders: usize,
    pub sums: SumsView,
}

/// Goods that were sold and whose cost nobody gave.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = MissingCost)]
pub(crate) struct MissingView {
    pub sku: String,
    pub name: String,
    pub pieces: i64,
    pub revenue: Sum,
}

/// What a span earned.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Profit)]
pub(crate) struct ProfitView {
    pub from: String,
    pub to: String,
    pub orders: usize,
    pub total: SumsView,
    pub groups: Vec<GroupView>,
    pub missing_costs: Vec<MissingView>,
    pub orders_without_delivery: usize,
    /// Revenue of goods whose category the tariff does not know: the shop's usual commission was taken.
    pub usual_commission: Sum,
    /// Revenue of days on which the regime was not in force: the shop's usual tax was taken.
    pub usual_tax: Sum,
}

fn day(text: &str, field: &str) -> Result<Day, Refusal> {
    Day::parse(text).ok_or_else(|| {
        let told = Public::new("invalid-value").field(field).arg("value", text);
        Refusal::new(Kind::Invalid, told)
    })
}

pub(crate) fn show_op() -> Op {
    op::<need::ViewMoney>("show_profit", "What received orders of a shop earned in a span")
        .query::<ProfitQuery>()
        .shows::<ProfitView>()
}

pub(crate) async fn show(
    caller: Caller<need::ViewMoney>,
    State(state): State<ApiState>,
    PathParams(shop): PathParams<ShopId>,
    QueryParams(query): QueryParams<ProfitQuery>,
) -> Result<Shown<ProfitView>, Refusal> {
    let shop = state.catalog.shop(&caller.scope, &shop).await?.id;
    let word = query.by.as_deref().unwrap_or("day");
    let by = GroupBy::parse(word).ok_or_else(|| {
        let told = Public::new("invalid-value").field("by").arg("value", word);
        Refusal::new(Kind::Invalid, told)
    })?;
    let asked = Asked {
        shops: vec![shop],
        from: day(&query.from, "from")?,
        to: day(&query.to, "to")?,
        by,
    };
    let profit = state.reports.profit(&caller.scope, &asked).await?;
    Ok(Shown(ProfitView {
        from: asked.from.to_string(),
        to: asked.to.to_string(),
        orders: profit.orders,
        total: SumsView::from(&profit.total),
        groups: profit
            .groups
            .iter()
            .map(|group| GroupView {
                key: group.key.clone(),
                name: group.name.clone(),
                orders: group.orders,
                sums: SumsView::from(&group.sums),
            })
            .collect(),
        missing_costs: profit
            .missing
            .iter()
            .map(|one| MissingView {
                sku: one.sku.clone(),
                name: one.name.clone(),
                pieces: one.pieces,
                revenue: one.revenue.into(),
            })
            .collect(),
        orders_without_delivery: profit.orders_without_delivery,
        usual_commission: profit.usual_commission.into(),
        usual_tax: profit.usual_tax.into(),
    }))
}
