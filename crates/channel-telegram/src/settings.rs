//! Where the Bot API lives and how patient we are with it. Refuses to hold tokens: each call brings its own.

use sauda_channel::ChannelError;
use serde::Deserialize;
use std::time::Duration;

/// A section of the configuration file.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct TelegramSettings {
    /// The Bot API; a server of one's own has another address and the same paths.
    pub api_url: String,
    /// Where links to bots begin.
    pub link_url: String,
    pub connect_timeout_secs: u64,
    /// Seconds a call may take; waiting for updates comes on top.
    pub total_timeout_secs: u64,
    pub max_answer_bytes: usize,
    /// How long to wait after a 429 that does not say, seconds.
    pub throttle_wait_secs: u64,
}

impl Default for TelegramSettings {
    fn default() -> Self {
        Self {
            api_url: "https://api.telegram.org".to_owned(),
            link_url: "https://t.me".to_owned(),
            connect_timeout_secs: 5,
            total_timeout_secs: 20,
            max_answer_bytes: 4 * 1024 * 1024,
            throttle_wait_secs: 5,
        }
    }
}

impl TelegramSettings {
    /// # Errors
    /// `Invalid` with the key, the value and what it should be.
    pub fn validate(&self) -> Result<(), ChannelError> {
        for (key, url) in [("api_url", &self.api_url), ("link_url", &self.link_url)] {
            let host = url
                .strip_prefix("https://")
                .or_else(|| url.strip_prefix("http://"));
            if host.is_none_or(|host| host.is_empty() || host.contains(['@', '?', '#', ' '])) {
                return Err(ChannelError::Invalid(format!(
                    "telegram.{key} = {url}: an address like https://api.telegram.org"
                )));
            }
        }
        let bytes = u64::try_from(self.max_answer_bytes).unwrap_or(u64::MAX);
        for (key, value, least, most) in [
            ("connect_timeout_secs", self.connect_timeout_secs, 1, 120),
            ("total_timeout_secs", self.total_timeout_secs, 1, 600),
            ("throttle_wait_secs", self.throttle_wait_secs, 1, 3_600),
            ("max_answer_bytes", bytes, 65_536, 1 << 30),
        ] {
            if !(least..=most).contains(&value) {
                return Err(ChannelError::Invalid(format!(
                    "telegram.{key} = {value}: a number from {least} to {most}"
                )));
            }
        }
        Ok(())
    }

    pub(crate) const fn connect_timeout(&self) -> Duration {
        Duration::from_secs(self.connect_timeout_secs)
    }
    pub(crate) const fn total_timeout(&self) -> Duration {
        Duration::from_secs(self.total_timeout_secs)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_setting_out_of_bounds_is_named() {
        assert_eq!(TelegramSettings::default().validate(), Ok(()));
        let odd = TelegramSettings {
            api_url: "api.telegram.org".to_owned(),
            ..TelegramSettings::default()
        };
        assert_eq!(
            odd.validate().unwrap_err().to_string(),
            "telegram.api_url = api.telegram.org: an address like https://api.telegram.org"
        );
    }
}
