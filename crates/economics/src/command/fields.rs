//! Members of a line, read by name and forgiving in form: numbers as text, decimal commas, signs of currency. Refuses members
//! that nobody knows, digits that would be rounded away, and a comma that may part thousands or tiyn.

use super::refusal::Refusal;
use crate::rates::Day;
use crate::words::{meaning, words};
use sauda_kernel::{BasisPoints, Money};
use serde_json::{Map, Value};

const GRAMS: [&str; 3] = ["grams", "weight_g", "weight_grams"];
const KILOS: [&str; 3] = ["weight_kg", "weight", "kg"];

/// An object of the line and where it stands.
pub(super) struct Members<'a> {
    path: String,
    all: &'a Map<String, Value>,
}

impl<'a> Members<'a> {
    /// The members of an object, all of whose names are known; a name that begins with `=` is an alias and not told.
    pub(super) fn read(path: &str, value: &'a Value, known: &[&str]) -> Result<Self, Refusal> {
        let Value::Object(all) = value else {
            return Err(Refusal::wrong(path, value, "an object"));
        };
        let members = Self {
            path: path.to_owned(),
            all,
        };
        for name in all.keys() {
            if !known.iter().any(|one| one.trim_start_matches('=') == name) {
                let names: Vec<&str> = known
                    .iter()
                    .copied()
                    .filter(|one| !one.starts_with('='))
                    .collect();
                return Err(Refusal::unknown(&members.at(name), &names));
            }
        }
        Ok(members)
    }

    pub(super) fn at(&self, name: &str) -> String {
        if self.path.is_empty() {
            name.to_owned()
        } else {
            format!("{}.{name}", self.path)
        }
    }

    /// The one of these names that is given and not empty. Two names of one thing may not both be given, unless they agree.
    pub(super) fn get(&self, names: &[&str]) -> Result<Option<(String, &'a Value)>, Refusal> {
        let mut found: Option<(&str, &'a Value)> = None;
        for name in names {
            let Some(value) = self.all.get(*name) else {
                continue;
            };
            if value.is_null() || value.as_str().is_some_and(|text| text.trim().is_empty()) {
                continue;
            }
            match found {
                Some((first, told)) if told != value => {
                    return Err(Refusal::both(&self.at(name), &self.at(first)));
                }
                Some(_) => {}
                None => found = Some((name, value)),
            }
        }
        Ok(found.map(|(name, value)| (self.at(name), value)))
    }

    /// A number with at most so many digits behind the point, as a whole number of the last of them.
    pub(super) fn decimal(&self, names: &[&str], digits: u32, wanted: &str) -> Result<Option<i64>, Refusal> {
        let Some((path, value)) = self.get(names)? else {
            return Ok(None);
        };
        match decimal_of(value, digits) {
            Some(number) => Ok(Some(number)),
            None => Err(Refusal::wrong(&path, value, wanted)),
        }
    }

    /// A sum in hundredths, of any currency.
    pub(super) fn sum(&self, names: &[&str], wanted: &str) -> Result<Option<i64>, Refusal> {
        self.unmistakable(names)?;
        self.decimal(names, 2, wanted)
    }

    /// Tenge with tiyn.
    pub(super) fn money(&self, names: &[&str]) -> Result<Option<Money>, Refusal> {
        let wanted = "a sum in tenge, such as 1250 or 1250.50";
        Ok(self.sum(names, wanted)?.map(Money::from_tiyn))
    }

    pub(super) fn whole(&self, names: &[&str], wanted: &str) -> Result<Option<i64>, Refusal> {
        self.unmistakable(names)?;
        self.decimal(names, 0, wanted)
    }

    /// Refuses `6,500`.
    fn unmistakable(&self, names: &[&str]) -> Result<(), Refusal> {
        match self.get(names)? {
            Some((path, value)) => unmistakable(&path, value),
            None => Ok(()),
        }
    }

    /// `<name>_pct` in percent or `<name>_bp` in basis points.
    pub(super) fn share(&self, name: &str, aliases: &[&str]) -> Result<Option<BasisPoints>, Refusal> {
        let (percent, points) = (format!("{name}_pct"), format!("{name}_bp"));
        let mut names = vec![percent.as_str()];
        names.extend(aliases);
        let percent_told =
            self.decimal(&names, 2, "a percentage with at most two digits behind the point")?;
        let points_told = self.whole(&[points.as_str()], "whole basis points")?;
        if percent_told.is_some() && points_told.is_some() {
            return Err(Refusal::both(&self.at(&points), &self.at(&percent)));
        }
        let Some(told) = percent_told.or(points_told) else {
            return Ok(None);
        };
        let field = self.at(if percent_told.is_some() { &percent } else { &points });
        match i32::try_from(told) {
            Ok(share) if (0..=100_000).contains(&share) => Ok(Some(BasisPoints(share))),
            _ => Err(Refusal::new(
                "wrong-value",
                Some(&field),
                format!("{field} is {told} basis points"),
                "give 0 to 1000 percent",
            )),
        }
    }

    pub(super) fn text(&self, names: &[&str]) -> Result<Option<String>, Refusal> {
        let Some((path, value)) = self.get(names)? else {
            return Ok(None);
        };
        match value {
            Value::String(text) => Ok(Some(text.trim().to_owned())),
            Value::Number(number) => Ok(Some(number.to_string())),
            _ => Err(Refusal::wrong(&path, value, "text")),
        }
    }

    pub(super) fn flag(&self, names: &[&str]) -> Result<Option<bool>, Refusal> {
        let Some((path, value)) = self.get(names)? else {
            return Ok(None);
        };
        flag_of(value)
            .map(Some)
            .ok_or_else(|| Refusal::wrong(&path, value, "true or false"))
    }

    pub(super) fn day(&self, names: &[&str]) -> Result<Option<Day>, Refusal> {
        let Some((path, value)) = self.get(names)? else {
            return Ok(None);
        };
        let read = value.as_str().and_then(Day::parse);
        read.map(Some)
            .ok_or_else(|| Refusal::wrong(&path, value, "a day such as 2026-11-20"))
    }

    /// Weight of a parcel in grams: more than nothing.
    pub(super) fn parcel_grams(&self) -> Result<Option<i64>, Refusal> {
        let grams = self.grams()?;
        if grams.is_none_or(|grams| grams > 0) {
            return Ok(grams);
        }
        for names in [&GRAMS[..], &KILOS[..]] {
            if let Some((path, value)) = self.get(names)? {
                return Err(Refusal::wrong(&path, value, "a weight of more than 0"));
            }
        }
        Ok(grams)
    }

    /// Weight in grams: `grams`, or kilograms with three digits.
    pub(super) fn grams(&self) -> Result<Option<i64>, Refusal> {
        let grams = self.whole(&GRAMS, "whole grams")?;
        let kilos = self.get(&KILOS)?;
        let Some((path, value)) = kilos else {
            return Ok(grams);
        };
        if grams.is_some() {
            return Err(Refusal::both(&path, &self.at("grams")));
        }
        let text = value.as_str().map(str::to_lowercase).unwrap_or_default();
        let unit = text.trim_start_matches(|letter: char| !letter.is_alphabetic());
        let in_grams = meaning("grams", unit).is_some();
        let read = decimal_of(value, if in_grams { 0 } else { 3 });
        read.map(Some).ok_or_else(|| {
            Refusal::wrong(
                &path,
                value,
                "kilograms with at most three digits behind the point",
            )
        })
    }
}

pub(super) fn flag_of(value: &Value) -> Option<bool> {
    match value {
        Value::Bool(flag) => Some(*flag),
        Value::Number(number) => match number.as_i64() {
            Some(0) => Some(false),
            Some(1) => Some(true),
            _ => None,
        },
        Value::String(text) => meaning("flag", text).map(|word| word == "true"),
        _ => None,
    }
}

/// A number or a text with a number as a whole number of its last allowed digit. None when digits would be lost.
pub(super) fn decimal_of(value: &Value, digits: u32) -> Option<i64> {
    let text = match value {
        // The shortest text that gives the number back: what was written, for all sums that can be kept.
        Value::Number(number) => number.to_string(),
        Value::String(text) => text.clone(),
        _ => return None,
    };
    decimal(&text, digits)
}

/// Refuses a text whose only comma has three digits behind it.
pub(super) fn unmistakable(path: &str, value: &Value) -> Result<(), Refusal> {
    let text = value.as_str().unwrap_or_default();
    match two_readings(text) {
        Some((whole, cut)) => Err(Refusal::ambiguous(path, text.trim(), &whole, &cut)),
        None => Ok(()),
    }
}

/// `6,500` as thousands and as a sum with two digits: `6500`, `6,50`. None for what can be read in one way only; no thousands
/// begin with a zero.
pub fn two_readings(text: &str) -> Option<(String, String)> {
    let body = bare(text);
    let (whole, rest) = body.split_once(',')?;
    let only_digits = |part: &str| part.chars().all(|letter| letter.is_ascii_digit());
    let thousands = whole.trim_start_matches(['-', '+']);
    if rest.len() != 3 || !only_digits(rest) || !only_digits(thousands) {
        return None;
    }
    let two = rest.get(..2)?;
    (!thousands.is_empty() && !thousands.starts_with('0'))
        .then(|| (format!("{whole}{rest}"), format!("{whole},{two}")))
}

/// Without signs of currency, spaces and lines under.
fn bare(text: &str) -> String {
    let small = text.trim().to_lowercase().replace('−', "-");
    let mut body = small.as_str();
    for unit in words("unit") {
        body = body.strip_suffix(unit).unwrap_or(body).trim_end();
    }
    body.chars()
        .filter(|letter| !letter.is_whitespace() && *letter != '_')
        .collect()
}

pub(super) fn decimal(text: &str, digits: u32) -> Option<i64> {
    let body = bare(text);
    let (sign, body) = match body.strip_prefix('-') {
        Some(rest) => (-1, rest.to_owned()),
        None => (1, body.strip_prefix('+').unwrap_or(&body).to_owned()),
    };
    // A comma is the point, unless there is a point too: then it divides thousands.
    let body = if body.contains('.') {
        body.replace(',', "")
    } else {
        body.replacen(',', ".", 1)
    };
    let (whole, rest) = body.split_once('.').unwrap_or((&body, ""));
    let rest = rest.trim_end_matches('0');
    let only_digits = |part: &str| part.chars().all(|letter| letter.is_ascii_digit());
    if whole.is_empty() || !only_digits(whole) || !only_digits(rest) {
        return None;
    }
    let places = usize::try_from(digits).ok()?;
    if rest.len() > places {
        return None;
    }
    let padded = format!("{rest:0<places$}");
    let scale = 10_i64.checked_pow(digits)?;
    let behind: i64 = if padded.is_empty() {
        0
    } else {
        padded.parse().ok()?
    };
    let number = whole
        .parse::<i64>()
        .ok()?
        .checked_mul(scale)?
        .checked_add(behind)?;
    Some(sign * number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_are_read_as_people_write_them_and_no_digit_is_rounded_away() {
        assert_eq!(decimal("1 250,50 ₸", 2), Some(125_050));
        assert_eq!(decimal("1,250.5", 2), Some(125_050));
        assert_eq!(decimal("-3", 2), Some(-300));
        assert_eq!(decimal("10,9%", 2), Some(1_090));
        assert_eq!(decimal("12.3456", 2), None);
        assert_eq!(decimal("12.50", 0), None);
        assert_eq!(decimal("12.00", 0), Some(12));
        assert_eq!(
            (decimal("", 2), decimal("ten", 2), decimal("1e5", 0)),
            (None, None, None)
        );
        assert_eq!(decimal("99999999999999999999", 2), None);
    }

    #[test]
    fn three_digits_behind_the_only_comma_of_a_sum_are_read_in_two_ways() {
        let both = |whole: &str, cut: &str| Some((whole.to_owned(), cut.to_owned()));
        assert_eq!(two_readings("6,500"), both("6500", "6,50"));
        assert_eq!(two_readings(" 12,345 ₸"), both("12345", "12,34"));
        assert_eq!(two_readings("-1,000"), both("-1000", "-1,00"));
        assert_eq!(two_readings("1 250,500"), both("1250500", "1250,50"));
        for one in [
            "6500",
            "6,50",
            "6,5",
            "6.500",
            "1,250.50",
            "1,250,000",
            "0,500",
            "6,5000",
            ",500",
            "a,500",
            "6 500",
        ] {
            assert_eq!(two_readings(one), None, "{one}");
        }
    }
}
