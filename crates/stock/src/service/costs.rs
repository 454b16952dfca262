//! What goods that were sold had cost, from the ledger. Refuses to keep it: the ledger is replayed when it is asked for, and again
//! when something changed.

use super::{
    Stock,
    sold_costs::{Ground, Sales},
};
use crate::{
    StockError,
    layers::{Layer, Moved, Replay, replay},
    model::{Costing, Landed, Supply},
    store::{ledger, pasts, supply},
};
use sauda_accounts::Scope;
use sauda_catalog::Product;
use sauda_kernel::{Money, OrderId, ProductId};
use std::{
    collections::{BTreeMap, HashMap},
    sync::{Arc, OnceLock},
};

/// What lines of orders had cost when their pieces left.
#[derive(Debug, Clone, Default)]
pub struct CostBook {
    sales: HashMap<ProductId, Arc<Sales>>,
    /// The same by line alone, for lines that took the pieces of another product than they name.
    by_line: OnceLock<Sales>,
    usual: BTreeMap<ProductId, Landed>,
    volumes: BTreeMap<ProductId, i64>,
}

impl CostBook {
    /// What all pieces of a line that sold this product had cost; nothing when they did not leave a warehouse that is kept here, or
    /// nobody said.
    pub fn of(&self, product: Option<&ProductId>, order: &OrderId, line: i64) -> Option<Landed> {
        let key = (order.to_string(), line);
        let own = product.and_then(|product| self.sales.get(product));
        let found = own.and_then(|sales| sales.get(&key));
        found.or_else(|| self.by_line().get(&key)).copied()
    }

    fn by_line(&self) -> &Sales {
        self.by_line.get_or_init(|| {
            let all = self.sales.values().flat_map(|sales| sales.iter());
            all.map(|(line, landed)| (line.clone(), *landed)).collect()
        })
    }

    /// What a piece costs by the catalogue today, with the tax inside by its supplier.
    pub fn usual(&self, product: &ProductId) -> Option<Landed> {
        self.usual.get(product).copied()
    }

    /// Room that a piece takes, cubic centimetres; nothing when nobody said.
    pub fn volume(&self, product: &ProductId) -> Option<i64> {
        self.volumes.get(product).copied()
    }
}

/// Pieces of one product that lie there at one cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LayerRow {
    pub pieces: i64,
    /// Of all its pieces; nothing when nobody said.
    pub cost: Option<Money>,
}

impl Stock {
    /// What lines that sold these products had cost, by the merchant's setting.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn cost_book(&self, scope: &Scope, products: &[&Product]) -> Result<CostBook, StockError> {
        let costing = self.settings(scope).await?.costing;
        let bought = supply::all(&self.db, scope, None).await?;
        let usual = self.usual_costs(scope, &bought, products).await?;
        let sales = if costing == Costing::Catalogue {
            HashMap::new()
        } else {
            self.sold_at(scope, costing, &usual, products).await?
        };
        let volumes = bought.into_values();
        Ok(CostBook {
            sales,
            by_line: OnceLock::new(),
            usual,
            volumes: volumes
                .filter_map(|one| Some((one.product, one.volume_cm3?)))
                .collect(),
        })
    }

    /// What the lines of these products had cost: as remembered where nothing changed, else replayed.
    async fn sold_at(
        &self,
        scope: &Scope,
        costing: Costing,
        usual: &BTreeMap<ProductId, Landed>,
        products: &[&Product],
    ) -> Result<HashMap<ProductId, Arc<Sales>>, StockError> {
        let ids: Vec<&ProductId> = products.iter().map(|one| &one.id).collect();
        // Read before the ledger: what changes meanwhile is counted again the next time.
        let stamps = pasts::stamps(&self.db, scope, &ids).await?;
        let ground = |id: &ProductId| Ground {
            stamp: stamps.get(id).copied().unwrap_or(0),
            costing,
            usual: usual.get(id).copied(),
        };
        let grounds: BTreeMap<ProductId, Ground> = ids.iter().map(|id| ((*id).clone(), ground(id))).collect();
        let mut known = self.sold_costs.recall(scope.merchant(), &grounds);
        let changed: Vec<ProductId> = grounds
            .keys()
            .filter(|id| !known.contains_key(*id))
            .cloned()
            .collect();
        if changed.is_empty() {
            return Ok(known);
        }
        let mut told = replays(costing, usual, ledger::costed(&self.db, scope, &changed).await?);
        let counted: Vec<(ProductId, Arc<Sales>)> = changed
            .into_iter()
            .map(|id| {
                let sales = told.remove(&id).unwrap_or_default().sales;
                let said = sales.into_iter();
                let sales: Sales = said
                    .filter_map(|(line, taken)| Some((line, taken.known()?)))
                    .collect();
                (id, Arc::new(sales))
            })
            .collect();
        let with_ground = counted
            .iter()
            .filter_map(|(id, sales)| Some((id.clone(), *grounds.get(id)?, sales.clone())));
        self.sold_costs.remember(scope.merchant(), with_ground);
        known.extend(counted);
        Ok(known)
    }

    /// What lies there of a product and what it had cost, the oldest first.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn layers(&self, scope: &Scope, product: &ProductId) -> Result<Vec<LayerRow>, StockError> {
        let costing = match self.settings(scope).await?.costing {
            Costing::Catalogue => return Ok(Vec::new()),
            costing => costing,
        };
        let product = self.product(scope, product).await?;
        let bought = supply::all(&self.db, scope, Some(&product.id)).await?;
        let usual = self.usual_costs(scope, &bought, &[&product]).await?;
        let ids = std::slice::from_ref(&product.id);
        let told = replays(costing, &usual, ledger::costed(&self.db, scope, ids).await?);
        let left = told.into_values().flat_map(|told| told.left);
        Ok(left
            .map(
                |Layer {
                     pieces,
                     landed,
                     is_unknown,
                 }| LayerRow {
                    pieces,
                    cost: (!is_unknown).then_some(landed.cost),
                },
            )
            .collect())
    }

    /// What a piece costs by the catalogue, and the tax inside by whom it is bought from.
    async fn usual_costs(
        &self,
        scope: &Scope,
        bought: &BTreeMap<ProductId, Supply>,
        products: &[&Product],
    ) -> Result<BTreeMap<ProductId, Landed>, StockError> {
        let suppliers = self.all_suppliers(scope).await?;
        let mut usual = BTreeMap::new();
        for product in products {
            let Some(cost) = product.facts.cost else {
                continue;
            };
            let supplier = bought.get(&product.id).and_then(|one| one.supplier.as_ref());
            let vat_bp = suppliers
                .iter()
                .find(|one| Some(&one.id) == supplier)
                .map_or(0, |one| one.vat_bp);
            let vat = crate::model::inside(cost.tiyn(), vat_bp);
            let landed = Landed {
                cost,
                vat: Money::from_tiyn(vat),
            };
            usual.insert(product.id.clone(), landed);
        }
        Ok(usual)
    }
}

/// The ledgers of some products, replayed.
pub(super) fn replays(
    costing: Costing,
    usual: &BTreeMap<ProductId, Landed>,
    mut moves: Vec<ledger::Costed>,
) -> BTreeMap<ProductId, Replay> {
    // Of one moment, what brings comes before what takes.
    moves.sort_by(|one, other| {
        (&one.product, one.at, one.quantity < 0, &one.id).cmp(&(
            &other.product,
            other.at,
            other.quantity < 0,
            &other.id,
        ))
    });
    let mut told = BTreeMap::new();
    for of_one in moves.chunk_by(|one, other| one.product == other.product) {
        let Some(first) = of_one.first() else { continue };
        let moved: Vec<Moved> = of_one.iter().map(moved).collect();
        let usual = usual.get(&first.product).copied();
        told.insert(first.product.clone(), replay(costing, usual, &moved));
    }
    told
}

/// A movement of the ledger as layers need it.
fn moved(one: &ledger::Costed) -> Moved {
    Moved {
        quantity: one.quantity,
        landed: one.landed.or_else(|| {
            let cost = one.unit_cost?.tiyn().checked_mul(one.quantity.max(0))?;
            Some(Landed {
                cost: Money::from_tiyn(cost),
                vat: Money::ZERO,
            })
        }),
        line: line_of(&one.once_key),
    }
}

/// The line of an order that a once-key names: `sale:<order>:<line>`, `return:<order>:<line>:…`.
fn line_of(once_key: &str) -> Option<(String, i64)> {
    let mut parts = once_key.split(':');
    if !matches!(parts.next(), Some("sale" | "return")) {
        return None;
    }
    let order = parts.next().filter(|order| OrderId::parse(order).is_ok())?;
    Some((order.to_owned(), parts.next()?.parse().ok()?))
}
