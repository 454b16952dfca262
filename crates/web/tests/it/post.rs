//! Messages for tests of the edge: the real rooms, with a WhatsApp server that nobody answers at. Refuses to be tested here.

use sauda_accounts::Accounts;
use sauda_catalog::Catalog;
use sauda_channel::{ChannelError, Event};
use sauda_channel_waha::{Signature, Waha, WahaSettings};
use sauda_cluster::Cluster;
use sauda_kernel::{Clock, SystemIds};
use sauda_messages::{Ear, Messages};
use sauda_orders::Orders;
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
