//! An order as the team sees it in a talk: what, until when, where it stands, and buttons for what comes next. Refuses to show sums to who may
//! not see them.

use super::{
    Team, TeamError,
    model::Why,
    press::Pressed,
    render::{Drawn, Reader},
    speak::Said,
};
use sauda_accounts::Right;
use sauda_catalog::Shop;
use sauda_channel::{Button, Post, Text};
use sauda_kernel::{ShopId, Span};
use sauda_orders::{
    Command, OrderView, OrdersError,
    model::{ActKind, CommandState, Stage},
};

/// Lines of goods on a card.
const LINES: usize = 8;
/// While something is under way.
const SOON: Span = Span::from_secs(3);
/// While nothing is.
const SELDOM: Span = Span::from_mins(5);
/// Cards older than this stay as they are.
const OLD: Span = Span::from_hours(24);

/// A button for a press, when it fits.
pub(crate) fn press(label: String, pressed: &Pressed) -> Option<Button> {
    Some(Button::Press {
        label,
        data: pressed.data()?,
    })
}

impl Team {
    /// The card of an order; nothing when it says what is over.
    pub(crate) async fn order_card(
        &self,
        reader: &Reader<'_>,
        shop: &ShopId,
        code: &str,
        why: Why,
    ) -> Result<Drawn, TeamError> {
        let scope = &reader.member.scope;
        let shop = match self.rooms.catalog.shop(scope, shop).await {
            Ok(shop) => shop,
            Err(sauda_catalog::CatalogError::NotFound { .. }) => return Ok(Drawn::Nothing("outdated")),
            Err(error) => return Err(error.into()),
        };
        let view = match self.rooms.orders.view(scope, &shop.id, code).await {
            Ok(view) => view,
            Err(OrdersError::NotFound { .. }) => return Ok(Drawn::Nothing("outdated")),
            Err(error) => return Err(error.into()),
        };
        if !reader.is_shown && !still_matters(why, &view) {
            return Ok(Drawn::Nothing("outdated"));
        }
        let last = view.commands.last();
        let is_under_way = last.is_some_and(|command| command.state.is_open());
        let age = reader.age;
        let look_again = if is_under_way {
            Some(SOON)
        } else {
            (!view.order.seen.stage.is_over() && age < OLD).then_some(SELDOM)
        };
        Ok(Drawn::Post {
            post: Post {
                text: words(reader, &shop, &view, why, last),
                buttons: self.buttons(reader, &shop, &view, is_under_way),
                ..Post::default()
            },
            look_again,
        })
    }

    fn buttons(
        &self,
        reader: &Reader<'_>,
        shop: &Shop,
        view: &OrderView,
        is_under_way: bool,
    ) -> Vec<Vec<Button>> {
        let seen = &view.order.seen;
        let id = || (shop.id.clone(), seen.code.clone());
        let mut first = Vec::new();
        let may_act = reader.member.scope.may(Right::ManageOrders) && !is_under_way;
        if may_act && ActKind::Accept.fits(seen.stage, seen.document.is_kaspi_delivery) {
            let (shop, code) = id();
            first.extend(press(
                reader.to.say("team-button-accept", &[]),
                &Pressed::Accept { shop, code },
            ));
        }
        if may_act
            && seen.stage == Stage::Pack
            && ActKind::Assemble.fits(seen.stage, seen.document.is_kaspi_delivery)
        {
            let (shop, code) = id();
            first.extend(press(
                reader.to.say("team-button-assemble", &[]),
                &Pressed::Assemble { shop, code },
            ));
        }
        if !view.waybills.is_empty() && seen.stage == Stage::HandOver {
            let (shop, code) = id();
            first.extend(press(
                reader.to.say("team-button-waybill", &[]),
                &Pressed::Waybill { shop, code },
            ));
        }
        let mut second = Vec::new();
        if seen.due_at.is_some() {
            let (shop, code) = id();
            second.extend(press(
                reader.to.say("team-button-later", &[]),
                &Pressed::Later { shop, code },
            ));
        }
        if let Some(url) = self.page(&format!("/s/{}/orders/{}", shop.slug, seen.code)) {
            second.push(Button::Open {
                label: reader.to.say("team-button-open", &[]),
                url,
            });
        }
        [first, second]
            .into_iter()
            .filter(|row| !row.is_empty())
            .collect()
    }
}

/// Whether what it was to be told for is still so.
fn still_matters(why: Why, view: &OrderView) -> bool {
    match why {
        Why::New => view.order.seen.stage == Stage::New,
        Why::FourHours | Why::OneHour | Why::Later => view.order.seen.due_at.is_some(),
        Why::Asked => true,
    }
}

fn words(reader: &Reader<'_>, shop: &Shop, view: &OrderView, why: Why, last: Option<&Command>) -> Text {
    let (to, seen) = (&reader.to, &view.order.seen);
    let mut text = Text::default();
    if why != Why::Asked {
        text = text
            .bold(to.say(&format!("team-why-{}", why.word()), &[]))
            .then("\n");
    }
    text = text
        .then(to.say("team-order", &[]))
        .then(" ")
        .code(seen.code.clone())
        .then(format!(" · {}\n", shop.name));
    for line in view.lines.iter().take(LINES) {
        text = text.then(format!("{} × {}\n", line.quantity, line.name));
    }
    if view.lines.len() > LINES {
        let more = i64::try_from(view.lines.len() - LINES).unwrap_or(i64::MAX);
        text = text
            .then(to.say("team-more", &[("n", Said::Number(more))]))
            .then("\n");
    }
    if reader.sees_money {
        text = text
            .then(to.say("team-order-sum", &[("sum", Said::Money(seen.total))]))
            .then("\n");
    }
    if let Some(due) = seen.due_at {
        text = text
            .then(to.say("team-order-due", &[("until", Said::Moment(due))]))
            .then("\n");
    }
    text.then(state(reader, view, last))
}

/// Where it stands, or what is under way with it.
fn state(reader: &Reader<'_>, view: &OrderView, last: Option<&Command>) -> String {
    let to = &reader.to;
    let stage = view.order.seen.stage;
    let stands = to.say(&format!("stage-{}", stage.word()), &[]);
    let Some(command) = last else {
        return stands;
    };
    let kind = command.act.kind();
    let act = Said::Key(format!("act-{}", kind.word()));
    if command.state.is_open() {
        return to.say("team-order-pending", &[("act", act)]);
    }
    if !kind.fits(stage, view.order.seen.document.is_kaspi_delivery) {
        return stands;
    }
    match command.state {
        CommandState::Refused => {
            let text = command.trouble_text.clone().unwrap_or_default();
            to.say("team-order-refused", &[("act", act), ("text", Said::Text(text))])
        }
        CommandState::Unseen => to.say("team-order-unseen", &[("act", act)]),
        CommandState::Recorded
        | CommandState::Sending
        | CommandState::Taken
        | CommandState::Unclear
        | CommandState::Done => stands,
    }
}
