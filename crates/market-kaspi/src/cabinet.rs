//! The calls of the seller cabinet: shops, own offers, changes and what became of them. Refuses to send what makes no sense.

use crate::{
    KaspiSettings,
    http::{Answer, Call, Clients, Effect, Service, expect_json, judge},
    read::{self, Links},
    session::Record,
    settings::join,
    wire::send::{
        BatchBody, BatchStore, CityValue, GraphQuestion, MerchantIdVariables, MerchantUidVariables,
        ProcessBody, ProtocolQuestion, StoreBody,
    },
};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use sauda_kernel::Tenge;
use sauda_market::{
    AcceptedJob, Egress, JobRow, MarketError, OwnOffer, OwnOfferPage, OwnOffersFilter, Point, PriceChange,
    Refund, RefundDetails, RefundPage, RefundTab, SaleChange, Session, ShopProfile, ShopSummary,
};
use std::collections::{BTreeMap, BTreeSet};
use url::Url;

/// The cabinet was seen to fail with larger batches.
const LARGEST_BATCH: usize = 500;
/// Returns a page.
const REFUNDS: u32 = 10;

const MERCHANT_QUERY: &str = "query getMerchant($id: String!) { merchant(id: $id) { id name logo { url } \
     points { id name enabled virtual type city { id name } } } }";
const POINTS_QUERY: &str = "query getPointList($merchantUid: String!) { merchant(id: $merchantUid) { id \
     points { id enabled city { name } type } } }";

/// Headers of each call of the cabinet.
pub fn put_headers(call: &mut Call, settings: &KaspiSettings) -> Result<(), MarketError> {
    call.header("x-auth-version", "3")?;
    call.header("origin", settings.site_url.trim_end_matches('/'))?;
    call.header("referer", &join(&settings.site_url, "/"))?;
    call.header("accept", "application/json, text/plain, */*")?;
    call.header("accept-language", &settings.accept_language)
}

/// One signed-in person at the cabinet, for one call.
pub struct Cabinet<'a> {
    pub clients: &'a Clients,
    pub via: &'a Egress,
    pub settings: &'a KaspiSettings,
    pub session: &'a Session,
}

impl Cabinet<'_> {
    fn url(&self, path: &str) -> String {
        join(&self.settings.cabinet_url, path)
    }

    fn get(&self, name: &'static str, path: &str) -> Call {
        Call::get(Service::Cabinet, name, self.url(path), self.settings)
    }

    async fn send(&self, mut call: Call) -> Result<Answer, MarketError> {
        let effect = call.effect;
        put_headers(&mut call, self.settings)?;
        let url = Url::parse(&call.url)
            .map_err(|_| MarketError::Invalid("the cabinet's address is not an address".to_owned()))?;
        let cookies = Record::open(self.session)?
            .jar
            .header(&url)
            .ok_or(MarketError::SessionEnded)?;
        call.header("cookie", &cookies)?;
        let answer = call.send(self.clients, self.via, self.settings).await?;
        expect_json(judge(answer, Service::Cabinet, effect, self.settings)?, effect)
    }

    pub async fn shops(&self) -> Result<Vec<ShopSummary>, MarketError> {
        let answer = self.send(self.get("shops", "/s/m")).await?;
        read::shops(&answer.body)
    }

    pub async fn shop(&self, shop_uid: &str) -> Result<ShopProfile, MarketError> {
        named("shop", shop_uid)?;
        let question = GraphQuestion {
            operation_name: "getMerchant",
            variables: MerchantIdVariables { id: shop_uid },
            query: MERCHANT_QUERY,
        };
        let answer = self.send(self.graph("getMerchant", &question)?).await?;
        let (mut profile, are_points_known) = read::shop_profile(&answer.body, shop_uid)?;
        if !are_points_known {
            profile.points = self.points(shop_uid).await?;
        }
        Ok(profile)
    }

    pub async fn points(&self, shop_uid: &str) -> Result<Vec<Point>, MarketError> {
        named("shop", shop_uid)?;
        let question = GraphQuestion {
            operation_name: "getPointList",
            variables: MerchantUidVariables {
                merchant_uid: shop_uid,
            },
            query: POINTS_QUERY,
        };
        let answer = self.send(self.graph("getPointList", &question)?).await?;
        read::shop_points(&answer.body, shop_uid)
    }

    fn graph(&self, name: &'static str, question: &impl serde::Serialize) -> Result<Call, MarketError> {
        let url = self.url(&format!("/mc/facade/graphql?opName={name}"));
        Call::post(Service::Cabinet, name, url, question, self.settings)
    }

    pub async fn own_offers(
        &self,
        shop_uid: &str,
        filter: OwnOffersFilter,
        page: u32,
        size: u32,
        text: Option<&str>,
    ) -> Result<OwnOfferPage, MarketError> {
        named("shop", shop_uid)?;
        if !(1..=100).contains(&size) {
            return Err(MarketError::Invalid(format!(
                "a page of {size} own offers: ask for 1 to 100"
            )));
        }
        let mut path = format!("/bff/offer-view/list?m={}&p={page}&l={size}", quoted(shop_uid));
        match filter {
            OwnOffersFilter::OnSale => path.push_str("&a=true"),
            OwnOffersFilter::Removed => path.push_str("&a=false"),
            OwnOffersFilter::All => {}
        }
        if let Some(text) = text {
            path.push_str("&t=");
            path.push_str(&quoted(text));
        }
        let answer = self.send(self.get("own offers", &path)).await?;
        read::own_offers(&answer.body, &Links::of(self.settings), shop_uid, filter)
    }

    /// One call when the list knows the offer with its points and prices. The details are asked only for what it lacks: they do not say
    /// at which points the offer is, and a change must list them all.
    pub async fn own_offer(&self, shop_uid: &str, sku: &str) -> Result<OwnOffer, MarketError> {
        named("sku", sku)?;
        let page = self
            .own_offers(shop_uid, OwnOffersFilter::All, 0, 100, Some(sku))
            .await?;
        let listed = page.offers.into_iter().find(|offer| offer.sku == sku);
        if let Some(offer) = &listed
            && !offer.availabilities.is_empty()
            && (offer.price.is_some() || !offer.city_prices.is_empty())
        {
            return Ok(offer.clone());
        }
        let path = format!("/bff/offer-view/details?m={}&s={}", quoted(shop_uid), quoted(sku));
        let answer = match self.send(self.get("own offer", &path)).await {
            Err(MarketError::Refused { code, .. }) if code == "404" => {
                return Err(MarketError::NotFound(format!("offer {sku}")));
            }
            answer => answer?,
        };
        read::own_offer(
            &answer.body,
            &Links::of(self.settings),
            shop_uid,
            sku,
            listed.as_ref(),
        )
    }

    pub async fn change_price(&self, change: &PriceChange) -> Result<AcceptedJob, MarketError> {
        let PriceChange {
            shop_uid,
            sku,
            model,
            city_prices,
            availabilities,
        } = change;
        named("shop", shop_uid)?;
        named("sku", sku)?;
        if city_prices.is_empty() {
            return Err(MarketError::Invalid(format!("sku {sku}: no price to send")));
        }
        if availabilities.is_empty() {
            return Err(MarketError::Invalid(format!(
                "sku {sku}: no point to send, every point of the offer must be named or it loses its stock"
            )));
        }
        let mut points = BTreeSet::new();
        let mut stores = Vec::with_capacity(availabilities.len());
        for point in availabilities {
            let store_id = point_id(shop_uid, sku, &point.point_id, &mut points)?;
            let is_wrong = point.stock.is_some_and(|stock| stock < 0)
                || point.preorder_days.is_some_and(|days| !(0..=30).contains(&days));
            if is_wrong {
                return Err(MarketError::Invalid(format!(
                    "sku {sku}, point {store_id}: stock must be 0 or more and pre-order from 0 to 30 days"
                )));
            }
            stores.push(StoreBody {
                available: yes_no(point.available),
                store_id,
                stock_count: point.stock,
                stock_enabled: point.stock_enabled,
                // 0 is how no pre-order is left out.
                pre_order: point.preorder_days.filter(|days| *days > 0),
            });
        }
        let body = ProcessBody {
            merchant_uid: shop_uid,
            sku,
            model,
            city_prices: city_values(sku, city_prices)?,
            availabilities: stores,
        };
        let url = self.url("/pricefeed/upload/merchant/process");
        let mut call = Call::post(Service::Cabinet, "price change", url, &body, self.settings)?;
        call.effect = Effect::Write;
        let answer = self.send(call).await?;
        read::accepted_job(&answer.body)
    }

    pub async fn change_sale(
        &self,
        shop_uid: &str,
        changes: &[SaleChange],
    ) -> Result<AcceptedJob, MarketError> {
        named("shop", shop_uid)?;
        if !(1..=LARGEST_BATCH).contains(&changes.len()) {
            return Err(MarketError::Invalid(format!(
                "{} offers in one batch: send 1 to {LARGEST_BATCH}",
                changes.len()
            )));
        }
        let mut body = Vec::with_capacity(changes.len());
        for change in changes {
            let sku = &change.sku;
            named("sku", sku)?;
            if change.point_ids.is_empty() {
                return Err(MarketError::Invalid(format!(
                    "sku {sku}: no point to send, every point of the offer must be named"
                )));
            }
            if change.on_sale && change.city_prices.is_empty() {
                return Err(MarketError::Invalid(format!(
                    "sku {sku}: an offer without a price cannot go on sale"
                )));
            }
            let mut points = BTreeSet::new();
            let mut availabilities = Vec::with_capacity(change.point_ids.len());
            for point in &change.point_ids {
                let store_id = point_id(shop_uid, sku, point, &mut points)?;
                availabilities.push(BatchStore {
                    available: yes_no(change.on_sale),
                    store_id,
                });
            }
            let city_prices = city_values(sku, &change.city_prices)?;
            body.push(BatchBody {
                merchant_uid: shop_uid,
                sku,
                model: &change.model,
                availabilities,
                city_prices,
            });
        }
        let url = self.url("/pricefeed/upload/merchant/process/process/batch");
        let mut call = Call::post(Service::Cabinet, "sale change", url, &body, self.settings)?;
        call.effect = Effect::Write;
        let answer = self.send(call).await?;
        read::accepted_job(&answer.body)
    }

    pub async fn job_rows(&self, shop_uid: &str, skus: &[String]) -> Result<Vec<JobRow>, MarketError> {
        named("shop", shop_uid)?;
        if skus.is_empty() {
            return Ok(Vec::new());
        }
        let question = ProtocolQuestion {
            merchant_uid: shop_uid,
            sku_list: skus,
        };
        let url = self.url("/pricefeed/protocol/merchant/offer/list/s");
        let call = Call::post(Service::Cabinet, "change protocol", url, &question, self.settings)?;
        let answer = self.send(call).await?;
        read::job_rows(&answer.body)
    }

    /// Ten rows a page: more were never seen to be answered.
    pub async fn refunds(
        &self,
        shop_uid: &str,
        tab: RefundTab,
        page: u32,
    ) -> Result<RefundPage, MarketError> {
        named("shop", shop_uid)?;
        let tab = match tab {
            RefundTab::New => "NEW",
            RefundTab::OnDelivery => "ON_DELIVERY",
            RefundTab::WaitingDecision => "WAITING_DECISION",
            RefundTab::Dispute => "DISPUTE",
            RefundTab::Closed => "CLOSED",
        };
        let path = format!(
            "/refund/api/v1/merchant-cabinet/load-refunds-by-tab?merchantId={}&tab={tab}&p={page}&s={REFUNDS}",
            quoted(shop_uid)
        );
        let answer = self.send(self.get("returns", &path)).await?;
        read::refunds(&answer.body)
    }

    pub async fn refund(&self, shop_uid: &str, refund: &Refund) -> Result<RefundDetails, MarketError> {
        named("shop", shop_uid)?;
        named("return", &refund.id)?;
        let path = format!(
            "/refund/api/v1/merchant-cabinet/load-refund-details?merchantId={}&refundId={}&code={}",
            quoted(shop_uid),
            quoted(&refund.id),
            quoted(&refund.number)
        );
        let answer = self.send(self.get("return", &path)).await?;
        read::refund(&answer.body)
    }
}

const fn yes_no(available: bool) -> &'static str {
    if available { "yes" } else { "no" }
}

fn quoted(text: &str) -> String {
    utf8_percent_encode(text, NON_ALPHANUMERIC).to_string()
}

fn named(what: &str, value: &str) -> Result<(), MarketError> {
    if value.trim().is_empty() {
        Err(MarketError::Invalid(format!("the {what} is empty")))
    } else {
        Ok(())
    }
}

/// The full spelling of a point, once; a point of another shop is refused.
fn point_id(
    shop_uid: &str,
    sku: &str,
    point: &str,
    known: &mut BTreeSet<String>,
) -> Result<String, MarketError> {
    let refuse = |why: &str| Err(MarketError::Invalid(format!("sku {sku}, point {point:?}: {why}")));
    if point.trim().is_empty() {
        return refuse("a point needs its code");
    }
    let is_own = point
        .strip_prefix(shop_uid)
        .is_some_and(|rest| rest.starts_with('_'));
    let is_full = point
        .split_once('_')
        .is_some_and(|(owner, _)| owner.len() > 2 && owner.bytes().all(|byte| byte.is_ascii_digit()));
    if is_full && !is_own {
        return refuse("it belongs to another shop");
    }
    let id = if is_own {
        point.to_owned()
    } else {
        format!("{shop_uid}_{point}")
    };
    if !known.insert(id.clone()) {
        return refuse("it is named twice");
    }
    Ok(id)
}

fn city_values<'a>(
    sku: &str,
    prices: &'a BTreeMap<String, Tenge>,
) -> Result<Vec<CityValue<'a>>, MarketError> {
    let mut values = Vec::with_capacity(prices.len());
    for (city_id, price) in prices {
        if price.get() <= 0 {
            return Err(MarketError::Invalid(format!(
                "sku {sku}, city {city_id}: price {} must be above zero",
                price.get()
            )));
        }
        values.push(CityValue {
            city_id,
            value: price.get(),
        });
    }
    Ok(values)
}
