//! A storefront in memory that answers as told. Keeps no rule of the market.

use async_trait::async_trait;
use sauda_kernel::Tenge;
use sauda_market::*;
use std::{
    collections::{BTreeMap, VecDeque},
    sync::{Arc, Mutex, MutexGuard},
};

/// Cards of a page, as the marketplace itself has.
pub const PAGE: usize = 3;

/// What stands on the shelf, and what was asked.
#[derive(Default)]
pub struct Shelf {
    pub cards: Vec<(String, i64, i64)>,
    pub sellers: BTreeMap<String, Vec<(String, i64)>>,
    pub reviews: Vec<Review>,
    /// Failures for the next reads.
    pub failures: VecDeque<MarketError>,
    /// Failures of reads by their number, from 1.
    pub failures_at: BTreeMap<usize, MarketError>,
    pub reads: usize,
}

#[derive(Clone, Default)]
pub struct Window(pub Arc<Mutex<Shelf>>);

impl Window {
    pub fn shelf(&self) -> MutexGuard<'_, Shelf> {
        self.0.lock().unwrap()
    }

    fn asked(&self) -> Result<MutexGuard<'_, Shelf>, MarketError> {
        let mut shelf = self.shelf();
        shelf.reads += 1;
        let number = shelf.reads;
        let failure = shelf.failures_at.remove(&number);
        match failure.or_else(|| shelf.failures.pop_front()) {
            Some(failure) => Err(failure),
            None => Ok(shelf),
        }
    }
}

fn never<T>() -> Result<T, MarketError> {
    Err(MarketError::Unsupported("the shelf alone"))
}

#[async_trait]
impl Marketplace for Window {
    fn name(&self) -> &'static str {
        "window"
    }
    async fn sign_in(&self, _: &Egress, _: &Login) -> Result<SignIn, MarketError> {
        never()
    }
    async fn enter_code(&self, _: &Egress, _: &PendingSignIn, _: &str) -> Result<SignIn, MarketError> {
        never()
    }
    async fn shops(&self, _: &Egress, _: &Session) -> Result<Vec<ShopSummary>, MarketError> {
        never()
    }
    async fn shop(&self, _: &Egress, _: &Session, _: &str) -> Result<ShopProfile, MarketError> {
        never()
    }
    async fn own_offers(
        &self,
        _: &Egress,
        _: &Session,
        _: &str,
        _: OwnOffersFilter,
        _: u32,
        _: u32,
    ) -> Result<OwnOfferPage, MarketError> {
        never()
    }
    async fn own_offer(&self, _: &Egress, _: &Session, _: &str, _: &str) -> Result<OwnOffer, MarketError> {
        never()
    }
    async fn change_price(
        &self,
        _: &Egress,
        _: &Session,
        _: &PriceChange,
    ) -> Result<AcceptedJob, MarketError> {
        never()
    }
    async fn change_sale(
        &self,
        _: &Egress,
        _: &Session,
        _: &str,
        _: &[SaleChange],
    ) -> Result<AcceptedJob, MarketError> {
        never()
    }
    async fn job_rows(
        &self,
        _: &Egress,
        _: &Session,
        _: &str,
        _: &[String],
    ) -> Result<Vec<JobRow>, MarketError> {
        never()
    }

    async fn card_offers(&self, _: &Egress, question: &CardQuestion) -> Result<CardOffers, MarketError> {
        let shelf = self.asked()?;
        let sellers = shelf.sellers.get(&question.card).cloned().unwrap_or_default();
        let offers: Vec<RivalOffer> = sellers
            .into_iter()
            .map(|(uid, price)| RivalOffer {
                merchant_name: format!("seller {uid}"),
                merchant_uid: uid,
                merchant_sku: None,
                price: Tenge(price),
                rating_milli: None,
                reviews: None,
                delivery_at: None,
                pickup_at: None,
                marketplace_delivery: false,
                delivery_type: None,
                delivery_duration: None,
                preorder_days: 0,
                point_id: None,
            })
            .collect();
        Ok(CardOffers {
            total: i64::try_from(offers.len()).unwrap(),
            offers,
            refused: Vec::new(),
            duplicates: Vec::new(),
        })
    }

    async fn listing(&self, _: &Egress, question: &ListingQuestion) -> Result<ListingPage, MarketError> {
        let shelf = self.asked()?;
        let from = usize::try_from(question.page).unwrap() * PAGE;
        let cards = shelf
            .cards
            .iter()
            .skip(from)
            .take(PAGE)
            .map(|(card, price, reviews)| ListingCard {
                card: card.clone(),
                title: format!("card {card}"),
                brand: None,
                category_id: None,
                price: Some(Tenge(*price)),
                url: None,
                image_url: None,
                rating_milli: Some(4_800),
                reviews: Some(*reviews),
            });
        Ok(ListingPage {
            cards: cards.collect(),
            total: Some(i64::try_from(shelf.cards.len()).unwrap()),
            refused: Vec::new(),
        })
    }

    async fn card_facts(&self, _: &Egress, card: &str, _: &str) -> Result<CardFacts, MarketError> {
        let shelf = self.asked()?;
        let known = shelf.cards.iter().find(|(known, ..)| known == card);
        let Some((_, price, _)) = known else {
            return Err(MarketError::NotFound(format!("card {card}")));
        };
        Ok(CardFacts {
            card: card.to_owned(),
            title: format!("card {card}"),
            brand: None,
            category_path: vec!["Автотовары".to_owned(), "Диски".to_owned()],
            category_codes: Vec::new(),
            price: Some(Tenge(*price)),
            image_urls: Vec::new(),
            description: None,
            features: Vec::new(),
            created_at: None,
            variants: Vec::new(),
        })
    }

    async fn reviews(&self, _: &Egress, _: &str, _: u32, _: u32) -> Result<Reviews, MarketError> {
        let shelf = self.asked()?;
        Ok(Reviews {
            reviews: shelf.reviews.clone(),
            rating_milli: Some(4_700),
            distribution: Vec::new(),
            total: Some(i64::try_from(shelf.reviews.len()).unwrap()),
            refused: Vec::new(),
        })
    }
}
