//! One call of a bot: sent, limited in time and size, and its refusals named. The token stands in the address, so no address is ever
//! quoted. Refuses to repeat: what may have been posted is unconfirmed.

use crate::{
    TelegramSettings,
    wire::{Answer, Parameters},
};
use reqwest::{Client, header::CONTENT_TYPE, multipart::Form, redirect};
use sauda_channel::{BotKey, ChannelError, Effect, unconfirmed};
use sauda_kernel::Span;
use secrecy::ExposeSecret;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::time::Duration;

/// What a call carries.
pub enum Body {
    Json(Value),
    /// With a file.
    Form(Form),
}

/// The connection pool. Refuses redirects: the token would go along.
#[derive(Debug, Clone)]
pub struct Wire {
    client: Client,
    settings: TelegramSettings,
}

impl Wire {
    /// # Errors
    /// `NoConnection` when no client can be made.
    pub fn new(settings: TelegramSettings) -> Result<Self, ChannelError> {
        // Fails only when a provider is there already, which is as good.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = Client::builder()
            .redirect(redirect::Policy::none())
            .connect_timeout(settings.connect_timeout())
            .tcp_nodelay(true)
            .no_proxy()
            .build()
            .map_err(|error| ChannelError::NoConnection(error.without_url().to_string()))?;
        Ok(Self { client, settings })
    }

    pub const fn settings(&self) -> &TelegramSettings {
        &self.settings
    }

    /// Calls a method and reads its result. `wait` is how long Telegram was asked to hold the answer back.
    ///
    /// # Errors
    /// How the line failed, or what Telegram refused.
    pub async fn call<T: DeserializeOwned>(
        &self,
        key: &BotKey,
        method: &'static str,
        effect: Effect,
        body: Body,
        wait: Duration,
    ) -> Result<T, ChannelError> {
        let token = key.0.expose_secret();
        if !is_token(token) {
            return Err(ChannelError::Invalid(
                "the bot's token: copy it whole from BotFather, like 123456:ABC…".to_owned(),
            ));
        }
        let api = self.settings.api_url.trim_end_matches('/');
        let request = self
            .client
            .post(format!("{api}/bot{token}/{method}"))
            .timeout(self.settings.total_timeout().saturating_add(wait));
        let request = match body {
            Body::Json(value) => request
                .header(CONTENT_TYPE, "application/json")
                .body(value.to_string()),
            Body::Form(form) => request.multipart(form),
        };
        let mut response = match request.send().await {
            Ok(response) => response,
            Err(error) => {
                let error = line_error(&error.without_url(), effect);
                tracing::debug!(call = method, error = error.word(), "telegram did not answer");
                return Err(error);
            }
        };
        let status = response.status().as_u16();
        tracing::debug!(call = method, status, "telegram answered");
        let body = read_body(&mut response, self.settings.max_answer_bytes, effect).await;
        if !(200..300).contains(&status) {
            let answer = body.ok().and_then(|body| serde_json::from_slice(&body).ok());
            return Err(verdict(status, answer, effect, &self.settings));
        }
        let unreadable = |what: &str| match effect {
            Effect::Once => unconfirmed(what),
            Effect::Repeatable => ChannelError::BadAnswer(format!("{method}: {what}")),
        };
        let answer: Answer =
            serde_json::from_slice(&body?).map_err(|_| unreadable("the answer is not a document"))?;
        if !answer.ok {
            let code = answer.error_code.unwrap_or(400);
            return Err(verdict(code, Some(answer), effect, &self.settings));
        }
        T::deserialize(answer.result).map_err(|_| unreadable("the result cannot be read"))
    }
}

/// `123456:` and then at least 30 signs.
fn is_token(token: &str) -> bool {
    token.split_once(':').is_some_and(|(id, rest)| {
        (1..=20).contains(&id.len())
            && id.bytes().all(|byte| byte.is_ascii_digit())
            && (30..=100).contains(&rest.len())
            && rest
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'))
    })
}

async fn read_body(
    response: &mut reqwest::Response,
    limit: usize,
    effect: Effect,
) -> Result<Vec<u8>, ChannelError> {
    let mut body = Vec::new();
    loop {
        match response.chunk().await {
            Ok(None) => return Ok(body),
            Ok(Some(piece)) => effect.take(&mut body, &piece, limit)?,
            Err(error) => return Err(effect.cut_off(error.is_timeout())),
        }
    }
}

/// What failed before a connection stood was certainly not sent.
fn line_error(error: &reqwest::Error, effect: Effect) -> ChannelError {
    if error.is_builder() {
        return ChannelError::Invalid("the address of the Bot API cannot be called".to_owned());
    }
    if error.is_connect() {
        return Effect::not_connected(error.is_timeout(), error);
    }
    effect.no_answer(error.is_timeout(), error)
}

/// What a refusal means. Its words are for people and may change, so what they do not tell stays `Refused`.
fn verdict(status: u16, answer: Option<Answer>, effect: Effect, settings: &TelegramSettings) -> ChannelError {
    let (words, parameters) = match answer {
        Some(answer) => (
            answer.description.unwrap_or_default(),
            answer.parameters.unwrap_or_default(),
        ),
        None => (String::new(), Parameters::default()),
    };
    if let Some(to) = parameters.migrate_to_chat_id {
        return ChannelError::Moved { to };
    }
    if let Some(failed) = effect.server_failed(status) {
        return failed;
    }
    // "Bad Request: chat not found" → "chat not found"
    let short: String = words
        .split_once(": ")
        .map_or(words.as_str(), |(_, rest)| rest)
        .chars()
        .take(200)
        .collect();
    match status {
        401 | 404 => ChannelError::BadKey,
        403 => ChannelError::Closed(short),
        409 => ChannelError::Taken(short),
        413 => {
            ChannelError::Invalid("Telegram does not take files this large: send a smaller one".to_owned())
        }
        429 => {
            let told = parameters.retry_after.filter(|wait| (0..=86_400).contains(wait));
            let own = || i64::try_from(settings.throttle_wait_secs).unwrap_or(60);
            ChannelError::Throttled {
                wait: Span::from_secs(told.unwrap_or_else(own).max(1)),
            }
        }
        400 if short.starts_with("chat not found") => ChannelError::NoRecipient("this chat".to_owned()),
        400 if is_gone(&short) => ChannelError::NotFound(short),
        300..=399 => ChannelError::BadAnswer(format!("an unexpected redirect ({status})")),
        _ => ChannelError::Refused {
            code: status.to_string(),
            text: short,
        },
    }
}

fn is_gone(words: &str) -> bool {
    [
        "query is too old",
        "message to edit not found",
        "message can't be edited",
        "message to be replied not found",
        "message to delete not found",
    ]
    .iter()
    .any(|known| words.starts_with(known))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_has_its_form() {
        assert!(is_token("2222222:AAEexample_token-of_35_signs_0000000"));
        for odd in [
            "",
            "2222222",
            "2222222:short",
            "x:AAEexample_token-of_35_signs_0000000",
            "2222222:AAEexample token of 35 signs 0000000/..",
        ] {
            assert!(!is_token(odd), "{odd}");
        }
    }
}
