//! Does what people press and ask, through the doors of the rooms and with the rights of whoever pressed. A stranger can do nothing; the same
//! press again changes nothing.

use super::{
    Question, Team, TeamError, code,
    model::{Content, NewPost, Way, What, Why},
    press::Pressed,
    speak::{Said, To},
    store::{
        self,
        bots::BotRow,
        links::{self, LinkRow},
    },
};
use sauda_accounts::{Language, MemberFound, Right};
use sauda_channel::{BotChat, BotKey, Person, Press, Update, What as Happened};
use sauda_kernel::{Failure, Span, Timestamp, UserId};
use sauda_orders::{OrdersError, model::Act};
use sauda_store::Tx;

/// How long "remind me" waits.
const LATER: Span = Span::from_hours(1);

/// What dealing with an update came to, kept in one transaction with the update itself.
#[derive(Default)]
struct Done {
    posts: Vec<NewPost>,
    /// What who pressed is told at once; `true` as a window.
    answer: Option<(String, bool)>,
    /// The message whose button was pressed shows something else now.
    look: Option<(BotChat, i64)>,
}

/// One who wrote or pressed and is linked.
struct Known {
    member: MemberFound,
    language: Language,
}

fn spoken(person: &Person) -> Language {
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
        for old in links::open(&mut *tx, &bot.merchant).await? {
            // A chat is told for one person, and a person has one talk of two.
            let is_same_chat = old.chat == chat.0;
            if is_same_chat || (old.user == user && !chat.is_group() && !old.is_group()) {
                self.close(tx, &old, "replaced", "unlinked").await?;
            }
        }
        let link = LinkRow {
            id: self.id(),
            merchant: bot.merchant.clone(),
            user,
            chat: chat.0,
            person: from.id,
            person_name: from.name.clone(),
            language,
            linked_at: now,
            ended_at: None,
            ended_why: None,
        };
        links::insert(&mut *tx, &link).await?;
        let scope = &member.scope;
        self.rooms
            .catalog
            .settle(&mut *tx, scope, "telegram-blocked", link.user.as_str())
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
    async fn known(&self, bot: &BotRow, from: &Person) -> Result<Option<Known>, TeamError> {
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

    async fn pressed(&self, bot: &BotRow, press: &Press, done: &mut Done) -> Result<(), TeamError> {
        done.look = press.place;
        let Some(known) = self.known(bot, &press.from).await? else {
            let words = self.to(spoken(&press.from)).say("team-stranger", &[]);
            done.answer = Some((words, true));
            return Ok(());
        };
        let to = self.to(known.language);
        let Some(pressed) = Pressed::read(&press.data) else {
            done.answer = Some((to.say("team-button-old", &[]), true));
            return Ok(());
        };
        let right = match &pressed {
            Pressed::Accept { .. } | Pressed::Assemble { .. } | Pressed::StartDay { .. } => {
                Right::ManageOrders
            }
            Pressed::Waybill { .. } | Pressed::Later { .. } | Pressed::Show { .. } | Pressed::Burning => {
                Right::ViewOrders
            }
            Pressed::Today => Right::ViewToday,
        };
        if let Err(error) = known.member.scope.require(right) {
            done.answer = Some((refusal(&to, &error), true));
            return Ok(());
        }
        let place = press.place.unwrap_or((BotChat(press.from.id), 0));
        let post = |once: String, content: Content, at: Timestamp| NewPost {
            merchant: bot.merchant.clone(),
            user: Some(known.member.user.clone()),
            way: Way::Telegram,
            address: place.0.0.to_string(),
            what: What::Asked,
            once,
            content,
            at,
        };
        let now = self.now();
        let once = format!("press:{}", press.id);
        match pressed {
            Pressed::Accept { shop, code } => {
                let asked = self
                    .rooms
                    .orders
                    .ask(&known.member.scope, &shop, &code, Act::Accept)
                    .await;
                done.answer = Some(answered(&to, asked.map(|_| ()), "team-accepting", &code)?);
            }
            Pressed::Assemble { shop, code } => {
                let act = Act::Assemble { parcels: 1 };
                let asked = self
                    .rooms
                    .orders
                    .ask(&known.member.scope, &shop, &code, act)
                    .await;
                done.answer = Some(answered(&to, asked.map(|_| ()), "team-assembling", &code)?);
            }
            Pressed::Waybill { shop, code } => {
                let found = self
                    .rooms
                    .orders
                    .waybill(&known.member.scope, &shop, &code, None)
                    .await;
                if found.is_ok() {
                    done.posts.push(post(
                        once,
                        Content::Waybill {
                            shop,
                            code: code.clone(),
                        },
                        now,
                    ));
                }
                done.answer = Some(answered(&to, found.map(|_| ()), "team-waybill-comes", &code)?);
            }
            Pressed::Later { shop, code } => {
                let once = format!("later:{}:{}:{code}", place.0.0, place.1);
                let at = now.plus(LATER);
                let is_known = !store::posts::known(&self.rooms.db, &bot.merchant, &[&once])
                    .await?
                    .is_empty();
                let key = if is_known {
                    "team-later-already"
                } else {
                    "team-later"
                };
                done.answer = Some((to.say(key, &[("at", Said::Clock(at))]), false));
                let why = Why::Later;
                done.posts
                    .push(post(once, Content::Order { shop, code, why }, at));
            }
            Pressed::Show { shop, code } => {
                let why = Why::Asked;
                done.posts
                    .push(post(once, Content::Order { shop, code, why }, now));
                done.answer = Some((String::new(), false));
            }
            Pressed::StartDay { shop } => {
                match self.rooms.orders.start_day(&known.member.scope, &shop).await {
                    Ok(run) => {
                        let once = day_goes(&run.id, Way::Telegram, &place.0.0.to_string());
                        let is_known = !store::posts::known(&self.rooms.db, &bot.merchant, &[&once])
                            .await?
                            .is_empty();
                        let key = if is_known {
                            "team-day-goes-already"
                        } else {
                            "team-day-starts"
                        };
                        done.answer = Some((to.say(key, &[]), false));
                        done.posts
                            .push(post(once, Content::DayGoes { shop, run: run.id }, now));
                    }
                    Err(error) => done.answer = Some(answered(&to, Err(error), "", "")?),
                }
            }
            Pressed::Burning => {
                done.posts.push(post(once, Content::Burning, now));
                done.answer = Some((String::new(), false));
            }
            Pressed::Today => {
                done.posts.push(post(once, Content::Today, now));
                done.answer = Some((String::new(), false));
            }
        }
        Ok(())
    }
}

/// The message of a run that goes, in one talk.
pub(crate) fn day_goes(run: &sauda_kernel::DayRunId, way: Way, address: &str) -> String {
    format!("day-goes:{run}:{}:{address}", way.word())
}

fn refusal(to: &To<'_>, error: &impl Failure) -> String {
    error
        .public()
        .first()
        .map_or_else(|| to.say("team-failed", &[]), |public| to.refusal(public))
}

/// What who pressed is told; what does not answer is no answer, the update comes again.
fn answered(
    to: &To<'_>,
    result: Result<(), OrdersError>,
    key: &str,
    code: &str,
) -> Result<(String, bool), TeamError> {
    match result {
        Ok(()) => Ok((to.say(key, &[("code", Said::from(code))]), false)),
        Err(error) if matches!(error.kind(), sauda_kernel::Kind::Unavailable) => Err(error.into()),
        Err(error) => Ok((refusal(to, &error), true)),
    }
}
