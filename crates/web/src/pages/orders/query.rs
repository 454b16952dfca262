//! What the address of the list of orders says, and the chips that change it. Refuses to read an order.

use crate::{
    door::Desk,
    pages::{prices::show::say, system::urlencode},
    views::prices::Chip,
    words::Language,
};
use sauda_kernel::{Span, Timestamp};
use sauda_orders::{
    OrderCursor, OrderFilter,
    model::{View, Way},
};
use serde::Deserialize;

/// What is due: before now, within four hours, until midnight of Almaty, until the midnight after.
const DUE: [&str; 4] = ["late", "soon", "today", "tomorrow"];
/// Days back, for lists of what is over.
const DAYS: [&str; 3] = ["7", "30", "90"];

/// Everything that the address of a list may say; empty is "not said".
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct OrdersQuery {
    pub view: String,
    pub q: String,
    /// Word of a way to the buyer.
    pub way: String,
    /// What is due: see [`DUE`].
    pub due: String,
    /// Ordered within so many days.
    pub days: String,
    /// `board`: columns instead of rows.
    pub look: String,
    /// Only whether something came after this moment is asked, microseconds.
    pub came_after: i64,
    /// `due.created.id` of the last row before.
    pub after: String,
    /// Number of the first row of this page.
    pub from: String,
}

impl OrdersQuery {
    pub fn view(&self) -> View {
        View::parse(&self.view)
    }

    pub fn is_board(&self) -> bool {
        self.look == "board"
    }

    /// Something is narrowed beside the view.
    pub fn is_narrow(&self) -> bool {
        [&self.q, &self.way, &self.due, &self.days]
            .iter()
            .any(|said| !said.trim().is_empty())
    }

    pub fn filter(&self, limit: i64, now: Timestamp) -> OrderFilter {
        let midnight = now.local_midnight();
        OrderFilter {
            view: self.view(),
            search: Some(self.q.trim().to_owned()).filter(|words| !words.is_empty()),
            way: Way::parse(&self.way),
            due_before: match self.due.as_str() {
                "late" => Some(now),
                "soon" => Some(now.plus(Span::from_hours(4))),
                "today" => Some(midnight.plus(Span::from_days(1))),
                "tomorrow" => Some(midnight.plus(Span::from_days(2))),
                _ => None,
            },
            since: DAYS
                .contains(&self.days.as_str())
                .then(|| self.days.parse().ok())
                .flatten()
                .map(|days| midnight.minus(Span::from_days(days))),
            after: OrderCursor::decode(&self.after),
            limit,
        }
    }

    /// What the address says beside the page, without what is empty.
    pub fn pairs(&self) -> Vec<(&'static str, &str)> {
        [
            ("view", self.view().word()),
            ("q", self.q.trim()),
            ("way", self.way.as_str()),
            ("due", self.due.as_str()),
            ("days", self.days.as_str()),
            ("look", self.look.as_str()),
        ]
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .collect()
    }

    /// The list from its first page.
    pub fn text(&self) -> String {
        self.with("", "")
    }

    /// The same with another value of one name; an empty one takes it out.
    pub fn with(&self, name: &'static str, value: &str) -> String {
        let mut pairs = self.pairs();
        pairs.retain(|(known, _)| *known != name);
        if !value.is_empty() {
            pairs.push((name, value));
        }
        let said: Vec<String> = pairs
            .into_iter()
            .map(|(name, value)| format!("{name}={}", urlencode(value)))
            .collect();
        said.join("&")
    }
}

/// Chips of the list: how it goes to the buyer; until when, or since when it was ordered.
pub(super) fn chips(desk: &Desk, language: Language, query: &OrdersQuery, base: &str) -> Vec<Chip> {
    let word = |prefix: &str, word: &str| say(desk, language, &format!("{prefix}-{word}"), &[]);
    let chip = |name: &'static str, prefix: &str, on: &str, words: &[&str]| Chip {
        word: name,
        value: words.contains(&on).then(|| word(prefix, on)),
        drop: words
            .contains(&on)
            .then(|| format!("{base}?{}", query.with(name, ""))),
        choices: words
            .iter()
            .map(|choice| {
                (
                    word(prefix, choice),
                    format!("{base}?{}", query.with(name, choice)),
                )
            })
            .collect(),
    };
    let when = if query.view().is_over() {
        chip("days", "orders-days", &query.days, &DAYS)
    } else {
        chip("due", "orders-due", &query.due, &DUE)
    };
    vec![chip("way", "way", &query.way, &Way::ALL.map(Way::word)), when]
}
