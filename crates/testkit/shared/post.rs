//! Messages and what the team is told, for tests of both edges: the real rooms, with servers that nobody answers at. Taken in by its path, as
//! the test kit itself stands below these rooms. Refuses to be tested here.

use sauda_accounts::{Accounts, Language};
use sauda_catalog::Catalog;
use sauda_channel::{ChannelError, Event};
use sauda_channel_telegram::{Telegram, TelegramSettings};
use sauda_channel_waha::{Signature, Waha, WahaSettings};
use sauda_cluster::Cluster;
use sauda_kernel::{Clock, SystemIds, Timestamp};
use sauda_messages::{
    Ear, Messages,
    team::{Rooms, Said, Speaker, Team, TeamSettings},
};
use sauda_orders::Orders;
use sauda_pricing::Pricing;
use sauda_store::{Db, Vault};
use secrecy::SecretString;
use std::sync::Arc;

struct WahaEar;

impl Ear for WahaEar {
    fn verify(
        &self,
        key: &SecretString,
        signature: Option<&str>,
        algorithm: Option<&str>,
        body: &[u8],
    ) -> Result<(), ChannelError> {
        let signature = Signature {
            hmac: signature,
            algorithm,
        };
        sauda_channel_waha::verify(key, signature, body)
    }
    fn read(&self, body: &[u8]) -> Result<Event, ChannelError> {
        sauda_channel_waha::read_event(body)
    }
}

pub fn messages(
    db: &Db,
    cluster: &Cluster,
    accounts: &Accounts,
    catalog: &Catalog,
    orders: &Orders,
    clock: &Arc<dyn Clock>,
) -> Messages {
    let waha = Waha::new(WahaSettings {
        connect_timeout_secs: 1,
        total_timeout_secs: 1,
        ..WahaSettings::default()
    });
    Messages {
        db: db.clone(),
        cluster: cluster.clone(),
        accounts: accounts.clone(),
        catalog: catalog.clone(),
        orders: orders.clone(),
        messenger: Arc::new(waha.unwrap()),
        ear: Arc::new(WahaEar),
        vault: Vault::from_base64("BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=").unwrap(),
        clock: clock.clone(),
        ids: Arc::new(SystemIds),
        hook_base: "http://localhost/hooks/whatsapp/".to_owned(),
        servers: Vec::new(),
        qrs: Arc::default(),
    }
}

/// Nothing is said in these tests.
struct Silent;

impl Speaker for Silent {
    fn say(&self, _: Language, _: Timestamp, key: &str, _: &[(&str, Said)]) -> String {
        key.to_owned()
    }
}

/// What the team is told, by a bot that nobody answers for and without letters.
pub fn team(messages: &Messages, pricing: &Pricing) -> Team {
    let telegram = Telegram::new(TelegramSettings {
        api_url: "http://127.0.0.1:9".to_owned(),
        ..TelegramSettings::default()
    });
    Team::new(
        Rooms {
            db: messages.db.clone(),
            cluster: messages.cluster.clone(),
            vault: messages.vault.clone(),
            accounts: messages.accounts.clone(),
            catalog: messages.catalog.clone(),
            pricing: pricing.clone(),
            orders: messages.orders.clone(),
            clock: messages.clock.clone(),
            ids: messages.ids.clone(),
        },
        Arc::new(telegram.unwrap()),
        None,
        Arc::new(Silent),
        TeamSettings::default(),
    )
}
