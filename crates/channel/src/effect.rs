//! What a line that broke means for a call: whether it may be made again, or has to be looked for first. Refuses to know any HTTP client.

use crate::ChannelError;
use std::error::Error;

/// Whether a call may be made again when its answer was lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// Asking, or an act that is the same done twice.
    Repeatable,
    /// A message leaves: a lost answer leaves it open whether it did.
    Once,
}

/// Letters of a cause that are told.
const CAUSE: usize = 160;

impl Effect {
    /// No connection stood: certainly nothing left.
    pub fn not_connected(is_timeout: bool, error: &dyn Error) -> ChannelError {
        ChannelError::NoConnection(if is_timeout {
            "connecting took too long".to_owned()
        } else {
            innermost(error)
        })
    }

    /// The connection stood, and no answer came.
    pub fn no_answer(self, is_timeout: bool, error: &dyn Error) -> ChannelError {
        match self {
            Self::Once if is_timeout => unconfirmed("no answer came in time"),
            Self::Once => unconfirmed("the connection broke before the answer"),
            Self::Repeatable if is_timeout => ChannelError::Timeout,
            Self::Repeatable => ChannelError::NoConnection(innermost(error)),
        }
    }

    /// The answer began and did not end.
    pub fn cut_off(self, is_timeout: bool) -> ChannelError {
        match self {
            Self::Once => unconfirmed("the answer was cut off"),
            Self::Repeatable if is_timeout => ChannelError::Timeout,
            Self::Repeatable => {
                ChannelError::NoConnection("the connection closed in the middle of the answer".to_owned())
            }
        }
    }

    /// Takes a piece of an answer, up to a limit for the whole.
    ///
    /// # Errors
    /// When the answer is larger.
    pub fn take(self, body: &mut Vec<u8>, piece: &[u8], limit: usize) -> Result<(), ChannelError> {
        if body.len().saturating_add(piece.len()) <= limit {
            body.extend_from_slice(piece);
            return Ok(());
        }
        Err(match self {
            Self::Once => unconfirmed(&format!("the answer is larger than {limit} bytes")),
            Self::Repeatable => ChannelError::TooLarge { limit },
        })
    }

    /// A server that does not do its work, by its status; none for the others.
    pub fn server_failed(self, status: u16) -> Option<ChannelError> {
        match status {
            408 | 500..=599 if self == Self::Once => Some(unconfirmed(&format!("the answer was {status}"))),
            408 => Some(ChannelError::Timeout),
            500..=599 => Some(ChannelError::Down { status }),
            _ => None,
        }
    }
}

/// It was handed over, and nobody knows what became of it.
pub fn unconfirmed(why: &str) -> ChannelError {
    ChannelError::Unconfirmed(format!("the message was handed over, {why}"))
}

/// The first cause of a failure, short. Outer ones quote addresses.
fn innermost(error: &dyn Error) -> String {
    let mut cause = error.source();
    let mut text = "the line broke".to_owned();
    while let Some(inner) = cause {
        text = inner.to_string();
        cause = inner.source();
    }
    text.chars().take(CAUSE).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use Effect::{Once, Repeatable};

    #[derive(Debug, thiserror::Error)]
    #[error("https://secret.example/bot123")]
    struct Outer(#[source] std::io::Error);

    fn broken() -> Outer {
        Outer(std::io::Error::other("reset by peer"))
    }

    #[test]
    fn what_may_have_left_is_unconfirmed_and_the_rest_may_be_asked_again() {
        let error = broken();
        for (failure, word) in [
            (Once.no_answer(true, &error), "unconfirmed"),
            (Once.no_answer(false, &error), "unconfirmed"),
            (Repeatable.no_answer(true, &error), "timeout"),
            (Repeatable.no_answer(false, &error), "no_connection"),
            (Once.cut_off(true), "unconfirmed"),
            (Repeatable.cut_off(true), "timeout"),
            (Repeatable.cut_off(false), "no_connection"),
            (Effect::not_connected(true, &error), "no_connection"),
        ] {
            assert_eq!(failure.word(), word);
            assert!(!failure.to_string().contains("secret"), "{failure}");
        }
        assert_eq!(
            Effect::not_connected(false, &error).to_string(),
            "no connection: reset by peer"
        );
        let failed = |effect: Effect, status| effect.server_failed(status).map(|error| error.word());
        assert_eq!(failed(Once, 502), Some("unconfirmed"));
        assert_eq!(failed(Repeatable, 502), Some("down"));
        assert_eq!(failed(Repeatable, 408), Some("timeout"));
        assert_eq!(failed(Once, 400), None);
    }

    #[test]
    fn an_answer_is_taken_up_to_its_limit() {
        let mut body = Vec::new();
        assert_eq!(Repeatable.take(&mut body, b"abc", 4), Ok(()));
        assert_eq!(
            Repeatable.take(&mut body, b"de", 4),
            Err(ChannelError::TooLarge { limit: 4 })
        );
        assert_eq!(body, b"abc");
        assert!(
            Once.take(&mut body, b"de", 4)
                .is_err_and(|error| error.word() == "unconfirmed")
        );
    }
}
