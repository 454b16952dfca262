//! Texts as people sort them: `A-2` before `A-10`, letters without regard to their case. Refuses to compare bytes.

/// A folded text in pieces; numbers compare by value, whatever their length.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Natural(Vec<Piece>);

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Piece {
    /// Digits without leading zeros, their count first.
    Number(usize, String),
    Text(String),
}

/// Lower case, one space between words, ё as е.
pub fn fold(text: &str) -> String {
    let lower = text.to_lowercase().replace('ё', "е");
    lower.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A text of people.
pub fn text(text: &str) -> Natural {
    Natural(pieces(&fold(text)))
}

/// A short sign such as a shelf or a size, in which a Cyrillic letter that looks Latin is the Latin one.
pub fn short(text: &str) -> Natural {
    Natural(pieces(&latin(&fold(text))))
}

/// Letters of small Cyrillic that nobody can tell from Latin in capitals.
pub fn latin(text: &str) -> String {
    text.chars()
        .map(|letter| match letter {
            'а' => 'a',
            'в' => 'b',
            'е' => 'e',
            'к' => 'k',
            'м' => 'm',
            'н' => 'h',
            'о' => 'o',
            'р' => 'p',
            'с' => 'c',
            'т' => 't',
            'у' => 'y',
            'х' => 'x',
            other => other,
        })
        .collect()
}

fn pieces(text: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let digits = first.is_ascii_digit();
        let end = rest
            .find(|sign: char| sign.is_ascii_digit() != digits)
            .unwrap_or(rest.len());
        let (piece, after) = rest.split_at(end);
        pieces.push(if digits {
            let bare = piece.trim_start_matches('0');
            Piece::Number(bare.len(), bare.to_owned())
        } else {
            Piece::Text(piece.to_owned())
        });
        rest = after;
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_count_and_case_does_not() {
        assert!(text("A-2") < text("a-10"));
        assert!(text("9") < text("10000000000000000000000000"));
        assert_eq!(text("Ёлка  5"), text("елка 05"));
        assert!(text("") < text("1"));
    }

    #[test]
    fn a_cyrillic_shelf_is_the_latin_one() {
        assert_eq!(short("А-1"), short("a-1"));
        assert_ne!(text("А-1"), text("a-1"));
    }
}
