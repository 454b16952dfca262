//! The pretend world itself: places, cards, sellers, shops, buyers, time. Refuses to know HTTP.

pub mod accounts;
pub mod build;
pub mod buyers;
pub mod cards;
pub mod cities;
pub mod delivery;
pub mod engine;
pub mod jobs;
pub mod ledger;
pub mod orders;
pub mod past;
pub mod refunds;
pub mod rivals;
pub mod sellers;
pub mod shops;
pub mod vocabulary;

use accounts::Account;
use cards::{CardSlot, CardState};
use cities::Cities;
use engine::Wake;
use sauda_kernel::Timestamp;
use sellers::Seller;
use shops::{OwnOffer, Point, Shop};
use std::{collections::HashMap, sync::atomic::Ordering};
use vocabulary::Family;

/// Everything that exists. The lists are fixed at birth; what moves is behind the lock of its card or shop.
pub struct World {
    pub seed: u64,
    pub cities: Cities,
    pub families: Vec<Family>,
    pub sellers: Vec<Seller>,
    pub cards: Vec<CardSlot>,
    pub card_by_sku: HashMap<u32, u32>,
    /// Cards by falling demand: the order of "relevance".
    pub popular: Vec<u32>,
    pub shops: Vec<Shop>,
    pub shop_by_uid: HashMap<String, u16>,
    pub accounts: Vec<Account>,
    pub born: Timestamp,
}

impl World {
    /// The card with this number, as text from a path or a body.
    pub fn card(&self, sku: &str) -> Option<(u32, &CardSlot)> {
        let at = *self.card_by_sku.get(&sku.parse::<u32>().ok()?)?;
        self.cards.get(crate::numbers::place(at)).map(|slot| (at, slot))
    }

    pub fn card_at(&self, at: u32) -> Option<&CardSlot> {
        self.cards.get(crate::numbers::place(at))
    }

    pub fn shop(&self, uid: &str) -> Option<(u16, &Shop)> {
        let at = *self.shop_by_uid.get(uid)?;
        self.shops.get(usize::from(at)).map(|shop| (at, shop))
    }

    pub fn family(&self, at: u16) -> Option<&Family> {
        self.families.get(usize::from(at))
    }

    pub fn seller(&self, at: u32) -> Option<&Seller> {
        self.sellers.get(crate::numbers::place(at))
    }

    pub fn seller_by_id(&self, id: &str) -> Option<u32> {
        self.sellers
            .iter()
            .position(|seller| seller.id == id)
            .map(crate::numbers::index)
    }

    /// Changes a card, settles who is first, makes rendered answers stale, and says which bots will answer and when.
    /// A change that returns none changed nothing.
    pub fn change_card<R>(
        &self,
        at: u32,
        now: Timestamp,
        era: Option<u32>,
        change: impl FnOnce(&mut CardState) -> Option<R>,
    ) -> Option<(R, Vec<Wake>)> {
        let slot = self.card_at(at)?;
        let mut state = crate::locks::write(&slot.state);
        let result = change(&mut state)?;
        state.settle(now, &self.sellers);
        let wakes = era
            .map(|era| rivals::who_answers(self, slot, at, &mut state, now, era))
            .unwrap_or_default();
        slot.version.fetch_add(1, Ordering::Release);
        Some((result, wakes))
    }

    /// Shows an own offer on its card as the cabinet now has it.
    pub fn show_offer(&self, shop_at: u16, offer_at: u32, now: Timestamp, era: Option<u32>) -> Vec<Wake> {
        let Some(shop) = self.shops.get(usize::from(shop_at)) else {
            return Vec::new();
        };
        let Some((offer, points)) = snapshot(shop, offer_at) else {
            return Vec::new();
        };
        let places = points_with_goods(shop, &offer, &points);
        let changed = self.change_card(offer.card, now, era, |state| {
            let listing = state
                .own
                .iter_mut()
                .find(|own| own.shop == shop_at && own.offer == offer_at)?;
            listing.everywhere = offer.everywhere;
            listing.city_prices = offer
                .city_prices
                .iter()
                .map(|(city, price)| (*city, *price))
                .collect();
            listing.on_sale = offer.on_sale;
            listing.stock = offer.stock();
            listing.preorder = preorder_of(&offer);
            listing.points = places;
            Some(())
        });
        changed.map(|(_, wakes)| wakes).unwrap_or_default()
    }
}

/// Days of pre-order of an offer: the shortest among points that have goods.
pub fn preorder_of(offer: &OwnOffer) -> u8 {
    offer
        .availabilities
        .iter()
        .flatten()
        .filter(|one| one.available)
        .map(|one| one.pre_order)
        .min()
        .unwrap_or(0)
}

/// Long names and cities of enabled points where the offer has goods.
pub fn points_with_goods(shop: &Shop, offer: &OwnOffer, points: &[Point]) -> Vec<(String, cities::CityIx)> {
    let mut places = Vec::new();
    for availability in offer.availabilities.iter().flatten() {
        if !availability.available || availability.stock == Some(0) {
            continue;
        }
        if let Some(point) = points
            .iter()
            .find(|point| point.enabled && point.code == availability.point)
        {
            places.push((format!("{}_{}", shop.uid, point.code), point.city));
        }
    }
    places
}

fn snapshot(shop: &Shop, offer_at: u32) -> Option<(OwnOffer, Vec<Point>)> {
    let state = crate::locks::read(&shop.state);
    let offer = state.offers.get(crate::numbers::place(offer_at))?.clone();
    Some((offer, state.points.clone()))
}
