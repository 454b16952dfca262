//! One message and how far it came. Refuses to go back: what was read is never only delivered again.

use sauda_kernel::{MessageId, ShopId, TalkId, Timestamp};
use serde::{Deserialize, Serialize};

/// How far a message came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MessageState {
    /// Waits for its turn.
    Queued,
    /// Recorded as under way: it may have left.
    Sending,
    /// The channel has it.
    Sent,
    /// The phone of the buyer has it.
    Delivered,
    Read,
    /// It did not leave, or did not arrive.
    Failed,
    /// It may have left and could not be found: a person has to look.
    Unclear,
    /// It was taken back before it left.
    Cancelled,
    /// From the buyer.
    Received,
}

impl MessageState {
    pub const ALL: [Self; 9] = [
        Self::Queued,
        Self::Sending,
        Self::Sent,
        Self::Delivered,
        Self::Read,
        Self::Failed,
        Self::Unclear,
        Self::Cancelled,
        Self::Received,
    ];

    /// Stable word for storage, the API and the key of the text `message-state-<word>`.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Sending => "sending",
            Self::Sent => "sent",
            Self::Delivered => "delivered",
            Self::Read => "read",
            Self::Failed => "failed",
            Self::Unclear => "unclear",
            Self::Cancelled => "cancelled",
            Self::Received => "received",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.word() == word)
    }

    /// Whether the channel's news may move a message from here to there.
    pub const fn may_become(self, next: Self) -> bool {
        match next {
            // Also what was thought not to have left: it is known by its id.
            Self::Sent => matches!(self, Self::Queued | Self::Sending | Self::Unclear),
            Self::Delivered => matches!(
                self,
                Self::Queued | Self::Sending | Self::Unclear | Self::Sent | Self::Failed
            ),
            Self::Read => matches!(
                self,
                Self::Queued | Self::Sending | Self::Unclear | Self::Sent | Self::Delivered | Self::Failed
            ),
            Self::Failed => matches!(self, Self::Sending | Self::Unclear | Self::Sent),
            Self::Queued | Self::Sending | Self::Unclear | Self::Cancelled | Self::Received => false,
        }
    }
}

/// What came with a message; its bytes stay with the channel until somebody asks for them.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct MessageMedia {
    pub url: Option<String>,
    pub mime: Option<String>,
    pub file_name: Option<String>,
}

/// A message as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    pub id: MessageId,
    pub shop: ShopId,
    pub talk: TalkId,
    pub is_ours: bool,
    pub state: MessageState,
    /// Stands for once.
    pub once: String,
    pub body: String,
    pub media: Option<MessageMedia>,
    pub order_code: Option<String>,
    /// What it is about, a word of a trigger; none for what people write.
    pub about: Option<String>,
    pub template: Option<String>,
    pub written_by: String,
    pub created_at: Timestamp,
    /// Not to be sent before.
    pub due_at: Timestamp,
    pub reserved_id: Option<String>,
    pub sent_at: Option<Timestamp>,
    pub delivered_at: Option<Timestamp>,
    pub read_at: Option<Timestamp>,
    pub tries: i64,
    pub looks: i64,
    pub trouble: Option<String>,
    pub trouble_text: Option<String>,
}

/// The part of a channel's id that every event brings: `true_77010000000@c.us_3EB0AA` is `3EB0AA`.
pub fn channel_part(id: &str) -> &str {
    let mut parts = id.splitn(4, '_');
    match (parts.next(), parts.next(), parts.next()) {
        (Some("true" | "false"), Some(_), Some(part)) => part,
        _ => id,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use sauda_channel::is_same_message;

    #[test]
    fn a_message_never_goes_back() {
        use MessageState::{Cancelled, Delivered, Failed, Queued, Read, Sending, Sent};
        for (from, to, may) in [
            (Sending, Sent, true),
            (Delivered, Sent, false),
            (Read, Delivered, false),
            (Read, Failed, false),
            (Failed, Delivered, true),
            (Queued, Sent, true),
            (Queued, Failed, false),
            (Cancelled, Read, false),
            (Sent, Queued, false),
        ] {
            assert_eq!(from.may_become(to), may, "{from:?} to {to:?}");
        }
    }

    #[test]
    fn an_id_is_known_by_the_part_that_the_channel_compares() {
        for id in [
            "true_77010000000@c.us_3EB0AA",
            "3EB0AA",
            "false_120363@g.us_3EB0AA_77010000000@c.us",
        ] {
            assert_eq!(channel_part(id), "3EB0AA");
            assert!(is_same_message(id, channel_part(id)));
        }
    }
}
