//! History as files: price points, decisions and changes of an offer; changes of a shop. Prices are whole tenge there.

use super::{offer::view_of, receipt::reason_of, sheet::Sheet, since_of};
use crate::{
    ApiState,
    describe::{Op, op},
    shape::{Download, FileFormatWord, HistoryPart, HistoryPartWord, Moment},
};
use axum::extract::State;
use sauda_accounts::Right;
use sauda_edge::{Caller, Language, PathParams, QueryParams, Refusal, Words, need};
use sauda_kernel::{OfferId, ShopId, Tenge, Timestamp};
use sauda_pricing::{Change, KeptDecision, PricePoint};
use serde::Deserialize;
use serde_json::Value;
use utoipa::IntoParams;

/// What to export and how.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct HistoryQuery {
    #[param(schema_with = what_schema)]
    pub what: HistoryPartWord,
    #[param(schema_with = format_schema)]
    pub format: FileFormatWord,
    /// The shop's main city without it.
    pub city: Option<String>,
    /// Not before; thirty days back without it.
    #[param(value_type = Option<String>)]
    pub since: Option<Moment>,
}

fn what_schema() -> utoipa::openapi::RefOr<utoipa::openapi::Schema> {
    <HistoryPartWord as utoipa::PartialSchema>::schema()
}
fn format_schema() -> utoipa::openapi::RefOr<utoipa::openapi::Schema> {
    <FileFormatWord as utoipa::PartialSchema>::schema()
}

fn price(price: Option<Tenge>) -> Value {
    price.map_or(Value::Null, |price| price.get().into())
}

fn at(moment: Option<Timestamp>) -> Value {
    moment.map_or(Value::Null, |at| at.rfc3339().into())
}

fn points(points: Vec<PricePoint>) -> Sheet {
    let rows = points.into_iter().map(|point| {
        let count = |number: Option<i64>| number.map_or(Value::Null, Value::from);
        vec![
            at(Some(point.at)),
            price(point.own),
            price(point.rival),
            price(point.floor),
            count(point.place),
            count(point.sellers),
        ]
    });
    Sheet {
        name: "price_points".to_owned(),
        columns: vec![
            "at",
            "own_tenge",
            "rival_tenge",
            "floor_tenge",
            "place",
            "sellers",
        ],
        rows: rows.collect(),
    }
}

fn decisions(decisions: &[KeptDecision], words: &Words, language: Language, shows_money: bool) -> Sheet {
    let rows = decisions.iter().map(|kept| {
        let reason = reason_of(&kept.receipt.reason.args(), words, language, shows_money);
        vec![
            at(Some(kept.at)),
            kept.id.to_string().into(),
            kept.outcome.clone().into(),
            price(kept.before),
            price(kept.after),
            kept.dry_run.into(),
            reason.word.into(),
            reason.text.into(),
        ]
    });
    let columns = vec![
        "at",
        "id",
        "outcome",
        "before_tenge",
        "after_tenge",
        "dry_run",
        "reason",
        "text",
    ];
    Sheet {
        name: "decisions".to_owned(),
        columns,
        rows: rows.collect(),
    }
}

fn changes(changes: impl Iterator<Item = (String, Change)>) -> Sheet {
    let rows = changes.map(|(title, change)| {
        vec![
            at(Some(change.created_at)),
            change.id.to_string().into(),
            change.offer.to_string().into(),
            title.into(),
            change.city_id.into(),
            price(change.from),
            price(Some(change.to)),
            price(Some(change.floor)),
            change.state.word().into(),
            change.wanted_by.into(),
            at(change.sent_at),
            at(change.cabinet_at),
            at(change.storefront_at),
        ]
    });
    let columns = vec![
        "at",
        "id",
        "offer_id",
        "title",
        "city_id",
        "from_tenge",
        "to_tenge",
        "floor_tenge",
        "state",
        "wanted_by",
        "sent_at",
        "cabinet_at",
        "storefront_at",
    ];
    Sheet {
        name: "changes".to_owned(),
        columns,
        rows: rows.collect(),
    }
}

pub(crate) fn of_offer_op() -> Op {
    op::<need::ViewPrices>(
        "export_offer_history",
        "Price points, decisions or changes of an offer as a file",
    )
    .query::<HistoryQuery>()
    .gives_file(FILES)
}

pub(crate) async fn of_offer(
    caller: Caller<need::ViewPrices>,
    State(state): State<ApiState>,
    PathParams(id): PathParams<OfferId>,
    QueryParams(query): QueryParams<HistoryQuery>,
) -> Result<Download, Refusal> {
    let view = view_of(
        &state,
        &caller.scope,
        &id,
        query.city.as_deref(),
        since_of(&state, query.since),
    )
    .await?;
    let sheet = match query.what.0 {
        HistoryPart::PricePoints => points(view.points),
        HistoryPart::Decisions => decisions(
            &view.decisions,
            state.edge.words(),
            caller.language,
            caller.scope.may(Right::ViewMoney),
        ),
        HistoryPart::Changes => {
            let title = view.offer.title;
            changes(view.changes.into_iter().map(|change| (title.clone(), change)))
        }
    };
    sheet.download(query.format.0)
}

/// How to export a shop's changes.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct ShopHistoryQuery {
    #[param(schema_with = format_schema)]
    pub format: FileFormatWord,
    /// Not before; thirty days back without it.
    #[param(value_type = Option<String>)]
    pub since: Option<Moment>,
}

/// The types of a file by its format.
const FILES: &[&str] = &[
    "text/csv",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/json",
];
/// The most lines of one file.
const MOST_LINES: i64 = 5_000;

pub(crate) fn of_shop_op() -> Op {
    op::<need::ViewPrices>(
        "export_shop_changes",
        "Changes of a shop as a file of up to 5 000 lines",
    )
    .query::<ShopHistoryQuery>()
    .gives_file(FILES)
}

pub(crate) async fn of_shop(
    caller: Caller<need::ViewPrices>,
    State(state): State<ApiState>,
    PathParams(shop): PathParams<ShopId>,
    QueryParams(query): QueryParams<ShopHistoryQuery>,
) -> Result<Download, Refusal> {
    let lines = state
        .pricing
        .feed(&caller.scope, &shop, since_of(&state, query.since), MOST_LINES)
        .await?;
    changes(lines.into_iter().map(|line| (line.title, line.change))).download(query.format.0)
}
