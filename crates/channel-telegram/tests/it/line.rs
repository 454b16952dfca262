//! What a broken line means, and that no failure tells the token.

use crate::ear::{TOKEN, answer, answering};
use sauda_channel::{BotChat, BotKey, ChannelError, Post, TeamBot as _};
use sauda_channel_telegram::{Telegram, TelegramSettings};
use sauda_kernel::Span;
use secrecy::SecretString;

const CHAT: BotChat = BotChat(1);

fn silent(error: &ChannelError) {
    for text in [error.to_string(), format!("{error:?}")] {
        assert!(!text.contains("AAEexample"), "{text}");
    }
}

#[tokio::test]
async fn a_closed_door_means_certainly_not_posted() {
    let settings = TelegramSettings {
        api_url: "http://127.0.0.1:1".to_owned(),
        ..TelegramSettings::default()
    };
    let telegram = Telegram::new(settings).unwrap();
    let key = BotKey(SecretString::from(TOKEN));
    let error = telegram.post(&key, CHAT, &Post::new("x")).await.unwrap_err();
    assert_eq!((error.word(), error.may_be_sent()), ("no_connection", false));
    silent(&error);
    silent(&telegram.updates(&key, None, Span::ZERO).await.unwrap_err());
}

#[tokio::test]
async fn silence_after_posting_is_unconfirmed_and_after_asking_a_timeout() {
    let (telegram, key, _heard) = answering(None).await;
    let error = telegram.post(&key, CHAT, &Post::new("x")).await.unwrap_err();
    assert!(error.may_be_sent(), "{error}");
    silent(&error);
    let (telegram, key, _heard) = answering(None).await;
    let error = telegram.me(&key).await.unwrap_err();
    assert_eq!(error, ChannelError::Timeout);
}

#[tokio::test]
async fn a_gateway_in_trouble_leaves_a_post_unconfirmed_and_an_edit_repeatable() {
    for bytes in [
        answer("502 Bad Gateway", "<html>"),
        answer("200 OK", "<html>"),
        answer("200 OK", r#"{"ok":true,"result":{}}"#),
        Some("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{\"ok\":tr".to_owned()),
    ] {
        let (telegram, key, _heard) = answering(bytes).await;
        let error = telegram.post(&key, CHAT, &Post::new("x")).await.unwrap_err();
        assert!(error.may_be_sent(), "{error}");
        silent(&error);
    }
    let (telegram, key, _heard) = answering(answer("502 Bad Gateway", "<html>")).await;
    let error = telegram.edit(&key, CHAT, 5, &Post::new("x")).await.unwrap_err();
    assert_eq!(error, ChannelError::Down { status: 502 });
}

#[tokio::test]
async fn a_redirect_is_not_followed_with_the_token() {
    let moved = "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:9/\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
    let (telegram, key, _heard) = answering(Some(moved.to_owned())).await;
    assert_eq!(telegram.me(&key).await.unwrap_err().word(), "bad_answer");
}
