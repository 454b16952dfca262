//! A talk of a shop with one buyer. Refuses to show a whole number to those who need not see it.

use sauda_channel::Phone;
use sauda_kernel::{MessageLineId, ShopId, TalkId, Timestamp};

/// Who is at the other end: what is known of it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Who {
    /// Digits.
    pub phone: Option<String>,
    /// The channel's own key.
    pub chat: Option<String>,
    pub name: String,
}

/// A talk as lists show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Talk {
    pub id: TalkId,
    pub shop: ShopId,
    pub line: Option<MessageLineId>,
    pub who: Who,
    /// The buyer writes in Kazakh.
    pub is_kazakh: bool,
    pub order_code: Option<String>,
    pub last_at: Timestamp,
    pub last_text: String,
    pub last_ours: bool,
    pub unread: i64,
    pub needs_person: bool,
    /// It does because of an answer about a size alone: a clear one takes it off.
    pub needs_answer: bool,
    /// Asked for silence.
    pub is_silent: bool,
}

impl Talk {
    /// `+7701•••4567`; nothing when it is hidden or was erased.
    pub fn masked_phone(&self) -> Option<String> {
        self.parsed_phone().map(|phone| phone.masked())
    }

    /// `+77011234567`
    pub fn whole_phone(&self) -> Option<String> {
        self.parsed_phone().map(|phone| phone.e164())
    }

    pub(crate) fn parsed_phone(&self) -> Option<Phone> {
        let digits = self.who.phone.as_deref()?;
        Phone::parse(&format!("+{digits}")).ok()
    }
}

/// Which talks a list shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum InboxView {
    /// Those that a person has to look at.
    #[default]
    NeedsPerson,
    All,
    /// Those who asked for silence.
    Silent,
}

impl InboxView {
    pub const ALL: [Self; 3] = [Self::NeedsPerson, Self::All, Self::Silent];

    /// Stable word for addresses and the key of the text `inbox-view-<word>`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::NeedsPerson => "needs_person",
            Self::All => "all",
            Self::Silent => "silent",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|view| view.word() == word)
    }
}
