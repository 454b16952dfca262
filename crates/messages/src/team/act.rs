//! Does what people press, through the doors of the rooms and with the rights of whoever pressed. A stranger can do nothing; the same press
//! again changes nothing.

use super::{
    Team, TeamError,
    hand::{Done, Known, spoken},
    model::{Content, NewPost, Way, What, Why},
    press::Pressed,
    speak::{Said, To},
    store::{self, bots::BotRow},
};
use sauda_accounts::Right;
use sauda_channel::{BotChat, Press};
use sauda_kernel::{Failure, ShopId, Span, Timestamp};
use sauda_orders::{OrdersError, model::Act};

/// How long "remind me" waits.
const LATER: Span = Span::from_hours(1);

/// A press of somebody known, where it was pressed.
struct By<'a> {
    bot: &'a BotRow,
    known: &'a Known,
    to: To<'a>,
    place: (BotChat, i64),
}

impl By<'_> {
    fn post(&self, once: String, content: Content, at: Timestamp) -> NewPost {
        NewPost {
            merchant: self.bot.merchant.clone(),
            user: Some(self.known.member.user.clone()),
            way: Way::Telegram,
            address: self.place.0.0.to_string(),
            what: What::Asked,
            once,
            content,
            at,
        }
    }
}

/// What has to be allowed to press this.
const fn right(pressed: &Pressed) -> Right {
    match pressed {
        Pressed::Accept { .. } | Pressed::Assemble { .. } | Pressed::StartDay { .. } => Right::ManageOrders,
        Pressed::Waybill { .. } | Pressed::Later { .. } | Pressed::Show { .. } | Pressed::Burning => {
            Right::ViewOrders
        }
        Pressed::Today => Right::ViewToday,
    }
}

impl Team {
    /// Does what was pressed, if whoever pressed may.
    pub(super) async fn pressed(
        &self,
        bot: &BotRow,
        press: &Press,
        done: &mut Done,
    ) -> Result<(), TeamError> {
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
        if let Err(error) = known.member.scope.require(right(&pressed)) {
            done.answer = Some((refusal(&to, &error), true));
            return Ok(());
        }
        let by = By {
            bot,
            known: &known,
            to,
            place: press.place.unwrap_or((BotChat(press.from.id), 0)),
        };
        self.act(&by, pressed, format!("press:{}", press.id), done).await
    }

    async fn act(
        &self,
        by: &By<'_>,
        pressed: Pressed,
        once: String,
        done: &mut Done,
    ) -> Result<(), TeamError> {
        let content = match pressed {
            Pressed::Accept { shop, code } => {
                let asked = self.order(by, &shop, &code, Act::Accept).await;
                done.answer = Some(answered(&by.to, asked, "team-accepting", &code)?);
                return Ok(());
            }
            Pressed::Assemble { shop, code } => {
                let asked = self.order(by, &shop, &code, Act::Assemble { parcels: 1 }).await;
                done.answer = Some(answered(&by.to, asked, "team-assembling", &code)?);
                return Ok(());
            }
            Pressed::Later { shop, code } => return self.remind(by, shop, code, done).await,
            Pressed::StartDay { shop } => return self.begin_day(by, shop, done).await,
            Pressed::Waybill { shop, code } => {
                let scope = &by.known.member.scope;
                let found = self.rooms.orders.waybill(scope, &shop, &code, None).await;
                let is_there = found.is_ok();
                done.answer = Some(answered(&by.to, found.map(|_| ()), "team-waybill-comes", &code)?);
                if !is_there {
                    return Ok(());
                }
                Content::Waybill { shop, code }
            }
            Pressed::Show { shop, code } => Content::Order {
                shop,
                code,
                why: Why::Asked,
            },
            Pressed::Burning => Content::Burning,
            Pressed::Today => Content::Today,
        };
        done.posts.push(by.post(once, content, self.now()));
        done.answer.get_or_insert_with(|| (String::new(), false));
        Ok(())
    }

    async fn order(&self, by: &By<'_>, shop: &ShopId, code: &str, act: Act) -> Result<(), OrdersError> {
        let scope = &by.known.member.scope;
        self.rooms.orders.ask(scope, shop, code, act).await.map(|_| ())
    }

    /// The order is told again later, once for each message that was pressed.
    async fn remind(
        &self,
        by: &By<'_>,
        shop: ShopId,
        code: String,
        done: &mut Done,
    ) -> Result<(), TeamError> {
        let once = format!("later:{}:{}:{code}", by.place.0.0, by.place.1);
        let at = self.now().plus(LATER);
        let key = if self.is_recorded(by, &once).await? {
            "team-later-already"
        } else {
            "team-later"
        };
        done.answer = Some((by.to.say(key, &[("at", Said::Clock(at))]), false));
        let why = Why::Later;
        done.posts
            .push(by.post(once, Content::Order { shop, code, why }, at));
        Ok(())
    }

    async fn begin_day(&self, by: &By<'_>, shop: ShopId, done: &mut Done) -> Result<(), TeamError> {
        let run = match self.rooms.orders.start_day(&by.known.member.scope, &shop).await {
            Ok(run) => run.id,
            Err(error) => {
                done.answer = Some(answered(&by.to, Err(error), "", "")?);
                return Ok(());
            }
        };
        let once = day_goes(&run, Way::Telegram, &by.place.0.0.to_string());
        let key = if self.is_recorded(by, &once).await? {
            "team-day-goes-already"
        } else {
            "team-day-starts"
        };
        done.answer = Some((by.to.say(key, &[]), false));
        done.posts
            .push(by.post(once, Content::DayGoes { shop, run }, self.now()));
        Ok(())
    }

    async fn is_recorded(&self, by: &By<'_>, once: &str) -> Result<bool, TeamError> {
        let known = store::posts::known(&self.rooms.db, &by.bot.merchant, &[once]).await?;
        Ok(!known.is_empty())
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
