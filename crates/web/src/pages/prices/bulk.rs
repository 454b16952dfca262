//! Changing many products at once: what will happen, doing it, the result with its way back.

use crate::{
    carried::Did,
    door::{Desk, language},
    pages::{
        export::csv_file,
        prices::{
            bulk_form::{ACTIONS, BulkForm},
            path_of, show, to_board,
        },
    },
    views::{
        bulk::{BulkGoing, BulkPreview, BulkRefusal, BulkResult, BulkRow},
        parts::Goods,
        product::STRATEGIES,
    },
};
use axum::{
    extract::{OriginalUri, State},
    response::Response,
};
use sauda_accounts::Scope;
use sauda_edge::{FormBody, PathParams, Person, QueryParams, Refusal, need};
use sauda_kernel::{BulkId, Kind, Public, ShopId};
use sauda_pricing::{Bulk, BulkState, service};

/// Refusals on the page; all of them are in the file.
const SHOWN: usize = 50;

pub(super) async fn preview(
    State(desk): State<Desk>,
    who: Person<need::ManagePrices>,
    PathParams(slug): PathParams<String>,
    QueryParams(form): QueryParams<BulkForm>,
    OriginalUri(uri): OriginalUri,
) -> Result<Response, Refusal> {
    let at = desk
        .at_shop(&who.session, who.language, &path_of(&uri), "prices", &slug, None)
        .await?;
    if !ACTIONS.contains(&form.action.as_str()) {
        return Err(Refusal::no_page());
    }
    let Some(selection) = form.selection(&at.city) else {
        return Ok(to_board(&at.shell.base, Did::new("did-bulk-nothing")));
    };
    let mut view = blank(&form);
    view.chosen = match &selection {
        service::Selection::Offers(ids) => i64::try_from(ids.len()).unwrap_or(i64::MAX),
        service::Selection::Filter(filter) => {
            desk.pricing.board(who.scope(), &at.shop.id, filter).await?.found
        }
    };
    let act = match form.act() {
        Ok(Some(act)) => act,
        Ok(None) => return desk.draw(&at.shell, &view),
        Err((field, said)) => {
            view.form = view.form.refuse(field, said);
            return desk.again(&at.shell, &view);
        }
    };
    let would = desk
        .pricing
        .bulk_preview(who.scope(), &at.shop.id, &selection, &act)
        .await?;
    view.rows = would
        .samples
        .iter()
        .filter_map(|sample| row(&form.action, sample))
        .collect();
    view.changed = count(would.changed);
    view.unchanged = count(would.unchanged);
    view.refused = count(would.refused.len());
    view.refusals = refusals(&desk, who.scope(), &at.shop.id, &would.refused).await?;
    view.is_ready = true;
    desk.draw(&at.shell, &view)
}

fn count(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

fn blank(form: &BulkForm) -> BulkPreview {
    BulkPreview {
        action: form.action.clone(),
        chosen: 0,
        offers: if form.is_whole() {
            Vec::new()
        } else {
            form.offer.clone()
        },
        filter: form.is_whole().then(|| form.filter.clone()),
        form: form.form(),
        rows: Vec::new(),
        changed: 0,
        unchanged: 0,
        refused: 0,
        refusals: Vec::new(),
        strategies: STRATEGIES.to_vec(),
        is_ready: false,
    }
}

/// Before and after of one product; a pause has nothing to show.
fn row(action: &str, sample: &service::BulkSample) -> Option<BulkRow> {
    let (before, after) = (&sample.rule_before, &sample.rule_after);
    let prices = match action {
        "min" => Some((before.min, after.min)),
        "max" => Some((before.max, after.max)),
        "step" => Some((before.step, after.step)),
        "strategy" => None,
        _ => return None,
    };
    let is_strategy = prices.is_none();
    Some(BulkRow {
        goods: Goods::new(sample.offer.as_str(), &sample.title, &sample.sku),
        before: prices.and_then(|(before, _)| before),
        after: prices.and_then(|(_, after)| after),
        before_word: before.strategy.clone().filter(|_| is_strategy),
        after_word: after.strategy.clone().filter(|_| is_strategy),
    })
}

async fn refusals(
    desk: &Desk,
    scope: &Scope,
    shop: &ShopId,
    all: &[service::Refusal],
) -> Result<Vec<BulkRefusal>, Refusal> {
    if all.is_empty() {
        return Ok(Vec::new());
    }
    let ids = desk.catalog.offer_ids_by_sku(scope, shop).await?;
    let one = |refusal: &service::Refusal| BulkRefusal {
        goods: Goods::new(
            ids.get(&refusal.sku).map_or("", |id| id.as_str()),
            &refusal.title,
            &refusal.sku,
        ),
        said: show::refused(refusal),
    };
    Ok(all.iter().take(SHOWN).map(one).collect())
}

pub(super) async fn apply(
    State(desk): State<Desk>,
    who: Person<need::ManagePrices>,
    PathParams(slug): PathParams<String>,
    FormBody(form): FormBody<BulkForm>,
) -> Result<Response, Refusal> {
    let at = desk
        .at_shop(
            &who.session,
            who.language,
            &format!("/s/{slug}/prices"),
            "prices",
            &slug,
            None,
        )
        .await?;
    let missing = || {
        Refusal::new(
            Kind::Invalid,
            Public::new("invalid-value")
                .field("value")
                .arg("value", &form.action),
        )
    };
    let selection = form.selection(&at.city).ok_or_else(missing)?;
    let act = match form.act() {
        Ok(act) => act.ok_or_else(missing)?,
        Err((field, said)) => {
            let mut view = blank(&form);
            view.form = view.form.refuse(field, said);
            return desk.again(&at.shell, &view);
        }
    };
    let bulk = desk
        .pricing
        .bulk_apply(who.scope(), &at.shop.id, &selection, &act)
        .await?;
    Ok(axum::response::IntoResponse::into_response(
        axum::response::Redirect::to(&format!("/s/{slug}/prices/bulk/{}", bulk.id)),
    ))
}

/// The word of a kept act: the first member of its JSON, or a word by itself.
fn action(bulk: &Bulk) -> String {
    let act: serde_json::Value = serde_json::from_str(&bulk.act).unwrap_or_default();
    match act.as_object().and_then(|members| members.iter().next()) {
        Some((word, value)) if word == "paused" => if value.as_bool() == Some(true) {
            "pause"
        } else {
            "resume"
        }
        .to_owned(),
        Some((word, _)) => word.clone(),
        None => "import".to_owned(),
    }
}

pub(super) async fn result(
    State(desk): State<Desk>,
    who: Person<need::ViewPrices>,
    PathParams((slug, id)): PathParams<(String, BulkId)>,
    OriginalUri(uri): OriginalUri,
) -> Result<Response, Refusal> {
    let at = desk
        .at_shop(&who.session, who.language, &path_of(&uri), "prices", &slug, None)
        .await?;
    let bulk = desk.pricing.bulk(who.scope(), &id).await?;
    // A page that asks again every second shows them once they are all there.
    let refused = if bulk.state().is_going() {
        Vec::new()
    } else {
        desk.pricing.bulk_refusals(who.scope(), &id).await?
    };
    let view = BulkResult {
        id: id.to_string(),
        action: action(&bulk),
        by: bulk.by.clone(),
        at: bulk.at,
        going: going(&bulk),
        changed: bulk.changed,
        unchanged: bulk.unchanged,
        refused: bulk.refused,
        refusals: refusals(&desk, who.scope(), &at.shop.id, &refused).await?,
        undo_until: bulk.can_undo(desk.now()).then_some(bulk.undo_until),
        is_undone: bulk.undone_at.is_some(),
        put_back: bulk.put_back,
    };
    desk.draw(&at.shell, &view)
}

/// How far a change is while it goes on.
pub(crate) fn going(bulk: &Bulk) -> Option<BulkGoing> {
    let (done, total) = bulk.progress();
    bulk.state().is_going().then(|| BulkGoing {
        state: bulk.state().word(),
        done,
        total,
    })
}

/// Says how many were put back, once they all are; the page tells how far a large undo is.
pub(crate) fn did_undo(bulk: &Bulk, page: &str) -> Response {
    match bulk.state() {
        BulkState::Undone => Did::new("did-bulk-undone").arg("n", bulk.put_back).at(page),
        _ => axum::response::IntoResponse::into_response(axum::response::Redirect::to(page)),
    }
}

pub(super) async fn undo(
    State(desk): State<Desk>,
    who: Person<need::ManagePrices>,
    PathParams((slug, id)): PathParams<(String, BulkId)>,
) -> Result<Response, Refusal> {
    let bulk = desk.pricing.bulk_undo(who.scope(), &id).await?;
    Ok(did_undo(&bulk, &format!("/s/{slug}/prices/bulk/{id}")))
}

/// Every refused product with its reason.
pub(super) async fn refused(
    State(desk): State<Desk>,
    who: Person<need::ViewPrices>,
    PathParams((_, id)): PathParams<(String, BulkId)>,
) -> Result<Response, Refusal> {
    let refused = desk.pricing.bulk_refusals(who.scope(), &id).await?;
    let to = language(who.language);
    let name = |key| show::say(&desk, to, key, &[]);
    let mut rows = vec![vec![name("sku"), name("col-goods"), name("import-reason")]];
    for one in &refused {
        rows.push(vec![
            one.sku.clone(),
            one.title.clone(),
            show::say_told(&desk, to, "err", &show::refused(one)),
        ]);
    }
    csv_file(&format!("{id}-refused.csv"), &rows)
}
