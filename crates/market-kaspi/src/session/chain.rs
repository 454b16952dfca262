//! The walk through the redirects of sign-in, by hand, with our own cookies. Refuses to leave the three hosts of the settings.

use super::Jar;
use crate::{
    KaspiSettings,
    http::{Answer, Call, Clients, Effect, Service, judge},
    settings::join,
};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use sauda_market::{Egress, MarketError};
use url::Url;

/// An honest chain has three redirects.
const MOST_HOPS: usize = 10;

/// Where a walk ended.
pub enum Arrived {
    /// The authorisation server wants to know who it is.
    LoginPage { authorize_url: String },
    /// Back at the cabinet's shell: the session cookie is set.
    Cabinet,
}

/// One person on the way through the chain.
pub struct Walk<'a> {
    pub clients: &'a Clients,
    pub via: &'a Egress,
    pub settings: &'a KaspiSettings,
    pub jar: Jar,
}

impl Walk<'_> {
    /// Step 1: the cabinet notices that nobody is signed in and sets its first cookie.
    ///
    /// # Errors
    /// When the cabinet does not answer as a cabinet.
    pub async fn hello(&mut self) -> Result<(), MarketError> {
        let url = parsed(&join(&self.settings.cabinet_url, "/s/m"))?;
        let mut call = self.call(Service::Cabinet, "sign-in hello", &url)?;
        call.header("x-auth-version", "3")?;
        let answer = self.send(call, &url).await?;
        match judge(answer, Service::Cabinet, Effect::Read, self.settings) {
            // 401 is what step 1 is for.
            Ok(_) | Err(MarketError::SessionEnded) => Ok(()),
            Err(error) => Err(error),
        }
    }

    /// Steps 2 and 3, and when signed in also 5 and 6.
    ///
    /// # Errors
    /// When a step does not lead on, or leads to a strange host.
    pub async fn walk(&mut self) -> Result<Arrived, MarketError> {
        let back = utf8_percent_encode(&join(&self.settings.site_url, "/mc/"), NON_ALPHANUMERIC).to_string();
        let start = join(
            &self.settings.cabinet_url,
            &format!("/oauth2/authorization/1?redirectUrl={back}"),
        );
        self.follow(&start, String::new()).await
    }

    /// The authorisation address once more, for servers that want to be told to go on.
    ///
    /// # Errors
    /// As `walk`.
    pub async fn go_on(&mut self, authorize_url: &str) -> Result<Arrived, MarketError> {
        self.follow(&format!("{authorize_url}&continue"), authorize_url.to_owned())
            .await
    }

    async fn follow(&mut self, start: &str, mut authorize_url: String) -> Result<Arrived, MarketError> {
        let mut url = parsed(start)?;
        for _ in 0..MOST_HOPS {
            if url.path().ends_with("/oauth2/authorize") && authorize_url.is_empty() {
                authorize_url = url.to_string();
            }
            let call = self.call(Service::Identity, "sign-in redirect", &url)?;
            let answer = self.send(call, &url).await?;
            if answer.is_success() && !authorize_url.is_empty() {
                // Some servers show the login page in place instead of redirecting to it.
                return Ok(Arrived::LoginPage { authorize_url });
            }
            if !answer.is_redirect() {
                return Err(self.stopped(answer));
            }
            let Some(next) = answer.location().and_then(|location| url.join(location).ok()) else {
                return Err(MarketError::BadAnswer(
                    "sign-in: a redirect leads nowhere".to_owned(),
                ));
            };
            self.check_host(&next)?;
            if self.is_at(&next, &self.settings.identity_url, "/login") {
                return Ok(Arrived::LoginPage { authorize_url });
            }
            if self.is_at(&next, &self.settings.site_url, "/mc") {
                return self.at_shell();
            }
            url = next;
        }
        Err(MarketError::BadAnswer(format!(
            "sign-in: more than {MOST_HOPS} redirects"
        )))
    }

    /// At the shell the session cookie must be there; without it the chain has led in a circle.
    fn at_shell(&self) -> Result<Arrived, MarketError> {
        let cabinet = parsed(&join(&self.settings.cabinet_url, "/s/m"))?;
        if self.jar.has(&cabinet, "mc-sid") {
            Ok(Arrived::Cabinet)
        } else {
            Err(MarketError::BadAnswer(
                "sign-in: the chain ended without a session".to_owned(),
            ))
        }
    }

    fn stopped(&self, answer: Answer) -> MarketError {
        let status = answer.status;
        match judge(answer, Service::Identity, Effect::Read, self.settings) {
            Err(
                error @ (MarketError::Down { .. }
                | MarketError::Blocked { .. }
                | MarketError::Throttled { .. }),
            ) => error,
            _ => MarketError::BadAnswer(format!("sign-in: the chain stopped with {status}")),
        }
    }

    /// A GET of the chain, as a browser following a link would send it.
    fn call(&self, service: Service, name: &'static str, url: &Url) -> Result<Call, MarketError> {
        let mut call = Call::get(service, name, url.to_string(), self.settings);
        call.header(
            "accept",
            "text/html,application/xhtml+xml,application/json;q=0.9,*/*;q=0.8",
        )?;
        call.header("accept-language", &self.settings.accept_language)?;
        call.header("referer", &join(&self.settings.site_url, "/"))?;
        Ok(call)
    }

    /// Sends with the cookies that belong there and keeps the ones that come back.
    ///
    /// # Errors
    /// How the line failed.
    pub async fn send(&mut self, mut call: Call, url: &Url) -> Result<Answer, MarketError> {
        self.check_host(url)?;
        if let Some(cookies) = self.jar.header(url) {
            call.header("cookie", &cookies)?;
        }
        let answer = call.send(self.clients, self.via, self.settings).await?;
        self.jar.take(url, &answer.headers);
        Ok(answer)
    }

    fn check_host(&self, url: &Url) -> Result<(), MarketError> {
        let known = [
            &self.settings.cabinet_url,
            &self.settings.identity_url,
            &self.settings.site_url,
        ];
        for base in known {
            if Url::parse(base).is_ok_and(|base| base.origin() == url.origin()) {
                return Ok(());
            }
        }
        let host = url.host_str().unwrap_or("no host");
        Err(MarketError::BadAnswer(format!(
            "sign-in: a redirect leads to {host}, which is not one of Kaspi's addresses"
        )))
    }

    fn is_at(&self, url: &Url, base: &str, path: &str) -> bool {
        parsed(&join(base, path)).is_ok_and(|wanted| {
            wanted.origin() == url.origin()
                && url.path().trim_end_matches('/') == wanted.path().trim_end_matches('/')
        })
    }
}

/// An address that the settings or a redirect gave.
///
/// # Errors
/// `Invalid` without repeating it: it may hold a code.
pub fn parsed(url: &str) -> Result<Url, MarketError> {
    Url::parse(url)
        .map_err(|_| MarketError::Invalid("an address of the sign-in is not an address".to_owned()))
}
