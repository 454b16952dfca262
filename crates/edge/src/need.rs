//! Rights as types, so that a handler's signature says what it needs.

use sauda_accounts::Right;

/// What a caller must be allowed. The implementors below are the whole list.
pub trait Need: Send + Sync + 'static {
    /// Nothing: being signed in is enough.
    const RIGHT: Option<Right>;
}

/// Anybody who is signed in.
pub struct SignedIn;
impl Need for SignedIn {
    const RIGHT: Option<Right> = None;
}
pub struct ViewToday;
impl Need for ViewToday {
    const RIGHT: Option<Right> = Some(Right::ViewToday);
}
pub struct ViewPrices;
impl Need for ViewPrices {
    const RIGHT: Option<Right> = Some(Right::ViewPrices);
}
pub struct ManagePrices;
impl Need for ManagePrices {
    const RIGHT: Option<Right> = Some(Right::ManagePrices);
}
pub struct ViewMoney;
impl Need for ViewMoney {
    const RIGHT: Option<Right> = Some(Right::ViewMoney);
}
pub struct ViewOrders;
impl Need for ViewOrders {
    const RIGHT: Option<Right> = Some(Right::ViewOrders);
}
pub struct ManageOrders;
impl Need for ManageOrders {
    const RIGHT: Option<Right> = Some(Right::ManageOrders);
}
pub struct ViewBuyers;
impl Need for ViewBuyers {
    const RIGHT: Option<Right> = Some(Right::ViewBuyers);
}
pub struct ViewMessages;
impl Need for ViewMessages {
    const RIGHT: Option<Right> = Some(Right::ViewMessages);
}
pub struct ManageMessages;
impl Need for ManageMessages {
    const RIGHT: Option<Right> = Some(Right::ManageMessages);
}
pub struct ViewCatalog;
impl Need for ViewCatalog {
    const RIGHT: Option<Right> = Some(Right::ViewCatalog);
}
pub struct ManageCatalog;
impl Need for ManageCatalog {
    const RIGHT: Option<Right> = Some(Right::ManageCatalog);
}
pub struct ViewShops;
impl Need for ViewShops {
    const RIGHT: Option<Right> = Some(Right::ViewShops);
}
pub struct ManageShops;
impl Need for ManageShops {
    const RIGHT: Option<Right> = Some(Right::ManageShops);
}
pub struct ViewAutomation;
impl Need for ViewAutomation {
    const RIGHT: Option<Right> = Some(Right::ViewAutomation);
}
pub struct ManageAutomation;
impl Need for ManageAutomation {
    const RIGHT: Option<Right> = Some(Right::ManageAutomation);
}
pub struct ManageProxies;
impl Need for ManageProxies {
    const RIGHT: Option<Right> = Some(Right::ManageProxies);
}
pub struct ManageTeam;
impl Need for ManageTeam {
    const RIGHT: Option<Right> = Some(Right::ManageTeam);
}
pub struct ManageKeys;
impl Need for ManageKeys {
    const RIGHT: Option<Right> = Some(Right::ManageKeys);
}
pub struct ViewAudit;
impl Need for ViewAudit {
    const RIGHT: Option<Right> = Some(Right::ViewAudit);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_right_has_a_type() {
        let typed = [
            ViewToday::RIGHT,
            ViewPrices::RIGHT,
            ManagePrices::RIGHT,
            ViewMoney::RIGHT,
            ViewOrders::RIGHT,
            ManageOrders::RIGHT,
            ViewBuyers::RIGHT,
            ViewMessages::RIGHT,
            ManageMessages::RIGHT,
            ViewCatalog::RIGHT,
            ManageCatalog::RIGHT,
            ViewShops::RIGHT,
            ManageShops::RIGHT,
            ViewAutomation::RIGHT,
            ManageAutomation::RIGHT,
            ManageProxies::RIGHT,
            ManageTeam::RIGHT,
            ManageKeys::RIGHT,
            ViewAudit::RIGHT,
        ];
        assert_eq!(typed, Right::ALL.map(Some));
        assert_eq!(SignedIn::RIGHT, None);
    }
}
