//! The door of the HTML edge: what pages need, how they are drawn, which routes there are. Refuses to hold a rule.

use crate::{
    assets, carried, pages,
    render::{For, Pages, RenderError},
    shell::Shell,
    views::View,
    words::Language,
};
use axum::{
    Router,
    http::StatusCode,
    middleware::from_fn_with_state,
    response::{Html, IntoResponse, Response},
    routing::get,
};
use minijinja::{Value, context};
use sauda_accounts::Accounts;
use sauda_catalog::{Cards, Catalog, Feeds, Products};
use sauda_cluster::Cluster;
use sauda_economics::money::Money as MoneyRoom;
use sauda_edge::{Edge, PathParams, Refusal, RefusalPage, Told};
use sauda_jobs::Jobs;
use sauda_kernel::{Clock, Failure, Kind, Public, Timestamp};
use sauda_messages::{Messages, team::Team};
use sauda_orders::Orders;
use sauda_pricing::Pricing;
use sauda_reports::{ReportPlans, Reports};
use sauda_research::Research;
use sauda_stock::Stock;
use std::sync::Arc;
use tokio_util::sync::CancellationToken;

/// Rooms that pages call.
pub struct Services {
    pub edge: Edge,
    pub accounts: Accounts,
    pub catalog: Catalog,
    pub products: Products,
    pub feeds: Feeds,
    pub cards: Cards,
    pub stock: Stock,
    pub pricing: Pricing,
    pub orders: Orders,
    pub team: Team,
    pub jobs: Jobs,
    pub cluster: Cluster,
    pub clock: Arc<dyn Clock>,
    pub messages: Messages,
    pub money: MoneyRoom,
    pub reports: Reports,
    pub report_plans: ReportPlans,
    pub research: Research,
}

/// Templates and texts, read once.
#[derive(Clone)]
pub struct Web {
    pages: Pages,
    stop: CancellationToken,
}

/// The state of every page handler: the rooms, and what draws.
#[derive(Clone)]
pub struct Desk {
    pub pages: Pages,
    /// Streams end with the process.
    pub stop: CancellationToken,
    rooms: Arc<Services>,
}

impl std::ops::Deref for Desk {
    type Target = Services;

    fn deref(&self) -> &Services {
        &self.rooms
    }
}

/// Paths where uploads and long answers are expected.
pub fn patient_paths() -> Vec<String> {
    ["/live", "/s/", "/catalog/", "/feeds/"]
        .map(str::to_owned)
        .to_vec()
}

impl Web {
    /// # Errors
    /// When a template or a locale file is broken.
    pub fn new(stop: CancellationToken) -> Result<Self, RenderError> {
        Ok(Self {
            pages: Pages::load(cfg!(debug_assertions))?,
            stop,
        })
    }

    /// Every page and file.
    pub fn routes(&self, services: Services) -> Router {
        let desk = Desk {
            pages: self.pages.clone(),
            stop: self.stop.clone(),
            rooms: Arc::new(services),
        };
        let is_https = desk.edge.settings().is_https();
        let pages = pages::routes()
            .with_state(desk)
            .layer(from_fn_with_state(is_https, carried::carry));
        pages.route(
            "/assets/{name}",
            get(async |PathParams(name): PathParams<String>| assets::serve(&name)),
        )
    }

    /// Draws refusals for people: sign-in when nobody is signed in, otherwise a page with ways out.
    pub fn refusal_page(&self) -> RefusalPage {
        let pages = self.pages.clone();
        Arc::new(move |refusal: &Refusal, told: &Told| pages::system::refusal(&pages, refusal, told))
    }
}

impl Desk {
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// A whole page. htmx takes the part that it wants out of it, so every address has one answer.
    ///
    /// # Errors
    /// A bug: the template does not fit its view.
    pub fn draw<V: View>(&self, shell: &Shell, view: &V) -> Result<Response, Refusal> {
        draw(&self.pages, V::TEMPLATE, shell, view)
    }

    /// The page of a form again (422), with what is wrong.
    ///
    /// # Errors
    /// As [`Desk::draw`].
    pub fn again<V: View>(&self, shell: &Shell, view: &V) -> Result<Response, Refusal> {
        let mut page = self.draw(shell, view)?;
        *page.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
        Ok(page)
    }
}

/// Refusals of a service that belong to the form that was sent; all others have a page of their own.
pub(crate) fn form_refusals(error: &impl Failure) -> Option<Vec<Public>> {
    matches!(error.kind(), Kind::Invalid | Kind::Conflict).then(|| error.public())
}

/// Draws a template with its surroundings and view.
///
/// # Errors
/// A bug: the template does not fit its view.
pub(crate) fn draw<V: serde::Serialize>(
    pages: &Pages,
    template: &str,
    shell: &Shell,
    view: &V,
) -> Result<Response, Refusal> {
    let context: Value = context! { shell => Value::from_serialize(shell), v => Value::from_serialize(view) };
    match pages.page(
        template,
        &context,
        For {
            language: shell.language,
            now: shell.now,
        },
    ) {
        Ok(html) => Ok(Html(html).into_response()),
        Err(error) => {
            tracing::error!(
                error = sauda_kernel::chain(&error),
                template,
                "a page cannot be drawn"
            );
            Err(Refusal::new(Kind::Bug, Public::new("bug")))
        }
    }
}

/// The edge's language as ours.
pub const fn language(of: sauda_edge::Language) -> Language {
    match of {
        sauda_edge::Language::Ru => Language::Ru,
        sauda_edge::Language::Kk => Language::Kk,
        sauda_edge::Language::En => Language::En,
    }
}
