//! The pretend mail server, spoken to line by line.

use crate::caller::open_with;
use sauda_sim::{Fault, FaultKind, Options, Running, Service};
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::TcpStream,
};

struct Talk(BufReader<TcpStream>);

impl Talk {
    async fn with(world: &Running) -> Self {
        let address = world.sim().mail_address().unwrap();
        Self(BufReader::new(TcpStream::connect(address).await.unwrap()))
    }
    async fn hear(&mut self) -> String {
        let mut line = String::new();
        self.0.read_line(&mut line).await.unwrap();
        line.trim_end().to_owned()
    }
    /// Says a line and hears the number of the answer.
    async fn say(&mut self, line: &str) -> String {
        let stream = self.0.get_mut();
        stream.write_all(format!("{line}\r\n").as_bytes()).await.unwrap();
        loop {
            let heard = self.hear().await;
            if heard.as_bytes().get(3) != Some(&b'-') {
                return heard.chars().take(3).collect();
            }
        }
    }
}

async fn world() -> Running {
    let options = Options {
        smtp: Some("127.0.0.1:0".parse().unwrap()),
        ..Options::for_tests()
    };
    open_with(options).await.0
}

#[tokio::test]
async fn a_letter_is_taken_and_shown_with_its_dots() {
    let world = world().await;
    let mut talk = Talk::with(&world).await;
    assert!(talk.hear().await.starts_with("220 "));
    for (line, answer) in [
        ("DATA", "503"),
        ("EHLO desk.example", "250"),
        ("AUTH PLAIN AGFydQBzZWNyZXQ=", "235"),
        ("MAIL FROM:<desk@example.kz>", "250"),
        ("RCPT TO:<nobody@example.kz>", "550"),
        ("RCPT TO:<aru@example.kz>", "250"),
        ("DATA", "354"),
        ("Subject: Hi\r\n\r\n..dot\r\n.", "250"),
        ("WHAT", "502"),
        ("QUIT", "221"),
    ] {
        assert_eq!(talk.say(line).await, answer, "{line}");
    }
    let letters = world.sim().letters();
    assert_eq!(letters.len(), 1);
    assert_eq!(
        (letters[0].from.as_str(), letters[0].to.as_slice()),
        ("desk@example.kz", ["aru@example.kz".to_owned()].as_slice())
    );
    assert_eq!(letters[0].login.as_deref(), Some("aru"));
    assert_eq!(letters[0].text("text/plain").unwrap(), ".dot");
    world.shut_down().await;
}

#[tokio::test]
async fn a_wrong_password_and_a_grey_list_are_refused() {
    let world = world().await;
    world.sim().add_fault(Fault {
        status: Some(451),
        path: Some("rcpt".to_owned()),
        ..Fault::times(FaultKind::ServerError, Service::Mail, 1)
    });
    let mut talk = Talk::with(&world).await;
    talk.hear().await;
    talk.say("EHLO x").await;
    assert_eq!(talk.say("AUTH PLAIN AGFydQB3cm9uZw==").await, "535");
    talk.say("MAIL FROM:<a@example.kz>").await;
    assert_eq!(talk.say("RCPT TO:<b@example.kz>").await, "451");
    assert_eq!(talk.say("RCPT TO:<b@example.kz>").await, "250");
    assert!(world.sim().letters().is_empty());
}
