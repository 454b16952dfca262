//! The web server of a process: pages, the API, health and metrics behind one set of furniture.

use crate::rooms::Rooms;
use anyhow::Context as _;
use axum::{
    Router,
    extract::State,
    http::{StatusCode, header::CONTENT_TYPE},
    response::IntoResponse,
    routing::get,
};
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use sauda_edge::{Edge, EdgeSettings, Network};
use sauda_kernel::Span;
use serde_json::json;
use std::net::SocketAddr;
use tokio_util::sync::CancellationToken;

/// Answers until told to stop; requests under way are finished.
pub async fn serve(
    listener: tokio::net::TcpListener,
    rooms: &Rooms,
    stop: CancellationToken,
) -> anyhow::Result<()> {
    let app = router(rooms, stop.clone())?;
    axum::serve(listener, app.into_make_service_with_connect_info::<SocketAddr>())
        .with_graceful_shutdown(stop.cancelled_owned())
        .await
        .context("the web server ended")
}

/// Everything that this process answers.
pub fn router(rooms: &Rooms, stop: CancellationToken) -> anyhow::Result<Router> {
    let proxies = rooms
        .config
        .server
        .trusted_proxies
        .iter()
        .map(|text| Network::parse(text))
        .collect::<Result<Vec<_>, _>>();
    let mut settings = EdgeSettings {
        public_url: rooms.config.server.public_url.clone(),
        trusted_proxies: proxies.context("server.trusted_proxies")?,
        patient_paths: sauda_web::patient_paths(),
        ..EdgeSettings::default()
    };
    // Servers call often, and each call is signed.
    settings.plain_paths.push("/hooks/".to_owned());
    let web = sauda_web::Web::new(stop)?;
    let edge = Edge::new(
        rooms.accounts.clone(),
        rooms.clock.clone(),
        settings,
        Some(web.refusal_page()),
    )?;
    let api = sauda_api::routes(sauda_api::ApiState {
        edge: edge.clone(),
        accounts: rooms.accounts.clone(),
        catalog: rooms.catalog.clone(),
        products: rooms.products.clone(),
        feeds: rooms.feeds.clone(),
        cards: rooms.cards.clone(),
        stock: rooms.stock.clone(),
        pricing: rooms.pricing.clone(),
        orders: rooms.orders.clone(),
        jobs: rooms.jobs.clone(),
        cluster: rooms.cluster.clone(),
        messages: rooms.messages.clone(),
        team: rooms.team.clone(),
        money: rooms.money.clone(),
        reports: rooms.reports.clone(),
        report_plans: rooms.report_plans.clone(),
        research: rooms.research.clone(),
    });
    let pages = web.routes(sauda_web::Services {
        edge: edge.clone(),
        accounts: rooms.accounts.clone(),
        catalog: rooms.catalog.clone(),
        products: rooms.products.clone(),
        feeds: rooms.feeds.clone(),
        stock: rooms.stock.clone(),
        cards: rooms.cards.clone(),
        pricing: rooms.pricing.clone(),
        orders: rooms.orders.clone(),
        team: rooms.team.clone(),
        jobs: rooms.jobs.clone(),
        cluster: rooms.cluster.clone(),
        clock: rooms.clock.clone(),
        messages: rooms.messages.clone(),
        money: rooms.money.clone(),
        reports: rooms.reports.clone(),
        report_plans: rooms.report_plans.clone(),
        research: rooms.research.clone(),
    });
    let watch = Watch {
        rooms: rooms.clone(),
        metrics: recorder()?,
    };
    let own = Router::new()
        .route("/health/live", get(async || "alive"))
        .route("/health/ready", get(ready))
        .route("/metrics", get(metrics))
        .with_state(watch)
        .merge(crate::whatsapp::routes(rooms));
    Ok(sauda_edge::furnish(own.merge(api).merge(pages), &edge))
}

#[derive(Clone)]
struct Watch {
    rooms: Rooms,
    metrics: PrometheusHandle,
}

/// The recorder of the process; a second router (tests) shares it.
fn recorder() -> anyhow::Result<PrometheusHandle> {
    static HANDLE: std::sync::OnceLock<PrometheusHandle> = std::sync::OnceLock::new();
    if let Some(handle) = HANDLE.get() {
        return Ok(handle.clone());
    }
    let handle = PrometheusBuilder::new().install_recorder().context("metrics")?;
    Ok(HANDLE.get_or_init(|| handle).clone())
}

/// Jobs that are due longer than this mean that nobody works.
const QUEUE_TOO_OLD: Span = Span::from_mins(10);

/// Whether this process can do its work: database, age of the queue, Redis when it is set.
async fn ready(State(watch): State<Watch>) -> impl IntoResponse {
    let rooms = &watch.rooms;
    let database = rooms.db.ping().await.is_ok();
    let oldest = if database {
        rooms.jobs.oldest_wait().await.ok()
    } else {
        None
    };
    let queue = oldest.is_some_and(|age| age < QUEUE_TOO_OLD);
    let shared = rooms.cluster.usage().await.is_ok();
    let ready = database && queue && shared;
    let body = json!({
        "ready": ready,
        "database": database,
        "queue_oldest_seconds": oldest.map(Span::as_secs),
        "queue": queue,
        "redis": if rooms.config.redis.url.is_empty() { json!("not set") } else { json!(shared) },
    });
    let status = if ready {
        StatusCode::OK
    } else {
        StatusCode::SERVICE_UNAVAILABLE
    };
    (status, [(CONTENT_TYPE, "application/json")], body.to_string())
}

async fn metrics(State(watch): State<Watch>) -> String {
    watch.metrics.run_upkeep();
    for count in watch.rooms.jobs.counts().await.unwrap_or_default() {
        if let Ok(n) = u32::try_from(count.jobs) {
            metrics::gauge!("sauda_jobs", "state" => count.state.word(), "name" => count.name)
                .set(f64::from(n));
        }
    }
    watch.metrics.render()
}
