//! A bot that talks with the team: posts with buttons, answers, who pressed what. Refuses to know what a press does.

use crate::{Attachment, ChannelError, Text};
use sauda_kernel::Timestamp;
use secrecy::SecretString;

/// The bot's key. Whoever has it is the bot.
#[derive(Debug, Clone)]
pub struct BotKey(pub SecretString);

/// A talk of the bot: a person's is above zero, a group's below.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BotChat(pub i64);

impl BotChat {
    pub const fn is_group(self) -> bool {
        self.0 < 0
    }
}

/// The bot as the channel knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bot {
    pub id: i64,
    pub name: String,
    /// Without `@`.
    pub user_name: String,
}

/// Somebody who writes or presses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    pub id: i64,
    pub name: String,
    pub user_name: Option<String>,
    /// `ru`, `kk`, `en` and others, as the person's program says.
    pub language: Option<String>,
}

/// A button under a post.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Button {
    /// Tells us when pressed; the data is 1 to 64 bytes.
    Press { label: String, data: String },
    /// Opens a page.
    Open { label: String, url: String },
}

/// A message of the bot.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Post {
    pub text: Text,
    /// Rows of buttons; none takes the buttons away when a post is edited.
    pub buttons: Vec<Vec<Button>>,
    /// Comes without a sound.
    pub is_quiet: bool,
    pub reply_to: Option<i64>,
}

impl Post {
    pub fn new(text: impl Into<Text>) -> Self {
        Self {
            text: text.into(),
            ..Self::default()
        }
    }

    #[must_use]
    pub fn row(mut self, buttons: Vec<Button>) -> Self {
        self.buttons.push(buttons);
        self
    }

    /// # Errors
    /// `Invalid` naming the button.
    pub fn validate(&self) -> Result<(), ChannelError> {
        for button in self.buttons.iter().flatten() {
            let (label, fits, rule) = match button {
                Button::Press { label, data } => {
                    (label, (1..=64).contains(&data.len()), "its data is 1 to 64 bytes")
                }
                Button::Open { label, url } => (
                    label,
                    url.starts_with("https://") || url.starts_with("http://"),
                    "its address begins with https://",
                ),
            };
            if label.trim().is_empty() {
                return Err(ChannelError::Invalid(
                    "a button without a label: give it one".to_owned(),
                ));
            }
            if !fits {
                return Err(ChannelError::Invalid(format!("button {label:?}: {rule}")));
            }
        }
        Ok(())
    }
}

/// A picture or document with words under it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Upload {
    pub file: Attachment,
    pub caption: Text,
    pub buttons: Vec<Vec<Button>>,
    pub is_quiet: bool,
}

/// A message that the channel took.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Posted {
    pub chat: BotChat,
    pub message: i64,
    pub at: Timestamp,
}

/// What became of an edit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edited {
    Changed,
    /// It said exactly this already.
    Same,
}

/// A command that the channel offers people to choose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BotCommand {
    /// `a-z`, digits and `_`, up to 32.
    pub word: String,
    pub text: String,
}

/// Something that happened in the bot's talks. The same one may come again: store by `id` first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Update {
    pub id: i64,
    pub what: What,
}

/// A pressed button; has to be answered, or the person waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Press {
    pub id: String,
    pub from: Person,
    pub data: String,
    /// Where the button stands; none when the channel did not say.
    pub place: Option<(BotChat, i64)>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// A person pressed Start, perhaps coming by a link with a code; or the bot was added to a group by such a link.
    Start {
        chat: BotChat,
        from: Person,
        code: Option<String>,
        at: Timestamp,
    },
    /// A command or words. `reply_to` is the post that they answer.
    Said {
        chat: BotChat,
        message: i64,
        from: Person,
        text: String,
        reply_to: Option<i64>,
        at: Timestamp,
    },
    /// A phone number that a person handed over; `is_own` when it is the person's own.
    Contact {
        chat: BotChat,
        from: Person,
        phone: String,
        is_own: bool,
    },
    Pressed(Press),
    /// A person blocked the bot, or a group removed it: nothing can be sent there.
    Closed {
        chat: BotChat,
        by: Person,
    },
    /// … and may again.
    Opened {
        chat: BotChat,
        by: Person,
    },
    /// The group has another number now.
    Moved {
        from: BotChat,
        to: BotChat,
    },
    /// Something that we do nothing with.
    Other,
}

/// A handful of updates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Updates {
    pub list: Vec<Update>,
    /// What to ask from next time; asking so confirms these.
    pub next: Option<i64>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_button_that_the_channel_would_refuse_is_named() {
        let press = |label: &str, data: &str| Button::Press {
            label: label.to_owned(),
            data: data.to_owned(),
        };
        let refused = |button| {
            Post::new("x")
                .row(vec![button])
                .validate()
                .unwrap_err()
                .to_string()
        };
        assert_eq!(
            refused(press("Взять", "")),
            "button \"Взять\": its data is 1 to 64 bytes"
        );
        assert_eq!(
            refused(press("Взять", &"я".repeat(33))),
            "button \"Взять\": its data is 1 to 64 bytes"
        );
        assert_eq!(refused(press(" ", "x")), "a button without a label: give it one");
        let open = Button::Open {
            label: "Открыть".to_owned(),
            url: "javascript:1".to_owned(),
        };
        assert_eq!(
            refused(open),
            "button \"Открыть\": its address begins with https://"
        );
        assert_eq!(
            Post::new("x")
                .row(vec![press("Взять", &"я".repeat(32))])
                .validate(),
            Ok(())
        );
    }
}
