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
use sauda_kernel::{ShopId, Span};
use sauda_orders::{OrdersError, model::LowStock};

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
    /// A picture with words under it.
    Photo(Upload),
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
                self.notice(reader, text, shop.as_ref(), link.as_deref()).await
            }
            Content::Low { shop } => self.low(reader, shop).await,
            Content::Report | Content::Today if post.way == Way::Mail || post.what == What::Report => {
                self.report(reader, post.way).await
            }
            Content::Report | Content::Today => self.today(reader).await,
            Content::Made { report } => self.made_report(reader, post, report).await,
            Content::ConfirmMail => self.confirm_letter(reader, post).await,
            Content::Help => Ok(self.help(reader)),
            Content::Say { key, args, .. } => Ok(say(&reader.to, key, args)),
        }
    }

    /// A notice of the house with the way to its page.
    async fn notice(
        &self,
        reader: &Reader<'_>,
        text: String,
        shop: Option<&ShopId>,
        link: Option<&str>,
    ) -> Result<Drawn, TeamError> {
        let url = match (shop, link) {
            (_, Some(link)) if link.starts_with("/settings") || link.starts_with("/messages") => {
                self.page(link)
            }
            (Some(shop), Some(link)) => match self.rooms.catalog.shop(&reader.member.scope, shop).await {
                Ok(shop) => self.page(&format!("/s/{}{link}", shop.slug)),
                Err(sauda_catalog::CatalogError::NotFound { .. }) => None,
                Err(error) => return Err(error.into()),
            },
            _ => None,
        };
        let mut buttons = Vec::new();
        if let Some(url) = url {
            let label = reader.to.say("team-button-open", &[]);
            buttons.push(vec![sauda_channel::Button::Open { label, url }]);
        }
        Ok(plain(text, buttons))
    }

    /// What this day came to, in figures.
    async fn report(&self, reader: &Reader<'_>, way: Way) -> Result<Drawn, TeamError> {
        let paper = self.paper(reader, "team-report").await?;
        if way == Way::Mail {
            let (language, foot) = (reader.to.language.word(), self.foot(reader));
            return Ok(Drawn::Letter(Letter::of_paper(&paper, language, &foot)));
        }
        let may_orders = reader.member.scope.may(Right::ViewOrders);
        let burning = press(reader.to.say("team-button-burning", &[]), &Pressed::Burning);
        let buttons = burning.filter(|_| may_orders).map(|button| vec![button]);
        Ok(plain_text(paper.text(), buttons.into_iter().collect()))
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
            Drawn::File(upload) | Drawn::Photo(upload) => {
                let (language, foot) = (reader.to.language.word(), self.foot(reader));
                let words = upload.caption.words();
                Drawn::Letter(Letter::of_words(&words, language, &foot).with(upload.file))
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
}

pub(super) fn plain_text(text: Text, buttons: Vec<Vec<sauda_channel::Button>>) -> Drawn {
    Drawn::Post {
        post: Post {
            text,
            buttons,
            ..Post::default()
        },
        look_again: None,
    }
}

pub(super) fn plain(text: String, buttons: Vec<Vec<sauda_channel::Button>>) -> Drawn {
    plain_text(Text::plain(text), buttons)
}

pub(super) fn say(to: &To<'_>, key: &str, args: &std::collections::BTreeMap<String, String>) -> Drawn {
    let args: Vec<(&str, Said)> = args
        .iter()
        .map(|(name, value)| (name.as_str(), Said::from(value)))
        .collect();
    plain(to.say(key, &args), Vec::new())
}
