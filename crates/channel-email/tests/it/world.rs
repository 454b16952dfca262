//! A pretend mail server, our client, and letters to send. Refuses to look inside the client.

use sauda_channel::{
    Attachment, ChannelError, Mail, MailBox, MailReceipt, MailServer, Mailer as _, Picture, Security,
};
use sauda_channel_email::{EmailSettings, Smtp};
use sauda_kernel::Timestamp;
use sauda_sim::{Fault, FaultKind, Options, Running, Service};
use secrecy::SecretString;

pub struct World {
    pub sim: Running,
    pub smtp: Smtp,
    pub server: MailServer,
}

impl World {
    pub async fn open() -> Self {
        let options = Options {
            smtp: Some("127.0.0.1:0".parse().unwrap()),
            ..Options::for_tests()
        };
        let sim = sauda_sim::start(options).await.unwrap();
        let address = sim.sim().mail_address().unwrap();
        let smtp = Smtp::new(EmailSettings {
            connect_timeout_secs: 1,
            command_timeout_secs: 1,
            content_timeout_secs: 1,
            later_wait_secs: 300,
        })
        .unwrap();
        Self {
            server: MailServer {
                host: address.ip().to_string(),
                port: address.port(),
                security: Security::Plain,
                login: Some(("desk".to_owned(), SecretString::from("a good password"))),
            },
            sim,
            smtp,
        }
    }

    pub async fn send(&self, mail: &Mail) -> Result<MailReceipt, ChannelError> {
        self.smtp.send(&self.server, mail).await
    }

    /// One fault at a step of the talk.
    pub fn fault(&self, kind: FaultKind, step: &str, status: Option<u16>, after_effect: bool) {
        self.sim.sim().add_fault(Fault {
            path: Some(step.to_owned()),
            status,
            after_effect,
            ..Fault::times(kind, Service::Mail, 1)
        });
    }
}

pub fn to(addresses: &[&str]) -> Mail {
    let somebody = |name, address| MailBox::new(Some(name), address).unwrap();
    Mail::new(
        "rpt_01@example.kz",
        Timestamp::parse("2026-11-20T05:00:00Z").unwrap(),
        somebody("Сауда «Отчёты»", "desk@example.kz"),
        addresses
            .iter()
            .map(|address| somebody("Ару, склад", address))
            .collect(),
        "Отчёт за день: 12 заказов, 345 000 ₸ — всё отправлено вовремя, ошибок нет",
        "Продано 12 заказов.\n.\nҚайырлы күн!".to_owned(),
    )
    .unwrap()
}

pub fn whole() -> Mail {
    let file = |name: &str, mime: &str| Attachment::new(name, mime, (0..=255).collect()).unwrap();
    let picture = Picture {
        cid: "chart".to_owned(),
        file: file("график.svg", "image/svg+xml"),
    };
    to(&["aru@example.kz"])
        .html(
            "<p>Продано: <b>12</b></p><img src=\"cid:chart\">".to_owned(),
            vec![picture],
        )
        .unwrap()
        .attach(file("Отчёт за 20 ноября.xlsx", "application/vnd.ms-excel"))
        .unwrap()
        .reply_to(MailBox::new(None, "owner@example.kz").unwrap())
}
