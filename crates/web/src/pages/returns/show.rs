//! The list of returns, its file, and what people say of one.

use crate::{
    carried::{Did, is_own},
    door::{Desk, language},
    pages::{
        export::csv_file,
        prices::{path_of, show::say},
        system::urlencode,
    },
    views::{
        parts::{Pager, Tab},
        returns::{ReturnRow, ReturnsEmpty, ReturnsPage},
    },
};
use axum::{
    extract::{OriginalUri, State},
    response::Response,
};
use sauda_accounts::{Right, Scope};
use sauda_edge::{FormBody, PathParams, Person, QueryParams, Refusal, need};
use sauda_kernel::{Kind, Public, ReturnId, Span, Timestamp};
use sauda_orders::{
    ReturnFilter,
    model::{Condition, ReturnMark, ReturnView, Returned},
};
use serde::Deserialize;
use std::collections::HashMap;

/// Rows a page.
const ROWS: i64 = 100;
/// Most rows of one file.
const MOST: usize = 50_000;

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct ReturnsQuery {
    view: String,
    q: String,
    /// `until.id` of the last row before.
    after: String,
    /// Number of the first row of this page.
    from: String,
}

impl ReturnsQuery {
    fn filter(&self, limit: i64) -> ReturnFilter {
        let after = self.after.split_once('.').and_then(|(until, id)| {
            Some((
                Timestamp::from_micros(until.parse().ok()?),
                ReturnId::parse(id).ok()?,
            ))
        });
        ReturnFilter {
            view: ReturnView::parse(&self.view).unwrap_or_default(),
            search: Some(self.q.trim().to_owned()).filter(|words| !words.is_empty()),
            after,
            limit,
        }
    }

    fn text(&self) -> String {
        let view = ReturnView::parse(&self.view).unwrap_or_default().word();
        match self.q.trim() {
            "" => format!("view={view}"),
            q => format!("view={view}&q={}", urlencode(q)),
        }
    }
}

pub(super) async fn page(
    State(desk): State<Desk>,
    who: Person<need::ViewOrders>,
    PathParams(slug): PathParams<String>,
    QueryParams(query): QueryParams<ReturnsQuery>,
    OriginalUri(uri): OriginalUri,
) -> Result<Response, Refusal> {
    let at = desk
        .at_shop(&who.session, who.language, &path_of(&uri), "orders", &slug, None)
        .await?;
    let scope = who.scope();
    let filter = query.filter(ROWS);
    let found = desk.orders.returns(scope, &at.shop.id, &filter).await?;
    let base = format!("{}/orders", at.shell.base);
    let names = names(&desk, scope, &at.shop.id, &found.returns).await?;
    let of = |view: ReturnView| {
        found
            .counts
            .iter()
            .find(|(known, _)| *known == view)
            .map_or(0, |row| row.1)
    };
    let shown = i64::try_from(found.returns.len()).unwrap_or(0);
    let from = if query.after.is_empty() {
        1
    } else {
        query.from.parse::<i64>().unwrap_or(1).max(1)
    };
    let (to, text) = (from + shown - 1, query.text());
    let view = ReturnsPage {
        tabs: ReturnView::ALL
            .iter()
            .map(|view| Tab {
                word: view.word().to_owned(),
                href: format!("{base}/returns?view={}", view.word()),
                count: Some(of(*view)),
                tone: if *view == ReturnView::Todo { "warn" } else { "" },
                is_on: *view == filter.view,
            })
            .collect(),
        view: filter.view.word(),
        empty: found.returns.is_empty().then(|| match &found.reading {
            None => ReturnsEmpty::NoAccess,
            Some(reading) if reading.read_at.is_none() && reading.trouble.is_none() => ReturnsEmpty::Reading,
            Some(_) if filter.search.is_some() => ReturnsEmpty::NotFound,
            Some(_) => ReturnsEmpty::Nothing,
        }),
        rows: found
            .returns
            .iter()
            .map(|returned| row(scope, &base, &names, returned, desk.now()))
            .collect(),
        pager: Pager {
            from: from.min(to),
            to,
            of: if filter.search.is_some() {
                to.max(0)
            } else {
                of(filter.view)
            },
            back: (from > 1).then(|| format!("{base}/returns?{text}")),
            next: found.next.as_ref().map(|(until, id)| {
                let after = format!("{}.{id}", until.as_micros());
                format!("{base}/returns?{text}&after={after}&from={}", to + 1)
            }),
        },
        query: query.q.trim().to_owned(),
        read_at: found.reading.as_ref().and_then(|reading| reading.read_at),
        trouble: found.reading.and_then(|reading| reading.trouble),
        export_query: text,
        may_edit: scope.may(Right::ManageOrders),
    };
    desk.draw(&at.shell, &view)
}

/// Titles of the shop's offers by article.
async fn names(
    desk: &Desk,
    scope: &Scope,
    shop: &sauda_kernel::ShopId,
    returns: &[Returned],
) -> Result<HashMap<String, String>, Refusal> {
    let by_sku = desk.catalog.offer_ids_by_sku(scope, shop).await?;
    let ids: Vec<_> = returns
        .iter()
        .filter_map(|returned| by_sku.get(returned.document.sku.as_ref()?).cloned())
        .collect();
    let offers = desk.catalog.offers_by_ids(&ids).await?;
    Ok(offers.into_iter().map(|offer| (offer.sku, offer.title)).collect())
}

fn row(
    scope: &Scope,
    base: &str,
    names: &HashMap<String, String>,
    returned: &Returned,
    now: Timestamp,
) -> ReturnRow {
    let document = &returned.document;
    let left = returned.until_at.map(|until| until.since(now));
    ReturnRow {
        id: returned.id.to_string(),
        number: returned.number.clone(),
        order: Some(&returned.order_code)
            .filter(|code| !code.is_empty())
            .map(|code| (code.clone(), format!("{base}/{code}"))),
        goods: document.sku.as_ref().and_then(|sku| names.get(sku).cloned()),
        sku: document.sku.clone(),
        quantity: document.quantity,
        buyer: document.customer.clone().filter(|_| scope.may(Right::ViewBuyers)),
        sum: document.sum.filter(|_| scope.may(Right::ViewMoney)),
        reason: document.reason.clone(),
        comment: document.comment.clone(),
        tab: returned.tab.word(),
        state: document.step.clone().or_else(|| document.state.clone()),
        until_at: returned.until_at,
        until_tone: match left {
            Some(left) if left < Span::from_days(1) => "bad",
            Some(left) if left < Span::from_days(3) => "warn",
            _ => "",
        },
        mark: returned.mark.word(),
        marked_by: returned.marked_by.clone(),
        marked_at: returned.marked_at,
        condition: returned.condition.map(Condition::word),
        conditions: match returned.mark {
            ReturnMark::None => Vec::new(),
            _ => Condition::ALL.map(Condition::word).to_vec(),
        },
        pictures: document
            .pictures
            .iter()
            .filter(|url| is_https(url))
            .cloned()
            .collect(),
        next: returned.mark.next().iter().map(|mark| mark.word()).collect(),
        track_url: document.track_url.clone().filter(|url| is_https(url)),
    }
}

fn is_https(url: &str) -> bool {
    url.starts_with("https://")
}

#[derive(Deserialize)]
pub(super) struct MarkForm {
    #[serde(default)]
    mark: String,
    /// In what condition the goods are, in the place of a mark.
    condition: Option<String>,
    #[serde(default)]
    back: String,
}

/// Somebody says what was done with a return, or in what condition its goods are.
pub(super) async fn mark(
    State(desk): State<Desk>,
    who: Person<need::ManageOrders>,
    PathParams((slug, id)): PathParams<(String, ReturnId)>,
    FormBody(form): FormBody<MarkForm>,
) -> Result<Response, Refusal> {
    let shop = desk.catalog.shop_by_slug(who.scope(), &slug).await?;
    let wrong = |field: &'static str, value: &str| {
        Refusal::new(
            Kind::Invalid,
            Public::new("invalid-value").field(field).arg("value", value),
        )
    };
    let scope = who.scope();
    if let Some(word) = &form.condition {
        let condition = Condition::parse(word).ok_or_else(|| wrong("condition", word))?;
        desk.orders
            .note_condition(scope, &shop.id, &id, condition)
            .await?;
    } else {
        let mark = ReturnMark::parse(&form.mark).ok_or_else(|| wrong("mark", &form.mark))?;
        desk.orders.mark_return(scope, &shop.id, &id, mark).await?;
    }
    let list = format!("/s/{slug}/orders/returns");
    let back = if is_own(&form.back) { &form.back } else { &list };
    Ok(Did::new("did-return-marked").at(back))
}

/// Reads the returns of the cabinet as soon as somebody is free.
pub(super) async fn read_now(
    State(desk): State<Desk>,
    who: Person<need::ManageOrders>,
    PathParams(slug): PathParams<String>,
) -> Result<Response, Refusal> {
    let shop = desk.catalog.shop_by_slug(who.scope(), &slug).await?;
    desk.orders.read_returns(who.scope(), &shop.id).await?;
    Ok(Did::new("did-returns-read").at(&format!("/s/{slug}/orders/returns")))
}

const COLUMNS: [&str; 11] = [
    "return-col-number",
    "return-col-order",
    "return-col-sku",
    "return-col-goods",
    "return-col-quantity",
    "return-col-sum",
    "return-col-reason",
    "return-col-state",
    "return-col-until",
    "return-col-mark",
    "return-col-condition",
];

/// What the list finds, as a file.
pub(super) async fn csv(
    State(desk): State<Desk>,
    who: Person<need::ViewOrders>,
    PathParams(slug): PathParams<String>,
    QueryParams(query): QueryParams<ReturnsQuery>,
) -> Result<Response, Refusal> {
    let (scope, words) = (who.scope(), language(who.language));
    let shop = desk.catalog.shop_by_slug(scope, &slug).await?;
    let mut lines = vec![COLUMNS.map(|key| say(&desk, words, key, &[])).to_vec()];
    let mut filter = ReturnFilter {
        after: None,
        ..query.filter(1_000)
    };
    loop {
        let page = desk.orders.returns(scope, &shop.id, &filter).await?;
        let names = names(&desk, scope, &shop.id, &page.returns).await?;
        for returned in &page.returns {
            let row = row(scope, "", &names, returned, desk.now());
            lines.push(vec![
                row.number,
                row.order.map(|(code, _)| code).unwrap_or_default(),
                row.sku.unwrap_or_default(),
                row.goods.unwrap_or_default(),
                row.quantity.map(|pieces| pieces.to_string()).unwrap_or_default(),
                row.sum
                    .map(|sum| sum.tenge_up().get().to_string())
                    .unwrap_or_default(),
                row.reason.unwrap_or_default(),
                row.state
                    .unwrap_or_else(|| say(&desk, words, &format!("return-tab-{}", row.tab), &[])),
                row.until_at.map(|at| at.rfc3339_almaty()).unwrap_or_default(),
                say(&desk, words, &format!("return-mark-{}", row.mark), &[]),
                row.condition
                    .map(|word| say(&desk, words, &format!("return-goods-{word}"), &[]))
                    .unwrap_or_default(),
            ]);
        }
        match page.next {
            Some(next) if lines.len() < MOST => filter.after = Some(next),
            _ => return csv_file("returns.csv", &lines),
        }
    }
}
