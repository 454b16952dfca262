//! Whose data a call concerns and on whose behalf it is made: the first argument of every service and store function.

use crate::{AccountsError, Right, Role};
use sauda_kernel::{ApiKeyId, MerchantId, UserId};

/// Who acts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Actor {
    Person {
        user: UserId,
        name: String,
    },
    Key {
        key: ApiKeyId,
        name: String,
    },
    /// The program itself, with the reason, such as `price check`.
    System {
        reason: &'static str,
    },
}

/// A merchant, an actor and what the actor may do. Only sign-in, an API key or `system` can make one.
#[derive(Debug, Clone)]
pub struct Scope {
    merchant: MerchantId,
    actor: Actor,
    rights: Rights,
    /// Where the request came from; nothing for the program itself.
    address: Option<Box<str>>,
}

#[derive(Debug, Clone)]
enum Rights {
    Role(Role),
    Listed(Vec<Right>),
    All,
}

impl Scope {
    pub(crate) fn person(
        merchant: MerchantId,
        user: UserId,
        name: String,
        role: Role,
        address: &str,
    ) -> Self {
        Self {
            merchant,
            actor: Actor::Person { user, name },
            rights: Rights::Role(role),
            address: Some(address.into()),
        }
    }

    pub(crate) fn key(
        merchant: MerchantId,
        key: ApiKeyId,
        name: String,
        rights: Vec<Right>,
        address: &str,
    ) -> Self {
        Self {
            merchant,
            actor: Actor::Key { key, name },
            rights: Rights::Listed(rights),
            address: Some(address.into()),
        }
    }

    /// The program acting by itself for a merchant. The reason is kept in logs and in the audit.
    pub fn system(merchant: MerchantId, reason: &'static str) -> Self {
        tracing::debug!(merchant.id = %merchant, reason, "acting as the system");
        Self {
            merchant,
            actor: Actor::System { reason },
            rights: Rights::All,
            address: None,
        }
    }

    pub const fn merchant(&self) -> &MerchantId {
        &self.merchant
    }

    pub const fn actor(&self) -> &Actor {
        &self.actor
    }

    /// Where the request came from, for the audit.
    pub fn address(&self) -> Option<&str> {
        self.address.as_deref()
    }

    /// Stops whoever lacks a right: the services' own check, besides the one at the edge.
    ///
    /// # Errors
    /// When the actor may not.
    pub fn require(&self, right: Right) -> Result<(), AccountsError> {
        if self.may(right) {
            Ok(())
        } else {
            Err(AccountsError::Forbidden(right.word()))
        }
    }

    /// Every right of the actor, in the order of the table.
    pub fn rights(&self) -> Vec<Right> {
        Right::ALL.into_iter().filter(|right| self.may(*right)).collect()
    }

    pub fn may(&self, right: Right) -> bool {
        match &self.rights {
            Rights::Role(role) => role.may(right),
            Rights::Listed(rights) => rights.contains(&right),
            Rights::All => true,
        }
    }

    /// Name of the actor for receipts and the audit: a person's name, a key's name, or `system`.
    pub fn actor_name(&self) -> &str {
        match &self.actor {
            Actor::Person { name, .. } | Actor::Key { name, .. } => name,
            Actor::System { .. } => "system",
        }
    }
}
