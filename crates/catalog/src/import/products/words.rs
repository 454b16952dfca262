//! English words for findings, for the plain command; refuses to be what people read on pages: those texts are the edge's.

use super::OpenError;
use crate::{import::Finding, table::TableError};

/// What is wrong and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    pub message: String,
    pub hint: &'static str,
}

const PLAIN_NUMBER: &str = "write plain digits, such as 38740";

/// A finding in English, without the row and the column, which stand beside it.
pub fn in_english(finding: &Finding) -> Told {
    let arg = |name: &str| {
        let found = finding.args.iter().find(|(known, _)| *known == name);
        found.map(|(_, value)| value.as_str()).unwrap_or_default()
    };
    let value = arg("value");
    let (message, hint) = number(finding.code, value)
        .or_else(|| measure(finding.code, value))
        .or_else(|| code(finding.code, value, &arg))
        .or_else(|| whole_row(finding.code, value, &arg))
        .unwrap_or_else(|| {
            (
                format!("{value:?} does not fit"),
                "mend the cell and load the file again",
            )
        });
    Told { message, hint }
}

fn number(code: &str, value: &str) -> Option<(String, &'static str)> {
    Some(match code {
        "import-cell-empty" => ("the cell is empty".to_owned(), "fill it in"),
        "import-cell-formula" => (
            format!("the cell holds the formula {value}"),
            "copy the column and paste it as values",
        ),
        "import-cell-date" => (
            format!("the table program made the date {value} of a number"),
            "give the cell a number format and type the number again",
        ),
        "import-cell-error-value" => (
            format!("the cell holds the error {value}"),
            "mend it or type the value",
        ),
        "import-cell-zero" => (
            format!("{value} is no price"),
            "write 1 or more, or leave the cell empty",
        ),
        "import-cell-negative" => (format!("{value} is below zero"), "write a number above zero"),
        "import-cell-decimals" => (
            format!("{value} has decimals, and prices are whole tenge"),
            "round it to whole tenge",
        ),
        "import-cell-many-decimals" => (
            format!("{value} has more than two decimals"),
            "round it to hundredths",
        ),
        "import-cell-too-large" => (
            format!("{value} is more than a thousand million"),
            "check for extra digits",
        ),
        "import-cell-currency" => (format!("{value} is not in tenge"), "convert it to tenge"),
        "import-cell-shortened" => (
            format!("the table program has shortened the number to {value}"),
            "give the column a number format and save the file again",
        ),
        "import-cell-not-a-number" => (format!("{value:?} is no number"), PLAIN_NUMBER),
        _ => return None,
    })
}

fn measure(code: &str, value: &str) -> Option<(String, &'static str)> {
    Some(match code {
        "import-product-stock-inexact" => (
            format!("{value:?} does not say how many there are"),
            "write the number of pieces, 0 when there are none",
        ),
        "import-product-stock-negative" => (format!("{value} pieces are less than none"), "write 0 or more"),
        "import-product-stock-decimals" => (
            format!("{value} is no whole number of pieces"),
            "write whole pieces",
        ),
        "import-product-stock-large" => (
            format!("{value} pieces are more than ten million"),
            "check for extra digits",
        ),
        "import-product-stock-unclear" => (
            format!("{value:?} is no number of pieces"),
            "write the number of pieces, such as 12",
        ),
        "import-product-heavy" => (
            format!("{value} is more than 100 kg"),
            "if these are grams, write them as 950 г",
        ),
        "import-product-weight-rounded" => (
            format!("{value} is rounded to grams"),
            "write at most three decimals of a kilogram",
        ),
        "import-product-weight-zero" => (
            format!("{value} is no weight"),
            "write the weight in kilograms, such as 0,95, or leave the cell empty",
        ),
        "import-product-weight-negative" => (format!("{value} is below zero"), "write a weight above zero"),
        "import-product-weight-large" => (
            format!("{value} is more than ten tonnes"),
            "check the unit and the digits",
        ),
        "import-product-weight-unclear" => (
            format!("{value:?} is no weight"),
            "write kilograms as 0,95 or grams as 950 г",
        ),
        _ => return None,
    })
}

fn code<'a>(code: &str, value: &str, arg: &dyn Fn(&str) -> &'a str) -> Option<(String, &'static str)> {
    Some(match code {
        "import-sku-missing" => ("the row has no SKU".to_owned(), "fill it in or delete the row"),
        "import-sku-digits-lost" | "import-product-digits-lost" => (
            format!("{value} has lost its last digits: a table program keeps fifteen"),
            "give the column a text format and paste the codes again",
        ),
        "import-product-mixed-letters" => (
            format!("{value} has Latin and Cyrillic letters, which look alike"),
            "type it in one alphabet, or leave it if it is meant so",
        ),
        "import-product-barcode-letters" => (
            format!("{value:?} has other signs than digits"),
            "write the digits under the bars",
        ),
        "import-product-barcode-length" => (
            format!(
                "{value} has {} digits, and barcodes have 8, 12, 13 or 14",
                arg("digits")
            ),
            "copy the whole code, zeros at its start too",
        ),
        "import-product-barcode-digit" => (
            format!(
                "the last digit of {value} does not fit the others, which need {}",
                arg("expected")
            ),
            "scan or type the code again",
        ),
        "import-product-barcode-repeated" => (
            format!(
                "{value} is also the barcode of {} in row {}",
                arg("sku"),
                arg("other")
            ),
            "leave it at one product, unless they are the same thing",
        ),
        "import-product-photo" => (
            format!("{value:?} is no address of a picture"),
            "write an address that begins with https://",
        ),
        "import-product-too-long" => (
            format!("the text is longer than {} characters", arg("limit")),
            "shorten it",
        ),
        _ => return None,
    })
}

fn whole_row<'a>(code: &str, value: &str, arg: &dyn Fn(&str) -> &'a str) -> Option<(String, &'static str)> {
    Some(match code {
        "import-sku-repeated" => (
            format!(
                "{value} is also in row {}, with other or bad values",
                arg("other")
            ),
            "leave one row",
        ),
        "import-offer-repeated" => (
            format!("{value} is also in row {}", arg("other")),
            "leave one row",
        ),
        "import-product-repeated" => (
            format!(
                "{value} is word for word in row {}; {} rows say the same",
                arg("other"),
                arg("rows")
            ),
            "nothing is lost; leave one row to be rid of this",
        ),
        "import-product-title-missing" => (
            "there is nothing to call the product by".to_owned(),
            "fill in its name or its model",
        ),
        "import-product-cost-above-price" => (
            format!("it is bought for {value} and sold for {}", arg("price")),
            "check both sums",
        ),
        "import-product-dear" => (
            format!("{value} is more than ten million tenge"),
            "check for extra digits",
        ),
        "import-product-price-by-city" => (
            format!("the price differs among {value} cities and is left empty"),
            "set city prices on the page of prices",
        ),
        _ => return None,
    })
}

/// A file that cannot be checked, in English.
pub fn open_error_in_english(error: &OpenError) -> Told {
    if let OpenError::Table(TableError::Unreadable(source)) = error {
        return Told {
            message: format!("{error} ({source})"),
            hint: match source.kind() {
                std::io::ErrorKind::NotFound => "check its name and folder",
                std::io::ErrorKind::PermissionDenied => {
                    "grant the right to read it, or copy it to another folder"
                }
                std::io::ErrorKind::IsADirectory => "name a file in this folder",
                _ => "check the disk and try again",
            },
        };
    }
    let text = error.to_string();
    let message = text.split_once(": ").map_or(text.as_str(), |(fact, _)| fact);
    Told {
        message: message.to_owned(),
        hint: match error {
            OpenError::Table(_) => "save the table again as XLSX or CSV UTF-8 and choose that file",
            OpenError::Mapping(_) => "name columns by hand: --map \"Column of the file=merchantProductId\"",
            OpenError::NoColumn(_) => "write the column as in the first line of the table, or its letters",
            OpenError::NoField(_) => {
                "fields are merchantProductId, title, masterCode, code, price, availableAmount, weight, brand, model, color, size, \
                 gender, season, category, subcategory, barcode, cost, photo, store, shelf; `-` leaves a column out"
            }
        },
    }
}
