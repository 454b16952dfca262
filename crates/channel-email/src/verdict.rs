//! What an answer of a mail server means, by the step it came at. Refuses to guess from its words.

use crate::EmailSettings;
use lettre::transport::smtp::Error;
use sauda_channel::ChannelError;
use sauda_kernel::Span;
use std::error::Error as _;

/// Where in the talk we are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Greeting, TLS, sender, "may I send": nothing has left.
    Before,
    SignIn,
    /// The content is on its way: without an answer nobody knows.
    Content,
}

/// A refusal by its number: 4xx means later, 5xx means no.
pub fn refusal(status: u16, words: &str, step: Step, settings: &EmailSettings) -> ChannelError {
    match (status, step) {
        (530 | 534 | 535 | 538, _) => ChannelError::BadKey,
        (400..=499, _) => ChannelError::Throttled {
            wait: Span::from_secs(i64::try_from(settings.later_wait_secs).unwrap_or(300)),
        },
        _ => ChannelError::Refused {
            code: status.to_string(),
            text: words
                .chars()
                .filter(|sign| !sign.is_control())
                .take(200)
                .collect(),
        },
    }
}

/// The number of a refusal and its words; none when the server did not answer.
pub fn answered(error: &Error) -> Option<(u16, String)> {
    let status = u16::from(error.status()?);
    let words = error
        .source()
        .map_or_else(|| "no words".to_owned(), ToString::to_string);
    Some((status, words))
}

pub fn failure(error: &Error, step: Step, settings: &EmailSettings) -> ChannelError {
    if let Some((status, words)) = answered(error) {
        return refusal(status, &words, step, settings);
    }
    if step == Step::Content {
        return unconfirmed("the connection broke before the receipt");
    }
    if error.is_timeout() {
        return ChannelError::Timeout;
    }
    if error.is_tls() {
        return ChannelError::NoConnection(format!("no trusted connection (TLS): {}", short(error)));
    }
    if error.is_client() {
        return ChannelError::Refused {
            code: "smtp".to_owned(),
            text: short(error),
        };
    }
    if error.is_response() {
        return ChannelError::BadAnswer("this is not a mail server, or it speaks oddly".to_owned());
    }
    ChannelError::NoConnection(short(error))
}

pub fn unconfirmed(why: &str) -> ChannelError {
    ChannelError::Unconfirmed(format!("the letter was handed over, {why}"))
}

fn short(error: &Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        text = inner.to_string();
        cause = inner.source();
    }
    text.chars().filter(|sign| !sign.is_control()).take(160).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn later_is_later_and_no_is_no() {
        let settings = EmailSettings::default();
        for (status, step, word) in [
            (451, Step::Before, "throttled"),
            (421, Step::Content, "throttled"),
            (550, Step::Before, "refused"),
            (552, Step::Content, "refused"),
            (535, Step::SignIn, "bad_key"),
            (530, Step::Before, "bad_key"),
        ] {
            assert_eq!(
                refusal(status, "x", step, &settings).word(),
                word,
                "{status} {step:?}"
            );
        }
        let error = refusal(550, "no\r\nsuch user", Step::Before, &settings);
        assert_eq!(error.to_string(), "the channel refused: 550 nosuch user");
    }
}
