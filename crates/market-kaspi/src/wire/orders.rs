//! What the official API answers about orders (JSON:API with deviations). Refuses to fail on a single odd member.

use super::{
    loose::{List, Thing},
    number::Number,
    text::{Flag, Text},
};
use serde::Deserialize;

/// `GET /orders`, with or without `include[orders]=entries`.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct OrdersAnswer<'a> {
    #[serde(borrow)]
    pub data: List<Thing<OrderRow<'a>>>,
    #[serde(borrow)]
    pub included: List<Thing<EntryRow<'a>>>,
    pub meta: Thing<Meta>,
}

/// `GET /orders/{id}/entries`.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct EntriesAnswer<'a> {
    #[serde(borrow)]
    pub data: List<Thing<EntryRow<'a>>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Meta {
    pub page_count: Number,
    pub total_count: Number,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct OrderRow<'a> {
    #[serde(borrow)]
    pub id: Text<'a>,
    #[serde(borrow)]
    pub attributes: Thing<Box<OrderAttributes<'a>>>,
    #[serde(borrow)]
    pub relationships: Thing<OrderRelations<'a>>,
}

/// Members of the delivery stand in `kaspiDelivery`; the guide's own table lists them flat, so both are read.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct OrderAttributes<'a> {
    #[serde(borrow)]
    pub code: Text<'a>,
    pub total_price: Number,
    #[serde(borrow)]
    pub payment_mode: Text<'a>,
    pub credit_term: Number,
    pub creation_date: Number,
    pub approved_by_bank_date: Number,
    pub planned_delivery_date: Number,
    pub reservation_date: Number,
    pub delivery_cost: Number,
    pub delivery_cost_for_seller: Number,
    pub is_kaspi_delivery: Flag,
    #[serde(borrow)]
    pub delivery_mode: Text<'a>,
    #[serde(borrow)]
    pub delivery_address: Thing<AddressRow<'a>>,
    #[serde(borrow)]
    pub origin_address: Thing<OriginRow<'a>>,
    #[serde(borrow)]
    pub pickup_point_id: Text<'a>,
    pub signature_required: Flag,
    pub pre_order: Flag,
    pub assembled: Flag,
    #[serde(borrow)]
    pub state: Text<'a>,
    #[serde(borrow)]
    pub status: Text<'a>,
    #[serde(borrow)]
    pub cancellation_reason: Text<'a>,
    #[serde(borrow)]
    pub customer: Thing<CustomerRow<'a>>,
    #[serde(borrow)]
    pub kaspi_delivery: Thing<DeliveryRow<'a>>,
    #[serde(borrow, flatten)]
    pub flat: DeliveryRow<'a>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct DeliveryRow<'a> {
    #[serde(borrow)]
    pub waybill: Text<'a>,
    #[serde(borrow)]
    pub waybill_number: Text<'a>,
    pub courier_transmission_planning_date: Number,
    pub courier_transmission_date: Number,
    pub express: Flag,
    pub returned_to_warehouse: Flag,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct CustomerRow<'a> {
    #[serde(borrow)]
    pub first_name: Text<'a>,
    #[serde(borrow)]
    pub last_name: Text<'a>,
    #[serde(borrow)]
    pub name: Text<'a>,
    #[serde(borrow)]
    pub cell_phone: Text<'a>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct AddressRow<'a> {
    #[serde(borrow)]
    pub street_name: Text<'a>,
    #[serde(borrow)]
    pub street_number: Text<'a>,
    #[serde(borrow)]
    pub town: Text<'a>,
    #[serde(borrow)]
    pub apartment: Text<'a>,
    #[serde(borrow)]
    pub formatted_address: Text<'a>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct OriginRow<'a> {
    #[serde(borrow)]
    pub display_name: Text<'a>,
    #[serde(borrow)]
    pub address: Thing<AddressRow<'a>>,
    #[serde(borrow)]
    pub city: Thing<CityRow<'a>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct CityRow<'a> {
    #[serde(borrow)]
    pub code: Text<'a>,
    #[serde(borrow)]
    pub name: Text<'a>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct OrderRelations<'a> {
    #[serde(borrow)]
    pub entries: Thing<Several<'a>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Several<'a> {
    #[serde(borrow)]
    pub data: List<Thing<Link<'a>>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct One<'a> {
    #[serde(borrow)]
    pub data: Thing<Link<'a>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Link<'a> {
    #[serde(borrow)]
    pub id: Text<'a>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct EntryRow<'a> {
    #[serde(borrow, rename = "type")]
    pub kind: Text<'a>,
    #[serde(borrow)]
    pub id: Text<'a>,
    #[serde(borrow)]
    pub attributes: Thing<EntryAttributes<'a>>,
    #[serde(borrow)]
    pub relationships: Thing<EntryRelations<'a>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct EntryAttributes<'a> {
    pub entry_number: Number,
    #[serde(borrow)]
    pub unit_type: Text<'a>,
    pub quantity: Number,
    pub base_price: Number,
    pub total_price: Number,
    pub delivery_cost: Number,
    pub weight: Number,
    pub min_allowed_weight: Number,
    #[serde(borrow)]
    pub category: Thing<CategoryRow<'a>>,
    #[serde(borrow)]
    pub offer: Thing<OfferRow<'a>>,
    pub is_imei_required: Flag,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct CategoryRow<'a> {
    #[serde(borrow)]
    pub code: Text<'a>,
    #[serde(borrow)]
    pub title: Text<'a>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct OfferRow<'a> {
    #[serde(borrow)]
    pub code: Text<'a>,
    #[serde(borrow)]
    pub name: Text<'a>,
    pub is_imei_required: Flag,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct EntryRelations<'a> {
    #[serde(borrow)]
    pub product: Thing<One<'a>>,
}

/// `{"errors":[{"title":"…"}]}`.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct ErrorsAnswer<'a> {
    #[serde(borrow)]
    pub errors: List<Thing<ErrorRow<'a>>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct ErrorRow<'a> {
    #[serde(borrow)]
    pub title: Text<'a>,
}

/// `PUT /shop/api/orderPartialCancel/{order}`.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct WeightAnswer<'a> {
    #[serde(borrow)]
    pub status: Text<'a>,
}

/// `POST /orderEntryCancelOperation`.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct EntryCancelAnswer<'a> {
    #[serde(borrow)]
    pub data: Thing<EntryCancelData<'a>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct EntryCancelData<'a> {
    #[serde(borrow)]
    pub attributes: Thing<EntryCancelWords<'a>>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct EntryCancelWords<'a> {
    #[serde(borrow)]
    pub status: Text<'a>,
}
