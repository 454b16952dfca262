//! WhatsApp through a WAHA server: lines and their QR, messages out and in, signed webhooks. Refuses to keep state, budgets or retries:
//! those are the caller's.

mod client;
mod hook;
mod http;
mod lines;
mod read;
mod sending;
mod settings;
mod wire;

pub use client::Waha;
pub use hook::{EVENTS, Signature, hear, read_event, sign, verify};
pub use settings::WahaSettings;
