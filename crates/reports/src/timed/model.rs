//! A report that is made by itself, those that were made, and who gets them. Refuses sentences: they are made of words when somebody reads.

use super::rhythm::Rhythm;
use crate::Findings;
use sauda_accounts::{Language, Right};
use sauda_kernel::{Id, IdKind, JobId, MerchantId, ShopId, Timestamp};
use serde::{Deserialize, Serialize};

/// A report that is made by itself.
pub struct PlanMark;
impl IdKind for PlanMark {
    const PREFIX: &'static str = "rpl";
}
/// One report that was made.
pub struct MadeMark;
impl IdKind for MadeMark {
    const PREFIX: &'static str = "rep";
}
pub type PlanId = Id<PlanMark>;
pub type MadeId = Id<MadeMark>;

/// Plans of a merchant at most.
pub const MOST_PLANS: usize = 50;
/// Letters of a name at most.
pub const LONGEST_NAME: usize = 60;

/// What a report tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PlanKind {
    /// What to order of suppliers.
    Reorder,
    /// What will sell more or less, and what runs out.
    Forecast,
    /// What was earned, against the span before.
    Profit,
    /// What the market did.
    Market,
    /// What went wrong.
    Errors,
}

impl PlanKind {
    pub const ALL: [Self; 5] = [
        Self::Reorder,
        Self::Forecast,
        Self::Profit,
        Self::Market,
        Self::Errors,
    ];

    /// Stable word for storage, the API, the settings file and the key of the text `report-kind-<word>`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Reorder => "reorder",
            Self::Forecast => "forecast",
            Self::Profit => "profit",
            Self::Market => "market",
            Self::Errors => "errors",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }

    /// Who lacks this right gets no such report.
    pub const fn right(self) -> Right {
        match self {
            Self::Reorder | Self::Forecast => Right::ViewCatalog,
            Self::Profit => Right::ViewMoney,
            Self::Market => Right::ViewPrices,
            Self::Errors => Right::ViewAutomation,
        }
    }

    /// Whether it can be told of one shop: stock and market are the merchant's.
    pub const fn is_of_shops(self) -> bool {
        matches!(self, Self::Profit | Self::Errors)
    }
}

/// How often.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Frequency {
    Daily,
    Weekly,
    Biweekly,
    Monthly,
}

impl Frequency {
    pub const ALL: [Self; 4] = [Self::Daily, Self::Weekly, Self::Biweekly, Self::Monthly];

    pub const fn word(self) -> &'static str {
        match self {
            Self::Daily => "daily",
            Self::Weekly => "weekly",
            Self::Biweekly => "biweekly",
            Self::Monthly => "monthly",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.word() == word)
    }

    /// The greatest day that can be chosen.
    pub const fn most_day(self) -> u32 {
        match self {
            Self::Daily => 1,
            Self::Weekly | Self::Biweekly => 7,
            Self::Monthly => 31,
        }
    }
}

/// Of a way, who.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Who {
    /// Everybody who has it and the right.
    All,
    /// A linked chat by its number; below zero for a group.
    Chat(i64),
    /// Somebody by the address they sign in with, or the address of letters.
    Named(String),
}

/// Where a report goes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Recipient {
    /// Among what is new on the desk.
    Screen,
    Telegram(Who),
    Mail(Who),
}

impl Recipient {
    /// `screen`, `telegram`, `telegram:-100200300`, `telegram:aru@mail.kz`, `mail`, `mail:aru@mail.kz`.
    pub fn word(&self) -> String {
        let of = |way: &str, who: &Who| match who {
            Who::All => way.to_owned(),
            Who::Chat(chat) => format!("{way}:{chat}"),
            Who::Named(name) => format!("{way}:{name}"),
        };
        match self {
            Self::Screen => "screen".to_owned(),
            Self::Telegram(who) => of("telegram", who),
            Self::Mail(who) => of("mail", who),
        }
    }

    /// Reads such a word; nothing when it is none.
    pub fn parse(word: &str) -> Option<Self> {
        let word = word.trim();
        let (way, who) = word.split_once(':').unwrap_or((word, ""));
        let who = who.trim().to_lowercase();
        if who.chars().count() > 254
            || who.contains(char::is_whitespace)
            || (who.is_empty() && word.contains(':'))
        {
            return None;
        }
        match (way.trim(), who.as_str()) {
            ("screen", "") => Some(Self::Screen),
            ("telegram", "") => Some(Self::Telegram(Who::All)),
            ("mail", "") => Some(Self::Mail(Who::All)),
            ("telegram", who) => Some(Self::Telegram(match who.parse() {
                Ok(chat) => Who::Chat(chat),
                Err(_) => Who::Named(who.to_owned()),
            })),
            ("mail", who) if who.contains('@') => Some(Self::Mail(Who::Named(who.to_owned()))),
            _ => None,
        }
    }
}

/// A report as a person or the settings file wants it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPlan {
    pub name: String,
    pub kind: PlanKind,
    /// None for all.
    pub shop: Option<ShopId>,
    pub frequency: Frequency,
    /// Of the week from Monday 1, or of the month.
    pub day: u32,
    /// Of the day in Almaty.
    pub minute: u32,
    pub recipients: Vec<Recipient>,
    pub language: Language,
    /// Whether its drawing goes along.
    pub pictures: bool,
}

impl NewPlan {
    /// The field that cannot be, with its value.
    pub fn wrong(&self) -> Option<(&'static str, String)> {
        let name = self.name.trim();
        if name.is_empty() || name.chars().count() > LONGEST_NAME || name.chars().any(char::is_control) {
            return Some(("name", self.name.clone()));
        }
        if self.shop.is_some() && !self.kind.is_of_shops() {
            return Some(("shop", self.kind.word().to_owned()));
        }
        if !(1..=self.frequency.most_day()).contains(&self.day) {
            return Some(("day", self.day.to_string()));
        }
        if self.minute >= 1_440 {
            return Some(("time", self.minute.to_string()));
        }
        if self.recipients.is_empty() {
            return Some(("recipients", String::new()));
        }
        None
    }
}

/// A report that is made by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    pub id: PlanId,
    pub merchant: MerchantId,
    pub wish: NewPlan,
    pub anchor: Timestamp,
    pub is_paused: bool,
    pub from_file: bool,
    pub next_at: Timestamp,
    pub last_due_at: Option<Timestamp>,
    pub by: String,
    pub created_at: Timestamp,
}

impl Plan {
    pub const fn rhythm(&self) -> Rhythm {
        Rhythm {
            frequency: self.wish.frequency,
            day: self.wish.day,
            minute: self.wish.minute,
            anchor: self.anchor,
        }
    }
}

/// How far a report is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MadeState {
    Making,
    Made,
    /// Its job gave up; a person may repeat it.
    Failed,
}

impl MadeState {
    /// Key of the text `report-state-<word>`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Making => "making",
            Self::Made => "made",
            Self::Failed => "failed",
        }
    }
}

/// A recipient that gets nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unsent {
    /// As [`Recipient::word`].
    pub who: String,
    /// Key of the text `report-unsent-<word>`.
    pub why: String,
}

/// A report that was made, or is being made.
#[derive(Debug, Clone, PartialEq)]
pub struct Made {
    pub id: MadeId,
    pub merchant: MerchantId,
    pub plan: PlanId,
    pub name: String,
    pub kind: PlanKind,
    pub frequency: Frequency,
    pub shop: Option<ShopId>,
    pub recipients: Vec<Recipient>,
    pub language: Language,
    pub pictures: bool,
    pub state: MadeState,
    /// Empty when its time came.
    pub by: String,
    pub due_at: Timestamp,
    pub from_at: Timestamp,
    pub job: Option<JobId>,
    pub findings: Option<Findings>,
    pub unsent: Vec<Unsent>,
    pub created_at: Timestamp,
    pub made_at: Option<Timestamp>,
}

impl Made {
    /// Days that its sums are taken over: from, until (not included).
    pub fn sums(&self) -> (Timestamp, Timestamp) {
        let rhythm = Rhythm {
            frequency: self.frequency,
            day: 1,
            minute: 0,
            anchor: self.due_at,
        };
        rhythm.span(self.due_at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn recipients_are_read_as_they_are_written_and_others_refused() {
        for word in [
            "screen",
            "telegram",
            "telegram:-100200",
            "telegram:aru@mail.kz",
            "mail",
            "mail:aru@mail.kz",
        ] {
            assert_eq!(Recipient::parse(word).unwrap().word(), word);
        }
        assert_eq!(
            Recipient::parse(" mail: Aru@Mail.kz "),
            Some(Recipient::Mail(Who::Named("aru@mail.kz".to_owned())))
        );
        for wrong in [
            "",
            "fax",
            "screen:1",
            "mail:",
            "mail:aru",
            "telegram:a b",
            "mail:*",
        ] {
            assert_eq!(Recipient::parse(wrong), None, "{wrong:?}");
        }
    }
}
