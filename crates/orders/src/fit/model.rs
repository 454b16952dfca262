//! What is advised for a line of an order and what became of it. Refuses to advise.

use sauda_kernel::{OrderId, Timestamp};
use sauda_sizes::command::AdviceView;
use serde_json::{Map, Value};

/// How a piece sat.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FitWord {
    Small,
    Fit,
    Large,
    /// It came back, and nobody said why: nothing is learned from it.
    Returned,
}

impl FitWord {
    pub const ALL: [Self; 4] = [Self::Small, Self::Fit, Self::Large, Self::Returned];

    pub const fn word(self) -> &'static str {
        match self {
            Self::Small => "small",
            Self::Fit => "fit",
            Self::Large => "large",
            Self::Returned => "returned",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|fit| fit.word() == word)
    }
}

/// From where it is known how a piece sat; what a person says stands above the rest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FitSource {
    /// It was handed out and did not come back in time.
    Kept,
    Return,
    Person,
}

impl FitSource {
    pub const ALL: [Self; 3] = [Self::Kept, Self::Return, Self::Person];

    pub const fn word(self) -> &'static str {
        match self {
            Self::Kept => "kept",
            Self::Return => "return",
            Self::Person => "person",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|source| source.word() == word)
    }
}

/// A size that a person chose against the advice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correction {
    pub order: OrderId,
    pub line: i64,
    /// The piece in all its sizes.
    pub item: String,
    /// What was advised; empty without data.
    pub from: String,
    pub to: String,
    pub why: String,
    pub by: String,
    pub at: Timestamp,
}

/// How a line's piece sat.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineOutcome {
    pub size: String,
    pub fit: FitWord,
    pub source: FitSource,
    pub by: String,
    pub at: Timestamp,
}

/// Why a line has no advice that could be kept: the goods say nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoAdvice {
    /// The article is not among the products.
    NoProduct,
    /// The product has no size, or none that can be worn.
    NoSize,
}

impl NoAdvice {
    /// Key of the text `day-why-<word>`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::NoProduct => "no-product",
            Self::NoSize => "no-size",
        }
    }
}

/// What is advised for a line.
#[derive(Debug, Clone, PartialEq)]
pub struct LineFit {
    pub line: i64,
    /// The size that was bought.
    pub asked: String,
    pub item: String,
    pub advice: AdviceView,
    pub model: String,
    /// How many outcomes of the shop were known.
    pub lessons: i64,
    pub at: Timestamp,
    /// The newest one of this line.
    pub correction: Option<Correction>,
    pub outcome: Option<LineOutcome>,
}

/// From this chance on an advice is sure enough to speak up.
const SURE: i64 = 60;
/// How much likelier the advised size must fit than the bought one.
const CLEARLY: i64 = 15;

impl LineFit {
    /// The size to take; none without data.
    pub fn size(&self) -> Option<&str> {
        self.advice.size.as_deref()
    }

    /// The size that goes out in place of the bought one, because a person or the buyer said so of this order; nothing where the
    /// bought one does.
    pub fn agreed(&self) -> Option<&str> {
        let to = self.correction.as_ref()?.to.as_str();
        (!same_size(to, &self.asked)).then_some(to)
    }

    /// The chance that it fits, percent; none where a person said it.
    pub fn percent(&self) -> Option<i64> {
        self.advice.confidence.map(sauda_sizes::command::Rounded::percent)
    }

    /// How sure that is, a word: `person`, `high`, `middle`, `low`; none without data.
    pub fn sureness(&self) -> Option<&'static str> {
        self.size()?;
        Some(match self.percent() {
            None => "person",
            Some(percent) if percent >= 75 => "high",
            Some(percent) if percent >= SURE => "middle",
            Some(_) => "low",
        })
    }

    /// Why there is no size, key of the text `size-why-<word>`.
    pub fn why(&self) -> Option<&str> {
        self.advice.why.as_ref().map(|why| why.code.as_ref())
    }

    /// Whether another size is surely better than the bought one.
    pub fn differs(&self) -> bool {
        let Some(size) = self.size() else {
            return false;
        };
        if same_size(size, &self.asked) {
            return false;
        }
        let Some(percent) = self.percent() else {
            return true;
        };
        let bought = match &self.advice.probabilities {
            Some(chances) if self.advice.asked.as_deref() == Some(self.asked.as_str()) => {
                chances.fit.percent()
            }
            _ => 0,
        };
        percent >= SURE && percent - bought >= CLEARLY
    }
}

/// Whether two labels are the same size, as people write them.
pub fn same_size(one: &str, other: &str) -> bool {
    sauda_sizes::size::plain(one).1 == sauda_sizes::size::plain(other).1
}

/// The size that a name says of goods that are worn; a number in the name of anything else is none.
pub fn size_in_name(name: &str) -> Option<&str> {
    sauda_sizes::named::named(name).size
}

/// What a buyer said of the body, as it is kept: members of `buyer` of the size advice, checked.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Measures {
    pub body: Map<String, Value>,
    pub by: String,
    pub at: Timestamp,
}

/// What is wrong with something said about sizes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FitWrong {
    /// The order has no such line, or the line has no size.
    Line { line: i64 },
    /// Nothing was said.
    Nothing,
    /// A measure; `code` and `field` as the size advice names them.
    Measure {
        code: String,
        field: String,
        message: String,
    },
    /// No size that could be placed.
    Size(String),
    /// Longer than people read.
    Why(usize),
    /// Not one of the known words.
    Fit(String),
    /// The tables cannot be taken as they stand, or not any more.
    Tables(&'static str),
}

#[cfg(test)]
mod tests {
    use super::*;
    use sauda_sizes::command::{ChancesView, Rounded};

    fn line(asked: &str, size: Option<&str>, confidence: Option<f64>, bought: f64) -> LineFit {
        LineFit {
            line: 0,
            asked: asked.to_owned(),
            item: "a".to_owned(),
            advice: AdviceView {
                advice: "size".into(),
                size: size.map(str::to_owned),
                confidence: confidence.map(Rounded),
                why: None,
                way: None,
                asked: Some(asked.to_owned()),
                probabilities: Some(ChancesView {
                    small: Rounded(1.0 - bought),
                    fit: Rounded(bought),
                    large: Rounded(0.0),
                }),
                sizes: Vec::new(),
                reasons: Vec::new(),
            },
            model: String::new(),
            lessons: 0,
            at: Timestamp::from_micros(0),
            correction: None,
            outcome: None,
        }
    }

    #[test]
    fn only_a_sure_and_clearly_better_size_differs() {
        for (line, differs) in [
            (line("M", Some("L"), Some(0.8), 0.3), true),
            (line("M", Some("M"), Some(0.8), 0.8), false),
            (line("M", Some("m "), Some(0.8), 0.1), false),
            (line("RU 46", Some("46"), Some(0.8), 0.1), false),
            (line("M", Some("L"), Some(0.59), 0.1), false),
            (line("M", Some("L"), Some(0.6), 0.5), false),
            (line("M", None, None, 0.1), false),
            (line("M", Some("L"), None, 0.9), true),
        ] {
            assert_eq!(line.differs(), differs, "{line:?}");
        }
    }

    #[test]
    fn only_another_size_than_the_bought_one_is_agreed_on() {
        let corrected = |to: Option<&str>| LineFit {
            correction: to.map(|to| Correction {
                order: OrderId::parse("ord_01kah2m5q8e6v9z4r7t0y3w1xc").unwrap(),
                line: 0,
                item: "a".to_owned(),
                from: "M".to_owned(),
                to: to.to_owned(),
                why: String::new(),
                by: String::new(),
                at: Timestamp::from_micros(0),
            }),
            ..line("M", Some("L"), Some(0.9), 0.1)
        };
        assert_eq!(corrected(Some("L")).agreed(), Some("L"));
        assert_eq!(corrected(Some("m ")).agreed(), None);
        assert_eq!(corrected(None).agreed(), None, "an advice is no agreement");
    }

    #[test]
    fn sureness_is_said_in_words() {
        let word = |confidence| line("M", Some("L"), confidence, 0.1).sureness();
        assert_eq!(
            [Some(0.75), Some(0.6), Some(0.2), None].map(word),
            [Some("high"), Some("middle"), Some("low"), Some("person")]
        );
        assert_eq!(line("M", None, None, 0.1).sureness(), None);
    }
}
