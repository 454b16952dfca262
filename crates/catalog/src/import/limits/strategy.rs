//! Strategies by the words people write for them; refuses a strategy without the number it needs.

use crate::{
    fold,
    table::{Cell, CellKind, money},
};
use sauda_kernel::BasisPoints;
use serde::{Deserialize, Serialize};

/// A strategy of the price bot, as a file can name it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StrategyChoice {
    Standard,
    AlwaysFirst,
    /// Keep among the first so many.
    StayTop {
        places: u32,
    },
    Match,
    HoldMargin {
        margin: BasisPoints,
    },
    Profit,
}

/// Why a text names no strategy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum StrategyRefusal {
    #[error("no strategy has this name")]
    Unknown,
    #[error("the strategy needs a place: stay_top_n 3")]
    NeedsPlaces,
    #[error("the strategy needs a margin: hold_margin 12 %")]
    NeedsMargin,
    #[error("a formula names no strategy: paste its value")]
    Formula,
}

impl StrategyRefusal {
    pub const fn code(self) -> &'static str {
        match self {
            Self::Unknown => "import-strategy-unknown",
            Self::NeedsPlaces => "import-strategy-needs-places",
            Self::NeedsMargin => "import-strategy-needs-margin",
            Self::Formula => "import-cell-formula",
        }
    }
}

const STANDARD: &[&str] = &[
    "standard",
    "стандарт",
    "стандартная",
    "обычная",
    "стандартты",
    "қалыпты",
];
const ALWAYS_FIRST: &[&str] = &[
    "always first",
    "first",
    "всегда первый",
    "всегда первые",
    "всегда первое место",
    "первое место",
    "держать 1 е место",
    "1 место",
    "1",
    "әрқашан бірінші",
    "бірінші орын",
    "1 орынды ұстау",
    "1 орын",
];
const MATCH: &[&str] = &[
    "match",
    "equal",
    "наравне",
    "вровень",
    "как у дешевого",
    "равная цена",
    "тең",
    "тең баға",
    "бірдей баға",
];
const PROFIT: &[&str] = &[
    "profit",
    "max profit",
    "прибыль",
    "по прибыли",
    "максимум прибыли",
    "пайда",
    "ең көп пайда",
];
const STAY_TOP: &[&str] = &[
    "stay top n",
    "stay top",
    "top",
    "топ",
    "держать топ",
    "в топе",
    "в первых",
    "алғашқы",
    "топта болу",
];
const HOLD_MARGIN: &[&str] = &[
    "hold margin",
    "margin",
    "маржа",
    "держать маржу",
    "не ниже маржи",
    "маржаны ұстау",
    "маржаны сақтау",
];

const MOST_PLACES: i64 = 64;
const MOST_MARGIN: i32 = 9_500;

impl StrategyChoice {
    /// The strategy's word in the API and in templates.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Standard => "standard",
            Self::AlwaysFirst => "always_first",
            Self::StayTop { .. } => "stay_top_n",
            Self::Match => "match",
            Self::HoldMargin { .. } => "hold_margin",
            Self::Profit => "profit",
        }
    }

    /// Reads a strategy: its word, or its name in Russian, Kazakh or English; `топ 3`, `hold_margin 12,5 %`.
    ///
    /// # Errors
    /// With what is missing.
    pub fn parse(cell: Cell<'_>) -> Result<Self, StrategyRefusal> {
        if cell.kind == CellKind::Formula {
            return Err(StrategyRefusal::Formula);
        }
        let whole = words(cell.text);
        for (names, strategy) in [
            (STANDARD, Self::Standard),
            (ALWAYS_FIRST, Self::AlwaysFirst),
            (MATCH, Self::Match),
            (PROFIT, Self::Profit),
        ] {
            if names.contains(&whole.as_str()) {
                return Ok(strategy);
            }
        }
        let (name, number) = split_number(cell.text);
        if STAY_TOP.contains(&name.as_str()) {
            let places = money::count(text(number))
                .ok()
                .filter(|places| (1..=MOST_PLACES).contains(places));
            let places = places.and_then(|places| u32::try_from(places).ok());
            return places
                .map(|places| Self::StayTop { places })
                .ok_or(StrategyRefusal::NeedsPlaces);
        }
        if HOLD_MARGIN.contains(&name.as_str()) {
            let margin = money::percent(text(number))
                .ok()
                .filter(|margin| (1..=MOST_MARGIN).contains(&margin.0));
            return margin
                .map(|margin| Self::HoldMargin { margin })
                .ok_or(StrategyRefusal::NeedsMargin);
        }
        Err(StrategyRefusal::Unknown)
    }
}

const fn text(text: &str) -> Cell<'_> {
    Cell {
        text,
        kind: CellKind::Text,
    }
}

/// `stay_top_n: 3` as its name and its number.
fn split_number(text: &str) -> (String, &str) {
    match text
        .find(|letter: char| letter.is_ascii_digit())
        .and_then(|at| text.split_at_checked(at))
    {
        Some((name, number)) => (words(name), number),
        None => (words(text), ""),
    }
}

fn words(text: &str) -> String {
    let spaced: String = fold(&[text])
        .chars()
        .map(|letter| if letter.is_alphanumeric() { letter } else { ' ' })
        .collect();
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strategies_are_read_in_three_languages() {
        for (written, strategy) in [
            ("always_first", StrategyChoice::AlwaysFirst),
            ("Всегда первый", StrategyChoice::AlwaysFirst),
            ("держать 1-е место", StrategyChoice::AlwaysFirst),
            ("1", StrategyChoice::AlwaysFirst),
            ("бірінші орын", StrategyChoice::AlwaysFirst),
            ("Стандарт", StrategyChoice::Standard),
            ("топ-3", StrategyChoice::StayTop { places: 3 }),
            ("stay_top_n: 10", StrategyChoice::StayTop { places: 10 }),
            ("вровень", StrategyChoice::Match),
            (
                "маржа 12,5 %",
                StrategyChoice::HoldMargin {
                    margin: BasisPoints(1250),
                },
            ),
            (
                "hold_margin 8",
                StrategyChoice::HoldMargin {
                    margin: BasisPoints(800),
                },
            ),
            ("Прибыль", StrategyChoice::Profit),
        ] {
            assert_eq!(StrategyChoice::parse(text(written)), Ok(strategy), "{written}");
        }
        for (written, refusal) in [
            ("топ", StrategyRefusal::NeedsPlaces),
            ("топ 0", StrategyRefusal::NeedsPlaces),
            ("топ 1000", StrategyRefusal::NeedsPlaces),
            ("hold_margin", StrategyRefusal::NeedsMargin),
            ("маржа 99 %", StrategyRefusal::NeedsMargin),
            ("дешевле всех", StrategyRefusal::Unknown),
            ("3", StrategyRefusal::Unknown),
        ] {
            assert_eq!(StrategyChoice::parse(text(written)), Err(refusal), "{written}");
        }
    }
}
