//! The calculator: its address is its question, so that it can be shared and kept. Refuses to compute by itself.

use super::{
    answer::result_of,
    fill::{self, Typed},
    saved,
};
use crate::{
    door::Desk,
    pages::prices::path_of,
    views::{
        money::{Calculator, CalculatorResult, Scenario},
        parts::{Form, Told},
    },
};
use axum::{
    extract::{OriginalUri, State},
    response::Response,
};
use sauda_accounts::{Right, Scope};
use sauda_economics::command::{Asked, Refusal as Refused, ask, sum_of};
use sauda_economics::money::{OwnRates, RateKind};
use sauda_economics::rates::{Day, find_categories};
use sauda_edge::{PathParams, Person, QueryParams, Refusal, need};
use sauda_kernel::{ProductId, Span, Timestamp};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// Categories that are offered for a name that is not known.
const NEAR: usize = 8;
/// Deliveries of the table, in its order.
const WAYS: [&str; 5] = ["pickup", "city", "kazakhstan", "express", "own"];
/// Groups of rare fields. A group is unfolded when one of its fields was typed or refused; those behind `/` are filled by
/// settings, and unfold it only when refused.
const GROUPS: [(&str, &str); 4] = [
    ("taxes", "tax_pct purchase_vat / region vat_payer"),
    (
        "costs",
        "commission_pct other advertising_pct returns_pct payment_pct / commission_vat",
    ),
    (
        "abroad",
        "quantity freight freight_per volume_l insurance duty_pct brokerage local_delivery defects_pct import_vat",
    ),
    ("aim", "wish_margin_pct / date"),
];

/// Fields with numbers, a day or a currency: their names are `what-calc-<field>`.
const WRITTEN: [&str; 22] = [
    "purchase",
    "buy_currency",
    "buy_rate",
    "packaging",
    "other",
    "weight_kg",
    "volume_l",
    "quantity",
    "freight",
    "insurance",
    "duty_pct",
    "brokerage",
    "local_delivery",
    "defects_pct",
    "commission_pct",
    "tax_pct",
    "advertising_pct",
    "returns_pct",
    "payment_pct",
    "wish_margin_pct",
    "date",
    "delivery_fee",
];

/// A rate that was set longer ago is called old.
const FRESH: Span = Span::from_days(7);

/// What was typed, and what came of it.
pub(super) struct Computed {
    pub(super) form: Form,
    pub(super) result: Option<CalculatorResult>,
    is_unknown_category: bool,
    /// The price that earns the wish, when no price was asked.
    wished: Option<i64>,
}

pub(super) async fn page(
    State(desk): State<Desk>,
    who: Person<need::ViewMoney>,
    PathParams(slug): PathParams<String>,
    QueryParams(query): QueryParams<BTreeMap<String, String>>,
    OriginalUri(uri): OriginalUri,
) -> Result<Response, Refusal> {
    let at = desk
        .at_shop(&who.session, who.language, &path_of(&uri), "money", &slug, None)
        .await?;
    let (scope, today) = (who.scope(), Day::of(desk.now()));
    let economics = desk.pricing.shop_settings(scope, &at.shop.id).await?.economics;
    let mut typed = fill::known(&query);
    let (mut found, mut unknown) = (None, None);
    let is_product = asked_product(&query).filter(|_| query.len() == 1);
    let card = typed.get("link").and_then(|link| fill::card_of(link));
    if !is_asked(&typed) || card.is_some() {
        let mut usual = fill::usual(&desk, scope, &economics, today).await?;
        usual.append(&mut typed);
        typed = usual;
    }
    if let Some(product) = is_product {
        found = fill::from_product(&desk, scope, &mut typed, &product).await?;
    } else if let Some(card) = card {
        match fill::from_card(&desk, scope, &at, &mut typed, &card).await? {
            Ok(title) => found = Some(title),
            Err(why) => unknown = Some(why),
        }
    }
    let own = desk.money.rates(scope).await?;
    // Without a category there is still the commission that the shop is set to.
    let names_commission = |typed: &Typed| {
        typed.contains_key("category")
            || typed.contains_key("commission_pct")
            || own.share(RateKind::Commission, "", today).is_some()
    };
    let shop_commission = (!names_commission(&typed)).then_some(economics.commission_bp);
    let mut asked = typed.clone();
    if let Some(share) = shop_commission {
        let percent = format!("{},{:02}", share.0 / 100, share.0 % 100);
        asked.insert("commission_pct".to_owned(), percent);
    }
    let mut computed = compute(&asked, &own, today);
    computed.form.values = shown(&typed);
    if let (Some(link), None) = (typed.get("link"), &found) {
        let told = unknown.unwrap_or_else(|| Told::new("calc-link").arg("value", link.clone()));
        computed.form = computed.form.refuse("link", told);
    }
    let mut view = view(&typed, &asked, computed, today);
    view.shop_commission_bp = shop_commission.map(|share| i64::from(share.0));
    view.product = product_of(&desk, scope, &typed, view.result.as_ref()).await?;
    view.found = found;
    view.own_rate = own_rate(&typed, &own, today);
    view.may_edit = scope.may(Right::ManagePrices);
    (view.kept, view.kept_count) = saved::newest(&desk, scope, &slug, &own).await?;
    desk.draw(&at.shell, &view)
}

/// The rate of the chosen currency that the question takes from the merchant's own, since nobody typed one.
fn own_rate(typed: &Typed, own: &OwnRates, today: Day) -> Option<(String, Timestamp, bool)> {
    let code = typed
        .get("buy_currency")
        .filter(|_| !typed.contains_key("buy_rate"))?;
    let day = typed.get("date").and_then(|day| Day::parse(day)).unwrap_or(today);
    let (rate, at) = (own.currency(code, day)?, day.noon());
    let from = rate.from.noon();
    Some((super::rate_typed(rate.millionths), from, at.since(from) > FRESH))
}

/// What was typed, whole sums with a space between their thousands.
fn shown(typed: &Typed) -> Typed {
    let group = |(name, value): (&String, &String)| {
        let is_sum = ["price", "purchase"].contains(&name.as_str());
        let whole = value.parse::<i64>().ok().filter(|_| is_sum);
        (
            name.clone(),
            whole.map_or_else(|| value.clone(), crate::format::group),
        )
    };
    typed.iter().map(group).collect()
}

fn asked_product(query: &BTreeMap<String, String>) -> Option<ProductId> {
    ProductId::parse(query.get("product")?).ok()
}

/// The product that the question is about, and the landed cost that it may take.
async fn product_of(
    desk: &Desk,
    scope: &Scope,
    typed: &Typed,
    result: Option<&CalculatorResult>,
) -> Result<Option<(String, Option<String>)>, Refusal> {
    let Some(id) = asked_product(typed) else {
        return Ok(None);
    };
    let found = desk.products.by_ids(scope, std::slice::from_ref(&id)).await?;
    let cost = result
        .and_then(|result| result.unit_cost)
        .filter(|_| scope.may(Right::ManageCatalog))
        .map(|cost| format!("{},{:02}", cost.tiyn() / 100, cost.tiyn() % 100));
    Ok(found.first().map(|product| (product.id.to_string(), cost)))
}

/// The answer to what was typed, or why there is none.
pub(super) fn compute(typed: &Typed, own: &OwnRates, today: Day) -> Computed {
    let mut computed = Computed {
        form: Form {
            values: typed.clone(),
            ..Form::default()
        },
        result: None,
        is_unknown_category: false,
        wished: None,
    };
    if !is_asked(typed) {
        return computed;
    }
    match answered(typed, own, today) {
        Ok(answer) if typed.contains_key("price") => computed.result = result_of(typed, &answer),
        Ok(answer) => {
            computed.wished = answer
                .get("wish")
                .and_then(|wish| wish.get("price").and_then(Value::as_i64));
            if computed.wished.is_none() {
                computed.form = computed.form.refuse("price", Told::new("calc-missing-price"));
            }
        }
        Err(refused) => {
            computed.is_unknown_category = ["unknown-category", "ambiguous-category"].contains(&refused.code);
            computed.form = refuse(computed.form, typed, &refused);
        }
    }
    computed
}

fn answered(typed: &Typed, own: &OwnRates, today: Day) -> Result<Map<String, Value>, Refused> {
    // The freight of a kilogram is multiplied before it is asked: the question does not show how it was typed.
    if let Some(freight) = typed.get("freight") {
        sum_of(freight).map_err(|refused| Refused {
            field: Some("freight".to_owned()),
            ..refused
        })?;
    }
    ask(Asked::Economics, &fill::question(typed, own, today))
}

fn is_asked(typed: &Typed) -> bool {
    typed.contains_key("price") || typed.contains_key("purchase")
}

fn view(typed: &Typed, asked: &Typed, computed: Computed, today: Day) -> Calculator {
    let Computed {
        form,
        result,
        is_unknown_category,
        wished,
    } = computed;
    let chosen = typed.get("buy_currency").map(|other| other.to_uppercase());
    Calculator {
        query: fill::kept(asked),
        share: fill::query_of(asked),
        is_asked: is_asked(typed),
        day: typed
            .get("date")
            .and_then(|day| Day::parse(day))
            .unwrap_or(today)
            .noon(),
        ways: ways(typed, result.as_ref()),
        currencies: super::currencies(chosen.as_deref()),
        own_rate: None,
        open: open(typed, &form),
        slider: slider(typed),
        shop_commission_bp: None,
        categories: if is_unknown_category {
            near(typed, today)
        } else {
            Vec::new()
        },
        wished: wished.map(|price| (price, with(typed, "price", &price.to_string()))),
        kept: Vec::new(),
        kept_count: 0,
        found: None,
        product: None,
        may_edit: false,
        form,
        result,
    }
}

/// The question with one field changed, as addresses carry it.
fn with(typed: &Typed, name: &str, value: &str) -> String {
    let mut other = typed.clone();
    other.insert(name.to_owned(), value.to_owned());
    fill::query_of(&other)
}

fn open(typed: &Typed, form: &Form) -> Vec<&'static str> {
    let is_open = |fields: &str| {
        let own = fields.split('/').next().unwrap_or(fields);
        let (mut own, mut all) = (own.split_whitespace(), fields.split_whitespace());
        own.any(|name| typed.contains_key(name)) || all.any(|name| form.errors.contains_key(name))
    };
    GROUPS
        .into_iter()
        .filter(|(_, fields)| is_open(fields))
        .map(|(group, _)| group)
        .collect()
}

/// From half the price to one and a half of it, in steps that a finger can hit.
fn slider(typed: &Typed) -> (i64, i64, i64) {
    let price = typed
        .get("price")
        .and_then(|price| super::hundredths(price))
        .map_or(0, |price| price / 100);
    if price < 2 {
        return (0, 100_000, 100);
    }
    let step = [(2_000, 1), (200_000, 10), (2_000_000, 100)]
        .into_iter()
        .find(|(below, _)| price < *below)
        .map_or(1_000, |(_, step)| step);
    (price / 2 / step * step, (price * 3 / 2 / step + 1) * step, step)
}

/// Every delivery with what it leaves; nothing beside them as long as there is no answer.
fn ways(typed: &Typed, result: Option<&CalculatorResult>) -> Vec<Scenario> {
    let chosen = match typed.get("delivery").map(String::as_str) {
        Some("none") => "pickup",
        Some(word) => word,
        None => "",
    };
    let way = |word: &str| {
        let known = result.and_then(|result| result.scenarios.iter().find(|one| one.word == word));
        let mut way = known.cloned().unwrap_or(Scenario {
            word: word.to_owned(),
            is_chosen: false,
            fee: None,
            profit: None,
            margin_bp: None,
            break_even: None,
        });
        way.is_chosen = word == chosen;
        if let (true, "own", Some(result)) = (way.is_chosen, word, result) {
            way.profit = result.profit;
            way.margin_bp = result.margin_bp;
            way.break_even = result.break_even;
        }
        way
    };
    WAYS.into_iter().map(way).collect()
}

fn refuse(form: Form, typed: &Typed, refused: &Refused) -> Form {
    let field = fill::field_of(refused.field.as_deref());
    let field = field.strip_suffix(".sum").map_or(field.clone(), str::to_owned);
    let code = match (refused.code, field.as_str()) {
        ("missing-field", "price" | "weight_kg" | "category" | "purchase" | "buy_rate") => {
            format!("calc-missing-{field}")
        }
        ("landed-no-measure", "freight") => "calc-freight-measure".to_owned(),
        ("missing-field", _) => "calc-missing".to_owned(),
        ("wrong-value", "delivery_fee") if !typed.contains_key("delivery_fee") => {
            "calc-missing-delivery_fee".to_owned()
        }
        ("wrong-value" | "floor-negative" | "landed-wrong", "price") => "calc-wrong-price".to_owned(),
        ("wrong-value" | "floor-negative" | "landed-wrong", name) if WRITTEN.contains(&name) => {
            "calc-wrong".to_owned()
        }
        (code, _) => code.to_owned(),
    };
    let mut told = Told::new(code);
    for (name, value) in &refused.args {
        told = told.arg(name, value.clone());
    }
    if let Some(value) = typed.get(&field) {
        told = told
            .arg("value", value.clone())
            .arg("what", format!("calc-{field}"));
    }
    form.refuse(&field, told)
}

fn near(typed: &Typed, today: Day) -> Vec<(String, i64, String)> {
    let name = typed.get("category").map_or("", String::as_str);
    let found = find_categories(name, today, NEAR).unwrap_or_default();
    found
        .into_iter()
        .map(|rate| {
            let query = with(typed, "category", &rate.category);
            (rate.category, i64::from(rate.rate.0), query)
        })
        .collect()
}
