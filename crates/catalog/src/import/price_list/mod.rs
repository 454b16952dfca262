//! The marketplace's price list, as XML or as a workbook, read as a source of the catalogue; refuses single bad offers,
//! not the file.

mod read_sheet;
mod read_xml;
mod write_xml;

pub use write_xml::to_xml;
pub(crate) use write_xml::{push_head, push_offer, push_tail};

use super::Finding;
use crate::table::{self, FileFormat, ReadOptions, Table, TableError, TableLimits};
use sauda_kernel::Tenge;
use std::collections::{BTreeMap, HashMap};

/// A price list as it was read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PriceList {
    pub company: Option<String>,
    /// The marketplace's id of the shop.
    pub merchant_uid: Option<String>,
    /// When the list was made; its form is free, so it stays text.
    pub date: Option<String>,
    pub offers: Vec<PriceListOffer>,
    /// Offers that were not understood, with the reason.
    pub refused: Vec<Finding>,
}

/// One offer of a price list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PriceListOffer {
    /// Row of the sheet, or number of the offer in the XML from 1.
    pub row: u32,
    pub sku: String,
    pub model: String,
    pub brand: Option<String>,
    pub availabilities: Vec<ListedAvailability>,
    pub price: ListedPrice,
}

/// Whether and how much there is at a point.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedAvailability {
    /// The point's short code, `PP1`.
    pub store: String,
    pub available: bool,
    /// Days until the goods come; the export's `0` means none.
    pub preorder_days: Option<i64>,
    /// Whole pieces. The export writes decimals (`2.0`); a part of a piece is not promised to anybody and dropped.
    pub stock: Option<i64>,
}

/// One price everywhere, or one for each city.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ListedPrice {
    Everywhere(Tenge),
    /// By the marketplace's city id.
    Cities(BTreeMap<String, Tenge>),
}

/// Reads a price list from XML or from a workbook with the columns of the cabinet's export.
///
/// # Errors
/// When the file as a whole cannot be read.
pub fn read(bytes: &[u8], limits: &TableLimits) -> Result<PriceList, TableError> {
    limits.check_file_size(bytes.len())?;
    if table::sniff(bytes)? == FileFormat::PriceListXml {
        return read_xml::read(bytes, limits, Collector::default());
    }
    let options = ReadOptions {
        limits: *limits,
        sheet: None,
        is_header: read_sheet::looks_like_header,
    };
    read_sheet::read(&table::read(bytes, &options)?, Collector::default())
}

/// Reads a price list from XML and keeps offers that repeat an SKU, for those who judge repeats themselves.
///
/// # Errors
/// When the file as a whole cannot be read.
pub(crate) fn read_with_repeats(bytes: &[u8], limits: &TableLimits) -> Result<PriceList, TableError> {
    read_xml::read(bytes, limits, Collector::keeping_repeats())
}

/// The price list that a table is, when it has the columns of the cabinet's export; offers that repeat an SKU are kept.
pub(crate) fn from_export(table: &Table) -> Option<PriceList> {
    read_sheet::is_export(table)
        .then(|| read_sheet::read(table, Collector::keeping_repeats()).ok())
        .flatten()
}

/// Takes offers that were read and refuses a second one with the same SKU.
#[derive(Default)]
struct Collector {
    list: PriceList,
    rows: HashMap<String, u32>,
    keeps_repeats: bool,
}

impl Collector {
    fn keeping_repeats() -> Self {
        Self {
            keeps_repeats: true,
            ..Self::default()
        }
    }

    fn add(&mut self, offer: Result<PriceListOffer, Finding>) {
        match offer {
            Ok(offer) if self.keeps_repeats => self.list.offers.push(offer),
            Ok(offer) => match self.rows.get(&offer.sku) {
                Some(first) => {
                    let finding = Finding::new(offer.row, "import-offer-repeated");
                    self.list
                        .refused
                        .push(finding.arg("value", &offer.sku).arg("other", first));
                }
                None => {
                    self.rows.insert(offer.sku.clone(), offer.row);
                    self.list.offers.push(offer);
                }
            },
            Err(finding) => self.list.refused.push(finding),
        }
    }
}

/// Pieces in stock, whole ones; what is written as a decimal is rounded down.
fn whole_pieces(text: &str) -> Option<i64> {
    let (whole, part) = text.split_once(['.', ',']).unwrap_or((text, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !digits(whole) || !digits(part) {
        return None;
    }
    whole.parse().ok().filter(|pieces| *pieces <= 1_000_000_000)
}

/// Days of pre-order; none when the text is `0`.
fn preorder_days(text: &str) -> Option<Option<i64>> {
    let days = whole_pieces(text).filter(|days| *days <= 365)?;
    Some((days > 0).then_some(days))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stock_is_whole_pieces_and_no_preorder_is_none() {
        assert_eq!(whole_pieces("2.0"), Some(2));
        assert_eq!(whole_pieces("2.7"), Some(2));
        assert_eq!(whole_pieces("0"), Some(0));
        for nonsense in ["", "-1", "1e3", ".5", "2.x", "99999999999"] {
            assert_eq!(whole_pieces(nonsense), None, "{nonsense}");
        }
        assert_eq!(
            (preorder_days("0"), preorder_days("3"), preorder_days("x")),
            (Some(None), Some(Some(3)), None)
        );
    }
}
