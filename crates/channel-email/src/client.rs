//! SMTP as a mailer: one letter a connection, every step with its limit. Refuses a password in the open and never sends a letter twice by
//! itself.

use crate::{
    EmailSettings, compose,
    verdict::{Step, answered, failure, refusal, unconfirmed},
};
use lettre::{
    Address,
    transport::smtp::{
        Error,
        authentication::{Credentials, Mechanism},
        client::{AsyncSmtpConnection, TlsParameters},
        commands::{Data, Mail as MailFrom, Rcpt},
        extension::ClientId,
    },
};
use sauda_channel::{ChannelError, Mail, MailReceipt, MailServer, Mailer, Security};
use secrecy::ExposeSecret as _;
use std::{net::IpAddr, time::Duration};
use tokio::time::timeout;

/// One for the whole process; every call names its server.
#[derive(Debug, Clone)]
pub struct Smtp {
    settings: EmailSettings,
}

impl Smtp {
    /// # Errors
    /// `Invalid` for settings out of bounds.
    pub fn new(settings: EmailSettings) -> Result<Self, ChannelError> {
        settings.validate()?;
        Ok(Self { settings })
    }

    /// A step before the content: nothing has left when it fails.
    async fn step<T>(
        &self,
        step: Step,
        limit: Duration,
        act: impl Future<Output = Result<T, Error>>,
    ) -> Result<T, ChannelError> {
        match timeout(limit, act).await {
            Err(_) => Err(ChannelError::Timeout),
            Ok(Err(error)) => Err(failure(&error, step, &self.settings)),
            Ok(Ok(done)) => Ok(done),
        }
    }

    async fn connect(&self, server: &MailServer, hello: &str) -> Result<AsyncSmtpConnection, ChannelError> {
        check_server(server)?;
        let tls = || {
            TlsParameters::new(server.host.clone())
                .map_err(|error| failure(&error, Step::Before, &self.settings))
        };
        let hello = ClientId::Domain(hello.to_owned());
        let implicit = match server.security {
            Security::Tls => Some(tls()?),
            Security::StartTls | Security::Plain => None,
        };
        let limit = self.settings.connect_timeout();
        let address = (server.host.as_str(), server.port);
        let connecting = AsyncSmtpConnection::connect_tokio1(address, Some(limit), &hello, implicit, None);
        let mut connection = self
            .step(
                Step::Before,
                limit.saturating_add(self.settings.command_timeout()),
                connecting,
            )
            .await?;
        let limit = self.settings.command_timeout();
        if server.security == Security::StartTls {
            if !connection.can_starttls() {
                return Err(ChannelError::Refused {
                    code: "starttls".to_owned(),
                    text: "the server offers no TLS here: use port 465 with TLS".to_owned(),
                });
            }
            self.step(Step::Before, limit, connection.starttls(tls()?, &hello))
                .await?;
        }
        if let Some((user, password)) = &server.login {
            let credentials = Credentials::new(user.clone(), password.expose_secret().to_owned());
            let ways = [Mechanism::Plain, Mechanism::Login];
            self.step(Step::SignIn, limit, connection.auth(&ways, &credentials))
                .await?;
        }
        Ok(connection)
    }

    /// Names sender and recipients. Those that the server would not take, with its words.
    async fn address(
        &self,
        connection: &mut AsyncSmtpConnection,
        from: Address,
        to: &[Address],
    ) -> Result<Vec<(String, String)>, ChannelError> {
        let limit = self.settings.command_timeout();
        self.step(
            Step::Before,
            limit,
            connection.command(MailFrom::new(Some(from), Vec::new())),
        )
        .await?;
        let (mut refused, mut last) = (Vec::new(), None);
        for recipient in to {
            let asking = connection.command(Rcpt::new(recipient.clone(), Vec::new()));
            match timeout(limit, asking).await {
                Err(_) => return Err(ChannelError::Timeout),
                Ok(Ok(_)) => {}
                Ok(Err(error)) => match answered(&error) {
                    None => return Err(failure(&error, Step::Before, &self.settings)),
                    Some((status, words)) => {
                        refused.push((recipient.to_string(), format!("{status} {words}")));
                        last = Some((status, words));
                    }
                },
            }
        }
        match last {
            Some((status, words)) if refused.len() == to.len() => Err(match status {
                550..=553 => ChannelError::NoRecipient(
                    to.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "),
                ),
                _ => refusal(status, &words, Step::Before, &self.settings),
            }),
            _ => Ok(refused),
        }
    }
}

/// A password goes over TLS, or to this very machine.
fn check_server(server: &MailServer) -> Result<(), ChannelError> {
    let host = server.host.trim();
    let odd = host.is_empty()
        || host.len() > 253
        || host.contains(|sign: char| sign.is_whitespace() || sign == '/');
    if odd || server.port == 0 {
        return Err(ChannelError::Invalid(format!(
            "mail server {host:?}, port {}: write them like smtp.example.kz and 465",
            server.port
        )));
    }
    let is_here = host.eq_ignore_ascii_case("localhost")
        || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback());
    if server.security == Security::Plain && server.login.is_some() && !is_here {
        return Err(ChannelError::Invalid(format!(
            "mail server {host}: a password is not sent in the open; use TLS (port 465) or STARTTLS (port 587)"
        )));
    }
    Ok(())
}

#[async_trait::async_trait]
impl Mailer for Smtp {
    fn name(&self) -> &'static str {
        "email"
    }

    async fn check(&self, server: &MailServer) -> Result<(), ChannelError> {
        let mut connection = self.connect(server, "localhost").await?;
        let limit = self.settings.command_timeout();
        let _ = timeout(limit, connection.quit()).await;
        Ok(())
    }

    async fn send(&self, server: &MailServer, mail: &Mail) -> Result<MailReceipt, ChannelError> {
        let bytes = compose::message(mail)?.formatted();
        let from = compose::mailbox(mail.from())?.email;
        let to: Vec<Address> = mail
            .to()
            .iter()
            .map(|to| compose::mailbox(to).map(|mailbox| mailbox.email))
            .collect::<Result<_, _>>()?;
        let mut connection = self.connect(server, from.domain()).await?;
        let refused = self.address(&mut connection, from, &to).await?;
        let limit = self.settings.command_timeout();
        self.step(Step::Before, limit, connection.command(Data)).await?;
        let content = timeout(self.settings.content_timeout(), connection.message(&bytes)).await;
        let response = match content {
            Err(_) => return Err(unconfirmed("no receipt came in time")),
            Ok(Err(error)) => return Err(failure(&error, Step::Content, &self.settings)),
            Ok(Ok(response)) => response,
        };
        let _ = timeout(limit, connection.quit()).await;
        tracing::debug!(refused = refused.len(), bytes = bytes.len(), "a letter was taken");
        Ok(MailReceipt {
            id: mail.id().to_owned(),
            answer: response.first_line().unwrap_or("").chars().take(200).collect(),
            refused,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use secrecy::SecretString;

    #[test]
    fn a_password_never_goes_in_the_open() {
        let server = |host: &str, security| MailServer {
            host: host.to_owned(),
            port: 25,
            security,
            login: Some(("aru".to_owned(), SecretString::from("secret"))),
        };
        let error = check_server(&server("mail.example.kz", Security::Plain)).unwrap_err();
        assert!(error.to_string().contains("not sent in the open"), "{error}");
        assert!(!error.to_string().contains("secret"), "{error}");
        for (host, security) in [
            ("mail.example.kz", Security::Tls),
            ("mail.example.kz", Security::StartTls),
            ("127.0.0.1", Security::Plain),
            ("localhost", Security::Plain),
        ] {
            assert_eq!(
                check_server(&server(host, security)),
                Ok(()),
                "{host} {security:?}"
            );
        }
        assert!(check_server(&server("", Security::Tls)).is_err());
        assert!(check_server(&server("a b", Security::Tls)).is_err());
        assert!(!format!("{:?}", server("x", Security::Tls)).contains("secret"));
    }
}
