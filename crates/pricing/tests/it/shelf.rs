//! A marketplace in memory that answers as told. Keeps no rule of pricing.

use async_trait::async_trait;
use sauda_kernel::Tenge;
use sauda_market::*;
use std::{
    collections::{BTreeMap, VecDeque},
    pin::Pin,
    sync::{Arc, Mutex},
};

pub const CITY: &str = "750000000";
pub const UID: &str = "30067228";
pub const CARD: &str = "102298404";

/// What the marketplace in memory knows and was asked.
#[derive(Default)]
pub struct Shelf {
    pub own: BTreeMap<String, OwnOffer>,
    pub rivals: BTreeMap<String, Vec<RivalOffer>>,
    /// Prices that buyers see, by SKU.
    pub visible: BTreeMap<String, Tenge>,
    /// Every price change that was asked for.
    pub asked: Vec<PriceChange>,
    /// Answers for the next price changes, before the usual one.
    pub answers: VecDeque<MarketError>,
    /// Failures for the next storefront reads.
    pub read_failures: VecDeque<MarketError>,
    /// Accepted changes that never come true.
    pub lose: bool,
    pub session_ended: bool,
    /// Happens while the next price change is under way, before it is answered.
    pub meanwhile: Option<Pin<Box<dyn Future<Output = ()> + Send>>>,
    /// The next answers lack this many rows.
    pub cut_rows: usize,
    pub reads: usize,
}

#[derive(Clone, Default)]
pub struct FakeMarket(pub Arc<Mutex<Shelf>>);

impl FakeMarket {
    pub fn shelf(&self) -> std::sync::MutexGuard<'_, Shelf> {
        self.0.lock().unwrap()
    }
    /// The storefront catches up with the cabinet.
    pub fn publish(&self) {
        let mut shelf = self.shelf();
        let prices: Vec<(String, Tenge)> = shelf
            .own
            .iter()
            .filter_map(|(sku, offer)| Some((sku.clone(), *offer.city_prices.get(CITY)?)))
            .collect();
        shelf.visible.extend(prices);
    }
    pub fn rival(&self, card: &str, uid: &str, price: i64) {
        let mut shelf = self.shelf();
        let rivals = shelf.rivals.entry(card.to_owned()).or_default();
        rivals.retain(|row| row.merchant_uid != uid);
        rivals.push(rival(uid, price));
    }
    /// A rival leaves the card.
    pub fn leaves(&self, card: &str, uid: &str) {
        if let Some(rivals) = self.shelf().rivals.get_mut(card) {
            rivals.retain(|row| row.merchant_uid != uid);
        }
    }
}

pub fn rival(uid: &str, price: i64) -> RivalOffer {
    RivalOffer {
        merchant_uid: uid.to_owned(),
        merchant_name: format!("Rival {uid}"),
        merchant_sku: None,
        price: Tenge(price),
        rating_milli: Some(4_700),
        reviews: Some(100),
        delivery_at: None,
        pickup_at: None,
        marketplace_delivery: true,
        delivery_type: None,
        delivery_duration: Some("TOMORROW".to_owned()),
        preorder_days: 0,
        point_id: None,
    }
}

#[async_trait]
impl Marketplace for FakeMarket {
    fn name(&self) -> &'static str {
        "kaspi"
    }
    async fn sign_in(&self, _: &Egress, _: &Login) -> Result<SignIn, MarketError> {
        self.shelf().session_ended = false;
        Ok(SignIn::Done(Session("session".into())))
    }
    async fn enter_code(&self, _: &Egress, _: &PendingSignIn, _: &str) -> Result<SignIn, MarketError> {
        Err(MarketError::WrongCode)
    }
    async fn shops(&self, _: &Egress, _: &Session) -> Result<Vec<ShopSummary>, MarketError> {
        Ok(vec![ShopSummary {
            uid: UID.to_owned(),
            name: None,
        }])
    }
    async fn shop(&self, _: &Egress, _: &Session, uid: &str) -> Result<ShopProfile, MarketError> {
        if self.shelf().session_ended {
            return Err(MarketError::SessionEnded);
        }
        Ok(ShopProfile {
            uid: uid.to_owned(),
            name: "Aru Home".to_owned(),
            logo_url: None,
            points: vec![Point {
                id: format!("{uid}_PP1"),
                code: "PP1".to_owned(),
                name: "PP1".to_owned(),
                enabled: true,
                city_id: Some(CITY.to_owned()),
                city_name: Some("Алматы".to_owned()),
            }],
        })
    }
    async fn own_offers(
        &self,
        _: &Egress,
        _: &Session,
        _: &str,
        filter: OwnOffersFilter,
        page: u32,
        size: u32,
    ) -> Result<OwnOfferPage, MarketError> {
        let shelf = self.shelf();
        if shelf.session_ended {
            return Err(MarketError::SessionEnded);
        }
        let wanted = filter == OwnOffersFilter::OnSale;
        let all: Vec<&OwnOffer> = shelf
            .own
            .values()
            .filter(|offer| offer.on_sale == wanted)
            .collect();
        let from = usize::try_from(page * size).unwrap();
        let offers = all
            .iter()
            .skip(from)
            .take(usize::try_from(size).unwrap())
            .map(|offer| (*offer).clone())
            .collect();
        Ok(OwnOfferPage {
            offers,
            total: i64::try_from(all.len()).ok(),
            refused: Vec::new(),
        })
    }
    async fn own_offer(&self, _: &Egress, _: &Session, _: &str, sku: &str) -> Result<OwnOffer, MarketError> {
        let shelf = self.shelf();
        if shelf.session_ended {
            return Err(MarketError::SessionEnded);
        }
        shelf
            .own
            .get(sku)
            .cloned()
            .ok_or_else(|| MarketError::NotFound(sku.to_owned()))
    }
    async fn change_price(
        &self,
        _: &Egress,
        _: &Session,
        change: &PriceChange,
    ) -> Result<AcceptedJob, MarketError> {
        let meanwhile = self.shelf().meanwhile.take();
        if let Some(meanwhile) = meanwhile {
            meanwhile.await;
        }
        let mut shelf = self.shelf();
        if shelf.session_ended {
            return Err(MarketError::SessionEnded);
        }
        shelf.asked.push(change.clone());
        let failure = shelf.answers.pop_front();
        let done = !shelf.lose
            && !matches!(
                failure,
                Some(MarketError::Throttled { .. } | MarketError::Refused { .. } | MarketError::SessionEnded)
            );
        if done && let Some(own) = shelf.own.get_mut(&change.sku) {
            own.city_prices.extend(change.city_prices.clone());
        }
        match failure {
            Some(error) => Err(error),
            None => Ok(AcceptedJob {
                job_id: format!("job{}", shelf.asked.len()),
            }),
        }
    }
    async fn change_sale(
        &self,
        _: &Egress,
        _: &Session,
        _: &str,
        _: &[SaleChange],
    ) -> Result<AcceptedJob, MarketError> {
        Err(MarketError::Unsupported("sale"))
    }
    async fn job_rows(
        &self,
        _: &Egress,
        _: &Session,
        _: &str,
        _: &[String],
    ) -> Result<Vec<JobRow>, MarketError> {
        Ok(Vec::new())
    }
    async fn card_offers(&self, _: &Egress, question: &CardQuestion) -> Result<CardOffers, MarketError> {
        let mut shelf = self.shelf();
        shelf.reads += 1;
        if let Some(failure) = shelf.read_failures.pop_front() {
            return Err(failure);
        }
        let mut offers = shelf.rivals.get(&question.card).cloned().unwrap_or_default();
        for (sku, own) in &shelf.own {
            if own.on_sale
                && own.card.as_deref() == Some(&question.card)
                && let Some(price) = shelf.visible.get(sku)
            {
                offers.push(rival(UID, price.get()));
            }
        }
        offers.sort_by_key(|row| row.price);
        let total = i64::try_from(offers.len()).unwrap();
        let keep = offers.len().saturating_sub(shelf.cut_rows);
        offers.truncate(keep);
        Ok(CardOffers {
            offers,
            total,
            refused: Vec::new(),
            duplicates: Vec::new(),
        })
    }
    async fn listing(&self, _: &Egress, _: &ListingQuestion) -> Result<ListingPage, MarketError> {
        Err(MarketError::Unsupported("listing"))
    }
    async fn card_facts(&self, _: &Egress, _: &str, _: &str) -> Result<CardFacts, MarketError> {
        Err(MarketError::Unsupported("facts"))
    }
    async fn reviews(&self, _: &Egress, _: &str, _: u32, _: u32) -> Result<Reviews, MarketError> {
        Err(MarketError::Unsupported("reviews"))
    }
}

/// Own offer on a card.
pub fn own_offer(sku: &str, card: &str, price: i64) -> OwnOffer {
    OwnOffer {
        sku: sku.to_owned(),
        card: Some(card.to_owned()),
        title: format!("Пуховик {sku}"),
        brand: None,
        category: Some("Master - Coats".to_owned()),
        image_url: None,
        card_url: None,
        on_sale: true,
        city_prices: BTreeMap::from([(CITY.to_owned(), Tenge(price))]),
        price: None,
        availabilities: vec![Availability {
            point_id: format!("{UID}_PP1"),
            available: true,
            stock: Some(17),
            preorder_days: None,
            stock_enabled: None,
        }],
        errors: Vec::new(),
        settling_until: None,
        updated_at: None,
    }
}

/// So many offers `S0000`, `S0001`, … at 10 000 ₸ and 100 ₸ more each.
pub fn shelf_of(offers: i64) -> Vec<OwnOffer> {
    (0..offers)
        .map(|number| {
            own_offer(
                &format!("S{number:04}"),
                &format!("3000{number:04}"),
                10_000 + number * 100,
            )
        })
        .collect()
}
