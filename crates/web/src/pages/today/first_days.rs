//! The first days of a shop: what is done and what comes next. Refuses to hide a step that is not done.

use crate::{
    door::Desk,
    views::{parts::Told, today::SetupStep},
};
use sauda_accounts::Scope;
use sauda_catalog::Shop;
use sauda_edge::Refusal;
use sauda_pricing::service::{ShopMode, ShopPulse};

/// The first days: what is done and what comes next.
pub(super) async fn setup(
    desk: &Desk,
    scope: &Scope,
    shop: &Shop,
    base: &str,
    pulse: &ShopPulse,
) -> Result<Vec<SetupStep>, Refusal> {
    let offers = desk.catalog.offer_count(&shop.id).await?;
    let limits = desk.pricing.with_limits(scope, &shop.id).await?;
    let rules = desk.pricing.rules(scope).await?;
    let settings = desk.pricing.shop_settings(scope, &shop.id).await?;
    let chosen = rules.first().map(|rule| rule.name.clone());
    let has_rule = chosen.is_some() || settings.version > 1;
    let step = |word, is_done, href: &str, minutes, done| SetupStep {
        word,
        is_done,
        href: format!("{base}{href}"),
        minutes,
        done,
    };
    Ok(vec![
        step(
            "connect",
            true,
            "/today",
            3,
            Some(
                Told::new("connect")
                    .arg("shop", shop.name.clone())
                    .arg("offers", offers),
            ),
        ),
        step(
            "limits",
            limits > 0,
            "/prices/import",
            5,
            (limits > 0).then(|| Told::new("limits").arg("n", limits)),
        ),
        step(
            "rule",
            has_rule,
            "/prices/rules",
            2,
            chosen.map(|name| Told::new("rule").arg("name", name)),
        ),
        step("on", pulse.mode == ShopMode::On, "/bot", 1, None),
    ])
}
