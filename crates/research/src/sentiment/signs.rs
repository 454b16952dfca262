//! Signs that praise or blame without a word. Refuses to read words.

use std::sync::LazyLock;

const SIGNS: &str = include_str!("../../data/opinion-signs.txt");

/// Each sign with what it says: 1 or -1. Longer ones first, so that `:-)` is not read as less.
static ALL: LazyLock<Vec<(&'static str, i32)>> = LazyLock::new(|| {
    let lines = SIGNS.lines().filter_map(|line| line.split_once(": "));
    let mut all: Vec<(&str, i32)> = lines
        .filter_map(|(group, signs)| {
            let says = match group {
                "praise" => 1,
                "blame" => -1,
                _ => return None,
            };
            Some(signs.split_whitespace().map(move |sign| (sign, says)))
        })
        .flatten()
        .collect();
    all.sort_by_key(|(sign, _)| std::cmp::Reverse(sign.len()));
    all
});

/// Signs that praise, less those that blame.
pub(super) fn net(text: &str) -> i32 {
    let mut sum = 0;
    let mut rest = text;
    while let Some(one) = rest.chars().next() {
        let found = if one.is_alphanumeric() || one.is_whitespace() {
            None
        } else {
            ALL.iter().find(|(sign, _)| rest.starts_with(sign))
        };
        sum += found.map_or(0, |(_, says)| *says);
        let read = found.map_or(one.len_utf8(), |(sign, _)| sign.len());
        rest = rest.get(read..).unwrap_or_default();
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_are_counted_wherever_they_stand() {
        for (text, says) in [
            ("", 0),
            ("10:30, +7 (701)", 0),
            ("👍🏻👍 ок", 2),
            ("плохо 👎:(", -2),
            ("❤️🙏 бірақ 😡", 1),
            (":-) :D", 2),
        ] {
            assert_eq!(net(text), says, "{text}");
        }
    }
}
