//! Says what stands between us and Kaspi, one probe a service: blocked, wrong country, ended session, bad token, down, name unknown.
//! Refuses to change anything there.

use crate::{
    KaspiMarket,
    http::{Call, Effect, Service, judge},
    settings::join,
};
use sauda_kernel::Span;
use sauda_market::{CardQuestion, Egress, MarketError, Marketplace, Session};
use secrecy::{ExposeSecret, SecretString};
use std::fmt;
use tokio::time::Instant;

/// What was knocked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Probe {
    Storefront,
    Cabinet,
    Identity,
    /// A kept cabinet session.
    Session,
    /// The official API with a token.
    Official,
}

/// What was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    Works,
    /// This address is refused: 403, 405 or a page instead of data.
    Blocked,
    /// The connection stands and no answer comes: how Kaspi treats addresses outside Kazakhstan.
    WrongCountry,
    SessionEnded,
    BadToken,
    /// 429: too many calls from here.
    Throttled,
    /// 5xx.
    Down,
    /// The name is not known.
    Dns,
    /// The name is known, no connection comes about.
    NoConnection,
    /// Something answers that is not Kaspi as we know it.
    Strange,
}

/// What to knock with; nothing here is needed.
#[derive(Debug, Default)]
pub struct Probes<'a> {
    pub session: Option<&'a Session>,
    pub token: Option<&'a SecretString>,
}

/// One probe with its outcome.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    pub probe: Probe,
    pub verdict: Verdict,
    pub took: Span,
    /// The failure in words; empty when it works.
    pub detail: String,
}

impl Verdict {
    /// A stable word for storage and metrics.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Works => "works",
            Self::Blocked => "blocked",
            Self::WrongCountry => "wrong_country",
            Self::SessionEnded => "session_ended",
            Self::BadToken => "bad_token",
            Self::Throttled => "throttled",
            Self::Down => "down",
            Self::Dns => "dns",
            Self::NoConnection => "no_connection",
            Self::Strange => "strange",
        }
    }

    const fn of(error: &MarketError) -> Self {
        match error {
            MarketError::BadToken => Self::BadToken,
            MarketError::SessionEnded => Self::SessionEnded,
            MarketError::Blocked { .. } => Self::Blocked,
            MarketError::Timeout => Self::WrongCountry,
            MarketError::Throttled { .. } | MarketError::SignInFlood { .. } => Self::Throttled,
            MarketError::Down { .. } => Self::Down,
            MarketError::NoConnection(_) => Self::NoConnection,
            _ => Self::Strange,
        }
    }
}

impl Finding {
    pub const fn is_good(&self) -> bool {
        matches!(self.verdict, Verdict::Works)
    }

    /// What to do about it; empty when it works.
    pub const fn advice(&self) -> &'static str {
        match self.verdict {
            Verdict::Works => "",
            Verdict::Blocked => {
                "Kaspi refuses this address: use a home or office connection in Kazakhstan, or set a proxy there"
            }
            Verdict::WrongCountry => {
                "Kaspi does not answer addresses outside Kazakhstan: check that the VPN is off, or set a proxy in Kazakhstan"
            }
            Verdict::SessionEnded => "sign in again in Settings, Shops",
            Verdict::BadToken => {
                "make a new token in the cabinet (Settings, API token) and enter it in Settings, Shops"
            }
            Verdict::Throttled => {
                "wait half an hour, and check that no other program uses the same account or address"
            }
            Verdict::Down => {
                "Kaspi itself is down: nothing to do here, work goes on by itself when it is back"
            }
            Verdict::Dns => {
                "the name is not known: check the name server of this machine and the addresses in the section [kaspi]"
            }
            Verdict::NoConnection => "check the network, the firewall, and the proxy if one is set",
            Verdict::Strange => {
                "what answers is not the Kaspi we know: check the addresses in the section [kaspi]; a new version of this program may be needed"
            }
        }
    }
}

impl fmt::Display for Probe {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Storefront => "storefront",
            Self::Cabinet => "cabinet",
            Self::Identity => "sign-in",
            Self::Session => "session",
            Self::Official => "official API",
        })
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_good() {
            return write!(f, "{}: works, {} ms", self.probe, self.took.as_millis());
        }
        write!(
            f,
            "{}: {} ({})",
            self.probe,
            self.verdict.word().replace('_', " "),
            self.detail
        )
    }
}

impl KaspiMarket {
    /// Knocks at the storefront, the cabinet and the sign-in server without any credentials.
    pub async fn doctor(&self, via: &Egress) -> Vec<Finding> {
        self.doctor_with(via, &Probes::default()).await
    }

    /// The same, and with a session or a token when there is one. Three to five calls, none of which changes anything.
    pub async fn doctor_with(&self, via: &Egress, probes: &Probes<'_>) -> Vec<Finding> {
        let mut findings = Vec::new();
        let start = Instant::now();
        findings.push(finding(
            Probe::Storefront,
            start,
            self.probe_storefront(via).await,
        ));
        let start = Instant::now();
        findings.push(finding(Probe::Cabinet, start, self.probe_cabinet(via).await));
        let start = Instant::now();
        findings.push(finding(Probe::Identity, start, self.probe_identity(via).await));
        if let Some(session) = probes.session {
            let start = Instant::now();
            findings.push(finding(
                Probe::Session,
                start,
                self.shops(via, session).await.map(|_| ()),
            ));
        }
        if let Some(token) = probes.token {
            let start = Instant::now();
            findings.push(finding(
                Probe::Official,
                start,
                self.probe_official(via, token).await,
            ));
        }
        findings
    }

    /// A card that need not exist: an unknown one answers with an empty list, which is an answer.
    async fn probe_storefront(&self, via: &Egress) -> Result<(), MarketError> {
        let question = CardQuestion {
            card: "102298404".to_owned(),
            city_id: "750000000".to_owned(),
            page: 0,
            limit: 1,
        };
        self.storefront(via).card_offers(&question).await.map(|_| ())
    }

    /// Without a session the cabinet must answer 401.
    async fn probe_cabinet(&self, via: &Egress) -> Result<(), MarketError> {
        let mut call = Call::get(
            Service::Cabinet,
            "probe cabinet",
            join(&self.settings.cabinet_url, "/s/m"),
            &self.settings,
        );
        crate::cabinet::put_headers(&mut call, &self.settings)?;
        let answer = call.send(&self.clients, via, &self.settings).await?;
        if answer.status == 401 {
            return Ok(());
        }
        let status = answer.status;
        judge(answer, Service::Cabinet, Effect::Read, &self.settings)?;
        Err(MarketError::BadAnswer(format!(
            "the cabinet answered {status} where 401 belongs"
        )))
    }

    async fn probe_identity(&self, via: &Egress) -> Result<(), MarketError> {
        let mut call = Call::get(
            Service::Identity,
            "probe sign-in",
            join(&self.settings.identity_url, "/login"),
            &self.settings,
        );
        call.header("accept", "text/html,*/*;q=0.8")?;
        let answer = call.send(&self.clients, via, &self.settings).await?;
        if answer.is_redirect() {
            return Ok(());
        }
        judge(answer, Service::Identity, Effect::Read, &self.settings).map(|_| ())
    }

    /// A look for an order that need not exist. From abroad such a call is held open until it times out.
    async fn probe_official(&self, via: &Egress, token: &SecretString) -> Result<(), MarketError> {
        let url = join(
            &self.settings.official_url,
            "/orders?filter%5Borders%5D%5Bcode%5D=100000000",
        );
        let mut call = Call::get(Service::Official, "probe official", url, &self.settings);
        call.header("accept", "application/vnd.api+json")?;
        call.header("content-type", "application/vnd.api+json")?;
        call.header("x-auth-token", token.expose_secret())?;
        let answer = call.send(&self.clients, via, &self.settings).await?;
        judge(answer, Service::Official, Effect::Read, &self.settings).map(|_| ())
    }
}

fn finding(probe: Probe, start: Instant, outcome: Result<(), MarketError>) -> Finding {
    let took = Span::from_micros(i64::try_from(start.elapsed().as_micros()).unwrap_or(i64::MAX));
    match outcome {
        Ok(()) => Finding {
            probe,
            verdict: Verdict::Works,
            took,
            detail: String::new(),
        },
        Err(error) => {
            let mut verdict = Verdict::of(&error);
            if matches!(&error, MarketError::NoConnection(why) if why.contains("(DNS)")) {
                verdict = Verdict::Dns;
            }
            Finding {
                probe,
                verdict,
                took,
                detail: error.to_string(),
            }
        }
    }
}
