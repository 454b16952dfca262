//! Every statement about the room's tables. Refuses rules.

use sauda_kernel::ProductId;
use sauda_store::{SqlBuilder, Value, sql_part};

pub(crate) mod counts;
pub(crate) mod forecasts;
pub(crate) mod foresee_runs;
pub(crate) mod ledger;
pub(crate) mod order_lines;
pub(crate) mod pasts;
pub(crate) mod piece_costs;
pub(crate) mod places;
pub(crate) mod promotions;
pub(crate) mod purchases;
pub(crate) mod supply;

/// Which products are read. Their tables have them as `product_id`.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Among<'a> {
    /// From one to another, both with.
    Between(&'a ProductId, &'a ProductId),
    /// At most as many as a statement has room for.
    These(&'a [ProductId]),
}

impl Among<'_> {
    /// Adds the condition to a statement that has one.
    fn narrow(self, builder: &mut SqlBuilder) {
        match self {
            Self::Between(from, to) => {
                builder.push(sql_part!(" AND product_id >= ?"), [from.into()]);
                builder.push(sql_part!(" AND product_id <= ?"), [to.into()]);
            }
            Self::These(products) => {
                builder.push(sql_part!(" AND product_id IN "), []);
                builder.push_list(products.iter().map(Value::from));
            }
        }
    }
}
