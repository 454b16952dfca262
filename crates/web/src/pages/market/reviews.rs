//! The page of reviews and its file: found by words, stars and card, counted by week. Refuses to say who wrote them.

use crate::{
    charts::bars,
    door::Desk,
    pages::{export::csv_file, prices::path_of, system::urlencode},
    views::{
        market::tabs,
        market_reviews::{ReviewLine, ReviewedLine, ReviewsPage},
        parts::Tab,
    },
};
use axum::{
    extract::{OriginalUri, State},
    response::Response,
};
use sauda_edge::{PathParams, Person, QueryParams, Refusal, need};
use sauda_kernel::Timestamp;
use sauda_research::{ReviewFilter, model::KeptReview, sentiment::Tone};
use serde::Deserialize;

/// Reviews on a page.
const ROWS: usize = 100;
/// Reviews in a file.
const FILE_ROWS: i64 = 50_000;
/// Weeks of the chart.
const WEEKS: u32 = 26;

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct ReviewsQuery {
    tone: String,
    q: String,
    stars: String,
    card: String,
    after: String,
}

impl ReviewsQuery {
    fn filter(&self) -> ReviewFilter {
        let stars = self.stars.parse().ok().filter(|stars| (1..=5).contains(stars));
        let after = self.after.split_once('~').and_then(|(at, id)| {
            let at = match at {
                "" => None,
                at => Some(Timestamp::from_micros(at.parse().ok()?)),
            };
            Some((at, id.to_owned()))
        });
        ReviewFilter {
            tone: Tone::parse(&self.tone),
            stars,
            card: Some(self.card.trim().to_owned()).filter(|card| !card.is_empty()),
            words: self.q.chars().take(200).collect(),
            from: None,
            after,
        }
    }

    /// The address of the same filter with another tone.
    fn href(&self, base: &str, tone: &str) -> String {
        let mut href = format!("{base}?tone={tone}");
        for (name, value) in [("q", &self.q), ("stars", &self.stars), ("card", &self.card)] {
            if !value.is_empty() {
                href.push_str(&format!("&{name}={}", urlencode(value)));
            }
        }
        href
    }
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
    let filter = query.filter();
    let asked = i64::try_from(ROWS + 1).unwrap_or(101);
    let (mut reviews, counts) = desk.research.reviews(who.scope(), &filter, asked).await?;
    let is_more = reviews.len() > ROWS;
    reviews.truncate(ROWS);
    let base = format!("{}/market/reviews", at.shell.base);
    let next = reviews.last().filter(|_| is_more).map(|one| {
        let day = one.at.map(|at| at.as_micros().to_string()).unwrap_or_default();
        let after = urlencode(&format!("{day}~{}", one.id));
        format!("{}&after={after}", query.href(&base, &query.tone))
    });
    let total: i64 = counts.iter().map(|(_, count)| count).sum();
    let mut tones = vec![Tab {
        word: "all".to_owned(),
        href: query.href(&base, ""),
        count: Some(total),
        tone: "",
        is_on: filter.tone.is_none(),
    }];
    for tone in [Tone::Positive, Tone::Negative, Tone::Mixed, Tone::Neutral] {
        let known = counts.iter().find(|(known, _)| *known == tone);
        tones.push(Tab {
            word: tone.word().to_owned(),
            href: query.href(&base, tone.word()),
            count: Some(known.map_or(0, |(_, count)| *count)),
            tone: if tone == Tone::Negative { "bad" } else { "" },
            is_on: filter.tone == Some(tone),
        });
    }
    let weeks = desk.research.review_weeks(who.scope(), &filter, WEEKS).await?;
    let cards = desk.research.reviewed_cards(who.scope()).await?;
    let word = |at: Timestamp| {
        let local = at.local();
        format!("{:02}.{:02}", local.day, local.month)
    };
    let values: Vec<(String, i64)> = weeks.iter().map(|week| (word(week.from), week.count)).collect();
    let view = ReviewsPage {
        tabs: tabs(&at.shell.base, "reviews"),
        tones,
        bars: if weeks.iter().any(|week| week.count > 0) {
            bars(&values)
        } else {
            Vec::new()
        },
        in_weeks: weeks.iter().map(|week| week.count).sum(),
        bad_in_weeks: weeks.iter().map(|week| week.bad).sum(),
        rows: reviews.into_iter().map(line).collect(),
        kept: cards.iter().map(|card| card.kept).sum(),
        cards: cards
            .into_iter()
            .map(|card| ReviewedLine {
                is_on: card.card == query.card,
                card: card.card,
                title: card.title,
                kept: card.kept,
                total: card.total,
                rating_milli: card.rating_milli,
                is_reading: card.is_reading,
            })
            .collect(),
        export: query.href(&format!("{base}/export.csv"), &query.tone),
        is_filtered: !query.q.is_empty() || !query.stars.is_empty() || !query.card.is_empty(),
        tone: query.tone,
        q: query.q,
        stars: query.stars,
        next,
    };
    desk.draw(&at.shell, &view)
}

fn line(one: KeptReview) -> ReviewLine {
    ReviewLine {
        disagrees: one.stars >= 4 && one.tone == Tone::Negative
            || one.stars <= 2 && one.tone == Tone::Positive,
        title: one.title,
        card: one.card,
        at: one.at,
        stars: one.stars,
        text: one.text,
        tone: one.tone.word(),
        aspects: one.aspects,
    }
}

/// What the filter finds, up to 50 000 reviews.
pub(super) async fn csv(
    State(desk): State<Desk>,
    who: Person<need::ViewPrices>,
    PathParams(slug): PathParams<String>,
    QueryParams(query): QueryParams<ReviewsQuery>,
) -> Result<Response, Refusal> {
    desk.catalog.shop_by_slug(who.scope(), &slug).await?;
    let (reviews, _) = desk
        .research
        .reviews(who.scope(), &query.filter(), FILE_ROWS)
        .await?;
    let head = ["day", "card", "title", "stars", "tone", "aspects", "text"];
    let mut rows: Vec<Vec<String>> = vec![head.map(str::to_owned).to_vec()];
    for one in reviews {
        let aspects: Vec<String> = one
            .aspects
            .iter()
            .map(|(aspect, tone)| format!("{aspect}: {tone}"))
            .collect();
        let day = one.at.map(|at| at.rfc3339_almaty().chars().take(10).collect());
        rows.push(vec![
            day.unwrap_or_default(),
            one.card,
            one.title,
            one.stars.to_string(),
            one.tone.word().to_owned(),
            aspects.join(", "),
            one.text,
        ]);
    }
    csv_file("reviews.csv", &rows)
}
