//! Recorded documents of the Bot API against our reading of them, and our requests against its tables.

use crate::ear::{TOKEN, answer, answering, answering_each};
use sauda_channel::{
    Attachment, Bot, BotChat, BotCommand, Button, ChannelError, Edited, Person, Post, Press, TeamBot as _,
    Text, Upload, What,
};
use sauda_channel_telegram::{Telegram, TelegramSettings};
use sauda_kernel::{Span, Timestamp};
use serde_json::{Value, json};
use std::path::PathBuf;

fn recorded(name: &str) -> Value {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../../fixtures/telegram")
        .join(name);
    let bytes = std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    serde_json::from_slice(&bytes).unwrap()
}

fn person() -> Person {
    Person {
        id: 1_111_111,
        name: "User Example".to_owned(),
        user_name: Some("example_user".to_owned()),
        language: Some("ru".to_owned()),
    }
}

const CHAT: BotChat = BotChat(1_111_111);

struct Reader(Telegram, sauda_channel::BotKey);

impl Reader {
    /// Hands these updates out, one a call.
    async fn of(names: &[&str]) -> Self {
        let answers = names.iter().map(|name| {
            let body = json!({"ok": true, "result": [recorded(name)]});
            answer("200 OK", &body.to_string()).unwrap()
        });
        let (telegram, key) = answering_each(answers.collect()).await;
        Self(telegram, key)
    }

    async fn next(&self) -> What {
        let mut updates = self.0.updates(&self.1, None, Span::ZERO).await.unwrap();
        assert_eq!(updates.next, Some(updates.list[0].id + 1));
        updates.list.remove(0).what
    }
}

#[tokio::test]
async fn every_recorded_update_is_understood() {
    let updates = Reader::of(&[
        "update.message.start_deeplink.json",
        "update.message.text.json",
        "update.message.photo.json",
        "update.message.contact.json",
        "update.callback_query.json",
        "update.callback_query.inaccessible.json",
        "update.my_chat_member.blocked.json",
        "update.my_chat_member.unblocked.json",
        "update.message.group_migrated.json",
        "update.message.pinned_supergroup.json",
    ])
    .await;
    let at = Timestamp::from_secs;
    let start = What::Start {
        chat: CHAT,
        from: person(),
        code: Some("lead_0123".to_owned()),
        at: at(1_569_518_400),
    };
    assert_eq!(updates.next().await, start);
    let said = What::Said {
        chat: CHAT,
        message: 6_557,
        from: person(),
        text: "hello there".to_owned(),
        reply_to: None,
        at: at(1_569_518_342),
    };
    assert_eq!(updates.next().await, said);
    let caption = updates.next().await;
    assert!(matches!(caption, What::Said { text, .. } if text == "caption text"));
    let contact = What::Contact {
        chat: CHAT,
        from: person(),
        phone: "77000000000".to_owned(),
        is_own: true,
    };
    assert_eq!(updates.next().await, contact);
    let pressed = |id: &str| {
        What::Pressed(Press {
            id: id.to_owned(),
            from: person(),
            data: "lead:take:1".to_owned(),
            place: Some((CHAT, 6_560)),
        })
    };
    assert_eq!(updates.next().await, pressed("4382bfdwdsb323b2d9"));
    assert_eq!(
        updates.next().await,
        pressed("4382bfdwdsb323b2da"),
        "a post that the bot cannot see any more still has its place"
    );
    assert_eq!(
        updates.next().await,
        What::Closed {
            chat: CHAT,
            by: person()
        }
    );
    assert_eq!(
        updates.next().await,
        What::Opened {
            chat: CHAT,
            by: person()
        }
    );
    assert_eq!(
        updates.next().await,
        What::Moved {
            from: BotChat(-599_075_523),
            to: BotChat(-1_001_555_296_434)
        }
    );
    assert_eq!(updates.next().await, What::Other);
}

#[tokio::test]
async fn the_bot_introduces_itself_and_makes_links() {
    let (telegram, key, heard) =
        answering(answer("200 OK", &recorded("getMe.response.json").to_string())).await;
    let me = telegram.me(&key).await.unwrap();
    let wanted = Bot {
        id: 2_222_222,
        name: "Shop bot".to_owned(),
        user_name: "example_shop_bot".to_owned(),
    };
    assert_eq!(me, wanted);
    assert_eq!(
        heard.await.unwrap().line(),
        format!("POST /bot{TOKEN}/getMe HTTP/1.1")
    );
    let link = |code: &str, group| telegram.link(&me, code, group);
    assert_eq!(
        link("inv_0aZ-9", false).unwrap(),
        "https://t.me/example_shop_bot?start=inv_0aZ-9"
    );
    assert_eq!(
        link("g1", true).unwrap(),
        "https://t.me/example_shop_bot?startgroup=g1"
    );
    for odd in ["", "a b", "код", &"x".repeat(65)] {
        assert_eq!(link(odd, false).unwrap_err().word(), "invalid", "{odd}");
    }
}

fn recorded_post() -> Post {
    Post::new(Text::default().bold("Новый заказ").then(" №1")).row(vec![
        Button::Press {
            label: "Взять".to_owned(),
            data: "lead:take:1".to_owned(),
        },
        Button::Open {
            label: "Открыть".to_owned(),
            url: "https://ops.example/leads/1".to_owned(),
        },
    ])
}

#[tokio::test]
async fn a_post_is_the_recorded_request_and_its_answer_is_read() {
    let document = recorded("sendMessage.json");
    let (telegram, key, heard) = answering(answer("200 OK", &document["response"].to_string())).await;
    let posted = telegram.post(&key, CHAT, &recorded_post()).await.unwrap();
    assert_eq!((posted.chat, posted.message), (CHAT, 6_560));
    assert_eq!(posted.at, Timestamp::from_secs(1_569_518_500));
    assert_eq!(heard.await.unwrap().json(), document["request"]);
}

/// Members of a call, each of which the tables of the API have to know.
fn known_to(method: &str, asked: &Value) {
    let tables = recorded("bot_api.subset.json");
    let fields = tables["methods"][method]["fields"].as_array().unwrap();
    for name in asked.as_object().unwrap().keys() {
        assert!(
            fields.iter().any(|field| field["name"] == *name),
            "{method} has no {name}"
        );
    }
    for field in fields.iter().filter(|field| field["required"] == true) {
        assert!(
            asked.get(field["name"].as_str().unwrap()).is_some(),
            "{method} needs {}",
            field["name"]
        );
    }
}

#[tokio::test]
async fn calls_have_only_members_that_the_api_knows() {
    let yes = || answer("200 OK", r#"{"ok":true,"result":true}"#);
    let (telegram, key, heard) = answering(yes()).await;
    let press = Press {
        id: "1".to_owned(),
        from: person(),
        data: "x".to_owned(),
        place: None,
    };
    telegram
        .answer(&key, &press, Some(&"я".repeat(300)), true)
        .await
        .unwrap();
    let asked = heard.await.unwrap().json();
    known_to("answerCallbackQuery", &asked);
    assert_eq!(
        asked["text"].as_str().unwrap().chars().count(),
        200,
        "longer words would be refused"
    );
    let (telegram, key, heard) = answering(yes()).await;
    let commands = [BotCommand {
        word: "today".to_owned(),
        text: "Что сегодня".to_owned(),
    }];
    telegram.set_commands(&key, &commands, Some("ru")).await.unwrap();
    known_to("setMyCommands", &heard.await.unwrap().json());
    let (telegram, key, heard) = answering(yes()).await;
    telegram.take_updates(&key).await.unwrap();
    known_to("deleteWebhook", &heard.await.unwrap().json());
    let (telegram, key, heard) = answering(answer("200 OK", r#"{"ok":true,"result":[]}"#)).await;
    let updates = telegram
        .updates(&key, Some(7), Span::from_secs(90))
        .await
        .unwrap();
    assert_eq!(updates.next, Some(7));
    let asked = heard.await.unwrap().json();
    known_to("getUpdates", &asked);
    assert_eq!((&asked["timeout"], &asked["offset"]), (&json!(50), &json!(7)));
    let (telegram, key, heard) = answering(yes()).await;
    assert_eq!(
        telegram.edit(&key, CHAT, 5, &Post::new("x")).await.unwrap(),
        Edited::Changed
    );
    let asked = heard.await.unwrap().json();
    known_to("editMessageText", &asked);
    assert_eq!(asked["reply_markup"], json!({"inline_keyboard": []}));
}

#[tokio::test]
async fn a_document_goes_with_its_cyrillic_name() {
    let posted = recorded("sendMessage.json")["response"].to_string();
    let (telegram, key, heard) = answering(answer("200 OK", &posted)).await;
    let upload = Upload {
        file: Attachment::new("Отчёт за день.pdf", "application/pdf", b"%PDF-1".to_vec()).unwrap(),
        caption: Text::plain("Продано <5>"),
        buttons: Vec::new(),
        is_quiet: true,
    };
    telegram.post_document(&key, CHAT, &upload).await.unwrap();
    let heard = heard.await.unwrap();
    let body = String::from_utf8(heard.body.clone()).unwrap();
    assert!(heard.line().contains("/sendDocument"));
    for part in [
        "name=\"chat_id\"\r\n\r\n1111111",
        "name=\"document\"; filename=\"Отчёт за день.pdf\"",
        "Content-Type: application/pdf",
        "%PDF-1",
        "name=\"caption\"\r\n\r\nПродано &lt;5&gt;",
        "name=\"disable_notification\"\r\n\r\ntrue",
    ] {
        assert!(body.contains(part), "{part} is not in {body}");
    }
    let svg = Upload {
        file: Attachment::new("c.svg", "image/svg+xml", b"<svg/>".to_vec()).unwrap(),
        ..upload
    };
    assert_eq!(
        telegram.post_picture(&key, CHAT, &svg).await.unwrap_err().word(),
        "invalid"
    );
}

#[tokio::test]
async fn every_recorded_refusal_has_its_name() {
    let errors = recorded("errors.json");
    let wanted = [
        ("flood", "throttled"),
        ("group_upgraded", "moved"),
        ("token_wrong", "bad_key"),
        ("token_malformed_or_method_unknown", "bad_key"),
        ("blocked", "closed"),
        ("cannot_start_dialog", "closed"),
        ("user_deactivated", "closed"),
        ("kicked", "closed"),
        ("chat_not_found", "no_recipient"),
        ("text_empty", "refused"),
        ("text_too_long", "refused"),
        ("edit_too_long", "refused"),
        ("entities", "refused"),
        ("not_modified", "refused"),
        ("edit_missing", "not_found"),
        ("cannot_edit", "not_found"),
        ("reply_missing", "not_found"),
        ("delete_missing", "not_found"),
        ("callback_old", "not_found"),
        ("button_data", "refused"),
        ("button_url", "refused"),
        ("button_text_only", "refused"),
        ("url_fetch", "refused"),
        ("file_id", "refused"),
        ("webhook_http", "refused"),
        ("webhook_port", "refused"),
        ("webhook_dns", "refused"),
        ("getUpdates_while_webhook", "taken"),
        ("two_pollers", "taken"),
        ("admin_required", "refused"),
    ];
    assert_eq!(errors.as_object().unwrap().len(), wanted.len());
    let told = |name: &str| {
        answer(
            &format!("{} X", errors[name]["error_code"]),
            &errors[name].to_string(),
        )
        .unwrap()
    };
    let (telegram, key) = answering_each(wanted.iter().map(|(name, _)| told(name)).collect()).await;
    for (name, word) in wanted {
        let error = telegram.post(&key, CHAT, &recorded_post()).await.unwrap_err();
        assert_eq!(error.word(), word, "{name}: {error}");
        match name {
            "flood" => assert_eq!(
                error,
                ChannelError::Throttled {
                    wait: Span::from_secs(31)
                }
            ),
            "group_upgraded" => assert_eq!(
                error,
                ChannelError::Moved {
                    to: -1_001_555_296_434
                }
            ),
            "blocked" => assert_eq!(
                error,
                ChannelError::Closed("bot was blocked by the user".to_owned())
            ),
            _ => {}
        }
    }
    let same = &errors["not_modified"];
    let (telegram, key, _heard) = answering(answer("400 X", &same.to_string())).await;
    assert_eq!(
        telegram.edit(&key, CHAT, 5, &Post::new("x")).await.unwrap(),
        Edited::Same
    );
}

#[tokio::test]
async fn what_would_be_refused_never_leaves() {
    let telegram = Telegram::new(TelegramSettings::default()).unwrap();
    let key = sauda_channel::BotKey(secrecy::SecretString::from(TOKEN));
    for post in [Post::new(""), Post::new("😀".repeat(2_100).as_str())] {
        assert_eq!(
            telegram.post(&key, CHAT, &post).await.unwrap_err().word(),
            "invalid"
        );
    }
    let odd = [BotCommand {
        word: "Сегодня".to_owned(),
        text: "x".to_owned(),
    }];
    assert_eq!(
        telegram.set_commands(&key, &odd, None).await.unwrap_err().word(),
        "invalid"
    );
    let wrong = sauda_channel::BotKey(secrecy::SecretString::from("123:secret"));
    let error = telegram.me(&wrong).await.unwrap_err();
    assert_eq!(error.word(), "invalid");
    assert!(!error.to_string().contains("secret"), "{error}");
}
