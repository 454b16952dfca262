//! What part of the board is wanted: view, search, filters, order and where to go on.

use super::BoardCounts;
use sauda_catalog::fold;
use sauda_kernel::{BasisPoints, OfferId, RuleId};

/// A saved view, as tabs show it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum BoardView {
    #[default]
    All,
    NotFirst,
    AtFloor,
    NoLimits,
    Errors,
    Paused,
    Asks,
}

impl BoardView {
    pub const ALL: [Self; 7] = [
        Self::All,
        Self::NotFirst,
        Self::AtFloor,
        Self::NoLimits,
        Self::Errors,
        Self::Paused,
        Self::Asks,
    ];

    pub const fn word(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::NotFirst => "not_first",
            Self::AtFloor => "floor",
            Self::NoLimits => "no_limits",
            Self::Errors => "errors",
            Self::Paused => "paused",
            Self::Asks => "asks",
        }
    }
    /// Unknown words mean all: addresses are forgiving.
    pub fn parse(word: &str) -> Self {
        Self::ALL
            .into_iter()
            .find(|view| view.word() == word)
            .unwrap_or_default()
    }
}

/// Order of rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum BoardSort {
    #[default]
    ProfitDown,
    ProfitUp,
    PriceDown,
    PriceUp,
    PlaceDown,
    PlaceUp,
    NameUp,
    NameDown,
    ChangedDown,
}

impl BoardSort {
    pub const ALL: [Self; 9] = [
        Self::ProfitDown,
        Self::ProfitUp,
        Self::PriceDown,
        Self::PriceUp,
        Self::PlaceDown,
        Self::PlaceUp,
        Self::NameUp,
        Self::NameDown,
        Self::ChangedDown,
    ];

    pub const fn word(self) -> &'static str {
        match self {
            Self::ProfitDown => "-profit",
            Self::ProfitUp => "profit",
            Self::PriceDown => "-price",
            Self::PriceUp => "price",
            Self::PlaceDown => "-place",
            Self::PlaceUp => "place",
            Self::NameUp => "name",
            Self::NameDown => "-name",
            Self::ChangedDown => "-changed",
        }
    }
    pub fn parse(word: &str) -> Self {
        Self::ALL
            .into_iter()
            .find(|sort| sort.word() == word)
            .unwrap_or_default()
    }
}

/// After which row to go on: its sort value and its offer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BoardCursor {
    pub number: Option<i64>,
    pub text: Option<String>,
    pub offer: OfferId,
}

impl BoardCursor {
    /// As it stands in addresses: `n123.off_…`, `t<text>.off_…`, `-.off_…`.
    pub fn encode(&self) -> String {
        match (&self.number, &self.text) {
            (Some(number), _) => format!("n{number}.{}", self.offer),
            (None, Some(text)) => format!("t{text}.{}", self.offer),
            (None, None) => format!("-.{}", self.offer),
        }
    }
    /// `None` when the text is not a cursor: the first page is shown then.
    pub fn decode(text: &str) -> Option<Self> {
        let (value, offer) = text.rsplit_once('.')?;
        let offer = OfferId::parse(offer).ok()?;
        if value == "-" {
            return Some(Self {
                number: None,
                text: None,
                offer,
            });
        }
        match value.split_at_checked(1)? {
            ("n", number) => Some(Self {
                number: Some(number.parse().ok()?),
                text: None,
                offer,
            }),
            ("t", text) => Some(Self {
                number: None,
                text: Some(text.to_owned()),
                offer,
            }),
            _ => None,
        }
    }
}

/// Most rows of one page.
pub const MOST_ROWS: i64 = 1_000;

/// What is wanted.
#[derive(Debug, Clone, Default)]
pub struct BoardFilter {
    pub city_id: String,
    pub view: BoardView,
    /// As typed; folded here.
    pub search: Option<String>,
    pub strategy: Option<String>,
    pub category: Option<String>,
    pub rule: Option<RuleId>,
    pub margin_below: Option<BasisPoints>,
    pub stock_below: Option<i64>,
    pub sort: BoardSort,
    pub after: Option<BoardCursor>,
    /// The page that ends just before this row; `after` is not looked at then.
    pub before: Option<BoardCursor>,
    /// Rows a page, at most [`MOST_ROWS`].
    pub limit: i64,
    /// How many rows there are in all, when the caller has counted them: see [`BoardFilter::counted`].
    pub found: Option<i64>,
}

impl BoardFilter {
    /// What is searched for, folded; `None` when nothing is.
    pub fn text(&self) -> Option<String> {
        let text = fold(&[self.search.as_deref()?]);
        (!text.is_empty()).then_some(text)
    }

    /// The words of a text that are searched for: at most six.
    pub(crate) fn words(text: &str) -> impl Iterator<Item = &str> {
        text.split(' ').take(6)
    }

    /// Whether a search or a filter asks for fewer rows than the view has.
    pub fn is_narrowed(&self) -> bool {
        self.text().is_some() || self.is_filtered()
    }

    /// Whether anything but the view and the search asks for fewer rows.
    pub(crate) const fn is_filtered(&self) -> bool {
        self.strategy.is_some()
            || self.category.is_some()
            || self.rule.is_some()
            || self.margin_below.is_some()
            || self.stock_below.is_some()
    }

    /// Takes over from the counts of the tabs how many rows a view without search and filters holds.
    #[must_use]
    pub fn counted(mut self, counts: &BoardCounts) -> Self {
        if !self.is_narrowed() {
            self.found = Some(counts.of(self.view));
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use sauda_kernel::Timestamp;

    #[test]
    fn a_cursor_survives_the_address() {
        let offer = OfferId::from_parts(Timestamp::from_secs(1), [1; 10]);
        for cursor in [
            BoardCursor {
                number: Some(-5),
                text: None,
                offer: offer.clone(),
            },
            BoardCursor {
                number: None,
                text: Some("шапка 1.5 л".to_owned()),
                offer: offer.clone(),
            },
            BoardCursor {
                number: None,
                text: None,
                offer,
            },
        ] {
            assert_eq!(BoardCursor::decode(&cursor.encode()), Some(cursor));
        }
        assert_eq!(BoardCursor::decode("junk"), None);
    }
}
