//! Numbering plans: Kazakhstan's from the tables in `facts/`, its neighbours' by their rules, others by the open metadata.
//! Refuses to see a text.

use super::{PhoneKind, PhoneProblem};
use std::collections::HashMap;
use std::sync::LazyLock;

const MOBILE: &str = include_str!("../../../../facts/kz_phone_mobile_prefixes.csv");
const FIXED: &str = include_str!("../../../../facts/kz_phone_fixed_prefixes.csv");

/// What digits are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// With the country's code.
    pub digits: String,
    pub kind: PhoneKind,
    pub country: Option<String>,
    pub operator: Option<&'static str>,
    pub region: Option<&'static str>,
    pub problem: Option<PhoneProblem>,
}

struct Prefixes {
    mobile: HashMap<&'static str, &'static str>,
    fixed: HashMap<&'static str, &'static str>,
}

fn prefixes() -> &'static Prefixes {
    static PREFIXES: LazyLock<Prefixes> = LazyLock::new(|| {
        let column = |line: &'static str, place: usize| line.split(',').nth(place);
        let mobile = MOBILE
            .lines()
            .skip(1)
            .filter_map(|line| Some((column(line, 0)?, column(line, 2)?)))
            .collect();
        let fixed = FIXED.lines().skip(1).filter_map(|line| {
            let name = line.strip_suffix('"').and_then(|line| line.rsplit('"').next());
            Some((column(line, 0)?, name.or_else(|| line.rsplit(',').next())?))
        });
        Prefixes {
            mobile,
            fixed: fixed.collect(),
        }
    });
    &PREFIXES
}

fn longest(table: &HashMap<&'static str, &'static str>, digits: &str) -> Option<&'static str> {
    (2..=6)
        .rev()
        .find_map(|length| table.get(digits.get(..length)?))
        .copied()
}

/// Reads digits as a number; `lone` says that they stand without separators. None when they are no number at all.
pub fn read(digits: &str, has_plus: bool, lone: bool) -> Option<Entry> {
    let length = digits.len();
    if has_plus {
        return Some(abroad(digits));
    }
    let first = digits.chars().next()?;
    match (length, first) {
        (11, '8' | '7') => {
            let national = digits.get(1..)?;
            let entry = seven(national);
            entry.problem.is_none().then_some(entry)
        }
        // Without the country's code: prefixes of mobiles, or of towns when written apart.
        (10, '7' | '9') => {
            let entry = seven(digits);
            let near = entry.country.as_deref() == Some("KZ") || !lone;
            (entry.problem.is_none() && near && (entry.kind == PhoneKind::Mobile || !lone)).then_some(entry)
        }
        (12, '9') if !is_personal_number(digits) => {
            let entry = abroad(digits);
            (entry.problem.is_none() && (digits.starts_with("998") || digits.starts_with("996")))
                .then_some(entry)
        }
        // International access: 00 7 701 …, 8 10 998 …
        (13.., '0') => digits
            .strip_prefix("00")
            .map(abroad)
            .filter(|entry| entry.problem.is_none()),
        (14.., '8') => digits
            .strip_prefix("810")
            .map(abroad)
            .filter(|entry| entry.problem.is_none()),
        _ => None,
    }
}

/// Twelve digits that begin with a date are a person's or a firm's number.
fn is_personal_number(digits: &str) -> bool {
    let part = |from: usize| {
        digits
            .get(from..from + 2)
            .and_then(|part| part.parse::<u8>().ok())
            .unwrap_or(0)
    };
    (1..=12).contains(&part(2)) && (1..=71).contains(&part(4))
}

fn entry(digits: String, kind: PhoneKind, country: Option<&str>, problem: Option<PhoneProblem>) -> Entry {
    Entry {
        digits,
        kind,
        country: country.map(str::to_owned),
        operator: None,
        region: None,
        problem,
    }
}

/// Kazakhstan and Russia share the code 7: ten digits after it.
fn seven(national: &str) -> Entry {
    let digits = format!("7{national}");
    let start = national.chars().next().unwrap_or('0');
    if start == '7' || start == '6' {
        let tables = prefixes();
        if let Some(operator) = longest(&tables.mobile, national) {
            return Entry {
                operator: Some(operator),
                ..entry(digits, PhoneKind::Mobile, Some("KZ"), None)
            };
        }
        if let Some(region) = longest(&tables.fixed, national) {
            return Entry {
                region: Some(region),
                ..entry(digits, PhoneKind::Fixed, Some("KZ"), None)
            };
        }
        return entry(
            digits,
            PhoneKind::Unknown,
            Some("KZ"),
            Some(PhoneProblem::UnknownPrefix),
        );
    }
    match start {
        '9' => entry(digits, PhoneKind::Mobile, Some("RU"), None),
        '8' if national.starts_with("800080") => entry(digits, PhoneKind::TollFree, Some("KZ"), None),
        '8' if national.starts_with("800") => entry(digits, PhoneKind::TollFree, Some("RU"), None),
        '3' | '4' | '8' => entry(digits, PhoneKind::Fixed, Some("RU"), None),
        _ => entry(
            digits,
            PhoneKind::Unknown,
            None,
            Some(PhoneProblem::UnknownPrefix),
        ),
    }
}

/// Digits after a plus.
fn abroad(digits: &str) -> Entry {
    if let Some(national) = digits.strip_prefix('7') {
        return match national.len() {
            10 => seven(national),
            length => {
                let problem = if length < 10 {
                    PhoneProblem::TooShort
                } else {
                    PhoneProblem::TooLong
                };
                entry(digits.to_owned(), PhoneKind::Unknown, None, Some(problem))
            }
        };
    }
    // Written with the trunk 8 by mistake: +8 701 …
    if let Some(national) = digits.strip_prefix('8')
        && national.len() == 10
        && national.starts_with('7')
    {
        return seven(national);
    }
    for (code, country, mobile) in [("998", "UZ", UZBEK_MOBILE), ("996", "KG", KYRGYZ_MOBILE)] {
        if let Some(national) = digits.strip_prefix(code) {
            let kind = if mobile.iter().any(|prefix| national.starts_with(prefix)) {
                PhoneKind::Mobile
            } else {
                PhoneKind::Fixed
            };
            let problem = match national.len() {
                9 => None,
                0..9 => Some(PhoneProblem::TooShort),
                _ => Some(PhoneProblem::TooLong),
            };
            return entry(digits.to_owned(), kind, Some(country), problem);
        }
    }
    elsewhere(digits)
}

const UZBEK_MOBILE: &[&str] = &["9", "33", "50", "55", "77", "88", "20", "87"];
const KYRGYZ_MOBILE: &[&str] = &["2", "5", "7", "9"];

fn elsewhere(digits: &str) -> Entry {
    let unknown = |problem| entry(digits.to_owned(), PhoneKind::Unknown, None, Some(problem));
    let Ok(number) = phonenumber::parse(None, format!("+{digits}")) else {
        return unknown(PhoneProblem::UnknownCountry);
    };
    let country = number.country().id().map(|id| format!("{id:?}"));
    if !number.is_valid() {
        let problem = if digits.len() < 10 {
            PhoneProblem::TooShort
        } else {
            PhoneProblem::UnknownPrefix
        };
        return Entry {
            country,
            ..unknown(problem)
        };
    }
    let kind = match number.number_type(&phonenumber::metadata::DATABASE) {
        phonenumber::Type::Mobile | phonenumber::Type::FixedLineOrMobile => PhoneKind::Mobile,
        phonenumber::Type::FixedLine => PhoneKind::Fixed,
        phonenumber::Type::TollFree => PhoneKind::TollFree,
        _ => PhoneKind::Unknown,
    };
    Entry {
        country,
        ..entry(digits.to_owned(), kind, None, None)
    }
}

/// A number with hidden digits as far as it is known: `+77*******12`. None when it cannot be one.
pub fn masked(digits: &str, has_plus: bool) -> Option<String> {
    let hidden = digits.chars().filter(|sign| *sign == '*').count();
    let length = digits.len();
    let shown = length - hidden;
    if hidden < 2 || shown == 0 {
        return None;
    }
    match (length, digits.chars().next()?) {
        (11, '7' | '8') if !has_plus || digits.starts_with('7') => Some(format!("+7{}", digits.get(1..)?)),
        (10, '7') if !has_plus => Some(format!("+7{digits}")),
        (11..=15, _) if has_plus => Some(format!("+{digits}")),
        _ => None,
    }
}
