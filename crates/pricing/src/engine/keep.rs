//! What a batch of checks leaves behind: built in memory, written in one transaction.

use crate::{
    Pricing, PricingError,
    board::{BoardRow, PlaceState},
    decide::{decide, explain},
    engine::{restate::state_settings, subject::Subject},
    model::{Coverage, Decision, MoveKind, Observation, Outcome, Reason, Receipt, RungKind},
    service::ShopMode,
    store::{
        changes::{self, Change, ChangeState},
        context::{self, PlaceRow},
        records::{self, NewDecision, NewObservation, PricePoint},
        rules, sellers,
        watches::{self, Watch},
    },
};
use sauda_kernel::{ChangeId, DecisionId, ObservationId, OfferId, ShopId, Tenge, Timestamp, WatchId};
use std::collections::{BTreeMap, BTreeSet, HashMap};

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

    /// Keeps the decision when it is news, and turns it into a wish when the shop publishes.
    #[expect(
        clippy::too_many_arguments,
        reason = "one caller; each is a different fact of the same decision"
    )]
    fn follow(
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

    /// Notes what was seen on a watch; answers the observation that stands for it now. With the whole read `before` it, only
    /// sellers that came, left or moved are written.
    pub(crate) fn note_observation(
        &mut self,
        pricing: &Pricing,
        watch: &mut Watch,
        seen: &Observation,
        print: i64,
        before: Option<&Observation>,
    ) -> Option<ObservationId> {
        if watch.fingerprint == Some(print)
            && let Some(id) = &watch.observation
        {
            self.seen_again.push(id.clone());
            return Some(id.clone());
        }
        let packed = serde_json::to_vec(seen)
            .ok()
            .and_then(|text| records::pack(&text).ok())?;
        let id: ObservationId = pricing.id();
        self.observations.push(NewObservation {
            id: id.clone(),
            watch: watch.id.clone(),
            packed,
            at: seen.at(),
            complete: seen.coverage() == Coverage::Complete,
            total: seen.total(),
        });
        let before = before.filter(|before| before.coverage() == Coverage::Complete);
        let stood: HashMap<&str, (&str, Tenge)> = before
            .into_iter()
            .flat_map(Observation::rows)
            .map(|row| (row.seller.as_str(), (&*row.name, row.price)))
            .collect();
        let mut known = BTreeSet::new();
        for row in seen.rows() {
            if known.insert(row.seller.as_str())
                && stood.get(row.seller.as_str()) != Some(&(&*row.name, row.price))
            {
                self.sellers.push((
                    watch.id.clone(),
                    row.seller.as_str().to_owned(),
                    row.name.to_string(),
                    row.price,
                ));
            }
        }
        if seen.coverage() == Coverage::Complete && !seen.rows().is_empty() {
            if before.is_some() {
                let gone: Vec<String> = stood
                    .keys()
                    .filter(|uid| !known.contains(**uid))
                    .map(|uid| (*uid).to_owned())
                    .collect();
                if !gone.is_empty() {
                    self.left.push((watch.id.clone(), gone));
                }
            } else {
                self.whole.push(watch.id.clone());
            }
        }
        watch.observation = Some(id.clone());
        watch.fingerprint = Some(print);
        Some(id)
    }

    /// Writes everything in one transaction.
    pub(crate) async fn write(self, pricing: &Pricing) -> Result<(), PricingError> {
        let now = pricing.clock.now();
        let mut tx = pricing.db.write().await?;
        watches::save(&mut tx, &self.watches).await?;
        for part in chunks(self.observations, 500) {
            records::insert_observations(&mut tx, part).await?;
        }
        records::seen_again(&mut tx, &self.seen_again, now).await?;
        for part in chunks(self.sellers, 2_000) {
            sellers::seen(&mut tx, part, now).await?;
        }
        for watch in &self.whole {
            sellers::gone(&mut tx, watch, now).await?;
        }
        for (watch, uids) in &self.left {
            sellers::left(&mut tx, watch, uids, now).await?;
        }
        for part in self.places.chunks(500) {
            context::save_places(&mut tx, part).await?;
        }
        for (city, offers) in &self.still {
            for part in offers.chunks(500) {
                context::touch(&mut tx, city, part, now).await?;
            }
        }
        for part in chunks(self.points, 1_000) {
            records::insert_points(&mut tx, part).await?;
        }
        for part in chunks(self.decisions, 500) {
            records::insert_decisions(&mut tx, part).await?;
        }
        for (offer, city) in &self.withdrawn {
            changes::supersede(&mut tx, offer, city).await?;
        }
        for part in self.wishes.chunks(500) {
            changes::insert(&mut tx, part).await?;
        }
        for (at, ids) in &self.visible {
            changes::on_storefront(&mut tx, ids, *at).await?;
        }
        for shop in &self.confirmed {
            rules::confirmed(&mut tx, shop, now).await?;
        }
        tx.commit().await?;
        Ok(())
    }
}

fn chunks<T>(mut all: Vec<T>, size: usize) -> Vec<Vec<T>> {
    let mut parts = Vec::new();
    while all.len() > size {
        let rest = all.split_off(size);
        parts.push(std::mem::replace(&mut all, rest));
    }
    if !all.is_empty() {
        parts.push(all);
    }
    parts
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
