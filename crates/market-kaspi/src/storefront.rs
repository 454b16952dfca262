//! The calls of the public storefront: offers on a card, listings, product pages, reviews. Refuses pages that Kaspi would refuse.

use crate::{
    KaspiSettings,
    http::{Answer, Call, Clients, Effect, Service, expect_html, expect_json, judge},
    read::{self, Links},
    settings::join,
    wire::send::OffersQuestion,
};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use reqwest::header::{CONTENT_TYPE, HeaderValue};
use sauda_market::{
    CardFacts, CardOffers, CardQuestion, Egress, ListingPage, ListingQuestion, MarketError, Reviews,
};
use url::Url;

/// 100 is refused by Kaspi, 64 works.
const MOST_OFFERS: u32 = 64;
const MOST_REVIEWS: u32 = 200;
/// Reviews with words; the group that the page itself shows first.
const REVIEW_GROUP: &str = "COMMENT";
/// A page may move once or twice to its proper address.
const MOST_PAGE_REDIRECTS: usize = 4;

/// The storefront as seen through one way out, for one call.
pub struct Storefront<'a> {
    pub clients: &'a Clients,
    pub via: &'a Egress,
    pub settings: &'a KaspiSettings,
}

impl Storefront<'_> {
    pub async fn card_offers(&self, question: &CardQuestion) -> Result<CardOffers, MarketError> {
        let CardQuestion {
            card,
            city_id,
            page,
            limit,
        } = question;
        check_digits("card", card)?;
        check_digits("city", city_id)?;
        if !(1..=MOST_OFFERS).contains(limit) {
            return Err(MarketError::Invalid(format!(
                "{limit} offers a page: ask for 1 to {MOST_OFFERS}"
            )));
        }
        let body = OffersQuestion {
            city_id,
            id: card,
            merchant_uid: [],
            limit: *limit,
            page: *page,
            sort_option: "PRICE",
            high_rating: None,
            search_text: None,
            is_excellent_merchant: false,
            zone_id: [self.settings.zone(city_id)],
            installation_id: "-1",
        };
        let url = join(
            &self.settings.storefront_url,
            &format!("/yml/offer-view/offers/{card}"),
        );
        let mut call = Call::post(Service::Storefront, "card offers", url, &body, self.settings)?;
        call.headers.insert(
            CONTENT_TYPE,
            HeaderValue::from_static("application/json; charset=UTF-8"),
        );
        call.header("origin", self.settings.site_url.trim_end_matches('/'))?;
        call.header("x-ks-city", city_id)?;
        call.header("x-description-enabled", "true")?;
        call.header("referer", &self.card_page(card, city_id))?;
        let answer = self.json(call).await?;
        read::card_offers(&answer.body)
    }

    /// A page of a listing; it tells no total, see `counted_listing`.
    pub async fn listing(&self, question: &ListingQuestion) -> Result<ListingPage, MarketError> {
        let (query, text, sort) = self.listing_words(question)?;
        let path = format!(
            "/yml/product-view/pl/results?page={}&q={query}&text={text}&sort={sort}&qs=&requestId=&ui=d&i=-1&c={}",
            question.page, question.city_id
        );
        self.read_listing("listing", &path, question).await
    }

    /// The same from the service behind the page's filters, which tells how many cards there are.
    pub async fn counted_listing(&self, question: &ListingQuestion) -> Result<ListingPage, MarketError> {
        let (query, text, sort) = self.listing_words(question)?;
        let path = format!(
            "/yml/product-view/pl/filters?text={text}&q={query}&page={}&all=false&fl=true&sort={sort}&ui=d&i=-1&c={}",
            question.page, question.city_id
        );
        self.read_listing("counted listing", &path, question).await
    }

    async fn read_listing(
        &self,
        name: &'static str,
        path: &str,
        question: &ListingQuestion,
    ) -> Result<ListingPage, MarketError> {
        let mut call = Call::get(
            Service::Storefront,
            name,
            join(&self.settings.storefront_url, path),
            self.settings,
        );
        call.header("x-ks-city", &question.city_id)?;
        call.header(
            "referer",
            &join(&self.settings.site_url, &format!("/shop/?c={}", question.city_id)),
        )?;
        let answer = self.json(call).await?;
        read::listing(&answer.body, &Links::of(self.settings))
    }

    /// `q`, `text` and `sort` as they stand in the address.
    fn listing_words(&self, question: &ListingQuestion) -> Result<(String, String, String), MarketError> {
        check_digits("city", &question.city_id)?;
        let text = question.text.as_deref().map(str::trim).unwrap_or_default();
        let category = question.category.as_deref().map(str::trim).unwrap_or_default();
        if text.is_empty() && category.is_empty() {
            return Err(MarketError::Invalid(
                "a listing needs a category or words to search for".to_owned(),
            ));
        }
        if category.contains(':') {
            return Err(MarketError::Invalid(format!(
                "category {category:?}: a colon cannot stand in it"
            )));
        }
        let sort = question.sort.as_deref().unwrap_or("relevance");
        if sort.is_empty() || !sort.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_') {
            return Err(MarketError::Invalid(format!(
                "sort {sort:?}: use relevance, price_asc or price_desc"
            )));
        }
        let mut query = String::new();
        if !category.is_empty() {
            query.push_str(":category:");
            query.push_str(category);
        }
        query.push_str(":availableInZones:");
        query.push_str(self.settings.zone(&question.city_id));
        Ok((quoted(&query), quoted(text), sort.to_owned()))
    }

    pub async fn card_facts(&self, card: &str, city_id: &str) -> Result<CardFacts, MarketError> {
        let answer = self.page(card, city_id).await?;
        read::card_facts(&answer.body, &Links::of(self.settings)).map_err(|error| about_card(error, card))
    }

    /// A product page, wherever on the storefront it has moved.
    async fn page(&self, card: &str, city_id: &str) -> Result<Answer, MarketError> {
        check_digits("card", card)?;
        check_digits("city", city_id)?;
        let bad = || {
            MarketError::BadAnswer(
                "product page: it has moved to an address that is none of the storefront's".to_owned(),
            )
        };
        let start = join(
            &self.settings.storefront_url,
            &format!("/shop/p/card-{card}/?c={city_id}"),
        );
        let mut url = Url::parse(&start).map_err(|_| bad())?;
        let home = url.origin();
        for _ in 0..=MOST_PAGE_REDIRECTS {
            let mut call = Call::get(
                Service::Storefront,
                "product page",
                url.to_string(),
                self.settings,
            );
            call.limit_bytes = self.settings.max_page_bytes;
            call.header("accept", "text/html,application/xhtml+xml,*/*;q=0.8")?;
            call.header("accept-language", &self.settings.accept_language)?;
            call.header("cookie", &format!("kaspi.storefront.cookie.city={city_id}"))?;
            let answer = call.send(self.clients, self.via, self.settings).await?;
            if answer.is_redirect() {
                url = answer
                    .location()
                    .and_then(|location| url.join(location).ok())
                    .ok_or_else(bad)?;
                if url.origin() != home {
                    return Err(bad());
                }
                continue;
            }
            let answer = judge(answer, Service::Storefront, Effect::Read, self.settings)
                .map_err(|error| about_card(error, card))?;
            return expect_html(answer);
        }
        Err(bad())
    }

    pub async fn reviews(&self, card: &str, page: u32, limit: u32) -> Result<Reviews, MarketError> {
        check_digits("card", card)?;
        if !(1..=MOST_REVIEWS).contains(&limit) {
            return Err(MarketError::Invalid(format!(
                "{limit} reviews a page: ask for 1 to {MOST_REVIEWS}"
            )));
        }
        let path = format!(
            "/yml/review-view/api/v1/reviews/product/{card}?baseProductCode=&orderCode=&filter={REVIEW_GROUP}&sort=DATE&limit={limit}&page={page}&merchantCodes=&withAgg=true"
        );
        let mut call = Call::get(
            Service::Storefront,
            "reviews",
            join(&self.settings.storefront_url, &path),
            self.settings,
        );
        call.header(
            "referer",
            &join(&self.settings.site_url, &format!("/shop/p/card-{card}/")),
        )?;
        let answer = self.json(call).await?;
        read::reviews(&answer.body, REVIEW_GROUP)
    }

    async fn json(&self, mut call: Call) -> Result<Answer, MarketError> {
        call.header("accept", "application/json, text/*")?;
        call.header("accept-language", &self.settings.accept_language)?;
        let answer = call.send(self.clients, self.via, self.settings).await?;
        expect_json(
            judge(answer, Service::Storefront, Effect::Read, self.settings)?,
            Effect::Read,
        )
    }

    /// The page that asks for the offers; any words may stand before the number.
    fn card_page(&self, card: &str, city_id: &str) -> String {
        join(
            &self.settings.site_url,
            &format!("/shop/p/card-{card}/?c={city_id}"),
        )
    }
}

fn about_card(error: MarketError, card: &str) -> MarketError {
    match error {
        MarketError::NotFound(_) => MarketError::NotFound(format!("card {card}")),
        other => other,
    }
}

fn quoted(text: &str) -> String {
    utf8_percent_encode(text, NON_ALPHANUMERIC).to_string()
}

/// Cards and cities are numbers; anything else would become part of an address.
fn check_digits(what: &str, value: &str) -> Result<(), MarketError> {
    if (1..=20).contains(&value.len()) && value.bytes().all(|byte| byte.is_ascii_digit()) {
        Ok(())
    } else {
        let shown: String = value.chars().take(40).collect();
        Err(MarketError::Invalid(format!(
            "{what} {shown:?}: it must be a number of up to 20 digits"
        )))
    }
}
