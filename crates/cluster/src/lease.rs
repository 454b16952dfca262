//! Leases: one holder of a name at a time, for a limited time, with a token that only grows.

use crate::{ClusterError, remote::Remote};
use sauda_kernel::{Span, Timestamp};
use std::collections::HashMap;

/// A lease that is held. Whoever writes somewhere under it may pass the token on: an older one is out of date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lease {
    pub name: String,
    pub owner: String,
    /// Greater than that of every lease given before.
    pub token: u64,
    /// The end, unless renewed before.
    pub until: Timestamp,
}

#[derive(Debug, Default)]
pub(crate) struct Leases {
    held: HashMap<String, (u64, Timestamp)>,
    last_token: u64,
}

impl Leases {
    pub fn take(&mut self, name: &str, owner: &str, ttl: Span, now: Timestamp) -> Option<Lease> {
        if self.held.get(name).is_some_and(|(_, until)| *until > now) {
            return None;
        }
        if self.held.len() >= 1_024 {
            self.held.retain(|_, (_, until)| *until > now);
        }
        self.last_token += 1;
        let until = now.plus(ttl);
        self.held.insert(name.to_owned(), (self.last_token, until));
        Some(Lease {
            name: name.to_owned(),
            owner: owner.to_owned(),
            token: self.last_token,
            until,
        })
    }

    pub fn renew(&mut self, lease: &Lease, ttl: Span, now: Timestamp) -> Option<Lease> {
        let (token, until) = self.held.get_mut(&lease.name)?;
        if *token != lease.token || *until <= now {
            return None;
        }
        *until = now.plus(ttl);
        Some(Lease {
            until: *until,
            ..lease.clone()
        })
    }

    pub fn release(&mut self, lease: &Lease) {
        if self
            .held
            .get(&lease.name)
            .is_some_and(|(token, _)| *token == lease.token)
        {
            self.held.remove(&lease.name);
        }
    }
}

/// What to do with a lease in Redis.
#[derive(Clone, Copy)]
pub(crate) enum Act {
    Take,
    Renew,
    Release,
}

/// The lease after the act; `None` when it is somebody else's, or was released.
pub(crate) async fn shared(
    remote: &Remote,
    act: Act,
    lease: &Lease,
    ttl: Span,
    clock: Timestamp,
    now: i64,
) -> Result<Option<Lease>, ClusterError> {
    let mut call = remote.scripts().lease.prepare_invoke();
    call.key(format!("{}lease:{}", remote.prefix(), lease.name))
        .key(format!("{}lease-token", remote.prefix()));
    let word = match act {
        Act::Take => "take",
        Act::Renew => "renew",
        Act::Release => "release",
    };
    call.arg(word)
        .arg(now)
        .arg(lease.owner.as_str())
        .arg(lease.token)
        .arg(ttl.as_micros());
    let (token, left): (u64, i64) = remote.invoke(&call).await?;
    Ok((token > 0).then(|| Lease {
        token,
        until: clock.plus(Span::from_micros(left)),
        ..lease.clone()
    }))
}
