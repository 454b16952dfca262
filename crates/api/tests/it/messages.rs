//! Messages over the interface: what cannot be sent says why, templates, answers.

use crate::house::House;
use serde_json::json;

#[tokio::test]
async fn a_message_without_an_order_or_words_is_refused_and_templates_are_listed() {
    let (house, shop) = Box::pin(House::with_shop()).await;
    let at = format!("/shops/{shop}");
    let messages = house.get(&format!("{at}/messages")).await.ok();
    assert_eq!(messages["items"].as_array().unwrap().len(), 0);
    let templates = house.get(&format!("{at}/message_templates")).await.ok();
    assert_eq!(templates["items"].as_array().unwrap().len(), 7);
    assert_eq!(templates["items"][0]["key"], "approved");
    let answers = house.get(&format!("{at}/size_answers?orders=1,2")).await.ok();
    assert_eq!(answers["items"].as_array().unwrap().len(), 0);
    for (body, status, code) in [
        (json!({"order_code": "1", "text": "x"}), 404, "not-found"),
        (json!({"order_code": "1"}), 422, "message-empty"),
        (
            json!({"order_code": "1", "text": "x", "template": "shipped"}),
            422,
            "message-empty",
        ),
    ] {
        let refused = house
            .call(&house.cookie, "POST", &format!("{at}/messages"), Some(body), &[])
            .await
            .refused(status);
        assert_eq!(refused["code"], code);
    }
}
