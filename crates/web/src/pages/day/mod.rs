//! The day of a shop: started with one press, watched while it goes, held, let go on. Refuses to do any of it: the keeper does.

mod acts;
pub(crate) mod report;
mod show;

pub(crate) use show::{card, panel};

use crate::door::Desk;
use axum::{
    Router,
    routing::{get, post},
};

pub(crate) fn routes() -> Router<Desk> {
    Router::new()
        .route("/s/{shop}/orders/day", get(show::fragment).post(acts::start))
        .route("/s/{shop}/orders/runs", get(show::runs).post(acts::settings))
        .route("/s/{shop}/orders/runs/{run}", get(show::run).post(acts::turn))
        .route("/s/{shop}/orders/runs/{run}/report.pdf", get(report::pdf))
        .route("/s/{shop}/orders/runs/{run}/{step}", post(acts::step))
}
