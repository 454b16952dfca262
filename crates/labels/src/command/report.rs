//! The report of a run, for people's programs: `report.json`. Refuses to leave out a page.

use super::refusal::RefusedLine;
use serde::Serialize;

/// Everything that was read, printed, and not printed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Report {
    pub orders: usize,
    pub pieces: u64,
    pub paper: &'static str,
    pub layout: &'static str,
    pub outputs: Vec<Output>,
    /// In the order of printing.
    pub labels: Vec<LabelPlace>,
    pub pages: Vec<PagePlace>,
    pub missing: Vec<MissingOrder>,
    pub broken: Vec<BrokenFile>,
    pub unknown: Vec<UnknownPages>,
    pub duplicates: Vec<Duplicate>,
    pub refused: Vec<RefusedLine>,
    /// Files that are neither PDFs nor archives.
    pub ignored: Vec<String>,
    /// Letters the font has no shape for; a sign stands for them.
    pub replaced: Vec<char>,
}

/// A file that was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Output {
    pub file: &'static str,
    pub pages: usize,
    pub bytes: usize,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LabelPlace {
    pub order: String,
    pub model: String,
    pub size: Option<String>,
    /// Page of `labels.pdf`, from one.
    pub page: usize,
}

/// Where a page of a waybill went.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PagePlace {
    pub order: String,
    pub file: String,
    pub page: usize,
    pub output: &'static str,
    pub output_page: usize,
    /// Nothing is drawn on it.
    #[serde(skip_serializing_if = "is_false")]
    pub blank: bool,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands over a reference")]
const fn is_false(value: &bool) -> bool {
    !*value
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MissingOrder {
    pub order: String,
    pub message: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct BrokenFile {
    pub file: String,
    /// None for the whole file.
    pub page: Option<usize>,
    /// The order it seems to belong to.
    pub order: Option<String>,
    pub code: &'static str,
    pub message: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct UnknownPages {
    pub file: String,
    pub pages: Vec<usize>,
    /// A number that looks like an order's.
    pub order: Option<String>,
    pub message: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Duplicate {
    pub order: String,
    pub file: String,
    pub page: usize,
    pub of: SamePage,
    /// False for a copy; true for a second waybill that differs.
    pub printed: bool,
    pub message: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SamePage {
    pub file: String,
    pub page: usize,
}

impl Report {
    /// Whether nothing is missing, broken, unknown or refused.
    pub const fn is_whole(&self) -> bool {
        self.missing.is_empty()
            && self.broken.is_empty()
            && self.unknown.is_empty()
            && self.refused.is_empty()
    }

    /// The report as JSON.
    pub(super) fn to_json(&self) -> Vec<u8> {
        // Strings and numbers always have a JSON form.
        let mut bytes = serde_json::to_vec_pretty(self).unwrap_or_default();
        bytes.push(b'\n');
        bytes
    }

    /// Files that an earlier report says were written.
    pub(super) fn written_before(bytes: &[u8]) -> Vec<String> {
        let report: serde_json::Value = serde_json::from_slice(bytes).unwrap_or_default();
        let outputs = report.get("outputs").and_then(serde_json::Value::as_array);
        outputs
            .into_iter()
            .flatten()
            .filter_map(|output| Some(output.get("file")?.as_str()?.to_owned()))
            .collect()
    }

    /// A few lines for the person at the screen, in English.
    pub fn summary(&self) -> Vec<String> {
        let mut lines = vec![format!(
            "{} orders, {} pieces, {} labels, {} pages of waybills",
            self.orders,
            self.pieces,
            self.labels.len(),
            self.pages.len()
        )];
        let mut list = |what: &str, items: Vec<String>| {
            if !items.is_empty() {
                lines.push(format!("{what}: {}", items.len()));
                let more = items.len().saturating_sub(10);
                lines.extend(items.into_iter().take(10).map(|item| format!("  {item}")));
                if more > 0 {
                    lines.push(format!("  and {more} more, see report.json"));
                }
            }
        };
        list(
            "missing",
            self.missing
                .iter()
                .map(|item| format!("{}: {}", item.order, item.message))
                .collect(),
        );
        list(
            "broken",
            self.broken
                .iter()
                .map(|item| format!("{}{}: {}", item.file, page(item.page), item.message))
                .collect(),
        );
        list(
            "unknown",
            self.unknown
                .iter()
                .map(|item| format!("{}: {}", item.file, item.message))
                .collect(),
        );
        list(
            "duplicates",
            self.duplicates
                .iter()
                .map(|item| format!("{}: {}", item.file, item.message))
                .collect(),
        );
        list(
            "lines refused",
            self.refused
                .iter()
                .map(|item| format!("line {}: {}", item.line, item.error.message))
                .collect(),
        );
        if !self.replaced.is_empty() {
            let signs: String = self.replaced.iter().collect();
            lines.push(format!("letters without a shape, replaced: {signs}"));
        }
        lines
    }
}

fn page(number: Option<usize>) -> String {
    number
        .map(|number| format!(", page {number}"))
        .unwrap_or_default()
}
