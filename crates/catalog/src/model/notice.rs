//! What a seller is told: a word with values, once per subject while it stays true.

use sauda_kernel::{NoticeId, ShopId, Timestamp};
use std::collections::BTreeMap;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    Info,
    Warn,
    Bad,
}

/// A notice to be raised; the text is `notice-<word>` in each language.
#[derive(Debug, Clone)]
pub struct NewNotice {
    pub shop: Option<ShopId>,
    pub word: &'static str,
    /// One open notice per word and subject.
    pub subject: String,
    pub args: BTreeMap<String, String>,
    pub tone: Tone,
    /// Where to go, without the shop part of the address.
    pub link: Option<String>,
}

#[derive(Debug, Clone)]
pub struct Notice {
    pub id: NoticeId,
    pub shop: Option<ShopId>,
    pub word: String,
    pub subject: String,
    pub args: BTreeMap<String, String>,
    pub tone: Tone,
    pub link: Option<String>,
    pub times: i64,
    pub created_at: Timestamp,
    pub last_at: Timestamp,
}

impl Tone {
    pub const fn word(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warn => "warn",
            Self::Bad => "bad",
        }
    }
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Info, Self::Warn, Self::Bad]
            .into_iter()
            .find(|tone| tone.word() == word)
    }
}

impl NewNotice {
    pub fn new(word: &'static str, subject: impl Into<String>, tone: Tone) -> Self {
        Self {
            shop: None,
            word,
            subject: subject.into(),
            args: BTreeMap::new(),
            tone,
            link: None,
        }
    }
    #[must_use]
    pub fn shop(mut self, shop: &ShopId) -> Self {
        self.shop = Some(shop.clone());
        self
    }
    #[must_use]
    pub fn arg(mut self, name: &str, value: impl ToString) -> Self {
        self.args.insert(name.to_owned(), value.to_string());
        self
    }
    #[must_use]
    pub fn link(mut self, link: impl Into<String>) -> Self {
        self.link = Some(link.into());
        self
    }
}
