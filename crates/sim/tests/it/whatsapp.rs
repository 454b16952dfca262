//! The pretend WAHA against its recorded documents, and what it does on bad days.

use crate::{caller::open, inbox::Inbox, shape::Shape};
use reqwest::{Client, Method, Response};
use sauda_kernel::Span;
use sauda_sim::{BuyerTemper, Fault, FaultKind, PersonChange, Running, Said, Service, WhatsappSettings};
use serde_json::{Value, json};

macro_rules! recorded {
    ($name:literal) => {
        serde_json::from_str::<Value>(include_str!(concat!("../../../../fixtures/waha/", $name))).unwrap()
    };
}

const NUMBER: &str = "77010000042";

struct Whatsapp {
    world: Running,
    http: Client,
}

impl Whatsapp {
    async fn open() -> Self {
        let (world, caller) = open().await;
        Self {
            world,
            http: caller.http,
        }
    }

    async fn call(&self, method: Method, path: &str, body: Option<&Value>) -> Response {
        let mut request = self
            .http
            .request(method, format!("{}/waha{path}", self.world.base_url()))
            .header("x-api-key", "pretend-whatsapp-key");
        if let Some(body) = body {
            request = request.json(body);
        }
        request.send().await.unwrap()
    }
    async fn get(&self, path: &str) -> (u16, Value) {
        let response = self.call(Method::GET, path, None).await;
        (response.status().as_u16(), response.json().await.unwrap())
    }
    async fn post(&self, path: &str, body: &Value) -> (u16, Value) {
        let response = self.call(Method::POST, path, Some(body)).await;
        (response.status().as_u16(), response.json().await.unwrap())
    }

    fn step(&self, seconds: i64) {
        self.world.sim().step(Span::from_secs(seconds));
    }

    /// A line that works and tells this inbox; people there take messages and answer nothing.
    async fn linked(inbox: &Inbox) -> Self {
        let this = Self::open().await;
        let mut body = recorded!("session.create.request.json");
        body["config"]["webhooks"][0]["url"] = json!(inbox.url);
        body["config"]["webhooks"][0]["events"] = json!(["*"]);
        assert_eq!(this.post("/api/sessions", &body).await.0, 201);
        this.step(1);
        this.world
            .sim()
            .whatsapp_scan("default", "+7 700 000 00 01")
            .unwrap();
        this.world.sim().webhooks_quiet().await;
        inbox.take();
        this.person(BuyerTemper::Silent);
        this
    }

    fn person(&self, temper: BuyerTemper) {
        let change = PersonChange {
            exists: Some(true),
            shows_reading: Some(true),
            hidden: Some(false),
            temper: Some(temper),
            ..PersonChange::default()
        };
        self.world.sim().whatsapp_person(NUMBER, change);
    }

    async fn text(&self, text: &str) -> (u16, Value) {
        let body = json!({"session": "default", "chatId": format!("{NUMBER}@c.us"), "text": text});
        self.post("/api/sendText", &body).await
    }
}

fn same(name: &str, recorded: &Value, ours: &Value, extra: &[&str]) {
    let found = Shape::of(recorded).differences(ours, extra);
    assert!(found.is_empty(), "{name}: {}", found.join("\n"));
}

/// The engine of this server needs none.
fn without_browser(mut document: Value) -> Value {
    document["environment"]["browser"] = Value::Null;
    document
}

#[tokio::test]
async fn a_line_shows_six_qrs_and_then_gives_up_and_works_when_one_is_scanned() {
    let whatsapp = Whatsapp::open().await;
    let (status, made) = whatsapp.post("/api/sessions", &json!({"name": "shop"})).await;
    assert_eq!((status, made["status"].as_str()), (201, Some("STARTING")));
    same("create", &recorded!("session.create.response.json"), &made, &[]);
    let state = async || {
        whatsapp.get("/api/sessions/shop").await.1["status"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    let raw = async || whatsapp.get("/api/shop/auth/qr?format=raw").await;
    assert_eq!(raw().await.0, 422, "no QR while starting");
    whatsapp.step(1);
    assert_eq!(state().await, "SCAN_QR_CODE");
    let mut seen = std::collections::BTreeSet::new();
    for seconds in [60, 20, 20, 20, 20, 20] {
        let (status, qr) = raw().await;
        assert_eq!(status, 200);
        same("qr", &recorded!("auth.qr.raw.response.json"), &qr, &[]);
        seen.insert(qr["value"].as_str().unwrap().to_owned());
        whatsapp.step(seconds - 1);
        assert_eq!(raw().await.1, qr, "the same until its time is over");
        whatsapp.step(1);
    }
    assert_eq!((seen.len(), state().await.as_str()), (6, "FAILED"));
    assert_eq!(
        whatsapp.post("/api/sessions/shop/restart", &json!({})).await.0,
        201
    );
    whatsapp.step(1);
    let picture = whatsapp.call(Method::GET, "/api/shop/auth/qr", None).await;
    assert_eq!(picture.headers()["content-type"], "image/png");
    assert!(picture.bytes().await.unwrap().starts_with(b"\x89PNG"));
    whatsapp.world.sim().whatsapp_scan("shop", "77000000001").unwrap();
    assert_eq!(state().await, "WORKING");
    assert_eq!(
        whatsapp.get("/api/sessions/shop/me").await.1,
        json!({"id": "77000000001@c.us", "pushName": "Sauda"})
    );
    assert_eq!(
        whatsapp.post("/api/sessions/shop/restart", &json!({})).await.0,
        201
    );
    whatsapp.step(1);
    assert_eq!(state().await, "WORKING", "a linked phone needs no QR again");
    assert_eq!(
        whatsapp.post("/api/sessions/shop/logout", &json!({})).await.0,
        201
    );
    whatsapp.step(1);
    assert_eq!(state().await, "SCAN_QR_CODE");
}

#[tokio::test]
async fn answers_have_the_recorded_shapes() {
    let inbox = Inbox::open().await;
    let whatsapp = Whatsapp::linked(&inbox).await;
    let (_, info) = whatsapp.get("/api/sessions/default").await;
    // The recorded example has the smallest configuration; ours is what was asked for.
    let mut plain = info.clone();
    plain["config"] = recorded!("session.get.response.json")["config"].clone();
    same(
        "session",
        &recorded!("session.get.response.json"),
        &plain,
        &["presence", "timestamps"],
    );
    same(
        "sessions",
        &recorded!("sessions.list.response.json"),
        &json!([plain]),
        &["presence", "timestamps"],
    );
    let (_, exists) = whatsapp
        .get(&format!(
            "/api/contacts/check-exists?phone={NUMBER}&session=default"
        ))
        .await;
    same(
        "check-exists",
        &recorded!("contacts.check-exists.response.json"),
        &exists,
        &[],
    );
    let (status, sent) = whatsapp.text("Здравствуйте").await;
    assert_eq!(status, 201);
    let specification = recorded!("openapi.subset.json");
    let known = specification["components"]["schemas"]["WAMessage"]["properties"]
        .as_object()
        .unwrap();
    for name in sent.as_object().unwrap().keys() {
        assert!(known.contains_key(name), "WAMessage has no {name}");
    }
    let (_, list) = whatsapp
        .get(&format!("/api/default/chats/{NUMBER}%40c.us/messages?limit=10"))
        .await;
    assert_eq!(list.as_array().unwrap().len(), 1);
    let extra = ["to", "participant", "media", "vCards", "location"];
    same(
        "messages",
        &recorded!("chats.messages.response.json"),
        &list,
        &extra,
    );
    let (_, lid) = whatsapp.get("/api/default/lids/123%40lid").await;
    assert_eq!(lid, json!({"lid": "123@lid", "pn": null}));
    same(
        "version",
        &json!({"version": "x", "engine": "x", "tier": "x", "browser": null, "platform": "x", "worker": {"id": null}}),
        &whatsapp.get("/api/server/version").await.1,
        &[],
    );
}

#[tokio::test]
async fn refusals_are_the_recorded_ones() {
    let whatsapp = Whatsapp::open().await;
    let errors = recorded!("errors.json");
    let recorded = |when: &str| {
        let all = errors.as_array().unwrap();
        let one = all.iter().find(|error| error["when"] == when).unwrap();
        (
            u16::try_from(one["http"].as_u64().unwrap()).unwrap(),
            one["body"].clone(),
        )
    };
    let stranger = whatsapp
        .http
        .get(format!("{}/waha/api/sessions", whatsapp.world.base_url()));
    let refused = stranger.send().await.unwrap();
    let refused = (refused.status().as_u16(), refused.json::<Value>().await.unwrap());
    assert_eq!(refused, recorded("no or wrong API key"));
    assert_eq!(
        whatsapp.get("/api/sessions/x").await,
        recorded("GET/PUT/DELETE of an unknown session")
    );
    let text = json!({"session": "x", "chatId": "77010000001@c.us", "text": "Hi"});
    assert_eq!(
        whatsapp.post("/api/sendText", &text).await,
        recorded("calling an API of a session that does not exist or is stopped")
    );
    whatsapp.post("/api/sessions", &json!({"name": "x"})).await;
    assert_eq!(
        whatsapp.post("/api/sessions", &json!({"name": "x"})).await,
        recorded("create with an existing name")
    );
    whatsapp.post("/api/sessions", &json!({"name": "default"})).await;
    whatsapp.step(1);
    let text = json!({"session": "default", "chatId": "77010000001@c.us", "text": "Hi"});
    assert_eq!(
        whatsapp.post("/api/sendText", &text).await,
        recorded("session is not WORKING")
    );
    let text = json!({"session": "default", "text": "Hi"});
    assert_eq!(
        whatsapp.post("/api/sendText", &text).await,
        recorded("body validation")
    );
    let (status, body) = whatsapp.get("/api/files/gone.jpg").await;
    assert_eq!(
        (status, body["error"]["key"].as_str()),
        (404, Some("FILE_NOT_FOUND"))
    );
}

#[tokio::test]
async fn a_message_is_told_of_and_acked_step_by_step() {
    let inbox = Inbox::open().await;
    let whatsapp = Whatsapp::linked(&inbox).await;
    let (_, sent) = whatsapp.text("Здравствуйте").await;
    whatsapp.world.sim().webhooks_quiet().await;
    let came = inbox.take();
    assert_eq!(came.len(), 1);
    let told = came[0].json();
    assert_eq!(
        (told["event"].as_str(), &told["payload"]["id"]),
        (Some("message.any"), &sent["id"])
    );
    assert_eq!(told["payload"]["source"], json!("api"));
    let signature = came[0].header("x-webhook-hmac").unwrap();
    assert_eq!(
        (signature.len(), came[0].header("x-webhook-hmac-algorithm")),
        (128, Some("sha512"))
    );
    assert_eq!(came[0].header("x-my-custom-header"), Some("Value"));
    let mut acks = Vec::new();
    for _ in 0..40 {
        whatsapp.step(30);
        whatsapp.world.sim().webhooks_quiet().await;
        for came in inbox.take() {
            let told = came.json();
            same(
                "ack",
                &without_browser(recorded!("webhook.message.ack.json")),
                &told,
                &["to"],
            );
            assert_eq!(told["payload"]["id"], sent["id"]);
            acks.push(told["payload"]["ackName"].as_str().unwrap().to_owned());
        }
    }
    assert_eq!(acks, ["SERVER", "DEVICE", "READ"]);
}

#[tokio::test]
async fn an_incoming_message_has_the_recorded_shape_and_a_hidden_number_has_no_target() {
    let inbox = Inbox::open().await;
    let whatsapp = Whatsapp::linked(&inbox).await;
    let say = |number: &str, mime: Option<&str>| {
        let said = Said {
            session: "default".to_owned(),
            number: number.to_owned(),
            text: "Салеметсиз бе".to_owned(),
            mime: mime.map(str::to_owned),
            ..Said::default()
        };
        whatsapp.world.sim().whatsapp_say(&said).unwrap();
    };
    say(NUMBER, None);
    whatsapp.world.sim().webhooks_quiet().await;
    let came = inbox.take();
    let told = came
        .iter()
        .find(|came| came.json()["event"] == "message")
        .unwrap()
        .json();
    same(
        "message",
        &without_browser(recorded!("webhook.message.json")),
        &told,
        &["participant", "pushName"],
    );
    let hidden = PersonChange {
        hidden: Some(true),
        ..PersonChange::default()
    };
    whatsapp.world.sim().whatsapp_person("77010000077", hidden);
    say("77010000077", Some("image/jpeg"));
    whatsapp.world.sim().webhooks_quiet().await;
    let told = inbox.take()[0].json();
    let chat = told["payload"]["from"].as_str().unwrap().to_owned();
    assert!(chat.ends_with("@lid"), "{chat}");
    assert_eq!(told["payload"].get("to"), None);
    let (_, known) = whatsapp
        .get(&format!("/api/default/lids/{}", chat.replace('@', "%40")))
        .await;
    assert_eq!(known["pn"], json!("77010000077@c.us"));
    let url = told["payload"]["media"]["url"].as_str().unwrap().to_owned();
    let path = url.split_once("/waha").unwrap().1.replace('@', "%40");
    let file = whatsapp.call(Method::GET, &path, None).await;
    assert_eq!(file.status().as_u16(), 200);
    let bytes = file.bytes().await.unwrap();
    assert!(
        bytes.starts_with(b"\xff\xd8\xff") && bytes.ends_with(b"pretend picture"),
        "{bytes:?}"
    );
    whatsapp.step(181);
    assert_eq!(whatsapp.get(&path).await.0, 404, "files live three minutes");
}

#[tokio::test]
async fn a_webhook_that_failed_comes_again_and_a_fault_makes_it_come_twice_wrong_or_never() {
    let inbox = Inbox::open().await;
    let whatsapp = Whatsapp::linked(&inbox).await;
    let sim = whatsapp.world.sim();
    let say = async || {
        let said = Said {
            session: "default".to_owned(),
            number: NUMBER.to_owned(),
            text: "да".to_owned(),
            ..Said::default()
        };
        sim.whatsapp_say(&said).unwrap();
        sim.webhooks_quiet().await;
    };
    let only_messages = |inbox: &Inbox| {
        let came = inbox.take();
        came.into_iter()
            .filter(|came| came.json()["event"] == "message")
            .collect::<Vec<_>>()
    };
    inbox.answer(&[500, 200]);
    say().await;
    let first = only_messages(&inbox);
    whatsapp.step(2);
    sim.webhooks_quiet().await;
    let second = only_messages(&inbox);
    assert_eq!((first.len(), second.len()), (1, 1));
    assert_eq!(first[0].body, second[0].body, "the same event");
    let message = |kind| Fault {
        path: Some("message".to_owned()),
        ..Fault::times(kind, Service::Webhooks, 1)
    };
    sim.add_fault(message(FaultKind::DuplicateWebhook));
    say().await;
    let twice = only_messages(&inbox);
    assert_eq!(twice.len(), 2);
    assert_eq!(twice[0].body, twice[1].body);
    sim.add_fault(message(FaultKind::ForgedWebhook));
    say().await;
    let forged = only_messages(&inbox);
    sim.add_fault(message(FaultKind::LostWebhook));
    say().await;
    assert_eq!((forged.len(), only_messages(&inbox).len()), (1, 0));
    let (_, list) = whatsapp
        .get(&format!("/api/default/chats/{NUMBER}%40c.us/messages?limit=10"))
        .await;
    assert_eq!(
        list.as_array().unwrap().len(),
        4,
        "the talk holds what the webhook did not bring"
    );
}

#[tokio::test]
async fn a_line_that_is_unlinked_in_the_middle_says_so_and_tells() {
    let inbox = Inbox::open().await;
    let whatsapp = Whatsapp::linked(&inbox).await;
    let fault = Fault::times(FaultKind::SessionEnded, Service::Whatsapp, 1);
    whatsapp.world.sim().add_fault(fault);
    let (status, refusal) = whatsapp.text("Здравствуйте").await;
    assert_eq!((status, refusal["status"].as_str()), (422, Some("FAILED")));
    whatsapp.world.sim().webhooks_quiet().await;
    assert_eq!(inbox.events(), ["session.status"]);
    assert_eq!(whatsapp.world.sim().whatsapp_sent(), []);
}

#[tokio::test]
async fn a_buyer_answers_after_reading_and_never_at_night() {
    let inbox = Inbox::open().await;
    let whatsapp = Whatsapp::linked(&inbox).await;
    whatsapp.person(BuyerTemper::Yes);
    // 22:50 of Almaty.
    whatsapp.step(12 * 3600 + 50 * 60 + 4 * 3600);
    whatsapp.text("Размер 46, всё верно?").await;
    whatsapp.step(9 * 3600);
    let heard = whatsapp
        .http
        .get(format!("{}/_sim/api/whatsapp/heard", whatsapp.world.base_url()));
    let night = heard
        .try_clone()
        .unwrap()
        .send()
        .await
        .unwrap()
        .json::<Value>()
        .await
        .unwrap();
    whatsapp.step(4 * 3600);
    let heard = heard.send().await.unwrap().json::<Value>().await.unwrap();
    let rows = heard.as_array().unwrap();
    assert_eq!(rows.len(), 1, "{heard}");
    assert_eq!(rows[0]["meant"], json!("yes"));
    let hour: u32 = rows[0]["almaty"].as_str().unwrap()[11..13].parse().unwrap();
    assert!((8..23).contains(&hour), "{}", rows[0]["almaty"]);
    assert!(night.as_array().unwrap().len() <= 1);
}

#[tokio::test]
async fn what_was_sent_twice_or_to_nobody_or_to_too_many_is_seen() {
    let inbox = Inbox::open().await;
    let whatsapp = Whatsapp::linked(&inbox).await;
    let sim = whatsapp.world.sim();
    whatsapp.text("Здравствуйте").await;
    whatsapp.text("Здравствуйте").await;
    let sent = sim.whatsapp_sent();
    assert_eq!(
        sent.iter()
            .map(|row| (row.is_first, row.is_repeated))
            .collect::<Vec<_>>(),
        [(true, false), (false, true)]
    );
    sim.whatsapp_settings(WhatsappSettings {
        first_messages_a_day: 2,
        ..WhatsappSettings::default()
    });
    for at in 1..=2 {
        let body =
            json!({"session": "default", "chatId": format!("7702000000{at}@c.us"), "text": "Здравствуйте"});
        assert_eq!(whatsapp.post("/api/sendText", &body).await.0, 201);
    }
    assert_eq!(
        whatsapp.get("/api/sessions/default").await.1["status"],
        json!("FAILED"),
        "banned"
    );
}
