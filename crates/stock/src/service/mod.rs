//! The door of the stock for edges and later rooms: warehouses, movements, suppliers.

mod buying;
mod costs;
mod counts;
mod follow;
mod foresee;
mod foreseen;
mod goods;
mod promotions;
mod purchases;
mod reorder;
mod sold_costs;
mod take_over;
mod tell;

pub use costs::{CostBook, LayerRow};
pub use follow::Following;
pub use foresee::ForeseeRun;
pub(crate) use foresee::Part;
pub use foreseen::OfferDemand;
pub use goods::{CostFrom, OfferGoods, OffersGoods};
pub use promotions::Standing;
pub use purchases::{NewLine, NewPaidIn, PurchaseChange, Receipt, Received, Wanted};
pub use reorder::{DemandFrom, ReorderFilter, ReorderList, ReorderRow};
pub use take_over::Delivered;
pub use tell::StockTeller;

use crate::{
    StockError,
    model::{Balance, Movement, MovementKind, NewMovement, Supplier, Warehouse},
    store::{ledger, places, supply},
};
use sauda_accounts::{Accounts, AuditEntry, Right, Scope};
use sauda_catalog::{Catalog, Product, Products};
use sauda_economics::money::Money;
use sauda_jobs::Jobs;
use sauda_kernel::{Clock, Id, IdKind, Ids, MovementId, ProductId, ShopId, SupplierId, WarehouseId};
use sauda_store::{Db, Tx};
use std::{collections::BTreeMap, sync::Arc};

/// Everything the stock needs. Cheap to clone.
#[derive(Clone)]
pub struct Stock {
    pub(crate) db: Db,
    pub(crate) accounts: Accounts,
    pub(crate) catalog: Catalog,
    pub(crate) products: Products,
    pub(crate) jobs: Jobs,
    /// The merchant's own rates: of currencies.
    pub(crate) money: Money,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) ids: Arc<dyn Ids>,
    sold_costs: sold_costs::SoldCosts,
    /// Nobody where places in cards are not watched.
    pub(crate) standing: Option<Arc<dyn Standing>>,
}

/// Name of the warehouse that every merchant has.
const MAIN: &str = "№ 1";
/// No more pieces move at once.
const MOST_PIECES: i64 = 1_000_000;
const LONGEST_TEXT: usize = 300;
/// The dearest piece: a billion tenge.
const LARGEST_COST: i64 = 100_000_000_000;

impl Stock {
    pub fn new(
        db: Db,
        accounts: Accounts,
        catalog: Catalog,
        products: Products,
        jobs: Jobs,
        clock: Arc<dyn Clock>,
        ids: Arc<dyn Ids>,
    ) -> Self {
        let money = Money::new(db.clone(), accounts.clone(), clock.clone(), ids.clone());
        Self {
            db,
            accounts,
            catalog,
            products,
            jobs,
            money,
            clock,
            ids,
            sold_costs: sold_costs::SoldCosts::default(),
            standing: None,
        }
    }

    /// Lets forecasts know when offers stood first in their cards.
    #[must_use]
    pub fn with_standing(mut self, standing: Arc<dyn Standing>) -> Self {
        self.standing = Some(standing);
        self
    }

    pub(crate) fn id<K: IdKind>(&self) -> Id<K> {
        Id::new(&*self.clock, &*self.ids)
    }

    /// Warehouses, the main one first; there is always one.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn warehouses(&self, scope: &Scope) -> Result<Vec<Warehouse>, StockError> {
        let found = places::warehouses(&self.db, scope).await?;
        if !found.is_empty() {
            return Ok(found);
        }
        let main = Warehouse {
            id: self.id(),
            name: MAIN.to_owned(),
            is_main: true,
        };
        places::add_warehouse(&self.db, scope, &main, self.clock.now()).await?;
        Ok(places::warehouses(&self.db, scope).await?)
    }

    /// A further warehouse.
    ///
    /// # Errors
    /// When the caller may not, or the name is empty, long or taken.
    pub async fn add_warehouse(&self, scope: &Scope, name: &str) -> Result<Warehouse, StockError> {
        scope.require(Right::ManageCatalog)?;
        let name = named(name)?;
        self.warehouses(scope).await?;
        let new = Warehouse {
            id: self.id(),
            name,
            is_main: false,
        };
        if places::add_warehouse(&self.db, scope, &new, self.clock.now()).await? == 0 {
            return Err(StockError::fact("stock-name-taken", "name", &new.name));
        }
        Ok(new)
    }

    /// Which warehouse a point sells from.
    ///
    /// # Errors
    /// When the caller may not, or there is no such point or warehouse.
    pub async fn serve_point(
        &self,
        scope: &Scope,
        shop: &ShopId,
        point: &str,
        warehouse: &WarehouseId,
    ) -> Result<(), StockError> {
        scope.require(Right::ManageCatalog)?;
        let points = self.catalog.points(scope, shop).await?;
        if !points.iter().any(|known| known.id == point) {
            return Err(not_found("point", point));
        }
        self.warehouse(scope, warehouse).await?;
        places::put_point(&self.db, scope, shop, point, warehouse).await?;
        Ok(())
    }

    pub(crate) async fn warehouse(&self, scope: &Scope, id: &WarehouseId) -> Result<Warehouse, StockError> {
        let all = self.warehouses(scope).await?;
        all.into_iter()
            .find(|one| one.id == *id)
            .ok_or_else(|| not_found("warehouse", id.as_str()))
    }

    /// Writes pieces that came or went by a person's word.
    ///
    /// # Errors
    /// When the caller may not, there is no such product or warehouse, or less than nothing would lie there.
    pub async fn record(&self, scope: &Scope, new: &NewMovement) -> Result<(), StockError> {
        scope.require(Right::ManageOrders)?;
        if new.quantity == 0 || new.quantity.abs() > MOST_PIECES {
            return Err(StockError::fact("stock-quantity", "quantity", new.quantity));
        }
        if let Some(cost) = new.unit_cost
            && !(0..=LARGEST_COST).contains(&cost.tiyn())
        {
            return Err(StockError::fact("stock-cost-wrong", "cost", cost.tiyn() / 100));
        }
        if new.reason.chars().count() > LONGEST_TEXT {
            return Err(StockError::fact(
                "stock-text-long",
                "reason",
                new.reason.chars().count(),
            ));
        }
        let product = self.product(scope, &new.product).await?;
        self.warehouse(scope, &new.warehouse).await?;
        let refuses = self.settings(scope).await?.refuses_negative;
        let mut tx = self.held(scope).await?;
        self.write(&mut tx, scope, new, refuses.then_some(product.facts.sku.as_str()))
            .await?;
        tx.commit().await?;
        self.note_costs(scope, std::slice::from_ref(&new.product)).await
    }

    /// Moves pieces from one warehouse to another.
    ///
    /// # Errors
    /// As of [`Stock::record`].
    pub async fn transfer(
        &self,
        scope: &Scope,
        from: &NewMovement,
        to: &WarehouseId,
    ) -> Result<(), StockError> {
        scope.require(Right::ManageOrders)?;
        if !(1..=MOST_PIECES).contains(&from.quantity) || from.warehouse == *to {
            return Err(StockError::fact("stock-quantity", "quantity", from.quantity));
        }
        let product = self.product(scope, &from.product).await?;
        self.warehouse(scope, &from.warehouse).await?;
        self.warehouse(scope, to).await?;
        let refuses = self.settings(scope).await?.refuses_negative;
        let out = NewMovement {
            kind: MovementKind::Transfer,
            quantity: -from.quantity,
            once_key: format!("{}:out", from.once_key),
            ..from.clone()
        };
        let into = NewMovement {
            kind: MovementKind::Transfer,
            warehouse: to.clone(),
            once_key: format!("{}:in", from.once_key),
            ..from.clone()
        };
        let mut tx = self.held(scope).await?;
        self.write(
            &mut tx,
            scope,
            &out,
            refuses.then_some(product.facts.sku.as_str()),
        )
        .await?;
        self.write(&mut tx, scope, &into, None).await?;
        tx.commit().await?;
        Ok(())
    }

    /// A transaction of another room waits here until no other changes the stock of this merchant. To be called before anything of
    /// the stock is touched in it.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn hold(&self, tx: &mut Tx, scope: &Scope) -> Result<(), StockError> {
        Ok(places::hold(tx, scope).await?)
    }

    /// A transaction that changes the stock of several products.
    pub(crate) async fn held(&self, scope: &Scope) -> Result<Tx, StockError> {
        let mut tx = self.db.write().await?;
        places::hold(&mut tx, scope).await?;
        Ok(tx)
    }

    /// Writes a movement once; a named product refuses to go under zero.
    pub(crate) async fn write(
        &self,
        tx: &mut Tx,
        scope: &Scope,
        new: &NewMovement,
        refusing: Option<&str>,
    ) -> Result<bool, StockError> {
        if ledger::is_written(tx, scope, &new.once_key).await? {
            return Ok(false);
        }
        let balance = ledger::change(tx, scope, &new.product, &new.warehouse, new.quantity, 0).await?;
        if let Some(product) = refusing
            && balance.on_hand < 0
            && new.quantity < 0
        {
            return Err(StockError::Negative {
                product: product.to_owned(),
                on_hand: balance.on_hand - new.quantity,
                wanted: -new.quantity,
            });
        }
        let id = self.id();
        ledger::add(tx, scope, &id, new, balance.on_hand, self.clock.now()).await?;
        Ok(true)
    }

    /// What lies where.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn balances(&self, scope: &Scope) -> Result<Vec<Balance>, StockError> {
        Ok(ledger::balances(&self.db, scope).await?)
    }

    /// What lies of a product.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn balances_of(&self, scope: &Scope, product: &ProductId) -> Result<Vec<Balance>, StockError> {
        Ok(ledger::balances_of(&self.db, scope, product).await?)
    }

    /// Pieces of some products in all warehouses, those of orders among them; nothing while the stock is not kept here.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn lying(
        &self,
        scope: &Scope,
        products: &[ProductId],
    ) -> Result<Option<BTreeMap<ProductId, i64>>, StockError> {
        if self.settings(scope).await?.kept_since.is_none() {
            return Ok(None);
        }
        let mut lying = BTreeMap::new();
        for balance in ledger::balances_among(&self.db, scope, products).await? {
            *lying.entry(balance.product).or_default() += balance.on_hand;
        }
        Ok(Some(lying))
    }

    /// What moved, newest first.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn movements(
        &self,
        scope: &Scope,
        product: Option<&ProductId>,
        before: Option<&MovementId>,
        limit: i64,
    ) -> Result<Vec<Movement>, StockError> {
        Ok(ledger::movements(&self.db, scope, product, before, limit.clamp(1, 500)).await?)
    }

    /// Suppliers by name, without those that were put away.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn suppliers(&self, scope: &Scope) -> Result<Vec<Supplier>, StockError> {
        let mut all = self.all_suppliers(scope).await?;
        all.retain(|one| !one.is_gone);
        Ok(all)
    }

    /// All suppliers by name: those put away are named in old purchases.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn all_suppliers(&self, scope: &Scope) -> Result<Vec<Supplier>, StockError> {
        Ok(supply::suppliers(&self.db, scope).await?)
    }

    /// Puts a supplier away: nothing is bought there any more, old purchases keep its name.
    ///
    /// # Errors
    /// When the caller may not, or there is no such supplier.
    pub async fn remove_supplier(&self, scope: &Scope, id: &SupplierId) -> Result<(), StockError> {
        scope.require(Right::ManageCatalog)?;
        let mut tx = self.db.write().await?;
        if supply::put_supplier_away(&mut tx, scope, id, self.clock.now()).await? == 0 {
            return Err(not_found("supplier", id.as_str()));
        }
        self.audit(&mut tx, scope, "stock.supplier_removed", id.as_str(), None)
            .await?;
        tx.commit().await?;
        Ok(())
    }

    /// Keeps a supplier; without an id a new one.
    ///
    /// # Errors
    /// When the caller may not, a figure makes no sense, or the name is taken.
    pub async fn save_supplier(
        &self,
        scope: &Scope,
        id: Option<SupplierId>,
        wanted: &Supplier,
    ) -> Result<Supplier, StockError> {
        scope.require(Right::ManageCatalog)?;
        let name = named(&wanted.name)?;
        let all = self.all_suppliers(scope).await?;
        // A new one with the name of one that was put away is that one again.
        let gone = all.iter().find(|one| one.is_gone && one.name == name);
        let supplier = Supplier {
            id: match (id, gone) {
                (Some(id), _) if all.iter().any(|one| one.id == id && !one.is_gone) => id,
                (Some(id), _) => return Err(not_found("supplier", id.as_str())),
                (None, Some(gone)) => gone.id.clone(),
                (None, None) => self.id(),
            },
            name,
            email: mail_address(&wanted.email)?,
            is_gone: false,
            ..wanted.clone()
        };
        for (field, value, range) in [
            ("lead_days", supplier.lead_days, 0..=365),
            ("lead_spread", supplier.lead_spread_tenths, 0..=1_000),
            ("weekdays", supplier.weekdays, 1..=127),
            ("vat_bp", supplier.vat_bp, 0..=3_000),
        ] {
            if !range.contains(&value) {
                return Err(StockError::fact("stock-setting", field, value));
            }
        }
        for day in &supplier.days_off {
            if sauda_kernel::Timestamp::parse(&format!("{day}T00:00:00Z")).is_err() {
                return Err(StockError::fact("stock-date", "days_off", day));
            }
        }
        if supply::put_supplier(&self.db, scope, &supplier, self.clock.now()).await? == 0 {
            return Err(StockError::fact("stock-name-taken", "name", &supplier.name));
        }
        Ok(supplier)
    }

    /// An id for a supplier that is not kept yet.
    pub fn blank_supplier(&self) -> SupplierId {
        self.id()
    }

    /// Points of shops and the warehouses they sell from.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn served_points(
        &self,
        scope: &Scope,
    ) -> Result<Vec<(ShopId, String, WarehouseId)>, StockError> {
        Ok(places::points(&self.db, scope).await?)
    }

    pub(crate) async fn product(&self, scope: &Scope, id: &ProductId) -> Result<Product, StockError> {
        Ok(self.products.product(scope, id).await?)
    }

    /// Writes to the audit log in the caller's transaction.
    pub(crate) async fn audit(
        &self,
        tx: &mut Tx,
        scope: &Scope,
        what: &'static str,
        subject: &str,
        after: Option<String>,
    ) -> Result<(), StockError> {
        let entry = AuditEntry {
            what,
            subject: subject.to_owned(),
            before: None,
            after,
            address: None,
        };
        self.accounts.audit(tx, scope, entry).await?;
        Ok(())
    }
}

pub(crate) fn not_found(what: &'static str, id: &str) -> StockError {
    StockError::NotFound {
        what,
        id: id.to_owned(),
    }
}

/// An address of mail, or nothing.
fn mail_address(text: &str) -> Result<String, StockError> {
    let text = text.trim();
    let is_address = text.len() <= 200
        && !text.chars().any(char::is_whitespace)
        && text
            .split_once('@')
            .is_some_and(|(name, host)| !name.is_empty() && host.contains('.') && !host.contains('@'));
    if text.is_empty() || is_address {
        Ok(text.to_owned())
    } else {
        Err(StockError::fact("supplier-email", "email", text))
    }
}

/// A name: not empty, not long.
fn named(name: &str) -> Result<String, StockError> {
    let name = name.trim();
    if name.is_empty() || name.chars().count() > 100 {
        return Err(StockError::fact("stock-name", "name", name));
    }
    Ok(name.to_owned())
}
