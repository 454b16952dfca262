//! Hears what people write to the bot and press: one process at a time, each update once. Refuses to decide what a press does.

use super::{
    Team, TeamError,
    store::{self, bots::BotRow},
};
use futures::{StreamExt, stream::FuturesUnordered};
use sauda_accounts::Scope;
use sauda_catalog::{NewNotice, Tone};
use sauda_channel::ChannelError;
use sauda_kernel::{Kind, MerchantId, Span};
use std::collections::BTreeSet;
use tokio_util::sync::CancellationToken;

/// Notices about the bot itself, each about its merchant.
pub(crate) const NOTICES: [&str; 2] = ["telegram-bad-key", "telegram-taken"];
/// How long one asking for updates may wait for them.
const LISTEN: Span = Span::from_secs(25);
/// The lease outlives the asking by this.
const SPARE: Span = Span::from_secs(30);
/// How often it is looked for new bots.
const REST: Span = Span::from_secs(1);

/// What came of one asking.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Heard {
    /// So many updates.
    Updates(usize),
    /// Another process listens.
    Elsewhere,
    /// The bot cannot be listened to: why is on its page.
    Trouble,
    /// There is no such bot any more.
    Gone,
}

/// Listens to the bots of all merchants.
pub struct Ear {
    team: Team,
    owner: String,
}

impl Ear {
    pub fn new(team: Team, owner: impl Into<String>) -> Self {
        Self {
            team,
            owner: owner.into(),
        }
    }

    /// Runs until told to stop.
    pub async fn run(&self, stop: CancellationToken) {
        let mut busy: BTreeSet<MerchantId> = BTreeSet::new();
        let mut hearing = FuturesUnordered::new();
        while !stop.is_cancelled() {
            match store::bots::all(&self.team.rooms.db).await {
                Ok(bots) => {
                    for bot in bots {
                        if busy.insert(bot.merchant.clone()) {
                            hearing.push(self.hear_and_rest(bot.merchant));
                        }
                    }
                }
                Err(error) => tracing::warn!(
                    error = sauda_kernel::chain(&error),
                    "bots wait: the database does not answer"
                ),
            }
            tokio::select! {
                () = stop.cancelled() => {}
                Some(merchant) = hearing.next(), if !hearing.is_empty() => {
                    busy.remove(&merchant);
                }
                () = tokio::time::sleep(REST.to_std()) => {}
            }
        }
    }

    async fn hear_and_rest(&self, merchant: MerchantId) -> MerchantId {
        let rest = match self.hear(&merchant, LISTEN).await {
            Ok(Heard::Updates(_)) => Span::ZERO,
            Ok(Heard::Elsewhere | Heard::Gone) => Span::from_secs(5),
            Ok(Heard::Trouble) => Span::from_secs(20),
            Err(error) => {
                tracing::warn!(merchant.id = %merchant, error = sauda_kernel::chain(&error), "a bot is heard later");
                Span::from_secs(5)
            }
        };
        if rest > Span::ZERO {
            tokio::time::sleep(rest.to_std()).await;
        }
        merchant
    }

    /// Asks once for what happened, waiting up to `wait`, and deals with it.
    ///
    /// # Errors
    /// When the database or the shared state does not answer.
    pub async fn hear(&self, merchant: &MerchantId, wait: Span) -> Result<Heard, TeamError> {
        let cluster = &self.team.rooms.cluster;
        let name = format!("team-ear:{merchant}");
        let ttl = Span::from_micros(wait.as_micros().saturating_add(SPARE.as_micros()));
        let Some(lease) = cluster.lease(&name, &self.owner, ttl).await? else {
            return Ok(Heard::Elsewhere);
        };
        let heard = self.team.hear(merchant, wait).await;
        cluster.release(&lease).await?;
        heard
    }
}

impl Team {
    async fn hear(&self, merchant: &MerchantId, wait: Span) -> Result<Heard, TeamError> {
        let db = &self.rooms.db;
        let Some(bot) = store::bots::find(db, merchant).await? else {
            return Ok(Heard::Gone);
        };
        let key = self.open_key(&bot)?;
        let updates = match self.bot.updates(&key, bot.next, wait).await {
            Ok(updates) => updates,
            Err(error) => {
                self.bot_trouble(&bot, &error).await?;
                return Ok(Heard::Trouble);
            }
        };
        let now = self.now();
        store::bots::heard(db, merchant, now).await?;
        if store::bots::set_trouble(db, merchant, None, now).await? > 0 {
            let scope = Scope::system(merchant.clone(), "telegram");
            for word in NOTICES {
                self.rooms
                    .catalog
                    .settle(db, &scope, word, merchant.as_str())
                    .await?;
            }
        }
        let many = updates.list.len();
        for update in updates.list {
            match self.update(&bot, &key, &update).await {
                Ok(()) => {}
                Err(error) => {
                    let kind = sauda_kernel::Failure::kind(&error);
                    if matches!(kind, Kind::Unavailable | Kind::Throttled(_)) {
                        return Err(error);
                    }
                    // One update that cannot be understood must not make the bot deaf.
                    tracing::error!(
                        update = update.id,
                        error = sauda_kernel::chain(&error),
                        "an update of a bot was left out"
                    );
                    store::bots::pass(db, merchant, bot.id, update.id).await?;
                }
            }
        }
        Ok(Heard::Updates(many))
    }

    /// A bot cannot be used: its page says so, and what people have to do is told.
    pub(crate) async fn bot_trouble(&self, bot: &BotRow, error: &ChannelError) -> Result<(), TeamError> {
        let now = self.now();
        let mut tx = self.rooms.db.write().await?;
        store::bots::set_trouble(&mut tx, &bot.merchant, Some(error.word()), now).await?;
        let word = match error {
            ChannelError::BadKey => Some("telegram-bad-key"),
            ChannelError::Taken(_) => Some("telegram-taken"),
            _ => None,
        };
        if let Some(word) = word {
            let scope = Scope::system(bot.merchant.clone(), "telegram");
            let notice = NewNotice::new(word, bot.merchant.as_str(), Tone::Bad)
                .arg("name", &bot.user_name)
                .link("/messages/telegram");
            self.rooms.catalog.tell(&mut tx, &scope, &notice).await?;
        }
        tx.commit().await?;
        tracing::info!(merchant.id = %bot.merchant, error = error.word(), "a bot cannot be listened to");
        Ok(())
    }
}
