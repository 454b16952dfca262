//! The merchant's bot: connected by its token, which is checked, sealed and never shown again.

use super::{
    Team, TeamError,
    model::{Content, NewPost, Trouble, Way, What},
    service::person,
    store,
};
use sauda_accounts::Language;
use sauda_accounts::{AuditEntry, Right, Scope};
use sauda_channel::{Bot, BotCommand, BotKey};
use sauda_kernel::{Span, Timestamp};
use secrecy::{ExposeSecret as _, SecretString};

/// Troubles that a page shows.
const TROUBLES: i64 = 20;

/// The bot as people see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BotView {
    pub name: String,
    /// Without `@`.
    pub user_name: String,
    /// Word of what is wrong, as `err-channel-<word>` says; nothing when it works.
    pub trouble: Option<String>,
    pub state_since: Timestamp,
    pub heard_at: Option<Timestamp>,
    pub connected_by: String,
    pub connected_at: Timestamp,
    /// What waits to be said.
    pub waiting: i64,
    /// What was said today.
    pub said: i64,
}

impl Team {
    /// The merchant's bot.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn bot(&self, scope: &Scope) -> Result<Option<BotView>, TeamError> {
        let Some(bot) = store::bots::find(&self.rooms.db, scope.merchant()).await? else {
            return Ok(None);
        };
        let (waiting, said) =
            store::posts::counts(&self.rooms.db, scope.merchant(), self.now().local_midnight()).await?;
        Ok(Some(BotView {
            name: bot.name,
            user_name: bot.user_name,
            trouble: bot.trouble,
            state_since: bot.state_since,
            heard_at: bot.heard_at,
            connected_by: bot.connected_by,
            connected_at: bot.connected_at,
            waiting,
            said,
        }))
    }

    /// Takes a bot by its token. Links of chats stay when it is the same bot.
    ///
    /// # Errors
    /// When the actor may not, the channel does not take the token, or the bot serves another merchant.
    pub async fn connect_bot(&self, scope: &Scope, token: &SecretString) -> Result<Bot, TeamError> {
        scope.require(Right::ManageShops)?;
        let key = BotKey(SecretString::from(token.expose_secret().trim().to_owned()));
        let bot = self.bot.me(&key).await?;
        self.bot.take_updates(&key).await?;
        for language in [Language::Ru, Language::Kk, Language::En] {
            let commands: Vec<BotCommand> = super::Question::COMMANDS
                .into_iter()
                .map(|(word, key)| BotCommand {
                    word: word.to_owned(),
                    text: self.to(language).say(key, &[]),
                })
                .collect();
            let of = (language != Language::Ru).then(|| language.word());
            if let Err(error) = self.bot.set_commands(&key, &commands, of).await {
                tracing::info!(%error, "the list of commands was not taken; the bot works without");
            }
        }
        let merchant = scope.merchant();
        let sealed = self
            .rooms
            .vault
            .seal(&Self::purpose(merchant), key.0.expose_secret().as_bytes())?;
        let now = self.now();
        let mut tx = self.rooms.db.write().await?;
        let elsewhere = store::bots::owner(&mut tx, bot.id).await?;
        if elsewhere.is_some_and(|owner| owner != *merchant) {
            return Err(TeamError::BotElsewhere(bot.user_name));
        }
        let before = store::bots::find(&mut tx, merchant).await?;
        if before.as_ref().is_some_and(|before| before.id != bot.id) {
            // The chats of another bot cannot be written to by this one.
            store::links::end_all(&mut tx, merchant, "removed", now).await?;
        }
        let row = store::bots::BotRow {
            merchant: merchant.clone(),
            id: bot.id,
            sealed: sealed.0,
            name: bot.name.clone(),
            user_name: bot.user_name.clone(),
            next: None,
            trouble: None,
            state_since: now,
            heard_at: None,
            connected_by: scope.actor_name().to_owned(),
            connected_at: now,
        };
        store::bots::put(&mut tx, &row).await?;
        for word in super::ear::NOTICES {
            self.rooms
                .catalog
                .settle(&mut tx, scope, word, merchant.as_str())
                .await?;
        }
        let entry = AuditEntry::new("team.bot_connected", &bot.user_name);
        self.rooms.accounts.audit(&mut tx, scope, entry).await?;
        tx.commit().await?;
        Ok(bot)
    }

    /// Lets the bot go: its token is forgotten, all chats are unlinked, nothing more is said.
    ///
    /// # Errors
    /// When the actor may not, or there is no bot.
    pub async fn disconnect_bot(&self, scope: &Scope) -> Result<(), TeamError> {
        scope.require(Right::ManageShops)?;
        let (merchant, now) = (scope.merchant(), self.now());
        let mut tx = self.rooms.db.write().await?;
        let bot = store::bots::find(&mut tx, merchant)
            .await?
            .ok_or(TeamError::NoBot)?;
        for link in store::links::open(&mut tx, merchant).await? {
            self.close(&mut tx, &link, "removed", "no-bot").await?;
        }
        store::bots::delete(&mut tx, merchant).await?;
        for word in super::ear::NOTICES {
            self.rooms
                .catalog
                .settle(&mut tx, scope, word, merchant.as_str())
                .await?;
        }
        let entry = AuditEntry::new("team.bot_removed", &bot.user_name);
        self.rooms.accounts.audit(&mut tx, scope, entry).await?;
        tx.commit().await?;
        tracing::info!(merchant.id = %merchant, at = now.as_secs(), "the bot of a merchant was let go");
        Ok(())
    }

    /// Asks the channel who the bot is, to see whether its token works.
    ///
    /// # Errors
    /// When there is no bot, or with what the channel says.
    pub async fn try_bot(&self, scope: &Scope) -> Result<Bot, TeamError> {
        let bot = store::bots::find(&self.rooms.db, scope.merchant())
            .await?
            .ok_or(TeamError::NoBot)?;
        Ok(self.bot.me(&self.open_key(&bot)?).await?)
    }

    /// Connects to the mail server and sends nothing.
    ///
    /// # Errors
    /// When none is set, or with what it says.
    pub async fn try_mail(&self) -> Result<(), TeamError> {
        let mail = self.mail.as_ref().ok_or(TeamError::NoMail)?;
        Ok(mail.mailer.check(&mail.server).await?)
    }

    /// What could not be said in the last week, newest first.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn troubles(&self, scope: &Scope) -> Result<Vec<Trouble>, TeamError> {
        let since = self.now().minus(Span::from_days(7));
        Ok(store::posts::troubles(&self.rooms.db, scope.merchant(), since, TROUBLES).await?)
    }

    /// Says something to the person's own chats and, when letters are sent, to the person's address: to see that it arrives.
    ///
    /// # Errors
    /// When nothing of the person is linked and no letter can be sent.
    pub async fn test(&self, scope: &Scope, way: Way) -> Result<(), TeamError> {
        let user = person(scope)?;
        let (merchant, now) = (scope.merchant(), self.now());
        let addresses: Vec<String> = match way {
            Way::Telegram => store::links::open(&self.rooms.db, merchant)
                .await?
                .into_iter()
                .filter(|link| link.user == *user)
                .map(|link| link.chat.to_string())
                .collect(),
            Way::Mail => {
                let address = self.own_mail(&self.recipient(scope).await?)?;
                if !self.is_mail_confirmed(merchant, user, &address).await? {
                    return Err(TeamError::Unconfirmed(address));
                }
                vec![address]
            }
        };
        if addresses.is_empty() {
            return Err(match way {
                Way::Telegram => TeamError::NotLinked,
                Way::Mail => TeamError::Address(String::new()),
            });
        }
        let posts: Vec<NewPost> = addresses
            .into_iter()
            .map(|address| NewPost {
                merchant: merchant.clone(),
                user: Some(user.clone()),
                way,
                once: format!("test:{}:{}:{address}", way.word(), now.as_micros()),
                address,
                what: What::Asked,
                content: Content::say("team-test"),
                at: now,
            })
            .collect();
        let mut tx = self.rooms.db.write().await?;
        self.record(&mut tx, &posts).await?;
        tx.commit().await?;
        Ok(())
    }
}
