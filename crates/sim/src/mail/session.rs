//! One talk by SMTP (RFC 5321), with sign-in (RFC 4954). Refuses TLS: it stands on this machine.

use super::Taken;
use crate::{
    control::faults::{Fault, FaultKind, Service, Subject},
    sim::Sim,
    waha::from_base64,
};
use sauda_kernel::Clock as _;
use std::{sync::Arc, time::Duration};
use tokio::{
    io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader},
    net::TcpStream,
};

const LONGEST_LINE: u64 = 64 * 1024;
const LARGEST_LETTER: usize = 64 * 1024 * 1024;
const IDLE: Duration = Duration::from_secs(60);
/// The one password that nobody has.
const WRONG_PASSWORD: &str = "wrong";

/// Faults that this door knows.
const KINDS: [FaultKind; 4] = [
    FaultKind::ServerError,
    FaultKind::Hang,
    FaultKind::Slow,
    FaultKind::CutBody,
];

struct Talk {
    sim: Arc<Sim>,
    stream: BufReader<TcpStream>,
    login: Option<String>,
    from: Option<String>,
    to: Vec<String>,
}

/// The talk is over.
struct Over;

pub async fn talk(sim: Arc<Sim>, stream: TcpStream) {
    let mut ended = sim.ended.subscribe();
    let mut talk = Talk {
        sim,
        stream: BufReader::new(stream),
        login: None,
        from: None,
        to: Vec::new(),
    };
    tokio::select! {
        _ = ended.wait_for(|ended| *ended) => {}
        _ = talk.run() => {}
    }
}

impl Talk {
    async fn run(&mut self) -> Result<(), Over> {
        self.broken("greeting").await?;
        self.say("220 mail.example.kz pretend mail server").await?;
        loop {
            let line = self.line().await?;
            let (word, rest) = line.split_once(' ').unwrap_or((&line, ""));
            match word.to_ascii_uppercase().as_str() {
                "EHLO" => {
                    self.broken("ehlo").await?;
                    self.say("250-mail.example.kz\r\n250-SIZE 67108864\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n250 AUTH PLAIN LOGIN")
                        .await?;
                }
                "HELO" => self.say("250 mail.example.kz").await?,
                "AUTH" => self.sign_in(rest).await?,
                "MAIL" => {
                    if self.refused("mail").await? {
                        continue;
                    }
                    self.from = Some(address(rest));
                    self.to.clear();
                    self.say("250 2.1.0 OK").await?;
                }
                "RCPT" => self.recipient(rest).await?,
                "DATA" => self.content().await?,
                "RSET" => {
                    self.from = None;
                    self.to.clear();
                    self.say("250 2.0.0 OK").await?;
                }
                "NOOP" => self.say("250 2.0.0 OK").await?,
                "QUIT" => {
                    self.say("221 2.0.0 Bye").await?;
                    return Err(Over);
                }
                _ => self.say("502 5.5.2 Command not recognized").await?,
            }
        }
    }

    async fn recipient(&mut self, rest: &str) -> Result<(), Over> {
        if self.from.is_none() {
            return self.say("503 5.5.1 MAIL first").await;
        }
        if self.refused("rcpt").await? {
            return Ok(());
        }
        let to = address(rest);
        if to.starts_with("nobody@") {
            return self.say("550 5.1.1 no such mailbox").await;
        }
        self.to.push(to);
        self.say("250 2.1.5 OK").await
    }

    async fn content(&mut self) -> Result<(), Over> {
        if self.to.is_empty() {
            return self.say("503 5.5.1 RCPT first").await;
        }
        if self.refused("data").await? {
            return Ok(());
        }
        self.say("354 End data with <CR><LF>.<CR><LF>").await?;
        let mut raw = Vec::new();
        loop {
            let line = self.bytes().await?;
            if line == b".\r\n" || line == b".\n" {
                break;
            }
            let line = line.strip_prefix(b".").unwrap_or(&line);
            if raw.len() + line.len() > LARGEST_LETTER {
                return self.say("552 5.3.4 message too large").await;
            }
            raw.extend_from_slice(line);
        }
        let fault = self.fault("content");
        if fault.as_ref().is_none_or(|fault| fault.after_effect) {
            self.sim.mail.take(Taken {
                at: self.sim.clock.now(),
                from: self.from.take().unwrap_or_default(),
                to: std::mem::take(&mut self.to),
                login: self.login.clone(),
                raw,
            });
        }
        if let Some(fault) = fault
            && self.carry_out(&fault).await?
        {
            return Ok(());
        }
        self.say("250 2.0.0 OK queued as 4F1A2B").await
    }

    async fn sign_in(&mut self, rest: &str) -> Result<(), Over> {
        let (way, first) = rest.split_once(' ').unwrap_or((rest, ""));
        let text =
            |line: &str| from_base64(line.trim()).map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
        let pair = if way.eq_ignore_ascii_case("PLAIN") {
            let line = if first.is_empty() {
                self.say("334 ").await?;
                self.line().await?
            } else {
                first.to_owned()
            };
            text(&line).and_then(|plain| {
                let mut parts = plain.split('\0').skip(1).map(str::to_owned);
                Some((parts.next()?, parts.next()?))
            })
        } else {
            self.say("334 VXNlcm5hbWU6").await?;
            let user = self.line().await?;
            self.say("334 UGFzc3dvcmQ6").await?;
            let password = self.line().await?;
            text(&user).zip(text(&password))
        };
        match pair {
            Some((user, password)) if password != WRONG_PASSWORD => {
                self.login = Some(user);
                self.say("235 2.7.0 Authentication successful").await
            }
            _ => self.say("535 5.7.8 Authentication credentials invalid").await,
        }
    }

    fn fault(&self, step: &str) -> Option<Fault> {
        let subject = Subject {
            service: Service::Mail,
            path: step,
            ..Subject::default()
        };
        self.sim
            .faults
            .strike_any(&KINDS, &subject, self.sim.clock.limit_now())
    }

    async fn broken(&mut self, step: &str) -> Result<(), Over> {
        match self.fault(step) {
            None => Ok(()),
            // A refusal instead of a greeting ends the talk.
            Some(fault) if self.carry_out(&fault).await? => Err(Over),
            Some(_) => Ok(()),
        }
    }

    /// True when a fault has answered in place of the command.
    async fn refused(&mut self, step: &str) -> Result<bool, Over> {
        match self.fault(step) {
            None => Ok(false),
            Some(fault) => self.carry_out(&fault).await,
        }
    }

    /// True when it has answered; a slow one goes on.
    async fn carry_out(&mut self, fault: &Fault) -> Result<bool, Over> {
        match fault.kind {
            FaultKind::Slow => {
                tokio::time::sleep(Duration::from_millis(fault.delay_ms)).await;
                Ok(false)
            }
            FaultKind::ServerError => {
                let status = fault
                    .status
                    .filter(|status| (400..600).contains(status))
                    .unwrap_or(550);
                self.say(&format!("{status} {}.7.1 on order", status / 100))
                    .await?;
                Ok(true)
            }
            FaultKind::Hang => {
                tokio::time::sleep(Duration::from_secs(600)).await;
                Err(Over)
            }
            _ => Err(Over),
        }
    }

    async fn say(&mut self, line: &str) -> Result<(), Over> {
        let stream = self.stream.get_mut();
        stream
            .write_all(format!("{line}\r\n").as_bytes())
            .await
            .map_err(|_| Over)
    }

    async fn bytes(&mut self) -> Result<Vec<u8>, Over> {
        let mut line = Vec::new();
        let mut limited = (&mut self.stream).take(LONGEST_LINE);
        let reading = limited.read_until(b'\n', &mut line);
        match tokio::time::timeout(IDLE, reading).await {
            Ok(Ok(read)) if read > 0 => Ok(line),
            _ => Err(Over),
        }
    }

    async fn line(&mut self) -> Result<String, Over> {
        Ok(String::from_utf8_lossy(&self.bytes().await?)
            .trim_end()
            .to_owned())
    }
}

/// `FROM:<aru@example.kz> SIZE=1` → `aru@example.kz`
fn address(rest: &str) -> String {
    rest.split_once('<')
        .and_then(|(_, rest)| rest.split_once('>'))
        .map_or(rest, |(address, _)| address)
        .trim()
        .to_owned()
}
