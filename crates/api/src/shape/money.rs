//! Sums as `{amount_minor, currency}`: prices too, always a multiple of 100. Refuses other currencies and parts of a tenge.

use sauda_edge::Refusal;
use sauda_kernel::{BasisPoints, Kind, Money, Public, Tenge};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The one currency of the marketplace.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, ToSchema)]
pub(crate) enum Currency {
    #[default]
    #[serde(rename = "KZT")]
    Kzt,
}

/// A sum in tiyn (1/100 tenge).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Money, example = json!({"amount_minor": 3_874_000, "currency": "KZT"}))]
pub(crate) struct Sum {
    /// Tiyn; a price is a multiple of 100.
    pub amount_minor: i64,
    #[schema(inline)]
    pub currency: Currency,
}

impl Sum {
    pub(crate) const fn money(self) -> Money {
        Money::from_tiyn(self.amount_minor)
    }

    /// The sum as a price of whole tenge.
    pub(crate) fn price(self, field: &str) -> Result<Tenge, Refusal> {
        if self.amount_minor % 100 == 0 {
            return Ok(Tenge(self.amount_minor / 100));
        }
        let problem = Public::new("whole-tenge")
            .field(field)
            .arg("value", self.amount_minor);
        Err(Refusal::new(Kind::Invalid, problem))
    }
}

impl From<Money> for Sum {
    fn from(sum: Money) -> Self {
        Self {
            amount_minor: sum.tiyn(),
            currency: Currency::Kzt,
        }
    }
}
impl From<Tenge> for Sum {
    fn from(price: Tenge) -> Self {
        price.money().into()
    }
}

/// Basis points as they are given: 10.9 % is 1090.
pub(crate) const fn share_of(share: BasisPoints) -> i32 {
    share.0
}
