//! Switches of the world that may change while it runs. Refuses to hold faults: those come and go by themselves.

use crate::options::Options;
use sauda_kernel::Span;
use serde_json::{Value, json};

/// The switches. Cheap to copy; read on every request.
#[derive(Debug, Clone, Copy)]
pub struct Settings {
    pub rivals: bool,
    pub buyers: bool,
    /// Grows whenever rivals or buyers are switched; plans of earlier eras are dropped.
    pub era: u32,
    pub read_limit: bool,
    pub change_limit: bool,
    pub trust_forwarded_for: bool,
    /// Shortest and longest time from an accepted change to the cabinet showing it.
    pub job_delay: (Span, Span),
    /// From the cabinet to the storefront.
    pub storefront_lag: Span,
    /// A mail code is asked for after a right password.
    pub mail_code: bool,
    pub mail_code_spelling: Spelling,
    /// Cities that a change leaves out lose their price.
    pub city_prices_replace: bool,
    /// The total of the own catalogue moves by one from page to page.
    pub total_drifts: bool,
}

/// Which spelling of the mail code sign-in takes: sources disagree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Spelling {
    Both,
    /// `{"_u","_m_c","_r_d":true}`
    MC,
    /// `{"_u","_p","_c"}`
    C,
}

impl Settings {
    pub fn of(options: &Options) -> Self {
        Self {
            rivals: !options.still_rivals,
            buyers: !options.no_buyers,
            era: 0,
            read_limit: !options.no_read_limit,
            change_limit: !options.no_change_limit,
            trust_forwarded_for: options.trust_forwarded_for,
            job_delay: (Span::from_secs(5), Span::from_secs(60)),
            storefront_lag: Span::ZERO,
            mail_code: true,
            mail_code_spelling: Spelling::Both,
            city_prices_replace: false,
            total_drifts: true,
        }
    }

    pub fn to_json(self) -> Value {
        json!({
            "rivals": self.rivals, "buyers": self.buyers, "read_limit": self.read_limit, "change_limit": self.change_limit,
            "trust_forwarded_for": self.trust_forwarded_for,
            "job_delay_ms": [self.job_delay.0.as_millis(), self.job_delay.1.as_millis()],
            "storefront_lag_ms": self.storefront_lag.as_millis(), "mail_code": self.mail_code,
            "mail_code_spelling": self.mail_code_spelling, "city_prices_replace": self.city_prices_replace,
            "total_drifts": self.total_drifts,
        })
    }
}

/// Some switches, for a partial change.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SettingsPatch {
    pub rivals: Option<bool>,
    pub buyers: Option<bool>,
    pub read_limit: Option<bool>,
    pub change_limit: Option<bool>,
    pub trust_forwarded_for: Option<bool>,
    pub job_delay_ms: Option<(i64, i64)>,
    pub storefront_lag_ms: Option<i64>,
    pub mail_code: Option<bool>,
    pub mail_code_spelling: Option<Spelling>,
    pub city_prices_replace: Option<bool>,
    pub total_drifts: Option<bool>,
}

impl SettingsPatch {
    /// The switches after this change. Rivals and buyers are left to [`crate::sim::Sim::live`].
    pub fn over(&self, mut old: Settings) -> Settings {
        old.read_limit = self.read_limit.unwrap_or(old.read_limit);
        old.change_limit = self.change_limit.unwrap_or(old.change_limit);
        old.trust_forwarded_for = self.trust_forwarded_for.unwrap_or(old.trust_forwarded_for);
        old.mail_code = self.mail_code.unwrap_or(old.mail_code);
        old.mail_code_spelling = self.mail_code_spelling.unwrap_or(old.mail_code_spelling);
        old.city_prices_replace = self.city_prices_replace.unwrap_or(old.city_prices_replace);
        old.total_drifts = self.total_drifts.unwrap_or(old.total_drifts);
        old.storefront_lag = self
            .storefront_lag_ms
            .map_or(old.storefront_lag, Span::from_millis);
        if let Some((low, high)) = self.job_delay_ms {
            old.job_delay = (
                Span::from_millis(low.max(0)),
                Span::from_millis(high.max(low).max(0)),
            );
        }
        old
    }
}
