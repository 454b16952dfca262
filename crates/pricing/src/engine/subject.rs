//! One offer in one city with all that a decision about it needs. Refuses to decide.

use crate::{
    Pricing, PricingError,
    decide::Input,
    model::{
        DemandSaid, Floors, Gap, MoveKind, Observation, OfferFacts, OwnMove, Pin, ProfitCurve, Rule,
        SellerUid, Sister, Strategy,
    },
    service::{PauseSubject, ShopMode, costs::Counting},
    store::{
        changes::{Change, ChangeState},
        context::{self, Loaded, PlaceRow},
    },
};
use sauda_accounts::Scope;
use sauda_catalog::{CatalogOffer, Shop};
use sauda_economics::{FloorParts, Wish};
use sauda_kernel::{BasisPoints, MerchantId, OfferId, RuleId, ShopId, Tenge, Timestamp};
use sauda_stock::{OfferDemand, OffersGoods};
use std::collections::{BTreeMap, BTreeSet, HashMap};

impl Pricing {
    /// Everything that decisions about these places need.
    pub(crate) async fn load_places(
        &self,
        places: Vec<PlaceRow>,
        now: Timestamp,
    ) -> Result<Loaded, PricingError> {
        let mut loaded = context::load(&self.db, places, now).await?;
        let offers: BTreeSet<OfferId> = loaded
            .places
            .iter()
            .map(|place| place.row.offer.clone())
            .collect();
        let offers: Vec<OfferId> = offers.into_iter().collect();
        loaded.city_prices = self.catalog.city_prices_of(&offers).await?;
        for (merchant, offers) in by_merchant(&loaded) {
            let scope = Scope::system(merchant.clone(), "costs of offers");
            let goods = self.goods_of(&scope, &offers).await?;
            loaded.goods.insert(merchant, goods);
        }
        if wants_profit(&loaded) {
            loaded.demand = self.demand_of(&loaded).await?;
        }
        Ok(loaded)
    }

    /// What demand is expected of offers, merchant by merchant; nothing without a stock.
    async fn demand_of(&self, loaded: &Loaded) -> Result<HashMap<OfferId, OfferDemand>, PricingError> {
        let mut found = HashMap::new();
        let Some(stock) = &self.stock else {
            return Ok(found);
        };
        for (merchant, offers) in by_merchant(loaded) {
            let scope = Scope::system(merchant, "demand of offers");
            found.extend(stock.offer_demand(&scope, &offers).await?);
        }
        Ok(found)
    }
}

/// Offers of the places, merchant by merchant.
fn by_merchant(loaded: &Loaded) -> BTreeMap<MerchantId, Vec<OfferId>> {
    let mut offers: BTreeMap<MerchantId, BTreeSet<OfferId>> = BTreeMap::new();
    for place in &loaded.places {
        let own = offers.entry(place.merchant.clone()).or_default();
        own.insert(place.row.offer.clone());
    }
    offers
        .into_iter()
        .map(|(merchant, offers)| (merchant, offers.into_iter().collect()))
        .collect()
}

/// Whether any of the rules may price for profit.
fn wants_profit(loaded: &Loaded) -> bool {
    let is_profit = |strategy: Option<Strategy>| matches!(strategy, Some(Strategy::Profit {}));
    loaded.shops.values().any(|one| is_profit(one.settings.strategy))
        || loaded.named.values().any(|one| is_profit(one.settings.strategy))
        || loaded.rules.values().any(|one| is_profit(one.settings.strategy))
}

/// An offer in a city, ready to be decided.
pub(crate) struct Subject<'a> {
    pub place: &'a PlaceRow,
    pub offer: &'a CatalogOffer,
    pub rule: Rule,
    /// The named rule that the offer is bound to.
    pub named: Option<RuleId>,
    pub mode: ShopMode,
    pub managed: bool,
    pub facts: OfferFacts,
    pub floors: Floors,
    pub parts: Option<FloorParts>,
    pub moves: Vec<OwnMove>,
    pub sisters: Vec<Sister>,
    /// What a price sells; only for the strategy that asks for it.
    pub curve: Option<ProfitCurve>,
    /// The wish that was not sent yet.
    pub wish: Option<&'a Change>,
}

impl<'a> Subject<'a> {
    /// Puts a place together with its settings. `None` when its offer, shop or settings are gone meanwhile.
    pub(crate) fn of(
        place: &'a PlaceRow,
        loaded: &'a Loaded,
        offers: &'a HashMap<OfferId, CatalogOffer>,
        shops: &HashMap<ShopId, Shop>,
        now: Timestamp,
    ) -> Result<Option<Self>, PricingError> {
        let (Some(offer), Some(shop), Some(settings)) = (
            offers.get(&place.row.offer),
            shops.get(&place.shop),
            loaded.shops.get(&place.shop),
        ) else {
            return Ok(None);
        };
        let Ok(seller) = SellerUid::new(&shop.uid) else {
            return Ok(None);
        };
        let blank = crate::service::OfferRule::blank(&offer.id, &offer.shop);
        let own = loaded.rules.get(&place.row.offer).unwrap_or(&blank);
        let named = own.rule.as_ref().and_then(|id| loaded.named.get(id));
        let (mut rule, _) = own.effective(settings, named, now);
        rule.paused |= paused(place, own, loaded);
        let here = (place.row.offer.clone(), place.row.city_id.clone());
        if let Some(price) = loaded.city_prices.get(&here) {
            // What is fixed in a city stands over what is fixed everywhere; floors stand over both.
            rule.pin = Some(Pin {
                price: *price,
                until: None,
            });
        }
        let (parts, floors) = match counted(offer, own, loaded, settings, &rule, now) {
            Ok(counted) => counted,
            Err(error) => {
                // Rates that make no sense together tell no floor: the bot holds still, the others go on.
                tracing::warn!(offer.id = %offer.id, error = %error, "no floor can be counted");
                rule.paused = true;
                (None, Floors::default())
            }
        };
        let no_changes: &[Change] = &[];
        let changes = loaded
            .changes
            .get(&(place.row.offer.clone(), place.row.city_id.clone()))
            .map_or(no_changes, Vec::as_slice);
        let flying = changes.iter().rev().find(|change| change.state.in_flight());
        let wish = changes.iter().find(|change| change.state == ChangeState::Desired);
        let mut facts = OfferFacts::new(seller, flying.map(|change| change.to).or(place.row.price));
        facts.in_stock = offer.on_sale && offer.stock.is_none_or(|stock| stock > 0);
        facts.stock = offer.stock;
        let curve = match rule.strategy {
            Strategy::Profit {} => curve(place, loaded),
            _ => None,
        };
        Ok(Some(Self {
            place,
            offer,
            rule,
            curve,
            named: own.rule.clone(),
            mode: settings.mode,
            managed: own.managed,
            facts,
            floors,
            parts,
            moves: moves(changes),
            sisters: sisters(place, loaded, shops),
            wish,
        }))
    }

    /// The input of the rules.
    pub(crate) fn input<'b>(
        &'b self,
        observation: Option<&'b Observation>,
        last_contact: Option<Timestamp>,
        now: Timestamp,
    ) -> Input<'b> {
        Input {
            offer: &self.facts,
            rule: &self.rule,
            floors: &self.floors,
            observation,
            sisters: &self.sisters,
            moves: &self.moves,
            last_contact,
            curve: self.curve.as_ref(),
            parts: self.parts.as_ref(),
            now,
        }
    }

    /// Whether a decision may be published.
    pub(crate) fn publishes(&self) -> bool {
        self.mode == ShopMode::On && self.managed && !self.rule.dry_run && self.offer.on_sale
    }

    /// Whether this price may leave by the settings of this moment.
    pub(crate) fn lets_out(&self, price: Tenge) -> bool {
        self.publishes()
            && !self.rule.paused
            && price >= self.floor()
            && self.rule.max.is_none_or(|max| price <= max)
    }

    /// The lowest price that may be sent now: rule minimum, store minimum, costs; zero when there is none at all.
    pub(crate) fn floor(&self) -> Tenge {
        let by_rule = self.rule.min.max(self.rule.store_minimum);
        by_rule.max(self.floors.cost).unwrap_or(Tenge::ZERO)
    }
}

/// What a piece costs and the floors that follow.
fn counted(
    offer: &CatalogOffer,
    own: &crate::service::OfferRule,
    loaded: &Loaded,
    settings: &crate::service::ShopSettings,
    rule: &Rule,
    now: Timestamp,
) -> Result<(Option<FloorParts>, Floors), PricingError> {
    let nothing = OffersGoods::default();
    let counting = Counting {
        goods: loaded.goods.get(&offer.merchant).unwrap_or(&nothing),
        economics: &settings.economics,
        now,
    };
    let parts = counting.of(offer, own)?.map(|cost| cost.parts);
    let floors = floors(parts.as_ref(), rule)?;
    Ok((parts, floors))
}

/// What a price sells here by the forecast; where the place is not known yet, the first is taken.
fn curve(place: &PlaceRow, loaded: &Loaded) -> Option<ProfitCurve> {
    let known = loaded.demand.get(&place.row.offer)?;
    ProfitCurve::of_demand(&DemandSaid {
        daily_milli: known.daily_milli,
        place: place
            .row
            .place
            .and_then(|place| u32::try_from(place).ok())
            .unwrap_or(1)
            .max(1),
        price: known.effect.price.tenge_down(),
        elasticity_milli: known.effect.elasticity_milli,
    })
}

fn paused(place: &PlaceRow, own: &crate::service::OfferRule, loaded: &Loaded) -> bool {
    loaded.pauses.get(&place.merchant).is_some_and(|pauses| {
        pauses.iter().any(|pause| match &pause.subject {
            PauseSubject::Everything => true,
            PauseSubject::Shop(shop) => *shop == place.shop,
            PauseSubject::Rule(rule) => own.rule.as_ref() == Some(rule),
            PauseSubject::Offer(offer) => *offer == place.row.offer,
        })
    })
}

/// Floors by cost, and the margin floor when the strategy holds one.
pub(crate) fn floors(parts: Option<&FloorParts>, rule: &Rule) -> Result<Floors, PricingError> {
    let Some(parts) = parts else {
        return Ok(Floors::default());
    };
    let mut floors = Floors {
        cost: Some(sauda_economics::floor(parts)?),
        ..Floors::default()
    };
    floors.gaps = sauda_economics::loss_gaps(parts)?
        .into_iter()
        .map(|(from, to)| Gap { from, to })
        .collect();
    if let crate::model::Strategy::HoldMargin { margin_bp } = rule.strategy {
        let wished = FloorParts {
            wish: Wish::Margin(BasisPoints(margin_bp)),
            ..parts.clone()
        };
        floors.margin = Some(sauda_economics::floor(&wished)?);
    }
    Ok(floors)
}

/// What was sent, as the rules remember it.
fn moves(changes: &[Change]) -> Vec<OwnMove> {
    let mut moves: Vec<OwnMove> = Vec::with_capacity(changes.len());
    for change in changes {
        let Some(at) = change.sent_at else { continue };
        if matches!(change.state, ChangeState::Refused | ChangeState::Lost) {
            continue;
        }
        moves.push(OwnMove {
            at,
            from: change.from,
            to: change.to,
            kind: if change.wanted_by == "bot" {
                change.kind
            } else {
                MoveKind::Other
            },
            rival: change
                .rival_uid
                .as_deref()
                .and_then(|uid| SellerUid::new(uid).ok()),
        });
    }
    moves
}

/// The owner's other shops on the same watch.
/// The owner's other shops, whether or not they sell on this card or are watched in this city: one that does stands in the
/// answer. What we believe of its price counts before what the answer says.
fn sisters(place: &PlaceRow, loaded: &Loaded, shops: &HashMap<ShopId, Shop>) -> Vec<Sister> {
    let others = shops
        .values()
        .filter(|shop| shop.merchant == place.merchant && shop.id != place.shop);
    others
        .filter_map(|shop| {
            let seller = SellerUid::new(&shop.uid).ok()?;
            let known = loaded
                .places
                .iter()
                .filter(|other| other.watch == place.watch && other.shop == shop.id);
            let here: Vec<&PlaceRow> = known.collect();
            let price = here.iter().filter_map(|other| believed(other, loaded)).min();
            Some(Sister {
                seller,
                price,
                at_work: !here.is_empty(),
            })
        })
        .collect()
}

/// The price of a place once everything sent or wished is done.
fn believed(place: &PlaceRow, loaded: &Loaded) -> Option<Tenge> {
    let flying = loaded
        .changes
        .get(&(place.row.offer.clone(), place.row.city_id.clone()))
        .and_then(|changes| {
            changes
                .iter()
                .rev()
                .find(|change| change.state.in_flight() || change.state == ChangeState::Desired)
        })
        .map(|change| change.to);
    flying.or(place.row.price)
}
