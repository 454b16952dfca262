//! Which enums travel as words. Refuses to invent words: they are the enums' own, but for the interface's few.

use super::{Word, Worded};
use sauda_accounts::{Language, Right, Role};
use sauda_catalog::{AccessState, FeedWay, LoginKind, Tone};
use sauda_jobs::{JobState, LogLevel, RunState};
use sauda_pricing::{
    ChangeState,
    board::{BoardSort, BoardView, PlaceState},
    service::{RuleState, ShopMode},
};

// Names without parameters: the description is derived for those only.
pub(crate) type RoleWord = Word<Role>;
pub(crate) type RightWord = Word<Right>;
pub(crate) type LanguageWord = Word<Language>;
pub(crate) type AccessStateWord = Word<AccessState>;
pub(crate) type LoginKindWord = Word<LoginKind>;
pub(crate) type ToneWord = Word<Tone>;
pub(crate) type JobStateWord = Word<JobState>;
pub(crate) type RunStateWord = Word<RunState>;
pub(crate) type LogLevelWord = Word<LogLevel>;
pub(crate) type BoardViewWord = Word<BoardView>;
pub(crate) type BoardSortWord = Word<BoardSort>;
pub(crate) type PlaceStateWord = Word<PlaceState>;
pub(crate) type ChangeStateWord = Word<ChangeState>;
pub(crate) type RuleStateWord = Word<RuleState>;
pub(crate) type ShopModeWord = Word<ShopMode>;
pub(crate) type PauseKindWord = Word<PauseKind>;
pub(crate) type YesNoWord = Word<YesNo>;
pub(crate) type FileFormatWord = Word<FileFormat>;
pub(crate) type HistoryPartWord = Word<HistoryPart>;

impl Worded for Role {
    const NAME: &'static str = "Role";
    fn all() -> Vec<Self> {
        Self::ALL.to_vec()
    }
    fn word(self) -> &'static str {
        Self::word(self)
    }
}
impl Worded for Right {
    const NAME: &'static str = "Right";
    fn all() -> Vec<Self> {
        Self::ALL.to_vec()
    }
    fn word(self) -> &'static str {
        Self::word(self)
    }
}
impl Worded for Language {
    const NAME: &'static str = "Language";
    fn all() -> Vec<Self> {
        Self::ALL.to_vec()
    }
    fn word(self) -> &'static str {
        Self::word(self)
    }
}
impl Worded for AccessState {
    const NAME: &'static str = "AccessState";
    fn all() -> Vec<Self> {
        Self::ALL.to_vec()
    }
    fn word(self) -> &'static str {
        Self::word(self)
    }
}
impl Worded for LoginKind {
    const NAME: &'static str = "LoginKind";
    fn all() -> Vec<Self> {
        vec![Self::Phone, Self::Mail]
    }
    fn word(self) -> &'static str {
        Self::word(self)
    }
}
impl Worded for Tone {
    const NAME: &'static str = "Tone";
    fn all() -> Vec<Self> {
        vec![Self::Info, Self::Warn, Self::Bad]
    }
    fn word(self) -> &'static str {
        Self::word(self)
    }
}
impl Worded for JobState {
    const NAME: &'static str = "JobState";
    fn all() -> Vec<Self> {
        Self::ALL.to_vec()
    }
    fn word(self) -> &'static str {
        Self::word(self)
    }
}
impl Worded for RunState {
    const NAME: &'static str = "RunState";
    fn all() -> Vec<Self> {
        Self::ALL.to_vec()
    }
    fn word(self) -> &'static str {
        Self::word(self)
    }
}
impl Worded for LogLevel {
    const NAME: &'static str = "LogLevel";
    fn all() -> Vec<Self> {
        vec![Self::Debug, Self::Info, Self::Step, Self::Warn, Self::Error]
    }
    fn word(self) -> &'static str {
        Self::word(self)
    }
}
impl Worded for BoardView {
    const NAME: &'static str = "BoardView";
    fn all() -> Vec<Self> {
        Self::ALL.to_vec()
    }
    fn word(self) -> &'static str {
        Self::word(self)
    }
}
impl Worded for BoardSort {
    const NAME: &'static str = "BoardSort";
    fn all() -> Vec<Self> {
        Self::ALL.to_vec()
    }
    fn word(self) -> &'static str {
        Self::word(self)
    }
}
impl Worded for PlaceState {
    const NAME: &'static str = "PlaceState";
    fn all() -> Vec<Self> {
        Self::ALL.to_vec()
    }
    fn word(self) -> &'static str {
        Self::word(self)
    }
}
pub(crate) type FeedWayWord = Word<FeedWay>;
impl Worded for FeedWay {
    const NAME: &'static str = "FeedWay";
    fn all() -> Vec<Self> {
        Self::ALL.to_vec()
    }
    fn word(self) -> &'static str {
        Self::word(self)
    }
}
impl Worded for ChangeState {
    const NAME: &'static str = "ChangeState";
    fn all() -> Vec<Self> {
        Self::ALL.to_vec()
    }
    fn word(self) -> &'static str {
        Self::word(self)
    }
}
impl Worded for RuleState {
    const NAME: &'static str = "RuleState";
    fn all() -> Vec<Self> {
        vec![Self::Draft, Self::Share, Self::On]
    }
    fn word(self) -> &'static str {
        Self::word(self)
    }
}
impl Worded for ShopMode {
    const NAME: &'static str = "ShopMode";
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
    const NAME: &'static str = "PauseKind";
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
pub(crate) enum YesNo {
    Yes,
    No,
}
impl Worded for YesNo {
    const NAME: &'static str = "YesNo";
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
pub(crate) enum FileFormat {
    Csv,
    Xlsx,
    Json,
}
impl Worded for FileFormat {
    const NAME: &'static str = "FileFormat";
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
pub(crate) enum HistoryPart {
    PricePoints,
    Decisions,
    Changes,
}
impl Worded for HistoryPart {
    const NAME: &'static str = "HistoryPart";
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
