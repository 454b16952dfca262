//! From what Kaspi answers to our documents, as pure functions: lenient about form, strict about meaning. Refuses to fetch anything.
//!
//! A missing list is never an empty one, a row that cannot be understood is told in `refused`, and no input makes these functions panic.

mod cards;
mod listing;
mod offers;
mod orders;
mod own;
mod page;
mod price_list;
mod protocol;
mod refunds;
mod reviews;
mod scan;
mod shops;

pub use cards::{attribute_values, card_attributes, card_categories, upload_result, upload_status};
pub use listing::listing;
pub use offers::card_offers;
pub use orders::{entries, entry_cancel, is_order_code, orders, refusal_title, weight_change};
pub use own::{own_offer, own_offers};
pub use page::{card_facts, page_cities};
pub use price_list::{PriceList, price_list};
pub use protocol::{accepted_job, job_rows};
pub use refunds::{refund, refunds};
pub use reviews::reviews;
pub use shops::{shop_points, shop_profile, shops};

use sauda_market::MarketError;
use serde::Deserialize;

/// Where links of answers lead to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Links {
    /// `https://kaspi.kz`.
    pub site_url: String,
    /// `https://resources.cdn-kaspi.kz`.
    pub resources_url: String,
}

impl Default for Links {
    fn default() -> Self {
        let settings = crate::KaspiSettings::default();
        Self::of(&settings)
    }
}

impl Links {
    /// The addresses of the settings.
    pub fn of(settings: &crate::KaspiSettings) -> Self {
        Self {
            site_url: settings.site_url.trim_end_matches('/').to_owned(),
            resources_url: settings.resources_url.trim_end_matches('/').to_owned(),
        }
    }
    /// Whole address of a card from a link such as `/p/…-123/`.
    pub fn card(&self, link: &str) -> String {
        if link.starts_with("http://") || link.starts_with("https://") {
            link.to_owned()
        } else if link.starts_with("/shop/") {
            format!("{}{link}", self.site_url)
        } else {
            format!("{}/shop/{}", self.site_url, link.trim_start_matches('/'))
        }
    }
    /// Whole address of a small picture from a path such as `h9a/hf3/84160930054174.jpg`.
    pub fn small_picture(&self, path: &str) -> String {
        if path.starts_with("http://") || path.starts_with("https://") {
            path.to_owned()
        } else {
            format!(
                "{}/img/m/p/{}?format=preview-small",
                self.resources_url,
                path.trim_start_matches('/')
            )
        }
    }
}

/// The bytes of an answer as text.
pub(crate) fn text<'a>(what: &str, bytes: &'a [u8]) -> Result<&'a str, MarketError> {
    let text =
        std::str::from_utf8(bytes).map_err(|_| MarketError::BadAnswer(format!("{what}: not UTF-8")))?;
    Ok(text.trim_start_matches('\u{feff}'))
}

/// A JSON document, or what is wrong with it without its content.
pub(crate) fn document<'a, T: Deserialize<'a>>(what: &str, bytes: &'a [u8]) -> Result<T, MarketError> {
    let text = text(what, bytes)?;
    if !text.trim_start().starts_with(['{', '[']) {
        return Err(MarketError::BadAnswer(format!("{what}: not a JSON document")));
    }
    serde_json::from_str(text).map_err(|error| {
        let kind = match error.classify() {
            serde_json::error::Category::Eof => "cut short",
            serde_json::error::Category::Data => "of another shape",
            serde_json::error::Category::Io | serde_json::error::Category::Syntax => "broken",
        };
        MarketError::BadAnswer(format!(
            "{what}: JSON is {kind} at line {} column {}",
            error.line(),
            error.column()
        ))
    })
}
