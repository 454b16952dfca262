//! Where digits stand in a text, and what stands around them. Refuses to know the plans of countries.

use std::sync::LazyLock;

const WORDS: &str = include_str!("../../data/phone-words.txt");

/// Digits that stand together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// Letters O are 0, hidden digits are stars.
    pub digits: String,
    pub start: usize,
    pub end: usize,
    /// A plus right before; then the number begins one byte earlier.
    pub has_plus: bool,
    /// Where the plus stands.
    plus: usize,
    /// A bracket before belongs to the number.
    bracket: Option<usize>,
    /// At most two separators from the group before.
    pub is_near: bool,
    /// The sign before is a point.
    point: bool,
}

impl Group {
    /// Where the number begins that starts with this group.
    pub fn begin(&self) -> usize {
        if self.has_plus {
            self.plus
        } else {
            self.bracket.unwrap_or(self.start)
        }
    }
}

/// Groups with nothing but separators between them.
#[derive(Debug, Clone, Default)]
pub struct Run {
    pub groups: Vec<Group>,
}

impl Run {
    /// `192.168.1.10`: four numbers under 256 with points between.
    pub fn is_machine_address(&self) -> bool {
        self.groups.len() == 4
            && self.groups.iter().skip(1).all(|group| group.point)
            && self
                .groups
                .iter()
                .all(|group| !group.has_plus && group.digits.parse::<u16>().is_ok_and(|part| part < 256))
    }
}

/// A sign that hides a digit.
pub const fn is_mask(sign: char) -> bool {
    matches!(sign, '*' | '•' | '●' | '∗' | '×')
}

/// A letter that hides a digit when it stands among digits.
pub const fn is_letter_mask(sign: char) -> bool {
    matches!(sign, 'x' | 'X' | 'х' | 'Х' | '_')
}

const fn is_letter_zero(sign: char) -> bool {
    matches!(sign, 'O' | 'o' | 'О' | 'о')
}

const fn is_separator(sign: char) -> bool {
    matches!(
        sign,
        ' ' | '\u{a0}' | '\u{2009}' | '\u{202f}' | '-' | '–' | '—' | '‑' | '−' | '.' | '(' | ')' | '/' | '_'
    )
}

/// The runs of a text.
pub fn runs(text: &str) -> Vec<Run> {
    let signs: Vec<(usize, char)> = text.char_indices().collect();
    let mut runs = Vec::new();
    let mut run = Run::default();
    let mut between = Between::default();
    let mut place = 0;
    while let Some((start, sign)) = signs.get(place).copied() {
        if let Some((digits, used)) = group(signs.get(place..).unwrap_or_default(), !run.groups.is_empty()) {
            let end = signs.get(place + used).map_or(text.len(), |(place, _)| *place);
            if between.separators > 3 || between.plus.is_some() && !run.groups.is_empty() {
                finish(&mut run, &mut runs);
            }
            run.groups.push(Group {
                digits,
                start,
                end,
                has_plus: between.plus.is_some(),
                plus: between.plus.unwrap_or(start),
                bracket: between.bracket,
                is_near: between.separators <= 2,
                point: between.last == Some('.'),
            });
            between = Between::default();
            place += used;
            continue;
        }
        if sign == '+' {
            between.plus = Some(start);
        } else if is_separator(sign) {
            between.add(sign, start);
        } else {
            finish(&mut run, &mut runs);
            between = Between::default();
        }
        place += 1;
    }
    finish(&mut run, &mut runs);
    runs
}

fn finish(run: &mut Run, runs: &mut Vec<Run>) {
    if !run.groups.is_empty() {
        runs.push(std::mem::take(run));
    }
}

/// What stands between two groups.
#[derive(Default)]
struct Between {
    separators: usize,
    plus: Option<usize>,
    bracket: Option<usize>,
    last: Option<char>,
}

impl Between {
    fn add(&mut self, sign: char, place: usize) {
        self.separators += 1;
        self.last = Some(sign);
        if sign == '(' {
            self.bracket = Some(place);
        }
    }
}

/// Digits at the start, letters O among them, and hidden digits; how many signs they take.
fn group(signs: &[(usize, char)], inside: bool) -> Option<(String, usize)> {
    let mut digits = String::new();
    let mut real = 0;
    let mut hidden = 0;
    let mut used = 0;
    while let Some((_, sign)) = signs.get(used).copied() {
        let next = signs.get(used + 1).map(|(_, sign)| *sign);
        let letters = is_letter_mask(sign) && (hidden > 0 || real > 0 || inside);
        if sign.is_ascii_digit() {
            digits.push(sign);
            real += 1;
        } else if is_mask(sign) || letters && (hidden > 0 || next.is_some_and(is_letter_mask)) {
            digits.push('*');
            hidden += 1;
        } else if is_letter_zero(sign)
            && (real > 0 || inside)
            && !next.is_some_and(|next| next.is_alphabetic() && !is_letter_zero(next))
        {
            digits.push('0');
        } else {
            break;
        }
        used += 1;
    }
    let has_digits = real > 0 || hidden > 0;
    (used > 0 && (inside || has_digits)).then_some((digits, used))
}

struct Known {
    extension: Vec<&'static str>,
    money: Vec<&'static str>,
    not_phone: Vec<&'static str>,
    before_glued: Vec<&'static str>,
}

fn known() -> &'static Known {
    static KNOWN: LazyLock<Known> = LazyLock::new(|| {
        let words = |kind: &str| -> Vec<&'static str> {
            let line = WORDS
                .lines()
                .find_map(|line| line.strip_prefix(kind)?.strip_prefix(':'));
            line.unwrap_or_default().split_whitespace().collect()
        };
        Known {
            extension: words("extension"),
            money: words("money"),
            not_phone: words("not_phone"),
            before_glued: words("before_glued"),
        }
    });
    &KNOWN
}

/// Whether a number may begin with this group: not inside of a word or a link that is no link to a messenger.
pub fn may_begin(text: &str, group: &Group) -> bool {
    let before = text.get(..group.begin()).unwrap_or_default();
    let piece = before
        .rsplit(char::is_whitespace)
        .next()
        .unwrap_or_default()
        .to_lowercase();
    let link = piece.contains("://")
        || piece.contains("www.")
        || piece.contains(".kz/")
        || piece.contains(".com/")
        || piece.contains(".ru/");
    if link || piece.contains('/') && piece.contains('.') {
        return ["wa.me/", "phone=", "tel:", "t.me/"]
            .iter()
            .any(|mark| piece.ends_with(mark));
    }
    let word: String = piece
        .chars()
        .rev()
        .take_while(|sign| sign.is_alphabetic())
        .collect();
    let word: String = word.chars().rev().collect();
    let latin = word.chars().any(|sign| sign.is_ascii_alphabetic());
    !latin || group.has_plus || known().before_glued.contains(&word.as_str())
}

/// Money behind, a word of orders or cards before: digits that only look like a number.
pub fn is_other_number(text: &str, start: usize, end: usize, lone_ten: bool) -> bool {
    let after = text
        .get(end..)
        .unwrap_or_default()
        .trim_start_matches([' ', '\u{a0}'])
        .to_lowercase();
    let word: String = after.chars().take_while(|sign| sign.is_alphabetic()).collect();
    if after.starts_with(['₸', '$', '€', '₽']) || known().money.contains(&word.as_str()) {
        return true;
    }
    let before = text.get(..start).unwrap_or_default().to_lowercase();
    let last = before
        .split_whitespace()
        .next_back()
        .unwrap_or_default()
        .trim_end_matches([':', '#', '-', ',', '(']);
    lone_ten && (known().not_phone.contains(&last) || before.trim_end().ends_with(['№', '#']))
}

/// An extension right after a number: `доб. 123`, `#12`. Gives it and where the whole ends.
pub fn extension(text: &str, end: usize) -> (Option<String>, usize) {
    let rest = text.get(end..).unwrap_or_default();
    let skipped = rest.trim_start_matches([' ', ',', '\u{a0}', '(', ';']);
    let word: String = skipped
        .chars()
        .take_while(|sign| sign.is_alphabetic() || *sign == '.')
        .collect();
    let marked = if skipped.starts_with('#') {
        skipped.strip_prefix('#')
    } else if known().extension.contains(&word.to_lowercase().as_str()) {
        skipped.get(word.len()..)
    } else {
        None
    };
    let Some(marked) = marked else {
        return (None, end);
    };
    let behind = marked.trim_start_matches([' ', '.', ':', '\u{a0}', '№']);
    let digits: String = behind.chars().take_while(char::is_ascii_digit).collect();
    if digits.is_empty() || digits.len() > 6 {
        return (None, end);
    }
    let stop = text.len() - behind.len() + digits.len();
    (Some(digits), stop)
}
