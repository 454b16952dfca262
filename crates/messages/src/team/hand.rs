//! Takes up what came to a bot: starts, questions, presses, groups that moved; each update once. Refuses to act: presses are acted on beside it.

use super::{
    Question, Team, TeamError, code,
    model::{Content, NewPost, Way, What},
    store::{
        self,
        bots::BotRow,
        links::{self, LinkRow},
    },
};
use sauda_accounts::{Language, MemberFound};
use sauda_channel::{BotChat, BotKey, Person, Update, What as Happened};
use sauda_kernel::{Span, Timestamp, UserId};
use sauda_store::Tx;

/// What dealing with an update came to, kept in one transaction with the update itself.
#[derive(Default)]
pub(super) struct Done {
    pub posts: Vec<NewPost>,
    /// What who pressed is told at once; `true` as a window.
    pub answer: Option<(String, bool)>,
    /// The message whose button was pressed shows something else now.
    pub look: Option<(BotChat, i64)>,
}

/// One who wrote or pressed and is linked.
pub(super) struct Known {
    pub member: MemberFound,
    pub language: Language,
}

pub(super) fn spoken(person: &Person) -> Language {
    let word = person.language.as_deref().unwrap_or_default();
    let short = word.split('-').next().unwrap_or_default();
    Language::parse(short).unwrap_or(Language::Ru)
}

impl Team {
    /// Deals with one update, once.
    pub(crate) async fn update(&self, bot: &BotRow, key: &BotKey, update: &Update) -> Result<(), TeamError> {
        if bot.next.is_some_and(|next| update.id < next) {
            return Ok(());
        }
        let mut done = Done::default();
        match &update.what {
            Happened::Pressed(press) => self.pressed(bot, press, &mut done).await?,
            Happened::Said {
                chat, from, text, at, ..
            } => {
                self.asked(bot, update.id, *chat, from, text, *at, &mut done)
                    .await?
            }
            _ => {}
        }
        let mut tx = self.rooms.db.write().await?;
        if store::bots::pass(&mut tx, &bot.merchant, bot.id, update.id).await? == 0 {
            return Ok(());
        }
        match &update.what {
            Happened::Start { chat, from, code, .. } => {
                let reply = self.started(&mut tx, bot, *chat, from, code.as_deref()).await?;
                done.posts.push(self.reply(bot, update.id, *chat, None, reply));
            }
            Happened::Said { chat, from, text, .. } if Question::read(text) == Some(Question::Stop) => {
                let reply = self.stopped(&mut tx, bot, *chat, from).await?;
                done.posts.push(self.reply(bot, update.id, *chat, None, reply));
            }
            Happened::Moved { from, to } => {
                self.moved(&mut tx, &bot.merchant, &from.0.to_string(), to.0)
                    .await?;
            }
            _ => {}
        }
        self.record(&mut tx, &done.posts).await?;
        if let Some((chat, message)) = done.look {
            let address = chat.0.to_string();
            store::posts::look_at_message(&mut tx, &bot.merchant, &address, message, self.now()).await?;
        }
        tx.commit().await?;
        if let Happened::Closed { chat, .. } = &update.what
            && let Some(link) = links::of_chat(&self.rooms.db, &bot.merchant, chat.0).await?
        {
            self.blocked(&link).await?;
        }
        if let (Happened::Pressed(press), Some((words, alert))) = (&update.what, done.answer)
            && let Err(error) = self.bot.answer(key, press, Some(&words), alert).await
        {
            tracing::debug!(error = error.word(), "a press was answered too late");
        }
        Ok(())
    }

    fn reply(
        &self,
        bot: &BotRow,
        update: i64,
        chat: BotChat,
        user: Option<UserId>,
        content: Content,
    ) -> NewPost {
        NewPost {
            merchant: bot.merchant.clone(),
            user,
            way: Way::Telegram,
            address: chat.0.to_string(),
            what: What::Asked,
            once: format!("answer:{}:{update}", bot.id),
            content,
            at: self.now(),
        }
    }

    /// Somebody pressed Start, perhaps with a code.
    async fn started(
        &self,
        tx: &mut Tx,
        bot: &BotRow,
        chat: BotChat,
        from: &Person,
        typed: Option<&str>,
    ) -> Result<Content, TeamError> {
        let language = spoken(from);
        let sentence = |key: &str, name: &str| Content::Say {
            key: key.to_owned(),
            args: [("name".to_owned(), name.to_owned())].into(),
            language: Some(language.word().to_owned()),
        };
        let known = links::of_chat(&mut *tx, &bot.merchant, chat.0).await?;
        let Some(typed) = typed else {
            let key = if known.is_some() {
                "team-start-known"
            } else {
                "team-start-unknown"
            };
            return Ok(sentence(key, &from.name));
        };
        let now = self.now();
        let Some(user) = links::use_code(&mut *tx, &code::hash(typed), &bot.merchant, now).await? else {
            let key = if known.is_some() {
                "team-start-known"
            } else {
                "team-code-wrong"
            };
            return Ok(sentence(key, &from.name));
        };
        let Some(member) = self
            .rooms
            .accounts
            .member(&bot.merchant, &user, "telegram")
            .await?
        else {
            return Ok(sentence("team-code-wrong", &from.name));
        };
        self.link(tx, bot, chat, from, &user).await?;
        let scope = &member.scope;
        self.rooms
            .catalog
            .settle(&mut *tx, scope, "telegram-blocked", user.as_str())
            .await?;
        let entry = sauda_accounts::AuditEntry::new("team.linked", &from.name);
        self.rooms.accounts.audit(tx, scope, entry).await?;
        let key = if chat.is_group() {
            "team-linked-group"
        } else {
            "team-linked"
        };
        Ok(Content::Say {
            key: key.to_owned(),
            args: [("name".to_owned(), member.name)].into(),
            language: Some(member.language.unwrap_or(language).word().to_owned()),
        })
    }

    /// The chat is told for a person from now on, and for nobody else.
    async fn link(
        &self,
        tx: &mut Tx,
        bot: &BotRow,
        chat: BotChat,
        from: &Person,
        user: &UserId,
    ) -> Result<(), TeamError> {
        for old in links::open(&mut *tx, &bot.merchant).await? {
            // A chat is told for one person, and a person has one talk of two.
            let is_same_chat = old.chat == chat.0;
            if is_same_chat || (old.user == *user && !chat.is_group() && !old.is_group()) {
                self.close(tx, &old, "replaced", "unlinked").await?;
            }
        }
        let link = LinkRow {
            id: self.id(),
            merchant: bot.merchant.clone(),
            user: user.clone(),
            chat: chat.0,
            person: from.id,
            person_name: from.name.clone(),
            language: spoken(from),
            linked_at: self.now(),
            ended_at: None,
            ended_why: None,
        };
        links::insert(&mut *tx, &link).await?;
        Ok(())
    }

    async fn stopped(
        &self,
        tx: &mut Tx,
        bot: &BotRow,
        chat: BotChat,
        from: &Person,
    ) -> Result<Content, TeamError> {
        let known = links::of_chat(&mut *tx, &bot.merchant, chat.0).await?;
        // In a group only who linked it may end that.
        let key = match &known {
            Some(link) if link.person == from.id => {
                self.close(tx, link, "stopped", "unlinked").await?;
                "team-stopped"
            }
            Some(_) => "team-stop-not-yours",
            None => "team-start-unknown",
        };
        Ok(Content::Say {
            key: key.to_owned(),
            args: [("name".to_owned(), from.name.clone())].into(),
            language: Some(
                known
                    .map_or_else(|| spoken(from), |link| link.language)
                    .word()
                    .to_owned(),
            ),
        })
    }

    /// The person of the team behind somebody of the channel: only a talk of two proves who that is.
    pub(super) async fn known(&self, bot: &BotRow, from: &Person) -> Result<Option<Known>, TeamError> {
        let Some(link) = links::of_chat(&self.rooms.db, &bot.merchant, from.id).await? else {
            return Ok(None);
        };
        let member = self
            .rooms
            .accounts
            .member(&bot.merchant, &link.user, "telegram")
            .await?;
        Ok(member.map(|member| Known {
            language: member.language.unwrap_or(link.language),
            member,
        }))
    }

    #[expect(
        clippy::too_many_arguments,
        reason = "the parts of one message, read where it came in"
    )]
    async fn asked(
        &self,
        bot: &BotRow,
        update: i64,
        chat: BotChat,
        from: &Person,
        text: &str,
        at: Timestamp,
        done: &mut Done,
    ) -> Result<(), TeamError> {
        let question = Question::read(text);
        if question == Some(Question::Stop) || (chat.is_group() && question.is_none()) {
            return Ok(());
        }
        // What lay unheard for hours has been answered by life.
        if self.now().since(at) > Span::from_hours(3) {
            return Ok(());
        }
        let known = self.known(bot, from).await?;
        let is_told = links::of_chat(&self.rooms.db, &bot.merchant, chat.0)
            .await?
            .is_some();
        let (user, content) = match known {
            Some(known) if is_told => {
                let content = match question {
                    Some(Question::Burning) => Content::Burning,
                    Some(Question::Today) => Content::Today,
                    Some(Question::Orders) => Content::Orders,
                    Some(Question::Help | Question::Stop) | None => Content::Help,
                };
                (Some(known.member.user), content)
            }
            _ if chat.is_group() => return Ok(()),
            _ => (
                None,
                Content::Say {
                    key: "team-start-unknown".to_owned(),
                    args: [("name".to_owned(), from.name.clone())].into(),
                    language: Some(spoken(from).word().to_owned()),
                },
            ),
        };
        done.posts.push(self.reply(bot, update, chat, user, content));
        Ok(())
    }
}
