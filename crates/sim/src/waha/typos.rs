//! How people really type: letters swapped, doubled, left out, Kazakh letters replaced by Russian or Latin ones. Refuses to know meaning.

use crate::random::Stream;

/// Neighbours on a Russian keyboard.
const NEIGHBOURS: [(char, char); 20] = [
    ('а', 'п'),
    ('о', 'л'),
    ('е', 'н'),
    ('и', 'т'),
    ('т', 'ь'),
    ('н', 'г'),
    ('р', 'п'),
    ('с', 'м'),
    ('к', 'у'),
    ('в', 'ы'),
    ('л', 'д'),
    ('м', 'и'),
    ('д', 'л'),
    ('п', 'р'),
    ('у', 'к'),
    ('я', 'ч'),
    ('ы', 'в'),
    ('з', 'щ'),
    ('б', 'ю'),
    ('ж', 'э'),
];

/// What stands in for Kazakh letters on a phone without them.
const PLAIN_KAZAKH: [(char, char); 9] = [
    ('ә', 'а'),
    ('қ', 'к'),
    ('ғ', 'г'),
    ('ң', 'н'),
    ('ө', 'о'),
    ('ү', 'у'),
    ('ұ', 'у'),
    ('і', 'и'),
    ('һ', 'х'),
];

const LATIN: [(char, &str); 40] = [
    ('а', "a"),
    ('ә', "a"),
    ('б', "b"),
    ('в', "v"),
    ('г', "g"),
    ('ғ', "g"),
    ('д', "d"),
    ('е', "e"),
    ('ж', "j"),
    ('з', "z"),
    ('и', "i"),
    ('і', "i"),
    ('й', "i"),
    ('к', "k"),
    ('қ', "q"),
    ('л', "l"),
    ('м', "m"),
    ('н', "n"),
    ('ң', "n"),
    ('о', "o"),
    ('ө', "o"),
    ('п', "p"),
    ('р', "r"),
    ('с', "s"),
    ('т', "t"),
    ('у', "u"),
    ('ү', "u"),
    ('ұ', "u"),
    ('ф', "f"),
    ('х', "h"),
    ('ц', "c"),
    ('ч', "ch"),
    ('ш', "sh"),
    ('щ', "sh"),
    ('ы', "y"),
    ('э', "e"),
    ('ю', "iu"),
    ('я', "ia"),
    ('ь', ""),
    ('ъ', ""),
];

/// Types a text as somebody in a hurry: about one slip in `rate` letters of words. Digits stay right.
pub fn hurried(text: &str, rate: u64, luck: &mut Stream) -> String {
    let letters: Vec<char> = text.chars().collect();
    let mut typed = String::with_capacity(text.len());
    let mut at = 0;
    while let Some(letter) = letters.get(at).copied() {
        let next = letters.get(at + 1).copied();
        if !letter.is_alphabetic() || luck.below(rate.max(1)) != 0 {
            typed.push(letter);
            at += 1;
            continue;
        }
        match luck.below(4) {
            0 => {}
            1 => typed.extend([letter, letter]),
            2 if next.is_some_and(char::is_alphabetic) => {
                typed.extend(next);
                typed.push(letter);
                at += 1;
            }
            _ => typed.push(
                NEIGHBOURS
                    .iter()
                    .find(|(own, _)| *own == letter)
                    .map_or(letter, |(_, other)| *other),
            ),
        }
        at += 1;
    }
    typed
}

/// Kazakh on a Russian keyboard.
pub fn plain_kazakh(text: &str) -> String {
    text.chars()
        .map(|letter| {
            let folded = PLAIN_KAZAKH.iter().find(|(own, _)| *own == letter);
            folded.map_or(letter, |(_, other)| *other)
        })
        .collect()
}

/// In Latin letters, as the young write.
pub fn latin(text: &str) -> String {
    let mut typed = String::with_capacity(text.len());
    for letter in text.to_lowercase().chars() {
        match LATIN.iter().find(|(own, _)| *own == letter) {
            Some((_, other)) => typed.push_str(other),
            None => typed.push(letter),
        }
    }
    typed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_survive_haste_and_letters_do_not_always() {
        let mut luck = Stream::new(1, 2, 3);
        let text = "рост 165 вес 60, размер 46";
        let mut changed = 0;
        for _ in 0..200 {
            let typed = hurried(text, 6, &mut luck);
            let digits: String = typed.chars().filter(char::is_ascii_digit).collect();
            assert_eq!(digits, "1656046");
            changed += u32::from(typed != text);
        }
        assert!((150..=200).contains(&changed), "{changed}");
    }

    #[test]
    fn kazakh_is_written_with_the_letters_at_hand() {
        assert_eq!(plain_kazakh("жоқ, өлшемі үлкен"), "жок, олшеми улкен");
        assert_eq!(latin("Иә, жіберіңіз"), "ia, jiberiniz");
    }
}
