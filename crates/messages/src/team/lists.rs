//! Answers to questions: what burns, the open orders, what can be asked; short, with buttons. Refuses to be a page: the desk has those.

use super::{
    Team, TeamError,
    card::press,
    press::Pressed,
    render::{Drawn, Reader},
    speak::Said,
};
use sauda_accounts::Right;
use sauda_catalog::Shop;
use sauda_channel::{Button, Post, Text};
use sauda_orders::{
    OrderFilter,
    model::{Order, View},
};

/// Orders that a list names.
const NAMED: usize = 8;

fn drawn(text: Text, buttons: Vec<Vec<Button>>) -> Drawn {
    Drawn::Post {
        post: Post {
            text,
            buttons,
            ..Post::default()
        },
        look_again: None,
    }
}

fn number(many: usize) -> Said {
    Said::Number(i64::try_from(many).unwrap_or(i64::MAX))
}

/// One order on a line: until when, its number, what is to be done.
fn line(reader: &Reader<'_>, text: Text, order: &Order) -> Text {
    let to = &reader.to;
    let due = order.seen.due_at.map_or_else(String::new, |due| {
        let key = if due < to.now {
            "team-line-late"
        } else {
            "team-line-due"
        };
        to.say(
            key,
            &[
                ("until", Said::Moment(due)),
                (
                    "left",
                    Said::Span(if due < to.now {
                        to.now.since(due)
                    } else {
                        due.since(to.now)
                    }),
                ),
            ],
        )
    });
    text.then("\n").code(order.seen.code.clone()).then(format!(
        " · {} · {due}",
        to.say(&format!("stage-{}", order.seen.stage.word()), &[])
    ))
}

fn show(order: &Order) -> Option<Button> {
    press(
        order.seen.code.clone(),
        &Pressed::Show {
            shop: order.shop.clone(),
            code: order.seen.code.clone(),
        },
    )
}

/// Numbers to press, two in a row.
fn numbers(orders: &[&Order]) -> Vec<Vec<Button>> {
    let buttons: Vec<Button> = orders.iter().filter_map(|order| show(order)).collect();
    buttons.chunks(2).map(<[Button]>::to_vec).collect()
}

impl Team {
    async fn shops(&self, reader: &Reader<'_>) -> Result<Vec<Shop>, TeamError> {
        Ok(self.rooms.catalog.shops(&reader.member.scope).await?)
    }

    fn start_day(&self, reader: &Reader<'_>, shops: &[Shop], buttons: &mut Vec<Vec<Button>>) {
        if !reader.member.scope.may(Right::ManageOrders) {
            return;
        }
        for shop in shops {
            let label = reader
                .to
                .say("team-button-start-day", &[("shop", Said::from(&shop.name))]);
            let button = press(
                label,
                &Pressed::StartDay {
                    shop: shop.id.clone(),
                },
            );
            buttons.extend(button.map(|button| vec![button]));
        }
    }

    /// What is due soon or late, in all shops.
    pub(crate) async fn burning_list(&self, reader: &Reader<'_>) -> Result<Drawn, TeamError> {
        let shops = self.shops(reader).await?;
        let mut orders = Vec::new();
        for shop in &shops {
            orders.extend(self.burning(reader, shop).await?);
        }
        orders.sort_by(|one, other| {
            (one.seen.due_at, &one.seen.code).cmp(&(other.seen.due_at, &other.seen.code))
        });
        let mut text = if orders.is_empty() {
            Text::plain(reader.to.say("team-nothing-burns", &[]))
        } else {
            Text::default().bold(reader.to.say("team-burns", &[("n", number(orders.len()))]))
        };
        let named: Vec<&Order> = orders.iter().take(NAMED).collect();
        for order in &named {
            text = line(reader, text, order);
        }
        if orders.len() > NAMED {
            let more = number(orders.len() - NAMED);
            text = text.then("\n").then(reader.to.say("team-more", &[("n", more)]));
        }
        let mut buttons = numbers(&named);
        if !orders.is_empty() {
            self.start_day(reader, &shops, &mut buttons);
        }
        Ok(drawn(text, buttons))
    }

    /// Where the open orders stand, and which are due first.
    pub(crate) async fn orders_list(&self, reader: &Reader<'_>) -> Result<Drawn, TeamError> {
        let shops = self.shops(reader).await?;
        let mut text = Text::default().bold(reader.to.say("team-open-orders", &[]));
        let mut buttons = Vec::new();
        for shop in &shops {
            let counts = self.rooms.orders.counts(&reader.member.scope, &shop.id).await?;
            text = text.then("\n\n").bold(shop.name.clone());
            for view in [View::New, View::Pack, View::HandOver, View::Own] {
                text = text.then("\n").then(reader.to.say(
                    "team-open-count",
                    &[
                        ("view", Said::Key(format!("orders-view-{}", view.word()))),
                        ("n", Said::Number(counts.of(view))),
                    ],
                ));
            }
            let filter = OrderFilter {
                view: View::Open,
                limit: 4,
                ..OrderFilter::default()
            };
            let first = self
                .rooms
                .orders
                .list(&reader.member.scope, &shop.id, &filter)
                .await?
                .orders;
            let due: Vec<&Order> = first.iter().filter(|order| order.seen.due_at.is_some()).collect();
            for order in &due {
                text = line(reader, text, order);
            }
            buttons.extend(numbers(&due));
        }
        self.start_day(reader, &shops, &mut buttons);
        Ok(drawn(text, buttons))
    }

    /// How the day stands.
    pub(crate) async fn today(&self, reader: &Reader<'_>) -> Result<Drawn, TeamError> {
        let paper = self.paper(reader, "team-today").await?;
        let shops = self.shops(reader).await?;
        let mut buttons = Vec::new();
        if reader.member.scope.may(Right::ViewOrders) {
            let label = reader.to.say("team-button-burning", &[]);
            buttons.extend(press(label, &Pressed::Burning).map(|button| vec![button]));
        }
        self.start_day(reader, &shops, &mut buttons);
        Ok(drawn(paper.text(), buttons))
    }

    /// What can be asked.
    pub(crate) fn help(&self, reader: &Reader<'_>) -> Drawn {
        let text = Text::plain(reader.to.say("team-help", &[]));
        let button = |key: &str, pressed: &Pressed| press(reader.to.say(key, &[]), pressed);
        let row: Vec<Button> = [
            button("team-button-burning", &Pressed::Burning),
            button("team-button-today", &Pressed::Today),
        ]
        .into_iter()
        .flatten()
        .collect();
        drawn(text, vec![row])
    }
}
