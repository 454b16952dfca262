//! Figures of reports are those of the pages, and their parts add up.

use crate::{sales, world::World};
use sauda_economics::rates::Day;
use sauda_kernel::{
    Id, IdKind, MessageId, Money, OrderCommandId, OrderId, ProductId, Span, TalkId, Timestamp,
};
use sauda_reports::{Asked, Findings, GroupBy, Part, Value, timed::PlanKind};
use sauda_store::sql;
use sauda_testkit::engines;

fn id<K: IdKind>(world: &World) -> Id<K> {
    Id::new(&*world.plans.clock, &*world.plans.ids)
}

async fn product(world: &World, sku: &str, cost: Option<i64>) {
    let made: ProductId = id(world);
    sql!(
        "INSERT INTO products (id, merchant_id, sku, title, cost, name_fold, fold, version, created_at, changed_at, changed_by) \
         VALUES ($1, $2, $3, $3, $4, $3, $3, 1, 0, 0, '')"
    )
    .bind(&made)
    .bind(world.scope().merchant())
    .bind(sku)
    .bind(cost.map(|tenge| tenge * 100))
    .run(&world.db)
    .await
    .unwrap();
}

/// An order of one line that ended now.
async fn sold(world: &World, code: &str, stage: &str, line: (&str, i64, i64)) -> OrderId {
    let order = id(world);
    let of = (world.scope(), &world.shop);
    sales::sold(&world.db, of, (&order, code, stage), line, world.now()).await;
    order
}

/// The report that is made tomorrow at nine.
async fn tomorrow(world: &World, name: &str) -> Findings {
    let nine: Timestamp = world
        .now()
        .local_midnight()
        .plus(Span::from_days(1))
        .plus(Span::from_hours(9));
    world.until(nine.plus(Span::from_mins(1)));
    world.turn().await;
    let made = world.made().await;
    let found = made.into_iter().find(|one| one.name == name).unwrap();
    found.findings.unwrap()
}

fn money(findings: &Findings, word: &str) -> i64 {
    let facts = findings.parts.iter().find_map(|part| match part {
        Part::Facts { rows } => Some(rows),
        _ => None,
    });
    let row = facts.unwrap().iter().find(|row| row.0 == word);
    match row.map(|row| &row.1) {
        Some(Value::Money(tiyn)) => *tiyn,
        _ => 0,
    }
}

#[tokio::test]
async fn the_profit_of_a_report_is_the_pages_and_its_parts_add_up() {
    for test in engines().await {
        let world = Box::pin(World::open(test)).await;
        product(&world, "A", Some(3_000)).await;
        product(&world, "B", Some(41_000)).await;
        product(&world, "C", None).await;
        world.add("Прибыль", PlanKind::Profit, &["screen"]).await;
        sold(&world, "1", "done", ("A", 2, 10_000)).await;
        sold(&world, "2", "done", ("B", 1, 38_740)).await;
        sold(&world, "3", "done", ("C", 3, 7_770)).await;
        sold(&world, "4", "returned", ("A", 1, 5_000)).await;
        let day = Day::of(world.now());
        let found = tomorrow(&world, "Прибыль").await;
        let asked = Asked {
            shops: Vec::new(),
            from: day,
            to: day,
            by: GroupBy::Product,
        };
        let page = world.plans.reports.profit(world.scope(), &asked).await.unwrap();
        let total = &page.total;
        let down = |sum: Money| sum.tenge_down().money().tiyn();
        assert_eq!(
            ["revenue", "without_cost", "returned"].map(|word| money(&found, word)),
            [total.revenue, total.without_cost, total.returned].map(down)
        );
        assert_eq!(money(&found, "revenue"), 5_651_000);
        // Each part is rounded up to whole tenge, so the profit is less than a tenge for each of them below the page's to the tiyn.
        let short = total.profit.tiyn() - money(&found, "profit");
        assert!((0..600).contains(&short), "{short}");
        let purchase = total.purchase.tenge_up().money().tiyn();
        assert_eq!(money(&found, "purchase"), purchase);
        assert!(money(&found, "commission") > 0);
        let parts = [
            "without_cost",
            "purchase",
            "commission",
            "delivery",
            "own",
            "tax",
            "profit",
        ];
        let sum: i64 = parts.iter().map(|word| money(&found, word)).sum();
        assert_eq!(sum, money(&found, "revenue"));
        // The drawing of that day and the tables tell the same.
        let drawn = found.parts.iter().find_map(|part| match part {
            Part::Bars { word, bars, .. } if word == "profit-days" => bars.last(),
            _ => None,
        });
        assert_eq!(drawn.unwrap().value, Value::Money(down(total.profit)));
        let products: i64 = page.groups.iter().map(|group| group.sums.profit.tiyn()).sum();
        assert_eq!(products, total.profit.tiyn());
    }
}

#[tokio::test]
async fn refused_acts_and_messages_that_did_not_arrive_are_errors_of_their_day() {
    for test in engines().await {
        let world = Box::pin(World::open(test)).await;
        world.add("Ошибки", PlanKind::Errors, &["screen"]).await;
        let order = sold(&world, "412806377", "done", ("A", 1, 5_000)).await;
        for state in ["refused", "unseen", "done"] {
            let command: OrderCommandId = id(&world);
            sql!(
                "INSERT INTO order_commands (id, merchant_id, shop_id, order_id, act, kind, guard, state, asked_by, asked_at, trouble) \
                 VALUES ($1, $2, $3, $4, '{\"kind\":\"accept\"}', 'accept', $1, $5, '', $6, 'refused')"
            )
            .bind(&command)
            .bind(world.scope().merchant())
            .bind(&world.shop)
            .bind(&order)
            .bind(state)
            .bind(world.now())
            .run(&world.db)
            .await
            .unwrap();
        }
        for (number, state) in [("1", "failed"), ("2", "delivered")] {
            let (message, talk): (MessageId, TalkId) = (id(&world), id(&world));
            sql!(
                "INSERT INTO messages (id, merchant_id, shop_id, talk_id, is_ours, state, once_key, body, order_code, written_by, created_at, due_at, trouble) \
                 VALUES ($1, $2, $3, $4, $5, $6, $7, '', '412806377', '', $8, $8, 'no_recipient')"
            )
            .bind(&message)
            .bind(world.scope().merchant())
            .bind(&world.shop)
            .bind(&talk)
            .bind(true)
            .bind(state)
            .bind(number)
            .bind(world.now())
            .run(&world.db)
            .await
            .unwrap();
        }
        let found = tomorrow(&world, "Ошибки").await;
        let rows = |wanted: &str| {
            let table = found.parts.iter().find_map(|part| match part {
                Part::Table { word, rows, .. } if word == wanted => Some(rows.clone()),
                _ => None,
            });
            table.unwrap_or_default()
        };
        let (commands, untold) = (rows("commands"), rows("untold"));
        assert_eq!((commands.len(), untold.len()), (2, 1));
        assert!(
            commands
                .iter()
                .all(|row| row[0] == Value::Text("412806377".to_owned()))
        );
        assert_eq!(
            untold[0][1],
            Value::Key("message-trouble-no_recipient".to_owned())
        );
    }
}
