//! The other end of a line: a socket that hears one call and answers as told.

use sauda_channel::BotKey;
use sauda_channel_telegram::{Telegram, TelegramSettings};
use secrecy::SecretString;
use serde_json::Value;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};

pub const TOKEN: &str = "2222222:AAEexample_token_of_an_example_bot0";

/// What a call looked like.
pub struct Heard {
    pub head: String,
    pub body: Vec<u8>,
}

impl Heard {
    pub fn line(&self) -> &str {
        self.head.lines().next().unwrap()
    }
    pub fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().skip(1).find_map(|line| {
            line.split_once(": ")
                .filter(|(key, _)| key.eq_ignore_ascii_case(name))
                .map(|(_, value)| value)
        })
    }
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }
}

/// Answers one call with these bytes and hands over what was heard. With no bytes the line stays open and silent.
pub async fn answering(bytes: Option<String>) -> (Telegram, BotKey, JoinHandle<Heard>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    let settings = TelegramSettings {
        api_url: base,
        total_timeout_secs: if bytes.is_some() { 20 } else { 1 },
        ..TelegramSettings::default()
    };
    let task = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let heard = hear(&mut stream).await;
        match bytes {
            Some(bytes) => {
                stream.write_all(bytes.as_bytes()).await.unwrap();
                stream.shutdown().await.unwrap();
            }
            // Until the other side gives up.
            None => while stream.read(&mut [0; 64]).await.is_ok_and(|read| read > 0) {},
        }
        heard
    });
    let key = BotKey(SecretString::from(TOKEN));
    (Telegram::new(settings).unwrap(), key, task)
}

/// Answers one call after another with these bytes.
pub async fn answering_each(answers: Vec<String>) -> (Telegram, BotKey) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let settings = TelegramSettings {
        api_url: format!("http://{}", listener.local_addr().unwrap()),
        ..TelegramSettings::default()
    };
    tokio::spawn(async move {
        for bytes in answers {
            let (mut stream, _) = listener.accept().await.unwrap();
            hear(&mut stream).await;
            stream.write_all(bytes.as_bytes()).await.unwrap();
            stream.shutdown().await.unwrap();
        }
    });
    (
        Telegram::new(settings).unwrap(),
        BotKey(SecretString::from(TOKEN)),
    )
}

async fn hear(stream: &mut TcpStream) -> Heard {
    let mut bytes = Vec::new();
    loop {
        let mut chunk = [0; 4096];
        let read = stream.read(&mut chunk).await.unwrap();
        bytes.extend_from_slice(&chunk[..read]);
        let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") else {
            continue;
        };
        let heard = Heard {
            head: String::from_utf8(bytes[..end].to_vec()).unwrap(),
            body: bytes[end + 4..].to_vec(),
        };
        let length: usize = heard
            .header("content-length")
            .map_or(0, |length| length.parse().unwrap());
        if heard.body.len() >= length || read == 0 {
            return heard;
        }
    }
}

pub fn answer(status: &str, body: &str) -> Option<String> {
    Some(format!(
        "HTTP/1.1 {status}\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    ))
}
