//! The plain commands: the documented examples, the schemas, refusals by name, and what strangers may send.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "tests: what they stand on must hold"
)]

use jsonschema::Validator;
use sauda_economics::command::{Asked, Summary, run_lines};
use serde_json::{Value, json};

const ECONOMICS: (&str, &str) = (
    include_str!("../../../docs/economics.md"),
    include_str!("../../../docs/schemas/economics.schema.json"),
);
const TAX: (&str, &str) = (
    include_str!("../../../docs/tax.md"),
    include_str!("../../../docs/schemas/tax.schema.json"),
);

fn run(asked: Asked, input: &str) -> (Vec<Value>, Summary) {
    let mut output = Vec::new();
    let summary = run_lines(asked, input.as_bytes(), &mut output).unwrap();
    let text = String::from_utf8(output).unwrap();
    (
        text.lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect(),
        summary,
    )
}

fn one(asked: Asked, input: &Value) -> Value {
    run(asked, &input.to_string()).0.remove(0)
}

fn sale(change: impl FnOnce(&mut Value)) -> Value {
    let mut line = json!({"date": "2026-11-20", "price": 10000, "purchase": 4000, "category": "Мебель", "delivery": "pickup", "regime": "simplified"});
    change(&mut line);
    one(Asked::Economics, &line)
}

fn schema(text: &str, part: &str) -> Validator {
    let mut schema: Value = serde_json::from_str(text).unwrap();
    schema["$ref"] = json!(format!("#/$defs/{part}"));
    schema.as_object_mut().unwrap().remove("anyOf");
    jsonschema::validator_for(&schema).unwrap()
}

#[track_caller]
fn valid(validator: &Validator, document: &Value) {
    let errors: Vec<_> = validator
        .iter_errors(document)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert!(errors.is_empty(), "{errors:#?}\n{document:#}");
}

#[track_caller]
fn contains(told: &Value, wanted: &Value) {
    match (told, wanted) {
        (Value::Object(told), Value::Object(wanted)) => {
            for (name, value) in wanted {
                contains(
                    told.get(name).unwrap_or_else(|| panic!("no {name} in {told:?}")),
                    value,
                );
            }
        }
        _ => assert_eq!(told, wanted),
    }
}

#[test]
fn every_example_of_the_handbook_gives_what_it_says_and_fits_the_schema() {
    for (asked, (page, text)) in [(Asked::Economics, ECONOMICS), (Asked::Tax, TAX)] {
        let (input, output) = (schema(text, "input"), schema(text, "output"));
        let blocks: Vec<(&str, Value)> = page
            .split("```json ")
            .skip(1)
            .map(|part| {
                let (kind, rest) = part.split_once('\n').unwrap();
                let (body, _) = rest.split_once("```").unwrap();
                (kind.trim(), serde_json::from_str(body).unwrap())
            })
            .collect();
        assert!(blocks.len() >= 10, "{}", blocks.len());
        for pair in blocks.chunks(2) {
            assert_eq!((pair[0].0, pair[1].0), ("in", "out"));
            let told = one(asked, &pair[0].1);
            contains(&told, &pair[1].1);
            valid(&output, &told);
            valid(&input, &pair[0].1);
        }
    }
}

#[track_caller]
fn refused(told: &Value, code: &str, field: Option<&str>) {
    assert_eq!(
        (told["error"]["code"].as_str(), told["error"]["field"].as_str()),
        (Some(code), field),
        "{told:#}"
    );
    assert!(
        told["error"]["hint"]
            .as_str()
            .is_some_and(|hint| !hint.is_empty())
    );
}

#[test]
fn refusals_name_the_field_and_the_run_goes_on() {
    refused(
        &sale(|line| line["prise"] = json!(1)),
        "unknown-field",
        Some("prise"),
    );
    refused(
        &sale(|line| line["price"] = json!("10000,50")),
        "wrong-value",
        Some("price"),
    );
    refused(
        &sale(|line| line["price"] = json!(0)),
        "wrong-value",
        Some("price"),
    );
    refused(
        &sale(|line| line["category"] = json!("Летающие ковры")),
        "unknown-category",
        Some("category"),
    );
    refused(
        &sale(|line| line["category"] = json!("Аптека")),
        "ambiguous-category",
        Some("category"),
    );
    refused(
        &sale(|line| line["regime"] = json!("барщина")),
        "unknown-regime",
        Some("regime"),
    );
    refused(
        &sale(|line| line["regime"] = json!("retail")),
        "regime-not-in-force",
        Some("regime"),
    );
    refused(
        &sale(|line| line["delivery"] = json!("city")),
        "missing-field",
        Some("weight_kg"),
    );
    refused(
        &sale(|line| line["currency"] = json!("USD")),
        "no-currency-rate",
        Some("rate"),
    );
    refused(
        &sale(|line| line["tax_pct"] = json!(7)),
        "local-rate-outside",
        Some("tax_pct"),
    );
    refused(
        &sale(|line| line["date"] = json!("2026-02-30")),
        "wrong-value",
        Some("date"),
    );
    refused(
        &sale(|line| line["purchase"] = json!(-1)),
        "floor-negative",
        Some("purchase"),
    );
    refused(
        &sale(|line| line["cost"] = json!(1)),
        "conflicting-fields",
        Some("cost"),
    );
    refused(
        &sale(|line| line["advertising_pct"] = json!(90)),
        "floor-shares-too-large",
        None,
    );
    refused(
        &sale(|line| line["purchase_vat"] = json!(true)),
        "conflicting-fields",
        Some("purchase_vat"),
    );
    let (told, summary) = run(Asked::Economics, "nonsense\n\n[1]\n{\"stock\":{\"moves\":[]}}\n");
    assert_eq!(summary, Summary { lines: 3, refused: 2 });
    assert_eq!(
        (told[0]["line"].as_u64(), told[2]["line"].as_u64()),
        (Some(1), Some(4))
    );
    assert_eq!(told[2]["stock"]["remains"], json!({"quantity": 0, "cost": 0}));
}

#[test]
fn a_rate_stands_beside_its_currency_or_is_refused() {
    let code = "rate-without-currency";
    refused(&sale(|line| line["rate"] = json!(475)), code, Some("rate"));
    refused(
        &sale(|line| (line["rate"], line["currency"]) = (json!("475,5"), json!("тенге"))),
        code,
        Some("rate"),
    );
    refused(
        &sale(|line| line["purchase"] = json!({"price": 10, "rate": 475})),
        code,
        Some("purchase.rate"),
    );
    let plain = sale(|_| ());
    assert_eq!(
        sale(|line| (line["rate"], line["currency"]) = (json!(1), json!("KZT"))),
        plain
    );
    let batch = |landed: Value| one(Asked::Economics, &json!({"date": "2026-06-01", "landed": landed}));
    refused(
        &batch(json!({"items": [{"price": 10}], "rate": 475})),
        code,
        Some("landed.rate"),
    );
    // The currency of the batch is not the item's: which rate was meant is not known.
    refused(
        &batch(json!({"currency": "USD", "rate": 475, "items": [{"price": 10, "rate": 480}]})),
        code,
        Some("landed.items[0].rate"),
    );
    refused(
        &batch(json!({"price": 10, "freight": {"sum": 300, "rate": 475}})),
        code,
        Some("landed.freight.rate"),
    );
    let told = sale(|line| line["rate"] = json!(475));
    assert_eq!(
        told["error"]["message"],
        json!("rate is 475, and no currency stands beside it")
    );
    assert_eq!(
        told["error"]["hint"],
        json!("name the currency, such as USD, or leave the rate out when the sum is in tenge")
    );
}

#[test]
fn two_rates_of_one_day_and_two_items_of_one_name_are_refused() {
    let batch = |landed: Value| one(Asked::Economics, &json!({"date": "2026-06-01", "landed": landed}));
    let at = |rates: Value| batch(json!({"price": 10, "currency": "USD", "rates": rates}));
    refused(
        &at(
            json!([{"currency": "USD", "date": "2026-05-01", "rate": 475}, {"currency": "usd", "date": "01.05.2026", "rate": 480}]),
        ),
        "repeated-rate",
        Some("landed.rates[1].date"),
    );
    refused(
        &at(json!({"USD": 475, "usd": 480})),
        "repeated-rate",
        Some("landed.rates.usd"),
    );
    let days = json!([
        {"currency": "USD", "date": "2026-06-02", "rate": 500}, {"currency": "EUR", "date": "2026-06-01", "rate": 560},
        {"currency": "USD", "date": "2026-06-01", "rate": 480}, {"currency": "USD", "date": "2026-05-01", "rate": 475}
    ]);
    assert_eq!(at(days)["landed"]["total"], json!(4_800));
    let named = |other: i64| {
        batch(
            json!({"items": [{"name": "a", "price": 10}, {"name": "b", "price": 1}, {"name": "a", "price": other}]}),
        )
    };
    let told = named(12);
    refused(&told, "repeated-item", Some("landed.items[2].name"));
    assert_eq!(
        told["error"]["message"],
        json!("two items are named \"a\", one costs 10 tenge a unit and one 12")
    );
    assert_eq!(named(10)["landed"]["total"], json!(21));
}

#[test]
fn fees_of_your_own_stand_over_the_published_tariff() {
    let with = |own: Value| {
        sale(|line| {
            line["delivery"] = json!("city");
            line["weight_kg"] = json!(1.2);
            line["own_tariff"] = own;
            line["scenarios"] = json!(true);
        })
    };
    let published = with(json!([]));
    let bands = json!([
        {"service": "city", "fee": 990, "from": 8000},
        {"service": "city", "fee": 450.5, "up_to_kg": 5, "from": "9000"},
        {"service": "express", "fee": 0, "up_to_kg": null},
    ]);
    let own = with(bands.clone());
    valid(
        &schema(ECONOMICS.1, "input"),
        &json!({"date": "2026-11-20", "price": 10000, "own_tariff": bands}),
    );
    valid(&schema(ECONOMICS.1, "output"), &own);
    assert_eq!(own["parts"]["delivery"], json!(450.5));
    assert_ne!(published["parts"]["delivery"], own["parts"]["delivery"]);
    assert_eq!(
        (&own["delivery"]["source"], &own["delivery"]["confidence"]),
        (&json!("own_tariff"), &json!("own"))
    );
    // Below nine thousand the published fees hold, and other services keep theirs.
    let steps = |told: &Value| told["delivery"]["steps"].as_array().unwrap().clone();
    let (mine, theirs) = (steps(&own), steps(&published));
    assert_eq!(mine.last().unwrap(), &json!({"from": 9000, "fee": 450.5}));
    assert_eq!(mine[..mine.len() - 1], theirs[..mine.len() - 1]);
    let leaves = |told: &Value, word: &str| {
        let all = told["scenarios"].as_array().unwrap();
        let one = all.iter().find(|one| one["service"] == json!(word)).unwrap();
        one["profit"].clone()
    };
    assert_eq!(leaves(&own, "kazakhstan"), leaves(&published, "kazakhstan"));
    assert_eq!(leaves(&own, "express"), leaves(&own, "pickup"), "the buyer pays");
    for (row, code, field) in [
        (
            json!({"service": "moon", "fee": 1}),
            "wrong-value",
            "own_tariff[0]",
        ),
        (json!({"service": "city"}), "missing-field", "own_tariff[0].fee"),
        (json!({"fee": 1}), "missing-field", "own_tariff[0].service"),
        (
            json!({"service": "city", "fee": -1}),
            "wrong-value",
            "own_tariff[0]",
        ),
        (
            json!({"service": "city", "fee": 1, "up_to_kg": 0}),
            "wrong-value",
            "own_tariff[0]",
        ),
        (
            json!({"service": "city", "fee": "1,299"}),
            "ambiguous-sum",
            "own_tariff[0].fee",
        ),
        (
            json!({"service": "city", "fee": 1, "to": 5}),
            "unknown-field",
            "own_tariff[0].to",
        ),
        (json!("city"), "wrong-value", "own_tariff[0]"),
    ] {
        refused(&with(json!([row])), code, Some(field));
    }
    refused(&with(json!("city")), "wrong-value", Some("own_tariff"));
}

#[test]
fn a_comma_that_may_part_thousands_or_tiyn_is_refused_in_sums_only() {
    for (name, value, field) in [
        ("purchase", json!("6,500"), "purchase"),
        ("price", json!("12,000"), "price"),
        ("packaging", json!("1,250 ₸"), "packaging"),
        ("delivery_fee", json!("1,299"), "delivery_fee"),
        (
            "purchase",
            json!({"price": "1,500", "currency": "USD", "rate": 475}),
            "purchase.price",
        ),
        ("wish", json!({"profit": "1,000"}), "wish.profit"),
        ("ladder", json!(["9,000"]), "ladder"),
        ("grams", json!("1,000"), "grams"),
    ] {
        refused(&sale(|line| line[name] = value), "ambiguous-sum", Some(field));
    }
    let told = sale(|line| line["purchase"] = json!("6,500"));
    assert_eq!(
        (&told["error"]["message"], &told["error"]["hint"]),
        (
            &json!("purchase is \"6,500\", which is 6500 to one reader and 6,50 to another"),
            &json!("write 6500 or 6,50")
        )
    );
    let plain = sale(|line| {
        (line["purchase"], line["weight_kg"], line["advertising_pct"]) =
            (json!("6,50"), json!(0.955), json!(1.5));
    });
    assert_eq!(plain["parts"]["purchase"], json!(6.5));
    assert_eq!(
        sale(|line| {
            (line["purchase"], line["weight_kg"], line["advertising_pct"]) =
                (json!("6,5"), json!("0,955"), json!("1,500"));
        }),
        plain
    );
    let rate = |rate: Value| {
        let told = sale(|line| line["purchase"] = json!({"price": 295, "currency": "CNY", "rate": rate}));
        told["parts"]["purchase"].clone()
    };
    assert_eq!(
        (rate(json!("72,400")), rate(json!(72.4))),
        (json!(21_358), json!(21_358))
    );
    let tax = json!({"regime": "simplified", "period": "2026-H1", "turnover": "6,500"});
    refused(&one(Asked::Tax, &tax), "ambiguous-sum", Some("turnover"));
}

#[test]
fn a_parcel_that_weighs_nothing_is_refused_at_the_field_that_was_typed() {
    for (name, value) in [
        ("weight_kg", json!(0)),
        ("kg", json!("0,000")),
        ("grams", json!(0)),
        ("weight_g", json!(-5)),
    ] {
        let told = sale(|line| (line[name], line["delivery"]) = (value.clone(), json!("city")));
        refused(&told, "wrong-value", Some(name));
        assert_eq!(told["error"]["hint"], json!("give a weight of more than 0"));
    }
    let told = sale(|line| (line["weight_kg"], line["delivery"]) = (json!(0.001), json!("city")));
    assert_eq!(told["parts"]["delivery"], json!(1_274.84));
}

#[test]
fn a_name_told_twice_is_refused_at_any_depth() {
    let (told, summary) = run(
        Asked::Economics,
        "{\"id\":7,\"date\":\"2026-11-20\",\"date\":\"2025-11-20\",\"price\":1}\n{\"date\":\"2026-11-20\",\"landed\":{\"items\":[{\"price\":1},{\"price\":1,\"price\":2}]}}\n",
    );
    assert_eq!(summary, Summary { lines: 2, refused: 2 });
    refused(&told[0], "repeated-field", Some("date"));
    assert_eq!(told[0]["id"], json!(7));
    refused(&told[1], "repeated-field", Some("landed.items[1].price"));
    let tax = run(
        Asked::Tax,
        "{\"regime\":\"simplified\",\"turnover\":1,\"turnover\":2,\"period\":\"2026\"}",
    )
    .0;
    refused(&tax[0], "repeated-field", Some("turnover"));
}

#[test]
fn what_was_not_given_is_null_and_has_a_note() {
    let told = one(
        Asked::Economics,
        &json!({"date": "2026-11-20", "price": 10000, "category": "Мебель"}),
    );
    let codes: Vec<_> = told["notes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|note| note["code"].as_str().unwrap())
        .collect();
    assert_eq!(codes, ["no-cost", "tax-not-counted", "delivery-not-counted"]);
    assert_eq!(
        (
            &told["profit"],
            &told["parts"]["purchase"],
            &told["parts"]["tax"],
            &told["parts"]["delivery"]
        ),
        (&Value::Null, &Value::Null, &Value::Null, &Value::Null)
    );
    assert_eq!(told["left_for_cost"], json!(8750));
}

#[test]
fn the_same_line_in_other_words_gives_the_same_answer() {
    let plain = sale(|_| ());
    let other = one(
        Asked::Economics,
        &json!({"day": "20.11.2026", "price_tenge": "10 000 ₸", "cost": "4000,00", "leaf": "МЕБЕЛЬ", "delivery": {"service": "Самовывоз"}, "tax_regime": "Упрощённая декларация"}),
    );
    assert_eq!(plain, other);
}

#[test]
fn tariff_steps_hold_from_their_first_price_and_weight() {
    let fee = |price: i64, grams: i64| {
        let told = sale(|line| {
            line["price"] = json!(price);
            line["delivery"] = json!("city");
            line["grams"] = json!(grams);
        });
        told["parts"]["delivery"].to_string()
    };
    assert_eq!(
        (fee(999, 1), fee(1_000, 1)),
        ("56.84".to_owned(), "172.84".to_owned())
    );
    assert_eq!(
        (fee(9_999, 9_000), fee(10_000, 5_000)),
        ("810.84".to_owned(), "1274.84".to_owned())
    );
    assert_eq!(
        (fee(10_000, 5_001), fee(10_000, 100_001)),
        ("1564.84".to_owned(), "7480.84".to_owned())
    );
}

#[test]
fn a_tariff_known_only_in_part_is_used_there_and_refused_elsewhere() {
    let at = |price: i64| {
        sale(|line| {
            line["date"] = json!("2025-06-01");
            line["price"] = json!(price);
            line["delivery"] = json!("city");
            line["weight_kg"] = json!(5);
        })
    };
    assert_eq!(at(15_000)["parts"]["delivery"], json!(894.88));
    assert_eq!(at(15_000)["delivery"]["confidence"], json!("low"));
    refused(&at(14_999), "floor-no-tariff", Some("delivery"));
}

#[test]
fn the_break_even_price_loses_nothing_and_one_tenge_less_loses() {
    for regime in ["simplified", "general_ip", "llp", "self_employed"] {
        let even = sale(|line| line["regime"] = json!(regime))["break_even"]["price"]
            .as_i64()
            .unwrap();
        let profit = |price: i64| {
            let told = sale(|line| {
                line["regime"] = json!(regime);
                line["price"] = json!(price);
            });
            told["profit"].as_f64().unwrap()
        };
        assert!(profit(even) >= 0.0 && profit(even - 1) < 0.0, "{regime} {even}");
    }
}

#[test]
fn tax_lines_are_refused_by_name_too() {
    let tax = |line: Value| one(Asked::Tax, &line);
    refused(
        &tax(json!({"regime": "llp", "period": "2026", "turnover": 1})),
        "tax-needs-expenses",
        Some("expenses"),
    );
    refused(
        &tax(json!({"regime": "simplified", "turnover": 1})),
        "missing-field",
        Some("period"),
    );
    refused(
        &tax(json!({"regime": "simplified", "period": "2026-H1"})),
        "missing-field",
        Some("turnover"),
    );
    refused(
        &tax(json!({"regime": "simplified", "from": "2025-12-01", "to": "2026-01-31", "turnover": 1})),
        "wrong-value",
        Some("to"),
    );
    refused(
        &tax(json!({"regime": "simplified", "period": "2026-H1", "turnover": -1})),
        "floor-negative",
        Some("turnover"),
    );
    refused(
        &tax(
            json!({"regime": "simplified", "period": "2026-H1", "incomes": [{"date": "2026-07-01", "sum": 1}]}),
        ),
        "outside-period",
        Some("incomes"),
    );
    refused(
        &tax(json!({"regime": "general_ip", "period": "2027", "turnover": 1, "expenses": 0})),
        "no-rate",
        None,
    );
    let none = tax(json!({"regime": "simplified", "period": "2026-H1", "turnover": 0}));
    assert_eq!((&none["total"], &none["share_pct"]), (&json!(0), &json!(0)));
}

#[test]
fn thresholds_name_the_day_they_are_crossed() {
    let told = one(
        Asked::Tax,
        &json!({"regime": "simplified", "period": "2025-H2", "incomes": [{"date": "2025-07-01", "sum": 78_640_000}, {"date": "2025-11-30", "sum": "0,01"}]}),
    );
    assert_eq!(told["thresholds"][0]["crossed_on"], json!("2025-11-30"));
    assert_eq!(told["thresholds"][0]["state"], json!("crossed"));
    assert_eq!(told["thresholds"][1]["state"], json!("near"));
}
