//! What a pretend world is made of and how fast it lives. Refuses to start anything.

use sauda_kernel::Timestamp;
use std::{fmt, net::SocketAddr, str::FromStr};

const DEFAULT_TELEGRAM_TOKEN: &str = "2222222:AAEpretend_token_of_a_pretend_bot_0";
const DEFAULT_WHATSAPP_KEY: &str = "pretend-whatsapp-key";

/// Size, seed and pace of the pretend world.
#[derive(Debug, Clone, clap::Args)]
pub struct Options {
    /// Address to listen on; port 0 takes a free one.
    #[arg(long, default_value = "127.0.0.1:0")]
    pub listen: SocketAddr,
    /// Everything in the world follows from this number and the clock.
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
    /// Number of product cards.
    #[arg(long, default_value_t = 2_000)]
    pub cards: u32,
    /// Number of rival sellers.
    #[arg(long, default_value_t = 400)]
    pub sellers: u32,
    /// Number of shops that can be signed into.
    #[arg(long, default_value_t = 3)]
    pub shops: u32,
    /// Offers of each of those shops.
    #[arg(long, default_value_t = 120)]
    pub offers: u32,
    /// Exactly so many rivals on every card, instead of a heavy-tailed draw of 1 to 60.
    #[arg(long)]
    pub rivals_per_card: Option<u32>,
    /// `1` to `1000`: so many world seconds in a second; or `stepped`: time moves only when pushed.
    #[arg(long, default_value = "1")]
    pub speed: Speed,
    /// Keeps sessions and own offers in this file, and takes them back at the next start.
    #[arg(long)]
    pub memory: Option<std::path::PathBuf>,
    /// First moment of the world (RFC 3339); the machine's time when absent.
    #[arg(long, value_parser = parse_time)]
    pub start_at: Option<Timestamp>,
    /// The world was born so many days before its first moment: reviews have come since.
    #[arg(long, default_value_t = 0)]
    pub past_days: u32,
    /// Which clock read limits, change limits and sign-in breaks run on.
    #[arg(long, value_enum, default_value_t = LimitClock::Auto)]
    pub limit_clock: LimitClock,
    /// Rivals do not move by themselves.
    #[arg(long)]
    pub still_rivals: bool,
    /// Nobody buys.
    #[arg(long)]
    pub no_buyers: bool,
    /// Shops have a year of orders behind them.
    #[arg(long)]
    pub past_year: bool,
    /// Storefront reads are not limited.
    #[arg(long)]
    pub no_read_limit: bool,
    /// Price changes are not limited.
    #[arg(long)]
    pub no_change_limit: bool,
    /// Address of the pretend mail server; without it there is none.
    #[arg(long)]
    pub smtp: Option<SocketAddr>,
    /// Key of the pretend WhatsApp server.
    #[arg(long, default_value = DEFAULT_WHATSAPP_KEY)]
    pub whatsapp_key: String,
    /// Token of the pretend Telegram bot.
    #[arg(long, default_value = DEFAULT_TELEGRAM_TOKEN)]
    pub telegram_token: String,
    /// The address of a reader is taken from `X-Forwarded-For`.
    #[arg(long)]
    pub trust_forwarded_for: bool,
}

/// Pace of the world's clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Speed {
    /// World seconds per real second, 1..=1000.
    Times(u32),
    /// Time moves only when pushed.
    Stepped,
}

/// The clock of limits and bans.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum LimitClock {
    /// World time when stepped, real time when the world runs by itself.
    Auto,
    /// Always real time.
    Real,
    /// Always world time.
    World,
}

/// A speed that is neither 1..=1000 nor `stepped`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a speed: write a number from 1 to 1000, or stepped")]
pub struct InvalidSpeed(String);

impl FromStr for Speed {
    type Err = InvalidSpeed;

    fn from_str(text: &str) -> Result<Self, InvalidSpeed> {
        let bare = text.trim().trim_start_matches(['x', 'X', '×']);
        if bare.eq_ignore_ascii_case("stepped") {
            return Ok(Self::Stepped);
        }
        match bare.parse::<u32>() {
            Ok(times @ 1..=1_000) => Ok(Self::Times(times)),
            _ => Err(InvalidSpeed(text.chars().take(40).collect())),
        }
    }
}

impl fmt::Display for Speed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Times(times) => write!(f, "{times}"),
            Self::Stepped => f.write_str("stepped"),
        }
    }
}

impl Default for Options {
    /// A small living world; the same values as the flags' defaults.
    fn default() -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 0)),
            seed: 1,
            cards: 2_000,
            sellers: 400,
            shops: 3,
            offers: 120,
            rivals_per_card: None,
            speed: Speed::Times(1),
            memory: None,
            start_at: None,
            past_days: 0,
            limit_clock: LimitClock::Auto,
            still_rivals: false,
            no_buyers: false,
            past_year: false,
            no_read_limit: false,
            no_change_limit: false,
            smtp: None,
            whatsapp_key: DEFAULT_WHATSAPP_KEY.to_owned(),
            telegram_token: DEFAULT_TELEGRAM_TOKEN.to_owned(),
            trust_forwarded_for: false,
        }
    }
}

impl Options {
    /// A tiny frozen world for tests: stepped clock at a fixed morning, rivals and buyers at rest, limits on.
    pub fn for_tests() -> Self {
        Self {
            cards: 60,
            sellers: 40,
            shops: 3,
            offers: 20,
            speed: Speed::Stepped,
            start_at: Timestamp::parse("2026-11-20T05:00:00Z").ok(),
            still_rivals: true,
            no_buyers: true,
            ..Self::default()
        }
    }
}

fn parse_time(text: &str) -> Result<Timestamp, sauda_kernel::InvalidTime> {
    Timestamp::parse(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(clap::Parser)]
    struct Cli {
        #[command(flatten)]
        options: Options,
    }

    #[test]
    fn flags_and_defaults_agree() {
        let parsed = <Cli as clap::Parser>::try_parse_from(["sim"]).unwrap().options;
        assert_eq!(format!("{parsed:?}"), format!("{:?}", Options::default()));
        let parsed =
            <Cli as clap::Parser>::try_parse_from(["sim", "--speed", "x60", "--cards", "5"]).unwrap();
        assert_eq!(
            (parsed.options.speed, parsed.options.cards),
            (Speed::Times(60), 5)
        );
    }

    #[test]
    fn odd_speeds_are_refused() {
        for text in ["0", "1001", "-1", "fast", ""] {
            assert!(text.parse::<Speed>().is_err(), "{text}");
        }
        assert_eq!("stepped".parse(), Ok(Speed::Stepped));
    }
}
