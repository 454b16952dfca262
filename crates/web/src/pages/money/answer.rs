//! From the answer of the formula to what the calculator shows. Refuses to compute: it only reads, and rounds so that parts add up.

use super::{fill::Typed, hundredths};
use crate::{
    format::tiyn_to_tenge,
    ladder,
    views::{
        money::{BatchCost, CalculatorResult, RateUsed, Rung, Scenario},
        parts::{Part, shares, whole_tenge},
    },
};
use sauda_economics::command::hundredths_of;
use sauda_kernel::{Money, Tenge};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

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
    let even = answer.get("break_even");
    let curve = curve(&ladder, whole(even, "price"));
    let gap = |gap: &Value| Some((whole(Some(gap), "from")?, whole(Some(gap), "to")?));
    let gaps = even.and_then(|even| even.get("gaps")?.as_array());
    let wished = typed.get("wish_margin_pct").and_then(|text| hundredths(text));
    let notes = answer.get("notes").and_then(Value::as_array);
    let batch = answer
        .get("landed")
        .and_then(|landed| landed.get("items")?.get(0));
    let bought = answer.get("parts").and_then(|parts| parts.get("purchase"));
    let unit_cost = batch
        .and_then(|batch| batch.get("unit"))
        .or_else(|| bought.filter(|_| typed.contains_key("buy_currency")));
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
        unit_cost: unit_cost.and_then(hundredths_of).map(Money::from_tiyn),
        batch: batch.and_then(Value::as_object).map(batch_cost),
        scenarios: scenarios(typed, answer),
        of_hundred: of_hundred(&ladder),
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

/// The costs of a batch that are something, and all of them.
fn batch_cost(batch: &Map<String, Value>) -> BatchCost {
    let words = [
        "goods",
        "freight",
        "insurance",
        "duty",
        "brokerage",
        "local_delivery",
        "other",
        "import_vat",
    ];
    let parts = words
        .into_iter()
        .filter_map(|word| Some((word, sum(batch, word).filter(|sum| *sum != Money::ZERO)?)));
    BatchCost {
        pieces: batch.get("quantity").and_then(Value::as_i64).unwrap_or(1),
        parts: parts.collect(),
        total: sum(batch, "total").unwrap_or_default(),
    }
}

/// Parts of the price in the order of the picture, with their colours.
const PARTS: [(&str, u8); 10] = [
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

/// Whole tenge that add up to the price; the profit is the one that stands above.
fn cut(answer: &Map<String, Value>, price: i64, profit: Option<Money>) -> Vec<Part> {
    let parts = answer.get("parts").and_then(Value::as_object);
    let rate = |of: &str| answer.get(of)?.get("rate_pct").and_then(hundredths_of);
    let found: Vec<(&'static str, u8, Money)> = PARTS
        .into_iter()
        .filter_map(|(word, colour)| Some((word, colour, sum(parts?, word)?)))
        .filter(|(_, _, part)| *part != Money::ZERO)
        .collect();
    let sums: Vec<Money> = found.iter().map(|(_, _, sum)| *sum).collect();
    let left = profit
        .or_else(|| sum(answer, "left_for_cost"))
        .unwrap_or_default();
    let left = tiyn_to_tenge(left.tiyn());
    let mut told: Vec<Part> = found
        .iter()
        .zip(whole_tenge(&sums, price - left))
        .map(|((word, colour, _), tenge)| Part {
            word,
            args: match *word {
                "commission" | "tax" => rate(word)
                    .map(|bp| ("rate_bp".to_owned(), bp.into()))
                    .into_iter()
                    .collect(),
                _ => BTreeMap::new(),
            },
            tenge: Tenge(tenge),
            share_bp: 0,
            colour: *colour,
        })
        .collect();
    told.push(Part {
        word: if profit.is_some() { "profit" } else { "left" },
        args: BTreeMap::new(),
        tenge: Tenge(left),
        share_bp: 0,
        colour: 1,
    });
    told
}

fn ladder(answer: &Map<String, Value>, price: i64) -> Vec<Rung> {
    let rungs = answer.get("ladder").and_then(Value::as_array);
    let mut told: Vec<Rung> = Vec::new();
    let mut share_below: Option<i32> = None;
    for rung in rungs.into_iter().flatten().filter_map(Value::as_object) {
        let delivery = sum(rung, "delivery").unwrap_or_default();
        let commission = sum(rung, "commission").unwrap_or_default();
        let of = rung.get("price").and_then(Value::as_i64).unwrap_or_default();
        let share = (of > 0).then(|| commission.share_of(Tenge(of).money()).0);
        told.push(Rung {
            price: of,
            commission,
            is_step: told.last().is_some_and(|below| below.delivery != delivery),
            // A share is rounded to a basis point: less than three of them are no step.
            is_commission_step: share_below
                .zip(share)
                .is_some_and(|(below, share)| (below - share).abs() > 2),
            delivery,
            profit: sum(rung, "profit"),
            margin_bp: bp(rung, "margin_pct"),
            is_here: of == price,
        });
        share_below = share;
    }
    told
}

/// What 100 tenge more in the price leave, by the rung above or below that has the same delivery; whole tenge.
fn of_hundred(rungs: &[Rung]) -> Option<i64> {
    let steps = rungs.windows(2).filter_map(|pair| match pair {
        [below, above] if !above.is_step && !above.is_commission_step => Some((below, above)),
        _ => None,
    });
    let mut near = steps.filter(|(below, above)| below.is_here || above.is_here);
    let (below, above) = near.next()?;
    let gained = above.profit?.tiyn() - below.profit?.tiyn();
    let risen = above.price - below.price;
    // Tiyn for so many tenge; of a hundred tenge, in whole tenge, half up.
    (risen > 0).then(|| (gained * 2 + risen).div_euclid(risen * 2))
}

/// The rungs as a picture.
fn curve(rungs: &[Rung], even: Option<i64>) -> Option<ladder::Ladder> {
    let drawn: Vec<ladder::Rung> = rungs
        .iter()
        .filter_map(|rung| {
            Some(ladder::Rung {
                price: rung.price,
                profit: rung.profit?.tenge_down().get(),
                is_delivery_step: rung.is_step,
                is_commission_step: rung.is_commission_step,
                is_here: rung.is_here,
            })
        })
        .collect();
    ladder::ladder(&drawn, even)
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

#[cfg(test)]
mod tests {
    use super::*;
    use sauda_economics::command::{Asked, ask};
    use serde_json::json;

    fn told(question: &Value) -> CalculatorResult {
        let answer = ask(Asked::Economics, question).unwrap();
        result_of(&Typed::new(), &answer).unwrap()
    }

    #[test]
    fn the_parts_add_up_to_the_price_and_the_profit_is_the_one_that_stands_above() {
        for purchase in ["25300.49", "25300.51", "12000.33", "38700.99", "50000"] {
            for price in [9_999, 31_505, 38_740, 38_741] {
                let told = told(&json!({
                    "date": "2026-11-20", "price": price, "purchase": purchase, "commission_pct": 10.9,
                    "commission_vat": "times116", "delivery": "city", "weight_kg": 1, "regime": "simplified",
                    "advertising_pct": 3.33, "returns_pct": 1.1, "payment_pct": 0.95, "packaging": 212.27,
                }));
                let all: i64 = told.parts.iter().map(|part| part.tenge.get()).sum();
                assert_eq!(all, price);
                let last = told.parts.last().unwrap();
                assert_eq!(
                    (last.word, last.tenge.get()),
                    ("profit", tiyn_to_tenge(told.profit.unwrap().tiyn()))
                );
            }
        }
    }

    #[test]
    fn a_hundred_tenge_of_price_leave_what_the_shares_leave() {
        let told = told(&json!({
            "date": "2026-11-20", "price": 38_740, "purchase": 25_300, "commission_pct": 10.9,
            "delivery": "city", "weight_kg": 1, "tax_pct": 4, "ladder": true,
        }));
        assert_eq!(told.of_hundred, Some(85));
    }
}
