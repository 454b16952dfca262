//! Reads back what was sent: accepted is not done until the cabinet shows it.

use crate::{
    Pricing, PricingError,
    store::{
        changes::{self, Change, ChangeState},
        context, upkeep, watches,
    },
};
use sauda_accounts::Scope;
use sauda_catalog::{CatalogError, NewNotice, Tone};
use sauda_kernel::{OfferId, ShopId, Span, Timestamp};
use sauda_market::{MarketError, OwnOffer};
use std::collections::BTreeMap;

/// A change that is not seen after this is lost: the effect takes up to a minute, the cabinet promises a few.
const LOST_AFTER: Span = Span::from_secs(180);
/// The same for what left by the price list: the marketplace takes its time with a whole list.
const LIST_LOST_AFTER: Span = Span::from_mins(90);
/// Offers looked at in one turn.
const MOST: i64 = 40;

/// Whether something of a shop is to be looked at.
pub(crate) async fn is_due(pricing: &Pricing, shop: &ShopId) -> Result<bool, PricingError> {
    let due = changes::to_look_at(&pricing.db, shop, pricing.clock.now(), 1).await?;
    Ok(!due.is_empty())
}

/// Looks at what is due; answers how many offers were read back.
pub(crate) async fn look(pricing: &Pricing, scope: &Scope, shop: &ShopId) -> Result<usize, PricingError> {
    let due = changes::to_look_at(&pricing.db, shop, pricing.clock.now(), MOST).await?;
    if due.is_empty() {
        return Ok(0);
    }
    let cabinet = match pricing.catalog.cabinet(scope, shop).await {
        Ok(cabinet) => cabinet,
        Err(CatalogError::NoAccess | CatalogError::Market(MarketError::SessionEnded)) => {
            return wait_for_buyers(pricing, scope, shop, due).await;
        }
        Err(error) => return Err(error.into()),
    };
    let mut by_offer: BTreeMap<OfferId, Vec<Change>> = BTreeMap::new();
    for change in due {
        by_offer.entry(change.offer.clone()).or_default().push(change);
    }
    let mut looked_at = 0;
    for (offer, changes) in by_offer {
        if pricing
            .catalog
            .permit_cabinet_read(&cabinet.access)
            .await
            .is_err()
        {
            break;
        }
        let sku = pricing.catalog.offer(scope, &offer).await?.sku;
        let answer = pricing
            .catalog
            .market()
            .own_offer(&cabinet.egress, &cabinet.session, &cabinet.uid, &sku)
            .await;
        looked_at += 1;
        match pricing.catalog.heard(scope, &cabinet, answer).await {
            Ok(seen) => compare(pricing, scope, shop, &offer, &changes, &seen).await?,
            Err(CatalogError::Market(MarketError::NotFound(_))) => {
                // The offer left the cabinet: its changes cannot come true.
                for change in &changes {
                    lose(pricing, scope, shop, change, "offer-gone").await?;
                }
            }
            Err(CatalogError::Market(MarketError::SessionEnded)) => break,
            Err(error) => {
                tracing::info!(error = sauda_kernel::chain(&error), offer.id = %offer, "reading back waits");
                let later = pricing.clock.now().plus(Span::from_secs(15));
                for change in &changes {
                    changes::look_later(&pricing.db, &change.id, later).await?;
                }
                break;
            }
        }
    }
    Ok(looked_at)
}

/// Without a cabinet nobody can look before buyers do: what left by the list is seen by a check on the storefront, or lost in the end.
async fn wait_for_buyers(
    pricing: &Pricing,
    scope: &Scope,
    shop: &ShopId,
    due: Vec<Change>,
) -> Result<usize, PricingError> {
    let now = pricing.clock.now();
    for change in due.iter().filter(|change| change.call.is_none()) {
        let sent = change.sent_at.unwrap_or(change.created_at);
        if now.since(sent) < LIST_LOST_AFTER {
            changes::look_later(&pricing.db, &change.id, now.plus(Span::from_mins(5))).await?;
        } else {
            lose(pricing, scope, shop, change, "not-applied").await?;
        }
    }
    if due.iter().any(|change| change.call.is_some()) {
        return Err(CatalogError::NoAccess.into());
    }
    Ok(0)
}

async fn compare(
    pricing: &Pricing,
    scope: &Scope,
    shop: &ShopId,
    offer: &OfferId,
    wanted: &[Change],
    seen: &OwnOffer,
) -> Result<(), PricingError> {
    let now = pricing.clock.now();
    for change in wanted {
        // The one price of an offer with city prices is the lowest of them: it proves nothing about this city.
        let shown = seen
            .city_prices
            .get(&change.city_id)
            .copied()
            .or(seen.price.filter(|_| seen.city_prices.is_empty()));
        if shown == Some(change.to) {
            let mut tx = pricing.db.write().await?;
            let moved = changes::advance(
                &mut tx,
                &change.id,
                change.state,
                ChangeState::InCabinet,
                None,
                now,
                None,
            )
            .await?;
            if moved > 0 {
                context::set_price(&mut tx, offer, &change.city_id, change.to, now).await?;
                pricing
                    .catalog
                    .note_price(&mut tx, offer, &change.city_id, change.to)
                    .await?;
                crate::store::rules::confirmed(&mut tx, shop, now).await?;
            }
            tx.commit().await?;
            // Buyers will see it soon: look at the storefront.
            let ids = upkeep::watches_of(&pricing.db, std::slice::from_ref(offer)).await?;
            watches::hurry(&pricing.db, &ids).await?;
            continue;
        }
        let sent = change.sent_at.unwrap_or(change.created_at);
        let settling =
            seen.settling_until.is_some_and(|until| until > now) && now.since(sent) < Span::from_mins(15);
        let by_list = change.call.is_none();
        let patience = if by_list { LIST_LOST_AFTER } else { LOST_AFTER };
        if now.since(sent) < patience || settling {
            let next = if by_list {
                now.plus(Span::from_mins(2))
            } else {
                next_look(sent, now)
            };
            changes::look_later(&pricing.db, &change.id, next).await?;
        } else {
            lose(pricing, scope, shop, change, "not-applied").await?;
        }
    }
    Ok(())
}

/// Looks again soon at first, then more and more seldom.
fn next_look(sent: Timestamp, now: Timestamp) -> Timestamp {
    let age = now.since(sent).as_secs();
    let wait = if age < 30 {
        6
    } else if age < 90 {
        12
    } else {
        30
    };
    now.plus(Span::from_secs(wait))
}

async fn lose(
    pricing: &Pricing,
    scope: &Scope,
    shop: &ShopId,
    change: &Change,
    trouble: &str,
) -> Result<(), PricingError> {
    let now = pricing.clock.now();
    let mut tx = pricing.db.write().await?;
    if changes::advance(
        &mut tx,
        &change.id,
        change.state,
        ChangeState::Lost,
        Some(trouble),
        now,
        None,
    )
    .await?
        > 0
    {
        let notice = NewNotice::new("change-lost", change.offer.as_str(), Tone::Warn)
            .shop(shop)
            .arg("price", change.to)
            .arg("trouble", trouble)
            .link(format!("/prices/{}", change.offer));
        pricing.catalog.tell(&mut tx, scope, &notice).await?;
    }
    tx.commit().await?;
    // The next check decides anew, from what is really shown.
    let ids = upkeep::watches_of(&pricing.db, std::slice::from_ref(&change.offer)).await?;
    watches::hurry(&pricing.db, &ids).await?;
    Ok(())
}
