//! A marketplace in memory: one login, one shop, a few offers, rivals that stand where they are put.

use async_trait::async_trait;
use sauda_kernel::Tenge;
use sauda_market::*;
use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard},
};

pub const CITY: &str = "750000000";
pub const UID: &str = "30067228";
pub const CARD: &str = "102298404";
pub const CODE: &str = "4821";

#[derive(Default)]
pub struct Shelf {
    pub own: BTreeMap<String, OwnOffer>,
    pub rivals: Vec<RivalOffer>,
    pub is_down: bool,
}

/// Sign-in by phone asks for `CODE`.
#[derive(Clone, Default)]
pub struct Market(Arc<Mutex<Shelf>>);

impl Market {
    pub fn shelf(&self) -> MutexGuard<'_, Shelf> {
        self.0.lock().unwrap()
    }

    fn up(&self) -> Result<MutexGuard<'_, Shelf>, MarketError> {
        let shelf = self.shelf();
        if shelf.is_down {
            Err(MarketError::Down { status: 502 })
        } else {
            Ok(shelf)
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

pub fn own_offer(sku: &str, card: &str, price: i64) -> OwnOffer {
    OwnOffer {
        sku: sku.to_owned(),
        card: Some(card.to_owned()),
        title: format!("Пуховик {sku}"),
        brand: None,
        category: Some("Куртки".to_owned()),
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

fn nothing<T>(what: &'static str) -> Result<T, MarketError> {
    Err(MarketError::Unsupported(what))
}

#[async_trait]
impl Marketplace for Market {
    fn name(&self) -> &'static str {
        "kaspi"
    }
    async fn sign_in(&self, _: &Egress, login: &Login) -> Result<SignIn, MarketError> {
        drop(self.up()?);
        match login {
            Login::Phone { .. } => Ok(SignIn::CodeSent {
                pending: PendingSignIn("pending".into()),
                sent_to: "+7 701 ••• 12 34".to_owned(),
                digits: Some(4),
                again_at: None,
            }),
            Login::Mail { .. } => Err(MarketError::WrongCredentials),
        }
    }
    async fn enter_code(&self, _: &Egress, _: &PendingSignIn, code: &str) -> Result<SignIn, MarketError> {
        if code == CODE {
            Ok(SignIn::Done(Session("session".into())))
        } else {
            Err(MarketError::WrongCode)
        }
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
            name: "Склад".to_owned(),
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
        size: u32,
    ) -> Result<OwnOfferPage, MarketError> {
        let shelf = self.up()?;
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
        self.up()?
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
        let mut shelf = self.up()?;
        if let Some(own) = shelf.own.get_mut(&change.sku) {
            own.city_prices.extend(change.city_prices.clone());
        }
        Ok(AcceptedJob {
            job_id: "job".to_owned(),
        })
    }
    async fn change_sale(
        &self,
        _: &Egress,
        _: &Session,
        _: &str,
        _: &[SaleChange],
    ) -> Result<AcceptedJob, MarketError> {
        nothing("sale")
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
        let shelf = self.up()?;
        let mut offers = if question.card == CARD {
            shelf.rivals.clone()
        } else {
            Vec::new()
        };
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
        nothing("listing")
    }
    async fn card_facts(&self, _: &Egress, _: &str, _: &str) -> Result<CardFacts, MarketError> {
        nothing("facts")
    }
    async fn reviews(&self, _: &Egress, _: &str, _: u32, _: u32) -> Result<Reviews, MarketError> {
        nothing("reviews")
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
