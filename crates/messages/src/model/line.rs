//! A line: one phone of a merchant, linked to a WhatsApp server. Refuses to hold its keys in the open.

use sauda_channel::LineState;
use sauda_kernel::{MerchantId, MessageLineId, Timestamp};

/// A line as people see it; its keys stay in the store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub id: MessageLineId,
    pub merchant: MerchantId,
    /// Address of the server.
    pub server: String,
    /// Name of the line at the server.
    pub name: String,
    pub state: LineState,
    /// Since when it stands so.
    pub state_at: Timestamp,
    /// The linked number, digits.
    pub number: Option<String>,
    pub display_name: Option<String>,
    pub added_at: Timestamp,
    /// Since when this number is linked.
    pub new_since: Option<Timestamp>,
    /// Word, text and time of the last trouble.
    pub trouble: Option<(String, String, Timestamp)>,
    /// Nothing is sent before.
    pub send_at: Option<Timestamp>,
}

/// The state of a stored word.
pub(crate) fn state_of(word: &str) -> LineState {
    [
        LineState::Stopped,
        LineState::Starting,
        LineState::AwaitsScan,
        LineState::AwaitsPasskey,
        LineState::Working,
        LineState::Failed,
    ]
    .into_iter()
    .find(|state| state.word() == word)
    .unwrap_or_else(|| LineState::Other(word.to_owned()))
}

impl Line {
    /// `+7701•••4567`; nothing before a phone is linked.
    pub fn masked_number(&self) -> Option<String> {
        let number = self.number.as_deref()?;
        sauda_channel::Phone::parse(&format!("+{number}"))
            .ok()
            .map(|phone| phone.masked())
    }
}
