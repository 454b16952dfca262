//! The page of what is packed, and its papers.

use super::{
    gather::{Gathered, gather},
    which::Which,
};
use crate::{
    door::{Desk, language},
    format::Moment,
    pages::prices::path_of,
    views::print::{PickModel, PickRow, PickShelf, PickSize, PrintPage},
};
use axum::{
    extract::{OriginalUri, State},
    http::header,
    response::{IntoResponse, Redirect, Response},
};
use sauda_accounts::Right;
use sauda_edge::{FormBody, PathParams, Person, QueryParams, Refusal, need};
use sauda_kernel::{Kind, Public};
use sauda_labels::{Crop, Layout, Limits, Paper, Printed, Request, Words, Zpl, ZplText, print, shelves};
use sauda_orders::model::PickState;
use serde::Deserialize;

const PAPERS: [&str; 4] = ["75x120", "58x40", "100x150", "a4"];
const LAYOUTS: [Layout; 4] = [Layout::Label, Layout::SideBySide, Layout::TwoUp, Layout::After];

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct PrintQuery {
    /// Only the orders of this run.
    run: String,
    /// Only these, parted by dots.
    codes: String,
    /// Which five hundred of them, from 1.
    part: String,
    paper: String,
    layout: String,
}

impl PrintQuery {
    fn paper(&self) -> Paper {
        Paper::named(&self.paper).unwrap_or_default()
    }
    fn layout(&self) -> Layout {
        Layout::named(&self.layout).unwrap_or_default()
    }
    fn which(&self) -> Result<Which, Refusal> {
        Which::read(&self.run, &self.codes, &self.part)
    }
    fn text(&self, which: &Which) -> String {
        let mut text = format!("paper={}&layout={}", self.paper().name(), self.layout().name());
        let which = which.text();
        if !which.is_empty() {
            text.push('&');
            text.push_str(&which);
        }
        text
    }
}

pub(super) async fn page(
    State(desk): State<Desk>,
    who: Person<need::ViewOrders>,
    PathParams(slug): PathParams<String>,
    QueryParams(query): QueryParams<PrintQuery>,
    OriginalUri(uri): OriginalUri,
) -> Result<Response, Refusal> {
    let at = desk
        .at_shop(&who.session, who.language, &path_of(&uri), "orders", &slug, None)
        .await?;
    let say = moment(&desk, who.language);
    let which = query.which()?;
    let found = gather(&desk, who.scope(), &at.shop, &which, &say).await?;
    let base = format!("{}/orders", at.shell.base);
    let shelves = picked(&found, &base);
    let rows = || {
        let models = shelves.iter().flat_map(|shelf| &shelf.models);
        models.flat_map(|model| &model.sizes).flat_map(|size| &size.rows)
    };
    let missing: Vec<PickRow> = rows().filter(|row| row.state == "missing").cloned().collect();
    let (taken, lines) = (rows().filter(|row| row.state == "taken").count(), rows().count());
    let view = PrintPage {
        pieces: found
            .orders
            .iter()
            .flat_map(|order| &order.goods)
            .map(|good| good.quantity)
            .sum(),
        orders: found.orders.len(),
        without: found
            .orders
            .iter()
            .filter(|order| order.waybill_expected && !found.papers.contains(&order.code))
            .map(|order| order.code.clone())
            .collect(),
        shelves,
        is_of_run: which.run.is_some(),
        is_chosen: !which.chosen.is_empty(),
        left: found.left,
        query: query.text(&which),
        which: which.text(),
        kept: which.pairs(),
        paper: query.paper().name(),
        layout: query.layout().name(),
        papers: PAPERS.to_vec(),
        layouts: LAYOUTS.iter().map(|layout| layout.name()).collect(),
        parts: found.parts,
        missing,
        taken,
        lines,
        may_pick: who.scope().may(Right::ManageOrders),
    };
    desk.draw(&at.shell, &view)
}

pub(super) fn moment(desk: &Desk, to: sauda_edge::Language) -> Moment<'_> {
    Moment {
        words: desk.pages.words(),
        language: language(to),
        now: desk.now(),
    }
}

fn picked(found: &Gathered, base: &str) -> Vec<PickShelf> {
    let row = |line: &sauda_labels::Line<'_>| PickRow {
        code: line.order.code.clone(),
        href: format!("{base}/{}", line.order.code),
        sku: line.good.sku.clone(),
        colour: line.good.colour.clone(),
        quantity: line.good.quantity,
        deadline: line.order.deadline.clone(),
        express: line.order.express,
        no_waybill: line.order.waybill_expected && !found.papers.contains(&line.order.code),
        place: line.share.number,
        bought: line.good.bought.clone(),
        entry: found.known(line).map(|known| known.entry.clone()),
        state: found
            .known(line)
            .and_then(|known| known.state)
            .map_or("", PickState::word),
    };
    let size = |size: &sauda_labels::Size<'_>| PickSize {
        name: size.name.map(str::to_owned),
        pieces: size.lines.iter().map(|line| line.good.quantity).sum(),
        rows: size.lines.iter().map(row).collect(),
    };
    let model = |model: &sauda_labels::Model<'_>| {
        let sizes: Vec<PickSize> = model.sizes.iter().map(size).collect();
        PickModel {
            name: model.name.to_owned(),
            pieces: sizes.iter().map(|size| size.pieces).sum(),
            sizes,
        }
    };
    shelves(&found.orders)
        .iter()
        .map(|shelf| PickShelf {
            name: shelf.name.map(str::to_owned),
            models: shelf.models.iter().map(model).collect(),
        })
        .collect()
}

#[derive(Deserialize)]
pub(super) struct PickForm {
    order: String,
    entry: String,
    /// `taken`, `missing`, or empty to take the note back.
    #[serde(default)]
    state: String,
    /// The page's own query.
    #[serde(default)]
    query: String,
    /// Place of the line among the goods of its order, to come back to it.
    #[serde(default)]
    place: u16,
}

/// Notes what was taken from the shelf and what was not there.
pub(super) async fn pick(
    State(desk): State<Desk>,
    who: Person<need::ManageOrders>,
    PathParams(slug): PathParams<String>,
    FormBody(form): FormBody<PickForm>,
) -> Result<Redirect, Refusal> {
    let shop = desk.catalog.shop_by_slug(who.scope(), &slug).await?;
    let state = PickState::parse(&form.state);
    desk.orders
        .pick(who.scope(), &shop.id, &form.order, &form.entry, state)
        .await?;
    let query: String = form
        .query
        .chars()
        .filter(|sign| sign.is_ascii_alphanumeric() || "=&_-%.".contains(*sign))
        .collect();
    Ok(Redirect::to(&format!(
        "/s/{slug}/orders/print?{query}#p-{}-{}",
        form.order, form.place
    )))
}

/// One of the papers, made now: `labels.pdf`, `labels.zpl`, `pick-list.pdf`, `pick-list-80mm.pdf`, `waybills.pdf`.
pub(super) async fn file(
    State(desk): State<Desk>,
    who: Person<need::ViewOrders>,
    PathParams((slug, name)): PathParams<(String, String)>,
    QueryParams(query): QueryParams<PrintQuery>,
) -> Result<Response, Refusal> {
    let unknown = || {
        Refusal::new(
            Kind::NotFound,
            Public::new("not-found").arg("what", "file").arg("id", &name),
        )
    };
    let shop = desk.catalog.shop_by_slug(who.scope(), &slug).await?;
    let which = query.which()?;
    let found = gather(&desk, who.scope(), &shop, &which, &moment(&desk, who.language)).await?;
    let mut papers = Vec::new();
    if name == "waybills.pdf" {
        for code in &found.papers {
            let (_, pdf) = desk.orders.waybill(who.scope(), &shop.id, code, None).await?;
            papers.push((format!("{code}.pdf"), pdf));
        }
    }
    let numbers = [("n", "{n}".into()), ("m", "{m}".into())];
    let request = Request {
        orders: found.orders,
        paper: query.paper(),
        layout: query.layout(),
        crop: Crop::default(),
        zpl: (name == "labels.zpl").then_some(Zpl {
            dpi: sauda_labels::Dpi::Dpi203,
            text: ZplText::Drawn,
        }),
        words: Words::read(|key| sauda_edge::Words::shared().text(who.language, key, &numbers)),
        limits: Limits::default(),
    };
    let waybills = (!papers.is_empty()).then_some(papers);
    let made = tokio::task::spawn_blocking(move || print(&request, waybills, &mut |_, _, _| {}))
        .await
        .map_err(|_| Refusal::new(Kind::Bug, Public::new("bug")))?;
    let printed: Printed = made.map_err(|error| {
        tracing::debug!(%error, "papers cannot be made so");
        Refusal::new(Kind::Invalid, Public::new("labels-options").field("layout"))
    })?;
    let paper = printed
        .files
        .into_iter()
        .find(|file| file.name == name)
        .ok_or_else(unknown)?;
    let kind = if paper.name.ends_with(".zpl") {
        "text/plain; charset=utf-8"
    } else {
        "application/pdf"
    };
    let disposition = format!("inline; filename=\"{}\"", paper.name);
    Ok((
        [
            (header::CONTENT_TYPE, kind.to_owned()),
            (header::CONTENT_DISPOSITION, disposition),
            (header::CACHE_CONTROL, "private, no-cache".to_owned()),
        ],
        paper.bytes,
    )
        .into_response())
}
