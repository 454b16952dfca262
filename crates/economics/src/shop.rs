//! What every offer of a shop shares: commission, tax, delivery, packaging. Refuses to guess a purchase cost.

use crate::{CommissionVat, DeliveryService, Wish};
use sauda_kernel::{BasisPoints, Money};
use serde::{Deserialize, Serialize};

/// How the shop counts delivery.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum DeliveryChoice {
    /// The buyer pays, or it is counted elsewhere.
    None,
    /// The same for each order, tiyn.
    Fixed { fee: Money },
    /// The marketplace's dated tariff for a parcel of this weight.
    Tariff { service: DeliveryService, grams: i64 },
}

/// Costs that offers of a shop share. Kept as versioned JSON.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ShopEconomics {
    pub version: u8,
    /// 10.9 % is the marketplace's rate for 94 % of its categories (tariff in force since 2026-01-05).
    pub commission_bp: BasisPoints,
    pub commission_vat: CommissionVat,
    /// 4 % is the default rate of the simplified declaration since 2026 (Tax Code 2026).
    pub tax_bp: BasisPoints,
    pub delivery: DeliveryChoice,
    pub packaging: Money,
    pub advertising_bp: BasisPoints,
    pub returns_bp: BasisPoints,
    /// What a sale should earn at least.
    pub wish: Wish,
}

impl Default for ShopEconomics {
    fn default() -> Self {
        Self {
            version: 1,
            commission_bp: BasisPoints(1_090),
            commission_vat: CommissionVat::Published,
            tax_bp: BasisPoints(400),
            delivery: DeliveryChoice::Tariff {
                service: DeliveryService::City,
                grams: 1_000,
            },
            packaging: Money::ZERO,
            advertising_bp: BasisPoints(0),
            returns_bp: BasisPoints(0),
            wish: Wish::Profit(Money::ZERO),
        }
    }
}
