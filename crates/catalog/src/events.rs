//! Facts that travel to later rooms: jobs with these names, handled by whoever cares.

use sauda_kernel::{MerchantId, ShopId};
use serde::{Deserialize, Serialize};

/// A shop's offers were read whole; prices, points or cities may have changed.
pub const SHOP_SYNCED: &str = "catalog.shop_synced";

/// Payload of `SHOP_SYNCED`, version 1.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ShopSynced {
    pub merchant: MerchantId,
    pub shop: ShopId,
}
