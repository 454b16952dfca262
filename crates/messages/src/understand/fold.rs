//! One spelling for what people type in three alphabets: words, numbers and signs of a message. Refuses to know meanings.

/// What a piece of a message is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Piece {
    Word,
    /// Digits, possibly with one point or comma inside.
    Number,
    /// A sign that is no letter and no digit: `?`, `/`, a smiley.
    Sign,
}

/// A piece of a message with its place.
#[derive(Debug, Clone)]
pub struct Token {
    pub piece: Piece,
    /// As typed, in small letters.
    pub text: String,
    /// In one alphabet: Kazakh letters as their Russian neighbours, Latin transliterated, doubled letters single.
    pub key: String,
    /// Bytes of the message.
    pub start: usize,
    pub end: usize,
    /// Written in Latin letters alone.
    pub latin: bool,
    /// Has a letter that only Kazakh has.
    pub kazakh: bool,
}

/// Splits a message into words, numbers and signs.
pub fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::with_capacity(text.len() / 8 + 2);
    let mut signs = text.char_indices().peekable();
    while let Some((start, sign)) = signs.next() {
        if sign.is_whitespace() || is_joiner(sign) {
            continue;
        }
        let mut end = start + sign.len_utf8();
        if sign.is_alphabetic() {
            while let Some((place, next)) = signs.peek().copied() {
                if !(next.is_alphabetic() || is_mark(next)) {
                    break;
                }
                end = place + next.len_utf8();
                signs.next();
            }
            tokens.push(word(text.get(start..end).unwrap_or_default(), start, end));
        } else if sign.is_ascii_digit() {
            end = number_end(text, start);
            while signs.next_if(|(place, _)| *place < end).is_some() {}
            tokens.push(plain(Piece::Number, text, start, end));
        } else {
            tokens.push(plain(Piece::Sign, text, start, end));
        }
    }
    tokens
}

/// Where digits end; one point or comma between digits belongs to them (`25,5`), a second one does not (`192.168.0.1`).
fn number_end(text: &str, start: usize) -> usize {
    let rest = text.get(start..).unwrap_or_default();
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let whole = digits(rest);
    let Some(after) = rest.get(whole..) else {
        return start + whole;
    };
    if !after.starts_with(['.', ',']) {
        return start + whole;
    }
    let part = digits(after.get(1..).unwrap_or_default());
    let further = after.get(1 + part..).unwrap_or_default();
    let again = further.starts_with(['.', ',']) && digits(further.get(1..).unwrap_or_default()) > 0;
    if part == 0 || part > 2 || again {
        start + whole
    } else {
        start + whole + 1 + part
    }
}

fn plain(piece: Piece, text: &str, start: usize, end: usize) -> Token {
    let text = text.get(start..end).unwrap_or_default();
    Token {
        piece,
        text: text.to_owned(),
        key: text.replace(',', "."),
        start,
        end,
        latin: false,
        kazakh: false,
    }
}

fn word(typed: &str, start: usize, end: usize) -> Token {
    let text: String = typed
        .chars()
        .filter(|sign| !is_mark(*sign))
        .flat_map(char::to_lowercase)
        .collect();
    let latin = text.chars().all(|sign| sign.is_ascii_alphabetic());
    let kazakh = text.chars().any(is_kazakh);
    let key = fold(&text);
    Token {
        piece: Piece::Word,
        text,
        key,
        start,
        end,
        latin,
        kazakh,
    }
}

/// Zero-width signs and variation marks that keyboards put between smileys.
fn is_joiner(sign: char) -> bool {
    matches!(sign, '\u{200b}'..='\u{200f}' | '\u{fe0e}' | '\u{fe0f}' | '\u{feff}' | '\u{1f3fb}'..='\u{1f3ff}')
}

/// Accents typed as signs of their own, and soft hyphens.
fn is_mark(sign: char) -> bool {
    matches!(sign, '\u{0300}'..='\u{036f}' | '\u{00ad}')
}

/// Letters that only Kazakh has.
pub fn is_kazakh(sign: char) -> bool {
    matches!(sign, 'ә' | 'ғ' | 'қ' | 'ң' | 'ө' | 'ұ' | 'ү' | 'һ' | 'і')
}

fn is_cyrillic(sign: char) -> bool {
    ('\u{0400}'..='\u{04ff}').contains(&sign)
}

/// A word in small letters in the one alphabet.
pub fn fold(text: &str) -> String {
    let cyrillic = text.chars().filter(|sign| is_cyrillic(*sign)).count();
    let latin = text.chars().filter(char::is_ascii_alphabetic).count();
    let mut folded = Folded {
        text: String::with_capacity(text.len() + 4),
        last: ' ',
    };
    let mut signs = text.chars().peekable();
    while let Some(sign) = signs.next() {
        if sign.is_ascii_alphabetic() {
            if cyrillic >= latin {
                folded.push(look_alike(sign));
            } else {
                let next = signs.peek().copied().unwrap_or(' ');
                if let Some(letter) = pair(sign, next) {
                    signs.next();
                    folded.push(letter);
                } else {
                    folded.push(single(sign));
                }
            }
        } else {
            folded.push(neighbour(sign));
        }
    }
    folded.text
}

struct Folded {
    text: String,
    last: char,
}

impl Folded {
    fn push(&mut self, letter: char) {
        if letter != ' ' && letter != self.last {
            self.text.push(letter);
            self.last = letter;
        }
    }
}

/// A Cyrillic letter as its nearest Russian one; what is typed one for another is one. A blank is no letter.
fn neighbour(sign: char) -> char {
    match sign {
        'ә' => 'а',
        'ғ' => 'г',
        'қ' => 'к',
        'ң' => 'н',
        'ө' => 'о',
        'ұ' | 'ү' => 'у',
        'һ' => 'х',
        'і' | 'ы' | 'й' => 'и',
        'ё' | 'э' => 'е',
        'щ' => 'ш',
        'ъ' | 'ь' => ' ',
        other => other,
    }
}

/// A Latin letter inside of a Cyrillic word is the letter that looks like it.
fn look_alike(sign: char) -> char {
    match sign {
        'c' => 'с',
        'p' => 'р',
        'x' => 'х',
        'y' => 'у',
        'b' => 'в',
        other => single(other),
    }
}

fn pair(first: char, second: char) -> Option<char> {
    match (first, second) {
        ('s' | 'c', 'h') => Some(if first == 's' { 'ш' } else { 'ч' }),
        ('z', 'h') => Some('ж'),
        ('k' | 'g', 'h') => Some(if first == 'k' { 'х' } else { 'г' }),
        ('y' | 'i', 'a') => Some('я'),
        ('y' | 'i', 'u') => Some('ю'),
        ('y', 'o') | ('y', 'e') => Some('е'),
        ('t', 's') => Some('ц'),
        ('a', 'e') => Some('а'),
        ('n', 'g') => Some('н'),
        _ => None,
    }
}

fn single(sign: char) -> char {
    match sign {
        'a' => 'а',
        'b' => 'б',
        'c' | 's' => 'с',
        'd' => 'д',
        'e' => 'е',
        'f' => 'ф',
        'g' => 'г',
        'h' | 'x' => 'х',
        'i' | 'y' => 'и',
        'j' => 'ж',
        'k' | 'q' => 'к',
        'l' => 'л',
        'm' => 'м',
        'n' => 'н',
        'o' => 'о',
        'p' => 'п',
        'r' => 'р',
        't' => 'т',
        'u' => 'у',
        'v' => 'в',
        'w' => 'ш',
        'z' => 'з',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(text: &str) -> Vec<String> {
        tokens(text).into_iter().map(|token| token.key).collect()
    }

    #[test]
    fn kazakh_russian_and_latin_typing_meet() {
        for text in [
            "Қанша тұрады?",
            "канша турады?",
            "qansha turady?",
            "kansha turady?",
        ] {
            assert_eq!(keys(text), ["канша", "туради", "?"], "{text}");
        }
        assert_eq!(keys("жоқ jok ЖОК joq"), ["жок"; 4]);
    }

    #[test]
    fn look_alike_letters_and_doubled_ones_do_not_hide_a_word() {
        assert_eq!(
            keys("cкидка рaccрочка расрочка спасибооо"),
            ["скидка", "расрочка", "расрочка", "спасибо"]
        );
    }

    #[test]
    fn numbers_keep_one_part_and_let_go_of_letters() {
        assert_eq!(
            keys("46ға 25,5см 1.75 192.168.0.1 165/60"),
            [
                "46", "га", "25.5", "см", "1.75", "192", ".", "168", ".", "0.1", "165", "/", "60"
            ]
        );
    }

    #[test]
    fn places_are_bytes_of_the_message() {
        let text = "рост 165см👍🏽";
        for token in tokens(text) {
            assert_eq!(text[token.start..token.end].to_lowercase(), token.text);
        }
        assert_eq!(tokens(text).len(), 4);
    }
}
