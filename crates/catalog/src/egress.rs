//! Ways out: direct or through a proxy, per shop or shared, with health. Proxies share load within budgets; they hide nothing.

use crate::{Catalog, CatalogError, NewNotice, Tone, model::Shop, notices, store};
use sauda_accounts::Scope;
use sauda_cluster::{BudgetKey, Limit, Permit};
use sauda_kernel::{MerchantId, ProxyId, Span};
use sauda_market::{CardQuestion, Egress, MarketError};
use sauda_store::{Sealed, StoreError};

/// A way out with the proxy it belongs to, for health.
#[derive(Debug, Clone)]
pub struct EgressPick {
    pub egress: Egress,
    pub proxy: Option<ProxyId>,
    pub merchant: Option<MerchantId>,
}

/// Failures in a row after which a proxy rests.
const BENCH_AFTER: i64 = 3;
/// How long it rests, as is common in the field.
const BENCH_FOR: Span = Span::from_secs(60);
/// A test takes no more than one read a second.
const TEST_READS: Limit = Limit::per(1, Span::from_secs(1));
/// How long a test waits for its read.
const TEST_WAIT: Span = Span::from_secs(8);

impl Catalog {
    /// Adds a proxy, `http://user:password@host:port` or `socks5://…`.
    ///
    /// # Errors
    /// When the address is not one.
    pub async fn add_proxy(&self, scope: &Scope, url: &str) -> Result<ProxyId, CatalogError> {
        let url = url.trim();
        let rest = ["http://", "https://", "socks5://", "socks5h://"]
            .iter()
            .find_map(|head| url.strip_prefix(head));
        let host = rest.map(|rest| {
            rest.rsplit_once('@')
                .map_or(rest, |(_, host)| host)
                .trim_end_matches('/')
        });
        let good = host
            .and_then(|host| host.rsplit_once(':'))
            .is_some_and(|(name, port)| !name.is_empty() && port.parse::<u16>().is_ok());
        let (Some(host), true) = (host, good) else {
            return Err(CatalogError::Proxy(
                url.rsplit_once('@').map_or(url, |(_, host)| host).to_owned(),
            ));
        };
        let sealed = self.vault.seal(&purpose(scope.merchant()), url.as_bytes())?;
        let id: ProxyId = self.id();
        store::proxies::insert(&self.db, scope, &id, host, &sealed.0, self.clock.now()).await?;
        Ok(id)
    }

    /// Chooses how a shop's calls leave: `direct`, `pool`, or one proxy.
    ///
    /// # Errors
    /// When the word is none of these.
    pub async fn choose_egress(
        &self,
        scope: &Scope,
        shop: &sauda_kernel::ShopId,
        egress: &str,
    ) -> Result<(), CatalogError> {
        let known = matches!(egress, "direct" | "pool")
            || self
                .proxies(scope)
                .await?
                .iter()
                .any(|proxy| proxy.id.as_str() == egress);
        if !known {
            return Err(CatalogError::Invalid {
                what: "egress",
                value: egress.to_owned(),
            });
        }
        store::shops::set_egress(&self.db, scope, shop, egress).await?;
        Ok(())
    }

    /// The way out of a shop's cabinet calls: always the same while its proxy is healthy, so that a session keeps its address.
    pub(crate) async fn egress_of(&self, scope: &Scope, shop: &Shop) -> Result<Egress, CatalogError> {
        if shop.egress == "direct" {
            return Ok(Egress::DIRECT);
        }
        let ways = self.ways_out().await?;
        let own: Vec<&EgressPick> = ways
            .iter()
            .filter(|way| way.merchant.as_ref() == Some(scope.merchant()))
            .collect();
        let chosen = own
            .iter()
            .find(|way| way.proxy.as_ref().is_some_and(|id| id.as_str() == shop.egress))
            .or_else(|| own.get(pick_place(shop.id.as_str(), own.len())));
        Ok(chosen.map_or(Egress::DIRECT, |way| way.egress.clone()))
    }

    /// Every way out that may be used now: direct first, then each healthy proxy.
    ///
    /// # Errors
    /// When the database does not answer or the key does not fit.
    pub async fn ways_out(&self) -> Result<Vec<EgressPick>, CatalogError> {
        let mut ways = vec![EgressPick {
            egress: Egress::DIRECT,
            proxy: None,
            merchant: None,
        }];
        for (merchant, proxy, sealed) in store::proxies::usable(&self.db, self.clock.now()).await? {
            let merchant = MerchantId::parse(&merchant).map_err(|_| StoreError::Meaning {
                column: "merchant_id",
                value: merchant,
            })?;
            let url = self.vault.open(&purpose(&merchant), &Sealed(sealed))?;
            let url = std::str::from_utf8(&url)
                .map_err(|_| StoreError::Sealed("the proxy address is damaged"))?
                .to_owned();
            ways.push(EgressPick {
                egress: Egress { proxy: Some(url) },
                proxy: Some(proxy),
                merchant: Some(merchant),
            });
        }
        Ok(ways)
    }

    /// Reads one card of the merchant's through a proxy, switched on or not, and says how long the answer took.
    ///
    /// # Errors
    /// When there is no such proxy, no card to read yet, no permit within some seconds, or the storefront does not answer.
    pub async fn test_proxy(&self, scope: &Scope, id: &ProxyId, city: &str) -> Result<Span, CatalogError> {
        let none = |what| CatalogError::NotFound {
            what,
            id: id.to_string(),
        };
        let sealed = store::proxies::sealed(&self.db, scope, id)
            .await?
            .ok_or_else(|| none("proxy"))?;
        let url = self.vault.open(&purpose(scope.merchant()), &Sealed(sealed))?;
        let url = std::str::from_utf8(&url)
            .map_err(|_| StoreError::Sealed("the proxy address is damaged"))?
            .to_owned();
        let card = store::offers::any_card(&self.db, scope)
            .await?
            .ok_or(CatalogError::NoAccess)?;
        let way = EgressPick {
            egress: Egress { proxy: Some(url) },
            proxy: Some(id.clone()),
            merchant: Some(scope.merchant().clone()),
        };
        self.wait_storefront_read(&way.egress).await?;
        let question = CardQuestion {
            card,
            city_id: city.to_owned(),
            page: 0,
            limit: 5,
        };
        let begun = self.clock.now();
        match self.market.card_offers(&way.egress, &question).await {
            Ok(_) => {
                let took = self.clock.now().since(begun);
                self.proxy_answered(&way, 1, took.as_millis()).await?;
                Ok(took)
            }
            Err(error) => {
                self.proxy_failed(&way, &error, 1).await?;
                Err(error.into())
            }
        }
    }

    /// Waits some seconds for a second without other reads through this way: the strictest share of its budget.
    async fn wait_storefront_read(&self, egress: &Egress) -> Result<(), CatalogError> {
        let key = BudgetKey::new("storefront-reads", egress.name());
        let limit = self.clock.now().plus(TEST_WAIT);
        loop {
            match self
                .cluster
                .take(&key, &TEST_READS, 1)
                .await
                .map_err(|error| CatalogError::Cluster(error.to_string()))?
            {
                Permit::Granted => return Ok(()),
                Permit::Refused { retry_at } if retry_at >= limit => {
                    return Err(CatalogError::Budget(retry_at));
                }
                Permit::Refused { retry_at } => {
                    tokio::time::sleep(
                        retry_at
                            .since(self.clock.now())
                            .to_std()
                            .max(std::time::Duration::from_millis(5)),
                    )
                    .await;
                }
            }
        }
    }

    /// Notes that calls through a proxy were answered.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn proxy_answered(
        &self,
        way: &EgressPick,
        times: i64,
        latency_ms: i64,
    ) -> Result<(), CatalogError> {
        if let Some(proxy) = &way.proxy {
            store::proxies::record_success(&self.db, proxy, times, latency_ms, self.clock.now()).await?;
        }
        Ok(())
    }

    /// Notes that a call through a proxy failed; after three in a row it rests and its owner is told.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn proxy_failed(
        &self,
        way: &EgressPick,
        error: &MarketError,
        streak: i64,
    ) -> Result<(), CatalogError> {
        let (Some(proxy), Some(merchant)) = (&way.proxy, &way.merchant) else {
            return Ok(());
        };
        let now = self.clock.now();
        let benched = (streak >= BENCH_AFTER).then(|| now.plus(BENCH_FOR));
        let mut tx = self.db.write().await?;
        store::proxies::record_failure(&mut tx, proxy, error.word(), benched, now).await?;
        if benched.is_some() {
            let scope = Scope::system(merchant.clone(), "proxy health");
            let notice = NewNotice::new(notices::PROXY_DOWN, proxy.as_str(), Tone::Warn)
                .arg("proxy", way.egress.name())
                .arg("error", error.word())
                .link("/automation/proxies");
            self.tell(&mut tx, &scope, &notice).await?;
        }
        tx.commit().await?;
        Ok(())
    }
}

fn purpose(merchant: &MerchantId) -> String {
    format!("merchant:{merchant}:proxy")
}

/// A steady place in a list for a text.
fn pick_place(text: &str, len: usize) -> usize {
    let sum: usize = text.bytes().map(usize::from).sum();
    if len == 0 { 0 } else { sum % len }
}
