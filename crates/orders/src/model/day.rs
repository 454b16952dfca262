//! The day of a shop: the steps, and how a run, a step and an order in a step may stand. Refuses to do any of it.

use serde::{Deserialize, Serialize};

/// A step of the day, in the order in which they are done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DayStep {
    /// The open orders are read.
    Fetch,
    /// Each is looked at: what can be done with it, and what a person has to see.
    Check,
    /// A size is advised for their goods; what differs from the bought size is told.
    Sizes,
    /// Buyers are asked about doubtful sizes, where somebody is there to ask.
    Confirm,
    /// New ones are accepted.
    Accept,
    /// Accepted ones are declared ready for the marketplace's delivery.
    Assemble,
    /// Their waybills are waited for.
    Waybills,
    /// Their papers are looked at: each opens and has its pages.
    Papers,
    /// What runs low is told.
    Stock,
    /// The marketplace is asked once more where each order stands.
    Statuses,
    /// What was done is put together.
    Report,
}

impl DayStep {
    pub const ALL: [Self; 11] = [
        Self::Fetch,
        Self::Check,
        Self::Sizes,
        Self::Confirm,
        Self::Accept,
        Self::Assemble,
        Self::Waybills,
        Self::Papers,
        Self::Stock,
        Self::Statuses,
        Self::Report,
    ];

    /// Stable word for storage, the API and the key of the text `day-step-<word>`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Fetch => "fetch",
            Self::Check => "check",
            Self::Sizes => "sizes",
            Self::Confirm => "confirm",
            Self::Accept => "accept",
            Self::Assemble => "assemble",
            Self::Waybills => "waybills",
            Self::Papers => "papers",
            Self::Stock => "stock",
            Self::Statuses => "statuses",
            Self::Report => "report",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|step| step.word() == word)
    }

    /// Without it the rest has nothing to work on.
    pub const fn is_needed(self) -> bool {
        matches!(self, Self::Check | Self::Report)
    }
}

/// How a step stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StepState {
    Waiting,
    Running,
    Done,
    Skipped,
}

impl StepState {
    const ALL: [Self; 4] = [Self::Waiting, Self::Running, Self::Done, Self::Skipped];

    pub const fn word(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Running => "running",
            Self::Done => "done",
            Self::Skipped => "skipped",
        }
    }
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.word() == word)
    }
    /// The run still has this before it.
    pub const fn is_ahead(self) -> bool {
        matches!(self, Self::Waiting | Self::Running)
    }
}

/// How a run stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DayState {
    Running,
    /// A person holds it.
    Paused,
    /// Something that concerns all orders is in the way; a person lets it go on.
    Stopped,
    Done,
    /// A person ended it before it was done.
    Ended,
}

impl DayState {
    const ALL: [Self; 5] = [
        Self::Running,
        Self::Paused,
        Self::Stopped,
        Self::Done,
        Self::Ended,
    ];

    pub const fn word(self) -> &'static str {
        match self {
            Self::Running => "running",
            Self::Paused => "paused",
            Self::Stopped => "stopped",
            Self::Done => "done",
            Self::Ended => "ended",
        }
    }
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.word() == word)
    }
    pub const fn is_over(self) -> bool {
        matches!(self, Self::Done | Self::Ended)
    }
}

/// How an order stands in a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ItemState {
    Waiting,
    /// The marketplace was asked.
    Asked,
    Done,
    Trouble,
    /// Nothing is to be done with it, and that is no trouble.
    Left,
}

impl ItemState {
    pub const ALL: [Self; 5] = [Self::Waiting, Self::Asked, Self::Done, Self::Trouble, Self::Left];

    pub const fn word(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Asked => "asked",
            Self::Done => "done",
            Self::Trouble => "trouble",
            Self::Left => "left",
        }
    }
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.word() == word)
    }
}

/// What came of a run. New members are optional: old reports stay readable.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct DayReport {
    /// Orders that were looked at.
    pub orders: i64,
    /// Orders whose sizes were advised, those among them that were bought in another size, and those without data.
    pub advised: i64,
    pub size_remarks: i64,
    pub size_no_data: i64,
    /// Buyers that were asked about a doubtful size, and those who said which one to send.
    pub asked: i64,
    pub confirmed: i64,
    pub accepted: i64,
    pub assembled: i64,
    pub waybills: i64,
    /// Orders with a trouble in any step.
    pub troubled: i64,
    /// Orders that were left alone.
    pub left: i64,
    /// Offers that run low.
    pub low: Vec<LowStock>,
    /// How many orders stand where at the end, by the word of the stage.
    pub stages: Vec<(String, i64)>,
}

/// An offer that runs low.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct LowStock {
    pub sku: String,
    pub title: String,
    pub pieces: i64,
}

/// How a shop's day goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DaySettings {
    /// Steps that are left out; never the needed ones.
    pub skips: Vec<DayStep>,
    /// Minute of the day in Almaty at which it starts by itself, 0 to 1 439.
    pub starts_at: Option<i64>,
    /// On which days of the week it does; Monday is 1.
    pub weekdays: Vec<u32>,
    /// Pieces from which on down an offer is said to run low.
    pub low_stock: i64,
}

impl Default for DaySettings {
    fn default() -> Self {
        Self {
            skips: Vec::new(),
            starts_at: None,
            weekdays: vec![1, 2, 3, 4, 5, 6],
            low_stock: 2,
        }
    }
}

/// What is wrong with settings of the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DayWrong {
    /// This step cannot be left out.
    Needed(DayStep),
    /// Not a minute of a day.
    Time(i64),
    /// No day, or one that no week has.
    Weekdays,
    /// Not 0 to 1 000 pieces.
    Low(i64),
}

impl DaySettings {
    /// # Errors
    /// What is wrong.
    pub fn check(&self) -> Result<(), DayWrong> {
        if let Some(step) = self.skips.iter().find(|step| step.is_needed()) {
            return Err(DayWrong::Needed(*step));
        }
        if let Some(minute) = self.starts_at.filter(|minute| !(0..1_440).contains(minute)) {
            return Err(DayWrong::Time(minute));
        }
        if self.weekdays.is_empty() || self.weekdays.iter().any(|day| !(1..=7).contains(day)) {
            return Err(DayWrong::Weekdays);
        }
        if !(0..=1_000).contains(&self.low_stock) {
            return Err(DayWrong::Low(self.low_stock));
        }
        Ok(())
    }
}
