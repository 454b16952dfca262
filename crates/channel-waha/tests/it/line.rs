//! What a broken line means: before the message left it is a failure, after it is unconfirmed.

use crate::ear::{KEY, answer, answering};
use sauda_channel::{ChannelError, ChatId, Line, Messenger as _, Outgoing};
use sauda_channel_waha::{Waha, WahaSettings};
use secrecy::SecretString;

fn message() -> Outgoing {
    Outgoing::text(
        ChatId::new("77010000001@c.us").unwrap(),
        "Здравствуйте".to_owned(),
    )
}

#[tokio::test]
async fn a_closed_door_means_certainly_not_sent() {
    let waha = Waha::new(WahaSettings::default()).unwrap();
    let line = Line::new("http://127.0.0.1:1", SecretString::from(KEY), "default").unwrap();
    let error = waha.send(&line, &message()).await.unwrap_err();
    assert_eq!((error.word(), error.may_be_sent()), ("no_connection", false));
    assert!(!error.to_string().contains(KEY), "{error}");
}

#[tokio::test]
async fn silence_after_sending_is_unconfirmed_and_after_asking_a_timeout() {
    let (waha, line, _heard) = answering(None).await;
    let error = waha.send(&line, &message()).await.unwrap_err();
    assert_eq!(
        error,
        ChannelError::Unconfirmed("the message was handed over, no answer came in time".to_owned())
    );
    let (waha, line, _heard) = answering(None).await;
    assert_eq!(waha.look(&line).await.unwrap_err(), ChannelError::Timeout);
}

#[tokio::test]
async fn a_cut_answer_is_unconfirmed() {
    for bytes in [
        "",
        "HTTP/1.1 201 Created\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{\"id\":\"true_77",
    ] {
        let (waha, line, _heard) = answering(Some(bytes.to_owned())).await;
        let error = waha.send(&line, &message()).await.unwrap_err();
        assert!(error.may_be_sent(), "{bytes:?}: {error}");
    }
}

#[tokio::test]
async fn a_page_instead_of_the_answer_is_unconfirmed_and_an_answer_without_an_id_is_sent() {
    let (waha, line, _heard) = answering(answer("201 Created", "<html></html>")).await;
    assert!(waha.send(&line, &message()).await.unwrap_err().may_be_sent());
    let (waha, line, _heard) = answering(answer("201 Created", "{}")).await;
    assert_eq!(waha.send(&line, &message()).await.unwrap().id, None);
}

#[tokio::test]
async fn a_message_that_cannot_be_one_never_leaves() {
    let (waha, line, heard) = answering(answer("201 Created", "{}")).await;
    let empty = Outgoing::text(ChatId::new("77010000001@c.us").unwrap(), "  ".to_owned());
    assert_eq!(waha.send(&line, &empty).await.unwrap_err().word(), "invalid");
    assert!(!heard.is_finished(), "nothing was heard");
    heard.abort();
}

#[tokio::test]
async fn an_endless_answer_is_not_read_to_the_end() {
    let body = format!("{{\"name\":\"{}\"}}", "x".repeat(9 * 1024 * 1024));
    let (waha, line, heard) = answering(answer("200 OK", &body)).await;
    assert_eq!(waha.look(&line).await.unwrap_err().word(), "too_large");
    heard.abort();
}
