//! What a merchant would expect of forecasts: seasons, trends, promotions, special days, prices.

use crate::desk::{chances, numbers, one};
use sauda_forecast::Frequency;
use sauda_forecast::calendar::{Day, events};
use sauda_forecast::response::{NotEnough, Priced, Usual, respond};
use sauda_forecast::spread::Spread;
use serde_json::{Value, json};

#[test]
fn busy_weekends_stay_busy() {
    let history: Vec<u32> = (0..70).map(|day| if day % 7 >= 5 { 30 } else { 10 }).collect();
    let told = one(&json!({"frequency": "daily", "history": history, "horizon": 7}));
    let mean = numbers(&told["mean"]);
    assert!(mean[5] > 24.0 && mean[0] < 14.0, "{mean:?}");
}

#[test]
fn what_grows_goes_on_growing() {
    let history: Vec<u32> = (0..60).map(|month| 200 + 10 * month).collect();
    let mean = numbers(&one(&json!({"frequency": "monthly", "history": history, "horizon": 6}))["mean"]);
    assert!(mean[5] > 805.0 && mean[5] < 870.0, "{mean:?}");
}

#[test]
fn more_unsteady_sales_have_wider_intervals() {
    let at = |history: Vec<f64>| {
        let told =
            one(&json!({"frequency": "weekly", "history": history, "horizon": 1, "quantiles": [0.1, 0.9]}));
        numbers(&told["quantiles"]["0.9"])[0] - numbers(&told["quantiles"]["0.1"])[0]
    };
    let noise = |wide: f64| {
        chances(3)
            .take(52)
            .map(|chance| (100.0 + wide * (chance - 0.5)).round())
            .collect()
    };
    assert!(at(noise(150.0)) > 1.5 * at(noise(20.0)));
}

#[test]
fn a_promotion_ahead_lifts_what_promotions_lifted() {
    let promo: Vec<u32> = (0..40).map(|week| u32::from(week % 8 == 3)).collect();
    let history: Vec<u32> = promo.iter().map(|promo| 20 + 40 * promo).collect();
    let ask = |future: Value| {
        numbers(
            &one(
                &json!({"frequency": "weekly", "history": history, "promo": promo, "horizon": 1, "future": future}),
            )["mean"],
        )[0]
    };
    let (plain, promoted) = (ask(json!({"promo": 0})), ask(json!({"promo": 1})));
    assert!(promoted > 2.2 * plain && plain < 24.0, "{plain} {promoted}");
}

#[test]
fn a_promotion_is_known_beside_a_price_that_never_moved() {
    let promo: Vec<u32> = (0..40).map(|week| u32::from(week % 8 == 3)).collect();
    let history: Vec<u32> = promo.iter().map(|promo| 20 + 40 * promo).collect();
    let told = one(
        &json!({"frequency": "weekly", "history": history, "promo": promo, "price": vec![990; 40], "horizon": 1, "future": {"promo": 1}}),
    );
    assert_eq!(told["price_response"]["enough"], json!(false));
    assert!(told["promotion"]["factor"].as_f64().unwrap() > 2.2, "{told}");
    assert!(numbers(&told["mean"])[0] > 45.0, "{told}");
}

#[test]
fn who_falls_behind_in_the_card_sells_as_behind() {
    let first = |day: u32| day / 10 % 2 == 1;
    let history: Vec<u32> = (0..140).map(|day| if first(day) { 18 } else { 9 }).collect();
    let shares: Vec<Value> = (0..140)
        .map(|day| if day < 20 { Value::Null } else { json!(first(day)) })
        .collect();
    let ask = |future: Value| {
        one(
            &json!({"frequency": "daily", "history": history, "first_place": shares, "horizon": 7, "future": future}),
        )
    };
    let (ahead, behind) = (ask(json!({"first_place": 1})), ask(json!({"first_place": 0})));
    let (most, least) = (numbers(&ahead["mean"])[0], numbers(&behind["mean"])[0]);
    assert!(
        (16.0..20.0).contains(&most) && (8.0..11.0).contains(&least),
        "{most} {least}"
    );
    // The newest week was first: without a word it stays so.
    assert_eq!(ask(json!({}))["mean"], ahead["mean"]);
    assert_eq!(behind["first_place"]["usual"], json!(1.0));
}

#[test]
fn a_special_day_of_last_year_comes_again() {
    let first = Day::of(2024, 10, 1);
    let day = |place: i64| first.later(Frequency::Daily, place);
    let is_sale = |day: Day| {
        events(day, Frequency::Daily)
            .iter()
            .any(|(name, _)| *name == "black-friday")
    };
    let length = 400_i64;
    let history: Vec<u32> = (0..length)
        .map(|place| if is_sale(day(place)) { 90 } else { 20 })
        .collect();
    let told = one(&json!({"frequency": "daily", "start": "2024-10-01", "history": history, "horizon": 40}));
    let mean = numbers(&told["mean"]);
    let friday = (0..40)
        .position(|step| day(length + step) == Day::of(2025, 11, 28))
        .unwrap();
    assert!(mean[friday] > 40.0, "{mean:?}");
    assert!(mean[0] < 30.0, "{mean:?}");
    assert_eq!(told["notes"][0]["code"], json!("special-days"));
    let quiet = one(
        &json!({"frequency": "daily", "start": "2024-10-01", "history": history, "horizon": 40, "calendar": "none"}),
    );
    assert!(numbers(&quiet["mean"])[friday] < 30.0);
}

fn priced(elasticity: f64, count: usize, moves: f64) -> Vec<Priced> {
    chances(11)
        .take(count)
        .zip(chances(5))
        .map(|(chance, noise)| {
            let price = 1000.0 * (1.0 + moves * (chance - 0.5));
            let usual = 60.0 * (price / 1000.0).powf(elasticity);
            Priced {
                sold: (usual * (0.8 + 0.4 * noise)).round(),
                price,
                promoted: 0.0,
            }
        })
        .collect()
}

#[test]
fn elasticity_is_found_within_its_doubt_and_drawn_towards_the_usual() {
    let found = respond(&priced(-3.0, 104, 0.5), Usual::default()).unwrap();
    assert!((found.own + 3.0).abs() < 3.0 * found.own_doubt, "{found:?}");
    assert!(found.own_doubt < 0.4, "{found:?}");
    let near = Usual {
        elasticity: -1.0,
        apart: 0.05,
    };
    let drawn = respond(&priced(-3.0, 104, 0.5), near).unwrap();
    assert!(drawn.elasticity > -2.0, "{drawn:?}");
    let [low, middle, high] = found.factor(900.0, 1000.0);
    assert!(
        low < middle && middle < high && middle > 1.2,
        "{low} {middle} {high}"
    );
}

#[test]
fn price_response_says_not_enough_rather_than_guess() {
    let usual = Usual::default();
    assert_eq!(
        respond(&priced(-2.0, 8, 0.5), usual),
        Err(NotEnough::Steps { known: 8, needed: 12 })
    );
    assert!(matches!(
        respond(&priced(-2.0, 60, 0.0), usual),
        Err(NotEnough::PriceStood { .. })
    ));
    let noise: Vec<Priced> = priced(-2.0, 14, 0.08)
        .into_iter()
        .zip(chances(9))
        .map(|(step, chance)| Priced {
            sold: (chance * chance * 40.0).round() + 1.0,
            ..step
        })
        .collect();
    assert!(matches!(respond(&noise, usual), Err(NotEnough::Unclear { .. })));
}

#[test]
fn what_sold_better_when_it_was_dearer_promises_nothing() {
    let usual = Usual::default();
    let found = respond(&priced(4.0, 104, 0.5), usual);
    let Err(NotEnough::Rises { elasticity }) = found else {
        panic!("{found:?}");
    };
    assert!(elasticity > 3.0 && elasticity < 4.5, "{elasticity}");
    assert_eq!(NotEnough::Rises { elasticity }.code(), "rises-with-price");
    // Own sales that lean that way, and say little, are drawn to what is usual.
    let leaning = respond(&priced(0.5, 30, 0.1), usual).unwrap();
    assert!(leaning.own > -1.0 && leaning.elasticity < 0.0, "{leaning:?}");
    let rising: Vec<(u32, u32)> = (0..60)
        .map(|step| (10 + step % 7 * 6, 900 + step % 7 * 30))
        .collect();
    let told = one(&json!({
        "frequency": "daily", "horizon": 7, "what_if": [1200],
        "history": rising.iter().map(|(sold, _)| sold).collect::<Vec<_>>(),
        "price": rising.iter().map(|(_, price)| price).collect::<Vec<_>>(),
    }));
    let response = &told["price_response"];
    assert_eq!(
        (
            &response["enough"],
            &response["why"]["code"],
            response.get("what_if")
        ),
        (&json!(false), &json!("rises-with-price"), None)
    );
}

#[test]
fn what_if_goes_the_way_of_the_price() {
    let steps = priced(-2.5, 104, 0.5);
    let line = json!({
        "frequency": "weekly", "horizon": 4, "what_if": [900, 1100, 3000],
        "history": steps.iter().map(|step| step.sold).collect::<Vec<_>>(),
        "price": steps.iter().map(|step| step.price).collect::<Vec<_>>(),
    });
    let told = one(&line);
    let tried = &told["price_response"]["what_if"];
    assert!(tried[0]["mean"].as_f64() > tried[1]["mean"].as_f64(), "{told}");
    assert_eq!(
        (&tried[0]["outside"], &tried[2]["outside"]),
        (&json!(false), &json!(true))
    );
}

#[test]
fn quantiles_and_chances_agree() {
    for (mean, share, whole_numbers) in [
        (0.3, 0.5, true),
        (4.0, 1.0, true),
        (90.0, 0.2, true),
        (800.0, 0.05, true),
        (12.5, 0.1, false),
    ] {
        let spread = Spread {
            mean,
            share,
            whole_numbers,
        };
        for chance in [0.1, 0.5, 0.9, 0.99] {
            let amount = spread.quantile(chance);
            assert!(
                spread.chance(amount) >= chance - 0.01,
                "{spread:?} {chance} {amount}"
            );
            if whole_numbers && amount > 0.0 {
                assert!(
                    spread.chance(amount - 1.0) < chance + 0.01,
                    "{spread:?} {chance} {amount}"
                );
            }
        }
    }
}
