//! Lines at the server: made, started, linked by QR, unlinked. Every call here may be made again when its answer was lost.

use crate::{
    client::Waha,
    hook::EVENTS,
    http::Call,
    read,
    wire::{CodeAnswer, CreateSession, PhoneBody, QrAnswer, SessionAnswer, UpdateSession, VersionAnswer},
};
use reqwest::Method;
use sauda_channel::{ChannelError, Effect, Hook, Line, LineInfo, LineState, Phone, Qr, Server};
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Map, Value, json};

/// Since this version the free edition does everything.
const WHOLE_SINCE: [u32; 3] = [2026, 6, 1];

impl Waha {
    pub(crate) async fn server_of(&self, line: &Line) -> Result<Server, ChannelError> {
        let call = Call::get("version", "/api/server/version".to_owned(), self.settings());
        let body = match self.wire.send(line, call).await {
            // The name of this path on old servers.
            Err(ChannelError::Unsupported(_) | ChannelError::NotFound(_)) => {
                let call = Call::get("version", "/api/version".to_owned(), self.settings());
                self.wire.send(line, call).await?
            }
            other => other?,
        };
        let answer: VersionAnswer = read::document("version", &body)?;
        let is_plus = answer.tier.as_deref() == Some("PLUS");
        Ok(Server {
            is_whole: is_plus || is_whole(&answer.version),
            engine: answer.engine.unwrap_or_default(),
            version: answer.version,
        })
    }

    pub(crate) async fn open_line(&self, line: &Line, hook: &Hook) -> Result<LineInfo, ChannelError> {
        let answer = match self.session(line).await {
            Err(ChannelError::NotFound(_)) => self.create(line, hook).await?,
            other => other?,
        };
        let answer = match with_hook(answer.config.clone(), hook) {
            None => answer,
            Some(config) => {
                let call = Call::with_body(
                    Method::PUT,
                    Effect::Repeatable,
                    "update session",
                    session_path(line, ""),
                    &UpdateSession { config },
                    self.settings(),
                )?;
                read::document("session", &self.wire.send(line, call).await?)?
            }
        };
        let info = read::line_info(&answer);
        match info.state {
            LineState::Stopped => self.session_act(line, "start").await?,
            LineState::Failed => self.session_act(line, "restart").await?,
            LineState::Starting
            | LineState::AwaitsScan
            | LineState::AwaitsPasskey
            | LineState::Working
            | LineState::Other(_) => return Ok(info),
        }
        self.look_at(line).await
    }

    async fn create(&self, line: &Line, hook: &Hook) -> Result<SessionAnswer, ChannelError> {
        let config = with_hook(None, hook).unwrap_or_default();
        let call = Call::with_body(
            Method::POST,
            Effect::Repeatable,
            "create session",
            "/api/sessions".to_owned(),
            &CreateSession {
                name: &line.name,
                start: true,
                config,
            },
            self.settings(),
        )?;
        match self.wire.send(line, call).await {
            // Made meanwhile: by an earlier try whose answer was lost, or by another process.
            Err(ChannelError::Refused { code, .. }) if code == "422" => self.session(line).await,
            // The answer to making leaves the webhooks out on some servers.
            Ok(_) => self.session(line).await,
            Err(error) => Err(error),
        }
    }

    async fn session(&self, line: &Line) -> Result<SessionAnswer, ChannelError> {
        let call = Call::get("session", session_path(line, ""), self.settings());
        read::document("session", &self.wire.send(line, call).await?)
    }

    pub(crate) async fn look_at(&self, line: &Line) -> Result<LineInfo, ChannelError> {
        Ok(read::line_info(&self.session(line).await?))
    }

    /// `start`, `stop`, `restart`, `logout`
    pub(crate) async fn session_act(&self, line: &Line, act: &'static str) -> Result<(), ChannelError> {
        let call = Call::with_body(
            Method::POST,
            Effect::Repeatable,
            act,
            session_path(line, &format!("/{act}")),
            &Map::<String, Value>::new(),
            self.settings(),
        )?;
        self.wire.send(line, call).await.map(|_| ())
    }

    pub(crate) async fn remove_line(&self, line: &Line) -> Result<(), ChannelError> {
        let mut call = Call::get("remove session", session_path(line, ""), self.settings());
        call.method = Method::DELETE;
        match self.wire.send(line, call).await {
            Ok(_) | Err(ChannelError::NotFound(_)) => Ok(()),
            Err(error) => Err(error),
        }
    }

    pub(crate) async fn current_qr(&self, line: &Line) -> Result<Option<Qr>, ChannelError> {
        let path = format!("/api/{}/auth/qr?format=raw", line.name);
        match self.wire.send(line, Call::get("qr", path, self.settings())).await {
            Err(ChannelError::LoggedOut { .. }) => Ok(None),
            Err(error) => Err(error),
            Ok(body) => {
                let answer: QrAnswer = read::document("qr", &body)?;
                if answer.value.trim().is_empty() {
                    return Err(ChannelError::BadAnswer("qr: empty".to_owned()));
                }
                Ok(Some(Qr(SecretString::from(answer.value))))
            }
        }
    }

    pub(crate) async fn code_for(&self, line: &Line, phone: &Phone) -> Result<String, ChannelError> {
        let call = Call::with_body(
            Method::POST,
            Effect::Repeatable,
            "pairing code",
            format!("/api/{}/auth/request-code", line.name),
            &PhoneBody {
                phone_number: phone.digits(),
            },
            self.settings(),
        )?;
        let answer: CodeAnswer = read::document("pairing code", &self.wire.send(line, call).await?)?;
        Ok(answer.code)
    }
}

fn session_path(line: &Line, rest: &str) -> String {
    format!("/api/sessions/{}{rest}", line.name)
}

fn is_whole(version: &str) -> bool {
    let mut parts = version.split('.').map(|part| part.parse::<u32>().unwrap_or(0));
    let own = [(); 3].map(|()| parts.next().unwrap_or(0));
    own >= WHOLE_SINCE
}

/// The whole configuration with our webhook in it; none when it is there already. What others set there stays.
fn with_hook(config: Option<Value>, hook: &Hook) -> Option<Value> {
    let mut config = match config {
        Some(Value::Object(config)) => config,
        _ => Map::new(),
    };
    let ours = json!({
        "url": hook.url,
        "events": EVENTS,
        "hmac": {"key": hook.key.expose_secret()},
        "retries": {"policy": "exponential", "delaySeconds": hook.retry.delay_secs, "attempts": hook.retry.attempts},
        "customHeaders": null,
    });
    let mut hooks = match config.remove("webhooks") {
        Some(Value::Array(hooks)) => hooks,
        _ => Vec::new(),
    };
    if hooks.contains(&ours) {
        return None;
    }
    hooks.retain(|known| known.get("url").and_then(Value::as_str) != Some(hook.url.as_str()));
    hooks.push(ours);
    config.insert("webhooks".to_owned(), Value::Array(hooks));
    // Without its store the NOWEB engine cannot list messages, and a lost answer could not be read back.
    config
        .entry("noweb")
        .or_insert_with(|| json!({"store": {"enabled": true, "fullSync": false}}));
    config
        .entry("ignore")
        .or_insert_with(|| json!({"status": true, "groups": true, "channels": true, "broadcast": true}));
    Some(Value::Object(config))
}

#[cfg(test)]
mod tests {
    use super::*;
    use sauda_channel::Retry;

    fn hook() -> Hook {
        Hook {
            url: "https://desk.example/hooks/waha/1".to_owned(),
            key: SecretString::from("k"),
            retry: Retry {
                delay_secs: 2,
                attempts: 15,
            },
        }
    }

    #[test]
    fn our_webhook_is_added_once_and_what_others_set_stays() {
        let theirs = json!({"url": "https://other.example", "events": ["message"], "hmac": null});
        let config = with_hook(Some(json!({"debug": true, "webhooks": [theirs]})), &hook()).unwrap();
        assert_eq!(config["debug"], json!(true));
        assert_eq!(config["webhooks"].as_array().unwrap().len(), 2);
        assert_eq!(config["webhooks"][0], theirs);
        assert_eq!(config["webhooks"][1]["retries"]["attempts"], json!(15));
        assert_eq!(with_hook(Some(config.clone()), &hook()), None);
        let other_key = Hook {
            key: SecretString::from("other"),
            ..hook()
        };
        let config = with_hook(Some(config), &other_key).unwrap();
        assert_eq!(config["webhooks"].as_array().unwrap().len(), 2);
    }

    #[test]
    fn old_free_servers_are_known_by_their_version() {
        for (version, whole) in [
            ("2026.7.1", true),
            ("2026.6.1", true),
            ("2026.6", false),
            ("2026.5.9", false),
            ("2024.10.1", false),
            ("2027.1", true),
            ("odd", false),
        ] {
            assert_eq!(is_whole(version), whole, "{version}");
        }
    }
}
