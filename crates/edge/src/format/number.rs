//! Numbers and money. The same in all three languages.

use super::{MINUS, SPACE};
use sauda_kernel::{BasisPoints, Money, Tenge};

/// Groups the digits of a plain number text: `-38740.5` as `−38 740,5`.
pub fn group(plain: &str) -> String {
    let (sign, digits) = plain.strip_prefix('-').map_or(("", plain), |rest| ("-", rest));
    let (whole, part) = digits
        .split_once('.')
        .map_or((digits, None), |(whole, part)| (whole, Some(part)));
    let letters = whole.chars().count();
    let mut text = String::with_capacity(plain.len() + letters / 3 + 4);
    if !sign.is_empty() {
        text.push(MINUS);
    }
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (letters - place).is_multiple_of(3) {
            text.push(SPACE);
        }
        text.push(digit);
    }
    if let Some(part) = part {
        text.push(',');
        text.push_str(part);
    }
    text
}

/// `2 418`.
pub fn number(count: i64) -> String {
    group(&count.to_string())
}

/// `38 740 ₸`.
pub fn tenge(price: Tenge) -> String {
    format!("{}{SPACE}₸", number(price.get()))
}

/// `38 740`, for columns whose head says the unit.
pub fn tenge_bare(price: Tenge) -> String {
    number(price.get())
}

/// `+250`, `−250`, `0`.
pub fn change(difference: i64) -> String {
    if difference > 0 {
        format!("+{}", number(difference))
    } else {
        number(difference)
    }
}

/// `38 740 ₸`, with tiyn when there are any: `38 740,50 ₸`.
pub fn money(sum: Money) -> String {
    let tiyn = sum.tiyn();
    let (whole, rest) = (tiyn.unsigned_abs() / 100, tiyn.unsigned_abs() % 100);
    let sign = if tiyn < 0 { "-" } else { "" };
    let plain = if rest == 0 {
        format!("{sign}{whole}")
    } else {
        format!("{sign}{whole}.{rest:02}")
    };
    format!("{}{SPACE}₸", group(&plain))
}

fn hundredths(share: i64) -> String {
    let (whole, rest) = (share.unsigned_abs() / 100, share.unsigned_abs() % 100);
    let sign = if share < 0 { "-" } else { "" };
    match (rest, rest % 10) {
        (0, _) => format!("{sign}{whole}"),
        (rest, 0) => format!("{sign}{whole}.{}", rest / 10),
        (rest, _) => format!("{sign}{whole}.{rest:02}"),
    }
}

/// `15,9 %`, `10 %`, `12,34 %`: never rounded.
pub fn share(share: BasisPoints) -> String {
    format!("{}{SPACE}%", group(&hundredths(i64::from(share.0))))
}

/// `+1,5 %`.
pub fn share_change(difference: BasisPoints) -> String {
    if difference.0 > 0 {
        format!("+{}", share(difference))
    } else {
        share(difference)
    }
}

/// `1,2 MB`: a size for people, of 1 000 each.
pub fn bytes(size: u64) -> String {
    const UNITS: [&str; 5] = ["B", "kB", "MB", "GB", "TB"];
    let mut unit = 0_usize;
    let mut divisor = 1_u64;
    while size / divisor >= 1_000 && unit + 1 < UNITS.len() {
        unit += 1;
        divisor *= 1_000;
    }
    let tenths = u128::from(size) * 10 / u128::from(divisor);
    let plain = if divisor == 1 || tenths.is_multiple_of(10) || tenths >= 1_000 {
        (tenths / 10).to_string()
    } else {
        format!("{}.{}", tenths / 10, tenths % 10)
    };
    format!(
        "{}{SPACE}{}",
        group(&plain),
        UNITS.get(unit).copied().unwrap_or("B")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped_with_a_real_minus() {
        let shown: Vec<String> = [0, 7, 999, 1_000, 38_740, -1_204_000, i64::MIN]
            .map(number)
            .into();
        assert_eq!(
            shown,
            [
                "0",
                "7",
                "999",
                "1\u{a0}000",
                "38\u{a0}740",
                "−1\u{a0}204\u{a0}000",
                "−9\u{a0}223\u{a0}372\u{a0}036\u{a0}854\u{a0}775\u{a0}808"
            ]
        );
        assert_eq!([250, -250, 0].map(change), ["+250", "−250", "0"]);
    }

    #[test]
    fn money_and_shares_are_never_rounded() {
        assert_eq!(tenge(Tenge(38_740)), "38\u{a0}740\u{a0}₸");
        assert_eq!(money(Money::from_tiyn(3_874_050)), "38\u{a0}740,50\u{a0}₸");
        assert_eq!(money(Money::from_tiyn(-5)), "−0,05\u{a0}₸");
        assert_eq!(
            [1_590, 1_000, 1_234, 5, -50].map(|bp| share(BasisPoints(bp))),
            [
                "15,9\u{a0}%",
                "10\u{a0}%",
                "12,34\u{a0}%",
                "0,05\u{a0}%",
                "−0,5\u{a0}%"
            ]
        );
        assert_eq!(share_change(BasisPoints(150)), "+1,5\u{a0}%");
    }

    #[test]
    fn sizes_have_units() {
        assert_eq!(
            [0, 999, 1_000, 1_250_000, 64_000_000].map(bytes),
            ["0\u{a0}B", "999\u{a0}B", "1\u{a0}kB", "1,2\u{a0}MB", "64\u{a0}MB"]
        );
    }
}
