//! How an order is shown, on the list and on its page. Refuses to fetch anything.

use crate::{
    pages::prices::show::goods,
    views::{
        fit::FitMark,
        orders::{OrderRow, Pending},
        parts::{Goods, State},
    },
};
use sauda_catalog::CatalogOffer;
use sauda_kernel::{OfferId, Span, Timestamp};
use sauda_orders::{
    Command,
    fit::LineFit,
    model::{ActKind, Line, Order, Stage, Way},
};
use std::collections::HashMap;

/// Offers of the lines by their id.
pub(super) type Offers = HashMap<OfferId, CatalogOffer>;

/// What rows share.
pub(super) struct Shared<'a> {
    pub base: &'a str,
    pub now: Timestamp,
    pub offers: &'a Offers,
    pub sees_money: bool,
    pub may_edit: bool,
}

pub(super) fn row(shared: &Shared<'_>, order: &Order, lines: &[Line], command: Option<&Command>) -> OrderRow {
    let seen = &order.seen;
    let first = lines.first();
    let next = ActKind::next(seen.stage).filter(|kind| {
        // A code needs the buyer at the counter: that is done on the order's own page.
        shared.may_edit && !matches!(kind, ActKind::SendCode | ActKind::Complete)
    });
    OrderRow {
        code: seen.code.clone(),
        href: format!("{}/{}", shared.base, seen.code),
        due_at: seen.due_at,
        due_tone: due_tone(seen.due_at, shared.now),
        created_at: seen.created_at,
        buyer: seen.short_buyer(),
        town: seen.town.clone(),
        way: Way::of(&order.seen.document).word(),
        goods: first.map(|line| line_goods(line, shared.offers)),
        quantity: first.map_or(0, |line| line.quantity),
        more: i64::try_from(lines.len().saturating_sub(1)).unwrap_or(0),
        total: shared.sees_money.then_some(seen.total),
        stage: State::new(seen.stage.word(), stage_tone(seen.stage)),
        next: next.map(ActKind::word),
        pending: command.map(|command| Pending {
            act: command.act.kind().word(),
            state: command.state.word(),
        }),
        fit: None,
        asked: None,
    }
}

/// The advice of the first line that has one; one that differs goes first.
pub(super) fn fit_mark(fits: &[LineFit]) -> Option<FitMark> {
    let marks = || fits.iter().filter_map(mark);
    marks().find(|mark| mark.differs).or_else(|| marks().next())
}

pub(super) fn mark(fit: &LineFit) -> Option<FitMark> {
    Some(FitMark {
        size: fit.size()?.to_owned(),
        sureness: fit.sureness()?,
        percent: fit.percent(),
        differs: fit.differs(),
    })
}

/// Goods of a line: those of the offer when it is ours, otherwise as they were sold.
pub(super) fn line_goods(line: &Line, offers: &Offers) -> Goods {
    let own = line.offer.as_ref().and_then(|offer| offers.get(offer));
    own.map_or_else(
        || {
            Goods::new(
                "",
                if line.name.is_empty() {
                    &line.sku
                } else {
                    &line.name
                },
                &line.sku,
            )
        },
        goods,
    )
}

fn due_tone(due: Option<Timestamp>, now: Timestamp) -> &'static str {
    match due {
        Some(due) if due < now.plus(Span::from_hours(1)) => "bad",
        Some(due) if due < now.plus(Span::from_hours(4)) => "warn",
        _ => "",
    }
}

pub(super) const fn stage_tone(stage: Stage) -> &'static str {
    match stage {
        Stage::New => "bot",
        Stage::Pack | Stage::HandOver | Stage::Deliver => "warn",
        Stage::Done | Stage::OnWay => "ok",
        Stage::ComingBack | Stage::ReturnAsked | Stage::Unknown => "bad",
        Stage::Sign | Stage::Pickup | Stage::Preorder | Stage::Returned | Stage::Cancelled => "off",
    }
}
