//! How an order is shown to programs. Sums need the right to see money, phones and addresses the right to see buyers.

use crate::shape::{Moment, Sum};
use sauda_accounts::{Right, Scope};
use sauda_orders::{
    Command, Event, Waybill, Who,
    model::{ActKind, Line, Order},
};
use serde::Serialize;
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// One line of an order.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = OrderLine)]
pub(crate) struct LineView {
    pub number: i64,
    /// The marketplace's own id of the line.
    pub entry_id: String,
    /// Empty when the marketplace does not say.
    pub sku: String,
    /// The marketplace's card.
    pub card: Option<String>,
    pub name: String,
    pub quantity: i64,
    /// Of one piece.
    pub price: Option<Sum>,
    pub total: Option<Sum>,
    /// The offer of this shop with that article.
    pub offer_id: Option<String>,
}

/// Something asked for with an order.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = OrderCommand)]
pub(crate) struct CommandView {
    pub id: String,
    /// `accept`, `assemble`, `cancel`, `send_code`, `complete`, `arrived`, `arrived_backward`.
    pub act: &'static str,
    /// `recorded`, `sending`, `taken`, `unclear`, then `done`, `refused` or `unseen`.
    pub state: &'static str,
    /// Empty for the program itself.
    pub asked_by: String,
    pub asked_at: Moment,
    pub sent_at: Option<Moment>,
    pub trouble: Option<String>,
    /// The marketplace's own words.
    pub trouble_text: Option<String>,
}

impl From<&Command> for CommandView {
    fn from(command: &Command) -> Self {
        Self {
            id: command.id.to_string(),
            act: command.act.kind().word(),
            state: command.state.word(),
            asked_by: command.asked_by.clone(),
            asked_at: command.asked_at.into(),
            sent_at: command.sent_at.map(Moment),
            trouble: command.trouble.clone(),
            trouble_text: command.trouble_text.clone(),
        }
    }
}

/// An order.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Order)]
pub(crate) struct OrderView {
    pub id: String,
    pub shop_id: String,
    /// The number that people know.
    pub code: String,
    /// Where it stands with us: `new`, `sign`, `pack`, `hand_over`, `on_way`, `deliver`, `pickup`, `preorder`, `coming_back`,
    /// `return_asked`, `done`, `returned`, `cancelled`, `unknown`.
    pub stage: &'static str,
    pub stage_since: Moment,
    /// The marketplace's own words.
    pub market_tab: String,
    pub market_status: String,
    /// Until when the next act is due.
    pub due_at: Option<Moment>,
    pub created_at: Moment,
    pub read_at: Moment,
    pub total: Option<Sum>,
    pub buyer: String,
    /// As the marketplace shows it.
    pub phone: Option<String>,
    pub address: Option<String>,
    pub town: String,
    pub is_kaspi_delivery: bool,
    pub is_express: bool,
    pub is_preorder: bool,
    pub delivery_mode: Option<String>,
    pub waybill_number: Option<String>,
    pub cancel_reason: Option<String>,
    /// Acts that make sense now.
    pub acts: Vec<&'static str>,
    pub lines: Vec<LineView>,
    /// What is under way.
    pub pending: Option<CommandView>,
}

impl OrderView {
    pub(crate) fn of(order: &Order, lines: &[Line], pending: Option<&Command>, scope: &Scope) -> Self {
        let (money, buyers) = (scope.may(Right::ViewMoney), scope.may(Right::ViewBuyers));
        let (seen, facts) = (&order.seen, &order.seen.document);
        Self {
            id: order.id.to_string(),
            shop_id: order.shop.to_string(),
            code: seen.code.clone(),
            stage: seen.stage.word(),
            stage_since: order.stage_since.into(),
            market_tab: seen.tab.clone(),
            market_status: seen.status.clone(),
            due_at: seen.due_at.map(Moment),
            created_at: seen.created_at.into(),
            read_at: order.read_at.into(),
            total: money.then(|| seen.total.into()),
            buyer: if buyers {
                seen.buyer.clone()
            } else {
                seen.short_buyer()
            },
            phone: Some(seen.phone.clone()).filter(|phone| buyers && !phone.is_empty()),
            address: facts.address.clone().filter(|_| buyers),
            town: seen.town.clone(),
            is_kaspi_delivery: facts.is_kaspi_delivery,
            is_express: facts.express,
            is_preorder: facts.preorder,
            delivery_mode: facts.delivery_mode.clone(),
            waybill_number: facts.waybill_number.clone(),
            cancel_reason: facts.cancel_reason.clone(),
            acts: ActKind::ALL
                .into_iter()
                .filter(|kind| kind.fits(seen.stage, facts.is_kaspi_delivery) && kind.suits(lines))
                .map(ActKind::word)
                .collect(),
            lines: lines
                .iter()
                .map(|line| LineView {
                    number: line.number,
                    entry_id: line.market_id.clone(),
                    sku: line.sku.clone(),
                    card: line.card.clone(),
                    name: line.name.clone(),
                    quantity: line.quantity,
                    price: money.then(|| line.price.into()),
                    total: money.then(|| line.total.into()),
                    offer_id: line.offer.as_ref().map(ToString::to_string),
                })
                .collect(),
            pending: pending.map(CommandView::from),
        }
    }
}

/// Something that happened to an order.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = OrderEvent)]
pub(crate) struct EventView {
    pub at: Moment,
    /// `market`, `program` or `person`.
    pub by: &'static str,
    /// Name of the person.
    pub name: Option<String>,
    pub code: String,
    pub args: BTreeMap<String, String>,
}

impl EventView {
    pub(crate) fn of(event: Event, scope: &Scope) -> Self {
        let (by, name) = match event.who {
            Who::Market => ("market", None),
            Who::Program => ("program", None),
            Who::Person(name) => ("person", Some(name)),
        };
        // Sums of before and after.
        let is_hidden = event.word == "total" && !scope.may(Right::ViewMoney);
        Self {
            at: event.at.into(),
            by,
            name,
            args: if is_hidden { BTreeMap::new() } else { event.args },
            code: event.word,
        }
    }
}

/// A stored waybill.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Waybill)]
pub(crate) struct WaybillView {
    pub number: String,
    pub stored_at: Moment,
    /// Bytes of the PDF.
    pub size: i64,
}

impl From<Waybill> for WaybillView {
    fn from(paper: Waybill) -> Self {
        Self {
            number: paper.number,
            stored_at: paper.stored_at.into(),
            size: paper.size,
        }
    }
}
