//! Settings: defaults in code, then `sauda.toml`, then the environment, then flags. The environment is read here and nowhere else.

use anyhow::{Context, bail};
use sauda_channel_telegram::TelegramSettings;
use sauda_market_kaspi::KaspiSettings;
use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, path::Path};
use toml::{Table, Value};

/// Everything that can be set.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    pub server: Server,
    pub database: Database,
    pub redis: Redis,
    pub secrets: Secrets,
    pub accounts: Accounts,
    pub checks: Checks,
    pub history: History,
    pub logs: Logs,
    pub kaspi: KaspiSettings,
    pub whatsapp: Whatsapp,
    pub telegram: TelegramSettings,
    pub mail: Mail,
    pub market: crate::market::Market,
    /// Reports that are made by themselves: `[[report]]`.
    pub report: Vec<crate::report::Report>,
}

/// The web server.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Server {
    /// Address to listen on.
    pub listen: String,
    /// How people reach it; decides on secure cookies and links.
    pub public_url: String,
    /// Addresses of proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<String>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Database {
    /// `sqlite://path` or `postgres://user:password@host/name`.
    pub url: String,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Redis {
    /// `redis://host:port/`; empty: shared state lives in this process.
    pub url: String,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Secrets {
    /// 32 bytes in base64; empty: the key file is used.
    pub key: String,
    /// Made on the first start, readable by its owner only. Keep a copy apart from the database.
    pub key_file: String,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Accounts {
    /// Whether strangers may make merchants of their own after the first owner.
    pub open_sign_up: bool,
    pub session_idle_days: i64,
    pub session_longest_days: i64,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Checks {
    /// Loops that check prices beside each other in one process.
    pub lanes: u32,
    /// Watches taken at once.
    pub batch: u32,
    /// Storefront reads a second from one address. The marketplace blocks above about fifteen.
    pub reads_per_second: u32,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct History {
    /// Days that observations, decisions and the price history are kept.
    pub observations_days: i64,
    pub decisions_days: i64,
    pub prices_days: i64,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Logs {
    /// `pretty` or `json`.
    pub format: String,
    /// As `tracing` filters: `info`, `sauda_pricing=debug,info`.
    pub filter: String,
}

/// WhatsApp: the lines themselves are added on their page.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Whatsapp {
    /// How WAHA servers reach this program, such as `http://sauda:8090`; empty: by `server.public_url`.
    pub callback_url: String,
    /// Addresses of the servers that may be named; empty: any.
    pub servers: Vec<String>,
    /// Seconds that a whole call may take.
    pub total_timeout_secs: u64,
}

impl Default for Whatsapp {
    fn default() -> Self {
        Self {
            callback_url: String::new(),
            servers: Vec::new(),
            total_timeout_secs: 45,
        }
    }
}
/// From where letters to the team leave: one box for the installation.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Mail {
    /// The server that takes letters; empty: none are sent.
    pub host: String,
    pub port: u16,
    /// `tls` (port 465), `starttls` (587) or `plain`, for a server on the same machine only.
    pub security: String,
    /// Empty where the server takes letters without sign-in.
    pub login: String,
    pub password: String,
    /// The address that letters come from.
    pub from: String,
    /// The name beside it.
    pub name: String,
}

impl Default for Mail {
    fn default() -> Self {
        Self {
            host: String::new(),
            port: 465,
            security: "tls".to_owned(),
            login: String::new(),
            password: String::new(),
            from: String::new(),
            name: "Sauda".to_owned(),
        }
    }
}

impl Default for Server {
    fn default() -> Self {
        Self {
            listen: "127.0.0.1:8090".to_owned(),
            public_url: "http://localhost:8090".to_owned(),
            trusted_proxies: Vec::new(),
        }
    }
}
impl Default for Database {
    fn default() -> Self {
        Self {
            url: "sqlite://data/sauda.sqlite".to_owned(),
        }
    }
}
impl Default for Secrets {
    fn default() -> Self {
        Self {
            key: String::new(),
            key_file: "data/secret.key".to_owned(),
        }
    }
}
impl Default for Accounts {
    fn default() -> Self {
        Self {
            open_sign_up: false,
            session_idle_days: 7,
            session_longest_days: 30,
        }
    }
}
impl Default for Checks {
    fn default() -> Self {
        Self {
            lanes: 2,
            batch: 64,
            reads_per_second: 8,
        }
    }
}
impl Default for History {
    fn default() -> Self {
        Self {
            observations_days: 35,
            decisions_days: 180,
            prices_days: 400,
        }
    }
}
impl Default for Logs {
    fn default() -> Self {
        Self {
            format: "pretty".to_owned(),
            filter: "info,sqlx=warn".to_owned(),
        }
    }
}

/// Settings whose values are never shown.
const SECRET: [&str; 4] = ["secrets.key", "database.url", "redis.url", "mail.password"];
/// The prefix of environment variables: `server.listen` is `SAUDA_SERVER_LISTEN`.
const PREFIX: &str = "SAUDA_";

impl Config {
    /// Reads the file (missing is fine unless it was named), the environment and flags such as `server.listen=…`.
    pub fn load(file: Option<&Path>, flags: &[(String, String)]) -> anyhow::Result<Self> {
        let path = file.unwrap_or_else(|| Path::new("sauda.toml"));
        let mut table = match std::fs::read_to_string(path) {
            Ok(text) => text
                .parse::<Table>()
                .with_context(|| format!("{} is not TOML", path.display()))?,
            Err(missing) if missing.kind() == std::io::ErrorKind::NotFound && file.is_none() => Table::new(),
            Err(error) => return Err(error).with_context(|| format!("{} cannot be read", path.display())),
        };
        let known = known();
        for (name, text) in std::env::vars() {
            let Some(rest) = name.strip_prefix(PREFIX) else {
                continue;
            };
            let key = known
                .keys()
                .find(|key| key.replace('.', "_").eq_ignore_ascii_case(rest));
            match key {
                Some(key) => put(&mut table, key, &text, &known)
                    .with_context(|| format!("environment variable {name}"))?,
                None if OTHERS.contains(&rest) || rest.starts_with("TEST_") => {}
                None => bail!(
                    "environment variable {name} is not a setting: see `sauda config show` for the names"
                ),
            }
        }
        for (key, text) in flags {
            put(&mut table, key, text, &known).with_context(|| format!("flag {key}"))?;
        }
        let config: Self = Value::Table(table)
            .try_into()
            .with_context(|| format!("settings ({})", path.display()))?;
        config.validate()?;
        Ok(config)
    }

    fn validate(&self) -> anyhow::Result<()> {
        self.server
            .listen
            .parse::<std::net::SocketAddr>()
            .with_context(|| {
                format!(
                    "server.listen {:?} is not an address like 127.0.0.1:8090",
                    self.server.listen
                )
            })?;
        if !self.server.public_url.starts_with("http://") && !self.server.public_url.starts_with("https://") {
            bail!(
                "server.public_url {:?} must begin with http:// or https://",
                self.server.public_url
            );
        }
        if !matches!(self.logs.format.as_str(), "pretty" | "json") {
            bail!("logs.format {:?} must be pretty or json", self.logs.format);
        }
        for (key, value, most) in [
            ("checks.lanes", self.checks.lanes, 64),
            ("checks.batch", self.checks.batch, 1_000),
            ("checks.reads_per_second", self.checks.reads_per_second, 10_000),
        ] {
            if value == 0 || value > most {
                bail!("{key} is {value}: give 1 to {most}");
            }
        }
        for (key, value) in [
            ("history.observations_days", self.history.observations_days),
            ("history.decisions_days", self.history.decisions_days),
            ("history.prices_days", self.history.prices_days),
            ("accounts.session_idle_days", self.accounts.session_idle_days),
            (
                "accounts.session_longest_days",
                self.accounts.session_longest_days,
            ),
        ] {
            if !(1..=3_650).contains(&value) {
                bail!("{key} is {value}: give 1 to 3650");
            }
        }
        let callback = self.whatsapp.callback_url.as_str();
        if !callback.is_empty() && !callback.starts_with("http://") && !callback.starts_with("https://") {
            bail!("whatsapp.callback_url {callback:?} must begin with http:// or https://");
        }
        self.kaspi.validate().context("kaspi")?;
        self.telegram.validate().context("telegram")?;
        crate::speech::mail_server(&self.mail).context("mail")?;
        self.market.declared()?;
        self.declared_reports()?;
        Ok(())
    }

    /// The reports that the file declares, with the summary of the market when it names who gets it.
    pub fn declared_reports(&self) -> anyhow::Result<Vec<sauda_reports::timed::FromFile>> {
        let mut all = crate::report::declared(&self.report)?;
        all.extend(self.market.told()?);
        Ok(all)
    }

    /// Every setting with its value, secrets as stars.
    pub fn show(&self) -> Vec<(String, String)> {
        let mut shown = Vec::new();
        for (key, value) in flatten(self) {
            let hidden = SECRET.contains(&key.as_str())
                && !matches!(&value, Value::String(text) if text.is_empty() || text.starts_with("sqlite:"));
            shown.push((
                key,
                if hidden {
                    "***".to_owned()
                } else {
                    value.to_string()
                },
            ));
        }
        shown
    }
}

/// Variables with our prefix that are read elsewhere: the build's and the tests' own.
const OTHERS: [&str; 3] = ["REQUIRE_ENGINES", "TEST_POSTGRES", "TEST_REDIS"];

/// Every known key with its default.
fn known() -> BTreeMap<String, Value> {
    flatten(&Config::default())
}

fn flatten(config: &Config) -> BTreeMap<String, Value> {
    let mut flat = BTreeMap::new();
    let mut section = |name: &str, value: Result<Value, toml::ser::Error>| {
        if let Ok(Value::Table(table)) = value {
            for (key, value) in table {
                flat.insert(format!("{name}.{key}"), value);
            }
        }
    };
    section("server", Value::try_from(&config.server));
    section("database", Value::try_from(&config.database));
    section("redis", Value::try_from(&config.redis));
    section("secrets", Value::try_from(&config.secrets));
    section("accounts", Value::try_from(&config.accounts));
    section("checks", Value::try_from(&config.checks));
    section("history", Value::try_from(&config.history));
    section("logs", Value::try_from(&config.logs));
    section("whatsapp", Value::try_from(&config.whatsapp));
    section("mail", Value::try_from(&config.mail));
    for (key, value) in [
        ("api_url", &config.telegram.api_url),
        ("link_url", &config.telegram.link_url),
    ] {
        flat.insert(format!("telegram.{key}"), Value::String(value.clone()));
    }
    for (key, value) in [
        ("storefront_url", &config.kaspi.storefront_url),
        ("cabinet_url", &config.kaspi.cabinet_url),
        ("identity_url", &config.kaspi.identity_url),
        ("site_url", &config.kaspi.site_url),
        ("resources_url", &config.kaspi.resources_url),
        ("official_url", &config.kaspi.official_url),
        ("user_agent", &config.kaspi.user_agent),
    ] {
        flat.insert(format!("kaspi.{key}"), Value::String(value.clone()));
    }
    flat
}

/// Puts a text under a dotted key, as the type that the default has.
fn put(table: &mut Table, key: &str, text: &str, known: &BTreeMap<String, Value>) -> anyhow::Result<()> {
    let Some(default) = known.get(key) else {
        bail!("{key} is not a setting")
    };
    let value = match default {
        Value::Integer(_) => Value::Integer(
            text.trim()
                .parse()
                .with_context(|| format!("{text:?} is not a number"))?,
        ),
        Value::Boolean(_) => Value::Boolean(
            text.trim()
                .parse()
                .with_context(|| format!("{text:?} is not true or false"))?,
        ),
        Value::Array(_) => Value::Array(
            text.split(',')
                .map(str::trim)
                .filter(|part| !part.is_empty())
                .map(|part| Value::String(part.to_owned()))
                .collect(),
        ),
        _ => Value::String(text.to_owned()),
    };
    let (section, name) = key.split_once('.').unwrap_or((key, ""));
    let inner = table
        .entry(section.to_owned())
        .or_insert_with(|| Value::Table(Table::new()));
    match inner {
        Value::Table(inner) => {
            inner.insert(name.to_owned(), value);
            Ok(())
        }
        _ => bail!("{section} must be a section"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flags_win_and_unknown_keys_are_named() {
        let flags = [
            ("server.listen".to_owned(), "127.0.0.1:1".to_owned()),
            ("checks.lanes".to_owned(), "4".to_owned()),
        ];
        let config = Config::load(None, &flags).unwrap();
        assert_eq!(
            (config.server.listen.as_str(), config.checks.lanes),
            ("127.0.0.1:1", 4)
        );
        let refused = Config::load(None, &[("checks.speed".to_owned(), "9".to_owned())]).unwrap_err();
        assert_eq!(
            format!("{refused:#}"),
            "flag checks.speed: checks.speed is not a setting"
        );
        let refused = Config::load(None, &[("checks.lanes".to_owned(), "0".to_owned())]).unwrap_err();
        assert_eq!(format!("{refused:#}"), "checks.lanes is 0: give 1 to 64");
    }

    #[test]
    fn secrets_are_shown_as_stars() {
        let flags = [("database.url".to_owned(), "postgres://u:secret@h/d".to_owned())];
        let shown = Config::load(None, &flags).unwrap().show();
        assert!(shown.contains(&("database.url".to_owned(), "***".to_owned())));
        assert!(!format!("{shown:?}").contains("secret@"));
    }
}
