//! Calculations that were kept: the list, up to four beside each other, files. Refuses to keep results: they are computed anew.

use super::{
    calculator::compute,
    fill::{self, query_of},
};
use crate::{
    carried::Did,
    door::{Desk, language},
    pages::{
        export::{Cell, Sheet, csv_file, workbook},
        prices::{path_of, show::say},
    },
    views::money::{Calculations, CalculatorResult, CompareLine, KeptRow, KeptShort},
};
use axum::{
    extract::{OriginalUri, State},
    response::Response,
};
use sauda_accounts::{Right, Scope};
use sauda_economics::money::{Calculation, OwnRates};
use sauda_economics::rates::Day;
use sauda_edge::{FormBody, PathParams, Person, QueryParams, Refusal, need};
use sauda_kernel::{CalculationId, Kind, Money, Public};
use serde::Deserialize;
use std::collections::BTreeMap;

/// Columns of the comparison at most.
const BESIDE: usize = 4;

type Computed = (Calculation, Option<CalculatorResult>);

async fn computed(desk: &Desk, scope: &Scope) -> Result<Vec<Computed>, Refusal> {
    let own = desk.money.rates(scope).await?;
    let today = Day::of(desk.now());
    let kept = desk.money.calculations(scope).await?;
    let compute = |kept: Calculation| {
        let result = compute(&fill::typed_of(&kept.query), &own, today).result;
        (kept, result)
    };
    Ok(kept.into_iter().map(compute).collect())
}

/// Calculations beside the calculator.
const NEWEST: usize = 4;

/// The first calculations of the list, and how many there are.
pub(super) async fn newest(
    desk: &Desk,
    scope: &Scope,
    slug: &str,
    own: &OwnRates,
) -> Result<(Vec<KeptShort>, i64), Refusal> {
    let today = Day::of(desk.now());
    let kept = desk.money.calculations(scope).await?;
    let count = i64::try_from(kept.len()).unwrap_or(i64::MAX);
    let short = |kept: Calculation| {
        let typed = fill::typed_of(&kept.query);
        let result = compute(&typed, own, today).result;
        KeptShort {
            href: href(slug, &typed),
            title: kept.title,
            made_at: kept.made_at,
            profit: result.as_ref().and_then(|result| result.profit),
            margin_bp: result.as_ref().and_then(|result| result.margin_bp),
        }
    };
    Ok((kept.into_iter().take(NEWEST).map(short).collect(), count))
}

fn href(slug: &str, typed: &fill::Typed) -> String {
    format!("/s/{slug}/money/calculator?{}", query_of(typed))
}

pub(super) async fn page(
    State(desk): State<Desk>,
    who: Person<need::ViewMoney>,
    PathParams(slug): PathParams<String>,
    QueryParams(query): QueryParams<BTreeMap<String, String>>,
    OriginalUri(uri): OriginalUri,
) -> Result<Response, Refusal> {
    let at = desk
        .at_shop(&who.session, who.language, &path_of(&uri), "money", &slug, None)
        .await?;
    let scope = who.scope();
    let all = computed(&desk, scope).await?;
    // Boxes are named by what they choose, so that every one of them is a field of its own.
    let is_chosen = |id: &CalculationId| query.contains_key(id.as_str());
    let chosen: Vec<&Computed> = all.iter().filter(|(kept, _)| is_chosen(&kept.id)).collect();
    let shown = chosen.iter().take(BESIDE);
    let view = Calculations {
        compared: shown.clone().map(|(kept, _)| kept.title.clone()).collect(),
        lines: compare(&shown.map(|(_, result)| result.as_ref()).collect::<Vec<_>>()),
        is_too_many: chosen.len() > BESIDE,
        rows: all
            .iter()
            .map(|one| row(one, &slug, is_chosen(&one.0.id)))
            .collect(),
        may_edit: scope.may(Right::ManagePrices),
    };
    desk.draw(&at.shell, &view)
}

fn row((kept, result): &Computed, slug: &str, is_chosen: bool) -> KeptRow {
    KeptRow {
        id: kept.id.to_string(),
        title: kept.title.clone(),
        href: href(slug, &fill::typed_of(&kept.query)),
        is_favourite: kept.is_favourite,
        is_chosen,
        made_by: kept.made_by.clone(),
        made_at: kept.made_at,
        price: result.as_ref().map(|result| result.price),
        profit: result.as_ref().and_then(|result| result.profit),
        margin_bp: result.as_ref().and_then(|result| result.margin_bp),
        break_even: result.as_ref().and_then(|result| result.break_even),
    }
}

fn compare(results: &[Option<&CalculatorResult>]) -> Vec<CompareLine> {
    let line = |word, kind, of: &dyn Fn(&CalculatorResult) -> Option<i64>| CompareLine {
        word,
        kind,
        values: results.iter().map(|result| result.and_then(of)).collect(),
    };
    let part = |word: &'static str| {
        move |result: &CalculatorResult| {
            result
                .parts
                .iter()
                .find(|part| part.word == word)
                .map(|part| part.tenge.get())
        }
    };
    let tenge = |sum: Option<Money>| sum.map(|sum| sum.tenge_down().get());
    vec![
        line("price", "tenge", &|result| Some(result.price)),
        line("purchase", "tenge", &part("purchase")),
        line("col-commission", "tenge", &part("commission")),
        line("delivery", "tenge", &part("delivery")),
        line("tax", "tenge", &part("tax")),
        line("profit", "tenge", &|result| tenge(result.profit)),
        line("margin", "share", &|result| result.margin_bp),
        line("markup", "share", &|result| result.markup_bp),
        line("roi", "share", &|result| result.roi_bp),
        line("break-even", "tenge", &|result| result.break_even),
    ]
}

#[derive(Debug, Deserialize)]
pub(super) struct KeepForm {
    #[serde(default)]
    title: String,
    #[serde(default)]
    query: String,
}

pub(super) async fn keep(
    State(desk): State<Desk>,
    who: Person<need::ManagePrices>,
    PathParams(slug): PathParams<String>,
    FormBody(form): FormBody<KeepForm>,
) -> Result<Response, Refusal> {
    who.scope().require(Right::ViewMoney)?;
    let typed = fill::typed_of(&form.query);
    if !typed.contains_key("price") {
        let told = Public::new("calc-missing-price").field("price");
        return Err(Refusal::new(Kind::Invalid, told));
    }
    let title = match form.title.trim() {
        "" => title_of(&typed),
        title => title.to_owned(),
    };
    desk.money.keep(who.scope(), &title, &fill::kept(&typed)).await?;
    Ok(Did::new("did-calculation-kept").at(&format!("/s/{slug}/money/saved")))
}

/// The name of a calculation that nobody named: its category and its price.
fn title_of(typed: &fill::Typed) -> String {
    let category = typed
        .get("category")
        .map(|path| path.rsplit('>').next().unwrap_or(path).trim());
    let price = typed.get("price").map(|price| format!("{price} ₸"));
    let parts: Vec<&str> = category.into_iter().chain(price.as_deref()).collect();
    parts.join(", ").chars().take(120).collect()
}

#[derive(Debug, Deserialize)]
pub(super) struct ActForm {
    act: String,
}

pub(super) async fn act(
    State(desk): State<Desk>,
    who: Person<need::ManagePrices>,
    PathParams((slug, id)): PathParams<(String, CalculationId)>,
    FormBody(form): FormBody<ActForm>,
) -> Result<Response, Refusal> {
    let scope = who.scope();
    scope.require(Right::ViewMoney)?;
    let key = match form.act.as_str() {
        "favour" => {
            desk.money.favour(scope, &id, true).await?;
            "did-calculation-favoured"
        }
        "unfavour" => {
            desk.money.favour(scope, &id, false).await?;
            "did-calculation-unfavoured"
        }
        "forget" => {
            desk.money.forget(scope, &id).await?;
            "did-calculation-forgotten"
        }
        other => {
            let told = Public::new("invalid-value").field("act").arg("value", other);
            return Err(Refusal::new(Kind::Invalid, told));
        }
    };
    Ok(Did::new(key).at(&format!("/s/{slug}/money/saved")))
}

const COLUMNS: [&str; 7] = [
    "calc-title",
    "calc-price",
    "calc-profit",
    "calc-margin",
    "calc-markup",
    "calc-roi",
    "calc-break-even",
];

async fn cells(desk: &Desk, scope: &Scope) -> Result<Vec<Vec<Cell>>, Refusal> {
    let share = |bp: Option<i64>| {
        bp.and_then(|bp| i32::try_from(bp).ok())
            .map_or(Cell::Nothing, Cell::Share)
    };
    let number = |value: Option<i64>| value.map_or(Cell::Nothing, Cell::Number);
    let line = |(kept, result): Computed| {
        let of = result.as_ref();
        vec![
            Cell::Text(kept.title),
            number(of.map(|result| result.price)),
            number(of.and_then(|result| Some(result.profit?.tenge_down().get()))),
            share(of.and_then(|result| result.margin_bp)),
            share(of.and_then(|result| result.markup_bp)),
            share(of.and_then(|result| result.roi_bp)),
            number(of.and_then(|result| result.break_even)),
        ]
    };
    Ok(computed(desk, scope).await?.into_iter().map(line).collect())
}

pub(super) async fn csv(
    State(desk): State<Desk>,
    who: Person<need::ViewMoney>,
    PathParams(slug): PathParams<String>,
) -> Result<Response, Refusal> {
    desk.catalog.shop_by_slug(who.scope(), &slug).await?;
    let words = language(who.language);
    let mut lines = vec![COLUMNS.map(|key| say(&desk, words, key, &[])).to_vec()];
    for cells in cells(&desk, who.scope()).await? {
        lines.push(cells.into_iter().map(super::profit_files::text_of).collect());
    }
    csv_file("calculations.csv", &lines)
}

pub(super) async fn xlsx(
    State(desk): State<Desk>,
    who: Person<need::ViewMoney>,
    PathParams(slug): PathParams<String>,
) -> Result<Response, Refusal> {
    desk.catalog.shop_by_slug(who.scope(), &slug).await?;
    let words = language(who.language);
    let sheet = Sheet {
        name: say(&desk, words, "money-part-saved", &[]),
        headers: COLUMNS.map(|key| say(&desk, words, key, &[])).to_vec(),
        rows: cells(&desk, who.scope()).await?,
        widths: vec![36, 12, 12, 10, 10, 10, 14],
    };
    workbook("calculations.xlsx", vec![sheet]).await
}
