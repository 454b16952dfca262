//! How patient we are with a WAHA server. Refuses to hold addresses and keys: each line brings its own.

use sauda_channel::ChannelError;
use serde::Deserialize;
use std::time::Duration;

/// A section of the configuration file.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct WahaSettings {
    /// Seconds to wait for a connection.
    pub connect_timeout_secs: u64,
    /// Seconds a whole call may take; sending a file includes its way to the phone network.
    pub total_timeout_secs: u64,
    /// Largest JSON answer read, bytes.
    pub max_answer_bytes: usize,
    /// Largest file fetched, bytes.
    pub max_file_bytes: usize,
    /// How long to wait after a 429 that does not say, seconds.
    pub throttle_wait_secs: u64,
}

impl Default for WahaSettings {
    fn default() -> Self {
        Self {
            connect_timeout_secs: 5,
            total_timeout_secs: 45,
            max_answer_bytes: 8 * 1024 * 1024,
            max_file_bytes: 32 * 1024 * 1024,
            throttle_wait_secs: 60,
        }
    }
}

impl WahaSettings {
    /// # Errors
    /// `Invalid` with the key, the value and what it should be.
    pub fn validate(&self) -> Result<(), ChannelError> {
        let bytes = |value: usize| u64::try_from(value).unwrap_or(u64::MAX);
        for (key, value, least, most) in [
            ("connect_timeout_secs", self.connect_timeout_secs, 1, 120),
            ("total_timeout_secs", self.total_timeout_secs, 1, 600),
            ("throttle_wait_secs", self.throttle_wait_secs, 1, 86_400),
            ("max_answer_bytes", bytes(self.max_answer_bytes), 65_536, 1 << 30),
            ("max_file_bytes", bytes(self.max_file_bytes), 65_536, 1 << 30),
        ] {
            if !(least..=most).contains(&value) {
                return Err(ChannelError::Invalid(format!(
                    "waha.{key} = {value}: a number from {least} to {most}"
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
        assert_eq!(WahaSettings::default().validate(), Ok(()));
        let odd = WahaSettings {
            total_timeout_secs: 0,
            ..WahaSettings::default()
        };
        assert_eq!(
            odd.validate().unwrap_err().to_string(),
            "waha.total_timeout_secs = 0: a number from 1 to 600"
        );
    }
}
