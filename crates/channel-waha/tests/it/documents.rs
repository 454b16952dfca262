//! Recorded documents of WAHA against our reading of them, and our requests against recorded ones.

use crate::ear::{KEY, answer, answering};
use sauda_channel::{
    Attachment, Body, ChannelError, ChatId, Delivery, Event, Happening, LineState, Messenger as _, Outgoing,
    Phone, Place,
};
use sauda_channel_waha::{Signature, hear, sign, verify};
use sauda_kernel::Timestamp;
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::{Value, json};
use std::path::PathBuf;

fn bytes(name: &str) -> Vec<u8> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../../fixtures/waha")
        .join(name);
    std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}
fn recorded(name: &str) -> Value {
    serde_json::from_slice(&bytes(name)).unwrap()
}
fn text(name: &str) -> String {
    String::from_utf8(bytes(name)).unwrap()
}
fn event(name: &str) -> Event {
    let (key, body) = (SecretString::from("k"), bytes(name));
    let hmac = sign(&key, &body).unwrap();
    let signature = Signature {
        hmac: Some(&hmac),
        algorithm: Some("sha512"),
    };
    hear(&key, signature, &body).unwrap()
}

#[test]
fn the_documented_signature_is_recomputed() {
    let vector = recorded("webhook.hmac.vector.json");
    let word = |path: &str| vector.pointer(path).and_then(Value::as_str).unwrap().to_owned();
    let (key, body) = (SecretString::from(word("/key")), word("/body"));
    let hmac = word("/headers/X-Webhook-Hmac");
    assert_eq!(sign(&key, body.as_bytes()).unwrap(), hmac);
    let signature = Signature {
        hmac: Some(&hmac),
        algorithm: Some("sha512"),
    };
    assert_eq!(verify(&key, signature, body.as_bytes()), Ok(()));
}

#[test]
fn a_message_of_a_buyer_is_read() {
    let event = event("webhook.message.json");
    assert_eq!(
        (event.id.as_str(), event.line.as_str()),
        ("evt_00000000000000000000000002", "default")
    );
    assert_eq!(event.at, Some(Timestamp::from_micros(1_741_249_702_485_000)));
    let Happening::Message(message) = event.what else {
        panic!("{event:?}")
    };
    assert_eq!(message.chat.as_str(), "11111111111@c.us");
    assert_eq!(message.text, "Hi there!");
    assert_eq!((message.from_me, message.has_media), (false, false));
    assert_eq!(message.at, Timestamp::from_secs(1_667_561_485));
}

#[test]
fn a_hidden_number_is_a_talk_like_any_other() {
    let Happening::Message(message) = event("webhook.message.lid.noweb.json").what else {
        panic!("not a message")
    };
    assert_eq!(message.chat.as_str(), "4639135150000@lid");
    assert_eq!(
        (message.text.as_str(), message.name.as_deref()),
        ("text", Some("<name>"))
    );
    assert_eq!(message.delivery, Some(Delivery::Device));
}

#[test]
fn media_and_the_answered_message_are_read() {
    let Happening::Message(message) = event("webhook.message_media.json").what else {
        panic!("not a message")
    };
    let media = message.media.unwrap();
    assert_eq!(
        (message.has_media, media.mime.as_deref()),
        (true, Some("image/jpeg"))
    );
    assert_eq!(message.text, "Check this out (caption for the media)!");
    assert!(
        message.from_me,
        "the id says whose it is where the member is left out"
    );
    let Happening::Message(message) = event("webhook.message_reply.json").what else {
        panic!("not a message")
    };
    assert_eq!(
        message.reply_to.as_deref(),
        Some("false_22222222@c.us_AAAAAAAAAAAAAAAAAAA")
    );
}

#[test]
fn acks_states_reactions_edits_and_revocations_are_read() {
    assert_eq!(
        event("webhook.message.ack.json").what,
        Happening::Delivery {
            message: "true_11111111111@c.us_4CC5EDD64BC22EBA6D639F2AF571346C".to_owned(),
            chat: Some(ChatId::new("11111111111@c.us").unwrap()),
            delivery: Delivery::Read,
        }
    );
    assert_eq!(
        event("webhook.session.status.json").what,
        Happening::State {
            state: LineState::Working,
            code: None
        }
    );
    assert_eq!(
        event("webhook.session.status_passkey.json").what,
        Happening::State {
            state: LineState::AwaitsPasskey,
            code: Some("1234".to_owned())
        }
    );
    assert_eq!(
        event("webhook.message.reaction.json").what,
        Happening::Reaction {
            message: "true_79111111@c.us_11111111111111111111111111111111".to_owned(),
            chat: ChatId::new("79111111@c.us").unwrap(),
            from_me: false,
            sign: "🙏".to_owned(),
        }
    );
    assert_eq!(
        event("webhook.message.edited.json").what,
        Happening::Edited {
            message: "AAAAAAAAAAAAAAAA".to_owned(),
            chat: Some(ChatId::new("1231243123@c.us").unwrap()),
            text: "New body".to_owned(),
        }
    );
    assert_eq!(
        event("webhook.message.revoked.json").what,
        Happening::Revoked {
            message: "AAAAAAAAAAAAAAAA".to_owned(),
            chat: Some(ChatId::new("1231243123@c.us").unwrap()),
        }
    );
    assert_eq!(
        event("webhook.poll.vote.json").what,
        Happening::Other("poll.vote".to_owned())
    );
}

#[tokio::test]
async fn a_line_is_read_with_its_number_and_webhooks() {
    let (waha, line, heard) = answering(answer("200 OK", &text("session.get.response.json"))).await;
    let info = waha.look(&line).await.unwrap();
    assert_eq!(info.state, LineState::Working);
    assert_eq!(
        (info.number, info.display_name.as_deref()),
        (None, Some("WAHA")),
        "79111111 is no whole number"
    );
    assert_eq!(info.hooks, ["https://webhook.example/1"]);
    let heard = heard.await.unwrap();
    assert_eq!(heard.line(), "GET /api/sessions/default HTTP/1.1");
    assert_eq!(heard.header("x-api-key"), Some(KEY));
}

#[tokio::test]
async fn the_qr_is_a_secret_text() {
    let (waha, line, heard) = answering(answer("200 OK", &text("auth.qr.raw.response.json"))).await;
    let qr = waha.qr(&line).await.unwrap().unwrap();
    assert_eq!(
        qr.0.expose_secret(),
        "value-that-you-need-to-use-to-generate-qr-code"
    );
    assert_eq!(
        heard.await.unwrap().line(),
        "GET /api/default/auth/qr?format=raw HTTP/1.1"
    );
}

#[tokio::test]
async fn a_number_is_looked_up_before_the_first_message() {
    let phone = Phone::parse("8 701 000 00 01").unwrap();
    let (waha, line, heard) = answering(answer("200 OK", &text("contacts.check-exists.response.json"))).await;
    assert_eq!(
        waha.find(&line, &phone).await.unwrap().unwrap().as_str(),
        "123123123@c.us"
    );
    assert_eq!(
        heard.await.unwrap().line(),
        "GET /api/contacts/check-exists?phone=77010000001&session=default HTTP/1.1"
    );
    let (waha, line, _heard) = answering(answer("200 OK", r#"{"numberExists":false}"#)).await;
    assert_eq!(waha.find(&line, &phone).await.unwrap(), None);
}

/// A body like the recorded one: the same members, except those that we leave out or choose otherwise.
async fn asked(message: Outgoing) -> (String, Value) {
    let (waha, line, heard) = answering(answer(
        "201 Created",
        r#"{"id":"true_11111111111@c.us_AA","timestamp":1667561485}"#,
    ))
    .await;
    let sent = waha.send(&line, &message).await.unwrap();
    assert_eq!(sent.id.as_deref(), Some("true_11111111111@c.us_AA"));
    assert_eq!(sent.at, Some(Timestamp::from_secs(1_667_561_485)));
    let heard = heard.await.unwrap();
    (heard.line().to_owned(), heard.json())
}

fn to(body: Body) -> Outgoing {
    Outgoing {
        chat: ChatId::new("11111111111@c.us").unwrap(),
        body,
        reply_to: Some("false_11111111111@c.us_AAAAAAAAAAAAAAAAAAAA".to_owned()),
        reserved_id: None,
    }
}

#[tokio::test]
async fn requests_have_no_member_that_was_never_documented() {
    let documented = recorded("send.requests.json");
    let file = || Attachment::new("price.pdf", "application/pdf", b"PDF".to_vec()).unwrap();
    let caption = || "Check this out!".to_owned();
    for (kind, like, body) in [
        ("sendText", "sendText", Body::Text("Hi there!".to_owned())),
        (
            "sendImage",
            "sendImage_base64",
            Body::Image {
                file: file(),
                caption: caption(),
            },
        ),
        (
            "sendFile",
            "sendFile",
            Body::File {
                file: file(),
                caption: caption(),
            },
        ),
        (
            "sendLocation",
            "sendLocation",
            Body::Place(Place::new(38.893_722_5, -77.096_976_3, "Our office").unwrap()),
        ),
    ] {
        let (line, asked) = asked(to(body)).await;
        assert_eq!(line, format!("POST /api/{kind} HTTP/1.1"));
        let known = documented[like].as_object().unwrap();
        for (name, value) in asked.as_object().unwrap() {
            let there = known.get(name);
            assert!(
                there.is_some() || name == "reply_to",
                "{kind}.{name} was never documented"
            );
            assert!(
                there.is_none_or(|there| there.is_string() == value.is_string()),
                "{kind}.{name}"
            );
        }
        assert_eq!(asked["session"], json!("default"));
        assert_eq!(asked["chatId"], json!("11111111111@c.us"));
    }
    let (_, asked) = asked(to(Body::File {
        file: file(),
        caption: String::new(),
    }))
    .await;
    assert_eq!(
        asked["file"],
        json!({"mimetype": "application/pdf", "filename": "price.pdf", "data": "UERG"})
    );
    assert_eq!(asked.get("caption"), None);
}

/// Members of a schema of the specification, with those of what it refers to.
fn members(specification: &Value, schema: &str) -> (Vec<String>, Vec<String>) {
    let schema = &specification["components"]["schemas"][schema];
    let known = schema["properties"]
        .as_object()
        .unwrap()
        .keys()
        .cloned()
        .collect();
    let needed = schema["required"].as_array().into_iter().flatten();
    (
        known,
        needed.map(|name| name.as_str().unwrap().to_owned()).collect(),
    )
}

#[tokio::test]
async fn requests_are_those_of_the_specification() {
    let specification = recorded("openapi.subset.json");
    let file = || Attachment::new("price.pdf", "application/pdf", b"PDF".to_vec()).unwrap();
    let with_id = |body| Outgoing {
        reserved_id: Some("3EB0AA".to_owned()),
        ..to(body)
    };
    for (schema, body) in [
        ("MessageTextRequest", Body::Text("Hi there!".to_owned())),
        (
            "MessageImageRequest",
            Body::Image {
                file: file(),
                caption: "x".to_owned(),
            },
        ),
        (
            "MessageFileRequest",
            Body::File {
                file: file(),
                caption: "x".to_owned(),
            },
        ),
        (
            "MessageLocationRequest",
            Body::Place(Place::new(43.2, 76.9, "Our office").unwrap()),
        ),
    ] {
        let (_, asked) = asked(with_id(body)).await;
        let asked = asked.as_object().unwrap();
        let (known, needed) = members(&specification, schema);
        for name in asked.keys() {
            assert!(known.contains(name), "{schema} has no {name}");
        }
        for name in needed {
            assert!(asked.contains_key(&name), "{schema} needs {name}");
        }
    }
}

#[tokio::test]
async fn every_documented_refusal_has_its_name() {
    for (when, word) in [
        ("no or wrong API key", "bad_key"),
        ("GET/PUT/DELETE of an unknown session", "not_found"),
        (
            "calling an API of a session that does not exist or is stopped",
            "logged_out",
        ),
        ("create with an existing name", "refused"),
        ("session is not WORKING", "logged_out"),
        ("body validation", "refused"),
        ("unexpected engine error", "unconfirmed"),
        ("media file is gone", "not_found"),
    ] {
        let errors = recorded("errors.json");
        let error = errors
            .as_array()
            .unwrap()
            .iter()
            .find(|error| error["when"] == when)
            .unwrap();
        let (waha, line, _heard) = answering(answer(
            &format!("{} X", error["http"]),
            &error["body"].to_string(),
        ))
        .await;
        let failure = waha
            .send(&line, &to(Body::Text("Hi there!".to_owned())))
            .await
            .unwrap_err();
        assert_eq!(failure.word(), word, "{when}");
        assert!(!failure.to_string().contains(KEY));
    }
    assert_eq!(
        recorded("errors.json").as_array().unwrap().len(),
        8,
        "every recorded refusal is above"
    );
}

#[tokio::test]
async fn the_talk_is_read_back() {
    let (waha, line, heard) = answering(answer("200 OK", &text("chats.messages.response.json"))).await;
    let chat = ChatId::new("123123@c.us").unwrap();
    let list = waha
        .history(&line, &chat, Timestamp::from_secs(1_727_745_000))
        .await
        .unwrap();
    assert_eq!(list.len(), 1);
    assert_eq!((list[0].text.as_str(), list[0].from_me), ("I'm good!", false));
    let asked = heard.await.unwrap();
    assert!(
        asked.line().starts_with(
            "GET /api/default/chats/123123%40c.us/messages?limit=100&offset=0&downloadMedia=false"
        ),
        "{}",
        asked.line()
    );
    assert!(
        asked.line().contains("filter.timestamp.gte=1727745000"),
        "{}",
        asked.line()
    );
    let (waha, line, _heard) = answering(answer("200 OK", r#"[{"timestamp":1}]"#)).await;
    let error = waha
        .history(&line, &chat, Timestamp::from_secs(0))
        .await
        .unwrap_err();
    assert_eq!(
        error,
        ChannelError::BadAnswer("a message without an id".to_owned())
    );
}
