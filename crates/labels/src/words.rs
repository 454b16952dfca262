//! Words that are printed, handed in by the caller in its language. Refuses to hold words of its own.

use crate::model::Good;

/// Texts of labels and lists. `{n}` and `{m}` stand for numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words {
    pub order: String,
    pub size: String,
    pub bought: String,
    pub pieces: String,
    pub parcel: String,
    pub good: String,
    pub hand_over: String,
    pub express: String,
    pub list: String,
    pub totals: String,
    pub shelf: String,
    pub no_shelf: String,
    pub no_size: String,
    pub page: String,
    pub no_waybill: String,
}

impl Words {
    /// Asks for each text by its key: `labels-order`, `labels-size`, …
    pub fn read(text: impl Fn(&str) -> String) -> Self {
        let read = |name: &str| text(&format!("labels-{name}"));
        Self {
            order: read("order"),
            size: read("size"),
            bought: read("bought"),
            pieces: read("pieces"),
            parcel: read("parcel"),
            good: read("good"),
            hand_over: read("hand-over"),
            express: read("express"),
            list: read("list"),
            totals: read("totals"),
            shelf: read("shelf"),
            no_shelf: read("no-shelf"),
            no_size: read("no-size"),
            page: read("page"),
            no_waybill: read("no-waybill"),
        }
    }

    /// That a good goes out in another size than was bought; nothing where it does not.
    pub(crate) fn bought(&self, good: &Good) -> Option<String> {
        let bought = good
            .bought
            .as_deref()
            .map(str::trim)
            .filter(|bought| !bought.is_empty())?;
        Some(format!("({})", filled(&self.bought, bought, "")))
    }
}

/// A text with its numbers.
pub(crate) fn filled(text: &str, n: impl ToString, m: impl ToString) -> String {
    text.replace("{n}", &n.to_string()).replace("{m}", &m.to_string())
}
