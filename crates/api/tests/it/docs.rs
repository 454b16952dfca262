//! The documentation page and the description as a file.

use crate::house::{House, Who};
use serde_json::Value;
use std::collections::HashSet;

#[tokio::test]
async fn the_page_shows_every_operation_without_script_and_other_hosts() {
    let house = House::new().await;
    let document: Value = serde_json::from_str(&sauda_api::openapi_json()).unwrap();
    for (language, title) in [
        ("ru", "Sauda: описание API"),
        ("kk", "Sauda: API сипаттамасы"),
        ("en", "Sauda: API reference"),
    ] {
        let cookie = format!("language={language}");
        let page = house
            .send(
                &Who::Nobody,
                "GET",
                "/api/docs",
                Vec::new(),
                None,
                &[("cookie", &cookie)],
            )
            .await;
        assert_eq!(page.status, 200);
        assert_eq!(page.headers["content-type"], "text/html; charset=utf-8");
        assert!(
            page.headers["content-security-policy"]
                .to_str()
                .unwrap()
                .contains("default-src 'none'")
        );
        let html = &page.text;
        assert!(html.contains(&format!("<h1>{title}</h1>")), "{language}");
        for forbidden in [
            "<script",
            "⟦",
            "style=\"",
            "onclick",
            "src=\"http",
            "href=\"http",
            "@import",
        ] {
            assert!(!html.contains(forbidden), "{language}: {forbidden}");
        }
        let named: HashSet<&str> = html
            .split(" id=\"")
            .skip(1)
            .filter_map(|rest| rest.split('"').next())
            .collect();
        let linked: HashSet<&str> = html
            .split("href=\"#")
            .skip(1)
            .filter_map(|rest| rest.split('"').next())
            .collect();
        let astray: Vec<_> = linked.difference(&named).collect();
        assert_eq!(astray, Vec::<&&str>::new(), "links that lead nowhere");
        for methods in document["paths"].as_object().unwrap().values() {
            for operation in methods.as_object().unwrap().values() {
                let id = operation["operationId"].as_str().unwrap();
                assert!(named.contains(id) && linked.contains(id), "{id}");
            }
        }
        assert!(html.len() < 820_000, "{}", html.len());
    }
    let style = house
        .send(&Who::Nobody, "GET", "/api/docs/style.css", Vec::new(), None, &[])
        .await;
    assert_eq!(style.headers["content-type"], "text/css; charset=utf-8");
    assert!(!style.text.contains("url("));
}

#[tokio::test]
async fn the_description_is_served_as_it_is_committed() {
    let house = House::new().await;
    let served = house
        .send(&Who::Nobody, "GET", "/api/v1/openapi.json", Vec::new(), None, &[])
        .await;
    assert_eq!(served.text, sauda_api::openapi_json());
    let document = served.json();
    assert_eq!(document["openapi"], "3.1.0");
    // Strict bodies say so.
    for name in ["NewRule", "OfferPatch", "NewBulk", "RuleSettings", "Money"] {
        assert_eq!(
            document["components"]["schemas"][name]["additionalProperties"], false,
            "{name}"
        );
    }
    assert_eq!(
        document["components"]["schemas"]["Strategy"]["oneOf"]
            .as_array()
            .unwrap()
            .len(),
        6
    );
}
