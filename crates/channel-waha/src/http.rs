//! One call to a WAHA server: sent, limited in time and size, and its refusals named. Refuses to repeat: what may have been sent is
//! unconfirmed, not failed.

use crate::{WahaSettings, wire::Refusal};
use reqwest::{
    Client, Method,
    header::{ACCEPT, CONTENT_TYPE, HeaderMap, HeaderValue, RETRY_AFTER},
    redirect,
};
use sauda_channel::{ChannelError, Effect, Line};
use sauda_kernel::Span;
use secrecy::ExposeSecret;

/// One call to be sent.
pub struct Call {
    pub effect: Effect,
    /// Name for logs; addresses hold numbers of people.
    pub name: &'static str,
    pub method: Method,
    /// Path and query, beginning with a slash.
    pub path: String,
    pub body: Option<Vec<u8>>,
    pub limit_bytes: usize,
}

impl Call {
    pub fn get(name: &'static str, path: String, settings: &WahaSettings) -> Self {
        Self {
            effect: Effect::Repeatable,
            name,
            method: Method::GET,
            path,
            body: None,
            limit_bytes: settings.max_answer_bytes,
        }
    }

    /// # Errors
    /// `Invalid` when the body cannot be written as JSON.
    pub fn with_body(
        method: Method,
        effect: Effect,
        name: &'static str,
        path: String,
        body: &impl serde::Serialize,
        settings: &WahaSettings,
    ) -> Result<Self, ChannelError> {
        let body =
            serde_json::to_vec(body).map_err(|error| ChannelError::Invalid(format!("{name}: {error}")))?;
        Ok(Self {
            effect,
            method,
            body: Some(body),
            ..Self::get(name, path, settings)
        })
    }
}

/// The connection pool. Refuses to follow redirects: the key would go along.
#[derive(Debug, Clone)]
pub struct Wire {
    client: Client,
    settings: WahaSettings,
}

impl Wire {
    /// # Errors
    /// `NoConnection` when no client can be made.
    pub fn new(settings: WahaSettings) -> Result<Self, ChannelError> {
        // Fails only when a provider is there already, which is as good.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = Client::builder()
            .redirect(redirect::Policy::none())
            .connect_timeout(settings.connect_timeout())
            .timeout(settings.total_timeout())
            .tcp_nodelay(true)
            .no_proxy()
            .build()
            .map_err(|error| ChannelError::NoConnection(error.without_url().to_string()))?;
        Ok(Self { client, settings })
    }

    pub const fn settings(&self) -> &WahaSettings {
        &self.settings
    }

    /// Sends a call and passes the body of a 2xx answer on.
    ///
    /// # Errors
    /// How the line failed, or what the status means.
    pub async fn send(&self, line: &Line, call: Call) -> Result<Vec<u8>, ChannelError> {
        let Call {
            effect,
            name,
            method,
            path,
            body,
            limit_bytes,
        } = call;
        let mut key = HeaderValue::from_str(line.key.expose_secret()).map_err(|_| {
            ChannelError::Invalid("the key of the WhatsApp server holds signs that cannot be sent".to_owned())
        })?;
        key.set_sensitive(true);
        let mut request = self
            .client
            .request(method, format!("{}{path}", line.server))
            .header("x-api-key", key)
            .header(ACCEPT, HeaderValue::from_static("application/json"));
        if let Some(body) = body {
            request = request
                .header(CONTENT_TYPE, HeaderValue::from_static("application/json"))
                .body(body);
        }
        let mut response = match request.send().await {
            Ok(response) => response,
            Err(error) => {
                let error = line_error(&error.without_url(), effect);
                tracing::debug!(call = name, line = %line.name, error = error.word(), "waha did not answer");
                return Err(error);
            }
        };
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let body = read_body(&mut response, limit_bytes, effect).await;
        tracing::debug!(call = name, line = %line.name, status, "waha answered");
        if (200..300).contains(&status) {
            return body;
        }
        let body = body.unwrap_or_default();
        Err(verdict(status, &headers, &body, effect, &self.settings))
    }
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
        return ChannelError::Invalid("the address of the WhatsApp server cannot be called".to_owned());
    }
    if error.is_connect() {
        return Effect::not_connected(error.is_timeout(), error);
    }
    effect.no_answer(error.is_timeout(), error)
}

/// What a status outside 2xx means. The body of a 500 repeats our request, so it is never quoted.
fn verdict(
    status: u16,
    headers: &HeaderMap,
    body: &[u8],
    effect: Effect,
    settings: &WahaSettings,
) -> ChannelError {
    if let Some(failed) = effect.server_failed(status) {
        return failed;
    }
    let refusal: Refusal = serde_json::from_slice(body).unwrap_or_default();
    let words = refusal.words();
    match status {
        401 | 403 => ChannelError::BadKey,
        404 if refusal.is_file_gone() => {
            ChannelError::NotFound("file: it is kept for a few minutes only".to_owned())
        }
        404 if words.starts_with("We didn't find a session") => ChannelError::LoggedOut {
            state: "stopped".to_owned(),
        },
        404 if words.starts_with("Session not found") => ChannelError::NotFound("line".to_owned()),
        404 if words.starts_with("Cannot ") => ChannelError::Unsupported("do this: the server is too old"),
        404 => ChannelError::NotFound("such thing".to_owned()),
        413 => ChannelError::Invalid(
            "the WhatsApp server does not take files this large: send a smaller one".to_owned(),
        ),
        422 if refusal.state().is_some() => ChannelError::LoggedOut {
            state: crate::read::state(refusal.state().unwrap_or_default())
                .word()
                .to_owned(),
        },
        422 if words.starts_with("The method is not implemented by the engine") => {
            ChannelError::Unsupported("do this with its engine")
        }
        422 if words.contains("available only in Plus version") => {
            ChannelError::Unsupported("do this in its free edition before 2026.6.1")
        }
        429 => ChannelError::Throttled {
            wait: retry_after(headers).unwrap_or_else(|| {
                Span::from_secs(i64::try_from(settings.throttle_wait_secs).unwrap_or(i64::MAX))
            }),
        },
        300..=399 => ChannelError::BadAnswer(format!("an unexpected redirect ({status})")),
        _ => ChannelError::Refused {
            code: status.to_string(),
            text: words.chars().take(200).collect(),
        },
    }
}

fn retry_after(headers: &HeaderMap) -> Option<Span> {
    let seconds = headers
        .get(RETRY_AFTER)?
        .to_str()
        .ok()?
        .trim()
        .parse::<i64>()
        .ok()?;
    (0..=86_400).contains(&seconds).then(|| Span::from_secs(seconds))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(status: u16, body: &str, effect: Effect) -> ChannelError {
        verdict(
            status,
            &HeaderMap::new(),
            body.as_bytes(),
            effect,
            &WahaSettings::default(),
        )
    }

    #[test]
    fn every_status_has_one_meaning() {
        use Effect::{Once, Repeatable};
        let not_working = r#"{"error":"Session status is not as expected. Try again later or restart the session","session":"x","status":"SCAN_QR_CODE","expected":["WORKING"]}"#;
        for (status, body, effect, word) in [
            (
                401,
                r#"{"message":"Unauthorized","statusCode":401}"#,
                Once,
                "bad_key",
            ),
            (403, "{}", Repeatable, "bad_key"),
            (404, r#"{"message":"Session not found"}"#, Repeatable, "not_found"),
            (
                404,
                "{\"message\":\"We didn't find a session with name 'x'.\\nPlease start it first\"}",
                Once,
                "logged_out",
            ),
            (
                404,
                r#"{"message":"Cannot GET /api/x/new-message-id"}"#,
                Repeatable,
                "unsupported",
            ),
            (
                404,
                r#"{"error":{"code":404,"key":"FILE_NOT_FOUND"}}"#,
                Repeatable,
                "not_found",
            ),
            (422, not_working, Once, "logged_out"),
            (
                422,
                r#"{"message":"The method is not implemented by the engine. …"}"#,
                Once,
                "unsupported",
            ),
            (
                422,
                r#"{"message":"Send images is available only in Plus version. Check this out: …"}"#,
                Once,
                "unsupported",
            ),
            (
                400,
                r#"{"statusCode":400,"message":["chatId should not be empty"],"error":"Bad Request"}"#,
                Once,
                "refused",
            ),
            (429, "", Once, "throttled"),
            (
                500,
                r#"{"request":{"body":{"text":"secret"}}}"#,
                Once,
                "unconfirmed",
            ),
            (502, "<html>", Once, "unconfirmed"),
            (500, "{}", Repeatable, "down"),
            (408, "", Repeatable, "timeout"),
            (302, "", Once, "bad_answer"),
        ] {
            let error = judged(status, body, effect);
            assert_eq!(error.word(), word, "{status} {body}");
            assert!(!error.to_string().contains("secret"), "{error}");
        }
        assert_eq!(
            judged(422, not_working, Once),
            ChannelError::LoggedOut {
                state: "awaits_scan".to_owned()
            }
        );
        assert_eq!(
            judged(
                400,
                r#"{"message":["chatId should not be empty","text must be a string"]}"#,
                Once
            ),
            ChannelError::Refused {
                code: "400".to_owned(),
                text: "chatId should not be empty; text must be a string".to_owned()
            }
        );
    }

    #[test]
    fn a_wait_that_was_told_is_kept() {
        let mut headers = HeaderMap::new();
        headers.insert(RETRY_AFTER, HeaderValue::from_static("7"));
        let error = verdict(429, &headers, b"", Effect::Once, &WahaSettings::default());
        assert_eq!(
            error,
            ChannelError::Throttled {
                wait: Span::from_secs(7)
            }
        );
    }
}
