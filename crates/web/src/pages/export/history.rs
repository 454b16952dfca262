//! The history of one price as a workbook: what stood when, and what was done about it.

use super::{Cell, Sheet, board::clock, workbook};
use crate::{
    door::{Desk, language},
    pages::{
        prices::show::{say, say_told, told},
        product::PERIODS,
    },
};
use axum::{extract::State, response::Response};
use sauda_edge::{PathParams, Person, QueryParams, Refusal, need};
use sauda_kernel::{OfferId, Span, Tenge};
use sauda_pricing::service::OfferView;
use serde::Deserialize;
use std::collections::HashMap;

#[derive(Deserialize, Default)]
#[serde(default)]
pub(super) struct HistoryQuery {
    city: String,
}

pub(super) async fn xlsx(
    State(desk): State<Desk>,
    who: Person<need::ViewPrices>,
    PathParams((slug, offer)): PathParams<(String, OfferId)>,
    QueryParams(query): QueryParams<HistoryQuery>,
) -> Result<Response, Refusal> {
    let at = desk
        .at_shop(&who.session, who.language, "", "prices", &slug, Some(&query.city))
        .await?;
    let longest = PERIODS.iter().copied().max().unwrap_or(90);
    let facts = desk
        .pricing
        .offer_view(
            who.scope(),
            &offer,
            &at.city,
            desk.now().minus(Span::from_days(longest)),
        )
        .await?;
    let name = |key: &str| say(&desk, language(who.language), key, &[]);
    let prices = Sheet {
        name: name("history-title"),
        headers: [
            "col-when",
            "col-my-price",
            "col-rival",
            "minimum",
            "col-place",
            "export-sellers",
        ]
        .map(name)
        .to_vec(),
        rows: facts.points.iter().rev().map(point).collect(),
        widths: vec![17, 12, 12, 12, 8, 10],
    };
    let changes = Sheet {
        name: name("export-changes"),
        headers: [
            "col-when",
            "before",
            "after",
            "import-reason",
            "export-by",
            "col-state",
        ]
        .map(name)
        .to_vec(),
        rows: changes(&desk, who.language, &facts),
        widths: vec![17, 12, 12, 60, 18, 28],
    };
    workbook(&format!("{offer}.xlsx"), vec![prices, changes]).await
}

fn point(point: &sauda_pricing::PricePoint) -> Vec<Cell> {
    let tenge = |price: Option<Tenge>| Cell::number(price.map(Tenge::get));
    vec![
        Cell::Text(clock(point.at)),
        tenge(point.own),
        tenge(point.rival),
        tenge(point.floor),
        Cell::number(point.place),
        Cell::number(point.sellers),
    ]
}

fn changes(desk: &Desk, to: sauda_edge::Language, facts: &OfferView) -> Vec<Vec<Cell>> {
    let reasons: HashMap<_, _> = facts
        .decisions
        .iter()
        .map(|decision| (decision.id.clone(), decision))
        .collect();
    let one = |change: &sauda_pricing::Change| {
        let decision = change.decision.as_ref().and_then(|id| reasons.get(id));
        let at = change
            .storefront_at
            .or(change.cabinet_at)
            .or(change.sent_at)
            .map_or_else(|| "—".to_owned(), clock);
        vec![
            Cell::Text(clock(change.created_at)),
            Cell::number(change.from.map(Tenge::get)),
            Cell::Number(change.to.get()),
            Cell::text(decision.map(|decision| {
                say_told(
                    desk,
                    language(to),
                    "reason",
                    &told(decision.receipt.reason.args()),
                )
            })),
            Cell::Text(change.wanted_by.clone()),
            Cell::Text(say(
                desk,
                language(to),
                &format!("sent-{}", change.state.word()),
                &[("at", at.into())],
            )),
        ]
    };
    facts.changes.iter().map(one).collect()
}
