//! What may be told, to whom, by which way, and how far it came. Refuses to hold a sentence: words are put in when something is sent.

use sauda_accounts::{Right, Scope};
use sauda_kernel::{DayRunId, Id, IdKind, MerchantId, ShopId, Timestamp, UserId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One linked chat.
pub struct TeamLink;
impl IdKind for TeamLink {
    const PREFIX: &'static str = "tln";
}
/// One thing that is said.
pub struct TeamPost;
impl IdKind for TeamPost {
    const PREFIX: &'static str = "tpo";
}
pub type LinkId = Id<TeamLink>;
pub type PostId = Id<TeamPost>;

/// What somebody may be told of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum What {
    /// An order's time runs out.
    Urgent,
    /// An order came.
    NewOrder,
    /// Something went wrong with orders.
    Trouble,
    /// The day of a shop began, stopped, is done.
    Day,
    /// Goods that sell run low.
    LowStock,
    /// Something is wrong with prices.
    Prices,
    /// Something is wrong with a shop or its access.
    Access,
    /// Prices, sellers and reviews of the market that somebody wanted to hear of, and its summary.
    Market,
    /// What the day came to.
    Report,
    /// An answer, a reminder that was asked for, a test: not a matter of wishes.
    Asked,
}

impl What {
    /// Those that may be wished for, in the order of the table that people see.
    pub const WISHED: [Self; 9] = [
        Self::Urgent,
        Self::NewOrder,
        Self::Trouble,
        Self::Day,
        Self::LowStock,
        Self::Prices,
        Self::Access,
        Self::Market,
        Self::Report,
    ];

    /// Stable word for storage and the key of the text `team-what-<word>`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Urgent => "urgent",
            Self::NewOrder => "new_order",
            Self::Trouble => "trouble",
            Self::Day => "day",
            Self::LowStock => "low_stock",
            Self::Prices => "prices",
            Self::Access => "access",
            Self::Market => "market",
            Self::Report => "report",
            Self::Asked => "asked",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        Self::WISHED
            .into_iter()
            .chain([Self::Asked])
            .find(|what| what.word() == word)
    }

    /// Who lacks this right is not told.
    pub const fn right(self) -> Option<Right> {
        match self {
            Self::Urgent | Self::NewOrder | Self::Trouble | Self::Day => Some(Right::ViewOrders),
            Self::LowStock => Some(Right::ViewCatalog),
            Self::Prices | Self::Market => Some(Right::ViewPrices),
            Self::Access => Some(Right::ViewShops),
            Self::Report => Some(Right::ViewToday),
            Self::Asked => None,
        }
    }

    pub fn may_be_told(self, scope: &Scope) -> bool {
        self.right().is_none_or(|right| scope.may(right))
    }

    /// Which of these a notice of the house is; nothing for those that are told otherwise.
    pub fn of_notice(word: &str) -> Option<Self> {
        let begins = |heads: &[&str]| heads.iter().any(|head| word.starts_with(head));
        if matches!(word, "day-troubled" | "stock-low" | "report-made") {
            // The end of a run, the goods that run low and kept reports are told by themselves.
            None
        } else if begins(&["order", "waybill", "key-refused", "size-"]) {
            Some(Self::Trouble)
        } else if begins(&["day-"]) {
            Some(Self::Day)
        } else if begins(&["price", "change-", "no-availabilities", "silence"]) {
            Some(Self::Prices)
        } else if begins(&["market-price", "market-seller", "market-review", "market-report"]) {
            Some(Self::Market)
        } else {
            Some(Self::Access)
        }
    }

    /// What a person hears who never said anything.
    pub const fn usual(self) -> Wish {
        let (by_telegram, by_mail) = match self {
            Self::Urgent | Self::Trouble | Self::Day | Self::LowStock | Self::Prices | Self::Market => {
                (true, false)
            }
            Self::Access | Self::Report => (true, true),
            Self::NewOrder | Self::Asked => (false, false),
        };
        Wish {
            by_telegram,
            by_mail,
            by_screen: true,
        }
    }
}

/// By which ways a person wants to hear of something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wish {
    pub by_telegram: bool,
    pub by_mail: bool,
    pub by_screen: bool,
}

impl Wish {
    pub const fn by(self, way: Way) -> bool {
        match way {
            Way::Telegram => self.by_telegram,
            Way::Mail => self.by_mail,
        }
    }
}

/// A way out of the house.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Way {
    Telegram,
    Mail,
}

impl Way {
    pub const fn word(self) -> &'static str {
        match self {
            Self::Telegram => "telegram",
            Self::Mail => "mail",
        }
    }
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Telegram, Self::Mail]
            .into_iter()
            .find(|way| way.word() == word)
    }
}

/// When and where a person wants to be told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Manners {
    /// Minutes of the day in Almaty between which it is quiet.
    pub quiet: Option<(u32, u32)>,
    /// Minute of the report of the day.
    pub report_at: u32,
    /// Where letters go; empty for the address of the login.
    pub mail: String,
}

impl Default for Manners {
    fn default() -> Self {
        Self {
            quiet: Some((22 * 60, 8 * 60)),
            report_at: 20 * 60,
            mail: String::new(),
        }
    }
}

/// How far something that is said came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PostState {
    Queued,
    /// Being sent: after a crash nobody knows whether it was.
    Sending,
    Sent,
    Failed,
    /// It may have arrived. A bot cannot read its talks, so it is told to people and never said again.
    Unclear,
}

impl PostState {
    const ALL: [Self; 5] = [
        Self::Queued,
        Self::Sending,
        Self::Sent,
        Self::Failed,
        Self::Unclear,
    ];
    /// Stable word for storage and the key of the text `team-post-<word>`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Sending => "sending",
            Self::Sent => "sent",
            Self::Failed => "failed",
            Self::Unclear => "unclear",
        }
    }
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.word() == word)
    }
}

/// Why an order is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    New,
    FourHours,
    OneHour,
    /// Somebody asked to be reminded.
    Later,
    Asked,
}

impl Why {
    pub const fn word(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::FourHours => "four_hours",
            Self::OneHour => "one_hour",
            Self::Later => "later",
            Self::Asked => "asked",
        }
    }
}

/// What is said: ids and words, looked up and put into sentences when it leaves. New kinds may be added, old ones stay readable.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(crate) enum Content {
    /// One order with its buttons.
    Order { shop: ShopId, code: String, why: Why },
    /// The waybill of an order, as a file.
    Waybill { shop: ShopId, code: String },
    /// A notice of the house.
    Notice {
        word: String,
        args: BTreeMap<String, String>,
        shop: Option<ShopId>,
        link: Option<String>,
    },
    /// Goods that run low.
    Low { shop: ShopId },
    /// The day of a shop while it goes.
    DayGoes { shop: ShopId, run: DayRunId },
    /// … and when it is over.
    DayOver { shop: ShopId, run: DayRunId },
    /// What this day came to.
    Report,
    /// What is due soon.
    Burning,
    /// How the day stands.
    Today,
    /// The open orders.
    Orders,
    /// What can be asked.
    Help,
    /// A report that another room keeps.
    Made { report: String },
    /// The link that confirms an address of letters; its word is made when it leaves.
    ConfirmMail,
    /// A sentence.
    Say {
        key: String,
        args: BTreeMap<String, String>,
        /// For somebody whose language is not known otherwise.
        language: Option<String>,
    },
}

impl Content {
    pub fn say(key: &str) -> Self {
        Self::Say {
            key: key.to_owned(),
            args: BTreeMap::new(),
            language: None,
        }
    }
}

/// Something new to be said.
#[derive(Debug, Clone)]
pub(crate) struct NewPost {
    pub merchant: MerchantId,
    pub user: Option<UserId>,
    pub way: Way,
    pub address: String,
    pub what: What,
    pub once: String,
    pub content: Content,
    pub at: Timestamp,
}

/// Something that could not be said, for people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trouble {
    pub at: Timestamp,
    pub way: Way,
    pub what: What,
    pub state: PostState,
    /// Key of the text `team-trouble-<word>`.
    pub word: String,
    pub text: Option<String>,
    pub user: Option<UserId>,
}

/// The word of a trouble that has words for people: `team-trouble-<word>`.
pub fn told_trouble(word: &str) -> &'static str {
    const OWN: [&str; 9] = [
        "crashed",
        "unclear",
        "blocked",
        "unlinked",
        "left",
        "no-right",
        "no-bot",
        "no-mail",
        "unconfirmed",
    ];
    if matches!(word, "no_connection" | "down" | "timeout" | "throttled") {
        return "waits";
    }
    OWN.into_iter().find(|own| *own == word).unwrap_or("other")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_notice_of_the_house_has_its_row_in_the_table() {
        for (word, what) in [
            ("order-act-refused", Some(What::Trouble)),
            ("orders-unreadable", Some(What::Trouble)),
            ("waybill-late", Some(What::Trouble)),
            ("size-answer", Some(What::Trouble)),
            ("day-stopped", Some(What::Day)),
            ("day-troubled", None),
            ("stock-low", None),
            ("report-made", None),
            ("price-refused", Some(What::Prices)),
            ("silence", Some(What::Prices)),
            ("market-price", Some(What::Market)),
            ("market-report", Some(What::Market)),
            ("session-ended", Some(What::Access)),
            ("something-new", Some(What::Access)),
        ] {
            assert_eq!(What::of_notice(word), what, "{word}");
        }
    }

    #[test]
    fn words_are_read_back() {
        for what in What::WISHED {
            assert_eq!(What::parse(what.word()), Some(what));
        }
        assert_eq!(What::parse("gossip"), None);
    }
}
