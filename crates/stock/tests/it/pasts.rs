//! What is kept of past days says what the days themselves say, whatever happens to them.

use crate::shed::Shed;
use sauda_kernel::{Money, OrderId, ProductId, Span};
use sauda_stock::{Costing, Landed, MovementKind, OrderWish, ReorderFilter, Settings, Stock};
use sauda_store::sql;
use sauda_testkit::{engines, sqlite};

/// Numbers that look drawn and are the same each time.
struct Draw(u64);

impl Draw {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end
    }
}

/// Every row of the list, by what is kept or by the days themselves.
async fn rows(shed: &Shed, with_past: bool) -> Vec<String> {
    let filter = ReorderFilter {
        view: "all".to_owned(),
        with_past,
        ..ReorderFilter::default()
    };
    let list = shed.stock.reorder(&shed.scope, &filter).await.unwrap();
    let rows = list.rows.iter().map(|row| {
        format!(
            "{} {:?} {:?} {:?} {:?} {}",
            row.product.sku, row.plan, row.idle, row.steadiness, row.from, row.daily_spread
        )
    });
    rows.collect()
}

/// What the line of each order had cost.
async fn costs(
    shed: &Shed,
    stock: &Stock,
    products: &[ProductId],
    orders: &[(OrderId, usize, i64)],
) -> Vec<Option<Landed>> {
    let known = shed.products.by_ids(&shed.scope, products).await.unwrap();
    let known: Vec<_> = known.iter().collect();
    let book = stock.cost_book(&shed.scope, &known).await.unwrap();
    orders
        .iter()
        .map(|(order, at, _)| book.of(Some(&products[*at]), order, 0))
        .collect()
}

async fn happens(
    shed: &Shed,
    draw: &mut Draw,
    products: &[ProductId],
    orders: &mut Vec<(OrderId, usize, i64)>,
) {
    let at = usize::try_from(draw.below(u64::try_from(products.len()).unwrap())).unwrap();
    let product = &products[at];
    let key = format!("key-{}", draw.below(u64::MAX));
    let pieces = i64::try_from(draw.below(4)).unwrap() + 1;
    match draw.below(9) {
        0 => shed.clock.push(Span::from_days(1)),
        1 => {
            let mut came = shed.moved(product, MovementKind::Receipt, pieces * 3, &key).await;
            let tiyn = i64::try_from(draw.below(90_000)).unwrap() + 10_000;
            came.unit_cost = Some(Money::from_tiyn(tiyn));
            shed.stock.record(&shed.scope, &came).await.unwrap();
        }
        2 => {
            let lost = shed.moved(product, MovementKind::WriteOff, -pieces, &key).await;
            shed.stock.record(&shed.scope, &lost).await.unwrap();
        }
        3 => {
            let day = sauda_stock::day_of(shed.now()) - pieces;
            let is_one_off = draw.below(3) > 0;
            let marked = shed.stock.mark_one_off(&shed.scope, product, day, is_one_off);
            marked.await.unwrap();
        }
        4 if !orders.is_empty() => {
            let (order, ..) = &orders[0];
            shed.back(order, &key, draw.below(2) == 0).await;
        }
        5 | 6 if !orders.is_empty() => {
            // An order of any day goes on, is cancelled, or turns out to be of other goods.
            let which = usize::try_from(draw.below(u64::try_from(orders.len()).unwrap())).unwrap();
            let (order, of, days) = orders[which].clone();
            let wish = [OrderWish::Held, OrderWish::Shipped, OrderWish::Freed]
                [usize::try_from(draw.below(3)).unwrap()];
            let of = if draw.below(4) == 0 { at } else { of };
            let since = shed.now().minus(Span::from_days(days));
            shed.follow_at(&order, wish, &products[of], pieces, since).await;
        }
        _ => {
            let (order, days) = (shed.id(), i64::try_from(draw.below(12)).unwrap());
            let since = shed.now().minus(Span::from_days(days));
            shed.follow_at(&order, OrderWish::Seen, product, pieces, since)
                .await;
            orders.push((order, at, days));
        }
    }
}

#[tokio::test]
async fn the_list_says_what_the_days_say_whatever_happens_to_them() {
    for (seed, test) in (1..).zip(engines().await) {
        let shed = Shed::open(test);
        shed.keep(false).await;
        let mean_or_oldest = |is_mean: bool| Settings {
            costing: if is_mean { Costing::Average } else { Costing::Fifo },
            refuses_negative: false,
            ..Settings::default()
        };
        let mut products = Vec::new();
        for sku in ["A", "B", "C"] {
            let product = shed.product(sku).await;
            shed.receive(&product, 20, sku).await;
            products.push(product);
        }
        shed.clock.push(Span::from_days(40));
        let (mut draw, mut orders) = (Draw(seed), Vec::new());
        let (mut planned, mut costed) = (0, 0);
        for step in 0..120 {
            happens(&shed, &mut draw, &products, &mut orders).await;
            if step % 40 == 39 {
                let settings = mean_or_oldest(step % 80 == 39);
                let saved = shed.stock.save_settings(&shed.scope, &settings, true);
                saved.await.unwrap();
            }
            let remembered = costs(&shed, &shed.stock, &products, &orders).await;
            let counted = costs(&shed, &shed.begun(), &products, &orders).await;
            assert_eq!(remembered, counted, "step {step}");
            costed += counted.iter().flatten().count();
            let kept = rows(&shed, false).await;
            assert_eq!(kept, rows(&shed, true).await, "step {step}");
            planned += kept.iter().filter(|row| row.contains("Some(Plan")).count();
        }
        assert!(planned > 50, "most of it has demand: {planned}");
        assert!(costed > 200, "many lines cost something: {costed}");
    }
}

#[tokio::test]
async fn what_is_kept_is_not_counted_again_and_what_changed_meanwhile_is_not_kept() {
    let shed = Shed::open(sqlite().await);
    shed.keep(false).await;
    let product = shed.product("A").await;
    shed.receive(&product, 20, "first").await;
    let order = shed.id();
    shed.follow(&order, OrderWish::Held, &product, 2).await;
    shed.clock.push(Span::from_days(30));
    let told = rows(&shed, false).await;
    // Whoever reads what is kept is told what stands there.
    let spoil = sql!("UPDATE stock_pasts SET said = '2 X 0 30 9.0 1.0 0.0 0.0 0.0' WHERE product_id = $1");
    spoil.bind(&product).run(&shed.db).await.unwrap();
    assert_ne!(rows(&shed, false).await, told, "the days are not looked at again");
    assert_eq!(rows(&shed, true).await, told, "who looks at the days mends it");
    assert_eq!(rows(&shed, false).await, told);
    // A stamp that is not the one that was read: somebody changed the days while they were counted.
    let stale = sql!("UPDATE stock_pasts SET day = 0, said = '2 X 0' WHERE product_id = $1");
    stale.bind(&product).run(&shed.db).await.unwrap();
    assert_eq!(
        rows(&shed, false).await,
        told,
        "what is of another day is counted"
    );
    for text in ["X", "junk", ""] {
        let odd = sql!("UPDATE stock_pasts SET said = $2 WHERE product_id = $1");
        odd.bind(&product).bind(text).run(&shed.db).await.unwrap();
        assert_eq!(
            rows(&shed, false).await,
            told,
            "what nobody can read is counted anew"
        );
    }
}
