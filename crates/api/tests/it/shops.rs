//! Connecting a shop, its cities, notices and proxies.

use crate::{
    house::House,
    market::{CITY, CODE, UID},
};
use serde_json::json;

#[tokio::test]
async fn a_shop_is_connected_by_phone_and_code() {
    let house = House::new().await;
    let begun = house
        .post(
            "/accesses",
            json!({"login_kind": "phone", "login": "8 701 000 12 34"}),
        )
        .await;
    assert_eq!(begun.status, 201);
    let begun = begun.ok();
    let access = &begun["access"];
    assert_eq!(
        (&access["state"], &access["code_digits"]),
        (&json!("needs_code"), &json!(4))
    );
    assert_eq!(begun["shop_ids"], json!([]));
    let id = access["id"].as_str().unwrap();
    let wrong = house
        .post(&format!("/accesses/{id}/codes"), json!({"code": "0000"}))
        .await
        .refused(422);
    assert_eq!(
        (&wrong["code"], &wrong["errors"][0]["field"]),
        (&json!("market-wrong-code"), &json!("code"))
    );
    let connected = house
        .post(&format!("/accesses/{id}/codes"), json!({"code": CODE}))
        .await
        .ok();
    assert_eq!(connected["access"]["state"], "connected");
    let shop = connected["shop_ids"][0].as_str().unwrap();
    let shown = house.get(&format!("/shops/{shop}")).await.ok();
    assert_eq!(
        (&shown["name"], &shown["marketplace_uid"], &shown["slug"]),
        (&json!("Aru Home"), &json!(UID), &json!("aru-home"))
    );
    let points = house.get(&format!("/shops/{shop}/points")).await.ok();
    assert_eq!(
        (&points["items"][0]["code"], &points["next"]),
        (&json!("PP1"), &json!(null))
    );

    let path = format!("/shops/{shop}/cities/{CITY}");
    assert_eq!(
        house
            .call(
                &house.cookie,
                "PATCH",
                &path,
                Some(json!({"watched": false})),
                &[]
            )
            .await
            .status,
        204
    );
    let cities = house.get(&format!("/shops/{shop}/cities")).await.ok();
    assert_eq!(
        (&cities["items"][0]["id"], &cities["items"][0]["watched"]),
        (&json!(CITY), &json!(false))
    );
    let unknown = format!("/shops/{shop}/cities/1");
    house
        .call(
            &house.cookie,
            "PATCH",
            &unknown,
            Some(json!({"watched": true})),
            &[],
        )
        .await
        .refused(404);

    assert_eq!(
        house
            .post(&format!("/shops/{shop}/readings"), json!(null))
            .await
            .status,
        202
    );
    assert_eq!(house.delete(&format!("/accesses/{id}")).await.status, 204);
    assert_eq!(house.delete(&format!("/shops/{shop}")).await.status, 204);
    house.get(&format!("/shops/{shop}")).await.refused(404);
}

#[tokio::test]
async fn what_the_marketplace_refuses_is_told_with_the_right_status() {
    let house = House::new().await;
    let body = json!({"login_kind": "mail", "login": "aru@mail.kz", "password": "x"});
    let refused = house.post("/accesses", body).await.refused(422);
    assert_eq!(refused["code"], "market-wrong-credentials");
    assert!(!refused.to_string().contains("password\""));
    let refused = house
        .post("/accesses", json!({"login_kind": "phone", "login": "123"}))
        .await
        .refused(422);
    assert_eq!(
        (&refused["code"], &refused["errors"][0]["pointer"]),
        (&json!("bad-phone"), &json!("#/login"))
    );
    house.market.shelf().is_down = true;
    let reply = house
        .post(
            "/accesses",
            json!({"login_kind": "phone", "login": "8 701 000 12 34"}),
        )
        .await;
    assert_eq!(reply.headers["retry-after"], "5");
    assert_eq!(reply.refused(503)["code"], "market-down");
    let accesses = house.get("/accesses").await.ok();
    let wrong = accesses["items"]
        .as_array()
        .unwrap()
        .iter()
        .find(|access| access["login_kind"] == "mail")
        .unwrap();
    assert_eq!(wrong["state"], "wrong_password");
    assert!(
        !accesses.to_string().contains("aru@mail.kz"),
        "logins are masked: {accesses}"
    );
    let notices = house.get("/notices").await.ok();
    let notice = &notices["items"][0];
    assert_eq!(
        (&notice["word"], &notice["tone"]),
        (&json!("wrong-password"), &json!("bad"))
    );
    assert!(
        notice["text"]
            .as_str()
            .unwrap()
            .starts_with("Kaspi did not accept the password of a"),
        "{notice}"
    );
    let path = format!("/notices/{}/dismissals", notice["id"].as_str().unwrap());
    assert_eq!(house.post(&path, json!({})).await.status, 204);
    assert_eq!(house.get("/notices").await.ok()["items"], json!([]));
}

#[tokio::test]
async fn proxies_come_and_go_without_giving_their_secrets_back() {
    let house = House::new().await;
    let made = house
        .post(
            "/proxies",
            json!({"url": "http://user:secret@proxy.example.kz:3128"}),
        )
        .await
        .ok();
    let path = format!("/proxies/{}", made["id"].as_str().unwrap());
    assert_eq!(
        house
            .call(
                &house.cookie,
                "PATCH",
                &path,
                Some(json!({"enabled": false})),
                &[]
            )
            .await
            .status,
        204
    );
    let listed = house.get("/proxies").await.ok();
    assert_eq!(
        (&listed["items"][0]["name"], &listed["items"][0]["enabled"]),
        (&json!("proxy.example.kz:3128"), &json!(false))
    );
    assert!(!listed.to_string().contains("secret"));
    assert_eq!(house.delete(&path).await.status, 204);
    house.delete(&path).await.refused(404);
    assert_eq!(
        house.post("/proxies", json!({"url": "proxy"})).await.refused(422)["code"],
        "bad-proxy"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_preorder_and_a_stock_are_said_over_the_interface_and_taken_back() {
    let (house, shop) = House::with_shop().await;
    let offer = house.offer(&shop, "A").await;
    let put = async |path: String, body| house.call(&house.cookie, "PUT", &path, Some(body), &[]).await;
    let preorder = format!("/offers/{offer}/preorder");
    let wrong = put(preorder.clone(), json!({"days": 45})).await;
    assert_eq!(wrong.status, 422);
    let set = put(preorder.clone(), json!({"days": 5, "limit": 2})).await;
    assert_eq!(set.status, 204);
    let list = house.get(&format!("/shops/{shop}/preorders")).await.ok();
    assert_eq!(
        (&list["items"][0]["days"], &list["items"][0]["limit"]),
        (&json!(5), &json!(2))
    );
    let gone = house.delete(&preorder).await;
    assert_eq!(gone.status, 204);
    let list = house.get(&format!("/shops/{shop}/preorders")).await.ok();
    assert_eq!(list["items"], json!([]));

    let points = house.get(&format!("/shops/{shop}/points")).await.ok();
    let point = points["items"][0]["id"].as_str().unwrap();
    let place = format!("/offers/{offer}/points/{point}");
    assert_eq!(
        put(place.clone(), json!({"available": true, "stock": 17}))
            .await
            .status,
        204
    );
    assert_eq!(put(place.clone(), json!({"stock": -3})).await.status, 422);
    assert_eq!(
        put(format!("/offers/{offer}/points/nowhere"), json!({"stock": 1}))
            .await
            .status,
        404
    );
}
