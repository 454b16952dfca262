//! The seam to the words of people: this room names a text and its values, whoever has the texts makes the sentence.

use sauda_accounts::Language;
use sauda_kernel::{Money, Public, Span, Timestamp};
use sauda_orders::DayView;

/// A value in a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Said {
    Text(String),
    /// Chooses the plural.
    Number(i64),
    Money(Money),
    /// Time of day.
    Clock(Timestamp),
    /// A moment as people say it: today by the clock, else with its day.
    Moment(Timestamp),
    /// A day.
    Day(Timestamp),
    Span(Span),
    /// Another text of the house.
    Key(String),
}

impl From<&str> for Said {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}
impl From<&String> for Said {
    fn from(text: &String) -> Self {
        Self::Text(text.clone())
    }
}
impl From<i64> for Said {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

/// Makes sentences.
pub trait Speaker: Send + Sync {
    /// The text `key` in a language.
    fn say(&self, language: Language, now: Timestamp, key: &str, args: &[(&str, Said)]) -> String;

    /// The report of a run of a shop's day on paper, as PDF; none where nothing is printed: then its words are said alone.
    fn day_report(&self, _: Language, _: Timestamp, _shop: &str, _: &DayView) -> Option<Vec<u8>> {
        None
    }
}

/// The sentence of a notice of the house for another room.
pub fn notice_words<'a>(
    speaker: &dyn Speaker,
    language: Language,
    now: Timestamp,
    word: &str,
    args: impl Iterator<Item = (&'a String, &'a String)>,
) -> String {
    let to = To {
        speaker,
        language,
        now,
    };
    to.notice(word, args)
}

/// A speaker for one reader at one moment.
#[derive(Clone, Copy)]
pub(crate) struct To<'a> {
    pub speaker: &'a dyn Speaker,
    pub language: Language,
    pub now: Timestamp,
}

impl To<'_> {
    pub fn say(&self, key: &str, args: &[(&str, Said)]) -> String {
        self.speaker.say(self.language, self.now, key, args)
    }

    /// The sentence of a notice: times are kept as microseconds, troubles as words.
    pub fn notice<'b>(&self, word: &str, args: impl Iterator<Item = (&'b String, &'b String)>) -> String {
        let args: Vec<(&str, Said)> = args
            .map(|(name, value)| (name.as_str(), notice_arg(word, name, value)))
            .collect();
        self.say(&format!("notice-{word}"), &args)
    }

    /// Why something was refused.
    pub fn refusal(&self, public: &Public) -> String {
        let args: Vec<(&str, Said)> = public
            .args
            .iter()
            .map(|(name, value)| {
                let said = match *name {
                    "act" => Said::Key(format!("act-{value}")),
                    "stage" => Said::Key(format!("stage-{value}")),
                    "right" => Said::Key(format!("right-{value}")),
                    _ => value.parse().map_or_else(|_| Said::from(value), Said::Number),
                };
                (*name, said)
            })
            .collect();
        self.say(&format!("err-{}", public.code), &args)
    }
}

fn notice_arg(word: &str, name: &str, value: &str) -> Said {
    match (name, value.parse::<i64>()) {
        ("until", Ok(micros)) => Said::Moment(Timestamp::from_micros(micros)),
        ("n" | "count" | "known" | "minutes", Ok(number)) => Said::Number(number),
        ("trouble" | "error", _) if !word.starts_with("day-") => Said::Key(format!("market-trouble-{value}")),
        ("act", _) => Said::Key(format!("act-{value}")),
        ("step", _) => Said::Key(format!("day-step-{value}")),
        _ => Said::from(value),
    }
}
