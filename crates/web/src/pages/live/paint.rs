//! What changed on a page since it was painted last: the state is read whole, and cells that differ are sent.

use super::LivePage;
use crate::{
    door::Desk,
    pages::prices::show,
    render::For,
    views::parts::{Place, State},
    words::Language,
};
use minijinja::{Value, context};
use sauda_accounts::{Right, Session};
use sauda_edge::Refusal;
use sauda_kernel::{DecisionId, Kind, OfferId, Public, ShopId, Tenge, Timestamp};
use sauda_pricing::board::{BoardRow, BoardSort};
use serde::Serialize;
use std::{cmp::Ordering, collections::HashMap};

/// Ends one cell in the drawn text: no letter of any text.
const END: char = '\u{1e}';
const TEMPLATE: &str = "live/cells.html";

/// What a page shows.
pub(super) struct Watched {
    pub page: LivePage,
    pub shop: ShopId,
    pub city: String,
    pub sort: BoardSort,
    /// In the order of the page.
    pub rows: Vec<OfferId>,
    pub language: Language,
}

/// A row as its cells need it; names as in `PriceRow`, because both use the same macros.
#[derive(Debug, Serialize)]
struct LiveRow {
    id: String,
    place: Option<Place>,
    price: Option<Tenge>,
    delta: Option<i64>,
    changed_at: Option<Timestamp>,
    rival: Option<Tenge>,
    rival_name: Option<String>,
    state: State,
}

impl LiveRow {
    fn new(row: &BoardRow) -> Self {
        Self {
            id: row.offer.to_string(),
            place: row.place.zip(row.sellers).map(|(place, of)| Place { place, of }),
            price: row.price,
            delta: row.delta.filter(|delta| *delta != 0),
            changed_at: row.changed_at,
            rival: row.rival_price,
            rival_name: row.rival_name.clone().filter(|name| !name.is_empty()),
            state: show::state(row.state),
        }
    }

    /// What each cell says, without words for time, in the order of the template: only a change of this is a change.
    fn facts(&self) -> [String; 4] {
        [
            format!("{:?}", self.place),
            format!("{:?} {:?}", self.price, self.changed_at),
            format!("{:?} {:?}", self.rival, self.rival_name),
            self.state.word.clone(),
        ]
    }
}

/// Counters of the menu and the age of what is shown.
#[derive(Debug, Default, Serialize)]
struct Around {
    today: i64,
    prices: i64,
    automation: i64,
    messages: i64,
    at: Option<Timestamp>,
}

/// What stands on the page now.
#[derive(Default)]
pub(super) struct Painted {
    html: HashMap<String, String>,
    facts: HashMap<String, String>,
    /// Rows that would stand elsewhere, as told last.
    misplaced: usize,
    decision: Option<Option<DecisionId>>,
    today: Option<i64>,
}

/// What to send.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Changes {
    /// Parts for htmx; empty when nothing differs.
    pub parts: String,
    /// Text of the pill that offers a fresh page.
    pub pill: Option<String>,
}

impl Painted {
    /// Reads the state and says what differs; with `around` also counters and age.
    pub async fn paint(
        &mut self,
        desk: &Desk,
        session: &Session,
        watched: &Watched,
        around: bool,
    ) -> Result<Changes, Refusal> {
        let sees = session.scope.may(Right::ViewPrices);
        let rows = if sees {
            desk.pricing
                .board_rows(&session.scope, &watched.shop, &watched.city, &watched.rows)
                .await?
        } else {
            Vec::new()
        };
        let around = if around {
            Some(Self::around(desk, session, watched, &rows).await?)
        } else {
            None
        };
        let lines: Vec<LiveRow> = rows.iter().map(LiveRow::new).collect();
        let drawn = draw(desk, watched, &lines, around.as_ref())?;
        let mut changes = Changes::default();
        let facts: Vec<String> = lines.iter().flat_map(LiveRow::facts).collect();
        for (place, part) in drawn
            .split(END)
            .map(str::trim)
            .filter(|part| !part.is_empty())
            .enumerate()
        {
            let Some((target, body)) = part.split_once('\n') else {
                continue;
            };
            let fact = facts.get(place);
            let known = self.html.insert(target.to_owned(), body.to_owned());
            let is_new = fact.is_some_and(|fact| {
                self.facts
                    .insert(target.to_owned(), fact.clone())
                    .is_some_and(|before| before != *fact)
            });
            // The page was drawn a moment ago: the first paint only brings what the page may have missed.
            if known.as_deref() != Some(body) {
                let mark = if is_new { "<i data-changed hidden></i>" } else { "" };
                changes.parts.push_str(&format!(
                    "<hx-partial hx-target=\"{target}\" hx-swap=\"innerHTML\">{mark}{body}</hx-partial>"
                ));
            }
        }
        changes.pill = self.pill(desk, watched, &rows, around.as_ref());
        Ok(changes)
    }

    async fn around(
        desk: &Desk,
        session: &Session,
        watched: &Watched,
        rows: &[BoardRow],
    ) -> Result<Around, Refusal> {
        let scope = &session.scope;
        let counts = if scope.may(Right::ViewPrices) {
            desk.pricing
                .board_counts(scope, &watched.shop, &watched.city)
                .await?
        } else {
            sauda_pricing::board::BoardCounts::default()
        };
        let notices = desk.catalog.notices(scope, Some(&watched.shop), 100).await?;
        let parked: u64 = desk
            .jobs
            .counts()
            .await?
            .into_iter()
            .filter(|count| count.state.word() == "parked")
            .map(|count| count.jobs)
            .sum();
        let pulse = desk.pricing.pulse(scope, &watched.shop).await?;
        Ok(Around {
            today: i64::try_from(notices.len())
                .unwrap_or(i64::MAX)
                .saturating_add(counts.asks),
            prices: counts.not_first,
            automation: i64::try_from(parked).unwrap_or(i64::MAX),
            messages: if scope.may(Right::ViewMessages) {
                desk.messages.waiting_for_people(&watched.shop).await?
            } else {
                0
            },
            at: match watched.page {
                LivePage::Prices => pulse.checked_at,
                LivePage::Product => rows.first().and_then(|row| row.checked_at),
                LivePage::Today => pulse.confirmed_at,
                LivePage::Messages => None,
            },
        })
    }

    /// Something that the page does not show by itself: another order, a new decision, news of the day.
    fn pill(
        &mut self,
        desk: &Desk,
        watched: &Watched,
        rows: &[BoardRow],
        around: Option<&Around>,
    ) -> Option<String> {
        let say = |key: &str, number: usize| {
            let mut args = fluent_bundle::FluentArgs::new();
            args.set("n", i64::try_from(number).unwrap_or(0));
            desk.pages.words().text(watched.language, key, &args)
        };
        match watched.page {
            LivePage::Prices => {
                let misplaced = misplaced(rows, &watched.rows, watched.sort);
                let told = std::mem::replace(&mut self.misplaced, misplaced);
                (misplaced > 0 && misplaced != told).then(|| say("live-reorder", misplaced))
            }
            LivePage::Product => {
                let now = rows.first().and_then(|row| row.decision.clone());
                let before = self.decision.replace(now.clone());
                (before.is_some() && before != Some(now)).then(|| say("product-new-receipt", 0))
            }
            LivePage::Messages => None,
            LivePage::Today => {
                let now = around?.today;
                let before = self.today.replace(now);
                (before.is_some() && before != Some(now)).then(|| say("today-changed", 0))
            }
        }
    }
}

fn draw(
    desk: &Desk,
    watched: &Watched,
    rows: &[LiveRow],
    around: Option<&Around>,
) -> Result<String, Refusal> {
    let context = context! { page => watched.page.word(), rows => Value::from_serialize(rows), around => Value::from_serialize(around), end => END.to_string() };
    desk.pages
        .page(
            TEMPLATE,
            &context,
            For {
                language: watched.language,
                now: desk.now(),
            },
        )
        .map_err(|error| {
            tracing::error!(%error, "cells cannot be drawn");
            Refusal::new(Kind::Bug, Public::new("bug"))
        })
}

/// How many rows of the page would stand elsewhere if it were drawn now. Orders by name never change.
fn misplaced(rows: &[BoardRow], shown: &[OfferId], sort: BoardSort) -> usize {
    let found: HashMap<&OfferId, &BoardRow> = rows.iter().map(|row| (&row.offer, row)).collect();
    let before: Vec<&BoardRow> = shown.iter().filter_map(|id| found.get(id).copied()).collect();
    let mut after = before.clone();
    after.sort_by(|a, b| order(a, b, sort));
    before
        .iter()
        .zip(&after)
        .filter(|(was, is)| was.offer != is.offer)
        .count()
}

/// The order of the board: rows without the value come last, ids decide between equals.
fn order(a: &BoardRow, b: &BoardRow, sort: BoardSort) -> Ordering {
    let value = |row: &BoardRow| match sort {
        BoardSort::ProfitDown | BoardSort::ProfitUp => row.profit.map(sauda_kernel::Money::tiyn),
        BoardSort::PriceDown | BoardSort::PriceUp => row.price.map(Tenge::get),
        BoardSort::PlaceDown | BoardSort::PlaceUp => row.place,
        BoardSort::ChangedDown => row.changed_at.map(Timestamp::as_micros),
        BoardSort::NameUp | BoardSort::NameDown => None,
    };
    let down = match sort {
        BoardSort::ProfitDown | BoardSort::PriceDown | BoardSort::PlaceDown | BoardSort::ChangedDown => true,
        BoardSort::ProfitUp | BoardSort::PriceUp | BoardSort::PlaceUp => false,
        BoardSort::NameUp | BoardSort::NameDown => return Ordering::Equal,
    };
    let by_value = match (value(a), value(b)) {
        (Some(a), Some(b)) if down => b.cmp(&a),
        (Some(a), Some(b)) => a.cmp(&b),
        (Some(_), None) => return Ordering::Less,
        (None, Some(_)) => return Ordering::Greater,
        (None, None) => Ordering::Equal,
    };
    let by_id = if down {
        b.offer.as_str().cmp(a.offer.as_str())
    } else {
        a.offer.as_str().cmp(b.offer.as_str())
    };
    by_value.then(by_id)
}
