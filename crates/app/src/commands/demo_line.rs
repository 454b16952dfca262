//! The demo's WhatsApp: a pretend phone for the first shop, what is told switched on, some buyers who write. Refuses to touch a line
//! that a person added.

use sauda_accounts::Scope;
use sauda_kernel::Span;
use sauda_messages::{
    Messages, MessagesError, NewLine,
    hours::Hours,
    limits::Wishes,
    trigger::{Setting, Trigger},
};
use sauda_sim::{Said, Sim};
use secrecy::SecretString;
use std::{sync::Arc, time::Duration};

const NAME: &str = "demo";
const PHONE: &str = "77000000001";
const LOOK: Duration = Duration::from_secs(3);
/// What strangers write: a number and words, a line each.
const WORDS: &str = include_str!("demo_words.txt");

/// Waits for the first shop, then gives it a line. Ends when that is done.
pub async fn keep(messages: Messages, sim: Arc<Sim>) {
    loop {
        tokio::time::sleep(LOOK).await;
        match begin(&messages, &sim).await {
            Ok(true) => return,
            Ok(false) => {}
            Err(error) => tracing::warn!(
                error = sauda_kernel::chain(&error),
                "the pretend WhatsApp waits for something"
            ),
        }
    }
}

/// Whether there is nothing more to do.
async fn begin(messages: &Messages, sim: &Arc<Sim>) -> Result<bool, MessagesError> {
    let Some(shop) = messages.catalog.all_shops().await?.into_iter().next() else {
        return Ok(false);
    };
    let scope = Scope::system(shop.merchant.clone(), "demo");
    if let Some(known) = messages.lines(&scope).await?.into_iter().next() {
        // The pretend server forgets its lines when it ends.
        if known.line.name == NAME && !known.line.state.can_send() {
            messages.open_line(&scope, &known.line.id).await?;
            tokio::time::sleep(LOOK).await;
            return Ok(sim.whatsapp_scan(NAME, PHONE).is_ok());
        }
        return Ok(true);
    }
    let new = NewLine {
        server: format!("{}/waha", sim.base()),
        key: SecretString::from(sim.whatsapp.key().to_owned()),
        name: NAME.to_owned(),
    };
    messages.add_line(&scope, &shop.id, &new).await?;
    let limits = messages.settings(&scope, &shop.id).await?.limits.wishes();
    let wishes = Wishes {
        warm_up: false,
        ..limits
    };
    messages.put_limits(&scope, &shop.id, wishes).await?;
    for trigger in [Trigger::SizeConfirmation, Trigger::Shipped, Trigger::Delivered] {
        let setting = Setting {
            is_on: true,
            delay: Span::ZERO,
            hours: Hours::DAYTIME,
        };
        messages.put_trigger(&scope, &shop.id, trigger, setting).await?;
    }
    tokio::time::sleep(LOOK).await;
    if sim.whatsapp_scan(NAME, PHONE).is_err() {
        return Ok(false);
    }
    for (number, text) in WORDS.lines().filter_map(|line| line.split_once(' ')) {
        let said = Said {
            session: NAME.to_owned(),
            number: number.to_owned(),
            text: text.to_owned(),
            ..Said::default()
        };
        if let Err(missing) = sim.whatsapp_say(&said) {
            tracing::debug!(%missing, "a pretend buyer did not write");
        }
    }
    Ok(true)
}
