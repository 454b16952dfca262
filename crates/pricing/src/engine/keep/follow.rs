//! What follows from a decision: kept when it is news, and a wish when the shop publishes. Refuses to decide.

use super::Batch;
use crate::{
    Pricing,
    board::{BoardRow, PlaceState},
    engine::subject::Subject,
    model::{Decision, MoveKind, Observation, Outcome, Reason, Receipt},
    service::ShopMode,
    store::{
        changes::{Change, ChangeState},
        context::PlaceRow,
        records::{self, NewDecision},
    },
};
use sauda_kernel::{DecisionId, ObservationId, Tenge, Timestamp};

impl Batch {
    /// Keeps the decision when it is news, and turns it into a wish when the shop publishes.
    #[expect(
        clippy::too_many_arguments,
        reason = "one caller; each is a different fact of the same decision"
    )]
    pub(super) fn follow(
        &mut self,
        pricing: &Pricing,
        subject: &Subject<'_>,
        decision: &Decision,
        receipt: &Receipt,
        word: &str,
        before: &BoardRow,
        place: &mut PlaceRow,
        observation: Option<&ObservationId>,
        seen: Option<&Observation>,
        now: Timestamp,
    ) {
        let key = || (place.row.offer.clone(), place.row.city_id.clone());
        if subject.mode == ShopMode::Off || !subject.managed || !subject.offer.on_sale {
            if subject.wish.is_some() {
                self.withdrawn.push(key());
            }
            place.row.desired = None;
            return;
        }
        match decision.outcome {
            Outcome::Set(price) => {
                if price < subject.floor() {
                    tracing::error!(offer.id = %place.row.offer, price = price.get(), floor = subject.floor().get(), "a decision was under the floor and was dropped");
                    return;
                }
                let publishes = subject.publishes();
                let standing = if publishes {
                    subject.wish.map(|wish| wish.to)
                } else {
                    before.desired
                };
                if standing == Some(price) && before.reason == word {
                    return;
                }
                let id: DecisionId = pricing.id();
                self.keep_decision(
                    &id,
                    subject,
                    decision,
                    receipt,
                    word,
                    !publishes,
                    observation,
                    now,
                );
                place.row.decision = Some(id.clone());
                place.row.desired = Some(price);
                if publishes && standing != Some(price) {
                    if subject.wish.is_some() {
                        self.withdrawn
                            .push((place.row.offer.clone(), place.row.city_id.clone()));
                    }
                    self.wishes
                        .push(wish(pricing, subject, decision, receipt, id, price, now, seen));
                }
            }
            Outcome::Hold | Outcome::Ask(_) => {
                if subject.wish.is_some() && withdraws(&decision.reason) {
                    self.withdrawn.push(key());
                    place.row.desired = None;
                }
                let open = matches!(decision.outcome, Outcome::Ask(_))
                    && !matches!(decision.reason, Reason::NoFloor { .. });
                if before.reason != word || (open && before.state != PlaceState::Asks) {
                    let id: DecisionId = pricing.id();
                    self.keep_decision(
                        &id,
                        subject,
                        decision,
                        receipt,
                        word,
                        !subject.publishes(),
                        observation,
                        now,
                    );
                    if open || place.row.decision.is_none() {
                        place.row.decision = Some(id);
                    }
                }
            }
        }
    }

    #[expect(clippy::too_many_arguments, reason = "one record is written from these")]
    fn keep_decision(
        &mut self,
        id: &DecisionId,
        subject: &Subject<'_>,
        decision: &Decision,
        receipt: &Receipt,
        word: &str,
        dry_run: bool,
        observation: Option<&ObservationId>,
        now: Timestamp,
    ) {
        let (outcome, after) = match decision.outcome {
            Outcome::Set(price) => ("set", Some(price)),
            Outcome::Hold => ("hold", None),
            Outcome::Ask(price) => (
                if matches!(decision.reason, Reason::NoFloor { .. }) {
                    "hold"
                } else {
                    "ask"
                },
                price,
            ),
        };
        let packed = serde_json::to_vec(receipt)
            .ok()
            .and_then(|text| records::pack(&text).ok());
        let Some(packed) = packed else {
            tracing::error!(offer.id = %subject.place.row.offer, "a receipt could not be written");
            return;
        };
        self.decisions.push(NewDecision {
            id: id.clone(),
            merchant: subject.place.merchant.clone(),
            shop: subject.place.shop.clone(),
            offer: subject.place.row.offer.clone(),
            city_id: subject.place.row.city_id.clone(),
            at: now,
            outcome,
            reason: word.to_owned(),
            before: decision.before,
            after,
            dry_run,
            receipt: packed,
            observation: observation.cloned(),
        });
    }
}

/// A wish to change the price, as the pusher takes it.
#[expect(clippy::too_many_arguments, reason = "one record is made from these")]
fn wish(
    pricing: &Pricing,
    subject: &Subject<'_>,
    decision: &Decision,
    receipt: &Receipt,
    id: DecisionId,
    price: Tenge,
    now: Timestamp,
    seen: Option<&Observation>,
) -> Change {
    let rival = receipt.rival.as_ref();
    let moved = decision.as_move(now, seen);
    Change {
        id: pricing.id(),
        merchant: subject.place.merchant.clone(),
        shop: subject.place.shop.clone(),
        offer: subject.place.row.offer.clone(),
        city_id: subject.place.row.city_id.clone(),
        decision: Some(id),
        from: decision.before,
        to: price,
        floor: subject.floor(),
        gain: crate::engine::pace::gain(subject, receipt, price),
        kind: moved.map_or(MoveKind::Other, |own| own.kind),
        rival_uid: rival.map(|row| row.seller.as_str().to_owned()),
        wanted_by: "bot".to_owned(),
        state: ChangeState::Desired,
        trouble: None,
        attempts: 0,
        call: None,
        created_at: now,
        sent_at: None,
        accepted_at: None,
        cabinet_at: None,
        storefront_at: None,
        look_at: None,
        caused_at: receipt.observed_at,
    }
}

/// Whether a hold takes back a wish that was not sent: not when the hold is only for want of a good read or of time.
const fn withdraws(reason: &Reason) -> bool {
    !matches!(
        reason,
        Reason::NoObservation {}
            | Reason::StaleObservation { .. }
            | Reason::PartialObservation { .. }
            | Reason::EmptyObservation {}
            | Reason::FutureObservation { .. }
            | Reason::SeenBeforeOwnChange {}
            | Reason::CoolDown { .. }
            | Reason::Silent { .. }
    )
}
