//! Barcodes by their check digit: EAN-8, UPC-A, EAN-13, GTIN-14; refuses to mend a digit.

/// Why a text is no barcode.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BarcodeRefusal {
    /// Something besides digits, spaces and hyphens.
    Letters,
    /// So many digits, where 8, 12, 13 or 14 are needed.
    Length(usize),
    /// The last digit should be another.
    CheckDigit { expected: u8 },
}

/// Reads a barcode; the answer is its digits alone.
///
/// # Errors
/// With the reason, exactly.
pub fn barcode(text: &str) -> Result<String, BarcodeRefusal> {
    let digits: String = text
        .chars()
        .filter(|letter| !letter.is_whitespace() && *letter != '-')
        .collect();
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(BarcodeRefusal::Letters);
    }
    if !matches!(digits.len(), 8 | 12 | 13 | 14) {
        return Err(BarcodeRefusal::Length(digits.len()));
    }
    let values = digits.bytes().map(|byte| u32::from(byte.saturating_sub(b'0')));
    let mut backwards = values.rev();
    let given = backwards.next().unwrap_or(0);
    // From the right, the first digit after the check digit counts three times, the next once, and so on.
    let sum: u32 = backwards
        .enumerate()
        .map(|(place, digit)| if place % 2 == 0 { digit * 3 } else { digit })
        .sum();
    let expected = (10 - sum % 10) % 10;
    if given != expected {
        let expected = u8::try_from(expected).unwrap_or(0);
        return Err(BarcodeRefusal::CheckDigit { expected });
    }
    Ok(digits)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn published_examples_pass_and_their_neighbours_do_not() {
        for good in ["4006381333931", "96385074", "036000291452", "4 870 145-00341-1"] {
            assert!(barcode(good).is_ok(), "{good}");
        }
        assert_eq!(
            barcode("4006381333932"),
            Err(BarcodeRefusal::CheckDigit { expected: 1 })
        );
        assert_eq!(
            barcode("96385075"),
            Err(BarcodeRefusal::CheckDigit { expected: 4 })
        );
        assert_eq!(
            barcode("400638133393"),
            Err(BarcodeRefusal::CheckDigit { expected: 0 })
        );
        assert_eq!(barcode("12345"), Err(BarcodeRefusal::Length(5)));
        assert_eq!(barcode("40063813339З1"), Err(BarcodeRefusal::Letters));
    }

    proptest! {
        #[test]
        fn one_wrong_digit_is_always_seen(body in "[0-9]{12}", place in 0_usize..13, add in 1_u8..10) {
            let whole = (b'0'..=b'9')
                .map(|last| format!("{body}{}", char::from(last)))
                .find(|text| barcode(text).is_ok())
                .unwrap();
            let mut bytes = whole.into_bytes();
            bytes[place] = b'0' + (bytes[place] - b'0' + add) % 10;
            prop_assert!(barcode(std::str::from_utf8(&bytes).unwrap()).is_err());
        }
    }
}
