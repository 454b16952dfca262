//! Profit of a span by day, product, order, category or shop. Refuses to count: the room of reports does.

use crate::{
    charts::bars,
    door::Desk,
    pages::{prices::path_of, system::urlencode},
    views::{
        money_reports::{MissingRow, ProfitPage, ProfitRow, VatCut},
        parts::{Form, Part, Tab, Told, shares},
    },
};
use axum::{
    extract::{OriginalUri, State},
    response::Response,
};
use sauda_accounts::Scope;
use sauda_economics::rates::Day;
use sauda_edge::{PathParams, Person, QueryParams, Refusal, need};
use sauda_kernel::{Failure, Kind, Money, ShopId};
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
    match query.span(Day::of(desk.now())) {
        Ok((from, to)) => {
            form.values.insert("from".to_owned(), from.to_string());
            form.values.insert("to".to_owned(), to.to_string());
            match desk
                .reports
                .profit(scope, &query.asked(&at.shop.id, (from, to)))
                .await
            {
                Ok(found) => profit = found,
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
    let is_regime_unknown = desk.money.taxpayer(scope).await?.is_none();
    let base = format!("{}/money/profit", at.shell.base);
    let view = view(
        &query,
        form,
        &profit,
        &at.shell.base,
        &base,
        &shops,
        is_regime_unknown,
    );
    if view.form.refusals.is_empty() {
        desk.draw(&at.shell, &view)
    } else {
        desk.again(&at.shell, &view)
    }
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
    is_regime_unknown: bool,
) -> ProfitPage {
    let by = query.by();
    let tab = |one: GroupBy| Tab {
        word: one.word().to_owned(),
        href: format!("{base}?{}", query.text(one.word())),
        count: None,
        tone: "",
        is_on: one == by,
    };
    let day = |(day, sums): &(Day, Sums)| {
        let text = day.to_string();
        let label = text
            .get(8..10)
            .zip(text.get(5..7))
            .map_or(String::new(), |(day, month)| format!("{day}.{month}"));
        (label, sums.profit.tenge_down().get())
    };
    let days: Vec<(String, i64)> = profit.days.iter().map(day).collect();
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
        is_all_shops: query.shops == "all",
        orders: count(profit.orders),
        parts: cut_of(&profit.total),
        days: bars(&days),
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
        vat: (profit.total.vat_in_price > Money::ZERO).then(|| VatCut {
            in_price: profit.total.vat_in_price,
            in_purchase: profit.total.vat_in_purchase,
            in_fees: profit.total.vat_in_fees(),
            to_pay: profit.total.vat,
        }),
        is_regime_unknown,
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

fn row(group: &Group, by: GroupBy, shop: &str, shops: &HashMap<String, String>) -> ProfitRow {
    let sums = &group.sums;
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
        revenue: sums.revenue,
        without_cost: sums.without_cost,
        purchase: sums.purchase,
        fees: fees(sums),
        taxes: taxes(sums),
        profit: sums.profit,
        margin_bp: sums.margin().map(|margin| margin.0),
        returned: sums.returned,
    }
}

/// The cut of what was sold with a known cost; whole tenge, the remainder is the profit.
pub(crate) fn cut_of(sums: &Sums) -> Vec<Part> {
    let whole = sums.known().tenge_down();
    if whole <= sauda_kernel::Tenge::ZERO {
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
    let mut told = Vec::new();
    let mut taken = 0;
    for (word, sum, colour) in words {
        if sum == Money::ZERO {
            continue;
        }
        let tenge = sum.tenge_up();
        taken += tenge.get();
        told.push(Part {
            word,
            args: BTreeMap::new(),
            tenge,
            share_bp: 0,
            colour,
        });
    }
    told.push(Part {
        word: "profit",
        args: BTreeMap::new(),
        tenge: whole.minus(taken),
        share_bp: 0,
        colour: 1,
    });
    shares(told, whole)
}
