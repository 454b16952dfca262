//! Every phone number of a text, as E.164, with its kind. Refuses to guess hidden digits and to take prices, order codes, cards,
//! personal numbers, dates and addresses of machines for phones.

mod plan;
mod scan;

use scan::Run;
use serde::Serialize;

/// What a number is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PhoneKind {
    Mobile,
    Fixed,
    /// Calls are free for the caller.
    TollFree,
    /// Digits are hidden: nobody can call it.
    Masked,
    /// The plan of its country does not tell.
    Unknown,
}

/// Why a number cannot be called.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PhoneProblem {
    /// Digits are hidden.
    Masked,
    TooShort,
    TooLong,
    /// No operator and no town has this prefix.
    UnknownPrefix,
    UnknownCountry,
}

/// A phone number in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phone {
    /// As written.
    pub text: String,
    /// Bytes of the text.
    pub start: usize,
    pub end: usize,
    /// `+77011234567`; none when digits are hidden or the number is none.
    pub e164: Option<String>,
    pub kind: PhoneKind,
    /// Two letters: `KZ`, `RU`.
    pub country: Option<String>,
    /// Who gave the number out. Numbers are taken along to other operators since 2016, so this is no proof.
    pub operator: Option<&'static str>,
    /// The place of a fixed number.
    pub region: Option<&'static str>,
    pub extension: Option<String>,
    /// With stars, as far as digits are known.
    pub masked: Option<String>,
    pub problem: Option<PhoneProblem>,
}

impl Phone {
    /// Whether it can be called.
    pub const fn is_valid(&self) -> bool {
        self.problem.is_none()
    }
}

/// Finds the phone numbers of a text, in order.
pub fn find(text: &str) -> Vec<Phone> {
    let mut phones = Vec::new();
    // Most texts have too few digits for any number.
    let digits = text
        .chars()
        .filter(|sign| sign.is_ascii_digit() || scan::is_mask(*sign) || scan::is_letter_mask(*sign))
        .take(7)
        .count();
    if digits < 7 {
        return phones;
    }
    for run in scan::runs(text) {
        read(text, &run, &mut phones);
    }
    phones
}

fn read(text: &str, run: &Run, phones: &mut Vec<Phone>) {
    if run.is_machine_address() {
        return;
    }
    let mut place = 0;
    while place < run.groups.len() {
        match best(text, run, place) {
            Some((found, next)) => {
                phones.push(found);
                place = next;
            }
            None => place += 1,
        }
    }
}

/// The number that begins at a group: a valid one, else a masked one, else a broken one that has its plus.
fn best(text: &str, run: &Run, place: usize) -> Option<(Phone, usize)> {
    let first = run.groups.get(place)?;
    if !scan::may_begin(text, first) {
        return None;
    }
    let mut digits = String::new();
    let mut broken = None;
    for (next, group) in run.groups.iter().enumerate().skip(place) {
        if next > place && group.has_plus {
            break;
        }
        digits.push_str(&group.digits);
        let length = digits.chars().count();
        if length > 15 {
            break;
        }
        if !(7..=15).contains(&length) {
            continue;
        }
        let end = group.end;
        // `998 90 123 45 67` is no Russian mobile with two digits left over.
        let goes_on = run
            .groups
            .get(next + 1)
            .is_some_and(|further| further.is_near && !further.has_plus);
        if length == 10 && !first.has_plus && digits.starts_with('9') && goes_on {
            continue;
        }
        if digits.contains('*') {
            let whole = run
                .groups
                .get(next + 1)
                .is_none_or(|further| further.has_plus || !further.is_near);
            if let Some(masked) = plan::masked(&digits, first.has_plus)
                && whole
            {
                let found = phone(text, first.begin(), end, |found| {
                    found.kind = PhoneKind::Masked;
                    found.masked = Some(masked);
                    found.problem = Some(PhoneProblem::Masked);
                });
                return Some((found, next + 1));
            }
            continue;
        }
        let lone = next == place;
        let entry = match plan::read(&digits, first.has_plus, lone) {
            Some(entry) => entry,
            None => continue,
        };
        if !first.has_plus && scan::is_other_number(text, first.start, end, lone && length == 10) {
            return None;
        }
        let (extension, stop) = scan::extension(text, end);
        let problem = entry.problem;
        let found = phone(text, first.begin(), stop, |found| {
            found.e164 = problem.is_none().then(|| format!("+{}", entry.digits));
            found.kind = entry.kind;
            found.country = entry.country;
            found.operator = entry.operator;
            found.region = entry.region;
            found.extension = extension;
            found.problem = problem;
        });
        if problem.is_none() {
            let passed = run
                .groups
                .iter()
                .skip(next + 1)
                .take_while(|group| group.start < stop)
                .count();
            return Some((found, next + 1 + passed));
        }
        broken = Some((found, next + 1));
    }
    broken
}

fn phone(text: &str, start: usize, end: usize, fill: impl FnOnce(&mut Phone)) -> Phone {
    let mut found = Phone {
        text: text.get(start..end).unwrap_or_default().trim().to_owned(),
        start,
        end,
        e164: None,
        kind: PhoneKind::Unknown,
        country: None,
        operator: None,
        region: None,
        extension: None,
        masked: None,
        problem: None,
    };
    fill(&mut found);
    found
}
