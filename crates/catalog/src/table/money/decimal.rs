//! A decimal number read digit by digit; refuses a sign that may be a group or a decimal one.

use super::NumberRefusal;

/// A decimal number with its sign, exactly as written.
pub(super) struct Decimal {
    pub negative: bool,
    pub whole: i64,
    /// The digits after the decimal sign, without zeros at the end.
    pub decimals: String,
}

impl Decimal {
    pub const fn is_whole(&self) -> bool {
        self.decimals.is_empty()
    }

    /// The decimals as a number of so many places; `None` when there are more.
    pub fn fraction(&self, places: usize) -> Option<i64> {
        if self.decimals.len() > places {
            return None;
        }
        format!("{:0<places$}", self.decimals).parse().ok()
    }

    pub fn positive_up_to(&self, most: i64) -> Result<(), NumberRefusal> {
        let zero = self.whole == 0 && self.is_whole();
        match (zero, self.negative) {
            (true, _) => Err(NumberRefusal::Zero),
            (false, true) => Err(NumberRefusal::Negative),
            _ if self.whole > most => Err(NumberRefusal::TooLarge),
            _ => Ok(()),
        }
    }
}

/// Reads a number. Of a number cell of a workbook the point is known to be the decimal sign.
pub(super) fn digits(text: &str, point_is_decimal: bool) -> Result<Decimal, NumberRefusal> {
    let (negative, body) = signed(text.trim());
    if body.is_empty() {
        return Err(NumberRefusal::NotANumber);
    }
    if is_shortened(body) {
        return Err(NumberRefusal::Shortened);
    }
    let (whole, decimals) = split_decimals(body, point_is_decimal)?;
    let whole = ungrouped(whole)?;
    let meaningful = whole.trim_start_matches('0');
    if meaningful.len() > 15 {
        return Err(NumberRefusal::TooLarge);
    }
    let whole = if meaningful.is_empty() {
        0
    } else {
        meaningful.parse().map_err(|_| NumberRefusal::TooLarge)?
    };
    Ok(Decimal {
        negative,
        whole,
        decimals: decimals.trim_end_matches('0').to_owned(),
    })
}

/// Also the way of accountants, who put what is negative in brackets.
fn signed(text: &str) -> (bool, &str) {
    if let Some(inner) = text.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
        return (true, inner.trim());
    }
    match text.strip_prefix(['-', '\u{2212}', '\u{2013}', '\u{2014}']) {
        Some(rest) => (true, rest.trim_start()),
        None => (false, text),
    }
}

/// `1,23E+05`: a table program has put a long number this way, and its last digits are gone.
fn is_shortened(body: &str) -> bool {
    let Some((mantissa, exponent)) = body.split_once(['e', 'E', 'е', 'Е']) else {
        return false;
    };
    let exponent = exponent.trim_start_matches(['+', '-']);
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    is_digits(exponent) && is_digits(&mantissa.replace(['.', ','], ""))
}

fn split_decimals(body: &str, point_is_decimal: bool) -> Result<(&str, &str), NumberRefusal> {
    let (points, commas) = (body.matches('.').count(), body.matches(',').count());
    let cut = match (points, commas) {
        (0, 0) => return Ok((body, "")),
        // Both are there: the last one is the decimal sign, and it stands once.
        (_, 1) if points > 0 && body.rfind(',') > body.rfind('.') => body.rfind(','),
        (1, _) if commas > 0 && body.rfind('.') > body.rfind(',') => body.rfind('.'),
        (1, 0) if point_is_decimal => body.find('.'),
        (1, 0) | (0, 1) => {
            let at = body.find(['.', ',']);
            let (before, after) = at.and_then(|at| body.split_at_checked(at)).unwrap_or((body, ""));
            let group = after.len() == 4 && (1..=3).contains(&before.len()) && !before.starts_with('0');
            if group {
                return Ok((body, ""));
            }
            at
        }
        // Several of one sort are groups.
        (_, 0) | (0, _) => return Ok((body, "")),
        _ => return Err(NumberRefusal::NotANumber),
    };
    let (whole, rest) = cut
        .and_then(|at| body.split_at_checked(at))
        .ok_or(NumberRefusal::NotANumber)?;
    let decimals = rest.get(1..).unwrap_or_default();
    if decimals.is_empty() || !decimals.bytes().all(|byte| byte.is_ascii_digit()) || whole.is_empty() {
        return Err(NumberRefusal::NotANumber);
    }
    Ok((whole, decimals))
}

/// Digits without the signs between groups; the groups after the first have three digits each.
fn ungrouped(whole: &str) -> Result<String, NumberRefusal> {
    let mut digits = String::with_capacity(whole.len());
    let mut groups = Vec::new();
    let mut length = 0_usize;
    let mut separator = None;
    for letter in whole.chars() {
        if letter.is_ascii_digit() {
            digits.push(letter);
            length += 1;
            continue;
        }
        let known = letter.is_whitespace() || matches!(letter, '.' | ',' | '\'' | '’' | '_');
        let sort = if letter.is_whitespace() { ' ' } else { letter };
        if !known || separator.is_some_and(|other| other != sort) {
            return Err(NumberRefusal::NotANumber);
        }
        separator = Some(sort);
        groups.push(length);
        length = 0;
    }
    let first = groups.first().copied();
    groups.push(length);
    let regular =
        groups.iter().skip(1).all(|group| *group == 3) && first.is_none_or(|first| (1..=3).contains(&first));
    if digits.is_empty() || !regular {
        return Err(NumberRefusal::NotANumber);
    }
    Ok(digits)
}
