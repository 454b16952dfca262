//! The only door of this room: people, sessions, teams, keys, the audit log. Each concern has its own file.

mod audit;
mod idempotency;
mod invites;
mod keys;
mod members;
mod people;
mod permits;
mod recovery;
mod second_factor;
mod sessions;
mod sign_in;
mod sign_up;
mod sweep;
mod team;

pub use audit::Audit;
pub use idempotency::{Claim, Claimed, Recorded};
pub use permits::Requester;
pub use sweep::Swept;

use crate::{AccountsError, AccountsSettings, Actor, Scope, Session, SignedIn, password::Passwords, token};
use sauda_cluster::Cluster;
use sauda_kernel::{Clock, Id, IdKind, Ids, Timestamp, UserId};
use sauda_store::{Db, Tx, Vault};
use secrecy::ExposeSecret as _;
use std::sync::Arc;

/// The door of the accounts room. Cheap to clone.
#[derive(Clone)]
pub struct Accounts {
    db: Db,
    cluster: Cluster,
    vault: Vault,
    clock: Arc<dyn Clock>,
    ids: Arc<dyn Ids>,
    settings: Arc<AccountsSettings>,
    passwords: Passwords,
    audit: Audit,
}

impl Accounts {
    /// # Errors
    /// When the cost of passwords makes no sense.
    pub fn new(
        db: Db,
        cluster: Cluster,
        vault: Vault,
        clock: Arc<dyn Clock>,
        ids: Arc<dyn Ids>,
        settings: AccountsSettings,
    ) -> Result<Self, AccountsError> {
        let passwords = Passwords::new(settings.password_cost)?;
        let audit = Audit::new(vault.clone(), clock.clone(), ids.clone());
        Ok(Self {
            db,
            cluster,
            vault,
            clock,
            ids,
            settings: Arc::new(settings),
            passwords,
            audit,
        })
    }

    /// The writer of the audit log alone, for rooms that need nothing else.
    pub const fn audit_log(&self) -> &Audit {
        &self.audit
    }

    pub fn settings(&self) -> &AccountsSettings {
        &self.settings
    }

    /// Slow password checks made so far in this process; for metrics.
    pub fn password_checks(&self) -> u64 {
        self.passwords.checks()
    }

    fn id<K: IdKind>(&self) -> Id<K> {
        Id::new(&*self.clock, &*self.ids)
    }

    fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Sessions not used since this moment have ended.
    fn idle_since(&self) -> Timestamp {
        self.now().minus(self.settings.session_idle)
    }

    /// Gives the asking session a new cookie, as after each change of what it may do.
    async fn rotate(&self, tx: &mut Tx, session: &Session) -> Result<SignedIn, AccountsError> {
        let word = token::random_word("")?;
        let hash = token::fingerprint(word.expose_secret());
        if !crate::store::sessions::rotate(tx, &session.id, &hash, self.now()).await? {
            return Err(AccountsError::NoCodeAwaited);
        }
        Ok(SignedIn {
            token: word,
            expires_at: session.expires_at,
            needs_code: false,
        })
    }
}

/// The person behind a scope.
fn person(scope: &Scope) -> Result<&UserId, AccountsError> {
    match scope.actor() {
        Actor::Person { user, .. } => Ok(user),
        Actor::Key { .. } | Actor::System { .. } => Err(AccountsError::PersonOnly),
    }
}

/// A typed name without the spaces around it.
fn named(field: &'static str, typed: &str, max: usize) -> Result<String, AccountsError> {
    let name = typed.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.is_empty() || name.chars().count() > max || name.chars().any(char::is_control) {
        return Err(AccountsError::BadText { field, max });
    }
    Ok(name)
}

/// Longest name of a person, business or key, in characters.
const NAME_LETTERS: usize = 80;
