//! The event stream of an open page, and what the palette finds.

use crate::{
    house::{House, encode},
    market::CITY,
};
use axum::{
    body::{Body, BodyDataStream},
    http::Request,
};
use futures::StreamExt as _;
use std::time::Duration;

/// The next message, heard within a limit.
async fn heard(stream: &mut BodyDataStream) -> String {
    let mut text = String::new();
    while !text.ends_with("\n\n") {
        let chunk = tokio::time::timeout(Duration::from_secs(20), stream.next())
            .await
            .expect("nothing was heard in time");
        text.push_str(&String::from_utf8_lossy(
            &chunk.expect("the stream ended").unwrap(),
        ));
    }
    text
}

#[tokio::test]
async fn an_open_page_hears_changed_cells_and_nothing_else() {
    let house = House::new().await;
    house.market.sell("P-1", "Пуховик Aru Nord", "102298404", 38_740);
    house.market.sell("K-1", "Кружка Tumar", "102298405", 6_490);
    house.market.rival("102298404", "9000001", 38_000);
    let owner = house.owner().await;
    let scope = house.scope(&owner).await;
    let shop = house.connect(&scope).await;
    let slug = house.catalog.shop(&scope, &shop).await.unwrap().slug;
    let coat = house.offer(&scope, &shop, "P-1").await;
    let mug = house.offer(&scope, &shop, "K-1").await;
    let path = format!("/s/{slug}/live?page=prices&city={CITY}&sort=-price&rows={coat}.{mug}");
    let response = house
        .raw(
            &owner,
            Request::get(&path)
                .header("accept-language", "ru")
                .body(Body::empty())
                .unwrap(),
        )
        .await;
    assert_eq!(response.status(), 200);
    assert_eq!(response.headers()["content-type"], "text/event-stream");
    let mut stream = response.into_body().into_data_stream();

    let state = heard(&mut stream).await;
    assert!(state.contains("id: ") && !state.contains("event:"), "{state}");
    assert!(
        state.contains(&format!(
            "hx-target=\"#r-{coat} .c-price\" hx-swap=\"innerHTML\"><span class=\"med\">38\u{a0}740</span>"
        )),
        "{state}"
    );
    assert!(
        state.contains(&format!("#r-{mug} .c-price")) && state.contains("#nav-today"),
        "{state}"
    );
    assert!(!state.contains("data-changed"), "the first state is no change");
    assert!(!state.contains('⟦') && !state.contains('\u{1e}'), "{state}");

    house.keep(&scope, &shop, "P-1", 30_000, 45_000).await;
    house.check(&shop).await;
    let mut changed = heard(&mut stream).await;
    while !changed.contains(".c-rival") {
        changed = heard(&mut stream).await;
    }
    assert!(
        changed.contains(&format!(
            "#r-{coat} .c-rival\" hx-swap=\"innerHTML\"><i data-changed hidden></i><span>38\u{a0}000</span>"
        )),
        "{changed}"
    );
    assert!(
        !changed.contains(&format!("#r-{mug} .c-price")),
        "the mug did not change: {changed}"
    );

    house.stop.cancel();
    let end = tokio::time::timeout(Duration::from_secs(5), async {
        while stream.next().await.is_some() {}
    })
    .await;
    assert!(end.is_ok(), "streams end with the process");
}

#[tokio::test]
async fn an_open_inbox_hears_that_something_was_said_and_asks_for_its_list() {
    let house = House::new().await;
    let owner = house.owner().await;
    let scope = house.scope(&owner).await;
    let shop = house.connect(&scope).await;
    let slug = house.catalog.shop(&scope, &shop).await.unwrap().slug;
    let inbox = house.get(&owner, &format!("/s/{slug}/messages")).await;
    inbox.has(&format!("/s/{slug}/live?page=messages"));
    inbox.has("talks from:document");
    let request = Request::get(format!("/s/{slug}/live?page=messages"))
        .body(Body::empty())
        .unwrap();
    let mut stream = house.raw(&owner, request).await.into_body().into_data_stream();
    let mut first = heard(&mut stream).await;
    while !first.contains("event: talks") {
        first = heard(&mut stream).await;
    }
    house
        .cluster
        .publish(&format!("messages:{shop}"), "changed")
        .await
        .unwrap();
    let mut next = heard(&mut stream).await;
    while !next.contains("event: talks") {
        assert!(
            !next.contains("event: beat"),
            "it waited for the next beat: {next}"
        );
        next = heard(&mut stream).await;
    }
}

#[tokio::test]
async fn the_palette_finds_goods_by_words_of_their_names_and_articles() {
    let house = House::new().await;
    house.market.sell("P-1", "Пуховик Aru Nord", "102298404", 38_740);
    house.market.sell("K-1", "Кружка Tumar", "102298405", 6_490);
    let owner = house.owner().await;
    let scope = house.scope(&owner).await;
    let shop = house.connect(&scope).await;
    let slug = house.catalog.shop(&scope, &shop).await.unwrap().slug;
    let coat = house.offer(&scope, &shop, "P-1").await;
    for typed in ["пухов", "NORD", "p-1"] {
        let found = house
            .get(&owner, &format!("/s/{slug}/search?q={}", encode(typed)))
            .await;
        assert_eq!(
            found.text,
            format!(
                "[{{\"href\":\"/s/{slug}/prices/{coat}\",\"title\":\"Пуховик Aru Nord\",\"note\":\"P-1 · 38\u{a0}740\u{a0}₸\"}}]"
            ),
            "{typed}"
        );
    }
    assert_eq!(
        house
            .get(&owner, &format!("/s/{slug}/search?q={}", encode("самовар")))
            .await
            .text,
        "[]"
    );
}
