//! One product in process: its page, its rule, the guard of its card.

use crate::stall::{Stall, attributes, texts};
use sauda_kernel::{Clock as _, Money, Span, Tenge};
use sauda_pricing::service::ShopMode;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_product_page_explains_and_acts() {
    let stall = Stall::new().await;
    let page = format!("{}/{}", stall.base, stall.coat);
    stall.page(&page).await;
    stall
        .house
        .keep(&stall.scope, &stall.shop, "P-1", 30_000, 45_000)
        .await;
    stall.house.check(&stall.shop).await;
    let view = stall.page(&format!("{page}?days=30")).await;
    assert_eq!(texts(&view, ".ladder .price").len(), 3, "two rivals and we");
    assert_eq!(texts(&view, ".receipt-price"), ["38 740 → 37 990 ₸"]);
    let receipt = attributes(&view, ".changes a", "href");
    assert_eq!(receipt.len(), 1);
    assert_eq!(
        stall
            .page(&format!("{page}{}", receipt[0].split('#').next().unwrap()))
            .await
            .status,
        200
    );
    assert_eq!(
        stall
            .house
            .get(
                &stall.owner,
                &format!("{}/off_0000000000000000000000000", stall.base)
            )
            .await
            .status,
        404
    );

    assert_eq!(
        stall.post(&format!("{page}/pin?days=30"), &[]).await.to(),
        format!("{page}?days=30")
    );
    assert_eq!(stall.rule(&stall.coat).await.pinned_price, Some(Tenge(38_740)));
    let pinned = stall.page(&page).await;
    assert!(
        pinned.text.contains("закреплена") && pinned.text.contains("id=\"undo-last\""),
        "{}",
        pinned.text
    );
    stall.post(&format!("{page}/unpin"), &[]).await.to();
    assert_eq!(stall.rule(&stall.coat).await.pinned_price, None);

    let decision = stall
        .house
        .pricing
        .offer_view(
            &stall.scope,
            &stall.coat,
            crate::market::CITY,
            stall.house.clock.now().minus(Span::from_days(1)),
        )
        .await
        .unwrap();
    let id = decision.decisions[0].id.to_string();
    stall
        .post(&format!("{page}/undo"), &[("decision", &id)])
        .await
        .to();
    assert_eq!(stall.rule(&stall.coat).await.pinned_price, Some(Tenge(38_740)));
    stall.post(&format!("{page}/unpin"), &[]).await.to();

    stall.post(&format!("{page}/pause"), &[]).await.to();
    assert_eq!(stall.rule(&stall.coat).await.settings.paused, Some(true));
    let paused = stall.page(&page).await;
    assert!(attributes(&paused, "form", "action").contains(&format!("{page}/resume")));
    stall.post(&format!("{page}/resume"), &[]).await.to();
    assert_eq!(stall.rule(&stall.coat).await.settings.paused, None);
    assert_eq!(
        stall
            .post(&format!("{page}/answer"), &[("decision", &id), ("answer", "yes")])
            .await
            .status,
        409,
        "it is no question"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_products_rule_is_saved_refused_and_tried() {
    let stall = Stall::new().await;
    stall
        .house
        .pricing
        .set_mode(&stall.scope, &stall.shop, ShopMode::DryRun)
        .await
        .unwrap();
    stall.house.check(&stall.shop).await;
    let page = format!("{}/{}", stall.base, stall.coat);
    let typed = |min: &'static str, version: &'static str| {
        [
            ("managed", "on"),
            ("strategy", "stay_top_n"),
            ("places", "2"),
            ("min", min),
            ("max", "45 000"),
            ("step", "10"),
            ("cost", "25 300"),
            ("version", version),
        ]
    };
    let wrong = stall.post(&format!("{page}/rule"), &typed("много", "0")).await;
    assert_eq!(
        (wrong.status, texts(&wrong, "#e-min span")),
        (422, vec!["«много» не число. Впишите цифры: 38 740".to_owned()])
    );
    assert_eq!(
        attributes(&wrong, "#f-max", "value"),
        ["45 000"],
        "what was typed stays"
    );
    assert_eq!(texts(&wrong, "title"), ["Ошибка: Пуховик Aru Nord · Sauda"]);
    let low = stall.post(&format!("{page}/rule"), &typed("20 000", "0")).await;
    assert_eq!(
        (low.status, attributes(&low, "#f-confirmed", "type")),
        (422, vec!["checkbox".to_owned()])
    );
    assert_eq!(stall.rule(&stall.coat).await.version, 0, "nothing was saved");
    let mut sure = typed("20 000", "0").to_vec();
    sure.push(("confirmed", "on"));
    assert_eq!(stall.post(&format!("{page}/rule"), &sure).await.to(), page);
    let rule = stall.rule(&stall.coat).await;
    assert_eq!(
        (rule.min, rule.strategy.as_deref(), rule.cost),
        (
            Some(Tenge(20_000)),
            Some("stay_top_n"),
            Some(Money::from_tiyn(2_530_000))
        )
    );
    let stale = stall.post(&format!("{page}/rule"), &typed("33 000", "0")).await;
    assert_eq!(stale.status, 422);
    assert!(stale.text.contains("Айгерим Жумабек"), "who changed it");
    assert_eq!(stall.rule(&stall.coat).await.min, Some(Tenge(20_000)));
    let tried = stall
        .post(&format!("{page}/backtest"), &typed("33 000", "1"))
        .await;
    assert_eq!(
        (tried.status, attributes(&tried, "#f-min", "value")),
        (200, vec!["33 000".to_owned()])
    );
    assert!(tried.text.contains("flask-conical"), "the result of the replay");
    assert_eq!(stall.rule(&stall.coat).await.version, 1, "a try saves nothing");
}

#[tokio::test]
async fn the_card_guard_shows_newcomers_and_looks_past_them() {
    let stall = Stall::new().await;
    stall.house.check(&stall.shop).await;
    let guard = format!("{}/guard", stall.base);
    assert_eq!(
        texts(&stall.page(&guard).await, ".guard-row").len(),
        0,
        "those of the first read were there before"
    );
    stall.house.clock.push(Span::from_mins(40));
    stall.house.market.rival("102298404", "9000003", 33_900);
    stall.house.check(&stall.shop).await;
    let page = stall.page(&guard).await;
    assert_eq!(texts(&page, ".guard-row b"), ["Rival 9000003"]);
    assert_eq!(texts(&page, ".tab .n"), ["1", "3", "0"]);
    let acts = attributes(&page, ".guard-row form", "action");
    assert_eq!(acts.len(), 2);
    stall.post(&acts[1], &[]).await.to();
    let ignored = stall.rule(&stall.coat).await.settings.ignore.unwrap();
    assert_eq!(
        ignored
            .sellers
            .iter()
            .map(|seller| seller.as_str())
            .collect::<Vec<_>>(),
        ["9000003"]
    );
    let now = stall.page(&format!("{guard}?view=now")).await;
    assert_eq!(texts(&now, ".guard-row .badge"), ["не учитываем"]);
    let count = attributes(&now, ".guard-row form", "action")
        .into_iter()
        .find(|act| act.ends_with("/count"))
        .unwrap();
    stall.post(&count, &[]).await.to();
    assert_eq!(
        stall.rule(&stall.coat).await.settings.ignore,
        None,
        "as the rule says again"
    );
    assert_eq!(stall.post(&format!("{guard}/junk/seen"), &[]).await.status, 404);
}
