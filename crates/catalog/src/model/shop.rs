//! A shop on a marketplace, its points and cities.

use crate::model::AccessState;
use sauda_kernel::{AccessId, MerchantId, ShopId, Timestamp};

#[derive(Debug, Clone)]
pub struct Shop {
    pub id: ShopId,
    pub merchant: MerchantId,
    pub access: Option<AccessId>,
    pub marketplace: String,
    /// The marketplace's own id.
    pub uid: String,
    /// Word in addresses.
    pub slug: String,
    pub name: String,
    pub main_city: Option<String>,
    pub synced_at: Option<Timestamp>,
    pub sync_error: Option<String>,
    /// `direct`, `pool` or a proxy id.
    pub egress: String,
    /// State of its access; `None` for a shop without one.
    pub access_state: Option<AccessState>,
    pub access_until: Option<Timestamp>,
    pub contact_at: Option<Timestamp>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShopPoint {
    pub id: String,
    pub code: String,
    pub name: String,
    pub enabled: bool,
    pub city_id: Option<String>,
    pub gone_at: Option<Timestamp>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShopCity {
    pub city_id: String,
    pub name: String,
    /// Whether the price bot works there.
    pub watched: bool,
    pub gone_at: Option<Timestamp>,
}
