//! What the team is told, wired: the words of the house for the room that tells, Telegram, and the mail box of the installation.

use crate::config::{Config, Mail};
use anyhow::{Context as _, bail};
use sauda_channel::{MailBox, MailServer, Security};
use sauda_channel_email::{EmailSettings, Smtp};
use sauda_channel_telegram::Telegram;
use sauda_edge::{Arg, Language, Words, format};
use sauda_kernel::Timestamp;
use sauda_messages::team::{MailRoom, Rooms, Said, Speaker, Team, TeamSettings};
use sauda_orders::DayView;
use secrecy::SecretString;
use std::sync::{Arc, LazyLock};

/// Sentences from the files of the house, and reports as its pages print them.
struct Edge;

/// Words of the pages, read when the first report is drawn.
static PAPER: LazyLock<Option<sauda_web::words::Words>> = LazyLock::new(|| {
    sauda_web::words::Words::load()
        .inspect_err(|error| tracing::error!(%error, "no report can be drawn: its words cannot be read"))
        .ok()
});

impl Speaker for Edge {
    fn say(&self, language: Language, now: Timestamp, key: &str, args: &[(&str, Said)]) -> String {
        let words = Words::shared();
        let args: Vec<(&str, Arg)> = args
            .iter()
            .map(|(name, said)| (*name, argument(words, language, now, said)))
            .collect();
        words.text(language, key, &args)
    }

    fn day_report(&self, language: Language, now: Timestamp, shop: &str, run: &DayView) -> Option<Vec<u8>> {
        let to = match language {
            Language::Ru => sauda_web::words::Language::Ru,
            Language::Kk => sauda_web::words::Language::Kk,
            Language::En => sauda_web::words::Language::En,
        };
        sauda_web::day_report(PAPER.as_ref()?, to, now, shop, run)
            .inspect_err(|error| tracing::error!(%error, "a report could not be drawn"))
            .ok()
    }
}

fn argument(words: &Words, language: Language, now: Timestamp, said: &Said) -> Arg {
    match said {
        Said::Text(text) => Arg::from(text.as_str()),
        Said::Number(number) => Arg::from(*number),
        Said::Money(sum) => Arg::from(*sum),
        Said::Clock(at) => Arg::from(format::clock(*at)),
        Said::Moment(at) => Arg::from(format::moment(*at, now, language)),
        Said::Day(at) => Arg::from(format::date(*at)),
        Said::Span(span) => Arg::from(format::span(*span, language)),
        Said::Key(key) => Arg::from(words.text(language, key, &[])),
    }
}

/// The server of the settings and the address letters come from; nothing when none is set.
pub fn mail_server(mail: &Mail) -> anyhow::Result<Option<(MailServer, MailBox)>> {
    if mail.host.is_empty() {
        return Ok(None);
    }
    let security = match mail.security.as_str() {
        "tls" => Security::Tls,
        "starttls" => Security::StartTls,
        "plain" => Security::Plain,
        other => bail!("mail.security {other:?} must be tls, starttls or plain"),
    };
    let from = MailBox::new(Some(&mail.name), &mail.from).context("mail.from")?;
    let login =
        (!mail.login.is_empty()).then(|| (mail.login.clone(), SecretString::from(mail.password.as_str())));
    let server = MailServer {
        host: mail.host.clone(),
        port: mail.port,
        security,
        login,
    };
    Ok(Some((server, from)))
}

/// The room that tells the team.
pub fn team(config: &Config, rooms: Rooms) -> anyhow::Result<Team> {
    let telegram = Telegram::new(config.telegram.clone()).context("telegram")?;
    let mail = match mail_server(&config.mail)? {
        Some((server, from)) => Some(MailRoom {
            mailer: Arc::new(Smtp::new(EmailSettings::default()).context("mail")?),
            server,
            from,
        }),
        None => None,
    };
    let settings = TeamSettings {
        public_url: config.server.public_url.clone(),
    };
    Ok(Team::new(
        rooms,
        Arc::new(telegram),
        mail,
        Arc::new(Edge),
        settings,
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use sauda_kernel::{Money, Span};
    use sauda_orders::{
        DayRun,
        model::{DayReport, DayState},
    };

    #[test]
    fn sentences_are_made_in_the_language_of_the_reader() {
        let now = Timestamp::from_almaty(2026, 11, 20, 10, 0, 0).unwrap();
        let due = [
            ("until", Said::Moment(now.plus(Span::from_hours(3)))),
            ("left", Said::Span(Span::from_mins(65))),
        ];
        assert_eq!(
            Edge.say(Language::Ru, now, "team-line-due", &due),
            "до 13:00, ещё 1\u{a0}ч\u{a0}5\u{a0}мин"
        );
        let sum = [("sum", Said::Money(Money::from_tiyn(1_230_000)))];
        assert_eq!(
            Edge.say(Language::En, now, "team-order-sum", &sum),
            "Sum: 12\u{a0}300\u{a0}₸"
        );
        let act = [("act", Said::Key("act-accept".to_owned()))];
        assert_eq!(
            Edge.say(Language::Ru, now, "team-order-pending", &act),
            "Принять: отправляем в Kaspi"
        );
        assert_eq!(
            Edge.say(Language::Ru, now, "team-burns", &[("n", Said::Number(2))]),
            "Горят 2 заказа"
        );
    }

    #[test]
    fn the_report_of_a_run_is_drawn_in_the_language_of_the_reader() {
        let now = Timestamp::from_almaty(2026, 11, 20, 10, 0, 0).unwrap();
        let part = [7; 10];
        let run = DayView {
            run: DayRun {
                id: sauda_kernel::DayRunId::from_parts(now, part),
                merchant: sauda_kernel::MerchantId::from_parts(now, part),
                shop: sauda_kernel::ShopId::from_parts(now, part),
                state: DayState::Done,
                started_by: String::new(),
                started_at: now,
                ended_at: Some(now.plus(Span::from_mins(5))),
                trouble: None,
                report: Some(DayReport {
                    orders: 3,
                    ..DayReport::default()
                }),
            },
            steps: Vec::new(),
            last: Vec::new(),
            troubles: Vec::new(),
            remarks: Vec::new(),
        };
        let drawn = [Language::Ru, Language::Kk, Language::En]
            .map(|language| Edge.day_report(language, now, "Ару", &run).unwrap());
        assert!(drawn.iter().all(|pdf| pdf.starts_with(b"%PDF-")));
        assert!(drawn[0] != drawn[1] && drawn[1] != drawn[2]);
    }

    #[test]
    fn a_mail_box_that_makes_no_sense_is_named() {
        let good = Mail {
            host: "smtp.example.kz".to_owned(),
            from: "desk@example.kz".to_owned(),
            ..Mail::default()
        };
        assert!(mail_server(&Mail::default()).unwrap().is_none());
        assert_eq!(mail_server(&good).unwrap().unwrap().0.port, 465);
        let odd = Mail {
            security: "ssl".to_owned(),
            ..good.clone()
        };
        assert_eq!(
            mail_server(&odd).unwrap_err().to_string(),
            "mail.security \"ssl\" must be tls, starttls or plain"
        );
        let odd = Mail {
            from: "desk".to_owned(),
            ..good
        };
        assert!(format!("{:#}", mail_server(&odd).unwrap_err()).starts_with("mail.from: e-mail \"desk\""));
    }
}
