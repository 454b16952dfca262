//! An order of the orders room as facts: for what is told when, and for the words of it. Refuses to take a first reading for news.

use crate::{
    template::{Facts, Item},
    trigger::OrderFacts,
};
use sauda_kernel::Timestamp;
use sauda_orders::{
    Event, OrderView,
    fit::size_in_name,
    model::{Stage, Way},
};

/// What decides which messages an order wants.
pub fn event_facts(view: &OrderView, opted_out: bool, has_answered: bool) -> OrderFacts {
    let seen = &view.order.seen;
    let is_pickup = Way::of(&seen.document) == Way::Pickup;
    let accepted = entered(view, |_, stage| {
        matches!(
            stage,
            Stage::Pack | Stage::HandOver | Stage::OnWay | Stage::Deliver | Stage::Pickup | Stage::Preorder
        )
    });
    let handed_over = seen.document.handed_over_at;
    OrderFacts {
        order: view.order.id.to_string(),
        approved_at: accepted,
        shipped_at: handed_over.or_else(|| entered(view, |_, stage| stage == Stage::OnWay)),
        delivered_at: waits_at(view, accepted),
        completed_at: entered(view, |_, stage| stage == Stage::Done),
        is_cancelled: matches!(
            seen.stage,
            Stage::Cancelled | Stage::ComingBack | Stage::ReturnAsked | Stage::Returned | Stage::Unknown
        ),
        is_pickup,
        needs_size: !has_answered && view.lines.iter().any(|line| size_in_name(&line.name).is_some()),
        has_review: false,
        opted_out,
    }
}

/// From when on it waits for the buyer. Only of the shop's own point this is known: a pre-order came, or the promised day is there; being
/// accepted does not bring it there. When a parcel lies in a parcel locker or at the marketplace's point, nobody tells us.
fn waits_at(view: &OrderView, accepted: Option<Timestamp>) -> Option<Timestamp> {
    let seen = &view.order.seen;
    if seen.stage != Stage::Pickup {
        return None;
    }
    let came = entered(view, |from, stage| {
        from == Some(Stage::Preorder) && stage == Stage::Pickup
    });
    came.or(seen.document.planned_delivery_at)
        .zip(accepted)
        .map(|(there, accepted)| there.max(accepted))
}

/// When the order came to such a stage, from another one, first. An order that was read there for the first time may have come there long ago: its
/// own time counts, not that of the reading.
fn entered(view: &OrderView, is_it: impl Fn(Option<Stage>, Stage) -> bool) -> Option<Timestamp> {
    view.events.iter().find_map(|event: &Event| {
        if !matches!(event.word.as_str(), "stage" | "stage-why") {
            return None;
        }
        let stage = Stage::parse(event.args.get("stage")?)?;
        let from = event.args.get("from").and_then(|word| Stage::parse(word));
        if !is_it(from, stage) {
            return None;
        }
        let was_there_before = event.args.contains_key("from");
        Some(if was_there_before {
            event.at
        } else {
            view.order.seen.created_at
        })
    })
}

/// What stands for the variables of a template.
pub fn template_facts(view: &OrderView, shop: &str, size: &str) -> Facts {
    let seen = &view.order.seen;
    let place = seen
        .document
        .address
        .clone()
        .or_else(|| seen.document.origin.clone())
        .unwrap_or_default();
    let first_name = seen.buyer.split_whitespace().next().unwrap_or_default();
    Facts {
        customer_name: first_name.to_owned(),
        order_code: seen.code.clone(),
        order_total: Some(seen.total.tenge_down()),
        items: view
            .lines
            .iter()
            .map(|line| Item {
                name: line.name.clone(),
                quantity: line.quantity,
            })
            .collect(),
        delivery_address: place,
        store_name: shop.to_owned(),
        size: if size.is_empty() {
            size_of(view)
        } else {
            size.to_owned()
        },
    }
}

/// The size that the goods of an order name, when it is one.
fn size_of(view: &OrderView) -> String {
    let names = view.lines.iter().map(|line| line.name.as_str());
    let mut sizes: Vec<&str> = names.filter_map(size_in_name).collect();
    sizes.dedup();
    match sizes.as_slice() {
        [one] => (*one).to_owned(),
        _ => String::new(),
    }
}
