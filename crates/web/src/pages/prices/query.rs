//! The query of the board: read from the address and written back into it. Unknown words mean "not given".

use crate::pages::{prices::Kept, system::urlencode};
use sauda_kernel::{BasisPoints, RuleId};
use sauda_pricing::board::{BoardCursor, BoardFilter, BoardSort, BoardView};
use serde::Deserialize;

/// Everything that the address of a list may say; empty is "not said".
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub(crate) struct BoardQuery {
    pub view: String,
    pub q: String,
    pub city: String,
    pub strategy: String,
    pub category: String,
    pub rule: String,
    /// Whole percent.
    pub margin_lt: String,
    pub stock_lt: String,
    pub sort: String,
    pub after: String,
    pub before: String,
    /// Number of the first row of this page.
    pub from: String,
    /// `1` opens the choice of columns without a script.
    pub columns: String,
    /// `1` brings all rows of the page at once, without a script.
    pub whole: String,
}

/// Filters that can be dropped: word of the chip and name in the address.
const FILTERS: [(&str, &str); 5] = [
    ("strategy", "strategy"),
    ("category", "category"),
    ("margin", "margin_lt"),
    ("stock", "stock_lt"),
    ("rule", "rule"),
];

impl BoardQuery {
    /// As the service takes it.
    pub fn filter(&self, city: &str, limit: i64) -> BoardFilter {
        let given = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        BoardFilter {
            city_id: city.to_owned(),
            view: BoardView::parse(&self.view),
            search: given(self.q.trim()),
            strategy: given(&self.strategy),
            category: given(&self.category),
            rule: RuleId::parse(&self.rule).ok(),
            margin_below: self
                .margin_lt
                .parse::<i32>()
                .ok()
                .filter(|share| (0..=100).contains(share))
                .map(|share| BasisPoints(share * 100)),
            stock_below: self.stock_lt.parse().ok(),
            sort: BoardSort::parse(&self.sort),
            after: BoardCursor::decode(&self.after),
            before: BoardCursor::decode(&self.before),
            limit,
            found: None,
        }
    }

    fn pairs(&self) -> [(&'static str, &str); 9] {
        [
            ("view", &self.view),
            ("q", self.q.trim()),
            ("city", &self.city),
            ("strategy", &self.strategy),
            ("category", &self.category),
            ("rule", &self.rule),
            ("margin_lt", &self.margin_lt),
            ("stock_lt", &self.stock_lt),
            ("sort", &self.sort),
        ]
    }

    fn slot(&mut self, name: &str) -> Option<&mut String> {
        Some(match name {
            "view" => &mut self.view,
            "city" => &mut self.city,
            "strategy" => &mut self.strategy,
            "category" => &mut self.category,
            "rule" => &mut self.rule,
            "margin_lt" => &mut self.margin_lt,
            "stock_lt" => &mut self.stock_lt,
            "sort" => &mut self.sort,
            _ => return None,
        })
    }

    fn text(&self) -> String {
        let given: Vec<String> = self
            .pairs()
            .into_iter()
            .filter(|(_, value)| !value.is_empty())
            .map(|(name, value)| format!("{name}={}", urlencode(value)))
            .collect();
        given.join("&")
    }

    /// The address of this list from its first page.
    pub fn address(&self, base: &str) -> String {
        let text = self.text();
        if text.is_empty() {
            base.to_owned()
        } else {
            format!("{base}?{text}")
        }
    }

    /// The address with one value changed, from the first page.
    pub fn with(&self, base: &str, name: &str, value: &str) -> String {
        let mut changed = self.clone();
        if let Some(slot) = changed.slot(name) {
            value.clone_into(slot);
        }
        changed.address(base)
    }

    /// The address of another page of the same list.
    pub fn page(&self, base: &str, way: &str, cursor: &str, from: i64) -> String {
        let address = join(&self.address(base), way, &urlencode(cursor));
        join(&address, "from", &from.to_string())
    }

    /// The address of this very page with all its rows at once.
    pub fn whole_page(&self, base: &str) -> String {
        let places = [
            ("after", &self.after),
            ("before", &self.before),
            ("from", &self.from),
        ];
        let mut address = self.address(base);
        for (name, value) in places.into_iter().filter(|(_, value)| !value.is_empty()) {
            address = join(&address, name, &urlencode(value));
        }
        join(&address, "whole", "1")
    }

    /// The address of an order without its word.
    pub fn sort_base(&self, base: &str) -> String {
        join(&self.with(base, "sort", ""), "sort", "")
    }

    /// The filter alone, for exports and bulk changes: it travels instead of the ids. The city is always named.
    pub fn filter_text(&self, city: &str) -> String {
        Self {
            city: city.to_owned(),
            ..self.clone()
        }
        .text()
    }

    /// Reads a filter that travelled.
    pub fn read(text: &str) -> Self {
        serde_html_form::from_str(text).unwrap_or_default()
    }

    /// Words of the filters that are on.
    pub fn filters_on(&self) -> Vec<&'static str> {
        let value = |name: &str| {
            self.pairs()
                .into_iter()
                .any(|(key, value)| key == name && !value.is_empty())
        };
        FILTERS
            .into_iter()
            .filter(|(_, name)| value(name))
            .map(|(word, _)| word)
            .collect()
    }

    /// The same list with a filter dropped.
    pub fn without(&self, word: &str) -> Self {
        let mut changed = self.clone();
        if let Some((_, name)) = FILTERS.into_iter().find(|(known, _)| *known == word)
            && let Some(slot) = changed.slot(name)
        {
            slot.clear();
        }
        changed
    }

    /// What the search form keeps.
    pub fn kept(&self) -> Kept {
        let kept = self
            .pairs()
            .into_iter()
            .filter(|(name, value)| *name != "q" && !value.is_empty());
        kept.map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect()
    }
}

/// One more pair in an address.
fn join(address: &str, name: &str, value: &str) -> String {
    let joint = if address.contains('?') { '&' } else { '?' };
    format!("{address}{joint}{name}={value}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_read_back_as_it_was_written() {
        let query = BoardQuery {
            view: "floor".to_owned(),
            q: "пуховик 100%&more".to_owned(),
            margin_lt: "12".to_owned(),
            sort: "-price".to_owned(),
            ..BoardQuery::default()
        };
        let address = query.address("/s/aru/prices");
        let (_, text) = address.split_once('?').unwrap();
        assert_eq!(BoardQuery::read(text), query);
        assert_eq!(
            query.filter("750000000", 100).margin_below,
            Some(BasisPoints(1_200))
        );
        assert_eq!(query.filters_on(), ["margin"]);
        assert_eq!(query.without("margin").filters_on(), Vec::<&str>::new());
        assert_eq!(
            query.with("/p", "view", ""),
            "/p?q=%D0%BF%D1%83%D1%85%D0%BE%D0%B2%D0%B8%D0%BA%20100%25%26more&margin_lt=12&sort=-price"
        );
    }

    #[test]
    fn junk_in_an_address_is_the_plain_list() {
        let query = BoardQuery::read("view=nonsense&sort=x&after=%FF&margin_lt=abc&new=1");
        let filter = query.filter("750000000", 100);
        assert_eq!(
            (filter.view, filter.sort, filter.after, filter.margin_below),
            (BoardView::All, BoardSort::ProfitDown, None, None)
        );
    }
}
