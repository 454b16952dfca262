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
use sauda_kernel::{OfferId, OrderId, Span, Timestamp};
use sauda_market as market;
use sauda_store::Tx;
use std::collections::{HashMap, HashSet};

/// The first look for a waybill after the parcel was declared ready.
pub(super) const FIRST_LOOK: Span = Span::from_secs(15);

/// Offers of the shop by their article.
pub(super) type Articles = HashMap<String, OfferId>;

/// What an order brought that was not kept before.
struct News {
    known: Option<Order>,
    seen: Seen,
    since: Timestamp,
    /// Nothing when they were not told.
    lines: Option<Vec<Line>>,
}

impl News {
    /// Nothing when the marketplace says the same as before.
    fn of(
        read: &market::Order,
        known: Option<Order>,
        articles: &Articles,
        now: Timestamp,
    ) -> Result<Self, OrderId> {
        let mut seen = Seen::of(read);
        let since = known
            .as_ref()
            .filter(|known| known.seen.stage == seen.stage)
            .map_or(now, |known| known.stage_since);
        seen.due_at = rules::decide_by(seen.stage, since).or(seen.due_at);
        seen.document.hand_over_due = match seen.stage {
            Stage::Pack | Stage::HandOver => seen.due_at,
            _ => known.as_ref().and_then(|known| known.seen.document.hand_over_due),
        };
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
                return Err(known.id.clone());
            }
        }
        let lines = read.entries.as_ref().map(|entries| lines_of(entries, articles));
        Ok(Self {
            known,
            seen,
            since,
            lines,
        })
    }
}

impl Clerk {
    /// Keeps a page of orders in one go; how many brought anything new.
    pub(super) async fn keep(&self, key: &Key<'_>, read: &[market::Order]) -> Result<usize, OrdersError> {
        if read.is_empty() {
            return Ok(0);
        }
        let (db, articles, now) = (&self.orders.db, key.articles().await?, self.orders.clock.now());
        let codes: Vec<&str> = read.iter().map(|order| order.code.as_str()).collect();
        let known = orders::by_codes(db, key.shop, &codes).await?;
        let mut known: HashMap<String, Order> = known
            .into_iter()
            .map(|order| (order.seen.code.clone(), order))
            .collect();
        let (mut same, mut news, mut met) = (Vec::new(), Vec::new(), HashSet::new());
        for order in read {
            // A list that names an order twice tells one thing of it.
            if met.insert(order.code.as_str()) {
                match News::of(order, known.remove(&order.code), articles, now) {
                    Ok(new) => news.push(new),
                    Err(id) => same.push(id),
                }
            }
        }
        if !same.is_empty() {
            orders::read_again(db, &same, now).await?;
        }
        if news.is_empty() {
            return Ok(0);
        }
        self.keep_news(key, &news, now).await
    }

    async fn keep_news(&self, key: &Key<'_>, news: &[News], now: Timestamp) -> Result<usize, OrdersError> {
        let untold: Vec<OrderId> = news
            .iter()
            .filter(|new| new.lines.is_none())
            .filter_map(|new| new.known.as_ref().map(|known| known.id.clone()))
            .collect();
        let kept = if untold.is_empty() {
            HashMap::new()
        } else {
            lines::of(&self.orders.db, &untold).await?
        };
        let mut all: Vec<(Option<&OrderId>, &Line)> = Vec::new();
        for new in news {
            let id = new.known.as_ref().map(|known| &known.id);
            let told = new.lines.as_ref().or_else(|| kept.get(id?));
            all.extend(told.into_iter().flatten().map(|line| (id, line)));
        }
        let stock = self.orders.stock_facts(key.scope, &all).await?;
        let mut tx = self.orders.db.write().await?;
        self.orders.hold_stock(&mut tx, key.scope, stock.as_ref()).await?;
        let (mut events, mut lines, mut parcels, mut many) = (Vec::new(), Vec::new(), Vec::new(), 0);
        for new in news {
            let (known, seen) = (new.known.as_ref(), &new.seen);
            let told = new
                .lines
                .as_ref()
                .or_else(|| known.and_then(|known| kept.get(&known.id)));
            let fold = fold(seen, told.map_or(&[], Vec::as_slice));
            let id = match known {
                Some(known) => {
                    orders::update(&mut tx, &known.id, seen, &fold, new.since, now).await?;
                    known.id.clone()
                }
                None => match self.insert(&mut tx, key, seen, &fold, now).await? {
                    Some(id) => id,
                    // Another process kept it meanwhile: the next reading sees what differs.
                    None => continue,
                },
            };
            many += 1;
            for event in changes(known, seen, now) {
                events.push((self.orders.id(), id.clone(), event));
            }
            if waits_for_waybill(seen) && known.is_none_or(|known| is_news(&known.seen, seen)) {
                parcels.push(id.clone());
            }
            if let Some(told) = told {
                self.orders
                    .follow_stock(&mut tx, key.scope, stock.as_ref(), (&id, seen, told))
                    .await?;
            }
            if let Some(told) = &new.lines {
                lines.push((id, told.as_slice()));
            }
        }
        events::add_all(&mut tx, &events).await?;
        let lines: Vec<(&OrderId, &[Line])> = lines.iter().map(|(id, told)| (id, *told)).collect();
        lines::replace(&mut tx, &lines).await?;
        if !parcels.is_empty() {
            orders::look_first(&mut tx, &parcels, now.plus(FIRST_LOOK)).await?;
        }
        tx.commit().await?;
        Ok(many)
    }

    /// Keeps an order that was not here; nothing when it is here by now.
    async fn insert(
        &self,
        tx: &mut Tx,
        key: &Key<'_>,
        seen: &Seen,
        fold: &str,
        now: Timestamp,
    ) -> Result<Option<OrderId>, OrdersError> {
        let id: OrderId = self.orders.id();
        let new = orders::NewOrder {
            id: &id,
            scope: key.scope,
            shop: key.shop,
            seen,
            fold,
            now,
        };
        Ok((orders::insert(tx, &new).await? > 0).then_some(id))
    }

    /// Keeps the lines of orders that were asked for by themselves.
    pub(super) async fn keep_lines(
        &self,
        key: &Key<'_>,
        told: &[(OrderId, Vec<market::OrderEntry>)],
    ) -> Result<(), OrdersError> {
        if told.is_empty() {
            return Ok(());
        }
        let articles = key.articles().await?;
        let told: Vec<(&OrderId, Vec<Line>)> = told
            .iter()
            .map(|(id, entries)| (id, lines_of(entries, articles)))
            .collect();
        let ids: Vec<OrderId> = told.iter().map(|(id, _)| (*id).clone()).collect();
        let all: Vec<(Option<&OrderId>, &Line)> = told
            .iter()
            .flat_map(|(id, lines)| lines.iter().map(|line| (Some(*id), line)))
            .collect();
        let stock = self.orders.stock_facts(key.scope, &all).await?;
        let mut tx = self.orders.db.write().await?;
        self.orders.hold_stock(&mut tx, key.scope, stock.as_ref()).await?;
        let known = orders::by_ids(&mut tx, &ids).await?;
        let told: Vec<(&OrderId, &[Line])> = told
            .iter()
            .filter(|(id, _)| known.contains_key(*id))
            .map(|(id, lines)| (*id, lines.as_slice()))
            .collect();
        lines::replace(&mut tx, &told).await?;
        for (id, lines) in &told {
            if let Some(order) = known.get(*id) {
                orders::find_by(&mut tx, id, &fold(&order.seen, lines)).await?;
                self.orders
                    .follow_stock(&mut tx, key.scope, stock.as_ref(), (id, &order.seen, lines))
                    .await?;
            }
        }
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
                grams: entry.weight_g.filter(|grams| *grams > 0),
                imei: entry.imei_required,
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
