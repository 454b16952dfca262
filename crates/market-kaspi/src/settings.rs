//! Where Kaspi lives and how patient we are with it. Refuses to read files or the environment: whoever starts the program does.

use sauda_market::MarketError;
use serde::Deserialize;
use std::{collections::BTreeMap, time::Duration};
use url::Url;

/// A plain desktop browser. Kaspi holds the connections of library default agents until they time out; one constant
/// value is sent with every call and nothing else of a browser is imitated.
pub const BROWSER_USER_AGENT: &str = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36";

/// Settings of the Kaspi client; a section of the configuration file.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct KaspiSettings {
    /// Public shop window: offers on cards, listings, product pages, reviews.
    pub storefront_url: String,
    /// Seller cabinet.
    pub cabinet_url: String,
    /// Sign-in server of the cabinet.
    pub identity_url: String,
    /// What `Origin`, `Referer` and links for people say.
    pub site_url: String,
    /// Pictures.
    pub resources_url: String,
    /// Official orders API; only `doctor` knocks here.
    pub official_url: String,
    pub user_agent: String,
    pub accept_language: String,
    /// Seconds to wait for a connection.
    pub connect_timeout_secs: u64,
    /// Seconds a whole call may take.
    pub total_timeout_secs: u64,
    /// Largest JSON answer read, bytes after unpacking.
    pub max_answer_bytes: usize,
    /// Largest product page read, bytes after unpacking.
    pub max_page_bytes: usize,
    /// Delivery zone by city id; a city that is not here is its own zone.
    pub zones: BTreeMap<String, String>,
    /// How long to stop changing prices after a 429 without `Retry-After`, minutes.
    pub change_ban_mins: u64,
    /// How long to leave the storefront alone after a 429 without `Retry-After`, seconds.
    pub read_ban_secs: u64,
    /// How long to wait with signing in when Kaspi says "too often" without a time, seconds.
    pub sign_in_wait_secs: u64,
    /// Whether numbers of devices (IMEI) may be sent: only others were seen to do it, so it is off.
    pub imei: bool,
}

impl Default for KaspiSettings {
    fn default() -> Self {
        Self {
            storefront_url: "https://kaspi.kz".to_owned(),
            cabinet_url: "https://mc.shop.kaspi.kz".to_owned(),
            identity_url: "https://idmc.shop.kaspi.kz".to_owned(),
            site_url: "https://kaspi.kz".to_owned(),
            resources_url: "https://resources.cdn-kaspi.kz".to_owned(),
            official_url: "https://kaspi.kz/shop/api/v2".to_owned(),
            user_agent: BROWSER_USER_AGENT.to_owned(),
            accept_language: "ru".to_owned(),
            connect_timeout_secs: 5,
            total_timeout_secs: 20,
            max_answer_bytes: 16 * 1024 * 1024,
            max_page_bytes: 8 * 1024 * 1024,
            zones: BTreeMap::from([("750000000".to_owned(), "Magnum_ZONE1".to_owned())]),
            change_ban_mins: 30,
            read_ban_secs: 30,
            sign_in_wait_secs: 300,
            imei: false,
        }
    }
}

impl KaspiSettings {
    /// Settings with every host at one address, as the pretend Kaspi has them.
    pub fn all_at(base: &str) -> Self {
        let base = base.trim_end_matches('/').to_owned();
        Self {
            storefront_url: base.clone(),
            cabinet_url: base.clone(),
            identity_url: base.clone(),
            site_url: base.clone(),
            resources_url: base.clone(),
            official_url: format!("{base}/shop/api/v2"),
            ..Self::default()
        }
    }

    /// # Errors
    /// `Invalid` with the key, the value and what it should be.
    pub fn validate(&self) -> Result<(), MarketError> {
        for (key, value) in [
            ("storefront_url", &self.storefront_url),
            ("cabinet_url", &self.cabinet_url),
            ("identity_url", &self.identity_url),
            ("site_url", &self.site_url),
            ("resources_url", &self.resources_url),
            ("official_url", &self.official_url),
        ] {
            check_address(key, value)?;
        }
        for (key, value) in [
            ("user_agent", &self.user_agent),
            ("accept_language", &self.accept_language),
        ] {
            if value.trim().is_empty() || !value.bytes().all(|byte| (b' '..=b'~').contains(&byte)) {
                return Err(invalid(key, value, "printable Latin text"));
            }
        }
        for (key, value, least, most) in [
            ("connect_timeout_secs", self.connect_timeout_secs, 1, 120),
            ("total_timeout_secs", self.total_timeout_secs, 1, 600),
            ("change_ban_mins", self.change_ban_mins, 1, 1440),
            ("read_ban_secs", self.read_ban_secs, 1, 3600),
            ("sign_in_wait_secs", self.sign_in_wait_secs, 1, 86_400),
        ] {
            if !(least..=most).contains(&value) {
                return Err(invalid(
                    key,
                    &value.to_string(),
                    &format!("a number from {least} to {most}"),
                ));
            }
        }
        for (key, value) in [
            ("max_answer_bytes", self.max_answer_bytes),
            ("max_page_bytes", self.max_page_bytes),
        ] {
            if !(65_536..=268_435_456).contains(&value) {
                return Err(invalid(
                    key,
                    &value.to_string(),
                    "a number of bytes from 65536 to 268435456",
                ));
            }
        }
        for (city, zone) in &self.zones {
            if city.is_empty() || zone.is_empty() {
                return Err(invalid(
                    "zones",
                    &format!("{city} = {zone}"),
                    "a city id and its zone, like 750000000 = Magnum_ZONE1",
                ));
            }
        }
        Ok(())
    }

    /// Delivery zone of a city.
    pub fn zone<'a>(&'a self, city_id: &'a str) -> &'a str {
        self.zones.get(city_id).map_or(city_id, String::as_str)
    }
    pub(crate) const fn connect_timeout(&self) -> Duration {
        Duration::from_secs(self.connect_timeout_secs)
    }
    pub(crate) const fn total_timeout(&self) -> Duration {
        Duration::from_secs(self.total_timeout_secs)
    }
}

/// Joins a base address of the settings with a path that begins with `/`.
pub fn join(base: &str, path: &str) -> String {
    format!("{}{path}", base.trim_end_matches('/'))
}

fn check_address(key: &str, value: &str) -> Result<(), MarketError> {
    let wanted = "an address like https://kaspi.kz without question mark";
    match Url::parse(value) {
        Ok(url)
            if matches!(url.scheme(), "http" | "https")
                && url.host_str().is_some()
                && url.query().is_none()
                && url.fragment().is_none()
                && url.username().is_empty() =>
        {
            Ok(())
        }
        _ => Err(invalid(key, value, wanted)),
    }
}

fn invalid(key: &str, value: &str, wanted: &str) -> MarketError {
    MarketError::Invalid(format!("kaspi.{key} is {value:?}: it must be {wanted}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn defaults_are_valid_and_unknown_keys_are_not() {
        assert_eq!(KaspiSettings::default().validate(), Ok(()));
        assert_eq!(KaspiSettings::all_at("http://127.0.0.1:8080/").validate(), Ok(()));
        let refusal = serde_json::from_str::<KaspiSettings>(r#"{"cabinet":"x"}"#).unwrap_err();
        assert!(
            refusal.to_string().starts_with("unknown field `cabinet`"),
            "{refusal}"
        );
    }

    #[test]
    fn a_refusal_names_the_key_and_the_way_out() {
        let check = |change: fn(&mut KaspiSettings), text: &str| {
            let mut settings = KaspiSettings::default();
            change(&mut settings);
            assert_eq!(settings.validate(), Err(MarketError::Invalid(text.to_owned())));
        };
        check(
            |s| s.cabinet_url = "mc.shop.kaspi.kz".to_owned(),
            r#"kaspi.cabinet_url is "mc.shop.kaspi.kz": it must be an address like https://kaspi.kz without question mark"#,
        );
        check(
            |s| s.connect_timeout_secs = 0,
            r#"kaspi.connect_timeout_secs is "0": it must be a number from 1 to 120"#,
        );
        check(
            |s| s.user_agent = "бот".to_owned(),
            r#"kaspi.user_agent is "бот": it must be printable Latin text"#,
        );
        check(
            |s| s.max_page_bytes = 1,
            r#"kaspi.max_page_bytes is "1": it must be a number of bytes from 65536 to 268435456"#,
        );
    }

    #[test]
    fn almaty_has_a_named_zone_and_other_cities_are_their_own() {
        let settings = KaspiSettings::default();
        assert_eq!(
            (settings.zone("750000000"), settings.zone("551010000")),
            ("Magnum_ZONE1", "551010000")
        );
    }
}
