//! Single acts on a product: pin, unpin, bring back, pause, check now, answer. Each says what it did and how to undo it.

use super::ProductQuery;
use crate::{carried::Did, door::Desk};
use axum::{extract::State, response::Response};
use sauda_edge::{FormBody, PathParams, Person, QueryParams, Refusal, need};
use sauda_kernel::{DecisionId, Kind, OfferId, Public, Span, Timestamp};
use sauda_pricing::service::{OfferPatch, PauseSubject};
use serde::Deserialize;

/// The price as it stands is fixed until somebody takes the pin off.
pub(super) async fn pin(
    State(desk): State<Desk>,
    who: Person<need::ManagePrices>,
    PathParams((slug, offer)): PathParams<(String, OfferId)>,
    QueryParams(query): QueryParams<ProductQuery>,
) -> Result<Response, Refusal> {
    let city = desk
        .at_shop(&who.session, who.language, "", "prices", &slug, Some(&query.city))
        .await?
        .city;
    let places = desk.pricing.places(who.scope(), &offer).await?;
    let own = desk.pricing.offer_rule(who.scope(), &offer).await?;
    let here = places
        .iter()
        .find(|row| row.city_id == city)
        .or(places.first())
        .and_then(|row| row.price);
    let price = match here {
        Some(price) => price,
        None => {
            let known = desk.catalog.offer(who.scope(), &offer).await?.price;
            known.ok_or_else(|| Refusal::new(Kind::Invalid, Public::new("no-own-price")))?
        }
    };
    let patch = OfferPatch {
        pin: Some(Some((price, None))),
        ..OfferPatch::default()
    };
    desk.pricing
        .change_offer(who.scope(), &offer, &patch, own.version)
        .await?;
    let undo = format!("/s/{slug}/prices/{offer}/unpin{}", query.tail());
    Ok(Did::new("did-pinned")
        .arg("price", price.get())
        .undo(undo)
        .at(&query.back(&slug, &offer)))
}

pub(super) async fn unpin(
    State(desk): State<Desk>,
    who: Person<need::ManagePrices>,
    PathParams((slug, offer)): PathParams<(String, OfferId)>,
    QueryParams(query): QueryParams<ProductQuery>,
) -> Result<Response, Refusal> {
    let own = desk.pricing.offer_rule(who.scope(), &offer).await?;
    let patch = OfferPatch {
        pin: Some(None),
        ..OfferPatch::default()
    };
    desk.pricing
        .change_offer(who.scope(), &offer, &patch, own.version)
        .await?;
    Ok(Did::new("did-unpinned").at(&query.back(&slug, &offer)))
}

#[derive(Deserialize)]
pub(super) struct DecisionForm {
    decision: DecisionId,
    #[serde(default)]
    answer: String,
}

/// The price before a decision, held for a day.
pub(super) async fn undo(
    State(desk): State<Desk>,
    who: Person<need::ManagePrices>,
    PathParams((slug, offer)): PathParams<(String, OfferId)>,
    QueryParams(query): QueryParams<ProductQuery>,
    FormBody(form): FormBody<DecisionForm>,
) -> Result<Response, Refusal> {
    let rule = desk.pricing.undo(who.scope(), &form.decision).await?;
    let undo = format!("/s/{slug}/prices/{offer}/unpin{}", query.tail());
    let price = rule.pinned_price.map_or(0, sauda_kernel::Tenge::get);
    Ok(Did::new("did-price-back")
        .arg("price", price)
        .undo(undo)
        .at(&query.back(&slug, &offer)))
}

pub(super) async fn pause(
    State(desk): State<Desk>,
    who: Person<need::ManagePrices>,
    PathParams((slug, offer)): PathParams<(String, OfferId)>,
    QueryParams(query): QueryParams<ProductQuery>,
) -> Result<Response, Refusal> {
    set_paused(&desk, &who, &offer, true).await?;
    let undo = format!("/s/{slug}/prices/{offer}/resume{}", query.tail());
    Ok(Did::new("did-paused").undo(undo).at(&query.back(&slug, &offer)))
}

/// Takes off the pause of this offer, whichever way it was put on.
pub(super) async fn resume(
    State(desk): State<Desk>,
    who: Person<need::ManagePrices>,
    PathParams((slug, offer)): PathParams<(String, OfferId)>,
    QueryParams(query): QueryParams<ProductQuery>,
) -> Result<Response, Refusal> {
    desk.pricing
        .resume(who.scope(), &PauseSubject::Offer(offer.clone()))
        .await?;
    set_paused(&desk, &who, &offer, false).await?;
    Ok(Did::new("did-resumed").at(&query.back(&slug, &offer)))
}

/// In the offer's own settings, as bulk changes do: one way to pause, one way back.
async fn set_paused(
    desk: &Desk,
    who: &Person<need::ManagePrices>,
    offer: &OfferId,
    paused: bool,
) -> Result<(), Refusal> {
    let own = desk.pricing.offer_rule(who.scope(), offer).await?;
    let wish = paused.then_some(true);
    if own.settings.paused != wish {
        let settings = sauda_pricing::model::Settings {
            paused: wish,
            ..own.settings
        };
        let patch = OfferPatch {
            settings: Some(settings),
            ..OfferPatch::default()
        };
        desk.pricing
            .change_offer(who.scope(), offer, &patch, own.version)
            .await?;
    }
    Ok(())
}

/// How long a check may take before the page is shown as it is.
const CHECK_WAIT: Span = Span::from_millis(2_500);

/// Puts the product in front of the queue and waits a moment for the answer.
pub(super) async fn check(
    State(desk): State<Desk>,
    who: Person<need::ManagePrices>,
    PathParams((slug, offer)): PathParams<(String, OfferId)>,
    QueryParams(query): QueryParams<ProductQuery>,
) -> Result<Response, Refusal> {
    let shop = desk.catalog.offer(who.scope(), &offer).await?.shop;
    let mut signals = desk.cluster.subscribe();
    let topic = format!("prices:{shop}");
    let before = newest_check(&desk, &who, &offer).await?;
    desk.pricing
        .check_offers_now(std::slice::from_ref(&offer))
        .await?;
    // A signal only shortens the wait; without one the page says that the check was asked for.
    let heard = async { while signals.next().await.is_some_and(|signal| signal.topic != topic) {} };
    let _in_time = tokio::time::timeout(CHECK_WAIT.to_std(), heard).await;
    let key = if newest_check(&desk, &who, &offer).await? > before {
        "did-checked"
    } else {
        "did-check-asked"
    };
    Ok(Did::new(key).at(&query.back(&slug, &offer)))
}

async fn newest_check(
    desk: &Desk,
    who: &Person<need::ManagePrices>,
    offer: &OfferId,
) -> Result<Option<Timestamp>, Refusal> {
    let places = desk.pricing.places(who.scope(), offer).await?;
    Ok(places.into_iter().filter_map(|row| row.checked_at).max())
}

pub(super) async fn answer(
    State(desk): State<Desk>,
    who: Person<need::ManagePrices>,
    PathParams((slug, offer)): PathParams<(String, OfferId)>,
    QueryParams(query): QueryParams<ProductQuery>,
    FormBody(form): FormBody<DecisionForm>,
) -> Result<Response, Refusal> {
    let yes = form.answer == "yes";
    desk.pricing.answer(who.scope(), &form.decision, yes).await?;
    let did = Did::new(if yes {
        "did-answered-yes"
    } else {
        "did-answered-no"
    });
    Ok(did.at(&query.back(&slug, &offer)))
}
