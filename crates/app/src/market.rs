//! `[market]` of the settings file: what is read of the market, when, and how often it is summed up. The same objects as on the
//! page, declared at each start; refuses to know how reading is done.

use crate::report;
use anyhow::Context as _;
use sauda_reports::timed::FromFile;
use sauda_research::{
    model::{MAIN_CITY, NewSource, Report, Settings, SourceKind},
    plan,
};
use serde::{Deserialize, Serialize};

/// Name of the summary among reports.
const SUMMARY: &str = "market";

/// The section. Without categories and queries nothing is declared, and people choose on the page.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Market {
    /// Times of the day in Almaty.
    pub times: Vec<String>,
    /// Codes of categories, as in their addresses.
    pub categories: Vec<String>,
    /// Words of searches.
    pub queries: Vec<String>,
    /// City of the marketplace.
    pub city: String,
    /// Pages of each, at most.
    pub pages: i64,
    /// Cards of each, at most.
    pub max_items: i64,
    /// Sellers are read on so many first cards.
    pub sellers_of: i64,
    pub keep_days: i64,
    pub archive_days: i64,
    /// `off`, `daily`, `weekly` (on Mondays), `biweekly` or `monthly`.
    pub report: String,
    pub report_time: String,
    /// Who gets the summary, as in `[[report]]`; empty: it is a notice on the desk.
    pub recipients: Vec<String>,
    /// Whether reviews of own cards are read.
    pub reviews: bool,
    /// Reviews of a card that are read at most.
    pub review_limit: i64,
    /// Days for which answers of the storefront are kept as they came; 0 keeps none.
    pub raw_days: i64,
    /// Lets Google Trends be asked itself, where people switch it on. An experiment: it has no contract and may refuse at any time.
    pub live_trends: bool,
    /// Where Google Trends is.
    pub trends_url: String,
}

impl Default for Market {
    fn default() -> Self {
        let (usual, source) = (Settings::default(), NewSource::category(""));
        Self {
            times: usual
                .times
                .iter()
                .map(|time| plan::show_times(&[*time]))
                .collect(),
            categories: Vec::new(),
            queries: Vec::new(),
            city: MAIN_CITY.to_owned(),
            pages: source.pages,
            max_items: source.most,
            sellers_of: source.sellers_of,
            keep_days: usual.keep_days,
            archive_days: usual.archive_days,
            report: usual.report.word().to_owned(),
            report_time: plan::show_times(&[usual.report_minute]),
            recipients: Vec::new(),
            reviews: usual.reviews,
            review_limit: usual.review_limit,
            raw_days: usual.raw_days,
            live_trends: false,
            trends_url: "https://trends.google.com".to_owned(),
        }
    }
}

impl Market {
    /// What the file declares; nothing when it names no category and no query.
    pub fn declared(&self) -> anyhow::Result<Option<(Settings, Vec<NewSource>)>> {
        let times = plan::read_times(&self.times.join(",")).with_context(|| {
            format!(
                "market.times {:?}: give times such as \"08:00\" and \"14:30\", at most 24",
                self.times
            )
        })?;
        let report = Report::parse(&self.report).with_context(|| {
            format!(
                "market.report {:?} must be off, daily, weekly, biweekly or monthly",
                self.report
            )
        })?;
        let minute = plan::read_times(&self.report_time)
            .and_then(|times| times.first().copied())
            .with_context(|| {
                format!(
                    "market.report_time {:?} is not a time such as 09:00",
                    self.report_time
                )
            })?;
        let source = |kind, word: &String| NewSource {
            kind,
            word: word.trim().to_owned(),
            title: String::new(),
            city_id: self.city.clone(),
            pages: self.pages,
            most: self.max_items,
            sellers_of: self.sellers_of,
        };
        let categories = self
            .categories
            .iter()
            .map(|word| source(SourceKind::Category, word));
        let wishes: Vec<NewSource> = categories
            .chain(self.queries.iter().map(|word| source(SourceKind::Query, word)))
            .collect();
        if let Some((field, value)) = wishes.iter().find_map(NewSource::wrong) {
            anyhow::bail!("market: {field} cannot be {value:?}");
        }
        let settings = Settings {
            times,
            keep_days: self.keep_days,
            archive_days: self.archive_days,
            // Told as a report, it is no notice.
            report: if self.recipients.is_empty() {
                report
            } else {
                Report::Off
            },
            report_minute: minute,
            told_at: None,
            reviews: self.reviews,
            review_limit: self.review_limit,
            raw_days: self.raw_days,
            live_trends: false,
        };
        Ok((!wishes.is_empty()).then_some((settings, wishes)))
    }

    /// The summary as a report that is made by itself; nothing when the section names nobody who gets it.
    pub fn told(&self) -> anyhow::Result<Option<FromFile>> {
        if self.recipients.is_empty() || self.report == Report::Off.word() {
            return Ok(None);
        }
        let declared = report::Report {
            name: SUMMARY.to_owned(),
            kind: "market".to_owned(),
            frequency: self.report.clone(),
            hour: report::Hour::Time(self.report_time.clone()),
            recipients: self.recipients.clone(),
            ..report::Report::default()
        };
        declared.read().context("market").map(Some)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_section_declares_sources_and_names_what_cannot_be() {
        assert!(Market::default().declared().unwrap().is_none());
        let read = |text: &str| toml::from_str::<Market>(text).unwrap();
        let (settings, wishes) =
            read("categories = [\"Rims\"]\nqueries = [\"куртка\"]\ntimes = [\"9:00\", \"14:30\"]\npages = 2")
                .declared()
                .unwrap()
                .unwrap();
        assert_eq!(settings.times, [540, 870]);
        assert_eq!(wishes.len(), 2);
        assert_eq!((wishes[0].pages, wishes[0].most), (2, 60));
        let wrong = read("categories = [\"Rims\"]\npages = 99")
            .declared()
            .unwrap_err();
        assert_eq!(wrong.to_string(), "market: pages cannot be \"99\"");
        assert!(toml::from_str::<Market>("page = 2").is_err());
        let told = read(
            "categories = [\"Rims\"]\nreport = \"biweekly\"\nreport_time = \"09:30\"\nrecipients = [\"telegram\"]",
        );
        assert_eq!(told.declared().unwrap().unwrap().0.report, Report::Off);
        let wish = told.told().unwrap().unwrap().wish;
        assert_eq!(
            (wish.frequency.word(), wish.day, wish.minute),
            ("biweekly", 1, 570)
        );
    }
}
