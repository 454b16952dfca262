//! The pretend Bot API against its recorded documents.

use crate::{caller::open, shape::Shape};
use reqwest::Client;
use sauda_kernel::Span;
use sauda_sim::{Fault, FaultKind, Running, Service};
use serde_json::{Value, json};

macro_rules! recorded {
    ($name:literal) => {
        serde_json::from_str::<Value>(include_str!(concat!("../../../../fixtures/telegram/", $name))).unwrap()
    };
}

const PERSON: i64 = 1_111_111;
const TOKEN: &str = "2222222:AAEpretend_token_of_a_pretend_bot_0";

struct Bot {
    world: Running,
    http: Client,
}

impl Bot {
    /// A bot whose person has pressed Start.
    async fn open() -> Self {
        let (world, caller) = open().await;
        world.sim().telegram_start(PERSON, None).unwrap();
        Self {
            world,
            http: caller.http,
        }
    }
    async fn with_token(&self, token: &str, method: &str, body: &Value) -> (u16, Value) {
        let url = format!("{}/telegram/bot{token}/{method}", self.world.base_url());
        let response = self.http.post(url).json(body).send().await.unwrap();
        (response.status().as_u16(), response.json().await.unwrap())
    }
    async fn call(&self, method: &str, body: Value) -> (u16, Value) {
        self.with_token(TOKEN, method, &body).await
    }
    async fn updates(&self, offset: i64) -> Vec<Value> {
        let (_, answer) = self
            .call("getUpdates", json!({"offset": offset, "timeout": 0}))
            .await;
        answer["result"].as_array().unwrap().clone()
    }
    async fn card(&self) -> Value {
        let mut request = recorded!("sendMessage.json")["request"].clone();
        request["chat_id"] = json!(PERSON);
        let (status, answer) = self.call("sendMessage", request).await;
        assert_eq!(status, 200, "{answer}");
        answer
    }
}

fn same(name: &str, recorded: &Value, ours: &Value, extra: &[&str]) {
    let found = Shape::of(recorded).differences(ours, extra);
    assert!(found.is_empty(), "{name}: {}", found.join("\n"));
}

#[tokio::test]
async fn answers_and_updates_have_the_recorded_shapes() {
    let bot = Bot::open().await;
    let sim = bot.world.sim();
    same(
        "getMe",
        &recorded!("getMe.response.json"),
        &bot.call("getMe", json!({})).await.1,
        &[],
    );
    let mut wanted = recorded!("sendMessage.json")["response"].clone();
    wanted["result"]["chat"]
        .as_object_mut()
        .unwrap()
        .remove("last_name");
    let card = bot.card().await;
    same("sendMessage", &wanted, &card, &[]);
    assert_eq!(card["result"]["text"], wanted["result"]["text"]);
    assert_eq!(card["result"]["entities"], wanted["result"]["entities"]);
    let next = bot.updates(0).await.last().unwrap()["update_id"]
        .as_i64()
        .unwrap()
        + 1;
    sim.telegram_start(PERSON, Some("lead_0123")).unwrap();
    sim.telegram_write(PERSON, PERSON, "hello there", None).unwrap();
    sim.telegram_contact(PERSON, "77000000000").unwrap();
    let message = card["result"]["message_id"].as_i64().unwrap();
    let press = sim.telegram_press(PERSON, PERSON, message, "Взять").unwrap();
    sim.telegram_block(PERSON).unwrap();
    sim.telegram_start(PERSON, None).unwrap();
    let updates = bot.updates(next).await;
    let ids: Vec<i64> = updates
        .iter()
        .map(|update| update["update_id"].as_i64().unwrap())
        .collect();
    assert_eq!(ids, (next..next + 7).collect::<Vec<_>>(), "one after another");
    let without_names = |mut document: Value| {
        fn strip(value: &mut Value) {
            match value {
                Value::Object(members) => {
                    members.remove("last_name");
                    members.remove("link_preview_options");
                    members.values_mut().for_each(strip);
                }
                Value::Array(list) => list.iter_mut().for_each(strip),
                _ => {}
            }
        }
        strip(&mut document);
        document
    };
    for (at, wanted) in [
        recorded!("update.message.start_deeplink.json"),
        recorded!("update.message.text.json"),
        recorded!("update.message.contact.json"),
        recorded!("update.callback_query.json"),
        recorded!("update.my_chat_member.blocked.json"),
        recorded!("update.my_chat_member.unblocked.json"),
    ]
    .into_iter()
    .enumerate()
    {
        let mut wanted = without_names(wanted);
        if let Some(markup) = wanted.pointer_mut("/callback_query/message/reply_markup") {
            // The card that is pressed here has the recorded buttons of a card.
            *markup = recorded!("sendMessage.json")["request"]["reply_markup"].clone();
        }
        same(
            &format!("update {at}"),
            &wanted,
            &updates[at],
            &["entities", "url"],
        );
    }
    assert_eq!(updates[0]["message"]["text"], json!("/start lead_0123"));
    assert_eq!(updates[3]["callback_query"]["id"], json!(press));
    assert_eq!(updates[3]["callback_query"]["data"], json!("lead:take:1"));
}

#[tokio::test]
async fn refusals_are_the_recorded_ones() {
    let bot = Bot::open().await;
    let sim = bot.world.sim();
    sim.telegram_limits(false);
    let errors = recorded!("errors.json");
    let check = |name: &str, (status, answer): (u16, Value)| {
        assert_eq!(answer, errors[name], "{name}");
        assert_eq!(
            u64::from(status),
            errors[name]["error_code"].as_u64().unwrap(),
            "{name}"
        );
    };
    let unknown = "1111111:AAEpretend_token_of_a_pretend_bot_0";
    check("token_wrong", bot.with_token(unknown, "getMe", &json!({})).await);
    check(
        "token_malformed_or_method_unknown",
        bot.with_token("1:short", "getMe", &json!({})).await,
    );
    check(
        "token_malformed_or_method_unknown",
        bot.call("getHappy", json!({})).await,
    );
    let send = async |chat: i64, text: &str| {
        bot.call("sendMessage", json!({"chat_id": chat, "text": text}))
            .await
    };
    check("chat_not_found", send(5, "x").await);
    check("cannot_start_dialog", send(1_111_112, "x").await);
    check("text_empty", send(PERSON, "").await);
    check("text_too_long", send(PERSON, &"я".repeat(4_097)).await);
    let html = json!({"chat_id": PERSON, "text": "<x>", "parse_mode": "HTML"});
    check("entities", bot.call("sendMessage", html).await);
    for (name, button) in [
        (
            "button_data",
            json!({"text": "x", "callback_data": "x".repeat(65)}),
        ),
        ("button_url", json!({"text": "x", "url": "javascript:1"})),
        ("button_text_only", json!({"text": "x"})),
    ] {
        let card = json!({"chat_id": PERSON, "text": "x", "reply_markup": {"inline_keyboard": [[button]]}});
        check(name, bot.call("sendMessage", card).await);
    }
    let reply = json!({"chat_id": PERSON, "text": "x", "reply_parameters": {"message_id": 999_999}});
    check("reply_missing", bot.call("sendMessage", reply).await);
    let (_, sent) = send(PERSON, "раз").await;
    let edit = async |message: &Value, text: &str| {
        bot.call(
            "editMessageText",
            json!({"chat_id": PERSON, "message_id": message, "text": text}),
        )
        .await
    };
    let message = &sent["result"]["message_id"];
    check("not_modified", edit(message, "раз").await);
    assert_eq!(edit(message, "два").await.0, 200);
    check("edit_missing", edit(&json!(999_999), "x").await);
    check("edit_too_long", edit(message, &"я".repeat(4_097)).await);
    let theirs = sim.telegram_write(PERSON, PERSON, "моё", None).unwrap();
    check("cannot_edit", edit(&json!(theirs), "x").await);
    check(
        "callback_old",
        bot.call("answerCallbackQuery", json!({"callback_query_id": "1"}))
            .await,
    );
    check(
        "file_id",
        bot.call("sendPhoto", json!({"chat_id": PERSON, "photo": "?"}))
            .await,
    );
    check(
        "webhook_http",
        bot.call("setWebhook", json!({"url": "http://x.example"})).await,
    );
    sim.telegram_block(PERSON).unwrap();
    check("blocked", send(PERSON, "x").await);
    sim.telegram_group(-599_075_523, "test");
    sim.telegram_move(-599_075_523, -1_001_555_296_434).unwrap();
    check("group_upgraded", send(-599_075_523, "x").await);
    assert_eq!(send(-1_001_555_296_434, "x").await.0, 200);
    bot.call("setWebhook", json!({"url": "https://x.example"})).await;
    check(
        "getUpdates_while_webhook",
        bot.call("getUpdates", json!({})).await,
    );
}

#[tokio::test]
async fn a_long_poll_ends_when_something_happens_and_the_newer_poller_wins() {
    let bot = Bot::open().await;
    let next = bot.updates(0).await.last().unwrap()["update_id"]
        .as_i64()
        .unwrap()
        + 1;
    let sim = bot.world.sim();
    let poll = async || {
        bot.call("getUpdates", json!({"offset": next, "timeout": 30}))
            .await
    };
    let write = async {
        while sim.telegram_waiting_pollers() == 0 {
            tokio::task::yield_now().await;
        }
        sim.telegram_write(PERSON, PERSON, "новости?", None).unwrap();
    };
    let ((status, answer), ()) = tokio::join!(poll(), write);
    assert_eq!(
        (status, answer["result"][0]["message"]["text"].as_str()),
        (200, Some("новости?"))
    );
    let later = next + 1;
    let wait = async || {
        bot.call("getUpdates", json!({"offset": later, "timeout": 30}))
            .await
    };
    let take_over = async {
        while sim.telegram_waiting_pollers() == 0 {
            tokio::task::yield_now().await;
        }
        bot.call("getUpdates", json!({"offset": later, "timeout": 0}))
            .await
    };
    let ((status, answer), (newer, _)) = tokio::join!(wait(), take_over);
    assert_eq!((status, newer), (409, 200));
    assert_eq!(answer, recorded!("errors.json")["two_pollers"]);
}

#[tokio::test]
async fn too_many_cards_wait_and_a_press_cannot_be_answered_for_ever() {
    let bot = Bot::open().await;
    let sim = bot.world.sim();
    for _ in 0..5 {
        bot.card().await;
    }
    let (status, answer) = bot
        .call("sendMessage", json!({"chat_id": PERSON, "text": "x"}))
        .await;
    let mut wanted = recorded!("errors.json")["flood"].clone();
    wanted["description"] = json!("Too Many Requests: retry after 1");
    wanted["parameters"]["retry_after"] = json!(1);
    assert_eq!((status, answer), (429, wanted));
    sim.step(Span::from_secs(1));
    let card = bot.card().await;
    let message = card["result"]["message_id"].as_i64().unwrap();
    let press = sim
        .telegram_press(PERSON, PERSON, message, "lead:take:1")
        .unwrap();
    let answer = async || {
        bot.call(
            "answerCallbackQuery",
            json!({"callback_query_id": press, "text": "Заказ ваш"}),
        )
        .await
        .0
    };
    assert_eq!(answer().await, 200);
    assert_eq!(sim.telegram_answer(&press), Some(("Заказ ваш".to_owned(), false)));
    sim.step(Span::from_mins(16));
    assert_eq!(answer().await, 400);
}

#[tokio::test]
async fn faults_of_the_line_reach_the_bot_too() {
    let bot = Bot::open().await;
    let fault = Fault {
        after_effect: true,
        ..Fault::times(FaultKind::ServerError, Service::Telegram, 1)
    };
    bot.world.sim().add_fault(fault);
    let url = format!("{}/telegram/bot{TOKEN}/sendMessage", bot.world.base_url());
    let call = bot.http.post(url).json(&json!({"chat_id": PERSON, "text": "x"}));
    assert_eq!(call.send().await.unwrap().status().as_u16(), 503);
    assert_eq!(
        bot.world.sim().telegram_sent().len(),
        1,
        "it was sent all the same"
    );
}
