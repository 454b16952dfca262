//! What a batch of checks leaves behind: built in memory, written in one transaction.

mod follow;
mod write;

use crate::{
    Pricing,
    board::{BoardRow, PlaceState},
    decide::{decide, explain},
    engine::{restate::state_settings, subject::Subject},
    model::{Decision, Observation, Outcome, Reason, Receipt, RungKind},
    store::{
        changes::{Change, ChangeState},
        context::PlaceRow,
        records::{NewDecision, NewObservation, PricePoint},
        watches::Watch,
    },
};
use sauda_kernel::{ChangeId, ObservationId, OfferId, ShopId, Tenge, Timestamp, WatchId};
use std::collections::{BTreeMap, BTreeSet};

/// Everything that a batch writes.
#[derive(Default)]
pub(crate) struct Batch {
    pub watches: Vec<Watch>,
    pub observations: Vec<NewObservation>,
    pub seen_again: Vec<ObservationId>,
    pub sellers: Vec<(WatchId, String, String, Tenge)>,
    pub whole: Vec<WatchId>,
    /// Sellers that left since the last whole read.
    pub left: Vec<(WatchId, Vec<String>)>,
    pub places: Vec<PlaceRow>,
    /// Places of which only the moment of the check is new, by city.
    pub still: BTreeMap<String, Vec<OfferId>>,
    pub points: Vec<(OfferId, String, PricePoint)>,
    pub decisions: Vec<NewDecision>,
    pub withdrawn: Vec<(OfferId, String)>,
    pub wishes: Vec<Change>,
    pub visible: BTreeMap<Timestamp, Vec<ChangeId>>,
    pub confirmed: BTreeSet<ShopId>,
    pub shops: BTreeSet<ShopId>,
}

impl Batch {
    /// Judges one place by a fresh read and notes what follows. Answers the place as it is now.
    pub(crate) fn judge(
        &mut self,
        pricing: &Pricing,
        subject: &Subject<'_>,
        seen: &Observation,
        recent: &[Change],
        observation: Option<&ObservationId>,
    ) -> BoardRow {
        let now = pricing.clock.now();
        let mut place = subject.place.clone();
        self.notice_visible(subject, seen, recent, &mut place);
        let input = subject.input(Some(seen), Some(now), now);
        let decision = decide(&input);
        let receipt = explain(&input, &decision);
        let word = decision.reason.args().word;
        let state = state_of(subject, &decision, place.row.price);
        let before = place.row.clone();
        fill(&mut place, subject, seen, &receipt, &decision, now);
        place.row.state = state;
        self.follow(
            pricing,
            subject,
            &decision,
            &receipt,
            &word,
            &before,
            &mut place,
            observation,
            Some(seen),
            now,
        );
        place.row.reason = word;
        if changed_for_history(&before, &place.row) {
            let point = PricePoint {
                at: now,
                own: place.row.price,
                rival: place.row.rival_price,
                floor: place.row.floor,
                place: place.row.place,
                sellers: place.row.sellers,
            };
            self.points
                .push((place.row.offer.clone(), place.row.city_id.clone(), point));
        }
        if differs(&before, &place.row) {
            self.shops.insert(place.shop.clone());
        }
        let row = place.row.clone();
        let as_before = BoardRow {
            checked_at: row.checked_at,
            ..before
        };
        if as_before == row && place.rival_uid == subject.place.rival_uid {
            let still = self.still.entry(row.city_id.clone()).or_default();
            still.push(row.offer.clone());
        } else {
            self.places.push(place);
        }
        row
    }

    /// Judges one place without a read, after a long silence: the dead-man's switch speaks.
    pub(crate) fn judge_silence(&mut self, pricing: &Pricing, subject: &Subject<'_>) {
        let now = pricing.clock.now();
        let input = subject.input(None, subject.place.row.checked_at, now);
        let decision = decide(&input);
        let receipt = explain(&input, &decision);
        let word = decision.reason.args().word;
        let before = subject.place.row.clone();
        let mut place = subject.place.clone();
        place.row.state = if matches!(decision.outcome, Outcome::Ask(_)) {
            PlaceState::Asks
        } else {
            PlaceState::Error
        };
        self.follow(
            pricing, subject, &decision, &receipt, &word, &before, &mut place, None, None, now,
        );
        place.row.reason = word;
        if differs(&before, &place.row) {
            self.shops.insert(place.shop.clone());
        }
        self.places.push(place);
    }

    /// Our own row on the storefront: confirms what was sent, and corrects what we believed.
    fn notice_visible(
        &mut self,
        subject: &Subject<'_>,
        seen: &Observation,
        recent: &[Change],
        place: &mut PlaceRow,
    ) {
        let Some(own) = seen.row_of(&subject.facts.seller) else {
            return;
        };
        let newest = recent
            .iter()
            .rev()
            .find(|change| change.sent_at.is_some() && change.state != ChangeState::Refused);
        if let Some(change) = newest
            && change.to == own.price
            && matches!(
                change.state,
                ChangeState::Sending
                    | ChangeState::Accepted
                    | ChangeState::Unclear
                    | ChangeState::InCabinet
                    | ChangeState::Lost
            )
            && change.sent_at.is_some_and(|sent| sent <= seen.at())
        {
            self.visible.entry(seen.at()).or_default().push(change.id.clone());
            self.confirmed.insert(place.shop.clone());
        }
        // While a change is on its way the storefront may still show the old price.
        let settled = newest.is_none_or(|change| !change.state.in_flight() || change.to == own.price);
        if settled && place.row.price != Some(own.price) {
            place.row.delta = place.row.price.map(|old| own.price.get() - old.get());
            place.row.price = Some(own.price);
            place.row.changed_at = Some(seen.at());
        }
    }
}

/// The state that lists show.
pub(crate) fn state_of(subject: &Subject<'_>, decision: &Decision, price: Option<Tenge>) -> PlaceState {
    if !subject.offer.on_sale {
        return PlaceState::OffSale;
    }
    if !subject.managed {
        return PlaceState::Manual;
    }
    let standing = match decision.outcome {
        Outcome::Set(price) => Some(price),
        Outcome::Hold | Outcome::Ask(_) => price,
    };
    match (&decision.outcome, &decision.reason) {
        (_, Reason::Paused {}) => PlaceState::Paused,
        (_, Reason::NoFloor { .. }) => PlaceState::NoLimits,
        (_, Reason::Pinned { .. }) => PlaceState::Pinned,
        _ if subject.rule.pin.is_some() => PlaceState::Pinned,
        (Outcome::Ask(_), _) => PlaceState::Asks,
        (_, Reason::MarginFloor { .. }) => PlaceState::HoldsMargin,
        (_, Reason::OnFloor { .. }) => PlaceState::AtFloor,
        (
            _,
            Reason::CellHold {
                cell: crate::model::Cell::NoRival,
            }
            | Reason::CellPrice {
                cell: crate::model::Cell::NoRival,
                ..
            },
        ) => PlaceState::Alone,
        _ if standing.is_some() && standing == decision.floor => PlaceState::AtFloor,
        _ if standing.is_some() && standing == decision.ceiling => PlaceState::AtCeiling,
        _ => PlaceState::Works,
    }
}

/// Fills what lists show from a read.
fn fill(
    place: &mut PlaceRow,
    subject: &Subject<'_>,
    seen: &Observation,
    receipt: &Receipt,
    decision: &Decision,
    now: Timestamp,
) {
    let rival = receipt.ladder.iter().find(|rung| rung.kind == RungKind::Rival);
    let row = &mut place.row;
    row.rival_price = rival.map(|rung| rung.price);
    row.rival_name = rival.map(|rung| rung.name.to_string());
    place.rival_uid = rival.map(|rung| rung.seller.as_str().to_owned());
    let visible = seen.row_of(&subject.facts.seller).is_some();
    let stands = row
        .price
        .filter(|_| visible)
        .map(|price| crate::decide::place_of(seen, &subject.facts.seller, price));
    row.place = stands.map(|stands| i64::from(stands.place));
    row.sellers = Some(seen.total());
    state_settings(row, subject, decision.floor);
    row.checked_at = Some(now);
    row.category.clone_from(&subject.offer.category);
    row.stock = subject.offer.stock;
}

fn changed_for_history(before: &BoardRow, after: &BoardRow) -> bool {
    before.checked_at.is_none()
        || before.price != after.price
        || before.rival_price != after.rival_price
        || before.floor != after.floor
        || before.place != after.place
        || before.sellers != after.sellers
}

/// Whether open pages should be told.
fn differs(before: &BoardRow, after: &BoardRow) -> bool {
    changed_for_history(before, after) || before.state != after.state || before.desired != after.desired
}
