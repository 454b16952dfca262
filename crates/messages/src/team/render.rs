//! Puts what is to be said into sentences for one reader, with the rights of this moment. Refuses to send.

use super::{
    Team, TeamError,
    card::press,
    letter::Letter,
    model::{Content, Way, What},
    press::Pressed,
    speak::{Said, To},
    store::{links::LinkRow, posts::PostRow},
};
use sauda_accounts::{Language, MemberFound, Right};
use sauda_channel::{Attachment, Post, Text, Upload};
use sauda_kernel::{DayRunId, ShopId, Span};
use sauda_orders::{
    DayRun, OrdersError,
    model::{DayState, LowStock},
};

/// How often a message of the day that goes shows something new.
const PROGRESS: Span = Span::from_secs(3);
/// Goods that a message names.
const GOODS: usize = 12;

/// Who reads, and what they may see.
pub(crate) struct Reader<'a> {
    pub to: To<'a>,
    pub member: MemberFound,
    /// Never in a group: others read there too.
    pub sees_money: bool,
    /// It was said before and is shown anew.
    pub is_shown: bool,
    /// How long ago it was said.
    pub age: Span,
}

/// What leaves.
pub(crate) enum Drawn {
    Post {
        post: Post,
        /// When to look whether it has to show something else.
        look_again: Option<Span>,
    },
    File(Upload),
    Letter(Letter),
    /// Nothing is to be said any more: why, a word.
    Nothing(&'static str),
}

impl Team {
    /// What a post says now.
    pub(crate) async fn draw(&self, post: &PostRow, link: Option<&LinkRow>) -> Result<Drawn, TeamError> {
        let said_in = |language: Option<&String>| {
            language
                .and_then(|word| Language::parse(word))
                .or_else(|| link.map(|link| link.language))
                .unwrap_or(Language::Ru)
        };
        let Some(user) = &post.user else {
            return Ok(match &post.content {
                Content::Say { key, args, language } => say(&self.to(said_in(language.as_ref())), key, args),
                _ => Drawn::Nothing("nobody"),
            });
        };
        let Some(member) = self
            .rooms
            .accounts
            .member(&post.merchant, user, post.way.word())
            .await?
        else {
            return Ok(Drawn::Nothing("left"));
        };
        if !post.what.may_be_told(&member.scope) {
            return Ok(Drawn::Nothing("no-right"));
        }
        let is_group = link.is_some_and(LinkRow::is_group);
        let reader = Reader {
            to: self.to(member.language.unwrap_or_else(|| said_in(None))),
            sees_money: member.scope.may(Right::ViewMoney) && !is_group,
            is_shown: post.sent_at.is_some(),
            age: post.sent_at.map_or(Span::ZERO, |sent| self.now().since(sent)),
            member,
        };
        let drawn = self.content(&reader, post).await?;
        Ok(if post.way == Way::Mail {
            self.as_letter(&reader, drawn)
        } else {
            drawn
        })
    }

    async fn content(&self, reader: &Reader<'_>, post: &PostRow) -> Result<Drawn, TeamError> {
        let may_orders = reader.member.scope.may(Right::ViewOrders);
        match &post.content {
            Content::Order { shop, code, why } if may_orders => {
                self.order_card(reader, shop, code, *why).await
            }
            Content::Waybill { shop, code } if may_orders => self.waybill(reader, shop, code).await,
            Content::DayGoes { shop, run } if may_orders => self.day_goes(reader, shop, run).await,
            Content::DayOver { shop, run } if may_orders => self.day_over(reader, shop, run).await,
            Content::Burning if may_orders => self.burning_list(reader).await,
            Content::Orders if may_orders => self.orders_list(reader).await,
            Content::Order { .. }
            | Content::Waybill { .. }
            | Content::DayGoes { .. }
            | Content::DayOver { .. }
            | Content::Burning
            | Content::Orders => Ok(say(
                &reader.to,
                "err-forbidden",
                &[("right".to_owned(), reader.to.say("right-view_orders", &[]))].into(),
            )),
            Content::Notice {
                word,
                args,
                shop,
                link,
            } => {
                let text = reader.to.notice(word, args.iter());
                let url = match (shop, link) {
                    (_, Some(link)) if link.starts_with("/settings") || link.starts_with("/messages") => {
                        self.page(link)
                    }
                    (Some(shop), Some(link)) => {
                        match self.rooms.catalog.shop(&reader.member.scope, shop).await {
                            Ok(shop) => self.page(&format!("/s/{}{link}", shop.slug)),
                            Err(sauda_catalog::CatalogError::NotFound { .. }) => None,
                            Err(error) => return Err(error.into()),
                        }
                    }
                    _ => None,
                };
                let mut buttons = Vec::new();
                if let Some(url) = url {
                    let label = reader.to.say("team-button-open", &[]);
                    buttons.push(vec![sauda_channel::Button::Open { label, url }]);
                }
                Ok(plain(text, buttons))
            }
            Content::Low { shop } => self.low(reader, shop).await,
            Content::Report | Content::Today => {
                if post.way == Way::Mail || post.what == What::Report {
                    let paper = self.paper(reader, "team-report").await?;
                    if post.way == Way::Mail {
                        let (language, foot) = (reader.to.language.word(), self.foot(reader));
                        return Ok(Drawn::Letter(Letter::of_paper(&paper, language, &foot)));
                    }
                    let burning = press(reader.to.say("team-button-burning", &[]), &Pressed::Burning);
                    let buttons = burning.filter(|_| may_orders).map(|button| vec![button]);
                    return Ok(Drawn::Post {
                        post: Post {
                            text: paper.text(),
                            buttons: buttons.into_iter().collect(),
                            ..Post::default()
                        },
                        look_again: None,
                    });
                }
                self.today(reader).await
            }
            Content::Help => Ok(self.help(reader)),
            Content::Say { key, args, .. } => Ok(say(&reader.to, key, args)),
        }
    }

    fn foot(&self, reader: &Reader<'_>) -> String {
        match self.page("/settings/notifications") {
            Some(page) => reader
                .to
                .say("team-letter-foot-page", &[("page", Said::Text(page))]),
            None => reader.to.say("team-letter-foot", &[]),
        }
    }

    fn as_letter(&self, reader: &Reader<'_>, drawn: Drawn) -> Drawn {
        match drawn {
            Drawn::Post { post, .. } => {
                let (language, foot) = (reader.to.language.word(), self.foot(reader));
                Drawn::Letter(Letter::of_words(&post.text.words(), language, &foot))
            }
            other => other,
        }
    }

    async fn waybill(&self, reader: &Reader<'_>, shop: &ShopId, code: &str) -> Result<Drawn, TeamError> {
        let scope = &reader.member.scope;
        match self.rooms.orders.waybill(scope, shop, code, None).await {
            Ok((number, pdf)) => {
                let safe: String = code.chars().filter(char::is_ascii_alphanumeric).collect();
                Ok(Drawn::File(Upload {
                    file: Attachment {
                        file_name: format!("waybill-{safe}.pdf"),
                        mime: "application/pdf".to_owned(),
                        bytes: pdf,
                    },
                    caption: Text::plain(reader.to.say(
                        "team-waybill",
                        &[("code", Said::from(code)), ("number", Said::from(&number))],
                    )),
                    buttons: Vec::new(),
                    is_quiet: false,
                }))
            }
            Err(OrdersError::NoWaybill { .. } | OrdersError::NotFound { .. }) => Ok(say(
                &reader.to,
                "err-no-waybill",
                &[("code".to_owned(), code.to_owned())].into(),
            )),
            Err(error) => Err(error.into()),
        }
    }

    async fn low(&self, reader: &Reader<'_>, shop: &ShopId) -> Result<Drawn, TeamError> {
        let scope = &reader.member.scope;
        let name = self.rooms.catalog.shop(scope, shop).await?.name;
        let low: Vec<LowStock> = self.rooms.orders.low_stock(scope, shop).await?;
        if low.is_empty() {
            return Ok(Drawn::Nothing("outdated"));
        }
        let many = i64::try_from(low.len()).unwrap_or(i64::MAX);
        let mut text = Text::default().bold(reader.to.say(
            "team-low",
            &[("n", Said::Number(many)), ("shop", Said::Text(name))],
        ));
        for offer in low.iter().take(GOODS) {
            text = text.then("\n").then(reader.to.say(
                "team-low-line",
                &[
                    ("name", Said::from(&offer.title)),
                    ("n", Said::Number(offer.pieces)),
                ],
            ));
        }
        if low.len() > GOODS {
            let more = i64::try_from(low.len() - GOODS).unwrap_or(i64::MAX);
            text = text
                .then("\n")
                .then(reader.to.say("team-more", &[("n", Said::Number(more))]));
        }
        Ok(Drawn::Post {
            post: Post::new(text),
            look_again: None,
        })
    }

    /// The day while it goes: the same message shows how far it is.
    async fn day_goes(&self, reader: &Reader<'_>, shop: &ShopId, run: &DayRunId) -> Result<Drawn, TeamError> {
        let scope = &reader.member.scope;
        let name = self.rooms.catalog.shop(scope, shop).await?.name;
        let view = match self.rooms.orders.day(scope, shop, run, 0).await {
            Ok(view) => view,
            Err(OrdersError::NoDay) => return Ok(Drawn::Nothing("outdated")),
            Err(error) => return Err(error.into()),
        };
        let place = view.place().unwrap_or(view.steps.len());
        let head = reader.to.say(
            &format!("team-day-{}", view.run.state.word()),
            &[("shop", Said::Text(name))],
        );
        let mut text = Text::default().bold(head);
        if let Some((step, counts)) = view.steps.get(place.saturating_sub(1))
            && !view.run.state.is_over()
        {
            text = text.then("\n").then(reader.to.say(
                "team-day-step",
                &[
                    ("place", number(place)),
                    ("of", number(view.steps.len())),
                    ("step", Said::Key(format!("day-step-{}", step.step.word()))),
                ],
            ));
            if counts.total() > 0 {
                text = text.then("\n").then(reader.to.say(
                    "team-day-count",
                    &[
                        ("done", Said::Number(counts.done)),
                        ("all", Said::Number(counts.total())),
                    ],
                ));
            }
        }
        if !view.troubles.is_empty() {
            text = text.then("\n").then(
                reader
                    .to
                    .say("team-day-troubles", &[("n", number(view.troubles.len()))]),
            );
        }
        Ok(Drawn::Post {
            post: Post::new(text),
            look_again: (!view.run.state.is_over()).then_some(if view.run.state == DayState::Running {
                PROGRESS
            } else {
                Span::from_mins(1)
            }),
        })
    }

    /// What a run came to.
    async fn day_over(&self, reader: &Reader<'_>, shop: &ShopId, run: &DayRunId) -> Result<Drawn, TeamError> {
        let scope = &reader.member.scope;
        let name = self.rooms.catalog.shop(scope, shop).await?.name;
        let view = match self.rooms.orders.day(scope, shop, run, 0).await {
            Ok(view) => view,
            Err(OrdersError::NoDay) => return Ok(Drawn::Nothing("outdated")),
            Err(error) => return Err(error.into()),
        };
        let mut text = Text::default().bold(reader.to.say(
            &format!("team-day-{}", view.run.state.word()),
            &[("shop", Said::Text(name))],
        ));
        for (word, count) in report_rows(&view.run) {
            text = text.then("\n").then(
                reader
                    .to
                    .say(&format!("team-day-report-{word}"), &[("n", Said::Number(count))]),
            );
        }
        let burning = press(reader.to.say("team-button-burning", &[]), &Pressed::Burning);
        Ok(plain_text(
            text,
            burning.into_iter().map(|button| vec![button]).collect(),
        ))
    }
}

/// What of a report is worth a line.
fn report_rows(run: &DayRun) -> Vec<(&'static str, i64)> {
    let Some(report) = &run.report else {
        return Vec::new();
    };
    let low = i64::try_from(report.low.len()).unwrap_or(i64::MAX);
    [
        ("orders", report.orders, true),
        ("accepted", report.accepted, true),
        ("assembled", report.assembled, true),
        ("waybills", report.waybills, true),
        ("troubled", report.troubled, false),
        ("low", low, false),
    ]
    .into_iter()
    .filter(|(_, count, is_always)| *is_always || *count > 0)
    .map(|(word, count, _)| (word, count))
    .collect()
}

fn number(many: usize) -> Said {
    Said::Number(i64::try_from(many).unwrap_or(i64::MAX))
}

fn plain_text(text: Text, buttons: Vec<Vec<sauda_channel::Button>>) -> Drawn {
    Drawn::Post {
        post: Post {
            text,
            buttons,
            ..Post::default()
        },
        look_again: None,
    }
}

fn plain(text: String, buttons: Vec<Vec<sauda_channel::Button>>) -> Drawn {
    plain_text(Text::plain(text), buttons)
}

fn say(to: &To<'_>, key: &str, args: &std::collections::BTreeMap<String, String>) -> Drawn {
    let args: Vec<(&str, Said)> = args
        .iter()
        .map(|(name, value)| (name.as_str(), Said::from(value)))
        .collect();
    plain(to.say(key, &args), Vec::new())
}
