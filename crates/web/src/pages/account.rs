//! Pages of account.

use crate::door::Desk;
use axum::Router;

pub(crate) fn routes() -> Router<Desk> {
    Router::new()
}
