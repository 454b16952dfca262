//! WhatsApp for the rooms: the client, the ears, and the address that servers call. Refuses to act on a call: it is kept first.

use crate::{
    config::{Config, Whatsapp},
    rooms::Rooms,
};
use anyhow::Context as _;
use axum::{
    Router,
    body::Bytes,
    extract::State,
    http::{HeaderMap, StatusCode},
    response::IntoResponse,
    routing::post,
};
use sauda_channel::{ChannelError, Event, Messenger};
use sauda_channel_waha::{Signature, Waha, WahaSettings};
use sauda_edge::PathParams;
use sauda_kernel::{Failure as _, Kind};
use sauda_messages::{Ear, Messages};
use secrecy::SecretString;
use std::sync::Arc;

/// Hears WAHA's webhooks.
pub struct WahaEar;

impl Ear for WahaEar {
    fn verify(
        &self,
        key: &SecretString,
        signature: Option<&str>,
        algorithm: Option<&str>,
        body: &[u8],
    ) -> Result<(), ChannelError> {
        let signature = Signature {
            hmac: signature,
            algorithm,
        };
        sauda_channel_waha::verify(key, signature, body)
    }
    fn read(&self, body: &[u8]) -> Result<Event, ChannelError> {
        sauda_channel_waha::read_event(body)
    }
}

/// The client of this installation.
pub fn messenger(settings: &Whatsapp) -> anyhow::Result<Arc<dyn Messenger>> {
    let waha = Waha::new(WahaSettings {
        total_timeout_secs: settings.total_timeout_secs,
        ..WahaSettings::default()
    })
    .context("whatsapp")?;
    Ok(Arc::new(waha))
}

/// Where servers call us; a line's own word follows.
pub fn hook_base(config: &Config) -> String {
    let base = match config.whatsapp.callback_url.as_str() {
        "" => &config.server.public_url,
        own => own,
    };
    format!("{}/hooks/whatsapp/", base.trim_end_matches('/'))
}

/// The address that servers call: public, as each call is signed.
pub fn routes(rooms: &Rooms) -> Router {
    Router::new()
        .route("/hooks/whatsapp/{word}", post(hear))
        .with_state(rooms.messages.clone())
}

async fn hear(
    State(messages): State<Messages>,
    PathParams(word): PathParams<String>,
    headers: HeaderMap,
    body: Bytes,
) -> impl IntoResponse {
    let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let heard = messages
        .hear(
            &word,
            header("x-webhook-hmac"),
            header("x-webhook-hmac-algorithm"),
            &body,
        )
        .await;
    match heard {
        Ok(_) => StatusCode::OK,
        Err(error) => {
            let status = match error.kind() {
                Kind::Unauthenticated => StatusCode::UNAUTHORIZED,
                Kind::NotFound => StatusCode::NOT_FOUND,
                // The server tries again: the event is not lost.
                Kind::Unavailable | Kind::Bug | Kind::Conflict | Kind::Throttled(_) => {
                    StatusCode::SERVICE_UNAVAILABLE
                }
                Kind::Invalid | Kind::Forbidden => StatusCode::UNPROCESSABLE_ENTITY,
            };
            tracing::info!(
                status = status.as_u16(),
                error = sauda_kernel::chain(&error),
                "an event of a line was not taken"
            );
            status
        }
    }
}
