//! The page of reviews and the page of trends.

use crate::{
    charts::spark,
    door::Desk,
    pages::prices::path_of,
    shell::Shell,
    views::{
        market::{ReviewLine, ReviewsPage, TrendLine, TrendsPage, WeekLine, tabs},
        parts::{Form, Tab},
    },
};
use axum::{
    extract::{OriginalUri, State},
    response::Response,
};
use sauda_accounts::{Right, Scope};
use sauda_edge::{PathParams, Person, QueryParams, Refusal, need};
use sauda_research::{sentiment::Tone, stats};
use serde::Deserialize;

/// Reviews on a page.
const ROWS: i64 = 100;

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct ReviewsQuery {
    tone: String,
}

pub(super) async fn page(
    State(desk): State<Desk>,
    who: Person<need::ViewPrices>,
    PathParams(slug): PathParams<String>,
    QueryParams(query): QueryParams<ReviewsQuery>,
    OriginalUri(uri): OriginalUri,
) -> Result<Response, Refusal> {
    let at = desk
        .at_shop(&who.session, who.language, &path_of(&uri), "market", &slug, None)
        .await?;
    let wanted = Tone::parse(&query.tone);
    let (reviews, counts) = desk.research.reviews(who.scope(), wanted, ROWS).await?;
    let total: i64 = counts.iter().map(|(_, count)| count).sum();
    let base = format!("{}/market/reviews", at.shell.base);
    let mut tones = vec![Tab {
        word: "all".to_owned(),
        href: base.clone(),
        count: Some(total),
        tone: "",
        is_on: wanted.is_none(),
    }];
    for tone in [Tone::Positive, Tone::Negative, Tone::Mixed, Tone::Neutral] {
        tones.push(Tab {
            word: tone.word().to_owned(),
            href: format!("{base}?tone={}", tone.word()),
            count: Some(
                counts
                    .iter()
                    .find(|(known, _)| *known == tone)
                    .map_or(0, |(_, count)| *count),
            ),
            tone: if tone == Tone::Negative { "bad" } else { "" },
            is_on: wanted == Some(tone),
        });
    }
    let view = ReviewsPage {
        tabs: tabs(&at.shell.base, "reviews"),
        tones,
        rows: reviews
            .into_iter()
            .map(|one| ReviewLine {
                disagrees: one.stars >= 4 && one.tone == Tone::Negative
                    || one.stars <= 2 && one.tone == Tone::Positive,
                title: one.title,
                card: one.card,
                at: one.at,
                stars: one.stars,
                text: one.text,
                tone: one.tone.word(),
                aspects: one.aspects,
            })
            .collect(),
        total,
    };
    desk.draw(&at.shell, &view)
}

pub(super) async fn trends(
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
    let mut weeks = Vec::new();
    for source in desk.research.sources(scope).await? {
        let snapshots = desk.research.snapshots(scope, &source.id, 400).await?;
        let points: Vec<(u32, i64)> = snapshots
            .iter()
            .filter_map(|one| Some((one.at.local().weekday, one.grown?)))
            .collect();
        let days = stats::weekly(&points);
        if days.iter().any(Option::is_some) {
            weeks.push(WeekLine {
                title: source.title().to_owned(),
                days: days.to_vec(),
            });
        }
    }
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
                    query: view.query,
                })
            })
            .collect(),
        weeks,
        form,
        may_edit: scope.may(Right::ManagePrices),
    })
}
