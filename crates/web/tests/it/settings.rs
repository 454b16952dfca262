//! Profile, team, keys, security and journal: through the pages, as a browser does it.

use crate::house::{Browser, House, PASSWORD, encode};
use crate::stall::{first, title};
use sauda_kernel::Clock as _;

#[tokio::test]
async fn the_profile_is_saved_and_told_once() {
    let house = House::new().await;
    let browser = house.owner().await;
    let typed = [("name", "Айгерим Ж."), ("language", "ru"), ("theme", "light")];
    assert_eq!(
        house.post(&browser, "/settings/profile", &typed).await.to(),
        "/settings/profile"
    );
    let page = house.get(&browser, "/settings/profile").await;
    page.has("data-toast=\"Сохранено\"");
    page.has("value=\"Айгерим Ж.\"");
    page.has("data-keys=\"off\"");
    assert!(
        !house
            .get(&browser, "/settings/profile")
            .await
            .text
            .contains("data-toast"),
        "a message is told once"
    );
    let refused = house
        .post(
            &browser,
            "/settings/profile",
            &[("name", " "), ("language", "ru"), ("theme", "light")],
        )
        .await;
    assert_eq!(
        (refused.status, title(&refused.text).starts_with("Ошибка: ")),
        (422, true)
    );
}

#[tokio::test]
async fn a_person_joins_by_link_once_and_the_owner_manages_the_team() {
    let house = House::new().await;
    let owner = house.owner().await;
    let made = house
        .post(
            &owner,
            "/settings/team/invite",
            &[("role", "manager"), ("note", "Данияр")],
        )
        .await;
    assert_eq!((made.status, made.header("cache-control")), (200, "no-store"));
    let link = first(&made.text, "#new-link");
    let path = link.strip_prefix("http://localhost:8080").unwrap().to_owned();
    assert!(
        !house.get(&owner, "/settings/team").await.text.contains(&path),
        "a link is shown once"
    );
    let guest = Browser::default();
    house
        .get(&guest, &path)
        .await
        .has("Айгерим Жумабек приглашает вас. Роль: менеджер.");
    let typed = [
        ("name", "Данияр Сейтов"),
        ("login", "+7 701 222 33 44"),
        ("password", PASSWORD),
    ];
    assert_eq!(house.post(&guest, &path, &typed).await.to(), "/");
    assert_eq!(
        house.get(&Browser::default(), &path).await.status,
        404,
        "the link is used up"
    );
    assert_eq!(
        house.get(&guest, "/settings/team").await.status,
        403,
        "a manager does not manage the team"
    );

    let page = house.get(&owner, "/settings/team").await;
    page.has("Данияр Сейтов");
    let user = page
        .text
        .split("action=\"/settings/team/usr_")
        .nth(1)
        .and_then(|rest| rest.split('"').next())
        .unwrap()
        .to_owned();
    assert_eq!(
        house
            .post(
                &owner,
                &format!("/settings/team/usr_{user}"),
                &[("role", "packer")]
            )
            .await
            .to(),
        "/settings/team"
    );
    house
        .get(&owner, "/settings/team")
        .await
        .has("data-toast=\"Данияр Сейтов: роль изменена\"");
    let recovery = house
        .post(&owner, &format!("/settings/team/usr_{user}/recovery"), &[])
        .await;
    let reset = first(&recovery.text, "#new-link").replace("http://localhost:8080", "");
    house
        .get(&guest, &reset)
        .await
        .has("+7\u{a0}701\u{a0}•••\u{a0}33\u{a0}44");
    let short = house.post(&guest, &reset, &[("password", "мало")]).await;
    assert_eq!(short.status, 422);
    assert_eq!(
        house
            .post(&guest, &reset, &[("password", "другой чайник")])
            .await
            .to(),
        "/login"
    );
    house.get(&guest, "/login").await.has("Новый пароль сохранён");
    assert_eq!(house.get(&guest, &reset).await.status, 404);
    assert_eq!(
        house
            .post(&owner, &format!("/settings/team/usr_{user}/remove"), &[])
            .await
            .to(),
        "/settings/team"
    );
    let me = house.scope(&owner).await;
    let team = house.accounts.team(&me).await.unwrap();
    assert_eq!(team.len(), 1);
    let own = format!("/settings/team/{}", team[0].user);
    let last = house.post(&owner, &own, &[("role", "packer")]).await;
    assert_eq!(last.status, 422);
    last.has("В команде должен остаться хотя бы один владелец");
}

#[tokio::test]
async fn a_key_is_shown_once_and_revoked() {
    let house = House::new().await;
    let owner = house.owner().await;
    let none = house.post(&owner, "/settings/keys", &[("name", "1С")]).await;
    assert_eq!(none.status, 422);
    none.has("Отметьте хотя бы одно право");
    let made = house
        .post(
            &owner,
            "/settings/keys",
            &[("name", "1С"), ("right", "view_prices"), ("right", "view_shops")],
        )
        .await;
    let key = first(&made.text, "#new-key");
    assert!(key.starts_with("sk_"), "{key}");
    let page = house.get(&owner, "/settings/keys").await;
    assert!(!page.text.contains(&key));
    let revoke = page
        .text
        .split("action=\"")
        .find(|part| part.contains("/revoke\""))
        .and_then(|part| part.split('"').next())
        .unwrap()
        .to_owned();
    assert_eq!(house.post(&owner, &revoke, &[]).await.to(), "/settings/keys");
    house
        .get(&owner, "/settings/keys")
        .await
        .has("Ключ «1С» больше не действует");
}

#[tokio::test]
async fn passwords_sessions_and_the_second_step_are_changed_with_proof() {
    let house = House::new().await;
    let owner = house.owner().await;
    let other = Browser::default();
    house
        .post(
            &other,
            "/login",
            &[("login", "aru@mail.kz"), ("password", PASSWORD)],
        )
        .await;
    house
        .get(&owner, "/settings/security")
        .await
        .has("/settings/security/sessions/end-others");
    assert_eq!(
        house
            .post(&owner, "/settings/security/sessions/end-others", &[])
            .await
            .to(),
        "/settings/security"
    );
    house
        .get(&owner, "/settings/security")
        .await
        .has("Отключено устройств: 1");
    assert!(house.get(&other, "/settings").await.to().starts_with("/login"));

    let wrong = house
        .post(
            &owner,
            "/settings/security/password",
            &[("old", "нет"), ("new", "новый чайник")],
        )
        .await;
    assert_eq!(wrong.status, 422);
    wrong.has("href=\"#f-old\"");
    let short = house
        .post(
            &owner,
            "/settings/security/password",
            &[("old", PASSWORD), ("new", "мало")],
        )
        .await;
    short.has("href=\"#f-new\"");
    assert_eq!(
        house
            .post(
                &owner,
                "/settings/security/password",
                &[("old", PASSWORD), ("new", "новый чайник")]
            )
            .await
            .to(),
        "/settings/security"
    );

    let refused = house
        .post(
            &owner,
            "/settings/security/second/start",
            &[("current_password", "нет")],
        )
        .await;
    refused.has("href=\"#f-current_password\"");
    assert_eq!(
        house
            .post(
                &owner,
                "/settings/security/second/start",
                &[("current_password", "новый чайник")]
            )
            .await
            .to(),
        "/settings/security"
    );
    let page = house.get(&owner, "/settings/security").await;
    page.has("<svg");
    assert_eq!(page.header("cache-control"), "no-store");
    let bad = house
        .post(&owner, "/settings/security/second", &[("code", "12")])
        .await;
    assert_eq!(bad.status, 422);
    bad.has("href=\"#f-code\"");

    let secret = data_encoding::BASE32_NOPAD
        .decode(first(&page.text, "#secret").replace(' ', "").as_bytes())
        .unwrap();
    let code = || {
        let totp = totp_rs::Builder::new()
            .with_secret(secret.as_slice())
            .build()
            .unwrap();
        totp.generate(u64::try_from(house.clock.now().as_secs()).unwrap())
            .to_string()
    };
    let on = house
        .post(&owner, "/settings/security/second", &[("code", &code())])
        .await;
    assert_eq!(on.status, 200, "{}", on.text);
    let recovery = first(&on.text, "#codes code");
    house
        .get(&owner, "/settings/security")
        .await
        .has("Запасных кодов осталось: 10");

    let pair = [
        ("login", "aru@mail.kz"),
        ("password", "новый чайник"),
        ("next", "/settings/keys"),
    ];
    let fresh = Browser::default();
    assert_eq!(
        house.post(&fresh, "/login", &pair).await.to(),
        "/login/code?next=/settings/keys"
    );
    assert_eq!(
        house.get(&fresh, "/settings/keys").await.to(),
        "/login/code",
        "half a sign-in opens nothing"
    );
    let wrong = house
        .post(
            &fresh,
            "/login/code",
            &[("code", "000000"), ("next", "/settings/keys")],
        )
        .await;
    assert_eq!(wrong.status, 422);
    house.clock.push(sauda_kernel::Span::from_secs(30));
    assert_eq!(
        house
            .post(
                &fresh,
                "/login/code",
                &[("code", &code()), ("next", "/settings/keys")]
            )
            .await
            .to(),
        "/settings/keys"
    );
    let lost = Browser::default();
    house.post(&lost, "/login", &pair).await;
    house
        .get(&lost, "/login/code?recovery=1")
        .await
        .has("name=\"recovery\"");
    assert_eq!(
        house
            .post(&lost, "/login/code", &[("code", &recovery), ("recovery", "1")])
            .await
            .to(),
        "/"
    );
    assert_eq!(
        house
            .post(
                &lost,
                "/settings/security/second/off",
                &[("current_password", "новый чайник")]
            )
            .await
            .to(),
        "/settings/security"
    );
    house
        .get(&lost, "/settings/security")
        .await
        .has("/settings/security/second/start");
}

#[tokio::test]
async fn the_journal_names_acts_filters_them_and_is_exported() {
    let house = House::new().await;
    let owner = house.owner().await;
    house
        .post(
            &owner,
            "/settings/team/invite",
            &[("role", "manager"), ("note", "=формула")],
        )
        .await;
    let page = house.get(&owner, "/settings/audit").await;
    page.has("Приглашение создано");
    page.has("Записи целы");
    let only = house
        .get(
            &owner,
            &format!("/settings/audit?kind={}", encode("accounts.sign_up")),
        )
        .await;
    only.has("Команда создана");
    assert!(!only.text.contains("<td>Приглашение создано"));
    let file = house.get(&owner, "/settings/audit.csv").await;
    assert_eq!(file.header("content-type"), "text/csv; charset=utf-8");
    assert!(file.text.starts_with("\u{feff}number,at,actor,act,"));
    file.has(",accounts.invite_made,'=формула,");
}
