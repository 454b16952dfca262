//! Signing up, in and out, languages, refusals: through the pages, as a browser does it.

use crate::house::{Browser, House, PASSWORD};
use crate::stall::title;

#[tokio::test]
async fn the_first_owner_signs_up_and_is_led_to_connecting_a_shop() {
    let house = House::new().await;
    let browser = Browser::default();
    assert_eq!(house.get(&browser, "/").await.to(), "/signup");
    assert_eq!(house.get(&browser, "/login").await.to(), "/signup");
    let refused = house
        .post(
            &browser,
            "/signup",
            &[
                ("merchant_name", "Aru Home"),
                ("name", "Айгерим"),
                ("login", "aru"),
                ("password", PASSWORD),
            ],
        )
        .await;
    assert_eq!(refused.status, 422);
    assert_eq!(title(&refused.text), "Ошибка: Первый владелец · Sauda");
    refused.has("«aru» не похоже ни на почту, ни на телефон");
    refused.has("value=\"Айгерим\"");
    assert!(
        !refused.text.contains(PASSWORD),
        "a typed password does not come back"
    );

    let browser = house.owner().await;
    assert_eq!(house.get(&browser, "/").await.to(), "/connect");
    assert_eq!(
        house.get(&browser, "/signup").await.to(),
        "/",
        "there is an owner now"
    );
    assert_eq!(house.get(&Browser::default(), "/signup").await.to(), "/login");
}

#[tokio::test]
async fn signing_in_goes_on_where_it_was_asked_for_and_nowhere_else() {
    let house = House::new().await;
    house.owner().await;
    let browser = Browser::default();
    assert_eq!(
        house.get(&browser, "/settings/profile?a=1").await.to(),
        "/login?next=/settings/profile%3Fa%3D1"
    );
    house
        .get(&browser, "/login?next=/settings/profile")
        .await
        .has("name=\"next\" value=\"/settings/profile\"");
    let wrong = house
        .post(
            &browser,
            "/login",
            &[("login", "aru@mail.kz"), ("password", "не тот пароль")],
        )
        .await;
    assert_eq!(
        (
            wrong.status,
            wrong.text.contains("Телефон, почта или пароль не подошли")
        ),
        (422, true)
    );
    let pair = |next| [("login", "aru@mail.kz"), ("password", PASSWORD), ("next", next)];
    assert_eq!(
        house
            .post(&Browser::default(), "/login", &pair("//evil.kz"))
            .await
            .to(),
        "/"
    );
    assert_eq!(
        house
            .post(&browser, "/login", &pair("/settings/profile"))
            .await
            .to(),
        "/settings/profile"
    );
    assert_eq!(
        house.get(&browser, "/login?next=/settings/keys").await.to(),
        "/settings/keys"
    );
    assert_eq!(house.post(&browser, "/logout", &[]).await.to(), "/login");
    assert_eq!(browser.cookie("sauda"), None);
    assert_eq!(
        house.get(&browser, "/settings").await.to(),
        "/login?next=/settings"
    );
}

#[tokio::test]
async fn many_wrong_passwords_close_the_door_and_say_until_when() {
    let house = House::new().await;
    house.owner().await;
    let mut answer = None;
    for _ in 0..30 {
        let got = house
            .post(
                &Browser::default(),
                "/login",
                &[("login", "aru@mail.kz"), ("password", "не тот пароль")],
            )
            .await;
        if got.status == 429 {
            answer = Some(got);
            break;
        }
    }
    answer.expect("never closed").has("data-until=");
}

#[tokio::test]
async fn language_and_theme_are_kept_and_lead_back() {
    let house = House::new().await;
    let browser = house.owner().await;
    let answer = house
        .post(
            &browser,
            "/language",
            &[("language", "kk"), ("back", "/settings/profile")],
        )
        .await;
    assert_eq!(answer.to(), "/settings/profile");
    house
        .get(&browser, "/settings/profile")
        .await
        .has("<html lang=\"kk\"");
    assert_eq!(
        house
            .post(
                &browser,
                "/language",
                &[("language", "xx"), ("back", "https://evil.kz")]
            )
            .await
            .to(),
        "/"
    );
    assert_eq!(
        house.post(&browser, "/theme", &[("theme", "dark")]).await.status,
        204
    );
    house
        .get(&browser, "/settings/profile")
        .await
        .has("data-theme=\"dark\"");
    house.post(&browser, "/logout", &[]).await;
    let page = house.get(&browser, "/login").await;
    page.has("<html lang=\"kk\" data-theme=\"dark\"");
}

#[tokio::test]
async fn refusals_are_pages_with_ways_out() {
    let house = House::new().await;
    let owner = house.owner().await;
    let missing = house.get(&owner, "/s/nothing/more").await;
    assert_eq!(
        (missing.status, title(&missing.text)),
        (404, "Такой страницы нет · Sauda".to_owned())
    );
    missing.has("class=\"side\"");
    let stranger = house.get(&Browser::default(), "/nowhere").await;
    assert_eq!(stranger.status, 404);
    assert!(!stranger.text.contains("class=\"side\""));
    for path in [
        "/more",
        "/about/access",
        "/settings/profile",
        "/settings/team",
        "/settings/keys",
        "/settings/security",
        "/settings/audit",
    ] {
        let page = house.get(&owner, path).await;
        assert_eq!(page.status, 200, "{path}: {}", page.text);
        assert!(!page.text.contains('⟦'), "{path} lacks a text");
    }
    assert_eq!(house.get(&owner, "/today").await.to(), "/connect");
    let stream = house.get(&Browser::default(), "/s/aru-home/live").await;
    assert_eq!(stream.status, 401, "an open page must not follow to signing in");
}
