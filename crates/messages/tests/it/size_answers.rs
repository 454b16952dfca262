//! A question about a size and its answer, the whole way: WhatsApp, what the words mean, the order.

use crate::world::World;
use sauda_catalog::{Products, import::products::ProductFacts};
use sauda_jobs::Jobs;
use sauda_kernel::Span;
use sauda_messages::engine::{ByWhatsapp, LateAnswers};
use sauda_orders::{
    fit::{AskOutcome, Askers as _, LineFit, Said},
    model::{Act, Order},
};
use sauda_sim::{BuyerTemper, Way};
use sauda_testkit::{TestDb, engines, sqlite};

const BY_KASPI: Way = Way::Kaspi { express: false };

struct Dresses {
    world: World,
    order: Order,
    late: LateAnswers,
}

impl Dresses {
    /// A shop that sells a dress in four sizes, and an accepted order of it in M, advised and not asked yet.
    async fn open(test: TestDb) -> Self {
        Box::pin(Self::sold(test)).await
    }

    async fn sold(test: TestDb) -> Self {
        let world = World::linked(test).await;
        let order = world.order(BY_KASPI).await;
        let code = &order.seen.code;
        let view = world.orders.view(&world.scope, &world.shop, code).await.unwrap();
        let messages = &world.messages;
        let (db, clock, ids) = (messages.db.clone(), messages.clock.clone(), messages.ids.clone());
        let jobs = Jobs::new(db.clone(), messages.cluster.clone(), clock.clone(), ids.clone());
        let products = Products::new(db, messages.accounts.clone(), jobs, clock, ids);
        let bought = view.lines[0].sku.clone();
        for (sku, size) in [
            ("ar-s", "S"),
            (bought.as_str(), "M"),
            ("ar-l", "L"),
            ("ar-xl", "XL"),
        ] {
            let word = |text: &str| Some(text.to_owned());
            let facts = ProductFacts {
                sku: sku.to_owned(),
                title: word("Dress"),
                brand: word("Aru"),
                model: word("AR-1"),
                category: word("Dresses"),
                gender: word("female"),
                size: word(size),
                ..ProductFacts::default()
            };
            products.create(&world.scope, facts).await.unwrap();
        }
        world.person(&order, BuyerTemper::Silent, true);
        world.act(code, Act::Accept).await;
        world
            .orders
            .advise(&world.scope, &world.shop, code)
            .await
            .unwrap();
        let late = LateAnswers {
            messages: world.messages.clone(),
            orders: world.orders.clone(),
            owner: "one".to_owned(),
        };
        Self { world, order, late }
    }

    fn asker(&self) -> ByWhatsapp {
        ByWhatsapp {
            messages: self.world.messages.clone(),
            orders: self.world.orders.clone(),
        }
    }

    /// The question leaves.
    async fn ask(&self) -> AskOutcome {
        let world = &self.world;
        let lines = self.lines().await;
        let asked = self
            .asker()
            .ask(&world.scope, &world.shop, &self.order.id, "key", &lines)
            .await
            .unwrap();
        world.turns(6).await;
        asked
    }

    /// The buyer writes, and it is heard.
    async fn answer(&self, text: &str) {
        self.world.say(&self.order, text);
        self.world.turns(2).await;
    }

    async fn lines(&self) -> Vec<LineFit> {
        let all = self.world.orders.fits(std::slice::from_ref(&self.order.id)).await;
        all.unwrap().remove(&self.order.id).unwrap_or_default()
    }

    /// How often the history tells of an answer.
    async fn told(&self) -> usize {
        let world = &self.world;
        let view = world
            .orders
            .view(&world.scope, &world.shop, &self.order.seen.code)
            .await
            .unwrap();
        let answered = view.events.iter().filter(|event| event.word == "size-answered");
        answered.count()
    }
}

#[tokio::test]
async fn another_size_that_a_buyer_names_reaches_the_order_once() {
    for test in engines().await {
        let dresses = Dresses::open(test).await;
        assert_eq!(dresses.ask().await, AskOutcome::Asked);
        let left = dresses.world.left();
        assert_eq!(left.len(), 1, "{left:?}");
        assert_eq!(dresses.late.turn().await.unwrap(), 0, "nobody answered yet");

        dresses.answer("лучше L").await;
        assert_eq!(dresses.late.turn().await.unwrap(), 1);
        let lines = dresses.lines().await;
        let corrected = lines[0].correction.as_ref().map(|said| said.to.as_str());
        assert_eq!(corrected, Some("L"));
        assert_eq!(dresses.told().await, 1);
        assert!(
            dresses.world.notices().await.contains(&"size-answer".to_owned()),
            "somebody packs another size now"
        );

        dresses.world.turns(2).await;
        assert_eq!(dresses.late.turn().await.unwrap(), 0);
        assert_eq!(dresses.told().await, 1);
    }
}

#[tokio::test]
async fn measures_that_a_buyer_tells_are_kept_for_the_next_advice() {
    let dresses = Dresses::open(sqlite().await).await;
    dresses.ask().await;
    dresses.answer("рост 172 вес 90").await;
    assert_eq!(dresses.late.turn().await.unwrap(), 1);
    let world = &dresses.world;
    let measures = world
        .orders
        .measures(&world.scope, &world.shop, &dresses.order.seen.code)
        .await
        .unwrap();
    let kept = serde_json::to_value(&measures.expect("measures are kept").body).unwrap();
    assert_eq!(kept["height_cm"], 172);
    assert_eq!(kept["weight_kg"], 90);
    assert_eq!(dresses.told().await, 1);
}

#[tokio::test]
async fn an_unclear_answer_stays_with_people() {
    let dresses = Dresses::open(sqlite().await).await;
    dresses.ask().await;
    dresses.answer("а когда привезёте?").await;
    assert_eq!(dresses.late.turn().await.unwrap(), 0);
    assert_eq!(dresses.told().await, 0);
    assert!(dresses.lines().await[0].correction.is_none());
}

#[tokio::test]
async fn a_refusal_and_a_step_without_a_size_reach_the_order_for_a_person() {
    for text in ["не подойдёт", "на размер больше"] {
        let dresses = Dresses::open(sqlite().await).await;
        dresses.ask().await;
        dresses.answer(text).await;
        for told in [1, 0] {
            assert_eq!(dresses.late.turn().await.unwrap(), told, "{text}");
        }
        assert_eq!(dresses.told().await, 1, "{text}");
        assert!(dresses.lines().await[0].correction.is_none(), "{text}");
        let notices = dresses.world.notices().await;
        assert!(notices.contains(&"size-answer".to_owned()), "{text}: {notices:?}");
        let talk = dresses.world.talk_of(&dresses.order).await.talk;
        assert!(talk.needs_person, "{text}");
    }
}

#[tokio::test]
async fn the_run_of_the_day_hears_the_same_answer() {
    let dresses = Dresses::open(sqlite().await).await;
    dresses.ask().await;
    dresses.answer("да, всё верно").await;
    let world = &dresses.world;
    let orders = std::slice::from_ref(&dresses.order.id);
    let answers = dresses
        .asker()
        .answers(&world.scope, &world.shop, orders)
        .await
        .unwrap();
    assert_eq!(answers.len(), 1);
    assert_eq!(answers[0].said, Said::Keep);
}

#[tokio::test]
async fn two_processes_tell_an_order_once() {
    let dresses = Dresses::open(sqlite().await).await;
    dresses.ask().await;
    dresses.answer("лучше XL").await;
    let other = LateAnswers {
        messages: dresses.world.messages.clone(),
        orders: dresses.world.orders.clone(),
        owner: "two".to_owned(),
    };
    let (one, two) = tokio::join!(dresses.late.turn(), other.turn());
    assert_eq!(one.unwrap() + two.unwrap(), 1);
    assert_eq!(dresses.told().await, 1);
}

#[tokio::test]
async fn at_night_the_day_is_told_that_the_question_leaves_later() {
    let dresses = Dresses::open(sqlite().await).await;
    let world = &dresses.world;
    let now = world.sim().now();
    let night = now.local_midnight().plus(Span::from_hours(23));
    let night = if night > now {
        night
    } else {
        night.plus(Span::from_days(1))
    };
    world.sim().step(night.since(now));
    assert_eq!(dresses.ask().await, AskOutcome::Later);
    assert!(world.left().is_empty(), "nobody is written to at night");
    world.sim().step(Span::from_hours(11));
    world.turns(6).await;
    assert_eq!(world.left().len(), 1);
    assert_eq!(dresses.ask().await, AskOutcome::Asked, "it is the same question");
    assert_eq!(world.left().len(), 1);
}

#[tokio::test]
async fn of_several_doubtful_goods_all_are_asked_about_and_a_lone_size_is_for_people() {
    let dresses = Dresses::open(sqlite().await).await;
    let world = &dresses.world;
    let mut lines = dresses.lines().await;
    let mut other = lines[0].clone();
    (other.line, other.asked) = (1, "48".to_owned());
    lines.push(other);
    for line in &mut lines {
        // As a person would have advised.
        (line.advice.size, line.advice.confidence) = (Some("XL".to_owned()), None);
    }
    let asker = dresses.asker();
    let asked = asker.ask(&world.scope, &world.shop, &dresses.order.id, "key", &lines);
    assert_eq!(asked.await.unwrap(), AskOutcome::Asked);
    world.turns(6).await;
    assert!(world.left()[0].contains("M, 48"), "{:?}", world.left());
}
