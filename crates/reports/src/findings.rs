//! What a report found: figures and names in parts, without a sentence. Kept as it was found; put into words for each reader.

use sauda_kernel::{Money, Timestamp};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A value as it was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "t", content = "v", rename_all = "snake_case")]
pub enum Value {
    /// A name of the merchant's own world.
    Text(String),
    Number(i64),
    /// Tenths: 24 is 2.4.
    Tenths(i64),
    /// Tiyn.
    Money(i64),
    /// From and to.
    Range(i64, i64),
    /// Basis points of a change: 1250 is +12.5 %.
    Change(i64),
    Day(Timestamp),
    Moment(Timestamp),
    /// A text of the house.
    Key(String),
    /// A notice of the house.
    Notice {
        word: String,
        args: BTreeMap<String, String>,
    },
    /// Nobody knows.
    Unknown,
}

impl Value {
    pub const fn money(sum: Money) -> Self {
        Self::Money(sum.tiyn())
    }

    pub fn count(many: usize) -> Self {
        Self::Number(i64::try_from(many).unwrap_or(i64::MAX))
    }

    pub fn known<T>(value: Option<T>, make: impl FnOnce(T) -> Self) -> Self {
        value.map_or(Self::Unknown, make)
    }

    /// Not for eyes without the right to money.
    pub const fn is_money(&self) -> bool {
        matches!(self, Self::Money(_))
    }
}

/// A column of a table; its text is `report-col-<word>`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Col {
    pub word: String,
    pub is_number: bool,
    pub is_money: bool,
}

impl Col {
    pub fn text(word: &str) -> Self {
        Self {
            word: word.to_owned(),
            is_number: false,
            is_money: false,
        }
    }
    pub fn number(word: &str) -> Self {
        Self {
            is_number: true,
            ..Self::text(word)
        }
    }
    pub fn money(word: &str) -> Self {
        Self {
            is_money: true,
            ..Self::number(word)
        }
    }
}

/// A bar of a drawing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bar {
    pub label: Value,
    /// What its length is.
    pub value: Value,
    /// The same before.
    pub before: Option<Value>,
    /// Between which values it lies in eight cases of ten.
    #[serde(default)]
    pub range: Option<(i64, i64)>,
}

/// A part of a report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "part", rename_all = "snake_case")]
pub enum Part {
    /// A sentence `report-say-<word>` with its values.
    Say {
        word: String,
        args: Vec<(String, Value)>,
    },
    /// Names `report-fact-<word>` and values, with the same before when that is known.
    Facts {
        rows: Vec<(String, Value, Option<Value>)>,
    },
    /// A table under the heading `report-part-<word>`; `more` rows are not in it.
    Table {
        word: String,
        columns: Vec<Col>,
        rows: Vec<Vec<Value>>,
        more: i64,
    },
    /// A drawing under such a heading: bars beside each other in time, or under each other by name.
    Bars {
        word: String,
        in_time: bool,
        bars: Vec<Bar>,
    },
}

/// What a report found.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Findings {
    /// The report in one sentence, `report-head-<word>`.
    pub head: String,
    pub args: Vec<(String, Value)>,
    pub parts: Vec<Part>,
}

impl Findings {
    pub fn new(head: &str) -> Self {
        Self {
            head: head.to_owned(),
            ..Self::default()
        }
    }

    #[must_use]
    pub fn arg(mut self, name: &str, value: Value) -> Self {
        self.args.push((name.to_owned(), value));
        self
    }

    #[must_use]
    pub fn part(mut self, part: Part) -> Self {
        let is_empty = match &part {
            Part::Table { rows, .. } => rows.is_empty(),
            Part::Bars { bars, .. } => bars.is_empty(),
            Part::Facts { rows } => rows.is_empty(),
            Part::Say { .. } => false,
        };
        if !is_empty {
            self.parts.push(part);
        }
        self
    }

    pub fn say(self, word: &str, args: Vec<(String, Value)>) -> Self {
        self.part(Part::Say {
            word: word.to_owned(),
            args,
        })
    }
}
