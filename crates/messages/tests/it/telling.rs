//! What orders want told: each once, in time, and nothing of before a person switched it on.

use crate::world::World;
use sauda_kernel::Span;
use sauda_messages::{MessagesError, TemplateText, model::MessageState, trigger::Trigger};
use sauda_orders::model::{Act, Order};
use sauda_sim::{BuyerTemper, Way};
use sauda_testkit::{engines, sqlite};

const BY_KASPI: Way = Way::Kaspi { express: false };

#[tokio::test]
async fn an_order_is_told_of_once_and_never_again() {
    for test in engines().await {
        let world = World::linked(test).await;
        world.switch(Trigger::Approved, true).await;
        let order = world.accepted().await;
        world.turns(8).await;
        let left = world.left();
        assert_eq!(left.len(), 1, "{left:?}");
        assert!(left[0].contains(&order.seen.code), "{left:?}");
        let ours = world.ours(&order).await;
        assert_eq!(ours[0].about.as_deref(), Some("approved"));
        assert_eq!(ours[0].template.as_deref(), Some("approved.0"));
        world.read_orders().await;
        world.turns(8).await;
        assert_eq!(world.left().len(), 1);
    }
}

/// An order that is fetched from the shop, promised for a moment, accepted.
async fn pickup(world: &World, promised: Option<Span>) -> Order {
    let uid = world.sim().world.shops[0].uid.clone();
    let code = world.sim().order(&uid, None, Some(Way::Pickup)).unwrap();
    let planned = promised.map(|wait| world.sim().now().plus(wait));
    {
        let mut orders = world.sim().orders.lock().unwrap();
        let order = orders.all.iter_mut().find(|order| order.code == code);
        order.unwrap().planned_at = planned;
    }
    world.read_orders().await;
    let view = world.orders.view(&world.scope, &world.shop, &code).await.unwrap();
    world.person(&view.order, BuyerTemper::Silent, true);
    world.act(&code, Act::Accept).await;
    view.order
}

#[tokio::test]
async fn who_fetches_an_order_is_told_that_it_was_accepted_and_on_the_promised_day_that_it_waits() {
    let world = World::linked(sqlite().await).await;
    for trigger in [Trigger::Approved, Trigger::Delivered] {
        world.switch(trigger, true).await;
    }
    let about = async |order: &Order| -> Vec<String> {
        let ours = world.ours(order).await;
        let left = ours.iter().filter(|one| one.state != MessageState::Queued);
        let mut left: Vec<_> = left.filter_map(|one| one.about.clone()).collect();
        left.sort_unstable();
        left
    };
    let promised = pickup(&world, Some(Span::from_days(1))).await;
    let open = pickup(&world, None).await;
    world.turns(12).await;
    assert_eq!(about(&promised).await, ["approved"]);
    assert_eq!(about(&open).await, ["approved"], "nobody said when it is there");
    world.sim().step(Span::from_days(1));
    world.turns(12).await;
    assert_eq!(about(&promised).await, ["approved", "delivered"]);
    let waits = |text: &String| text.contains("ждёт вас: ");
    assert_eq!(
        world.left().iter().filter(|text| waits(text)).count(),
        1,
        "{:?}",
        world.left()
    );
    assert_eq!(about(&open).await, ["approved"]);
}

#[tokio::test]
async fn a_question_about_the_size_of_an_order_that_is_fetched_leaves() {
    let world = World::linked(sqlite().await).await;
    let order = pickup(&world, Some(Span::from_secs(60))).await;
    world
        .messages
        .ask_size(&world.scope, &world.shop, &order.seen.code, "48")
        .await
        .unwrap();
    world.turns(8).await;
    assert_eq!(world.left().len(), 1);
}

/// The article of goods of the shop whose name begins so.
fn called(world: &World, noun: &str) -> String {
    let shop = &world.sim().world.shops[0];
    let state = shop.state.read().unwrap();
    let title = |card: u32| {
        let card = usize::try_from(card).unwrap();
        world.sim().world.cards[card].info.title.as_str()
    };
    let mut offers = state.offers.iter().filter(|offer| offer.on_sale);
    let found = offers.find(|offer| title(offer.card).starts_with(noun));
    found.unwrap().sku.clone()
}

#[tokio::test]
async fn only_buyers_of_what_is_worn_are_asked_about_a_size_by_themselves() {
    let world = World::linked(sqlite().await).await;
    world.switch(Trigger::SizeConfirmation, true).await;
    let uid = world.sim().world.shops[0].uid.clone();
    let mut codes = Vec::new();
    for noun in ["Велосипед", "Постельное", "Платье"] {
        let sku = called(&world, noun);
        let code = world.sim().order(&uid, Some(&sku), Some(BY_KASPI)).unwrap();
        world.read_orders().await;
        let view = world.orders.view(&world.scope, &world.shop, &code).await.unwrap();
        world.person(&view.order, BuyerTemper::Silent, true);
        world.act(&code, Act::Accept).await;
        codes.push(code);
    }
    world.turns(12).await;
    let left = world.left();
    assert_eq!(left.len(), 1, "{left:?}");
    assert!(left[0].contains(&codes[2]), "{left:?}");
}

#[tokio::test]
async fn old_orders_are_not_told_of_when_a_trigger_is_switched_on() {
    let world = World::linked(sqlite().await).await;
    let old = world.accepted().await;
    world.turns(1).await;
    world.switch(Trigger::Approved, true).await;
    // Something happens to the old order, so that it is looked at again.
    world.act(&old.seen.code, Act::Assemble { parcels: 1 }).await;
    world.turns(8).await;
    assert_eq!(world.left(), Vec::<String>::new());
    world.accepted().await;
    world.turns(8).await;
    assert_eq!(world.left().len(), 1);
}

#[tokio::test]
async fn a_message_that_waits_is_taken_back_when_it_is_no_longer_true() {
    let world = World::linked(sqlite().await).await;
    world.switch(Trigger::Approved, true).await;
    let now = world.sim().now();
    world
        .sim()
        .step(now.local_midnight().plus(Span::from_mins(23 * 60)).since(now));
    let cancelled = world.accepted().await;
    world.turns(3).await;
    assert_eq!(world.states(&cancelled).await, [MessageState::Queued]);
    let reason = "buyer_asked".to_owned();
    world
        .act(
            &cancelled.seen.code,
            Act::Cancel {
                reason,
                comment: None,
            },
        )
        .await;
    world.sim().step(Span::from_hours(11));
    world.turns(3).await;
    assert_eq!(world.left(), Vec::<String>::new());
    assert_eq!(world.states(&cancelled).await, [MessageState::Cancelled]);
}

#[tokio::test]
async fn switching_off_takes_back_what_waits() {
    let world = World::linked(sqlite().await).await;
    world.switch(Trigger::Approved, true).await;
    let now = world.sim().now();
    world
        .sim()
        .step(now.local_midnight().plus(Span::from_mins(23 * 60)).since(now));
    let order = world.accepted().await;
    world.turns(3).await;
    world.switch(Trigger::Approved, false).await;
    assert_eq!(world.states(&order).await, [MessageState::Cancelled]);
}

#[tokio::test]
async fn a_buyer_who_writes_kazakh_is_told_in_kazakh() {
    let world = World::linked(sqlite().await).await;
    world.switch(Trigger::Approved, true).await;
    let order = world.order(BY_KASPI).await;
    world.person(&order, BuyerTemper::Silent, true);
    world.say(&order, "Сәлеметсіз бе, тапсырысым қашан келеді?");
    world.turns(1).await;
    world.act(&order.seen.code, Act::Accept).await;
    world.turns(6).await;
    assert!(world.left()[0].contains("тапсырысыңыз"), "{:?}", world.left());
}

#[tokio::test]
async fn a_template_is_written_by_versions_and_says_what_is_wrong_with_it() {
    for test in engines().await {
        let world = World::linked(test).await;
        let (scope, shop) = (&world.scope, &world.shop);
        let mut text = world
            .messages
            .template(scope, shop, "shipped")
            .await
            .unwrap()
            .text;
        assert_eq!(text.version, 0);
        text.ru = "Заказ {номр_заказа} едет".to_owned();
        let wrong = world.messages.put_template(scope, shop, &text).await.unwrap_err();
        assert!(
            matches!(&wrong, MessagesError::Template(problems) if problems.len() == 1),
            "{wrong:?}"
        );
        text.ru = "Заказ {номер_заказа} едет".to_owned();
        world.messages.put_template(scope, shop, &text).await.unwrap();
        let again = world.messages.put_template(scope, shop, &text).await;
        assert!(matches!(again, Err(MessagesError::TemplateChanged)), "{again:?}");
        let kept = world
            .messages
            .template(scope, shop, "shipped")
            .await
            .unwrap()
            .text;
        assert_eq!((kept.version, kept.ru.as_str()), (1, "Заказ {номер_заказа} едет"));
        let own = TemplateText {
            key: String::new(),
            version: 0,
            name: "Спасибо".to_owned(),
            ru: "Спасибо за заказ {заказ}!".to_owned(),
            kk: "{тапсырыс} тапсырысы үшін рахмет!".to_owned(),
            changed_by: String::new(),
            changed_at: None,
        };
        let key = world.messages.put_template(scope, shop, &own).await.unwrap();
        let order = world.order(BY_KASPI).await;
        let code = order.seen.code.as_str();
        let filled = world
            .messages
            .fill_template(scope, shop, &key, Some(code), false)
            .await
            .unwrap();
        assert_eq!(filled, format!("Спасибо за заказ {code}!"));
        assert_eq!(world.messages.templates(scope, shop).await.unwrap().len(), 8);
    }
}
