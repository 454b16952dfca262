//! Profit of a span by day, product, order, category or shop. Refuses to count: the room of reports does.

use crate::{
    columns::columns,
    door::Desk,
    format::tiyn_to_tenge,
    pages::{prices::path_of, system::urlencode},
    views::{
        money_reports::{MissingRow, ProfitBefore, ProfitPage, ProfitRow, VatCut},
        parts::{Form, Part, Tab, Told, shares, whole_tenge},
    },
};
use axum::{
    extract::{OriginalUri, State},
    response::Response,
};
use sauda_accounts::Scope;
use sauda_economics::rates::Day;
use sauda_edge::{PathParams, Person, QueryParams, Refusal, need};
use sauda_kernel::{Failure, Kind, Money, ShopId, Span, Tenge};
use sauda_reports::{Asked, Group, GroupBy, Profit, ReportsError, Sums};
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap};

/// Rows of the page; the files have all.
const ROWS: usize = 200;
/// Goods without a cost that the page lists.
const MISSING: usize = 20;

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct ProfitQuery {
    pub(super) from: String,
    pub(super) to: String,
    pub(super) by: String,
    /// `all` or nothing.
    pub(super) shops: String,
}

impl ProfitQuery {
    pub(super) fn by(&self) -> GroupBy {
        GroupBy::parse(&self.by).unwrap_or(GroupBy::Day)
    }

    /// This month when nothing was asked.
    pub(super) fn span(&self, today: Day) -> Result<(Day, Day), &'static str> {
        let first = Day::new(today.year(), today.month(), 1).unwrap_or(today);
        let read = |text: &str, usual: Day| {
            if text.trim().is_empty() {
                Some(usual)
            } else {
                Day::parse(text)
            }
        };
        let from = read(&self.from, first).ok_or("from")?;
        let to = read(&self.to, today.max(from)).ok_or("to")?;
        Ok((from, to))
    }

    pub(super) fn asked(&self, shop: &ShopId, (from, to): (Day, Day)) -> Asked {
        Asked {
            shops: if self.shops == "all" {
                Vec::new()
            } else {
                vec![shop.clone()]
            },
            from,
            to,
            by: self.by(),
        }
    }

    fn text(&self, by: &str) -> String {
        let mut text = format!(
            "by={by}&from={}&to={}",
            urlencode(&self.from),
            urlencode(&self.to)
        );
        if self.shops == "all" {
            text.push_str("&shops=all");
        }
        text
    }
}

pub(super) async fn page(
    State(desk): State<Desk>,
    who: Person<need::ViewMoney>,
    PathParams(slug): PathParams<String>,
    QueryParams(query): QueryParams<ProfitQuery>,
    OriginalUri(uri): OriginalUri,
) -> Result<Response, Refusal> {
    let at = desk
        .at_shop(&who.session, who.language, &path_of(&uri), "money", &slug, None)
        .await?;
    let scope = who.scope();
    let mut form = Form::default();
    let mut profit = Profit::default();
    let mut before = None;
    match query.span(Day::of(desk.now())) {
        Ok((from, to)) => {
            form.values.insert("from".to_owned(), from.to_string());
            form.values.insert("to".to_owned(), to.to_string());
            let asked = query.asked(&at.shop.id, (from, to));
            let days = to.start().plus(Span::from_days(1)).since(from.start());
            let first = Day::of(from.start().minus(days));
            match desk.reports.profit_against(scope, &asked, first).await {
                Ok((found, earlier)) => {
                    before = against(&found, &earlier, days);
                    profit = found;
                }
                Err(ReportsError::Span { from, to, most }) => {
                    let told = Told::new("report-span")
                        .arg("from", from)
                        .arg("to", to)
                        .arg("most", most);
                    form = form.refuse("from", told);
                }
                Err(error) if error.kind() == Kind::Invalid => form = form.refused(&error.public()),
                Err(error) => return Err(error.into()),
            }
        }
        Err(field) => {
            let typed = if field == "from" { &query.from } else { &query.to };
            form = form.refuse(
                field,
                Told::new("wrong-value")
                    .arg("value", typed.clone())
                    .arg("name", field),
            );
        }
    }
    let shops = names(&desk, scope).await?;
    let is_regime_unknown = desk.money.taxpayers(scope).await?.all().is_empty();
    let base = format!("{}/money/profit", at.shell.base);
    let mut view = view(&query, form, &profit, &at.shell.base, &base, &shops);
    view.is_regime_unknown = is_regime_unknown;
    view.before = before;
    view.spans = spans(&query, Day::of(desk.now()), &base);
    if view.form.refusals.is_empty() {
        desk.draw(&at.shell, &view)
    } else {
        desk.again(&at.shell, &view)
    }
}

/// A span against the same number of days before it; nothing when nothing was sold in one of them.
fn against(now: &Profit, before: &Profit, days: Span) -> Option<ProfitBefore> {
    if before.orders == 0 || now.orders == 0 {
        return None;
    }
    let less = |one: Money, other: Money| Money::from_tiyn(one.tiyn() - other.tiyn());
    let count = |all: usize| i64::try_from(all).unwrap_or(i64::MAX);
    Some(ProfitBefore {
        days: days.as_secs() / 86_400,
        profit: less(now.total.profit, before.total.profit),
        revenue: less(now.total.revenue, before.total.revenue),
        orders: count(now.orders) - count(before.orders),
        margin_bp: now
            .total
            .margin()
            .zip(before.total.margin())
            .map(|(now, before)| now.0 - before.0),
    })
}

/// Spans that people ask for: this month, the last one, the newest 90 days and 365.
fn spans(query: &ProfitQuery, today: Day, base: &str) -> Vec<Tab> {
    let first = Day::new(today.year(), today.month(), 1).unwrap_or(today);
    let before = Day::of(first.start().minus(Span::from_days(1)));
    let ago = |days: i64| Day::of(today.start().minus(Span::from_days(days - 1)));
    let shown = query.span(today).ok();
    let all = [
        ("month", first, today),
        (
            "last-month",
            Day::new(before.year(), before.month(), 1).unwrap_or(before),
            before,
        ),
        ("quarter", ago(90), today),
        ("year", ago(365), today),
    ];
    let tab = |(word, from, to): (&str, Day, Day)| {
        let mut other = query.clone();
        (other.from, other.to) = (from.to_string(), to.to_string());
        Tab {
            word: word.to_owned(),
            href: format!("{base}?{}", other.text(query.by().word())),
            count: None,
            tone: "",
            is_on: shown == Some((from, to)),
        }
    };
    all.map(tab).to_vec()
}

/// Profit of each day from the first sale to the last, whole tenge; days without a sale are zero.
fn by_days(profit: &Profit) -> Vec<(String, i64)> {
    let (Some((first, _)), Some((last, _))) = (profit.days.first(), profit.days.last()) else {
        return Vec::new();
    };
    let sums: BTreeMap<Day, i64> = profit
        .days
        .iter()
        .map(|(day, sums)| (*day, tiyn_to_tenge(sums.profit.tiyn())))
        .collect();
    let mut told = Vec::new();
    let mut at = first.start();
    while at <= last.start() {
        let day = Day::of(at);
        let local = at.local();
        let label = format!("{:02}.{:02}", local.day, local.month);
        told.push((label, sums.get(&day).copied().unwrap_or(0)));
        at = at.plus(Span::from_days(1));
    }
    told
}

/// Names of the merchant's shops by id.
pub(super) async fn names(desk: &Desk, scope: &Scope) -> Result<HashMap<String, String>, Refusal> {
    let shops = desk.catalog.shops(scope).await?;
    Ok(shops
        .into_iter()
        .map(|shop| (shop.id.to_string(), shop.name))
        .collect())
}

fn view(
    query: &ProfitQuery,
    form: Form,
    profit: &Profit,
    shop: &str,
    base: &str,
    shops: &HashMap<String, String>,
) -> ProfitPage {
    let by = query.by();
    let tab = |one: GroupBy| Tab {
        word: one.word().to_owned(),
        href: format!("{base}?{}", query.text(one.word())),
        count: None,
        tone: "",
        is_on: one == by,
    };
    let count = |all: usize| i64::try_from(all).unwrap_or(i64::MAX);
    let missing = profit.missing.iter().take(MISSING).map(|one| MissingRow {
        sku: one.sku.clone(),
        name: one.name.clone(),
        pieces: one.pieces,
        revenue: one.revenue,
    });
    // The newest day first, as people read.
    let mut groups: Vec<&Group> = profit.groups.iter().collect();
    if by == GroupBy::Day {
        groups.reverse();
    }
    let total = Group {
        key: String::new(),
        name: String::new(),
        orders: profit.orders,
        sums: profit.total,
    };
    ProfitPage {
        tabs: GroupBy::ALL.map(tab).to_vec(),
        by: by.word(),
        spans: Vec::new(),
        is_all_shops: query.shops == "all",
        orders: count(profit.orders),
        parts: cut_of(&profit.total),
        days: columns(&by_days(profit)),
        rows: groups
            .iter()
            .take(ROWS)
            .map(|group| row(group, by, shop, shops))
            .collect(),
        more: count(groups.len().saturating_sub(ROWS)),
        total: row(&total, GroupBy::Shop, shop, shops),
        missing: missing.collect(),
        missing_more: count(profit.missing.len().saturating_sub(MISSING)),
        orders_without_delivery: count(profit.orders_without_delivery),
        usual_commission: profit.usual_commission,
        usual_tax: profit.usual_tax,
        vat: (profit.total.vat_in_price > Money::ZERO).then(|| VatCut {
            in_price: profit.total.vat_in_price,
            in_purchase: profit.total.vat_in_purchase,
            in_fees: profit.total.vat_in_fees(),
            to_pay: profit.total.vat,
        }),
        is_regime_unknown: false,
        before: None,
        export_query: query.text(by.word()),
        form,
    }
}

pub(super) fn fees(sums: &Sums) -> Money {
    let parts = [
        sums.commission,
        sums.delivery,
        sums.advertising,
        sums.packaging,
        sums.payment,
    ];
    Money::from_tiyn(parts.iter().map(|part| part.tiyn()).sum())
}

pub(super) fn taxes(sums: &Sums) -> Money {
    Money::from_tiyn(sums.tax.tiyn().saturating_add(sums.vat.tiyn()))
}

/// The sums of a row in whole tenge: what is known of the revenue = purchase + fees + taxes + profit.
pub(super) struct Whole {
    pub(super) revenue: i64,
    pub(super) without_cost: i64,
    pub(super) purchase: i64,
    pub(super) fees: i64,
    pub(super) taxes: i64,
    pub(super) profit: i64,
}

pub(super) fn whole(sums: &Sums) -> Whole {
    let (revenue, known) = (
        tiyn_to_tenge(sums.revenue.tiyn()),
        tiyn_to_tenge(sums.known().tiyn()),
    );
    let profit = tiyn_to_tenge(sums.profit.tiyn());
    let parts = whole_tenge(&[sums.purchase, fees(sums), taxes(sums)], known - profit);
    let mut parts = parts.into_iter();
    let mut next = || parts.next().unwrap_or(0);
    Whole {
        revenue,
        without_cost: revenue - known,
        purchase: next(),
        fees: next(),
        taxes: next(),
        profit,
    }
}

fn row(group: &Group, by: GroupBy, shop: &str, shops: &HashMap<String, String>) -> ProfitRow {
    let sums = &group.sums;
    let told = whole(sums);
    let money = |tenge: i64| Tenge(tenge).money();
    let name = match by {
        GroupBy::Shop => shops.get(&group.key).cloned().unwrap_or_default(),
        _ => group.name.clone(),
    };
    ProfitRow {
        name,
        sub: if by == GroupBy::Product {
            group.key.clone()
        } else {
            String::new()
        },
        day: (by == GroupBy::Day).then(|| super::moment_of(&group.key)),
        href: (by == GroupBy::Order).then(|| format!("{shop}/orders/{}", group.key)),
        orders: i64::try_from(group.orders).unwrap_or(i64::MAX),
        pieces: sums.pieces,
        revenue: money(told.revenue),
        without_cost: money(told.without_cost),
        purchase: money(told.purchase),
        fees: money(told.fees),
        taxes: money(told.taxes),
        profit: money(told.profit),
        margin_bp: sums.margin().map(|margin| margin.0),
        returned: sums.returned,
    }
}

/// The cut of what was sold with a known cost, in whole tenge that add up to it; the profit is the one that stands above.
pub(crate) fn cut_of(sums: &Sums) -> Vec<Part> {
    let whole = tiyn_to_tenge(sums.known().tiyn());
    if whole <= 0 {
        return Vec::new();
    }
    let words: [(&'static str, Money, u8); 6] = [
        ("purchase", sums.purchase, 6),
        (
            "fees",
            Money::from_tiyn(sums.commission.tiyn() + sums.payment.tiyn()),
            3,
        ),
        ("delivery", sums.delivery, 2),
        ("taxes", taxes(sums), 4),
        ("packaging", sums.packaging, 5),
        ("advertising", sums.advertising, 5),
    ];
    let words: Vec<_> = words
        .into_iter()
        .filter(|(_, sum, _)| *sum != Money::ZERO)
        .collect();
    let profit = tiyn_to_tenge(sums.profit.tiyn());
    let all: Vec<Money> = words.iter().map(|(_, sum, _)| *sum).collect();
    let part = |word, tenge, colour| Part {
        word,
        args: BTreeMap::new(),
        tenge: Tenge(tenge),
        share_bp: 0,
        colour,
    };
    let mut told: Vec<Part> = words
        .iter()
        .zip(whole_tenge(&all, whole - profit))
        .map(|((word, _, colour), tenge)| part(*word, tenge, *colour))
        .collect();
    told.push(part("profit", profit, 1));
    shares(told, Tenge(whole))
}
