//! The text of a cell as a person meant it: spaces, quotes and marks of copying off; refuses to change a word.

use std::borrow::Cow;

/// Words that people and programs put into cells that hold nothing.
const NOTHING: [&str; 8] = ["-", "–", "—", "n/a", "null", "none", "nan", "н/д"];

/// A cell's text with plain single spaces and without quotes around it; empty for a cell that says "nothing".
pub(super) fn clean(text: &str) -> Cow<'_, str> {
    let odd =
        |letter: char| letter.is_control() || is_mark(letter) || (letter.is_whitespace() && letter != ' ');
    let trimmed = text.trim_matches(|letter: char| letter.is_whitespace() || is_mark(letter));
    let plain = !trimmed.contains("  ") && !trimmed.contains(odd);
    let spaced = if plain {
        Cow::Borrowed(trimmed)
    } else {
        let shown: String = trimmed
            .chars()
            .filter(|letter| !is_mark(*letter))
            .map(|letter| {
                if letter.is_control() || letter.is_whitespace() {
                    ' '
                } else {
                    letter
                }
            })
            .collect();
        Cow::Owned(shown.split_whitespace().collect::<Vec<_>>().join(" "))
    };
    let bare = match spaced {
        Cow::Borrowed(text) => Cow::Borrowed(unquoted(text)),
        Cow::Owned(text) => Cow::Owned(unquoted(&text).to_owned()),
    };
    if bare.len() < 6 && NOTHING.contains(&bare.to_lowercase().as_str()) {
        return Cow::Borrowed("");
    }
    bare
}

/// Without one pair of quotes around everything; quotes that stand for something inside keep theirs.
fn unquoted(text: &str) -> &str {
    for (open, close) in [('"', '"'), ('«', '»'), ('“', '”'), ('\'', '\'')] {
        let inner = text.strip_prefix(open).and_then(|rest| rest.strip_suffix(close));
        if let Some(inner) = inner
            && !inner.contains([open, close])
        {
            return inner.trim();
        }
    }
    text
}

/// Marks without a width that copying from a page leaves.
const fn is_mark(letter: char) -> bool {
    matches!(
        letter,
        '\u{feff}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{ad}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spaces_and_quotes_around_a_text_are_no_part_of_it() {
        for (text, wanted) in [
            ("  Куртка\u{a0} зимняя ", "Куртка зимняя"),
            ("\"Куртка\"", "Куртка"),
            ("«Куртка»", "Куртка"),
            ("«Шанс» и «Случай»", "«Шанс» и «Случай»"),
            ("Монитор 27\"", "Монитор 27\""),
            ("две\nстроки", "две строки"),
            ("\u{200b}SKU\u{feff}-1", "SKU-1"),
            ("—", ""),
            ("N/A", ""),
            ("no", "no"),
        ] {
            assert_eq!(clean(text), wanted, "{text:?}");
        }
    }
}
