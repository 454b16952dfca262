//! Typed contexts of templates, one file a group of pages, each with samples. Refuses to hold texts or markup.

pub mod account;
pub mod automation;
pub mod bulk;
pub mod cards;
pub mod catalogue;
pub mod catalogue_import;
pub mod catalogue_mend;
pub mod cities;
pub mod connect;
pub mod day;
pub mod feed;
pub mod fit;
pub mod guard;
pub mod import;
pub mod market;
pub mod market_compare;
pub mod market_raws;
pub mod market_reviews;
pub mod market_trends;
pub mod message_lines;
pub mod messages;
pub mod money;
pub mod money_rates;
pub mod money_reports;
pub mod order;
pub mod orders;
pub mod orders_cancel;
pub mod parts;
pub mod pick;
pub mod points;
pub mod prices;
pub mod print;
pub mod product;
pub mod reports;
pub mod returns;
pub mod rules;
pub mod settings;
pub mod stock;
pub mod stock_counts;
pub mod stock_forecast;
pub mod stock_purchases;
pub mod stock_settings;
pub mod system;
pub mod team;
pub mod today;
pub mod what_if;

use serde::Serialize;

/// A page: its template and samples of everything it can look like.
pub trait View: Serialize + Sized {
    /// Path below `templates/`.
    const TEMPLATE: &'static str;
    /// Named states: normal, empty kinds, error, no right, stale.
    fn samples() -> Vec<Sample<Self>>;
}

/// A page in one state.
#[derive(Debug, Clone)]
pub struct Sample<V> {
    pub name: &'static str,
    pub view: V,
    /// Changes to the surroundings, such as a pause.
    pub around: Around,
}

/// Surroundings of a sample.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Around {
    #[default]
    Owner,
    /// Signed in without money, prices or automation.
    Packer,
    /// Prices stand still until evening.
    Paused,
    /// The marketplace does not answer; data is old.
    Stale,
    /// Not signed in.
    Nobody,
}

impl<V> Sample<V> {
    pub const fn new(name: &'static str, view: V) -> Self {
        Self {
            name,
            view,
            around: Around::Owner,
        }
    }
    #[must_use]
    pub const fn around(mut self, around: Around) -> Self {
        self.around = around;
        self
    }
}
