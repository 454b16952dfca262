//! The living world: same seed same life, rivals of temper, buyers who answer to price, hands that meddle.

use crate::caller::{ALMATY, Caller, open, open_with};
use sauda_kernel::Span;
use sauda_sim::{Options, Sim, Temper};
use serde_json::{Value, json};

fn living(seed: u64) -> Sim {
    Sim::new(Options {
        seed,
        cards: 150,
        sellers: 80,
        still_rivals: false,
        no_buyers: false,
        ..Options::for_tests()
    })
    .unwrap()
}

/// Every rival's price and every sale.
fn fingerprint(sim: &Sim) -> Vec<String> {
    let mut lines = Vec::new();
    for (sku, card, _) in sim.skus("30000001").into_iter().chain(sim.skus("30000003")) {
        lines.push(format!(
            "{sku} {card} {:?} {:?}",
            sim.visible("30000001", &sku, ALMATY),
            sim.visible("30000003", &sku, ALMATY)
        ));
    }
    for slot in &sim.world.cards {
        let state = slot.state.read().unwrap();
        let rivals: Vec<_> = state
            .rivals
            .iter()
            .map(|rival| (rival.price, rival.in_stock, rival.sold))
            .collect();
        lines.push(format!("{} {rivals:?}", slot.info.sku));
    }
    lines.push(format!("{:?}", sim.agenda()));
    lines
}

#[test]
fn one_seed_has_one_life_however_time_is_cut() {
    let (a, b, c) = (living(7), living(7), living(8));
    a.step(Span::from_hours(24));
    for _ in 0..24 {
        b.step(Span::from_hours(1));
    }
    c.step(Span::from_hours(24));
    assert_eq!(fingerprint(&a), fingerprint(&b));
    assert_ne!(fingerprint(&a), fingerprint(&c));
    assert!(a.agenda().0 > 1_000, "{:?}", a.agenda());
}

/// Leaves only own shops on a card.
fn remove_rivals(sim: &Sim, card: &str, view: &Value) {
    for list in ["ladder", "out_of_stock"] {
        for line in view[list]
            .as_array()
            .unwrap()
            .iter()
            .filter(|line| line["own"] != true)
        {
            sim.remove_rival(card, line["merchant"].as_str().unwrap())
                .unwrap();
        }
    }
}

#[tokio::test]
async fn a_minute_bot_undercuts_by_one_tenge_and_leaves_a_war_below_its_floor() {
    let (world, mut caller) = open_with(Options {
        still_rivals: false,
        sellers: 5,
        rivals_per_card: Some(1),
        ..Options::for_tests()
    })
    .await;
    let sim = world.sim();
    let (sku, card, _) = sim
        .skus("30000001")
        .into_iter()
        .find(|(_, _, on_sale)| *on_sale)
        .unwrap();
    let (_, view) = caller
        .read(&format!("/_sim/api/cards/{card}?city={ALMATY}"))
        .await;
    remove_rivals(sim, &card, &view);
    let level = u32::try_from(view["level"].as_u64().unwrap()).unwrap();
    let bot =
        serde_json::from_value(json!({"price": level * 2, "floor": level - 50, "temper": Temper::MinuteBot}))
            .unwrap();
    let merchant = sim.add_rival(&card, None, &bot).unwrap();
    let own_price = |price: u32| serde_json::from_value(json!({"price": price})).unwrap();
    sim.change_offer("30000001", &sku, &own_price(level)).unwrap();
    sim.step(Span::from_mins(20));
    let rival = |view: &Value| {
        view["ladder"]
            .as_array()
            .unwrap()
            .iter()
            .find(|line| line["merchant"] == merchant.as_str())
            .map(|line| line["price"].clone())
    };
    let (_, view) = caller
        .read(&format!("/_sim/api/cards/{card}?city={ALMATY}"))
        .await;
    assert_eq!(rival(&view), Some(json!(level - 1)));
    sim.change_offer("30000001", &sku, &own_price(level - 50))
        .unwrap();
    sim.step(Span::from_mins(20));
    let (_, view) = caller
        .read(&format!("/_sim/api/cards/{card}?city={ALMATY}"))
        .await;
    let found = rival(&view).unwrap().as_u64().unwrap();
    assert!(
        found > u64::from(level - 50),
        "nobody it can beat is near: it does not race to its floor, {found}"
    );
}

#[test]
fn cheaper_offers_sell_more_and_stock_runs_down() {
    let sold = |percent: u64| {
        let sim = Sim::new(Options {
            seed: 3,
            cards: 60,
            sellers: 40,
            no_buyers: false,
            ..Options::for_tests()
        })
        .unwrap();
        for (sku, _, on_sale) in sim.skus("30000001") {
            if on_sale {
                let price = sim
                    .visible("30000001", &sku, ALMATY)
                    .map_or(1_000, |(price, _)| price);
                let wanted = u64::from(price) * percent / 100;
                sim.change_offer(
                    "30000001",
                    &sku,
                    &serde_json::from_value(json!({"price": wanted, "stock": 500})).unwrap(),
                )
                .unwrap();
            }
        }
        sim.step(Span::from_days(20));
        sim
    };
    let count = |sim: &Sim| sim.counters.own_sales.load(std::sync::atomic::Ordering::Relaxed);
    let (cheap, dear) = (count(&sold(80)), count(&sold(130)));
    assert!(cheap > dear + dear / 4 && dear > 0, "cheap {cheap}, dear {dear}");
}

async fn done(caller: &mut Caller, path: &str, body: Value) -> u16 {
    caller.post(path, &body).await.status().as_u16()
}

#[tokio::test]
async fn a_hand_adds_and_moves_rivals_and_pushes_the_clock() {
    let (world, mut caller) = open().await;
    let (_, card, _) = world
        .sim()
        .skus("30000001")
        .into_iter()
        .find(|(_, _, on_sale)| *on_sale)
        .unwrap();
    let rivals = format!("/_sim/api/cards/{card}/rivals");
    let (_, added) = caller
        .ask(&rivals, &json!({"price": 777, "temper": "floor_bound"}))
        .await;
    let merchant = added["merchant"].as_str().unwrap().to_owned();
    assert_eq!(
        done(
            &mut caller,
            &format!("{rivals}/{merchant}"),
            json!({"price": 100})
        )
        .await,
        200
    );
    let seller = world
        .sim()
        .world
        .sellers
        .iter()
        .find(|seller| seller.id == merchant)
        .unwrap();
    let home = world.sim().world.cities.id(seller.home).to_owned();
    let (_, view) = caller.read(&format!("/_sim/api/cards/{card}?city={home}")).await;
    assert_eq!(
        (
            view["ladder"][0]["merchant"].as_str(),
            view["ladder"][0]["price"].as_u64()
        ),
        (Some(merchant.as_str()), Some(100))
    );
    assert_eq!(
        done(&mut caller, &format!("{rivals}/nobody"), json!({"price": 501})).await,
        404
    );
    let (_, clock) = caller.ask("/_sim/api/clock", &json!({"step_ms": 90_000})).await;
    assert_eq!(clock["now"], "2026-11-20T05:01:30.000Z");
    assert_eq!(
        done(&mut caller, "/_sim/api/clock", json!({"step_ms": -1})).await,
        422
    );
}

#[tokio::test]
async fn a_hand_closes_points_opens_cities_and_removes_offers() {
    let (world, mut caller) = open().await;
    let sim = world.sim();
    let (sku, _, _) = sim
        .skus("30000001")
        .into_iter()
        .find(|(_, _, on_sale)| *on_sale)
        .unwrap();
    let offer = format!("/_sim/api/shops/30000001/offers/{sku}");
    let points = "/_sim/api/shops/30000001/points";
    for code in ["PP1", "PP2"] {
        assert_eq!(
            done(
                &mut caller,
                &format!("{points}/{code}"),
                json!({"enabled": false})
            )
            .await,
            200
        );
    }
    assert_eq!(sim.visible("30000001", &sku, ALMATY), None);
    done(&mut caller, &format!("{points}/PP1"), json!({"enabled": true})).await;
    assert!(sim.visible("30000001", &sku, ALMATY).is_some());
    done(&mut caller, &offer, json!({"city": "351010000", "price": 4_444})).await;
    assert_eq!(sim.visible("30000001", &sku, "351010000").unwrap().0, 4_444);
    done(&mut caller, &offer, json!({"on_sale": false})).await;
    assert_eq!(sim.visible("30000001", &sku, ALMATY), None);
}
