//! How patient we are with a mail server. Refuses to hold addresses and passwords: each call brings its own.

use sauda_channel::ChannelError;
use serde::Deserialize;
use std::time::Duration;

/// A section of the configuration file.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct EmailSettings {
    /// Seconds to connect.
    pub connect_timeout_secs: u64,
    /// Seconds until the letter's content may be sent: greeting, sign-in, recipients.
    pub command_timeout_secs: u64,
    /// Seconds to wait for the receipt after the content.
    pub content_timeout_secs: u64,
    /// How long to wait when a server says "later", seconds: grey lists open after some minutes.
    pub later_wait_secs: u64,
}

impl Default for EmailSettings {
    fn default() -> Self {
        Self {
            connect_timeout_secs: 10,
            command_timeout_secs: 30,
            content_timeout_secs: 120,
            later_wait_secs: 300,
        }
    }
}

impl EmailSettings {
    /// # Errors
    /// `Invalid` with the key, the value and what it should be.
    pub fn validate(&self) -> Result<(), ChannelError> {
        for (key, value, most) in [
            ("connect_timeout_secs", self.connect_timeout_secs, 120),
            ("command_timeout_secs", self.command_timeout_secs, 600),
            ("content_timeout_secs", self.content_timeout_secs, 900),
            ("later_wait_secs", self.later_wait_secs, 86_400),
        ] {
            if !(1..=most).contains(&value) {
                return Err(ChannelError::Invalid(format!(
                    "email.{key} = {value}: a number from 1 to {most}"
                )));
            }
        }
        Ok(())
    }

    pub(crate) const fn connect_timeout(&self) -> Duration {
        Duration::from_secs(self.connect_timeout_secs)
    }
    pub(crate) const fn command_timeout(&self) -> Duration {
        Duration::from_secs(self.command_timeout_secs)
    }
    pub(crate) const fn content_timeout(&self) -> Duration {
        Duration::from_secs(self.content_timeout_secs)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_setting_out_of_bounds_is_named() {
        assert_eq!(EmailSettings::default().validate(), Ok(()));
        let odd = EmailSettings {
            later_wait_secs: 0,
            ..EmailSettings::default()
        };
        assert_eq!(
            odd.validate().unwrap_err().to_string(),
            "email.later_wait_secs = 0: a number from 1 to 86400"
        );
    }
}
