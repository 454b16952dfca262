//! The door of the messages for edges and later rooms. Nothing is sent from here: it is recorded, the engine sends.

mod erase;
mod files;
mod hooks;
pub mod inbox;
pub mod lines;
pub mod orders;
mod settings;
pub mod templates;
pub(crate) mod writing;

use crate::MessagesError;
use sauda_accounts::{Accounts, Actor, AuditEntry, Scope};
use sauda_catalog::Catalog;
use sauda_channel::{ChannelError, Event, Messenger, QrCountdown};
use sauda_cluster::Cluster;
use sauda_kernel::{Clock, Id, IdKind, Ids, MessageLineId, ShopId};
use sauda_orders::Orders;
use sauda_store::{Db, Tx, Vault};
use secrecy::SecretString;
use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
};

/// Understands what a channel's server calls us with.
pub trait Ear: Send + Sync {
    /// Whether the body was signed with the key.
    ///
    /// # Errors
    /// `Forged` saying what is wrong with the signature.
    fn verify(
        &self,
        key: &SecretString,
        signature: Option<&str>,
        algorithm: Option<&str>,
        body: &[u8],
    ) -> Result<(), ChannelError>;
    /// Reads a body that was verified before.
    ///
    /// # Errors
    /// `BadAnswer` for a body that is no event.
    fn read(&self, body: &[u8]) -> Result<Event, ChannelError>;
}

/// Everything messages need. Cheap to clone.
#[derive(Clone)]
pub struct Messages {
    pub db: Db,
    pub cluster: Cluster,
    pub accounts: Accounts,
    pub catalog: Catalog,
    pub orders: Orders,
    pub messenger: Arc<dyn Messenger>,
    pub ear: Arc<dyn Ear>,
    pub vault: Vault,
    pub clock: Arc<dyn Clock>,
    pub ids: Arc<dyn Ids>,
    /// Where servers call us: `https://desk.example/hooks/whatsapp/`.
    pub hook_base: String,
    /// Beginnings of the addresses of servers that may be named; empty: any.
    pub servers: Vec<String>,
    /// Counts the QRs that this process has shown.
    pub qrs: Arc<Mutex<HashMap<MessageLineId, QrCountdown>>>,
}

impl Messages {
    pub(crate) fn id<K: IdKind>(&self) -> Id<K> {
        Id::new(&*self.clock, &*self.ids)
    }

    /// Forty letters that nobody guesses.
    pub(crate) fn secret_word(&self) -> String {
        let bytes = self.ids.next().into_iter().chain(self.ids.next());
        bytes.fold(String::with_capacity(40), |mut text, byte| {
            use std::fmt::Write as _;
            // Writing into a text cannot fail.
            let _ = write!(text, "{byte:02x}");
            text
        })
    }

    /// Writes to the audit log in the caller's transaction.
    pub(crate) async fn audit(
        &self,
        tx: &mut Tx,
        scope: &Scope,
        what: &'static str,
        subject: &str,
        after: Option<String>,
    ) -> Result<(), MessagesError> {
        let entry = AuditEntry {
            what,
            subject: subject.to_owned(),
            before: None,
            after,
            address: None,
        };
        self.accounts
            .audit(tx, scope, entry)
            .await
            .map_err(MessagesError::Accounts)?;
        Ok(())
    }

    /// Tells open pages of a shop that talks changed.
    pub(crate) async fn signal(&self, shop: &ShopId) {
        if let Err(error) = self.cluster.publish(&format!("messages:{shop}"), "changed").await {
            tracing::debug!(%error, "a signal was not delivered; pages refresh by themselves");
        }
    }
}

/// Name of the person; empty for the program.
fn person(scope: &Scope) -> String {
    match scope.actor() {
        Actor::System { .. } => String::new(),
        _ => scope.actor_name().to_owned(),
    }
}
