//! A message as words, numbers and signs with what they mark: digits, words of numbers and thousands become one number.
//! Refuses to say what a number is of.

use super::fold::{Piece, Token, fold};
use super::glossary::Groups;
use super::marks::{Marks, marks};
use super::quick::QuickMap;
use std::sync::LazyLock;

const NUMBERS: &str = include_str!("../../data/numbers.txt");
const TEN: &str = include_str!("../../data/number-ten.txt");

/// One thing of a message in order.
#[derive(Debug, Clone, Copy)]
pub enum Item<'a> {
    Word(&'a Token, Groups),
    Number(Number),
    Sign(&'a Token),
}

/// A number of the message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Number {
    /// In hundredths: 25.5 is 2550.
    pub hundredths: i64,
    /// Had a point or a comma.
    pub has_part: bool,
    /// Digits as typed; 0 for a number in words.
    pub digits: usize,
    pub start: usize,
    pub end: usize,
}

impl Number {
    /// The whole number, when it is one.
    pub const fn whole(self) -> Option<i64> {
        if self.hundredths % 100 == 0 {
            Some(self.hundredths / 100)
        } else {
            None
        }
    }
}

struct Words {
    values: QuickMap<String, i64>,
    ten: String,
}

fn words() -> &'static Words {
    static WORDS: LazyLock<Words> = LazyLock::new(|| {
        let mut values = QuickMap::default();
        for (value, words) in NUMBERS.lines().filter_map(|line| line.split_once(':')) {
            if let Ok(value) = value.parse::<i64>() {
                for word in words.split_whitespace() {
                    values.insert(fold(word), value);
                }
            }
        }
        Words {
            values,
            ten: TEN.lines().last().map(fold).unwrap_or_default(),
        }
    });
    &WORDS
}

/// Reads tokens as items.
pub fn items<'a>(tokens: &'a [Token]) -> Vec<Item<'a>> {
    let (marks, words) = (marks(), words());
    let mut items: Vec<Item<'a>> = Vec::with_capacity(tokens.len());
    let mut place = 0;
    while let Some(token) = tokens.get(place) {
        let rest = tokens.get(place..).unwrap_or_default();
        let (item, used) = match token.piece {
            Piece::Sign => (Item::Sign(token), 1),
            Piece::Number => digits(rest, marks),
            Piece::Word => words
                .number(rest, marks)
                .unwrap_or((Item::Word(token, marks.of(token)), 1)),
        };
        items.push(item);
        place += used.max(1);
    }
    items
}

/// `12 500` is one number when money or nothing that measures follows; `5 тысяч` is 5000.
fn digits<'a>(tokens: &'a [Token], marks: &Marks) -> (Item<'a>, usize) {
    let Some(first) = tokens.first() else {
        return (empty(), 1);
    };
    let mut number = Number {
        hundredths: hundredths(&first.text),
        has_part: first.text.contains(['.', ',']),
        digits: first.text.bytes().filter(u8::is_ascii_digit).count(),
        start: first.start,
        end: first.end,
    };
    let mut used = 1;
    while let Some(next) = tokens.get(used) {
        let group = next.piece == Piece::Number && next.text.len() == 3 && next.start == number.end + 1;
        let money = next.text.ends_with("00")
            || tokens
                .get(used + 1)
                .is_some_and(|unit| marks.of(unit).has(marks.tenge));
        if !group || !money || number.has_part || first.text.len() > 3 {
            break;
        }
        number.hundredths = number
            .hundredths
            .saturating_mul(1000)
            .saturating_add(hundredths(&next.text));
        number.digits += 3;
        number.end = next.end;
        used += 1;
    }
    if let Some(next) = tokens.get(used)
        && marks.of(next).has(marks.thousand)
        && number.digits <= 3
    {
        number.hundredths = number.hundredths.saturating_mul(1000);
        number.end = next.end;
        used += 1;
    }
    (Item::Number(number), used)
}

const fn empty<'a>() -> Item<'a> {
    Item::Number(Number {
        hundredths: 0,
        has_part: false,
        digits: 0,
        start: 0,
        end: 0,
    })
}

/// Digits with a point or comma in hundredths; more than can be held is as much as can be.
fn hundredths(text: &str) -> i64 {
    let (whole, part) = text.split_once(['.', ',']).unwrap_or((text, ""));
    let whole = whole.parse::<i64>().unwrap_or(i64::MAX / 1000);
    let part = match part.len() {
        0 => 0,
        1 => part.parse::<i64>().unwrap_or(0) * 10,
        _ => part.parse::<i64>().unwrap_or(0),
    };
    whole.saturating_mul(100).saturating_add(part)
}

impl Words {
    fn value(&self, tokens: &[Token], place: usize) -> Option<i64> {
        let token = tokens.get(place).filter(|token| token.piece == Piece::Word)?;
        if token.key == self.ten {
            // Ten in Kazakh, "he" in Russian: a number when a unit from one to nine follows.
            let next = tokens.get(place + 1).and_then(|next| self.values.get(&next.key));
            return next.filter(|value| (1..=9).contains(*value)).map(|_| 10);
        }
        self.values.get(&token.key).copied()
    }

    /// The number that words at the start of tokens say; one ends where the next cannot belong to it (`сто шестьдесят пять
    /// шестьдесят` are two).
    fn number<'a>(&self, tokens: &'a [Token], marks: &Marks) -> Option<(Item<'a>, usize)> {
        let first = tokens.first()?;
        let mut sum = 0_i64;
        let mut below = 1000_i64;
        let mut used = 0;
        while let Some(value) = self.value(tokens, used) {
            let multiplies = value == 100 && (1..=9).contains(&sum);
            if multiplies {
                sum *= 100;
                below = 100;
            } else if value < below && (used == 0 || value > 0) {
                sum += value;
                below = match value {
                    100.. => 100,
                    20.. => 10,
                    10 if self.is_ten(tokens, used) => 10,
                    _ => 1,
                };
            } else {
                break;
            }
            used += 1;
        }
        if used == 0 {
            return None;
        }
        if tokens
            .get(used)
            .is_some_and(|next| marks.of(next).has(marks.thousand) && next.text.len() > 2)
        {
            sum = sum.saturating_mul(1000);
            used += 1;
        }
        let end = tokens.get(used - 1).map_or(first.end, |token| token.end);
        let number = Number {
            hundredths: sum.saturating_mul(100),
            has_part: false,
            digits: 0,
            start: first.start,
            end,
        };
        Some((Item::Number(number), used))
    }

    fn is_ten(&self, tokens: &[Token], place: usize) -> bool {
        tokens.get(place).is_some_and(|token| token.key == self.ten)
    }
}

#[cfg(test)]
mod tests {
    use super::super::fold::tokens;
    use super::*;

    fn numbers(text: &str) -> Vec<i64> {
        let tokens = tokens(text);
        items(&tokens)
            .iter()
            .filter_map(|item| match item {
                Item::Number(number) => Some(number.hundredths),
                Item::Word(..) | Item::Sign(_) => None,
            })
            .collect()
    }

    #[test]
    fn words_and_digits_become_numbers() {
        for (text, wanted) in [
            ("рост сто шестьдесят пять вес шестьдесят", vec![16_500, 6_000]),
            ("сто шестьдесят пять шестьдесят два", vec![16_500, 6_200]),
            ("бойым жүз жетпіс бес, салмағым алпыс екі", vec![17_500, 6_200]),
            ("екі жүз", vec![20_000]),
            ("он бес", vec![1_500]),
            ("он пришёл", vec![]),
            ("12 500 тг", vec![1_250_000]),
            ("165 60", vec![16_500, 6_000]),
            ("5 тысяч", vec![500_000]),
            ("пять тысяч", vec![500_000]),
            ("10к", vec![1_000_000]),
            ("25,5", vec![2_550]),
        ] {
            assert_eq!(numbers(text), wanted, "{text}");
        }
    }
}
