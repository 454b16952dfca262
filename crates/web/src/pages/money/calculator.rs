//! The calculator: its address is its question, so that it can be shared and kept. Refuses to compute by itself.

use super::{
    fill::{self, Typed},
    hundredths,
};
use crate::{
    door::Desk,
    ladder,
    pages::prices::path_of,
    views::{
        money::{Calculator, CalculatorResult, RateUsed, Rung, Scenario},
        parts::{Form, Part, Told, shares},
    },
};
use axum::{
    extract::{OriginalUri, State},
    response::Response,
};
use sauda_accounts::{Right, Scope};
use sauda_economics::command::{Asked, Refusal as Refused, ask, hundredths_of};
use sauda_economics::money::OwnRates;
use sauda_economics::rates::{Day, find_categories};
use sauda_edge::{PathParams, Person, QueryParams, Refusal, need};
use sauda_kernel::{Money, ProductId, Tenge};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// Categories that are offered for a name that is not known.
const NEAR: usize = 8;

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
    let mut typed = fill::known(&query);
    let mut found = None;
    if typed.is_empty() {
        typed = fill::usual(&desk, scope, &at.shop.id, today).await?;
    } else if let (Some(product), true) = (asked_product(&query), query.len() == 1) {
        let mut usual = fill::usual(&desk, scope, &at.shop.id, today).await?;
        found = fill::from_product(&desk, scope, &mut usual, &product).await?;
        typed = usual;
    } else if let Some(card) = typed.get("link").and_then(|link| fill::card_of(link)) {
        if !typed.contains_key("delivery") {
            let mut usual = fill::usual(&desk, scope, &at.shop.id, today).await?;
            usual.append(&mut typed);
            typed = usual;
        }
        found = fill::from_card(&desk, scope, &at.shop.id, &mut typed, &card).await?;
        if found.is_some() && typed.contains_key("category") {
            typed.remove("commission_pct");
        }
    }
    let own = desk.money.rates(scope).await?;
    let mut view = calculate(&typed, &own, today);
    if let (Some(link), None) = (typed.get("link"), &found) {
        view.form = view
            .form
            .refuse("link", Told::new("calc-link").arg("value", link.clone()));
    }
    view.found = found;
    view.product = product_of(&desk, scope, &typed, view.result.as_ref()).await?;
    view.may_edit = scope.may(Right::ManagePrices);
    desk.draw(&at.shell, &view)
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

/// The page for what was typed.
pub(super) fn calculate(typed: &Typed, own: &OwnRates, today: Day) -> Calculator {
    let mut form = Form {
        values: typed.clone(),
        ..Form::default()
    };
    let is_asked =
        typed.contains_key("price") || typed.contains_key("supplier_price") || typed.contains_key("purchase");
    let (mut result, mut categories) = (None, Vec::new());
    if is_asked {
        match ask(Asked::Economics, &fill::question(typed, own, today)) {
            Ok(answer) if typed.contains_key("price") => result = result_of(typed, &answer),
            Ok(_) => form = form.refuse("price", Told::new("calc-missing-price")),
            Err(refused) => {
                if ["unknown-category", "ambiguous-category"].contains(&refused.code) {
                    categories = near(typed, today);
                }
                form = refuse(form, &refused);
            }
        }
    }
    Calculator {
        query: fill::kept(typed),
        form,
        is_asked,
        result,
        categories,
        found: None,
        product: None,
        may_edit: false,
    }
}

fn refuse(form: Form, refused: &Refused) -> Form {
    let field = fill::field_of(refused.field.as_deref());
    let code = match (refused.code, field.as_str()) {
        ("missing-field", "price" | "weight_kg" | "category" | "purchase") => format!("calc-missing-{field}"),
        ("landed-no-measure", "freight") => "calc-freight-measure".to_owned(),
        ("missing-field", _) => "calc-missing".to_owned(),
        (code, _) => code.to_owned(),
    };
    let mut told = Told::new(code);
    for (name, value) in &refused.args {
        told = told.arg(name, value.clone());
    }
    form.refuse(&field, told)
}

fn near(typed: &Typed, today: Day) -> Vec<(String, i64)> {
    let name = typed.get("category").map_or("", String::as_str);
    let found = find_categories(name, today, NEAR).unwrap_or_default();
    found
        .into_iter()
        .map(|rate| (rate.category, i64::from(rate.rate.0)))
        .collect()
}

fn sum(of: &Map<String, Value>, name: &str) -> Option<Money> {
    of.get(name).and_then(hundredths_of).map(Money::from_tiyn)
}

fn bp(of: &Map<String, Value>, name: &str) -> Option<i64> {
    of.get(name).and_then(hundredths_of)
}

fn whole(of: Option<&Value>, name: &str) -> Option<i64> {
    of?.get(name)?.as_i64()
}

fn text(of: &Map<String, Value>, name: &str) -> Option<String> {
    of.get(name)?.as_str().map(str::to_owned)
}

/// The answer in the words of the page.
pub(super) fn result_of(typed: &Typed, answer: &Map<String, Value>) -> Option<CalculatorResult> {
    let price = answer.get("price")?.as_i64()?;
    let profit = sum(answer, "profit");
    let cut = cut(answer, price, profit);
    let eats = match profit {
        Some(profit) if profit < Money::ZERO => cut
            .iter()
            .filter(|part| part.word != "profit")
            .max_by_key(|part| part.tenge)
            .map(|part| part.word),
        _ => None,
    };
    let ladder = ladder(answer, price);
    let curve = curve(&ladder);
    let even = answer.get("break_even");
    let gap = |gap: &Value| Some((whole(Some(gap), "from")?, whole(Some(gap), "to")?));
    let gaps = even.and_then(|even| even.get("gaps")?.as_array());
    let wished = typed.get("wish_margin_pct").and_then(|text| hundredths(text));
    let notes = answer.get("notes").and_then(Value::as_array);
    let landed = answer
        .get("landed")
        .and_then(|landed| landed.get("items")?.get(0)?.get("unit"));
    Some(CalculatorResult {
        price,
        profit,
        left: sum(answer, "left_for_cost"),
        margin_bp: bp(answer, "margin_pct"),
        markup_bp: bp(answer, "markup_pct"),
        roi_bp: bp(answer, "roi_pct"),
        parts: shares(cut, Tenge(price)),
        eats,
        break_even: whole(even, "price"),
        gaps: gaps
            .map(|gaps| gaps.iter().filter_map(gap).collect())
            .unwrap_or_default(),
        wish: wished.map(|wished| (wished, whole(answer.get("wish"), "price"))),
        unit_cost: landed.and_then(hundredths_of).map(Money::from_tiyn),
        scenarios: scenarios(typed, answer),
        curve,
        ladder,
        rates: rates(answer),
        notes: notes
            .map(|notes| {
                notes
                    .iter()
                    .filter_map(|note| note.get("code")?.as_str().map(str::to_owned))
                    .collect()
            })
            .unwrap_or_default(),
    })
}

/// Whole tenge, so that the parts add up to the price; the remainder is the profit.
fn cut(answer: &Map<String, Value>, price: i64, profit: Option<Money>) -> Vec<Part> {
    let parts = answer.get("parts").and_then(Value::as_object);
    let rate = |of: &str, name: &str| answer.get(of)?.get(name).and_then(hundredths_of);
    let shares_of = |word: &str| match word {
        "commission" => rate("commission", "rate_pct"),
        "tax" => rate("tax", "rate_pct"),
        _ => None,
    };
    let words: [(&'static str, u8); 10] = [
        ("purchase", 6),
        ("commission", 3),
        ("delivery", 2),
        ("tax", 4),
        ("vat", 4),
        ("packaging", 5),
        ("other", 5),
        ("payment", 3),
        ("advertising", 5),
        ("returns", 4),
    ];
    let mut told = Vec::new();
    let mut taken = 0;
    for (word, colour) in words {
        let Some(part) = parts.and_then(|parts| sum(parts, word)) else {
            continue;
        };
        if part == Money::ZERO {
            continue;
        }
        let tenge = part.tenge_up();
        taken += tenge.get();
        let args = shares_of(word)
            .map(|bp| ("rate_bp".to_owned(), bp.into()))
            .into_iter()
            .collect();
        told.push(Part {
            word,
            args,
            tenge,
            share_bp: 0,
            colour,
        });
    }
    told.push(Part {
        word: if profit.is_some() { "profit" } else { "left" },
        args: BTreeMap::new(),
        tenge: Tenge(price - taken),
        share_bp: 0,
        colour: 1,
    });
    told
}

fn ladder(answer: &Map<String, Value>, price: i64) -> Vec<Rung> {
    let rungs = answer.get("ladder").and_then(Value::as_array);
    let mut told: Vec<Rung> = Vec::new();
    for rung in rungs.into_iter().flatten().filter_map(Value::as_object) {
        let delivery = sum(rung, "delivery").unwrap_or_default();
        let of = rung.get("price").and_then(Value::as_i64).unwrap_or_default();
        told.push(Rung {
            price: of,
            commission: sum(rung, "commission").unwrap_or_default(),
            is_step: told.last().is_some_and(|below| below.delivery != delivery),
            delivery,
            profit: sum(rung, "profit"),
            margin_bp: bp(rung, "margin_pct"),
            is_here: of == price,
        });
    }
    told
}

/// The rungs as a picture; a commission step is where its share of the price is another one.
fn curve(rungs: &[Rung]) -> Option<ladder::Ladder> {
    let share = |rung: &Rung| {
        let price = Tenge(rung.price).money();
        (price > Money::ZERO).then(|| rung.commission.share_of(price).0)
    };
    let mut before: Option<i32> = None;
    let mut drawn = Vec::with_capacity(rungs.len());
    for rung in rungs {
        let Some(profit) = rung.profit else { continue };
        let now = share(rung);
        drawn.push(ladder::Rung {
            price: rung.price,
            profit: profit.tenge_down().get(),
            is_delivery_step: rung.is_step,
            // A share is rounded to a basis point: less than three of them are no step.
            is_commission_step: before
                .zip(now)
                .is_some_and(|(before, now)| (before - now).abs() > 2),
            is_here: rung.is_here,
        });
        before = now;
    }
    ladder::ladder(&drawn)
}

fn scenarios(typed: &Typed, answer: &Map<String, Value>) -> Vec<Scenario> {
    let chosen = typed.get("delivery").map_or("", String::as_str);
    let all = answer.get("scenarios").and_then(Value::as_array);
    let told = all.into_iter().flatten().filter_map(Value::as_object).map(|one| {
        let word = text(one, "service").unwrap_or_default();
        Scenario {
            is_chosen: word == chosen,
            word,
            fee: sum(one, "fee"),
            profit: sum(one, "profit"),
            margin_bp: bp(one, "margin_pct"),
            break_even: one.get("break_even").and_then(Value::as_i64),
        }
    });
    told.collect()
}

fn rates(answer: &Map<String, Value>) -> Vec<RateUsed> {
    let mut told = Vec::new();
    for (word, what) in [
        ("commission", "category"),
        ("delivery", "service"),
        ("tax", "place"),
    ] {
        let Some(one) = answer.get(word).and_then(Value::as_object) else {
            continue;
        };
        let Some(source) = text(one, "source") else {
            continue;
        };
        told.push(RateUsed {
            word,
            rate_bp: bp(one, "rate_pct"),
            what: text(one, what).filter(|_| word != "delivery"),
            source,
            confidence: text(one, "confidence").unwrap_or_else(|| "own".to_owned()),
            from: text(one, "valid_from"),
        });
    }
    told
}
