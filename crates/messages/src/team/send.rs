//! Says what was recorded: within the channel's limits, once, and shows anew what changed. Nothing leaves that was not recorded before; what
//! may have left is never said again by itself.

use super::{
    Team, TeamError,
    letter::Letter,
    model::{Content, PostState, Way},
    render::Drawn,
    store::{
        self,
        bots::BotRow,
        links::LinkRow,
        posts::{PostRow, Taken},
    },
};
use data_encoding::HEXLOWER;
use futures::{StreamExt, stream};
use sauda_accounts::Scope;
use sauda_catalog::{NewNotice, Tone};
use sauda_channel::{BotChat, ChannelError, Edited, Mail, MailBox};
use sauda_cluster::{BudgetKey, Limit, Permit};
use sauda_kernel::{Failure as _, Kind, MerchantId, Span, Timestamp};
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;
use tokio_util::sync::CancellationToken;

/// Who sends is given up after this.
const PATIENCE: Span = Span::from_mins(3);
/// How long it rests when nothing is to be said.
const REST: Span = Span::from_millis(400);
/// Posts taken at once.
const BATCH: i64 = 200;
/// After so many tries something is not said.
const TRIES: i64 = 9;
/// All talks of a bot together.
const ALL: Limit = Limit::per(30, Span::from_secs(1));
/// A talk of two.
const CHAT: Limit = Limit::per(1, Span::from_secs(1));
/// A group.
const GROUP: Limit = Limit::per(1, Span::from_secs(1)).and(20, Span::from_mins(1));
/// Letters of the installation.
const MAIL: Limit = Limit::per(60, Span::from_mins(1));

/// What a turn did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SendReport {
    pub sent: u32,
    pub edited: u32,
    /// What has to wait, failed, or will not be said.
    pub left: u32,
}

/// What became of one.
enum Left {
    Sent,
    /// Nothing more can be said to this address now.
    Waits,
    Over,
}

/// Says what is due.
pub struct Sender {
    team: Team,
}

impl Sender {
    pub const fn new(team: Team) -> Self {
        Self { team }
    }

    /// Runs until told to stop.
    pub async fn run(&self, stop: CancellationToken) {
        while !stop.is_cancelled() {
            let wait = match self.turn().await {
                Ok(_) => REST,
                Err(error) => {
                    tracing::warn!(
                        error = sauda_kernel::chain(&error),
                        "the team is told later: something does not answer"
                    );
                    Span::from_secs(3)
                }
            };
            tokio::select! {
                () = stop.cancelled() => {}
                () = tokio::time::sleep(wait.to_std()) => {}
            }
        }
    }

    /// Says what is due now, then shows anew what changed.
    ///
    /// # Errors
    /// When the database or the shared state does not answer.
    pub async fn turn(&self) -> Result<SendReport, TeamError> {
        let db = &self.team.rooms.db;
        let given_up = store::posts::give_up(db, self.team.now()).await?;
        if given_up > 0 {
            tracing::warn!(
                posts = given_up,
                "posts of a process that died may have been said: they are not repeated"
            );
        }
        let mut by_address: BTreeMap<(MerchantId, Way, String), Vec<PostRow>> = BTreeMap::new();
        for post in store::posts::due(db, self.team.now(), BATCH).await? {
            by_address
                .entry((post.merchant.clone(), post.way, post.address.clone()))
                .or_default()
                .push(post);
        }
        let parts: Vec<Result<SendReport, TeamError>> = stream::iter(by_address.into_values())
            .map(|posts| self.team.say_all(posts))
            .buffer_unordered(8)
            .collect()
            .await;
        let mut report = SendReport::default();
        for part in parts {
            let part = part?;
            report.sent += part.sent;
            report.left += part.left;
        }
        report.edited = self.team.look().await?;
        Ok(report)
    }
}

/// What a message shows, short: the same again is not sent.
fn digest(drawn: &sauda_channel::Post) -> String {
    HEXLOWER.encode(&Sha256::digest(format!("{drawn:?}").as_bytes()))
}

impl Team {
    /// Posts for one address, in their order.
    async fn say_all(&self, posts: Vec<PostRow>) -> Result<SendReport, TeamError> {
        let mut report = SendReport::default();
        for post in posts {
            match self.say_one(&post).await? {
                Left::Sent => report.sent += 1,
                Left::Over => report.left += 1,
                Left::Waits => {
                    report.left += 1;
                    break;
                }
            }
        }
        Ok(report)
    }

    async fn say_one(&self, post: &PostRow) -> Result<Left, TeamError> {
        match post.way {
            Way::Telegram => self.say_by_bot(post).await,
            Way::Mail => self.say_by_mail(post).await,
        }
    }

    /// What a post says now. One that cannot be put into words any more must not hold up the others.
    async fn drawn(&self, post: &PostRow, link: Option<&LinkRow>) -> Result<Drawn, TeamError> {
        match self.draw(post, link).await {
            Err(error) if !matches!(error.kind(), Kind::Unavailable | Kind::Throttled(_)) => {
                tracing::info!(post.id = %post.id, error = sauda_kernel::chain(&error), "a post cannot be put into words any more");
                Ok(Drawn::Nothing("outdated"))
            }
            drawn => drawn,
        }
    }

    async fn over(&self, post: &PostRow, word: &str, text: Option<&str>) -> Result<Left, TeamError> {
        store::posts::over(&self.rooms.db, &post.id, PostState::Failed, word, text).await?;
        Ok(Left::Over)
    }

    /// Nothing is said to the address before.
    async fn put_off(&self, post: &PostRow, until: Timestamp) -> Result<Left, TeamError> {
        let db = &self.rooms.db;
        store::posts::put_off(db, &post.id, until).await?;
        store::posts::put_off_address(db, &post.merchant, post.way, &post.address, until).await?;
        Ok(Left::Waits)
    }

    /// A permit of the talk and of the bot; when to ask again otherwise.
    async fn permit(&self, bot: i64, chat: BotChat) -> Result<Option<Timestamp>, TeamError> {
        let cluster = &self.rooms.cluster;
        let of_chat = BudgetKey::new("telegram-chat", format!("{bot}:{}", chat.0));
        let limit = if chat.is_group() { &GROUP } else { &CHAT };
        if let Permit::Refused { retry_at } = cluster.take(&of_chat, limit, 1).await? {
            return Ok(Some(retry_at));
        }
        let of_bot = BudgetKey::new("telegram", bot.to_string());
        Ok(match cluster.take(&of_bot, &ALL, 1).await? {
            Permit::Granted => None,
            Permit::Refused { retry_at } => Some(retry_at),
        })
    }

    async fn say_by_bot(&self, post: &PostRow) -> Result<Left, TeamError> {
        let db = &self.rooms.db;
        let Some(bot) = store::bots::find(db, &post.merchant).await? else {
            return self.over(post, "no-bot", None).await;
        };
        if bot.trouble.as_deref() == Some("bad_key") {
            return self.put_off(post, self.now().plus(Span::from_mins(5))).await;
        }
        let Ok(number) = post.address.parse::<i64>() else {
            return self.over(post, "nobody", None).await;
        };
        let chat = BotChat(number);
        let link = store::links::of_chat(db, &post.merchant, number).await?;
        if link.is_none() && post.user.is_some() {
            return self.over(post, "unlinked", None).await;
        }
        let drawn = match self.drawn(post, link.as_ref()).await? {
            Drawn::Nothing(word) => {
                if let (Some(link), "left") = (&link, word) {
                    let mut tx = db.write().await?;
                    self.close(&mut tx, link, "left", "left").await?;
                    tx.commit().await?;
                }
                return self.over(post, word, None).await;
            }
            drawn => drawn,
        };
        if let Some(retry_at) = self.permit(bot.id, chat).await? {
            return self.put_off(post, retry_at).await;
        }
        if store::posts::claim(db, &post.id, self.now().plus(PATIENCE)).await? == 0 {
            return Ok(Left::Over);
        }
        let key = self.open_key(&bot)?;
        let (sent, shown, look_again) = match &drawn {
            Drawn::Post { post, look_again } => {
                (self.bot.post(&key, chat, post).await, digest(post), *look_again)
            }
            Drawn::File(upload) => (
                self.bot.post_document(&key, chat, upload).await,
                String::new(),
                None,
            ),
            Drawn::Photo(upload) => (
                self.bot.post_picture(&key, chat, upload).await,
                String::new(),
                None,
            ),
            Drawn::Letter(_) | Drawn::Nothing(_) => return self.over(post, "nobody", None).await,
        };
        match sent {
            Ok(posted) => {
                let now = self.now();
                let taken = Taken {
                    message: Some(posted.message),
                    shown: &shown,
                    look_at: look_again.map(|wait| now.plus(wait)),
                };
                store::posts::sent(db, &post.id, &taken, now).await?;
                Ok(Left::Sent)
            }
            Err(error) => self.bot_failed(post, &bot, link.as_ref(), &error).await,
        }
    }

    async fn bot_failed(
        &self,
        post: &PostRow,
        bot: &BotRow,
        link: Option<&LinkRow>,
        error: &ChannelError,
    ) -> Result<Left, TeamError> {
        match error {
            ChannelError::Throttled { wait } => {
                let until = self.now().plus(*wait);
                // Whose limit it was is not said: the whole bot waits.
                let of_bot = BudgetKey::new("telegram", bot.id.to_string());
                self.rooms.cluster.block(&of_bot, until).await?;
                self.put_off(post, until).await
            }
            ChannelError::Closed(_) | ChannelError::NoRecipient(_) => {
                if let Some(link) = link {
                    self.blocked(link).await?;
                }
                self.over(post, "blocked", Some(&error.to_string())).await
            }
            ChannelError::Moved { to } => {
                let mut tx = self.rooms.db.write().await?;
                store::posts::put_off(&mut tx, &post.id, self.now()).await?;
                self.moved(&mut tx, &post.merchant, &post.address, *to).await?;
                tx.commit().await?;
                Ok(Left::Waits)
            }
            ChannelError::BadKey => {
                self.bot_trouble(bot, error).await?;
                self.put_off(post, self.now().plus(Span::from_mins(5))).await
            }
            _ => self.failed(post, error).await,
        }
    }

    /// What every way has in common.
    async fn failed(&self, post: &PostRow, error: &ChannelError) -> Result<Left, TeamError> {
        let db = &self.rooms.db;
        let text = error.to_string();
        match error {
            ChannelError::Unconfirmed(_) => {
                store::posts::over(db, &post.id, PostState::Unclear, "unclear", Some(&text)).await?;
                Ok(Left::Over)
            }
            ChannelError::Throttled { wait } => self.put_off(post, self.now().plus(*wait)).await,
            ChannelError::NoConnection(_)
            | ChannelError::Down { .. }
            | ChannelError::Timeout
            | ChannelError::Taken(_)
                if post.tries < TRIES =>
            {
                let doubled = 10_i64.saturating_mul(1 << post.tries.clamp(0, 7));
                store::posts::note(db, &post.id, error.word(), Some(&text)).await?;
                self.put_off(post, self.now().plus(Span::from_secs(doubled.min(900))))
                    .await
            }
            _ => self.over(post, error.word(), Some(&text)).await,
        }
    }

    /// A person closed the talk: nothing is said there any more, and the team learns why it is silent.
    pub(crate) async fn blocked(&self, link: &LinkRow) -> Result<(), TeamError> {
        let mut tx = self.rooms.db.write().await?;
        self.close(&mut tx, link, "blocked", "blocked").await?;
        let scope = Scope::system(link.merchant.clone(), "telegram");
        let notice = NewNotice::new("telegram-blocked", link.user.as_str(), Tone::Warn)
            .arg("name", &link.person_name)
            .link("/messages/telegram");
        self.rooms.catalog.tell(&mut tx, &scope, &notice).await?;
        tx.commit().await?;
        Ok(())
    }

    /// A group has another number: its link and what is still to be said go there.
    pub(crate) async fn moved(
        &self,
        tx: &mut sauda_store::Tx,
        merchant: &MerchantId,
        from: &str,
        to: i64,
    ) -> Result<(), TeamError> {
        if let Ok(chat) = from.parse::<i64>() {
            store::links::move_chat(&mut *tx, merchant, chat, to).await?;
        }
        store::posts::move_address(tx, merchant, from, &to.to_string()).await?;
        Ok(())
    }

    async fn say_by_mail(&self, post: &PostRow) -> Result<Left, TeamError> {
        let db = &self.rooms.db;
        let Some(mail) = &self.mail else {
            return self.over(post, "no-mail", None).await;
        };
        let is_link = matches!(post.content, Content::ConfirmMail);
        if let Some(user) = post.user.as_ref().filter(|_| !is_link)
            && !self
                .is_mail_confirmed(&post.merchant, user, &post.address)
                .await?
        {
            return self.over(post, "unconfirmed", None).await;
        }
        let letter = match self.drawn(post, None).await? {
            Drawn::Letter(letter) => letter,
            Drawn::Nothing(word) => return self.over(post, word, None).await,
            Drawn::Post { .. } | Drawn::File(_) | Drawn::Photo(_) => {
                return self.over(post, "nobody", None).await;
            }
        };
        let budget = BudgetKey::new("mail", mail.server.host.as_str());
        if let Permit::Refused { retry_at } = self.rooms.cluster.take(&budget, &MAIL, 1).await? {
            return self.put_off(post, retry_at).await;
        }
        let whole = match self.whole(post, &mail.from, &letter) {
            Ok(whole) => whole,
            Err(error) => return self.over(post, error.word(), Some(&error.to_string())).await,
        };
        if store::posts::claim(db, &post.id, self.now().plus(PATIENCE)).await? == 0 {
            return Ok(Left::Over);
        }
        match mail.mailer.send(&mail.server, &whole).await {
            Ok(_) => {
                let taken = Taken {
                    message: None,
                    shown: "",
                    look_at: None,
                };
                store::posts::sent(db, &post.id, &taken, self.now()).await?;
                Ok(Left::Sent)
            }
            Err(error) => self.failed(post, &error).await,
        }
    }

    fn whole(&self, post: &PostRow, from: &MailBox, letter: &Letter) -> Result<Mail, ChannelError> {
        let to = MailBox::new(None, &post.address)?;
        let host = from
            .address()
            .rsplit_once('@')
            .map_or("localhost", |(_, host)| host);
        let id = format!("{}@{host}", post.id);
        let mail = Mail::new(
            &id,
            self.now(),
            from.clone(),
            vec![to],
            &letter.subject,
            letter.text.clone(),
        )?
        .html(letter.html.clone(), Vec::new())?;
        match &letter.file {
            Some(file) => mail.attach(file.clone()),
            None => Ok(mail),
        }
    }

    /// Shows anew what changed; how much did.
    async fn look(&self) -> Result<u32, TeamError> {
        let mut edited = 0_u32;
        for post in store::posts::to_look_at(&self.rooms.db, self.now(), BATCH).await? {
            edited += u32::from(self.look_at(&post).await?);
        }
        Ok(edited)
    }

    async fn look_at(&self, post: &PostRow) -> Result<bool, TeamError> {
        let db = &self.rooms.db;
        let shown = post.shown.clone().unwrap_or_default();
        let stays = async |at: Option<Timestamp>| store::posts::looked(db, &post.id, &shown, at).await;
        let (Ok(number), Some(message)) = (post.address.parse::<i64>(), post.message) else {
            stays(None).await?;
            return Ok(false);
        };
        let bot = store::bots::find(db, &post.merchant).await?;
        let link = store::links::of_chat(db, &post.merchant, number).await?;
        let (Some(bot), Some(link)) = (bot, link) else {
            stays(None).await?;
            return Ok(false);
        };
        let Drawn::Post {
            post: new,
            look_again,
        } = self.drawn(post, Some(&link)).await?
        else {
            stays(None).await?;
            return Ok(false);
        };
        let (now, chat) = (self.now(), BotChat(number));
        let next = look_again.map(|wait| now.plus(wait));
        let digest = digest(&new);
        if digest == shown {
            stays(next).await?;
            return Ok(false);
        }
        if let Some(retry_at) = self.permit(bot.id, chat).await? {
            stays(Some(retry_at)).await?;
            return Ok(false);
        }
        // Whoever moves the time on edits; another process finds it moved.
        if store::posts::claim_look(db, &post.id, &shown, now.plus(PATIENCE)).await? == 0 {
            return Ok(false);
        }
        match self.bot.edit(&self.open_key(&bot)?, chat, message, &new).await {
            Ok(Edited::Changed | Edited::Same) => {
                store::posts::looked(db, &post.id, &digest, next).await?;
                Ok(true)
            }
            Err(error) => {
                let again = match &error {
                    ChannelError::Throttled { wait } => Some(now.plus(*wait)),
                    ChannelError::NoConnection(_) | ChannelError::Down { .. } | ChannelError::Timeout => {
                        Some(now.plus(Span::from_secs(10)))
                    }
                    ChannelError::Closed(_) => {
                        self.blocked(&link).await?;
                        None
                    }
                    _ => None,
                };
                tracing::info!(error = error.word(), "a message could not be shown anew");
                stays(again).await?;
                Ok(false)
            }
        }
    }
}
