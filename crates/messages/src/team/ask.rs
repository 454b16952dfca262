//! What somebody asks the bot in words or by a command. Refuses to guess: what is not understood gets the list of what can be asked.

/// A question of the team.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Question {
    Burning,
    Today,
    Orders,
    Help,
    /// The person wants no more messages.
    Stop,
}

/// `word | beginnings of words, any of which asks for it`; the first line that fits counts.
const TABLE: &str = include_str!("../../data/team_questions.txt");

impl Question {
    /// Commands that people are offered, with the key of their text.
    pub const COMMANDS: [(&'static str, &'static str); 5] = [
        ("burning", "team-command-burning"),
        ("today", "team-command-today"),
        ("orders", "team-command-orders"),
        ("help", "team-command-help"),
        ("stop", "team-command-stop"),
    ];

    fn of_word(word: &str) -> Option<Self> {
        Some(match word {
            "burning" => Self::Burning,
            "today" => Self::Today,
            "orders" => Self::Orders,
            "help" => Self::Help,
            "stop" => Self::Stop,
            _ => return None,
        })
    }

    /// Reads a message; nothing when it is no question that we know.
    pub fn read(text: &str) -> Option<Self> {
        let folded = text.trim().to_lowercase();
        if let Some(command) = folded.strip_prefix('/') {
            let word = command
                .split(|sign: char| sign.is_whitespace() || sign == '@')
                .next()?;
            return Self::of_word(word);
        }
        let words: Vec<&str> = folded
            .split(|sign: char| !sign.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .collect();
        for line in TABLE.lines().filter(|line| !line.starts_with('#')) {
            let Some((word, heads)) = line.split_once('|') else {
                continue;
            };
            let asks = heads
                .split_whitespace()
                .any(|head| words.iter().any(|word| word.starts_with(head)));
            if asks {
                return Self::of_word(word.trim());
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_same_is_asked_in_three_languages_and_many_ways() {
        use Question::{Burning, Help, Orders, Stop, Today};
        for (text, question) in [
            ("что горит?", Some(Burning)),
            ("Что горит", Some(Burning)),
            ("ГОРИТ ЧТО-НИБУДЬ?!", Some(Burning)),
            ("не жанып жатыр?", Some(Burning)),
            ("Не жанып тұр", Some(Burning)),
            ("what burns", Some(Burning)),
            ("what's burning?", Some(Burning)),
            ("срочные заказы", Some(Burning)),
            ("шұғыл тапсырыс бар ма", Some(Burning)),
            ("/burning", Some(Burning)),
            ("/burning@sauda_bot", Some(Burning)),
            ("/BURNING now", Some(Burning)),
            ("как день?", Some(Today)),
            ("бүгін қалай", Some(Today)),
            ("today", Some(Today)),
            ("что сегодня", Some(Today)),
            ("покажи заказы", Some(Orders)),
            ("тапсырыстар", Some(Orders)),
            ("orders please", Some(Orders)),
            ("помощь", Some(Help)),
            ("көмек", Some(Help)),
            ("help", Some(Help)),
            ("/stop", Some(Stop)),
            ("спасибо", None),
            ("/unknown", None),
            ("", None),
            ("???", None),
        ] {
            assert_eq!(Question::read(text), question, "{text}");
        }
    }

    #[test]
    fn every_line_of_the_table_asks_for_something() {
        for line in TABLE.lines().filter(|line| !line.starts_with('#')) {
            let (word, heads) = line.split_once('|').unwrap();
            assert!(Question::of_word(word.trim()).is_some(), "{line}");
            assert!(
                heads.split_whitespace().all(|head| head == head.to_lowercase()),
                "{line}"
            );
        }
    }

    #[test]
    fn a_word_in_a_talk_does_not_stop_the_bot() {
        assert_ne!(Question::read("стоп, не понял"), Some(Question::Stop));
        assert_ne!(Question::read("stop the day"), Some(Question::Stop));
    }

    proptest! {
        #[test]
        fn any_text_is_read_without_falling_over(text in "\\PC{0,200}") {
            let _ = Question::read(&text);
            prop_assert_eq!(Question::read(&format!("  {text} ")), Question::read(text.trim()));
        }
    }
}
