//! Which enums travel as words. Refuses to invent words: they are the enums' own, but for the interface's few.

use super::Worded;
use sauda_accounts::{Language, Right, Role};
use sauda_catalog::{AccessState, LoginKind, Tone};
use sauda_jobs::{JobState, LogLevel, RunState};
use sauda_pricing::{
    ChangeState,
    board::{BoardSort, BoardView, PlaceState},
    service::{RuleState, ShopMode},
};

impl Worded for Role {
    fn all() -> Vec<Self> {
        Self::ALL.to_vec()
    }
    fn word(self) -> &'static str {
        Self::word(self)
    }
}
impl Worded for Right {
    fn all() -> Vec<Self> {
        Self::ALL.to_vec()
    }
    fn word(self) -> &'static str {
        Self::word(self)
    }
}
impl Worded for Language {
    fn all() -> Vec<Self> {
        Self::ALL.to_vec()
    }
    fn word(self) -> &'static str {
        Self::word(self)
    }
}
impl Worded for AccessState {
    fn all() -> Vec<Self> {
        Self::ALL.to_vec()
    }
    fn word(self) -> &'static str {
        Self::word(self)
    }
}
impl Worded for LoginKind {
    fn all() -> Vec<Self> {
        vec![Self::Phone, Self::Mail]
    }
    fn word(self) -> &'static str {
        Self::word(self)
    }
}
impl Worded for Tone {
    fn all() -> Vec<Self> {
        vec![Self::Info, Self::Warn, Self::Bad]
    }
    fn word(self) -> &'static str {
        Self::word(self)
    }
}
impl Worded for JobState {
    fn all() -> Vec<Self> {
        Self::ALL.to_vec()
    }
    fn word(self) -> &'static str {
        Self::word(self)
    }
}
impl Worded for RunState {
    fn all() -> Vec<Self> {
        Self::ALL.to_vec()
    }
    fn word(self) -> &'static str {
        Self::word(self)
    }
}
impl Worded for LogLevel {
    fn all() -> Vec<Self> {
        vec![Self::Debug, Self::Info, Self::Step, Self::Warn, Self::Error]
    }
    fn word(self) -> &'static str {
        Self::word(self)
    }
}
impl Worded for BoardView {
    fn all() -> Vec<Self> {
        Self::ALL.to_vec()
    }
    fn word(self) -> &'static str {
        Self::word(self)
    }
}
impl Worded for BoardSort {
    fn all() -> Vec<Self> {
        Self::ALL.to_vec()
    }
    fn word(self) -> &'static str {
        Self::word(self)
    }
}
impl Worded for PlaceState {
    fn all() -> Vec<Self> {
        Self::ALL.to_vec()
    }
    fn word(self) -> &'static str {
        Self::word(self)
    }
}
impl Worded for ChangeState {
    fn all() -> Vec<Self> {
        Self::ALL.to_vec()
    }
    fn word(self) -> &'static str {
        Self::word(self)
    }
}
impl Worded for RuleState {
    fn all() -> Vec<Self> {
        vec![Self::Draft, Self::Share, Self::On]
    }
    fn word(self) -> &'static str {
        Self::word(self)
    }
}
impl Worded for ShopMode {
    fn all() -> Vec<Self> {
        vec![Self::Off, Self::DryRun, Self::On]
    }
    fn word(self) -> &'static str {
        Self::word(self)
    }
}

/// What is paused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PauseKind {
    Everything,
    Shop,
    Rule,
    Offer,
}
impl Worded for PauseKind {
    fn all() -> Vec<Self> {
        vec![Self::Everything, Self::Shop, Self::Rule, Self::Offer]
    }
    fn word(self) -> &'static str {
        match self {
            Self::Everything => "everything",
            Self::Shop => "shop",
            Self::Rule => "rule",
            Self::Offer => "offer",
        }
    }
}

/// A person's answer to a question of the bot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum AnswerWord {
    Yes,
    No,
}
impl Worded for AnswerWord {
    fn all() -> Vec<Self> {
        vec![Self::Yes, Self::No]
    }
    fn word(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::No => "no",
        }
    }
}

/// The form of an export.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FormatWord {
    Csv,
    Xlsx,
    Json,
}
impl Worded for FormatWord {
    fn all() -> Vec<Self> {
        vec![Self::Csv, Self::Xlsx, Self::Json]
    }
    fn word(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
            Self::Json => "json",
        }
    }
}

/// What an export of an offer holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum HistoryWord {
    PricePoints,
    Decisions,
    Changes,
}
impl Worded for HistoryWord {
    fn all() -> Vec<Self> {
        vec![Self::PricePoints, Self::Decisions, Self::Changes]
    }
    fn word(self) -> &'static str {
        match self {
            Self::PricePoints => "price_points",
            Self::Decisions => "decisions",
            Self::Changes => "changes",
        }
    }
}
