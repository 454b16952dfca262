//! What happened to orders of all shops since a place, for rooms that follow them. Refuses to say what follows from it.

use crate::{Orders, OrdersError, store::events};
use sauda_kernel::{MerchantId, OrderEventId, ShopId, Timestamp};

/// One thing that happened to an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Happened {
    /// Where it stands among all of them, by the time it was noted.
    pub place: OrderEventId,
    pub merchant: MerchantId,
    pub shop: ShopId,
    /// Number of the order.
    pub code: String,
}

impl Orders {
    /// What was noted after a place, in the order of noting; at most 1 000.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn happened_since(
        &self,
        after: &OrderEventId,
        limit: i64,
    ) -> Result<Vec<Happened>, OrdersError> {
        Ok(events::since(&self.db, after, limit.clamp(1, 1_000)).await?)
    }

    /// The place before everything that is noted from a moment on.
    pub fn place_at(moment: Timestamp) -> OrderEventId {
        OrderEventId::from_parts(moment, [0; 10])
    }
}
