//! A marketplace in memory: one shop, its offers, rivals on their cards. Answers as told and refuses nothing.

use async_trait::async_trait;
use sauda_kernel::Tenge;
use sauda_market::*;
use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard},
};

pub const CITY: &str = "750000000";
pub const UID: &str = "30000001";

#[derive(Default)]
pub struct Shelf {
    pub own: BTreeMap<String, OwnOffer>,
    pub rivals: BTreeMap<String, Vec<RivalOffer>>,
    /// Every price change that was asked for.
    pub asked: Vec<PriceChange>,
    /// Pages of cards of others: title, way down to the category, price.
    pub pages: BTreeMap<String, (String, Vec<String>, i64)>,
    /// How often a page of a card was asked for.
    pub looks: usize,
}

#[derive(Clone, Default)]
pub struct ShelfMarket(Arc<Mutex<Shelf>>);

impl ShelfMarket {
    pub fn shelf(&self) -> MutexGuard<'_, Shelf> {
        self.0.lock().unwrap()
    }
    /// Puts an offer on sale.
    pub fn sell(&self, sku: &str, title: &str, card: &str, price: i64) {
        let offer = OwnOffer {
            sku: sku.to_owned(),
            card: Some(card.to_owned()),
            title: title.to_owned(),
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
        };
        self.shelf().own.insert(sku.to_owned(), offer);
    }
    /// A rival on a card, at a new price when it stands there already.
    pub fn rival(&self, card: &str, uid: &str, price: i64) {
        let mut shelf = self.shelf();
        let rivals = shelf.rivals.entry(card.to_owned()).or_default();
        rivals.retain(|row| row.merchant_uid != uid);
        rivals.push(rival(uid, price));
    }
}

fn rival(uid: &str, price: i64) -> RivalOffer {
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
impl Marketplace for ShelfMarket {
    fn name(&self) -> &'static str {
        "kaspi"
    }
    async fn sign_in(&self, _: &Egress, _: &Login) -> Result<SignIn, MarketError> {
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
        let point = Point {
            id: format!("{uid}_PP1"),
            code: "PP1".to_owned(),
            name: "PP1".to_owned(),
            enabled: true,
            city_id: Some(CITY.to_owned()),
            city_name: Some("Алматы".to_owned()),
        };
        Ok(ShopProfile {
            uid: uid.to_owned(),
            name: "Aru Home".to_owned(),
            logo_url: None,
            points: vec![point],
        })
    }
    async fn own_offers(
        &self,
        _: &Egress,
        _: &Session,
        _: &str,
        filter: OwnOffersFilter,
        page: u32,
        _: u32,
    ) -> Result<OwnOfferPage, MarketError> {
        let shelf = self.shelf();
        let wanted = filter == OwnOffersFilter::OnSale && page == 0;
        let offers: Vec<OwnOffer> = if wanted {
            shelf.own.values().cloned().collect()
        } else {
            Vec::new()
        };
        let total = if filter == OwnOffersFilter::OnSale {
            i64::try_from(shelf.own.len()).ok()
        } else {
            Some(0)
        };
        Ok(OwnOfferPage {
            offers,
            total,
            refused: Vec::new(),
        })
    }
    async fn own_offer(&self, _: &Egress, _: &Session, _: &str, sku: &str) -> Result<OwnOffer, MarketError> {
        self.shelf()
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
        let mut shelf = self.shelf();
        shelf.asked.push(change.clone());
        if let Some(own) = shelf.own.get_mut(&change.sku) {
            own.city_prices.extend(change.city_prices.clone());
        }
        Ok(AcceptedJob {
            job_id: format!("job{}", shelf.asked.len()),
        })
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
        let shelf = self.shelf();
        let mut offers = shelf.rivals.get(&question.card).cloned().unwrap_or_default();
        for own in shelf
            .own
            .values()
            .filter(|own| own.card.as_deref() == Some(&question.card))
        {
            offers.extend(own.city_prices.get(CITY).map(|price| rival(UID, price.get())));
        }
        offers.sort_by_key(|row| row.price);
        let total = i64::try_from(offers.len()).unwrap();
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
    async fn card_facts(&self, _: &Egress, card: &str, _: &str) -> Result<CardFacts, MarketError> {
        let mut shelf = self.shelf();
        shelf.looks += 1;
        let Some((title, path, price)) = shelf.pages.get(card).cloned() else {
            return Err(MarketError::NotFound(format!("card {card}")));
        };
        Ok(CardFacts {
            card: card.to_owned(),
            title,
            brand: None,
            category_path: path,
            category_codes: Vec::new(),
            price: Some(Tenge(price)),
            image_urls: Vec::new(),
            description: None,
            features: Vec::new(),
            created_at: None,
            variants: Vec::new(),
        })
    }
    async fn reviews(&self, _: &Egress, _: &str, _: u32, _: u32) -> Result<Reviews, MarketError> {
        Err(MarketError::Unsupported("reviews"))
    }
}

/// A marketplace whose card service nobody asks.
pub struct NoCards;

#[async_trait]
impl sauda_market::CardDesk for NoCards {
    async fn categories(
        &self,
        _: &Egress,
        _: &sauda_market::ApiToken,
    ) -> Result<Vec<sauda_market::CardCategory>, MarketError> {
        Err(MarketError::Unsupported("cards"))
    }
    async fn attributes(
        &self,
        _: &Egress,
        _: &sauda_market::ApiToken,
        _: &str,
    ) -> Result<Vec<sauda_market::CardAttribute>, MarketError> {
        Err(MarketError::Unsupported("cards"))
    }
    async fn values(
        &self,
        _: &Egress,
        _: &sauda_market::ApiToken,
        _: &str,
        _: &str,
    ) -> Result<Vec<sauda_market::AttributeValue>, MarketError> {
        Err(MarketError::Unsupported("cards"))
    }
    fn check(
        &self,
        _: &[sauda_market::NewCard],
        _: &[sauda_market::CardAttribute],
    ) -> Vec<sauda_market::CardFinding> {
        Vec::new()
    }
    fn document(&self, _: &[sauda_market::NewCard]) -> Result<Vec<u8>, MarketError> {
        Err(MarketError::Unsupported("cards"))
    }
    async fn upload(
        &self,
        _: &Egress,
        _: &sauda_market::ApiToken,
        _: &[u8],
    ) -> Result<sauda_market::UploadStatus, MarketError> {
        Err(MarketError::Unsupported("cards"))
    }
    async fn upload_status(
        &self,
        _: &Egress,
        _: &sauda_market::ApiToken,
        _: &str,
    ) -> Result<sauda_market::UploadStatus, MarketError> {
        Err(MarketError::Unsupported("cards"))
    }
    async fn upload_result(
        &self,
        _: &Egress,
        _: &sauda_market::ApiToken,
        _: &str,
    ) -> Result<sauda_market::UploadResult, MarketError> {
        Err(MarketError::Unsupported("cards"))
    }
}
