//! What a hand may do to the world: the methods behind page, JSON API and in-process tests. Refuses to go through the wire.

use crate::{
    control::{faults::Fault, settings::SettingsPatch},
    locks::{read, write},
    numbers::place,
    sim::Sim,
    world::{
        build,
        cards::Temper,
        shops::{Availability, OwnOffer, Point},
    },
};
use sauda_kernel::{Clock, Span, Timestamp};

/// A thing that is not in the world.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no {what} {name:?} in this world")]
pub struct Missing {
    what: &'static str,
    name: String,
}

impl Missing {
    pub(crate) fn of(what: &'static str, name: &str) -> Self {
        Self {
            what,
            name: name.to_owned(),
        }
    }
}

fn missing(what: &'static str, name: &str) -> Missing {
    Missing::of(what, name)
}

/// Parts of a rival to change; absent parts stay.
#[derive(Debug, Clone, Default, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RivalChange {
    pub price: Option<u32>,
    /// The price is for this city only.
    pub city: Option<String>,
    pub floor: Option<u32>,
    pub in_stock: Option<bool>,
    pub preorder: Option<u8>,
    pub temper: Option<Temper>,
    /// A frozen rival moves only by hand.
    pub frozen: Option<bool>,
}

/// Parts of an own offer to change behind the cabinet's back; absent parts stay.
#[derive(Debug, Clone, Default, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OfferChange {
    /// False removes the offer, true puts it back on sale.
    pub on_sale: Option<bool>,
    /// Pieces at every point of the offer.
    pub stock: Option<u32>,
    /// A city (new or known) gets this price.
    pub city: Option<String>,
    pub price: Option<u32>,
    /// The city of `city` loses its price.
    #[serde(default)]
    pub drop_city: bool,
}

impl Sim {
    /// World time.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Puts a fault in force; returns its number.
    pub fn add_fault(&self, fault: Fault) -> u64 {
        self.faults.add(fault, self.clock.limit_now())
    }

    pub fn remove_fault(&self, id: u64) -> bool {
        self.faults.remove(id)
    }

    pub fn clear_faults(&self) {
        self.faults.clear();
    }

    /// The code sent last to a phone or mail address.
    pub fn last_code(&self, to: &str) -> Option<String> {
        self.identity.codes(Some(to)).pop().map(|sent| sent.code)
    }

    /// Changes switches; absent ones stay.
    pub fn change_settings(&self, patch: &SettingsPatch) {
        {
            let mut settings = write(&self.settings);
            let changed = patch.over(*settings);
            *settings = changed;
        }
        let settings = *read(&self.settings);
        self.live(
            patch.rivals.unwrap_or(settings.rivals),
            patch.buyers.unwrap_or(settings.buyers),
        );
    }

    /// Ends the cabinet sessions of one phone or mail, or of everybody. Returns how many ended.
    ///
    /// # Errors
    /// When nobody has that login.
    pub fn end_sessions(&self, login: Option<&str>) -> Result<usize, Missing> {
        let Some(login) = login else {
            return Ok(self.identity.end_sessions(None));
        };
        let wanted = crate::world::accounts::digits(login);
        let is = |account: &crate::world::accounts::Account| {
            account.mail.eq_ignore_ascii_case(login)
                || (wanted.is_some() && crate::world::accounts::digits(&account.phone) == wanted)
        };
        let account = self
            .world
            .accounts
            .iter()
            .position(is)
            .ok_or_else(|| missing("login", login))?;
        Ok(self.identity.end_sessions(Some(account)))
    }

    /// Changes a rival of a card at once.
    ///
    /// # Errors
    /// When the card, the rival or the city does not exist.
    pub fn change_rival(&self, card: &str, merchant: &str, change: &RivalChange) -> Result<(), Missing> {
        let (at, _) = self.world.card(card).ok_or_else(|| missing("card", card))?;
        let seller = self
            .world
            .seller_by_id(merchant)
            .ok_or_else(|| missing("seller", merchant))?;
        let city = match change.city.as_deref() {
            Some(id) => Some(self.world.cities.find(id).ok_or_else(|| missing("city", id))?),
            None => None,
        };
        let era = self.era();
        let changed = self.world.change_card(at, self.clock.now(), era, |state| {
            let position = state.rival_of(seller)?;
            let rival = state.rivals.get_mut(position)?;
            if let Some(price) = change.price {
                rival.set_price(city, price.max(1));
            }
            rival.floor = change.floor.unwrap_or(rival.floor);
            rival.in_stock = change.in_stock.unwrap_or(rival.in_stock);
            rival.preorder = change.preorder.unwrap_or(rival.preorder);
            rival.temper = change.temper.unwrap_or(rival.temper);
            rival.frozen = change.frozen.unwrap_or(rival.frozen);
            Some(())
        });
        let (_, wakes) = changed.ok_or_else(|| missing("rival", merchant))?;
        self.wake_all(wakes);
        Ok(())
    }

    /// Sets a rival's price at once, in one city or in all.
    ///
    /// # Errors
    /// As [`Sim::change_rival`].
    pub fn move_rival(
        &self,
        card: &str,
        merchant: &str,
        city: Option<&str>,
        price: u32,
    ) -> Result<(), Missing> {
        self.change_rival(
            card,
            merchant,
            &RivalChange {
                price: Some(price),
                city: city.map(str::to_owned),
                ..RivalChange::default()
            },
        )
    }

    /// Adds a rival to a card; without a merchant a seller is taken who is not there yet. Returns the merchant id.
    ///
    /// # Errors
    /// When the card does not exist, or no seller is left for it.
    pub fn add_rival(
        &self,
        card: &str,
        merchant: Option<&str>,
        change: &RivalChange,
    ) -> Result<String, Missing> {
        let (at, slot) = self.world.card(card).ok_or_else(|| missing("card", card))?;
        let seller = {
            let state = read(&slot.state);
            let free = |one: &u32| state.rival_of(*one).is_none();
            match merchant {
                Some(id) => self.world.seller_by_id(id).filter(free),
                None => (0..crate::numbers::index(self.world.sellers.len())).find(free),
            }
        };
        let seller = seller.ok_or_else(|| missing("free seller", merchant.unwrap_or("")))?;
        let id = self
            .world
            .seller(seller)
            .map(|one| one.id.clone())
            .unwrap_or_default();
        // Pushed while no bot looks: the change below wakes whoever wants to answer.
        let _ = self.world.change_card(at, self.clock.now(), None, |state| {
            let mut rival = build::draw_rival(&slot.info, seller, &self.world.sellers, &mut state.luck);
            rival.temper = change.temper.unwrap_or(Temper::Sleepy);
            rival.in_stock = true;
            rival.preorder = 0;
            rival.city_prices.clear();
            state.rivals.push(rival);
            Some(())
        });
        self.change_rival(card, &id, change)?;
        Ok(id)
    }

    /// Takes a rival off a card.
    ///
    /// # Errors
    /// When the card or the rival does not exist.
    pub fn remove_rival(&self, card: &str, merchant: &str) -> Result<(), Missing> {
        let (at, _) = self.world.card(card).ok_or_else(|| missing("card", card))?;
        let seller = self
            .world
            .seller_by_id(merchant)
            .ok_or_else(|| missing("seller", merchant))?;
        let changed = self.world.change_card(at, self.clock.now(), self.era(), |state| {
            let position = state.rival_of(seller)?;
            state.rivals.get_mut(position)?.present = false;
            Some(())
        });
        let (_, wakes) = changed.ok_or_else(|| missing("rival", merchant))?;
        self.wake_all(wakes);
        Ok(())
    }

    /// Changes an own offer behind the bot's back, as another person in the cabinet would.
    ///
    /// # Errors
    /// When the shop, the offer or the city does not exist.
    pub fn change_offer(&self, uid: &str, sku: &str, change: &OfferChange) -> Result<(), Missing> {
        let (shop_at, shop) = self.world.shop(uid).ok_or_else(|| missing("shop", uid))?;
        let city = match change.city.as_deref() {
            Some(id) => Some(self.world.cities.find(id).ok_or_else(|| missing("city", id))?),
            None => None,
        };
        let now = self.clock.now();
        let offer_at = {
            let mut state = write(&shop.state);
            let (at, offer) = state.find_mut(sku).ok_or_else(|| missing("offer", sku))?;
            match (city, change.price) {
                (Some(city), _) if change.drop_city => {
                    offer.city_prices.remove(&city);
                    offer.everywhere = None;
                }
                (Some(city), Some(price)) => {
                    offer.city_prices.insert(city, price);
                    offer.note("PRICE_CHANGE", "colleague@example.com", now);
                }
                (None, Some(price)) => {
                    offer.everywhere = Some(price);
                    offer.city_prices.clear();
                    offer.note("PRICE_CHANGE", "colleague@example.com", now);
                }
                (_, None) => {}
            }
            if change.on_sale == Some(false) {
                offer.remove("colleague@example.com", now, "NO_AVAILABILITIES");
            } else if change.on_sale == Some(true) || change.stock.is_some() {
                restock(offer, change.stock, now);
            }
            at
        };
        self.wake_all(self.world.show_offer(shop_at, offer_at, now, self.era()));
        Ok(())
    }

    /// Opens or closes a point of a shop; `gone` takes it away altogether.
    ///
    /// # Errors
    /// When the shop or the point does not exist.
    pub fn change_point(&self, uid: &str, code: &str, enabled: bool, gone: bool) -> Result<(), Missing> {
        let (shop_at, shop) = self.world.shop(uid).ok_or_else(|| missing("shop", uid))?;
        let offers = {
            let mut state = write(&shop.state);
            let at = state
                .points
                .iter()
                .position(|point| point.code == code)
                .ok_or_else(|| missing("point", code))?;
            if gone {
                state.points.remove(at);
            } else if let Some(point) = state.points.get_mut(at) {
                point.enabled = enabled;
            }
            state.offers.len()
        };
        self.show_all(shop_at, offers);
        Ok(())
    }

    /// Opens a new point in a city.
    ///
    /// # Errors
    /// When the shop or the city does not exist.
    pub fn add_point(&self, uid: &str, code: &str, city: &str) -> Result<(), Missing> {
        let (_, shop) = self.world.shop(uid).ok_or_else(|| missing("shop", uid))?;
        let city = self
            .world
            .cities
            .find(city)
            .ok_or_else(|| missing("city", city))?;
        let mut state = write(&shop.state);
        if state.point(code).is_none() {
            state.points.push(Point {
                code: code.to_owned(),
                city,
                enabled: true,
                phone: "7000000000".to_owned(),
            });
        }
        Ok(())
    }

    fn show_all(&self, shop_at: u16, offers: usize) {
        for offer in 0..crate::numbers::index(offers) {
            self.wake_all(
                self.world
                    .show_offer(shop_at, offer, self.clock.now(), self.era()),
            );
        }
    }

    /// Bans a shop from price changes for so long, or lifts the ban.
    ///
    /// # Errors
    /// When the shop does not exist.
    pub fn ban_shop(&self, uid: &str, span: Option<Span>) -> Result<(), Missing> {
        let (at, _) = self.world.shop(uid).ok_or_else(|| missing("shop", uid))?;
        self.change_limit
            .ban(at, span.map(|span| self.clock.limit_now().plus(span)));
        Ok(())
    }

    /// The price buyers of a city see of an own offer, and its place from 1; none when they do not see it.
    pub fn visible(&self, uid: &str, sku: &str, city: &str) -> Option<(u32, u32)> {
        let (shop_at, shop) = self.world.shop(uid)?;
        let city = self.world.cities.find(city)?;
        let (offer_at, card) = {
            let state = read(&shop.state);
            let (at, offer) = state.find(sku)?;
            (at, offer.card)
        };
        let state = read(&self.world.card_at(card)?.state);
        let ladder = state.ladder(city, &self.world.sellers);
        let mine = |line: &crate::world::cards::Line| match line.who {
            crate::world::cards::Who::Own(at) => state
                .own
                .get(at)
                .is_some_and(|own| own.shop == shop_at && own.offer == offer_at),
            crate::world::cards::Who::Rival(_) => false,
        };
        let position = ladder.iter().position(mine)?;
        ladder
            .get(position)
            .map(|line| (line.price, crate::numbers::index(position) + 1))
    }

    /// Lowest price ever accepted of an own offer, for "never below" checks.
    pub fn lowest_accepted(&self, uid: &str, sku: &str) -> Option<u32> {
        self.ledger
            .list(Some(uid), Some(sku), 0)
            .iter()
            .filter_map(|(_, entry)| entry.change.lowest())
            .min()
    }

    /// Number of accepted changes of a shop that repeat the one before them word for word.
    pub fn repeats(&self, uid: &str) -> usize {
        self.ledger
            .list(Some(uid), None, 0)
            .iter()
            .filter(|(_, entry)| entry.same_as_before)
            .count()
    }

    /// Numbers of all cards.
    pub fn cards(&self) -> Vec<u32> {
        self.world.cards.iter().map(|slot| slot.info.sku).collect()
    }

    /// Own skus of a shop with their card numbers, on sale or not.
    pub fn skus(&self, uid: &str) -> Vec<(String, String, bool)> {
        let Some((_, shop)) = self.world.shop(uid) else {
            return Vec::new();
        };
        let state = read(&shop.state);
        let number = |card: u32| {
            self.world
                .cards
                .get(place(card))
                .map(|slot| slot.info.sku.to_string())
                .unwrap_or_default()
        };
        state
            .offers
            .iter()
            .map(|offer| (offer.sku.clone(), number(offer.card), offer.on_sale))
            .collect()
    }
}

fn restock(offer: &mut OwnOffer, stock: Option<u32>, now: Timestamp) {
    let points = offer.points.clone();
    let goods = points
        .into_iter()
        .map(|point| Availability {
            point,
            available: stock != Some(0),
            pre_order: 0,
            stock,
        })
        .collect();
    offer.availabilities = Some(goods);
    if !offer.on_sale {
        offer.on_sale = true;
        offer.archived_at = None;
        offer.error = None;
        offer.note("ON_SALE", "colleague@example.com", now);
    }
}
