//! What is read of the market and what came of it: sources, snapshots, reviews, settings. Refuses to read anything.

use crate::sentiment::Tone;
use sauda_kernel::{Tenge, Timestamp};

/// What a source is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SourceKind {
    /// A category of the storefront.
    Category,
    /// Words of a search.
    Query,
}

impl SourceKind {
    pub const fn word(self) -> &'static str {
        match self {
            Self::Category => "category",
            Self::Query => "query",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        [Self::Category, Self::Query]
            .into_iter()
            .find(|kind| kind.word() == word)
    }
}

/// Where the reading of a source stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SourceState {
    New,
    Reading,
    Done,
    Failed,
}

impl SourceState {
    pub const fn word(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Reading => "reading",
            Self::Done => "done",
            Self::Failed => "failed",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        [Self::New, Self::Reading, Self::Done, Self::Failed]
            .into_iter()
            .find(|state| state.word() == word)
    }
}

/// A category or a query, as a person or the settings file wants it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewSource {
    pub kind: SourceKind,
    pub word: String,
    /// Name for people; the word when empty.
    pub title: String,
    pub city_id: String,
    pub pages: i64,
    /// At most so many cards.
    pub most: i64,
    /// Sellers are read on so many first cards.
    pub sellers_of: i64,
}

/// Pages of one reading at most: the storefront itself goes no deeper.
pub const MOST_PAGES: i64 = 50;
/// Cards of one reading at most.
pub const MOST_CARDS: i64 = 600;
/// Cards whose sellers are read at most.
pub const MOST_SELLERS_OF: i64 = 60;
/// Sources of one merchant at most.
pub const MOST_SOURCES: usize = 50;
/// Main city of the storefront.
pub const MAIN_CITY: &str = "750000000";

impl NewSource {
    /// A category with the usual depth: five pages of twelve cards, sellers of the first ten.
    pub fn category(word: impl Into<String>) -> Self {
        Self {
            kind: SourceKind::Category,
            word: word.into(),
            title: String::new(),
            city_id: MAIN_CITY.to_owned(),
            pages: 5,
            most: 60,
            sellers_of: 10,
        }
    }

    /// The same source always has the same id: FNV-1a of what makes it.
    pub fn id(&self) -> String {
        let text = format!("{}:{}:{}", self.kind.word(), self.word.trim(), self.city_id);
        let hash = text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
        format!("{hash:016x}")
    }

    /// The field that cannot be, with its value.
    pub fn wrong(&self) -> Option<(&'static str, String)> {
        let word = self.word.trim();
        if word.is_empty() || word.chars().count() > 100 || word.contains(':') {
            return Some(("word", self.word.clone()));
        }
        if self.title.chars().count() > 200 {
            return Some(("title", self.title.clone()));
        }
        if self.city_id.is_empty() || !self.city_id.bytes().all(|byte| byte.is_ascii_digit()) {
            return Some(("city", self.city_id.clone()));
        }
        [
            ("pages", self.pages, 1, MOST_PAGES),
            ("most", self.most, 1, MOST_CARDS),
            ("sellers_of", self.sellers_of, 0, MOST_SELLERS_OF),
        ]
        .into_iter()
        .find(|(_, value, least, most)| value < least || value > most)
        .map(|(name, value, ..)| (name, value.to_string()))
    }
}

/// A source with where its reading stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    pub id: String,
    pub wish: NewSource,
    pub paused: bool,
    pub from_file: bool,
    pub state: SourceState,
    pub trouble: Option<String>,
    /// Snapshot under way.
    pub begun_at: Option<Timestamp>,
    pub next_page: i64,
    pub next_card: i64,
    pub total: Option<i64>,
    /// How often the next page was refused in this reading.
    pub tries: i64,
    /// Pages of this reading that could not be read.
    pub holes: i64,
    pub tried_at: Option<Timestamp>,
    /// The newest whole snapshot.
    pub read_at: Option<Timestamp>,
}

impl Source {
    pub fn title(&self) -> &str {
        if self.wish.title.is_empty() {
            &self.wish.word
        } else {
            &self.wish.title
        }
    }
}

/// How often a summary is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Report {
    Off,
    Daily,
    /// On Mondays.
    Weekly,
    /// Every other Monday.
    Biweekly,
    /// On the first of the month.
    Monthly,
}

impl Report {
    pub const ALL: [Self; 5] = [
        Self::Off,
        Self::Daily,
        Self::Weekly,
        Self::Biweekly,
        Self::Monthly,
    ];

    pub const fn word(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Daily => "daily",
            Self::Weekly => "weekly",
            Self::Biweekly => "biweekly",
            Self::Monthly => "monthly",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|report| report.word() == word)
    }
}

/// How the market is read for a merchant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// Minutes of the day, in order.
    pub times: Vec<u32>,
    pub keep_days: i64,
    pub archive_days: i64,
    pub report: Report,
    pub report_minute: u32,
    pub told_at: Option<Timestamp>,
    /// Whether reviews of own cards are read.
    pub reviews: bool,
    /// Reviews of a card that are read at most, the newest.
    pub review_limit: i64,
    /// Days for which answers of the storefront are kept as they came; 0 keeps none.
    pub raw_days: i64,
    /// Whether Google Trends is asked itself; the installation must allow it too.
    pub live_trends: bool,
}

/// Reviews of a card that may be read at most.
pub const MOST_REVIEWS: i64 = 5_000;
/// Days for which raw answers may be kept.
pub const MOST_RAW_DAYS: i64 = 30;

impl Default for Settings {
    /// 08:00, 14:00 and 20:00; rows for two weeks, archives for a year; a summary on Mondays at nine; 300 reviews of a card; no raw
    /// answers, and nobody else is asked.
    fn default() -> Self {
        Self {
            times: vec![8 * 60, 14 * 60, 20 * 60],
            keep_days: 14,
            archive_days: 365,
            report: Report::Weekly,
            report_minute: 9 * 60,
            told_at: None,
            reviews: true,
            review_limit: 300,
            raw_days: 0,
            live_trends: false,
        }
    }
}

/// A card on a page of a snapshot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShelfRow {
    pub card: String,
    pub title: String,
    pub brand: Option<String>,
    pub url: Option<String>,
    /// From 1.
    pub place: i64,
    pub price: Option<Tenge>,
    pub rating_milli: Option<i64>,
    pub reviews: Option<i64>,
    /// Snapshot in which it was seen first.
    pub first_at: Timestamp,
}

/// A seller on a card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SellerRow {
    pub card: String,
    pub seller: String,
    pub name: String,
    pub price: Tenge,
    pub place: i64,
}

/// What came of a reading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snapshot {
    pub at: Timestamp,
    pub cards: i64,
    pub total: Option<i64>,
    /// Every page that was wanted could be read. Of one with holes nobody says what is gone.
    pub is_whole: bool,
    pub low: Option<Tenge>,
    pub middle: Option<Tenge>,
    pub high: Option<Tenge>,
    pub fresh: Option<i64>,
    pub gone: Option<i64>,
    pub grown: Option<i64>,
    pub sellers: Option<i64>,
}

/// A card or a seller that a person wants to hear of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tracked {
    pub is_seller: bool,
    pub word: String,
    pub title: String,
    pub since: Timestamp,
    pub by: String,
}

/// A review of an own card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptReview {
    pub card: String,
    pub title: String,
    pub id: String,
    pub at: Option<Timestamp>,
    pub stars: i64,
    pub text: String,
    pub seller: Option<String>,
    pub tone: Tone,
    pub positive_milli: i64,
    /// Aspect and tone.
    pub aspects: Vec<(String, String)>,
    pub read_at: Timestamp,
}

/// A point of interest in a search.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrendPoint {
    pub query: String,
    pub day: Timestamp,
    /// 0 to 100.
    pub value: i64,
}

/// What is known of a raw answer without opening it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RawMark {
    pub id: String,
    pub at: Timestamp,
    /// Which question it answers: `listing`, `card offers`, `reviews`.
    pub about: String,
    /// The category, query or card asked about.
    pub subject: String,
    pub status: Option<i64>,
    /// Why it could not be used; nothing when it could.
    pub trouble: Option<String>,
    /// Its length as it came.
    pub bytes: i64,
    /// Room that it takes.
    pub packed: i64,
}

/// A raw answer, still packed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RawKept {
    pub mark: RawMark,
    /// zstd.
    pub body: Vec<u8>,
}

/// A card whose reviews are read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReviewedCard {
    pub card: String,
    pub title: String,
    /// 4.8 is 4800.
    pub rating_milli: Option<i64>,
    /// Reviews with words that the marketplace promised.
    pub total: Option<i64>,
    /// Reviews that are kept here.
    pub kept: i64,
    /// Older ones are still to come.
    pub is_reading: bool,
}

/// A card on one shelf at one moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CardPoint {
    /// Id of the source.
    pub source: String,
    pub at: Timestamp,
    pub place: i64,
    pub price: Option<Tenge>,
    pub rating_milli: Option<i64>,
    pub reviews: Option<i64>,
}
