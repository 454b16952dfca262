//! The tax of a half-year from real turnover: estimate, thresholds, what other regimes would take. Refuses to be a declaration.

use super::{hundredths, sum_typed};
use crate::{
    carried::Did,
    columns::{Columns, columns},
    door::{Desk, form_refusals},
    format::tiyn_to_tenge,
    pages::{prices::path_of, system::urlencode},
    views::{
        money_reports::{TaxLimit, TaxLine, TaxOther, TaxPage, TaxPayer},
        parts::{Form, Tab, Told},
    },
};
use axum::{
    extract::{OriginalUri, State},
    response::Response,
};
use sauda_accounts::{Right, Scope};
use sauda_economics::money::{NewTaxpayer, Taxpayers};
use sauda_economics::rates::{Day, Regime, regimes_on};
use sauda_economics::tax::{Estimate, Period, TaxQuestion, Threshold, ThresholdState, estimate};
use sauda_edge::{FormBody, PathParams, Person, QueryParams, Refusal, need};
use sauda_kernel::{BasisPoints, Failure, Kind, Money, Public, Span};
use sauda_reports::{Expenses, Turnover};
use serde::Deserialize;
use std::collections::BTreeMap;

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct TaxQuery {
    period: String,
    expenses: String,
    input_vat: String,
    mrp: String,
}

impl TaxQuery {
    /// A typed sum, or a refusal at its field.
    fn sum(&self, name: &'static str, form: &mut Form) -> Option<Money> {
        let typed = match name {
            "expenses" => &self.expenses,
            "input_vat" => &self.input_vat,
            _ => &self.mrp,
        };
        form.values.insert(name.to_owned(), typed.clone());
        if typed.trim().is_empty() {
            return None;
        }
        let negative = || {
            Told::new("wrong-value")
                .arg("value", typed.clone())
                .arg("name", name)
        };
        match sum_typed(name, typed).and_then(|sum| if sum < 0 { Err(negative()) } else { Ok(sum) }) {
            Ok(sum) => Some(Money::from_tiyn(sum)),
            Err(told) => {
                *form = form.clone().refuse(name, told);
                None
            }
        }
    }
}

pub(super) async fn page(
    State(desk): State<Desk>,
    who: Person<need::ViewMoney>,
    PathParams(slug): PathParams<String>,
    QueryParams(query): QueryParams<TaxQuery>,
    OriginalUri(uri): OriginalUri,
) -> Result<Response, Refusal> {
    let at = desk
        .at_shop(&who.session, who.language, &path_of(&uri), "money", &slug, None)
        .await?;
    let scope = who.scope();
    let today = Day::of(desk.now());
    let named = Period::parse(&query.period);
    let period = named.unwrap_or_else(|| Period::half_year_of(today));
    let sold = sold(&desk, scope, period).await?;
    let mut view = view(&query, period, &sold);
    // What is said the first time holds for the past too.
    if !sold.payers.all().is_empty() {
        view.form.values.insert("since".to_owned(), today.to_string());
    }
    if named.is_none() && !query.period.trim().is_empty() {
        let told = Told::new("tax-period").arg("value", query.period.clone());
        view.form = view.form.refuse("period", told);
    }
    view.periods = periods(today, period, &format!("{}/money/tax", at.shell.base));
    view.may_edit = scope.may(Right::ManagePrices);
    desk.draw(&at.shell, &view)
}

/// The page as files tell it.
pub(super) async fn told(
    desk: &Desk,
    scope: &Scope,
    slug: &str,
    query: &TaxQuery,
) -> Result<TaxPage, Refusal> {
    desk.catalog.shop_by_slug(scope, slug).await?;
    let today = Day::of(desk.now());
    let period = Period::parse(&query.period).unwrap_or_else(|| Period::half_year_of(today));
    let page = view(query, period, &sold(desk, scope, period).await?);
    match page.form.refusals.first() {
        None => Ok(page),
        Some(refused) => {
            let value = query.period.clone();
            let public = Public::new("tax-file-refused").arg("value", value);
            tracing::debug!(code = refused.said.word, "a file of the tax is refused");
            Err(Refusal::new(Kind::Invalid, public))
        }
    }
}

/// This half-year and three before it.
fn periods(today: Day, shown: Period, base: &str) -> Vec<Tab> {
    let (mut year, mut half) = (today.year(), today.half());
    let mut tabs = Vec::new();
    for _ in 0..4 {
        let word = format!("{year}-H{half}");
        tabs.push(Tab {
            href: format!("{base}?period={word}"),
            is_on: Period::parse(&word) == Some(shown),
            word,
            count: None,
            tone: "",
        });
        (year, half) = if half == 2 { (year, 1) } else { (year - 1, 2) };
    }
    tabs
}

/// What is known of the taxpayer and the sales, before anybody types.
struct Sold {
    payers: Taxpayers,
    turnover: Turnover,
    /// What the sales of the period cost.
    known: Option<Expenses>,
    /// The same for the part of the year before it.
    known_before: Option<Expenses>,
}

async fn sold(desk: &Desk, scope: &Scope, period: Period) -> Result<Sold, Refusal> {
    let of_before = async {
        match before(period) {
            Some(before) => desk.reports.expenses(scope, before).await,
            None => Ok(None),
        }
    };
    let (turnover, known, known_before) = tokio::try_join!(
        desk.reports.turnover(scope, period),
        desk.reports.expenses(scope, period),
        of_before,
    )?;
    Ok(Sold {
        payers: desk.money.taxpayers(scope).await?,
        turnover,
        known,
        known_before,
    })
}

/// The part of the year before a period; none when it begins with the year.
fn before(period: Period) -> Option<Period> {
    let eve = Day::of(period.from().start().minus(Span::from_days(1)));
    Period::new(Day::new(period.from().year(), 1, 1)?, eve)
}

/// Profit of the year before the period, as the sales tell it: the dearer step of income tax is counted over the year.
fn taxed_before(period: Period, sold: &Sold) -> Money {
    let (Some(before), Some(known)) = (before(period), sold.known_before) else {
        return Money::ZERO;
    };
    // A company's tax needs no index: its profit is that of any regime.
    let question = TaxQuestion {
        regime: Regime::Llp,
        period: before,
        turnover: sold.turnover.before,
        incomes: &[],
        year_before: Money::ZERO,
        expenses: Some(known.sum),
        taxed_before: Money::ZERO,
        vat_payer: sold
            .payers
            .on(before.to())
            .is_some_and(|payer| payer.is_vat_payer),
        input_vat: Money::ZERO,
        place: None,
        own_rate: None,
        own_mrp: None,
    };
    let profit = estimate(&question).ok().and_then(|told| told.profit);
    profit.unwrap_or(Money::ZERO).max(Money::ZERO)
}

/// Expenses and tax to set off that nobody typed are those that the sales of the period are known to have cost.
fn view(query: &TaxQuery, period: Period, sold: &Sold) -> TaxPage {
    let (payer, turnover, known) = (sold.payers.on(period.to()), &sold.turnover, sold.known);
    let mut form = Form::default();
    let regime = payer.map_or(Regime::Simplified, |payer| payer.regime);
    let percent = |rate: BasisPoints| format!("{},{:02}", rate.0 / 100, rate.0 % 100);
    for (name, value) in [
        ("regime", regime.word().to_owned()),
        (
            "place",
            payer.and_then(|payer| payer.place.clone()).unwrap_or_default(),
        ),
        (
            "rate",
            payer
                .and_then(|payer| payer.rate)
                .map(percent)
                .unwrap_or_default(),
        ),
        (
            "vat_payer",
            if payer.is_some_and(|payer| payer.is_vat_payer) {
                "on"
            } else {
                ""
            }
            .to_owned(),
        ),
        ("period", query.period.clone()),
    ] {
        form.values.insert(name.to_owned(), value);
    }
    let is_typed = !query.expenses.trim().is_empty();
    let expenses = query.sum("expenses", &mut form);
    let input_vat = query.sum("input_vat", &mut form);
    let known = known.filter(|_| !is_typed);
    let expenses = expenses.or(known.map(|known| known.sum));
    let input_vat = input_vat.or(known.map(|known| known.input_vat));
    let own_mrp = query.sum("mrp", &mut form);
    let mut question = TaxQuestion {
        regime,
        period,
        turnover: turnover.total,
        incomes: &turnover.days,
        year_before: turnover.before,
        expenses,
        taxed_before: taxed_before(period, sold),
        vat_payer: payer.is_some_and(|payer| payer.is_vat_payer),
        input_vat: input_vat.unwrap_or(Money::ZERO),
        place: payer.and_then(|payer| payer.place.as_deref()),
        own_rate: payer.and_then(|payer| payer.rate),
        own_mrp,
    };
    let told = match estimate(&question) {
        Ok(told) => Some(told),
        Err(problem) => {
            form = form.refused(&problem.public());
            None
        }
    };
    let others = others(&mut question, told.as_ref());
    let mut page = TaxPage {
        form,
        regimes: regimes_on(period.to()).into_iter().map(Regime::word).collect(),
        periods: Vec::new(),
        from: period.from().noon(),
        to: period.to().noon(),
        turnover: turnover.total,
        months: months(turnover, period),
        beyond: None,
        known: known.map(|known| (known.sum, known.without_cost)),
        is_regime_unknown: payer.is_none(),
        parts: Vec::new(),
        total: None,
        share_bp: 0,
        limits: Vec::new(),
        declare_by: None,
        pay_by: None,
        others,
        notes: Vec::new(),
        export_query: [
            ("period", &query.period),
            ("expenses", &query.expenses),
            ("input_vat", &query.input_vat),
            ("mrp", &query.mrp),
        ]
        .iter()
        .filter(|(_, typed)| !typed.is_empty())
        .map(|(name, typed)| format!("{name}={}", urlencode(typed)))
        .collect::<Vec<_>>()
        .join("&"),
        payers: told_payers(&sold.payers),
        may_edit: false,
    };
    if let Some(told) = told {
        fill(&mut page, &told);
        let is_upper = |part: &TaxLine| part.word == "income_tax_upper";
        if question.taxed_before > Money::ZERO && page.parts.iter().any(is_upper) {
            page.notes.push("year-profit");
        }
    }
    page
}

fn fill(page: &mut TaxPage, told: &Estimate) {
    let part = |part: &sauda_economics::tax::TaxPart| TaxLine {
        word: part.code,
        base: part.base,
        rate_bp: part.rate.map(|rate| rate.0),
        sum: part.sum,
        source: part.fact.source.clone(),
        confidence: part.fact.confidence.word(),
    };
    page.parts = told.parts.iter().map(part).collect();
    page.total = Some(told.total);
    page.share_bp = told.share.0;
    page.limits = told.thresholds.iter().map(limit).collect();
    page.declare_by = told.due.map(|due| due.declare.noon());
    page.pay_by = told.due.map(|due| due.pay.noon());
    page.notes = told.notes.iter().map(|note| note.word()).collect();
    page.beyond = told.beyond().map(limit);
}

fn limit(one: &Threshold) -> TaxLimit {
    TaxLimit {
        word: one.code,
        over: one.over,
        limit: one.limit,
        used: one.used,
        left: one.left,
        percent: i64::from(one.share.0 / 100).clamp(0, 100),
        tone: match one.state {
            ThresholdState::Within => "ok",
            ThresholdState::Near => "warn",
            ThresholdState::Crossed => "bad",
        },
        state: one.state.word(),
        crossed_on: one.crossed_on.map(Day::noon),
    }
}

/// Every regime of the period with what it would take; the merchant's own rate belongs to the present one only. Self-employment is
/// for people who are no entrepreneurs, so that it is nothing for whoever is registered for VAT.
fn others(question: &mut TaxQuestion<'_>, now: Option<&Estimate>) -> Vec<TaxOther> {
    let present = question.regime;
    let mut told = Vec::new();
    let is_open =
        |regime: &Regime| *regime == present || *regime != Regime::SelfEmployed || !question.vat_payer;
    let regimes: Vec<Regime> = regimes_on(question.period.to())
        .into_iter()
        .filter(is_open)
        .collect();
    for regime in regimes {
        let estimated = if regime == present {
            now.cloned()
        } else {
            question.regime = regime;
            question.own_rate = None;
            estimate(question).ok()
        };
        let beyond = estimated.as_ref().and_then(Estimate::beyond).map(limit);
        // Beyond its limit a regime takes nothing: it may not be used.
        let total = estimated
            .filter(|_| beyond.is_none() || regime == present)
            .map(|told| told.total);
        let against = total.zip(now);
        told.push(TaxOther {
            word: regime.word(),
            total,
            difference: against.map(|(total, now)| Money::from_tiyn(total.tiyn() - now.total.tiyn())),
            is_now: regime == present,
            beyond,
        });
    }
    question.regime = present;
    told
}

/// Each month of the period that has begun, one without sales too.
fn months(turnover: &Turnover, period: Period) -> Option<Columns> {
    let last = turnover.days.last()?.0.month();
    let months = period.from().month()..=last;
    let mut sums: BTreeMap<u32, i64> = months.map(|month| (month, 0)).collect();
    for (day, sum) in &turnover.days {
        *sums.entry(day.month()).or_default() += sum.tiyn();
    }
    let values: Vec<(String, i64)> = sums
        .into_iter()
        .map(|(month, sum)| (month.to_string(), tiyn_to_tenge(sum)))
        .collect();
    columns(&values)
}

#[derive(Debug, Deserialize)]
pub(super) struct PayerForm {
    #[serde(default)]
    regime: String,
    #[serde(default)]
    place: String,
    #[serde(default)]
    rate: String,
    #[serde(default)]
    vat_payer: String,
    /// The first day on which it holds; empty from the beginning.
    #[serde(default)]
    since: String,
}

/// How the merchant is taxed and was before, for the list under the form.
fn told_payers(payers: &Taxpayers) -> Vec<TaxPayer> {
    let all = payers.all().iter();
    all.map(|one| TaxPayer {
        regime: one.regime.word(),
        place: one.place.clone(),
        is_vat_payer: one.is_vat_payer,
        since: one.from.map(Day::noon),
        day: one.from.map(|day| day.to_string()).unwrap_or_default(),
    })
    .collect()
}

#[derive(Debug, Deserialize)]
pub(super) struct RemoveForm {
    #[serde(default)]
    since: String,
}

/// What was said of the days from one on is taken back.
pub(super) async fn remove(
    State(desk): State<Desk>,
    who: Person<need::ManagePrices>,
    PathParams(slug): PathParams<String>,
    FormBody(typed): FormBody<RemoveForm>,
) -> Result<Response, Refusal> {
    let scope = who.scope();
    scope.require(Right::ViewMoney)?;
    desk.catalog.shop_by_slug(scope, &slug).await?;
    desk.money
        .remove_taxpayer(scope, Day::parse(&typed.since))
        .await?;
    Ok(Did::new("did-taxpayer-set").at(&format!("/s/{slug}/money/tax")))
}

/// Somebody says how the merchant is taxed.
pub(super) async fn save(
    State(desk): State<Desk>,
    who: Person<need::ManagePrices>,
    PathParams(slug): PathParams<String>,
    OriginalUri(uri): OriginalUri,
    FormBody(typed): FormBody<PayerForm>,
) -> Result<Response, Refusal> {
    let scope = who.scope();
    scope.require(Right::ViewMoney)?;
    let mut form = Form::of(&[
        ("regime", &typed.regime),
        ("place", &typed.place),
        ("rate", &typed.rate),
        ("vat_payer", &typed.vat_payer),
        ("since", &typed.since),
        ("period", ""),
        ("expenses", ""),
        ("input_vat", ""),
        ("mrp", ""),
    ]);
    let rate = match typed.rate.trim() {
        "" => None,
        text => {
            let read = hundredths(text)
                .and_then(|bp| i32::try_from(bp).ok())
                .map(BasisPoints);
            if read.is_none() {
                form = form.refuse(
                    "rate",
                    Told::new("wrong-value").arg("value", text).arg("name", "rate"),
                );
            }
            read
        }
    };
    let from = Day::parse(typed.since.trim());
    if from.is_none() && !typed.since.trim().is_empty() {
        let told = Told::new("wrong-value")
            .arg("value", typed.since.clone())
            .arg("name", "since");
        form = form.refuse("since", told);
    }
    let regime = Regime::parse(&typed.regime);
    if regime.is_none() {
        form = form.refuse(
            "regime",
            Told::new("invalid-value").arg("value", typed.regime.clone()),
        );
    }
    if let (Some(regime), true) = (regime, form.refusals.is_empty()) {
        let kept = desk
            .money
            .put_taxpayer(
                scope,
                NewTaxpayer {
                    from,
                    regime,
                    place: Some(typed.place),
                    rate,
                    is_vat_payer: typed.vat_payer == "on",
                },
            )
            .await;
        match kept {
            Ok(()) => return Ok(Did::new("did-taxpayer-set").at(&format!("/s/{slug}/money/tax"))),
            Err(error) => match form_refusals(&error) {
                Some(refusals) => form = form.refused(&refusals),
                None => return Err(error.into()),
            },
        }
    }
    let at = desk
        .at_shop(&who.session, who.language, &path_of(&uri), "money", &slug, None)
        .await?;
    let today = Day::of(desk.now());
    let period = Period::half_year_of(today);
    let mut view = view(&TaxQuery::default(), period, &sold(&desk, scope, period).await?);
    view.form = form;
    view.periods = periods(today, period, &format!("{}/money/tax", at.shell.base));
    view.may_edit = true;
    desk.again(&at.shell, &view)
}

#[cfg(test)]
mod tests {
    use super::*;
    use sauda_economics::money::Taxpayer;
    use sauda_kernel::Timestamp;

    fn tenge(millions: i64) -> Money {
        Money::from_tiyn(millions * 100_000_000)
    }

    fn sold(before: i64, before_cost: i64, is_vat_payer: bool) -> Sold {
        let cost = |millions| Expenses {
            sum: tenge(millions),
            without_cost: Money::ZERO,
            input_vat: Money::ZERO,
        };
        Sold {
            payers: Taxpayers::new(vec![Taxpayer {
                from: None,
                regime: Regime::GeneralIp,
                place: None,
                rate: None,
                is_vat_payer,
                set_by: "Aru".to_owned(),
                set_at: Timestamp::default(),
            }]),
            turnover: Turnover {
                days: Vec::new(),
                total: tenge(900),
                before: tenge(before),
            },
            known: Some(cost(400)),
            known_before: Some(cost(before_cost)),
        }
    }

    fn parts(period: &str, sold: &Sold) -> Vec<(&'static str, i64)> {
        let page = view(&TaxQuery::default(), Period::parse(period).unwrap(), sold);
        let told = page.parts.iter();
        told.filter(|part| part.word.starts_with("income_tax"))
            .map(|part| (part.word, part.base.tiyn() / 100))
            .collect()
    }

    #[test]
    fn the_dearer_step_counts_the_profit_of_the_year_before_the_period() {
        // The step begins at 230 000 indices of 4 325 tenge a year: 994.75 million. 700 of them were earned in the first half.
        let told = sold(1_200, 500, false);
        assert_eq!(
            parts("2026-H2", &told),
            [("income_tax", 294_750_000), ("income_tax_upper", 205_250_000)]
        );
        let page = view(&TaxQuery::default(), Period::parse("2026-H2").unwrap(), &told);
        assert_eq!(page.notes.last(), Some(&"year-profit"));
        // The same half alone, and after a loss, stays under it.
        for alone in [sold(0, 0, false), sold(500, 700, false)] {
            assert_eq!(parts("2026-H2", &alone), [("income_tax", 500_000_000)]);
        }
        // A period that begins with the year has nothing before it.
        assert_eq!(parts("2026-H1", &told), [("income_tax", 500_000_000)]);
        // Of a payer's turnover the tax on value added is no income: 1 160 become 1 000, and 900 become 775.86.
        assert_eq!(
            taxed_before(Period::parse("2026-H2").unwrap(), &sold(1_160, 500, true)),
            tenge(500)
        );
    }

    #[test]
    fn what_was_before_a_period_ends_on_its_eve() {
        let told = |period: &str| before(Period::parse(period).unwrap()).map(|before| before.to_string());
        assert_eq!(told("2026-H2").as_deref(), Some("2026-01-01/2026-06-30"));
        assert_eq!(told("2026-03").as_deref(), Some("2026-01-01/2026-02-28"));
        assert_eq!((told("2026-H1"), told("2026")), (None, None));
    }
}
