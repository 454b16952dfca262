//! Reads a change out of a request, single or batch. Refuses to know limits and sessions.

use crate::{
    sim::Sim,
    world::{
        ledger::Change,
        shops::{Availability, short_point},
    },
};
use serde::Deserialize;
use serde_json::Value;

/// One offer's change on the wire.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Body {
    pub merchant_uid: String,
    pub sku: String,
    price: Option<f64>,
    city_prices: Option<Vec<CityPrice>>,
    availabilities: Option<Vec<Goods>>,
    pre_order: Option<u8>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct CityPrice {
    city_id: String,
    value: f64,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Goods {
    available: String,
    store_id: String,
    stock_count: Option<Value>,
    stock_enabled: Option<bool>,
    pre_order: Option<u8>,
}

/// Whole tenge above zero, or none.
fn whole(value: f64) -> Option<u32> {
    let price = crate::numbers::whole(value);
    (price > 0 && (f64::from(price) - value).abs() < 0.001).then_some(price)
}

impl Body {
    /// What is asked for; none when a price is not whole tenge above zero or a city is unknown.
    pub fn change(&self, sim: &Sim, batch: bool) -> Option<Change> {
        let everywhere = match self.price {
            Some(price) => Some(whole(price)?),
            None => None,
        };
        let mut city_prices = Vec::new();
        for price in self.city_prices.iter().flatten() {
            city_prices.push((sim.world.cities.find(&price.city_id)?, whole(price.value)?));
        }
        city_prices.sort_unstable();
        let mut poisoned = false;
        let mut goods = self.availabilities.as_ref().map(|_| Vec::new());
        for one in self.availabilities.iter().flatten() {
            let stock = one
                .stock_count
                .as_ref()
                .and_then(Value::as_f64)
                .map(crate::numbers::whole);
            poisoned = poisoned || (batch && one.stock_count.is_some());
            if let Some(goods) = &mut goods {
                goods.push(Availability {
                    point: short_point(&self.merchant_uid, &one.store_id).to_owned(),
                    available: one.available == "yes",
                    pre_order: one.pre_order.or(self.pre_order).unwrap_or(0),
                    stock: if one.stock_enabled == Some(false) {
                        None
                    } else {
                        stock
                    },
                });
            }
        }
        Some(Change {
            everywhere,
            city_prices,
            availabilities: goods,
            poisoned,
        })
    }
}
