//! Every page's address, one module a group of pages; handlers parse, call one service and present.

pub(crate) mod account;
pub(crate) mod automation;
pub(crate) mod cards;
pub(crate) mod catalogue;
pub(crate) mod connect;
pub(crate) mod day;
pub(crate) mod export;
pub(crate) mod feed;
pub(crate) mod import;
pub(crate) mod live;
pub(crate) mod market;
pub(crate) mod messages;
pub(crate) mod money;
pub(crate) mod orders;
pub(crate) mod pause;
pub(crate) mod points;
pub(crate) mod prices;
pub(crate) mod print;
pub(crate) mod product;
pub(crate) mod returns;
pub(crate) mod rules;
pub(crate) mod search;
pub(crate) mod settings;
pub(crate) mod shops;
pub(crate) mod stock;
pub(crate) mod system;
pub(crate) mod team;
pub(crate) mod today;

use crate::door::Desk;
use axum::Router;

/// All routes of people. Programs have `/api/v1`.
pub(crate) fn routes() -> Router<Desk> {
    Router::new()
        .merge(account::routes())
        .merge(automation::routes())
        .merge(cards::routes())
        .merge(catalogue::routes())
        .merge(connect::routes())
        .merge(day::routes())
        .merge(export::routes())
        .merge(feed::routes())
        .merge(import::routes())
        .merge(live::routes())
        .merge(market::routes())
        .merge(messages::routes())
        .merge(money::routes())
        .merge(orders::routes())
        .merge(pause::routes())
        .merge(points::routes())
        .merge(prices::routes())
        .merge(print::routes())
        .merge(product::routes())
        .merge(returns::routes())
        .merge(rules::routes())
        .merge(search::routes())
        .merge(settings::routes())
        .merge(shops::routes())
        .merge(stock::routes())
        .merge(system::routes())
        .merge(team::routes())
        .merge(today::routes())
}
