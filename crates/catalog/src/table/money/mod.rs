//! Reads prices, sums, shares and counts the way people write them; refuses what may mean two things.

mod decimal;

use super::{Cell, CellKind};
use decimal::{Decimal, digits};
use sauda_kernel::{BasisPoints, Money, Tenge};

/// The dearest price we believe: a thousand million tenge.
pub const MAX_TENGE: i64 = 1_000_000_000;

/// Why a cell is not the number that was wanted. Whoever knows the row and the column adds them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum NumberRefusal {
    #[error("the cell is empty")]
    Empty,
    #[error("the cell holds a formula: paste its value")]
    Formula,
    #[error("the cell holds a date: the table program made it of a number with a point")]
    Date,
    #[error("the cell holds an error of the table program")]
    ErrorValue,
    #[error("zero is no price")]
    Zero,
    #[error("a price is never negative")]
    Negative,
    #[error("prices are whole tenge")]
    Decimals,
    #[error("a sum has at most two decimals")]
    TooManyDecimals,
    #[error("the number is too large")]
    TooLarge,
    #[error("the sum is not in tenge")]
    Currency,
    #[error("the table program has shortened the number")]
    Shortened,
    #[error("this is no number")]
    NotANumber,
}

impl NumberRefusal {
    /// The code of the text shown to people.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Empty => "import-cell-empty",
            Self::Formula => "import-cell-formula",
            Self::Date => "import-cell-date",
            Self::ErrorValue => "import-cell-error-value",
            Self::Zero => "import-cell-zero",
            Self::Negative => "import-cell-negative",
            Self::Decimals => "import-cell-decimals",
            Self::TooManyDecimals => "import-cell-many-decimals",
            Self::TooLarge => "import-cell-too-large",
            Self::Currency => "import-cell-currency",
            Self::Shortened => "import-cell-shortened",
            Self::NotANumber => "import-cell-not-a-number",
        }
    }
}

/// A price in whole tenge, 1 to [`MAX_TENGE`]: `38 740 ₸`, `38 740,00`, `38,740.00`, `38740`.
///
/// One comma or point before exactly three digits of a text is taken for a group (`38,740` is 38 740): prices have no
/// thousandths.
///
/// # Errors
/// With the reason, exactly.
pub fn price(cell: Cell<'_>) -> Result<Tenge, NumberRefusal> {
    let number = amount(cell)?;
    if !number.is_whole() {
        return Err(NumberRefusal::Decimals);
    }
    number.positive_up_to(MAX_TENGE)?;
    Ok(Tenge(number.whole))
}

/// A sum in tenge with up to two decimals, above zero: what something was bought for.
///
/// # Errors
/// With the reason, exactly.
pub fn sum(cell: Cell<'_>) -> Result<Money, NumberRefusal> {
    let number = amount(cell)?;
    number.positive_up_to(MAX_TENGE)?;
    let hundredths = number.fraction(2).ok_or(NumberRefusal::TooManyDecimals)?;
    number
        .whole
        .checked_mul(100)
        .and_then(|tiyn| tiyn.checked_add(hundredths))
        .map(Money::from_tiyn)
        .ok_or(NumberRefusal::TooLarge)
}

/// A share: `12,5 %`, `12.5%`, `12`; 0 to 1000 %. Without the sign it is read as percent as well.
///
/// # Errors
/// With the reason, exactly.
pub fn percent(cell: Cell<'_>) -> Result<BasisPoints, NumberRefusal> {
    let text = plain_text(cell)?;
    let text = text.strip_suffix('%').unwrap_or(text).trim_end();
    let number = digits(text, cell.kind == CellKind::Number)?;
    if number.whole > 1000 {
        return Err(NumberRefusal::TooLarge);
    }
    let hundredths = number.fraction(2).ok_or(NumberRefusal::TooManyDecimals)?;
    let points = number.whole.saturating_mul(100).saturating_add(hundredths);
    if number.negative && points > 0 {
        return Err(NumberRefusal::Negative);
    }
    i32::try_from(points)
        .map(BasisPoints)
        .map_err(|_| NumberRefusal::TooLarge)
}

/// A count of things, from 0; `2.0` is 2.
///
/// # Errors
/// With the reason, exactly.
pub fn count(cell: Cell<'_>) -> Result<i64, NumberRefusal> {
    let number = digits(plain_text(cell)?, true)?;
    if number.negative && (number.whole > 0 || !number.is_whole()) {
        return Err(NumberRefusal::Negative);
    }
    if !number.is_whole() {
        return Err(NumberRefusal::Decimals);
    }
    if number.whole > MAX_TENGE {
        return Err(NumberRefusal::TooLarge);
    }
    Ok(number.whole)
}

fn plain_text(cell: Cell<'_>) -> Result<&str, NumberRefusal> {
    match cell.kind {
        CellKind::Empty => Err(NumberRefusal::Empty),
        CellKind::Formula => Err(NumberRefusal::Formula),
        CellKind::Date => Err(NumberRefusal::Date),
        CellKind::Error => Err(NumberRefusal::ErrorValue),
        CellKind::Bool => Err(NumberRefusal::NotANumber),
        CellKind::Text | CellKind::Number => {
            let text = cell.text.trim();
            match text {
                "" => Err(NumberRefusal::Empty),
                text if text.starts_with('=') => Err(NumberRefusal::Formula),
                text if text.starts_with('#') => Err(NumberRefusal::ErrorValue),
                text => Ok(text),
            }
        }
    }
}

/// Words for tenge that stand before or after a sum; longer ones first.
const TENGE_WORDS: [&str; 8] = ["тенге", "теңге", "tenge", "тнг.", "тг.", "тнг", "тг", "kzt"];
const OTHER_MONEY: [&str; 14] = [
    "₽", "$", "€", "¥", "руб", "usd", "eur", "rub", "cny", "сом", "kgs", "uzs", "юан", "долл",
];

fn amount(cell: Cell<'_>) -> Result<Decimal, NumberRefusal> {
    let text = plain_text(cell)?;
    let lower = text.to_lowercase();
    if OTHER_MONEY.iter().any(|word| lower.contains(word)) {
        return Err(NumberRefusal::Currency);
    }
    let mut bare = lower.trim_matches(['₸', '〒']).trim();
    for word in TENGE_WORDS {
        let cut = bare.strip_suffix(word).or_else(|| bare.strip_prefix(word));
        if let Some(rest) = cut {
            bare = rest.trim();
            break;
        }
    }
    digits(bare, cell.kind == CellKind::Number)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn text(text: &str) -> Cell<'_> {
        Cell {
            text,
            kind: if text.is_empty() {
                CellKind::Empty
            } else {
                CellKind::Text
            },
        }
    }

    fn number(text: &str) -> Cell<'_> {
        Cell {
            text,
            kind: CellKind::Number,
        }
    }

    #[test]
    fn prices_are_read_as_people_write_them() {
        for (written, tenge) in [
            ("38740", 38_740),
            ("38 740 ₸", 38_740),
            ("38\u{a0}740\u{a0}₸", 38_740),
            ("38\u{202f}740", 38_740),
            ("₸38 740", 38_740),
            ("38 740,00", 38_740),
            ("38,740.00", 38_740),
            ("38.740,00", 38_740),
            ("38,740", 38_740),
            ("38.740", 38_740),
            ("38740.0", 38_740),
            ("38740,0000", 38_740),
            ("1,204,000", 1_204_000),
            ("1 204 000 тг.", 1_204_000),
            ("1'204'000", 1_204_000),
            ("990 тенге", 990),
            ("KZT 990", 990),
            ("990тг", 990),
            ("007", 7),
            ("1", 1),
            ("1000000000", MAX_TENGE),
        ] {
            assert_eq!(price(text(written)), Ok(Tenge(tenge)), "{written:?}");
        }
        assert_eq!(price(number("38740")), Ok(Tenge(38_740)));
    }

    #[test]
    fn prices_are_refused_with_the_exact_reason() {
        use NumberRefusal as R;
        for (written, reason) in [
            ("", R::Empty),
            ("=A1*2", R::Formula),
            ("#REF!", R::ErrorValue),
            ("0", R::Zero),
            ("0,00 ₸", R::Zero),
            ("-0", R::Zero),
            ("-5", R::Negative),
            ("−38 740", R::Negative),
            ("(500)", R::Negative),
            ("38740,50", R::Decimals),
            ("38,740.99", R::Decimals),
            ("0.5", R::Decimals),
            ("0,500", R::Decimals),
            ("12,3456", R::Decimals),
            ("1000000001", R::TooLarge),
            ("99999999999999999999", R::TooLarge),
            ("3,87E+04", R::Shortened),
            ("3.874e4", R::Shortened),
            ("100 $", R::Currency),
            ("100 руб.", R::Currency),
            ("38 7400", R::NotANumber),
            ("3 8 7", R::NotANumber),
            ("1,204,00", R::NotANumber),
            ("1.2.3,4,5", R::NotANumber),
            ("1,204 000", R::NotANumber),
            ("около 500", R::NotANumber),
            ("12k", R::NotANumber),
            ("١٢", R::NotANumber),
            (",", R::NotANumber),
            ("5.", R::NotANumber),
            ("₸", R::NotANumber),
            ("500-600", R::NotANumber),
        ] {
            assert_eq!(price(text(written)), Err(reason), "{written:?}");
        }
        // In a number cell the point is never a group.
        assert_eq!(price(number("38.74")), Err(R::Decimals));
        assert_eq!(price(number("38.745")), Err(R::Decimals));
        assert_eq!(
            price(Cell {
                text: "2026-05-12",
                kind: CellKind::Date
            }),
            Err(R::Date)
        );
        assert_eq!(
            price(Cell {
                text: "=B2",
                kind: CellKind::Formula
            }),
            Err(R::Formula)
        );
        assert_eq!(
            price(Cell {
                text: "TRUE",
                kind: CellKind::Bool
            }),
            Err(R::NotANumber)
        );
    }

    #[test]
    fn sums_have_tiyn_and_shares_have_hundredths() {
        assert_eq!(sum(text("1 204,5 ₸")), Ok(Money::from_tiyn(120_450)));
        assert_eq!(sum(text("0,07")), Ok(Money::from_tiyn(7)));
        assert_eq!(sum(text("1,2345")), Err(NumberRefusal::TooManyDecimals));
        assert_eq!(percent(text("12,5 %")), Ok(BasisPoints(1250)));
        assert_eq!(percent(number("12.5%")), Ok(BasisPoints(1250)));
        assert_eq!(percent(text("0")), Ok(BasisPoints(0)));
        assert_eq!(percent(text("-1%")), Err(NumberRefusal::Negative));
        assert_eq!(percent(text("1001%")), Err(NumberRefusal::TooLarge));
        assert_eq!(count(text("2.0")), Ok(2));
        assert_eq!(count(text("0")), Ok(0));
        assert_eq!(count(text("2.5")), Err(NumberRefusal::Decimals));
        assert_eq!(count(text("-1")), Err(NumberRefusal::Negative));
    }

    proptest! {
        #[test]
        fn nothing_makes_it_panic_and_what_passes_is_a_price(written in "\\PC{0,20}") {
            if let Ok(Tenge(tenge)) = price(text(&written)) {
                prop_assert!((1..=MAX_TENGE).contains(&tenge));
            }
            let _ = (sum(text(&written)), percent(text(&written)), count(text(&written)));
        }

        #[test]
        fn what_we_show_is_read_back(tenge in 1_i64..=MAX_TENGE, places in 0_usize..4) {
            let shown = format!("{}{}{} ₸", Tenge(tenge), if places > 0 { "," } else { "" }, "0".repeat(places));
            prop_assert_eq!(price(text(&shown)), Ok(Tenge(tenge)));
        }
    }
}
