//! Every route against every role: who may is what the description says, and nobody else gets further.

use crate::house::{House, Who};
use sauda_accounts::{Right, Role};
use sauda_kernel::Span;
use serde_json::Value;

struct Route {
    method: String,
    path: String,
    right: Option<Right>,
    is_personal: bool,
    is_open: bool,
    example: Option<Value>,
}

fn all_routes() -> Vec<Route> {
    let document: Value = serde_json::from_str(&sauda_api::openapi_json()).unwrap();
    let mut all = Vec::new();
    for (path, methods) in document["paths"].as_object().unwrap() {
        for (method, operation) in methods.as_object().unwrap() {
            let mut path = path.clone();
            for parameter in operation["parameters"].as_array().into_iter().flatten() {
                if parameter["in"] == "path" {
                    let name = parameter["name"].as_str().unwrap();
                    path = path.replace(&format!("{{{name}}}"), parameter["example"].as_str().unwrap());
                }
            }
            assert!(!path.contains('{'), "{path} has a part without an example");
            all.push(Route {
                method: method.to_uppercase(),
                path,
                right: operation["x-right"]
                    .as_str()
                    .map(|word| Right::parse(word).unwrap()),
                is_personal: operation["x-personal"] == true,
                is_open: operation["security"].as_array().unwrap().is_empty(),
                example: operation
                    .pointer("/requestBody/content/application~1json/example")
                    .cloned(),
            });
        }
    }
    assert!(all.len() > 70, "{}", all.len());
    all
}

async fn status(house: &House, who: &Who, route: &Route) -> u16 {
    // The furniture counts requests: the matrix is larger than what one caller may ask at once.
    house.clock.push(Span::from_secs(1));
    let body = route
        .example
        .as_ref()
        .map(|example| serde_json::to_vec(example).unwrap())
        .unwrap_or_default();
    let kind = route.example.as_ref().map(|_| "application/json");
    let reply = house
        .send(
            who,
            &route.method,
            &route.path,
            body,
            kind,
            &[("if-match", "\"1\"")],
        )
        .await;
    let status = reply.status.as_u16();
    assert_ne!(
        status, 405,
        "{} {} is described but not served",
        route.method, route.path
    );
    assert_ne!(status, 500, "{} {}: {}", route.method, route.path, reply.text);
    if status == 404 {
        assert_ne!(
            reply.json()["code"],
            "no-page",
            "{} {} is described but not served",
            route.method,
            route.path
        );
    }
    if status >= 400 {
        reply.refused(status);
    }
    status
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_gets_anywhere_but_to_the_description() {
    let house = House::new().await;
    for route in all_routes() {
        let expected = if route.is_open { 200 } else { 401 };
        assert_eq!(
            status(&house, &Who::Nobody, &route).await,
            expected,
            "{} {}",
            route.method,
            route.path
        );
        if !route.is_open {
            let bad_key = Who::Key("sk_unknown".to_owned());
            assert_eq!(
                status(&house, &bad_key, &route).await,
                401,
                "{} {}",
                route.method,
                route.path
            );
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn each_role_may_what_the_table_says_and_nothing_else() {
    for role in Role::ALL {
        let house = House::new().await;
        let who = house.hire(role).await;
        for route in all_routes().into_iter().filter(|route| !route.is_open) {
            let may = route.right.is_none_or(|right| role.may(right));
            let status = status(&house, &who, &route).await;
            assert_eq!(
                status != 403,
                may,
                "{} {} {} answered {status}",
                role.word(),
                route.method,
                route.path
            );
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_may_what_it_was_given_and_never_what_belongs_to_people() {
    let house = House::new().await;
    let weak = house.key(&[Right::ViewToday]).await;
    let strong = house.key(&Right::ALL).await;
    for route in all_routes().into_iter().filter(|route| !route.is_open) {
        let weak_status = status(&house, &weak, &route).await;
        let may = !route.is_personal && route.right.is_none_or(|right| right == Right::ViewToday);
        assert_eq!(
            weak_status != 403,
            may,
            "weak key: {} {} answered {weak_status}",
            route.method,
            route.path
        );
        let strong_status = status(&house, &strong, &route).await;
        assert_eq!(
            strong_status == 403,
            route.is_personal,
            "strong key: {} {} answered {strong_status}",
            route.method,
            route.path
        );
    }
}

#[tokio::test]
async fn another_merchant_finds_nothing_of_this_one() {
    let (house, shop) = House::with_shop().await;
    let offer = house.offer(&shop, "A").await;
    let access = house.get("/accesses").await.ok()["items"][0]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let job = house.get("/jobs").await.ok()["items"][0]["id"]
        .as_str()
        .unwrap()
        .to_owned();
    let stranger = house.stranger().await;
    let paths = [
        format!("/shops/{shop}"),
        format!("/shops/{shop}/points"),
        format!("/shops/{shop}/offers"),
        format!("/shops/{shop}/settings"),
        format!("/shops/{shop}/pulse"),
        format!("/shops/{shop}/changes"),
        format!("/offers/{offer}"),
        format!("/offers/{offer}/decisions"),
        format!("/accesses/{access}"),
        format!("/jobs/{job}"),
        format!("/jobs/{job}/runs"),
    ];
    for path in paths {
        house.get(&path).await.ok();
        house.call(&stranger, "GET", &path, None, &[]).await.refused(404);
    }
    assert_eq!(
        house.call(&stranger, "GET", "/shops", None, &[]).await.ok()["items"],
        serde_json::json!([])
    );
    assert_eq!(
        house.call(&stranger, "GET", "/jobs", None, &[]).await.ok()["items"],
        serde_json::json!([])
    );
}

#[tokio::test]
async fn money_is_hidden_from_those_who_may_not_see_it() {
    let (house, shop) = House::with_shop().await;
    let offer = house.offer(&shop, "A").await;
    let body = serde_json::json!({"cost": {"amount_minor": 2_000_000, "currency": "KZT"}});
    house
        .change("PATCH", &format!("/offers/{offer}"), 0, body)
        .await
        .ok();
    house.turn(&shop).await;
    let marketer = house.hire(Role::Marketer).await;
    for (who, sees) in [(&house.cookie, true), (&marketer, false)] {
        let shown = house
            .call(who, "GET", &format!("/offers/{offer}"), None, &[])
            .await
            .ok();
        for member in [
            "/own/cost",
            "/cost_floor",
            "/breakdown",
            "/place/cost",
            "/place/profit",
            "/place/margin_bp",
        ] {
            assert_eq!(
                !shown.pointer(member).unwrap().is_null(),
                sees,
                "{member}: {shown}"
            );
        }
        let settings = house
            .call(who, "GET", &format!("/shops/{shop}/settings"), None, &[])
            .await
            .ok();
        assert_eq!(!settings["economics"].is_null(), sees);
        for path in [
            format!("/shops/{shop}/offers?sort=-profit"),
            format!("/shops/{shop}/offers?margin_below_bp=500"),
        ] {
            let reply = house.call(who, "GET", &path, None, &[]).await;
            if sees {
                drop(reply.ok())
            } else {
                assert_eq!(reply.refused(403)["code"], "forbidden")
            }
        }
        house
            .call(who, "GET", &format!("/shops/{shop}/offers"), None, &[])
            .await
            .ok();
    }
}
