//! Which offers a bulk change is for and what it does with each. Refuses two wishes at once.

use super::{board::BoardQuery, one_of, rule_settings::strategy_schema};
use crate::{
    describe::Example,
    shape::{BoardViewWord, Sum, present},
};
use sauda_accounts::Scope;
use sauda_edge::Refusal;
use sauda_kernel::{BasisPoints, OfferId, RuleId};
use sauda_pricing::{
    model::Strategy,
    service::{BulkAct, Formula, Selection},
};
use serde::Deserialize;
use serde_json::{Value, json};
use utoipa::ToSchema;

/// The filter of the list of offers; the filter travels, not the ids.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = BulkFilter)]
pub(crate) struct FilterBody {
    pub view: Option<BoardViewWord>,
    pub q: Option<String>,
    pub strategy: Option<String>,
    pub category: Option<String>,
    #[schema(value_type = Option<String>)]
    pub rule_id: Option<RuleId>,
    pub margin_below_bp: Option<i32>,
    pub stock_below: Option<i64>,
}

/// Which offers: exactly one member.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = BulkSelection)]
pub(crate) struct SelectionBody {
    /// Ids of offers.
    #[schema(value_type = Option<Vec<String>>)]
    pub offers: Option<Vec<OfferId>>,
    pub filter: Option<FilterBody>,
}

impl SelectionBody {
    pub(super) fn read(self, scope: &Scope, city_id: String) -> Result<Selection, Refusal> {
        match (self.offers, self.filter) {
            (Some(offers), None) => Ok(Selection::Offers(offers)),
            (None, Some(filter)) => {
                let query = BoardQuery {
                    view: filter.view,
                    q: filter.q,
                    strategy: filter.strategy,
                    category: filter.category,
                    rule: filter.rule_id,
                    margin_below_bp: filter.margin_below_bp,
                    stock_below: filter.stock_below,
                    ..BoardQuery::default()
                };
                Ok(Selection::Filter(Box::new(query.filter(scope, city_id)?)))
            }
            _ => Err(one_of("selection.offers, selection.filter")),
        }
    }
}

/// How a limit comes about: exactly one member. Shares are basis points: 10 500 is plus 5 %.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Formula)]
pub(crate) struct FormulaBody {
    pub fixed: Option<Sum>,
    /// Of the limit as it stands.
    pub of_current_bp: Option<i32>,
    /// Of the own price.
    pub of_price_bp: Option<i32>,
    /// Of the purchase cost.
    pub of_cost_bp: Option<i32>,
    /// `true` takes the limit away.
    pub clear: Option<bool>,
}

impl FormulaBody {
    fn read(self, field: &str) -> Result<Formula, Refusal> {
        match (
            self.fixed,
            self.of_current_bp,
            self.of_price_bp,
            self.of_cost_bp,
            self.clear,
        ) {
            (Some(sum), None, None, None, None) => Ok(Formula::Fixed(sum.price(field)?)),
            (None, Some(share), None, None, None) => Ok(Formula::OfCurrent(BasisPoints(share))),
            (None, None, Some(share), None, None) => Ok(Formula::OfPrice(BasisPoints(share))),
            (None, None, None, Some(share), None) => Ok(Formula::OfCost(BasisPoints(share))),
            (None, None, None, None, Some(true)) => Ok(Formula::Clear),
            _ => Err(one_of(
                "fixed, of_current_bp, of_price_bp, of_cost_bp, clear: true",
            )),
        }
    }
}

/// What to do with each offer: exactly one member.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = BulkAct)]
pub(crate) struct ActBody {
    pub min: Option<FormulaBody>,
    pub max: Option<FormulaBody>,
    pub step: Option<Sum>,
    #[schema(schema_with = strategy_schema)]
    pub strategy: Option<Strategy>,
    /// Id of a rule, or `null` for none.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<String>)]
    pub rule_id: Option<Option<RuleId>>,
    /// Whether the bot keeps the price.
    pub managed: Option<bool>,
}

impl ActBody {
    pub(super) fn read(self) -> Result<BulkAct, Refusal> {
        let mut acts = Vec::with_capacity(1);
        if let Some(formula) = self.min {
            acts.push(BulkAct::Min(formula.read("act.min.fixed")?));
        }
        if let Some(formula) = self.max {
            acts.push(BulkAct::Max(formula.read("act.max.fixed")?));
        }
        if let Some(step) = self.step {
            acts.push(BulkAct::Step(step.price("act.step")?));
        }
        acts.extend(self.strategy.map(BulkAct::Strategy));
        acts.extend(self.rule_id.map(BulkAct::Rule));
        acts.extend(self.managed.map(BulkAct::Managed));
        match (acts.pop(), acts.is_empty()) {
            (Some(act), true) => Ok(act),
            _ => Err(one_of(
                "act.min, act.max, act.step, act.strategy, act.rule_id, act.managed",
            )),
        }
    }
}

/// A bulk change.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewBulk)]
pub(crate) struct BulkBody {
    pub selection: SelectionBody,
    pub act: ActBody,
    /// City of the filter; the shop's main one without it.
    #[serde(default)]
    pub city: Option<String>,
}

impl Example for BulkBody {
    fn example() -> Value {
        json!({
            "selection": {"filter": {"view": "floor", "category": "Tyres"}},
            "act": {"min": {"of_cost_bp": 11_500}},
        })
    }
}
