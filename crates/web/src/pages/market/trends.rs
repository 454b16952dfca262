//! The page of trends: interest from files, and own categories over the week and the year. Refuses to draw what too few days tell.

use crate::{
    carried::Did,
    charts::{bars, spark},
    door::{Desk, form_refusals},
    pages::prices::path_of,
    shell::Shell,
    views::{
        market::tabs,
        market_trends::{AskLine, MonthLine, TrendLine, TrendsPage, WeekLine},
        parts::Form,
    },
};
use axum::{
    extract::{OriginalUri, State},
    response::Response,
};
use sauda_accounts::{Right, Scope};
use sauda_edge::{FormBody, PathParams, Person, Refusal, need};
use sauda_research::profile::{Profile, year_of};
use serde::Deserialize;

pub(super) async fn page(
    State(desk): State<Desk>,
    who: Person<need::ViewPrices>,
    PathParams(slug): PathParams<String>,
    OriginalUri(uri): OriginalUri,
) -> Result<Response, Refusal> {
    let at = desk
        .at_shop(&who.session, who.language, &path_of(&uri), "market", &slug, None)
        .await?;
    let view = trends_view(&desk, who.scope(), &at.shell, Form::default()).await?;
    desk.draw(&at.shell, &view)
}

pub(super) async fn trends_view(
    desk: &Desk,
    scope: &Scope,
    shell: &Shell,
    form: Form,
) -> Result<TrendsPage, Refusal> {
    let profiles = desk.research.profiles(scope).await?;
    let trends = desk.research.trends(scope).await?;
    Ok(TrendsPage {
        tabs: tabs(&shell.base, "trends"),
        trends: trends
            .into_iter()
            .filter_map(|view| {
                let values: Vec<i64> = view.points.iter().map(|point| point.value).collect();
                Some(TrendLine {
                    from: view.points.first()?.day,
                    to: view.points.last()?.day,
                    last: *values.last()?,
                    moved_bp: view.moved_bp,
                    spark: spark(&values),
                    year: year_of(&view).map(|year| year.to_vec()),
                    query: view.query,
                })
            })
            .collect(),
        months: profiles
            .iter()
            .filter(|one| one.months.len() > 1)
            .map(months)
            .collect(),
        weeks: profiles.into_iter().map(week).collect(),
        asks: desk
            .research
            .asks(scope)
            .await?
            .into_iter()
            .map(|one| AskLine {
                query: one.query,
                asked_at: one.asked_at,
                next_at: one.next_at,
                trouble: one.trouble,
            })
            .collect(),
        may_ask: desk.research.may_ask_interest(),
        form,
        may_edit: scope.may(Right::ManagePrices),
    })
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct AskForm {
    query: String,
    /// `on` or nothing.
    wanted: String,
}

/// Begins or ends to ask Google for a search.
pub(super) async fn ask(
    State(desk): State<Desk>,
    who: Person<need::ManagePrices>,
    PathParams(slug): PathParams<String>,
    OriginalUri(uri): OriginalUri,
    FormBody(typed): FormBody<AskForm>,
) -> Result<Response, Refusal> {
    let at = desk
        .at_shop(&who.session, who.language, &path_of(&uri), "market", &slug, None)
        .await?;
    let wanted = typed.wanted == "on";
    match desk.research.ask_for(who.scope(), &typed.query, wanted).await {
        Ok(()) => {
            let did = Did::new(if wanted {
                "did-market-ask"
            } else {
                "did-market-unask"
            });
            Ok(did.at(&format!("{}/market/trends", at.shell.base)))
        }
        Err(error) => {
            let Some(refusals) = form_refusals(&error) else {
                return Err(error.into());
            };
            let form = Form::of(&[("query", &typed.query)]).refused(&refusals);
            let page = trends_view(&desk, who.scope(), &at.shell, form).await?;
            desk.again(&at.shell, &page)
        }
    }
}

fn week(one: Profile) -> WeekLine {
    WeekLine {
        weeks: one.weeks(),
        days_known: one.days,
        from: one.week_from,
        days: one.week.map(|week| week.to_vec()),
        title: one.title,
    }
}

fn months(one: &Profile) -> MonthLine {
    let values: Vec<(String, i64)> = one
        .months
        .iter()
        .map(|month| {
            let local = month.from.local();
            (format!("{:02}.{}", local.month, local.year), month.grown_milli)
        })
        .collect();
    MonthLine {
        title: one.title.clone(),
        bars: bars(&values),
        months: i64::try_from(one.months.len()).unwrap_or(i64::MAX),
        year: one.year.map(|year| year.to_vec()),
    }
}
