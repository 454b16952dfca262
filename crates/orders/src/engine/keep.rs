//! Keeps what the marketplace says of an order: what changed becomes a line of its history.

use super::{Clerk, call::Key};
use crate::{
    OrdersError,
    model::{Line, Order, Seen, Stage, rules},
    store::{
        events::{self, Event, Who},
        lines, orders,
    },
};
use sauda_kernel::{OfferId, OrderId, Span};
use sauda_market as market;
use std::collections::HashMap;

/// The first look for a waybill after the parcel was declared ready.
pub(super) const FIRST_LOOK: Span = Span::from_secs(15);

/// Offers of the shop by their article.
pub(super) type Articles = HashMap<String, OfferId>;

impl Clerk {
    /// Keeps an order; whether anything was new.
    pub(super) async fn keep(
        &self,
        key: &Key<'_>,
        articles: &Articles,
        read: &market::Order,
    ) -> Result<bool, OrdersError> {
        let db = &self.orders.db;
        let now = self.orders.clock.now();
        let mut seen = Seen::of(read);
        let known = orders::by_code(db, key.shop, &seen.code).await?;
        let since = known
            .as_ref()
            .filter(|known| known.seen.stage == seen.stage)
            .map_or(now, |known| known.stage_since);
        seen.due_at = rules::decide_by(seen.stage, since).or(seen.due_at);
        if let Some(known) = &known {
            // A name that the marketplace hides later was told before; nothing else is guessed.
            if seen.buyer.is_empty() {
                seen.buyer.clone_from(&known.seen.buyer);
            }
            // So was a phone: whoever called once may call again, and the buyer stays the same one.
            if known.seen.document.phone_known && !seen.document.phone_known {
                seen.phone.clone_from(&known.seen.phone);
                seen.document.phone_known = true;
            }
            if known.seen == seen {
                orders::read_again(db, &known.id, now).await?;
                return Ok(false);
            }
        }
        let entries = read.entries.as_ref().map(|entries| lines_of(entries, articles));
        let fold = fold(&seen, entries.as_deref().unwrap_or_default());
        let mut tx = db.write().await?;
        let id = if let Some(known) = &known {
            let fold = if entries.is_some() {
                fold
            } else {
                let kept = lines::of(&mut tx, std::slice::from_ref(&known.id)).await?;
                self::fold(&seen, kept.get(&known.id).map_or(&[], Vec::as_slice))
            };
            orders::update(&mut tx, &known.id, &seen, &fold, since, now).await?;
            known.id.clone()
        } else {
            let id: OrderId = self.orders.id();
            let new = orders::NewOrder {
                id: &id,
                scope: key.scope,
                shop: key.shop,
                seen: &seen,
                fold: &fold,
                now,
            };
            if orders::insert(&mut tx, &new).await? == 0 {
                // Another process kept it meanwhile: the next reading sees what differs.
                return Ok(false);
            }
            id
        };
        for event in changes(known.as_ref(), &seen, now) {
            events::add(&mut tx, &self.orders.id(), &id, &event).await?;
        }
        if let Some(entries) = &entries {
            lines::replace(&mut tx, &id, entries).await?;
        }
        if waits_for_waybill(&seen) && known.as_ref().is_none_or(|known| is_news(&known.seen, &seen)) {
            orders::look_again(&mut tx, &id, Some(now.plus(FIRST_LOOK)), 0).await?;
        }
        tx.commit().await?;
        Ok(true)
    }

    /// Keeps the lines of an order that were asked for by themselves.
    pub(super) async fn keep_lines(
        &self,
        order: &Order,
        articles: &Articles,
        entries: &[market::OrderEntry],
    ) -> Result<(), OrdersError> {
        let kept = lines_of(entries, articles);
        let fold = fold(&order.seen, &kept);
        let mut tx = self.orders.db.write().await?;
        lines::replace(&mut tx, &order.id, &kept).await?;
        orders::update(
            &mut tx,
            &order.id,
            &order.seen,
            &fold,
            order.stage_since,
            order.read_at,
        )
        .await?;
        tx.commit().await?;
        Ok(())
    }
}

/// A parcel of the marketplace's delivery is ready and has not left: its waybill is there or comes.
const fn waits_for_waybill(seen: &Seen) -> bool {
    matches!(seen.stage, Stage::HandOver)
}

/// A parcel became ready, or its waybill is another one now: somebody declared it ready once more.
fn is_news(before: &Seen, after: &Seen) -> bool {
    !waits_for_waybill(before) || before.document.waybill_number != after.document.waybill_number
}

fn lines_of(entries: &[market::OrderEntry], articles: &Articles) -> Vec<Line> {
    (0..)
        .zip(entries)
        .map(|(number, entry)| {
            let sku = entry.sku.clone().unwrap_or_default();
            Line {
                number,
                market_id: entry.id.clone(),
                offer: articles.get(&sku).cloned(),
                sku,
                card: entry.card.clone(),
                name: entry
                    .name
                    .clone()
                    .or_else(|| entry.category_title.clone())
                    .unwrap_or_default(),
                quantity: entry.quantity,
                price: entry.price,
                total: entry.total,
            }
        })
        .collect()
}

/// What searches look through.
fn fold(seen: &Seen, lines: &[Line]) -> String {
    let mut parts = vec![seen.code.as_str(), &seen.buyer, &seen.town];
    for line in lines {
        parts.push(&line.name);
        parts.push(&line.sku);
    }
    if let Some(number) = &seen.document.waybill_number {
        parts.push(number);
    }
    sauda_catalog::fold(&parts)
}

/// What is new about an order, as lines of its history.
fn changes(known: Option<&Order>, seen: &Seen, now: sauda_kernel::Timestamp) -> Vec<Event> {
    let told = |word: &str| Event::new(now, Who::Market, word);
    let Some(known) = known else {
        let first = Event::new(seen.created_at, Who::Market, "ordered");
        return if seen.stage == Stage::New {
            vec![first]
        } else {
            vec![first, told("stage").arg("stage", seen.stage.word())]
        };
    };
    let (before, after) = (&known.seen.document, &seen.document);
    let mut events = Vec::new();
    if known.seen.stage != seen.stage {
        let mut event = match &after.cancel_reason {
            Some(reason) => told("stage-why").arg("cancelled", reason),
            None => told("stage"),
        };
        event = event
            .arg("from", known.seen.stage.word())
            .arg("stage", seen.stage.word());
        events.push(event);
    }
    if before.waybill_number != after.waybill_number
        && let Some(number) = &after.waybill_number
    {
        events.push(told("waybill-issued").arg("number", number));
    }
    if let (None, Some(at)) = (before.handed_over_at, after.handed_over_at) {
        events.push(Event::new(at, Who::Market, "handed-over"));
    }
    if known.seen.total != seen.total {
        events.push(
            told("total")
                .arg("from", known.seen.total.tiyn())
                .arg("to", seen.total.tiyn()),
        );
    }
    events
}
