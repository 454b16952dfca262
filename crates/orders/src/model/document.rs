//! An order as it is kept: the marketplace's facts, and ours beside them.

use crate::model::{Stage, rules};
use sauda_kernel::{Money, OfferId, OrderId, ShopId, Timestamp};
use sauda_market as market;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// What the marketplace said of an order last, beside the columns of its row. New members are optional: old documents stay readable.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Document {
    pub payment: Option<String>,
    pub credit_months: Option<i64>,
    pub approved_at: Option<Timestamp>,
    pub planned_delivery_at: Option<Timestamp>,
    pub reserved_until: Option<Timestamp>,
    pub delivery_cost: Option<Money>,
    pub delivery_cost_for_seller: Option<Money>,
    pub is_kaspi_delivery: bool,
    pub delivery_mode: Option<String>,
    pub address: Option<String>,
    pub origin: Option<String>,
    pub point_id: Option<String>,
    pub signature_required: bool,
    pub preorder: bool,
    pub assembled: bool,
    pub cancel_reason: Option<String>,
    /// The phone is shown whole by the marketplace.
    pub phone_known: bool,
    pub waybill_url: Option<String>,
    pub waybill_number: Option<String>,
    pub handover_planned_at: Option<Timestamp>,
    pub handed_over_at: Option<Timestamp>,
    /// Until when it was to be handed over, as it was known before: afterwards the marketplace tells the moment itself.
    pub hand_over_due: Option<Timestamp>,
    pub express: bool,
    pub returned_to_warehouse: bool,
}

/// An order as the marketplace shows it now, in the words of this room.
#[derive(Debug, Clone, PartialEq)]
pub struct Seen {
    pub market_id: String,
    pub code: String,
    pub tab: String,
    pub status: String,
    pub stage: Stage,
    pub due_at: Option<Timestamp>,
    pub total: Money,
    pub created_at: Timestamp,
    pub town: String,
    pub buyer: String,
    pub phone: String,
    pub document: Document,
}

impl Seen {
    /// Name and the first letter of the family name: enough to call somebody, where others see it too.
    pub fn short_buyer(&self) -> String {
        let mut words = self.buyer.split_whitespace();
        let first = words.next().unwrap_or_default();
        words
            .next()
            .and_then(|family| family.chars().next())
            .map_or_else(|| first.to_owned(), |letter| format!("{first} {letter}."))
    }

    /// Reads the marketplace's document.
    pub fn of(order: &market::Order) -> Self {
        let parcel = order.delivery.clone().unwrap_or_default();
        let (phone, phone_known) = match &order.buyer.phone {
            market::BuyerPhone::Known(phone) => (phone.clone(), true),
            market::BuyerPhone::Masked(text) => (text.clone(), false),
            market::BuyerPhone::Unknown => (String::new(), false),
        };
        let names = [&order.buyer.first_name, &order.buyer.last_name];
        let names: Vec<&str> = names.into_iter().flatten().map(|name| name.trim()).collect();
        let town = order.address.as_ref().and_then(|address| address.town.clone());
        let origin = order.origin.as_ref();
        let document = Document {
            payment: order.payment.clone(),
            credit_months: order.credit_months,
            approved_at: order.approved_at,
            planned_delivery_at: order.planned_delivery_at,
            reserved_until: order.reserved_until,
            delivery_cost: order.delivery_cost,
            delivery_cost_for_seller: order.delivery_cost_for_seller,
            is_kaspi_delivery: order.is_kaspi_delivery,
            delivery_mode: order.delivery_mode.clone(),
            address: order.address.as_ref().and_then(|address| address.line.clone()),
            origin: origin.and_then(|origin| origin.name.clone().or_else(|| origin.line.clone())),
            point_id: order.point_id.clone(),
            hand_over_due: None,
            signature_required: order.signature_required,
            preorder: order.preorder,
            assembled: order.assembled,
            cancel_reason: order.cancel_reason.clone(),
            phone_known,
            waybill_url: parcel.waybill_url,
            waybill_number: parcel.waybill_number,
            handover_planned_at: parcel.handover_planned_at,
            handed_over_at: parcel.handed_over_at,
            express: parcel.express,
            returned_to_warehouse: parcel.returned_to_warehouse,
        };
        let stage = Stage::of(&order.tab, &order.status, &document);
        Self {
            market_id: order.id.clone(),
            code: order.code.clone(),
            tab: order.tab.word().to_owned(),
            status: order.status.word().to_owned(),
            stage,
            due_at: rules::due(stage, order.created_at, &document),
            total: order.total,
            created_at: order.created_at,
            town: town
                .or_else(|| origin.and_then(|origin| origin.city_name.clone()))
                .unwrap_or_default(),
            buyer: names.join(" ").trim().to_owned(),
            phone,
            document,
        }
    }
}

/// An order as it is kept.
#[derive(Debug, Clone, PartialEq)]
pub struct Order {
    pub id: OrderId,
    pub shop: ShopId,
    pub seen: Seen,
    pub stage_since: Timestamp,
    pub read_at: Timestamp,
}

/// One line of an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub number: i64,
    pub market_id: String,
    pub sku: String,
    pub card: Option<String>,
    pub name: String,
    pub quantity: i64,
    pub price: Money,
    pub total: Money,
    pub offer: Option<OfferId>,
    /// Of goods by weight; nothing for pieces.
    pub grams: Option<i64>,
    /// The numbers of the devices have to be told.
    pub imei: bool,
}

impl Line {
    /// What a line is told apart by within its order: the marketplace's own id, else its number.
    pub fn entry(&self) -> Cow<'_, str> {
        if self.market_id.is_empty() {
            Cow::Owned(format!("#{}", self.number))
        } else {
            Cow::Borrowed(&self.market_id)
        }
    }
}
