//! Commands that do one thing and end.

pub mod backup;
pub mod day;
pub mod decide;
pub mod demo;
mod demo_line;
mod demo_market;
mod demo_stock;
pub mod doctor;
pub mod economics;
pub mod feed;
pub mod forecast;
pub mod import;
pub mod labels;
pub mod messages;
pub mod reorder;
pub mod service;
pub mod size;

use crate::{config::Config, logs, rooms::Rooms};
use secrecy::ExposeSecret as _;

/// Prints a link with which a person sets a new password.
pub async fn reset_password(config: Config, login: &str) -> anyhow::Result<()> {
    let public_url = config.server.public_url.clone();
    let rooms = Rooms::open(config).await?;
    let link = rooms.accounts.reset_link_for(login).await?;
    logs::say(&format!(
        "{}/reset/{}",
        public_url.trim_end_matches('/'),
        link.token.expose_secret()
    ));
    Ok(())
}
