//! Sends one call and reads its answer up to a limit. Refuses to repeat: a call that may have worked is unclear, not failed.

use super::Clients;
use crate::KaspiSettings;
use reqwest::{
    Method, StatusCode,
    header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue},
};
use sauda_market::{Egress, MarketError};
use std::error::Error as _;

/// Whether a call changes something there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    Read,
    /// A lost answer leaves it open whether the change was made.
    Write,
}

/// Which of Kaspi's services is called; refusals mean different things there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Service {
    Storefront,
    Cabinet,
    Identity,
    /// Orders and cards, with a shop's token.
    Official,
}

/// One call to be sent.
pub struct Call {
    pub service: Service,
    pub effect: Effect,
    /// Name for logs; addresses hold merchant ids.
    pub name: &'static str,
    pub method: Method,
    pub url: String,
    pub headers: HeaderMap,
    pub body: Option<Vec<u8>>,
    /// Largest answer that is read, bytes after unpacking.
    pub limit_bytes: usize,
}

/// What came back, whatever its status.
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Call {
    pub fn get(service: Service, name: &'static str, url: String, settings: &KaspiSettings) -> Self {
        Self {
            service,
            effect: Effect::Read,
            name,
            method: Method::GET,
            url,
            headers: HeaderMap::new(),
            body: None,
            limit_bytes: settings.max_answer_bytes,
        }
    }

    /// A POST with a JSON body.
    ///
    /// # Errors
    /// `Invalid` when the body cannot be written as JSON.
    pub fn post(
        service: Service,
        name: &'static str,
        url: String,
        body: &impl serde::Serialize,
        settings: &KaspiSettings,
    ) -> Result<Self, MarketError> {
        let body =
            serde_json::to_vec(body).map_err(|error| MarketError::Invalid(format!("{name}: {error}")))?;
        let mut call = Self {
            method: Method::POST,
            body: Some(body),
            ..Self::get(service, name, url, settings)
        };
        call.headers
            .insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        Ok(call)
    }

    /// Adds a header; its value must be printable.
    ///
    /// # Errors
    /// `Invalid` naming the header, never its value.
    pub fn header(&mut self, name: &'static str, value: &str) -> Result<(), MarketError> {
        let value = HeaderValue::from_str(value)
            .map_err(|_| MarketError::Invalid(format!("the value of the header {name} cannot be sent")))?;
        self.headers.insert(HeaderName::from_static(name), value);
        Ok(())
    }

    /// Sends it.
    ///
    /// # Errors
    /// How the line failed. Any answer with a status is an answer.
    pub async fn send(
        self,
        clients: &Clients,
        via: &Egress,
        settings: &KaspiSettings,
    ) -> Result<Answer, MarketError> {
        let client = clients.of(via, settings)?;
        let mut request = client.request(self.method, &self.url).headers(self.headers);
        if let Some(body) = self.body {
            request = request.body(body);
        }
        let sent = request.send().await;
        let mut response = match sent {
            Ok(response) => response,
            Err(error) => {
                let error = line_error(error.without_url(), self.effect);
                tracing::debug!(call = self.name, egress = %via.name(), error = error.word(), "kaspi did not answer");
                return Err(error);
            }
        };
        let (status, headers) = (response.status(), response.headers().clone());
        let told = response
            .content_length()
            .and_then(|length| usize::try_from(length).ok())
            .unwrap_or(0);
        let mut body = Vec::with_capacity(told.min(self.limit_bytes).min(1 << 20));
        let read = read_body(&mut response, &mut body, self.limit_bytes, self.effect).await;
        let read_bytes = body.len();
        // Public pages alone: nothing of a cabinet or of a sign-in is ever noted.
        if self.service == Service::Storefront {
            let blotted = if self.name == "reviews" { PERSONAL } else { &[] };
            sauda_market::raw::note(self.name, status.as_u16(), &body, blotted);
        }
        tracing::debug!(call = self.name, service = ?self.service, egress = %via.name(), status = status.as_u16(), read_bytes, "kaspi answered");
        // A refusal is known from its status; its words are welcome but not needed.
        match read {
            Err(_) if !status.is_success() => body.clear(),
            read => read?,
        }
        Ok(Answer {
            status: status.as_u16(),
            headers,
            body,
        })
    }
}

/// Members of reviews that name a person or an order; the names of pictures hold order numbers.
const PERSONAL: &[&str] = &["author", "orderNumber", "id", "small", "medium", "large"];

async fn read_body(
    response: &mut reqwest::Response,
    body: &mut Vec<u8>,
    limit: usize,
    effect: Effect,
) -> Result<(), MarketError> {
    loop {
        match response.chunk().await {
            Ok(None) => return Ok(()),
            Ok(Some(chunk)) if body.len().saturating_add(chunk.len()) <= limit => {
                body.extend_from_slice(&chunk)
            }
            Ok(Some(_)) if effect == Effect::Write => {
                return Err(MarketError::Unclear(format!(
                    "the change was sent, the answer is larger than {limit} bytes"
                )));
            }
            Ok(Some(_)) => return Err(MarketError::TooLarge { limit }),
            Err(error) => {
                let error = error.without_url();
                return Err(match effect {
                    Effect::Write => {
                        MarketError::Unclear("the change was sent, the answer was cut off".to_owned())
                    }
                    Effect::Read if error.is_timeout() => MarketError::Timeout,
                    Effect::Read if error.is_decode() => {
                        MarketError::BadAnswer("the answer was cut off or badly packed".to_owned())
                    }
                    Effect::Read => MarketError::NoConnection(
                        "the connection closed in the middle of the answer".to_owned(),
                    ),
                });
            }
        }
    }
}

/// The name of what went wrong on the line. What failed before a connection stood was certainly not done.
fn line_error(error: reqwest::Error, effect: Effect) -> MarketError {
    let why = innermost(&error);
    if error.is_builder() {
        return MarketError::Invalid(format!("the call cannot be made: {why}"));
    }
    if error.is_connect() {
        let folded = chain(&error).to_ascii_lowercase();
        let what = if folded.contains("dns error") || folded.contains("failed to lookup") {
            format!("the name is not known (DNS): {why}")
        } else if error.is_timeout() {
            "connecting took too long".to_owned()
        } else if folded.contains("certificate") || folded.contains("tls") {
            format!("no trusted connection (TLS): {why}")
        } else if folded.contains("proxy") || folded.contains("tunnel") || folded.contains("socks") {
            format!("the proxy refused: {why}")
        } else {
            why
        };
        return MarketError::NoConnection(what);
    }
    match effect {
        Effect::Write if error.is_timeout() => {
            MarketError::Unclear("the change was sent, no answer came in time".to_owned())
        }
        Effect::Write => {
            MarketError::Unclear("the change was sent, the connection broke before the answer".to_owned())
        }
        Effect::Read if error.is_timeout() => MarketError::Timeout,
        Effect::Read => MarketError::NoConnection(why),
    }
}

fn innermost(error: &reqwest::Error) -> String {
    let mut cause = error.source();
    let mut text = error.to_string();
    while let Some(inner) = cause {
        text = inner.to_string();
        cause = inner.source();
    }
    text.chars().take(160).collect()
}

fn chain(error: &reqwest::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        text.push_str(": ");
        text.push_str(&inner.to_string());
        cause = inner.source();
    }
    text
}

impl Answer {
    pub fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }
    pub fn is_redirect(&self) -> bool {
        StatusCode::from_u16(self.status).is_ok_and(|status| status.is_redirection())
    }
    /// Where a redirect leads, as written.
    pub fn location(&self) -> Option<&str> {
        self.headers
            .get(reqwest::header::LOCATION)
            .and_then(|value| value.to_str().ok())
    }
}
