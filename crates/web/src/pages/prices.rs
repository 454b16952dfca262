//! Pages of prices.

use crate::door::Desk;
use axum::Router;

pub(crate) fn routes() -> Router<Desk> {
    Router::new()
}
