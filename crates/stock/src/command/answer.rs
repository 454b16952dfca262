//! One line of output. Refuses to leave out why so many, and what the figures rest on.

use super::note::Note;
use super::question::Item;
use super::words::{Told, told};
use crate::reorder::{
    BatchReason, Demand, Idle, Plan, Steadiness, Wish, Worth, idle, plan, quiet_days, share_out, steadiness,
    worths,
};
use sauda_kernel::Money;
use serde::Serialize;
use serde_json::{Map, Number, Value};

#[derive(Serialize)]
pub(super) struct ItemView {
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<Value>,
    order_quantity: i64,
    /// What the order costs, tenge.
    order_sum: Option<Number>,
    reason: Told,
    safety_stock: i64,
    rop: i64,
    order_up_to: i64,
    eoq: Option<i64>,
    /// Of goods, ordering and keeping with such a batch, tenge.
    yearly_cost: Option<Number>,
    batch: BatchView,
    expected_fill_rate: f64,
    expected_service_level: f64,
    available: i64,
    position: i64,
    days_of_cover: Option<f64>,
    days_of_cover_with_order: Option<f64>,
    demand: DemandView,
    exposure: ExposureView,
    idle: Option<Told>,
    #[serde(skip_serializing_if = "Option::is_none")]
    abc: Option<Worth>,
    xyz: Option<Steadiness>,
    /// Inside of a budget: what was wanted.
    #[serde(skip_serializing_if = "Option::is_none")]
    wanted_quantity: Option<i64>,
    notes: Vec<NoteView>,
}

#[derive(Serialize)]
struct BatchView {
    quantity: i64,
    why: &'static str,
}

#[derive(Serialize)]
struct DemandView {
    mean_per_day: f64,
    from: &'static str,
    days: Option<usize>,
}

/// Demand over lead time and review.
#[derive(Serialize)]
struct ExposureView {
    days: f64,
    mean: f64,
    sd: f64,
    distribution: &'static str,
}

#[derive(Serialize)]
struct NoteView {
    #[serde(flatten)]
    told: Told,
    field: String,
}

#[derive(Serialize)]
pub(super) struct GroupView {
    line: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<Value>,
    budget: Option<Number>,
    spent: Number,
    wanted_sum: Number,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<Told>,
    items: Vec<ItemView>,
}

fn round(value: f64, digits: i32) -> f64 {
    let scale = 10_f64.powi(digits);
    (value * scale).round() / scale
}

/// Tenge with at most two decimals.
pub(super) fn tenge(money: Money) -> Number {
    let tiyn = money.tiyn();
    if tiyn % 100 == 0 {
        return Number::from(tiyn / 100);
    }
    Number::from_f64(crate::reorder::float(tiyn) / 100.0).unwrap_or_else(|| Number::from(tiyn / 100))
}

/// One product decided.
pub(super) struct Decided {
    item: Item,
    id: Option<Value>,
    plan: Plan,
    order: i64,
}

pub(super) fn decide(item: Item, id: Option<Value>) -> Decided {
    let plan = plan(&item.facts);
    Decided {
        order: plan.order,
        item,
        id,
        plan,
    }
}

/// One product on its own line.
pub(super) fn single(line: u64, decided: &Decided) -> ItemView {
    view(decided, Some(line), None)
}

fn view(decided: &Decided, line: Option<u64>, abc: Option<Worth>) -> ItemView {
    let (item, plan) = (&decided.item, &decided.plan);
    let facts = &item.facts;
    let standing = facts.standing;
    let with_order = standing.position().saturating_add(decided.order);
    let cover = |pieces: i64| plan.cover(pieces).map(|days| round(days, 1));
    let (from, days) = match &facts.demand {
        Demand::Rate { .. } => ("rate", None),
        Demand::Estimated(estimate) => ("history", Some(estimate.days)),
        Demand::Foreseen { .. } => ("forecast", None),
    };
    ItemView {
        line,
        id: decided.id.clone(),
        order_quantity: decided.order,
        order_sum: if decided.order == 0 {
            Some(Number::from(0))
        } else {
            facts.offer.cost(decided.order).map(tenge)
        },
        reason: reason(decided),
        safety_stock: plan.safety_stock,
        rop: plan.reorder_point,
        order_up_to: plan.order_up_to,
        eoq: plan.cheapest.map(|batch| batch.quantity),
        yearly_cost: plan.cheapest.map(|batch| tenge(batch.yearly)),
        batch: BatchView {
            quantity: plan.batch,
            why: match plan.batch_reason {
                BatchReason::Cheapest => "cheapest",
                BatchReason::Review => "up-to-level",
                BatchReason::Supplier => "supplier",
                BatchReason::Week => "week",
            },
        },
        expected_fill_rate: round(plan.fill, 4),
        expected_service_level: round(plan.cycle, 4),
        available: standing.free(),
        position: standing.position(),
        days_of_cover: cover(standing.free()),
        days_of_cover_with_order: cover(with_order),
        demand: DemandView {
            mean_per_day: round(plan.daily, 4),
            from,
            days,
        },
        exposure: ExposureView {
            days: round(facts.lead.mean + facts.review_days, 2),
            mean: round(plan.exposure.whole.mean(), 2),
            sd: round(plan.exposure.whole.deviation(), 2),
            distribution: plan.exposure.whole.law().word(),
        },
        idle: idle_words(item, plan),
        abc,
        xyz: steadiness(&item.past),
        wanted_quantity: (decided.order != plan.order).then_some(plan.order),
        notes: notes(decided, with_order),
    }
}

fn args<const N: usize>(pairs: [(&str, Value); N]) -> Map<String, Value> {
    pairs
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value))
        .collect()
}

fn reason(decided: &Decided) -> Told {
    let (plan, facts) = (&decided.plan, &decided.item.facts);
    let short = |value: f64| {
        let rounded = round(value, if value < 10.0 { 2 } else { 1 });
        if rounded.fract() == 0.0 {
            Value::from(crate::reorder::whole(rounded))
        } else {
            Value::from(rounded)
        }
    };
    if decided.order != plan.order {
        let code = if facts.offer.breaks.is_empty() {
            "budget-no-price"
        } else if decided.order == 0 {
            "budget-none"
        } else {
            "budget-cut"
        };
        return told(
            code,
            &args([("wanted", plan.order.into()), ("order", decided.order.into())]),
        );
    }
    let position = facts.standing.position();
    if plan.daily <= 0.0 && decided.order == 0 {
        return told("no-demand", &Map::new());
    }
    let common = args([
        ("order", decided.order.into()),
        ("position", position.into()),
        ("rop", plan.reorder_point.into()),
        ("daily", short(plan.daily)),
        ("days", short(facts.lead.mean + facts.review_days)),
        ("safety", plan.safety_stock.into()),
        ("cover", short(plan.cover(position).unwrap_or(0.0).floor())),
    ]);
    told(if decided.order > 0 { "order" } else { "enough" }, &common)
}

fn idle_words(item: &Item, plan: &Plan) -> Option<Told> {
    let on_hand = item.facts.standing.on_hand;
    let (code, days) = match idle(on_hand, quiet_days(&item.past), plan.daily)? {
        Idle::Dead { days } => ("dead-stock", days),
        Idle::Slow { cover_days } => ("slow-stock", cover_days),
    };
    Some(told(
        code,
        &args([("units", on_hand.into()), ("days", days.into())]),
    ))
}

/// From so many days of cover on an order is worth a second look.
const LONG_COVER_DAYS: f64 = 120.0;

fn notes(decided: &Decided, with_order: i64) -> Vec<NoteView> {
    let plan = &decided.plan;
    let mut notes = decided.item.notes.clone();
    if plan.batch_reason == BatchReason::Week && plan.daily > 0.0 {
        notes.push(Note::new("batch-week", "order_cost").arg("batch", plan.batch));
    }
    if let Some(cover) = plan.cover(with_order)
        && decided.order > 0
        && cover > LONG_COVER_DAYS
    {
        notes.push(Note::new("batch-long", "moq").arg("cover", crate::reorder::whole(cover)));
    }
    notes
        .into_iter()
        .map(|note| {
            let mut with_field = note.args.clone();
            with_field.insert("field".to_owned(), note.field.clone().into());
            NoteView {
                told: told(note.code, &with_field),
                field: note.field,
            }
        })
        .collect()
}

/// Several products that share a budget, or only stand beside each other.
pub(super) fn group(line: u64, id: Option<Value>, mut all: Vec<Decided>, budget: Option<Money>) -> GroupView {
    let sum = |all: &[Decided]| -> Money {
        let sums = all.iter().filter_map(|one| one.item.facts.offer.cost(one.order));
        Money::from_tiyn(sums.fold(0, |sum, one| sum.saturating_add(one.tiyn())))
    };
    let wanted = sum(&all);
    if let Some(budget) = budget {
        let wishes: Vec<Wish<'_>> = all
            .iter()
            .map(|one| Wish {
                plan: &one.plan,
                offer: &one.item.facts.offer,
                position: one.item.facts.standing.position(),
                worth: one.item.worth.unwrap_or(Money::from_tiyn(1)),
            })
            .collect();
        let bought = if wanted <= budget
            && all
                .iter()
                .all(|one| !one.item.facts.offer.breaks.is_empty() || one.order == 0)
        {
            all.iter().map(|one| one.order).collect()
        } else {
            share_out(&wishes, budget)
        };
        for (one, order) in all.iter_mut().zip(bought) {
            one.order = order;
            if one.item.facts.offer.breaks.is_empty() {
                continue;
            }
            if !one.item.is_profit {
                one.item.notes.push(Note::new("worth-by-price", "profit"));
            }
        }
    }
    let yearly: Vec<i64> = all
        .iter()
        .map(|one| {
            let worth = one.item.worth.map_or(0, Money::tiyn);
            crate::reorder::whole(one.plan.daily * 365.0 * crate::reorder::float(worth))
        })
        .collect();
    let spent = sum(&all);
    let reason = budget.map(|budget| {
        let shown = |money: Money| Value::Number(tenge(money));
        told(
            "budget-left",
            &args([
                ("spent", shown(spent)),
                ("budget", shown(budget)),
                ("wanted", shown(wanted)),
            ]),
        )
    });
    let has_worth = all.iter().all(|one| one.item.worth.is_some());
    let classes = worths(&yearly);
    GroupView {
        line,
        id,
        budget: budget.map(tenge),
        spent: tenge(spent),
        wanted_sum: tenge(wanted),
        reason,
        items: all
            .iter()
            .zip(classes)
            .map(|(one, class)| view(one, None, has_worth.then_some(class)))
            .collect(),
    }
}
