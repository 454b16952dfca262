//! One connection pool for each way out of this machine. Refuses to follow redirects and to keep cookies by itself.

use crate::KaspiSettings;
use reqwest::{Client, Proxy, redirect};
use sauda_market::{Egress, MarketError};
use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

/// More ways out than this and the pools are opened anew; each keeps a few idle connections.
const MOST_CLIENTS: usize = 1024;

/// The pools, made on first use.
#[derive(Debug)]
pub struct Clients {
    known: Mutex<HashMap<Egress, Client>>,
}

impl Clients {
    pub fn new() -> Self {
        // Fails only when a provider is there already, which is as good.
        let _ = rustls::crypto::ring::default_provider().install_default();
        Self {
            known: Mutex::new(HashMap::new()),
        }
    }

    /// The pool of a way out.
    ///
    /// # Errors
    /// `Invalid` for a proxy address that is none; `NoConnection` when no client can be made.
    pub fn of(&self, via: &Egress, settings: &KaspiSettings) -> Result<Client, MarketError> {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(client) = known.get(via) {
            return Ok(client.clone());
        }
        let client = build(via, settings)?;
        if known.len() >= MOST_CLIENTS {
            known.clear();
        }
        known.insert(via.clone(), client.clone());
        Ok(client)
    }
}

fn build(via: &Egress, settings: &KaspiSettings) -> Result<Client, MarketError> {
    let mut builder = Client::builder()
        .user_agent(settings.user_agent.as_str())
        .redirect(redirect::Policy::none())
        .connect_timeout(settings.connect_timeout())
        .timeout(settings.total_timeout())
        .tcp_nodelay(true)
        // Proxies of the environment would make "directly" mean something else.
        .no_proxy();
    if let Some(address) = &via.proxy {
        let wrong = || {
            MarketError::Invalid(format!(
                "proxy {}: the address must be like http://user:password@host:port or socks5://host:port",
                via.name()
            ))
        };
        let url = url::Url::parse(address).map_err(|_| wrong())?;
        if !matches!(url.scheme(), "http" | "https" | "socks5" | "socks5h") || url.host_str().is_none() {
            return Err(wrong());
        }
        builder = builder.proxy(Proxy::all(address).map_err(|_| wrong())?);
    }
    builder
        .build()
        .map_err(|error| MarketError::NoConnection(error.without_url().to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_proxy_address_is_checked_and_its_password_is_not_repeated() {
        let clients = Clients::new();
        let settings = KaspiSettings::default();
        let via = |proxy: &str| Egress {
            proxy: Some(proxy.to_owned()),
        };
        for good in [
            "http://u:p@127.0.0.1:3128",
            "https://proxy.example:443",
            "socks5://u:p@127.0.0.1:1080",
            "socks5h://h:1",
        ] {
            assert!(clients.of(&via(good), &settings).is_ok(), "{good}");
        }
        for wrong in ["ftp://u:secret@h:1", "secret@nowhere", ""] {
            let error = clients.of(&via(wrong), &settings).unwrap_err();
            assert_eq!(error.word(), "invalid", "{wrong}");
            assert!(!error.to_string().contains("secret"), "{error}");
        }
        assert_eq!(clients.known.lock().unwrap().len(), 4);
    }
}
