//! The price page of one product: facts, history, receipt, ladder, rule. Refuses to explain by itself: words and numbers
//! come from decisions.

mod acts;
mod never_first;
mod receipt;
mod rule_form;
mod show;
mod what_if;

use crate::{
    around::AtShop,
    door::Desk,
    pages::{
        live::{self, LivePage},
        prices::path_of,
        system::urlencode,
    },
    views::product::Product,
};
use axum::{
    Router,
    extract::{OriginalUri, State},
    response::Response,
    routing::{get, post},
};
use sauda_accounts::Session;
use sauda_edge::{Language, PathParams, Person, QueryParams, Refusal, need};
use sauda_kernel::{DecisionId, OfferId, Span};
use sauda_pricing::service::OfferView;
use serde::Deserialize;

pub(crate) fn routes() -> Router<Desk> {
    Router::new()
        .route("/s/{shop}/prices/{offer}", get(page))
        .route("/s/{shop}/prices/{offer}/rule", post(rule_form::save))
        .route("/s/{shop}/prices/{offer}/backtest", post(rule_form::backtest))
        .route("/s/{shop}/prices/{offer}/pin", post(acts::pin))
        .route("/s/{shop}/prices/{offer}/unpin", post(acts::unpin))
        .route("/s/{shop}/prices/{offer}/undo", post(acts::undo))
        .route("/s/{shop}/prices/{offer}/pause", post(acts::pause))
        .route("/s/{shop}/prices/{offer}/resume", post(acts::resume))
        .route("/s/{shop}/prices/{offer}/check", post(acts::check))
        .route("/s/{shop}/prices/{offer}/answer", post(acts::answer))
}

/// Periods of the chart, in days.
pub(crate) const PERIODS: [i64; 4] = [1, 7, 30, 90];

/// Which part of the page is wanted; it survives every act.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct ProductQuery {
    pub city: String,
    pub days: String,
    pub receipt: String,
    /// A price to try.
    pub r#try: String,
}

impl ProductQuery {
    pub fn period(&self) -> i64 {
        self.days
            .parse()
            .ok()
            .filter(|days| PERIODS.contains(days))
            .unwrap_or(7)
    }

    /// The query for the next page: what was chosen, and nothing when nothing was.
    pub fn tail(&self) -> String {
        let mut parts = Vec::new();
        if !self.city.is_empty() {
            parts.push(format!("city={}", urlencode(&self.city)));
        }
        if !self.days.is_empty() {
            parts.push(format!("days={}", self.period()));
        }
        if parts.is_empty() {
            String::new()
        } else {
            format!("?{}", parts.join("&"))
        }
    }

    /// Where an act leads back to.
    pub fn back(&self, slug: &str, offer: &OfferId) -> String {
        format!("/s/{slug}/prices/{offer}{}", self.tail())
    }
}

/// What a page or a form that is shown again stands on.
pub(super) struct Loaded {
    pub at: AtShop,
    pub facts: OfferView,
    pub view: Product,
}

pub(super) async fn load(
    desk: &Desk,
    session: &Session,
    to: Language,
    path: &str,
    slug: &str,
    offer: &OfferId,
    query: &ProductQuery,
) -> Result<Loaded, Refusal> {
    let mut at = desk
        .at_shop(session, to, path, "prices", slug, Some(&query.city))
        .await?;
    at.shell.live = Some(live::address(
        &at.shell.base,
        LivePage::Product,
        &at.city,
        "",
        std::slice::from_ref(offer),
    ));
    let since = desk.now().minus(Span::from_days(query.period()));
    let facts = desk
        .pricing
        .offer_view(&session.scope, offer, &at.city, since)
        .await?;
    if facts.offer.shop != at.shop.id {
        return Err(Refusal::no_page());
    }
    // A history of hours would be a dot at the end of a week: the first day is shown as a day.
    let day_ago = desk.now().minus(Span::from_days(1));
    let is_first_day = query.days.is_empty() && facts.points.iter().all(|point| point.at >= day_ago);
    let query = if is_first_day {
        &ProductQuery {
            days: "1".to_owned(),
            ..query.clone()
        }
    } else {
        query
    };
    let view = show::product(desk, &session.scope, &at, &facts, query).await?;
    Ok(Loaded { at, facts, view })
}

async fn page(
    State(desk): State<Desk>,
    who: Person<need::ViewPrices>,
    PathParams((slug, offer)): PathParams<(String, OfferId)>,
    QueryParams(query): QueryParams<ProductQuery>,
    OriginalUri(uri): OriginalUri,
) -> Result<Response, Refusal> {
    let mut loaded = load(
        &desk,
        &who.session,
        who.language,
        &path_of(&uri),
        &slug,
        &offer,
        &query,
    )
    .await?;
    let shell = &mut loaded.at.shell;
    shell.live = Some(live::address(
        &shell.base,
        LivePage::Product,
        &loaded.at.city,
        "",
        &[offer],
    ));
    desk.draw(&loaded.at.shell, &loaded.view)
}

/// A decision that was asked for by its id.
pub(super) fn asked_receipt(query: &ProductQuery) -> Option<DecisionId> {
    DecisionId::parse(&query.receipt).ok()
}
